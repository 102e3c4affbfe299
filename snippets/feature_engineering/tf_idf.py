"""TF-IDF weights of a few documents."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def tf_idf(documents: Sequence[Sequence[str]]) -> tuple[list[str], NDArray[np.float64]]:
    """Return the vocabulary and one row of weights a document, each of length one.

    A word's count is multiplied by log((1 + n) / (1 + documents with it)) + 1,
    so words of every document count once and rare ones more.

    Examples:
        >>> words, weights = tf_idf([["late", "order"], ["order", "order"]])
        >>> words, weights.round(2).tolist()
        (['late', 'order'], [[0.81, 0.58], [0.0, 1.0]])

        scikit-learn has this form as its default:

        >>> from sklearn.feature_extraction.text import TfidfVectorizer
        >>> texts = ["the cat sat", "the dog sat on the cat", "dogs bark", "the the the"]
        >>> split = [text.split() for text in texts]
        >>> theirs = TfidfVectorizer(token_pattern=r"\\S+").fit_transform(texts).toarray()
        >>> np.allclose(tf_idf(split)[1], theirs)
        True
        >>> tf_idf([])
        Traceback (most recent call last):
        ...
        ValueError: no documents
    """
    if not documents:
        raise ValueError("no documents")
    words = sorted({word for document in documents for word in document})
    counts = np.array([[Counter(one)[word] for word in words] for one in documents], dtype=float)
    spread = np.sum(counts > 0, axis=0)
    weights = counts * (np.log((1 + len(documents)) / (1 + spread)) + 1)
    lengths = np.linalg.norm(weights, axis=1, keepdims=True)
    return words, weights / np.where(lengths > 0, lengths, 1)
