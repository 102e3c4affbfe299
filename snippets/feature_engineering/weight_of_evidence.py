"""Weight of evidence of the bins of a feature, and its information value."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def weight_of_evidence(bins: ArrayLike, labels: ArrayLike) -> tuple[NDArray[np.float64], float]:
    """Return log(share of positives / share of negatives) for each bin, and the IV.

    A bin's weight is what it adds to the prior log-odds. The information value
    sums the weights, each times the difference of the two shares.

    Examples:
        Bin 0 holds a quarter of the positives and three quarters of the negatives:

        >>> weights, value = weight_of_evidence([0, 1, 1, 1, 0, 0, 0, 1], [1, 1, 1, 1, 0, 0, 0, 0])
        >>> weights.round(3).tolist(), round(value, 3)
        ([-1.099, 1.099], 1.099)

        The IV is the sum of both Kullback-Leibler divergences of the two shares:

        >>> from scipy.stats import entropy
        >>> rng = np.random.default_rng(0)
        >>> bins, labels = rng.integers(0, 5, size=500), rng.integers(0, 2, size=500)
        >>> p = np.bincount(bins[labels == 1]) / labels.sum()
        >>> q = np.bincount(bins[labels == 0]) / (labels == 0).sum()
        >>> np.allclose(weight_of_evidence(bins, labels)[1], entropy(p, q) + entropy(q, p))
        True
        >>> weight_of_evidence([0, 1], [0, 1])
        Traceback (most recent call last):
        ...
        ValueError: each bin needs both classes
    """
    codes = np.unique(np.asarray(bins), return_inverse=True)[1]
    y = np.asarray(labels, dtype=bool)
    counts = [np.bincount(codes[part], minlength=codes.max() + 1) for part in (y, ~y)]
    if min(count.min() for count in counts) == 0:
        raise ValueError("each bin needs both classes")
    positive, negative = (count / count.sum() for count in counts)
    weights = np.log(positive / negative)
    return weights, float((positive - negative) @ weights)
