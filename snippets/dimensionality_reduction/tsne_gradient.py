"""The cost of t-SNE and its gradient."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def tsne_gradient(P: ArrayLike, Y: ArrayLike) -> tuple[float, Array]:
    """Return KL(P || Q) of a map Y and its gradient with respect to each point of the map.

    Q weighs each pair by the Student kernel 1 / (1 + distance squared), normalized over all
    pairs. Each pair pulls where P exceeds Q and pushes where Q exceeds P.

    Examples:
        Three equal similarities and an equilateral triangle match: no cost, no force.

        >>> P = (1 - np.eye(3)) / 6
        >>> triangle = [[0, 0], [1, 0], [0.5, np.sqrt(0.75)]]
        >>> cost, force = tsne_gradient(P, triangle)
        >>> np.allclose(cost, 0), np.allclose(force, 0)
        (True, True)

        torch differentiates the same cost:

        >>> import torch
        >>> rng = np.random.default_rng(0)
        >>> P = rng.random((8, 8)) * (1 - np.eye(8))
        >>> P = (P + P.T) / (P + P.T).sum()
        >>> Y = torch.tensor(rng.normal(size=(8, 2)), requires_grad=True)
        >>> kernel = 1 / (1 + ((Y[:, None] - Y[None]) ** 2).sum(-1)) * (1 - torch.eye(8))
        >>> p, q = torch.tensor(P), kernel / kernel.sum()
        >>> off = ~torch.eye(8, dtype=bool)
        >>> theirs = (p[off] * torch.log(p[off] / q[off])).sum()
        >>> theirs.backward()
        >>> cost, gradient = tsne_gradient(P, Y.detach().numpy())
        >>> np.allclose(cost, theirs.item()), np.allclose(gradient, Y.grad.numpy())
        (True, True)

        >>> tsne_gradient(np.eye(2) / 2, [[0, 0], [1, 1]])
        Traceback (most recent call last):
        ...
        ValueError: no point is its own neighbor: the diagonal of P must be 0
    """
    P, Y = np.asarray(P, dtype=float), np.asarray(Y, dtype=float)
    if np.any(np.diag(P) != 0):
        raise ValueError("no point is its own neighbor: the diagonal of P must be 0")

    apart = Y[:, None] - Y[None]  # (n, n, 2)
    kernel = 1 / (1 + np.sum(apart**2, axis=-1))
    np.fill_diagonal(kernel, 0)
    Q = kernel / kernel.sum()
    used = P > 0
    cost = np.sum(P[used] * np.log(P[used] / Q[used]))
    return float(cost), 4 * np.einsum("ij,ijk->ik", (P - Q) * kernel, apart)
