"""The F-beta score, from three counts."""


def f_beta(tp: int, fp: int, fn: int, beta: float = 1.0) -> float:
    """Return the weighted harmonic mean of precision and recall.

    Recall counts beta times as much as precision, in the sense that at P = R/beta
    a little more of either is worth the same. True negatives appear nowhere.

    Examples:
        >>> f_beta(tp=6, fp=2, fn=4)  # P = 0.75, R = 0.6
        0.6666666666666666

        scikit-learn agrees for every beta:

        >>> import numpy as np
        >>> from sklearn.metrics import fbeta_score
        >>> labels, flags = [1] * 10 + [0] * 9, [1] * 6 + [0] * 4 + [1] * 2 + [0] * 7
        >>> ours = [f_beta(6, 2, 4, beta) for beta in (0.5, 1, 2)]
        >>> np.allclose(ours, [fbeta_score(labels, flags, beta=b) for b in (0.5, 1, 2)])
        True

        With nothing to find and nothing flagged the score is 0/0:

        >>> f_beta(tp=0, fp=0, fn=0)
        Traceback (most recent call last):
        ...
        ValueError: F needs a positive label or a positive prediction
    """
    weight = beta**2
    below = (1 + weight) * tp + weight * fn + fp
    if below == 0:
        raise ValueError("F needs a positive label or a positive prediction")
    return (1 + weight) * tp / below
