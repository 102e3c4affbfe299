"""The .632+ bootstrap estimate of error."""

import numpy as np
from numpy.typing import ArrayLike


def plus_632(labels: ArrayLike, fitted: ArrayLike, left_out: float) -> float:
    """Return the .632+ error rate from the training error and the left-out bootstrap error.

    A bootstrap sample holds 63.2% of the rows, so the left-out error is too high and the
    training error too low. Their mixture leans on the left-out error as far as the model
    overfits, measured against the error it would have if labels and rows were unrelated.

    Examples:
        >>> labels, fitted = [0, 0, 1, 1], [0, 0, 1, 1]
        >>> plus_632(labels, fitted, left_out=0.5)  # overfits fully: the left-out error
        0.5
        >>> round(plus_632(labels, fitted, left_out=0.2), 4)  # plain .632 would say 0.1264
        0.1482

        Without overfitting it is the plain .632 mixture, of two equal errors:

        >>> np.allclose(plus_632([0, 1, 1, 1], [0, 1, 1, 0], left_out=0.25), 0.25)
        True

        The chance error is that of the predictions shuffled against the labels:

        >>> from sklearn.metrics import zero_one_loss
        >>> y, said = np.array([0, 1, 1, 1, 0]), np.array([0, 1, 0, 1, 1])
        >>> pairs = [zero_one_loss([a], [b]) for a in y for b in said]
        >>> error = zero_one_loss(y, said)
        >>> rate = (0.45 - error) / (np.mean(pairs) - error)
        >>> w = 0.632 / (1 - 0.368 * rate)
        >>> np.allclose(plus_632(y, said, 0.45), (1 - w) * error + w * 0.45)
        True

        >>> plus_632([0, 1], [0], 0.3)
        Traceback (most recent call last):
        ...
        ValueError: one prediction for each label
    """
    y, said = np.asarray(labels), np.asarray(fitted)
    if y.shape != said.shape:
        raise ValueError("one prediction for each label")

    training = float(np.mean(y != said))
    chance = float(np.mean(y[:, None] != said[None, :]))
    left_out = min(left_out, chance)
    overfit = left_out > training and chance > training
    rate = (left_out - training) / (chance - training) if overfit else 0.0
    weight = 0.632 / (1 - 0.368 * rate)
    return (1 - weight) * training + weight * left_out
