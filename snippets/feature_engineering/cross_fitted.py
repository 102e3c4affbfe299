"""Target encoding without a look at the row's own target."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def cross_fitted(
    categories: ArrayLike, targets: ArrayLike, strength: float, folds: int = 5
) -> NDArray[np.float64]:
    """Return encodings of the training rows, each from the folds it is not in.

    The rows are cut into consecutive folds (shuffle before, unless they are in
    random order). A category that the other folds lack gets their overall mean.
    New data are encoded from all the training rows.

    Examples:
        Each row of a pair is encoded by the other one:

        >>> cross_fitted([7, 7], [0.0, 1.0], strength=0, folds=2).tolist()
        [1.0, 0.0]

        scikit-learn's fit_transform does this; its fit and transform do not:

        >>> from sklearn.model_selection import KFold
        >>> from sklearn.preprocessing import TargetEncoder
        >>> rng = np.random.default_rng(0)
        >>> x, y = rng.integers(0, 60, size=200), rng.normal(size=200)
        >>> encoder = TargetEncoder(smooth=3.0, target_type="continuous", cv=KFold(5))
        >>> ours = cross_fitted(x, y, strength=3.0)
        >>> np.allclose(ours, encoder.fit_transform(x[:, None], y)[:, 0])
        True
        >>> np.allclose(ours, encoder.fit(x[:, None], y).transform(x[:, None])[:, 0])
        False
        >>> cross_fitted([1], [0.0], strength=1)
        Traceback (most recent call last):
        ...
        ValueError: fewer rows than folds
    """
    x, y = np.asarray(categories), np.asarray(targets, dtype=float)
    if len(y) < folds:
        raise ValueError("fewer rows than folds")
    codes = np.unique(x, return_inverse=True)[1]
    encoded = np.empty(len(y))
    for fold in np.array_split(np.arange(len(y)), folds):
        others = np.ones(len(y), dtype=bool)
        others[fold] = False
        mean = y[others].mean()
        counts = np.bincount(codes[others], minlength=codes.max() + 1)
        sums = np.bincount(codes[others], weights=y[others], minlength=codes.max() + 1)
        weight = counts + strength
        known = np.divide(sums + strength * mean, weight, where=weight > 0,
                          out=np.full(len(weight), mean))  # fmt: skip
        encoded[fold] = np.where(counts > 0, known, mean)[codes[fold]]
    return encoded
