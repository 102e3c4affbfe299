"""The lasso by coordinate descent."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def lasso(
    X: ArrayLike, y: ArrayLike, penalty: float, tolerance: float = 1e-12
) -> NDArray[np.float64]:
    """Return the w that minimizes |y - Xw|^2 / 2 + penalty |w|_1, for centered X and y.

    One coordinate at a time, the others held: its correlation with what they
    leave unexplained, soft-thresholded and divided by its squared length, is the
    exact minimum. Sweeps go on until no weight moves by more than the tolerance.

    Examples:
        >>> lasso([[1.0, 0.0], [0.0, 1.0]], [3.0, 0.5], penalty=1.0)
        array([2., 0.])

        scikit-learn divides the squared error by n, so its alpha is penalty / n:

        >>> from sklearn.linear_model import Lasso
        >>> rng = np.random.default_rng(0)
        >>> X = rng.normal(size=(40, 8))
        >>> y = X[:, 0] - 2 * X[:, 1] + rng.normal(size=40)
        >>> X, y = X - X.mean(axis=0), y - y.mean()
        >>> weights = lasso(X, y, penalty=12.0)
        >>> model = Lasso(alpha=12.0 / 40, tol=1e-12).fit(X, y)
        >>> np.allclose(weights, model.coef_), int(np.sum(weights == 0))
        (True, 6)

        A feature that is zero everywhere keeps weight zero:

        >>> lasso([[1.0, 0.0], [-1.0, 0.0]], [1.0, -1.0], penalty=1.0)
        array([0.5, 0. ])
        >>> lasso([[1.0]], [1.0], penalty=-1.0)
        Traceback (most recent call last):
        ...
        ValueError: the penalty must not be negative
    """
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if penalty < 0:
        raise ValueError("the penalty must not be negative")
    lengths, weights = np.sum(X**2, axis=0), np.zeros(X.shape[1])
    residual, moved = y.copy(), np.inf
    while moved > tolerance:
        moved = 0.0
        for j in np.flatnonzero(lengths):
            z = X[:, j] @ residual + lengths[j] * weights[j]
            new = np.sign(z) * max(abs(z) - penalty, 0.0) / lengths[j]
            residual += X[:, j] * (weights[j] - new)
            moved, weights[j] = max(moved, abs(weights[j] - new)), new
    return weights
