"""What ridge keeps of each singular direction."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def filter_factors(X: ArrayLike, penalty: float) -> NDArray[np.float64]:
    """Return d^2 / (d^2 + penalty) for each singular value d of a centered X, largest first.

    Each factor is the share of the least-squares fit that ridge keeps along that
    direction. Their sum is the effective number of degrees of freedom; an
    intercept that is not penalized adds one.

    Examples:
        >>> filter_factors([[3.0, 0.0], [0.0, 1.0]], penalty=1.0).round(3)
        array([0.9, 0.5])

        They are the eigenvalues of the matrix that maps y to the fitted values,
        so their sum is its trace:

        >>> from sklearn.linear_model import Ridge
        >>> rng = np.random.default_rng(0)
        >>> X = rng.normal(size=(12, 3))
        >>> model = Ridge(alpha=5.0, fit_intercept=False)
        >>> hat = np.column_stack([model.fit(X, e).predict(X) for e in np.eye(12)])
        >>> np.allclose(np.linalg.eigvalsh(hat)[:-4:-1], filter_factors(X, 5.0))
        True
        >>> np.allclose(np.trace(hat), filter_factors(X, 5.0).sum())
        True

        Without a penalty nothing is taken, and a direction without data keeps nothing:

        >>> filter_factors([[2.0, 0.0], [0.0, 0.0]], penalty=1.0).round(3)
        array([0.8, 0. ])
        >>> filter_factors([[1.0]], penalty=-1.0)
        Traceback (most recent call last):
        ...
        ValueError: the penalty must not be negative
    """
    if penalty < 0:
        raise ValueError("the penalty must not be negative")
    squares = np.linalg.svd(np.asarray(X, dtype=float), compute_uv=False) ** 2
    total = squares + penalty
    factors: NDArray[np.float64] = np.divide(
        squares, total, out=np.zeros_like(squares), where=total > 0
    )
    return factors
