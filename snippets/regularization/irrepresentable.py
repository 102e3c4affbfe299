"""When the lasso can find the true features: the irrepresentable condition."""

import numpy as np
from numpy.typing import ArrayLike


def irrepresentable(X: ArrayLike, signs: ArrayLike) -> float:
    """Return how strongly the irrelevant columns imitate the relevant ones.

    `signs` holds the signs of the true weights, 0 for an irrelevant feature. Each
    irrelevant column is regressed on the relevant ones and the coefficients are
    added up with the true signs. Below 1, the lasso can recover the signs; above
    1, some irrelevant feature enters at every penalty that keeps the true ones.

    Examples:
        The third column is 0.6 of each of the others: 0.6 + 0.6 = 1.2 when the
        signs agree, and 0 when they differ.

        >>> X = np.array([[1.0, 0.0, 0.6], [0.0, 1.0, 0.6], [0.0, 0.0, 0.5]])
        >>> round(irrepresentable(X, [1, 1, 0]), 3), round(irrepresentable(X, [1, -1, 0]), 3)
        (1.2, 0.0)

        Noise-free data, a small penalty, and scikit-learn's lasso does as foretold:

        >>> from sklearn.linear_model import Lasso
        >>> model = Lasso(alpha=1e-3, fit_intercept=False, tol=1e-12)
        >>> bool(model.fit(X, X @ [1.0, 1.0, 0.0]).coef_[2] != 0)
        True
        >>> bool(model.fit(X, X @ [1.0, -1.0, 0.0]).coef_[2] != 0)
        False
        >>> irrepresentable(X, [1, 1, 1])
        Traceback (most recent call last):
        ...
        ValueError: some weights must be zero and some not
    """
    X, sign = np.asarray(X, dtype=float), np.sign(np.asarray(signs, dtype=float))
    true = sign != 0
    if true.all() or not true.any():
        raise ValueError("some weights must be zero and some not")
    imitation = np.linalg.lstsq(X[:, true], X[:, ~true])[0]
    return float(np.max(np.abs(sign[true] @ imitation)))
