"""The likelihood of a sequence under a hidden Markov model, in log space."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def hmm_forward(
    start: ArrayLike, move: ArrayLike, emit: ArrayLike, seen: ArrayLike
) -> tuple[float, NDArray[np.float64]]:
    """Return the log-likelihood of a sequence and the filtered log-probabilities of the states.

    Carry the log of p(seen so far, state now). A step multiplies by the moves, sums over the old
    state with logaddexp and adds the log-chance of what is seen, so nothing underflows.

    Examples:
        One symbol: the chance is the mean over the states.

        >>> start, move, emit = [0.6, 0.4], [[0.7, 0.3], [0.4, 0.6]], [[0.9, 0.1], [0.2, 0.8]]
        >>> log_likelihood, _ = hmm_forward(start, move, emit, [0])
        >>> np.allclose(np.exp(log_likelihood), 0.6 * 0.9 + 0.4 * 0.2)
        True

        All 2^6 state sequences, added up one by one, give the same:

        >>> from itertools import product
        >>> seen = [0, 1, 1, 0, 1, 0]
        >>> total = 0.0
        >>> for path in product(range(2), repeat=6):
        ...     chance = start[path[0]] * emit[path[0]][seen[0]]
        ...     for (a, b), symbol in zip(zip(path, path[1:]), seen[1:]):
        ...         chance *= move[a][b] * emit[b][symbol]
        ...     total += chance
        >>> np.allclose(hmm_forward(start, move, emit, seen)[0], np.log(total))
        True

        >>> hmm_forward(start, move, emit, [])
        Traceback (most recent call last):
        ...
        ValueError: an empty sequence has no states
    """
    with np.errstate(divide="ignore"):
        first, step, symbol = (np.log(np.asarray(a, dtype=float)) for a in (start, move, emit))
    seen = np.asarray(seen, dtype=int)
    if not seen.size:
        raise ValueError("an empty sequence has no states")

    carried = first + symbol[:, seen[0]]
    for one in seen[1:]:
        carried = np.logaddexp.reduce(carried[:, None] + step, axis=0) + symbol[:, one]
    total = np.logaddexp.reduce(carried)
    return float(total), np.asarray(carried - total)
