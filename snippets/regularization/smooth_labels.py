"""Label smoothing as torch and its inventors define it."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def smooth_labels(labels: ArrayLike, classes: int, epsilon: float) -> NDArray[np.float64]:
    """Return targets that mix the one-hot label with the uniform distribution, a row a label.

    The label's own class gets 1 - epsilon + epsilon / K and every other class
    epsilon / K. Spreading epsilon over the K - 1 other classes instead is the same
    family with another epsilon: epsilon' = epsilon (K - 1) / K.

    Examples:
        >>> smooth_labels([0], classes=4, epsilon=0.2).round(3)
        array([[0.85, 0.05, 0.05, 0.05]])

        torch's loss with `label_smoothing` is cross-entropy against these targets:

        >>> import torch
        >>> rng = np.random.default_rng(0)
        >>> logits, labels = rng.normal(size=(8, 10)), rng.integers(0, 10, size=8)
        >>> loss = torch.nn.CrossEntropyLoss(label_smoothing=0.1)
        >>> theirs = float(loss(torch.tensor(logits), torch.tensor(labels)))
        >>> log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        >>> ours = -np.mean(np.sum(smooth_labels(labels, 10, 0.1) * log_p, axis=1))
        >>> np.allclose(ours, theirs)
        True
        >>> smooth_labels([0], classes=4, epsilon=1.5)
        Traceback (most recent call last):
        ...
        ValueError: epsilon must be between 0 and 1
    """
    if not 0 <= epsilon <= 1:
        raise ValueError("epsilon must be between 0 and 1")
    targets: NDArray[np.float64] = np.eye(classes)[np.asarray(labels)]
    return (1 - epsilon) * targets + epsilon / classes
