"""A forest as a weighted average of training labels."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def forest_weights(training_leaves: ArrayLike, new_leaves: ArrayLike) -> NDArray[np.float64]:
    """Return how much each training row counts in the prediction of each new row.

    In one tree the rows that share the leaf of a new row weigh 1 / (their number).
    The forest's weights are the mean over trees: they are not negative and sum to 1.
    Leaves come from `forest.apply(X)`: one row an example, one column a tree.

    Examples:
        >>> forest_weights([[0, 5], [0, 6], [1, 6]], [[0, 6]]).tolist()
        [[0.25, 0.5, 0.25]]

        Without bootstrap, weights times labels are the forest's predictions:

        >>> from sklearn.ensemble import ExtraTreesRegressor
        >>> rng = np.random.default_rng(0)
        >>> X, y, new = rng.normal(size=(80, 3)), rng.normal(size=80), rng.normal(size=(9, 3))
        >>> forest = ExtraTreesRegressor(30, min_samples_leaf=5, random_state=0).fit(X, y)
        >>> weights = forest_weights(forest.apply(X), forest.apply(new))
        >>> np.allclose(weights @ y, forest.predict(new))
        True

        >>> forest_weights([[0, 1]], [[0]])
        Traceback (most recent call last):
        ...
        ValueError: both need one column a tree
    """
    training, new = np.asarray(training_leaves), np.asarray(new_leaves)
    if training.ndim != 2 or new.ndim != 2 or training.shape[1] != new.shape[1]:
        raise ValueError("both need one column a tree")

    weights = np.zeros((len(new), len(training)))
    for tree in range(training.shape[1]):
        together = new[:, tree, None] == training[None, :, tree]  # (new, training)
        weights += together / together.sum(axis=1, keepdims=True)
    return np.asarray(weights / training.shape[1])
