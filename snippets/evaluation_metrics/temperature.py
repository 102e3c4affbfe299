"""Temperature scaling: one number that softens a classifier."""

import numpy as np
from numpy.typing import ArrayLike


def temperature(labels: ArrayLike, logits: ArrayLike) -> float:
    """Return the T that makes softmax(logits / T) most likely, by Newton on b = 1/T.

    The loss is convex in b. Its slope is the mean expected logit minus the mean
    true logit; its curvature is the mean variance of the logit under the model.

    Examples:
        Right with odds 3:1 but logits that claim 9:1, so ln 9 / ln 3 = 2:

        >>> logits = [[np.log(9), 0]] * 4
        >>> round(temperature([0, 0, 0, 1], logits), 6)
        2.0

        SciPy's minimizer finds the same T:

        >>> from scipy.optimize import minimize_scalar
        >>> from scipy.special import log_softmax
        >>> rng = np.random.default_rng(0)
        >>> logits = rng.normal(size=(300, 4))
        >>> labels = np.array([rng.choice(4, p=np.exp(row)) for row in log_softmax(logits, 1)])
        >>> def loss(t): return -log_softmax(3 * logits / t, 1)[np.arange(300), labels].mean()
        >>> theirs = minimize_scalar(loss, bounds=(0.5, 20), method="bounded").x
        >>> np.allclose(temperature(labels, 3 * logits), theirs, atol=1e-4)
        True

        Without an error no T is best: T goes to 0.

        >>> temperature([0, 1], [[2, 0], [0, 2]])
        Traceback (most recent call last):
        ...
        ValueError: all examples are right: the best temperature is 0
    """
    y, z = np.asarray(labels), np.asarray(logits, dtype=float)
    true = z[np.arange(len(y)), y]
    if (true == z.max(axis=1)).all():
        raise ValueError("all examples are right: the best temperature is 0")

    b = 0.0
    for _ in range(100):
        p = np.exp(b * (z - z.max(axis=1, keepdims=True)))
        p /= p.sum(axis=1, keepdims=True)
        mean = (p * z).sum(axis=1)
        curvature = np.mean((p * z**2).sum(axis=1) - mean**2)
        b -= float(np.mean(mean - true) / curvature)
    return 1 / b
