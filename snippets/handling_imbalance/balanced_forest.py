"""A balanced random forest: every tree sees as many negatives as positives."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.tree import DecisionTreeClassifier


def balanced_forest(
    X: ArrayLike, y: ArrayLike, new: ArrayLike, trees: int = 100, seed: int = 0, **settings: Any
) -> NDArray[np.float64]:
    """Return the mean probability of label 1 over trees grown on balanced samples.

    Each tree draws, with replacement, as many rows of each class as the minority has.
    A single undersample loses most negatives; many trees use nearly all of them. The
    probabilities come out as if the classes were equal.

    Examples:
        >>> balanced_forest([[0], [0], [0], [1]], [0, 0, 0, 1], [[0], [1]], trees=20).tolist()
        [0.0, 1.0]

        Where inputs say nothing, it answers one half whatever the share of positives:

        >>> y = np.repeat([0, 1], [950, 50])
        >>> flat = balanced_forest(np.zeros((1000, 1)), y, [[0.0]], trees=200)
        >>> np.allclose(flat, 0.5)
        True

        With one tree it is scikit-learn's tree on the rows that were drawn:

        >>> rng = np.random.default_rng(3)
        >>> X, y = rng.normal(size=(90, 2)), np.repeat([0, 1], [70, 20])
        >>> draw = np.random.default_rng(7)
        >>> rows = np.concatenate([draw.choice(np.flatnonzero(y == k), 20) for k in (0, 1)])
        >>> tree = DecisionTreeClassifier(max_depth=3, random_state=0).fit(X[rows], y[rows])
        >>> ours = balanced_forest(X, y, X, trees=1, seed=7, max_depth=3)
        >>> np.allclose(ours, tree.predict_proba(X)[:, 1])
        True

        >>> balanced_forest([[0]], [1], [[0]])
        Traceback (most recent call last):
        ...
        ValueError: both classes must occur
    """
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    classes = [np.flatnonzero(y == label) for label in (0, 1)]
    size = min(map(len, classes))
    if not size:
        raise ValueError("both classes must occur")

    rng, found = np.random.default_rng(seed), np.zeros(len(np.asarray(new)))
    for number in range(trees):
        rows = np.concatenate([rng.choice(members, size) for members in classes])
        tree = DecisionTreeClassifier(random_state=number, **settings).fit(X[rows], y[rows])
        found += tree.predict_proba(new)[:, 1]
    return np.asarray(found / trees)
