"""Contiguous folds with purging and an embargo, for labels that look ahead."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.intp]


def purged_folds(n: int, k: int, horizon: int, embargo: int = 0) -> Iterator[tuple[Rows, Rows]]:
    """Yield (training rows, test rows): row i's label is known only at i + horizon.

    A training row is purged if its span [i, i + horizon] touches the span of the test
    block, and for `embargo` more rows after that span, whose features may remember it.

    Examples:
        >>> for training, test in purged_folds(9, k=3, horizon=1, embargo=1):
        ...     print(training.tolist(), test.tolist())
        [5, 6, 7, 8] [0, 1, 2]
        [0, 1, 8] [3, 4, 5]
        [0, 1, 2, 3, 4] [6, 7, 8]

        No training label overlaps a test label, by brute force:

        >>> def spans(rows, horizon):
        ...     return {moment for i in rows for moment in range(i, i + horizon + 1)}
        >>> all(spans(a, 4).isdisjoint(spans(b, 4)) for a, b in purged_folds(60, 5, horizon=4))
        True

        Without a horizon these are the folds of scikit-learn:

        >>> from sklearn.model_selection import KFold
        >>> ours, theirs = purged_folds(60, 7, horizon=0), KFold(7).split(range(60))
        >>> all(np.array_equal(a, c) for (a, _), (c, _) in zip(ours, theirs, strict=True))
        True

        >>> list(purged_folds(5, k=6, horizon=0))
        Traceback (most recent call last):
        ...
        ValueError: more folds than rows
    """
    if k > n:
        raise ValueError("more folds than rows")

    rows = np.arange(n)
    for test in np.array_split(rows, k):
        before = rows + horizon < test[0]
        after = rows > test[-1] + horizon + embargo
        yield rows[before | after], test
