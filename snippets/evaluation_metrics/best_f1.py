"""The threshold with the highest F1."""

import numpy as np
from numpy.typing import ArrayLike


def best_f1(labels: ArrayLike, scores: ArrayLike) -> tuple[float, float]:
    """Return the score at which to start flagging, and the F1 that it gives.

    Sort by score, flag one group of equal scores after the other, and keep the
    best: F1 = 2 TP / (flagged + positives) after each group.

    Examples:
        >>> best_f1([1, 1, 0, 1, 0], [0.9, 0.8, 0.7, 0.6, 0.1])
        (0.6, 0.8571428571428571)

        scikit-learn's curve has the same peak:

        >>> from sklearn.metrics import precision_recall_curve
        >>> rng = np.random.default_rng(0)
        >>> scores = rng.beta(1, 3, size=400).round(2)
        >>> labels = rng.random(400) < scores
        >>> precision, recall, _ = precision_recall_curve(labels, scores)
        >>> peak = np.max(2 * precision * recall / (precision + recall))
        >>> np.allclose(best_f1(labels, scores)[1], peak)
        True

        Without a positive there is nothing to find:

        >>> best_f1([0, 0], [0.1, 0.2])
        Traceback (most recent call last):
        ...
        ValueError: best_f1 needs a positive
    """
    y, s = np.asarray(labels, dtype=bool), np.asarray(scores, dtype=float)
    if not y.any():
        raise ValueError("best_f1 needs a positive")

    order = np.argsort(-s, kind="stable")
    hits, flagged = np.cumsum(y[order]), np.arange(1, len(y) + 1)
    f1 = 2 * hits / (flagged + y.sum())
    last_of_group = np.append(np.diff(s[order]) != 0, True)  # a threshold cannot split ties
    best = int(np.argmax(np.where(last_of_group, f1, -1)))
    return float(s[order][best]), float(f1[best])
