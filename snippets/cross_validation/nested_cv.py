"""Nested cross-validation: the search is part of what is judged."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import clone


def nested_cv(
    candidates: Sequence[Any], X: ArrayLike, y: ArrayLike, inner: Any, outer: Any
) -> tuple[list[float], list[int]]:
    """Return the outer scores and the candidate that each outer fold chose.

    In each outer fold the candidates are compared by the inner folds of the outer
    training rows only; the best is refitted on them and scored on the outer test rows.

    Examples:
        >>> from sklearn.model_selection import GridSearchCV, KFold, cross_val_score
        >>> from sklearn.neighbors import KNeighborsClassifier
        >>> rng = np.random.default_rng(0)
        >>> X, y = rng.normal(size=(60, 3)), rng.integers(0, 2, size=60)
        >>> models = [KNeighborsClassifier(k) for k in (1, 5, 9)]
        >>> scores, chosen = nested_cv(models, X, y, KFold(3), KFold(4))
        >>> len(scores), len(chosen)
        (4, 4)

        scikit-learn cross-validates a grid search:

        >>> search = GridSearchCV(models[0], {"n_neighbors": [1, 5, 9]}, cv=KFold(3))
        >>> np.allclose(scores, cross_val_score(search, X, y, cv=KFold(4)))
        True

        >>> nested_cv([], X, y, KFold(3), KFold(4))
        Traceback (most recent call last):
        ...
        ValueError: nothing to choose from
    """
    X, y = np.asarray(X), np.asarray(y)
    if not candidates:
        raise ValueError("nothing to choose from")

    def score(model: Any, training: Any, test: Any) -> float:
        return float(clone(model).fit(X[training], y[training]).score(X[test], y[test]))

    scores, chosen = [], []
    for training, test in outer.split(X, y):
        means = [
            np.mean([score(m, training[a], training[b]) for a, b in inner.split(X[training])])
            for m in candidates
        ]
        chosen.append(int(np.argmax(means)))
        scores.append(score(candidates[chosen[-1]], training, test))
    return scores, chosen
