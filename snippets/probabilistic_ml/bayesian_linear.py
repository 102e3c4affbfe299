"""The posterior of linear regression and its predictions."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def bayesian_linear(X: ArrayLike, y: ArrayLike, noise: float, prior: float) -> tuple[Array, Array]:
    """Return mean and covariance of the weights given the data.

    Labels are X w plus Gaussian noise of variance `noise`; the weights are independent Gaussian
    with mean 0 and variance `prior`. Precisions add: of the data X'X / noise, of the prior
    1 / prior. A prediction at x has mean x'm and variance x'Vx, plus the noise for a new label.

    Examples:
        One observation y = 2 at x = 1, noise and prior both 1: the mean is halfway to zero.

        >>> mean, covariance = bayesian_linear([[1.0]], [2.0], noise=1.0, prior=1.0)
        >>> mean.tolist(), covariance.tolist()
        ([1.0], [[0.5]])

        The mean is ridge with penalty noise / prior, and the predictions are those of a Gaussian
        process with a linear kernel:

        >>> from sklearn.gaussian_process import GaussianProcessRegressor as GP
        >>> from sklearn.gaussian_process.kernels import ConstantKernel, DotProduct
        >>> from sklearn.linear_model import Ridge
        >>> rng = np.random.default_rng(0)
        >>> X, y, new = rng.normal(size=(30, 4)), rng.normal(size=30), rng.normal(size=(5, 4))
        >>> mean, covariance = bayesian_linear(X, y, noise=0.5, prior=2.0)
        >>> np.allclose(mean, Ridge(alpha=0.25, fit_intercept=False).fit(X, y).coef_)
        True
        >>> kernel = ConstantKernel(2.0) * DotProduct(0.0, sigma_0_bounds="fixed")
        >>> process = GP(kernel, alpha=0.5, optimizer=None).fit(X, y)
        >>> theirs, sd = process.predict(new, return_std=True)
        >>> np.allclose(new @ mean, theirs)
        True
        >>> np.allclose(np.einsum("ij,jk,ik->i", new, covariance, new), sd**2)
        True

        >>> bayesian_linear([[1.0]], [1.0], noise=0.0, prior=1.0)
        Traceback (most recent call last):
        ...
        ValueError: noise and prior are variances and must be positive
    """
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if noise <= 0 or prior <= 0:
        raise ValueError("noise and prior are variances and must be positive")

    precision = X.T @ X / noise + np.eye(X.shape[1]) / prior
    mean = np.linalg.solve(precision, X.T @ y / noise)
    return mean, np.linalg.inv(precision)
