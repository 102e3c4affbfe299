"""The error of an average from the errors of its members and their disagreement."""

import numpy as np
from numpy.typing import ArrayLike


def ambiguity(predictions: ArrayLike, y: ArrayLike) -> tuple[float, float]:
    """Return the members' mean squared error and their spread around the ensemble.

    `predictions` holds one member a row. The spread, called ambiguity, is the
    mean squared distance of the members from their average; it needs no labels.
    Error of the average = first number minus second, on any data set.

    Examples:
        >>> ambiguity([[1.0], [3.0]], [2.5])
        (1.25, 1.0)

        The average, 2, is wrong by 0.5, and 0.25 is 1.25 - 1. The identity is exact:

        >>> rng = np.random.default_rng(0)
        >>> predictions, y = rng.normal(size=(7, 50)), rng.normal(size=50)
        >>> error, spread = ambiguity(predictions, y)
        >>> np.allclose(error - spread, np.mean((predictions.mean(axis=0) - y) ** 2))
        True

        Copies of one model have no spread, so averaging them gains nothing:

        >>> ambiguity([[1.0, 4.0], [1.0, 4.0]], [0.0, 0.0])
        (8.5, 0.0)

        >>> ambiguity([1.0, 2.0], [0.0, 0.0])
        Traceback (most recent call last):
        ...
        ValueError: predictions need one row a member, one column a label
    """
    members, labels = np.asarray(predictions, dtype=float), np.asarray(y, dtype=float)
    if members.ndim != 2 or members.shape[1] != labels.size:
        raise ValueError("predictions need one row a member, one column a label")

    center = members.mean(axis=0)
    return float(np.mean((members - labels) ** 2)), float(np.mean((members - center) ** 2))
