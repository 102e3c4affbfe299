"""Training and validation error of a model as its training set grows."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


def learning_curve(
    model: Any, X: ArrayLike, y: ArrayLike, X_val: ArrayLike, y_val: ArrayLike, sizes: Sequence[int]
) -> NDArray[np.float64]:
    """Return one row (training error, validation error) for each training size.

    Each size takes the first rows of X, so every set contains the one before it. The
    validation set stays the same: only the training size changes along the curve.

    Examples:
        The mean of the labels: of 1 alone, then of 1 and 3, held against a label of 3.

        >>> from sklearn.dummy import DummyRegressor
        >>> X = np.zeros((2, 1))
        >>> learning_curve(DummyRegressor(), X, [1.0, 3.0], X[:1], [3.0], [1, 2]).tolist()
        [[0.0, 4.0], [1.0, 1.0]]

        scikit-learn draws the same curve from one fixed split:

        >>> from sklearn.linear_model import LinearRegression
        >>> from sklearn.model_selection import learning_curve as theirs
        >>> rng = np.random.default_rng(0)
        >>> X, y = rng.normal(size=(80, 3)), rng.normal(size=80)
        >>> curve = learning_curve(LinearRegression(), X[:60], y[:60], X[60:], y[60:], [10, 60])
        >>> _, training, validation = theirs(LinearRegression(), X, y, train_sizes=[10, 60],
        ...     cv=[(range(60), range(60, 80))], scoring="neg_mean_squared_error")
        >>> np.allclose(curve, -np.hstack([training, validation]))
        True

        >>> learning_curve(LinearRegression(), X[:60], y[:60], X[60:], y[60:], [61])
        Traceback (most recent call last):
        ...
        ValueError: a size is larger than the training set
    """
    X, y, X_val, y_val = (np.asarray(part, dtype=float) for part in (X, y, X_val, y_val))
    if max(sizes) > len(X):
        raise ValueError("a size is larger than the training set")

    rows = []
    for size in sizes:
        fitted = model.fit(X[:size], y[:size])
        training = np.mean((y[:size] - fitted.predict(X[:size])) ** 2)
        rows.append([training, np.mean((y_val - fitted.predict(X_val)) ** 2)])
    return np.array(rows)
