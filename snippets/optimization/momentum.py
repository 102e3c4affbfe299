"""Gradient descent with momentum, heavy-ball or Nesterov."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Vector = NDArray[np.float64]


def momentum(
    gradient: Callable[[Vector], Vector],
    start: ArrayLike,
    rate: float,
    beta: float = 0.9,
    steps: int = 100,
    nesterov: bool = False,
) -> Vector:
    """Return the weights before the first step and after each, one row a step.

    The velocity collects gradients, v = beta v + g, and the weights move by
    -rate v. Nesterov moves by -rate (g + beta v), one look ahead. With beta = 0
    both are plain gradient descent.

    Examples:
        On w^2 / 2 from 1, the second step still carries the first gradient:

        >>> momentum(lambda w: w, [1.0], rate=0.1, beta=0.5, steps=2).ravel().round(3).tolist()
        [1.0, 0.9, 0.76]

        torch takes the same path:

        >>> import torch
        >>> A = np.diag([1.0, 5.0])
        >>> for nesterov in (False, True):
        ...     w = torch.ones(2, dtype=torch.float64, requires_grad=True)
        ...     optimizer = torch.optim.SGD([w], lr=0.1, momentum=0.9, nesterov=nesterov)
        ...     for _ in range(20):
        ...         w.grad = torch.tensor(A) @ w.detach()
        ...         optimizer.step()
        ...     path = momentum(lambda w: A @ w, [1, 1], 0.1, 0.9, 20, nesterov)
        ...     print(np.allclose(path[-1], w.detach()))
        True
        True
        >>> momentum(lambda w: w, [1.0], rate=0.1, beta=1.0)
        Traceback (most recent call last):
        ...
        ValueError: beta must lie in [0, 1)
    """
    if not 0 <= beta < 1:
        raise ValueError("beta must lie in [0, 1)")
    path, v = [np.array(start, dtype=float)], np.zeros(np.shape(start))
    for _ in range(steps):
        g = gradient(path[-1])
        v = beta * v + g
        path.append(path[-1] - rate * (g + beta * v if nesterov else v))
    return np.array(path)
