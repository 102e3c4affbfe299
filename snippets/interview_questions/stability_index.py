"""The population stability index of a binned feature."""

import numpy as np
from numpy.typing import ArrayLike


def stability_index(before: ArrayLike, after: ArrayLike) -> float:
    """Return the PSI of two histograms over the same bins.

    Sum the difference of the two shares times the log of their ratio. It is the divergence of one
    from the other plus the reverse. Counts of 0 get half a count, or the sum would be infinite.

    Examples:
        Equal shares have no shift, and a small one is a small number:

        >>> stability_index([50, 50], [500, 500])
        0.0
        >>> round(stability_index([50, 50], [60, 40]), 3)
        0.041

        It is the sum of the two Kullback-Leibler divergences of SciPy:

        >>> from scipy.stats import entropy
        >>> p, q = np.random.default_rng(0).integers(5, 50, size=(2, 10))
        >>> np.allclose(stability_index(p, q), entropy(p, q) + entropy(q, p))
        True

        >>> stability_index([1, 2], [1, 2, 3])
        Traceback (most recent call last):
        ...
        ValueError: the two histograms have different bins
    """
    p, q = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    if p.shape != q.shape:
        raise ValueError("the two histograms have different bins")
    p, q = np.where(p == 0, 0.5, p), np.where(q == 0, 0.5, q)
    p, q = p / p.sum(), q / q.sum()
    return float(np.sum((p - q) * np.log(p / q)))
