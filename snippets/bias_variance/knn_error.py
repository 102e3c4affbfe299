"""Bias and variance of k-nearest-neighbor regression, in closed form."""

import numpy as np
from numpy.typing import ArrayLike


def knn_error(
    x: ArrayLike, truth: ArrayLike, at: float, k: int, noise_variance: float
) -> tuple[float, float]:
    """Return squared bias and variance of kNN at one input, for fixed training inputs.

    `truth` holds f at the training inputs `x`, its last entry f at the input `at`.
    The prediction averages k labels: its mean is the mean truth of the k nearest
    inputs, and k independent noises average to a variance of noise_variance / k.

    Examples:
        Inputs 0, 1, 4 with truth x^2, at 0.4, two neighbors: (0.16 - 0.5)^2 and 1/2.

        >>> bias2, variance = knn_error([0, 1, 4], [0, 1, 16, 0.16], 0.4, 2, 1.0)
        >>> round(bias2, 4), variance
        (0.1156, 0.5)

        scikit-learn, refitted on 4,000 sets of labels, scatters as predicted:

        >>> from sklearn.neighbors import KNeighborsRegressor
        >>> rng = np.random.default_rng(0)
        >>> x = np.linspace(0.0, 1.0, 30)
        >>> labels = np.sin(x)[:, None] + rng.normal(size=(30, 4_000))
        >>> model = KNeighborsRegressor(n_neighbors=5).fit(x[:, None], labels)
        >>> predictions = model.predict([[0.3]])
        >>> bias2, variance = knn_error(x, [*np.sin(x), np.sin(0.3)], 0.3, 5, 1.0)
        >>> np.allclose([predictions.mean(), predictions.var()],
        ...     [np.sin(0.3) + np.sqrt(bias2), variance], atol=0.02)
        True

        >>> knn_error([0.0], [0.0, 0.0], 0.0, 2, 1.0)
        Traceback (most recent call last):
        ...
        ValueError: k must lie between 1 and the number of training inputs
    """
    x, truth = np.asarray(x, dtype=float), np.asarray(truth, dtype=float)
    if not 1 <= k <= x.size:
        raise ValueError("k must lie between 1 and the number of training inputs")

    nearest = np.argsort(np.abs(x - at), kind="stable")[:k]
    bias = truth[:-1][nearest].mean() - truth[-1]
    return float(bias**2), noise_variance / k
