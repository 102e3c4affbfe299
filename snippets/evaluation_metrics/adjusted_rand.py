"""The adjusted Rand index of two clusterings."""

import numpy as np
from numpy.typing import ArrayLike


def adjusted_rand(first: ArrayLike, second: ArrayLike) -> float:
    """Return the agreement on pairs, scaled so that chance is 0 and identity 1.

    Count the pairs that both put together. Subtract what random labels with the
    same cluster sizes would give, and divide by the most that could be reached.

    Examples:
        >>> adjusted_rand([0, 0, 1, 1], ["b", "b", "a", "a"])  # names do not matter
        1.0
        >>> round(adjusted_rand([0, 0, 1, 1], [0, 1, 0, 1]), 6)
        -0.5

        scikit-learn agrees:

        >>> from sklearn.metrics import adjusted_rand_score
        >>> rng = np.random.default_rng(0)
        >>> first, second = rng.integers(0, 5, size=(2, 200))
        >>> second = np.where(rng.random(200) < 0.6, first, second)
        >>> np.allclose(adjusted_rand(first, second), adjusted_rand_score(first, second))
        True

        One cluster against one cluster: every labeling agrees, so nothing is measured.

        >>> adjusted_rand([0, 0], [1, 1])
        Traceback (most recent call last):
        ...
        ValueError: both clusterings are trivial
    """
    _, a = np.unique(np.asarray(first), return_inverse=True)
    _, b = np.unique(np.asarray(second), return_inverse=True)
    table = np.zeros((a.max() + 1, b.max() + 1))
    np.add.at(table, (a, b), 1)

    def pairs(sizes: ArrayLike) -> float:
        n = np.asarray(sizes)
        return float((n * (n - 1) / 2).sum())

    together, in_a, in_b = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    chance = in_a * in_b / pairs(len(a))
    if (in_a + in_b) / 2 == chance:
        raise ValueError("both clusterings are trivial")
    return (together - chance) / ((in_a + in_b) / 2 - chance)
