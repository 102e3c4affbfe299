"""Carry probabilities from one share of positives to another."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def shift_prior(probabilities: ArrayLike, trained_on: float, used_on: float) -> NDArray[np.float64]:
    """Return the probabilities under a new share of positives.

    The odds are multiplied by the ratio of the prior odds. It is exact when the classes
    look the same in both places, as after random undersampling or class weights:
    weights of w for positives train on the odds w * share / (1 - share).

    Examples:
        >>> shift_prior([0.5, 0.9], trained_on=0.5, used_on=0.01).round(3).tolist()
        [0.01, 0.083]

        Two normal classes have a posterior in closed form at any prior:

        >>> from scipy.stats import norm
        >>> x = np.linspace(-3, 5, 50)
        >>> def posterior(prior):
        ...     a, b = prior * norm.pdf(x, 2), (1 - prior) * norm.pdf(x)
        ...     return a / (a + b)
        >>> np.allclose(shift_prior(posterior(0.5), 0.5, 0.03), posterior(0.03))
        True

        Keeping the share b of the negatives is the known formula b p / (b p - p + 1):

        >>> p, b = np.array([0.2, 0.7]), 0.05
        >>> kept = 0.02 / (0.02 + b * 0.98)
        >>> np.allclose(shift_prior(p, kept, 0.02), b * p / (b * p - p + 1))
        True

        >>> shift_prior([0.5], trained_on=0.0, used_on=0.5)
        Traceback (most recent call last):
        ...
        ValueError: shares of positives lie between 0 and 1
    """
    if not (0 < trained_on < 1 and 0 < used_on < 1):
        raise ValueError("shares of positives lie between 0 and 1")

    p = np.asarray(probabilities, dtype=float)
    ratio = used_on / (1 - used_on) * (1 - trained_on) / trained_on
    return np.asarray(p * ratio / (p * ratio + 1 - p))
