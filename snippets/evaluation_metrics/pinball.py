"""The pinball loss of a quantile forecast."""

import numpy as np
from numpy.typing import ArrayLike


def pinball(actual: ArrayLike, forecast: ArrayLike, level: float) -> float:
    """Return the mean loss whose best constant forecast is the quantile of that level.

    A unit too low costs `level`, a unit too high costs 1 - `level`.

    Examples:
        >>> pinball([10], [8], level=0.9), round(pinball([10], [12], level=0.9), 3)
        (1.8, 0.2)

        scikit-learn agrees, and the quantile is the cheapest constant:

        >>> from sklearn.metrics import mean_pinball_loss
        >>> y = np.random.default_rng(0).gamma(2, size=999)
        >>> np.allclose(pinball(y, [1] * 999, 0.9), mean_pinball_loss(y, [1] * 999, alpha=0.9))
        True
        >>> losses = [pinball(y, np.full(999, c), 0.9) for c in np.sort(y)]
        >>> bool(np.sort(y)[np.argmin(losses)] == np.quantile(y, 0.9, method="inverted_cdf"))
        True

        >>> pinball([1], [1], level=90)
        Traceback (most recent call last):
        ...
        ValueError: level must lie between 0 and 1
    """
    if not 0 < level < 1:
        raise ValueError("level must lie between 0 and 1")
    gap = np.asarray(actual, dtype=float) - np.asarray(forecast, dtype=float)
    return float(np.mean(np.maximum(level * gap, (level - 1) * gap)))
