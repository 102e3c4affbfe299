"""How probable the data are under a whole linear model, weights averaged out."""

import numpy as np
from numpy.typing import ArrayLike


def log_evidence(X: ArrayLike, y: ArrayLike, noise: float, prior: float) -> float:
    """Return the log marginal likelihood of Bayesian linear regression.

    Fit of the posterior mean, less a charge for how much the data narrowed the weights: the log
    ratio of prior to posterior volume. It needs a p x p determinant, and no n x n matrix.

    Examples:
        One observation 0 at x = 1: the label has variance noise + prior = 2 before it is seen.

        >>> np.allclose(log_evidence([[1.0]], [0.0], 1.0, 1.0), -np.log(2 * np.pi * 2) / 2)
        True

        SciPy's density of the labels, Gaussian with covariance noise I + prior XX':

        >>> from scipy.stats import multivariate_normal
        >>> rng = np.random.default_rng(0)
        >>> X, y = rng.normal(size=(20, 3)), rng.normal(size=20)
        >>> whole = multivariate_normal(np.zeros(20), 0.5 * np.eye(20) + 2.0 * X @ X.T)
        >>> np.allclose(log_evidence(X, y, 0.5, 2.0), whole.logpdf(y))
        True

        >>> log_evidence([[1.0]], [1.0], -1.0, 1.0)
        Traceback (most recent call last):
        ...
        ValueError: noise and prior are variances and must be positive
    """
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if noise <= 0 or prior <= 0:
        raise ValueError("noise and prior are variances and must be positive")

    n, p = X.shape
    precision = X.T @ X / noise + np.eye(p) / prior
    mean = np.linalg.solve(precision, X.T @ y / noise)
    fit = np.sum((y - X @ mean) ** 2) / noise + mean @ mean / prior
    volume = np.linalg.slogdet(precision * prior)[1]  # log of prior volume over posterior, twice
    return float(-(fit + volume + n * np.log(2 * np.pi * noise)) / 2)
