"""Derivations of the topic, each line evaluated by enumeration or in exact arithmetic."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize_scalar

from snippets.forms import Derivation, Step, Variant, WrongMove

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

    def in_sample(c: _Sampled) -> float:
        kept1, kept0 = _joint(c)
        return float(kept1[0] / (kept1[0] + kept0[0]))

    def in_population(c: _Sampled) -> float:
        return float(1 / (1 + np.exp(-(c.b + c.w * c.x[0]))))

    def hardness(c: _Sampled) -> float:
        """Negatives that look positive are kept more often: the sign is that of the slope."""
        return float(np.sign(c.w)) * len(c.x) / 10

    def slope_with_hard_negatives(c: _Sampled) -> float:
        kept1, kept0 = _joint(c)
        odds = np.log(kept1 / (kept0 * np.exp(hardness(c) * c.x)))
        return float((odds[1] - odds[0]) / (c.x[1] - c.x[0]))

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
                reason="$\\Prob(S=1\\given y,x)=s_y$. If $x$ mattered too, and "
                "differently for the two labels, this line would be false, and slopes would move.",
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
        variants=(
            Variant(
                ask="A model fitted on the sample, and calibrated there, says $q$ at some input. "
                "What is the chance of a positive at that input in the population?",
                symbols={
                    "q": r"the chance in the sample, $q=\Prob(y=1\given x,S=1)$",
                    "s1": "the chance that a positive is kept, $s_1$",
                    "s0": "the chance that a negative is kept, $s_0$",
                },
                names=lambda c: {"q": in_sample(c), "s1": c.kept1, "s0": c.kept0},
                value=in_population,
                answer="q*s0/(q*s0 + (1 - q)*s1)",
                why="Line 3, read from right to left: the population's odds are the sample's, "
                "times $s_0/s_1$. Turn the odds back into a chance. No slope and no input is "
                "needed, so any model that is calibrated on the sample can be corrected after "
                "training.",
                wrong={
                    "q*s0/s1": "This scales the chance. It is the odds that are scaled; the two "
                    "are alike only where $q$ is small.",
                    "q*s1/(q*s1 + (1 - q)*s0)": "The direction: this is the way from the "
                    "population to the sample, applied to a chance of the sample.",
                    "q - log(s1/s0)": "The logarithm is subtracted from the log odds, not from "
                    "the chance.",
                },
            ),
            Variant(
                ask="There is one feature $x$, and hard negatives are kept more often: "
                "$\\Prob(S=1\\given y=0,x)=s_0\\,e^{cx}$, below 1 for every $x$ that occurs. A "
                "positive is kept with chance $s_1$ as before. What is the slope in the sample?",
                symbols={
                    "w": "the slope in the population, $w$",
                    "c": "the rate in the exponent, $c$, with the sign of $w$",
                },
                names=lambda c: {"w": c.w, "c": hardness(c)},
                value=slope_with_hard_negatives,
                answer="w - c",
                why="Line 2 still holds, and line 3 does not: the ratio of the chances to be kept "
                r"is $\frac{s_1}{s_0}e^{-cx}$, whose logarithm is a line in $x$. The model is "
                "still logistic; a shift of the intercept no longer repairs it, and at $c=w$ the "
                "feature looks useless.",
                wrong={
                    "w": "Slopes survive when keeping depends on the label alone. Here it depends "
                    "on $x$, and differently for the two labels.",
                    "w + c": "The sign: where more negatives are kept, positives are rarer in the "
                    "sample, so the log odds change more slowly.",
                    "w*exp(-c)": "The odds are multiplied by $e^{-cx}$. On the log odds that is "
                    "a subtraction.",
                },
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

    def best(p: float, a: float) -> float:
        def loss(q: float) -> float:
            return float(-a * p * np.log(q) - (1 - p) * np.log(1 - q))

        return float(minimize_scalar(loss, bounds=(0, 1), options={"xatol": 1e-12}).x)

    def flip(c: _Weighted) -> float:
        return float(brentq(lambda p: best(p, c.a) - 0.5, 1e-6, 1 - 1e-6, xtol=1e-12))

    def least_square(c: _Weighted) -> float:
        def loss(q: float) -> float:
            return c.p * c.a * (1 - q) ** 2 + (1 - c.p) * q**2

        return float(minimize_scalar(loss, bounds=(0, 1)).fun)

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
                "cares more about places rich in the class that weighs more.",
                value=lambda c: (
                    -odds_share(c) * np.log(c.q) - (1 - odds_share(c)) * np.log(1 - c.q)
                ),
            ),
        ),
        variants=(
            Variant(
                ask="The model is trained with this loss, gives the best answer at every input, "
                "and says yes when its output exceeds $\\frac12$. At which true chance does its "
                "decision flip?",
                symbols={"a": "the weight of the positives, $a$"},
                names=lambda c: {"a": c.a},
                value=flip,
                answer="1/(1 + a)",
                why=r"The output is $r$, and its odds $\frac{ap}{1-p}$ are 1 at $p=1/(1+a)$. "
                r"Weighting and cutting at $\frac12$ decides as the plain loss with the cut at "
                "$1/(1+a)$ does. It is the right cut when a missed positive costs $a$ times a "
                "false alarm.",
                wrong={
                    "1/2": r"The cut on the output. The output is $r$, and at $p=\frac12$ it is "
                    "$a/(1+a)$.",
                    "a/(1 + a)": r"This is $r$ at $p=\frac12$, the way from the true chance to the "
                    "output. The way back was asked.",
                    "1/a": "The odds at the flip. The chance with odds $1/a$ is $1/(1+a)$.",
                },
            ),
            Variant(
                ask="The squared error takes the place of the log loss: $a(1-q)^2$ if $y=1$, $q^2$ "
                "if $y=0$. What is the least expected loss over $q$?",
                symbols={
                    "a": "the weight of the positives, $a$",
                    "p": "the true chance, $p$",
                },
                names=lambda c: {"a": c.a, "p": c.p},
                value=least_square,
                answer="a*p*(1 - p)/(a*p + 1 - p)",
                why="Line 2 carries over: $Z$ times an unweighted loss at the chance $r$. The "
                "squared error is proper as well, so the best answer is $q=r$ again, and it pays "
                "$Z\\,r(1-r)$. Weights ask for the same $r$ under every strictly proper loss.",
                wrong={
                    "a*p*(1 - p)/(a*p + 1 - p)^2": "This is $r(1-r)$. The factor $Z$ of line 2 is "
                    "lost.",
                    "a*p*(1 - p)^2 + (1 - p)*p^2": "The loss at $q=p$. With weights the true "
                    "chance is not the best answer.",
                    "p*(1 - p)": "The least squared error without weights.",
                },
            ),
        ),
    )
