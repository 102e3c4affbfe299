"""NDCG with both gains, ties averaged."""

import numpy as np
from numpy.typing import ArrayLike


def ndcg(
    relevance: ArrayLike,
    scores: ArrayLike,
    k: int | None = None,
    exponential: bool = False,
    empty: float = 0.0,
) -> float:
    """Return the discounted gain of a ranking over that of the best ranking.

    Gain is the relevance, or 2^relevance - 1. The item at rank r is discounted
    by log2(r + 1). Items with equal scores share the mean gain of their ranks,
    the expectation over a random order. A query without gain scores `empty`.

    Examples:
        >>> round(ndcg([3, 1, 2], [0.9, 0.8, 0.7]), 4)
        0.9725
        >>> round(ndcg([3, 1, 2], [0.9, 0.8, 0.7], exponential=True), 4)
        0.9721

        scikit-learn has linear gains and the same ties:

        >>> from sklearn.metrics import ndcg_score
        >>> rng = np.random.default_rng(0)
        >>> relevance, scores = rng.integers(0, 4, size=(2, 20))
        >>> ours = [ndcg(relevance, scores, k) for k in (1, 5, 20)]
        >>> np.allclose(ours, [ndcg_score([relevance], [scores], k=k) for k in (1, 5, 20)])
        True

        Negative relevance has no best ranking to be compared with:

        >>> ndcg([-1, 2], [0.1, 0.2])
        Traceback (most recent call last):
        ...
        ValueError: relevance must not be negative
    """
    rel, s = np.asarray(relevance, dtype=float), np.asarray(scores, dtype=float)
    if rel.min() < 0:
        raise ValueError("relevance must not be negative")

    gain = 2**rel - 1 if exponential else rel
    discount = 1 / np.log2(np.arange(len(rel)) + 2)
    discount[len(rel) if k is None else k :] = 0
    best = float(np.sort(gain)[::-1] @ discount)
    if best == 0:
        return empty
    _, group, size = np.unique(-s, return_inverse=True, return_counts=True)
    shared = np.bincount(group, weights=gain) / size  # mean gain of each group of equals
    return float(np.repeat(shared, size) @ discount) / best
