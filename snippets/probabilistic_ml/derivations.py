"""Derivations about posteriors, bounds and coverage."""

from dataclasses import dataclass
from itertools import permutations
from math import ceil

import numpy as np
from numpy.typing import NDArray

from snippets.forms import Derivation, Step, WrongMove

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Regression:
    """Data, the two variances, and weights at which the posterior is looked at."""

    X: Array
    y: Array
    noise: float
    prior: float
    w: Array

    @property
    def precision(self) -> Array:
        return np.asarray(self.X.T @ self.X / self.noise + np.eye(len(self.w)) / self.prior)

    @property
    def pull(self) -> Array:
        """Return b = X'y / noise."""
        return np.asarray(self.X.T @ self.y / self.noise)

    @property
    def mean(self) -> Array:
        return np.asarray(np.linalg.solve(self.precision, self.pull))


def linear_posterior() -> Derivation:
    """Complete the square in the exponent of likelihood times prior."""
    rng = np.random.default_rng(0)
    instances = [
        Regression(rng.normal(size=(n, p)), rng.normal(size=n), s2, t2, rng.normal(size=p))
        for n, p, s2, t2 in (
            (3, 1, 1.0, 1.0),
            (8, 2, 0.5, 2.0),
            (5, 7, 0.2, 0.6),
            (40, 4, 1.7, 9.0),
        )
    ]
    return Derivation(
        claim="With Gaussian noise and a Gaussian prior the posterior of the weights is Gaussian: "
        "precision $A=X\\T X/\\sigma^2+I/\\tau^2$ and mean $m=A^{-1}X\\T y/\\sigma^2$.",
        given="$y=Xw+\\varepsilon$ with noise variance $\\sigma^2$, prior "
        "$w\\sim\\Normal(0,\\tau^2I)$. "
        "Up to constants, $-2\\log p(w\\given y)$ is the sum of two squares, $Q(w)$. "
        "$b=X\\T y/\\sigma^2$.",
        steps=[
            Step(
                goal="Write minus twice the log of likelihood times prior, without constants.",
                tex=r"Q(w)=\frac{\norm{y-Xw}^2}{\sigma^2}+\frac{\norm{w}^2}{\tau^2}",
                value=lambda r: float(
                    np.sum((r.y - r.X @ r.w) ** 2) / r.noise + np.sum(r.w**2) / r.prior
                ),
                relation="start",
                reason="The posterior is proportional to likelihood times prior, and the log of a "
                "Gaussian density is a constant less half a square over its variance.",
                hints=("What is the log of each Gaussian density?", "Drop what has no $w$ in it."),
            ),
            Step(
                goal="Expand, and collect by powers of $w$.",
                tex=r"w\T\Big(\frac{X\T X}{\sigma^2}+\frac{I}{\tau^2}\Big)w"
                r"-2\,\frac{y\T X}{\sigma^2}w+\frac{y\T y}{\sigma^2}",
                value=lambda r: float(
                    r.w @ (r.X.T @ r.X / r.noise + np.eye(len(r.w)) / r.prior) @ r.w
                    - 2 * (r.y @ r.X / r.noise) @ r.w
                    + r.y @ r.y / r.noise
                ),
                reason="$\\norm{y-Xw}^2=y\\T y-2y\\T Xw+w\\T X\\T Xw$.",
                hints=("Multiply out the first square.", "Two terms are quadratic in $w$."),
            ),
            Step(
                goal="Name the matrix and the vector.",
                tex=r"w\T A\,w-2\,b\T w+\frac{y\T y}{\sigma^2}",
                value=lambda r: float(
                    r.w @ r.precision @ r.w - 2 * r.pull @ r.w + r.y @ r.y / r.noise
                ),
                reason="$A$ adds the precision of the data to that of the prior. It is positive "
                "definite, even for $p>n$, because of the prior.",
                hints=("What stands between $w\\T$ and $w$?", "Is $A$ invertible?"),
            ),
            Step(
                goal="Complete the square.",
                tex=r"(w-A^{-1}b)\T A\,(w-A^{-1}b)-b\T A^{-1}b+\frac{y\T y}{\sigma^2}",
                value=lambda r: float(
                    (r.w - np.linalg.inv(r.precision) @ r.pull)
                    @ r.precision
                    @ (r.w - np.linalg.inv(r.precision) @ r.pull)
                    - r.pull @ np.linalg.inv(r.precision) @ r.pull
                    + r.y @ r.y / r.noise
                ),
                reason="$(w-m)\\T A(w-m)=w\\T Aw-2m\\T Aw+m\\T Am$. The middle term must be "
                "$-2b\\T w$, so $Am=b$, and $m\\T Am=b\\T A^{-1}b$ was added and is taken off.",
                hints=(
                    "Which $m$ makes $m\\T Aw$ equal to $b\\T w$?",
                    "$m=A^{-1}b$; correct the constant.",
                ),
            ),
            Step(
                goal="Read off the Gaussian.",
                tex=r"(w-m)\T A\,(w-m)+Q(m)",
                value=lambda r: float(
                    (r.w - r.mean) @ r.precision @ (r.w - r.mean)
                    + np.sum((r.y - r.X @ r.mean) ** 2) / r.noise
                    + np.sum(r.mean**2) / r.prior
                ),
                reason="At $w=m$ the square is zero, so the rest is $Q(m)$ and has no $w$ in it. "
                "What remains is the exponent of $\\Normal(m,A^{-1})$; $m$ is also its mode: ridge "
                "with penalty $\\sigma^2/\\tau^2$.",
                hints=(
                    "What are the constants, as a value of $Q$?",
                    "Put $w=m$ into the line before.",
                ),
            ),
        ],
        instances=instances,
        wrong_moves=[
            WrongMove(
                line=2,
                tex=r"w\T\Big(\frac{X\T X}{\sigma^2}+\tau^2I\Big)w"
                r"-2\,\frac{y\T X}{\sigma^2}w+\frac{y\T y}{\sigma^2}",
                why="The prior enters with its precision $1/\\tau^2$: a wide prior counts less.",
                value=lambda r: float(
                    r.w @ (r.X.T @ r.X / r.noise + r.prior * np.eye(len(r.w))) @ r.w
                    - 2 * r.pull @ r.w
                    + r.y @ r.y / r.noise
                ),
            ),
            WrongMove(
                line=4,
                tex=r"(w-A^{-1}b)\T A\,(w-A^{-1}b)+\frac{y\T y}{\sigma^2}",
                why="Completing the square adds $b\\T A^{-1}b$, which must be taken off. The "
                "posterior's shape survives this slip, the evidence does not.",
                value=lambda r: float(
                    (r.w - r.mean) @ r.precision @ (r.w - r.mean) + r.y @ r.y / r.noise
                ),
            ),
        ],
    )


@dataclass(frozen=True)
class Latent:
    """Joint probabilities p(x, z) of one x with each z, and a distribution q over z."""

    joint: Array
    q: Array

    @property
    def posterior(self) -> Array:
        return np.asarray(self.joint / self.joint.sum())


def evidence_bound() -> Derivation:
    """Split the log evidence into the bound and a divergence."""
    rng = np.random.default_rng(1)
    instances = [
        Latent(rng.dirichlet(np.ones(k + 1))[:k], rng.dirichlet(np.ones(k))) for k in (2, 3, 5, 9)
    ]
    return Derivation(
        claim="For every $q$, $\\log p(x)$ is the evidence lower bound plus "
        "$\\KL(q\\Vert p(z\\given x))$, so raising the bound either fits the data or moves $q$ "
        "to the posterior.",
        given="One observation $x$, a discrete latent $z$ with joint $p(x,z)$, any distribution "
        "$q(z)>0$. Read sums as integrals for a continuous $z$.",
        steps=[
            Step(
                goal="Start from the log evidence, averaged over $q$.",
                tex=r"\log p(x)=\sum_zq(z)\log p(x)",
                value=lambda m: float(np.sum(m.q * np.log(m.joint.sum()))),
                relation="start",
                reason="$\\log p(x)$ does not depend on $z$, and $q$ sums to one.",
                hints=(
                    "How do you bring in $q$ without changing anything?",
                    "Multiply by $\\sum_zq(z)=1$.",
                ),
            ),
            Step(
                goal="Write the evidence as joint over posterior.",
                tex=r"\sum_zq(z)\log\frac{p(x,z)}{p(z\given x)}",
                value=lambda m: float(np.sum(m.q * np.log(m.joint / m.posterior))),
                reason="$p(x,z)=p(z\\given x)\\,p(x)$ for every $z$.",
                hints=("Bayes' rule, solved for $p(x)$.", "It holds for each $z$ of the sum."),
            ),
            Step(
                goal="Put $q$ above and below.",
                tex=r"\sum_zq(z)\log\frac{p(x,z)}{q(z)}+\sum_zq(z)\log\frac{q(z)}{p(z\given x)}",
                value=lambda m: float(
                    np.sum(m.q * np.log(m.joint / m.q)) + np.sum(m.q * np.log(m.q / m.posterior))
                ),
                reason="The logarithm of a product is a sum. The second sum is "
                "$\\KL(q\\Vert p(z\\given x))$.",
                hints=("Multiply inside the logarithm by $q/q$.", "Which part is a divergence?"),
            ),
            Step(
                goal="Drop the divergence.",
                tex=r"\sum_zq(z)\log\frac{p(x,z)}{q(z)}",
                value=lambda m: float(np.sum(m.q * (np.log(m.joint) - np.log(m.q)))),
                relation="at least",
                reason="A divergence is not negative, and it is zero exactly at the posterior. "
                "This is the evidence lower bound.",
                hints=("What is the sign of a KL divergence?", "Gibbs' inequality."),
            ),
            Step(
                goal="Write it as fit less distance from the prior.",
                tex=r"\sum_zq(z)\log p(x\given z)-\sum_zq(z)\log\frac{q(z)}{p(z)}",
                value=lambda m: _fit_less_prior(m),
                reason="$p(x,z)=p(x\\given z)\\,p(z)$. In a VAE the first part is the "
                "reconstruction, the second the penalty.",
                hints=("Factor the joint the other way.", "Likelihood times prior."),
            ),
        ],
        instances=instances,
        wrong_moves=[
            WrongMove(
                line=3,
                tex=r"\sum_zq\log\frac{p(x,z)}{q}+\sum_zp(z\given x)\log\frac{p(z\given x)}{q}",
                why="The expectation is over $q$ all the way, so the divergence is "
                "$\\KL(q\\Vert p)$ and not $\\KL(p\\Vert q)$.",
                value=lambda m: float(
                    np.sum(m.q * np.log(m.joint / m.q))
                    + np.sum(m.posterior * np.log(m.posterior / m.q))
                ),
            ),
            WrongMove(
                line=5,
                tex=r"\sum_zq(z)\log p(x\given z)-\sum_zq(z)\log q(z)",
                why="The prior is lost. This is fit plus entropy, which ignores how far $q$ is "
                "from $p(z)$.",
                value=lambda m: float(
                    np.sum(m.q * np.log(m.joint / _prior(m))) - np.sum(m.q * np.log(m.q))
                ),
            ),
        ],
    )


def _prior(m: Latent) -> Array:
    """Return a prior p(z) that goes with the joint: p(x, z) plus a part for every other x."""
    other = np.arange(1, len(m.q) + 1) / np.arange(1, len(m.q) + 1).sum()
    return np.asarray(m.joint + (1 - m.joint.sum()) * other)


def _fit_less_prior(m: Latent) -> float:
    likelihood = m.joint / _prior(m)
    return float(np.sum(m.q * np.log(likelihood)) - np.sum(m.q * np.log(m.q / _prior(m))))


@dataclass(frozen=True)
class Scores:
    """n + 1 scores without ties, the last one new in some order, and the miss rate."""

    values: tuple[float, ...]
    miss: float

    @property
    def n(self) -> int:
        return len(self.values) - 1

    @property
    def k(self) -> int:
        return ceil((self.n + 1) * (1 - self.miss) - 1e-9)

    def orders(self) -> list[tuple[float, ...]]:
        """Return all orders, each equally likely when the scores are exchangeable."""
        return list(permutations(self.values))


def conformal_coverage() -> Derivation:
    """Show that split conformal prediction covers, for any model and any distribution."""
    rng = np.random.default_rng(2)
    instances = [
        Scores(tuple(rng.exponential(size=n + 1).tolist()), miss)
        for n, miss in ((4, 0.25), (5, 0.5), (6, 0.2), (3, 0.35))
    ]
    return Derivation(
        claim="If calibration scores and the new score are exchangeable, the bound at the "
        "$k$-th smallest of $n$, $k=\\lceil(n+1)(1-\\alpha)\\rceil$, is kept with probability at "
        "least $1-\\alpha$.",
        given="Scores $s_1,\\dots,s_n$ of calibration examples and $s_{n+1}$ of a new one, without "
        "ties, every order equally likely; $k\\le n$, $\\hat q$ is the $k$-th smallest of the "
        "first $n$, and $r$ is the rank of $s_{n+1}$ among all $n+1$.",
        steps=[
            Step(
                goal="Write the chance of coverage.",
                tex=r"\Prob(s_{n+1}\le\hat q)",
                value=lambda s: float(
                    np.mean([o[-1] <= sorted(o[:-1])[s.k - 1] for o in s.orders()])
                ),
                relation="start",
                reason="The new label lies in the interval exactly when its score is at most "
                "$\\hat q$. The chance is over the order of all $n+1$ scores.",
                hints=("What must the new score satisfy?", "What is random here?"),
            ),
            Step(
                goal="Bring in the new score's rank among all.",
                tex=r"\Prob(r\le k)",
                value=lambda s: float(
                    np.mean([sum(v <= o[-1] for v in o) <= s.k for o in s.orders()])
                ),
                reason="$s_{n+1}$ is at most the $k$-th smallest of the others exactly when fewer "
                "than $k$ of them lie below it.",
                hints=("Count the calibration scores below the new one.", "At most $k-1$ of them."),
            ),
            Step(
                goal="Use exchangeability.",
                tex=r"\frac{k}{n+1}",
                value=lambda s: s.k / (s.n + 1),
                reason="Every rank from 1 to $n+1$ is equally likely. Nothing was assumed about "
                "the model or the distribution.",
                hints=("How likely is each rank?", "There are $n+1$ of them."),
            ),
            Step(
                goal="Compare with the target.",
                tex=r"1-\alpha",
                value=lambda s: 1 - s.miss,
                relation="at least",
                reason="$k\\ge(n+1)(1-\\alpha)$ by its definition. It also is less than "
                "$(n+1)(1-\\alpha)+1$, so coverage exceeds the target by less than $1/(n+1)$.",
                hints=("What does the ceiling do?", "Divide $k\\ge(n+1)(1-\\alpha)$ by $n+1$."),
            ),
        ],
        instances=instances,
        wrong_moves=[
            WrongMove(
                line=2,
                tex=r"\Prob(r\le k-1)",
                why="Off by one: with $k-1$ calibration scores below it the new score has rank $k$ "
                "and is still covered.",
                value=lambda s: float(
                    np.mean([sum(v <= o[-1] for v in o) <= s.k - 1 for o in s.orders()])
                ),
            ),
            WrongMove(
                line=3,
                tex=r"\frac kn",
                why="There are $n+1$ ranks, not $n$. The plain $1-\\alpha$ quantile of the $n$ "
                "scores rests on the same error and covers too little.",
                value=lambda s: s.k / s.n,
            ),
        ],
    )
