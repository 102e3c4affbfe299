"""Generalized cross-validation of ridge."""

import numpy as np
from numpy.typing import ArrayLike


def gcv(X: ArrayLike, y: ArrayLike, penalty: float) -> float:
    """Return the mean squared residual over (1 - df/n)^2, an estimate of test error.

    Leave-one-out divides each residual by its own one minus leverage. GCV puts
    the mean leverage, df/n, in place of each one, so only the sum of the filter
    factors d^2 / (d^2 + penalty) is needed; the free intercept counts one.

    Examples:
        A feature that never varies leaves the mean alone: residuals -2, 0, 2 and df 1.

        >>> round(gcv([[0.0], [0.0], [0.0]], [1.0, 3.0, 5.0], penalty=1.0), 6)  # (8/3) / (2/3)^2
        6.0

        Where all leverages are equal it is leave-one-out exactly:

        >>> from scipy.linalg import hadamard
        >>> from sklearn.linear_model import Ridge
        >>> from sklearn.model_selection import LeaveOneOut, cross_val_predict
        >>> X, y = hadamard(8)[:, 1:4] * 1.0, np.random.default_rng(0).normal(size=8)
        >>> left_out = y - cross_val_predict(Ridge(alpha=2.0), X, y, cv=LeaveOneOut())
        >>> np.allclose(gcv(X, y, 2.0), np.mean(left_out**2))
        True

        A fit with as many degrees of freedom as examples cannot be judged:

        >>> gcv([[1.0], [2.0]], [0.0, 1.0], penalty=0.0)
        Traceback (most recent call last):
        ...
        ValueError: no degrees of freedom are left to estimate the error
    """
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    U, d, _ = np.linalg.svd(X - X.mean(axis=0), full_matrices=False)
    total = d**2 + penalty
    factors = np.divide(d**2, total, out=np.zeros_like(d), where=total > 0)
    left = 1 - (1 + factors.sum()) / len(y)
    if left < 1e-10:
        raise ValueError("no degrees of freedom are left to estimate the error")

    centered = y - y.mean()
    residuals = centered - U @ (factors * (U.T @ centered))
    return float(np.mean(residuals**2) / left**2)
