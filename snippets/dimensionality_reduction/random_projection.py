"""A random projection with the dimension that the Johnson-Lindenstrauss lemma asks for."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray


def random_projection(X: ArrayLike, distortion: float, seed: int = 0) -> NDArray[np.float64]:
    """Return X times a Gaussian matrix, sized to keep squared distances to 1 +- distortion.

    The dimension 4 ln(n) / (e^2 / 2 - e^3 / 3) depends on the number of points and not on the
    number of features. At that size a draw may still miss a pair, so check, or draw again.

    Examples:
        Thirty points at 40% need 232 dimensions, whatever number they had; scikit-learn rounds
        the same bound down:

        >>> points = np.random.default_rng(1).normal(size=(30, 3_000))
        >>> random_projection(points, 0.4).shape
        (30, 232)
        >>> from sklearn.random_projection import johnson_lindenstrauss_min_dim
        >>> int(johnson_lindenstrauss_min_dim(30, eps=0.4))
        231

        All 435 squared distances stay within the distortion:

        >>> from scipy.spatial.distance import pdist
        >>> Z = random_projection(points, 0.4)
        >>> ratio = (pdist(Z) / pdist(points)) ** 2
        >>> bool(np.all(np.abs(ratio - 1) < 0.4))
        True

        >>> random_projection(points, 1.0)
        Traceback (most recent call last):
        ...
        ValueError: distortion must lie between 0 and 1
    """
    X = np.asarray(X, dtype=float)
    if not 0 < distortion < 1:
        raise ValueError("distortion must lie between 0 and 1")
    size = math.ceil(4 * math.log(len(X)) / (distortion**2 / 2 - distortion**3 / 3))
    matrix = np.random.default_rng(seed).normal(size=(X.shape[1], size)) / math.sqrt(size)
    return np.asarray(X @ matrix)
