"""All pairwise interactions of a row in linear time."""

import numpy as np
from numpy.typing import ArrayLike


def factorized_pairs(x: ArrayLike, factors: ArrayLike) -> float:
    """Return the sum over pairs i < j of <v_i, v_j> x_i x_j, as a factorization machine does.

    Each feature has a vector v_i of k factors in place of a weight for each
    pair. The square of the sum contains every pair twice and every feature with
    itself, so half of (square of sum - sum of squares) is left: k d operations.

    Examples:
        Two features with the inner product 2 and the values 3 and 5:

        >>> factorized_pairs([3.0, 5.0], [[1.0, 1.0], [2.0, 0.0]])
        30.0

        scikit-learn writes out the pairs, with the weight <v_i, v_j> for each:

        >>> from sklearn.preprocessing import PolynomialFeatures
        >>> rng = np.random.default_rng(0)
        >>> x, v = rng.normal(size=6), rng.normal(size=(6, 3))
        >>> pairs = PolynomialFeatures(2, interaction_only=True, include_bias=False)
        >>> products = pairs.fit_transform(x[None])[0, 6:]
        >>> weights = (v @ v.T)[np.triu_indices(6, k=1)]
        >>> np.allclose(factorized_pairs(x, v), products @ weights)
        True
        >>> factorized_pairs([1.0, 2.0], [[1.0]])
        Traceback (most recent call last):
        ...
        ValueError: one row of factors for each feature
    """
    x, v = np.asarray(x, dtype=float), np.asarray(factors, dtype=float)
    if len(x) != len(v):
        raise ValueError("one row of factors for each feature")
    return float(np.sum((x @ v) ** 2 - (x**2) @ (v**2)) / 2)
