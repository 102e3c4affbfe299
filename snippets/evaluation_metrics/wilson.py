"""Wilson's interval for a rate."""

import numpy as np


def wilson(successes: int, trials: int, z: float = 1.959963984540054) -> tuple[float, float]:
    """Return the rates p that a score test at level z does not reject.

    They solve (rate - p)^2 <= z^2 p (1 - p) / n, a quadratic in p. The center
    is pulled toward 1/2 as if z^2 examples had been added, half of them successes.

    Examples:
        >>> [round(end, 3) for end in wilson(9, 10)]
        [0.596, 0.982]

        SciPy agrees:

        >>> from scipy.stats import binomtest
        >>> theirs = binomtest(45, 50).proportion_ci(method="wilson")
        >>> np.allclose(wilson(45, 50), theirs)
        True

        Ten out of ten is not certainty, and no trial is no interval:

        >>> [round(end, 3) for end in wilson(10, 10)]
        [0.722, 1.0]
        >>> wilson(0, 0)
        Traceback (most recent call last):
        ...
        ValueError: wilson needs a trial
    """
    if trials < 1:
        raise ValueError("wilson needs a trial")
    rate = successes / trials
    center = (rate + z**2 / (2 * trials)) / (1 + z**2 / trials)
    half = z * np.sqrt(rate * (1 - rate) / trials + z**2 / (4 * trials**2)) / (1 + z**2 / trials)
    return float(max(0.0, center - half)), float(min(1.0, center + half))
