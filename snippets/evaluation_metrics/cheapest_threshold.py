"""The threshold with the lowest cost on data."""

import numpy as np
from numpy.typing import ArrayLike


def cheapest_threshold(
    labels: ArrayLike, scores: ArrayLike, miss: float, alarm: float
) -> tuple[float, float]:
    """Return the lowest score to flag and the mean cost per example that it gives.

    Start with everybody missed. Flag one group of equal scores after the other:
    each positive saves `miss`, each negative adds `alarm`. Flagging nobody is
    the threshold infinity.

    Examples:
        >>> cheapest_threshold([1, 0, 1, 0], [0.9, 0.6, 0.4, 0.1], miss=10, alarm=1)
        (0.4, 0.25)

        Where every forecast is a true frequency, Bayes' threshold 1/(1 + 5) is found:

        >>> levels = np.arange(1, 20) / 20
        >>> scores = np.repeat(levels, 20)
        >>> labels = np.concatenate([np.arange(20) < 20 * p for p in levels])
        >>> found, _ = cheapest_threshold(labels, scores, miss=5, alarm=1)
        >>> bool(found == levels[levels >= 1 / 6].min())
        True

        Costs below zero would make errors a gain:

        >>> cheapest_threshold([0, 1], [0.1, 0.9], miss=1, alarm=-1)
        Traceback (most recent call last):
        ...
        ValueError: costs must not be negative
    """
    if miss < 0 or alarm < 0:
        raise ValueError("costs must not be negative")
    y, s = np.asarray(labels, dtype=bool), np.asarray(scores, dtype=float)
    order = np.argsort(-s, kind="stable")
    change = np.where(y[order], -miss, alarm)
    cost = miss * y.sum() + np.append(0, np.cumsum(change))
    ends = np.r_[True, np.diff(s[order]) != 0, True]  # a threshold cannot split ties
    best = int(np.argmin(np.where(ends, cost, np.inf)))
    threshold = s[order][best - 1] if best else np.inf
    return float(threshold), float(cost[best] / len(y))
