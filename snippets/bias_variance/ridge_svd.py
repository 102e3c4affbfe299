"""Ridge regression through the singular value decomposition."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def ridge_svd(X: ArrayLike, y: ArrayLike, penalty: float) -> NDArray[np.float64]:
    """Return the w that minimizes |y - Xw|^2 + penalty * |w|^2, without an intercept.

    With X = U D V', the label's share along each u_j is divided by d_j in least
    squares; ridge multiplies it by d_j / (d_j^2 + penalty) and so shrinks the
    directions with small d_j, which are the noisy ones.

    Examples:
        One feature with sum of squares 2: least squares gives 2, a penalty of 2 halves it.

        >>> ridge_svd([[1.0], [1.0]], [2.0, 2.0], 2.0).round(6).tolist()
        [1.0]

        scikit-learn agrees:

        >>> from sklearn.linear_model import Ridge
        >>> rng = np.random.default_rng(0)
        >>> X, y = rng.normal(size=(30, 5)), rng.normal(size=30)
        >>> theirs = Ridge(alpha=1.7, fit_intercept=False).fit(X, y).coef_
        >>> np.allclose(ridge_svd(X, y, 1.7), theirs)
        True

        At penalty 0 it is the shortest least-squares solution, so X may have any rank:

        >>> X[:, 4] = X[:, 3]
        >>> np.allclose(ridge_svd(X, y, 0.0), np.linalg.pinv(X) @ y)
        True

        >>> ridge_svd(X, y, -1.0)
        Traceback (most recent call last):
        ...
        ValueError: the penalty must not be negative
    """
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if penalty < 0:
        raise ValueError("the penalty must not be negative")

    U, d, Vt = np.linalg.svd(X, full_matrices=False)
    kept = d > d.max() * max(X.shape) * np.finfo(float).eps
    filters = np.where(kept, d, 0.0) / np.where(kept, d**2 + penalty, 1.0)
    return np.asarray(Vt.T @ (filters * (U.T @ y)))
