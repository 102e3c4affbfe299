"""One ridge penalty under the names that libraries give it."""


def same_fit(penalty: float, n: int) -> dict[str, float]:
    """Return the setting, for each name, that minimizes |y - Xw|^2 / 2 + penalty |w|^2 / 2.

    Three things differ: whether the loss is summed or averaged over the n
    examples, whether it carries a factor 1/2, and whether the penalty does.

    Examples:
        >>> same_fit(penalty=6.0, n=3)["torch SGD weight_decay, mean squared error"]
        4.0

        scikit-learn's estimators, each with its own setting, fit the same weights:

        >>> import numpy as np
        >>> from sklearn.linear_model import ElasticNet, Ridge
        >>> from sklearn.svm import LinearSVR
        >>> rng = np.random.default_rng(0)
        >>> X, y = rng.normal(size=(50, 3)), rng.normal(size=50)
        >>> name = same_fit(penalty=10.0, n=50)
        >>> ours = np.linalg.solve(X.T @ X + 10.0 * np.eye(3), X.T @ y)
        >>> free = {"fit_intercept": False, "tol": 1e-10}
        >>> one = Ridge(alpha=name["Ridge alpha"], **free)
        >>> two = ElasticNet(alpha=name["ElasticNet alpha, l1_ratio=0"], l1_ratio=0.001, **free)
        >>> three = LinearSVR(C=name["LinearSVR C"], loss="squared_epsilon_insensitive", **free)
        >>> np.allclose(one.fit(X, y).coef_, ours)
        True
        >>> np.allclose(two.fit(X, y).coef_, ours, atol=1e-3)
        True
        >>> np.allclose(three.fit(X, y).coef_, ours)
        True
        >>> same_fit(penalty=0.0, n=3)
        Traceback (most recent call last):
        ...
        ValueError: C is one over the penalty, which must be positive
    """
    if penalty <= 0:
        raise ValueError("C is one over the penalty, which must be positive")
    return {
        "Ridge alpha": penalty,
        "ElasticNet alpha, l1_ratio=0": penalty / n,
        "SGDRegressor alpha": penalty / n,
        "LinearSVR C": 1 / (2 * penalty),
        "torch SGD weight_decay, summed half squared error": penalty,
        "torch SGD weight_decay, mean squared error": 2 * penalty / n,
    }
