"""Lift: how much richer the top of a list is."""

import numpy as np
from numpy.typing import ArrayLike


def lift(labels: ArrayLike, scores: ArrayLike, depth: float) -> float:
    """Return the rate of positives in the top `depth` of the scores over the rate in all.

    The top is a whole number of examples, rounded down, at least one. Equal scores
    at the cut share its places: the expectation over a random order.

    Examples:
        >>> lift([1, 0, 1, 0, 0], [0.9, 0.8, 0.7, 0.2, 0.1], depth=0.2)  # 1 over 2/5
        2.5

        Lift times depth is the recall there, with scikit-learn's recall:

        >>> from sklearn.metrics import recall_score
        >>> rng = np.random.default_rng(0)
        >>> labels, scores = rng.random(500) < 0.1, rng.permutation(500)
        >>> recall = recall_score(labels, scores >= 450)
        >>> np.allclose(lift(labels, scores, 0.1) * 0.1, recall)
        True

        >>> lift([0, 0], [0.1, 0.2], depth=0.5)
        Traceback (most recent call last):
        ...
        ValueError: lift needs a positive
    """
    y, s = np.asarray(labels, dtype=float), np.asarray(scores)
    if not y.any():
        raise ValueError("lift needs a positive")
    places = max(1, int(depth * len(y) + 1e-9))
    cut = np.sort(s)[-places]
    above, equal = s > cut, s == cut
    positives = y[above].sum() + (places - above.sum()) * y[equal].mean()
    return float(positives / places / y.mean())
