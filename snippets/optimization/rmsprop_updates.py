"""The steps that RMSProp takes for a sequence of gradients."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def rmsprop_updates(
    gradients: ArrayLike, rate: float = 0.01, decay: float = 0.99, eps: float = 1e-8
) -> NDArray[np.float64]:
    """Return the change of the weights at each step, one row a step.

    Each gradient is divided by the root of a running mean of its own squares:
    weights whose gradients are large take smaller shares of them. There is no
    momentum, and the running mean starts at zero without a correction.

    Examples:
        A constant gradient: the first step is 1 / sqrt(0.01), ten times the rate.

        >>> rmsprop_updates([[3.0]] * 3, rate=0.01).ravel().round(4).tolist()
        [-0.1, -0.0709, -0.058]

        torch takes the same steps:

        >>> import torch
        >>> g = np.random.default_rng(0).normal(size=(40, 3)) * [100, 1, 0.01]
        >>> w = torch.zeros(3, dtype=torch.float64, requires_grad=True)
        >>> optimizer = torch.optim.RMSprop([w], lr=0.01)
        >>> for row in torch.tensor(g):
        ...     w.grad = row
        ...     optimizer.step()
        >>> np.allclose(rmsprop_updates(g).sum(axis=0), w.detach())
        True
        >>> rmsprop_updates([[1.0]], decay=1.0)
        Traceback (most recent call last):
        ...
        ValueError: decay must lie in [0, 1)
    """
    if not 0 <= decay < 1:
        raise ValueError("decay must lie in [0, 1)")
    gradients = np.asarray(gradients, dtype=float)
    square, changes = np.zeros(gradients.shape[1]), []
    for g in gradients:
        square = decay * square + (1 - decay) * g**2
        changes.append(-rate * g / (np.sqrt(square) + eps))
    return np.array(changes)
