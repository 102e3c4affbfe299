"""Average precision as object detection counts it."""

from collections.abc import Sequence

import numpy as np


def detection_ap(hits: Sequence[int], objects: int, points: int | None = None) -> float:
    """Return the mean of the best precision still to be had at a recall.

    `hits` are the detections by falling confidence: 1 where a new object is
    matched, 0 for a false or second box. Each precision is lifted to the highest
    one at its recall or beyond. The mean is over `points` equally spaced recalls
    (11: VOC 2007, 101: COCO) or, by default, over the objects (VOC 2010).
    Objects never found count zero.

    Examples:
        >>> detection_ap([1, 0, 1], objects=2)  # 1 and 2/3
        0.8333333333333333
        >>> [round(detection_ap([1, 0, 1], 2, points), 4) for points in (11, 101)]
        [0.8485, 0.835]

        By definition the lifted precision is a maximum, here taken one by one:

        >>> hits = np.random.default_rng(0).integers(0, 2, size=60)
        >>> found = np.cumsum(hits)
        >>> precision = found / np.arange(1, 61)
        >>> best = [max(precision[found >= n], default=0) for n in range(1, 41)]
        >>> np.allclose(detection_ap(hits.tolist(), objects=40), np.mean(best))
        True

        More hits than objects means that a second box was counted:

        >>> detection_ap([1, 1], objects=1)
        Traceback (most recent call last):
        ...
        ValueError: more hits than objects
    """
    found = np.cumsum(hits)
    if objects < 1 or (found.size and found[-1] > objects):
        raise ValueError("more hits than objects")

    lifted = np.maximum.accumulate((found / np.arange(1, len(found) + 1))[::-1])[::-1]
    if points is None:
        needed = np.arange(1, objects + 1)
    else:  # objects needed for recall i / (points - 1), in whole numbers: no rounding
        needed = -(-np.arange(points) * objects // (points - 1))
    first = np.searchsorted(found, needed)  # where that many are found
    return float(np.mean(np.append(lifted, 0.0)[first]))
