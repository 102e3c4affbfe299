"""Precision from the prevalence and the two rates."""


def precision_by_odds(prevalence: float, recall: float, false_positive_rate: float) -> float:
    """Return what part of the flagged are positive.

    Odds of a positive before the flag, times the likelihood ratio of the flag,
    are its odds after the flag; odds o are the probability o / (1 + o).

    Examples:
        >>> precision_by_odds(prevalence=0.5, recall=0.9, false_positive_rate=0.1)
        0.9
        >>> round(precision_by_odds(0.01, 0.9, 0.1), 4)  # odds 1:99 times 9 = 1:11
        0.0833

        It is the precision that scikit-learn counts:

        >>> import numpy as np
        >>> from sklearn.metrics import precision_score, recall_score
        >>> rng = np.random.default_rng(0)
        >>> labels, flags = rng.integers(0, 2, size=(2, 300))
        >>> recall = recall_score(labels, flags)
        >>> specificity = recall_score(labels, flags, pos_label=0)
        >>> ours = precision_by_odds(labels.mean(), recall, 1 - specificity)
        >>> np.allclose(ours, precision_score(labels, flags))
        True

        A rule that flags nobody has no precision:

        >>> precision_by_odds(0.5, 0.0, 0.0)
        Traceback (most recent call last):
        ...
        ValueError: nothing is flagged
    """
    if prevalence * recall == 0 and (1 - prevalence) * false_positive_rate == 0:
        raise ValueError("nothing is flagged")
    if false_positive_rate == 0 or prevalence == 1:
        return 1.0
    odds = prevalence / (1 - prevalence) * recall / false_positive_rate
    return odds / (1 + odds)
