"""Out-of-bag predictions: each row judged by the trees that never saw it."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def out_of_bag(predictions: ArrayLike, samples: ArrayLike) -> NDArray[np.float64]:
    """Return for each training row the mean prediction of the members it did not train.

    Row b of `predictions` is what member b says of every training row, row b of
    `samples` the indices that were drawn for it. A row that is in every sample has
    no judge and gets nan.

    Examples:
        >>> out_of_bag([[1.0, 2.0, 3.0], [5.0, 6.0, 7.0]], [[0, 0, 1], [2, 2, 2]]).tolist()
        [5.0, 6.0, 3.0]

        scikit-learn keeps the samples of a bagged model, and agrees:

        >>> from sklearn.ensemble import BaggingRegressor
        >>> rng = np.random.default_rng(0)
        >>> X, y = rng.normal(size=(60, 3)), rng.normal(size=60)
        >>> model = BaggingRegressor(n_estimators=40, oob_score=True, random_state=0).fit(X, y)
        >>> predictions = [tree.predict(X) for tree in model.estimators_]
        >>> np.allclose(out_of_bag(predictions, model.estimators_samples_), model.oob_prediction_)
        True

        >>> out_of_bag([[1.0, 2.0]], [[0, 1]]).tolist()
        [nan, nan]
        >>> out_of_bag([[1.0, 2.0]], [[0, 1], [0, 0]])
        Traceback (most recent call last):
        ...
        ValueError: one row of samples for each row of predictions
    """
    said = np.asarray(predictions, dtype=float)  # (members, rows)
    drawn = np.asarray(samples)
    if len(said) != len(drawn):
        raise ValueError("one row of samples for each row of predictions")

    unseen = np.ones(said.shape, dtype=bool)
    for member, rows in enumerate(drawn):
        unseen[member, rows] = False
    judges = unseen.sum(axis=0)
    totals = np.sum(said * unseen, axis=0)
    found = np.divide(totals, judges, out=np.full(said.shape[1], np.nan), where=judges > 0)
    return np.asarray(found)
