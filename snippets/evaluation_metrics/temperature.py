"""Temperature scaling: one number that softens a classifier."""

import numpy as np
from numpy.typing import ArrayLike


def temperature(labels: ArrayLike, logits: ArrayLike) -> float:
    """Return the T that makes softmax(logits / T) most likely, by bisection on b = 1/T.

    The loss is convex in b. Its slope, the mean expected logit minus the mean
    true logit, rises with b, and the best b is where it crosses zero.

    Examples:
        >>> logits = [[np.log(9), 0]] * 4  # right with odds 3:1, claims 9:1; ln 9 / ln 3 = 2
        >>> round(temperature([0, 0, 0, 1], logits), 6)
        2.0

        SciPy's minimizer finds the same T:

        >>> from scipy.optimize import minimize_scalar
        >>> from scipy.special import log_softmax
        >>> rng = np.random.default_rng(0)
        >>> logits = rng.normal(size=(300, 4))
        >>> labels = np.array([rng.choice(4, p=np.exp(row)) for row in log_softmax(logits, 1)])
        >>> def loss(t): return -log_softmax(3 * logits / t, 1)[np.arange(300), labels].mean()
        >>> theirs = minimize_scalar(loss, bounds=(0.5, 20), method="bounded").x
        >>> np.allclose(temperature(labels, 3 * logits), theirs, atol=1e-4)
        True

        Without an error T goes to 0; logits that rank backward ask for a T below 0:

        >>> temperature([0, 1], [[2, 0], [0, 2]])
        Traceback (most recent call last):
        ...
        ValueError: all examples are right: the best temperature is 0
        >>> temperature([1, 0, 0], [[2, 0], [0, 2], [1, 0]])
        Traceback (most recent call last):
        ...
        ValueError: the logits point away from the labels: no temperature helps
    """
    y, z = np.asarray(labels), np.asarray(logits, dtype=float)
    z = z - z.max(axis=1, keepdims=True)
    true = z[np.arange(len(y)), y]

    def slope(b: float) -> float:
        p = np.exp(b * z)
        return float(np.mean((p * z).sum(axis=1) / p.sum(axis=1) - true))

    if not true.any():
        raise ValueError("all examples are right: the best temperature is 0")
    if slope(0.0) >= 0:
        raise ValueError("the logits point away from the labels: no temperature helps")
    low, high = 0.0, 1.0
    while slope(high) < 0:
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if slope(middle) < 0 else (low, middle)
    return 2 / (low + high)
