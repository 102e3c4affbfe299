"""A periodic number as a point on a circle."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def cyclic(values: ArrayLike, period: float) -> NDArray[np.float64]:
    """Return sine and cosine of each value, so that the end of a period meets its start.

    Both are needed: the sine alone gives two times of day the same number.

    Examples:
        Midnight, six and noon:

        >>> cyclic([0, 6, 12], period=24).round(3).tolist()
        [[0.0, 1.0], [1.0, 0.0], [0.0, -1.0]]

        Distances are chords, 2 sin(pi gap / period), whichever side of midnight:

        >>> a, b = np.array([23.0, 0.0, 8.0]), np.array([0.0, 1.0, 13.0])
        >>> chords = np.linalg.norm(cyclic(a, 24) - cyclic(b, 24), axis=1)
        >>> np.allclose(chords, 2 * np.sin(np.pi * np.array([1, 1, 5]) / 24))
        True
        >>> cyclic([1.0], period=0)
        Traceback (most recent call last):
        ...
        ValueError: the period must be positive
    """
    if period <= 0:
        raise ValueError("the period must be positive")
    angle = 2 * np.pi * np.asarray(values, dtype=float) / period
    return np.stack([np.sin(angle), np.cos(angle)], axis=-1)
