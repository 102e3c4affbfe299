"""Derivations of the topic, each line evaluated by exact summation or exact linear algebra."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from snippets.forms import Derivation, Step, WrongMove

Array = NDArray[np.float64]


# --- decomposition ----------------------------------------------------------------------------


class _World(NamedTuple):
    """One input: its truth, a noise distribution of mean zero and the learner's predictions."""

    f: float
    noise: Array
    noise_chances: Array
    predictions: Array
    chances: Array


def _worlds() -> list[_World]:
    rng = np.random.default_rng(7)
    worlds = []
    for outcomes, sets in ((2, 3), (3, 2), (4, 5), (5, 4)):
        noise_chances = rng.dirichlet(np.ones(outcomes))
        noise = rng.normal(size=outcomes)
        noise -= noise_chances @ noise
        predictions = rng.normal(1.0, 2.0, size=sets)
        chances = rng.dirichlet(np.ones(sets))
        worlds.append(_World(float(rng.normal()), noise, noise_chances, predictions, chances))
    return worlds


def _joint(world: _World, values: Array) -> float:
    """Expectation over label noise (rows) and training sets (columns), which are independent."""
    joint = np.outer(world.noise_chances, world.chances)
    return float(np.sum(joint * values))


def _over_sets(world: _World, values: Array) -> float:
    return float(world.chances @ values)


def _over_noise(world: _World, values: Array) -> float:
    return float(world.noise_chances @ values)


def decomposition() -> Derivation:
    """Expected squared error at one input is bias squared plus variance plus noise."""

    def labels(w: _World) -> Array:
        return (w.f + w.noise)[:, None]

    def cross(w: _World) -> float:
        return _joint(w, w.noise[:, None] * (w.f - w.predictions)[None, :])

    def mean(w: _World) -> float:
        return _over_sets(w, w.predictions)

    def noise_squared(w: _World) -> float:
        return _over_noise(w, w.noise**2)

    return Derivation(
        claim="At a fixed input, the expected squared error of a learner is its squared bias plus "
        "its variance plus the variance of the label.",
        given="An input $x$ is fixed and left out of the notation. The label is "
        "$y = f + \\varepsilon$ with $f = \\E[y \\given x]$, so $\\E[\\varepsilon] = 0$, and "
        "$\\sigma^2 = \\Var(\\varepsilon)$. The training set $D$ is drawn independently of "
        "$\\varepsilon$; $\\fhat$ is what the model fitted on $D$ says at $x$, and "
        "$\\bar f = \\E_D[\\fhat]$. $\\E$ without index is over both $D$ and $\\varepsilon$.",
        steps=(
            Step(
                goal="Write down the quantity you will take apart.",
                tex=r"\E\big[(y - \fhat)^2\big]",
                value=lambda w: _joint(w, (labels(w) - w.predictions[None, :]) ** 2),
                relation="start",
                reason="Two independent draws: a training set $D$, which fixes $\\fhat$, and a "
                "fresh label $y$ at the same input.",
                hints=(
                    "Which two things are random once $x$ is fixed?",
                    "The squared difference of label and prediction, averaged over both.",
                ),
            ),
            Step(
                goal="Bring in the truth $f$.",
                tex=r"\E\big[(\varepsilon + (f - \fhat))^2\big]",
                value=lambda w: _joint(w, (w.noise[:, None] + (w.f - w.predictions)[None, :]) ** 2),
                reason="Substitute $y = f + \\varepsilon$ and group: the label's part, then the "
                "model's part.",
                hints=(
                    "Replace $y$ by what it is made of.",
                    "Group so that one bracket depends on $\\varepsilon$ only, the other on $D$ "
                    "only.",
                ),
            ),
            Step(
                goal="Multiply out the square.",
                tex=r"\begin{aligned}&\E[\varepsilon^2] + \E\big[(f - \fhat)^2\big]\\"
                r"&\quad + 2\,\E\big[\varepsilon\,(f - \fhat)\big]\end{aligned}",
                value=lambda w: (
                    noise_squared(w) + _over_sets(w, (w.f - w.predictions) ** 2) + 2 * cross(w)
                ),
                reason="$(a+b)^2 = a^2 + b^2 + 2ab$ and expectation is linear. The first "
                "cross-term appears here.",
                hints=(
                    "It is $(a + b)^2$ under an expectation.",
                    "Three terms: two squares and twice a product.",
                ),
            ),
            Step(
                goal="Split the cross-term into two factors.",
                tex=r"\begin{aligned}&\E[\varepsilon^2] + \E\big[(f - \fhat)^2\big]\\"
                r"&\quad + 2\,\E[\varepsilon]\;\E_D\big[f - \fhat\big]\end{aligned}",
                value=lambda w: (
                    noise_squared(w)
                    + _over_sets(w, (w.f - w.predictions) ** 2)
                    + 2 * _over_noise(w, w.noise) * _over_sets(w, w.f - w.predictions)
                ),
                reason="Independence is used here and nowhere else: $\\varepsilon$ belongs to a "
                "fresh label, so it knows nothing of $D$, and the mean of the product is the "
                "product of the means. For a label out of $D$ this line is false.",
                hints=(
                    "What do you know about $\\varepsilon$ and $D$ together?",
                    "For independent variables, $\\E[uv] = \\E[u]\\,\\E[v]$.",
                ),
            ),
            Step(
                goal="Kill the cross-term and name the noise.",
                tex=r"\sigma^2 + \E_D\big[(f - \fhat)^2\big]",
                value=lambda w: (
                    _over_noise(w, (w.noise - _over_noise(w, w.noise)) ** 2)
                    + _over_sets(w, (w.f - w.predictions) ** 2)
                ),
                reason="$\\E[\\varepsilon] = 0$ because $f$ is the conditional mean of $y$; for "
                "the same reason $\\E[\\varepsilon^2] = \\Var(\\varepsilon) = \\sigma^2$.",
                hints=(
                    "One of the two factors is zero. Which, and why?",
                    "$f = \\E[y \\given x]$ makes $\\E[\\varepsilon]$ vanish.",
                ),
            ),
            Step(
                goal="Add and subtract the mean prediction.",
                tex=r"\sigma^2 + \E_D\big[\big((f - \bar f) + (\bar f - \fhat)\big)^2\big]",
                value=lambda w: (
                    noise_squared(w)
                    + _over_sets(w, ((w.f - mean(w)) + (mean(w) - w.predictions)) ** 2)
                ),
                reason="$\\bar f = \\E_D[\\fhat]$ is inserted with both signs, so nothing changes. "
                "It is the only choice that makes the next cross-term vanish.",
                hints=(
                    "Insert a constant that separates what all training sets share from what "
                    "differs between them.",
                    "Add and subtract $\\E_D[\\fhat]$.",
                ),
            ),
            Step(
                goal="Multiply out again, and take the constant out of the cross-term.",
                tex=r"\begin{aligned}&\sigma^2 + (f - \bar f)^2"
                r" + \E_D\big[(\bar f - \fhat)^2\big]\\"
                r"&\quad + 2\,(f - \bar f)\;\E_D\big[\bar f - \fhat\big]\end{aligned}",
                value=lambda w: (
                    noise_squared(w)
                    + (w.f - mean(w)) ** 2
                    + _over_sets(w, (mean(w) - w.predictions) ** 2)
                    + 2 * (w.f - mean(w)) * _over_sets(w, mean(w) - w.predictions)
                ),
                reason="$f - \\bar f$ does not depend on $D$, so it leaves the expectation, from "
                "its own square and from the product alike. No independence is needed here.",
                hints=(
                    "Which bracket is a number, the same for every $D$?",
                    "Constants leave an expectation: $\\E[c\\,u] = c\\,\\E[u]$.",
                ),
            ),
            Step(
                goal="Kill the second cross-term and name the three parts.",
                tex=r"\underbrace{(f - \bar f)^2}_{\text{bias}^2}"
                r" + \underbrace{\E_D\big[(\fhat - \bar f)^2\big]}_{\text{variance}}"
                r" + \underbrace{\sigma^2}_{\text{noise}}",
                value=lambda w: (
                    (w.f - mean(w)) ** 2
                    + (_over_sets(w, w.predictions**2) - mean(w) ** 2)
                    + (_over_noise(w, w.noise**2) - _over_noise(w, w.noise) ** 2)
                ),
                reason="$\\E_D[\\bar f - \\fhat] = \\bar f - \\bar f = 0$ by the definition of "
                "$\\bar f$: deviations from a mean average to zero.",
                hints=(
                    "What is the average deviation from an average?",
                    "$\\E_D[\\fhat] = \\bar f$, so the last factor is zero.",
                ),
            ),
        ),
        instances=_worlds(),
        wrong_moves=(
            WrongMove(
                line=2,
                tex=r"\E\big[(f - \fhat)^2\big]",
                why="This is the distance to the truth, which holds bias and variance only. The "
                "noise is in $y$: replacing $y$ by $f$ at the start loses $\\sigma^2$, and no "
                "later step can bring it back.",
                value=lambda w: _over_sets(w, (w.f - w.predictions) ** 2),
            ),
            WrongMove(
                line=6,
                tex=r"\sigma^2 + (f - \bar f)^2",
                why="The prediction was replaced by its mean inside a square. "
                "$\\E[u^2] = \\E[u]^2$ holds only when $u$ does not vary; what is lost is "
                "exactly the variance.",
                value=lambda w: noise_squared(w) + (w.f - mean(w)) ** 2,
            ),
            WrongMove(
                line=8,
                tex=r"(f - \bar f) + \E_D\big[(\fhat - \bar f)^2\big] + \sigma^2",
                why="Bias enters squared: it has the unit of $y$, while variance and noise have "
                "the unit of $y^2$. Checking units catches this on the spot.",
                value=lambda w: (
                    (w.f - mean(w))
                    + _over_sets(w, (w.predictions - mean(w)) ** 2)
                    + noise_squared(w)
                ),
            ),
            WrongMove(
                line=8,
                tex=r"(f - \bar f)^2 + \sqrt{\E_D\big[(\fhat - \bar f)^2\big]} + \sigma^2",
                why="A standard deviation is not a variance. Plots often show the spread as a "
                "standard deviation; the sum needs its square.",
                value=lambda w: (
                    (w.f - mean(w)) ** 2
                    + float(np.sqrt(_over_sets(w, (w.predictions - mean(w)) ** 2)))
                    + noise_squared(w)
                ),
            ),
        ),
    )
