"""Check a gradient by central differences."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Vector = NDArray[np.float64]


def central_difference(f: Callable[[Vector], float], w: ArrayLike, h: float = 1e-5) -> Vector:
    """Return the gradient of f at w from two values of f for each weight.

    (f(w + h) - f(w - h)) / 2h has an error of order h^2 from the curve and of
    order 1e-16 / h from rounding; they balance near h = 1e-5 for values near 1.

    Examples:
        >>> central_difference(lambda w: float(w[0] ** 2 + 3 * w[1]), [2.0, 7.0]).round(6).tolist()
        [4.0, 3.0]

        It agrees with autograd on a small net:

        >>> import torch
        >>> rng = np.random.default_rng(0)
        >>> x, w = torch.tensor(rng.normal(size=(20, 4))), rng.normal(size=4)
        >>> t = torch.tensor(w, requires_grad=True)
        >>> torch.tanh(x @ t).pow(2).mean().backward()
        >>> f = lambda v: float(torch.tanh(x @ torch.tensor(v)).pow(2).mean())
        >>> np.allclose(central_difference(f, w), t.grad, atol=1e-9)
        True
        >>> central_difference(lambda w: 0.0, [1.0], h=0.0)
        Traceback (most recent call last):
        ...
        ValueError: h must be positive
    """
    if h <= 0:
        raise ValueError("h must be positive")
    w = np.asarray(w, dtype=float)
    return np.array([(f(w + h * unit) - f(w - h * unit)) / (2 * h) for unit in np.eye(w.size)])
