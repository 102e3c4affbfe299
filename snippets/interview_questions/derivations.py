"""The derivation that belongs to no other topic: the scale of an inner product."""

from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from snippets.forms import Derivation, Step, Variant, WrongMove

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Components:
    """Values and chances of one component of a query and of a key, both with mean zero."""

    q: Array
    p_q: Array
    k: Array
    p_k: Array
    d: int

    def products(self) -> tuple[Array, Array]:
        """Return all values of one product of components, with their chances."""
        return np.outer(self.q, self.k).ravel(), np.outer(self.p_q, self.p_k).ravel()

    def whole(self) -> tuple[Array, Array]:
        """Return all values of the inner product, with their chances, by enumeration."""
        values, chances = self.products()
        places = list(product(range(len(values)), repeat=self.d))
        sums = np.array([values[list(at)].sum() for at in places])
        return sums, np.array([chances[list(at)].prod() for at in places])


def _variance(values: Array, chances: Array) -> float:
    return float(chances @ values**2 - (chances @ values) ** 2)


def _instances() -> list[Components]:
    rng = np.random.default_rng(0)
    found = []
    for d in (2, 3, 4):
        parts = []
        for size in (2, 3):
            chances = rng.dirichlet(np.ones(size))
            values = rng.normal(size=size)
            parts += [values - chances @ values, chances]
        found.append(Components(parts[0], parts[1], parts[2], parts[3], d))
    return found


def inner_product_scale() -> Derivation:
    """Show how the spread of an inner product grows with the dimension."""

    def with_shifted_keys(c: Components) -> float:
        return _variance(*replace(c, k=c.k + c.d / 2).whole())

    def with_itself(c: Components) -> float:
        places = [list(at) for at in product(range(len(c.q)), repeat=c.d)]
        scores = np.array([c.q[at] @ c.q[at] for at in places])
        return _variance(scores, np.array([c.p_q[at].prod() for at in places]))

    return Derivation(
        claim="The inner product of a query and a key with independent components of mean zero "
        "has a variance proportional to the dimension, so dividing by its root keeps it.",
        given="$q_1,\\dots,q_d$ and $k_1,\\dots,k_d$ independent, mean zero, variances "
        "$\\sigma_q^2$ and $\\sigma_k^2$.",
        steps=[
            Step(
                goal="Write what is wanted.",
                tex=r"\Var\Big(\sum_{j=1}^d q_jk_j\Big)",
                value=lambda c: _variance(*c.whole()),
                relation="start",
                reason="The score of a query and a key before the softmax is this sum.",
                hints=("What goes into the softmax?", "An inner product, before any scaling."),
            ),
            Step(
                goal="Use that the terms are independent.",
                tex=r"\sum_{j=1}^d\Var(q_jk_j)",
                value=lambda c: sum(_variance(*c.products()) for _ in range(c.d)),
                reason="Different terms share no variable, so all covariances are zero.",
                hints=("When do variances add?", "The terms have no component in common."),
            ),
            Step(
                goal="Write each variance by its moments.",
                tex=r"\sum_{j=1}^d\Big(\E[q_j^2]\,\E[k_j^2]-\E[q_j]^2\,\E[k_j]^2\Big)",
                value=lambda c: float(
                    sum(
                        (c.p_q @ c.q**2) * (c.p_k @ c.k**2)
                        - (c.p_q @ c.q) ** 2 * (c.p_k @ c.k) ** 2
                        for _ in range(c.d)
                    )
                ),
                reason="$\\Var(Z)=\\E[Z^2]-\\E[Z]^2$, and expectations of independent factors "
                "multiply.",
                hints=("Second moment less squared mean.", "Each factors over $q_j$ and $k_j$."),
            ),
            Step(
                goal="Use that the means are zero.",
                tex=r"d\,\sigma_q^2\,\sigma_k^2",
                value=lambda c: c.d * _variance(c.q, c.p_q) * _variance(c.k, c.p_k),
                reason="With mean zero the second moment is the variance. With unit variances the "
                "standard deviation is $\\sqrt d$: divide by it.",
                hints=(
                    "What is $\\E[q_j^2]$ now?",
                    "Which number brings the variance back to one?",
                ),
            ),
        ],
        instances=_instances(),
        wrong_moves=[
            WrongMove(
                line=2,
                tex=r"\Big(\sum_{j=1}^d\sqrt{\Var(q_jk_j)}\Big)^2",
                why="Standard deviations do not add. This grows as $d^2$ and would ask for a "
                "division by $d$.",
                value=lambda c: float((c.d * np.sqrt(_variance(*c.products()))) ** 2),
            ),
            WrongMove(
                line=4,
                tex=r"d\,(\sigma_q^2+\sigma_k^2)",
                why="The variance of a product of independent factors with mean zero is the "
                "product of their variances, not the sum.",
                value=lambda c: c.d * (_variance(c.q, c.p_q) + _variance(c.k, c.p_k)),
            ),
        ],
        variants=(
            Variant(
                ask="Every component of the key now has the mean $m$; its variance, the query and "
                "the independence are as before. What is the variance of the inner product?",
                symbols={
                    "d": "the dimension, $d$",
                    "sq": r"the standard deviation of a component of the query, $\sigma_q$",
                    "sk": r"the standard deviation of a component of the key, $\sigma_k$",
                    "m": "the mean of a component of the key, $m$",
                },
                names=lambda c: {
                    "d": c.d,
                    "sq": float(np.sqrt(_variance(c.q, c.p_q))),
                    "sk": float(np.sqrt(_variance(c.k, c.p_k))),
                    "m": c.d / 2,
                },
                value=with_shifted_keys,
                answer="d*sq^2*(sk^2 + m^2)",
                why=r"Line 3 holds for any means. Now $\E[k_j^2]=\sigma_k^2+m^2$, and the "
                r"subtracted product is still zero, because $\E[q_j]$ is. The softmax "
                "does not feel this part if all keys share the offset: for one query it adds the "
                r"same $m\sum_jq_j$ to every score.",
                wrong={
                    "d*sq^2*sk^2": "A shift leaves the variance of $k_j$ as it is. The variance "
                    "of the product $q_jk_j$ grows, since $m$ multiplies the random $q_j$.",
                    "d*sq^2*sk^2 + d*m^2": r"The offset adds $m\,q_j$ to each term, with the "
                    r"variance $m^2\sigma_q^2$.",
                    "d*sq^2*sk^2 + d^2*sq^2*m^2": r"The offset adds $m\sum_jq_j$. The $q_j$ are "
                    r"independent, so its variance is $m^2d\,\sigma_q^2$.",
                },
            ),
            Variant(
                ask="A query meets itself: the key is the same vector, $k=q$. What is the variance "
                "of $q\\T q$?",
                symbols={
                    "d": "the dimension, $d$",
                    "s": r"the standard deviation of a component, $\sigma_q$",
                    "m4": r"its fourth moment, $\E[q_j^4]$, the same for every $j$",
                },
                names=lambda c: {
                    "d": c.d,
                    "s": float(np.sqrt(_variance(c.q, c.p_q))),
                    "m4": float(c.p_q @ c.q**4),
                },
                value=with_itself,
                answer="d*(m4 - s^4)",
                why="The $d$ terms are still independent, so line 2 holds. The two factors of a "
                r"term are not: in line 3 $\E[q_j^2]\E[k_j^2]$ becomes $\E[q_j^4]$, and the mean "
                r"of a term is $\sigma_q^2$. With normal components it is $2d\sigma_q^4$. The "
                r"score's mean, $d\sigma_q^2$, grows faster than its spread.",
                wrong={
                    "d*s^4": "The last line with $k=q$ put in. It needs the two factors of a term "
                    "to be independent.",
                    "d*m4": r"The second moment of each term. Its mean is $\sigma_q^2$, no longer "
                    "zero, and its square is taken off.",
                    "d^2*(m4 - s^4)": "This adds standard deviations and squares the sum. "
                    "Different components are independent, so variances add.",
                },
            ),
        ),
    )
