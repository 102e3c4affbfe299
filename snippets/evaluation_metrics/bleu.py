"""BLEU of a corpus, one reference a sentence."""

from collections import Counter
from collections.abc import Sequence
from math import exp, log


def bleu(candidates: Sequence[str], references: Sequence[str], order: int = 4) -> float:
    """Return the geometric mean of n-gram precisions, times a penalty for brevity.

    An n-gram counts at most as often as the reference has it. Counts are summed
    over the corpus before dividing. Words are split at spaces: scores of
    different tokenizers are different metrics.

    Examples:
        >>> text = ["the cat sat on the mat"]
        >>> bleu(text, text)
        1.0

        Papineni's example: seven times "the" earns 2 of 7, by clipping:

        >>> round(bleu(["the the the the the the the"], ["the cat is on the mat"], order=1), 4)
        0.2857

        Half the length costs exp(1 - 2); no common 4-gram makes it zero:

        >>> bleu(["the cat sat"], text, order=1) == exp(1 - 2)
        True
        >>> bleu(["a cat is lying on a mat"], text)
        0.0
        >>> bleu(["a"], [])
        Traceback (most recent call last):
        ...
        ValueError: one reference for each candidate
    """
    if len(candidates) != len(references):
        raise ValueError("one reference for each candidate")

    pairs = [(c.split(), r.split()) for c, r in zip(candidates, references, strict=True)]
    total = 0.0
    for n in range(1, order + 1):
        matched = possible = 0
        for candidate, reference in pairs:
            grams, known = (
                Counter(tuple(words[i : i + n]) for i in range(len(words) - n + 1))
                for words in (candidate, reference)
            )
            matched += (grams & known).total()
            possible += grams.total()
        if matched == 0:
            return 0.0
        total += log(matched / possible)
    written, wanted = (sum(len(pair[side]) for pair in pairs) for side in (0, 1))
    return exp(total / order) * exp(min(0.0, 1 - wanted / written))
