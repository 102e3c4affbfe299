"""Derivations about projections and maps."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from snippets.forms import Derivation, Step, WrongMove

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


def maximum_variance() -> Derivation:
    """Show that no direction has more variance than the first eigenvector."""
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
    )


def least_reconstruction_error() -> Derivation:
    """Show that the direction of most variance loses least."""
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
                "$u_{ij}$ of the Student kernel is what lets distant points be pushed further.",
                value=lambda m: 4 * (m.P[m.i] - m.kernel()[m.i] / m.kernel().sum()) @ _apart(m),
            ),
        ],
    )
