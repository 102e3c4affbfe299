"""The continuous ranked probability score of a sample."""

import numpy as np
from numpy.typing import ArrayLike


def crps(sample: ArrayLike, actual: float) -> float:
    """Return E|X - y| - E|X - X'| / 2 for the distribution that puts equal weight on a sample.

    It is the area under the squared gap between the forecast's distribution
    function and the step at what happened, in the unit of y. One point alone
    gives |x - y|.

    Examples:
        >>> crps([3.0], actual=5.0)
        2.0
        >>> crps([4.0, 6.0], actual=5.0)
        0.5

        It is the integral of (F - step)^2, and Gneiting's formula for a Gaussian:

        >>> from scipy.stats import norm
        >>> x = norm.ppf((np.arange(2000) + 0.5) / 2000)
        >>> grid = np.linspace(-8, 8, 200_001)
        >>> step = np.searchsorted(x, grid, side="right") / 2000 - (grid >= 0.7)
        >>> np.allclose(crps(x, 0.7), np.trapezoid(step**2, grid), atol=1e-4)
        True
        >>> closed = 0.7 * (2 * norm.cdf(0.7) - 1) + 2 * norm.pdf(0.7) - 1 / np.sqrt(np.pi)
        >>> np.allclose(crps(x, 0.7), closed, atol=1e-3)
        True

        >>> crps([], actual=1.0)
        Traceback (most recent call last):
        ...
        ValueError: crps needs a sample
    """
    x = np.sort(np.asarray(sample, dtype=float))
    n = len(x)
    if n == 0:
        raise ValueError("crps needs a sample")
    # E|X - X'|: the i-th smallest is subtracted n - 1 - i times and added i times, both ways round
    spread = 2 * float((2 * np.arange(n) - n + 1) @ x) / n**2
    return float(np.mean(np.abs(x - actual))) - spread / 2
