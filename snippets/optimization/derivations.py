"""Derivations of the topic: why a small step descends, and why Adam divides by 1 - beta^t."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize_scalar

from snippets.forms import Derivation, Step, Variant, WrongMove

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


def _slopes(fit: _Fit) -> Array:
    """Return the gradient of each single example, in rows (n, d)."""
    pull = -fit.y / (1 + np.exp(fit.y * (fit.X @ fit.w)))
    return np.asarray(fit.X * pull[:, None])


def _parabola(fit: _Fit, step: Array) -> float:
    """Return how far line 2's parabola lies above f(w), a step away."""
    return float(_gradient(fit) @ step + _smoothness(fit) / 2 * (step @ step))


def descent_lemma() -> Derivation:
    """A gradient step with a rate below 2/L lowers a smooth loss."""

    def noisy(fit: _Fit) -> dict[str, float]:
        off = _slopes(fit) - _gradient(fit)
        return {
            "G": float(_gradient(fit) @ _gradient(fit)),
            "V": float(np.mean(np.sum(off**2, axis=1))),
            "L": _smoothness(fit),
        }

    def largest_noisy_rate(fit: _Fit) -> float:
        def change(rate: float) -> float:
            return float(np.mean([_parabola(fit, -rate * slope) for slope in _slopes(fit)]))

        low, high = 1e-9 / _smoothness(fit), 2 / _smoothness(fit)
        return float(brentq(change, low, high, xtol=1e-14))

    def signs(fit: _Fit) -> dict[str, float]:
        slope = _gradient(fit)
        return {"a": float(np.abs(slope).sum()), "d": slope.size, "L": _smoothness(fit)}

    def gain_by_signs(fit: _Fit) -> float:
        toward = -np.sign(_gradient(fit))
        return -float(minimize_scalar(lambda rate: _parabola(fit, rate * toward)).fun)

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
        variants=(
            Variant(
                ask="The step now uses the gradient of one example, drawn at random: its mean is "
                "$g$, and its mean squared distance from $g$ is $V$. Up to which rate does the "
                "bound of line 2 make sure that the expected loss does not rise?",
                symbols={
                    "G": r"the squared norm of the full gradient, $\norm{g}^2$",
                    "V": r"the noise, $\E\big[\norm{g_i - g}^2\big]$",
                    "L": "the bound on the curvature, $L$",
                },
                names=noisy,
                value=largest_noisy_rate,
                answer="2G/(L(G + V))",
                why="Line 2 holds for every step, so take its mean. The linear term becomes "
                r"$-\eta\norm{g}^2$ as before, and the squared step grows to $\eta^2(G + V)$. On "
                "the way to a minimum $G$ shrinks. Where $V$ does not, the safe rate shrinks with "
                "$G$. This is why a fixed rate stops at a noise floor, and a falling one gets "
                "below it.",
                wrong={
                    "2/L": "The gradient is right on average, and the parabola holds the mean of "
                    "its square, which is larger than the square of its mean by $V$.",
                    "G/(L(G + V))": "At this rate the bound is lowest. It stays at or below "
                    "$f(w)$ up to twice this rate, where gain and price are equal.",
                    "2G/(L V)": "The squared step has the mean $G + V$: the signal is squared as "
                    "well. This formula allows any rate when there is no noise.",
                },
            ),
            Variant(
                ask=r"Every weight now moves by the same length: the step is $-\eta\,\sign(g)$, "
                "and no entry of $g$ is zero. By the bound of line 2, how much is the loss sure "
                "to fall at the rate that is best for this bound?",
                symbols={
                    "a": r"the sum of absolute slopes, $\norm{g}_1$",
                    "d": "the number of weights, $d$",
                    "L": "the bound on the curvature, $L$",
                },
                names=signs,
                value=gain_by_signs,
                answer="a^2/(2 L d)",
                why=r"In line 2 the linear term is $-\eta\norm{g}_1$, and the squared step is "
                r"$\eta^2 d$ whatever the gradient. The best rate is $\norm{g}_1/Ld$. Since "
                r"$\norm{g}_1^2 \le d\,\norm{g}^2$, the bound promises no more than for a "
                "gradient step, and as much only when all slopes have the same size.",
                wrong={
                    "a^2/(2 L)": "The vector of signs has the squared norm $d$, not 1: each of "
                    "the $d$ weights pays for its own move.",
                    "a/(L d)": "This is the best rate. The gain is half the rate times the slope "
                    r"along the step, $\norm{g}_1$.",
                    "a^2/(2 L d^2)": r"The norm of the signs is $\sqrt{d}$. Its square enters "
                    "once.",
                },
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


def _variance(one: _Moments) -> float:
    return float(one.chances @ (one.values - _mean(one)) ** 2)


def adam_bias_correction() -> Derivation:
    """A moving average that starts at zero is too small by the factor 1 - beta^t."""
    rng = np.random.default_rng(5)
    instances = [
        _Moments(rng.normal(1, 2, size=k), rng.dirichlet(np.ones(k)), beta, t)
        for k, beta, t in ((3, 0.9, 1), (4, 0.9, 7), (5, 0.999, 30), (2, 0.5, 4))
    ]

    def spread_of_average(one: _Moments) -> float:
        """Carry the first two moments of the average through the recursion."""
        first, second = 0.0, 0.0
        keep, take = one.beta, 1 - one.beta
        for _ in range(one.t):
            second = (
                keep**2 * second
                + 2 * keep * take * first * _mean(one)
                + take**2 * float(one.chances @ one.values**2)
            )
            first = keep * first + take * _mean(one)
        return second - first**2

    def decays(one: _Moments) -> dict[str, float]:
        return {"b1": one.beta, "b2": 1 - (1 - one.beta) ** 2 / 10, "t": one.t}

    def uncorrected_step(one: _Moments) -> float:
        """Run both averages on one gradient that does not change."""
        b1, b2, _ = decays(one).values()
        slope = abs(float(one.values[0]))
        m = v = 0.0
        for _ in range(one.t):
            m = b1 * m + (1 - b1) * slope
            v = b2 * v + (1 - b2) * slope**2
        return float(m / np.sqrt(v))

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
        variants=(
            Variant(
                ask="The gradients $g_i$ are independent, each with the variance $s^2$. What is "
                "the variance of $m_t$?",
                symbols={
                    "s": "the standard deviation of one gradient, $s$",
                    "b": r"the decay, $\beta$",
                    "t": "the number of steps, $t$",
                },
                names=lambda one: {"s": _variance(one) ** 0.5, "b": one.beta, "t": one.t},
                value=spread_of_average,
                answer="s^2 (1 - b)(1 - b^(2t))/(1 + b)",
                why=r"Line 2 still says which weight each gradient has, $(1-\beta)\beta^{t-i}$. A "
                r"variance takes the squared weights: a geometric series with ratio $\beta^2$. "
                r"For large $t$ and $\beta = 0.9$ it is $s^2/19$.",
                wrong={
                    "s^2 (1 - b)/(1 + b)": "This is the limit of many steps. At the first step "
                    r"the variance is $(1-\beta)^2 s^2$, smaller by the factor $1-\beta^2$.",
                    "s^2 (1 - b^t)": "The weights sum to $1-\\beta^t$. In a variance they are "
                    "squared before they are summed.",
                    "s^2 (1 - b^t)^2": "This treats all gradients as one and the same draw. "
                    "Independent draws average out, and that is the point of the average.",
                },
            ),
            Variant(
                ask="Adam runs without its two bias corrections, the gradient is the same at every "
                r"step and not zero, and $\epsilon = 0$. How long is the step number $t$, as a "
                r"multiple of $\eta$?",
                symbols={
                    "b1": r"the decay of the first moment, $\beta_1$",
                    "b2": r"the decay of the second moment, $\beta_2$",
                    "t": "the number of steps, $t$",
                },
                names=decays,
                value=uncorrected_step,
                answer="(1 - b1^t)/sqrt(1 - b2^t)",
                why=r"Line 4 holds for each moment with its own decay: $m_t = (1-\beta_1^t)g$ and "
                r"$v_t = (1-\beta_2^t)g^2$. With 0.9 and 0.999 the first step is "
                r"$0.1/\sqrt{0.001} = 3.16$ times $\eta$: too long, because the second moment "
                "starts further below its target than the first.",
                wrong={
                    "1": "The gradient cancels between $m_t$ and $\\sqrt{v_t}$. The two missing "
                    r"weights do not: even with equal decays, $\sqrt{1-\beta^t}$ would be left.",
                    "1 - b1^t": "The average $v_t$ starts at zero as well, and it stands in the "
                    "denominator.",
                    "(1 - b1^t)/(1 - b2^t)": "Adam divides by the root of $v_t$, so the root is "
                    "taken of its factor too.",
                },
            ),
        ),
    )
