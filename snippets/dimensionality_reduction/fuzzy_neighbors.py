"""The weighted neighbor graph of UMAP."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def fuzzy_neighbors(distances: ArrayLike, k: int) -> tuple[Array, Array, Array]:
    """Return rho, sigma and the symmetric weights of the k-neighbor graph.

    Each point measures distances from its nearest neighbor (rho) in a unit of its own (sigma),
    chosen so that the weights exp(-(d - rho) / sigma) of its k neighbors sum to log2(k). An edge
    exists if either end says so: a + b - a b, the chance of a union of independent events.

    Examples:
        Points at 0, 1 and 3: to the first, its nearest neighbor has weight 1.

        >>> D = np.abs(np.subtract.outer([0.0, 1.0, 3.0], [0.0, 1.0, 3.0]))
        >>> rho, sigma, weights = fuzzy_neighbors(D, 2)
        >>> rho.tolist(), float(weights[0, 1])
        ([1.0, 1.0, 2.0], 1.0)

        SciPy's root finder gives the same unit for a point of 60, and the graph is symmetric:

        >>> from scipy.optimize import brentq
        >>> from scipy.spatial.distance import pdist, squareform
        >>> D = squareform(pdist(np.random.default_rng(0).normal(size=(60, 3))))
        >>> rho, sigma, weights = fuzzy_neighbors(D, 10)
        >>> near = np.sort(D[7])[1:11]
        >>> def excess(unit):
        ...     return np.exp(-(near - near[0]) / unit).sum() - np.log2(10)
        >>> np.allclose(sigma[7], brentq(excess, 1e-3, 10)), np.allclose(weights, weights.T)
        (True, True)

        >>> fuzzy_neighbors(D, 1)
        Traceback (most recent call last):
        ...
        ValueError: k must be from 2 to the number of other points
    """
    D = np.asarray(distances, dtype=float)
    n = len(D)
    if not 2 <= k < n:
        raise ValueError("k must be from 2 to the number of other points")
    nearest = np.argsort(D + np.diag(np.full(n, np.inf)), axis=1)[:, :k]
    gaps = np.take_along_axis(D, nearest, axis=1)
    rho = gaps[:, 0].copy()
    gaps -= rho[:, None]

    low, high = np.full(n, 1e-12), np.full(n, 1e3 * max(1.0, float(gaps.max())))
    for _ in range(100):
        sigma = np.sqrt(low * high)
        too_wide = np.exp(-gaps / sigma[:, None]).sum(axis=1) > np.log2(k)
        low, high = np.where(too_wide, low, sigma), np.where(too_wide, sigma, high)
    A = np.zeros((n, n))
    np.put_along_axis(A, nearest, np.exp(-gaps / sigma[:, None]), axis=1)
    return rho, sigma, A + A.T - A * A.T
