"""Least squares inside a ball: the constraint behind ridge."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq


def ridge_in_ball(X: ArrayLike, y: ArrayLike, radius: float) -> tuple[NDArray[np.float64], float]:
    """Return the w that minimizes |y - Xw|^2 subject to |w| <= radius, and its multiplier.

    If least squares already lies in the ball, the multiplier is zero. Otherwise
    the solution is on the sphere, and it is the ridge solution for the one
    penalty at which the ridge weights have that length: a search in one number.

    Examples:
        Least squares is (3, 4), of length 5; a ball of half that radius halves it.

        >>> weights, penalty = ridge_in_ball(np.eye(2), [3.0, 4.0], radius=2.5)
        >>> weights.round(6), round(penalty, 6)
        (array([1.5, 2. ]), 1.0)

        SciPy's constrained optimizer knows nothing of penalties and agrees:

        >>> from scipy.optimize import minimize
        >>> rng = np.random.default_rng(0)
        >>> X, y = rng.normal(size=(30, 3)), 3 * rng.normal(size=30)
        >>> weights, penalty = ridge_in_ball(X, y, radius=0.4)
        >>> ball = {"type": "ineq", "fun": lambda w: 0.4**2 - w @ w}
        >>> squares = lambda w: np.sum((y - X @ w) ** 2)
        >>> found = minimize(squares, np.zeros(3), constraints=ball, method="SLSQP", tol=1e-12)
        >>> np.allclose(weights, found.x, atol=1e-5)
        True

        Where the constraint is slack its price is zero:

        >>> ridge_in_ball(np.eye(2), [3.0, 4.0], radius=10.0)
        (array([3., 4.]), 0.0)
        >>> ridge_in_ball(np.eye(2), [3.0, 4.0], radius=0.0)
        Traceback (most recent call last):
        ...
        ValueError: the radius must be positive
    """
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if radius <= 0:
        raise ValueError("the radius must be positive")
    U, d, Vt = np.linalg.svd(X, full_matrices=False)
    real = d > 1e-12 * d[0]  # along the others there are no data, and no weight
    U, d, Vt = U[:, real], d[real], Vt[real]
    target = d * (U.T @ y)

    def length(penalty: float) -> float:
        return float(np.linalg.norm(target / (d**2 + penalty)))

    slack = length(0.0) <= radius
    penalty = 0.0 if slack else brentq(
        lambda p: length(p) - radius, 0.0, np.linalg.norm(target) / radius, xtol=1e-14
    )  # fmt: skip
    return Vt.T @ (target / (d**2 + penalty)), float(penalty)
