"""The shortest weight vector that fits the training labels best."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def min_norm_fit(X: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
    """Return the least-squares solution of smallest length.

    With more columns than rows infinitely many w fit y exactly. They differ by
    vectors that X maps to zero; the shortest has no such part, so it lies in the
    span of the rows. Gradient descent from zero never leaves that span.

    Examples:
        One equation, 3 w1 + 4 w2 = 25: the shortest solution points along (3, 4).

        >>> min_norm_fit([[3.0, 4.0]], [25.0]).round(6).tolist()
        [3.0, 4.0]

        Gradient descent from zero arrives there too:

        >>> rng = np.random.default_rng(0)
        >>> X, y = rng.normal(size=(5, 20)), rng.normal(size=5)
        >>> w = np.zeros(20)
        >>> for _ in range(3_000):
        ...     w -= 0.02 * X.T @ (X @ w - y)
        >>> np.allclose(min_norm_fit(X, y), w)
        True

        With more rows than columns it is ordinary least squares:

        >>> from sklearn.linear_model import LinearRegression
        >>> X, y = rng.normal(size=(20, 5)), rng.normal(size=20)
        >>> ordinary = LinearRegression(fit_intercept=False).fit(X, y).coef_
        >>> np.allclose(min_norm_fit(X, y), ordinary)
        True

        >>> min_norm_fit([[1.0, 2.0]], [1.0, 2.0])
        Traceback (most recent call last):
        ...
        ValueError: X and y must have one row for each example
    """
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if len(X) != len(y):
        raise ValueError("X and y must have one row for each example")
    return np.asarray(np.linalg.pinv(X) @ y)
