"""The upper convex hull of an ROC curve."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def roc_hull(false_rate: ArrayLike, true_rate: ArrayLike) -> NDArray[np.float64]:
    """Return the points (FPR, TPR) that are best for some costs, left to right.

    Walk rightwards and drop the middle one of three points whenever it lies on
    or below the line between its neighbors. No costs make a dropped point the
    only best one; a coin between two hull points reaches the line between them.

    Examples:
        >>> roc_hull([0, 0.2, 0.5, 1], [0, 0.6, 0.7, 1]).tolist()
        [[0.0, 0.0], [0.2, 0.6], [1.0, 1.0]]

        SciPy's hull has the same corners, apart from (1, 0), which closes it:

        >>> from scipy.spatial import ConvexHull
        >>> rng = np.random.default_rng(0)
        >>> x, y = np.sort(rng.random((2, 30)), axis=1) ** [[1.5], [0.5]]
        >>> x, y = np.r_[0, x, 1], np.r_[0, y, 1]
        >>> closed = np.r_[np.c_[x, y], [[1, 0]]]
        >>> theirs = closed[[i for i in ConvexHull(closed).vertices if i != len(x)]]
        >>> np.allclose(roc_hull(x, y), theirs[np.lexsort(theirs.T[::-1])])
        True

        A curve must run from nobody flagged to everybody flagged:

        >>> roc_hull([0, 0.5], [0, 0.9])
        Traceback (most recent call last):
        ...
        ValueError: the curve must run from (0, 0) to (1, 1)
    """
    curve = np.column_stack([false_rate, true_rate]).astype(float)
    if not (np.allclose(curve[0], 0) and np.allclose(curve[-1], 1)):
        raise ValueError("the curve must run from (0, 0) to (1, 1)")

    kept: list[NDArray[np.float64]] = []
    for point in curve:
        while len(kept) > 1:
            (run, rise), (run_on, rise_on) = kept[-1] - kept[-2], point - kept[-2]
            if run * rise_on - rise * run_on < 0:  # a right turn: the middle point stands out
                break
            kept.pop()
        kept.append(point)
    return np.array(kept)
