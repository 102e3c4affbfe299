"""The confusion matrix, from two lists of labels."""

from collections.abc import Hashable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray


def confusion_matrix(
    labels: Iterable[Hashable], predictions: Iterable[Hashable], classes: Sequence[Hashable]
) -> NDArray[np.int64]:
    """Return how often each true class (row) was predicted as each class (column).

    An example falls into one cell, numbered row by row, and the cells are
    counted. Precision, recall and accuracy are ratios of sums of them.

    Examples:
        >>> confusion_matrix("aabb", "abbb", classes="ab").tolist()
        [[1, 1], [0, 2]]

        scikit-learn counts the same:

        >>> from sklearn.metrics import confusion_matrix as authority
        >>> rng = np.random.default_rng(0)
        >>> labels, predictions = rng.integers(0, 4, size=(2, 500))
        >>> table = confusion_matrix(labels, predictions, classes=range(4))
        >>> bool((table == authority(labels, predictions)).all())
        True

        A label that is no class is an error, never a row that vanishes:

        >>> confusion_matrix("ac", "aa", classes="ab")
        Traceback (most recent call last):
        ...
        ValueError: 'c' is not among the classes
    """
    position = {name: index for index, name in enumerate(classes)}
    cells = []
    for truth, guess in zip(labels, predictions, strict=True):
        for name in (truth, guess):
            if name not in position:
                raise ValueError(f"{name!r} is not among the classes")
        cells.append(position[truth] * len(position) + position[guess])

    counts = np.bincount(np.array(cells, dtype=np.int64), minlength=len(position) ** 2)
    return counts.reshape(len(position), len(position)).astype(np.int64)
