"""Derivations of the topic, each line evaluated by enumeration or in exact arithmetic."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from snippets.forms import Derivation, Step, WrongMove

Array = NDArray[np.float64]


# --- case-control sampling --------------------------------------------------------------------


class _Sampled(NamedTuple):
    """A logistic model on finitely many inputs, and the chances to be kept by label."""

    x: Array
    chances: Array  # of the inputs
    b: float
    w: float
    kept1: float
    kept0: float


def _samples() -> list[_Sampled]:
    rng = np.random.default_rng(17)
    return [
        _Sampled(rng.normal(size=n), rng.dirichlet(np.ones(n)), b, w, kept1, kept0)
        for n, b, w, kept1, kept0 in (
            (4, -3.0, 1.0, 1.0, 0.02),
            (6, -4.5, -0.7, 1.0, 0.10),
            (5, 0.5, 2.0, 0.8, 0.30),
        )
    ]


def _joint(c: _Sampled) -> tuple[Array, Array]:
    """Joint chances of (input, label 1, kept) and (input, label 0, kept)."""
    p = 1 / (1 + np.exp(-(c.b + c.w * c.x)))
    return c.chances * p * c.kept1, c.chances * (1 - p) * c.kept0


def case_control() -> Derivation:
    """Sampling by the label moves the intercept of a logistic model and nothing else."""

    def by_conditioning(c: _Sampled) -> Array:
        kept1, kept0 = _joint(c)
        return np.asarray(np.log(kept1 / (kept1 + kept0)) - np.log(kept0 / (kept1 + kept0)))

    def by_bayes(c: _Sampled) -> Array:
        p = 1 / (1 + np.exp(-(c.b + c.w * c.x)))
        return np.asarray(np.log((c.kept1 * p) / (c.kept0 * (1 - p))))

    def separated(c: _Sampled) -> Array:
        p = 1 / (1 + np.exp(-(c.b + c.w * c.x)))
        return np.asarray(np.log(c.kept1 / c.kept0) + np.log(p) - np.log1p(-p))

    return Derivation(
        claim="If rows are kept with a chance that depends on their label alone, a logistic model "
        "keeps its slopes, and its intercept moves by $\\ln(s_1/s_0)$.",
        given="In the population $\\Prob(y=1\\given x)=p(x)$ with "
        "$\\ln\\frac{p(x)}{1-p(x)}=b+w\\T x$. A row is kept ($S=1$) with chance $s_1$ if $y=1$ and "
        "$s_0$ if $y=0$, whatever its $x$. Each line is a function of $x$.",
        steps=(
            Step(
                goal="Write the log odds that a model sees in the sample.",
                tex=r"\ln\frac{\Prob(y=1\given x,S=1)}{\Prob(y=0\given x,S=1)}",
                value=by_conditioning,
                relation="start",
                reason="The model is trained on kept rows, so everything is conditional on $S=1$.",
                hints=("Which rows does the model see?", "Condition on being kept."),
            ),
            Step(
                goal="Turn the conditioning round.",
                tex=r"\ln\frac{\Prob(S=1\given y=1,x)\,p(x)}{\Prob(S=1\given y=0,x)\,(1-p(x))}",
                value=by_bayes,
                reason="Bayes' rule; the denominator $\\Prob(S=1\\given x)$ is the same above and "
                "below.",
                hints=(
                    "Bayes' rule for $y$ given $S$, at fixed $x$.",
                    "The chance to be kept at $x$ cancels.",
                ),
            ),
            Step(
                goal="Use that keeping depends on the label alone.",
                tex=r"\ln\frac{s_1}{s_0} + \ln\frac{p(x)}{1-p(x)}",
                value=separated,
                reason="$\\Prob(S=1\\given y,x)=s_y$. If rows were kept by $x$ as well, this line "
                "would be false, and slopes would move.",
                hints=("What is $\\Prob(S=1\\given y=1,x)$?", "It is $s_1$, for every $x$."),
            ),
            Step(
                goal="Insert the logistic model.",
                tex=r"\Big(b+\ln\frac{s_1}{s_0}\Big) + w\T x",
                value=lambda c: (c.b + np.log(c.kept1 / c.kept0)) + c.w * c.x,
                reason="Again a logistic model, with the same slopes.",
                hints=("What are the log odds in the population?", "A line in $x$."),
            ),
        ),
        instances=_samples(),
        wrong_moves=(
            WrongMove(
                line=3,
                tex=r"\ln\frac{s_1\,p(x)}{1-s_1\,p(x)}",
                why="This scales the probability and takes the rest for negatives. Positives that "
                "were dropped do not turn into negatives: those are kept with chance $s_0$, so it "
                "is the odds that are multiplied, by $s_1/s_0$.",
                value=lambda c: np.log(
                    (c.kept1 / (1 + np.exp(-(c.b + c.w * c.x))))
                    / (1 - c.kept1 / (1 + np.exp(-(c.b + c.w * c.x))))
                ),
            ),
            WrongMove(
                line=4,
                tex=r"\Big(b+\ln\frac{s_0}{s_1}\Big) + w\T x",
                why="The sign: keeping fewer negatives makes positives more likely in the sample, "
                "so the intercept rises. It is subtracted when one goes back.",
                value=lambda c: (c.b - np.log(c.kept1 / c.kept0)) + c.w * c.x,
            ),
        ),
    )


# --- weighted log loss ------------------------------------------------------------------------


class _Weighted(NamedTuple):
    """A true chance, a weight of positives and a predicted chance."""

    p: float
    a: float
    q: float


def weighted_log_loss() -> Derivation:
    """The chance that a weighted log loss asks for."""

    def odds_share(c: _Weighted) -> float:
        return c.a * c.p / (c.a * c.p + 1 - c.p)

    def total(c: _Weighted) -> float:
        return c.a * c.p + (1 - c.p)

    return Derivation(
        claim="With weight $a$ on positives the best answer at a true chance $p$ is "
        "$r=\\frac{ap}{ap+1-p}$: its odds are $a$ times the true odds.",
        given="At one input the label is 1 with chance $p$. A prediction $q$ between 0 and 1 pays "
        "$-a\\ln q$ if $y=1$ and $-\\ln(1-q)$ if $y=0$. $Z=ap+1-p$ and $r=ap/Z$.",
        steps=(
            Step(
                goal="Write the expected weighted loss.",
                tex=r"-a\,p\ln q-(1-p)\ln(1-q)",
                value=lambda c: -c.a * c.p * np.log(c.q) - (1 - c.p) * np.log(1 - c.q),
                relation="start",
                reason="The label is 1 with chance $p$ and then weighs $a$.",
                hints=("Two cases, with their chances.", "The weight multiplies one of them."),
            ),
            Step(
                goal="Make the two weights a distribution.",
                tex=r"Z\,\big(-r\ln q-(1-r)\ln(1-q)\big)",
                value=lambda c: (
                    total(c)
                    * (-odds_share(c) * np.log(c.q) - (1 - odds_share(c)) * np.log(1 - c.q))
                ),
                reason="Divide $ap$ and $1-p$ by their sum $Z$: they are $r$ and $1-r$.",
                hints=("What do the two weights sum to?", "Take $Z$ out."),
            ),
            Step(
                goal="Split the cross-entropy.",
                tex=r"Z\,\big(H(r)+\KL(r\,\|\,q)\big)",
                value=lambda c: (
                    total(c)
                    * (
                        -odds_share(c) * np.log(odds_share(c))
                        - (1 - odds_share(c)) * np.log(1 - odds_share(c))
                        + odds_share(c) * np.log(odds_share(c) / c.q)
                        + (1 - odds_share(c)) * np.log((1 - odds_share(c)) / (1 - c.q))
                    )
                ),
                reason="Cross-entropy is entropy plus divergence; only the divergence contains "
                "$q$.",
                hints=(
                    "It is the cross-entropy of $r$ and $q$.",
                    "Add and subtract $r\\ln r+(1-r)\\ln(1-r)$.",
                ),
            ),
            Step(
                goal="Choose the prediction.",
                tex=r"Z\,H(r)",
                value=lambda c: (
                    -c.a * c.p * np.log(odds_share(c)) - (1 - c.p) * np.log(1 - odds_share(c))
                ),
                relation="at least",
                reason="The divergence is never negative, and zero at $q=r$ alone.",
                hints=("When is the divergence zero?", "At $q=r$."),
            ),
        ),
        instances=[_Weighted(0.02, 49.0, 0.3), _Weighted(0.3, 2.0, 0.3), _Weighted(0.6, 0.5, 0.9)],
        wrong_moves=(
            WrongMove(
                line=4,
                tex=r"-a\,p\ln p-(1-p)\ln(1-p)",
                why="This is the loss at $q=p$. The weighted loss is not proper for the true "
                "chance: $q=r$ pays less, so a model trained with weights leaves $p$.",
                value=lambda c: -c.a * c.p * np.log(c.p) - (1 - c.p) * np.log(1 - c.p),
            ),
            WrongMove(
                line=2,
                tex=r"-r\ln q-(1-r)\ln(1-q)",
                why="The factor $Z$ is lost. It depends on $p$, so across inputs a weighted loss "
                "cares more about places rich in positives.",
                value=lambda c: (
                    -odds_share(c) * np.log(c.q) - (1 - odds_share(c)) * np.log(1 - c.q)
                ),
            ),
        ),
    )
