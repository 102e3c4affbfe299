"""What another policy would have earned, from a log."""

import numpy as np
from numpy.typing import ArrayLike


def inverse_propensity(rewards: ArrayLike, logged: ArrayLike, target: ArrayLike) -> float:
    """Return the mean reward that the target policy would have earned on the logged traffic.

    Each logged reward counts target / logged, the ratio of the chances that the
    two policies show the logged item. Unbiased where logged > 0 for all that the
    target shows; large ratios make the variance large.

    Examples:
        >>> inverse_propensity([1, 0], logged=[0.5, 0.5], target=[1.0, 0.0])
        1.0

        Over all that could have been logged, the estimate's mean is the closed form:

        >>> logged, target = np.array([0.7, 0.2, 0.1]), np.array([0.1, 0.3, 0.6])
        >>> click = np.array([0.05, 0.10, 0.20])
        >>> mean = sum(logged[a] * click[a] * inverse_propensity([1], logged[[a]], target[[a]])
        ...            for a in range(3))
        >>> np.allclose(mean, target @ click)
        True

        An item that was never shown has no log to learn from:

        >>> inverse_propensity([0], logged=[0.0], target=[0.3])
        Traceback (most recent call last):
        ...
        ValueError: the log must give every shown item a positive chance
    """
    r, old, new = (np.asarray(column, dtype=float) for column in (rewards, logged, target))
    if (old <= 0).any():
        raise ValueError("the log must give every shown item a positive chance")
    return float(np.mean(r * new / old))
