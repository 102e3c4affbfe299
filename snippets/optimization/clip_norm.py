"""Clipping gradients by their common norm."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray


def clip_norm(
    gradients: Sequence[ArrayLike], most: float = 1.0
) -> tuple[list[NDArray[np.float64]], float]:
    """Return the gradients, scaled so that their common norm is at most `most`, and that norm.

    One factor for all arrays: the direction stays, only the length is cut. The
    norm is the one before clipping, which is what a training log should show.

    Examples:
        A layer with gradient (3, 4) and one with 12 have the norm 13 together:

        >>> clipped, norm = clip_norm([[3.0, 4.0], [12.0]], most=1.3)
        >>> norm, [part.round(3).tolist() for part in clipped]
        (13.0, [[0.3, 0.4], [1.2]])

        torch agrees, with its 1e-6 in the denominator:

        >>> import torch
        >>> a, b = np.random.default_rng(0).normal(size=(2, 5)) * 10
        >>> weights = [torch.zeros(5, dtype=torch.float64, requires_grad=True) for _ in range(2)]
        >>> for w, g in zip(weights, (a, b)):
        ...     w.grad = torch.tensor(g)
        >>> norm = torch.nn.utils.clip_grad_norm_(weights, 1.0)
        >>> ours, ours_norm = clip_norm([a, b], 1.0)
        >>> np.allclose(ours, [w.grad for w in weights]), np.allclose(ours_norm, norm)
        (True, True)
        >>> clip_norm([[1.0]], most=0.0)
        Traceback (most recent call last):
        ...
        ValueError: the bound must be positive
    """
    if most <= 0:
        raise ValueError("the bound must be positive")
    parts = [np.asarray(part, dtype=float) for part in gradients]
    norm = float(np.sqrt(sum(np.sum(part**2) for part in parts)))
    factor = min(1.0, most / (norm + 1e-6))
    return [part * factor for part in parts], norm
