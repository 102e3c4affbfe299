"""Derivations about posteriors, bounds and coverage."""

from dataclasses import dataclass
from itertools import combinations, permutations
from math import ceil

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from snippets.forms import Derivation, Step, Variant, WrongMove

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

    def strongest(r: Regression) -> Array:
        v = np.linalg.svd(r.X)[2][0]
        return np.asarray(v * np.sign(v[np.argmax(np.abs(v))]))

    def gain(r: Regression, X: Array) -> Array:
        """Return what turns a surprise in the labels into a change of the weights."""
        labels = r.prior * X @ X.T + r.noise * np.eye(len(X))  # their covariance, before them
        return np.asarray(np.linalg.solve(labels, r.prior * X).T)

    def variance_with_rows_twice(r: Regression) -> float:
        twice, v = np.vstack([r.X, r.X]), strongest(r)
        return float(v @ (r.prior * np.eye(len(v)) - gain(r, twice) @ twice * r.prior) @ v)

    def center(r: Regression) -> float:
        return 1 + float(abs(r.w[0]))

    def mean_with_center(r: Regression) -> float:
        v = strongest(r)
        before = center(r) * v
        return float(v @ (before + gain(r, r.X) @ (r.y - r.X @ before)))

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
        variants=(
            Variant(
                ask="Every row of $X$ is observed a second time, with fresh noise. What is the "
                r"posterior variance of $v\T w$, along a unit eigenvector $v$ of the old $X\T X$?",
                symbols={
                    "d2": r"the eigenvalue of the old $X\T X$ for $v$, $d^2$",
                    "s2": r"the noise variance, $\sigma^2$",
                    "t2": r"the prior variance, $\tau^2$",
                },
                names=lambda r: {
                    "d2": float(np.sum((r.X @ strongest(r)) ** 2)),
                    "s2": r.noise,
                    "t2": r.prior,
                },
                value=variance_with_rows_twice,
                answer="1/(2*d2/s2 + 1/t2)",
                why=r"Line 3 holds with $2X\T X$ in place of $X\T X$: the precision of the data "
                "doubles, that of the prior stays. The labels do not enter. Where $d^2$ is zero, "
                "seeing the rows twice teaches nothing, and the variance stays at the prior's.",
                wrong={
                    "1/(2*(d2/s2 + 1/t2))": "Half of the old variance. That doubles the prior as "
                    "well, and it was not observed a second time.",
                    "1/(4*d2/s2 + 1/t2)": "This is the variance for $2X$, inputs of twice the "
                    r"size. Twice the rows give $X\T X+X\T X$.",
                    "s2/(2*d2)": "The variance of least squares. The prior adds its precision.",
                },
            ),
            Variant(
                ask=r"The prior is centered at $\mu v$ in place of 0, with $v$ a unit eigenvector "
                r"of $X\T X$ whose eigenvalue is positive. What is the posterior mean of $v\T w$?",
                symbols={
                    "d2": r"the eigenvalue of $X\T X$ for $v$, $d^2$",
                    "ols": r"what least squares says along $v$, $v\T\hat w$",
                    "lam": r"the penalty of ridge, $\lambda=\sigma^2/\tau^2$",
                    "mu": r"the center of the prior along $v$, $\mu$",
                },
                names=lambda r: {
                    "d2": float(np.sum((r.X @ strongest(r)) ** 2)),
                    "ols": float(strongest(r) @ np.linalg.lstsq(r.X, r.y)[0]),
                    "lam": r.noise / r.prior,
                    "mu": center(r),
                },
                value=mean_with_center,
                answer="(d2*ols + lam*mu)/(d2 + lam)",
                why=r"In line 1 $\norm{w}^2$ becomes $\norm{w-\mu v}^2$. $A$ stays and "
                r"$\mu v/\tau^2$ is added to $b$; along $v$, $Am=b$ is one equation. The answer is "
                "a mean of data and prior, weighted by their precisions: shrinking toward zero "
                r"is the case $\mu=0$.",
                wrong={
                    "d2*ols/(d2 + lam) + mu": "The ridge estimate, moved by all of the center. "
                    "The data count for their share, and leave the prior the rest, "
                    r"$\lambda/(d^2+\lambda)$.",
                    "(d2*ols + mu)/(d2 + lam)": "The center enters with the precision "
                    r"$1/\tau^2$, which is $\lambda$ once everything is multiplied by "
                    r"$\sigma^2$.",
                    "d2*ols/(d2 + lam)": "The posterior mean for a prior around zero.",
                },
            ),
        ),
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

    def evidence(m: Latent) -> float:
        return float(np.log(m.joint.sum()))

    def best_without_last(m: Latent) -> float:
        joint = m.joint[:-1]

        def loss(scores: Array) -> float:
            q = np.exp(scores - scores.max())
            q /= q.sum()
            return -float(np.sum(q * np.log(joint / q)))

        return -float(minimize(loss, np.zeros(len(joint)), tol=1e-9).fun)

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
        variants=(
            Variant(
                ask="$q$ is not allowed to use one value $z_0$ of the latent: $q(z_0)=0$, and its "
                "term in each sum over $q$ counts 0. What is the largest lower bound that it can "
                "reach?",
                symbols={
                    "L": r"the log evidence, $\log p(x)$",
                    "m": r"the posterior chance of the forbidden value, $p(z_0\given x)$",
                },
                names=lambda m: {"L": evidence(m), "m": m.posterior[-1]},
                value=best_without_last,
                answer="L + log(1 - m)",
                why="The best $q$ is the posterior without $z_0$, scaled up to sum to one. There "
                r"every ratio $q(z)/p(z\given x)$ is $1/(1-m)$, and so the divergence of line 3 is "
                r"$-\log(1-m)$. To miss half of the posterior costs only $\log 2$: the bound "
                "hardly punishes a $q$ that drops modes.",
                wrong={
                    "L - m": r"Near $m=0$ it is close. The gap is a divergence, $-\log(1-m)$, "
                    "and grows without bound as $m$ goes to 1.",
                    "L - log(1 - m)": "The sign: this lies above the log evidence, which no lower "
                    "bound can.",
                    "(1 - m)*L": "This averages line 1 over the posterior without $z_0$ and does "
                    "not scale it up. Its weights sum to $1-m$, so it is no distribution.",
                },
            ),
            Variant(
                ask="The average in the bound is taken over the posterior, and the ratio is left: "
                r"$\sum_zp(z\given x)\log\frac{p(x,z)}{q(z)}$. What does it equal, in terms of "
                "the log evidence and a divergence?",
                symbols={
                    "L": r"the log evidence, $\log p(x)$",
                    "K": r"the divergence of the derivation, $\KL(q\Vert p(z\given x))$",
                    "J": r"the other direction, $\KL(p(z\given x)\Vert q)$",
                },
                names=lambda m: {
                    "L": evidence(m),
                    "K": float(np.sum(m.q * np.log(m.q / m.posterior))),
                    "J": float(np.sum(m.posterior * np.log(m.posterior / m.q))),
                },
                value=lambda m: float(
                    sum(
                        m.joint[z] / sum(m.joint) * (np.log(m.joint[z]) - np.log(m.q[z]))
                        for z in range(len(m.q))
                    )
                ),
                answer="L + J",
                why="Line 2 holds under any average. Putting $q$ above and below now leaves "
                r"$\log\frac{p(z\given x)}{q(z)}$ averaged over the posterior: the other "
                "divergence, with a plus. So it bounds the log evidence from above, and the two "
                "bounds enclose it. It takes averages over the posterior, which is why it is "
                "rarely used.",
                wrong={
                    "L - J": "The sign. The ratio has the joint above, which is "
                    r"$p(x)\,p(z\given x)$, so the posterior stands above $q$ in the logarithm.",
                    "L - K": "This is the lower bound, with the average over $q$.",
                    "L + K": "The right sign with the wrong divergence: the average tells which "
                    "distribution comes first.",
                },
            ),
        ),
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

    def both_covered(s: Scores) -> float:
        pairs = list(combinations(range(s.n + 2), 2))  # the ranks of the two new scores
        kept = [sorted(set(range(s.n + 2)) - {*pair})[s.k - 1] for pair in pairs]
        return float(np.mean([max(pair) < bound for pair, bound in zip(pairs, kept, strict=True)]))

    def lower(s: Scores) -> int:
        return s.k // 2

    def between(s: Scores) -> float:
        ends = [(sorted(o[:-1]), o[-1]) for o in s.orders()]
        return float(np.mean([old[lower(s) - 1] <= new <= old[s.k - 1] for old, new in ends]))

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
        variants=(
            Variant(
                ask="Two new examples come, and all $n+2$ scores are exchangeable, without ties. "
                r"The bound $\hat q$ is as before. What is the chance that both are covered?",
                symbols={
                    "k": "the rank of the bound among the calibration scores, $k$",
                    "n": "the number of calibration scores, $n$",
                },
                names=lambda s: {"k": s.k, "n": s.n},
                value=both_covered,
                answer="k*(k + 1)/((n + 1)*(n + 2))",
                why="The first is covered with chance $k/(n+1)$, by line 3. Given that, it joins "
                "the scores below the bound: of $n+2$ places for the second, $k+1$ lie below. "
                "Misses come together, because one calibration set serves both: the promise is "
                "kept on average over calibration sets.",
                wrong={
                    "(k/(n + 1))^2": "This takes the two for independent. They share the bound: a "
                    "calibration set that gave a low one fails both.",
                    "k/(n + 1)": "The chance for one of them.",
                    "k*(k - 1)/((n + 1)*n)": "Drawing without replacement, where a first success "
                    "uses up a place. Here it adds one below the bound.",
                },
            ),
            Variant(
                ask="The interval gets a lower end as well: a label is in it when its score is at "
                r"least the $j$-th and at most the $k$-th smallest of the $n$, $j\lt k$. What is "
                "the chance that the new label is in it?",
                symbols={
                    "j": "the rank of the lower end, $j$",
                    "k": "the rank of the upper end, $k$",
                    "n": "the number of calibration scores, $n$",
                },
                names=lambda s: {"j": lower(s), "k": s.k, "n": s.n},
                value=between,
                answer="(k - j)/(n + 1)",
                why="The $n$ calibration scores leave $n+1$ gaps for the new one, all equally "
                "likely by line 3, and $k-j$ of them lie between the two ends. The widest "
                "interval, $j=1$ and $k=n$, covers $(n-1)/(n+1)$: for 95% it takes $n\\ge 39$.",
                wrong={
                    "(k - j + 1)/(n + 1)": "This counts the calibration scores from $j$ to $k$. "
                    "The new score falls into a gap, and there is one gap fewer.",
                    "(k - j)/n": "There are $n+1$ gaps, two of them outside of all scores.",
                    "k/(n + 1) - j/n": "The chance to lie below the $j$-th is $j/(n+1)$ by the "
                    "same count.",
                },
            ),
        ),
    )
