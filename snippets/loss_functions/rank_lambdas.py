"""The gradients of RankNet and LambdaRank for one query."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def rank_lambdas(
    relevance: ArrayLike, scores: ArrayLike, weigh: bool = True
) -> NDArray[np.float64]:
    """Return the derivative of the pairwise loss in each document's score.

    Each pair in which i is more relevant than j costs log(1 + e^-(s_i - s_j)).
    RankNet adds the pairs up. LambdaRank weighs each by how much NDCG would
    change if the two swapped places (gain = relevance, all ranks counted).

    Examples:
        Two documents with equal scores push each other apart:

        >>> rank_lambdas([1, 0], [0.0, 0.0], weigh=False)
        array([-0.5,  0.5])

        torch differentiates the same loss, with scikit-learn's NDCG for the swaps:

        >>> import torch
        >>> from sklearn.metrics import ndcg_score
        >>> r, s = np.array([3, 0, 1, 2]), np.array([0.2, 1.5, -0.3, 0.1])
        >>> t, loss = torch.tensor(s, requires_grad=True), 0.0
        >>> for i, j in [(0, 1), (0, 2), (0, 3), (2, 1), (3, 1), (3, 2)]:
        ...     swapped = s.copy()
        ...     swapped[[i, j]] = s[[j, i]]
        ...     change = abs(ndcg_score([r], [s]) - ndcg_score([r], [swapped]))
        ...     loss = loss + change * torch.nn.functional.softplus(t[j] - t[i])
        >>> loss.backward()
        >>> np.allclose(rank_lambdas(r, s), t.grad)
        True

        Without a difference in relevance there is nothing to order:

        >>> rank_lambdas([1, 1], [0.3, 0.1]).tolist()
        [0.0, 0.0]
    """
    r, s = np.asarray(relevance, dtype=float), np.asarray(scores, dtype=float)
    ranks = np.empty(len(s))
    ranks[np.argsort(-s, kind="stable")] = np.arange(1, len(s) + 1)
    discount = 1 / np.log2(ranks + 1)
    ideal = np.sort(r)[::-1] @ (1 / np.log2(np.arange(2, len(r) + 2)))
    change = np.abs(np.subtract.outer(r, r) * np.subtract.outer(discount, discount))
    weights = change / ideal if weigh else np.ones_like(change)
    push = weights * (r[:, None] > r) / (1 + np.exp(np.subtract.outer(s, s)))
    return np.asarray(push.sum(axis=0) - push.sum(axis=1), dtype=np.float64)
