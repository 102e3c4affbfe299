"""Expected 0-1 error at one input, for a score that varies over training sets."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm


def zero_one_error(p: float, mean: float, sd: ArrayLike) -> NDArray[np.float64]:
    """Return P(wrong label) when the estimated P(y=1|x) is normal over training sets.

    The classifier says 1 when its estimate exceeds 1/2. It disagrees with the best
    possible label with some chance d, and the error is min(p, 1-p) + |2p - 1| * d.

    Examples:
        True chance 0.9, mean estimate 0.4, no variance: always 0, so wrong 9 times in 10.

        >>> zero_one_error(0.9, 0.4, 1e-9).round(3).tolist()
        0.9

        Counting fits and labels agrees:

        >>> rng = np.random.default_rng(0)
        >>> said = rng.normal(0.4, 0.3, size=400_000) > 0.5
        >>> labels = rng.random(400_000) < 0.9
        >>> np.allclose(zero_one_error(0.9, 0.4, 0.3), np.mean(said != labels), atol=0.003)
        True

        >>> zero_one_error(1.2, 0.4, 0.3)
        Traceback (most recent call last):
        ...
        ValueError: p must be a probability
    """
    if not 0 <= p <= 1:
        raise ValueError("p must be a probability")

    best_label = p > 0.5
    says_one = norm.sf(0.5, loc=mean, scale=np.asarray(sd, dtype=float))
    disagrees = 1 - says_one if best_label else says_one
    return np.asarray(min(p, 1 - p) + abs(2 * p - 1) * disagrees)
