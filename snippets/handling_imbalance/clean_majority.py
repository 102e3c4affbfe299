"""Informed undersampling: Tomek links and edited nearest neighbors."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial.distance import cdist


def clean_majority(
    X: ArrayLike, y: ArrayLike, rule: str = "tomek", neighbors: int = 3
) -> NDArray[np.intp]:
    """Return the rows that stay when disputed majority rows (label 0) are dropped.

    A Tomek link is a pair of opposite labels, each the other's nearest row. The edited
    nearest neighbors rule (enn) drops a row that most of its neighbors disagree with.

    Examples:
        >>> X, y = [[0.0], [1.0], [1.1], [3.0], [3.2]], [0, 0, 1, 0, 0]
        >>> clean_majority(X, y).tolist()
        [0, 2, 3, 4]

        The votes are those of scikit-learn's neighbors, the row itself left out:

        >>> from sklearn.neighbors import NearestNeighbors
        >>> rng = np.random.default_rng(0)
        >>> X, y = rng.normal(size=(150, 2)), rng.random(150) < 0.3
        >>> near = NearestNeighbors(n_neighbors=3).fit(X).kneighbors()[1]
        >>> kept = np.flatnonzero(y | (y[near].mean(axis=1) < 0.5))
        >>> np.array_equal(clean_majority(X, y, "enn"), kept)
        True
        >>> first = near[:, 0]
        >>> link = (first[first] == np.arange(150)) & (y[first] != y)
        >>> np.array_equal(clean_majority(X, y), np.flatnonzero(y | ~link))
        True

        >>> clean_majority(X, y, "smote")
        Traceback (most recent call last):
        ...
        ValueError: the rule is tomek or enn
    """
    rows, minority = np.asarray(X, dtype=float), np.asarray(y, dtype=bool)
    distance = cdist(rows, rows, "sqeuclidean")
    np.fill_diagonal(distance, np.inf)
    if rule == "tomek":
        first = distance.argmin(axis=1)
        disputed = (first[first] == np.arange(len(rows))) & (minority[first] != minority)
    elif rule == "enn":
        near = np.argpartition(distance, neighbors - 1, axis=1)[:, :neighbors]
        disputed = minority[near].mean(axis=1) > 0.5
    else:
        raise ValueError("the rule is tomek or enn")
    return np.flatnonzero(minority | ~disputed)
