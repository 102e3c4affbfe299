"""Variance of a least-squares fit at each of its own training inputs."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def linear_variance(X: ArrayLike, noise_variance: float) -> NDArray[np.float64]:
    """Return Var of the fitted value at each row of X, for fixed inputs.

    Fitted values are H y, where H projects on the columns of X. Their covariance is
    noise_variance * H, so each row's variance is its leverage, and trace H = p.

    Examples:
        Fitting a mean to four labels gives each fitted value a quarter of the noise.

        >>> linear_variance(np.ones((4, 1)), 1.0).round(2).tolist()
        [0.25, 0.25, 0.25, 0.25]

        scikit-learn's fitted values, one set of labels a column, show the projection; its
        squared rows are the variances, and they average to p / n of the noise:

        >>> from sklearn.linear_model import LinearRegression
        >>> X = np.random.default_rng(0).normal(size=(50, 4))
        >>> model = LinearRegression(fit_intercept=False).fit(X, np.eye(50))
        >>> variances = linear_variance(X, 2.0)
        >>> np.allclose(variances, 2.0 * np.sum(model.predict(X) ** 2, axis=1))
        True
        >>> np.allclose(variances.mean(), 4 * 2.0 / 50)
        True

        >>> linear_variance(np.ones((4, 2)), 1.0)
        Traceback (most recent call last):
        ...
        ValueError: the columns of X must be linearly independent
    """
    X = np.asarray(X, dtype=float)
    if np.linalg.matrix_rank(X) < X.shape[1]:
        raise ValueError("the columns of X must be linearly independent")

    Q, _ = np.linalg.qr(X)  # (n, p): an orthonormal basis of the columns, H = Q Q'
    return np.asarray(noise_variance * np.sum(Q**2, axis=1))
