"""The Matthews correlation coefficient, from the four counts."""

import numpy as np


def matthews(tp: int, fp: int, fn: int, tn: int) -> float:
    """Return the correlation between two binary columns, labels and predictions.

    The determinant of the table over the geometric mean of its four margins:
    +1 for perfect, 0 for independent, -1 for always wrong.

    Examples:
        >>> round(matthews(tp=6, fp=1, fn=2, tn=3), 4)
        0.4781

        It is the ordinary correlation of the two columns, and scikit-learn's value:

        >>> from sklearn.metrics import matthews_corrcoef
        >>> labels = [1] * 6 + [0] * 1 + [1] * 2 + [0] * 3
        >>> flags = [1] * 7 + [0] * 5
        >>> np.allclose(matthews(6, 1, 2, 3), matthews_corrcoef(labels, flags))
        True
        >>> np.allclose(matthews(6, 1, 2, 3), np.corrcoef(labels, flags)[0, 1])
        True

        A constant column has no correlation with anything:

        >>> matthews(tp=0, fp=0, fn=6, tn=94)
        Traceback (most recent call last):
        ...
        ValueError: a row or a column of the table is empty
    """
    margins = (tp + fn) * (fp + tn) * (tp + fp) * (fn + tn)
    if margins == 0:
        raise ValueError("a row or a column of the table is empty")
    return float((tp * tn - fp * fn) / np.sqrt(float(margins)))
