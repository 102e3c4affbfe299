"""Gradient descent from zero finds the shortest interpolator."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def descend(
    X: ArrayLike, y: ArrayLike, start: ArrayLike | None = None, steps: int = 2000
) -> NDArray[np.float64]:
    """Return the weights of gradient descent on |y - Xw|^2 / 2, from zero unless told.

    Every gradient X'(Xw - y) is a combination of the rows of X, so the part of
    the start that is orthogonal to all rows never changes. From zero that part
    stays zero, and the interpolator reached has the least norm of all.

    Examples:
        One equation, w1 + w2 = 2: the shortest solution is (1, 1); from (2, 0)
        the nearest one is (2, 0) itself.

        >>> descend([[1.0, 1.0]], [2.0]).round(6)
        array([1., 1.])
        >>> descend([[1.0, 1.0]], [2.0], start=[2.0, 0.0]).round(6)
        array([2., 0.])

        NumPy's pseudo-inverse is the least-norm solution by definition:

        >>> rng = np.random.default_rng(0)
        >>> X, y = rng.normal(size=(5, 20)), rng.normal(size=5)
        >>> np.allclose(descend(X, y), np.linalg.pinv(X) @ y)
        True
        >>> start = rng.normal(size=20)
        >>> free = start - np.linalg.pinv(X) @ X @ start  # orthogonal to the rows
        >>> np.allclose(descend(X, y, start), np.linalg.pinv(X) @ y + free)
        True
        >>> descend([[0.0]], [1.0])
        Traceback (most recent call last):
        ...
        ValueError: X is zero: there is nothing to descend
    """
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    largest = np.linalg.norm(X, 2)
    if largest == 0:
        raise ValueError("X is zero: there is nothing to descend")
    w = np.zeros(X.shape[1]) if start is None else np.array(start, dtype=float)
    for _ in range(steps):
        w -= X.T @ (X @ w - y) / largest**2
    return w
