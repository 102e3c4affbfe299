"""Isotonic regression by pooling adjacent violators."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def isotonic(labels: ArrayLike, scores: ArrayLike) -> NDArray[np.float64]:
    """Return the rising step function of the score that is closest in squared error.

    Go through the examples by rising score, each a block of its own. While a
    block's mean is not above the mean before it, pool the two. Equal scores
    start in one block.

    Examples:
        >>> isotonic([0, 1, 0, 1], [1, 2, 3, 4]).tolist()
        [0.0, 0.5, 0.5, 1.0]

        scikit-learn agrees:

        >>> from sklearn.isotonic import IsotonicRegression
        >>> rng = np.random.default_rng(0)
        >>> scores = rng.integers(0, 40, size=200)
        >>> labels = rng.random(200) < scores / 40
        >>> theirs = IsotonicRegression().fit_transform(scores, labels)
        >>> np.allclose(isotonic(labels, scores), theirs)
        True

        >>> isotonic([0, 1], [1])
        Traceback (most recent call last):
        ...
        ValueError: one score for each label
    """
    y, s = np.asarray(labels, dtype=float), np.asarray(scores, dtype=float)
    if y.shape != s.shape:
        raise ValueError("one score for each label")

    values, group = np.unique(s, return_inverse=True)
    size = np.bincount(group)
    total = np.bincount(group, weights=y)
    blocks: list[tuple[float, int, int]] = []  # sum, examples, distinct scores
    for index in range(len(values)):
        block = (float(total[index]), int(size[index]), 1)
        while blocks and blocks[-1][0] * block[1] >= block[0] * blocks[-1][1]:
            before = blocks.pop()
            block = (before[0] + block[0], before[1] + block[1], before[2] + block[2])
        blocks.append(block)
    means = np.repeat([b[0] / b[1] for b in blocks], [b[2] for b in blocks])
    return np.asarray(means[group], dtype=np.float64)
