"""The two numbers that are both called macro-F1."""

import numpy as np
from numpy.typing import ArrayLike


def macro_f1(table: ArrayLike) -> tuple[float, float]:
    """Return the mean of the classes' F1 scores, and the F1 of their mean P and mean R.

    Rows of the table are true classes, columns predicted ones. A class never
    predicted has precision 0. The second number is never the smaller one.

    Examples:
        >>> [round(value, 3) for value in macro_f1([[9, 1], [1, 1]])]
        [0.7, 0.7]
        >>> [round(value, 3) for value in macro_f1([[10, 0], [9, 1]])]
        [0.436, 0.639]

        The first is scikit-learn's:

        >>> from sklearn.metrics import confusion_matrix, f1_score
        >>> rng = np.random.default_rng(0)
        >>> labels, guesses = rng.integers(0, 3, size=(2, 200))
        >>> ours = macro_f1(confusion_matrix(labels, guesses))[0]
        >>> np.allclose(ours, f1_score(labels, guesses, average="macro"))
        True

        A class that the data do not hold has no recall:

        >>> macro_f1([[5, 1], [0, 0]])
        Traceback (most recent call last):
        ...
        ValueError: every class needs an example
    """
    counts = np.asarray(table, dtype=float)
    right, true, guessed = np.diag(counts), counts.sum(axis=1), counts.sum(axis=0)
    if not true.all():
        raise ValueError("every class needs an example")
    precision = np.divide(right, guessed, out=np.zeros_like(right), where=guessed > 0)
    recall = right / true

    mean_of_f1 = np.mean(2 * right / (true + guessed))
    p, r = precision.mean(), recall.mean()
    return float(mean_of_f1), float(2 * p * r / (p + r)) if p + r else 0.0
