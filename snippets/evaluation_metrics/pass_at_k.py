"""Unbiased pass@k from n samples."""

from math import comb


def pass_at_k(n: int, correct: int, k: int) -> float:
    """Return the chance that k of n samples, drawn without replacement, hold a correct one.

    One minus the share of k-subsets that hold only the n - correct wrong ones.
    Its mean over the sampling of the n is exactly 1 - (1 - p)^k.

    Examples:
        >>> pass_at_k(n=5, correct=1, k=2)  # 1 - 6/10
        0.4

        SciPy's hypergeometric distribution, and the definition by enumeration:

        >>> import numpy as np
        >>> from itertools import combinations
        >>> from scipy.stats import hypergeom
        >>> np.allclose(pass_at_k(20, 3, 5), 1 - hypergeom.pmf(0, 20, 3, 5))
        True
        >>> subsets = list(combinations([1, 1, 1, 0, 0, 0, 0, 0], 4))
        >>> np.allclose(pass_at_k(8, 3, 4), np.mean([any(s) for s in subsets]))
        True

        Fewer samples than k cannot tell:

        >>> pass_at_k(n=5, correct=1, k=10)
        Traceback (most recent call last):
        ...
        ValueError: pass@10 needs at least 10 samples
    """
    if n < k:
        raise ValueError(f"pass@{k} needs at least {k} samples")
    return 1 - comb(n - correct, k) / comb(n, k)
