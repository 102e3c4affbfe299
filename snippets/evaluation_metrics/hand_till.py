"""Hand and Till's AUC for more than two classes."""

from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike


def hand_till(labels: ArrayLike, probabilities: ArrayLike) -> float:
    """Return the AUC of each class against each other, averaged over the pairs.

    For a pair (i, j) keep the examples of the two classes only, count how well
    column i ranks i above j and column j ranks j above i, and average. No third
    class enters, so class frequencies do not matter.

    Examples:
        >>> hand_till([0, 1, 2], np.eye(3))
        1.0

        scikit-learn calls it one-versus-one, macro:

        >>> from sklearn.metrics import roc_auc_score
        >>> rng = np.random.default_rng(0)
        >>> labels = rng.choice(3, p=[0.7, 0.2, 0.1], size=300)
        >>> table = rng.dirichlet(np.ones(3), size=300) + 0.3 * np.eye(3)[labels]
        >>> table /= table.sum(axis=1, keepdims=True)
        >>> theirs = roc_auc_score(labels, table, multi_class="ovo", average="macro")
        >>> np.allclose(hand_till(labels, table), theirs)
        True

        A column without examples cannot be ranked:

        >>> hand_till([0, 1, 1], np.eye(3))
        Traceback (most recent call last):
        ...
        ValueError: class 2 has no example
    """
    y, table = np.asarray(labels), np.asarray(probabilities, dtype=float)
    for k in range(table.shape[1]):
        if not (y == k).any():
            raise ValueError(f"class {k} has no example")

    def separation(one: int, other: int) -> float:
        margins = table[y == one, one][:, None] - table[y == other, one][None, :]
        return float(np.mean((margins > 0) + 0.5 * (margins == 0)))

    pairs = list(combinations(range(table.shape[1]), 2))
    return float(np.mean([(separation(i, j) + separation(j, i)) / 2 for i, j in pairs]))
