"""Perplexity of a language model, per token and per word."""

import numpy as np
from numpy.typing import ArrayLike


def perplexity(log_probabilities: ArrayLike, units: int | None = None) -> float:
    """Return the exponential of the mean negative log-probability (natural logarithm).

    The mean is per token unless `units` gives another count, such as the words
    of the same text. Per-unit values of different tokenizers can be compared.

    Examples:
        >>> round(perplexity(np.log([0.25, 0.25])), 6)  # as good as a four-sided die
        4.0
        >>> round(perplexity(np.log([0.25, 0.25]), units=1), 6)  # two tokens, one word
        16.0

        It is two to the cross-entropy in bits, and torch's loss exponentiated:

        >>> import torch
        >>> logits = torch.randn(50, 8, generator=torch.Generator().manual_seed(0)).double()
        >>> text = torch.arange(50) % 8
        >>> loss = torch.nn.functional.cross_entropy(logits, text).item()
        >>> logs = torch.log_softmax(logits, 1)[torch.arange(50), text].numpy()
        >>> np.allclose(perplexity(logs), np.exp(loss))
        True
        >>> np.allclose(perplexity(logs), 2 ** (loss / np.log(2)))
        True

        >>> perplexity([0.25, 0.25])
        Traceback (most recent call last):
        ...
        ValueError: logarithms of probabilities are at most 0
    """
    logs = np.asarray(log_probabilities, dtype=float)
    if logs.max() > 0:
        raise ValueError("logarithms of probabilities are at most 0")
    return float(np.exp(-logs.sum() / (len(logs) if units is None else units)))
