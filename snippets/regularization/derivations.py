"""The derivations of regularization, each line held against the line before."""

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import replace as changed
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from snippets.forms import Derivation, Step, Variant, WrongMove
from snippets.regularization.elastic_net import elastic_net

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Fit:
    """A least-squares problem with a penalty, and whatever else a derivation needs."""

    X: Vector
    y: Vector
    penalty: float = 1.0
    rate: float = 0.0
    steps: int = 0

    @property
    def svd(self) -> tuple[Vector, Vector, Vector]:
        """U, d and V of X = U diag(d) V'."""
        U, d, Vt = np.linalg.svd(self.X, full_matrices=False)
        return U, d, Vt.T


def _fits(n: int, d: int, seed: int, **more: Any) -> list[Fit]:
    rng = np.random.default_rng(seed)
    return [
        Fit(rng.normal(size=(n, d)), rng.normal(size=n), penalty, **more)
        for penalty in (0.3, 2.0, 9.0)
    ]


# --- Ridge through the singular value decomposition ---------------------------------------------


def _ridge_weights(c: Fit) -> Vector:
    d = c.X.shape[1]
    tall = np.vstack([c.X, np.sqrt(c.penalty) * np.eye(d)])
    return np.asarray(np.linalg.lstsq(tall, np.append(c.y, np.zeros(d)))[0])


def _ridge_by_lstsq(c: Fit) -> Vector:
    return np.asarray(c.X @ _ridge_weights(c))


def _ridge_by_svd_inverse(c: Fit) -> Vector:
    U, d, V = c.svd
    D = np.diag(d)
    inner = V @ D**2 @ V.T + c.penalty * V @ V.T
    return np.asarray(U @ D @ V.T @ np.linalg.inv(inner) @ V @ D @ U.T @ c.y)


def _ridge_diagonal(c: Fit) -> Vector:
    U, d, _ = c.svd
    D = np.diag(d)
    return np.asarray(U @ D @ np.linalg.inv(D @ D + c.penalty * np.eye(len(d))) @ D @ U.T @ c.y)


def _ridge_sum(c: Fit) -> Vector:
    U, d, _ = c.svd
    return np.asarray(
        sum(u * (s**2 / (s**2 + c.penalty)) * (u @ c.y) for u, s in zip(U.T, d, strict=True))
    )


def _kept(c: Fit, fitted: Vector) -> float:
    """The part of y along the second singular direction that fitted values keep."""
    u = c.svd[0][:, 1]
    return float(u @ fitted / (u @ c.y))


def _ridge_twice(c: Fit) -> Vector:
    first = _ridge_by_lstsq(c)
    return np.asarray(first + _ridge_by_lstsq(changed(c, y=c.y - first)))


def _ridge_of_mean_loss(c: Fit) -> Vector:
    root = np.sqrt(len(c.y))
    return np.asarray(c.X @ _ridge_weights(changed(c, X=c.X / root, y=c.y / root)))


_OF_RIDGE = {"d": "the singular value, $d_j$", "lam": r"the penalty, $\lambda$"}


def _of_ridge(c: Fit) -> dict[str, float]:
    return {"d": float(c.svd[1][1]), "lam": c.penalty}


def ridge_svd() -> Derivation:
    """Ridge keeps d^2 / (d^2 + lambda) of the fit along each singular direction."""
    return Derivation(
        claim=(
            r"Ridge multiplies the least-squares fit along the singular direction $u_j$ "
            r"by $d_j^2/(d_j^2+\lambda)$."
        ),
        given=(
            r"Centered $X$ of shape $(n, d)$ with independent columns, $X = UDV\T$, "
            r"$D=\diag(d_1,\dots,d_d)$; centered $y$; a penalty $\lambda>0$. "
            r"The lines are the fitted values $X\hat w$."
        ),
        instances=_fits(9, 4, seed=0) + _fits(6, 4, seed=6),
        steps=[
            Step(
                goal="Write the fitted values of the penalized problem.",
                tex=r"X\,\argmin_w\,\big(\norm{y-Xw}^2+\lambda\norm{w}^2\big)",
                value=_ridge_by_lstsq,
                relation="start",
                reason=(
                    r"The penalty can be read as $d$ extra rows $\sqrt\lambda\,I$ of $X$ with "
                    r"target 0, so it is a least-squares problem and has one solution."
                ),
                hints=("Say what is minimized before minimizing it.", "Fitted values: $X$ times."),
            ),
            Step(
                goal="Set the gradient to zero and solve.",
                tex=r"X\,(X\T X+\lambda I)^{-1}X\T y",
                value=lambda c: (
                    c.X
                    @ np.linalg.inv(c.X.T @ c.X + c.penalty * np.eye(c.X.shape[1]))
                    @ c.X.T
                    @ c.y
                ),
                reason=(
                    r"$-2X\T(y-Xw)+2\lambda w=0$ is $(X\T X+\lambda I)w=X\T y$. For $\lambda>0$ "
                    "the matrix is positive definite, hence invertible whatever the rank of $X$."
                ),
                hints=(
                    r"The gradient of $\norm{w}^2$ is $2w$.",
                    r"Collect the two terms in $w$: $(X\T X+\lambda I)w$.",
                ),
            ),
            Step(
                goal="Put the singular value decomposition in for $X$.",
                tex=r"UDV\T\big(VD^2V\T+\lambda VV\T\big)^{-1}VDU\T y",
                value=_ridge_by_svd_inverse,
                reason=(
                    r"$X\T X=VDU\T UDV\T=VD^2V\T$ since $U\T U=I$; and $I=VV\T$ since $V$ is "
                    "square and orthogonal."
                ),
                hints=(r"What is $X\T X$ in terms of $V$ and $D$?", r"Write $I$ as $VV\T$."),
            ),
            Step(
                goal="Take the inverse where it is diagonal.",
                tex=r"UD\,(D^2+\lambda I)^{-1}DU\T y",
                value=_ridge_diagonal,
                reason=(
                    r"$V(D^2+\lambda I)V\T$ has the inverse $V(D^2+\lambda I)^{-1}V\T$, and the "
                    r"outer $V\T V=I$ cancel."
                ),
                hints=(r"Factor $V$ out of the bracket.", r"$(VAV\T)^{-1}=VA^{-1}V\T$."),
            ),
            Step(
                goal="Read it direction by direction.",
                tex=r"\sum_j u_j\,\frac{d_j^2}{d_j^2+\lambda}\,u_j\T y",
                value=_ridge_sum,
                reason=(
                    r"All matrices between $U$ and $U\T$ are diagonal. With $\lambda=0$ each "
                    r"factor is 1 and the line is least squares, so the factor is what ridge keeps."
                ),
                hints=("A diagonal matrix acts on each coordinate alone.", "Multiply the three."),
            ),
        ],
        wrong_moves=[
            WrongMove(
                line=2,
                tex=r"X\,\big((X\T X)^{-1}+\tfrac1\lambda I\big)X\T y",
                why=(
                    "An inverse of a sum is not the sum of the inverses; one direction with "
                    r"$d^2=\lambda=1$ would be doubled, where ridge halves it."
                ),
                value=lambda c: (
                    c.X
                    @ (np.linalg.inv(c.X.T @ c.X) + np.eye(c.X.shape[1]) / c.penalty)
                    @ c.X.T
                    @ c.y
                ),
            ),
            WrongMove(
                line=5,
                tex=r"\sum_j u_j\,\frac{d_j}{d_j+\lambda}\,u_j\T y",
                why=(
                    r"$\lambda$ is added to the eigenvalues of $X\T X$, which are $d_j^2$: "
                    r"$\lambda$ has the units of a squared singular value."
                ),
                value=lambda c: sum(
                    u * (s / (s + c.penalty)) * (u @ c.y)
                    for u, s in zip(c.svd[0].T, c.svd[1], strict=True)
                ),
            ),
        ],
        variants=[
            Variant(
                ask=(
                    "Ridge is fitted once more, at the same penalty, to the residuals of the first "
                    "fit, and the two fits are added. By which factor is the least-squares fit "
                    "along $u_j$ multiplied now?"
                ),
                symbols=_OF_RIDGE,
                names=_of_ridge,
                value=lambda c: _kept(c, _ridge_twice(c)),
                answer="1 - (lam/(d^2+lam))^2",
                why=(
                    r"One fit leaves the share $\lambda/(d_j^2+\lambda)$ of $u_j\T y$ as residual, "
                    "and the second fit leaves the same share of that. This is boosting with ridge "
                    "as the weak learner: after $k$ rounds the exponent is $k$, and the number of "
                    "rounds is what regularizes."
                ),
                wrong={
                    "(d^2/(d^2+lam))^2": (
                        "This is ridge fitted to the fitted values, which shrinks twice. Fitting "
                        "the residuals brings back part of what was lost."
                    ),
                    "2d^2/(d^2+lam)": (
                        "The second fit does not see $y$ again. It sees the residual, of which "
                        r"$\lambda/(d_j^2+\lambda)$ is left; for a small penalty this formula "
                        "comes close to 2."
                    ),
                    "d^2/(d^2+lam/2)": (
                        "Two rounds do shrink less, but no single penalty gives these factors: for "
                        r"small $\lambda$ the share left falls as $\lambda^2$, in one ridge fit as "
                        r"$\lambda$."
                    ),
                },
            ),
            Variant(
                ask=(
                    r"The loss is now the mean, $\tfrac1n\norm{y-Xw}^2+\lambda\norm w^2$, at the "
                    "same $\\lambda$. By which factor is the fit along $u_j$ multiplied?"
                ),
                symbols=_OF_RIDGE | {"n": "the number of examples, $n$"},
                names=lambda c: _of_ridge(c) | {"n": len(c.y)},
                value=lambda c: _kept(c, _ridge_of_mean_loss(c)),
                answer="d^2/(d^2 + n lam)",
                why=(
                    r"Times $n$, the objective is the old one with the penalty $n\lambda$, and "
                    "each line carries over. Libraries differ in this factor, so a "
                    "penalty has a meaning only together with the loss it is added to."
                ),
                wrong={
                    "d^2/(d^2 + lam/n)": (
                        "The loss was made smaller, not the penalty. Beside a smaller loss the "
                        "same penalty weighs more."
                    ),
                    "d^2/(d^2 + lam)": (
                        "A constant in front of the whole objective changes nothing. Here it is "
                        "in front of one of two terms."
                    ),
                },
            ),
        ],
    )


# --- Leave-one-out from one fit -----------------------------------------------------------------


def _inverse(c: Fit) -> Vector:
    return np.asarray(np.linalg.inv(c.X.T @ c.X + c.penalty * np.eye(c.X.shape[1])))


def _left_out(c: Fit) -> list[float]:
    errors = []
    for i in range(len(c.y)):
        X, y = np.delete(c.X, i, axis=0), np.delete(c.y, i)
        w = np.linalg.solve(X.T @ X + c.penalty * np.eye(X.shape[1]), X.T @ y)
        errors.append(float(c.y[i] - c.X[i] @ w))
    return errors


def _left_out_downdate(c: Fit) -> list[float]:
    A = np.linalg.inv(_inverse(c))
    return [
        float(y - x @ np.linalg.inv(A - np.outer(x, x)) @ (c.X.T @ c.y - x * y))
        for x, y in zip(c.X, c.y, strict=True)
    ]


def _left_out_sherman(c: Fit) -> list[float]:
    B = _inverse(c)
    return [
        float(y - x @ (B + B @ np.outer(x, x) @ B / (1 - x @ B @ x)) @ (c.X.T @ c.y - x * y))
        for x, y in zip(c.X, c.y, strict=True)
    ]


def _added(c: Fit) -> list[float]:
    B = _inverse(c)
    return [
        float(y - x @ (B - B @ np.outer(x, x) @ B / (1 + x @ B @ x)) @ (c.X.T @ c.y - x * y))
        for x, y in zip(c.X, c.y, strict=True)
    ]


def _left_out_expanded(c: Fit) -> list[float]:
    B = _inverse(c)
    fitted = c.X @ B @ c.X.T @ c.y
    leverages = [float(x @ B @ x) for x in c.X]
    return [
        float(y - (f - h * y) - h / (1 - h) * (f - h * y))
        for y, f, h in zip(c.y, fitted, leverages, strict=True)
    ]


def _left_out_short(c: Fit, power: int = 1) -> list[float]:
    hat = c.X @ _inverse(c) @ c.X.T
    return list(((c.y - hat @ c.y) / (1 - np.diag(hat)) ** power).tolist())


def _error_on(c: Fit, others: Fit) -> float:
    """The error on the first example of a ridge fit to others."""
    return float(c.y[0] - c.X[0] @ _ridge_weights(others))


def _without_first(c: Fit) -> Fit:
    return changed(c, X=c.X[1:], y=c.y[1:])


def _with_twin(c: Fit) -> Fit:
    return changed(c, X=np.vstack([c.X, c.X[:1]]), y=np.append(c.y, c.y[0]))


def loo() -> Derivation:
    """The leave-one-out error of ridge is the residual over one minus the leverage."""
    return Derivation(
        claim=r"Leaving example $i$ out changes its residual by the factor $1/(1-h_i)$ alone.",
        given=(
            r"Ridge without intercept on all $n$ examples, $A=X\T X+\lambda I$, fitted values "
            r"$\yhat=XA^{-1}X\T y$, leverage $h_i=x_i\T A^{-1}x_i$; $\hat w_{-i}$ is the ridge "
            "fit without example $i$ at the same penalty."
        ),
        instances=_fits(8, 3, seed=1),
        steps=[
            Step(
                goal="State the error of the example that was left out.",
                tex=r"y_i-x_i\T\hat w_{-i}",
                value=_left_out,
                relation="start",
                reason="The fit has never seen example $i$, so this is an honest test error.",
                hints=("Which weights predict $y_i$?", "Those fitted to all the others."),
            ),
            Step(
                goal="Write the fit without $i$ in terms of the sums over all examples.",
                tex=r"y_i-x_i\T\big(A-x_ix_i\T\big)^{-1}\big(X\T y-x_iy_i\big)",
                value=_left_out_downdate,
                reason=r"$X\T X=\sum_k x_kx_k\T$ and $X\T y=\sum_k x_ky_k$: drop one term of each.",
                hints=(r"$X\T X$ is a sum over examples.", "Subtract the term of example $i$."),
            ),
            Step(
                goal="Invert the matrix with one term less.",
                tex=(
                    r"y_i-x_i\T\Big(A^{-1}+\tfrac{A^{-1}x_ix_i\T A^{-1}}{1-h_i}\Big)"
                    r"\big(X\T y-x_iy_i\big)"
                ),
                value=_left_out_sherman,
                reason="The Sherman-Morrison formula for a matrix minus a rank-one term.",
                hints=(
                    "The matrix has changed by rank one.",
                    r"Sherman-Morrison: $(A-xx\T)^{-1}=A^{-1}+A^{-1}xx\T A^{-1}/(1-x\T A^{-1}x)$.",
                ),
            ),
            Step(
                goal="Multiply out.",
                tex=r"y_i-(\yhat_i-h_iy_i)-\frac{h_i}{1-h_i}(\yhat_i-h_iy_i)",
                value=_left_out_expanded,
                reason=(
                    r"$x_i\T A^{-1}X\T y=\yhat_i$ and $x_i\T A^{-1}x_iy_i=h_iy_i$; the second "
                    "term of the inverse gives the same with $h_i/(1-h_i)$ in front."
                ),
                hints=(r"Name $x_i\T A^{-1}X\T y$.", r"It is the fitted value $\yhat_i$."),
            ),
            Step(
                goal="Collect.",
                tex=r"\frac{y_i-\yhat_i}{1-h_i}",
                value=lambda c: _left_out_short(c),
                reason=(
                    r"$1+h_i/(1-h_i)=1/(1-h_i)$, and "
                    r"$y_i(1-h_i)-(\yhat_i-h_iy_i)=y_i-\yhat_i$."
                ),
                hints=(
                    r"Put everything over $1-h_i$.",
                    r"The terms $h_iy_i$ cancel in the numerator.",
                ),
            ),
        ],
        wrong_moves=[
            WrongMove(
                line=3,
                tex=(
                    r"y_i-x_i\T\Big(A^{-1}-\tfrac{A^{-1}x_ix_i\T A^{-1}}{1+h_i}\Big)"
                    r"\big(X\T y-x_iy_i\big)"
                ),
                why=(
                    "These are the signs for adding an example. Taking one out makes the inverse "
                    "larger."
                ),
                value=_added,
            ),
            WrongMove(
                line=5,
                tex=r"\frac{y_i-\yhat_i}{(1-h_i)^2}",
                why=(
                    "The square belongs to the squared error: the mean of "
                    r"$(y_i-\yhat_i)^2/(1-h_i)^2$ is the leave-one-out score."
                ),
                value=lambda c: _left_out_short(c, power=2),
            ),
        ],
        variants=[
            Variant(
                ask=(
                    "Example $i$ stands in the data twice, with the same label, and both copies "
                    "are left out together. What is the error on it?"
                ),
                symbols={
                    "r": r"the residual of either copy in the fit with both, $y_i-\yhat_i$",
                    "h": "the leverage of either copy in that fit, $h_i$",
                },
                names=lambda c: {
                    "r": _error_on(c, _with_twin(c)),
                    "h": float(c.X[0] @ _inverse(_with_twin(c)) @ c.X[0]),
                },
                value=lambda c: _error_on(c, _without_first(c)),
                answer="r/(1-2h)",
                why=(
                    r"Line 2 becomes $A-2x_ix_i\T$ and $X\T y-2x_iy_i$. With $\sqrt2\,x_i$ as "
                    "the vector, the Sherman-Morrison formula of line 3 holds, and $2h_i$ stands "
                    "wherever $h_i$ stood. Ordinary leave-one-out keeps the twin in the training "
                    "data: near-duplicates make it too optimistic."
                ),
                wrong={
                    "r/(1-h)": (
                        "One copy is left out here and its twin is trained on. The error looks "
                        "smaller than on an example that was never seen."
                    ),
                    "r/(1-h)^2": (
                        "Leaving out one copy and then the other is right, but the leverage of the "
                        "second has grown to $h_i/(1-h_i)$ when the first is gone."
                    ),
                    "2r/(1-2h)": (
                        "Two errors are made, one for each copy, and they are equal. Asked for is "
                        "one of them."
                    ),
                },
            ),
            Variant(
                ask=(
                    "The other way around: a model is fitted without example $i$, then with it, at "
                    "the same penalty. What is the residual of example $i$ in the second fit?"
                ),
                symbols={
                    "r": r"the error before, $y_i-x_i\T\hat w_{-i}$",
                    "q": r"the number $x_i\T(A-x_ix_i\T)^{-1}x_i$, from the data without it",
                },
                names=lambda c: {
                    "r": _error_on(c, _without_first(c)),
                    "q": float(c.X[0] @ _inverse(_without_first(c)) @ c.X[0]),
                },
                value=lambda c: _error_on(c, c),
                answer="r/(1+q)",
                why=(
                    "Use the Sherman-Morrison formula with the signs for adding a term. By the "
                    "last line $1/(1+q)=1-h_i$, so $q=h_i/(1-h_i)$: $q$ has no upper limit, while "
                    "a leverage stays below 1. Recursive least squares updates its weights with "
                    "this factor."
                ),
                wrong={
                    "r (1-q)": (
                        r"$1-h_i$ is the factor when the leverage is taken with the example in the "
                        "data. Here it is not, $q$ can exceed 1, and the residual would change "
                        "its sign."
                    ),
                    "r/(1-q)": (
                        "These are the signs for taking an example out. Training on an example "
                        "makes its error smaller."
                    ),
                    "0": (
                        "The fit follows the new example as far as its leverage allows. It passes "
                        "through the point only in the limit of large $q$."
                    ),
                },
            ),
        ],
    )


# --- The dead zone and the soft threshold -------------------------------------------------------

GRID = np.concatenate([np.linspace(-4, 4, 4001), np.geomspace(1e-6, 1e-2, 60)])
GRID = np.concatenate([GRID, -GRID])


@dataclass(frozen=True)
class Coefficients:
    """Several one-coefficient problems: the unpenalized optima z, and one penalty."""

    z: Vector
    penalty: float


COEFFICIENTS = [
    Coefficients(np.array([-2.0, -0.6, 0.0, 0.3, 0.9, 1.7]), 0.8),
    Coefficients(np.array([0.4, -1.4, 1.1, -0.2, 2.5, -3.0]), 1.3),
    Coefficients(np.array([0.05, -0.15, 0.3, -2.0, 0.19, 1.0]), 0.2),
]


def _zero_wins(c: Coefficients) -> list[bool]:
    return [bool(np.all((z - GRID) ** 2 / 2 + c.penalty * np.abs(GRID) >= z**2 / 2)) for z in c.z]


def _one_sided(c: Coefficients) -> list[bool]:
    right, left = -c.z + c.penalty, -c.z - c.penalty
    return [bool(r >= 0 and s <= 0) for r, s in zip(right, left, strict=True)]


def _zero_in_interval(c: Coefficients) -> list[bool]:
    return [bool(-z + c.penalty * -1 <= 0 <= -z + c.penalty * 1) for z in c.z]


def _crossing(function: Callable[[float], float], low: float = -10.0, high: float = 10.0) -> float:
    """The point where an increasing function changes its sign, by bisection."""
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if function(middle) < 0 else (low, middle)
    return high


def _gain_of_leaving(z: float, price: float) -> float:
    """How far f falls below f(0) at best, over many w, if every w but zero costs the price."""
    w = z * np.linspace(0.001, 2, 2000)
    return float(np.max(z**2 / 2 - ((z - w) ** 2 / 2 + price)))


def _steepest(z: Vector) -> float:
    """The largest slope at zero with which |z - w|^2 / 2 falls, over directions in the plane."""
    angles = np.linspace(0, 2 * np.pi, 100_001)
    return float(np.max(z[0] * np.cos(angles) + z[1] * np.sin(angles)))


def dead_zone() -> Derivation:
    """A coefficient is exactly zero if and only if its gradient at zero is within the penalty."""
    return Derivation(
        claim=r"Zero is the minimum exactly when $\abs{z}\le\lambda$: an interval, not a point.",
        given=(
            r"One coefficient with $f(w)=\tfrac12(z-w)^2+\lambda\abs w$. In the lasso, $z$ is "
            r"$x_j\T r_j$, the correlation of feature $j$ with what the other features leave "
            r"unexplained (columns of length 1), and $-z$ is the slope of the loss at $w_j=0$. "
            "Each line is a statement, true or false for a given $z$."
        ),
        instances=COEFFICIENTS,
        steps=[
            Step(
                goal="State what is to be decided.",
                tex=r"w=0 \text{ minimizes } \tfrac12(z-w)^2+\lambda\abs{w}",
                value=_zero_wins,
                relation="start",
                reason="The coefficient is exactly zero if zero is the minimum.",
                hints=("Sparsity means that zero is the optimum.", "Compare $f(0)$ to $f(w)$."),
            ),
            Step(
                goal="Use convexity: only the two slopes at zero matter.",
                tex=(
                    r"\begin{aligned}f'(0^+)&=-z+\lambda\ge0 \text{ and}\\ "
                    r"f'(0^-)&=-z-\lambda\le0\end{aligned}"
                ),
                value=_one_sided,
                relation="equivalent",
                reason=(
                    "$f$ is convex, so zero is the global minimum if and only if $f$ does not "
                    r"fall in either direction. The kink of $\abs w$ gives two slopes, "
                    r"$+\lambda$ and $-\lambda$, where a smooth penalty has one."
                ),
                hints=(
                    "A convex function has its minimum where it falls neither way.",
                    r"$\lambda\abs w$ has slope $\lambda$ to the right, $-\lambda$ to the left.",
                ),
            ),
            Step(
                goal="Say the same with the subdifferential.",
                tex=r"0\in -z+\lambda\,[-1, 1]",
                value=_zero_in_interval,
                relation="equivalent",
                reason=(
                    r"All slopes between the two one-sided ones are subgradients of $\abs w$ at "
                    "zero: the interval $[-1, 1]$."
                ),
                hints=(r"What is $\partial\abs w$ at zero?", "An interval of slopes."),
            ),
            Step(
                goal="Solve for $z$.",
                tex=r"\abs{z}\le\lambda",
                value=lambda c: (np.abs(c.z) <= c.penalty).tolist(),
                relation="equivalent",
                reason=(
                    r"$z\in[-\lambda,\lambda]$. With $\tfrac\lambda2 w^2$ in place of "
                    r"$\lambda\abs w$ the interval is the single point $z=0$."
                ),
                hints=(r"Move $z$ to the other side.", "An interval around zero is a bound."),
            ),
        ],
        wrong_moves=[
            WrongMove(
                line=2,
                tex=r"f'(0)=-z+\lambda\sign(0)=0",
                why=(
                    r"$\sign(0)=0$ is a convention of the function `sign`, not a derivative: "
                    r"$\abs w$ has none at zero. It leads to zero only for $z=0$, the behavior "
                    "of L2."
                ),
                value=lambda c: [bool(-z + c.penalty * np.sign(0.0) == 0) for z in c.z],
            ),
            WrongMove(
                line=4,
                tex=r"z\le\lambda",
                why="Only one side was checked: a strongly negative $z$ must not be zeroed.",
                value=lambda c: [bool(z <= c.penalty) for z in c.z],
            ),
        ],
        variants=[
            Variant(
                ask=(
                    r"The penalty is a fixed price for any weight that is not zero: $\lambda$ if "
                    r"$w\ne0$, and 0 at $w=0$. What is the largest $\abs z$ for which zero is "
                    "a global minimum?"
                ),
                symbols={"lam": r"the price, $\lambda$"},
                names=lambda c: {"lam": c.penalty},
                value=lambda c: _crossing(lambda z: _gain_of_leaving(z, c.penalty), 0.0),
                answer="sqrt(2 lam)",
                why=(
                    r"$f$ is no longer convex, so the slopes of line 2 decide nothing, and line 1 "
                    r"is decided by comparing values: $f(0)=z^2/2$, and the best other point is "
                    r"$w=z$ with $f(z)=\lambda$. Beyond the threshold $z$ is kept whole: this is "
                    "hard thresholding, with a jump and without the bias of the lasso."
                ),
                wrong={
                    "lam": (
                        r"This compares slopes at zero, as for $\lambda\abs w$. A jump has no "
                        "slope; a small weight pays the full price at once."
                    ),
                    "2 lam": (
                        r"The comparison gives $z^2\le2\lambda$, a bound on the square of $z$. "
                        "The root is still to be taken."
                    ),
                    "sqrt(lam)": r"The loss is $\tfrac12(z-w)^2$, and its half counts: "
                    r"$z^2\le2\lambda$.",
                },
            ),
            Variant(
                ask=(
                    r"Two coefficients share one penalty, $\lambda\sqrt{w_1^2+w_2^2}$ (the group "
                    r"lasso), with the loss $\tfrac12(z_1-w_1)^2+\tfrac12(z_2-w_2)^2$. What is the "
                    r"smallest $\lambda$ at which both are zero?"
                ),
                symbols={"z1": "the first unpenalized optimum, $z_1$", "z2": "the second, $z_2$"},
                names=lambda c: {"z1": float(c.z[0]), "z2": float(c.z[1])},
                value=lambda c: _steepest(c.z[:2]),
                answer="sqrt(z1^2 + z2^2)",
                why=(
                    "Line 2 holds for every direction of the plane: along a unit vector $u$ the "
                    r"slope at zero is $-z\T u+\lambda$, smallest for $u$ along $z$. The "
                    r"subdifferential of line 3 is a disk in place of an interval. Below this "
                    r"$\lambda$ the weights are $(1-\lambda/\norm z)\,z$: they leave zero together."
                ),
                wrong={
                    "max(abs(z1), abs(z2))": (
                        "This is the lasso, in which each coefficient pays for itself. Here the "
                        "two pull together against one penalty."
                    ),
                    "abs(z1) + abs(z2)": (
                        "Along the diagonal the pull is this sum, but the price is not "
                        r"$\lambda$: moving both by $t$ costs $\lambda\sqrt2\,t$."
                    ),
                    "sqrt((z1^2 + z2^2)/2)": (
                        "A factor for the size of the group belongs to definitions that put it "
                        r"into the penalty, $\lambda\sqrt2\,\norm w$. This one does not."
                    ),
                },
            ),
        ],
    )


def _minimum(z: float, slope: Callable[[float], float]) -> float:
    """The minimum of (z - w)^2 / 2 and a convex penalty of this slope."""
    return _crossing(lambda w: w - z + slope(w))


def _by_bisection(c: Coefficients) -> list[float]:
    return [_minimum(z, lambda w: c.penalty * float(np.sign(w))) for z in c.z.tolist()]


def _three_cases(c: Coefficients) -> list[float]:
    found = []
    for z in c.z:
        if z > c.penalty:
            found.append(float(z - c.penalty))
        elif z < -c.penalty:
            found.append(float(z + c.penalty))
        else:
            found.append(0.0)
    return found


def soft_threshold() -> Derivation:
    """The minimum of a squared error plus an absolute value is the soft threshold."""
    return Derivation(
        claim=r"The minimum is $z$ moved toward zero by $\lambda$, and zero if it would cross.",
        given=(
            r"$f(w)=\tfrac12(z-w)^2+\lambda\abs w$ with $\lambda>0$; "
            r"$\partial\abs w$ is $\sign(w)$ away from zero and $[-1, 1]$ at zero."
        ),
        instances=COEFFICIENTS,
        steps=[
            Step(
                goal="State the condition for the minimum.",
                tex=r"\hat w:\quad 0\in \hat w-z+\lambda\,\partial\abs{\hat w}",
                value=_by_bisection,
                relation="start",
                reason="$f$ is strictly convex: one point has 0 among its subgradients.",
                hints=("Which condition replaces a zero derivative?", "Zero is a subgradient."),
            ),
            Step(
                goal="Solve it in each of the three cases.",
                tex=(
                    r"\begin{cases}z-\lambda & z>\lambda\\ 0 & \abs z\le\lambda\\ "
                    r"z+\lambda & z<-\lambda\end{cases}"
                ),
                value=_three_cases,
                reason=(
                    r"If $\hat w>0$ then $\hat w=z-\lambda$, which is positive only for "
                    r"$z>\lambda$; the negative case mirrors it; what is left is the dead zone."
                ),
                hints=(
                    r"Suppose $\hat w>0$, solve, and check the supposition.",
                    "Three cases: positive, negative, zero.",
                ),
            ),
            Step(
                goal="Write the three cases as one formula.",
                tex=r"\sign(z)\,\max(\abs z-\lambda,\,0)",
                value=lambda c: (np.sign(c.z) * np.maximum(np.abs(c.z) - c.penalty, 0)).tolist(),
                reason="The sign is kept, the size falls by the penalty and stops at zero.",
                hints=("Treat the size and the sign apart.", "The size cannot go below zero."),
            ),
            Step(
                goal="Read it as what is taken away.",
                tex=r"z-\min\big(\max(z,-\lambda),\lambda\big)",
                value=lambda c: [float(z - min(max(z, -c.penalty), c.penalty)) for z in c.z],
                reason=(
                    r"What is subtracted is $z$ clipped to $[-\lambda,\lambda]$: all of $z$ "
                    r"inside, exactly $\lambda$ outside, however large $z$ is. That constant is "
                    "the bias of the lasso."
                ),
                hints=(r"What does $z$ lose in each case?", "At most the penalty."),
            ),
        ],
        wrong_moves=[
            WrongMove(
                line=3,
                tex=r"\frac{z}{1+\lambda}",
                why="This is the minimum with the penalty $w^2/2$: it scales and never is zero.",
                value=lambda c: (c.z / (1 + c.penalty)).tolist(),
            ),
            WrongMove(
                line=3,
                tex=r"\max(\abs z-\lambda,\,0)",
                why="The sign was lost: negative coefficients come out positive.",
                value=lambda c: np.maximum(np.abs(c.z) - c.penalty, 0).tolist(),
            ),
        ],
        variants=[
            Variant(
                ask=(
                    r"The elastic net: $\tfrac{\lambda_2}2w^2$ is added to the objective. Where is "
                    r"the minimum for $z>\lambda$?"
                ),
                symbols={
                    "z": "the unpenalized optimum, $z$",
                    "lam": r"the L1 penalty, $\lambda$",
                    "l2": r"the L2 penalty, $\lambda_2$",
                },
                names=lambda c: {
                    "z": float(np.max(c.z)),
                    "lam": c.penalty,
                    "l2": float(abs(c.z[0])),
                },
                value=lambda c: _minimum(
                    float(np.max(c.z)), lambda w: c.penalty * float(np.sign(w)) + abs(c.z[0]) * w
                ),
                answer="(z - lam)/(1 + l2)",
                why=(
                    r"For $\hat w>0$ the condition of line 1 is "
                    r"$\hat w-z+\lambda+\lambda_2\hat w=0$. The dead zone is as before, because "
                    "the L2 part has slope zero at zero: L1 decides what is zero, L2 scales what "
                    "is left."
                ),
                wrong={
                    "z/(1 + l2) - lam": (
                        "Ridge first and the threshold after it. The order matters: here the dead "
                        r"zone would grow with $\lambda_2$."
                    ),
                    "z - lam - l2": (
                        r"The slope of $\tfrac{\lambda_2}2w^2$ is $\lambda_2w$, not $\lambda_2$: "
                        "it shrinks in proportion."
                    ),
                    "(z - lam)/(1 + 2 l2)": (
                        r"This belongs to $\lambda_2w^2$ without the half, another convention that "
                        "is in use."
                    ),
                },
            ),
            Variant(
                ask=(
                    r"The penalty pulls toward an earlier weight $t$ in place of zero: "
                    r"$\lambda\abs{w-t}$. Where is the minimum, for any $z$ and $t$? (`max` and "
                    "`min` can be used.)"
                ),
                symbols={
                    "z": "the unpenalized optimum, $z$",
                    "t": "the earlier weight, $t$",
                    "lam": r"the penalty, $\lambda$",
                },
                names=lambda c: {"z": float(c.z[3]), "t": float(c.z[0]), "lam": c.penalty},
                value=lambda c: _minimum(
                    float(c.z[3]), lambda w: c.penalty * float(np.sign(w - c.z[0]))
                ),
                answer="z - min(max(z - t, -lam), lam)",
                why=(
                    "Write $w=t+v$: the problem in $v$ is the old one with $z-t$ in place of $z$. "
                    "Line 4 then takes $z-t$, clipped, away from $z$. Evidence weaker than the "
                    r"penalty leaves the weight at $t$, exactly; this is how fine-tuning can be "
                    "made to change few weights."
                ),
                wrong={
                    "t + max(abs(z - t) - lam, 0)": (
                        "The sign of $z-t$ was lost: evidence below $t$ would move the weight up."
                    ),
                    "z - min(max(z, -lam), lam)": (
                        "This still shrinks toward zero. The dead zone lies around $t$ now, and "
                        "$z=t$ must stay where it is."
                    ),
                    "t + z - min(max(z, -lam), lam)": (
                        "The threshold was taken of $z$ and then shifted. With $z=t$ and both "
                        "large, the weight would come out near $2t$."
                    ),
                },
            ),
        ],
    )


# --- Early stopping -----------------------------------------------------------------------------


def _descended(c: Fit) -> Vector:
    w = np.zeros(c.X.shape[1])
    for _ in range(c.steps):
        w = w + c.rate * c.X.T @ (c.y - c.X @ w)
    return w


def _reached(c: Fit, w: Vector) -> float:
    """The share of the least-squares coefficient that w has along the second direction."""
    v = c.svd[2][:, 1]
    return float(v @ w / (v @ np.linalg.lstsq(c.X, c.y)[0]))


def _descended_with_decay(c: Fit) -> Vector:
    w = np.zeros(c.X.shape[1])
    for _ in range(c.steps):
        w = w - c.rate * (c.X.T @ (c.X @ w - c.y) + c.penalty * w)
    return w


def _equal_penalty(c: Fit) -> float:
    """The penalty at which ridge has the share that descent has reached, by bisection."""
    share = _reached(c, _descended(c))
    return _crossing(
        lambda penalty: share - _reached(c, _ridge_weights(changed(c, penalty=penalty))), 0.0, 1e3
    )


_OF_DESCENT = {
    "d": "the singular value, $d_j$",
    "eta": r"the rate, $\eta$",
    "t": "the number of steps, $t$",
}


def _of_descent(c: Fit) -> dict[str, float]:
    return {"d": float(c.svd[1][1]), "eta": c.rate, "t": c.steps}


def _power_sum(c: Fit) -> Vector:
    M = np.eye(c.X.shape[1]) - c.rate * c.X.T @ c.X
    total = sum(np.linalg.matrix_power(M, k) for k in range(c.steps))
    return np.asarray(c.rate * total @ c.X.T @ c.y)


def _diagonal_sum(c: Fit) -> Vector:
    U, d, V = c.svd
    inner = sum(np.diag((1 - c.rate * d**2) ** k) for k in range(c.steps))
    return np.asarray(V @ (c.rate * inner) @ np.diag(d) @ U.T @ c.y)


def _geometric(c: Fit, steps: int) -> Vector:
    U, d, V = c.svd
    D, one = np.diag(d), np.eye(len(d))
    filtered = one - np.linalg.matrix_power(one - c.rate * D @ D, steps)
    return np.asarray(V @ filtered @ np.linalg.inv(D @ D) @ D @ U.T @ c.y)


def _stopped_sum(c: Fit) -> Vector:
    U, d, V = c.svd
    terms = zip(U.T, d, V.T, strict=True)
    return np.asarray(
        sum(v * (1 - (1 - c.rate * s**2) ** c.steps) / s * (u @ c.y) for u, s, v in terms)
    )


def early_stopping() -> Derivation:
    """After t steps gradient descent has reached 1 - (1 - eta d^2)^t of least squares."""
    rng = np.random.default_rng(2)
    instances = [
        Fit(rng.normal(size=(10, 3)), rng.normal(size=10), penalty, rate, steps)
        for penalty, rate, steps in ((1.0, 0.02, 3), (3.0, 0.05, 8), (0.4, 0.01, 40))
    ]
    return Derivation(
        claim=(
            r"Along the direction $v_j$ gradient descent from zero has reached the share "
            r"$1-(1-\eta d_j^2)^t$ of the least-squares coefficient after $t$ steps."
        ),
        given=(
            r"Loss $\tfrac12\norm{y-Xw}^2$, start $w_0=0$, rate $\eta<2/d_1^2$, "
            r"$X=UDV\T$ with independent columns."
        ),
        instances=instances,
        steps=[
            Step(
                goal="Write down the iteration.",
                tex=r"w_t,\quad w_{k+1}=w_k+\eta X\T(y-Xw_k),\; w_0=0",
                value=_descended,
                relation="start",
                reason=r"The gradient of the loss is $-X\T(y-Xw)$.",
                hints=("What is one step?", "Rate times the negative gradient."),
            ),
            Step(
                goal="Unroll it.",
                tex=r"\eta\sum_{k=0}^{t-1}\big(I-\eta X\T X\big)^kX\T y",
                value=_power_sum,
                reason=(
                    r"$w_{k+1}=(I-\eta X\T X)w_k+\eta X\T y$ is linear with a constant term, and "
                    "it starts at zero."
                ),
                hints=(
                    r"Collect the terms with $w_k$.",
                    "Insert the line into itself twice and see the pattern.",
                ),
            ),
            Step(
                goal="Go to singular directions.",
                tex=r"V\Big[\eta\sum_{k=0}^{t-1}(I-\eta D^2)^k\Big]DU\T y",
                value=_diagonal_sum,
                reason=r"$I-\eta X\T X=V(I-\eta D^2)V\T$, and its powers are taken inside.",
                hints=(r"$X\T X=VD^2V\T$.", r"$(VAV\T)^k=VA^kV\T$."),
            ),
            Step(
                goal="Sum the geometric series.",
                tex=r"V\big[I-(I-\eta D^2)^t\big]D^{-2}\,DU\T y",
                value=lambda c: _geometric(c, c.steps),
                reason=r"$\sum_{k=0}^{t-1}q^k=(1-q^t)/(1-q)$, on the diagonal $1-q=\eta d_j^2$.",
                hints=("There are $t$ terms, from power 0.", r"$1-q$ is $\eta d_j^2$."),
            ),
            Step(
                goal="Read it direction by direction.",
                tex=r"\sum_j v_j\,\frac{1-(1-\eta d_j^2)^t}{d_j}\,u_j\T y",
                value=_stopped_sum,
                reason=(
                    r"Least squares has $1/d_j$ here. For $t\to\infty$ the numerator goes to 1; "
                    r"it gets there first where $d_j$ is large, as ridge's $d_j^2/(d_j^2+\lambda)$."
                ),
                hints=("All matrices between are diagonal.", "Divide by $d_j^2$, times $d_j$."),
            ),
        ],
        wrong_moves=[
            WrongMove(
                line=4,
                tex=r"V\big[I-(I-\eta D^2)^{t+1}\big]D^{-2}\,DU\T y",
                why="The sum runs to $t-1$: $t$ terms. After 0 steps the weights are still zero.",
                value=lambda c: _geometric(c, c.steps + 1),
            ),
            WrongMove(
                line=5,
                tex=r"\sum_j v_j\,\frac{1-e^{-\eta t d_j^2}}{d_j}\,u_j\T y",
                why="That is gradient flow, the limit of small rates; finite steps differ.",
                value=lambda c: sum(
                    v * (1 - np.exp(-c.rate * c.steps * s**2)) / s * (u @ c.y)
                    for u, s, v in zip(c.svd[0].T, c.svd[1], c.svd[2].T, strict=True)
                ),
            ),
        ],
        variants=[
            Variant(
                ask=(
                    r"Which ridge penalty $\lambda$ keeps the same share along $v_j$ as $t$ steps "
                    r"of descent have reached? Take $\eta d_j^2\lt1$."
                ),
                symbols=_OF_DESCENT,
                names=_of_descent,
                value=_equal_penalty,
                answer="d^2 (1 - eta d^2)^t / (1 - (1 - eta d^2)^t)",
                why=(
                    r"Ridge leaves $\lambda/(d_j^2+\lambda)$, descent leaves $(1-\eta d_j^2)^t$; "
                    "set them equal and solve. The answer depends on $d_j$, so no single penalty "
                    "reproduces early stopping: a direction that is nearly learned corresponds to "
                    "a much smaller penalty than one that has just begun."
                ),
                wrong={
                    "1/(eta t)": (
                        r"This is the limit for directions with $\eta t\,d_j^2$ far below 1, and a "
                        "good rule of thumb for them. Directions that are learned have a smaller "
                        "penalty."
                    ),
                    "(1 - eta d^2)^t": (
                        "This is the share that is not reached yet. A penalty has the unit of "
                        "$d_j^2$."
                    ),
                    "d^2 (1 - (1 - eta d^2)^t) / (1 - eta d^2)^t": (
                        "The fraction is upside down: it grows with $t$, and more steps mean less "
                        "regularization."
                    ),
                },
            ),
            Variant(
                ask=(
                    r"Weight decay is added: the loss is now "
                    r"$\tfrac12\norm{y-Xw}^2+\tfrac\lambda2\norm w^2$. Which share of the "
                    "least-squares coefficient along $v_j$ is reached after $t$ steps from zero?"
                ),
                symbols=_OF_DESCENT | {"lam": r"the penalty, $\lambda$"},
                names=lambda c: _of_descent(c) | {"lam": c.penalty},
                value=lambda c: _reached(c, _descended_with_decay(c)),
                answer="d^2 (1 - (1 - eta (d^2 + lam))^t)/(d^2 + lam)",
                why=(
                    r"The matrix in line 2 becomes $(1-\eta\lambda)I-\eta X\T X$, so "
                    r"$d_j^2+\lambda$ stands in the geometric series. Descent runs to the ridge "
                    r"solution, which keeps the share $d_j^2/(d_j^2+\lambda)$. While "
                    r"$\eta(d_j^2+\lambda)\lt1$, it gets there faster than it would reach least "
                    "squares."
                ),
                wrong={
                    "d^2 (1 - (1 - eta d^2)^t)/(d^2 + lam)": (
                        "The two effects were multiplied as if they did not meet. The penalty "
                        "also bends the loss more, and that makes descent faster."
                    ),
                    "1 - (1 - eta (d^2 + lam))^t": (
                        "This is the share of the ridge coefficient, which is itself smaller than "
                        r"that of least squares, by the factor $d_j^2/(d_j^2+\lambda)$."
                    ),
                    "(1 - eta lam)^t (1 - (1 - eta d^2)^t)": (
                        "Decay acts at every step on what is there then. The first contribution "
                        "has decayed $t-1$ times, the last not at all."
                    ),
                },
            ),
        ],
    )


# --- Dropout as ridge ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Masked:
    """A small regression, fixed weights, and the probability of a zero."""

    X: Vector
    y: Vector
    w: Vector
    p: float

    @property
    def masks(self) -> list[tuple[float, Vector]]:
        """Every mask of one row with its probability."""
        rows = [np.array(m, dtype=float) for m in product([0, 1], repeat=len(self.w))]
        return [(float(np.prod(np.where(m == 1, 1 - self.p, self.p))), m) for m in rows]


def _masked_loss(c: Masked) -> float:
    return sum(
        chance * float((y - (m / (1 - c.p) * x) @ c.w) ** 2)
        for x, y in zip(c.X, c.y, strict=True)
        for chance, m in c.masks
    )


def _masked_moments(c: Masked, x: Vector) -> tuple[float, float]:
    outputs = [(chance, float((m / (1 - c.p) * x) @ c.w)) for chance, m in c.masks]
    mean = sum(chance * out for chance, out in outputs)
    return mean, sum(chance * (out - mean) ** 2 for chance, out in outputs)


def _mask_variance(c: Masked) -> float:
    return c.p * (0 - 1) ** 2 + (1 - c.p) * (1 / (1 - c.p) - 1) ** 2


def _with_row_masks(c: Masked) -> float:
    """The mean loss if one mask drops or keeps all features of a row."""
    kept = np.sum((c.y - c.X @ c.w / (1 - c.p)) ** 2)
    return float(c.p * np.sum(c.y**2) + (1 - c.p) * kept)


def _with_two_masks(c: Masked) -> float:
    """The mean loss if a prediction is the average of two, with independent masks."""
    return sum(
        one * other * float((y - ((m + k) / 2 / (1 - c.p) * x) @ c.w) ** 2)
        for x, y in zip(c.X, c.y, strict=True)
        for (one, m), (other, k) in product(c.masks, repeat=2)
    )


def _unmasked_loss(c: Masked) -> float:
    return float(np.sum((c.y - c.X @ c.w) ** 2))


def _of_dropout(c: Masked) -> dict[str, float]:
    terms = c.X * c.w
    return {"p": c.p, "q": float(np.sum(terms**2)), "g": float(np.sum(terms.sum(axis=1) ** 2))}


_OF_DROPOUT = {
    "p": "the chance of a zero, $p$",
    "q": r"the sum $\sum_{i,j}x_{ij}^2w_j^2$",
    "g": r"the squared length of the outputs, $\norm{Xw}^2$",
}


def dropout() -> Derivation:
    """Dropout on the inputs of a linear model adds a ridge penalty scaled by the data."""
    rng = np.random.default_rng(3)
    instances = [
        Masked(rng.normal(size=(4, 3)), rng.normal(size=4), rng.normal(size=3), p)
        for p in (0.1, 0.5, 0.8)
    ]
    return Derivation(
        claim=(
            r"On average over masks, dropout adds "
            r"$\tfrac{p}{1-p}\sum_j\big(\sum_i x_{ij}^2\big)w_j^2$ to the squared error."
        ),
        given=(
            r"Inverted dropout of the inputs: $m_{ij}$ is 0 with probability $p$ and 1 "
            r"otherwise, independent; the model predicts with $m_{ij}x_{ij}/(1-p)$."
        ),
        instances=instances,
        steps=[
            Step(
                goal="Write the loss that training with dropout minimizes on average.",
                tex=r"\E_m\Big[\sum_i\Big(y_i-\sum_j\tfrac{m_{ij}}{1-p}x_{ij}w_j\Big)^2\Big]",
                value=_masked_loss,
                relation="start",
                reason="Each step draws new masks; their average is what descent follows.",
                hints=("What does SGD with dropout minimize?", "The expectation over masks."),
            ),
            Step(
                goal="Split the expected square into mean and variance.",
                tex=(
                    r"\begin{aligned}"
                    r"&\sum_i\Big(y_i-\E\Big[\sum_j\tfrac{m_{ij}}{1-p}x_{ij}w_j\Big]\Big)^2\\"
                    r"&+\sum_i\Var\Big[\sum_j\tfrac{m_{ij}}{1-p}x_{ij}w_j\Big]\end{aligned}"
                ),
                value=lambda c: sum(
                    float((y - _masked_moments(c, x)[0]) ** 2) + _masked_moments(c, x)[1]
                    for x, y in zip(c.X, c.y, strict=True)
                ),
                reason=r"$\E[(y-Z)^2]=(y-\E Z)^2+\Var Z$ for a fixed $y$.",
                hints=("Only the prediction is random.", "A second moment has two parts."),
            ),
            Step(
                goal="Use that inverted dropout keeps the mean.",
                tex=(r"\norm{y-Xw}^2+\sum_i\Var\Big[\sum_j\tfrac{m_{ij}}{1-p}x_{ij}w_j\Big]"),
                value=lambda c: float(
                    np.sum((c.y - c.X @ c.w) ** 2) + sum(_masked_moments(c, x)[1] for x in c.X)
                ),
                reason=r"$\E[m_{ij}/(1-p)]=1$: that is why it is divided by $1-p$.",
                hints=(r"What is $\E[m_{ij}]$?", r"$1-p$, which the division cancels."),
            ),
            Step(
                goal="Use that the masks are independent.",
                tex=(r"\norm{y-Xw}^2+\sum_{i,j}x_{ij}^2w_j^2\,\Var\big[\tfrac{m_{ij}}{1-p}\big]"),
                value=lambda c: float(
                    np.sum((c.y - c.X @ c.w) ** 2)
                    + sum(
                        (x[j] * c.w[j]) ** 2 * _mask_variance(c)
                        for x in c.X
                        for j in range(len(c.w))
                    )
                ),
                reason="Variances of independent terms add, constants come out squared.",
                hints=("Are there covariances between masks?", "None: independent entries."),
            ),
            Step(
                goal="Put the variance of a mask in.",
                tex=r"\norm{y-Xw}^2+\frac{p}{1-p}\sum_jw_j^2\sum_ix_{ij}^2",
                value=lambda c: float(
                    np.sum((c.y - c.X @ c.w) ** 2)
                    + c.p / (1 - c.p) * np.sum(c.w**2 * np.sum(c.X**2, axis=0))
                ),
                reason=(
                    r"$\Var[m]=p(1-p)$, divided by $(1-p)^2$. It is ridge with a penalty for each "
                    "weight in proportion to the squared length of its feature."
                ),
                hints=(r"A Bernoulli variable has variance $p(1-p)$.", "Divide by $(1-p)^2$."),
            ),
        ],
        wrong_moves=[
            WrongMove(
                line=2,
                tex=r"\sum_i\Big(y_i-\E\Big[\sum_j\tfrac{m_{ij}}{1-p}x_{ij}w_j\Big]\Big)^2",
                why=(
                    "The mean went inside the square. What is lost is the variance, and the "
                    "variance is the regularizer."
                ),
                value=lambda c: sum(
                    float((y - _masked_moments(c, x)[0]) ** 2)
                    for x, y in zip(c.X, c.y, strict=True)
                ),
            ),
            WrongMove(
                line=5,
                tex=r"\norm{y-Xw}^2+p(1-p)\sum_jw_j^2\sum_ix_{ij}^2",
                why=(
                    r"This is the penalty of dropout without the division by $1-p$, where the "
                    "mean is off as well. It would say that dropping nearly everything is mild."
                ),
                value=lambda c: float(
                    np.sum((c.y - c.X @ c.w) ** 2)
                    + c.p * (1 - c.p) * np.sum(c.w**2 * np.sum(c.X**2, axis=0))
                ),
            ),
        ],
        variants=[
            Variant(
                ask=(
                    "One mask now drops all features of a row or none: $m_{ij}=m_i$ for every $j$. "
                    "What is added to the squared error on average?"
                ),
                symbols=_OF_DROPOUT,
                names=_of_dropout,
                value=lambda c: _with_row_masks(c) - _unmasked_loss(c),
                answer="p g/(1-p)",
                why=(
                    r"Lines 1 to 3 hold. In line 4 the masks of a row are one variable, so its "
                    r"variance multiplies $\big(\sum_jx_{ij}w_j\big)^2$, covariances included. It "
                    "penalizes large outputs and no longer each weight on its own: two opposite "
                    "weights on equal features cost nothing."
                ),
                wrong={
                    "p q/(1-p)": (
                        "This needs the masks of a row to be independent. A shared mask has "
                        "covariances between all pairs of features."
                    ),
                    "p (1-p) g": (
                        r"The variance of $m_i$ is $p(1-p)$, that of $m_i/(1-p)$ is $p/(1-p)$."
                    ),
                    "p g": (
                        "A dropped row does lose its output, but the rows that are kept are scaled "
                        r"up by $1/(1-p)$. They are off as well, and add "
                        r"$\tfrac{p^2}{1-p}\norm{Xw}^2$."
                    ),
                },
            ),
            Variant(
                ask=(
                    "Masks are independent again. Each prediction is the average of two, with two "
                    "independent sets of masks, and the loss is taken of that average. What is "
                    "added to the squared error?"
                ),
                symbols=_OF_DROPOUT,
                names=_of_dropout,
                value=lambda c: _with_two_masks(c) - _unmasked_loss(c),
                answer="p q/(2(1-p))",
                why=(
                    "The mean of line 3 is the same, and the mean of two independent predictions "
                    "has half the variance. Averaging over many masks takes the penalty away, "
                    "as at test time, where the mean itself predicts."
                ),
                wrong={
                    "p q/(1-p)": (
                        "This is what averaging the two losses gives: the same expectation, "
                        "with less noise in the gradient. Here the predictions are averaged "
                        "before the square."
                    ),
                    "p q/(4(1-p))": (
                        "The factor $1/4$ comes from the square of $1/2$, and there are two "
                        "variances to add."
                    ),
                    "p^2 q/(1-p^2)": (
                        "The average of two is not a unit that survives if either copy does: with "
                        "one of two kept, half of the input arrives."
                    ),
                },
            ),
        ],
    )


# --- Input noise as ridge -----------------------------------------------------------------------


@dataclass(frozen=True)
class Noisy:
    """A small regression, fixed weights, and a finite noise: values with their chances."""

    X: Vector
    y: Vector
    w: Vector
    values: Vector
    chances: Vector

    @property
    def draws(self) -> list[tuple[float, Vector]]:
        """Every noise vector of one row with its probability."""
        pairs = list(zip(self.chances, self.values, strict=True))
        return [
            (float(np.prod([c for c, _ in draw])), np.array([v for _, v in draw]))
            for draw in product(pairs, repeat=len(self.w))
        ]

    @property
    def variance(self) -> float:
        """The variance of the noise in one coordinate."""
        return float(self.chances @ self.values**2)


def _noisy_instances() -> list[Noisy]:
    rng = np.random.default_rng(4)
    made = []
    for scale, n in ((0.3, 4), (1.0, 3), (2.0, 6)):
        chances = rng.dirichlet(np.ones(3))
        values = scale * rng.normal(size=3)
        values -= chances @ values  # mean zero
        X, y, w = rng.normal(size=(n, 2)), rng.normal(size=n), rng.normal(size=2)
        made.append(Noisy(X, y, w, values, chances))
    return made


def _noisy_loss(c: Noisy) -> float:
    return sum(
        chance * float((y - (x + e) @ c.w) ** 2)
        for x, y in zip(c.X, c.y, strict=True)
        for chance, e in c.draws
    )


def _noisy_residuals(c: Noisy) -> float:
    residuals = c.y - c.X @ c.w
    return float(sum(sum(chance * (r - e @ c.w) ** 2 for chance, e in c.draws) for r in residuals))


def _noisy_expanded(c: Noisy) -> float:
    mean = sum(chance * e for chance, e in c.draws)
    square = sum(chance * np.outer(e, e) for chance, e in c.draws)
    residuals = c.y - c.X @ c.w
    return float(sum(r**2 - 2 * r * (mean @ c.w) + c.w @ square @ c.w for r in residuals))


def _penalty_of_both(c: Noisy) -> float:
    """The ridge penalty whose minimum is that of clean and noisy rows together."""
    gram, moment = c.X.T @ c.X, c.X.T @ c.y
    for x, y in zip(c.X, c.y, strict=True):
        for chance, e in c.draws:
            gram, moment = gram + chance * np.outer(x + e, x + e), moment + chance * y * (x + e)
    w = np.linalg.solve(gram, moment)
    return float(w @ c.X.T @ (c.y - c.X @ w) / (w @ w))  # from X'(y - Xw) = penalty w


def _added_by_noisy_targets(c: Noisy) -> float:
    residuals = c.y - c.X @ c.w
    noisy = sum(
        chance * (r + e) ** 2
        for r in residuals
        for chance, e in zip(c.chances, c.values, strict=True)
    )
    return float(noisy - np.sum(residuals**2))


def _of_noise(c: Noisy) -> dict[str, float]:
    return {"n": len(c.y), "s": float(np.sqrt(c.variance))}


_OF_NOISE = {
    "n": "the number of rows of $X$, $n$",
    "s": r"the standard deviation of the noise, $\sigma$",
}


def input_noise() -> Derivation:
    """Noise on the inputs of a linear model is a ridge penalty of n times its variance."""
    return Derivation(
        claim=r"Training on noisy inputs minimizes $\norm{y-Xw}^2+n\sigma^2\norm w^2$ on average.",
        given=(
            r"Noise vectors $\epsilon_i$, one a row and independent of the data, with "
            r"$\E[\epsilon_i]=0$ and $\E[\epsilon_i\epsilon_i\T]=\sigma^2I$. They need not be "
            r"Gaussian. $r_i=y_i-x_i\T w$."
        ),
        instances=_noisy_instances(),
        steps=[
            Step(
                goal="Write the loss that training on noisy inputs minimizes on average.",
                tex=r"\E_\epsilon\Big[\sum_i\big(y_i-(x_i+\epsilon_i)\T w\big)^2\Big]",
                value=_noisy_loss,
                relation="start",
                reason="Fresh noise at every step; descent follows the average.",
                hints=("Where does the noise enter?", "In the input, not in the target."),
            ),
            Step(
                goal="Separate the noise from the residual.",
                tex=r"\sum_i\E\big[(r_i-\epsilon_i\T w)^2\big]",
                value=_noisy_residuals,
                reason="The model is linear, so noise in the input is noise in the output.",
                hints=(r"Expand $(x_i+\epsilon_i)\T w$.", "Name the part without noise $r_i$."),
            ),
            Step(
                goal="Expand the square under the expectation.",
                tex=(
                    r"\sum_i\big(r_i^2-2r_i\,\E[\epsilon_i]\T w"
                    r"+w\T\E[\epsilon_i\epsilon_i\T]\,w\big)"
                ),
                value=_noisy_expanded,
                reason=r"$(\epsilon\T w)^2=w\T\epsilon\epsilon\T w$, and expectation is linear.",
                hints=("Three terms.", r"Write $(\epsilon\T w)^2$ with $w$ outside."),
            ),
            Step(
                goal="Use the two moments of the noise.",
                tex=r"\norm{y-Xw}^2+\sum_iw\T(\sigma^2I)\,w",
                value=lambda c: float(
                    np.sum((c.y - c.X @ c.w) ** 2)
                    + sum(c.w @ (c.variance * np.eye(len(c.w))) @ c.w for _ in c.y)
                ),
                reason="Mean zero kills the cross term; uncorrelated coordinates give $I$.",
                hints=("Which term vanishes?", "The covariance is a multiple of $I$."),
            ),
            Step(
                goal="Collect.",
                tex=r"\norm{y-Xw}^2+n\sigma^2\norm{w}^2",
                value=lambda c: float(
                    np.sum((c.y - c.X @ c.w) ** 2) + len(c.y) * c.variance * np.sum(c.w**2)
                ),
                reason=(
                    r"The same term for each of $n$ rows: ridge with $\lambda=n\sigma^2$. For a "
                    "nonlinear model it is a penalty on the gradient in the input, to second order."
                ),
                hints=("The summand does not depend on $i$.", "There are $n$ of them."),
            ),
        ],
        wrong_moves=[
            WrongMove(
                line=4,
                tex=r"\norm{y-Xw}^2+n\sigma^2\Big(\sum_jw_j\Big)^2",
                why=(
                    "This is one shared noise for all coordinates of a row. Independent "
                    "coordinates have no cross terms $w_jw_k$."
                ),
                value=lambda c: float(
                    np.sum((c.y - c.X @ c.w) ** 2) + len(c.y) * c.variance * np.sum(c.w) ** 2
                ),
            ),
            WrongMove(
                line=5,
                tex=r"\norm{y-Xw}^2+\sigma^2\norm{w}^2",
                why=(
                    "Every row brings its own noise, so a summed loss collects $n$ terms. "
                    r"$\lambda=\sigma^2$ is right for the mean loss."
                ),
                value=lambda c: float(np.sum((c.y - c.X @ c.w) ** 2) + c.variance * np.sum(c.w**2)),
            ),
        ],
        variants=[
            Variant(
                ask=(
                    "Each row stands in the training data twice, once clean and once with noise. "
                    r"For which $\lambda$ does ridge on the $n$ clean rows alone, "
                    r"$\norm{y-Xw}^2+\lambda\norm w^2$, have its minimum where the average loss of "
                    "all $2n$ rows has it?"
                ),
                symbols=_OF_NOISE,
                names=_of_noise,
                value=_penalty_of_both,
                answer="n s^2/2",
                why=(
                    r"By the last line the noisy rows cost $\norm{y-Xw}^2+n\sigma^2\norm w^2$ on "
                    r"average, and the clean ones add $\norm{y-Xw}^2$ again. Half of the sum has "
                    r"the same minimum and shows the penalty. With $k$ noisy copies of each row it "
                    r"is $n\sigma^2k/(k+1)$."
                ),
                wrong={
                    "n s^2": (
                        "The noisy rows bring this penalty, and the clean rows bring data without "
                        "any. Beside twice the data the same penalty weighs half."
                    ),
                    "2n s^2": (
                        "There are $2n$ rows, but $n$ of them carry noise. And the loss has "
                        "doubled as well."
                    ),
                    "n s^2/4": (
                        "This halves the standard deviation of the noise. Half of the rows carry "
                        "noise, so it is the variance that is halved on average."
                    ),
                },
            ),
            Variant(
                ask=(
                    r"The noise goes into the targets: $y_i+\epsilon_i$, with mean zero and "
                    r"variance $\sigma^2$. What is added to the squared error on average?"
                ),
                symbols=_OF_NOISE | {"w2": r"the squared length of the weights, $\norm w^2$"},
                names=lambda c: _of_noise(c) | {"w2": float(np.sum(c.w**2))},
                value=_added_by_noisy_targets,
                answer="n s^2",
                why=(
                    r"Line 2 has $r_i+\epsilon_i$ in place of $r_i-\epsilon_i\T w$, and the rest "
                    "goes through without $w$. A constant moves no minimum: noise in the targets "
                    "does not regularize least squares, it makes the gradients noisier."
                ),
                wrong={
                    "n s^2 w2": (
                        "Noise in an input reaches the loss through the weights. Noise in a target "
                        "does not pass through them."
                    ),
                    "0": ("The noise averages out of the linear term. Its square does not."),
                    "s^2": "The loss is a sum, and each of the $n$ rows brings its own noise.",
                },
            ),
        ],
    )


# --- The grouping bound of the elastic net ------------------------------------------------------


@dataclass(frozen=True)
class Pair:
    """An elastic-net solution in which the first two weights have the same sign."""

    X: Vector
    y: Vector
    l1: float
    l2: float
    w: Vector

    @property
    def rho(self) -> float:
        """The correlation of the two columns."""
        return float(self.X[:, 0] @ self.X[:, 1])

    @property
    def residual(self) -> Vector:
        """What the solution leaves unexplained."""
        return np.asarray(self.y - self.X @ self.w)


def _pairs() -> list[Pair]:
    made = []
    for seed, mix, l1, l2 in ((0, 0.3, 0.8, 0.4), (1, 0.1, 1.5, 1.0), (2, 0.8, 0.5, 0.2)):
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(30, 4))
        X[:, 1] = X[:, 0] + mix * X[:, 1]
        y = 2 * X[:, 0] + X[:, 1] + rng.normal(size=30)
        X, y = X - X.mean(axis=0), y - y.mean()
        X /= np.linalg.norm(X, axis=0)
        w = elastic_net(X, y, l1, l2, tolerance=1e-14)
        if not w[0] * w[1] > 0:
            raise AssertionError("the two weights must have one sign")
        made.append(Pair(X, y, l1, l2, w))
    return made


def _difference_of_two(c: Pair) -> float:
    """The difference of the weights if the two features are all there is."""
    w = elastic_net(c.X[:, :2], c.y, c.l1, c.l2, tolerance=1e-14)
    if not w[0] * w[1] > 0:
        raise AssertionError("the two weights must have one sign")
    return float(w[0] - w[1])


def _opposite(c: Pair) -> Pair:
    """The same problem with the second feature, and so its weight, of opposite sign."""
    signs = np.array([1.0, -1.0, 1.0, 1.0])
    return changed(c, X=c.X * signs, w=c.w * signs)


def _largest_sum(c: Pair) -> float:
    """The most that the difference of x_i'r and -x_j'r can be, at the r of length |y| it needs."""
    worst = c.X[:, 0] + c.X[:, 1]
    worst *= np.linalg.norm(c.y) / np.linalg.norm(worst)
    return float((c.X[:, 0] @ worst + c.X[:, 1] @ worst) / c.l2)


def grouping_bound() -> Derivation:
    """Elastic-net weights of correlated features are close, within a bound set by lambda_2."""
    return Derivation(
        claim=(
            r"Two weights of one sign differ by at most "
            r"$\tfrac{1}{\lambda_2}\sqrt{2(1-\rho)}\,\norm y$, where $\rho$ is the correlation "
            "of their features."
        ),
        given=(
            r"$\hat w$ minimizes $\tfrac12\norm{y-Xw}^2+\lambda_1\norm w_1+\tfrac{\lambda_2}2"
            r"\norm w^2$; columns centered with $x_j\T x_j=1$; $\hat w_i\hat w_j>0$, "
            r"$s=\sign(\hat w_i)=\sign(\hat w_j)$, $r=y-X\hat w$, $\rho=x_i\T x_j$."
        ),
        instances=_pairs(),
        steps=[
            Step(
                goal="Start with the difference of the two weights.",
                tex=r"\abs{\hat w_i-\hat w_j}",
                value=lambda c: float(abs(c.w[0] - c.w[1])),
                relation="start",
                reason="How evenly do correlated features share?",
                hints=("What is to be bounded?", "A difference of two weights."),
            ),
            Step(
                goal="Express both weights by their optimality conditions.",
                tex=(r"\tfrac1{\lambda_2}\abs{(x_i\T r-\lambda_1s)-(x_j\T r-\lambda_1s)}"),
                value=lambda c: float(
                    abs(
                        (c.X[:, 0] @ c.residual - c.l1 * np.sign(c.w[0]))
                        - (c.X[:, 1] @ c.residual - c.l1 * np.sign(c.w[1]))
                    )
                    / c.l2
                ),
                reason=(
                    r"For a nonzero weight the gradient is zero: "
                    r"$-x_j\T r+\lambda_1s+\lambda_2\hat w_j=0$. This needs $\lambda_2>0$."
                ),
                hints=(
                    "Both weights are nonzero, so $f$ is smooth there.",
                    r"Solve for $\hat w_j$.",
                ),
            ),
            Step(
                goal="Cancel the L1 part.",
                tex=r"\tfrac1{\lambda_2}\abs{(x_i-x_j)\T r}",
                value=lambda c: float(abs((c.X[:, 0] - c.X[:, 1]) @ c.residual) / c.l2),
                reason="The signs agree, so both lose the same constant.",
                hints=("Compare the two constants.", "They are the same."),
            ),
            Step(
                goal="Bound the inner product.",
                tex=r"\tfrac1{\lambda_2}\norm{x_i-x_j}\,\norm r",
                value=lambda c: float(
                    np.linalg.norm(c.X[:, 0] - c.X[:, 1]) * np.linalg.norm(c.residual) / c.l2
                ),
                relation="at most",
                reason="Cauchy-Schwarz.",
                hints=("An inner product of two vectors.", "At most the product of the norms."),
            ),
            Step(
                goal="Bring the correlation in.",
                tex=r"\tfrac1{\lambda_2}\sqrt{2(1-\rho)}\,\norm r",
                value=lambda c: float(np.sqrt(2 * (1 - c.rho)) * np.linalg.norm(c.residual) / c.l2),
                reason=r"$\norm{x_i-x_j}^2=1+1-2\rho$ for columns of length 1.",
                hints=("Expand the squared norm.", "Both columns have length 1."),
            ),
            Step(
                goal="Remove the solution from the bound.",
                tex=r"\tfrac1{\lambda_2}\sqrt{2(1-\rho)}\,\norm y",
                value=lambda c: float(np.sqrt(2 * (1 - c.rho)) * np.linalg.norm(c.y) / c.l2),
                relation="at most",
                reason=(
                    r"$w=0$ costs $\tfrac12\norm y^2$ and the solution costs no more, so "
                    r"$\norm r\le\norm y$. For $\rho\to1$ the bound goes to zero; without "
                    r"$\lambda_2$ there is none."
                ),
                hints=(r"Compare the objective at $\hat w$ and at 0.", r"$\norm r\le\norm y$."),
            ),
        ],
        wrong_moves=[
            WrongMove(
                line=3,
                tex=r"\tfrac1{\lambda_2}\abs{(x_i-x_j)\T r+2\lambda_1s}",
                why="That is the case of opposite signs, where the theorem says nothing.",
                value=lambda c: float(
                    abs((c.X[:, 0] - c.X[:, 1]) @ c.residual + 2 * c.l1 * np.sign(c.w[0])) / c.l2
                ),
            ),
            WrongMove(
                line=5,
                tex=r"\tfrac1{\lambda_2}\sqrt{1-\rho^2}\,\norm r",
                why=(
                    r"$\sqrt{1-\rho^2}$ is the part of one column that is orthogonal to the other, "
                    "not the distance between the two."
                ),
                value=lambda c: float(np.sqrt(1 - c.rho**2) * np.linalg.norm(c.residual) / c.l2),
            ),
        ],
        variants=[
            Variant(
                ask=(
                    "The two features are the only ones in the model, and their weights still have "
                    r"one sign. What is $\hat w_i-\hat w_j$, exactly?"
                ),
                symbols={
                    "c": r"the difference of their inner products with $y$, $(x_i-x_j)\T y$",
                    "rho": r"the correlation of the two features, $\rho$",
                    "l1": r"the L1 penalty, $\lambda_1$",
                    "l2": r"the L2 penalty, $\lambda_2$",
                },
                names=lambda c: {
                    "c": float((c.X[:, 0] - c.X[:, 1]) @ c.y),
                    "rho": c.rho,
                    "l1": c.l1,
                    "l2": c.l2,
                },
                value=_difference_of_two,
                answer="c/(1 - rho + l2)",
                why=(
                    r"Line 3 without the bars is $\lambda_2(\hat w_i-\hat w_j)=(x_i-x_j)\T r$. Put "
                    r"in $r=y-\hat w_ix_i-\hat w_jx_j$: the weights take "
                    r"$(1-\rho)(\hat w_i-\hat w_j)$ away. At $\lambda_2=0$ the difference is "
                    r"$c/(1-\rho)$: for features that are alike both are small, and their ratio "
                    "need not be."
                ),
                wrong={
                    "c/l2": (
                        r"The residual was taken to be $y$. Only what the fit leaves unexplained "
                        "keeps the weights apart."
                    ),
                    "c/(1 + l2)": (
                        r"This is right for uncorrelated features. For $\rho$ near 1 the data "
                        r"barely tell the two apart, and only $\lambda_2$ holds them together."
                    ),
                    "(c - l1)/(1 - rho + l2)": (
                        r"Both weights have one sign and lose the same $\lambda_1$, so it cancels "
                        "in the difference."
                    ),
                },
            ),
            Variant(
                ask=(
                    r"Now $\rho$ is close to $-1$ and the weights have opposite signs. Which bound "
                    r"does the same chain of lines give on $\abs{\hat w_i+\hat w_j}$?"
                ),
                symbols={
                    "rho": r"the correlation of the two features, $\rho$",
                    "y": r"the length of the target, $\norm y$",
                    "l2": r"the L2 penalty, $\lambda_2$",
                },
                names=lambda c: {
                    "rho": _opposite(c).rho,
                    "y": float(np.linalg.norm(c.y)),
                    "l2": c.l2,
                },
                value=lambda c: _largest_sum(_opposite(c)),
                answer="sqrt(2(1+rho)) y/l2",
                why=(
                    r"Replace $x_j$ by $-x_j$: its weight and $\rho$ change their signs, nothing "
                    "else does. The L1 parts cancel in the sum because the signs differ; lines "
                    r"4 to 6 hold with $\norm{x_i+x_j}^2=2(1+\rho)$. The two weights come out near "
                    "each other in size, with opposite signs."
                ),
                wrong={
                    "sqrt(2(1-rho)) y/l2": (
                        r"This is nearly $2\norm y/\lambda_2$ for $\rho$ near $-1$ and says "
                        "little. It comes from the distance of the features, and these are far "
                        "apart; their sum is short."
                    ),
                    "sqrt(1-rho^2) y/l2": (
                        "This is the part of one feature that is orthogonal to the other. It is "
                        r"short at $\rho$ near $-1$ too, but the step needs $\norm{x_i+x_j}$."
                    ),
                },
            ),
        ],
    )


# --- Least norm from zero -----------------------------------------------------------------------


def _walk(c: Fit, w: Vector) -> Vector:
    rate = 1 / np.linalg.norm(c.X, 2) ** 2
    for _ in range(c.steps):
        w = w - rate * c.X.T @ (c.X @ w - c.y)
    return w


def _walk_in_rows(c: Fit) -> Vector:
    rate, a = 1 / np.linalg.norm(c.X, 2) ** 2, np.zeros(len(c.y))
    for _ in range(c.steps):
        a = a - rate * (c.X @ (c.X.T @ a) - c.y)
    return np.asarray(c.X.T @ a)


def _least_norm_kkt(c: Fit) -> Vector:
    n, d = c.X.shape
    system = np.block([[np.eye(d), -c.X.T], [c.X, np.zeros((n, n))]])
    return np.asarray(np.linalg.solve(system, np.append(np.zeros(d), c.y))[:d])


def _first_columns(c: Fit) -> Vector:
    n, d = c.X.shape
    return np.append(np.linalg.solve(c.X[:, :n], c.y), np.zeros(d - n))


def _far_start(c: Fit) -> Vector:
    """A start with a part among the rows and a part orthogonal to them."""
    return np.roll(c.X[0], 1)


def _of_two_lengths(c: Fit) -> dict[str, float]:
    start = _far_start(c)
    among_rows = c.X.T @ np.linalg.lstsq(c.X.T, start)[0]
    return {
        "m": float(np.sum(_least_norm_kkt(c) ** 2)),
        "a": float(np.sum(start**2)),
        "q": float(np.sum(among_rows**2)),
    }


_SHORTEST = r"the squared norm of the shortest solution, $\norm{X\T(XX\T)^{-1}y}^2$"


def min_norm() -> Derivation:
    """Gradient descent from zero converges to the interpolator of least norm."""
    return Derivation(
        claim="Of all weights that fit the data exactly, descent from zero finds the shortest.",
        given=(
            r"$n<d$, $X$ of full row rank, so that $Xw=y$ has many solutions; loss "
            r"$\tfrac12\norm{y-Xw}^2$, start $w_0=0$, rate $1/d_1^2$; $w_\infty$ is the limit."
        ),
        instances=_fits(3, 9, seed=5, steps=4000),
        steps=[
            Step(
                goal="State where descent ends.",
                tex=(
                    r"\begin{aligned}&w_\infty,\quad w_0=0,\\ "
                    r"&w_{k+1}=w_k-\eta X\T(Xw_k-y)\end{aligned}"
                ),
                value=lambda c: _walk(c, np.zeros(c.X.shape[1])),
                relation="start",
                reason="The loss is quadratic and the rate is safe, so the limit exists.",
                hints=("One step of descent.", "Repeat it to the end."),
            ),
            Step(
                goal="See in which subspace the iterates live.",
                tex=(
                    r"\begin{aligned}&X\T a_\infty,\quad a_0=0,\\ "
                    r"&a_{k+1}=a_k-\eta(XX\T a_k-y)\end{aligned}"
                ),
                value=_walk_in_rows,
                reason=(
                    "Every step adds a combination of the rows of $X$ and the start is zero, so "
                    r"$w_k=X\T a_k$ for all $k$."
                ),
                hints=(
                    r"Each gradient is $X\T$ times something.",
                    "A sum of combinations of rows is a combination of rows.",
                ),
            ),
            Step(
                goal="Use that the limit fits the data.",
                tex=r"X\T(XX\T)^{-1}y",
                value=lambda c: c.X.T @ np.linalg.inv(c.X @ c.X.T) @ c.y,
                reason=r"At the limit $XX\T a_\infty=y$; full row rank makes $XX\T$ invertible.",
                hints=("When does $a$ stop moving?", r"When $XX\T a=y$."),
            ),
            Step(
                goal="Recognize the solution of least norm.",
                tex=r"\argmin_w\{\norm{w}:\,Xw=y\}",
                value=_least_norm_kkt,
                reason=(
                    r"Any other solution is $w_\infty+v$ with $Xv=0$. Since $w_\infty=X\T a$ is "
                    r"orthogonal to $v$, its squared norm is $\norm{w_\infty}^2+\norm v^2$."
                ),
                hints=(
                    "How do two solutions differ?",
                    "By a vector orthogonal to all rows: Pythagoras.",
                ),
            ),
        ],
        wrong_moves=[
            WrongMove(
                line=2,
                tex=r"w_\infty \text{ from } w_0=(1,\dots,1)",
                why=(
                    "The part of the start that is orthogonal to the rows is never changed. The "
                    "limit is then the solution nearest to the start, not the shortest."
                ),
                value=lambda c: _walk(c, np.ones(c.X.shape[1])),
            ),
            WrongMove(
                line=4,
                tex=r"\text{any } w \text{ with } Xw=y",
                why=(
                    "Zero training error does not name one solution: fitting the first $n$ columns "
                    "alone gives another, and a longer one. Which one is found is the work of the "
                    "algorithm and of its start."
                ),
                value=_first_columns,
            ),
        ],
        variants=[
            Variant(
                ask=(
                    r"Descent starts at some $w_0\ne0$. What is the squared norm of the solution "
                    r"it finds, $\norm{w_\infty}^2$?"
                ),
                symbols={
                    "m": _SHORTEST,
                    "a": r"the squared norm of the start, $\norm{w_0}^2$",
                    "q": "the squared norm of the projection of $w_0$ onto the space of the rows "
                    "of $X$",
                },
                names=_of_two_lengths,
                value=lambda c: float(np.sum(_walk(c, _far_start(c)) ** 2)),
                answer="m + a - q",
                why=(
                    r"Every step adds a combination of rows (line 2), so the part of $w_0$ that is "
                    "orthogonal to them stays, and its squared norm is $a-q$ by Pythagoras. The "
                    "part among the rows is replaced by the shortest solution. Descent finds the "
                    "solution nearest to its start."
                ),
                wrong={
                    "m": (
                        "Only for a start in the space of the rows, such as zero. The gradient has "
                        "no component that could remove the rest."
                    ),
                    "m + a": (
                        "The part of the start among the rows is forgotten: there the data decide. "
                        "Only the orthogonal part is added."
                    ),
                    "m + q": (
                        "The two parts were swapped. What lies among the rows is what descent can "
                        "change."
                    ),
                },
            ),
            Variant(
                ask=(
                    "Every feature is copied once: $X$ becomes $(X, X)$ with $2d$ columns. What is "
                    "the squared norm of the solution that descent from zero finds now?"
                ),
                symbols={"m": _SHORTEST + ", before the copies"},
                names=lambda c: {"m": float(np.sum(_least_norm_kkt(c) ** 2))},
                value=lambda c: float(
                    np.sum(_least_norm_kkt(changed(c, X=np.hstack([c.X, c.X]))) ** 2)
                ),
                answer="m/2",
                why=(
                    r"$XX\T$ doubles, so $a$ is halved in line 3, and each copy gets half of the "
                    r"old weight: $2\cdot m/4$. The function is the same, its norm is smaller. "
                    "Wider models can fit the same data with a smaller norm."
                ),
                wrong={
                    "m": (
                        "Putting all weight on one of the copies keeps the norm. Sharing it makes "
                        "the sum of squares smaller."
                    ),
                    "m/4": (
                        "Each weight is half as large and its square a quarter, but there are "
                        "twice as many."
                    ),
                    "2m": "Both copies would carry the full weight, and the outputs would double.",
                },
            ),
        ],
    )
