"""Splits for rows with a time and a group: new groups, in the future."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

Rows = NDArray[np.intp]


def group_time_splits(
    times: ArrayLike,
    groups: ArrayLike,
    cuts: ArrayLike,
    folds: int,
    gap: float = 0.0,
    seed: int = 0,
) -> Iterator[tuple[Rows, Rows]]:
    """Yield (training rows, test rows) for each cut in time and each fold of groups.

    The test rows are those of the fold's groups from the cut up to the next cut. The
    training rows are those of all other groups, more than `gap` before the cut.

    Examples:
        >>> times, groups = [1, 2, 3, 1, 2, 3], ["a", "a", "a", "b", "b", "b"]
        >>> for training, test in group_time_splits(times, groups, cuts=[3, 4], folds=2):
        ...     print(training.tolist(), test.tolist())
        [3, 4] [2]
        [0, 1] [5]

        No group is on both sides, and all training rows are older:

        >>> rng = np.random.default_rng(0)
        >>> t, g = rng.uniform(0, 9, size=500), rng.integers(0, 40, size=500)
        >>> splits = list(group_time_splits(t, g, [5, 6, 7, 8], folds=4, gap=0.5))
        >>> all(set(g[a]).isdisjoint(g[b]) and t[a].max() + 0.5 < t[b].min() for a, b in splits)
        True
        >>> tested = np.concatenate([b for _, b in splits])  # each late row once
        >>> np.array_equal(np.sort(tested), np.flatnonzero((t >= 5) & (t < 8)))
        True

        >>> list(group_time_splits([1, 2], ["a", "b"], cuts=[2], folds=2))
        Traceback (most recent call last):
        ...
        ValueError: at least two cuts: the start and the end of a test block
    """
    when, who, edges = np.asarray(times), np.asarray(groups), np.sort(np.asarray(cuts))
    if edges.size < 2:
        raise ValueError("at least two cuts: the start and the end of a test block")

    names, member = np.unique(who, return_inverse=True)
    fold = np.random.default_rng(seed).permutation(names.size)[member] % folds
    for start, end in pairwise(edges):
        for one in range(folds):
            test = (fold == one) & (start <= when) & (when < end)
            training = (fold != one) & (when < start - gap)
            yield np.flatnonzero(training), np.flatnonzero(test)
