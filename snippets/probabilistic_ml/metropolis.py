"""Random-walk Metropolis sampling."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def metropolis(
    log_density: Callable[[Array], float], start: ArrayLike, steps: int, width: float, seed: int
) -> tuple[Array, float]:
    """Return a chain of samples and the share of proposals accepted.

    Propose a Gaussian step. Accept it with probability min(1, new density / old density), else
    stay, and count the old point again. The normalizing constant cancels in the ratio.

    Examples:
        Where the density is flat every step is accepted:

        >>> chain, accepted = metropolis(lambda z: 0.0, [0.0], 100, width=1.0, seed=0)
        >>> chain.shape, accepted
        ((100, 1), 1.0)

        A correlated Gaussian, known only up to its constant, has the mean and the covariance it
        should have, within the error of a chain:

        >>> truth = np.array([[1.0, 0.8], [0.8, 1.0]])
        >>> inverse = np.linalg.inv(truth)
        >>> chain, accepted = metropolis(lambda z: -z @ inverse @ z / 2, [0, 0], 20_000, 1.2, 0)
        >>> np.allclose(chain.mean(axis=0), 0, atol=0.1), 0.2 < accepted < 0.6
        (True, True)
        >>> np.allclose(np.cov(chain.T), truth, atol=0.15)
        True

        >>> metropolis(lambda z: 0.0, [0.0], 10, width=0.0, seed=0)
        Traceback (most recent call last):
        ...
        ValueError: width must be positive
    """
    if width <= 0:
        raise ValueError("width must be positive")
    rng = np.random.default_rng(seed)
    here = np.asarray(start, dtype=float)
    height = log_density(here)
    chain, accepted = np.empty((steps, here.size)), 0
    for step in range(steps):
        there = here + width * rng.normal(size=here.size)
        new = log_density(there)
        if np.log(rng.random()) < new - height:
            here, height, accepted = there, new, accepted + 1
        chain[step] = here
    return chain, accepted / steps
