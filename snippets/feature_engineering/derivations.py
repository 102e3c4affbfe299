"""Derivations of the topic, each expectation an exact sum."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from snippets.forms import Derivation, Step, WrongMove

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
    )
