"""The whole lasso path, from the empty model on, with warm starts."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def lasso_path(
    X: ArrayLike, y: ArrayLike, count: int = 50, smallest: float = 1e-3
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return penalties, strongest first, and the lasso weights of each as a row.

    At lambda_max = max |X'y| the model is still empty; the grid goes down from
    there in equal ratios. Each fit starts from the one before, which is close, so
    few sweeps of coordinate descent are left to do. X and y are centered.

    Examples:
        >>> penalties, weights = lasso_path(np.eye(2), [4.0, 2.0], count=3, smallest=0.25)
        >>> penalties, weights.tolist()
        (array([4., 2., 1.]), [[0.0, 0.0], [2.0, 0.0], [3.0, 1.0]])

        scikit-learn's path on the same penalties (its alphas are penalty / n):

        >>> from sklearn.datasets import load_diabetes
        >>> from sklearn.linear_model import lasso_path as authority
        >>> X, y = load_diabetes(return_X_y=True)
        >>> X, y = (X - X.mean(axis=0)) / X.std(axis=0), y - y.mean()
        >>> penalties, weights = lasso_path(X, y, count=20)
        >>> _, theirs, _ = authority(X, y, alphas=penalties / len(y), tol=1e-12, max_iter=10**5)
        >>> np.allclose(weights, theirs.T, atol=1e-4)
        True
        >>> lasso_path(np.zeros((2, 2)), [1.0, 2.0])
        Traceback (most recent call last):
        ...
        ValueError: no feature is correlated with y
    """
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    gram, target = X.T @ X, X.T @ y
    strongest = float(np.max(np.abs(target)))
    if strongest == 0:
        raise ValueError("no feature is correlated with y")
    penalties = strongest * np.geomspace(1.0, smallest, count)
    w, rows, scale = np.zeros(X.shape[1]), [], np.abs(target / gram.max()).max()
    for penalty in penalties:
        moved = np.inf
        while moved > 1e-9 * scale:
            before = w.copy()
            for j in np.flatnonzero(np.diag(gram)):
                z = target[j] - gram[j] @ w + gram[j, j] * w[j]
                w[j] = np.sign(z) * max(abs(z) - penalty, 0.0) / gram[j, j]
            moved = float(np.max(np.abs(w - before)))
        rows.append(w.copy())
    return penalties, np.array(rows)
