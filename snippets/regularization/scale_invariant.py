"""The gradient of a loss that does not see the length of its weights."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def normalized_gradient(X: ArrayLike, y: ArrayLike, w: ArrayLike) -> NDArray[np.float64]:
    """Return the gradient in w of mean (y - z)^2 / 2, where z is Xw normalized over the batch.

    z = (Xw - mean) / sd, as in batch normalization, is the same for w and 10 w.
    So the gradient is orthogonal to w, and ten times shorter at 10 w: the longer
    the weights, the smaller the step that a fixed learning rate takes.

    Examples:
        >>> rng = np.random.default_rng(0)
        >>> X, y, w = rng.normal(size=(16, 3)), rng.normal(size=16), np.array([1.0, 2.0, 3.0])
        >>> gradient = normalized_gradient(X, y, w)
        >>> round(abs(float(gradient @ w)), 12)
        0.0
        >>> np.allclose(normalized_gradient(X, y, 10 * w), gradient / 10)
        True

        torch, with its own batch normalization:

        >>> import torch
        >>> v = torch.tensor(w, requires_grad=True)
        >>> out = torch.tensor(X) @ v
        >>> z = torch.nn.functional.batch_norm(out[:, None], None, None, training=True, eps=1e-14)
        >>> ((torch.tensor(y) - z[:, 0]) ** 2 / 2).mean().backward()
        >>> np.allclose(gradient, v.grad.numpy())
        True
        >>> normalized_gradient(X, y, [0.0, 0.0, 0.0])
        Traceback (most recent call last):
        ...
        ValueError: outputs that do not vary cannot be normalized
    """
    X, y, w = (np.asarray(a, dtype=float) for a in (X, y, w))
    out = X @ w
    sd = out.std()
    if sd == 0:
        raise ValueError("outputs that do not vary cannot be normalized")
    z = (out - out.mean()) / sd
    by_z = (z - y) / len(y)
    by_out = (by_z - by_z.mean() - z * np.mean(by_z * z)) / sd
    gradient: NDArray[np.float64] = X.T @ by_out
    return gradient
