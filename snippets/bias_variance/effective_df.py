"""Effective degrees of freedom of a linear smoother."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def effective_df(fitted: Callable[[Array], Array], n: int) -> float:
    """Return the trace of the matrix that maps n labels to n fitted values.

    `fitted(Y)` refits at fixed inputs, one set of labels a column. Fed with unit
    vectors it returns the matrix itself; entry (i, i) is how far fitted value i
    follows its own label.

    Examples:
        Predicting the mean follows each of n labels by 1/n: one degree of freedom.

        >>> effective_df(lambda Y: np.tile(Y.mean(axis=0), (4, 1)), 4)
        1.0

        Ridge has the sum of d^2 / (d^2 + penalty), and 5 nearest neighbors have n / 5:

        >>> from sklearn.linear_model import Ridge
        >>> from sklearn.neighbors import KNeighborsRegressor
        >>> X = np.random.default_rng(0).normal(size=(40, 6))
        >>> ridge = Ridge(alpha=3.0, fit_intercept=False)
        >>> d2 = np.linalg.svd(X, compute_uv=False) ** 2
        >>> np.allclose(effective_df(lambda Y: ridge.fit(X, Y).predict(X), 40),
        ...     np.sum(d2 / (d2 + 3.0)))
        True
        >>> knn = KNeighborsRegressor(n_neighbors=5)
        >>> round(effective_df(lambda Y: knn.fit(X, Y).predict(X), 40), 9)
        8.0

        A fit that is not linear in the labels has no such matrix:

        >>> effective_df(lambda Y: Y**2, 4)
        Traceback (most recent call last):
        ...
        ValueError: the fitted values are not linear in the labels
    """
    smoother = fitted(np.eye(n))
    probe = np.vander(np.linspace(-1.0, 2.0, n), 2)  # two more sets of labels
    if not np.allclose(fitted(probe), smoother @ probe):
        raise ValueError("the fitted values are not linear in the labels")
    return float(np.trace(smoother))
