"""How many neighbors of a map are neighbors in the data."""

import numpy as np
from numpy.typing import ArrayLike


def trustworthiness(X: ArrayLike, Z: ArrayLike, k: int) -> float:
    """Return 1 when the k neighbors in the map Z are among the k in the data X, less for intruders.

    An intruder is a neighbor in the map only. It costs by how far down the list of the data's
    neighbors it stands, beyond k, and the sum is scaled so that no map falls below 0.

    Examples:
        A map that keeps every order of neighbors is trusted, a shuffled one is not:

        >>> X = np.arange(12.0)[:, None] ** 2
        >>> trustworthiness(X, 3 * X, 2)
        1.0
        >>> shuffled = np.random.default_rng(0).permutation(X)
        >>> round(trustworthiness(X, shuffled, 2), 2)
        0.31

        scikit-learn's function agrees on a projection that loses much:

        >>> from sklearn.manifold import trustworthiness as theirs
        >>> X = np.random.default_rng(0).normal(size=(80, 6))
        >>> np.allclose(trustworthiness(X, X[:, :2], 5), theirs(X, X[:, :2], n_neighbors=5))
        True

        >>> trustworthiness(X, X[:, :2], 40)
        Traceback (most recent call last):
        ...
        ValueError: k must be less than half the number of points
    """
    X, Z = np.asarray(X, dtype=float), np.asarray(Z, dtype=float)
    n = len(X)
    if k >= n / 2:
        raise ValueError("k must be less than half the number of points")

    def ordered(A: np.ndarray) -> np.ndarray:
        squared = np.sum((A[:, None] - A[None]) ** 2, axis=-1)
        np.fill_diagonal(squared, -1)  # each point is first in its own list
        return np.argsort(squared, axis=1, kind="stable")

    rank = np.argsort(ordered(X), axis=1)  # rank[i, j]: place of j in the list of i, itself 0
    neighbors = ordered(Z)[:, 1 : k + 1]
    beyond = np.take_along_axis(rank, neighbors, axis=1) - k
    return float(1 - 2 / (n * k * (2 * n - 3 * k - 1)) * beyond[beyond > 0].sum())
