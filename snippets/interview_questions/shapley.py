"""Exact Shapley values of one prediction."""

from collections.abc import Callable
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def shapley(model: Callable[[Array], Array], x: ArrayLike, background: ArrayLike) -> Array:
    """Return each feature's share of the prediction at x beyond the mean prediction.

    A feature's share is what setting it to its value adds, averaged over all orders in which the
    features can be set. Features not yet set are averaged over the background rows.

    Examples:
        A product of two features, both 1 against a background of 0: they share the credit.

        >>> shapley(lambda A: A[:, 0] * A[:, 1], [1, 1], [[0, 0]]).tolist()
        [0.5, 0.5]

        A linear model has the closed form w (x - mean), and the shares always add up to the
        prediction less the mean prediction:

        >>> rng = np.random.default_rng(0)
        >>> w, x, rows = rng.normal(size=4), rng.normal(size=4), rng.normal(size=(30, 4))
        >>> np.allclose(shapley(lambda A: A @ w, x, rows), w * (x - rows.mean(axis=0)))
        True
        >>> def model(A):
        ...     return np.tanh(A @ w) + A[:, 0] * A[:, 1]
        >>> total = model(x[None])[0] - model(rows).mean()
        >>> np.allclose(shapley(model, x, rows).sum(), total)
        True

        >>> shapley(model, np.zeros(21), np.zeros((1, 21)))
        Traceback (most recent call last):
        ...
        ValueError: 21 features have 2^21 coalitions: use an approximation
    """
    x, background = np.asarray(x, dtype=float), np.asarray(background, dtype=float)
    d = len(x)
    if d > 15:
        raise ValueError(f"{d} features have 2^{d} coalitions: use an approximation")

    def worth(chosen: tuple[int, ...]) -> float:
        rows = background.copy()
        rows[:, list(chosen)] = x[list(chosen)]
        return float(np.mean(model(rows)))

    value = {c: worth(c) for size in range(d + 1) for c in combinations(range(d), size)}
    shares = np.zeros(d)
    for chosen in value:
        for j in set(range(d)) - set(chosen):
            gain = value[tuple(sorted((*chosen, j)))] - value[chosen]
            shares[j] += gain / (d * comb(d - 1, len(chosen)))
    return shares
