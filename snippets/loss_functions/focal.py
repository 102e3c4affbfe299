"""The focal loss and its gradient in the logit."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def focal(
    logits: ArrayLike, labels: ArrayLike, gamma: float = 2.0
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return each example's loss -(1 - q)^gamma log q, and its derivative in the logit.

    q is the probability given to the true label. The factor mutes examples
    that are already right, so the many easy ones weigh less in the sum.

    Examples:
        At q = 0.9 the factor is 0.01: the loss falls to a hundredth.

        >>> logit = np.log(9.0)
        >>> [round(float(focal([logit], [1], g)[0][0]), 5) for g in (0, 2)]
        [0.10536, 0.00105]

        With gamma = 0 it is cross-entropy, and torch finds the gradient:

        >>> import torch
        >>> z, y = np.array([-2.0, 0.3, 4.0]), np.array([1.0, 0.0, 1.0])
        >>> t = torch.tensor(z, requires_grad=True)
        >>> bce = torch.nn.functional.binary_cross_entropy_with_logits(
        ...     t, torch.tensor(y), reduction="none")
        >>> ((1 - torch.exp(-bce)) ** 2 * bce).sum().backward()
        >>> np.allclose(focal(z, y, 0)[0], bce.detach()), np.allclose(focal(z, y, 2)[1], t.grad)
        (True, True)
        >>> focal([0.0], [1], gamma=-1)
        Traceback (most recent call last):
        ...
        ValueError: gamma must not be negative
    """
    if gamma < 0:
        raise ValueError("gamma must not be negative")
    sign = 2 * np.asarray(labels, dtype=float) - 1
    log_q = -np.logaddexp(0, -sign * np.asarray(logits, dtype=float))
    q = np.exp(log_q)
    mute = (1 - q) ** gamma
    return -mute * log_q, sign * mute * (gamma * q * log_q + q - 1)
