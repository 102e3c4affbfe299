"""The one-standard-error rule for choosing a penalty."""

import numpy as np
from numpy.typing import ArrayLike


def one_standard_error(penalties: ArrayLike, fold_errors: ArrayLike) -> tuple[float, float]:
    """Return the penalty with the least mean error, and the strongest one hardly worse.

    `fold_errors` has a row for each penalty and a column for each fold. Hardly
    worse means: mean error at most the best mean plus the standard error of that
    best mean over the folds.

    Examples:
        Means 2.4, 1.5 and 1; the best, at penalty 1, has errors 0, 1, 2: standard
        error 1 / sqrt(3) = 0.58. At penalty 2 the mean is 1.5, within reach.

        >>> errors = [[2.0, 2.4, 2.8], [0.9, 1.5, 2.1], [0.0, 1.0, 2.0]]
        >>> one_standard_error([3.0, 2.0, 1.0], errors)
        (1.0, 2.0)

        The first number is scikit-learn's choice, the second is never weaker:

        >>> from sklearn.datasets import load_diabetes
        >>> from sklearn.linear_model import LassoCV
        >>> X, y = load_diabetes(return_X_y=True)
        >>> model = LassoCV(cv=10).fit(X, y)
        >>> best, simple = one_standard_error(model.alphas_, model.mse_path_)
        >>> bool(best == model.alpha_), simple > best
        (True, True)
        >>> one_standard_error([1.0], [[0.5]])
        Traceback (most recent call last):
        ...
        ValueError: a standard error needs two folds or more
    """
    penalties, errors = np.asarray(penalties, dtype=float), np.asarray(fold_errors, dtype=float)
    folds = errors.shape[1]
    if folds < 2:
        raise ValueError("a standard error needs two folds or more")
    means = errors.mean(axis=1)
    best = int(np.argmin(means))
    limit = means[best] + errors[best].std(ddof=1) / np.sqrt(folds)
    return float(penalties[best]), float(penalties[means <= limit].max())
