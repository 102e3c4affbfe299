"""Categorical cross-entropy from logits, with its gradient."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def softmax_cross_entropy(
    logits: ArrayLike, labels: ArrayLike
) -> tuple[float, NDArray[np.float64]]:
    """Return the mean of -log p of the true class, and its gradient in the logits.

    The log of the softmax is z minus log-sum-exp of z; subtracting the largest
    logit first keeps the exponentials at most 1. The gradient is p minus the
    one-hot label, divided by the number of examples.

    Examples:
        >>> loss, gradient = softmax_cross_entropy([[0.0, 0.0]], [1])
        >>> round(loss, 4), gradient
        (0.6931, array([[ 0.5, -0.5]]))

        torch finds the same loss and the same gradient:

        >>> import torch
        >>> z = 30 * np.random.default_rng(0).normal(size=(6, 4))
        >>> y = np.array([0, 3, 1, 2, 2, 0])
        >>> t = torch.tensor(z, requires_grad=True)
        >>> torch.nn.functional.cross_entropy(t, torch.tensor(y)).backward()
        >>> loss, gradient = softmax_cross_entropy(z, y)
        >>> np.allclose(gradient, t.grad)
        True

        Logits of a thousand do no harm; labels are class numbers:

        >>> softmax_cross_entropy([[1000.0, 0.0]], [1])[0]
        1000.0
        >>> softmax_cross_entropy([[1.0, 2.0]], [2])
        Traceback (most recent call last):
        ...
        ValueError: labels must be whole numbers from 0 to 1
    """
    logits, labels = np.asarray(logits, dtype=float), np.asarray(labels)
    n, classes = logits.shape
    if labels.dtype.kind not in "iu" or labels.min() < 0 or labels.max() >= classes:
        raise ValueError(f"labels must be whole numbers from 0 to {classes - 1}")
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    one_hot = np.eye(classes)[labels]
    return float(-np.mean(np.sum(one_hot * log_p, axis=1))), (np.exp(log_p) - one_hot) / n
