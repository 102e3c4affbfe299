"""Have several chains reached one distribution?"""

import numpy as np
from numpy.typing import ArrayLike


def r_hat(chains: ArrayLike) -> float:
    """Return the split R-hat of chains, one a row: near 1 when halves of chains look alike.

    Cut each chain in two. Compare the variance that all halves together suggest (within plus
    between) with the mean variance within a half, and take the root. Above 1.01, run longer.

    Examples:
        Two chains at different places, each moving by 1, disagree:

        >>> round(r_hat([[0, 1, 0, 1], [9, 10, 9, 10]]), 1)
        7.4

        Independent draws give about 1, chains that never met a larger number:

        >>> draws = np.random.default_rng(0).normal(size=(4, 1_000))
        >>> round(r_hat(draws), 2)
        1.0
        >>> r_hat(draws + np.arange(4)[:, None]) > 1.5
        True

        A trend within one chain shows, which is why the chains are cut:

        >>> r_hat(draws + np.linspace(0, 3, 1_000)) > 1.2
        True

        The ratio is the one of analysis of variance, with SciPy's F of the halves:

        >>> from scipy.stats import f_oneway
        >>> F = f_oneway(*draws.reshape(8, 500)).statistic
        >>> np.allclose(r_hat(draws), np.sqrt(499 / 500 + F / 500))
        True

        >>> r_hat([[1.0, 2.0]])
        Traceback (most recent call last):
        ...
        ValueError: each chain needs at least four draws
    """
    chains = np.asarray(chains, dtype=float)
    half = chains.shape[1] // 2
    if half < 2:
        raise ValueError("each chain needs at least four draws")
    halves = np.vstack([chains[:, :half], chains[:, -half:]])
    within = halves.var(axis=1, ddof=1).mean()
    between = halves.mean(axis=1).var(ddof=1)  # of the means; times half it is the usual B
    return float(np.sqrt(((half - 1) / half * within + between) / within))
