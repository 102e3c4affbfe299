"""The corners of the ROC curve."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def roc_curve(
    labels: ArrayLike, scores: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the false and the true positive rate at every threshold, from (0, 0) to (1, 1).

    Sort by falling score. After each group of equal scores, count the positives
    and negatives so far; a group with both is one slanted step, not two.

    Examples:
        >>> false_rate, true_rate = roc_curve([0, 0, 1, 1], [0.1, 0.4, 0.4, 0.8])
        >>> false_rate.tolist(), true_rate.tolist()
        ([0.0, 0.0, 0.5, 1.0], [0.0, 0.5, 1.0, 1.0])

        scikit-learn has the same corners:

        >>> from sklearn.metrics import roc_curve as authority
        >>> rng = np.random.default_rng(0)
        >>> labels, scores = rng.integers(0, 2, size=300), rng.integers(0, 20, size=300)
        >>> theirs = authority(labels, scores, drop_intermediate=False)[:2]
        >>> np.allclose(roc_curve(labels, scores), theirs)
        True

        One class alone has no rate for the other:

        >>> roc_curve([1, 1], [0.2, 0.9])
        Traceback (most recent call last):
        ...
        ValueError: roc_curve needs both classes
    """
    y, s = np.asarray(labels, dtype=bool), np.asarray(scores)
    if y.all() or not y.any():
        raise ValueError("roc_curve needs both classes")

    order = np.argsort(-s, kind="stable")
    ends = np.flatnonzero(np.append(np.diff(s[order]) != 0, True))
    hits, alarms = np.cumsum(y[order])[ends], np.cumsum(~y[order])[ends]
    return np.append(0, alarms / (~y).sum()), np.append(0, hits / y.sum())
