"""The share of positives in unlabeled data, by EM on a model's probabilities."""

import numpy as np
from numpy.typing import ArrayLike


def prior_em(probabilities: ArrayLike, trained_on: float, tolerance: float = 1e-12) -> float:
    """Return the share of positives that makes the new rows most likely.

    Guess the share, carry the probabilities to it, take their mean as the next guess
    (Saerens, Latinne and Decaestecker 2002). It needs calibrated probabilities and
    classes that look as they did in training; only their shares may have moved.

    Examples:
        >>> round(prior_em([0.9, 0.9, 0.1, 0.1], trained_on=0.5), 3)
        0.5
        >>> round(prior_em([0.9, 0.9, 0.9, 0.1], trained_on=0.5), 3)
        0.812

        It is the maximum of the likelihood, as SciPy finds it:

        >>> from scipy.optimize import minimize_scalar
        >>> rng = np.random.default_rng(0)
        >>> p = rng.beta(2, 4, size=500)
        >>> def minus_log_likelihood(share):
        ...     return -np.sum(np.log(share * p / 0.3 + (1 - share) * (1 - p) / 0.7))
        >>> best = minimize_scalar(minus_log_likelihood, bounds=(1e-6, 1 - 1e-6), method="bounded",
        ...                        options={"xatol": 1e-10})
        >>> np.allclose(prior_em(p, trained_on=0.3), best.x, atol=1e-6)
        True

        >>> prior_em([0.2], trained_on=1.0)
        Traceback (most recent call last):
        ...
        ValueError: the training share lies between 0 and 1
    """
    if not 0 < trained_on < 1:
        raise ValueError("the training share lies between 0 and 1")

    p = np.asarray(probabilities, dtype=float)
    positive, negative = p / trained_on, (1 - p) / (1 - trained_on)  # likelihoods, up to a factor
    share, change = trained_on, np.inf
    while change > tolerance:
        carried = share * positive / (share * positive + (1 - share) * negative)
        change = abs(float(carried.mean()) - share)
        share = float(carried.mean())
    return share
