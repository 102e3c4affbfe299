"""Murphy's three parts of the Brier score."""

import numpy as np
from numpy.typing import ArrayLike


def brier_decomposition(labels: ArrayLike, forecasts: ArrayLike) -> tuple[float, float, float]:
    """Return reliability, resolution and uncertainty; Brier = first - second + third.

    Examples with the same forecast form a group. Reliability: how far each
    group's forecast is from its frequency. Resolution: how far the frequencies
    are from the base rate. Uncertainty: the variance of the labels.

    Examples:
        >>> [round(part, 4) for part in brier_decomposition([0, 0, 1, 1], [0.2, 0.2, 0.2, 0.9])]
        [0.0158, 0.0833, 0.25]

        The parts give back scikit-learn's score to rounding:

        >>> from sklearn.metrics import brier_score_loss
        >>> rng = np.random.default_rng(0)
        >>> forecasts = rng.integers(0, 11, size=500) / 10
        >>> labels = rng.random(500) < forecasts**2
        >>> rel, res, unc = brier_decomposition(labels, forecasts)
        >>> bool(abs(rel - res + unc - brier_score_loss(labels, forecasts)) < 1e-12)
        True

        Probabilities in percent are an error:

        >>> brier_decomposition([0, 1], [20, 90])
        Traceback (most recent call last):
        ...
        ValueError: forecasts must lie between 0 and 1
    """
    y, p = np.asarray(labels, dtype=float), np.asarray(forecasts, dtype=float)
    if p.min() < 0 or p.max() > 1:
        raise ValueError("forecasts must lie between 0 and 1")

    values, group = np.unique(p, return_inverse=True)
    size = np.bincount(group)
    frequency = np.bincount(group, weights=y) / size
    base = y.mean()
    reliability = float(np.sum(size * (values - frequency) ** 2) / len(y))
    resolution = float(np.sum(size * (frequency - base) ** 2) / len(y))
    return reliability, resolution, float(base * (1 - base))
