"""Stacking: a final model on out-of-fold predictions."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import clone
from sklearn.model_selection import KFold


def stack(
    models: Sequence[Any], final: Any, X: ArrayLike, y: ArrayLike, new: ArrayLike, folds: int = 5
) -> NDArray[np.float64]:
    """Return the predictions of a stack at `new`.

    Each row's features for the final model are what every base model says of it when
    trained on the other folds. For new rows the base models are refitted on all data.

    Examples:
        >>> from sklearn.dummy import DummyRegressor
        >>> from sklearn.linear_model import LinearRegression
        >>> from sklearn.neighbors import KNeighborsRegressor
        >>> X, y = np.arange(10.0)[:, None], np.arange(10.0)
        >>> stack([LinearRegression()], LinearRegression(), X, y, [[20.0]]).round(6).tolist()
        [20.0]

        scikit-learn agrees:

        >>> from sklearn.ensemble import StackingRegressor
        >>> rng = np.random.default_rng(0)
        >>> X, y = rng.normal(size=(80, 3)), rng.normal(size=80)
        >>> models = [KNeighborsRegressor(3), LinearRegression()]
        >>> theirs = StackingRegressor(
        ...     [("a", models[0]), ("b", models[1])], LinearRegression(), cv=KFold(5)).fit(X, y)
        >>> np.allclose(stack(models, LinearRegression(), X, y, X), theirs.predict(X))
        True

        >>> stack([], LinearRegression(), X, y, X)
        Traceback (most recent call last):
        ...
        ValueError: a stack needs at least one model
    """
    X, y, new = (np.asarray(values, dtype=float) for values in (X, y, new))
    if not models:
        raise ValueError("a stack needs at least one model")

    inner = np.zeros((len(y), len(models)))
    for training, held_out in KFold(folds).split(X):
        for column, model in enumerate(models):
            fitted = clone(model).fit(X[training], y[training])
            inner[held_out, column] = fitted.predict(X[held_out])
    outer = np.column_stack([clone(model).fit(X, y).predict(new) for model in models])
    return np.asarray(clone(final).fit(inner, y).predict(outer), dtype=np.float64)
