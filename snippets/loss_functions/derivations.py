"""Derivations of the topic; derivatives are taken exactly, by a complex step."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from snippets.forms import Derivation, Step, WrongMove

Array = NDArray[np.float64]


class _Example(NamedTuple):
    """Logits of one example and its label, one-hot or soft."""

    z: Array
    y: Array


def _softmax(z: NDArray[np.complex128] | Array) -> NDArray[np.complex128] | Array:
    e = np.exp(z)
    return np.asarray(e / e.sum())


def _p(one: _Example) -> Array:
    return np.real(_softmax(one.z))


def _jacobian(one: _Example) -> Array:
    """Entry (k, j) is the derivative of p_k in z_j."""
    step = 1e-30j
    columns = [np.imag(_softmax(one.z + step * unit)) / 1e-30 for unit in np.eye(one.z.size)]
    return np.array(columns).T


def _gradient(one: _Example) -> Array:
    step = 1e-30j
    return np.array(
        [
            np.imag(-np.sum(one.y * np.log(_softmax(one.z + step * unit)))) / 1e-30
            for unit in np.eye(one.z.size)
        ]
    )


def softmax_gradient() -> Derivation:
    """The gradient of cross-entropy through a softmax is prediction minus label."""
    rng = np.random.default_rng(0)
    instances = [_Example(rng.normal(size=k), np.eye(k)[k // 2]) for k in (2, 3, 6)]
    instances.append(_Example(rng.normal(size=4), rng.dirichlet(np.ones(4))))
    return Derivation(
        claim="Through a softmax, the gradient of cross-entropy in the logits is the predicted "
        "distribution minus the label.",
        given="Logits $z \\in \\R^K$, $p_k = e^{z_k}/\\sum_j e^{z_j}$, a label $y$ with "
        "$\\sum_k y_k = 1$, one-hot or soft, and $L = -\\sum_k y_k \\log p_k$. "
        "$y \\oslash p$ divides entry by entry.",
        steps=(
            Step(
                goal="Write down what is wanted.",
                tex=r"\nabla_z\Big(-\sum_k y_k \log p_k\Big)",
                value=_gradient,
                relation="start",
                reason="The loss depends on the logits through all the probabilities, since each "
                "logit is in every denominator.",
                hints=("Derivative of what, in what?", "Cross-entropy, in the logits."),
            ),
            Step(
                goal="Use the chain rule through $p$.",
                tex=r"J\T\,(-\,y \oslash p),\qquad J_{kj} = \frac{\partial p_k}{\partial z_j}",
                value=lambda one: _jacobian(one).T @ (-one.y / _p(one)),
                reason="$\\partial L/\\partial p_k = -y_k/p_k$, and logit $j$ reaches the loss "
                "through every $p_k$.",
                hints=(
                    "First the derivative of $L$ in each $p_k$.",
                    "Then sum over $k$: $\\sum_k (\\partial L/\\partial p_k)\\,J_{kj}$.",
                ),
            ),
            Step(
                goal="Insert the Jacobian of the softmax.",
                tex=r"\big(\diag(p) - p\,p\T\big)\,(-\,y \oslash p)",
                value=lambda one: (
                    (np.diag(_p(one)) - np.outer(_p(one), _p(one))) @ (-one.y / _p(one))
                ),
                reason="By the quotient rule $\\partial p_k/\\partial z_j = p_k(\\1\\{j=k\\} - "
                "p_j)$: the numerator gives the diagonal, the denominator the product. The matrix "
                "is symmetric.",
                hints=(
                    "Differentiate $e^{z_k}/S$ in $z_k$, then in another $z_j$.",
                    "$p_k - p_k^2$ on the diagonal, $-p_k p_j$ off it.",
                ),
            ),
            Step(
                goal="Multiply out.",
                tex=r"-\,y + p \sum_k y_k",
                value=lambda one: -one.y + _p(one) * float(np.sum(one.y)),
                reason="$\\diag(p)(y \\oslash p) = y$, and $p\\T (y \\oslash p) = \\sum_k y_k$. "
                "The division by $p$ is gone, and with it the chance of dividing by zero.",
                hints=("Two products.", "In each of them $p_k$ cancels against $1/p_k$."),
            ),
            Step(
                goal="Use that the label sums to one.",
                tex=r"p - y",
                value=lambda one: _p(one) - one.y,
                reason="$\\sum_k y_k = 1$, also for smoothed or soft labels.",
                hints=("What do the entries of a label sum to?", "To one."),
            ),
        ),
        instances=instances,
        wrong_moves=(
            WrongMove(
                line=3,
                tex=r"\diag\big(p \odot (1-p)\big)\,(-\,y \oslash p)",
                why="That is the Jacobian of separate sigmoids. A softmax shares its denominator, "
                "so raising one logit lowers every other probability.",
                value=lambda one: -one.y * (1 - _p(one)),
            ),
            WrongMove(
                line=5,
                tex=r"y - p",
                why="This is the direction of descent. The gradient points uphill: where the "
                "probability is too high, raising the logit raises the loss.",
                value=lambda one: one.y - _p(one),
            ),
        ),
    )


class _Task(NamedTuple):
    """A finite set of answers: a policy, a reference, rewards and the price of moving."""

    policy: Array
    reference: Array
    reward: Array
    beta: float


def _tilted(task: _Task) -> Array:
    weight = task.reference * np.exp(task.reward / task.beta)
    return np.asarray(weight / weight.sum())


def _log_z(task: _Task) -> float:
    return float(np.log(np.sum(task.reference * np.exp(task.reward / task.beta))))


def kl_regularized_policy() -> Derivation:
    """The best policy under a KL penalty is the reference, tilted by the exponential reward."""
    rng = np.random.default_rng(1)
    instances = [
        _Task(rng.dirichlet(np.ones(m)), rng.dirichlet(np.ones(m)), rng.normal(size=m), beta)
        for m, beta in ((2, 0.5), (4, 1.0), (6, 2.0))
    ]
    last = instances[-1]
    instances.append(last._replace(policy=_tilted(last)))  # here the bound is met
    return Derivation(
        claim="Of all policies, $\\pi^\\star \\propto \\pi_0\\,e^{r/\\beta}$ has the largest "
        "expected reward minus $\\beta$ times the divergence from $\\pi_0$.",
        given="For one prompt, answers $a$ with rewards $r(a)$; a reference policy $\\pi_0$, "
        "positive everywhere, any policy $\\pi$, $\\beta > 0$, "
        "$Z = \\sum_a \\pi_0(a)\\,e^{r(a)/\\beta}$ and $\\pi^\\star(a) = "
        "\\pi_0(a)\\,e^{r(a)/\\beta}/Z$.",
        steps=(
            Step(
                goal="Write the objective of RLHF for one prompt.",
                tex=r"\E_{a\sim\pi}[r(a)] - \beta\,\KL(\pi \,\|\, \pi_0)",
                value=lambda t: (
                    t.policy @ t.reward - t.beta * (t.policy @ np.log(t.policy / t.reference))
                ),
                relation="start",
                reason="Reward, minus a price for leaving the model that was fine-tuned on "
                "demonstrations.",
                hints=("What is gained, and what is paid?", "Reward; divergence from $\\pi_0$."),
            ),
            Step(
                goal="Make it one expectation under $\\pi$.",
                tex=r"\sum_a \pi(a)\Big[r(a) - \beta \log\frac{\pi(a)}{\pi_0(a)}\Big]",
                value=lambda t: float(
                    np.sum(t.policy * (t.reward - t.beta * np.log(t.policy / t.reference)))
                ),
                reason="The divergence is the expected log-ratio under its first argument, $\\pi$.",
                hints=("Under which distribution is this KL an average?", "Under $\\pi$."),
            ),
            Step(
                goal="Move the reward into the logarithm.",
                tex=r"-\beta \sum_a \pi(a) \log\frac{\pi(a)}{\pi_0(a)\,e^{r(a)/\beta}}",
                value=lambda t: float(
                    -t.beta
                    * np.sum(
                        t.policy * np.log(t.policy / (t.reference * np.exp(t.reward / t.beta)))
                    )
                ),
                reason="$r = \\beta \\log e^{r/\\beta}$.",
                hints=(
                    "Write $r$ as $\\beta$ times a logarithm.",
                    "$r = \\beta\\log e^{r/\\beta}$.",
                ),
            ),
            Step(
                goal="Normalize the denominator.",
                tex=r"\beta \log Z - \beta\,\KL(\pi \,\|\, \pi^\star)",
                value=lambda t: (
                    t.beta * _log_z(t) - t.beta * (t.policy @ np.log(t.policy / _tilted(t)))
                ),
                reason="The denominator is $Z\\pi^\\star(a)$, and $\\log Z$ does not depend on the "
                "answer.",
                hints=(
                    "The denominator does not sum to one. By what must it be divided?",
                    "By $Z$, which comes out as $\\beta\\log Z$.",
                ),
            ),
            Step(
                goal="Bound it.",
                tex=r"\beta \log Z",
                value=lambda t: t.beta * _log_z(t),
                relation="at most",
                reason="A divergence is never negative, and it is zero only for $\\pi = "
                "\\pi^\\star$. So $\\pi^\\star$ is the one maximizer.",
                hints=("Which term still depends on $\\pi$?", "It is $-\\beta$ times a KL."),
            ),
        ),
        instances=instances,
        wrong_moves=(
            WrongMove(
                line=2,
                tex=r"\sum_a \Big[\pi(a)\,r(a) - \beta\,\pi_0(a) \log\frac{\pi(a)}{\pi_0(a)}\Big]",
                why="Here the log-ratio is averaged under the reference, which is minus the other "
                "divergence, $\\KL(\\pi_0\\|\\pi)$. RLHF samples from the policy.",
                value=lambda t: float(
                    np.sum(
                        t.policy * t.reward - t.beta * t.reference * np.log(t.policy / t.reference)
                    )
                ),
            ),
            WrongMove(
                line=4,
                tex=r"\log Z - \beta\,\KL(\pi \,\|\, \pi^\star)",
                why="The factor $\\beta$ stands before the whole sum, so it multiplies $\\log Z$ "
                "as well.",
                value=lambda t: (
                    _log_z(t) - t.beta * float(t.policy @ (np.log(t.policy) - np.log(_tilted(t))))
                ),
            ),
        ),
    )
