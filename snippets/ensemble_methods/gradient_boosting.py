"""Gradient boosting of regression trees, for squared and absolute loss."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.tree import DecisionTreeRegressor


def gradient_boosting(
    X: ArrayLike, y: ArrayLike, new: ArrayLike, rounds: int = 100,
    rate: float = 0.1, depth: int = 3, loss: str = "squared",
) -> NDArray[np.float64]:  # fmt: skip
    """Return the predictions at `new` after each round, one row a round, the start first.

    A tree is fitted to the negative gradient of the loss: the residual, or its
    sign for absolute loss. Then each leaf is refilled with the constant that suits
    the loss best, the mean or the median of its residuals, times the rate.

    Examples:
        >>> gradient_boosting([[0], [1]], [0, 10], [[1]], rounds=2, rate=0.5).ravel().tolist()
        [5.0, 7.5, 8.75]

        scikit-learn agrees, for both losses:

        >>> from sklearn.ensemble import GradientBoostingRegressor
        >>> rng = np.random.default_rng(0)
        >>> X, y = rng.normal(size=(90, 4)), rng.standard_t(2, size=90)
        >>> for loss in ("squared", "absolute"):
        ...     model = GradientBoostingRegressor(loss=f"{loss}_error", random_state=0).fit(X, y)
        ...     ours = gradient_boosting(X, y, X, loss=loss)[1:]
        ...     print(np.allclose(ours, list(model.staged_predict(X))))
        True
        True

        >>> gradient_boosting([[0]], [0], [[0]], loss="log")
        Traceback (most recent call last):
        ...
        ValueError: the loss is squared or absolute
    """
    X, y, new = (np.asarray(values, dtype=float) for values in (X, y, new))
    squared = loss == "squared"
    if loss not in ("squared", "absolute"):
        raise ValueError("the loss is squared or absolute")

    def best(values: NDArray[np.float64]) -> float:  # of two middle values, the lower
        return float(np.mean(values) if squared else np.sort(values)[(len(values) - 1) // 2])

    start = np.mean(y) if squared else np.median(y)
    draws = np.random.RandomState(0)  # breaks ties between equally good splits
    fitted, path = np.full(len(y), start), [np.full(len(new), start)]
    for _ in range(rounds):
        residuals = y - fitted
        target = residuals if squared else np.where(residuals > 0, 1.0, -1.0)
        tree = DecisionTreeRegressor(max_depth=depth, random_state=draws).fit(X, target)
        value, leaf, new_leaf = np.zeros(tree.tree_.node_count), tree.apply(X), tree.apply(new)
        for one in np.unique(leaf):
            value[one] = rate * best(residuals[leaf == one])
        fitted = fitted + value[leaf]
        path.append(path[-1] + value[new_leaf])
    return np.array(path)
