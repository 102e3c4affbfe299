"""What dropout on the inputs does to linear regression: a ridge scaled by the data."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def dropout_ridge(X: ArrayLike, y: ArrayLike, p: float) -> NDArray[np.float64]:
    """Return the w that minimizes the expected squared error under dropout of the inputs.

    The expectation over masks is |y - Xw|^2 + p/(1-p) sum_j c_j w_j^2 with
    c_j = |x_j|^2, the squared length of column j. Each weight pays in proportion
    to the size of its feature, so rescaling a feature changes no prediction.

    Examples:
        >>> dropout_ridge([[1.0], [1.0]], [4.0, 4.0], p=0.5)  # 8 / (2 + 1 * 2)
        array([2.])

        scikit-learn, fitting plain least squares to every possible mask of every
        row, each weighted by its probability:

        >>> from itertools import product
        >>> from sklearn.linear_model import LinearRegression
        >>> rng = np.random.default_rng(0)
        >>> X, y, p = rng.normal(size=(10, 3)), rng.normal(size=10), 0.3
        >>> masks = [np.array(m) for m in product([0, 1], repeat=3)]
        >>> rows = np.vstack([X * m / (1 - p) for m in masks])
        >>> chances = np.repeat([p ** sum(m == 0) * (1 - p) ** sum(m) for m in masks], 10)
        >>> model = LinearRegression(fit_intercept=False)
        >>> _ = model.fit(rows, np.tile(y, 8), sample_weight=chances)
        >>> np.allclose(dropout_ridge(X, y, p), model.coef_)
        True
        >>> dropout_ridge(X, y, 1.0)
        Traceback (most recent call last):
        ...
        ValueError: p must be at least 0 and below 1
    """
    if not 0 <= p < 1:
        raise ValueError("p must be at least 0 and below 1")
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    gram = X.T @ X
    return np.linalg.solve(gram + p / (1 - p) * np.diag(np.diag(gram)), X.T @ y)
