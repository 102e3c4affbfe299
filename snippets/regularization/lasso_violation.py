"""How far a vector of weights is from satisfying the lasso's optimality conditions."""

import numpy as np
from numpy.typing import ArrayLike


def lasso_violation(X: ArrayLike, y: ArrayLike, weights: ArrayLike, penalty: float) -> float:
    """Return the largest violation of the conditions that hold at a lasso solution.

    The objective is |y - Xw|^2 / 2 + penalty |w|_1. With g = X'(y - Xw), a weight
    that is not zero needs g_j = penalty sign(w_j); a zero needs |g_j| <= penalty.
    The problem is convex, so no violation means a global minimum.

    Examples:
        At (2, 0) the first gradient is 3 - 2 = 1 and the second 0.5: both conditions hold.

        >>> lasso_violation(np.eye(2), [3.0, 0.5], [2.0, 0.0], penalty=1.0)
        0.0
        >>> lasso_violation(np.eye(2), [3.0, 0.5], [3.0, 0.5], penalty=1.0)
        1.0

        scikit-learn's solution passes, a slightly smaller copy of it does not:

        >>> from sklearn.linear_model import Lasso
        >>> rng = np.random.default_rng(0)
        >>> X, y = rng.normal(size=(30, 6)), rng.normal(size=30)
        >>> model = Lasso(alpha=0.1, fit_intercept=False, tol=1e-12).fit(X, y)
        >>> lasso_violation(X, y, model.coef_, penalty=0.1 * 30) < 1e-8
        True
        >>> lasso_violation(X, y, 0.99 * model.coef_, penalty=0.1 * 30) > 0.01
        True
        >>> lasso_violation(np.eye(2), [3.0, 0.5], [1.0], penalty=1.0)
        Traceback (most recent call last):
        ...
        ValueError: one weight for each column, please
    """
    X, y, w = (np.asarray(a, dtype=float) for a in (X, y, weights))
    if w.shape != (X.shape[1],):
        raise ValueError("one weight for each column, please")
    gradient = X.T @ (y - X @ w)
    active = np.abs(gradient - penalty * np.sign(w))
    dead = np.maximum(np.abs(gradient) - penalty, 0.0)
    return float(np.max(np.where(w != 0, active, dead)))
