"""Derivations of the topic; derivatives are taken exactly, by a complex step."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from snippets.forms import Derivation, Step, Variant, WrongMove

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

    def tempered(one: _Example) -> dict[str, float]:
        """The entry in the middle, at a temperature that differs between the instances."""
        k, temperature = one.z.size // 2, (one.z.size + 1) / 2
        chance = float(np.real(_softmax(one.z / temperature))[k])
        return {"p": chance, "y": float(one.y[k]), "T": temperature}

    def tempered_slope(one: _Example) -> float:
        k, temperature = one.z.size // 2, tempered(one)["T"]
        logits = one.z + 1e-30j * np.eye(one.z.size)[k]
        loss = -np.sum(one.y * np.log(_softmax(logits / temperature)))
        return float(np.imag(loss) / 1e-30)

    def smoothing(one: _Example) -> dict[str, float]:
        return {"K": one.z.size, "s": 1 / (one.z.size + 8)}

    def gap_at_rest(one: _Example) -> float:
        classes, smoothed = smoothing(one).values()
        first = np.eye(one.z.size)[0]
        label = (1 - smoothed) * first + smoothed / classes

        def slope(gap: float) -> float:
            return float(_gradient(_Example(gap * first, label))[0])

        return float(brentq(slope, 0, 50, xtol=1e-12))

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
        variants=(
            Variant(
                ask="The logits are divided by a temperature before the softmax, $p = "
                r"\text{softmax}(z/T)$. What is the slope of the loss in one logit $z_k$?",
                symbols={
                    "p": "the probability of class $k$ at this temperature, $p_k$",
                    "y": "the label's entry for class $k$, $y_k$",
                    "T": "the temperature, $T$",
                },
                names=tempered,
                value=tempered_slope,
                answer="(p - y)/T",
                why="Lines 1 to 5 hold for the divided logits $z/T$; the chain rule adds one "
                r"factor $1/T$. The probabilities in $p$ are the tempered ones.",
                wrong={
                    "p - y": "This is the slope in the divided logit $z_k/T$. A change of $z_k$ "
                    "reaches the softmax $T$ times smaller.",
                    "T(p - y)": "A high temperature flattens the softmax, so the loss feels a "
                    "logit less. Here it would feel it more.",
                    "(p - y)/T^2": "In distillation the slope falls like $1/T^2$ at high "
                    "temperatures, because there the label is a tempered softmax too, and $p - y$ "
                    "itself falls like $1/T$. A fixed label leaves one factor.",
                },
            ),
            Variant(
                ask="The label is smoothed: $1-s$ times the one-hot label, plus $s/K$ for every "
                "class, the true one included. The wrong classes share one logit. How far above "
                "it is the true class's logit when the gradient vanishes?",
                symbols={
                    "K": "the number of classes, $K$",
                    "s": "the share of the label that is spread evenly, $s$",
                },
                names=smoothing,
                value=gap_at_rest,
                answer="log(1 + K(1 - s)/s)",
                why="Line 5 asks for $p = y$, which now has a finite solution: the ratio of two "
                "probabilities is $e$ to the gap of their logits, and the ratio in the label is "
                "$(1-s+s/K)/(s/K)$. Against a one-hot label the gap grows without end.",
                wrong={
                    "log((1 - s)/s)": "This is the log-odds of a chance of $1-s$. Here each wrong "
                    "class has only $s/K$, and the true class has $1-s+s/K$.",
                    "log((K - 1)(1 - s)/s)": "This spreads $s$ over the wrong classes only. It is "
                    "another convention; here, as in most libraries, the true class has its part "
                    "of $s$.",
                    "1 - s + s/K": "This is the probability of the true class. The question is "
                    "for a difference of logits.",
                },
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


def _climbed(task: _Task) -> Array:
    """Climb the objective from the uniform policy by multiplicative gradient steps."""
    policy = np.full(task.reward.size, 1 / task.reward.size)
    for _ in range(100):
        slope = task.reward - task.beta * np.log(policy / task.reference)
        policy = policy * np.exp(slope / (2 * task.beta))
        policy = policy / policy.sum()
    return policy


def kl_regularized_policy() -> Derivation:
    """The best policy under a KL penalty is the reference, tilted by the exponential reward."""
    rng = np.random.default_rng(1)
    instances = [
        _Task(rng.dirichlet(np.ones(m)), rng.dirichlet(np.ones(m)), rng.normal(size=m), beta)
        for m, beta in ((2, 0.5), (4, 1.0), (6, 2.0))
    ]
    last = instances[-1]
    instances.append(last._replace(policy=_tilted(last)))  # here the bound is met

    def ratios(t: _Task) -> dict[str, float]:
        ratio = _climbed(t) / t.reference
        return {"u": float(ratio[0]), "v": float(ratio[1]), "beta": t.beta}

    def verified(t: _Task) -> _Task:
        """The same answers, with a reward of 1 for the better ones and 0 for the others."""
        return t._replace(reward=(t.reward > t.reward.mean()).astype(float))

    def chance_of_right(t: _Task) -> float:
        return float(_climbed(verified(t)) @ verified(t).reward)

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
        variants=(
            Variant(
                ask="The reward is hidden, and you see the best policy $\\pi^\\star$ beside the "
                "reference. By how much does answer $a$ earn more than answer $b$, $r(a)-r(b)$?",
                symbols={
                    "u": r"the ratio for the first answer, $\pi^\star(a)/\pi_0(a)$",
                    "v": r"the ratio for the second answer, $\pi^\star(b)/\pi_0(b)$",
                    "beta": r"the price of moving, $\beta$",
                },
                names=ratios,
                value=lambda t: float(t.reward[0] - t.reward[1]),
                answer="beta*log(u/v)",
                why=r"Solve $\pi^\star = \pi_0\,e^{r/\beta}/Z$ for the reward: $r(a) = "
                r"\beta\log u + \beta\log Z$. In a difference $Z$ drops out. This is what DPO "
                "puts into the preference model, so that it needs neither a reward model nor $Z$.",
                wrong={
                    "log(u/v)": "The logarithm is the reward in units of $\\beta$: the exponent "
                    r"of $\pi^\star$ is $r/\beta$.",
                    "log(u/v)/beta": "With a high price a small shift of the policy speaks of a "
                    "large difference in reward; here it would speak of a small one.",
                    "beta*log(u)": r"This is $r(a) - \beta\log Z$. The constant is the same for "
                    "both answers and drops out only of their difference.",
                },
            ),
            Variant(
                ask="The reward is now checked: 1 for a right answer, 0 for a wrong one. The "
                "reference is right with chance $p$. With which chance is the best policy right?",
                symbols={
                    "p": "the chance that the reference is right, the sum of $\\pi_0(a)$ over "
                    "the right answers",
                    "beta": r"the price of moving, $\beta$",
                },
                names=lambda t: {"p": float(t.reference @ verified(t).reward), "beta": t.beta},
                value=chance_of_right,
                answer="p exp(1/beta)/(1 - p + p exp(1/beta))",
                why="All right answers gain the same factor $e^{1/\\beta}$ and all wrong ones "
                "none, so $Z = 1 - p + p\\,e^{1/\\beta}$. The odds of being right are multiplied "
                "by $e^{1/\\beta}$, and within the right answers the reference's proportions "
                "stay.",
                wrong={
                    "p exp(1/beta)": "The tilted reference has to be divided by $Z$; this product "
                    "can exceed 1.",
                    "p exp(beta)/(1 - p + p exp(beta))": "Here a higher price moves the policy "
                    r"further. The reward is divided by $\beta$.",
                    "1": "This is the limit of a price of zero. At any positive price the last "
                    "wrong answers are not worth the divergence that removing them costs.",
                },
            ),
        ),
    )
