"""Backpropagation through two layers, by hand."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def backprop(
    X: ArrayLike, labels: ArrayLike, W1: ArrayLike, W2: ArrayLike
) -> tuple[float, Array, Array]:
    """Return the mean cross-entropy of a ReLU network and the gradients of both weight matrices.

    Forward, keeping what each layer saw. Backward: the gradient at a layer's output times its
    local derivative is the gradient at its input; the weights' gradient is input times that.

    Examples:
        With zero weights all classes are equally likely, and nothing passes to the first layer:

        >>> loss, G1, G2 = backprop([[1.0, 2.0]], [0], np.zeros((2, 3)), np.zeros((3, 2)))
        >>> round(loss, 3), float(np.abs(G1).max())
        (0.693, 0.0)

        torch finds the same gradients:

        >>> import torch
        >>> rng = np.random.default_rng(0)
        >>> X, labels = rng.normal(size=(8, 4)), rng.integers(0, 3, size=8)
        >>> W1, W2 = rng.normal(size=(4, 6)), rng.normal(size=(6, 3))
        >>> loss, G1, G2 = backprop(X, labels, W1, W2)
        >>> A, B = (torch.tensor(W, requires_grad=True) for W in (W1, W2))
        >>> scores = torch.relu(torch.tensor(X) @ A) @ B
        >>> theirs = torch.nn.functional.cross_entropy(scores, torch.tensor(labels))
        >>> theirs.backward()
        >>> np.allclose(loss, theirs.item())
        True
        >>> np.allclose(G1, A.grad.numpy()), np.allclose(G2, B.grad.numpy())
        (True, True)

        >>> backprop(X, labels, W1.T, W2)
        Traceback (most recent call last):
        ...
        ValueError: the shapes of X, W1 and W2 do not chain
    """
    X, W1, W2 = (np.asarray(a, dtype=float) for a in (X, W1, W2))
    labels = np.asarray(labels, dtype=int)
    if X.shape[1] != W1.shape[0] or W1.shape[1] != W2.shape[0]:
        raise ValueError("the shapes of X, W1 and W2 do not chain")

    before = X @ W1
    hidden = np.maximum(before, 0)
    scores = hidden @ W2
    log_p = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)

    at_scores = (np.exp(log_p) - np.eye(W2.shape[1])[labels]) / len(X)  # p - y, over the mean
    at_before = (at_scores @ W2.T) * (before > 0)  # through W2, then through the ReLU
    loss = -log_p[np.arange(len(X)), labels].mean()
    return float(loss), X.T @ at_before, hidden.T @ at_scores
