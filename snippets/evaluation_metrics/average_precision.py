"""Average precision: the area under the steps of the PR curve."""

import numpy as np
from numpy.typing import ArrayLike


def average_precision(labels: ArrayLike, scores: ArrayLike) -> float:
    """Return the mean, over the positives, of the precision at each one's own score.

    Flag everything that scores at least as high as a positive and take the
    precision there. Summed over positives this is sum (R_k - R_{k-1}) P_k.

    Examples:
        >>> average_precision([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1])  # (1 + 2/3) / 2
        0.8333333333333333

        scikit-learn agrees, ties included:

        >>> from sklearn.metrics import average_precision_score
        >>> rng = np.random.default_rng(0)
        >>> labels, scores = rng.integers(0, 2, size=200), rng.integers(0, 10, size=200)
        >>> theirs = average_precision_score(labels, scores)
        >>> np.allclose(average_precision(labels, scores), theirs)
        True

        A constant score flags everybody at once, so the prevalence is left:

        >>> average_precision([1, 0, 0, 0], [0.5] * 4)
        0.25
        >>> average_precision([0, 0], [0.1, 0.2])
        Traceback (most recent call last):
        ...
        ValueError: average_precision needs a positive
    """
    y, s = np.asarray(labels, dtype=bool), np.asarray(scores)
    if not y.any():
        raise ValueError("average_precision needs a positive")

    flagged = s[None, :] >= s[y][:, None]  # (positives, examples)
    return float(np.mean((flagged & y).sum(axis=1) / flagged.sum(axis=1)))
