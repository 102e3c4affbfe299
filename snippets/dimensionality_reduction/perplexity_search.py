"""The neighbor probabilities of t-SNE at a chosen perplexity."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def perplexity_search(squared: ArrayLike, perplexity: float) -> NDArray[np.float64]:
    """Return for each point the probabilities of its neighbors, all rows of one perplexity.

    Row i is a softmax of minus the squared distances times a precision of its own. A bisection
    moves the precision until 2 to the entropy in bits, the effective number of neighbors, is
    the perplexity, so that dense and sparse regions see equally many.

    Examples:
        With all distances equal every neighbor is equally likely:

        >>> perplexity_search([[0, 1, 1], [1, 0, 1], [1, 1, 0]], 2)[0].tolist()
        [0.0, 0.5, 0.5]

        Every row has the perplexity that was asked for, and scikit-learn's search (a private
        function, so this may move) returns the same numbers to its own tolerance:

        >>> from scipy.spatial.distance import pdist, squareform
        >>> from scipy.stats import entropy
        >>> X = np.random.default_rng(0).normal(size=(60, 4))
        >>> squared = squareform(pdist(X, "sqeuclidean"))
        >>> P = perplexity_search(squared, 10)
        >>> np.allclose(np.exp(entropy(P, axis=1)), 10)
        True
        >>> from sklearn.manifold._utils import _binary_search_perplexity
        >>> theirs = _binary_search_perplexity(squared.astype(np.float32), 10, 0)
        >>> np.allclose(P, theirs, atol=1e-5)
        True

        >>> perplexity_search([[0, 1], [1, 0]], 5)
        Traceback (most recent call last):
        ...
        ValueError: perplexity 5 needs more than 1 neighbors
    """
    S = np.asarray(squared, dtype=float)
    n = len(S)
    if perplexity > n - 1:
        raise ValueError(f"perplexity {perplexity} needs more than {n - 1} neighbors")
    P = np.zeros((n, n))
    for i in range(n):
        others = np.arange(n) != i
        gaps = S[i, others] - S[i, others].min()
        low, high = 0.0, np.inf
        for _ in range(100):
            precision = (low + high) / 2 if high < np.inf else 2 * low + 1.0
            p = np.exp(-precision * gaps)
            p /= p.sum()
            too_flat = -np.sum(p * np.log(np.maximum(p, 1e-300))) > np.log(perplexity)
            low, high = (precision, high) if too_flat else (low, precision)
        P[i, others] = p
    return P
