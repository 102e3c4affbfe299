"""A learning-rate schedule: linear warm-up, then a cosine."""

import math


def warmup_cosine(step: int, total: int, peak: float, warmup: int, floor: float = 0.0) -> float:
    """Return the rate of a step, counted from 0.

    The rate climbs in equal parts to the peak, which the last warm-up step has,
    and falls along half a cosine to the floor, which would come at step `total`.

    Examples:
        >>> [round(warmup_cosine(t, total=6, peak=1.0, warmup=2), 3) for t in range(6)]
        [0.5, 1.0, 1.0, 0.854, 0.5, 0.146]

        torch has the falling part:

        >>> import torch
        >>> optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.3)
        >>> schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=20)
        >>> same = []
        >>> for t in range(20):
        ...     rate = optimizer.param_groups[0]["lr"]
        ...     same.append(math.isclose(rate, warmup_cosine(t, 20, 0.3, warmup=0)))
        ...     optimizer.step()
        ...     schedule.step()
        >>> all(same)
        True
        >>> warmup_cosine(0, total=10, peak=1.0, warmup=10)
        Traceback (most recent call last):
        ...
        ValueError: the warm-up must be shorter than the whole
    """
    if warmup >= total:
        raise ValueError("the warm-up must be shorter than the whole")
    if step < warmup:
        return peak * (step + 1) / warmup
    progress = (step - warmup) / (total - warmup)
    return floor + (peak - floor) * (1 + math.cos(math.pi * progress)) / 2
