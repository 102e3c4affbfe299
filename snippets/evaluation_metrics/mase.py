"""The mean absolute scaled error of a forecast."""

import numpy as np
from numpy.typing import ArrayLike


def mase(past: ArrayLike, actual: ArrayLike, forecast: ArrayLike, season: int = 1) -> float:
    """Return the forecast's absolute error over that of repeating the last season.

    The scale is the mean absolute step of one season, measured on the past only.
    It has no unit, no zero to divide by unless the past is constant, and treats
    errors up and down alike.

    Examples:
        >>> mase(past=[10, 12, 11, 13], actual=[14, 12], forecast=[13, 13])
        0.6

        The naive forecast of the past itself scores 1, the definition of the scale:

        >>> past = np.random.default_rng(0).normal(size=100).cumsum()
        >>> np.allclose(mase(past, past[1:], past[:-1]), 1)
        True

        A constant past has no scale:

        >>> mase([5, 5, 5], [6], [5])
        Traceback (most recent call last):
        ...
        ValueError: the past repeats itself exactly: no scale
    """
    before = np.asarray(past, dtype=float)
    scale = float(np.mean(np.abs(before[season:] - before[:-season])))
    if scale == 0:
        raise ValueError("the past repeats itself exactly: no scale")
    error = np.asarray(actual, dtype=float) - np.asarray(forecast, dtype=float)
    return float(np.mean(np.abs(error))) / scale
