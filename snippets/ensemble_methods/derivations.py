"""Derivations of the topic, each line evaluated by enumeration or in exact arithmetic."""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from snippets.forms import Derivation, Step, Variant, WrongMove

Array = NDArray[np.float64]


# --- forests ----------------------------------------------------------------------------------


class _Forest(NamedTuple):
    """Training sets with their chances; a tree's prediction for each set and each resample."""

    sets: Array  # chance of each training set
    resamples: Array  # chance of each resample (rows: sets)
    trees: Array  # prediction of the tree (rows: sets)
    members: int


def _forests() -> list[_Forest]:
    rng = np.random.default_rng(5)
    shapes = ((2, 3, 2), (3, 2, 3), (4, 3, 4), (3, 4, 2))
    return [
        _Forest(
            rng.dirichlet(np.ones(sets)),
            rng.dirichlet(np.ones(resamples), size=sets),
            rng.normal(0, 2, size=(sets, resamples)),
            members,
        )
        for sets, resamples, members in shapes
    ]


def _outcomes(f: _Forest, members: int) -> Iterator[tuple[int, float, Array]]:
    """Yield every training set and choice of resamples: set, joint chance, predictions."""
    for d in range(len(f.sets)):
        for picks in product(range(f.trees.shape[1]), repeat=members):
            chosen = list(picks)
            yield d, float(f.sets[d] * np.prod(f.resamples[d, chosen])), f.trees[d, chosen]


def _means(f: _Forest) -> Array:
    """Mean prediction of a tree, for each training set."""
    return np.asarray(np.sum(f.resamples * f.trees, axis=1))


def _spreads(f: _Forest) -> Array:
    """Variance of a tree over resamples, for each training set."""
    return np.asarray(np.sum(f.resamples * f.trees**2, axis=1) - _means(f) ** 2)


def _over_sets(f: _Forest, values: Array) -> float:
    """Variance over training sets."""
    return float(f.sets @ values**2 - (f.sets @ values) ** 2)


def _tree_variance(f: _Forest) -> float:
    joint = f.sets[:, None] * f.resamples
    return float(np.sum(joint * f.trees**2) - np.sum(joint * f.trees) ** 2)


def forest_variance() -> Derivation:
    """What averaging trees removes, and what it cannot."""

    def whole(f: _Forest) -> float:
        found = [(chance, float(t.mean())) for _, chance, t in _outcomes(f, f.members)]
        chances, means = np.array(found).T
        return float(chances @ means**2 - (chances @ means) ** 2)

    def conditional(f: _Forest) -> float:
        first, second = np.zeros(len(f.sets)), np.zeros(len(f.sets))
        for d, chance, trees in _outcomes(f, f.members):
            first[d] += chance * trees.mean() / f.sets[d]
            second[d] += chance * trees.mean() ** 2 / f.sets[d]
        return float(f.sets @ (second - first**2)) + _over_sets(f, first)

    def correlation(f: _Forest) -> float:
        pairs = [(chance, trees[0], trees[1]) for _, chance, trees in _outcomes(f, 2)]
        chance, a, b = np.array(pairs).T
        covariance = chance @ (a * b) - (chance @ a) * (chance @ b)
        return float(covariance / (chance @ a**2 - (chance @ a) ** 2))

    def difference_of_two(f: _Forest) -> float:
        both = _outcomes(f, 2 * f.members)
        found = [
            (chance, float(t[: f.members].mean() - t[f.members :].mean())) for _, chance, t in both
        ]
        chances, gaps = np.array(found).T
        return float(chances @ gaps**2 - (chances @ gaps) ** 2)

    return Derivation(
        claim="A forest of $B$ trees has variance $\\rho\\sigma^2 + (1-\\rho)\\sigma^2/B$: what "
        "the resampling adds is averaged away, what the training set decides stays.",
        given="One input is fixed. $T_b$ is the prediction of tree $b$: it depends on the training "
        "set $D$ and on its own resample (bootstrap and features). Given $D$, the resamples are "
        "drawn independently. $m(D)=\\E[T_b\\given D]$, $\\sigma^2=\\Var(T_b)$ over both draws, "
        "and $\\rho$ is the correlation of two trees over both draws.",
        steps=(
            Step(
                goal="Write down the variance of the forest.",
                tex=r"\Var\Big(\frac1B\sum_{b=1}^B T_b\Big)",
                value=whole,
                relation="start",
                reason="The variance is over training sets and over all resamples.",
                hints=("What is a regression forest's prediction?", "The mean of its trees."),
            ),
            Step(
                goal="Split it by the training set.",
                tex=r"\begin{aligned}&\E_D\Big[\Var\Big(\frac1B\sum_b T_b \,\Big|\, D\Big)\Big]\\"
                r"&\quad + \Var_D\Big(\E\Big[\frac1B\sum_b T_b\,\Big|\,D\Big]\Big)\end{aligned}",
                value=conditional,
                reason="The law of total variance: the mean of the variance within a training set, "
                "plus the variance between training sets.",
                hints=(
                    "There are two sources of randomness; condition on one.",
                    "Given $D$ the trees are independent, so condition on $D$.",
                ),
            ),
            Step(
                goal="Use what holds given the training set.",
                tex=r"\frac1B\,\E_D\big[\Var(T_1\given D)\big] + \Var_D\big(m(D)\big)",
                value=lambda f: float(f.sets @ _spreads(f)) / f.members + _over_sets(f, _means(f)),
                reason="Given $D$ the trees are independent and alike, so the variance of their "
                "mean is one $B$-th of a tree's. Their conditional mean is $m(D)$ for any $B$.",
                hints=(
                    "Which of the two terms depends on $B$?",
                    "The mean of $B$ equal expectations is the same expectation.",
                ),
            ),
            Step(
                goal="Express the first term by the variance of one tree.",
                tex=r"\frac1B\Big(\sigma^2 - \Var_D\big(m(D)\big)\Big) + \Var_D\big(m(D)\big)",
                value=lambda f: (
                    (_tree_variance(f) - _over_sets(f, _means(f))) / f.members
                    + _over_sets(f, _means(f))
                ),
                reason="Total variance once more, for a single tree: "
                "$\\sigma^2=\\E_D[\\Var(T_1\\given D)]+\\Var_D(m(D))$.",
                hints=("Apply the same law to one tree.", "Solve it for the first term."),
            ),
            Step(
                goal="Name the part that stays.",
                tex=r"\rho\,\sigma^2 + \frac{1-\rho}{B}\,\sigma^2",
                value=lambda f: (
                    correlation(f) * _tree_variance(f)
                    + (1 - correlation(f)) * _tree_variance(f) / f.members
                ),
                reason="Given $D$ two trees are independent with mean $m(D)$ each, so "
                "$\\Cov(T_1,T_2)=\\Var_D(m(D))=\\rho\\sigma^2$. In particular $\\rho\\ge 0$.",
                hints=(
                    "What is the covariance of two trees of one forest?",
                    "Given $D$ they are independent; only $m(D)$ is shared.",
                ),
            ),
        ),
        instances=_forests(),
        wrong_moves=(
            WrongMove(
                line=3,
                tex=r"\frac1B\Big(\E_D\big[\Var(T_1\given D)\big]+\Var_D\big(m(D)\big)\Big)",
                why="This divides all of $\\sigma^2$ by $B$. The trees are independent given the "
                "training set; over training sets they share it.",
                value=lambda f: (
                    (float(f.sets @ _spreads(f)) + _over_sets(f, _means(f))) / f.members
                ),
            ),
            WrongMove(
                line=5,
                tex=r"\frac{\rho}{B}\,\sigma^2 + (1-\rho)\,\sigma^2",
                why="The parts are exchanged: it is the shared part that more trees leave alone.",
                value=lambda f: (
                    correlation(f) * _tree_variance(f) / f.members
                    + (1 - correlation(f)) * _tree_variance(f)
                ),
            ),
        ),
        variants=(
            Variant(
                ask="The forest is grown a second time on the same training set, with another "
                "seed. What is the variance, over training sets and seeds, of the difference of "
                "the two predictions?",
                symbols={
                    "s": r"the standard deviation of one tree, $\sigma$",
                    "rho": r"the correlation of two trees, $\rho$",
                    "B": "the number of trees in each forest, $B$",
                },
                names=lambda f: {
                    "s": float(np.sqrt(_tree_variance(f))),
                    "rho": correlation(f),
                    "B": f.members,
                },
                value=difference_of_two,
                answer="2*(1 - rho)*s^2/B",
                why="Given $D$ both forests have the same mean $m(D)$ and are independent, so the "
                r"difference sees the first term of line 2 only, twice. The part $\rho\sigma^2$ "
                "cancels: two seeds that agree say that $B$ is large enough, and nothing of the "
                "error that the training set brings.",
                wrong={
                    "2*(rho + (1 - rho)/B)*s^2": "This takes the forests for independent. They "
                    r"share the training set, and with it $\rho\sigma^2$.",
                    "(1 - rho)*s^2/B": "The spread of one forest around $m(D)$. Both forests "
                    "spread, and variances of independent parts add.",
                    "2*s^2/B": "A tree's whole variance is counted. Of it only "
                    r"$(1-\rho)\sigma^2$ comes from the seed.",
                },
            ),
        ),
    )


# --- AdaBoost ---------------------------------------------------------------------------------


class _Round(NamedTuple):
    """Weights that sum to 1, labels and votes of -1 or 1, and a weight of the vote."""

    weights: Array
    labels: Array
    votes: Array
    alpha: float


def _rounds() -> list[_Round]:
    rng = np.random.default_rng(11)
    rounds = []
    for n, wrong, alpha in ((6, 1, 0.3), (9, 2, 1.4), (12, 4, 0.05), (20, 3, 0.9)):
        labels = rng.choice([-1.0, 1.0], size=n)
        votes = labels.copy()
        votes[:wrong] *= -1
        rounds.append(_Round(rng.dirichlet(np.full(n, 5.0)), labels, votes, alpha))
    return rounds


def _error(r: _Round) -> float:
    return float(r.weights[r.votes != r.labels].sum())


def adaboost_weight() -> Derivation:
    """The vote that lowers the exponential loss most."""

    def star(r: _Round) -> float:
        return 0.5 * float(np.log((1 - _error(r)) / _error(r)))

    def loss(r: _Round, alpha: float) -> float:
        return float(np.sum(r.weights * np.exp(-alpha * r.labels * r.votes)))

    def with_half_the_vote(r: _Round) -> float:
        return loss(r, minimize_scalar(lambda alpha: loss(r, alpha)).x / 2)

    def silent(r: _Round) -> _Round:
        return r._replace(votes=np.append(r.votes[:-1], 0.0))

    def with_abstention(r: _Round) -> float:
        return float(minimize_scalar(lambda alpha: loss(silent(r), alpha)).fun)

    return Derivation(
        claim="Among all vote weights, $\\alpha^*=\\frac12\\ln\\frac{1-e}{e}$ lowers the "
        "exponential loss most, by the factor $2\\sqrt{e(1-e)}$.",
        given="Labels $y_i$ and votes $h_i=h(x_i)$ are $-1$ or $1$. The weights $w_i$ are "
        "proportional to $\\exp(-y_iF(x_i))$ for the score $F$ so far and sum to 1. "
        "$e=\\sum_i w_i\\1\\{h_i\\ne y_i\\}$, between 0 and 1. The new score is $F+\\alpha h$.",
        steps=(
            Step(
                goal="Write the loss of the new score, in units of the loss so far.",
                tex=r"\sum_i w_i\,e^{-\alpha y_i h_i}",
                value=lambda r: float(np.sum(r.weights * np.exp(-r.alpha * r.labels * r.votes))),
                relation="start",
                reason="$e^{-y(F+\\alpha h)}=e^{-yF}\\,e^{-\\alpha yh}$: the old loss is a weight.",
                hints=("The exponential of a sum is a product.", "One factor is the weight."),
            ),
            Step(
                goal="Sum over right and wrong votes.",
                tex=r"(1-e)\,e^{-\alpha} + e\;e^{\alpha}",
                value=lambda r: float(
                    (1 - _error(r)) * np.exp(-r.alpha) + _error(r) * np.exp(r.alpha)
                ),
                reason="$y_ih_i$ is $1$ for a right vote and $-1$ for a wrong one, and the wrong "
                "ones weigh $e$ together.",
                hints=("Which values can $y_ih_i$ take?", "Collect the weights of each value."),
            ),
            Step(
                goal="Make the two terms alike.",
                tex=r"\sqrt{e(1-e)}\,\big(e^{\alpha^*-\alpha}+e^{\alpha-\alpha^*}\big)",
                value=lambda r: float(
                    np.sqrt(_error(r) * (1 - _error(r)))
                    * (np.exp(star(r) - r.alpha) + np.exp(r.alpha - star(r)))
                ),
                reason="With $e^{\\alpha^*}=\\sqrt{(1-e)/e}$ one has "
                "$\\sqrt{e(1-e)}\\,e^{\\alpha^*}=1-e$ and $\\sqrt{e(1-e)}\\,e^{-\\alpha^*}=e$.",
                hints=(
                    "Take the geometric mean of $1-e$ and $e$ out of both.",
                    "What remains are $\\sqrt{(1-e)/e}$ and its inverse.",
                ),
            ),
            Step(
                goal="Write it as one function of the distance to the best vote.",
                tex=r"2\sqrt{e(1-e)}\,\cosh(\alpha-\alpha^*)",
                value=lambda r: float(
                    2 * np.sqrt(_error(r) * (1 - _error(r))) * np.cosh(r.alpha - star(r))
                ),
                reason="$e^u+e^{-u}=2\\cosh u$.",
                hints=("A number and its inverse, added.", "Hyperbolic cosine."),
            ),
            Step(
                goal="Find the least value.",
                tex=r"2\sqrt{e(1-e)}",
                value=lambda r: float(2 * np.sqrt(_error(r) - _error(r) ** 2)),
                relation="at least",
                reason="$\\cosh\\ge 1$, with equality at $\\alpha=\\alpha^*$ alone.",
                hints=("Where is $\\cosh$ least?", "At zero, where it is 1."),
            ),
        ),
        instances=_rounds(),
        wrong_moves=(
            WrongMove(
                line=2,
                tex=r"e\;e^{-\alpha} + (1-e)\,e^{\alpha}",
                why="The signs are exchanged: a right vote has $y_ih_i=1$ and gets $e^{-\\alpha}$. "
                "With this line the loss would fall for a vote against a good learner.",
                value=lambda r: float(
                    _error(r) * np.exp(-r.alpha) + (1 - _error(r)) * np.exp(r.alpha)
                ),
            ),
            WrongMove(
                line=3,
                tex=r"\sqrt{e(1-e)}\,\big(e^{2\alpha^*-\alpha}+e^{\alpha-2\alpha^*}\big)",
                why="The weight $\\ln\\frac{1-e}{e}$ without the half, as in the form of AdaBoost "
                "for labels 0 and 1, does not fit a score of votes $-1$ and $1$ here.",
                value=lambda r: float(
                    np.sqrt(_error(r) * (1 - _error(r)))
                    * 2
                    * np.cosh(np.log((1 - _error(r)) / _error(r)) - r.alpha)
                ),
            ),
        ),
        variants=(
            Variant(
                ask="The learner may abstain: $h_i$ is $-1$, $0$ or $1$. What is the exponential "
                "loss with the best vote weight, in units of the loss so far?",
                symbols={
                    "err": "the weight of the rows with a wrong vote, $e$; `e` itself would be "
                    "read as 2.718",
                    "a": "the weight of the rows without a vote, $a$",
                },
                names=lambda r: {"err": _error(r), "a": r.weights[-1]},
                value=with_abstention,
                answer="a + 2*sqrt(err*(1 - a - err))",
                why=r"A row without a vote keeps its loss, $e^0=1$, whatever $\alpha$ is. The "
                "right votes weigh $1-a-e$ together, and lines 3 to 5 hold with that in place of "
                r"$1-e$; the best weight is $\frac12\ln\frac{1-a-e}{e}$.",
                wrong={
                    "2*sqrt(err*(1 - err))": "The silent rows are counted as right. No vote "
                    "lowers their loss.",
                    "2*sqrt(err*(1 - a - err))": "The silent rows have been dropped from the loss. "
                    "They keep what they had, $a$.",
                    "2*sqrt((err + a/2)*(1 - err - a/2))": "An abstention is counted as half "
                    "right and half wrong. Such a row would pay $\\cosh\\alpha$, and it pays 1.",
                },
            ),
            Variant(
                ask=r"A learning rate of one half is used: the vote gets $\alpha^*/2$. What is the "
                "exponential loss then, in units of the loss so far?",
                symbols={
                    "err": "the weighted error, $e$; `e` itself would be read as 2.718",
                },
                names=lambda r: {"err": _error(r)},
                value=with_half_the_vote,
                answer="(err*(1 - err))^(1/4)*(sqrt(err) + sqrt(1 - err))",
                why=r"Line 4 holds for any $\alpha$, and $\cosh$ is even, so $\alpha^*/2$ "
                r"is as good as $\frac32\alpha^*$; the expression is "
                r"$2\sqrt{e(1-e)}\cosh(\alpha^*/2)$. At $2\alpha^*$, the vote without the half in "
                "front of the logarithm, the factor is 1: nothing is won.",
                wrong={
                    "(1 + 2*sqrt(err*(1 - err)))/2": "Half the gain for half the step. The loss is "
                    "convex, so the first half of the step gains more than the second.",
                    "sqrt(2*sqrt(err*(1 - err)))": "Half a step would take the root of the factor "
                    "if the loss were one exponential. It is a sum of two, one falling and one "
                    "rising.",
                    "2*sqrt(err*(1 - err))": "The factor of the full vote. It is reached at "
                    r"$\alpha^*$ alone.",
                },
            ),
        ),
    )


# --- second-order boosting --------------------------------------------------------------------


class _Leaf(NamedTuple):
    """Derivatives of the loss for the rows of a leaf, a penalty and a weight."""

    g: Array
    h: Array
    penalty: float
    w: float


def _leaves() -> list[_Leaf]:
    rng = np.random.default_rng(13)
    leaves = [
        _Leaf(rng.normal(0.4, 1, size=n), rng.uniform(0.05, 1, size=n), penalty, w)
        for n, penalty, w in ((1, 1.0, 0.5), (4, 0.0, -1.0), (9, 2.5, 0.2), (30, 1.0, -0.3))
    ]
    return [*leaves, leaves[1]._replace(g=-leaves[1].g, penalty=0.5)]  # a score that must rise


def leaf_weight() -> Derivation:
    """The best constant for a leaf and what it is worth."""

    def sums(c: _Leaf) -> dict[str, float]:
        return {"G": float(c.g.sum()), "H": float(c.h.sum()), "lam": c.penalty}

    def least_with_l1(c: _Leaf) -> float:
        def objective(w: float) -> float:
            smooth = np.sum(c.g * w + 0.5 * c.h * w**2) + 0.5 * c.penalty * w**2
            return float(smooth + 3 * abs(w))

        low, high = -10.0, 10.0
        for _ in range(200):  # the objective is convex: a third can always be cut off
            third = (high - low) / 3
            if objective(low + third) < objective(high - third):
                high -= third
            else:
                low += third
        return min(objective((low + high) / 2), objective(0.0))

    def parent(c: _Leaf) -> float:
        return c.w + 1.2

    def weight_near_parent(c: _Leaf) -> float:
        rows = np.append(np.sqrt(c.h), np.sqrt(c.penalty))
        targets = np.append(-c.g / np.sqrt(c.h), np.sqrt(c.penalty) * parent(c))
        return float(np.linalg.lstsq(rows[:, None], targets)[0][0])

    return Derivation(
        claim="The second-order objective of a leaf is least at $w^*=-G/(H+\\lambda)$, where it is "
        "$-\\frac12\\,G^2/(H+\\lambda)$.",
        given="$g_i$ and $h_i$ are the first and second derivatives of the loss of row $i$ at its "
        "current score; $G=\\sum g_i$ and $H=\\sum h_i$ over the rows of the leaf. "
        "The weight $w$ is added to their scores, $\\lambda$ is an L2 penalty, "
        "$H+\\lambda>0$.",
        steps=(
            Step(
                goal="Write the change of the penalized loss to second order.",
                tex=r"\sum_i\Big(g_i w + \tfrac12 h_i w^2\Big) + \tfrac12\lambda w^2",
                value=lambda c: float(
                    sum(g * c.w + 0.5 * h * c.w**2 for g, h in zip(c.g, c.h, strict=True))
                    + 0.5 * c.penalty * c.w**2
                ),
                relation="start",
                reason="Taylor's expansion of every row's loss around its current score; the "
                "constant is left out.",
                hints=("Expand the loss around the current score.", "Stop at the square."),
            ),
            Step(
                goal="Collect powers of the weight.",
                tex=r"G\,w + \tfrac12(H+\lambda)\,w^2",
                value=lambda c: float(np.sum(c.g) * c.w + 0.5 * (np.sum(c.h) + c.penalty) * c.w**2),
                reason="All rows of a leaf get the same $w$.",
                hints=("$w$ does not depend on $i$.", "Sums of $g$ and $h$ appear."),
            ),
            Step(
                goal="Complete the square.",
                tex=r"\tfrac12(H+\lambda)\Big(w+\frac{G}{H+\lambda}\Big)^2"
                r" - \frac12\,\frac{G^2}{H+\lambda}",
                value=lambda c: float(
                    0.5 * (c.h.sum() + c.penalty) * (c.w + c.g.sum() / (c.h.sum() + c.penalty)) ** 2
                    - 0.5 * c.g.sum() ** 2 / (c.h.sum() + c.penalty)
                ),
                reason="Half the linear coefficient over the quadratic one goes into the bracket; "
                "its square is subtracted again.",
                hints=(
                    "Take $\\frac12(H+\\lambda)$ out.",
                    "What must stand beside $w$ so that the cross-term is $Gw$?",
                ),
            ),
            Step(
                goal="Choose the weight.",
                tex=r"-\frac12\,\frac{G^2}{H+\lambda}",
                value=lambda c: float(-(np.sum(c.g) ** 2) / (2 * (np.sum(c.h) + c.penalty))),
                relation="at least",
                reason="A square is at least zero, and is zero at $w^*=-G/(H+\\lambda)$.",
                hints=("Which term can the weight change?", "Make the square zero."),
            ),
        ),
        instances=_leaves(),
        wrong_moves=(
            WrongMove(
                line=3,
                tex=r"\tfrac12(H+\lambda)\Big(w-\frac{G}{H+\lambda}\Big)^2"
                r" - \frac12\,\frac{G^2}{H+\lambda}",
                why="The sign: a positive gradient means that a higher score costs more, so the "
                "weight must be negative.",
                value=lambda c: float(
                    0.5 * (c.h.sum() + c.penalty) * (c.w - c.g.sum() / (c.h.sum() + c.penalty)) ** 2
                    - 0.5 * c.g.sum() ** 2 / (c.h.sum() + c.penalty)
                ),
            ),
            WrongMove(
                line=4,
                tex=r"-\frac12\,\frac{\sum_i g_i^2}{H+\lambda}",
                why="The square is of the sum. Gradients of opposite sign cancel in a leaf, which "
                "is why splitting them apart gains.",
                value=lambda c: float(-np.sum(c.g**2) / (2 * (np.sum(c.h) + c.penalty))),
            ),
        ),
        variants=(
            Variant(
                ask=r"A penalty $\alpha\abs{w}$ is added to line 1 ($\alpha=3$ in the check). What "
                "is the least value of the objective, in one formula for every $G$?",
                symbols={
                    "G": "the sum of the first derivatives, $G$; its size is written `abs(G)`, and "
                    "`max` and `min` can be used too",
                    "H": "the sum of the second derivatives, $H$",
                    "lam": r"the L2 penalty, $\lambda$",
                    "a": r"the L1 penalty, $\alpha$",
                },
                names=lambda c: {**sums(c), "a": 3.0},
                value=least_with_l1,
                answer="-max(abs(G) - a, 0)^2/(2*(H + lam))",
                why="On the side of zero where $-G$ points, the penalty is linear and takes "
                r"$\alpha$ off $\abs G$; lines 3 and 4 hold with the smaller gradient. If "
                r"$\abs G\le\alpha$, the best weight is zero: the leaf is not worth its price "
                "and leaves the scores as they are.",
                wrong={
                    "-(abs(G) - a)^2/(2*(H + lam))": r"For $\abs G\lt\alpha$ the square would be "
                    "completed by a weight on the other side of zero, where the penalty has the "
                    "other slope. For such a $G$ the best weight is zero, and so is the value.",
                    "-max(G - a, 0)^2/(2*(H + lam))": "A leaf with negative $G$ has a weight too, "
                    "a positive one.",
                    "-G^2/(2*(H + lam + a))": r"An L2 penalty of $\alpha$ more. The L1 penalty "
                    "has slope and no curvature: it changes $G$ and leaves $H$.",
                },
            ),
            Variant(
                ask="The weight is shrunk toward the weight $v$ that the parent node would get: "
                r"the penalty is $\frac12\lambda(w-v)^2$ in place of $\frac12\lambda w^2$, and $w$ "
                "is added to the same scores as before. What is the best weight?",
                symbols={
                    "G": "the sum of the first derivatives, $G$",
                    "H": "the sum of the second derivatives, $H$",
                    "lam": r"the penalty, $\lambda$",
                    "v": "the weight of the parent node, $v$",
                },
                names=lambda c: {**sums(c), "v": parent(c)},
                value=weight_near_parent,
                answer="(lam*v - G)/(H + lam)",
                why=r"The penalty brings the linear term $-\lambda vw$, so $G-\lambda v$ stands in "
                "place of $G$ in line 2, and the rest carries over. It is the mean of $-G/H$ "
                r"and $v$ with the weights $H$ and $\lambda$: a leaf with small $H$, from few "
                "rows, says nearly what its parent says.",
                wrong={
                    "v - G/(H + lam)": "The old weight, counted from $v$. The derivatives are "
                    "taken at the score without $v$, and moving to $v$ changes the gradient by "
                    "$Hv$.",
                    "-G/(H + lam)": "This pulls toward zero. The penalty is least at $v$.",
                    "-(G + lam*v)/(H + lam)": "The sign: a large $v$ must make the weight larger.",
                },
            ),
        ),
    )
