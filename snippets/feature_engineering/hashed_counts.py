"""The hashing trick: counts of tokens in a fixed number of columns."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from sklearn.utils import murmurhash3_32


def hashed_counts(tokens: Iterable[str], buckets: int) -> NDArray[np.float64]:
    """Return signed counts of tokens by the bucket their hash falls into.

    No vocabulary is kept: a new token has its place already. Tokens that
    collide are added up with random signs, so that on average they cancel.

    Examples:
        >>> hashed_counts(["city=Oslo", "city=Oslo", "hour=7"], buckets=6).tolist()
        [0.0, 2.0, 0.0, 0.0, 0.0, -1.0]

        scikit-learn's hasher fills the same buckets:

        >>> from sklearn.feature_extraction import FeatureHasher
        >>> tokens = [f"user={n % 37}" for n in range(500)]
        >>> hasher = FeatureHasher(n_features=16, input_type="string")
        >>> np.allclose(hashed_counts(tokens, 16), hasher.transform([tokens]).toarray()[0])
        True
        >>> hashed_counts(["a"], buckets=0)
        Traceback (most recent call last):
        ...
        ValueError: at least one bucket
    """
    if buckets < 1:
        raise ValueError("at least one bucket")
    row = np.zeros(buckets)
    for token in tokens:
        key = int(murmurhash3_32(token.encode(), seed=0))
        row[abs(key) % buckets] += 1 if key >= 0 else -1
    return row
