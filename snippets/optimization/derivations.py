"""Derivations of the topic: why a small step descends, and why Adam divides by 1 - beta^t."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from snippets.forms import Derivation, Step, WrongMove

Array = NDArray[np.float64]


class _Fit(NamedTuple):
    """A logistic regression with labels of -1 and 1, a point and a rate of at most 2/L."""

    X: Array
    y: Array
    w: Array
    share: float  # the rate is share * 2 / L


def _loss(fit: _Fit, w: Array) -> float:
    return float(np.mean(np.logaddexp(0, -fit.y * (fit.X @ w))))


def _gradient(fit: _Fit) -> Array:
    pull = -fit.y / (1 + np.exp(fit.y * (fit.X @ fit.w)))
    return np.asarray(fit.X.T @ pull / len(fit.y))


def _smoothness(fit: _Fit) -> float:
    return float(np.linalg.norm(fit.X, ord=2) ** 2 / (4 * len(fit.y)))


def _rate(fit: _Fit) -> float:
    return fit.share * 2 / _smoothness(fit)


def _fits() -> list[_Fit]:
    rng = np.random.default_rng(3)
    fits = []
    for n, d, share in ((5, 2, 0.2), (20, 3, 0.5), (40, 5, 0.9), (8, 4, 1.0)):
        X, y = rng.normal(size=(n, d)), rng.choice([-1.0, 1.0], size=n)
        fits.append(_Fit(X, y, 2 * rng.normal(size=d), share))
    return fits


def descent_lemma() -> Derivation:
    """A gradient step with a rate below 2/L lowers a smooth loss."""
    return Derivation(
        claim="If the gradient of $f$ is $L$-Lipschitz, a gradient step with a rate of at most "
        "$2/L$ never raises $f$, and below $2/L$ it lowers $f$ wherever the gradient is not zero.",
        given="$g = \\nabla f(w)$, rate $\\eta \\le 2/L$, and no eigenvalue of the Hessian exceeds "
        "$L$ anywhere. Checked on logistic regressions, where "
        "$L = \\lambda_{\\max}(X\\T X)/4n$.",
        steps=(
            Step(
                goal="Write the loss after the step.",
                tex=r"f(w - \eta g)",
                value=lambda fit: _loss(fit, fit.w - _rate(fit) * _gradient(fit)),
                relation="start",
                reason="The step is $-\\eta g$, straight down the slope at $w$.",
                hints=("Where does the step lead?", "To $w - \\eta g$."),
            ),
            Step(
                goal="Bound it by a parabola.",
                tex=r"f(w) + g\T(-\eta g) + \tfrac{L}{2}\norm{\eta g}^2",
                value=lambda fit: (
                    _loss(fit, fit.w)
                    + float(_gradient(fit) @ (-_rate(fit) * _gradient(fit)))
                    + _smoothness(fit) / 2 * float(np.sum((_rate(fit) * _gradient(fit)) ** 2))
                ),
                relation="at most",
                reason="Taylor to second order: the curvature along the step is at most $L$, "
                "so $f$ lies below this parabola.",
                hints=(
                    "Expand around $w$ and bound the second derivative.",
                    "Value, slope times step, and $L/2$ times the squared step.",
                ),
            ),
            Step(
                goal="Collect the terms in the gradient.",
                tex=r"f(w) - \eta\big(1 - \tfrac{\eta L}{2}\big)\norm{g}^2",
                value=lambda fit: (
                    _loss(fit, fit.w)
                    - _rate(fit)
                    * (1 - _rate(fit) * _smoothness(fit) / 2)
                    * float(np.sum(_gradient(fit) ** 2))
                ),
                reason="$g\\T g = \\norm g^2$. The gain is linear in $\\eta$, the price quadratic; "
                "at $\\eta = 1/L$ the bound is best, a gain of $\\norm g^2/2L$.",
                hints=("Both terms contain $\\norm g^2$.", "Factor out $\\eta\\norm g^2$."),
            ),
            Step(
                goal="Use the condition on the rate.",
                tex=r"f(w)",
                value=lambda fit: _loss(fit, fit.w),
                relation="at most",
                reason="For $\\eta \\le 2/L$ the bracket is not negative.",
                hints=("What sign has the bracket?", "Not negative as long as $\\eta L \\le 2$."),
            ),
        ),
        instances=_fits(),
        wrong_moves=(
            WrongMove(
                line=2,
                tex=r"f(w) + g\T(-\eta g)",
                why="A convex function lies above its tangent: the first-order line promises more "
                "than any step delivers, at every rate.",
                value=lambda fit: (
                    _loss(fit, fit.w) - _rate(fit) * float(_gradient(fit) @ _gradient(fit))
                ),
            ),
            WrongMove(
                line=3,
                tex=r"f(w) - \eta\big(1 - \eta L\big)\norm{g}^2",
                why="The factor 1/2 of the second-order term is lost, and with it half of the "
                "rates that are safe.",
                value=lambda fit: (
                    _loss(fit, fit.w)
                    - _rate(fit)
                    * (1 - _rate(fit) * _smoothness(fit))
                    * float(np.linalg.norm(_gradient(fit)) ** 2)
                ),
            ),
        ),
    )


class _Moments(NamedTuple):
    """Independent gradients from one finite distribution, averaged for t steps."""

    values: Array
    chances: Array
    beta: float
    t: int


def _mean(one: _Moments) -> float:
    return float(one.chances @ one.values)


def _expected_recursion(one: _Moments) -> float:
    """Run m = beta m + (1 - beta) g over expectations, from zero."""
    m = 0.0
    for _ in range(one.t):
        m = one.beta * m + (1 - one.beta) * float(one.chances @ one.values)
    return m


def adam_bias_correction() -> Derivation:
    """A moving average that starts at zero is too small by the factor 1 - beta^t."""
    rng = np.random.default_rng(5)
    instances = [
        _Moments(rng.normal(1, 2, size=k), rng.dirichlet(np.ones(k)), beta, t)
        for k, beta, t in ((3, 0.9, 1), (4, 0.9, 7), (5, 0.999, 30), (2, 0.5, 4))
    ]
    return Derivation(
        claim="After $t$ steps the expected moving average is $1-\\beta^t$ times the expected "
        "gradient, so $m_t/(1-\\beta^t)$ is right on average.",
        given="$m_0 = 0$ and $m_t = \\beta m_{t-1} + (1-\\beta) g_t$; all $g_i$ have the same mean "
        "$\\E[g]$. For the second moment read $g^2$ for $g$.",
        steps=(
            Step(
                goal="Write what is wanted.",
                tex=r"\E[m_t]",
                value=_expected_recursion,
                relation="start",
                reason="An average that is meant to estimate $\\E[g]$.",
                hints=("The mean of what?", "Of the moving average after $t$ steps."),
            ),
            Step(
                goal="Unroll the recursion.",
                tex=r"(1-\beta)\sum_{i=1}^{t} \beta^{t-i}\,\E[g_i]",
                value=lambda one: (
                    (1 - one.beta)
                    * sum(one.beta ** (one.t - i) * _mean(one) for i in range(1, one.t + 1))
                ),
                reason="Each gradient enters with weight $1-\\beta$ and fades by $\\beta$ a step. "
                "The term $\\beta^t m_0$ is zero.",
                hints=(
                    "Insert the rule for $m_{t-1}$ into that for $m_t$.",
                    "How many steps has $g_i$ been fading? $t-i$.",
                ),
            ),
            Step(
                goal="Take out the common mean.",
                tex=r"\E[g]\,(1-\beta)\sum_{j=0}^{t-1} \beta^{j}",
                value=lambda one: (
                    _mean(one) * (1 - one.beta) * float(np.sum(one.beta ** np.arange(one.t)))
                ),
                reason="All the means are equal; count the age $j = t-i$. If the gradient drifts, "
                "this holds approximately, with an error that fades like the weights.",
                hints=("What do the $g_i$ share?", "Their mean. Then substitute $j = t - i$."),
            ),
            Step(
                goal="Sum the geometric series.",
                tex=r"\E[g]\,(1-\beta^t)",
                value=lambda one: _mean(one) * (1 - one.beta**one.t),
                reason="$\\sum_{j<t}\\beta^j = (1-\\beta^t)/(1-\\beta)$. The weights sum to "
                "$1-\\beta^t$ and not to one: what is missing lies on $m_0 = 0$.",
                hints=("A geometric series with ratio $\\beta$.", "$(1-\\beta^t)/(1-\\beta)$."),
            ),
        ),
        instances=instances,
        wrong_moves=(
            WrongMove(
                line=4,
                tex=r"\E[g]\,(1-\beta)",
                why="Right at $t = 1$ only. Dividing by $1-\\beta$ at every step makes $\\hat m$ "
                "grow to ten times the gradient and $\\hat v$ to a thousand times its square.",
                value=lambda one: _mean(one) * (1 - one.beta),
            ),
        ),
    )
