"""Binary cross-entropy from logits."""

import numpy as np
from numpy.typing import ArrayLike


def binary_cross_entropy(logits: ArrayLike, labels: ArrayLike) -> float:
    """Return the mean surprise, in nats, at labels of 0 and 1.

    With p = sigmoid(z), -y log p - (1 - y) log(1 - p) is log(1 + e^z) - y z.
    In this form nothing overflows and no logarithm of zero is taken.

    Examples:
        A logit of 0 bets nothing and costs log 2, whatever the label:

        >>> round(binary_cross_entropy([0.0], [1]), 4), round(binary_cross_entropy([0.0], [0]), 4)
        (0.6931, 0.6931)

        torch agrees, also where the probability rounds to 0 or 1:

        >>> import torch
        >>> z, y = np.array([-800.0, -3.0, 0.5, 40.0]), np.array([1.0, 0.0, 1.0, 0.0])
        >>> by_torch = torch.nn.functional.binary_cross_entropy_with_logits
        >>> np.allclose(binary_cross_entropy(z, y), by_torch(torch.tensor(z), torch.tensor(y)))
        True

        Logits of shape (n, 1) from a linear head would broadcast against n labels:

        >>> binary_cross_entropy([[1.0], [2.0]], [0, 1])
        Traceback (most recent call last):
        ...
        ValueError: logits have shape (2, 1), labels (2,)
    """
    logits, labels = np.asarray(logits, dtype=float), np.asarray(labels, dtype=float)
    if logits.shape != labels.shape:
        raise ValueError(f"logits have shape {logits.shape}, labels {labels.shape}")
    return float(np.mean(np.logaddexp(0, logits) - labels * logits))
