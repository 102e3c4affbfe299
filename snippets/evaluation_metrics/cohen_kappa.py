"""Cohen's kappa, from a table of two raters."""

import numpy as np
from numpy.typing import ArrayLike


def cohen_kappa(table: ArrayLike, quadratic: bool = False) -> float:
    """Return the agreement beyond what two independent raters would reach.

    One minus observed over expected disagreement. Expected: the product of the
    margins. `quadratic` weighs a disagreement by its squared distance.

    Examples:
        >>> round(cohen_kappa([[20, 5], [10, 15]]), 4)  # agree 0.7, by chance 0.5
        0.4

        scikit-learn agrees, plain and weighted:

        >>> from sklearn.metrics import cohen_kappa_score, confusion_matrix
        >>> rng = np.random.default_rng(0)
        >>> first = rng.integers(0, 4, size=300)
        >>> second = np.where(rng.random(300) < 0.6, first, rng.integers(0, 4, size=300))
        >>> table = confusion_matrix(first, second)
        >>> ours = [cohen_kappa(table), cohen_kappa(table, quadratic=True)]
        >>> weights = [None, "quadratic"]
        >>> np.allclose(ours, [cohen_kappa_score(first, second, weights=w) for w in weights])
        True

        Two raters who only ever use one class leave nothing to expect:

        >>> cohen_kappa([[50, 0], [0, 0]])
        Traceback (most recent call last):
        ...
        ValueError: kappa needs two classes in use
    """
    counts = np.asarray(table, dtype=float)
    shares = counts / counts.sum()
    chance = np.outer(shares.sum(axis=1), shares.sum(axis=0))
    k = np.arange(len(shares))
    distance = np.abs(k[:, None] - k[None, :])
    weight = distance**2 if quadratic else distance > 0
    expected = float((weight * chance).sum())
    if expected == 0:
        raise ValueError("kappa needs two classes in use")
    return 1 - float((weight * shares).sum()) / expected
