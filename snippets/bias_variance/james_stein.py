"""The James-Stein estimator of many means."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def james_stein(z: ArrayLike, noise_variance: float = 1.0) -> NDArray[np.float64]:
    """Return the positive-part James-Stein estimate of each row's mean vector.

    Each row of z is one observation of d >= 3 means with independent normal noise. All
    d numbers are shrunk toward zero by one factor, 1 - (d - 2) noise_variance / |z|^2,
    or set to zero where that factor would turn negative.

    Examples:
        Four means, |z|^2 = 4: the factor is 1 - 2/4.

        >>> james_stein([[1.0, 1.0, 1.0, 1.0]]).tolist()
        [[0.5, 0.5, 0.5, 0.5]]

        For true means (3, 0, ..., 0) in ten dimensions the total squared error is below 10,
        that of z itself, though z is unbiased and has the largest likelihood:

        >>> rng = np.random.default_rng(0)
        >>> means = np.array([3.0] + [0.0] * 9)
        >>> z = means + rng.normal(size=(50_000, 10))
        >>> np.allclose(np.mean(np.sum((z - means) ** 2, axis=1)), 10, atol=0.1)
        True
        >>> round(float(np.mean(np.sum((james_stein(z) - means) ** 2, axis=1))), 1)
        5.9

        In one or two dimensions nothing beats z everywhere, and the formula does not apply:

        >>> james_stein([[1.0, 1.0]])
        Traceback (most recent call last):
        ...
        ValueError: james_stein needs at least three means
    """
    z = np.asarray(z, dtype=float)
    d = z.shape[-1]
    if d < 3:
        raise ValueError("james_stein needs at least three means")

    factor = 1 - (d - 2) * noise_variance / np.sum(z**2, axis=-1, keepdims=True)
    return np.asarray(np.maximum(factor, 0.0) * z)
