"""SMOTE: new minority rows between old ones."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def smote(
    minority: ArrayLike, count: int, neighbors: int = 5, seed: int = 0
) -> NDArray[np.float64]:
    """Return synthetic rows, each on the segment from a row to one of its nearest.

    Pick a minority row, one of its nearest minority rows, and a random place between
    them. Distances are Euclidean, so scale the columns first; categories do not mix.

    Examples:
        >>> smote([[0.0], [1.0]], count=3, neighbors=1).round(2).ravel().tolist()
        [0.96, 0.98, 0.19]

        With neighbors from scikit-learn, every new row is a mixture of two old ones:

        >>> from sklearn.neighbors import NearestNeighbors
        >>> rows = np.random.default_rng(0).normal(size=(20, 3))
        >>> near = NearestNeighbors(n_neighbors=6).fit(rows).kneighbors(rows)[1][:, 1:]
        >>> def between(new):
        ...     return any(
        ...         np.allclose(np.linalg.norm(new - rows[i]) + np.linalg.norm(new - rows[j]),
        ...                     np.linalg.norm(rows[i] - rows[j]))
        ...         for i in range(20) for j in near[i])
        >>> all(between(new) for new in smote(rows, count=40))
        True

        >>> smote([[0.0]], count=1)
        Traceback (most recent call last):
        ...
        ValueError: needs more minority rows than neighbors
    """
    rows = np.asarray(minority, dtype=float)
    if len(rows) <= neighbors:
        raise ValueError("needs more minority rows than neighbors")

    distance = np.sum((rows[:, None] - rows[None]) ** 2, axis=2)
    np.fill_diagonal(distance, np.inf)
    near = np.argsort(distance, axis=1, kind="stable")[:, :neighbors]
    rng = np.random.default_rng(seed)
    start = rng.integers(0, len(rows), size=count)
    end = near[start, rng.integers(0, neighbors, size=count)]
    return np.asarray(rows[start] + rng.random((count, 1)) * (rows[end] - rows[start]))
