"""The expected calibration error of a binary forecast."""

import numpy as np
from numpy.typing import ArrayLike


def calibration_error(
    labels: ArrayLike, forecasts: ArrayLike, bins: int = 10, equal_mass: bool = False
) -> float:
    """Return the mean gap between forecast and frequency, over bins weighted by size.

    Bins have equal width, or equal numbers of examples. A value on an edge
    belongs to the bin below it, as in scikit-learn's `calibration_curve`.

    Examples:
        >>> round(calibration_error([1, 1, 0, 0, 0], [0.85] * 5), 2)  # 40% came true
        0.45

        The bins are scikit-learn's:

        >>> from sklearn.calibration import calibration_curve
        >>> rng = np.random.default_rng(0)
        >>> forecasts = rng.random(1000)
        >>> labels = rng.random(1000) < forecasts**2
        >>> true, predicted = calibration_curve(labels, forecasts, n_bins=10)
        >>> share = np.histogram(forecasts, bins=10, range=(0, 1))[0] / 1000
        >>> theirs = np.sum(share * np.abs(true - predicted))
        >>> np.allclose(calibration_error(labels, forecasts), theirs)
        True

        >>> calibration_error([], [])
        Traceback (most recent call last):
        ...
        ValueError: calibration_error needs an example
    """
    y, p = np.asarray(labels, dtype=float), np.asarray(forecasts, dtype=float)
    if not len(y):
        raise ValueError("calibration_error needs an example")

    if equal_mass:
        where = np.empty(len(p), dtype=np.int64)
        where[np.argsort(p, kind="stable")] = np.arange(len(p)) * bins // len(p)
    else:
        where = np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], p)
    gaps = np.bincount(where, weights=y - p, minlength=bins)  # size times (frequency - forecast)
    return float(np.abs(gaps).sum() / len(y))
