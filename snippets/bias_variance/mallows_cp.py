"""Mallows' Cp: training error plus the optimism."""

import numpy as np
from numpy.typing import ArrayLike


def mallows_cp(y: ArrayLike, fitted: ArrayLike, df: float, noise_variance: float) -> float:
    """Return an estimate of the error on new labels at the same inputs.

    A linear fit with `df` degrees of freedom is too good on its own labels by
    2 * df * noise_variance / n on average; add that back to its training error.

    Examples:
        A perfect fit to two labels with two parameters and noise 1: 0 + 2 * 2 * 1 / 2.

        >>> mallows_cp([1.0, 3.0], [1.0, 3.0], df=2, noise_variance=1.0)
        2.0

        With normal noise of known variance, AIC ranks models alike: it is n / noise_variance
        times Cp plus a constant, which SciPy's likelihood confirms.

        >>> from scipy.stats import norm
        >>> rng = np.random.default_rng(0)
        >>> y, noise_variance = rng.normal(size=30), 0.7
        >>> offsets = []
        >>> for df in (1, 4, 9):
        ...     fitted = rng.normal(size=30)
        ...     likelihood = norm.logpdf(y, fitted, np.sqrt(noise_variance)).sum()
        ...     aic = -2 * likelihood + 2 * df
        ...     cp = mallows_cp(y, fitted, df, noise_variance)
        ...     offsets.append(aic - 30 / noise_variance * cp)
        >>> np.allclose(offsets, 30 * np.log(2 * np.pi * noise_variance))
        True

        >>> mallows_cp([1.0], [1.0, 2.0], 1, 1.0)
        Traceback (most recent call last):
        ...
        ValueError: y and fitted must have equal lengths
    """
    y, fitted = np.asarray(y, dtype=float), np.asarray(fitted, dtype=float)
    if y.shape != fitted.shape:
        raise ValueError("y and fitted must have equal lengths")

    training_error = np.mean((y - fitted) ** 2)
    return float(training_error + 2 * df * noise_variance / y.size)
