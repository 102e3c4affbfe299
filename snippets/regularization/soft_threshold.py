"""The soft threshold: what an L1 penalty does to one coefficient."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def soft_threshold(z: ArrayLike, penalty: float) -> NDArray[np.float64]:
    """Return the w that minimizes (z - w)^2 / 2 + penalty |w|, for each z.

    Inside the dead zone |z| <= penalty the answer is exactly zero. Outside it,
    z moves toward zero by the penalty, whatever its size.

    Examples:
        >>> soft_threshold([-3.0, -1.0, 0.5, 2.0], penalty=1.0)
        array([-2.,  0.,  0.,  1.])

        SciPy, searching for the minimum, finds the same:

        >>> from scipy.optimize import minimize_scalar
        >>> z = np.linspace(-3, 3, 25)
        >>> found = [minimize_scalar(lambda w: (a - w) ** 2 / 2 + 0.8 * abs(w)).x for a in z]
        >>> np.allclose(soft_threshold(z, 0.8), found, atol=1e-6)
        True

        With orthonormal columns it is the whole lasso (scikit-learn divides by n):

        >>> from sklearn.linear_model import Lasso
        >>> rng = np.random.default_rng(0)
        >>> Q, _ = np.linalg.qr(rng.normal(size=(20, 5)))
        >>> y = rng.normal(size=20)
        >>> model = Lasso(alpha=0.5 / 20, fit_intercept=False, tol=1e-12).fit(Q, y)
        >>> np.allclose(soft_threshold(Q.T @ y, 0.5), model.coef_)
        True
        >>> soft_threshold([1.0], penalty=-1.0)
        Traceback (most recent call last):
        ...
        ValueError: the penalty must not be negative
    """
    if penalty < 0:
        raise ValueError("the penalty must not be negative")
    z = np.asarray(z, dtype=float)
    shrunk: NDArray[np.float64] = z - np.clip(z, -penalty, penalty)
    return shrunk
