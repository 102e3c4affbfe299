"""Inverted dropout."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def dropout(
    x: ArrayLike, p: float, rng: np.random.Generator, training: bool = True
) -> NDArray[np.float64]:
    """Return x with each entry zeroed with probability p and the others divided by 1 - p.

    The division keeps the expected value of every entry, so nothing has to be
    rescaled at test time: there the layer returns x as it is.

    Examples:
        >>> rng = np.random.default_rng(0)
        >>> dropout([1.0, 1.0, 1.0, 1.0], p=0.5, rng=rng)
        array([2., 0., 0., 0.])
        >>> dropout([1.0, 1.0, 1.0, 1.0], p=0.5, rng=rng, training=False)
        array([1., 1., 1., 1.])

        torch has the same values and, over many entries, the same moments:

        >>> import torch
        >>> _ = torch.manual_seed(0)
        >>> theirs = torch.nn.functional.dropout(torch.ones(100_000), p=0.2).numpy()
        >>> ours = dropout(np.ones(100_000), p=0.2, rng=rng)
        >>> np.allclose(np.unique(ours), np.unique(theirs))
        True
        >>> np.allclose([ours.mean(), ours.var()], [theirs.mean(), theirs.var()], atol=0.01)
        True
        >>> dropout([1.0], p=1.0, rng=rng)
        Traceback (most recent call last):
        ...
        ValueError: p is the probability of a zero, from 0 up to but not including 1
    """
    if not 0 <= p < 1:
        raise ValueError("p is the probability of a zero, from 0 up to but not including 1")
    x = np.asarray(x, dtype=float)
    if not training:
        return x
    kept: NDArray[np.float64] = x * (rng.random(x.shape) >= p) / (1 - p)
    return kept
