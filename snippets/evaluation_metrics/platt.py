"""Platt scaling: a logistic curve from scores to probabilities."""

import numpy as np
from numpy.typing import ArrayLike


def platt(labels: ArrayLike, scores: ArrayLike) -> tuple[float, float]:
    """Return slope and intercept of p = sigmoid(slope * score + intercept).

    Targets are pulled in to (n1 + 1) / (n1 + 2) and 1 / (n0 + 2), Platt's guard
    against separable scores; then Newton steps on the cross-entropy.

    Examples:
        >>> slope, intercept = platt([0, 1], [-1, 1])  # targets 1/3 and 2/3
        >>> round(slope, 4), round(intercept, 4)  # slope ln 2
        (0.6931, 0.0)

        Each example twice, weighted by its target, is a job for scikit-learn:

        >>> from sklearn.linear_model import LogisticRegression
        >>> rng = np.random.default_rng(0)
        >>> scores = rng.normal(size=200)
        >>> labels = (rng.random(200) < 1 / (1 + np.exp(-2 * scores))).astype(int)
        >>> n1 = labels.sum()
        >>> target = np.where(labels, (n1 + 1) / (n1 + 2), 1 / (202 - n1))
        >>> fit = LogisticRegression(C=np.inf, tol=1e-10).fit(
        ...     np.r_[scores, scores][:, None], np.r_[np.ones(200), np.zeros(200)],
        ...     sample_weight=np.r_[target, 1 - target])
        >>> theirs = fit.coef_[0, 0], fit.intercept_[0]
        >>> np.allclose(platt(labels, scores), theirs, atol=1e-5)
        True

        >>> platt([1, 1], [0.3, 0.4])
        Traceback (most recent call last):
        ...
        ValueError: platt needs both classes
    """
    y, s = np.asarray(labels, dtype=bool), np.asarray(scores, dtype=float)
    n1, n0 = y.sum(), (~y).sum()
    if not (n1 and n0):
        raise ValueError("platt needs both classes")

    target = np.where(y, (n1 + 1) / (n1 + 2), 1 / (n0 + 2))
    design = np.column_stack([s, np.ones_like(s)])
    weights = np.zeros(2)
    for _ in range(50):
        p = 1 / (1 + np.exp(-design @ weights))
        hessian = design.T @ (design * (p * (1 - p))[:, None])
        weights -= np.linalg.solve(hessian, design.T @ (p - target))
    return float(weights[0]), float(weights[1])
