"""Ridge regression through the singular value decomposition."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def ridge(X: ArrayLike, y: ArrayLike, penalty: float) -> tuple[NDArray[np.float64], float]:
    """Return the weights and the intercept of least squares with a squared-norm penalty.

    The objective is |y - b - Xw|^2 + penalty |w|^2, and the intercept b is free:
    centering removes it. Along a singular direction with singular value d the
    least-squares coefficient is multiplied by d^2 / (d^2 + penalty).

    Examples:
        >>> weights, intercept = ridge([[-1.0], [1.0]], [4.0, 8.0], penalty=2.0)
        >>> weights.round(3), round(intercept, 3)  # least squares has slope 2
        (array([1.]), 6.0)

        scikit-learn's alpha is the same penalty:

        >>> from sklearn.linear_model import Ridge
        >>> rng = np.random.default_rng(0)
        >>> X, y = rng.normal(2, 1, size=(30, 4)), rng.normal(5, 1, size=30)
        >>> weights, intercept = ridge(X, y, penalty=3.0)
        >>> model = Ridge(alpha=3.0).fit(X, y)
        >>> np.allclose(weights, model.coef_) and np.allclose(intercept, model.intercept_)
        True

        Without a penalty, of all the least-squares solutions it takes the shortest:

        >>> weights, _ = ridge(X[:3], y[:3], penalty=0.0)
        >>> centered = X[:3] - X[:3].mean(axis=0)
        >>> np.allclose(weights, np.linalg.pinv(centered) @ (y[:3] - y[:3].mean()))
        True
        >>> ridge(X, y, penalty=-1.0)
        Traceback (most recent call last):
        ...
        ValueError: the penalty must not be negative
    """
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if penalty < 0:
        raise ValueError("the penalty must not be negative")

    U, d, Vt = np.linalg.svd(X - X.mean(axis=0), full_matrices=False)
    real = d > d.max(initial=0) * max(X.shape) * np.finfo(float).eps
    coordinates = U.T @ (y - y.mean())
    weights = Vt[real].T @ (d[real] / (d[real] ** 2 + penalty) * coordinates[real])
    return weights, float(y.mean() - X.mean(axis=0) @ weights)
