"""Noise, bias and variance of the log loss."""

import numpy as np
from numpy.typing import ArrayLike


def log_loss_terms(p: ArrayLike, predictions: ArrayLike) -> tuple[float, float, float]:
    """Return the terms of the expected log loss at one input; they add up exactly.

    Row i of `predictions` holds the class chances of the model fitted on training set i.
    Their center is the normalized geometric mean. Noise is the entropy of p, bias is
    KL(p, center), variance is the mean of KL(center, prediction).

    Examples:
        A fair coin and models that all say so: one bit (in nats) of noise.

        >>> [round(term, 3) for term in log_loss_terms([0.5, 0.5], [[0.5, 0.5], [0.5, 0.5]])]
        [0.693, 0.0, 0.0]

        The sum is the mean of scikit-learn's log loss, each class weighted by its chance:

        >>> from sklearn.metrics import log_loss
        >>> rng = np.random.default_rng(0)
        >>> p, predictions = rng.dirichlet(np.ones(3)), rng.dirichlet(np.ones(3), size=20)
        >>> losses = [log_loss([0, 1, 2], np.tile(q, (3, 1)), sample_weight=p) for q in predictions]
        >>> np.allclose(sum(log_loss_terms(p, predictions)), np.mean(losses))
        True

        >>> log_loss_terms([0.5, 0.5], [[1.0, 0.0]])
        Traceback (most recent call last):
        ...
        ValueError: a predicted chance of zero makes the log loss infinite
    """
    p, predictions = np.asarray(p, dtype=float), np.asarray(predictions, dtype=float)
    if np.any(predictions <= 0):
        raise ValueError("a predicted chance of zero makes the log loss infinite")

    log_center = np.log(predictions).mean(axis=0)
    log_center -= np.log(np.sum(np.exp(log_center)))
    center = np.exp(log_center)
    seen = p > 0
    noise = -np.sum(p[seen] * np.log(p[seen]))
    bias = np.sum(p[seen] * np.log(p[seen])) - np.sum(p * log_center)
    variance = np.mean(np.sum(center * (log_center - np.log(predictions)), axis=1))
    return float(noise), float(bias), float(variance)
