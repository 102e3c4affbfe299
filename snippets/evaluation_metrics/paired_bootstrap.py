"""The paired bootstrap for the difference of two models."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Metric = Callable[[NDArray[np.float64], NDArray[np.float64]], float]


def paired_bootstrap(
    metric: Metric, labels: ArrayLike, first: ArrayLike, second: ArrayLike,
    draws: int = 1000, seed: int = 0,
) -> tuple[float, float, float]:  # fmt: skip
    """Return metric(second) - metric(first) and the ends of its 95% percentile interval.

    Draw examples with replacement, the same ones for both models, so that the
    hard examples that both meet cancel; recompute both metrics; subtract.

    Examples:
        >>> def accuracy(y, guess): return float(np.mean(y == guess))
        >>> labels = np.zeros(100)
        >>> first, second = np.arange(100) < 20, np.arange(100) < 12  # errors
        >>> [round(value, 2) for value in paired_bootstrap(accuracy, labels, first, second)]
        [0.08, 0.03, 0.14]

        SciPy draws the same examples and agrees to the last digit:

        >>> from scipy.stats import bootstrap
        >>> theirs = bootstrap((labels, first, second), paired=True, vectorized=False,
        ...     statistic=lambda y, a, b: accuracy(y, b) - accuracy(y, a), n_resamples=1000,
        ...     method="percentile", rng=np.random.default_rng(0)).confidence_interval
        >>> np.allclose(paired_bootstrap(accuracy, labels, first, second)[1:], theirs)
        True

        >>> paired_bootstrap(accuracy, [0, 1], [0, 1], [0])
        Traceback (most recent call last):
        ...
        ValueError: both models must be scored on the same examples
    """
    y, a, b = (np.asarray(column, dtype=float) for column in (labels, first, second))
    if not len(y) == len(a) == len(b):
        raise ValueError("both models must be scored on the same examples")

    rng = np.random.default_rng(seed)
    rows = rng.integers(0, len(y), size=(draws, len(y)))
    gaps = [metric(y[i], b[i]) - metric(y[i], a[i]) for i in rows]
    low, high = np.quantile(gaps, [0.025, 0.975])
    return metric(y, b) - metric(y, a), float(low), float(high)
