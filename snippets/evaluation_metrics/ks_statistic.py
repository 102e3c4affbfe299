"""The Kolmogorov-Smirnov statistic of a score."""

import numpy as np
from numpy.typing import ArrayLike


def ks_statistic(labels: ArrayLike, scores: ArrayLike) -> tuple[float, float]:
    """Return the largest TPR - FPR over all thresholds, and the threshold where it is.

    It is the largest height of the ROC curve above the diagonal, and of the
    negatives' distribution function above that of the positives.

    Examples:
        >>> ks_statistic([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
        (0.5, 0.8)

        SciPy's two-sample statistic, one-sided, is the same number:

        >>> from scipy.stats import ks_2samp
        >>> rng = np.random.default_rng(0)
        >>> labels = rng.integers(0, 2, size=300)
        >>> scores = (rng.normal(size=300) + labels).round(1)
        >>> theirs = ks_2samp(scores[labels == 1], scores[labels == 0], alternative="less")
        >>> np.allclose(ks_statistic(labels, scores)[0], theirs.statistic)
        True

        >>> ks_statistic([1, 1], [0.2, 0.9])
        Traceback (most recent call last):
        ...
        ValueError: ks_statistic needs both classes
    """
    y, s = np.asarray(labels, dtype=bool), np.asarray(scores)
    if y.all() or not y.any():
        raise ValueError("ks_statistic needs both classes")
    cuts = np.unique(s)[::-1]
    below = [np.searchsorted(np.sort(s[k]), cuts) / k.sum() for k in (y, ~y)]  # shares under a cut
    gaps = below[1] - below[0]
    best = int(np.argmax(gaps))
    return float(gaps[best]), float(cuts[best])
