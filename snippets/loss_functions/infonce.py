"""InfoNCE with the negatives of the batch."""

import numpy as np
from numpy.typing import ArrayLike


def infonce(queries: ArrayLike, keys: ArrayLike, temperature: float = 0.07) -> float:
    """Return the mean loss of picking each query's own key among the keys of the batch.

    Rows are scaled to length one; similarities over the temperature are the
    logits of a softmax with one class a key. Row i of `keys` is the positive of
    row i of `queries`, so the right answers lie on the diagonal.

    Examples:
        Two queries that match their own key and oppose the other:

        >>> round(infonce([[1, 0], [-1, 0]], [[2, 0], [-3, 0]], temperature=1.0), 4)
        0.1269

        torch's cross-entropy with the diagonal as labels agrees:

        >>> import torch
        >>> q, k = np.random.default_rng(0).normal(size=(2, 8, 3))
        >>> unit = torch.nn.functional.normalize
        >>> logits = unit(torch.tensor(q)) @ unit(torch.tensor(k)).T / 0.07
        >>> by_torch = torch.nn.functional.cross_entropy(logits, torch.arange(8))
        >>> np.allclose(infonce(q, k), by_torch)
        True
        >>> infonce(q, k[:5])
        Traceback (most recent call last):
        ...
        ValueError: each query needs one key of its own
    """
    q, k = np.asarray(queries, dtype=float), np.asarray(keys, dtype=float)
    if q.shape != k.shape:
        raise ValueError("each query needs one key of its own")
    q = q / np.linalg.norm(q, axis=1, keepdims=True)
    k = k / np.linalg.norm(k, axis=1, keepdims=True)
    logits = q @ k.T / temperature
    return float(np.mean(np.logaddexp.reduce(logits, axis=1) - np.diag(logits)))
