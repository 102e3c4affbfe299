"""The best split of a category in two groups, without trying all groups."""

import numpy as np
from numpy.typing import ArrayLike


def category_split(categories: ArrayLike, y: ArrayLike) -> tuple[set[int], float]:
    """Return the categories that go left and the squared error that remains.

    Sort the categories by the mean of their labels and try the k - 1 cuts of that
    order. For squared error one of them is the best of all 2^(k-1) - 1 groupings.

    Examples:
        >>> category_split([0, 0, 1, 1, 2, 2], [5, 7, 1, 1, 6, 6])
        ({1}, 2.0)

        All groupings, by brute force:

        >>> from itertools import combinations
        >>> rng = np.random.default_rng(0)
        >>> categories, y = rng.integers(0, 7, size=60), rng.normal(size=60)
        >>> def error(left):
        ...     side = np.isin(categories, left)
        ...     return sum(np.sum((part - part.mean()) ** 2) for part in (y[side], y[~side]))
        >>> best = min(error(left) for size in range(1, 7) for left in combinations(range(7), size))
        >>> np.allclose(best, category_split(categories, y)[1])
        True

        >>> category_split([3, 3], [0, 1])
        Traceback (most recent call last):
        ...
        ValueError: one category cannot be split
    """
    codes, y = np.asarray(categories), np.asarray(y, dtype=float)
    names = np.unique(codes)
    if names.size < 2:
        raise ValueError("one category cannot be split")

    order = names[np.argsort([y[codes == name].mean() for name in names])]
    best: tuple[set[int], float] = (set(), np.inf)
    for cut in range(1, names.size):
        left = np.isin(codes, order[:cut])
        error = sum(float(np.sum((part - part.mean()) ** 2)) for part in (y[left], y[~left]))
        if error < best[1]:
            best = {int(name) for name in order[:cut]}, error
    return best
