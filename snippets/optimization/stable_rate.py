"""The largest learning rate at which gradient descent on least squares converges."""

import numpy as np
from numpy.typing import ArrayLike


def stable_rate(X: ArrayLike) -> float:
    """Return 2 over the largest curvature of |y - Xw|^2 / 2n.

    Along an eigenvector of X'X / n with eigenvalue a, a step multiplies the
    error by 1 - rate a. It shrinks as long as rate a < 2, so the steepest
    direction sets the limit for all.

    Examples:
        >>> round(stable_rate([[1.0, 0.0], [0.0, 3.0]]), 4)  # curvatures 1/2 and 9/2
        0.4444

        One percent below it descent arrives at NumPy's least squares, one above it explodes:

        >>> rng = np.random.default_rng(0)
        >>> X, y = rng.normal(size=(50, 3)), rng.normal(size=50)
        >>> def descend(rate):
        ...     w = np.zeros(3)
        ...     for _ in range(2000):
        ...         w -= rate * X.T @ (X @ w - y) / 50
        ...     return w
        >>> np.allclose(descend(0.99 * stable_rate(X)), np.linalg.lstsq(X, y)[0])
        True
        >>> bool(np.linalg.norm(descend(1.01 * stable_rate(X))) > 1e6)
        True
        >>> stable_rate([[0.0], [0.0]])
        Traceback (most recent call last):
        ...
        ValueError: X is zero, so every rate is stable
    """
    X = np.asarray(X, dtype=float)
    steepest = np.linalg.norm(X, ord=2) ** 2 / len(X)
    if steepest == 0:
        raise ValueError("X is zero, so every rate is stable")
    return float(2 / steepest)
