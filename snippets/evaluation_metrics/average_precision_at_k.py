"""Average precision of a ranked list, cut at k."""

from collections.abc import Sequence

import numpy as np


def average_precision_at_k(hits: Sequence[int], relevant: int, k: int) -> float:
    """Return the sum of the precisions at the hits in the first k, over min(k, relevant).

    `relevant` counts all relevant items there are, also those not in the list.
    The divisor is the largest number of hits possible, so a perfect list scores 1.

    Examples:
        >>> average_precision_at_k([1, 0, 1, 0, 0], relevant=4, k=5)  # (1 + 2/3) / 4
        0.41666666666666663

        On a whole list it is the classifier's average precision:

        >>> from sklearn.metrics import average_precision_score
        >>> hits = np.random.default_rng(0).integers(0, 2, size=50)
        >>> theirs = average_precision_score(hits, np.arange(50, 0, -1))
        >>> np.allclose(average_precision_at_k(hits.tolist(), int(hits.sum()), 50), theirs)
        True

        A query without a relevant item has no average precision:

        >>> average_precision_at_k([0, 0], relevant=0, k=2)
        Traceback (most recent call last):
        ...
        ValueError: nothing is relevant: leave the query out, or decide what it counts
    """
    if relevant < 1:
        raise ValueError("nothing is relevant: leave the query out, or decide what it counts")
    top = np.asarray(hits[:k], dtype=float)
    precision = np.cumsum(top) / np.arange(1, len(top) + 1)
    return float((precision * top).sum() / min(k, relevant))
