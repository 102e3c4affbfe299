"""Derivations about metrics."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations, product
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.stats import mannwhitneyu, rankdata
from sklearn.metrics import f1_score

from snippets.forms import Derivation, Step, Variant, WrongMove

Array = NDArray[np.float64]


# --- AUC --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TwoSamples:
    """Scores of the positives and of the negatives, with ties within and between them."""

    positive: Array
    negative: Array

    def corners(self) -> tuple[Array, Array]:
        """Return FPR and TPR after each distinct score, from (0, 0)."""
        cuts = np.unique(np.r_[self.positive, self.negative])[::-1]
        false_rate = [0.0, *[float(np.mean(self.negative >= c)) for c in cuts]]
        true_rate = [0.0, *[float(np.mean(self.positive >= c)) for c in cuts]]
        return np.array(false_rate), np.array(true_rate)


def _trapezoids(t: TwoSamples, height: str) -> float:
    x, y = t.corners()
    heights = {"mean": (y[1:] + y[:-1]) / 2, "right": y[1:]}[height]
    return float(np.sum(np.diff(x) * heights))


def _pairs(t: TwoSamples, tie: float) -> float:
    total = 0.0
    for s in t.positive:
        for r in t.negative:
            total += 1.0 if s > r else tie if s == r else 0.0
    return total / (len(t.positive) * len(t.negative))


def _ranks(t: TwoSamples, method: str) -> float:
    n1, n0 = len(t.positive), len(t.negative)
    ranks = rankdata(np.r_[t.positive, t.negative], method=method)
    return float((ranks[:n1].sum() - n1 * (n1 + 1) / 2) / (n1 * n0))


def auc_is_mann_whitney() -> Derivation:
    """Turn the area under the steps into a count of pairs."""
    rng = np.random.default_rng(0)
    instances = [
        TwoSamples(rng.integers(2, 9, size=a) / 1.0, rng.integers(0, 7, size=b) / 1.0)
        for a, b in ((3, 4), (6, 5), (12, 30), (25, 9))
    ]

    def shares(t: TwoSamples) -> dict[str, float]:
        """In each class one example's worth of labels is wrong."""
        return {"A": _pairs(t, 0.5), "q1": 1 / len(t.positive), "q0": 1 / len(t.negative)}

    def against_noisy_labels(t: TwoSamples) -> float:
        """Weigh every pair of scores by its chance to meet as a labeled positive and negative."""
        scores = np.r_[t.positive, t.negative]
        _, q1, q0 = shares(t).values()
        is_positive = np.arange(len(scores)) < len(t.positive)
        of_positive, of_negative = (
            is_positive / is_positive.sum(),
            ~is_positive / (~is_positive).sum(),
        )
        called_positive = (1 - q1) * of_positive + q1 * of_negative
        called_negative = (1 - q0) * of_negative + q0 * of_positive
        wins = np.greater.outer(scores, scores) + 0.5 * np.equal.outer(scores, scores)
        return float(called_positive @ wins @ called_negative)

    def decisions(t: TwoSamples) -> TwoSamples:
        cut = np.median(t.positive)
        flagged, alarms = t.positive >= cut, t.negative >= cut
        return TwoSamples(flagged.astype(np.float64), alarms.astype(np.float64))

    def rates(t: TwoSamples) -> dict[str, float]:
        hard = decisions(t)
        return {"tpr": float(hard.positive.mean()), "fpr": float(hard.negative.mean())}

    return Derivation(
        claim="The area under the ROC curve is the chance that a random positive outscores a "
        "random negative, a tie counting one half.",
        given="$n_1$ positives with scores $s_i$ and $n_0$ negatives with scores $r_j$; distinct "
        "scores $v_1>v_2>\\dots$; $T_k$ is the true-positive rate when everything from $v_k$ up "
        "is flagged, $T_0=0$; $m_k$ negatives have exactly the score $v_k$.",
        steps=[
            Step(
                goal="Write the area under the curve.",
                tex=r"A=\int_0^1 \text{TPR}\;d\,\text{FPR}",
                value=lambda t: float(np.trapezoid(t.corners()[1], t.corners()[0])),
                relation="start",
                reason="The curve joins the points reached at successive thresholds by straight "
                "segments; this is its definition as an area.",
                hints=("What is on the two axes?", "Integrate height over width."),
            ),
            Step(
                goal="Cut the area into one strip for each threshold.",
                tex=r"\sum_k \frac{m_k}{n_0}\cdot\frac{T_{k-1}+T_k}{2}",
                value=lambda t: _trapezoids(t, "mean"),
                reason="Lowering the threshold past $v_k$ moves right by the share of negatives "
                "at $v_k$ while the height goes linearly from $T_{k-1}$ to $T_k$: a trapezoid.",
                hints=(
                    "How far right does one step of the threshold move?",
                    "By $m_k/n_0$. A group with positives and negatives is a slanted segment.",
                ),
            ),
            Step(
                goal="Give each negative its own part of the sum.",
                tex=r"\frac1{n_0}\sum_j\Big[\hat P(s>r_j)+\tfrac12\hat P(s=r_j)\Big]",
                value=lambda t: float(
                    np.mean(
                        [
                            np.mean(t.positive > r) + 0.5 * np.mean(t.positive == r)
                            for r in t.negative
                        ]
                    )
                ),
                reason="For a negative with $r_j=v_k$, $T_{k-1}$ is the share of positives above "
                "it and $T_k-T_{k-1}$ the share level with it, so the mean height is the first "
                "plus half the second.",
                hints=(
                    "Say in words what $T_{k-1}$ is for a negative at $v_k$.",
                    "$(T_{k-1}+T_k)/2=T_{k-1}+\\tfrac12(T_k-T_{k-1})$.",
                ),
            ),
            Step(
                goal="Write the shares as counts.",
                tex=r"\frac1{n_1n_0}\sum_i\sum_j\Big[\1\{s_i>r_j\}+\tfrac12\1\{s_i=r_j\}\Big]",
                value=lambda t: _pairs(t, 0.5),
                reason="A share of positives is a count over $n_1$. What stands here is the "
                "chance that a random positive beats a random negative.",
                hints=(
                    "$\\hat P$ is a mean of indicators.",
                    "A mean over $i$ inside a mean over $j$.",
                ),
            ),
            Step(
                goal="Count the pairs by ranks, without the double loop.",
                tex=r"\frac{1}{n_1n_0}\Big[\sum_i R_i-\frac{n_1(n_1+1)}2\Big]",
                value=lambda t: _ranks(t, "average"),
                reason="$R_i$, the rank of $s_i$ among all scores with ties at their mean rank, is "
                "the negatives it beats, a tie for one half, plus its rank among the positives; "
                "the latter ranks sum to $n_1(n_1+1)/2$ whatever the data.",
                hints=(
                    "The rank of a positive counts everybody at or below it.",
                    "Remove the positives' ranks among themselves: $1+2+\\dots+n_1$.",
                ),
            ),
            Step(
                goal="Name it.",
                tex=r"\frac{U}{n_1n_0}",
                value=lambda t: float(
                    mannwhitneyu(t.positive, t.negative).statistic
                    / (len(t.positive) * len(t.negative))
                ),
                reason="The bracket is the Mann-Whitney statistic $U$, here as SciPy computes it.",
                hints=(
                    "A rank-sum statistic of two samples.",
                    "Wilcoxon's, in Mann and Whitney's form.",
                ),
            ),
        ],
        instances=instances,
        wrong_moves=[
            WrongMove(
                line=2,
                tex=r"\sum_k\frac{m_k}{n_0}\,T_k",
                why="Rectangles of the right-hand height credit every tie as a win.",
                value=lambda t: _trapezoids(t, "right"),
            ),
            WrongMove(
                line=4,
                tex=r"\frac1{n_1n_0}\sum_i\sum_j\1\{s_i>r_j\}",
                why="Ties count zero here: a constant score would get 0 where the curve's area is "
                "one half.",
                value=lambda t: _pairs(t, 0.0),
            ),
            WrongMove(
                line=5,
                tex=r"\frac{1}{n_1n_0}\Big[\sum_i R^{\min}_i-\frac{n_1(n_1+1)}2\Big]",
                why="With the lowest rank for ties, positives level with each other lose rank "
                "that the subtracted constant still removes.",
                value=lambda t: _ranks(t, "min"),
            ),
        ],
        variants=[
            Variant(
                ask="Somebody passes 0/1 decisions at one threshold to the AUC in place of the "
                "scores. What comes out?",
                symbols={
                    "tpr": "the true positive rate at the threshold",
                    "fpr": "the false positive rate at the threshold",
                },
                names=rates,
                value=lambda t: _pairs(decisions(t), 0.5),
                answer="(1 + tpr - fpr)/2",
                why="Line 4 counts the pairs: wins have the share TPR(1 - FPR), and a pair is "
                "tied when both or neither are flagged. In line 2 it is one corner and two "
                "trapezoids. The result is the balanced accuracy at that threshold, and the "
                "ranking on either side of it is lost.",
                wrong={
                    "tpr (1 - fpr)": "These are the pairs that are won. With two values most "
                    "pairs may be tied, and each tie counts one half.",
                    "tpr - fpr": "This is Youden's index, zero for a coin. The AUC of a coin is "
                    "one half.",
                },
            ),
            Variant(
                ask="The labels are noisy: of the examples labeled positive a share $q_1$ are "
                "negatives, and of those labeled negative a share $q_0$ are positives. Within "
                "each true class the mistakes fall at random, whatever the score. Which AUC do "
                "these labels show on average?",
                symbols={
                    "A": "the AUC against the true labels, $A$",
                    "q1": "the share of negatives among the examples labeled positive, $q_1$",
                    "q0": "the share of positives among the examples labeled negative, $q_0$",
                },
                names=shares,
                value=against_noisy_labels,
                answer="1/2 + (1 - q1 - q0)(A - 1/2)",
                why="Line 4 stays a mean over pairs, and there are now four kinds of them: true "
                "pairs count $A$, pairs of one class one half, pairs with both labels wrong "
                "$1-A$. The distance from one half shrinks by the same factor for every model "
                "whose scores, within a class, tell nothing about the mistakes. As long as "
                "$q_1+q_0$ is below 1, the order of two such models stays on average.",
                wrong={
                    "A": "True, the AUC does not depend on the class balance. Wrong labels change "
                    "more than the balance: they mix the two score distributions.",
                    "(1 - q1)(1 - q0) A": "This counts the pairs with a wrong label as lost. Two "
                    "random examples of one class win half of the time.",
                    "(1 - q1)(1 - q0)(A - 1/2) + 1/2": "Pairs with both labels wrong do not "
                    "count one half. They are true pairs read backward, and count $1-A$.",
                },
            ),
        ],
    )


# --- F1 ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Groups:
    """Groups of a population: their sizes (summing to 1) and their true chances."""

    size: Array
    chance: Array

    def f1(self, flagged: set[int]) -> float:
        inside = sorted(flagged)
        hits = float((self.size * self.chance)[inside].sum())
        return 2 * hits / (float(self.size[inside].sum()) + float(self.size @ self.chance))

    def best(self) -> set[int]:
        k = len(self.size)
        every = [set(c) for n in range(1, k + 1) for c in combinations(range(k), n)]
        return max(every, key=self.f1)

    def without(self, x: int) -> tuple[set[int], float, float]:
        """Return the best set without group x, its expected hits N and its denominator D."""
        rest = self.best() - {x}
        inside = sorted(rest)
        hits = float((self.size * self.chance)[inside].sum())
        return rest, hits, float(self.size[inside].sum()) + float(self.size @ self.chance)


@dataclass(frozen=True)
class Doubt:
    """One group x and the best set without it, with its expected hits N and denominator D."""

    x: int
    rest: set[int]
    hits: float
    below: float
    size: float
    chance: float


def _each(g: Groups, ask: Callable[[Doubt], bool]) -> list[bool]:
    doubts = [
        Doubt(x, *g.without(x), float(g.size[x]), float(g.chance[x])) for x in range(len(g.size))
    ]
    return [bool(ask(doubt)) for doubt in doubts]


def _jaccard(g: Groups, chance: float) -> tuple[float, float]:
    """Return the best Jaccard index of all sets without and with a new group of this chance."""
    size, chances = np.r_[0.9 * g.size, 0.1], np.r_[g.chance, chance]
    sets = np.array(list(product((0.0, 1.0), repeat=len(size))))  # the new group comes last
    hits = sets @ (size * chances)
    index = hits / (sets @ size + size @ chances - hits)
    return float(index[sets[:, -1] == 0].max()), float(index[sets[:, -1] == 1].max())


def _balance(g: Groups) -> float:
    """Return the chance at which flagging the new group and passing it are equally good."""

    def gain(chance: float) -> float:
        without, included = _jaccard(g, chance)
        return included - without

    return float(brentq(gain, 0.0, 1.0, xtol=1e-14))


def f1_threshold() -> Derivation:
    """Show that the best F1 flags exactly what has a chance above half of it."""
    rng = np.random.default_rng(3)
    instances = [
        Groups(rng.dirichlet(np.ones(6)), rng.beta(a, b, size=6))
        for a, b in ((1, 4), (1, 1), (2, 2), (1, 8), (4, 1))
    ]

    def base(g: Groups) -> float:
        return float(g.size @ g.chance)

    def best_of_the_blind(g: Groups) -> float:
        blind = Groups(g.size, np.full(len(g.size), base(g)))
        return blind.f1(blind.best())

    return Derivation(
        claim="With true chances $p(x)$, the best F1 flags $x$ exactly when $p(x)>F^\\star/2$.",
        given="A population of groups with sizes $w(x)$ and chances $p(x)$; prevalence "
        "$\\pi=\\sum_x w\\,p$. Flagging a set $S$ gives $F(S)=2N/D$ with $N=\\sum_S w\\,p$ and "
        "$D=\\sum_S w+\\pi$. $S^\\star$ is the best of all sets, $F^\\star=F(S^\\star)$, and "
        "$S=S^\\star\\setminus\\{x\\}$; $N$ and $D$ belong to $S$.",
        steps=[
            Step(
                goal="Ask of one group whether the best set flags it.",
                tex=r"x\in S^\star",
                value=lambda g: [x in g.best() for x in range(len(g.size))],
                relation="start",
                reason="The best set is found by trying all sets; nothing says yet that it is "
                "cut out by a threshold.",
                hints=(
                    "What decides whether one more group is flagged?",
                    "Compare with and without it.",
                ),
            ),
            Step(
                goal="Say it by comparing F with and without the group.",
                tex=r"F(S\cup\{x\})>F(S)",
                value=lambda g: _each(g, lambda c: g.f1(c.rest | {c.x}) > g.f1(c.rest)),
                relation="equivalent",
                reason="Of the two sets that differ in $x$ only, the best one is the better.",
                hints=(
                    "$S^\\star$ is one of the two sets.",
                    "Which one? The one with the higher F.",
                ),
            ),
            Step(
                goal="Write both sides with N and D.",
                tex=r"\frac{2(N+w\,p)}{D+w}>\frac{2N}{D}",
                value=lambda g: _each(
                    g,
                    lambda c: (
                        2 * (c.hits + c.size * c.chance) / (c.below + c.size) > 2 * c.hits / c.below
                    ),
                ),
                relation="equivalent",
                reason="Flagging $x$ adds $w\\,p$ expected hits and $w$ flags; the positives in "
                "the denominator stay.",
                hints=("What does a flag add to the numerator?", "And to the denominator: $w$."),
            ),
            Step(
                goal="Clear the fractions.",
                tex=r"p\,D>N",
                value=lambda g: _each(g, lambda c: c.chance * c.below > c.hits),
                relation="equivalent",
                reason="$(N+wp)D>N(D+w)$: the product $ND$ cancels, then $w>0$ does.",
                hints=("Both denominators are positive.", "Multiply out and cancel $ND$."),
            ),
            Step(
                goal="Read it as a threshold on the chance.",
                tex=r"p>\tfrac12F(S)",
                value=lambda g: _each(g, lambda c: c.chance > g.f1(c.rest) / 2),
                relation="equivalent",
                reason="$N/D$ is half of $F(S)=2N/D$.",
                hints=("Divide by $D$.", "What is $N/D$ in terms of F?"),
            ),
            Step(
                goal="Replace F without the group by the best F.",
                tex=r"p>\tfrac12F^\star",
                value=lambda g: [bool(p > g.f1(g.best()) / 2) for p in g.chance],
                relation="equivalent",
                reason="If $x\\notin S^\\star$, then $S=S^\\star$. If $x\\in S^\\star$, then "
                "$F^\\star=2(N+wp)/(D+w)$ lies strictly between $F(S)$ and $2p$, so $p$ is above "
                "half of both or of neither.",
                hints=(
                    "$(N+wp)/(D+w)$ is a weighted mean of $N/D$ and $p$.",
                    "A number above one of two values and their mean: compare.",
                ),
            ),
        ],
        instances=instances,
        wrong_moves=[
            WrongMove(
                line=4,
                tex=r"p\,D>2N",
                why="The factor 2 stands on both sides and cancels; keeping one of them gives a "
                "threshold of $F$ in place of $F/2$.",
                value=lambda g: _each(g, lambda c: c.chance * c.below > 2 * c.hits),
            ),
            WrongMove(
                line=6,
                tex=r"p>\tfrac12",
                why="One half is best for accuracy. For F1 it is only when $F^\\star=1$.",
                value=lambda g: (g.chance > 0.5).tolist(),
            ),
        ],
        variants=[
            Variant(
                ask="The metric is the Jaccard index, $\\text{TP}/(\\text{TP}+\\text{FP}+"
                "\\text{FN})$, as in the IoU of a segmentation. Above which chance does the best "
                "set flag an example?",
                symbols={"J": r"the best Jaccard index, $J^\star$"},
                names=lambda g: {"J": max(_jaccard(g, _balance(g)))},
                value=_balance,
                answer="J/(1 + J)",
                why="Lines 1 to 6 go through with $N/(D-N)$ in place of $2N/D$: flagging adds "
                "$wp$ above and $w(1-p)$ below, so the balance is at $p = J(1-p)$. As "
                "$F = 2J/(1+J)$, the threshold is $F/2$ again. The two metrics grow together and "
                "agree on the best set.",
                wrong={
                    "J/2": "The half belongs to the 2 in $F = 2N/D$. Here the denominator grows "
                    "by $w(1-p)$ only, since a hit is in the union already.",
                    "J": "A hit raises the numerator and leaves the denominator, so it is worth "
                    "more than its own share. Comparing $p$ with the ratio itself would be right "
                    "if every flag added 1 below.",
                    "2 J/(1 + J)": "This is $F^\\star$. The threshold is half of it.",
                },
            ),
            Variant(
                ask="The model knows nothing: it gives every group the chance $\\pi$. Which F1 "
                "does it reach with the best threshold?",
                symbols={"pi": r"the prevalence, $\pi$"},
                names=lambda g: {"pi": base(g)},
                value=best_of_the_blind,
                answer="2pi/(1 + pi)",
                why="Flagging everything gives $N = \\pi$ and $D = 1+\\pi$. Line 6 confirms it: "
                "half of $2\\pi/(1+\\pi)$ is below $\\pi$, so everything is flagged. At a "
                "prevalence of one half this baseline is 0.67: an F1 says little until it is "
                "compared with it.",
                wrong={
                    "pi": "This is the precision, and the F1 of flagging a random share $\\pi$. "
                    "Flagging everything has the same precision and a recall of 1.",
                    "2pi/(1 + 2pi)": "This flags a random half. The hits are halved and the "
                    "positives in the denominator stay, so it loses.",
                    "0": "With the threshold at one half a rare class is never flagged and F1 is "
                    "zero. The best threshold is lower.",
                },
            ),
        ],
    )


def f_beta_from_weights() -> Derivation:
    """Lead the weighted harmonic mean to its form in counts."""
    rng = np.random.default_rng(5)
    instances = [(float(b), *map(int, rng.integers(1, 50, size=3))) for b in (0.5, 1.0, 2.0, 3.0)]

    def score(beta: float, tp: float, fp: float, fn: float) -> float:
        weights = np.array([1, beta**2]) / (1 + beta**2)
        return float(1 / (weights @ [(tp + fp) / tp, (tp + fn) / tp]))

    def alarms_for_one_hit(c: tuple[float, int, int, int]) -> float:
        beta, tp, fp, fn = c

        def gain(alarms: float) -> float:
            return score(beta, tp + 1, fp + alarms, fn - 1) - score(beta, tp, fp, fn)

        return float(brentq(gain, 0, 1e4, xtol=1e-11))

    return Derivation(
        claim="$F_\\beta$ is the harmonic mean with weights $1:\\beta^2$ on precision and recall.",
        given="$P=\\text{TP}/(\\text{TP}+\\text{FP})$, $R=\\text{TP}/(\\text{TP}+\\text{FN})$. Van "
        "Rijsbergen asks that at $R=\\beta P$ a little more precision and a little more recall be "
        "worth the same. For the mean $(\\alpha/P+(1-\\alpha)/R)^{-1}$ the two slopes are in the "
        "ratio $\\alpha/P^2:(1-\\alpha)/R^2$, so $\\alpha=1/(1+\\beta^2)$.",
        steps=[
            Step(
                goal="Start with the weighted harmonic mean.",
                tex=r"\Big(\frac{\alpha}{P}+\frac{1-\alpha}{R}\Big)^{-1}",
                value=lambda c: (
                    1
                    / (
                        1 / (1 + c[0] ** 2) * (c[1] + c[2]) / c[1]
                        + (1 - 1 / (1 + c[0] ** 2)) * (c[1] + c[3]) / c[1]
                    )
                ),
                relation="start",
                reason="A harmonic mean is small when either part is small.",
                hints=("Which mean punishes the smaller value?", "Average the reciprocals."),
            ),
            Step(
                goal="Put in the weight.",
                tex=r"\frac{1+\beta^2}{\frac1P+\frac{\beta^2}R}",
                value=lambda c: (
                    (1 + c[0] ** 2) / ((c[1] + c[2]) / c[1] + c[0] ** 2 * (c[1] + c[3]) / c[1])
                ),
                reason="$\\alpha=1/(1+\\beta^2)$ and $1-\\alpha=\\beta^2/(1+\\beta^2)$.",
                hints=("What is $1-\\alpha$?", "Take the common factor out of the bracket."),
            ),
            Step(
                goal="Clear the inner fractions.",
                tex=r"\frac{(1+\beta^2)PR}{\beta^2P+R}",
                value=lambda c: (
                    (1 + c[0] ** 2)
                    * (c[1] / (c[1] + c[2]))
                    * (c[1] / (c[1] + c[3]))
                    / (c[0] ** 2 * c[1] / (c[1] + c[2]) + c[1] / (c[1] + c[3]))
                ),
                reason="Multiply above and below by $PR$.",
                hints=("Multiply by $PR$.", "$\\beta^2$ ends up beside $P$, though it weighs $R$."),
            ),
            Step(
                goal="Write it in counts.",
                tex=r"\frac{(1+\beta^2)\text{TP}}{(1+\beta^2)\text{TP}+\beta^2\text{FN}+\text{FP}}",
                value=lambda c: (
                    (1 + c[0] ** 2) * c[1] / ((1 + c[0] ** 2) * c[1] + c[0] ** 2 * c[3] + c[2])
                ),
                reason="In line 2, $1/P=(\\text{TP}+\\text{FP})/\\text{TP}$ and "
                "$1/R=(\\text{TP}+\\text{FN})/\\text{TP}$. In the denominator a miss weighs "
                "$\\beta^2$ false alarms.",
                hints=("Go back to line 2.", "Put everything over TP."),
            ),
        ],
        instances=instances,
        wrong_moves=[
            WrongMove(
                line=2,
                tex=r"\frac{1+\beta}{\frac1P+\frac{\beta}R}",
                why="The slopes of $1/P$ and $1/R$ hold squares, so equal worth at $R=\\beta P$ "
                "needs $\\beta^2$.",
                value=lambda c: (1 + c[0]) / ((c[1] + c[2]) / c[1] + c[0] * (c[1] + c[3]) / c[1]),
            ),
            WrongMove(
                line=3,
                tex=r"\frac{(1+\beta^2)PR}{P+\beta^2R}",
                why="This weighs precision by $\\beta^2$: it is $F_{1/\\beta}$.",
                value=lambda c: (
                    (1 + c[0] ** 2)
                    * (c[1] / (c[1] + c[2]))
                    * (c[1] / (c[1] + c[3]))
                    / (c[1] / (c[1] + c[2]) + c[0] ** 2 * c[1] / (c[1] + c[3]))
                ),
            ),
        ],
        variants=[
            Variant(
                ask="A lower threshold would turn one miss into a hit, and cost some false alarms. "
                "How many may it cost before $F_\\beta$ falls? Give a real number.",
                symbols={"F": r"the present score, $F_\beta$", "b": r"the weight, $\beta$"},
                names=lambda c: {"F": score(*c), "b": c[0]},
                value=alarms_for_one_hit,
                answer="(1 + b^2)/F - 1",
                why="In line 4 the hit adds $1+\\beta^2$ above. Below, $1+\\beta^2$ comes in and "
                "$\\beta^2$ goes out, so only $1$ and the alarms are added. The score stands "
                "still when the two additions have the ratio $F_\\beta$. Among the newly flagged, "
                "positives need a share above $F_\\beta/(1+\\beta^2)$.",
                wrong={
                    "b^2": "A miss weighs $\\beta^2$ alarms in the denominator. The hit also "
                    "raises the numerator, so it is worth more, and the more so the lower the "
                    "score is.",
                    "(1 + b^2)/F": "The hit is one flag too: it adds 1 to the denominator, which "
                    "leaves one alarm less.",
                    "2/F - 1": "This is the balance for $F_1$.",
                },
            ),
        ],
    )


def micro_is_accuracy() -> Derivation:
    """Show that micro-averaged F1 over all classes is accuracy."""
    rng = np.random.default_rng(1)
    instances = [rng.integers(0, 40, size=(k, k)) + 5 * np.eye(k, dtype=int) for k in (3, 4, 6)]

    def every(t: Any) -> tuple[int, int, int]:
        k = range(len(t))
        hits = sum(int(t[c, c]) for c in k)
        alarms = sum(int(t[r, c]) for c in k for r in k if r != c)
        misses = sum(int(t[r, c]) for r in k for c in k if c != r)
        return hits, alarms, misses

    def labels(t: Any) -> tuple[Any, Any]:
        """Write the table out as one true and one predicted class for each example."""
        truth, predicted = np.indices(t.shape)
        return np.repeat(truth.ravel(), t.ravel()), np.repeat(predicted.ravel(), t.ravel())

    def without_background(t: Any) -> dict[str, float]:
        kept = t[1:, 1:]
        return {
            "h": np.trace(kept),
            "x": kept.sum() - np.trace(kept),
            "a": t[0, 1:].sum(),
            "m": t[1:, 0].sum(),
        }

    def f1_of_kept(t: Any) -> float:
        truth, predicted = labels(t)
        return float(f1_score(truth, predicted, labels=range(1, len(t)), average="micro"))

    def two_guesses(t: Any) -> tuple[Any, Any]:
        """Mark the true class, and two predicted ones: that of the table and the one behind it."""
        truth, predicted = labels(t)
        one = np.eye(len(t), dtype=bool)
        return one[truth], one[predicted] | one[(predicted + 1) % len(t)]

    def f1_of_two_guesses(t: Any) -> float:
        true, guessed = two_guesses(t)
        hits, alarms, misses = (true & guessed), (guessed & ~true), (true & ~guessed)
        return float(2 * hits.sum() / (2 * hits.sum() + alarms.sum() + misses.sum()))

    return Derivation(
        claim="Micro-averaged precision, recall and F1 over all classes are all the accuracy.",
        given="One label and one prediction for each of $n$ examples; $M_{rc}$ examples of class "
        "$r$ are predicted as $c$; $\\text{TP}_c$, $\\text{FP}_c$, $\\text{FN}_c$ are counted "
        "class by class.",
        steps=[
            Step(
                goal="Pool the counts of the classes in one F1.",
                tex=r"\frac{2\sum\text{TP}_c}"
                r"{2\sum\text{TP}_c+\sum\text{FP}_c+\sum\text{FN}_c}",
                value=lambda t: 2 * every(t)[0] / (2 * every(t)[0] + every(t)[1] + every(t)[2]),
                relation="start",
                reason="Micro-averaging adds the counts first and divides once.",
                hints=(
                    "Add before dividing.",
                    "F1 in counts is $2\\text{TP}/(2\\text{TP}+\\text{FP}+\\text{FN})$.",
                ),
            ),
            Step(
                goal="Compare the false positives with the false negatives.",
                tex=r"\frac{\sum_cM_{cc}}{\sum_cM_{cc}+\sum_{r\ne c}M_{rc}}",
                value=lambda t: float(np.trace(t) / (np.trace(t) + (t.sum() - np.trace(t)))),
                reason="Every error is one false positive (of the class predicted) and one false "
                "negative (of the true class), so the two sums are equal; the 2 cancels.",
                hints=(
                    "Take one wrong prediction: for which classes does it count?",
                    "Once as FP, once as FN.",
                ),
            ),
            Step(
                goal="Recognize the denominator.",
                tex=r"\frac1n\sum_cM_{cc}",
                value=lambda t: float(np.mean(np.repeat(np.eye(len(t)).ravel(), t.ravel()))),
                reason="All cells of the table together are the $n$ examples.",
                hints=("Diagonal plus off-diagonal is ...", "... everybody."),
            ),
        ],
        instances=instances,
        wrong_moves=[
            WrongMove(
                line=2,
                tex=r"\frac{\sum_cM_{cc}}{\sum_cM_{cc}+2\sum_{r\ne c}M_{rc}}",
                why="The 2 in front of the hits cancels as well.",
                value=lambda t: float(np.trace(t) / (np.trace(t) + 2 * (t.sum() - np.trace(t)))),
            ),
            WrongMove(
                line=3,
                tex=r"\frac1{n-M_{11}}\sum_{c\ne1}M_{cc}",
                why="Leaving one class out of the sums, as is done with a background class, gives "
                "a number that is not accuracy, and not this F1 either.",
                value=lambda t: float((np.trace(t) - t[0, 0]) / (t.sum() - t[0, 0])),
            ),
        ],
        variants=[
            Variant(
                ask="One class is background and left out of the sums, as in entity recognition. "
                "What is the micro-averaged F1 of the other classes?",
                symbols={
                    "h": "hits in the classes that are kept",
                    "x": "examples of a kept class that are predicted as another kept class",
                    "a": "background examples that are predicted as a kept class",
                    "m": "examples of a kept class that are predicted as background",
                },
                names=without_background,
                value=f1_of_kept,
                answer="2h/(2h + 2x + a + m)",
                why="Line 1 stays, line 2 breaks. A confusion of two kept classes is still an "
                "FP and an FN. An error with the background on one side has lost its other half, "
                "so FP is $x+a$ and FN is $x+m$, and the 2 no longer cancels.",
                wrong={
                    "h/(h + x + a + m)": "This counts the errors with the background twice, like "
                    "the others. Each of them has one kept class only.",
                    "2h/(2h + x + a + m)": "A confusion of two kept classes is a false alarm for "
                    "the one and a miss for the other, so $x$ enters twice.",
                    "h/(h + x + m)": "This is the share of hits among the examples of kept "
                    "classes: the micro-averaged recall.",
                },
            ),
            Variant(
                ask="The model now names two different classes for each example, and the true "
                "class is still one. What is the micro-averaged F1?",
                symbols={"A": "the share of examples whose true class is among the two, $A$"},
                names=lambda t: {"A": float(np.logical_and(*two_guesses(t)).any(axis=1).mean())},
                value=f1_of_two_guesses,
                answer="2A/3",
                why="Line 1 stays: $nA$ hits, $2n - nA$ false alarms, $n - nA$ misses. The sums "
                "of FP and FN differ now, by one for each example. Recall is the accuracy in the "
                "first two, precision is half of it.",
                wrong={
                    "A": "This is the recall. Every example also brings one false alarm at least.",
                    "A/2": "This is the precision. The recall is twice as large, and F1 lies "
                    "between the two.",
                    "3A/4": "This is the plain mean of precision and recall. F1 is the harmonic "
                    "mean, which is smaller.",
                },
            ),
        ],
    )


def precision_by_odds() -> Derivation:
    """Write precision as prior odds times a likelihood ratio."""
    instances = [
        {"n1": 50, "n0": 50, "tp": 45, "fp": 5},
        {"n1": 10, "n0": 990, "tp": 9, "fp": 99},
        {"n1": 300, "n0": 100, "tp": 120, "fp": 30},
        {"n1": 7, "n0": 13, "tp": 5, "fp": 2},
    ]

    def balanced(c: dict[str, int]) -> float:
        """Repeat every positive n0 times and every negative n1 times, and count."""
        hits, alarms = c["tp"] * c["n0"], c["fp"] * c["n1"]
        return hits / (hits + alarms)

    def evidence(c: dict[str, int]) -> dict[str, float]:
        ratio = c["tp"] * c["n0"] / (c["n1"] * c["fp"])
        return {"pi": c["n1"] / (c["n1"] + c["n0"]), "L": ratio}

    def precision_of_both(c: dict[str, int]) -> float:
        """Sum over the label and over both readings of the rule, which are independent given it."""
        n = c["n1"] + c["n0"]
        flagged = {}
        for label, size, flags in ((1, c["n1"], c["tp"]), (0, c["n0"], c["fp"])):
            readings = np.outer([1 - flags / size, flags / size], [1 - flags / size, flags / size])
            flagged[label] = size / n * float(readings[1, 1])
        return flagged[1] / (flagged[0] + flagged[1])

    return Derivation(
        claim="The log-odds of precision are the log-odds of the prevalence plus the log of the "
        "likelihood ratio TPR/FPR.",
        given="$n$ examples with prevalence $\\pi$; a rule flags a share TPR of the positives and "
        "FPR of the negatives; $\\sigma(z)=1/(1+e^{-z})$.",
        steps=[
            Step(
                goal="Start with the definition.",
                tex=r"P=\frac{\text{TP}}{\text{TP}+\text{FP}}",
                value=lambda c: c["tp"] / (c["tp"] + c["fp"]),
                relation="start",
                reason="Of those flagged, the share of positives.",
                hints=("Which counts stand in the flagged column?", "TP and FP."),
            ),
            Step(
                goal="Pass to odds.",
                tex=r"\frac{o}{1+o},\quad o=\frac{\text{TP}}{\text{FP}}",
                value=lambda c: (c["tp"] / c["fp"]) / (1 + c["tp"] / c["fp"]),
                reason="Divide above and below by FP.",
                hints=(
                    "Odds are a ratio of the two counts.",
                    "A probability is odds over one plus odds.",
                ),
            ),
            Step(
                goal="Write the counts with rates.",
                tex=r"\frac{o}{1+o},\quad o=\frac{n\pi\,\text{TPR}}{n(1-\pi)\,\text{FPR}}",
                value=lambda c: (
                    lambda pi, tpr, fpr: (
                        pi * tpr / ((1 - pi) * fpr) / (1 + pi * tpr / ((1 - pi) * fpr))
                    )
                )(c["n1"] / (c["n1"] + c["n0"]), c["tp"] / c["n1"], c["fp"] / c["n0"]),
                reason="$\\text{TP}=n\\pi\\,\\text{TPR}$ and $\\text{FP}=n(1-\\pi)\\,\\text{FPR}$.",
                hints=(
                    "How many positives are there, and what share is flagged?",
                    "The same for negatives.",
                ),
            ),
            Step(
                goal="Separate what belongs to the population from what belongs to the rule.",
                tex=r"\sigma\Big(\ln\frac{\pi}{1-\pi}+\ln\frac{\text{TPR}}{\text{FPR}}\Big)",
                value=lambda c: float(
                    1
                    / (
                        1
                        + np.exp(
                            -np.log(c["n1"] / c["n0"])
                            - np.log(c["tp"] / c["n1"])
                            + np.log(c["fp"] / c["n0"])
                        )
                    )
                ),
                reason="$o/(1+o)=\\sigma(\\ln o)$, and the logarithm of a product is a sum: prior "
                "log-odds plus the weight of the evidence.",
                hints=("Write $o=e^z$.", "$z$ is a sum of two logarithms."),
            ),
        ],
        instances=instances,
        wrong_moves=[
            WrongMove(
                line=3,
                tex=r"\frac{o}{1+o},\quad o=\frac{\text{TPR}}{\text{FPR}}",
                why="Without the prior odds this is the precision at a prevalence of one half, "
                "whatever the data.",
                value=lambda c: (lambda ratio: ratio / (1 + ratio))(
                    c["tp"] / c["n1"] / (c["fp"] / c["n0"])
                ),
            ),
            WrongMove(
                line=4,
                tex=r"\sigma\Big(\ln\frac{\pi}{1-\pi}+\ln\frac{\text{TPR}}{\text{TNR}}\Big)",
                why="A flag is evidence to the extent that negatives are flagged less; the true "
                "negative rate is the other column.",
                value=lambda c: float(
                    1 / (1 + c["n0"] / c["n1"] * (1 - c["fp"] / c["n0"]) / (c["tp"] / c["n1"]))
                ),
            ),
        ],
        variants=[
            Variant(
                ask="The precision was measured on a test set that was resampled, at random within "
                "each class, to one half positives. What is the precision of the same rule in the "
                "world, at prevalence $\\pi$?",
                symbols={
                    "P": "the precision on the balanced test set, $P$",
                    "pi": r"the prevalence in the world, $\pi$",
                },
                names=lambda c: {"P": balanced(c), "pi": c["n1"] / (c["n1"] + c["n0"])},
                value=lambda c: c["tp"] / (c["tp"] + c["fp"]),
                answer="pi P/(pi P + (1 - pi)(1 - P))",
                why="Line 4: resampling leaves TPR and FPR and makes the prior odds 1, so the "
                "likelihood ratio is $P/(1-P)$. Multiply by the odds of the world. A precision "
                "of 0.9 on balanced data is 0.08 at a prevalence of 1%.",
                wrong={
                    "P": "TPR and FPR are the same in both populations. Precision mixes them "
                    "with the prevalence.",
                    "2 pi P": "This scales the precision with the prevalence, and can exceed 1 for "
                    "common classes. It is the odds that scale, with the prior odds.",
                    "pi P/(pi P + 1 - pi)": "Of the negatives only those flagged belong in the "
                    "denominator, in proportion $1-P$. Here all of them stand in it.",
                },
            ),
            Variant(
                ask="A second test with the same TPR and FPR is made, independent of the first "
                "given the label. An example is flagged when both tests flag it. What is the "
                "precision?",
                symbols={
                    "pi": r"the prevalence, $\pi$",
                    "L": r"the likelihood ratio of one test, $\text{TPR}/\text{FPR}$",
                },
                names=evidence,
                value=precision_of_both,
                answer="pi L^2/(pi L^2 + 1 - pi)",
                why="Given the label the rates multiply, to $\\text{TPR}^2$ and "
                "$\\text{FPR}^2$. In line 4 the weight of the evidence is added twice and the "
                "prior once. Errors that both tests share break the independence, and then the "
                "second test adds less.",
                wrong={
                    "pi^2 L^2/(pi^2 L^2 + (1 - pi)^2)": "This multiplies the odds after the first "
                    "test by the odds after the second, so the prior is counted twice.",
                    "2 pi L/(2 pi L + 1 - pi)": "It is the logarithms of the ratios that add. The "
                    "ratios multiply.",
                    "1 - ((1 - pi)/(1 - pi + pi L))^2": "This is the chance that not both alarms "
                    "are false, as if they came from two examples. Here both speak of the same "
                    "one.",
                },
            ),
        ],
    )


# --- Calibration ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Forecasts:
    """Groups of equal forecasts, with their sizes and their positives."""

    forecast: Array
    size: NDArray[np.int64]
    hits: NDArray[np.int64]

    @property
    def frequency(self) -> Array:
        return np.asarray(self.hits / self.size)

    @property
    def share(self) -> Array:
        return np.asarray(self.size / self.size.sum())

    @property
    def base(self) -> float:
        return float(self.hits.sum() / self.size.sum())

    def examples(self) -> tuple[Array, Array, Array]:
        """Return each example's forecast, label, and the frequency of its group."""
        labels = [np.arange(n) < h for n, h in zip(self.size, self.hits, strict=True)]
        return (
            np.repeat(self.forecast, self.size),
            np.concatenate(labels).astype(float),
            np.repeat(self.frequency, self.size),
        )


def murphy() -> Derivation:
    """Split the Brier score into reliability, resolution and uncertainty."""
    rng = np.random.default_rng(2)
    instances = []
    for k in (3, 4, 6):
        size = rng.integers(5, 40, size=k)
        instances.append(Forecasts(rng.random(k), size, rng.binomial(size, rng.random(k))))

    def reliability(f: Forecasts) -> float:
        return float(f.share @ (f.forecast - f.frequency) ** 2)

    def between(f: Forecasts) -> float:
        return float(np.var(f.examples()[2]))

    def brier_of_timid(f: Forecasts) -> float:
        """Score calibrated forecasts after moving each halfway to the base rate."""
        _, labels, calibrated = f.examples()
        return float(np.mean(((calibrated + labels.mean()) / 2 - labels) ** 2))

    return Derivation(
        claim="Brier = reliability - resolution + uncertainty, exactly, for forecasts that take "
        "finitely many values.",
        given="$n$ examples; group $k$ holds the $n_k$ examples with forecast $f_k$, of which a "
        "share $\\bar y_k$ is positive; $\\bar y$ is the base rate and "
        "$\\text{REL}=\\sum_k\\frac{n_k}n(f_k-\\bar y_k)^2$.",
        steps=[
            Step(
                goal="Write the score.",
                tex=r"\frac1n\sum_i(f_i-y_i)^2",
                value=lambda f: float(np.mean((f.examples()[0] - f.examples()[1]) ** 2)),
                relation="start",
                reason="The mean squared error of the forecast chance, labels 0 and 1.",
                hints=("A squared error.", "Between chance and label."),
            ),
            Step(
                goal="Go through the groups, and put in the group's frequency.",
                tex=r"\frac1n\sum_k\sum_{i\in k}\big[(f_k-\bar y_k)+(\bar y_k-y_i)\big]^2",
                value=lambda f: float(
                    np.mean(
                        ((f.examples()[0] - f.examples()[2]) + (f.examples()[2] - f.examples()[1]))
                        ** 2
                    )
                ),
                reason="Add and subtract the best constant for the group, its frequency.",
                hints=("What constant would be best for a group?", "Add and subtract $\\bar y_k$."),
            ),
            Step(
                goal="Expand, and let the cross term vanish.",
                tex=r"\text{REL}+\sum_k\frac{n_k}n\bar y_k(1-\bar y_k)",
                value=lambda f: reliability(f) + float(f.share @ (f.frequency * (1 - f.frequency))),
                reason="In a group the first bracket is constant and the second sums to zero. The "
                "squares of the second average to the variance of 0/1 labels, "
                "$\\bar y_k(1-\\bar y_k)$.",
                hints=(
                    "$\\sum_{i\\in k}(\\bar y_k-y_i)=0$.",
                    "The variance of labels with frequency $q$ is $q(1-q)$.",
                ),
            ),
            Step(
                goal="Split the variance that is left.",
                tex=r"\text{REL}-\sum_k\frac{n_k}n(\bar y_k-\bar y)^2+\bar y(1-\bar y)",
                value=lambda f: (
                    reliability(f)
                    - float(f.share @ (f.frequency - f.base) ** 2)
                    + f.base * (1 - f.base)
                ),
                reason="Total variance of the labels is variance within groups plus variance "
                "between them, so within is $\\bar y(1-\\bar y)$ minus between.",
                hints=("Law of total variance for the labels.", "Within is total minus between."),
            ),
        ],
        instances=instances,
        wrong_moves=[
            WrongMove(
                line=3,
                tex=r"\text{REL}+\bar y(1-\bar y)",
                why="The labels vary around their group's frequency, which is less than around "
                "the base rate: resolution has been lost.",
                value=lambda f: reliability(f) + f.base * (1 - f.base),
            ),
            WrongMove(
                line=4,
                tex=r"\text{REL}+\sum_k\frac{n_k}n(\bar y_k-\bar y)^2+\bar y(1-\bar y)",
                why="Resolution is the part of the variance that the forecast explains; it makes "
                "the score smaller.",
                value=lambda f: (
                    reliability(f)
                    + float(f.share @ (f.frequency - f.base) ** 2)
                    + f.base * (1 - f.base)
                ),
            ),
        ],
        variants=[
            Variant(
                ask="The forecasts were calibrated, $f_k = \\bar y_k$. Then somebody moves each "
                "of them halfway to the base rate. What is the Brier score now?",
                symbols={
                    "r": "the resolution before the move, the middle sum of the last line",
                    "u": r"the uncertainty, $\bar y(1-\bar y)$",
                },
                names=lambda f: {"r": between(f), "u": f.base * (1 - f.base)},
                value=brier_of_timid,
                answer="u - 3r/4",
                why="The groups and their frequencies stay, so resolution and uncertainty do. "
                "Reliability was 0 and is now the mean of $(\\bar y_k-\\bar y)^2/4$, a quarter "
                "of the resolution. The ranking and the AUC did not change; the score did.",
                wrong={
                    "u - r": "The order of the forecasts is the same, and so is the AUC. The "
                    "Brier score also asks whether 0.8 means 0.8, and REL is no longer zero.",
                    "u - r/4": "This takes the variance of the new forecasts for the resolution. "
                    "Resolution is made of the groups' frequencies, which nobody touched.",
                    "u - r/2": "A miss of half the distance costs a quarter: REL is a mean of "
                    "squares.",
                },
            ),
        ],
    )


# --- Thresholds -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Costs:
    """Chances of several examples, and what each cell of the table costs."""

    p: Array
    tp: float
    fp: float
    fn: float
    tn: float


def _equal_cost(one: Callable[[float], float], other: Callable[[float], float]) -> float:
    """Return the chance at which two decisions have the same expected cost."""
    return float(brentq(lambda p: one(p) - other(p), 0.0, 1.0, xtol=1e-14))


def bayes_threshold() -> Derivation:
    """Find the chance from which flagging is the cheaper decision."""
    grid = np.array([0.01, 0.04, 0.11, 0.23, 0.37, 0.52, 0.68, 0.81, 0.93])
    instances = [
        Costs(grid, 0, 1, 10, 0),
        Costs(grid, 0, 5, 1, 0),
        Costs(grid, 1, 2, 9, 0.5),
        Costs(grid, -3, 4, 2, -1),
    ]

    def extra(c: Costs) -> dict[str, float]:
        return {"a": c.fp - c.tn, "m": c.fn - c.tp}

    def with_expert(c: Costs) -> dict[str, float]:
        """An expert cheap enough to be asked: at a share of the highest price that is paid."""
        a, m = extra(c).values()
        share = (1 + c.fp) / 8  # another one each time, so that no rule of thumb fits all
        return {"a": a, "m": m, "c": share * a * m / (a + m)}

    def flag_or_ask(c: Costs) -> float:
        price = with_expert(c)["c"]
        return _equal_cost(
            lambda p: p * c.tp + (1 - p) * c.fp,
            lambda p: p * c.tp + (1 - p) * c.tn + price,
        )

    def threshold_after_sampling(c: Costs) -> float:
        """Find the chance in the world, then count what is left with one negative in ten."""
        world = _equal_cost(
            lambda p: p * c.tp + (1 - p) * c.fp, lambda p: p * c.fn + (1 - p) * c.tn
        )
        positives, negatives = 1000 * world, 1000 * (1 - world) / 10
        return positives / (positives + negatives)

    return Derivation(
        claim="With true chances, flag when $p$ is at least the cost of a false alarm over the sum "
        "of both errors' costs.",
        given="$p=\\Prob(y=1\\given x)$; costs $c_{TP},c_{FP},c_{FN},c_{TN}$ of the four cells, "
        "with $c_{FP}>c_{TN}$ and $c_{FN}>c_{TP}$: an error costs more than being right.",
        steps=[
            Step(
                goal="Compare the expected costs of the two decisions.",
                tex=r"\E[\text{cost}\given\text{flag}]\le\E[\text{cost}\given\text{pass}]",
                value=lambda c: (
                    np.column_stack([1 - c.p, c.p]) @ np.array([c.fp, c.tp])
                    <= np.column_stack([1 - c.p, c.p]) @ np.array([c.tn, c.fn])
                ),
                relation="start",
                reason="The decision for one example changes only its own cost.",
                hints=("What is random when $x$ is known?", "The label."),
            ),
            Step(
                goal="Write the expectations out.",
                tex=r"(1-p)c_{FP}+p\,c_{TP}\le p\,c_{FN}+(1-p)c_{TN}",
                value=lambda c: (1 - c.p) * c.fp + c.p * c.tp <= c.p * c.fn + (1 - c.p) * c.tn,
                relation="equivalent",
                reason="A flag is right with chance $p$, a pass with chance $1-p$.",
                hints=("Two cells for each decision.", "Weigh them by $p$ and $1-p$."),
            ),
            Step(
                goal="Collect what each label costs extra.",
                tex=r"(1-p)(c_{FP}-c_{TN})\le p\,(c_{FN}-c_{TP})",
                value=lambda c: (1 - c.p) * (c.fp - c.tn) <= c.p * (c.fn - c.tp),
                relation="equivalent",
                reason="Only the extra cost of being wrong matters; a constant for "
                "each label drops out.",
                hints=(
                    "Bring the terms with $1-p$ to one side.",
                    "Regret of an alarm, regret of a miss.",
                ),
            ),
            Step(
                goal="Write it as odds.",
                tex=r"\frac{p}{1-p}\ge\frac{c_{FP}-c_{TN}}{c_{FN}-c_{TP}}",
                value=lambda c: c.p / (1 - c.p) >= (c.fp - c.tn) / (c.fn - c.tp),
                relation="equivalent",
                reason="Both $1-p$ and $c_{FN}-c_{TP}$ are positive.",
                hints=("Divide by $1-p$.", "And by the regret of a miss."),
            ),
            Step(
                goal="Solve for the chance.",
                tex=r"p\ge\frac{c_{FP}-c_{TN}}{(c_{FP}-c_{TN})+(c_{FN}-c_{TP})}",
                value=lambda c: c.p >= (c.fp - c.tn) / (c.fp - c.tn + c.fn - c.tp),
                relation="equivalent",
                reason="Odds of at least $a/b$ are a chance of at least $a/(a+b)$.",
                hints=("From odds to probability.", "$o=a/b$ gives $a/(a+b)$."),
            ),
        ],
        instances=instances,
        wrong_moves=[
            WrongMove(
                line=5,
                tex=r"p\ge\frac{c_{FP}-c_{TN}}{c_{FN}-c_{TP}}",
                why="These are odds. With 1 : 10 the two differ little (0.100 and 0.091); with "
                "equal costs the one says 1 and the other one half.",
                value=lambda c: c.p >= (c.fp - c.tn) / (c.fn - c.tp),
            ),
            WrongMove(
                line=5,
                tex=r"p\ge\frac{c_{FN}-c_{TP}}{(c_{FP}-c_{TN})+(c_{FN}-c_{TP})}",
                why="The costlier the miss, the lower the threshold has to be; this one rises.",
                value=lambda c: c.p >= (c.fn - c.tp) / (c.fp - c.tn + c.fn - c.tp),
            ),
        ],
        variants=[
            Variant(
                ask="There is a third decision: ask an expert, who is always right, at the price "
                "$c$. From which chance on is flagging at least as cheap as asking?",
                symbols={
                    "a": r"what a false alarm costs extra, $c_{FP}-c_{TN}$",
                    "m": r"what a miss costs extra, $c_{FN}-c_{TP}$",
                    "c": r"the expert's price, $c$, below $am/(a+m)$",
                },
                names=with_expert,
                value=flag_or_ask,
                answer="1 - c/a",
                why="As in line 3 only the extra costs matter: flagging costs $(1-p)a$, asking "
                "$c$. What a miss costs has no part in this comparison. Passing is at least as "
                "cheap as asking up to $p = c/m$. Between the two the expert is asked, and the "
                "interval is empty once $c$ exceeds $am/(a+m)$.",
                wrong={
                    "a/(a + m)": "There flagging and passing cost the same, $am/(a+m)$, and "
                    "asking is cheaper than both.",
                    "c/a": "This bounds the chance that the flag is wrong, $1-p$.",
                    "c/m": "Here asking begins to pay against passing. It is the lower end of "
                    "the expert's interval.",
                },
            ),
            Variant(
                ask="The model was trained with all positives and one in ten negatives, drawn at "
                "random, and its output $q$ is calibrated on such data. From which $q$ on should "
                "it flag in the world?",
                symbols={
                    "a": r"what a false alarm costs extra, $c_{FP}-c_{TN}$",
                    "m": r"what a miss costs extra, $c_{FN}-c_{TP}$",
                },
                names=extra,
                value=threshold_after_sampling,
                answer="a/(a + m/10)",
                why="Line 4 holds for the chance $p$ in the world. Of the negatives a tenth is "
                "left, so the odds the model reports are ten times as high, and the odds to "
                "reach are $10a/m$. With equal costs the threshold is 0.91.",
                wrong={
                    "a/(a + m)": "This threshold is for the chance in the world. The output is "
                    "higher, since the model saw fewer negatives.",
                    "a/(a + 10 m)": "This is the correction in the wrong direction. The output "
                    "overstates the chance, so the threshold has to rise.",
                    "10 a/(a + m)": "Sampling multiplies the odds by ten. A chance multiplied by "
                    "ten can exceed 1.",
                },
            ),
        ],
    )


# --- Intervals, samples -----------------------------------------------------------------------


def wilson_interval() -> Derivation:
    """Solve the score test for the rates that it does not reject."""
    z = 1.96
    rates = np.linspace(0.013, 0.987, 60)
    instances = [(9, 10), (45, 50), (3, 40), (70, 100)]

    def edge_without_success(c: tuple[int, int]) -> float:
        return float(brentq(lambda p: p - z * np.sqrt(p * (1 - p) / c[1]), 1e-9, 1, xtol=1e-14))

    def planned(c: tuple[int, int]) -> dict[str, float]:
        return {"h": 1 / c[1] ** 0.5, "z": z}

    def trials_for(c: tuple[int, int]) -> float:
        """Find both ends of the interval around a share of 1/2, and the trials that fit them."""

        def half_width(n: float) -> float:
            def distance(p: float) -> float:
                return abs(p - 0.5) - z * float(np.sqrt(p * (1 - p) / n))

            low, high = (brentq(distance, 0.5, end, xtol=1e-14) for end in (0.0, 1.0))
            return float(high - low) / 2

        return float(brentq(lambda n: half_width(n) - planned(c)["h"], 0.1, 1e5, xtol=1e-10))

    return Derivation(
        claim="The rates not rejected by the score test are Wilson's interval.",
        given="$\\hat p$ is the share of successes in $n$ trials, $z=1.96$; each line is asked for "
        "many values of the true rate $p$.",
        steps=[
            Step(
                goal="Say when the data do not reject a rate.",
                tex=r"\abs{\hat p-p}\le z\sqrt{\frac{p(1-p)}n}",
                value=lambda c: (
                    np.abs(c[0] / c[1] - rates) <= z * np.sqrt(rates * (1 - rates) / c[1])
                ),
                relation="start",
                reason="If the rate is $p$, the share has the standard deviation "
                "$\\sqrt{p(1-p)/n}$, of the rate that is asked about.",
                hints=("How much does a share vary?", "With the rate under test, $p$ itself."),
            ),
            Step(
                goal="Square.",
                tex=r"(\hat p-p)^2\le\frac{z^2}{n}p(1-p)",
                value=lambda c: (c[0] / c[1] - rates) ** 2 <= z**2 / c[1] * rates * (1 - rates),
                relation="equivalent",
                reason="Both sides are nonnegative.",
                hints=("Remove the root.", "Remove the absolute value."),
            ),
            Step(
                goal="Order by powers of p.",
                tex=r"\Big(1+\frac{z^2}n\Big)p^2-\Big(2\hat p+\frac{z^2}n\Big)p+\hat p^2\le0",
                value=lambda c: (
                    (1 + z**2 / c[1]) * rates**2
                    - (2 * c[0] / c[1] + z**2 / c[1]) * rates
                    + (c[0] / c[1]) ** 2
                    <= 0
                ),
                relation="equivalent",
                reason="A quadratic that opens upward: true between its roots.",
                hints=("Multiply out.", "Collect $p^2$, $p$ and the rest."),
            ),
            Step(
                goal="Complete the square.",
                tex=r"\begin{aligned}&\abs{p-m}\le h,\quad m=\frac{\hat p+z^2/2n}{1+z^2/n},\\"
                r"&h=\frac{z\sqrt{\hat p(1-\hat p)/n+z^2/4n^2}}{1+z^2/n}\end{aligned}",
                value=lambda c: (
                    np.abs(rates - (c[0] / c[1] + z**2 / (2 * c[1])) / (1 + z**2 / c[1]))
                    <= z
                    * np.sqrt(c[0] / c[1] * (1 - c[0] / c[1]) / c[1] + z**2 / (4 * c[1] ** 2))
                    / (1 + z**2 / c[1])
                ),
                relation="equivalent",
                reason="Half the linear coefficient is the center; the discriminant gives the half "
                "width. The center is a weighted mean of $\\hat p$ and 1/2.",
                hints=("Midpoint of the roots.", "Half their distance."),
            ),
        ],
        instances=instances,
        wrong_moves=[
            WrongMove(
                line=2,
                tex=r"(\hat p-p)^2\le\frac{z^2}n\hat p(1-\hat p)",
                why="This puts the estimate into the standard deviation (Wald's interval). It has "
                "width zero at 0 or $n$ successes.",
                value=lambda c: (
                    (c[0] / c[1] - rates) ** 2 <= z**2 / c[1] * (c[0] / c[1]) * (1 - c[0] / c[1])
                ),
            ),
        ],
        variants=[
            Variant(
                ask="None of the $n$ trials is a success, $\\hat p = 0$. What is the upper end of "
                "the interval?",
                symbols={"n": "the number of trials, $n$", "z": "the quantile $z$, here 1.96"},
                names=lambda c: {"n": c[1], "z": z},
                value=edge_without_success,
                answer="z^2/(n + z^2)",
                why="At $\\hat p = 0$ line 2 is $p^2 \\le z^2 p(1-p)/n$; divide by $p$. In line 4 "
                "it is $m + h$ with $m = h$. For 100 trials it is 0.037: an event not seen in "
                "100 trials may still have a rate of nearly 4%.",
                wrong={
                    "0": "This is Wald's interval, which puts $\\hat p$ into the standard "
                    "deviation. The test asks with the variance of each $p$ itself.",
                    "3/n": "The rule of three approximates, for large $n$, the exact one-sided "
                    "limit at 95%, $1-0.05^{1/n}$. It is a good answer to another question.",
                    "z^2/(2n + 2z^2)": "This is the center $m$. The half width is as large and "
                    "has to be added.",
                },
            ),
            Variant(
                ask="You plan a test set and expect the share $\\hat p=\\frac12$. How many trials "
                "give the interval the half width $h$? Give a real number.",
                symbols={
                    "h": "the half width that is wanted, $h$",
                    "z": "the quantile $z$, here 1.96",
                },
                names=planned,
                value=trials_for,
                answer="z^2/(4h^2) - z^2",
                why="At $\\hat p = 1/2$ the center is 1/2, so the ends are $1/2 \\pm h$. In line 2 "
                "the variance at an end is $1/4 - h^2$, which gives $n = z^2(1/4 - h^2)/h^2$. Two "
                "percentage points, $h = 0.02$, take about 2400 trials. Half the width takes "
                "about four times as many.",
                wrong={
                    "z^2/(4h^2)": "This is Wald's number. It is $z^2$ too large, about four "
                    "trials: the interval's pull toward 1/2 is worth that many.",
                    "z^2/h^2": "The standard deviation of one trial is at most 1/2, and its "
                    "square brings the 4.",
                    "z/(2h)": "The width falls with the root of $n$, so $n$ grows with the square.",
                },
            ),
        ],
    )


def _over_correct(n: int, p: float, estimate: Callable[[int], float]) -> float:
    """Return the mean of an estimate over the number c of correct samples among n."""
    chances = [comb(n, c) * p**c * (1 - p) ** (n - c) for c in range(n + 1)]
    return sum(chance * estimate(c) for c, chance in enumerate(chances))


def pass_at_k_is_unbiased() -> Derivation:
    """Take the expectation of the estimator over the number of correct samples."""
    instances = [(5, 2, 0.3), (10, 5, 0.05), (20, 10, 0.2), (7, 7, 0.6)]

    def plugged_in(i: tuple[int, int, float]) -> float:
        n, _, p = i
        return _over_correct(n, p, lambda c: 1 - (1 - c / n) ** 2)

    def over_two_kinds(i: tuple[int, int, float]) -> float:
        """Average the estimator over problems of chance p and of chance 0."""
        n, k, p = i
        kinds = [
            _over_correct(n, chance, lambda c: 1 - comb(n - c, k) / comb(n, k))
            for chance in (p, 0.0)
        ]
        return sum(kinds) / 2

    return Derivation(
        claim="The mean of $1-\\binom{n-c}k/\\binom nk$ is exactly $1-(1-p)^k$.",
        given="$n\\ge k$ independent samples, each correct with chance $p$; $c$ of "
        "them are correct.",
        steps=[
            Step(
                goal="Take the expectation over c.",
                tex=r"\E_{c\sim\text{Bin}(n,p)}\Big[1-\tbinom{n-c}k\big/\tbinom nk\Big]",
                value=lambda i: sum(
                    comb(i[0], c)
                    * i[2] ** c
                    * (1 - i[2]) ** (i[0] - c)
                    * (1 - comb(i[0] - c, i[1]) / comb(i[0], i[1]))
                    for c in range(i[0] + 1)
                ),
                relation="start",
                reason="The estimator depends on the samples through $c$ only.",
                hints=("What is random?", "The number $c$, binomial."),
            ),
            Step(
                goal="Keep the chance that all k drawn are wrong.",
                tex=r"1-\sum_c\tbinom nc p^c(1-p)^{n-c}\,\tbinom{n-c}k\big/\tbinom nk",
                value=lambda i: (
                    1
                    - sum(
                        comb(i[0], c)
                        * i[2] ** c
                        * (1 - i[2]) ** (i[0] - c)
                        * comb(i[0] - c, i[1])
                        / comb(i[0], i[1])
                        for c in range(i[0] - i[1] + 1)
                    )
                ),
                reason="The probabilities sum to 1; terms with fewer than $k$ wrong samples "
                "are zero.",
                hints=("The expectation of 1 is 1.", "Write the binomial weights."),
            ),
            Step(
                goal="Exchange the order of choosing.",
                tex=r"1-\sum_c\tbinom{n-k}c p^c(1-p)^{n-c}",
                value=lambda i: (
                    1
                    - sum(
                        comb(i[0] - i[1], c) * i[2] ** c * (1 - i[2]) ** (i[0] - c)
                        for c in range(i[0] - i[1] + 1)
                    )
                ),
                reason="Choosing $c$ correct and then $k$ of the others is choosing the $k$ first "
                "and then the $c$: $\\binom nc\\binom{n-c}k=\\binom nk\\binom{n-k}c$.",
                hints=("Two ways to count the same choice.", "First the $k$ that are drawn."),
            ),
            Step(
                goal="Take the k wrong draws out of the sum.",
                tex=r"1-(1-p)^k\sum_c\tbinom{n-k}cp^c(1-p)^{n-k-c}",
                value=lambda i: (
                    1
                    - (1 - i[2]) ** i[1]
                    * sum(
                        comb(i[0] - i[1], c) * i[2] ** c * (1 - i[2]) ** (i[0] - i[1] - c)
                        for c in range(i[0] - i[1] + 1)
                    )
                ),
                reason="$(1-p)^{n-c}=(1-p)^k(1-p)^{n-k-c}$.",
                hints=("Which power makes the rest a binomial?", "$n-c=k+(n-k-c)$."),
            ),
            Step(
                goal="Sum.",
                tex=r"1-(1-p)^k",
                value=lambda i: 1 - (1 - i[2]) ** i[1],
                reason="The sum is the total probability of a binomial with $n-k$ trials.",
                hints=("Binomial theorem.", "It is one."),
            ),
        ],
        instances=instances,
        wrong_moves=[
            WrongMove(
                line=2,
                tex=r"1-\sum_c\tbinom ncp^c(1-p)^{n-c}\Big(1-\frac cn\Big)^k",
                why="Putting $c/n$ for $p$ draws with replacement. The power is convex, so by "
                "Jensen's inequality the mean chance of failing comes out too high and "
                "pass@k too low.",
                value=lambda i: (
                    1
                    - sum(
                        comb(i[0], c)
                        * i[2] ** c
                        * (1 - i[2]) ** (i[0] - c)
                        * (1 - c / i[0]) ** i[1]
                        for c in range(i[0] + 1)
                    )
                ),
            ),
            WrongMove(
                line=4,
                tex=r"1-(1-p)^k\sum_c\tbinom{n-k}cp^c(1-p)^{n-c}",
                why="The $k$ wrong draws have been taken out in front and left in the sum too.",
                value=lambda i: (
                    1
                    - (1 - i[2]) ** i[1]
                    * sum(
                        comb(i[0] - i[1], c) * i[2] ** c * (1 - i[2]) ** (i[0] - c)
                        for c in range(i[0] - i[1] + 1)
                    )
                ),
            ),
        ],
        variants=[
            Variant(
                ask="Half of the benchmark's problems have the chance $p$ a sample, the other "
                "half cannot be solved. What is the expectation of the estimator, averaged over "
                "the problems?",
                symbols={
                    "p": "the chance of one sample on a problem that can be solved, $p$",
                    "k": "the number of draws, $k$",
                },
                names=lambda i: {"p": i[2], "k": i[1]},
                value=over_two_kinds,
                answer="(1 - (1 - p)^k)/2",
                why="The last line holds for each problem by itself, and the benchmark averages "
                "over problems. The result cannot exceed one half, however large $k$ is. Pass@1 "
                "alone does not tell pass@k: the spread of the chances counts.",
                wrong={
                    "1 - (1 - p/2)^k": "This puts the mean chance into the last line, as if all "
                    "problems were equally hard. The power is convex in the chance, so for $k>1$ "
                    "it comes out too high.",
                    "1 - (1 - p)^(k/2)": "The draws are not shared between the problems: each "
                    "gets $k$ of its own.",
                    "1 - (1 - p)^k": "The problems that cannot be solved count, with a zero each.",
                },
            ),
            Variant(
                ask="Somebody estimates pass@2 by $1-(1-c/n)^2$. What is the mean of this?",
                symbols={
                    "p": "the chance that a sample is correct, $p$",
                    "n": "the number of samples, $n$",
                },
                names=lambda i: {"p": i[2], "n": i[0]},
                value=plugged_in,
                answer="1 - (1 - p)^2 - p(1 - p)/n",
                why="The share $c/n$ is right on average, and its square is not: "
                "$\\E[(1-c/n)^2]$ is the squared mean plus the variance $p(1-p)/n$. The bias "
                "shrinks with $n$, and for every $p$ between 0 and 1 it makes the model look "
                "worse.",
                wrong={
                    "1 - (1 - p)^2": "This takes the expectation inside the square. That is "
                    "allowed for a linear function.",
                    "1 - (1 - p)^2 + p(1 - p)/n": "The variance is added to the chance of "
                    "failing, and that is subtracted from 1.",
                    "1 - (1 - p)^2 - n p(1 - p)": "$np(1-p)$ is the variance of the count $c$. "
                    "That of the share is $n^2$ times smaller.",
                },
            ),
        ],
    )
