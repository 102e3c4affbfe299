"""ROUGE-L: the longest common subsequence of two texts."""


def rouge_l(candidate: str, reference: str) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the longest common subsequence of words.

    The words must come in the same order, gaps allowed. Row by row, the length
    for two prefixes is one more on a common last word, else the better neighbor.

    Examples:
        >>> rouge_l("police kill the gunman", "police killed the gunman")
        (0.75, 0.75, 0.75)

        Lin's example: the order of words counts, the choice does not:

        >>> rouge_l("the gunman police killed", "police killed the gunman")
        (0.5, 0.5, 0.5)

        Recall alone is bought by writing everything:

        >>> rouge_l("a b c d e f g h", "b d")[:2]
        (0.25, 1.0)
        >>> rouge_l("", "b d")
        Traceback (most recent call last):
        ...
        ValueError: both texts need a word
    """
    written, wanted = candidate.split(), reference.split()
    if not (written and wanted):
        raise ValueError("both texts need a word")

    above = [0] * (len(wanted) + 1)
    for word in written:
        row = [0]
        for column, other in enumerate(wanted):
            row.append(above[column] + 1 if word == other else max(above[column + 1], row[-1]))
        above = row
    common = above[-1]
    precision, recall = common / len(written), common / len(wanted)
    return precision, recall, 2 * common / (len(written) + len(wanted))
