"""The steps that Adam takes for a sequence of gradients."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def adam_updates(
    gradients: ArrayLike,
    rate: float = 1e-3,
    betas: tuple[float, float] = (0.9, 0.999),
    eps: float = 1e-8,
    correct: bool = True,
) -> NDArray[np.float64]:
    """Return the change of the weights at each step, one row a step.

    m averages the gradients and v their squares, both with weights that fade by
    beta a step. Dividing by 1 - beta^t repairs the start at zero. The change is
    -rate m / (sqrt(v) + eps), for each weight by itself.

    Examples:
        The first step has the size of the rate, whatever the gradient:

        >>> adam_updates([[1000.0, -0.001]], rate=0.1).round(4).tolist()
        [[-0.1, 0.1]]

        torch takes the same steps:

        >>> import torch
        >>> g = np.random.default_rng(0).normal(size=(40, 3)) * [100, 1, 0.01]
        >>> w = torch.zeros(3, dtype=torch.float64, requires_grad=True)
        >>> optimizer = torch.optim.Adam([w], lr=0.01)
        >>> for row in torch.tensor(g):
        ...     w.grad = row
        ...     optimizer.step()
        >>> np.allclose(adam_updates(g, rate=0.01).sum(axis=0), w.detach())
        True

        Without the correction the first step is 0.1 / sqrt(0.001) times too long:

        >>> adam_updates([[5.0]], rate=1.0, correct=False).round(3).tolist()
        [[-3.162]]
        >>> adam_updates([1.0, 2.0])
        Traceback (most recent call last):
        ...
        ValueError: gradients need one row a step and one column a weight
    """
    gradients = np.asarray(gradients, dtype=float)
    if gradients.ndim != 2:
        raise ValueError("gradients need one row a step and one column a weight")
    m, v, changes = np.zeros(gradients.shape[1]), np.zeros(gradients.shape[1]), []
    for t, g in enumerate(gradients, start=1):
        m = betas[0] * m + (1 - betas[0]) * g
        v = betas[1] * v + (1 - betas[1]) * g**2
        repair = (1 - betas[0] ** t, 1 - betas[1] ** t) if correct else (1.0, 1.0)
        changes.append(-rate * (m / repair[0]) / (np.sqrt(v / repair[1]) + eps))
    return np.array(changes)
