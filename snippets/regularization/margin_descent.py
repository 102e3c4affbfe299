"""Gradient descent on separable logistic regression turns toward the largest margin."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def margin_descent(
    X: ArrayLike, labels: ArrayLike, steps: int, normalized: bool = True
) -> NDArray[np.float64]:
    """Return the direction of the weights after descent on a logistic loss from zero.

    Labels are -1 and 1 and there is no intercept. Plain descent turns only as fast
    as 1 / log(steps), since the loss and its gradient vanish. The normalized form
    descends the log of the exponential loss: the examples get weights that sum to
    one, the steps stay long, and the same direction is reached sooner.

    Examples:
        >>> X, labels = [[2.0, 0.0], [0.0, 2.0], [-3.0, -3.0]], [1, 1, -1]
        >>> margin_descent(X, labels, steps=100).round(3)
        array([0.707, 0.707])

        SciPy finds the shortest w with all margins at least one, a hard-margin SVM:

        >>> from scipy.optimize import minimize
        >>> rng = np.random.default_rng(1)
        >>> labels = np.repeat([1, -1], 10)
        >>> X = rng.normal(size=(20, 2)) + 3 * labels[:, None]
        >>> margins = {"type": "ineq", "fun": lambda w: labels * (X @ w) - 1}
        >>> svm = minimize(lambda w: w @ w, np.ones(2), constraints=margins).x
        >>> direction = margin_descent(X, labels, steps=5000)
        >>> np.allclose(direction, svm / np.linalg.norm(svm), atol=0.01)
        True
        >>> margin_descent([[1.0], [1.0]], [1, -1], steps=5)
        Traceback (most recent call last):
        ...
        ValueError: descent did not separate the classes
    """
    X, labels = np.asarray(X, dtype=float), np.asarray(labels, dtype=float)
    signed = X * labels[:, None]
    rate, w = 4 / np.mean(np.sum(signed**2, axis=1)), np.zeros(X.shape[1])
    for _ in range(steps):
        margins = signed @ w
        share = np.exp(margins.min() - margins)  # of the exponential loss, up to a factor
        pull = share / share.sum() if normalized else np.exp(-np.logaddexp(0, margins)) / len(X)
        w += rate * pull @ signed
    if np.min(signed @ w) <= 0:
        raise ValueError("descent did not separate the classes")
    return w / np.linalg.norm(w)
