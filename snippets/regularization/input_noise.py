"""Least squares on inputs with noise added, which is ridge."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def noisy_least_squares(X: ArrayLike, y: ArrayLike, noise: float) -> NDArray[np.float64]:
    """Return least-squares weights, without intercept, for inputs blurred by `noise`.

    In place of random draws every row is replaced by 2d copies, moved by
    noise sqrt(d) up and down along each axis. The copies have exactly the mean
    and the covariance noise^2 I of the blur, all that squared error looks at.

    Examples:
        Two rows at 1 with noise 1: 2 * 4 / (2 + 2 * 1), half of the 4 without noise.

        >>> noisy_least_squares([[1.0], [1.0]], [4.0, 4.0], noise=1.0).round(6)
        array([2.])

        scikit-learn's ridge with penalty n noise^2:

        >>> from sklearn.linear_model import Ridge
        >>> rng = np.random.default_rng(0)
        >>> X, y = rng.normal(size=(15, 4)), rng.normal(size=15)
        >>> model = Ridge(alpha=15 * 0.7**2, fit_intercept=False).fit(X, y)
        >>> np.allclose(noisy_least_squares(X, y, 0.7), model.coef_)
        True

        Without noise it is least squares:

        >>> np.allclose(noisy_least_squares(X, y, 0.0), np.linalg.lstsq(X, y)[0])
        True
        >>> noisy_least_squares(X, y, -1.0)
        Traceback (most recent call last):
        ...
        ValueError: a standard deviation is not negative
    """
    if noise < 0:
        raise ValueError("a standard deviation is not negative")
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    n, d = X.shape
    moves = noise * np.sqrt(d) * np.vstack([np.eye(d), -np.eye(d)])  # (2d, d)
    copies = (X[:, None, :] + moves[None, :, :]).reshape(n * 2 * d, d)
    weights: NDArray[np.float64] = np.linalg.lstsq(copies, np.repeat(y, 2 * d))[0]
    return weights
