"""Early stopping with patience."""

import math
from collections.abc import Iterable


def stop_with_patience(losses: Iterable[float], patience: int) -> tuple[int, int]:
    """Return the epoch whose weights to keep, and the epoch at which training ends.

    Training ends when the validation loss has not improved on its best value for
    `patience` epochs in a row, or when the losses end. The weights to keep are
    those of the best epoch, so a checkpoint has to be written at each new best.

    Examples:
        >>> losses = [5.0, 3.0, 3.2, 2.0, 2.5, 2.6, 1.0]
        >>> stop_with_patience(losses, patience=1)  # the first rise ends it
        (1, 2)
        >>> stop_with_patience(losses, patience=2)
        (3, 5)

        With patience to the end it is the argmin:

        >>> import numpy as np
        >>> losses = np.random.default_rng(0).normal(size=200)
        >>> stop_with_patience(losses, patience=200)[0] == int(np.argmin(losses))
        True

        A loss that is not a number never counts as an improvement:

        >>> stop_with_patience([2.0, float("nan"), float("nan"), 1.0], patience=2)
        (0, 2)
        >>> stop_with_patience([float("nan"), 3.0, 2.0], patience=2)
        (2, 2)
        >>> stop_with_patience([], patience=2)
        Traceback (most recent call last):
        ...
        ValueError: no losses were given
    """
    best, kept, epoch = math.inf, -1, -1
    for epoch, loss in enumerate(losses):
        if loss < best or kept < 0:
            best, kept = min(best, loss), epoch
        if epoch - kept >= patience:
            break
    if kept < 0:
        raise ValueError("no losses were given")
    return kept, epoch
