"""Derivations about projections and maps."""

from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from snippets.forms import Derivation, Step, Variant, WrongMove

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Cloud:
    """Examples in rows, not centered, and a unit vector."""

    X: Array
    w: Array

    @property
    def centered(self) -> Array:
        return np.asarray(self.X - self.X.mean(axis=0))

    @property
    def S(self) -> Array:  # noqa: N802 (the covariance matrix is S on the board)
        return np.asarray(self.centered.T @ self.centered / len(self.X))

    def eigen(self) -> tuple[Array, Array]:
        """Return the eigenvalues, largest first, and the eigenvectors in columns."""
        values, vectors = np.linalg.eigh(self.S)
        return values[::-1], vectors[:, ::-1]


def _clouds() -> list[Cloud]:
    rng = np.random.default_rng(0)
    clouds = []
    for n, d in ((5, 2), (12, 3), (40, 6), (8, 8)):
        w = rng.normal(size=d)
        X = rng.normal(size=(n, d)) @ rng.normal(size=(d, d)) + 2
        clouds.append(Cloud(X, w / np.linalg.norm(w)))
    return clouds


def _added(c: Cloud) -> float:
    """Return a variance of noise for the variants, another one for each cloud."""
    return 0.5 + float(abs(c.w[0]))


def _noise(c: Cloud) -> Array:
    """Return all equally likely noise vectors: each feature is moved up or down on its own."""
    d = c.X.shape[1]
    return np.asarray(np.sqrt(_added(c)) * np.array(list(product((-1.0, 1.0), repeat=d))))


def maximum_variance() -> Derivation:
    """Show that no direction has more variance than the first eigenvector."""

    def after_one_step(c: Cloud) -> float:
        w = c.eigen()[1][:, :2].sum(axis=1)
        w = c.centered.T @ (c.centered @ w)
        return float(np.var(c.X @ (w / np.linalg.norm(w))))

    def share_under_noise(c: Cloud) -> float:
        noisy = (c.centered[:, None] + _noise(c)[None]).reshape(-1, c.X.shape[1])
        energies = np.linalg.svd(noisy, compute_uv=False) ** 2
        return float(energies[0] / energies.sum())

    return Derivation(
        claim="Among unit directions the first eigenvector of the covariance matrix has the "
        "largest variance, and that variance is its eigenvalue.",
        given="$n$ examples $x_i$ with mean $\\bar x$, any unit vector $w$, "
        "$S=\\frac1n\\sum_i(x_i-\\bar x)(x_i-\\bar x)\\T$ with eigenvalues "
        "$\\lambda_1\\ge\\dots\\ge\\lambda_d\\ge0$ and orthonormal eigenvectors $v_j$.",
        steps=[
            Step(
                goal="Write the variance of the projections.",
                tex=r"\frac1n\sum_i\big(w\T(x_i-\bar x)\big)^2",
                value=lambda c: float(np.var(c.X @ c.w)),
                relation="start",
                reason="The projection of an example is the number $w\\T x_i$, and the mean of "
                "these numbers is $w\\T\\bar x$.",
                hints=(
                    "What number does an example become?",
                    "Subtract the mean, square, average.",
                ),
            ),
            Step(
                goal="Take $w$ out of the sum.",
                tex=r"w\T S\,w",
                value=lambda c: float(c.w @ c.S @ c.w),
                reason="$(w\\T a)^2=w\\T a\\,a\\T w$, and $w$ does not depend on $i$.",
                hints=(
                    "Write a square of an inner product with $w$ on both sides.",
                    "The mean of $aa\\T$ is the covariance matrix.",
                ),
            ),
            Step(
                goal="Use the basis of eigenvectors.",
                tex=r"\sum_j\lambda_j\,(v_j\T w)^2",
                value=lambda c: float(
                    sum(
                        a * (v @ c.w) ** 2
                        for a, v in zip(c.eigen()[0], c.eigen()[1].T, strict=True)
                    )
                ),
                reason="$S=\\sum_j\\lambda_jv_jv_j\\T$, since $S$ is symmetric.",
                hints=(
                    "Which theorem holds for every symmetric matrix?",
                    "Put the spectral form of $S$ between $w\\T$ and $w$.",
                ),
            ),
            Step(
                goal="Bound every eigenvalue by the first.",
                tex=r"\lambda_1\sum_j(v_j\T w)^2",
                value=lambda c: float(c.eigen()[0][0] * np.sum((c.eigen()[1].T @ c.w) ** 2)),
                relation="at most",
                reason="The weights $(v_j\\T w)^2$ are not negative, so replacing $\\lambda_j$ by "
                "the larger $\\lambda_1$ cannot lower the sum.",
                hints=("It is a weighted sum of eigenvalues.", "Which of them is largest?"),
            ),
            Step(
                goal="Use that $w$ has length one.",
                tex=r"\lambda_1",
                value=lambda c: float(c.eigen()[0][0]),
                reason="The $v_j$ are an orthonormal basis, so the squared coordinates of $w$ add "
                "up to $\\norm{w}^2=1$.",
                hints=("What are the numbers $v_j\\T w$?", "Coordinates of $w$; Pythagoras."),
            ),
            Step(
                goal="Show that the bound is reached.",
                tex=r"\frac1n\sum_i\big(v_1\T(x_i-\bar x)\big)^2",
                value=lambda c: float(np.mean((c.centered @ c.eigen()[1][:, 0]) ** 2)),
                reason="At $w=v_1$ the only coordinate that is not zero is the first, and every "
                "line above is an equality.",
                hints=("Which $w$ puts all its weight on $\\lambda_1$?", "Take $w=v_1$ in line 1."),
            ),
        ],
        instances=_clouds(),
        wrong_moves=[
            WrongMove(
                line=2,
                tex=r"\tfrac1n\,w\T X\T X\,w",
                why="Right only if the columns have mean zero. Without centering the mean counts "
                "as variance, and the first direction points at it.",
                value=lambda c: float(np.sum((c.X @ c.w) ** 2) / len(c.X)),
            ),
            WrongMove(
                line=5,
                tex=r"d\,\lambda_1",
                why="There are $d$ squared coordinates, but they add up to 1, not each to 1.",
                value=lambda c: float(len(c.w) * c.eigen()[0][0]),
            ),
        ],
        variants=(
            Variant(
                ask="Power iteration starts halfway between the first two eigenvectors, at "
                r"$w=(v_1+v_2)/\sqrt2$. One step replaces $w$ by $Sw/\norm{Sw}$. What is the "
                "variance along the new $w$?",
                symbols={
                    "l1": r"the first eigenvalue, $\lambda_1$",
                    "l2": r"the second eigenvalue, $\lambda_2$",
                },
                names=lambda c: {"l1": c.eigen()[0][0], "l2": c.eigen()[0][1]},
                value=after_one_step,
                answer="(l1^3 + l2^3)/(l1^2 + l2^2)",
                why="Line 3 holds for every unit $w$: the variance is the mean of the eigenvalues, "
                "weighted by the squared coordinates. The step multiplies each coordinate by its "
                r"eigenvalue, so the weights become $\lambda_j^2$ over their sum. After $t$ steps "
                r"they are proportional to $\lambda_j^{2t}$, and if $\lambda_1>\lambda_2$ only the "
                "first survives.",
                wrong={
                    "(l1 + l2)/2": "The variance at the start, where the two weights are one "
                    "half each. The step has changed them.",
                    "(l1^2 + l2^2)/(l1 + l2)": r"The coordinates are multiplied by $\lambda_j$. "
                    r"The weights are their squares, so they are multiplied by $\lambda_j^2$.",
                    "l1": "The limit of many steps. One step leaves a part along $v_2$.",
                },
            ),
            Variant(
                ask="Noise of mean zero and variance $s$, independent of everything else, is added "
                "to each of the $d$ features. Take the covariance matrix on average over the "
                "noise. Which share of the total variance does its first direction explain?",
                symbols={
                    "l1": r"the first eigenvalue before, $\lambda_1$",
                    "t": r"the total variance before, $\tr S$",
                    "s": "the variance of the noise, $s$",
                    "d": "the number of features, $d$",
                },
                names=lambda c: {
                    "l1": c.eigen()[0][0],
                    "t": float(np.var(c.X, axis=0).sum()),
                    "s": _added(c),
                    "d": c.X.shape[1],
                },
                value=share_under_noise,
                answer="(l1 + s)/(t + d*s)",
                why="The covariance matrix becomes $S+sI$: the eigenvectors stay, and every "
                "eigenvalue grows by $s$. The share explained falls toward $1/d$ as the noise "
                "grows. A finite noisy sample has this matrix only roughly, so the direction is "
                "found again if there are enough examples.",
                wrong={
                    "l1/(t + d*s)": "Noise adds variance along every direction, along $v_1$ as "
                    "well.",
                    "(l1 + s)/(t + s)": "The trace has $d$ entries on the diagonal, and each of "
                    "them grows by $s$.",
                    "(l1 + d*s)/(t + d*s)": "All noise is put on the first direction. $v_1$ is "
                    "one direction of $d$ and gets $s$.",
                },
            ),
        ),
    )


def least_reconstruction_error() -> Derivation:
    """Show that the direction of most variance loses least."""

    def parts(c: Cloud) -> dict[str, float]:
        return {"l1": c.eigen()[0][0], "t": float(np.var(c.X, axis=0).sum())}

    def length(c: Cloud) -> float:
        return 0.6 + float(abs(c.w[0]))

    def tied(c: Cloud) -> float:
        w = length(c) * c.eigen()[1][:, 0]
        return float(np.mean(np.sum((c.centered - (c.centered @ w)[:, None] * w) ** 2, axis=1)))

    def denoised(c: Cloud) -> float:
        v = c.eigen()[1][:, 0]
        codes = (c.centered[:, None] + _noise(c)[None]) @ v
        lost = c.centered[:, None] - codes[..., None] * v
        return float(np.mean(np.sum(lost**2, axis=-1)))

    return Derivation(
        claim="The mean squared error of reconstruction is the total variance less the variance "
        "captured, so the direction that captures most is the one that loses least.",
        given="Centered examples $x_i$, any unit vector $w$, the reconstruction $ww\\T x_i$, "
        "$S=\\frac1n\\sum_ix_ix_i\\T$ with eigenvalues $\\lambda_1\\ge\\dots\\ge\\lambda_d$.",
        steps=[
            Step(
                goal="Write the error of the reconstruction.",
                tex=r"\frac1n\sum_i\norm{x_i-ww\T x_i}^2",
                value=lambda c: float(
                    np.mean([np.sum((x - c.w * (c.w @ x)) ** 2) for x in c.centered])
                ),
                relation="start",
                reason="$w\\T x_i$ is the code, one number; $w$ times the code is the "
                "best decoding.",
                hints=(
                    "What is stored, and what is put back?",
                    "Code $w\\T x$, decoded $w(w\\T x)$.",
                ),
            ),
            Step(
                goal="Multiply out.",
                tex=r"\frac1n\sum_i\Big[\norm{x_i}^2-2(w\T x_i)^2+\norm{w}^2(w\T x_i)^2\Big]",
                value=lambda c: float(
                    np.mean(
                        [
                            x @ x - 2 * (c.w @ x) ** 2 + (c.w @ c.w) * (c.w @ x) ** 2
                            for x in c.centered
                        ]
                    )
                ),
                reason="The cross term is $-2\\,x\\T w\\,w\\T x$, the last one "
                "$x\\T w\\,(w\\T w)\\,w\\T x$.",
                hints=("Expand $\\norm{a-b}^2$.", "Two of the three terms hold $(w\\T x)^2$."),
            ),
            Step(
                goal="Use that $w$ has length one.",
                tex=r"\frac1n\sum_i\norm{x_i}^2-\frac1n\sum_i(w\T x_i)^2",
                value=lambda c: float(
                    np.mean(np.sum(c.centered**2, axis=1)) - np.mean((c.centered @ c.w) ** 2)
                ),
                reason="$-2+1=-1$. It is Pythagoras: kept and lost parts are orthogonal.",
                hints=("What is $\\norm{w}^2$?", "Two of the three terms are alike."),
            ),
            Step(
                goal="Write both means with the covariance matrix.",
                tex=r"\tr S-w\T S\,w",
                value=lambda c: float(np.trace(c.S) - c.w @ c.S @ c.w),
                reason="$\\norm{x}^2=\\tr(xx\\T)$, and the trace of a mean is the mean of traces.",
                hints=("The first mean does not depend on $w$.", "It is the total variance."),
            ),
            Step(
                goal="Bound the variance captured.",
                tex=r"\tr S-\lambda_1",
                value=lambda c: float(np.trace(c.S) - c.eigen()[0][0]),
                relation="at least",
                reason="No unit direction captures more than $\\lambda_1$, and $v_1$ captures it.",
                hints=("How large can $w\\T Sw$ be?", "Its maximum is the first eigenvalue."),
            ),
            Step(
                goal="Name what is lost at best.",
                tex=r"\sum_{j\ge2}\lambda_j",
                value=lambda c: float(np.sum(c.eigen()[0][1:])),
                reason="The trace is the sum of the eigenvalues. With $k$ directions the sum "
                "starts at $k+1$: the theorem of Eckart and Young, for this error.",
                hints=("What is the trace in terms of eigenvalues?", "Take the first one away."),
            ),
        ],
        instances=_clouds(),
        wrong_moves=[
            WrongMove(
                line=3,
                tex=r"\frac1n\sum_i\norm{x_i}^2-\frac2n\sum_i(w\T x_i)^2",
                why="The last term of line 2 is forgotten. The error would be negative on data "
                "with one strong direction.",
                value=lambda c: float(
                    np.mean(np.sum(c.centered**2, axis=1)) - 2 * np.mean((c.centered @ c.w) ** 2)
                ),
            ),
            WrongMove(
                line=6,
                tex=r"\lambda_2",
                why="All directions that were not kept are lost. The next one alone is right only "
                "for $d=2$.",
                value=lambda c: float(c.eigen()[0][1]),
            ),
        ],
        variants=(
            Variant(
                ask="The input carries independent noise of mean zero and variance $s$ in each of "
                "the $d$ features. The noisy example is projected on $v_1$, the first eigenvector "
                "of the clean examples, and compared with the clean one. What is the mean squared "
                "error, over examples and noise?",
                symbols={
                    "t": r"the total variance of the clean examples, $\tr S$",
                    "l1": r"the first eigenvalue of their covariance matrix, $\lambda_1$",
                    "s": "the variance of the noise, $s$",
                    "d": "the number of features, $d$",
                },
                names=lambda c: {**parts(c), "s": _added(c), "d": c.X.shape[1]},
                value=denoised,
                answer="t - l1 + s",
                why="The lost part $x-v_1v_1\\T x$ stands at right angles to $v_1$, and the noise "
                "that gets through lies along it, so the squares add. Of the $d$ directions of "
                "noise one is kept. Without projection the error is $ds$, so PCA denoises when "
                r"$(d-1)s$ is more than the variance that it throws away, $\tr S-\lambda_1$.",
                wrong={
                    "t - l1 + d*s": "All noise is counted. The projection removes what lies at "
                    "right angles to $v_1$.",
                    "t - l1": "The noise along $v_1$ is in the code and comes back with it.",
                    "t - l1 + (d - 1)*s": "The noise that the projection removes is counted, and "
                    "the noise along $v_1$, which stays, is left out.",
                },
            ),
            Variant(
                ask="A linear autoencoder with tied weights has not learned its scale: $w$ points "
                "along $v_1$, and its length is $a$. What is the mean squared error of the "
                "reconstruction $ww\\T x$?",
                symbols={
                    "t": r"the total variance, $\tr S$",
                    "l1": r"the first eigenvalue, $\lambda_1$",
                    "a": r"the length of the weight vector, $\norm{w}=a$",
                },
                names=lambda c: {**parts(c), "a": length(c)},
                value=tied,
                answer="t - l1*(2*a^2 - a^4)",
                why=r"Line 2 holds for any $w$. There $(w\T x)^2$ averages to $a^2\lambda_1$ and "
                r"$\norm{w}^2$ is $a^2$, so the bracket is $\norm{x}^2-2a^2(v_1\T x)^2+"
                r"a^4(v_1\T x)^2$. The error is least at $a=1$, so training finds the length by "
                "itself.",
                wrong={
                    "t - a^2*l1": r"Line 4 with $w\T Sw=a^2\lambda_1$. It rests on "
                    r"$\norm{w}=1$: otherwise $ww\T$ is no projection, and what is lost is not "
                    "at right angles to what is kept.",
                    "t - a^4*l1": r"The reconstruction has variance $a^4\lambda_1$. To subtract it "
                    "is Pythagoras, and the right angle between kept and lost is there for $a=1$ "
                    "only.",
                    "(1 - a^2)^2*l1": "The error along $v_1$ only. The other directions are "
                    r"lost whatever $a$ is, and add $\tr S-\lambda_1$.",
                },
            ),
        ),
    )


@dataclass(frozen=True)
class Map:
    """Symmetric similarities with sum 1, a map, and the point whose force is wanted."""

    P: Array
    Y: Array
    i: int

    def kernel(self) -> Array:
        """Return u, with zero on the diagonal."""
        squared = np.sum((self.Y[:, None] - self.Y[None]) ** 2, axis=-1)
        return np.asarray((1 - np.eye(len(self.Y))) / (1 + squared))

    def gradient(self, of: Any) -> Array:
        """Differentiate a function of the torch kernel u at point i, with torch."""
        Y = torch.tensor(self.Y, requires_grad=True)
        u = 1 / (1 + ((Y[:, None] - Y[None]) ** 2).sum(-1)) * (1 - torch.eye(len(self.Y)))
        of(u).backward()
        assert Y.grad is not None
        return np.asarray(Y.grad.numpy()[self.i])

    def off(self) -> Any:
        """Return the mask of pairs."""
        return ~torch.eye(len(self.Y), dtype=torch.bool)


def _kl(m: Map, u: Any) -> Any:
    p, off = torch.tensor(m.P), m.off()
    return (p[off] * torch.log(p[off] / (u / u.sum())[off])).sum()


def _attraction(m: Map, u: Any) -> Any:
    return (torch.tensor(m.P)[m.off()] * torch.log(u[m.off()])).sum()


def _apart(m: Map) -> Array:
    return np.asarray(m.Y[m.i] - m.Y)


def tsne_gradient() -> Derivation:
    """Differentiate KL(P || Q) with respect to one point of the map."""
    rng = np.random.default_rng(0)
    instances = []
    for n, i in ((4, 0), (6, 2), (9, 8), (15, 3)):
        P = rng.random((n, n)) * (1 - np.eye(n))
        instances.append(Map((P + P.T) / (P + P.T).sum(), rng.normal(size=(n, 2)), i))

    def pull(m: Map) -> float:
        return float(4 * (m.P[m.i] * m.kernel()[m.i]) @ _apart(m)[:, 0])

    def push(m: Map) -> float:
        return float(4 * (m.kernel()[m.i] ** 2) @ _apart(m)[:, 0] / m.kernel().sum())

    def exaggerated(m: Map) -> float:
        return float(m.gradient(lambda u: _kl(replace(m, P=12 * m.P), u))[0])

    def blown_up(m: Map) -> float:
        scale = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)
        Y = scale * torch.tensor(m.Y)
        cost = _kl(m, m.off() / (1 + ((Y[:, None] - Y[None]) ** 2).sum(-1)))
        return float(torch.autograd.grad(cost, scale)[0])

    return Derivation(
        claim="The gradient of the t-SNE cost at a point is a sum of springs: each pair pulls "
        "where the data find it more similar than the map does, and pushes where less.",
        given="$C=\\sum_{k\\ne l}p_{kl}\\log(p_{kl}/q_{kl})$ with symmetric $p$ that sums to 1, "
        "$u_{kl}=1/(1+\\norm{y_k-y_l}^2)$, $Z=\\sum_{k\\ne l}u_{kl}$, $q_{kl}=u_{kl}/Z$.",
        steps=[
            Step(
                goal="Write what is wanted.",
                tex=r"\frac{\partial}{\partial y_i}\sum_{k\ne l}p_{kl}\log\frac{p_{kl}}{q_{kl}}",
                value=lambda m: m.gradient(lambda u: _kl(m, u)),
                relation="start",
                reason="Only $q$ depends on the map; $p$ is fixed by the data and the perplexity.",
                hints=("Which of the two distributions moves with $y_i$?", "Only $q$."),
            ),
            Step(
                goal="Separate the kernel from its normalizer.",
                tex=r"-\sum_{k\ne l}p_{kl}\frac{\partial\log u_{kl}}{\partial y_i}"
                r"+\frac1Z\frac{\partial Z}{\partial y_i}",
                value=lambda m: (
                    m.gradient(lambda u: u.sum()) / m.kernel().sum()
                    - m.gradient(lambda u: _attraction(m, u))
                ),
                reason="$\\log q_{kl}=\\log u_{kl}-\\log Z$, and the $p_{kl}$ in front of "
                "$\\log Z$ add up to 1.",
                hints=("Put $q=u/Z$ into the logarithm.", "What is $\\sum p_{kl}$?"),
            ),
            Step(
                goal="Differentiate the kernel.",
                tex=r"4\sum_jp_{ij}u_{ij}(y_i-y_j)-\frac4Z\sum_ju_{ij}^2(y_i-y_j)",
                value=lambda m: (
                    4 * (m.P[m.i] * m.kernel()[m.i]) @ _apart(m)
                    - 4 / m.kernel().sum() * (m.kernel()[m.i] ** 2) @ _apart(m)
                ),
                reason="$\\partial u_{ij}/\\partial y_i=-2u_{ij}^2(y_i-y_j)$, and the pair occurs "
                "twice, as $(i,j)$ and as $(j,i)$.",
                hints=(
                    "In how many terms of the double sum does $y_i$ occur with $y_j$?",
                    "In two. The derivative of $1/(1+r^2)$ is $-u^2$ times that of $r^2$.",
                ),
            ),
            Step(
                goal="Collect the springs.",
                tex=r"4\sum_j(p_{ij}-q_{ij})\,u_{ij}\,(y_i-y_j)",
                value=lambda m: (
                    4
                    * np.sum(
                        [
                            (m.P[m.i, j] - m.kernel()[m.i, j] / m.kernel().sum())
                            * m.kernel()[m.i, j]
                            * (m.Y[m.i] - m.Y[j])
                            for j in range(len(m.Y))
                            if j != m.i
                        ],
                        axis=0,
                    )
                ),
                reason="$u_{ij}/Z=q_{ij}$. Descent moves $y_i$ against this sum: toward $y_j$ "
                "when $p_{ij}>q_{ij}$.",
                hints=("One factor $u_{ij}$ goes with $Z$.", "What is $u_{ij}/Z$?"),
            ),
        ],
        instances=instances,
        wrong_moves=[
            WrongMove(
                line=3,
                tex=r"2\sum_jp_{ij}u_{ij}(y_i-y_j)-\frac2Z\sum_ju_{ij}^2(y_i-y_j)",
                why="Counts each pair once. The sum over $k\\ne l$ has both orders.",
                value=lambda m: (
                    2 * (m.P[m.i] * m.kernel()[m.i]) @ _apart(m)
                    - 2 / m.kernel().sum() * (m.kernel()[m.i] ** 2) @ _apart(m)
                ),
            ),
            WrongMove(
                line=4,
                tex=r"4\sum_j(p_{ij}-q_{ij})\,(y_i-y_j)",
                why="This is the gradient for a Gaussian kernel, as in symmetric SNE. The factor "
                "$u_{ij}$ of the Student kernel weakens the pull of distant pairs, so they can sit "
                "farther apart.",
                value=lambda m: 4 * (m.P[m.i] - m.kernel()[m.i] / m.kernel().sum()) @ _apart(m),
            ),
        ],
        variants=(
            Variant(
                ask=r"Someone wants early exaggeration, writes the cost with $12\,p_{kl}$ in both "
                "places of $p_{kl}$, and lets autograd differentiate it. What is the first "
                "component of the gradient at $y_i$?",
                symbols={
                    "A": r"the first component of the pull, $4\sum_jp_{ij}u_{ij}(y_i-y_j)$",
                    "R": "the first component of the push, "
                    r"$\frac4Z\sum_ju_{ij}^2(y_i-y_j)$",
                },
                names=lambda m: {"A": pull(m), "R": push(m)},
                value=exaggerated,
                answer="12*(A - R)",
                why="In line 2 the weights in front of $\\log Z$ now add up to 12, so the push "
                "grows with the pull and nothing is exaggerated: the direction is the same and the "
                "step is larger. Early "
                "exaggeration puts $12\\,p_{ij}$ into the last line, by hand, and keeps the push.",
                wrong={
                    "12*A - R": "What implementations compute: $12\\,p_{ij}$ in the last line. It "
                    "is not the gradient of this cost, since line 2 used that the weights add "
                    "up to 1.",
                    "A - R": "The constant 12 inside the logarithm drops out of the derivative. "
                    "The one in front of it stays.",
                    "144*(A - R)": "The second 12 stands inside a logarithm, where it is only "
                    "added.",
                },
            ),
            Variant(
                ask="The whole map is blown up: every $y_k$ becomes $(1+\\epsilon)\\,y_k$. At what "
                r"rate does the cost change, $\partial C/\partial\epsilon$ at $\epsilon=0$?",
                symbols={
                    "up": r"the mean kernel under the data, $\sum_{k\ne l}p_{kl}u_{kl}$",
                    "uq": r"the mean kernel under the map, $\sum_{k\ne l}q_{kl}u_{kl}$",
                },
                names=lambda m: {
                    "up": float(np.sum(m.P * m.kernel())),
                    "uq": float(np.sum(m.kernel() ** 2) / m.kernel().sum()),
                },
                value=blown_up,
                answer="2*(uq - up)",
                why=r"The rate is $\sum_iy_i\T\,\partial C/\partial y_i$. Pair by pair the last "
                r"line gives $2\sum_{k\ne l}(p_{kl}-q_{kl})\,u_{kl}\norm{y_k-y_l}^2$, and "
                r"$u\norm{y_k-y_l}^2=1-u$. Both distributions sum to 1, so the ones cancel. Under "
                "descent the map grows as long as the mean kernel is larger under the data than "
                "under the map.",
                wrong={
                    "4*(uq - up)": "The 4 stands where $y_i$ moves alone. Summed over $i$, each "
                    r"pair brings $y_i\T(y_i-y_j)$ and $y_j\T(y_j-y_i)$, which add up to one "
                    "squared distance for two ordered pairs.",
                    "2*(up - uq)": "The sign. A pair that the data hold together adds "
                    "$2p_{kl}(1-u_{kl})$ to the rate: little where it is close. So a large mean "
                    "kernel under the data makes growing cheap.",
                    "0": "For a kernel that is a power of the distance the scale would cancel in "
                    "$q=u/Z$. The kernel $1/(1+r^2)$ has the scale 1 built in.",
                },
            ),
        ),
    )
