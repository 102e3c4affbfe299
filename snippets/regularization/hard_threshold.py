"""The hard threshold: what a price for each used feature does to one coefficient."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def hard_threshold(z: ArrayLike, penalty: float) -> NDArray[np.float64]:
    """Return the w that minimizes (z - w)^2 / 2 + penalty 1{w is not 0}, for each z.

    Keeping z costs the penalty, dropping it costs z^2 / 2. What is kept is kept
    whole: there is no shrinkage, and a jump at |z| = sqrt(2 penalty).

    Examples:
        >>> hard_threshold([-3.0, -1.0, 0.5, 2.0], penalty=1.0)
        array([-3.,  0.,  0.,  2.])

        With orthonormal columns it is best-subset selection; here every one of
        the 32 subsets is fitted with least squares and priced:

        >>> from itertools import product
        >>> rng = np.random.default_rng(0)
        >>> Q, _ = np.linalg.qr(rng.normal(size=(20, 5)))
        >>> y = 2 * rng.normal(size=20)
        >>> def price(keep):
        ...     S = Q[:, np.array(keep, dtype=bool)]
        ...     rest = y - S @ np.linalg.lstsq(S, y)[0] if S.size else y
        ...     return rest @ rest / 2 + 0.6 * sum(keep)
        >>> best = min(product([0, 1], repeat=5), key=price)
        >>> np.array_equal(hard_threshold(Q.T @ y, 0.6) != 0, np.array(best) == 1)
        True
        >>> hard_threshold([1.0], penalty=-1.0)
        Traceback (most recent call last):
        ...
        ValueError: the penalty must not be negative
    """
    if penalty < 0:
        raise ValueError("the penalty must not be negative")
    z = np.asarray(z, dtype=float)
    return np.where(z**2 > 2 * penalty, z, 0.0)
