"""A point-in-time join: what was known at the moment of the prediction."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def as_of(times: ArrayLike, known_at: ArrayLike, values: ArrayLike) -> NDArray[np.float64]:
    """Return for each time the last value that was known strictly before it, else NaN.

    `known_at` is when a value became available, which may be days after the
    event it describes. A join on the event's date would read the future.

    Examples:
        Values became known at 1, 5 and 9; at 5 the second is not known yet:

        >>> as_of([0, 5, 6, 99], known_at=[1, 5, 9], values=[10, 20, 30]).tolist()
        [nan, 10.0, 20.0, 30.0]

        A search through all rows finds the same:

        >>> rng = np.random.default_rng(0)
        >>> known = np.sort(rng.uniform(0, 10, size=40))
        >>> values, times = rng.normal(size=40), rng.uniform(1, 11, size=25)
        >>> slow = [values[known < t][-1] for t in times]
        >>> np.allclose(as_of(times, known, values), slow)
        True
        >>> as_of([1.0], known_at=[2.0, 1.0], values=[0.0, 0.0])
        Traceback (most recent call last):
        ...
        ValueError: known_at must be in order
    """
    times, known_at = np.asarray(times, dtype=float), np.asarray(known_at, dtype=float)
    if np.any(np.diff(known_at) < 0):
        raise ValueError("known_at must be in order")
    last = np.searchsorted(known_at, times, side="left") - 1
    return np.where(last >= 0, np.asarray(values, dtype=float)[last], np.nan)
