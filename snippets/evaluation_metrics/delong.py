"""DeLong's covariance of ROC AUCs."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def delong(
    labels: ArrayLike, *models: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the AUC of each model's scores, and the covariance matrix of these AUCs.

    An AUC is a mean over positives of "what part of the negatives it beats", and
    a mean over negatives of "what part of the positives beats it". The variances
    of the two kinds of parts, each over its number, add up.

    Examples:
        >>> aucs, covariance = delong([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
        >>> aucs.tolist(), covariance.tolist()  # parts 1/2, 1 and 1, 1/2
        ([0.75], [[0.125]])

        For one model its z is the statistic of the Brunner-Munzel test:

        >>> from scipy.stats import brunnermunzel
        >>> rng = np.random.default_rng(0)
        >>> labels, scores = rng.integers(0, 2, size=80), rng.integers(0, 30, size=80)
        >>> aucs, covariance = delong(labels, scores)
        >>> z = (aucs[0] - 0.5) / np.sqrt(covariance[0, 0])
        >>> theirs = brunnermunzel(scores[labels == 0], scores[labels == 1]).statistic
        >>> np.allclose(z, theirs)
        True

        One example of a class has no variance:

        >>> delong([0, 0, 1], [0.1, 0.2, 0.3])
        Traceback (most recent call last):
        ...
        ValueError: delong needs two examples of each class
    """
    y = np.asarray(labels, dtype=bool)
    if y.sum() < 2 or (~y).sum() < 2:
        raise ValueError("delong needs two examples of each class")

    of_positives, of_negatives = [], []
    for scores in models:
        s = np.asarray(scores, dtype=float)
        margins = s[y][:, None] - s[~y][None, :]
        wins = (margins > 0) + 0.5 * (margins == 0)
        of_positives.append(wins.mean(axis=1))
        of_negatives.append(wins.mean(axis=0))
    covariance = np.cov(of_positives) / y.sum() + np.cov(of_negatives) / (~y).sum()
    return np.mean(of_positives, axis=1), np.atleast_2d(covariance)
