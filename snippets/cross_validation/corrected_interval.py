"""An interval for a mean over folds that share training rows."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import t


def corrected_interval(
    scores: ArrayLike, test_over_training: float, level: float = 0.95
) -> tuple[float, float]:
    """Return the corrected resampled t interval of Nadeau and Bengio.

    Scores of different folds or repeats share training rows, so the variance of
    their mean is more than s^2 / J. It is taken as s^2 (1 / J + n_test / n_training).

    Examples:
        >>> low, high = corrected_interval([0.80, 0.84, 0.78, 0.82, 0.86], 1 / 4)
        >>> round(low, 3), round(high, 3)
        (0.761, 0.879)

        With independent scores (no shared rows) it is the ordinary t interval:

        >>> from scipy.stats import ttest_1samp
        >>> scores = np.random.default_rng(0).normal(size=12)
        >>> theirs = ttest_1samp(scores, 0).confidence_interval(0.95)
        >>> np.allclose(corrected_interval(scores, 0.0), [theirs.low, theirs.high])
        True

        >>> corrected_interval([0.8], 0.25)
        Traceback (most recent call last):
        ...
        ValueError: one score has no spread
    """
    values = np.asarray(scores, dtype=float)
    if values.size < 2:
        raise ValueError("one score has no spread")

    variance = values.var(ddof=1) * (1 / values.size + test_over_training)
    half = t.ppf((1 + level) / 2, values.size - 1) * np.sqrt(variance)
    return float(values.mean() - half), float(values.mean() + half)
