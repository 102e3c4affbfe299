"""EM for a mixture of one-dimensional Gaussians."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def mixture_em(
    x: ArrayLike, means: ArrayLike, steps: int, floor: float = 1e-6
) -> tuple[Array, Array, Array, Array]:
    """Return weights, means, variances and the log-likelihood before each step.

    E: the share of each component in each point, in log space. M: weighted frequencies, means and
    variances. The bound that M maximizes touches the log-likelihood at the old parameters, so no
    step lowers it (as long as the variance floor, which keeps a component off one point, is idle).

    Examples:
        Two pairs of points, two components: each takes a pair.

        >>> weights, means, variances, _ = mixture_em([-5.1, -4.9, 4.9, 5.1], [-1, 1], 200)
        >>> means.round(3).tolist(), weights.round(3).tolist()
        ([-5.0, 5.0], [0.5, 0.5])

        The log-likelihood never falls, and scikit-learn from the same start ends at the same place:

        >>> rng = np.random.default_rng(0)
        >>> x = np.r_[rng.normal(-2, 1, 200), rng.normal(2, 0.5, 100)]
        >>> weights, means, variances, log_likelihood = mixture_em(x, [-1, 1], 500)
        >>> bool(np.all(np.diff(log_likelihood) > -1e-8))
        True
        >>> from sklearn.mixture import GaussianMixture
        >>> theirs = GaussianMixture(2, means_init=[[-1], [1]], tol=1e-10, max_iter=1000)
        >>> theirs.fit(x[:, None]).converged_
        True
        >>> np.allclose([means, variances], [theirs.means_[:, 0], theirs.covariances_[:, 0, 0]])
        True

        >>> mixture_em([1.0], [0.0, 1.0], 5)
        Traceback (most recent call last):
        ...
        ValueError: fewer points than components
    """
    x, mean = np.asarray(x, dtype=float), np.asarray(means, dtype=float)
    if len(x) < len(mean):
        raise ValueError("fewer points than components")
    weight, variance = np.full(len(mean), 1 / len(mean)), np.full(len(mean), x.var())
    trace = []
    for _ in range(steps):
        squares = (x[:, None] - mean) ** 2
        log_joint = np.log(weight) - (np.log(2 * np.pi * variance) + squares / variance) / 2
        log_total = np.logaddexp.reduce(log_joint, axis=1)
        trace.append(log_total.sum())
        share = np.exp(log_joint - log_total[:, None])  # (n, components)
        count = share.sum(axis=0)
        weight, mean = count / len(x), share.T @ x / count
        variance = np.maximum(np.sum(share * (x[:, None] - mean) ** 2, axis=0) / count, floor)
    return weight, mean, variance, np.array(trace)
