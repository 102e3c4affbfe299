"""Adam with the penalty in the gradient, or decoupled as in AdamW."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def adam(
    gradients: ArrayLike, start: ArrayLike, rate: float, l2: float = 0.0, decay: float = 0.0
) -> NDArray[np.float64]:
    """Return the weights after Adam has seen a sequence of gradients, one row a step.

    `l2` adds l2 w to each gradient, before Adam divides by the running size of
    the gradient. `decay` multiplies w by 1 - rate decay, outside that division:
    AdamW. The moments have torch's defaults, 0.9 and 0.999.

    Examples:
        Adam's first step has length `rate` whatever the gradient's size:

        >>> adam([[100.0, 0.01]], [1.0, 1.0], rate=0.1).round(4)
        array([0.9, 0.9])

        torch agrees on both forms:

        >>> import torch
        >>> g = np.random.default_rng(0).normal(size=(30, 2)) * [10, 0.1]
        >>> def by_torch(kind, penalty):
        ...     w = torch.ones(2, dtype=torch.float64, requires_grad=True)
        ...     optimizer = kind([w], lr=0.01, weight_decay=penalty)
        ...     for row in torch.tensor(g):
        ...         w.grad = row.clone()
        ...         optimizer.step()
        ...     return w.detach().numpy()
        >>> np.allclose(adam(g, [1, 1], 0.01, l2=0.5), by_torch(torch.optim.Adam, 0.5))
        True
        >>> np.allclose(adam(g, [1, 1], 0.01, decay=0.5), by_torch(torch.optim.AdamW, 0.5))
        True
        >>> adam([1.0, 2.0], [1.0], rate=0.1)
        Traceback (most recent call last):
        ...
        ValueError: one row of gradients a step, one column a weight
    """
    gradients, w = np.asarray(gradients, dtype=float), np.array(start, dtype=float)
    if gradients.ndim != 2 or gradients.shape[1:] != w.shape:
        raise ValueError("one row of gradients a step, one column a weight")
    mean, square = np.zeros_like(w), np.zeros_like(w)
    for step, gradient in enumerate(gradients, start=1):
        w *= 1 - rate * decay
        g = gradient + l2 * w
        mean, square = 0.9 * mean + 0.1 * g, 0.999 * square + 0.001 * g**2
        size = np.sqrt(square / (1 - 0.999**step)) + 1e-8
        w -= rate * mean / (1 - 0.9**step) / size
    return w
