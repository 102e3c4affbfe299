"""Variance of the average of correlated predictors."""

import numpy as np
from numpy.typing import ArrayLike


def variance_of_average(variance: float, correlation: float, members: ArrayLike) -> ArrayLike:
    """Return the variance of a mean of `members` predictors with equal correlation.

    correlation * variance is shared by all and stays; the rest is averaged away like
    1 / members. The average has the same mean as one member, so bias does not move.

    Examples:
        >>> variance_of_average(1.0, 0.0, 4), variance_of_average(1.0, 1.0, 4)
        (0.25, 1.0)

        It is the mean of all entries of the covariance matrix:

        >>> covariance = 2.0 * np.where(np.eye(5, dtype=bool), 1.0, 0.3)
        >>> np.allclose(variance_of_average(2.0, 0.3, 5), covariance.mean())
        True

        Many members cannot all be strongly opposed to each other:

        >>> variance_of_average(1.0, -0.5, 4)
        Traceback (most recent call last):
        ...
        ValueError: no 4 predictors have a common correlation of -0.5
    """
    members = np.asarray(members, dtype=float)
    shared = correlation * variance
    found = shared + (variance - shared) / members
    if np.any(found < 0):
        raise ValueError(
            f"no {int(np.max(members))} predictors have a common correlation of {correlation}"
        )
    return found if found.ndim else float(found)
