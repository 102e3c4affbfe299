"""A low-rank update of a frozen weight matrix (LoRA)."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def low_rank_update(
    x: ArrayLike, W: ArrayLike, A: ArrayLike, B: ArrayLike, alpha: float
) -> tuple[Array, float]:
    """Return the output of the adapted layer and the share of its weights that is trained.

    The frozen W (d, k) stays; A (r, k) and B (d, r) are trained and add (alpha / r) B A. B starts
    at zero, so training starts from the old model. Afterwards W + (alpha / r) B A replaces W.

    Examples:
        With B at zero the layer is the old one; rank 8 in a 4096 x 4096 matrix trains one weight
        for each 256:

        >>> x, W = np.ones((1, 4096)), np.zeros((4096, 4096))
        >>> out, share = low_rank_update(x, W, np.ones((8, 4096)), np.zeros((4096, 8)), 16)
        >>> float(np.abs(out).max()), 1 / share
        (0.0, 256.0)

        torch's linear layer with the merged matrix gives the same outputs:

        >>> import torch
        >>> rng = np.random.default_rng(0)
        >>> x, W = rng.normal(size=(5, 12)), rng.normal(size=(7, 12))
        >>> A, B = rng.normal(size=(2, 12)), rng.normal(size=(7, 2))
        >>> out, _ = low_rank_update(x, W, A, B, alpha=4)
        >>> merged = torch.tensor(W + 4 / 2 * B @ A)
        >>> np.allclose(out, torch.nn.functional.linear(torch.tensor(x), merged))
        True

        >>> low_rank_update(x, W, A.T, B, alpha=4)
        Traceback (most recent call last):
        ...
        ValueError: A must be (r, k) and B (d, r) for W (d, k)
    """
    x, W, A, B = (np.asarray(a, dtype=float) for a in (x, W, A, B))
    rank = len(A)
    if (B.shape[0], A.shape[1]) != W.shape or B.shape[1] != rank:
        raise ValueError("A must be (r, k) and B (d, r) for W (d, k)")
    return x @ W.T + alpha / rank * (x @ A.T) @ B.T, (A.size + B.size) / W.size
