"""Cross-validated residuals of least squares from one fit."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def block_residuals(
    X: ArrayLike, y: ArrayLike, folds: ArrayLike, penalty: float = 0.0
) -> NDArray[np.float64]:
    """Return each row's residual from the fit without its fold.

    With the hat matrix H of the full fit and its residuals r, the residuals of the rows B
    that are left out together are (I - H_BB)^-1 r_B. For single rows: r_i / (1 - h_ii).

    Examples:
        >>> block_residuals([[1.0], [1.0], [1.0]], [0.0, 3.0, 6.0], [0, 1, 2]).round(9).tolist()
        [-4.5, 0.0, 4.5]

        scikit-learn refits for each fold, and agrees:

        >>> from sklearn.linear_model import Ridge
        >>> from sklearn.model_selection import PredefinedSplit, cross_val_predict
        >>> rng = np.random.default_rng(0)
        >>> X, y, folds = rng.normal(size=(60, 5)), rng.normal(size=60), np.arange(60) % 6
        >>> model, split = Ridge(alpha=2.0, fit_intercept=False), PredefinedSplit(folds)
        >>> theirs = y - cross_val_predict(model, X, y, cv=split)
        >>> np.allclose(block_residuals(X, y, folds, penalty=2.0), theirs)
        True

        >>> block_residuals([[1.0], [0.0]], [1.0, 2.0], [0, 1])
        Traceback (most recent call last):
        ...
        ValueError: without one of the folds the fit is not determined
    """
    X, y, folds = np.asarray(X, dtype=float), np.asarray(y, dtype=float), np.asarray(folds)
    hat = X @ np.linalg.solve(X.T @ X + penalty * np.eye(X.shape[1]), X.T)
    residuals, found = y - hat @ y, np.empty(len(y))
    for fold in np.unique(folds):
        rows = np.flatnonzero(folds == fold)
        block = np.eye(rows.size) - hat[np.ix_(rows, rows)]
        if np.linalg.matrix_rank(block) < rows.size:
            raise ValueError("without one of the folds the fit is not determined")
        found[rows] = np.linalg.solve(block, residuals[rows])
    return found
