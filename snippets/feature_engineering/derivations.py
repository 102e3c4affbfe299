"""Derivations of the topic, each expectation an exact sum."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from snippets.forms import Derivation, Step, Variant, WrongMove

Array = NDArray[np.float64]


class _World(NamedTuple):
    """Category means and the error of an observed mean, both finite; a share to keep."""

    means: Array
    chances: Array
    errors: Array
    error_chances: Array
    share: float


def _center(w: _World) -> float:
    return float(w.chances @ w.means)


def _between(w: _World) -> float:
    return float(w.chances @ (w.means - _center(w)) ** 2)


def _within(w: _World) -> float:
    """The variance of an observed category mean around its true mean."""
    return float(w.error_chances @ w.errors**2)


def _worlds() -> list[_World]:
    rng = np.random.default_rng(11)
    worlds = []
    for categories, outcomes, share in ((3, 2, 0.2), (4, 3, 0.5), (5, 4, 0.9)):
        error_chances = rng.dirichlet(np.ones(outcomes))
        errors = rng.normal(size=outcomes)
        errors -= error_chances @ errors
        means, chances = rng.normal(2, 1, size=categories), rng.dirichlet(np.ones(categories))
        worlds.append(_World(means, chances, errors, error_chances, share))
    last = worlds[-1]
    best = _between(last) / (_between(last) + _within(last))
    return [*worlds, last._replace(share=best)]  # here the bound is met


def shrinkage() -> Derivation:
    """The share of its own mean that a category should keep is n / (n + m)."""

    def error(w: _World, share: float, offset: float = 0.0) -> float:
        truth, observed = w.means[:, None], w.means[:, None] + w.errors[None, :]
        encoded = share * observed + (1 - share) * (_center(w) + offset)
        return float(np.sum(np.outer(w.chances, w.error_chances) * (encoded - truth) ** 2))

    def offset(w: _World) -> float:
        return len(w.means) / 10

    def variances(w: _World) -> dict[str, float]:
        return {"t2": _between(w), "s2": _within(w)}

    def least_off_center(w: _World) -> float:
        return float(minimize_scalar(lambda share: error(w, share, offset(w))).fun)

    def with_twice_the_smoothing(w: _World) -> float:
        best = minimize_scalar(lambda share: error(w, share)).x
        smoothing = (1 - best) / best  # m, counted in units of n
        return error(w, 1 / (1 + 2 * smoothing))

    return Derivation(
        claim="Of all shares $a$, $a = n/(n+m)$ with $m = \\sigma^2/\\tau^2$ gives the encoding "
        "$a\\,\\bar y + (1-a)\\,\\mu$ the smallest expected squared error.",
        given="A category's true mean $\\theta$ is drawn with mean $\\mu$ and variance $\\tau^2$; "
        "its observed mean over $n$ rows is $\\bar y = \\theta + e$ with $\\E[e] = 0$ and "
        "$\\Var(e) = s^2 = \\sigma^2/n$, independent of $\\theta$.",
        steps=(
            Step(
                goal="Write the error of an encoding that keeps the share $a$.",
                tex=r"\E\big[(a\bar y + (1-a)\mu - \theta)^2\big]",
                value=lambda w: float(
                    np.sum(
                        np.outer(w.chances, w.error_chances)
                        * (
                            w.share * (w.means[:, None] + w.errors[None, :])
                            + (1 - w.share) * _center(w)
                            - w.means[:, None]
                        )
                        ** 2
                    )
                ),
                relation="start",
                reason="The encoding is meant to tell the category's true mean.",
                hints=("What is estimated, and by what?", "$\\theta$, by a mixture of two means."),
            ),
            Step(
                goal="Insert what the observed mean is made of.",
                tex=r"\E\big[(a e - (1-a)(\theta-\mu))^2\big]",
                value=lambda w: float(
                    np.sum(
                        np.outer(w.chances, w.error_chances)
                        * (
                            w.share * w.errors[None, :]
                            - (1 - w.share) * (w.means - _center(w))[:, None]
                        )
                        ** 2
                    )
                ),
                reason="$\\bar y = \\theta + e$; collect the terms in $\\theta - \\mu$.",
                hints=("Replace $\\bar y$ by $\\theta + e$.", "Group: noise, then true deviation."),
            ),
            Step(
                goal="Expand; the cross term vanishes.",
                tex=r"a^2 s^2 + (1-a)^2\,\tau^2",
                value=lambda w: w.share**2 * _within(w) + (1 - w.share) ** 2 * _between(w),
                reason="$e$ and $\\theta$ are independent and $e$ has mean zero. The first term is "
                "variance, the second squared bias.",
                hints=(
                    "What is $\\E[e(\\theta-\\mu)]$?",
                    "Zero, so two squares remain: their means are $s^2$ and $\\tau^2$.",
                ),
            ),
            Step(
                goal="Complete the square in $a$ and drop it.",
                tex=r"\frac{\tau^2 s^2}{\tau^2 + s^2}",
                value=lambda w: _between(w) * _within(w) / (_between(w) + _within(w)),
                relation="at least",
                reason="The parabola is $(\\tau^2+s^2)(a-a^\\star)^2$ plus this value, with "
                "$a^\\star = \\tau^2/(\\tau^2+s^2)$. With $s^2 = \\sigma^2/n$ that is "
                "$n/(n+\\sigma^2/\\tau^2)$.",
                hints=(
                    "Differentiate in $a$: $2a s^2 = 2(1-a)\\tau^2$.",
                    "$a^\\star = \\tau^2/(\\tau^2+s^2)$; insert it.",
                ),
            ),
        ),
        instances=_worlds(),
        wrong_moves=(
            WrongMove(
                line=3,
                tex=r"a^2 s^2 + (1-a)\,\tau^2",
                why="The bias is $(1-a)(\\theta-\\mu)$, and it is squared before it is averaged.",
                value=lambda w: (w.share**2) * _within(w) + (1 - w.share) * _between(w),
            ),
            WrongMove(
                line=4,
                tex=r"s^2",
                why="That is the error with $a = 1$, the raw mean. A smaller error is possible for "
                "every positive $s^2$.",
                value=_within,
            ),
        ),
        variants=(
            Variant(
                ask=r"The center is wrong: the encoding is $a\,\bar y+(1-a)(\mu+b)$, because "
                r"$\mu$ was taken from another period. What is the smallest expected squared error "
                "over $a$?",
                symbols={
                    "t2": r"the variance between categories, $\tau^2$",
                    "s2": "the variance of an observed mean, $s^2$",
                    "b": "the error of the center, $b$",
                },
                names=lambda w: {**variances(w), "b": offset(w)},
                value=least_off_center,
                answer="(t2 + b^2)*s2/(t2 + b^2 + s2)",
                why="The squared distance of a category from the center now averages "
                r"$\tau^2+b^2$ in place of $\tau^2$. Lines 3 and 4 carry over with it. A wrong "
                "center acts like a wider spread of the categories: the best share rises, and even "
                "a useless center costs no more than the raw mean, $s^2$.",
                wrong={
                    "t2*s2/(t2 + s2) + b^2": "Only the share $1-a$ of the center enters the "
                    "encoding, so $b^2$ comes with $(1-a)^2$.",
                    "t2*s2/(t2 + s2) + (s2/(t2 + s2))^2*b^2": "The error at the old share. With a "
                    "wrong center more of the own mean should be kept, and that costs less.",
                    "t2*s2/(t2 + s2)": "The best error with the right center. No share makes up "
                    "for a center that is off.",
                },
            ),
            Variant(
                ask="The smoothing constant is set to twice its best value, "
                r"$m=2\sigma^2/\tau^2$. What is the expected squared error?",
                symbols={
                    "t2": r"the variance between categories, $\tau^2$",
                    "s2": "the variance of an observed mean, $s^2$",
                },
                names=variances,
                value=with_twice_the_smoothing,
                answer="t2*s2*(t2 + 4*s2)/(t2 + 2*s2)^2",
                why=r"Line 3 holds for every share; here $a=n/(n+m)=\tau^2/(\tau^2+2s^2)$. To "
                r"the best error it adds $(\tau^2+s^2)(a-a^\star)^2$, at most one eighth of it. "
                "Half the best constant costs at most as much, so a grid of factors of two is fine "
                "enough for $m$.",
                wrong={
                    "2*t2*s2/(t2 + 2*s2)": "This is the last line with $2s^2$ for $s^2$, the best "
                    "error for noisier data; here the data are as before, and the share is wrong.",
                    "2*t2*s2/(t2 + s2)": "Twice the constant is not twice the error. The parabola "
                    "is flat around its minimum.",
                    "t2*s2/(t2 + 2*s2)": "This is $a\\,s^2$ with the new share. The error is "
                    "$a\\,s^2$ at the best share only; here it would lie below the least value.",
                },
            ),
        ),
    )
