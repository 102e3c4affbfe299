"""The constant prediction that a loss likes best."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize_scalar

Loss = Callable[[NDArray[np.float64], float], NDArray[np.float64]]


def best_constant(y: ArrayLike, loss: Loss) -> float:
    """Return the constant c with the smallest mean loss(y, c), within the range of y.

    What a loss does to one constant it does to a model at every x: the best
    prediction at x is this constant for the distribution of y given x. The
    search is one-dimensional and needs a mean loss with a single valley.

    Examples:
        >>> y = np.array([1.0, 2.0, 9.0])
        >>> round(best_constant(y, lambda y, c: (y - c) ** 2), 4)
        4.0
        >>> round(best_constant(y, lambda y, c: np.abs(y - c)), 4)
        2.0

        NumPy knows the three statistics by their own definitions:

        >>> y = np.random.default_rng(0).lognormal(size=1001)
        >>> np.allclose(best_constant(y, lambda y, c: (y - c) ** 2), np.mean(y), atol=1e-5)
        True
        >>> np.allclose(best_constant(y, lambda y, c: np.abs(y - c)), np.median(y), atol=1e-5)
        True
        >>> pinball = lambda y, c: np.maximum(0.9 * (y - c), -0.1 * (y - c))
        >>> np.allclose(best_constant(y, pinball), np.quantile(y, 0.9), atol=1e-5)
        True
        >>> best_constant([], np.subtract)
        Traceback (most recent call last):
        ...
        ValueError: no labels
    """
    y = np.asarray(y, dtype=float)
    if not y.size:
        raise ValueError("no labels")
    found = minimize_scalar(
        lambda c: np.mean(loss(y, c)),
        bounds=(y.min(), y.max()),
        method="bounded",
        options={"xatol": 1e-8},
    )
    return float(found.x)
