"""The noise variance, from labels that share their features."""

import numpy as np
from numpy.typing import ArrayLike


def noise_floor(cells: ArrayLike, y: ArrayLike) -> float:
    """Return the variance of the labels within groups of equal features.

    Examples with the same features differ by noise alone, so the scatter of y
    around its group mean estimates Var(y|x). Each group spends one degree of freedom.

    Examples:
        Group 0 scatters by 1 around 2, group 1 not at all: 2 over 4 - 2 degrees of freedom.

        >>> noise_floor([0, 0, 1, 1], [1.0, 3.0, 5.0, 5.0])
        1.0

        An unpruned tree predicts group means, so scikit-learn's training error is the same
        sum of squares before it is divided by the degrees of freedom:

        >>> from sklearn.tree import DecisionTreeRegressor
        >>> rng = np.random.default_rng(0)
        >>> cells = rng.integers(0, 20, size=300)
        >>> y = cells + rng.normal(0.0, 0.5, size=300)
        >>> tree = DecisionTreeRegressor().fit(cells[:, None], y)
        >>> residual = np.sum((y - tree.predict(cells[:, None])) ** 2)
        >>> np.allclose(noise_floor(cells, y), residual / (300 - 20))
        True

        Without repeated features there is nothing to compare:

        >>> noise_floor([0, 1, 2], [1.0, 2.0, 3.0])
        Traceback (most recent call last):
        ...
        ValueError: noise_floor needs examples that share their features
    """
    y = np.asarray(y, dtype=float)
    groups, group_of, counts = np.unique(np.asarray(cells), return_inverse=True, return_counts=True)
    freedom = y.size - groups.size
    if freedom == 0:
        raise ValueError("noise_floor needs examples that share their features")

    group_means = np.bincount(group_of, weights=y) / counts
    return float(np.sum((y - group_means[group_of]) ** 2) / freedom)
