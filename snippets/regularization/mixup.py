"""Mixup: training on weighted pairs of examples."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def mixup(
    X: ArrayLike, targets: ArrayLike, strength: float, rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return a batch whose inputs and targets are mixed with those of random partners.

    One share s ~ Beta(strength, strength) a batch: s x + (1 - s) x', and the same
    for the targets, which are probability rows. Small strengths draw s near 0 or 1.

    Examples:
        >>> rng = np.random.default_rng(3)
        >>> X, targets = np.array([[0.0], [10.0]]), np.eye(2)
        >>> mixed, soft = mixup(X, targets, strength=1.0, rng=rng)
        >>> np.allclose(mixed[:, 0], 10 * soft[:, 1])  # inputs and targets move together
        True

        torch's cross-entropy against a mixed target is the mix of the two losses,
        because cross-entropy is linear in the target:

        >>> import torch
        >>> logits = torch.tensor([[2.0, -1.0, 0.5]])
        >>> loss = torch.nn.functional.cross_entropy
        >>> both = 0.3 * loss(logits, torch.tensor([0])) + 0.7 * loss(logits, torch.tensor([2]))
        >>> np.allclose(float(loss(logits, torch.tensor([[0.3, 0.0, 0.7]]))), float(both))
        True
        >>> mixup(X, targets, strength=0.0, rng=rng)
        Traceback (most recent call last):
        ...
        ValueError: the strength must be positive
    """
    if strength <= 0:
        raise ValueError("the strength must be positive")
    X, targets = np.asarray(X, dtype=float), np.asarray(targets, dtype=float)
    share, partner = rng.beta(strength, strength), rng.permutation(len(X))
    return (
        share * X + (1 - share) * X[partner],
        share * targets + (1 - share) * targets[partner],
    )
