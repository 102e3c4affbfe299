"""Prediction intervals with a guarantee, from held-out residuals."""

import math

import numpy as np
from numpy.typing import ArrayLike


def split_conformal(scores: ArrayLike, miss: float) -> float:
    """Return the bound that a new score exceeds with probability at most `miss`.

    The scores, say absolute residuals, come from examples the model was not fitted to. Take the
    k-th smallest, k = ceil((n + 1)(1 - miss)): among n + 1 exchangeable scores each rank is equally
    likely for the new one. Too few scores give no finite bound.

    Examples:
        With nine scores and 10% misses the largest is the bound; at 20% the second largest:

        >>> split_conformal(range(1, 10), 0.1), split_conformal(range(1, 10), 0.2)
        (9.0, 8.0)

        SciPy's Beta law of the coverage given the calibration scores, k of n + 1, has the mean
        that is found by simulation, and at least 1 - miss:

        >>> from scipy.stats import beta, norm
        >>> n, miss = 50, 0.1
        >>> k = math.ceil((n + 1) * (1 - miss))
        >>> rng = np.random.default_rng(0)
        >>> bounds = [split_conformal(np.abs(rng.normal(size=n)), miss) for _ in range(4_000)]
        >>> coverage = 1 - 2 * norm.sf(bounds)
        >>> np.allclose(coverage.mean(), beta(k, n + 1 - k).mean(), atol=0.003)
        True
        >>> np.allclose(coverage.std(), beta(k, n + 1 - k).std(), atol=0.003)
        True

        >>> split_conformal([1.0, 2.0, 3.0], 0.1)
        Traceback (most recent call last):
        ...
        ValueError: 3 scores cannot bound 10% of misses: at least 9 are needed
    """
    scores = np.sort(np.asarray(scores, dtype=float))
    n = len(scores)
    k = math.ceil((n + 1) * (1 - miss) - 1e-9)  # the slack undoes rounding of 1 - miss
    if k > n:
        needed = math.ceil(1 / miss - 1e-9) - 1
        raise ValueError(
            f"{n} scores cannot bound {miss:.0%} of misses: at least {needed} are needed"
        )
    return float(scores[k - 1])
