"""The center of a sample under the Huber loss."""

import numpy as np
from numpy.typing import ArrayLike


def huber_location(y: ArrayLike, delta: float) -> float:
    """Return the constant with the smallest mean Huber loss.

    The loss is r^2 / 2 up to |r| = delta, then the straight line
    delta |r| - delta^2 / 2. Its derivative is r, clipped at delta, so a point
    farther away pulls like one at delta: it has the weight delta / |r|. The
    weighted mean is taken again and again until it stays.

    Examples:
        Nine values of 0 and one of 1,000: the outlier pulls with 1 against 9 r:

        >>> round(huber_location([0.0] * 9 + [1000.0], delta=1.0), 4)
        0.1111

        SciPy's loss is smallest in the same place:

        >>> from scipy.optimize import minimize_scalar
        >>> from scipy.special import huber
        >>> y = np.random.default_rng(0).standard_t(2, size=200)
        >>> best = minimize_scalar(lambda c: np.sum(huber(1.345, y - c)), (-1, 1), tol=1e-10).x
        >>> np.allclose(huber_location(y, 1.345), best)
        True

        A wide delta gives the mean; a threshold must be positive:

        >>> np.allclose(huber_location(y, 1e6), y.mean())
        True
        >>> huber_location([1.0], delta=0.0)
        Traceback (most recent call last):
        ...
        ValueError: delta must be positive
    """
    if delta <= 0:
        raise ValueError("delta must be positive")
    y = np.asarray(y, dtype=float)
    center, before = float(np.median(y)), np.inf
    while abs(center - before) > 1e-12 * (1 + abs(center)):
        weights = np.minimum(1, delta / np.maximum(np.abs(y - center), delta))
        before, center = center, float(weights @ y / weights.sum())
    return center
