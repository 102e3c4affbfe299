"""Scaled dot-product attention."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def attention(
    queries: ArrayLike, keys: ArrayLike, values: ArrayLike, causal: bool = False
) -> NDArray[np.float64]:
    """Return for each query the mean of the values, weighted by how well its key fits.

    Inner products, divided by the root of their dimension so that they do not grow with it,
    become weights by a softmax over the keys. With `causal`, later positions get no weight.

    Examples:
        A query of zeros fits every key equally and gets the plain mean:

        >>> attention([[0.0, 0.0]], [[1, 0], [0, 1]], [[2.0], [4.0]]).tolist()
        [[3.0]]

        torch agrees, with and without the mask:

        >>> import torch
        >>> theirs = torch.nn.functional.scaled_dot_product_attention
        >>> q, k, v = np.random.default_rng(0).normal(size=(3, 5, 8))
        >>> tensors = [torch.tensor(a) for a in (q, k, v)]
        >>> np.allclose(attention(q, k, v), theirs(*tensors))
        True
        >>> np.allclose(attention(q, k, v, causal=True), theirs(*tensors, is_causal=True))
        True

        >>> attention([[1.0]], [[1.0, 2.0]], [[1.0]])
        Traceback (most recent call last):
        ...
        ValueError: queries and keys must have one dimension
    """
    q, k, v = (np.asarray(a, dtype=float) for a in (queries, keys, values))
    if q.shape[1] != k.shape[1]:
        raise ValueError("queries and keys must have one dimension")

    scores = q @ k.T / np.sqrt(q.shape[1])  # (queries, keys)
    if causal:
        scores[np.triu_indices(len(q), k=1, m=len(k))] = -np.inf
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True) @ v)
