"""McNemar's exact test of two classifiers on the same examples."""

from math import comb

import numpy as np
from numpy.typing import ArrayLike


def mcnemar(labels: ArrayLike, first: ArrayLike, second: ArrayLike) -> float:
    """Return the two-sided p-value for equal error rates.

    Only examples that exactly one model gets right say anything. If the models
    are equally good, each of these is a fair coin.

    Examples:
        >>> labels = [1] * 10
        >>> first, second = [1] * 10, [0] * 6 + [1] * 4  # six examples to none
        >>> mcnemar(labels, first, second)
        0.03125

        It is SciPy's binomial test on the disagreements:

        >>> from scipy.stats import binomtest
        >>> rng = np.random.default_rng(0)
        >>> labels, first, second = rng.integers(0, 2, size=(3, 200))
        >>> a = int(np.sum((first == labels) & (second != labels)))
        >>> b = int(np.sum((first != labels) & (second == labels)))
        >>> np.allclose(mcnemar(labels, first, second), binomtest(a, a + b).pvalue)
        True

        Models that are right on the same examples give no evidence:

        >>> mcnemar([0, 1], [0, 0], [0, 0])
        1.0
        >>> mcnemar([0, 1], [0, 0], [0])
        Traceback (most recent call last):
        ...
        ValueError: both models must be scored on the same examples
    """
    y, a, b = np.asarray(labels), np.asarray(first), np.asarray(second)
    if not y.shape == a.shape == b.shape:
        raise ValueError("both models must be scored on the same examples")
    one = int(np.sum((a == y) & (b != y)))
    other = int(np.sum((a != y) & (b == y)))
    n = one + other
    tail = sum(comb(n, i) for i in range(min(one, other) + 1)) / (1 << n)
    return min(1.0, 2 * tail)
