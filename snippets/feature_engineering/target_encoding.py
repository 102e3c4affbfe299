"""Smoothed target encoding of a category."""

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import ArrayLike


def target_encoding(
    categories: Sequence[Hashable], targets: ArrayLike, strength: float
) -> dict[Hashable, float]:
    """Return each category's mean target, pulled toward the overall mean.

    A category with n rows keeps the share n / (n + strength) of its own mean:
    the strength is the number of rows that the overall mean is worth. Rows
    encoded by their own targets leak them; see `cross_fitted`.

    Examples:
        The overall mean is 0.5; b, with one row, moves halfway to it, a only a quarter:

        >>> target_encoding(["a", "a", "a", "b"], [1, 0, 0, 1], strength=1)
        {'a': 0.375, 'b': 0.75}

        scikit-learn's encoder learns the same values:

        >>> from sklearn.preprocessing import TargetEncoder
        >>> rng = np.random.default_rng(0)
        >>> x, y = rng.integers(0, 30, size=200), rng.normal(size=200)
        >>> encoder = TargetEncoder(smooth=5.0, target_type="continuous").fit(x[:, None], y)
        >>> ours = target_encoding(x.tolist(), y, strength=5.0)
        >>> np.allclose([ours[one] for one in encoder.categories_[0]], encoder.encodings_[0])
        True
        >>> target_encoding(["a"], [1], strength=-1)
        Traceback (most recent call last):
        ...
        ValueError: strength must not be negative
    """
    if strength < 0:
        raise ValueError("strength must not be negative")
    y = np.asarray(targets, dtype=float)
    overall = float(y.mean())
    rows: dict[Hashable, list[int]] = {}
    for at, category in enumerate(categories):
        rows.setdefault(category, []).append(at)
    return {
        category: float((y[at].sum() + strength * overall) / (len(at) + strength))
        for category, at in rows.items()
    }
