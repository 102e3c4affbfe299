"""Gradient descent stopped after t steps, without taking the steps."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def stopped_descent(X: ArrayLike, y: ArrayLike, rate: float, steps: int) -> NDArray[np.float64]:
    """Return the weights after `steps` of gradient descent on |y - Xw|^2 / 2 from zero.

    Along a singular direction with singular value d the error shrinks by the
    factor 1 - rate d^2 at each step, so the part of least squares reached after
    t steps is 1 - (1 - rate d^2)^t.

    Examples:
        One direction with d^2 = 1 at rate 1/2: half the way, then half the rest.

        >>> stopped_descent([[1.0]], [8.0], rate=0.5, steps=2)
        array([6.])

        torch's optimizer, taking every step, arrives at the same place:

        >>> import torch
        >>> rng = np.random.default_rng(0)
        >>> X, y = rng.normal(size=(20, 5)), rng.normal(size=20)
        >>> w = torch.zeros(5, dtype=torch.float64, requires_grad=True)
        >>> optimizer = torch.optim.SGD([w], lr=0.01)
        >>> for _ in range(50):
        ...     optimizer.zero_grad()
        ...     ((torch.tensor(y) - torch.tensor(X) @ w) ** 2 / 2).sum().backward()
        ...     optimizer.step()
        >>> np.allclose(stopped_descent(X, y, 0.01, 50), w.detach().numpy(), atol=1e-13)
        True

        Above 2 / d^2 the steps overshoot and the errors grow:

        >>> stopped_descent([[1.0]], [8.0], rate=2.5, steps=2)
        Traceback (most recent call last):
        ...
        ValueError: the rate must be below 2 over the largest squared singular value
    """
    U, d, Vt = np.linalg.svd(np.asarray(X, dtype=float), full_matrices=False)
    if rate * d[0] ** 2 >= 2:
        raise ValueError("the rate must be below 2 over the largest squared singular value")
    reached = 1 - (1 - rate * d**2) ** steps
    scale = np.divide(reached, d, out=np.zeros_like(d), where=d > 1e-12 * d[0])
    weights: NDArray[np.float64] = Vt.T @ (scale * (U.T @ np.asarray(y, dtype=float)))
    return weights
