"""How many users an A/B test needs."""

import math

from scipy.stats import norm


def sample_size(base: float, lift: float, miss: float = 0.2, false_alarm: float = 0.05) -> int:
    """Return the users per arm that find an absolute lift of a rate with chance 1 - miss.

    The difference of two observed rates is nearly normal. Its mean under the lift must lie as far
    from zero as the two quantiles together, in standard errors.

    Examples:
        One point on ten percent takes about 15,000 in each arm, half a point nearly four times as
        many:

        >>> sample_size(0.10, 0.01), sample_size(0.10, 0.005)
        (14749, 57760)

        SciPy's exact binomials: a two-sided test at 5% finds a lift of 5 points in 80%:

        >>> import numpy as np
        >>> from scipy.stats import binom
        >>> n = sample_size(0.10, 0.05)
        >>> a, b = np.arange(n + 1)[:, None], np.arange(n + 1)[None]
        >>> pooled = (a + b) / (2 * n)
        >>> with np.errstate(invalid="ignore"):
        ...     z = (b - a) / n / np.sqrt(2 * pooled * (1 - pooled) / n)
        >>> chance = binom.pmf(a, n, 0.10) * binom.pmf(b, n, 0.15)
        >>> np.allclose(chance[np.nan_to_num(np.abs(z)) > norm.ppf(0.975)].sum(), 0.8, atol=0.01)
        True

        >>> sample_size(0.10, 0.0)
        Traceback (most recent call last):
        ...
        ValueError: no number of users finds a lift of zero
    """
    if lift == 0:
        raise ValueError("no number of users finds a lift of zero")
    new = base + lift
    spread = base * (1 - base) + new * (1 - new)
    quantiles = float(norm.ppf(1 - false_alarm / 2) + norm.ppf(1 - miss))
    return math.ceil(quantiles**2 * spread / lift**2)
