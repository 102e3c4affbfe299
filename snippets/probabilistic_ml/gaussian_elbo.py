"""The evidence lower bound of a model whose posterior is known."""

import numpy as np


def gaussian_elbo(x: float, mean: float, sd: float) -> tuple[float, float, float]:
    """Return the bound, the divergence KL(q || posterior) and the log evidence of one observation.

    The latent z has the prior N(0, 1), and x given z is N(z, 1). So x is N(0, 2) and the posterior
    is N(x / 2, 1 / 2). The bound for q = N(mean, sd^2) is expected fit less KL(q || prior).

    Examples:
        At the posterior itself the bound is tight:

        >>> bound, divergence, evidence = gaussian_elbo(1.0, 0.5, 0.5**0.5)
        >>> np.allclose(bound, evidence), np.allclose(divergence, 0)
        (True, True)

        Anywhere else bound and divergence add up to the evidence, which SciPy integrates:

        >>> from scipy.integrate import quad
        >>> from scipy.stats import norm
        >>> bound, divergence, evidence = gaussian_elbo(1.3, -0.2, 0.4)
        >>> np.allclose(bound + divergence, evidence)
        True
        >>> integral, _ = quad(lambda z: norm.pdf(1.3, z) * norm.pdf(z), -10, 10)
        >>> np.allclose(evidence, np.log(integral))
        True

        >>> gaussian_elbo(1.0, 0.0, 0.0)
        Traceback (most recent call last):
        ...
        ValueError: q needs a positive standard deviation
    """
    if sd <= 0:
        raise ValueError("q needs a positive standard deviation")

    fit = -(np.log(2 * np.pi) + (x - mean) ** 2 + sd**2) / 2  # expectation of log p(x | z)
    to_prior = (mean**2 + sd**2 - 1 - np.log(sd**2)) / 2
    to_posterior = ((mean - x / 2) ** 2 / 0.5 + sd**2 / 0.5 - 1 - np.log(sd**2 / 0.5)) / 2
    evidence = -(np.log(2 * np.pi * 2) + x**2 / 2) / 2
    return float(fit - to_prior), float(to_posterior), float(evidence)
