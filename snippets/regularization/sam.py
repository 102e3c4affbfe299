"""One step of sharpness-aware minimization."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray


def sam_step(
    gradient: Callable[[NDArray[np.float64]], ArrayLike],
    w: ArrayLike,
    rate: float,
    radius: float,
) -> NDArray[np.float64]:
    """Return w after one gradient step that uses the gradient at a worse point nearby.

    To first order the worst point within `radius` of w lies along the gradient.
    The gradient is taken there and applied at w: two gradients a step.

    Examples:
        For f(w) = w^2 / 2 at 1 the worst point within 0.5 is 1.5, so the step is
        0.1 * 1.5 where plain descent takes 0.1 * 1.

        >>> sam_step(lambda w: w, [1.0], rate=0.1, radius=0.5).round(6)
        array([0.85])

        On a quadratic with Hessian H the closed form is Hw + radius H Hw / |Hw|,
        which torch's autograd confirms:

        >>> import torch
        >>> H, w = torch.tensor([[3.0, 1.0], [1.0, 0.5]]), torch.tensor([1.0, -2.0])
        >>> slope = torch.func.grad(lambda v: v @ H @ v / 2)
        >>> expected = w - 0.1 * slope(w + 0.2 * slope(w) / slope(w).norm())
        >>> ours = sam_step(lambda v: H.numpy() @ v, w.numpy(), rate=0.1, radius=0.2)
        >>> np.allclose(ours, expected.numpy())
        True

        At a stationary point there is no direction to look in:

        >>> sam_step(lambda w: w, [0.0], rate=0.1, radius=0.5)
        array([0.])
    """
    w = np.asarray(w, dtype=float)
    here = np.asarray(gradient(w), dtype=float)
    size = np.linalg.norm(here)
    if size == 0:
        return w
    worse = w + radius * here / size
    return w - rate * np.asarray(gradient(worse), dtype=float)
