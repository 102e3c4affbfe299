"""The elastic net by coordinate descent."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def elastic_net(
    X: ArrayLike, y: ArrayLike, l1: float, l2: float, tolerance: float = 1e-12
) -> NDArray[np.float64]:
    """Return the w that minimizes |y - Xw|^2 / 2 + l1 |w|_1 + l2 |w|^2 / 2.

    Coordinate descent as for the lasso, with one change: the squared length of
    each column grows by l2. So l1 decides what is zero, l2 shrinks the rest and
    spreads weight over correlated columns. X and y are centered.

    Examples:
        >>> elastic_net([[1.0, 0.0], [0.0, 1.0]], [3.0, 0.5], l1=1.0, l2=1.0)
        array([1., 0.])

        scikit-learn's objective is divided by n, and one number splits its alpha:

        >>> from sklearn.linear_model import ElasticNet
        >>> rng = np.random.default_rng(0)
        >>> X = rng.normal(size=(40, 8))
        >>> y = X[:, 0] - 2 * X[:, 1] + rng.normal(size=40)
        >>> X, y = X - X.mean(axis=0), y - y.mean()
        >>> weights = elastic_net(X, y, l1=12.0, l2=4.0)
        >>> model = ElasticNet(alpha=16 / 40, l1_ratio=12 / 16, tol=1e-12).fit(X, y)
        >>> np.allclose(weights, model.coef_)
        True

        Two copies of one feature share its weight equally; with l2 = 0 any split is optimal:

        >>> elastic_net([[1.0, 1.0], [-1.0, -1.0]], [1.0, -1.0], l1=0.5, l2=0.5).round(6)
        array([0.333333, 0.333333])
        >>> elastic_net([[1.0]], [1.0], l1=-1.0, l2=0.0)
        Traceback (most recent call last):
        ...
        ValueError: penalties must not be negative
    """
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if min(l1, l2) < 0:
        raise ValueError("penalties must not be negative")
    lengths, weights = np.sum(X**2, axis=0), np.zeros(X.shape[1])
    residual, moved = y.copy(), np.inf
    while moved > tolerance:
        moved = 0.0
        for j in np.flatnonzero(lengths):
            z = X[:, j] @ residual + lengths[j] * weights[j]
            new = np.sign(z) * max(abs(z) - l1, 0.0) / (lengths[j] + l2)
            residual += X[:, j] * (weights[j] - new)
            moved, weights[j] = max(moved, abs(weights[j] - new)), new
    return weights
