"""Principal components by the singular value decomposition."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def pca(X: ArrayLike, components: int) -> tuple[Array, Array, Array]:
    """Return mean, directions (one a row) and all the variances of the principal components.

    Center the columns and decompose. The right singular vectors are the eigenvectors of the
    covariance matrix, and its eigenvalues are the squared singular values over n - 1.

    Examples:
        Four points on a line of slope 1: one direction, one variance, nothing left over.

        >>> mean, directions, variances = pca([[0, 0], [1, 1], [2, 2], [3, 3]], 1)
        >>> np.allclose(np.abs(directions), np.sqrt(0.5)), np.round(variances, 3).tolist()
        (True, [3.333, 0.0])

        The covariance matrix has the same eigenvalues, and scikit-learn finds the same
        directions, up to the sign that no data can settle:

        >>> rng = np.random.default_rng(0)
        >>> X = rng.normal(size=(50, 6)) @ rng.normal(size=(6, 6))
        >>> mean, directions, variances = pca(X, 3)
        >>> np.allclose(variances, np.linalg.eigvalsh(np.cov(X.T))[::-1])
        True
        >>> from sklearn.decomposition import PCA
        >>> theirs = PCA(3).fit(X)
        >>> np.allclose(np.abs(np.sum(directions * theirs.components_, axis=1)), 1)
        True
        >>> np.allclose(variances[:3], theirs.explained_variance_)
        True

        >>> pca([[1, 2], [3, 4]], 3)
        Traceback (most recent call last):
        ...
        ValueError: 3 components of 2 examples with 2 features
    """
    X = np.asarray(X, dtype=float)
    if not 1 <= components <= min(X.shape):
        n, d = X.shape
        raise ValueError(f"{components} components of {n} examples with {d} features")

    mean = X.mean(axis=0)
    _, singular, directions = np.linalg.svd(X - mean, full_matrices=False)
    return mean, directions[:components], singular**2 / (len(X) - 1)
