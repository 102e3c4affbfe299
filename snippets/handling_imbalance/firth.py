"""Firth's logistic regression, finite where maximum likelihood runs away."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def firth(X: ArrayLike, y: ArrayLike, steps: int = 200) -> NDArray[np.float64]:
    """Return the weights (first the intercept) of the bias-reduced logistic fit.

    The penalty is half the log determinant of the Fisher information. Its score is that
    of the likelihood with each row's residual y - p replaced by y - p + h (1/2 - p), where
    h is the row's leverage. Solved by Fisher scoring.

    Examples:
        >>> weights = firth([[-2.0], [-1.0], [1.0], [2.0]], [0, 0, 1, 1])  # separable
        >>> abs(weights).round(2).tolist()
        [0.0, 1.0]

        Without inputs half a case is added to each class, in closed form:

        >>> y = np.repeat([1, 0], [3, 997])
        >>> np.allclose(firth(np.empty((1000, 0)), y), np.log(3.5 / 997.5))
        True

        One binary input is a 2 by 2 table with half a case added to each cell:

        >>> x = np.repeat([0, 1, 0, 1], [90, 7, 0, 3])[:, None]  # no positive at x = 0
        >>> y = np.repeat([0, 0, 1, 1], [90, 7, 0, 3])
        >>> np.allclose(firth(x, y), [np.log(0.5 / 90.5), np.log(3.5 / 7.5 * 90.5 / 0.5)])
        True

        >>> firth([[0.0]], [2])
        Traceback (most recent call last):
        ...
        ValueError: labels are 0 and 1
    """
    labels = np.asarray(y, dtype=float)
    if not set(np.unique(labels)) <= {0.0, 1.0}:
        raise ValueError("labels are 0 and 1")

    A = np.column_stack([np.ones(len(labels)), np.asarray(X, dtype=float)])
    w = np.zeros(A.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-A @ w))
        weight = p * (1 - p)
        information = A.T @ (weight[:, None] * A)
        leverage = weight * np.sum(A * np.linalg.solve(information, A.T).T, axis=1)
        step = np.linalg.solve(information, A.T @ (labels - p + leverage * (0.5 - p)))
        w = w + step / max(1.0, float(np.max(np.abs(step))) / 2)  # no step longer than 2
    return np.asarray(w)
