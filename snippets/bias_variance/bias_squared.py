"""Squared bias from a few training sets, without the part that is variance in disguise."""

import numpy as np
from numpy.typing import ArrayLike


def bias_squared(predictions: ArrayLike, truth: ArrayLike) -> float:
    """Return an unbiased estimate of squared bias from m training sets.

    The mean of m predictions still wobbles by variance / m, and squaring its
    distance from the truth counts that wobble as bias. Subtract it again.

    Examples:
        Predictions 2 and 4, truth 3: the mean is right, and 0 - 2/2 is left to subtract.

        >>> bias_squared([[2.0], [4.0]], [3.0])
        -1.0

        Averaged over many pairs of training sets it finds the bias of 0.5; the plain square
        of the mean's distance finds 0.25 + 1/2.

        >>> rng = np.random.default_rng(0)
        >>> pairs = rng.normal(0.5, 1.0, size=(2, 200_000))
        >>> round(bias_squared(pairs, np.zeros(200_000)), 2)
        0.25
        >>> round(float(np.mean(pairs.mean(axis=0) ** 2)), 2)
        0.75

        One training set gives no variance to subtract:

        >>> bias_squared([[2.0]], [1.0])
        Traceback (most recent call last):
        ...
        ValueError: bias_squared needs the predictions of two training sets or more
    """
    predictions, truth = np.asarray(predictions, dtype=float), np.asarray(truth, dtype=float)
    sets = len(predictions)
    if sets < 2:
        raise ValueError("bias_squared needs the predictions of two training sets or more")

    plain = (predictions.mean(axis=0) - truth) ** 2
    wobble = predictions.var(axis=0, ddof=1) / sets
    return float(np.mean(plain - wobble))
