"""Expanding and sliding windows for rows in the order of time."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.intp]


def time_splits(
    n: int, folds: int, test: int, gap: int = 0, window: int | None = None
) -> Iterator[tuple[Rows, Rows]]:
    """Yield (training rows, test rows), the test blocks one after another up to the end.

    Training rows come before the test block, at least `gap` rows away. Without a
    window the training set expands from row 0; with one it slides and keeps that many.

    Examples:
        >>> for training, held_out in time_splits(8, folds=2, test=2, gap=1, window=3):
        ...     print(training.tolist(), held_out.tolist())
        [0, 1, 2] [4, 5]
        [2, 3, 4] [6, 7]

        scikit-learn agrees:

        >>> from sklearn.model_selection import TimeSeriesSplit
        >>> theirs = TimeSeriesSplit(5, test_size=7, gap=3, max_train_size=20).split(range(70))
        >>> ours = time_splits(70, folds=5, test=7, gap=3, window=20)
        >>> all(np.array_equal(a, b) and np.array_equal(c, d)
        ...     for (a, c), (b, d) in zip(theirs, ours, strict=True))
        True

        >>> list(time_splits(8, folds=4, test=2))
        Traceback (most recent call last):
        ...
        ValueError: no training rows before the first test block
    """
    if n - folds * test - gap < 1:
        raise ValueError("no training rows before the first test block")

    for fold in range(folds):
        start = n - (folds - fold) * test
        end = start - gap
        begin = 0 if window is None else max(0, end - window)
        yield np.arange(begin, end), np.arange(start, start + test)
