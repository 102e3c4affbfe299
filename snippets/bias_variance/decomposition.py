"""Squared bias and variance of a learner, from its predictions over many training sets."""

import numpy as np
from numpy.typing import ArrayLike


def bias_variance(predictions: ArrayLike, truth: ArrayLike) -> tuple[float, float]:
    """Return squared bias and variance, each averaged over the test inputs.

    Row i of `predictions` is what the model fitted on training set i says at
    every test input, and `truth` is E[y|x] there. The mean over rows comes first:
    its distance from the truth is the bias, the scatter around it the variance.

    Examples:
        One input with truth 1, two training sets: the mean prediction is 3.

        >>> bias_variance([[2.0], [4.0]], [1.0])
        (4.0, 1.0)

        The two add up to the squared error against the truth, as scikit-learn measures it:

        >>> from sklearn.metrics import mean_squared_error
        >>> rng = np.random.default_rng(0)
        >>> truth = rng.normal(size=7)
        >>> predictions = truth + rng.normal(0.5, 2.0, size=(40, 7))
        >>> error = np.mean([mean_squared_error(truth, row) for row in predictions])
        >>> np.allclose(sum(bias_variance(predictions, truth)), error)
        True

        A single training set shows no scatter at all:

        >>> bias_variance([[2.0]], [1.0])
        Traceback (most recent call last):
        ...
        ValueError: bias_variance needs the predictions of two training sets or more
    """
    predictions, truth = np.asarray(predictions, dtype=float), np.asarray(truth, dtype=float)
    if len(predictions) < 2:
        raise ValueError("bias_variance needs the predictions of two training sets or more")

    mean_prediction = predictions.mean(axis=0)  # (inputs,): the average model
    bias_squared = np.mean((mean_prediction - truth) ** 2)
    variance = np.mean((predictions - mean_prediction) ** 2)
    return float(bias_squared), float(variance)
