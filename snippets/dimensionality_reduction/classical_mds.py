"""Coordinates from distances alone."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def classical_mds(distances: ArrayLike, components: int) -> NDArray[np.float64]:
    """Return coordinates whose Euclidean distances come as near as this method can.

    Squared distances, centered by rows and by columns and halved with a minus sign, are the inner
    products of centered points. Their leading eigenvectors, scaled, are coordinates.

    Examples:
        Three towns on a road, known only by their distances, return to the road:

        >>> road = classical_mds([[0, 1, 3], [1, 0, 2], [3, 2, 0]], 1)[:, 0]
        >>> np.allclose(np.abs(road[:, None] - road), [[0, 1, 3], [1, 0, 2], [3, 2, 0]])
        True

        From Euclidean distances it gives the scores of PCA, up to signs, without seeing X:

        >>> from scipy.spatial.distance import pdist, squareform
        >>> from sklearn.decomposition import PCA
        >>> X = np.random.default_rng(0).normal(size=(40, 5))
        >>> Z = classical_mds(squareform(pdist(X)), 2)
        >>> np.allclose(np.abs(Z), np.abs(PCA(2).fit_transform(X)))
        True

        Distances that no points in any Euclidean space have are refused:

        >>> classical_mds([[0, 1, 5], [1, 0, 1], [5, 1, 0]], 3)
        Traceback (most recent call last):
        ...
        ValueError: only 1 dimension of these distances is Euclidean
    """
    D = np.asarray(distances, dtype=float)
    centering = np.eye(len(D)) - 1 / len(D)
    values, vectors = np.linalg.eigh(-centering @ D**2 @ centering / 2)
    values, vectors = values[::-1], vectors[:, ::-1]
    positive = int(np.sum(values > 1e-9 * values[0]))
    if positive < components:
        word = "dimension" if positive == 1 else "dimensions"
        raise ValueError(f"only {positive} {word} of these distances is Euclidean")
    return np.asarray(vectors[:, :components] * np.sqrt(values[:components]))
