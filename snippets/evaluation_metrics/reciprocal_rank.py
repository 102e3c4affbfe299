"""Mean reciprocal rank."""

from collections.abc import Sequence

import numpy as np


def reciprocal_rank(queries: Sequence[Sequence[int]], k: int | None = None) -> float:
    """Return the mean over queries of 1 / rank of the first relevant item.

    A query is its ranked list, 1 where the item is relevant. A query whose
    first k hold nothing relevant scores 0, and stays in the mean.

    Examples:
        >>> reciprocal_rank([[0, 1, 0], [1, 0, 1], [0, 0, 0]])  # (1/2 + 1 + 0) / 3
        0.5

        With one relevant item a query it is scikit-learn's ranking average precision:

        >>> from sklearn.metrics import label_ranking_average_precision_score
        >>> rng = np.random.default_rng(0)
        >>> queries = np.eye(10, dtype=int)[rng.integers(0, 10, size=50)]
        >>> order = np.tile(np.arange(10, 0, -1), (50, 1))
        >>> theirs = label_ranking_average_precision_score(queries, order)
        >>> np.allclose(reciprocal_rank(queries.tolist()), theirs)
        True

        No query, no mean:

        >>> reciprocal_rank([])
        Traceback (most recent call last):
        ...
        ValueError: reciprocal_rank needs a query
    """
    if not queries:
        raise ValueError("reciprocal_rank needs a query")
    found = []
    for query in queries:
        ranks = np.flatnonzero(np.asarray(query)[:k])
        found.append(1 / (ranks[0] + 1) if ranks.size else 0.0)
    return float(np.mean(found))
