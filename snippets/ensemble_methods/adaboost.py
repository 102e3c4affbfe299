"""AdaBoost with stumps, for labels -1 and 1."""

import numpy as np
from numpy.typing import ArrayLike
from sklearn.tree import DecisionTreeClassifier


def adaboost(
    X: ArrayLike, y: ArrayLike, rounds: int
) -> list[tuple[float, float, DecisionTreeClassifier]]:
    """Return one (weight of the vote, weighted error, stump) a round.

    Each stump is fitted to weighted rows. With weighted error e it votes with
    alpha = log((1 - e) / e) / 2, and row i is then multiplied by exp(-alpha y_i h(x_i)),
    which gives the rows it got wrong half of the total weight.

    Examples:
        >>> X, y = [[1], [2], [3], [4]], [1, 1, -1, 1]
        >>> [(round(a, 3), round(e, 3)) for a, e, _ in adaboost(X, y, rounds=2)]
        [(0.549, 0.25), (0.805, 0.167)]

        scikit-learn calls twice alpha the estimator weight:

        >>> from sklearn.ensemble import AdaBoostClassifier
        >>> rng = np.random.default_rng(0)
        >>> X = rng.normal(size=(200, 4))
        >>> y = np.where(np.sum(X**2, axis=1) > 3.4, 1, -1)
        >>> model = AdaBoostClassifier(n_estimators=30, random_state=0).fit(X, y)
        >>> alphas = [alpha for alpha, _, _ in adaboost(X, y, rounds=30)]
        >>> np.allclose(2 * np.array(alphas), model.estimator_weights_)
        True

        >>> adaboost([[0], [1]], [0, 1], rounds=1)
        Traceback (most recent call last):
        ...
        ValueError: labels must be -1 and 1
    """
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if set(np.unique(y)) != {-1.0, 1.0}:
        raise ValueError("labels must be -1 and 1")

    weights, members = np.full(len(y), 1 / len(y)), []
    for _ in range(rounds):
        stump = DecisionTreeClassifier(max_depth=1, random_state=0).fit(X, y, weights)
        votes = stump.predict(X)
        error = float(weights[votes != y].sum())
        if not 0 < error < 0.5:  # perfect, or no better than a coin: nothing to add
            break
        alpha = float(np.log((1 - error) / error) / 2)
        weights = weights * np.exp(-alpha * y * votes)
        weights /= weights.sum()
        members.append((alpha, error, stump))
    return members
