"""The area under a PR curve with its true, bent segments."""

import numpy as np
from numpy.typing import ArrayLike


def pr_area(hits: ArrayLike, alarms: ArrayLike) -> float:
    """Return the area under the PR curve through counts of true and false positives.

    Between two thresholds a coin reaches every mixture, so counts move on a
    straight line and precision t / (t + alarms(t)) bends. Its integral is
    elementary. Counts run from (0, 0) to (all positives, all negatives).

    Examples:
        >>> pr_area([0, 1, 2], [0, 0, 2])  # flat at 1, then bending down to 0.5
        0.8206993734577656

        Numerical integration of the mixtures agrees:

        >>> from scipy.integrate import quad
        >>> bend = quad(lambda t: t / (t + 2 * (t - 1)), 1, 2)[0]
        >>> np.allclose(pr_area([0, 1, 2], [0, 0, 2]), (1 + bend) / 2)
        True

        Coins alone stay at the prevalence. The curve has to start at nothing:

        >>> pr_area([0, 5], [0, 15])
        0.25
        >>> pr_area([1, 5], [1, 15])
        Traceback (most recent call last):
        ...
        ValueError: the counts must start at (0, 0)
    """
    tp, fp = np.asarray(hits, dtype=float), np.asarray(alarms, dtype=float)
    if tp[0] or fp[0]:
        raise ValueError("the counts must start at (0, 0)")

    area = 0.0
    for a, b, c, d in zip(tp, tp[1:], fp, fp[1:], strict=False):
        if b > a:  # precision t / (u t + v), with alarms c + slope (t - a)
            slope = (d - c) / (b - a)
            u, v = 1 + slope, c - slope * a
            area += (b - a) / u
            if v:
                area -= v / u**2 * float(np.log((b + d) / (a + c)))
    return float(area / tp[-1])
