"""ROC AUC by counting pairs."""

import numpy as np
from numpy.typing import ArrayLike


def roc_auc(labels: ArrayLike, scores: ArrayLike) -> float:
    """Return the chance that a random positive outscores a random negative.

    Every positive meets every negative once. A win counts one, a tie counts
    half, and the mean over all the meetings is the area under the ROC curve.

    Examples:
        >>> labels = [0, 0, 1, 1]
        >>> scores = [0.1, 0.4, 0.35, 0.8]
        >>> roc_auc(labels, scores)
        0.75

        scikit-learn measures the area instead, and agrees, ties included:

        >>> from sklearn.metrics import roc_auc_score
        >>> rng = np.random.default_rng(0)
        >>> labels = rng.integers(0, 2, size=200)
        >>> scores = rng.integers(0, 10, size=200)
        >>> np.allclose(roc_auc(labels, scores), roc_auc_score(labels, scores))
        True

        One class alone has no pairs to count:

        >>> roc_auc([1, 1], [0.2, 0.9])
        Traceback (most recent call last):
        ...
        ValueError: roc_auc needs both classes
    """
    y, s = np.asarray(labels, dtype=bool), np.asarray(scores)
    positives, negatives = s[y], s[~y]
    if not (positives.size and negatives.size):
        raise ValueError("roc_auc needs both classes")

    margins = positives[:, None] - negatives[None, :]  # (positives, negatives)
    return float(np.mean((margins > 0) + 0.5 * (margins == 0)))
