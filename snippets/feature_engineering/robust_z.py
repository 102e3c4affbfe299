"""Scaling by median and spread that outliers do not move."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def robust_z(values: ArrayLike) -> NDArray[np.float64]:
    """Return (x - median) / (1.4826 MAD), comparable to a z-score for normal data.

    MAD is the median absolute deviation from the median; for a normal
    distribution 1.4826 MAD is the standard deviation. Just under half of the data
    may be wild before either number is.

    Examples:
        The outlier stands out, since it has not stretched its own ruler:

        >>> robust_z([9, 10, 10, 11, 12, 13, 1000]).round(1).tolist()
        [-1.3, -0.7, -0.7, 0.0, 0.7, 1.3, 667.1]

        SciPy knows the scaled MAD:

        >>> from scipy.stats import median_abs_deviation
        >>> x = np.random.default_rng(0).standard_t(3, size=500)
        >>> scale = median_abs_deviation(x, scale="normal")
        >>> np.allclose(robust_z(x), (x - np.median(x)) / scale, rtol=1e-4)
        True
        >>> robust_z([0, 0, 0, 5])
        Traceback (most recent call last):
        ...
        ValueError: more than half of the values are equal: the MAD is 0
    """
    x = np.asarray(values, dtype=float)
    deviations = x - np.median(x)
    mad = np.median(np.abs(deviations))
    if mad == 0:
        raise ValueError("more than half of the values are equal: the MAD is 0")
    return np.asarray(deviations / (1.4826 * mad), dtype=np.float64)
