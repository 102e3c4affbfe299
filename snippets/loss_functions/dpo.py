"""Direct preference optimization for pairs of answers."""

import numpy as np
from numpy.typing import ArrayLike


def dpo(
    chosen: ArrayLike, rejected: ArrayLike, reference: tuple[ArrayLike, ArrayLike], beta: float
) -> float:
    """Return the mean loss from log-probabilities of whole answers.

    beta times the log-ratio of policy to reference is the implied reward of an
    answer. The chance that the chosen one is preferred is the logistic function
    of the difference of the two rewards; the loss is minus its logarithm.

    Examples:
        A policy equal to its reference has no opinion and pays log 2:

        >>> round(dpo([-5.0], [-7.0], ([-5.0], [-7.0]), beta=0.1), 4)
        0.6931

        It is logistic regression through the origin on the log-ratios, with one
        coefficient, beta, and every label 1:

        >>> from sklearn.metrics import log_loss
        >>> rng = np.random.default_rng(0)
        >>> c, r, c0, r0 = rng.normal(-20, 3, size=(4, 50))
        >>> x = (c - c0) - (r - r0)
        >>> chance = 1 / (1 + np.exp(-0.5 * x))
        >>> np.allclose(dpo(c, r, (c0, r0), 0.5), log_loss(np.ones(50), chance, labels=[0, 1]))
        True
        >>> dpo([0.5], [-1.0], ([-1.0], [-1.0]), beta=0.1)
        Traceback (most recent call last):
        ...
        ValueError: log-probabilities are at most 0
    """
    c, r = np.asarray(chosen, dtype=float), np.asarray(rejected, dtype=float)
    c0, r0 = (np.asarray(one, dtype=float) for one in reference)
    if max(part.max() for part in (c, r, c0, r0)) > 0:
        raise ValueError("log-probabilities are at most 0")
    margin = beta * ((c - c0) - (r - r0))
    return float(np.mean(np.logaddexp(0, -margin)))
