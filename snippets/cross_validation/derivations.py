"""Derivations of the topic, each line evaluated by enumeration."""

from itertools import permutations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from snippets.forms import Derivation, Step, Variant, WrongMove

Array = NDArray[np.float64]


class _Folds(NamedTuple):
    """All equally likely outcomes of k fold scores, one a row; alike and exchangeable."""

    outcomes: Array


def _instances() -> list[_Folds]:
    rng = np.random.default_rng(3)
    found = []
    for k, states in ((2, 4), (3, 5), (4, 3), (5, 2)):
        rows = []
        for shared in np.linspace(0.5, 0.9, states):  # what all folds owe to the same data
            own = 0.05 * rng.normal(size=k)
            rows += [shared + own[list(order)] for order in permutations(range(k))]
        found.append(_Folds(np.array(rows)))
    return found


def _moments(f: _Folds) -> tuple[float, float, float]:
    """Mean, variance and pairwise correlation of fold scores."""
    first, second = f.outcomes[:, 0], f.outcomes[:, 1]
    mean, variance = float(first.mean()), float(first.var())
    return mean, variance, float(np.mean(first * second) - mean**2) / variance


def naive_variance() -> Derivation:
    """Fold scores that share training rows understate the variance of their mean."""

    def k(f: _Folds) -> int:
        return int(f.outcomes.shape[1])

    def of_mean(f: _Folds) -> float:
        return float(f.outcomes.mean(axis=1).var())

    def factor_to_the_truth(f: _Folds) -> float:
        return of_mean(f) / float(np.mean(f.outcomes.var(axis=1, ddof=1)))

    return Derivation(
        claim="When fold scores are positively correlated, the usual $s^2/k$ is too small on "
        "average: it misses $\\rho\\sigma^2$, which no spread between folds can show.",
        given="$s_1,\\dots,s_k$ are the scores of the folds, alike in distribution with mean "
        "$\\mu$, variance $\\sigma^2$ and pairwise correlation $\\rho\\ge 0$ over data sets. "
        "$\\bar s$ is their mean, and $s^2=\\frac{1}{k-1}\\sum_j(s_j-\\bar s)^2$.",
        steps=(
            Step(
                goal="Write down what the naive variance of the mean estimates.",
                tex=r"\E\Big[\frac{s^2}{k}\Big]",
                value=lambda f: float(np.mean(f.outcomes.var(axis=1, ddof=1)) / k(f)),
                relation="start",
                reason="This is the square of the standard error that is printed beside a "
                "cross-validated score.",
                hints=("Which number is printed after the plus-minus?", "Its square, averaged."),
            ),
            Step(
                goal="Write the sum of squares around the mean without the mean.",
                tex=r"\frac{1}{k(k-1)}\Big(\sum_j\E[s_j^2] - k\,\E[\bar s^2]\Big)",
                value=lambda f: float(
                    (
                        sum(np.mean(f.outcomes[:, j] ** 2) for j in range(k(f)))
                        - k(f) * np.mean(f.outcomes.mean(axis=1) ** 2)
                    )
                    / (k(f) * (k(f) - 1))
                ),
                reason="$\\sum_j(s_j-\\bar s)^2=\\sum_j s_j^2-k\\bar s^2$, and expectation is "
                "linear.",
                hints=("Expand the square.", "$\\sum_j s_j = k\\bar s$."),
            ),
            Step(
                goal="Replace second moments by variances.",
                tex=r"\frac{1}{k-1}\big(\sigma^2 - \Var(\bar s)\big)",
                value=lambda f: (_moments(f)[1] - of_mean(f)) / (k(f) - 1),
                reason="$\\E[s_j^2]=\\sigma^2+\\mu^2$ and $\\E[\\bar s^2]=\\Var(\\bar s)+\\mu^2$; "
                "the $\\mu^2$ cancel.",
                hints=(
                    "$\\E[u^2]=\\Var(u)+\\E[u]^2$.",
                    "Both have the same mean, so it drops out.",
                ),
            ),
            Step(
                goal="Insert the variance of a mean of correlated scores.",
                tex=r"\frac{1}{k-1}\Big(\sigma^2 - \rho\sigma^2 - \frac{(1-\rho)\sigma^2}{k}\Big)",
                value=lambda f: (
                    (
                        _moments(f)[1]
                        - _moments(f)[2] * _moments(f)[1]
                        - (1 - _moments(f)[2]) * _moments(f)[1] / k(f)
                    )
                    / (k(f) - 1)
                ),
                reason="$\\Var(\\bar s)=\\rho\\sigma^2+(1-\\rho)\\sigma^2/k$, as for the trees of "
                "a forest.",
                hints=(
                    "Sum all $k^2$ entries of the covariance matrix.",
                    "$k$ variances and $k(k-1)$ covariances, over $k^2$.",
                ),
            ),
            Step(
                goal="Simplify.",
                tex=r"\frac{(1-\rho)\,\sigma^2}{k}",
                value=lambda f: (1 - _moments(f)[2]) * _moments(f)[1] / k(f),
                reason="$(1-\\rho)\\sigma^2(1-\\frac1k)/(k-1)=(1-\\rho)\\sigma^2/k$. What the "
                "folds share does not show in their spread.",
                hints=("Take $(1-\\rho)\\sigma^2$ out.", "$1-\\frac1k=\\frac{k-1}{k}$."),
            ),
            Step(
                goal="Compare with the variance that was wanted.",
                tex=r"\Var(\bar s) = \rho\,\sigma^2 + \frac{(1-\rho)\,\sigma^2}{k}",
                value=of_mean,
                relation="at most",
                reason="The difference is $\\rho\\sigma^2\\ge 0$, and it does not shrink as $k$ "
                "grows.",
                hints=("Which part is missing?", "The one that all folds share."),
            ),
        ),
        instances=_instances(),
        wrong_moves=(
            WrongMove(
                line=4,
                tex=r"\frac{1}{k-1}\Big(\sigma^2 - \frac{\sigma^2}{k}\Big)",
                why="This takes the scores for independent, and gives $\\sigma^2/k$ in the end. "
                "Any two folds of ten share eight ninths of their training rows, and each trains "
                "on the other's test rows.",
                value=lambda f: (_moments(f)[1] - _moments(f)[1] / k(f)) / (k(f) - 1),
            ),
            WrongMove(
                line=5,
                tex=r"\frac{(1+(k-1)\rho)\,\sigma^2}{k}",
                why="This is the variance of the mean, which is what one wants, and is not what "
                "the spread of the folds estimates.",
                value=lambda f: (1 + (k(f) - 1) * _moments(f)[2]) * _moments(f)[1] / k(f),
            ),
        ),
        variants=(
            Variant(
                ask="By which factor must $s^2$ be multiplied, in place of $1/k$, so that on "
                r"average it gives $\Var(\bar s)$?",
                symbols={
                    "k": "the number of folds, $k$",
                    "rho": r"the correlation of two fold scores, $\rho$, below 1",
                },
                names=lambda f: {"k": k(f), "rho": _moments(f)[2]},
                value=factor_to_the_truth,
                answer="1/k + rho/(1 - rho)",
                why=r"Line 5 says $\E[s^2]=(1-\rho)\sigma^2$ and line 6 what is wanted, "
                r"$\rho\sigma^2+(1-\rho)\sigma^2/k$. Their ratio does not fall to zero as $k$ "
                r"grows. It needs $\rho$, which the folds of one data set cannot tell. Nadeau and "
                r"Bengio (2003), for repeated random splits, put in the guess "
                r"$\rho=n_\text{test}/(n_\text{test}+n_\text{training})$, which makes the second "
                r"part $n_\text{test}/n_\text{training}$.",
                wrong={
                    "1/k + rho": r"What is missing is $\rho\sigma^2$, and $s^2$ is not "
                    r"$\sigma^2$ on average: it is $(1-\rho)\sigma^2$, so the addition "
                    r"must be $\rho/(1-\rho)$.",
                    "1/(k*(1 - rho))": r"This turns $s^2$ into $\sigma^2$ and then divides by "
                    "$k$, as if the scores were independent. The covariances of the folds are "
                    "still left out.",
                    "1/k": "The usual factor. It is right for independent scores only.",
                },
            ),
        ),
    )
