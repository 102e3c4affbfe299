"""Leave-one-out residuals of ridge from one fit."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def loo_residuals(X: ArrayLike, y: ArrayLike, penalty: float) -> NDArray[np.float64]:
    """Return, for each example, its error under the ridge fit to all the others.

    No refit is needed: the residual of the full fit divided by one minus the
    leverage h is the residual that the example would have if it were left out.
    The intercept is free, which adds 1/n to each leverage.

    Examples:
        Left out, the 5 is predicted by the mean of the others, (1 + 3) / 2 = 2:

        >>> loo_residuals([[0.0], [0.0], [0.0]], [1.0, 3.0, 5.0], penalty=1.0)
        array([-3.,  0.,  3.])

        Twenty refits by scikit-learn give the same twenty errors:

        >>> from sklearn.linear_model import Ridge
        >>> from sklearn.model_selection import LeaveOneOut, cross_val_predict
        >>> rng = np.random.default_rng(0)
        >>> X, y = rng.normal(1, 1, size=(20, 4)), rng.normal(size=20)
        >>> refitted = cross_val_predict(Ridge(alpha=2.0), X, y, cv=LeaveOneOut())
        >>> np.allclose(loo_residuals(X, y, 2.0), y - refitted)
        True

        A fit that passes through every point has no leave-one-out residual to read off:

        >>> loo_residuals([[1.0], [2.0]], [0.0, 1.0], penalty=0.0)
        Traceback (most recent call last):
        ...
        ValueError: a leverage is one: that example alone decides its fit
    """
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    centered = X - X.mean(axis=0)
    gram = centered.T @ centered + penalty * np.eye(X.shape[1])
    hat = centered @ np.linalg.solve(gram, centered.T) + 1 / len(y)
    leverages = np.diag(hat)
    if np.any(leverages > 1 - 1e-10):
        raise ValueError("a leverage is one: that example alone decides its fit")

    residuals: NDArray[np.float64] = (y - hat @ y) / (1 - leverages)
    return residuals
