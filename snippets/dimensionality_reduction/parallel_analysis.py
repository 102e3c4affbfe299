"""How many components stand above noise, by permuting columns."""

import numpy as np
from numpy.typing import ArrayLike


def parallel_analysis(X: ArrayLike, draws: int = 100, level: float = 0.99, seed: int = 0) -> int:
    """Return the number of leading components with more variance than unrelated columns give.

    Shuffle every column by itself: the variances of the columns stay, their relations go. A
    component counts when its variance exceeds the `level` quantile of the one at its place in
    the shuffled data, and the count stops at the first that does not.

    Examples:
        Two independent columns have nothing in common, two copies of one column have all:

        >>> rng = np.random.default_rng(0)
        >>> parallel_analysis(rng.normal(size=(200, 2)))
        0
        >>> column = rng.normal(size=(200, 1))
        >>> parallel_analysis(np.hstack([column, column]))
        1

        Three planted directions in 30 noisy columns are found, and noise alone gives none, while
        the largest noise eigenvalue lies near the Marchenko-Pastur edge (1 + sqrt(d / n)) ** 2:

        >>> noise = rng.normal(size=(300, 30))
        >>> signal = rng.normal(size=(300, 3)) @ rng.normal(size=(3, 30))
        >>> parallel_analysis(signal + noise), parallel_analysis(noise)
        (3, 0)
        >>> top = float(np.linalg.eigvalsh(np.cov(noise.T))[-1])
        >>> np.allclose(top, (1 + np.sqrt(30 / 300)) ** 2, rtol=0.05)
        True

        >>> parallel_analysis([[1.0, 2.0]])
        Traceback (most recent call last):
        ...
        ValueError: parallel_analysis needs at least two examples
    """
    X = np.asarray(X, dtype=float)
    if len(X) < 2:
        raise ValueError("parallel_analysis needs at least two examples")

    def variances(A: np.ndarray) -> np.ndarray:
        singular = np.linalg.svd(A - A.mean(axis=0), compute_uv=False)
        return np.asarray(singular**2 / (len(A) - 1))

    rng = np.random.default_rng(seed)
    null = [variances(rng.permuted(X, axis=0)) for _ in range(draws)]
    above = variances(X) > np.quantile(null, level, axis=0)
    return int(np.argmin(above)) if not above.all() else len(above)
