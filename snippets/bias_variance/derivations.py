"""Derivations of the topic, each line evaluated by exact summation or exact linear algebra."""

from collections.abc import Callable
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from snippets.forms import Derivation, Step, Variant, WrongMove

Array = NDArray[np.float64]


# --- decomposition ----------------------------------------------------------------------------


class _World(NamedTuple):
    """One input: its truth, a noise distribution of mean zero and the learner's predictions."""

    f: float
    noise: Array
    noise_chances: Array
    predictions: Array
    chances: Array


def _worlds() -> list[_World]:
    rng = np.random.default_rng(7)
    worlds = []
    for outcomes, sets in ((2, 3), (3, 2), (4, 5), (5, 4)):
        noise_chances = rng.dirichlet(np.ones(outcomes))
        noise = rng.normal(size=outcomes)
        noise -= noise_chances @ noise
        predictions = rng.normal(1.0, 2.0, size=sets)
        chances = rng.dirichlet(np.ones(sets))
        worlds.append(_World(float(rng.normal()), noise, noise_chances, predictions, chances))
    return worlds


def _joint(world: _World, values: Array) -> float:
    """Expectation over label noise (rows) and training sets (columns), which are independent."""
    joint = np.outer(world.noise_chances, world.chances)
    return float(np.sum(joint * values))


def _over_sets(world: _World, values: Array) -> float:
    return float(world.chances @ values)


def _over_noise(world: _World, values: Array) -> float:
    return float(world.noise_chances @ values)


_PARTS = {
    "b": "the bias, $\\bar f - f$",
    "v": "the variance, $\\E_D[(\\fhat - \\bar f)^2]$",
    "s": "the standard deviation of one label, $\\sigma$",
}


def decomposition() -> Derivation:
    """Expected squared error at one input is bias squared plus variance plus noise."""

    def labels(w: _World) -> Array:
        return (w.f + w.noise)[:, None]

    def cross(w: _World) -> float:
        return _joint(w, w.noise[:, None] * (w.f - w.predictions)[None, :])

    def mean(w: _World) -> float:
        return _over_sets(w, w.predictions)

    def noise_squared(w: _World) -> float:
        return _over_noise(w, w.noise**2)

    def parts(w: _World) -> dict[str, float]:
        spread = w.predictions - mean(w)
        return {
            "b": mean(w) - w.f,
            "v": _over_sets(w, spread**2),
            "s": float(np.sqrt(noise_squared(w))),
        }

    def error_on_mean_of_three(w: _World) -> float:
        first, second, third = np.meshgrid(w.noise, w.noise, w.noise, indexing="ij")
        chances = np.einsum("i,j,k->ijk", *(w.noise_chances,) * 3)
        label = w.f + (first + second + third) / 3
        return float(
            np.sum(np.multiply.outer(chances, w.chances) * (label[..., None] - w.predictions) ** 2)
        )

    def error_of_two_models(w: _World) -> float:
        mixed = (w.predictions[:, None] + w.predictions[None, :]) / 2
        chances = np.multiply.outer(w.noise_chances, np.outer(w.chances, w.chances))
        return float(np.sum(chances * ((w.f + w.noise)[:, None, None] - mixed) ** 2))

    return Derivation(
        claim="At a fixed input, the expected squared error of a learner is its squared bias plus "
        "its variance plus the variance of the label.",
        given="An input $x$ is fixed and left out of the notation. The label is "
        "$y = f + \\varepsilon$ with $f = \\E[y \\given x]$, so $\\E[\\varepsilon] = 0$, and "
        "$\\sigma^2 = \\Var(\\varepsilon)$. The training set $D$ is drawn independently of "
        "$\\varepsilon$; $\\fhat$ is what the model fitted on $D$ says at $x$, and "
        "$\\bar f = \\E_D[\\fhat]$. $\\E$ without index is over both $D$ and $\\varepsilon$.",
        steps=(
            Step(
                goal="Write down the quantity you will take apart.",
                tex=r"\E\big[(y - \fhat)^2\big]",
                value=lambda w: _joint(w, (labels(w) - w.predictions[None, :]) ** 2),
                relation="start",
                reason="Two independent draws: a training set $D$, which fixes $\\fhat$, and a "
                "fresh label $y$ at the same input.",
                hints=(
                    "Which two things are random once $x$ is fixed?",
                    "The squared difference of label and prediction, averaged over both.",
                ),
            ),
            Step(
                goal="Bring in the truth $f$.",
                tex=r"\E\big[(\varepsilon + (f - \fhat))^2\big]",
                value=lambda w: _joint(w, (w.noise[:, None] + (w.f - w.predictions)[None, :]) ** 2),
                reason="Substitute $y = f + \\varepsilon$ and group: the label's part, then the "
                "model's part.",
                hints=(
                    "Replace $y$ by what it is made of.",
                    "Group so that one bracket depends on $\\varepsilon$ only, the other on $D$ "
                    "only.",
                ),
            ),
            Step(
                goal="Multiply out the square.",
                tex=r"\begin{aligned}&\E[\varepsilon^2] + \E\big[(f - \fhat)^2\big]\\"
                r"&\quad + 2\,\E\big[\varepsilon\,(f - \fhat)\big]\end{aligned}",
                value=lambda w: (
                    noise_squared(w) + _over_sets(w, (w.f - w.predictions) ** 2) + 2 * cross(w)
                ),
                reason="$(a+b)^2 = a^2 + b^2 + 2ab$ and expectation is linear. The first "
                "cross-term appears here.",
                hints=(
                    "It is $(a + b)^2$ under an expectation.",
                    "Three terms: two squares and twice a product.",
                ),
            ),
            Step(
                goal="Split the cross-term into two factors.",
                tex=r"\begin{aligned}&\E[\varepsilon^2] + \E\big[(f - \fhat)^2\big]\\"
                r"&\quad + 2\,\E[\varepsilon]\;\E_D\big[f - \fhat\big]\end{aligned}",
                value=lambda w: (
                    noise_squared(w)
                    + _over_sets(w, (w.f - w.predictions) ** 2)
                    + 2 * _over_noise(w, w.noise) * _over_sets(w, w.f - w.predictions)
                ),
                reason="Independence is used here and nowhere else: $\\varepsilon$ belongs to a "
                "fresh label, so it knows nothing of $D$, and the mean of the product is the "
                "product of the means. For a label out of $D$ this line is false.",
                hints=(
                    "What do you know about $\\varepsilon$ and $D$ together?",
                    "For independent variables, $\\E[uv] = \\E[u]\\,\\E[v]$.",
                ),
            ),
            Step(
                goal="Kill the cross-term and name the noise.",
                tex=r"\sigma^2 + \E_D\big[(f - \fhat)^2\big]",
                value=lambda w: (
                    _over_noise(w, (w.noise - _over_noise(w, w.noise)) ** 2)
                    + _over_sets(w, (w.f - w.predictions) ** 2)
                ),
                reason="$\\E[\\varepsilon] = 0$ because $f$ is the conditional mean of $y$; for "
                "the same reason $\\E[\\varepsilon^2] = \\Var(\\varepsilon) = \\sigma^2$.",
                hints=(
                    "One of the two factors is zero. Which, and why?",
                    "$f = \\E[y \\given x]$ makes $\\E[\\varepsilon]$ vanish.",
                ),
            ),
            Step(
                goal="Add and subtract the mean prediction.",
                tex=r"\sigma^2 + \E_D\big[\big((f - \bar f) + (\bar f - \fhat)\big)^2\big]",
                value=lambda w: (
                    noise_squared(w)
                    + _over_sets(w, ((w.f - mean(w)) + (mean(w) - w.predictions)) ** 2)
                ),
                reason="$\\bar f = \\E_D[\\fhat]$ is inserted with both signs, so nothing changes. "
                "Of all constants other than $f$ itself, it is the one that makes the next "
                "cross-term vanish.",
                hints=(
                    "Insert a constant that separates what all training sets share from what "
                    "differs between them.",
                    "Add and subtract $\\E_D[\\fhat]$.",
                ),
            ),
            Step(
                goal="Multiply out again, and take the constant out of the cross-term.",
                tex=r"\begin{aligned}&\sigma^2 + (f - \bar f)^2"
                r" + \E_D\big[(\bar f - \fhat)^2\big]\\"
                r"&\quad + 2\,(f - \bar f)\;\E_D\big[\bar f - \fhat\big]\end{aligned}",
                value=lambda w: (
                    noise_squared(w)
                    + (w.f - mean(w)) ** 2
                    + _over_sets(w, (mean(w) - w.predictions) ** 2)
                    + 2 * (w.f - mean(w)) * _over_sets(w, mean(w) - w.predictions)
                ),
                reason="$f - \\bar f$ does not depend on $D$, so it leaves the expectation, from "
                "its own square and from the product alike. No independence is needed here.",
                hints=(
                    "Which bracket is a number, the same for every $D$?",
                    "Constants leave an expectation: $\\E[c\\,u] = c\\,\\E[u]$.",
                ),
            ),
            Step(
                goal="Kill the second cross-term and name the three parts.",
                tex=r"\underbrace{(f - \bar f)^2}_{\text{bias}^2}"
                r" + \underbrace{\E_D\big[(\fhat - \bar f)^2\big]}_{\text{variance}}"
                r" + \underbrace{\sigma^2}_{\text{noise}}",
                value=lambda w: (
                    (w.f - mean(w)) ** 2
                    + (_over_sets(w, w.predictions**2) - mean(w) ** 2)
                    + (_over_noise(w, w.noise**2) - _over_noise(w, w.noise) ** 2)
                ),
                reason="$\\E_D[\\bar f - \\fhat] = \\bar f - \\bar f = 0$ by the definition of "
                "$\\bar f$: deviations from a mean average to zero.",
                hints=(
                    "What is the average deviation from an average?",
                    "$\\E_D[\\fhat] = \\bar f$, so the last factor is zero.",
                ),
            ),
        ),
        instances=_worlds(),
        wrong_moves=(
            WrongMove(
                line=2,
                tex=r"\E\big[(f - \fhat)^2\big]",
                why="This is the distance to the truth, which holds bias and variance only. The "
                "noise is in $y$: replacing $y$ by $f$ at the start loses $\\sigma^2$, and no "
                "later step can bring it back.",
                value=lambda w: _over_sets(w, (w.f - w.predictions) ** 2),
            ),
            WrongMove(
                line=6,
                tex=r"\sigma^2 + (f - \bar f)^2",
                why="The prediction was replaced by its mean inside a square. "
                "$\\E[u^2] = \\E[u]^2$ holds only when $u$ does not vary; what is lost is "
                "exactly the variance.",
                value=lambda w: noise_squared(w) + (w.f - mean(w)) ** 2,
            ),
            WrongMove(
                line=8,
                tex=r"(f - \bar f) + \E_D\big[(\fhat - \bar f)^2\big] + \sigma^2",
                why="Bias enters squared: it has the unit of $y$, while variance and noise have "
                "the unit of $y^2$. Checking units catches this on the spot.",
                value=lambda w: (
                    (w.f - mean(w))
                    + _over_sets(w, (w.predictions - mean(w)) ** 2)
                    + noise_squared(w)
                ),
            ),
            WrongMove(
                line=8,
                tex=r"(f - \bar f)^2 + \sqrt{\E_D\big[(\fhat - \bar f)^2\big]} + \sigma^2",
                why="A standard deviation is not a variance. Plots often show the spread as a "
                "standard deviation; the sum needs its square.",
                value=lambda w: (
                    (w.f - mean(w)) ** 2
                    + float(np.sqrt(_over_sets(w, (w.predictions - mean(w)) ** 2)))
                    + noise_squared(w)
                ),
            ),
        ),
        variants=(
            Variant(
                ask="The test label is now the mean of three labels, drawn independently at the "
                "same input. What is the expected squared error?",
                symbols=_PARTS,
                names=parts,
                value=error_on_mean_of_three,
                answer="b^2 + v + s^2/3",
                why="Lines 1 to 8 hold for any label with mean $f$ that is independent of $D$. The "
                r"mean of three has variance $\sigma^2/3$, and nothing else in the sum knows of "
                "the label.",
                wrong={
                    "(b^2 + v + s^2)/3": "Bias and variance belong to the model. It sees the same "
                    "training sets as before, and a better test label does not improve it.",
                    "b^2 + v/3 + s^2": "That is the average of three models. Here three labels "
                    "are averaged, and one model predicts.",
                    "b^2 + v + s^2/9": "The sum of three independent labels has variance "
                    r"$3\sigma^2$; dividing the sum by 3 divides its variance by 9.",
                },
            ),
            Variant(
                ask="The prediction is now the mean of two models, fitted on two training sets "
                "that are drawn independently. What is the expected squared error on a fresh "
                "label?",
                symbols=_PARTS,
                names=parts,
                value=error_of_two_models,
                answer="b^2 + v/2 + s^2",
                why="The mean prediction is still $\\bar f$, so the bias stays. The mean of two "
                "independent predictions has half the variance. Bagging imitates this, and "
                "gains less: its bootstrap samples come from one training set and share examples.",
                wrong={
                    "(b^2 + v)/2 + s^2": "Each of the two has the expectation $\\bar f$, so their "
                    "mean has it too. Averaging leaves the bias as it is.",
                    "b^2 + v/4 + s^2": "The 4 comes from $(1/2)^2$, and there are two variances "
                    "to add: $(v + v)/4$.",
                },
            ),
        ),
    )


# --- linear and kNN ---------------------------------------------------------------------------


class _Neighbors(NamedTuple):
    """True values at the k nearest inputs and at the test input, and a noise distribution."""

    values: Array
    f: float
    noise: Array
    chances: Array


def _neighborhoods() -> list[_Neighbors]:
    rng = np.random.default_rng(17)
    found = []
    for k, outcomes in ((1, 3), (2, 4), (3, 3), (4, 2)):
        chances = rng.dirichlet(np.ones(outcomes))
        noise = rng.normal(size=outcomes)
        found.append(
            _Neighbors(rng.normal(size=k), float(rng.normal()), noise - chances @ noise, chances)
        )
    return found


def _over_labels(w: _Neighbors) -> tuple[Array, Array]:
    """All ways in which k labels can draw their noise (rows), and the chance of each."""
    k = w.values.size
    draws = np.array(list(product(range(w.noise.size), repeat=k)))
    return w.noise[draws], np.prod(w.chances[draws], axis=1)


def knn_error() -> Derivation:
    """The error of k nearest neighbors has a variance of sigma squared over k."""

    def variance(w: _Neighbors) -> float:
        return float(w.chances @ w.noise**2)

    def pair(w: _Neighbors) -> float:
        noise, chances = _over_labels(w)
        return float(chances @ noise.sum(axis=1) ** 2) / w.values.size**2

    def nearest(w: _Neighbors) -> dict[str, float]:
        return {
            "b": w.values[0] - w.values.mean(),
            "s": float(np.sqrt(variance(w))),
            "k": w.values.size,
        }

    def error_on_own_label(w: _Neighbors) -> float:
        noise, chances = _over_labels(w)
        labels = w.values + noise
        return float(chances @ (labels[:, 0] - labels.mean(axis=1)) ** 2)

    return Derivation(
        claim="With fixed training inputs, the expected squared distance of a $k$-nearest-neighbor "
        "prediction from the truth is $\\big(f(x) - \\tfrac1k\\sum_j f(x_{(j)})\\big)^2 + "
        "\\sigma^2/k$.",
        given="The $k$ nearest training inputs of $x$ are $x_{(1)}, \\dots, x_{(k)}$, their labels "
        "$y_{(j)} = f(x_{(j)}) + \\varepsilon_j$ with independent noises of mean zero and variance "
        "$\\sigma^2$. The prediction is $\\fhat = \\tfrac1k \\sum_j y_{(j)}$; write $f$ for $f(x)$ "
        "and $f_j$ for $f(x_{(j)})$.",
        steps=(
            Step(
                goal="Write down the expected squared distance from the truth.",
                tex=r"\E\Big[\Big(f - \frac1k\sum_{j=1}^k y_{(j)}\Big)^2\Big]",
                value=lambda w: float(
                    _over_labels(w)[1] @ (w.f - (w.values + _over_labels(w)[0]).mean(axis=1)) ** 2
                ),
                relation="start",
                reason="The inputs are fixed, so the noises of the $k$ labels are all that is "
                "random.",
                hints=("What does the model predict?", "A mean of $k$ labels, compared with $f$."),
            ),
            Step(
                goal="Separate what is fixed from what is random.",
                tex=r"\E\Big[\Big(\Big(f - \frac1k\sum_j f_j\Big)"
                r" - \frac1k\sum_j \varepsilon_j\Big)^2\Big]",
                value=lambda w: float(
                    _over_labels(w)[1]
                    @ ((w.f - w.values.mean()) - _over_labels(w)[0].mean(axis=1)) ** 2
                ),
                reason="Each label is truth plus noise, and a mean of sums is a sum of means.",
                hints=(
                    "Replace each label by truth plus noise.",
                    "Group: a constant, minus a mean of noises.",
                ),
            ),
            Step(
                goal="Expand the square and drop the cross-term.",
                tex=r"\Big(f - \frac1k\sum_j f_j\Big)^2"
                r" + \frac1{k^2}\,\E\Big[\Big(\sum_j \varepsilon_j\Big)^2\Big]",
                value=lambda w: (w.f - w.values.mean()) ** 2 + pair(w),
                reason="The first bracket is a constant $c$; the cross-term "
                "$-2c\\,\\E[\\tfrac1k\\sum_j\\varepsilon_j]$ is zero because each noise has mean "
                "zero.",
                hints=(
                    "One bracket is a constant.",
                    "The mean of the noises has expectation zero.",
                ),
            ),
            Step(
                goal="Write the square of the sum as a double sum.",
                tex=r"\Big(f - \frac1k\sum_j f_j\Big)^2"
                r" + \frac1{k^2}\sum_{i,j}\E[\varepsilon_i\varepsilon_j]",
                value=lambda w: (
                    (w.f - w.values.mean()) ** 2
                    + sum(
                        float(
                            _over_labels(w)[1]
                            @ (_over_labels(w)[0][:, i] * _over_labels(w)[0][:, j])
                        )
                        for i in range(w.values.size)
                        for j in range(w.values.size)
                    )
                    / w.values.size**2
                ),
                reason="$\\big(\\sum_j \\varepsilon_j\\big)^2$ has $k^2$ products, and expectation "
                "is linear.",
                hints=("How many products has the square of a sum?", "$k^2$ of them: all pairs."),
            ),
            Step(
                goal="Use independence, and count what is left.",
                tex=r"\underbrace{\Big(f - \frac1k\sum_j f_j\Big)^2}_{\text{bias}^2}"
                r" + \underbrace{\frac{\sigma^2}{k}}_{\text{variance}}",
                value=lambda w: (w.f - w.values.mean()) ** 2 + variance(w) / w.values.size,
                reason="For $i \\ne j$ independence gives $\\E[\\varepsilon_i\\varepsilon_j] = 0$; "
                "the $k$ terms with $i = j$ are $\\sigma^2$ each, so the sum is "
                "$k\\sigma^2/k^2$.",
                hints=(
                    "Which of the $k^2$ terms survive?",
                    "$k$ diagonal terms of $\\sigma^2$, divided by $k^2$.",
                ),
            ),
        ),
        instances=_neighborhoods(),
        wrong_moves=(
            WrongMove(
                line=5,
                tex=r"\Big(f - \frac1k\sum_j f_j\Big)^2 + \sigma^2",
                why="The noise of one label was kept whole. Averaging $k$ independent labels "
                "divides its variance by $k$; that is what the neighbors are for.",
                value=lambda w: (w.f - w.values.mean()) ** 2 + float(w.chances @ w.noise**2) * 1.0,
            ),
            WrongMove(
                line=5,
                tex=r"\Big(f - \frac1k\sum_j f_j\Big)^2 + \frac{\sigma^2}{k^2}",
                why="The factor $1/k^2$ stands before a sum of $k$ terms. Forgetting the sum "
                "makes averages look far better than they are.",
                value=lambda w: (w.f - w.values.mean()) ** 2 + variance(w) / w.values.size**2,
            ),
        ),
        variants=(
            Variant(
                ask="The input $x$ is now the training input $x_{(1)}$ itself, and the prediction "
                "is held against its own training label $y_{(1)}$, which is one of the $k$ labels "
                "averaged. What is the expected squared difference?",
                symbols={
                    "b": "$f - \\tfrac1k\\sum_j f_j$, here with $f = f_1$",
                    "s": "the standard deviation of a label, $\\sigma$",
                    "k": "the number of neighbors, $k$",
                },
                names=nearest,
                value=error_on_own_label,
                answer="b^2 + s^2 (1 - 1/k)",
                why="Lines 1 to 3 go the same way with $\\varepsilon_1 - \\tfrac1k\\sum_j"
                "\\varepsilon_j$ in place of $-\\tfrac1k\\sum_j\\varepsilon_j$. Its variance is "
                "$\\sigma^2(1 - 2/k + 1/k)$: the label shares noise with the prediction. At "
                "$k = 1$ the training error is zero, whatever the noise.",
                wrong={
                    "b^2 + s^2 (1 + 1/k)": "This is the error on a fresh label, whose noise is "
                    "independent of the prediction. Here $\\varepsilon_1$ is in both, and the "
                    "covariance $\\sigma^2/k$ is taken off twice.",
                    "b^2 + s^2/k": "This is the distance from the truth. The label that is "
                    "compared has noise of its own.",
                    "b^2 + s^2 (1 - 1/k)^2": "$(1 - 1/k)^2$ is the square of the factor of "
                    "$\\varepsilon_1$ alone. The other $k - 1$ noises are in the prediction too, "
                    "and add $(k-1)\\sigma^2/k^2$.",
                },
            ),
        ),
    )


_SIZES = {
    "s": "the standard deviation of a label, $\\sigma$",
    "p": "the number of parameters, $p$",
    "n": "the number of examples, $n$",
}


def linear_variance() -> Derivation:
    """The average variance of a least-squares fit at its inputs is p sigma squared over n."""
    designs = [
        (np.random.default_rng(seed).normal(size=(n, p)), 0.5 + seed)
        for seed, (n, p) in enumerate(((6, 2), (9, 4), (12, 1), (10, 7)))
    ]

    def hat(X: Array) -> Array:
        return np.asarray(X @ np.linalg.inv(X.T @ X) @ X.T)

    def sizes(w: tuple[Array, float]) -> dict[str, float]:
        return {"n": w[0].shape[0], "p": w[0].shape[1], "s": float(np.sqrt(w[1]))}

    def training_error(w: tuple[Array, float]) -> float:
        """Over all noises of plus or minus sigma, around a truth that the model can express."""
        X = w[0]
        signs = np.array(list(product((-1.0, 1.0), repeat=len(X))))
        labels = (X.sum(axis=1) + np.sqrt(w[1]) * signs).T  # (inputs, label vectors)
        return float(np.mean((labels - X @ np.linalg.lstsq(X, labels)[0]) ** 2))

    def variance_of_ridge(w: tuple[Array, float]) -> float:
        d = 1.7
        X = d * np.linalg.qr(w[0])[0]  # all singular values are d
        rows = X @ np.linalg.inv(X.T @ X + d**2 * np.eye(X.shape[1])) @ X.T
        return float(np.mean([row @ (w[1] * np.eye(len(row))) @ row for row in rows]))

    return Derivation(
        claim="Averaged over the training inputs, the variance of a least-squares fit with $p$ "
        "parameters is $p\\sigma^2/n$, whatever the inputs are.",
        given="$X$ is $(n, p)$ with independent columns and held fixed, $y = f + \\varepsilon$ "
        "with $\\Cov(\\varepsilon) = \\sigma^2 I$, and the fitted values are $\\yhat = Hy$ with "
        "$H = X(X\\T X)^{-1}X\\T$.",
        steps=(
            Step(
                goal="Write the average variance of the fitted values.",
                tex=r"\frac1n\sum_{i=1}^n \Var(\yhat_i)",
                value=lambda w: float(
                    np.mean([row @ (w[1] * np.eye(len(row))) @ row for row in hat(w[0])])
                ),
                relation="start",
                reason="$\\yhat_i = h_i\\T y$ with $h_i$ the $i$-th row of $H$, so "
                "$\\Var(\\yhat_i) = h_i\\T \\Cov(y)\\, h_i$.",
                hints=("Fitted values are linear in $y$.", "One variance for each row of $H$."),
            ),
            Step(
                goal="Write it as the trace of a covariance matrix.",
                tex=r"\frac1n \tr\big(H\,\sigma^2 I\,H\T\big)",
                value=lambda w: float(
                    np.trace(hat(w[0]) @ (w[1] * np.eye(len(w[0]))) @ hat(w[0]).T) / len(w[0])
                ),
                reason="$\\Cov(Hy) = H\\Cov(y)H\\T$, and the variances stand on its diagonal.",
                hints=("What is $\\Cov(Hy)$?", "Variances are the diagonal; their sum is a trace."),
            ),
            Step(
                goal="Use what makes $H$ a projection.",
                tex=r"\frac{\sigma^2}{n}\tr(H)",
                value=lambda w: w[1] / len(w[0]) * float(np.trace(hat(w[0]))),
                reason="$H\\T = H$ and $HH = H$: projecting twice is projecting once.",
                hints=("What is $HH\\T$?", "$H$ is symmetric and idempotent."),
            ),
            Step(
                goal="Rotate the factors under the trace.",
                tex=r"\frac{\sigma^2}{n}\tr\big((X\T X)^{-1}X\T X\big)",
                value=lambda w: (
                    w[1]
                    / len(w[0])
                    * float(np.trace(np.linalg.inv(w[0].T @ w[0]) @ (w[0].T @ w[0])))
                ),
                reason="$\\tr(AB) = \\tr(BA)$ moves the first $X$ to the end.",
                hints=("A trace allows cyclic moves.", "Bring $X$ from the front to the back."),
            ),
            Step(
                goal="Count the parameters.",
                tex=r"\frac{p\,\sigma^2}{n}",
                value=lambda w: w[0].shape[1] * w[1] / w[0].shape[0],
                reason="What stands under the trace is the $p \\times p$ identity. The inputs have "
                "disappeared: no design has a smaller average variance.",
                hints=("What is a matrix times its inverse?", "The trace of $I_p$ is $p$."),
            ),
        ),
        instances=designs,
        wrong_moves=(
            WrongMove(
                line=3,
                tex=r"\frac{\sigma^2}{n}\sum_{i,j} H_{ij}",
                why="A trace sums the diagonal, not all entries. The sum of all entries depends on "
                "the design and is no count of anything.",
                value=lambda w: w[1] / len(w[0]) * float(hat(w[0]).sum()),
            ),
            WrongMove(
                line=5,
                tex=r"\sigma^2",
                why="The trace of $(X\\T X)^{-1}X\\T X$ is the trace of a $p \\times p$ identity, "
                "not of an $n \\times n$ one. It would be $\\sigma^2$ at $p = n$, where the fit "
                "copies its labels.",
                value=lambda w: float(w[1]),
            ),
        ),
        variants=(
            Variant(
                ask="The truth is linear: $f = Xw$ for some $w$. What is the expected training "
                "error $\\E\\big[\\tfrac1n\\norm{y - \\yhat}^2\\big]$?",
                symbols=_SIZES,
                names=sizes,
                value=training_error,
                answer="s^2 (1 - p/n)",
                why="The residual is $(I - H)\\varepsilon$, since $(I - H)Xw = 0$, and has mean "
                "zero. $I - H$ is a projection as $H$ is, so lines 1 to 3 hold with $I - H$ in "
                "place of $H$, and lines 4 and 5 give its trace, $n - p$. That is why "
                "$\\norm{y - \\yhat}^2$ is divided by $n - p$ to estimate $\\sigma^2$.",
                wrong={
                    "s^2": "This is the error of the true weights on the same labels. The fitted "
                    "weights have moved toward these labels and fit them better.",
                    "s^2 (1 + p/n)": "This is the error on fresh labels at the same inputs, where "
                    "the variance of the fit adds to the noise. On its own labels the fit takes "
                    "that much away.",
                    "s^2 (1 - p/n)^2": "A projection applied twice is the same projection, so the "
                    "trace of $(I - H)(I - H)\\T$ is $n - p$, with no square.",
                },
            ),
            Variant(
                ask="All singular values of $X$ are equal to $d$, and ridge with "
                "$\\lambda = d^2$ replaces least squares: "
                "$H = X(X\\T X + \\lambda I)^{-1}X\\T$. What is the average variance of the "
                "fitted values?",
                symbols=_SIZES,
                names=sizes,
                value=variance_of_ridge,
                answer="p s^2/(4n)",
                why="$H$ shrinks each of $p$ directions by $d^2/(d^2 + \\lambda) = 1/2$. Lines 1 "
                "and 2 hold; line 3 does not, because this $H$ is no projection. "
                "$\\tr(HH\\T) = p/4$ stays.",
                wrong={
                    "p s^2/(2n)": "$\\tr(H) = p/2$ counts the degrees of freedom. The variance "
                    "needs $\\tr(HH\\T)$, and line 3, which makes the two equal, needs "
                    "$HH = H$.",
                    "p s^2/n": "Ridge has as many weights as least squares, but they move less "
                    "when the labels move.",
                },
            ),
        ),
    )


# --- classification ---------------------------------------------------------------------------


class _Vote(NamedTuple):
    """The true chance of label 1, and a distribution of labels that fits predict."""

    p: float
    estimates: Array
    chances: Array


def _votes() -> list[_Vote]:
    rng = np.random.default_rng(27)
    return [
        _Vote(p, rng.uniform(size=size), rng.dirichlet(np.ones(size)))
        for p, size in ((0.9, 4), (0.2, 5), (0.65, 3), (0.4, 6))
    ]


def zero_one() -> Derivation:
    """The 0-1 error is the best possible error plus a product."""

    def label(v: _Vote) -> Array:
        return (v.estimates > 0.5).astype(float)

    def best(v: _Vote) -> float:
        return float(v.p > 0.5)

    def differs(v: _Vote) -> float:
        return float(v.chances @ (label(v) != best(v)))

    def error_of_a_draw(v: _Vote) -> float:
        coin = {1.0: v.p, 0.0: 1 - v.p}
        return sum(coin[said] * coin[y] for said in coin for y in coin if said != y)

    def error_of_three(v: _Vote) -> float:
        error = 0.0
        for voters in product(range(v.chances.size), repeat=3):
            said = float(np.median(label(v)[list(voters)]))
            error += float(np.prod(v.chances[list(voters)])) * (1 - v.p if said else v.p)
        return error

    return Derivation(
        claim="At a fixed input, the expected 0-1 error is the best possible error plus "
        "$\\abs{2p - 1}$ times the chance that a fitted classifier disagrees with the best "
        "possible one. Nothing is added up as bias and variance are.",
        given="$p = \\Prob(y = 1 \\given x)$, $y^\\star = \\1\\{p > 1/2\\}$ is the best possible "
        "label and $\\yhat$ the label of the classifier fitted on a random training set, "
        "independent of $y$.",
        steps=(
            Step(
                goal="Write the expected 0-1 error.",
                tex=r"\Prob(\yhat \ne y)",
                value=lambda v: sum(
                    (v.p if y else 1 - v.p) * float(c) * float(said != y)
                    for y in (0.0, 1.0)
                    for said, c in zip(label(v), v.chances, strict=True)
                ),
                relation="start",
                reason="Over a fresh label and a random training set.",
                hints=("What is counted?", "The chance that prediction and label differ."),
            ),
            Step(
                goal="Split by whether the classifier agrees with the best possible label.",
                tex=r"\begin{aligned}&\Prob(\yhat = y^\star)\,\Prob(y \ne y^\star)\\"
                r"&\quad + \Prob(\yhat \ne y^\star)\,\Prob(y = y^\star)\end{aligned}",
                value=lambda v: (
                    float(v.chances @ (label(v) == best(v))) * (1 - v.p if best(v) else v.p)
                    + differs(v) * (v.p if best(v) else 1 - v.p)
                ),
                reason="With two classes, whoever disagrees with $y^\\star$ says the other label, "
                "and is right exactly when $y^\\star$ is wrong. Training set and label are "
                "independent, so chances multiply.",
                hints=(
                    "Two cases: $\\yhat$ equals $y^\\star$, or it does not.",
                    "If it does not, it errs when $y = y^\\star$.",
                ),
            ),
            Step(
                goal="Collect the chance of disagreement.",
                tex=r"\begin{aligned}&\Prob(y \ne y^\star)\\"
                r"&\quad + \Prob(\yhat \ne y^\star)\big(1 - 2\Prob(y \ne y^\star)\big)"
                r"\end{aligned}",
                value=lambda v: min(v.p, 1 - v.p) + differs(v) * (1 - 2 * min(v.p, 1 - v.p)),
                reason="Replace $\\Prob(\\yhat = y^\\star)$ by one minus its opposite, and "
                "$\\Prob(y = y^\\star)$ likewise.",
                hints=(
                    "Both agreements are one minus a disagreement.",
                    "Sort by $\\Prob(\\yhat \\ne y^\\star)$.",
                ),
            ),
            Step(
                goal="Name the parts.",
                tex=r"\underbrace{\min(p, 1-p)}_{\text{noise}}"
                r" + \abs{2p - 1}\;\Prob(\yhat \ne y^\star)",
                value=lambda v: (
                    (1 - abs(2 * v.p - 1)) / 2
                    + abs(2 * v.p - 1) * (1 - float(v.chances @ (label(v) == best(v))))
                ),
                reason="The best label errs with chance $\\min(p, 1-p)$, and "
                "$1 - 2\\min(p, 1-p) = \\abs{2p-1}$.",
                hints=(
                    "How often is the best possible label wrong?",
                    "$1 - 2\\min(p, 1-p) = \\abs{2p - 1}$.",
                ),
            ),
        ),
        instances=_votes(),
        wrong_moves=(
            WrongMove(
                line=4,
                tex=r"\min(p, 1-p) + \Prob(\yhat \ne y^\star)",
                why="Disagreeing with the best label is not always an error: the best label is "
                "itself wrong at times. The excess is discounted by $\\abs{2p-1}$, which is zero "
                "where the label is a coin flip.",
                value=lambda v: min(v.p, 1 - v.p) + differs(v),
            ),
            WrongMove(
                line=4,
                tex=r"\begin{aligned}&\min(p,1-p) + (p - \E[\hat p])^2\\&\quad + \Var(\hat p)"
                r"\end{aligned}",
                why="This adds the squared-error terms of the estimated chance to the 0-1 noise. "
                "0-1 error depends on which side of one half the estimate falls, and on nothing "
                "else.",
                value=lambda v: (
                    min(v.p, 1 - v.p)
                    + (v.p - float(v.chances @ v.estimates)) ** 2
                    + float(v.chances @ v.estimates**2)
                    - float(v.chances @ v.estimates) ** 2
                ),
            ),
        ),
        variants=(
            Variant(
                ask="The classifier knows $p$ and does not threshold it: it says 1 with chance "
                "$p$ and 0 otherwise, by a coin of its own. What is its expected 0-1 error?",
                symbols={"p": "the chance of label 1, $p$"},
                names=lambda v: {"p": v.p},
                value=error_of_a_draw,
                answer="2p(1-p)",
                why="Line 4 holds with $\\Prob(\\yhat \\ne y^\\star) = \\min(p, 1-p)$: "
                "drawing disagrees with the best label as often as the label itself does. With "
                "$m = \\min(p, 1-p)$ it reads $m + (1 - 2m)\\,m = 2m(1-m)$. It is at most twice "
                "the best error, and one nearest neighbor comes to it as the data grow without "
                "end (Cover and Hart, 1967).",
                wrong={
                    "min(p, 1-p)": "This is the error of saying the likelier label each "
                    "time. A rule that draws says the other one at times, however exact its "
                    "chances are.",
                    "p(1-p)": "This is one of two ways to differ: the classifier says 1 and the "
                    "label is 0. The other way is as likely.",
                    "p^2 + (1-p)^2": "This is the chance that the two coins agree, the accuracy.",
                },
            ),
            Variant(
                ask="Three classifiers, fitted on three independent training sets, vote, and the "
                "majority is the prediction. Each disagrees with $y^\\star$ with chance $q$. What "
                "is the expected 0-1 error? (`min`, `max` and `abs` can be used.)",
                symbols={
                    "p": "the chance of label 1, $p$",
                    "q": "the chance that one classifier disagrees, $\\Prob(\\yhat \\ne y^\\star)$",
                },
                names=lambda v: {"p": v.p, "q": differs(v)},
                value=error_of_three,
                answer="min(p, 1-p) + abs(2p-1) (3q^2 - 2q^3)",
                why="Line 4 holds for any prediction; only its last factor is new. The majority "
                "disagrees when two of three do, $3q^2(1-q)$, or all three, $q^3$. Below "
                "$q = 1/2$ the vote helps, above it the vote makes things worse.",
                wrong={
                    "min(p, 1-p) + abs(2p-1) q/3": "A third is what averaging three numbers does "
                    "to a variance. A vote changes the chance of being on the wrong side, and "
                    "that does not fall as $1/3$.",
                    "min(p, 1-p) + abs(2p-1) q^3": "The majority is already wrong when two of the "
                    "three disagree with $y^\\star$.",
                    "3q^2 - 2q^3": "This is how often the vote disagrees with the best label. The "
                    "best label has errors of its own, and some disagreements hit by luck.",
                },
            ),
        ),
    )


def log_loss() -> Derivation:
    """The expected log loss is an entropy plus two Kullback-Leibler divergences."""
    rng = np.random.default_rng(37)
    cases = [
        (
            rng.dirichlet(np.ones(classes)),
            rng.dirichlet(np.ones(classes), size=sets),
            rng.dirichlet(np.ones(sets)),
        )
        for classes, sets in ((2, 3), (3, 4), (4, 2), (3, 6))
    ]

    def center(case: tuple[Array, Array, Array]) -> Array:
        _, q, chances = case
        geometric = np.exp(chances @ np.log(q))
        return np.asarray(geometric / geometric.sum())

    def log_total(case: tuple[Array, Array, Array]) -> float:
        _, q, chances = case
        return float(np.log(np.sum(np.exp(chances @ np.log(q)))))

    def parts(case: tuple[Array, Array, Array]) -> dict[str, float]:
        p, q, chances = case
        overlap = np.sum(np.sqrt(q[:, None] * q[None, :]), axis=2)  # (sets, sets)
        return {
            "h": float(-np.sum(p * np.log(p))),
            "b": float(np.sum(p * np.log(p / center(case)))),
            "v": float(chances @ np.sum(center(case) * np.log(center(case) / q), axis=1)),
            "d": float(-np.sum(np.outer(chances, chances) * np.log(overlap))),
        }

    def loss_of_two(case: tuple[Array, Array, Array]) -> float:
        p, q, chances = case
        loss = 0.0
        for i, j in product(range(chances.size), repeat=2):
            logits = (np.log(q[i]) + np.log(q[j])) / 2
            both = np.exp(logits) / np.sum(np.exp(logits))
            loss -= float(chances[i] * chances[j] * (p @ np.log(both)))
        return loss

    return Derivation(
        claim="The expected log loss splits into noise (the entropy of the label), bias (the "
        "divergence of the center from the truth) and variance (the mean divergence of the fits "
        "from their center). The center is the normalized geometric mean.",
        given="$p$ holds the true class chances at a fixed input, $q$ those of the model fitted on "
        "a random training set. $\\log g_c = \\E_D[\\log q_c]$, $Z = \\sum_c g_c$, and the center "
        "is $\\bar q = g/Z$.",
        steps=(
            Step(
                goal="Write the expected log loss.",
                tex=r"\E_D\Big[-\sum_c p_c \log q_c\Big]",
                value=lambda w: float(-np.sum(np.outer(w[2], w[0]) * np.log(w[1]))),
                relation="start",
                reason="Over a fresh label with chances $p$ and a random training set.",
                hints=("The loss of a label $c$ is $-\\log q_c$.", "Average over labels and sets."),
            ),
            Step(
                goal="Bring in the center.",
                tex=r"-\sum_c p_c \log \bar q_c - \log Z",
                value=lambda w: float(-np.sum(w[0] * np.log(center(w))) - log_total(w)),
                reason="$\\E_D[\\log q_c] = \\log g_c = \\log \\bar q_c + \\log Z$ by the "
                "definition of the center, and $\\sum_c p_c = 1$.",
                hints=(
                    "Take the expectation inside: it acts on $\\log q_c$ alone.",
                    "$\\log g_c = \\log\\bar q_c + \\log Z$.",
                ),
            ),
            Step(
                goal="Recognize $-\\log Z$ as a mean divergence.",
                tex=r"-\sum_c p_c \log \bar q_c + \E_D\big[\KL(\bar q \,\|\, q)\big]",
                value=lambda w: float(
                    -np.sum(w[0] * np.log(center(w)))
                    + sum(
                        c * np.sum(center(w) * np.log(center(w) / q))
                        for q, c in zip(w[1], w[2], strict=True)
                    )
                ),
                reason="$\\E_D[\\KL(\\bar q\\,\\|\\,q)] = \\sum_c \\bar q_c(\\log\\bar q_c - "
                "\\log g_c) = \\sum_c \\bar q_c\\,(-\\log Z) = -\\log Z$.",
                hints=(
                    "Compute the mean divergence of the fits from the center.",
                    "$\\log \\bar q_c - \\log g_c$ is the same for every class.",
                ),
            ),
            Step(
                goal="Split off the entropy.",
                tex=r"\begin{aligned}&\underbrace{H(p)}_{\text{noise}}"
                r" + \underbrace{\KL(p \,\|\, \bar q)}_{\text{bias}}\\"
                r"&\quad + \underbrace{\E_D[\KL(\bar q \,\|\, q)]}_{\text{variance}}\end{aligned}",
                value=lambda w: float(
                    -np.sum(w[0] * np.log(w[0]))
                    + np.sum(w[0] * np.log(w[0] / center(w)))
                    + w[2] @ np.sum(center(w) * (np.log(center(w)) - np.log(w[1])), axis=1)
                ),
                reason="Cross-entropy is entropy plus divergence: "
                "$-\\sum_c p_c\\log\\bar q_c = H(p) + \\KL(p\\,\\|\\,\\bar q)$.",
                hints=(
                    "Add and subtract $\\sum_c p_c \\log p_c$.",
                    "Cross-entropy = entropy + divergence.",
                ),
            ),
        ),
        instances=cases,
        wrong_moves=(
            WrongMove(
                line=4,
                tex=r"\begin{aligned}&H(p) + \KL(p\,\|\,\E_D[q])\\"
                r"&\quad + \E_D[\KL(\E_D[q]\,\|\,q)]\end{aligned}",
                why="The arithmetic mean is the center for squared error. For the log loss the "
                "terms add up only around the geometric mean, the center that the loss itself "
                "defines.",
                value=lambda w: float(
                    -np.sum(w[0] * np.log(w[0]))
                    + np.sum(w[0] * np.log(w[0] / (w[2] @ w[1])))
                    + w[2] @ np.sum((w[2] @ w[1]) * np.log((w[2] @ w[1]) / w[1]), axis=1)
                ),
            ),
        ),
        variants=(
            Variant(
                ask="Two models, fitted on two independent training sets, are combined: their log "
                "chances are averaged, and the exponentials are divided by their sum, "
                "$\\tilde q_c \\propto \\sqrt{q_c q_c'}$. What is the expected log loss?",
                symbols={
                    "h": "the noise, $H(p)$",
                    "b": "the bias, $\\KL(p \\,\\|\\, \\bar q)$",
                    "v": "the variance, $\\E_D[\\KL(\\bar q \\,\\|\\, q)]$",
                    "d": "the mean of $-\\log\\sum_c\\sqrt{q_c q_c'}$ over two independent "
                    "training sets",
                },
                names=parts,
                value=loss_of_two,
                answer="h + b + v - d",
                why="Averaging log chances leaves $\\E[\\log q_c]$ as it is, so noise, bias and "
                "variance enter as in line 4. All the gain is in dividing by the sum, which is at "
                "most 1: it adds $\\log\\sum_c\\sqrt{q_c q_c'} \\le 0$, which is further "
                "below zero the more the two models differ.",
                wrong={
                    "h + b + v/2": "Half the variance is the law for the mean of two numbers under "
                    "squared error. A divergence is not quadratic, and it halves only "
                    "approximately, when the two models are close.",
                    "h + b + v": "This would be the loss of the averaged log chances before the "
                    "exponentials are divided by their sum, which is at most 1.",
                    "h + b": "The variance is gone only when all training sets are averaged; two "
                    "models still vary.",
                },
            ),
        ),
    )


# --- optimism ---------------------------------------------------------------------------------


class _Fit(NamedTuple):
    """A truth at n fixed inputs, a noise distribution and any fitting rule."""

    f: Array
    noise: Array
    chances: Array
    rule: Callable[[Array], Array]


def _fits() -> list[_Fit]:
    rng = np.random.default_rng(47)
    found = []
    X = rng.normal(size=(4, 2))
    hat = X @ np.linalg.pinv(X)
    rules: tuple[Callable[[Array], Array], ...] = (
        lambda y: y @ hat,
        lambda y: np.repeat(y.mean(axis=1, keepdims=True), 4, axis=1),
        lambda y: np.sign(y) * np.maximum(np.abs(y) - 0.5, 0),  # not linear in y
        lambda y: np.maximum(y, 0) ** 1.5,  # not linear in y
    )
    for rule, outcomes in zip(rules, (2, 3, 4, 3), strict=True):
        chances = rng.dirichlet(np.ones(outcomes))
        noise = rng.normal(size=outcomes)
        found.append(_Fit(rng.normal(size=4), noise - chances @ noise, chances, rule))
    return found


def _all_labels(w: _Fit) -> tuple[Array, Array, Array]:
    """Every vector of four labels, the fitted values on it, and its chance."""
    draws = np.array(list(product(range(w.noise.size), repeat=w.f.size)))
    labels = w.f + w.noise[draws]
    return labels, w.rule(labels), np.prod(w.chances[draws], axis=1)


_MEAN_COVARIANCE = "the mean covariance, $\\tfrac1n\\sum_i\\Cov(\\yhat_i, y_i)$"


def optimism() -> Derivation:
    """The optimism of the training error is twice the mean covariance of fit and label."""

    def mean(w: _Fit, per_input: Array) -> Array:
        return np.asarray(_all_labels(w)[2] @ per_input)

    def new_error(w: _Fit) -> float:
        _, fitted, chances = _all_labels(w)
        new = (w.f + w.noise[:, None])[:, None, :]  # (outcomes, 1, inputs)
        squared = w.chances @ np.swapaxes((new - fitted) ** 2, 0, 1)  # (label vectors, inputs)
        return float(np.mean(chances @ squared))

    def training_error(w: _Fit) -> float:
        labels, fitted, _ = _all_labels(w)
        return float(np.mean(mean(w, (labels - fitted) ** 2)))

    def covariance(w: _Fit) -> float:
        labels, fitted, _ = _all_labels(w)
        return float(np.mean(mean(w, labels * fitted) - mean(w, labels) * mean(w, fitted)))

    return Derivation(
        claim="Training error falls short of the error on new labels at the same inputs by "
        "$\\tfrac2n\\sum_i \\Cov(\\yhat_i, y_i)$, for any fitting rule.",
        given="The inputs $x_1, \\dots, x_n$ are fixed, $y_i = f_i + \\varepsilon_i$ with "
        "independent noises of mean zero; $y_i^0$ is a second label at $x_i$, independent of "
        "the first and distributed alike. $\\yhat_i$ is fitted on $y_1, \\dots, y_n$ by any rule.",
        steps=(
            Step(
                goal="Write the optimism: error on new labels minus training error.",
                tex=r"\frac1n\sum_i \E\big[(y_i^0 - \yhat_i)^2\big]"
                r" - \frac1n\sum_i \E\big[(y_i - \yhat_i)^2\big]",
                value=lambda w: (
                    new_error(w)
                    - float(np.mean(mean(w, (_all_labels(w)[0] - _all_labels(w)[1]) ** 2)))
                ),
                relation="start",
                reason="The same fitted values, held against fresh labels and against the labels "
                "they were fitted on.",
                hints=("Two errors at the same inputs.", "New labels minus old labels."),
            ),
            Step(
                goal="Multiply out both squares.",
                tex=r"\begin{aligned}\frac1n\sum_i \Big(&\E[(y_i^0)^2] - \E[y_i^2]\\"
                r"&- 2\,\E[y_i^0\yhat_i] + 2\,\E[y_i\yhat_i]\Big)\end{aligned}",
                value=lambda w: float(
                    np.mean(
                        (w.f**2 + w.chances @ w.noise**2)
                        - mean(w, _all_labels(w)[0] ** 2)
                        - 2
                        * sum(
                            c * mean(w, (w.f + e) * _all_labels(w)[1])
                            for e, c in zip(w.noise, w.chances, strict=True)
                        )
                        + 2 * mean(w, _all_labels(w)[0] * _all_labels(w)[1])
                    )
                ),
                reason="$\\E[\\yhat_i^2]$ stands in both and cancels.",
                hints=("$(a-b)^2 = a^2 - 2ab + b^2$, twice.", "Which term stands in both squares?"),
            ),
            Step(
                goal="Cancel what has equal distribution.",
                tex=r"\frac2n\sum_i \Big(\E[y_i\yhat_i] - \E[y_i^0\yhat_i]\Big)",
                value=lambda w: float(
                    2
                    * np.mean(
                        mean(w, _all_labels(w)[0] * _all_labels(w)[1])
                        - w.chances
                        @ np.array([mean(w, (w.f + e) * _all_labels(w)[1]) for e in w.noise])
                    )
                ),
                reason="$y_i^0$ and $y_i$ have the same distribution, so their second moments are "
                "equal.",
                hints=("Compare $\\E[(y_i^0)^2]$ with $\\E[y_i^2]$.", "Old and new are alike."),
            ),
            Step(
                goal="Use that the new label is independent of the fit.",
                tex=r"\frac2n\sum_i \Big(\E[y_i\yhat_i] - \E[y_i]\,\E[\yhat_i]\Big)",
                value=lambda w: float(
                    2
                    * np.mean(
                        mean(w, _all_labels(w)[0] * _all_labels(w)[1])
                        - mean(w, _all_labels(w)[0]) * mean(w, _all_labels(w)[1])
                    )
                ),
                reason="The fit has not seen $y_i^0$, so the mean of the product is the product of "
                "the means; and $\\E[y_i^0] = \\E[y_i]$.",
                hints=(
                    "Which of the two products may be split?",
                    "$y_i^0$ is independent of $\\yhat_i$.",
                ),
            ),
            Step(
                goal="Name it.",
                tex=r"\frac2n\sum_{i=1}^n \Cov(\yhat_i, y_i)",
                value=lambda w: float(
                    2
                    * np.mean(
                        mean(
                            w,
                            (_all_labels(w)[0] - w.f)
                            * (_all_labels(w)[1] - mean(w, _all_labels(w)[1])),
                        )
                    )
                ),
                reason="The definition of covariance. How far a fit follows its own labels is how "
                "far its training error flatters it.",
                hints=("$\\E[uv] - \\E[u]\\E[v]$ has a name.", "It is a covariance."),
            ),
        ),
        instances=_fits(),
        wrong_moves=(
            WrongMove(
                line=4,
                tex=r"\frac2n\sum_i \Big(\E[y_i]\,\E[\yhat_i] - \E[y_i^0]\,\E[\yhat_i]\Big) = 0",
                why="The training label was treated as independent of the fit as well. It is not, "
                "and that dependence is the whole effect.",
                value=lambda w: float(
                    2
                    * np.mean(
                        mean(w, _all_labels(w)[0]) * mean(w, _all_labels(w)[1])
                        - w.f * mean(w, _all_labels(w)[1])
                    )
                ),
            ),
            WrongMove(
                line=5,
                tex=r"\frac1n\sum_{i=1}^n \Cov(\yhat_i, y_i)",
                why="The factor 2 comes from the cross-term of each square. Without it Cp and AIC "
                "would charge half the price for a parameter.",
                value=lambda w: float(
                    np.mean(
                        mean(
                            w,
                            (_all_labels(w)[0] - w.f) * _all_labels(w)[1],
                        )
                    )
                ),
            ),
        ),
        variants=(
            Variant(
                ask="The distance from the truth, $\\tfrac1n\\sum_i(f_i - \\yhat_i)^2$, takes "
                "the place of the error on new labels, and all labels have the variance "
                "$\\sigma^2$. By how much does the training error fall short of it on average?",
                symbols={
                    "c": _MEAN_COVARIANCE,
                    "s": "the standard deviation of a label, $\\sigma$",
                },
                names=lambda w: {
                    "c": covariance(w),
                    "s": float(np.sqrt(w.chances @ w.noise**2)),
                },
                value=lambda w: (
                    float(np.mean(mean(w, (w.f - _all_labels(w)[1]) ** 2))) - training_error(w)
                ),
                answer="2c - s^2",
                why="A new label is the truth plus noise that the fit has not seen, which adds "
                "$\\sigma^2$ to its error. Without it every line is smaller by $\\sigma^2$. "
                "Training error, minus $\\sigma^2$, plus $2c$ is an unbiased estimate of the "
                "distance from the truth: Mallows' Cp and Stein's estimate start here.",
                wrong={
                    "2c": "The term $\\E[(y_i^0)^2]$ cancelled against $\\E[y_i^2]$ in line 3. "
                    "With $f_i$ as the target they do not: $f_i^2$ is smaller by $\\sigma^2$.",
                    "2c + s^2": "The training labels hold the noise and the truth does not. It "
                    "makes the training error larger, so it is taken off the gap.",
                    "c - s^2": "Removing the noise from the target does not change the cross-term, "
                    "which brings its 2 along.",
                },
            ),
            Variant(
                ask="The test set leaks: each new label is, with chance $r$ and independently of "
                "everything, a copy of the training label at that input. What is the expected test "
                "error minus the expected training error now?",
                symbols={
                    "c": _MEAN_COVARIANCE,
                    "r": "the chance of a copy, $r$",
                },
                names=lambda w: {"c": covariance(w), "r": float(w.chances[0])},
                value=lambda w: (
                    w.chances[0] * training_error(w)
                    + (1 - w.chances[0]) * new_error(w)
                    - training_error(w)
                ),
                answer="2 (1-r) c",
                why="Lines 1 to 3 hold, since copies have the same distribution as the labels. In "
                "line 4, $\\E[y_i^0\\yhat_i]$ is no longer a product: a share $r$ of the "
                "covariance is in the test error as well, and drops out of the gap.",
                wrong={
                    "2c": "Line 4 needs a new label that the fit has not seen. Copies were seen.",
                    "2 (1-r)^2 c": "Only the test label is copied or fresh. The training label is "
                    "what it was, so the share of fresh labels enters once.",
                    "2 r c": "This is the part of the gap that the copies hide. If all labels were "
                    "copies, the two errors would be the same.",
                },
            ),
        ),
    )


# --- shrinkage --------------------------------------------------------------------------------


class _Ridge(NamedTuple):
    """A design, its weights, a noise variance and a penalty within Hoerl and Kennard's range."""

    X: Array
    w: Array
    noise_variance: float
    penalty: float


def _designs() -> list[_Ridge]:
    rng = np.random.default_rng(57)
    found = []
    shapes = ((6, 2, 1.0, 0.0), (8, 3, 10.0, 0.5), (10, 4, 0.1, 0.9), (7, 5, 3.0, 0.2))
    for n, p, scale, part in shapes:  # the penalty is a part of the range
        X, w = rng.normal(size=(n, p)), rng.normal(size=p) * scale
        noise_variance = float(rng.uniform(0.2, 2))
        alpha = np.linalg.svd(X, full_matrices=False)[2] @ w
        penalty = part * noise_variance / float(np.max(alpha**2))
        found.append(_Ridge(X, w, noise_variance, penalty))
    return found


def hoerl_kennard() -> Derivation:
    """The error of ridge falls from penalty zero on, so some penalty beats least squares."""
    tiny = 1e-30  # a complex step: exact derivatives, no subtraction

    def error(case: _Ridge, penalty: complex, of_outputs: bool = False) -> complex:
        gram = case.X.T @ case.X
        shrink = np.linalg.inv(gram + penalty * np.eye(case.w.size))
        seen = case.X if of_outputs else np.eye(case.w.size)
        lost = seen @ (shrink @ gram @ case.w - case.w)
        noise = seen @ shrink @ case.X.T
        return complex(np.sum(lost**2) + case.noise_variance * np.sum(noise**2))

    def svd(case: _Ridge) -> tuple[Array, Array]:
        """The squares of d and of alpha."""
        _, d, Vt = np.linalg.svd(case.X, full_matrices=False)
        return d**2, (Vt @ case.w) ** 2

    def parts(case: _Ridge, penalty: complex) -> complex:
        d2, a2 = svd(case)
        return complex(np.sum((penalty**2 * a2 + case.noise_variance * d2) / (d2 + penalty) ** 2))

    def slopes(case: _Ridge) -> float:
        d2, a2 = svd(case)
        top = 2 * case.penalty * a2 * d2 - 2 * case.noise_variance * d2
        return float(np.sum(top / (d2 + case.penalty) ** 3))

    def bound(case: _Ridge) -> float:
        d2, a2 = svd(case)
        left = case.noise_variance - case.penalty * np.max(a2)
        return float(-2 * left * np.sum(d2 / (d2 + case.penalty) ** 3))

    def flat_forgotten(case: _Ridge) -> float:
        d2, a2 = svd(case)
        top = 2 * a2 * d2 - 2 * case.noise_variance * d2
        return float(np.sum(top / (d2 + case.penalty) ** 3))

    def quotient_forgotten(case: _Ridge) -> float:
        d2, a2 = svd(case)
        bias = 2 * case.penalty * a2 / (d2 + case.penalty) ** 2
        return float(np.sum(bias - 2 * case.noise_variance * d2 / (d2 + case.penalty) ** 3))

    def first_column(case: _Ridge) -> _Ridge:
        return _Ridge(case.X[:, :1], case.w[:1], case.noise_variance, case.penalty)

    def best_penalty(case: _Ridge) -> float:
        """Where the slope of the error changes its sign, by bisection of the exponent."""
        low, high = -20.0, 20.0
        for _ in range(100):
            middle = (low + high) / 2
            falls = error(first_column(case), np.exp(middle) + 1j * tiny).imag < 0
            low, high = (middle, high) if falls else (low, middle)
        return float(np.exp(low))

    return Derivation(
        claim="For every design of full column rank, every truth and every noise variance above "
        "zero there is a penalty $\\lambda > 0$ at which the ridge coefficients have a smaller "
        "expected squared error than those of least squares.",
        given="$X = UDV\\T$ is fixed and $(n, p)$, with $d_1, \\dots, d_p > 0$; "
        "$y = Xw + \\varepsilon$ with $\\Cov(\\varepsilon) = \\sigma^2 I$; $\\alpha = V\\T w$; "
        "$\\hat w_\\lambda = (X\\T X + \\lambda I)^{-1}X\\T y$. The error is "
        "$M(\\lambda) = \\E\\norm{\\hat w_\\lambda - w}^2$, looked at for "
        "$0 \\le \\lambda < \\sigma^2/\\max_j \\alpha_j^2$.",
        steps=(
            Step(
                goal="Write the slope of the error.",
                tex=r"\frac{d}{d\lambda}\,\E\norm{\hat w_\lambda - w}^2",
                value=lambda r: error(r, r.penalty + 1j * tiny).imag / tiny,
                relation="start",
                reason="$M(0)$ is the error of least squares. If $M$ falls from zero on, small "
                "penalties are an improvement.",
                hints=(
                    "Existence needs only the behavior near zero.",
                    "Compute $M'(\\lambda)$ and look at its sign.",
                ),
            ),
            Step(
                goal="Diagonalize the error by the singular value decomposition.",
                tex=r"\frac{d}{d\lambda}\sum_i \frac{\lambda^2\alpha_i^2 + \sigma^2 d_i^2}"
                r"{(d_i^2+\lambda)^2}",
                value=lambda r: parts(r, r.penalty + 1j * tiny).imag / tiny,
                reason="In the coordinates of $V$ ridge multiplies coefficient $i$ by "
                "$d_i^2/(d_i^2+\\lambda)$, which leaves a bias of "
                "$-\\lambda\\alpha_i/(d_i^2+\\lambda)$, and its noise has variance "
                "$\\sigma^2 d_i^2/(d_i^2+\\lambda)^2$.",
                hints=(
                    "Rotate by $V$: the problem falls apart into $p$ scalars.",
                    "Squared bias and variance of each scalar.",
                ),
            ),
            Step(
                goal="Differentiate each part.",
                tex=r"\sum_i \frac{2\lambda\,\alpha_i^2 d_i^2 - 2\sigma^2 d_i^2}"
                r"{(d_i^2+\lambda)^3}",
                value=slopes,
                reason="The squared bias has derivative "
                "$2\\lambda\\alpha_i^2d_i^2/(d_i^2+\\lambda)^3$, zero at $\\lambda = 0$; the "
                "variance has $-2\\sigma^2d_i^2/(d_i^2+\\lambda)^3$, which is not.",
                hints=(
                    "Quotient rule, for the squared bias and for the variance.",
                    "Both have the denominator $(d_i^2+\\lambda)^3$.",
                ),
            ),
            Step(
                goal="Bound the signal in each direction by the largest.",
                tex=r"-2\,\big(\sigma^2 - \lambda\max_j\alpha_j^2\big)"
                r"\sum_i \frac{d_i^2}{(d_i^2+\lambda)^3}",
                value=bound,
                relation="at most",
                reason="$\\alpha_i^2 \\le \\max_j \\alpha_j^2$ in each term. At $\\lambda = 0$ the "
                "two lines are equal and read $-2\\sigma^2\\sum_i d_i^{-4}$: the truth has left "
                "the formula.",
                hints=(
                    "Which value of $\\alpha_i^2$ makes the slope largest?",
                    "Replace each by the largest, and take the bracket out of the sum.",
                ),
            ),
            Step(
                goal="Read off the sign.",
                tex=r"0",
                value=lambda _: 0.0,
                relation="at most",
                reason="For $\\lambda < \\sigma^2/\\max_j\\alpha_j^2$ the bracket is positive, and "
                "the sum is. So $M$ falls strictly on the whole range, and each penalty in it "
                "beats least squares.",
                hints=("For which $\\lambda$ is the bracket positive?", "The sum is positive."),
            ),
        ),
        instances=_designs(),
        wrong_moves=(
            WrongMove(
                line=3,
                tex=r"\sum_i \frac{2\alpha_i^2 d_i^2 - 2\sigma^2 d_i^2}{(d_i^2+\lambda)^3}",
                why="The squared bias was given a slope at zero, as if it grew like $\\lambda$. "
                "Bias grows like $\\lambda$; its square grows like $\\lambda^2$, which is flat at "
                "zero. With this slip the theorem would depend on the truth.",
                value=flat_forgotten,
            ),
            WrongMove(
                line=3,
                tex=r"\sum_i \bigg(\frac{2\lambda\,\alpha_i^2}{(d_i^2+\lambda)^2}"
                r" - \frac{2\sigma^2 d_i^2}{(d_i^2+\lambda)^3}\bigg)",
                why="In the squared bias only the numerator was differentiated. The quotient rule "
                "adds $-2\\lambda^2\\alpha_i^2/(d_i^2+\\lambda)^3$, and the two make "
                "$2\\lambda\\alpha_i^2d_i^2/(d_i^2+\\lambda)^3$.",
                value=quotient_forgotten,
            ),
        ),
        variants=(
            Variant(
                ask="$X$ has a single column of length $d$, and the true weight is "
                "$\\alpha \\ne 0$. At which penalty is the error $M(\\lambda)$ of ridge "
                "smallest?",
                symbols={
                    "s": "the standard deviation of a label, $\\sigma$",
                    "a": "the true weight, $\\alpha$",
                    "d": "the length of the column, $d$",
                },
                names=lambda r: {
                    "s": float(np.sqrt(r.noise_variance)),
                    "a": float(r.w[0]),
                    "d": float(np.linalg.norm(r.X[:, 0])),
                },
                value=best_penalty,
                answer="s^2/a^2",
                why="Line 3 with one term is zero at $\\lambda\\alpha^2 = \\sigma^2$, for every "
                "$d$: the best penalty depends on noise and truth, not on how much data there is. "
                "With several columns each direction has a best penalty of its own, and ridge has "
                "one for all. The truth is unknown, so $\\lambda$ is chosen by validation.",
                wrong={
                    "s^2/(a^2 d^2)": "This is noise over signal in the outputs. $d^2$ is a factor "
                    "of both terms of the slope and cancels.",
                    "d^2 s^2/a^2": "The data already outweigh a fixed $\\lambda$ as $d^2$ grows, "
                    "in $d^2/(d^2 + \\lambda)$. The penalty needs no such factor.",
                    "0": "At zero the squared bias is flat and the variance falls, so a small "
                    "penalty is an improvement. That is the theorem.",
                },
            ),
            Variant(
                ask="The error is now that of the fitted values, "
                "$\\E\\norm{X\\hat w_\\lambda - Xw}^2$. What is its slope in $\\lambda$ at "
                "$\\lambda = 0$?",
                symbols={
                    "s": "the standard deviation of a label, $\\sigma$",
                    "t": "the sum $\\sum_i d_i^{-2}$",
                    "q": "the sum $\\sum_i d_i^{-4}$",
                    "p": "the number of columns, $p$",
                },
                names=lambda r: {
                    "s": float(np.sqrt(r.noise_variance)),
                    "t": float(np.sum(1 / svd(r)[0])),
                    "q": float(np.sum(1 / svd(r)[0] ** 2)),
                    "p": r.w.size,
                },
                value=lambda r: error(r, 1j * tiny, of_outputs=True).imag / tiny,
                answer="-2 s^2 t",
                why="$X$ multiplies direction $i$ by $d_i$, so each term of line 3 gains a factor "
                "$d_i^2$ and at zero is $-2\\sigma^2 d_i^{-2}$. The sign does not change: some "
                "ridge beats least squares in prediction too, for every truth.",
                wrong={
                    "-2 s^2 q": "This is the slope for the coefficients. In the fitted values the "
                    "directions with small $d_i$, where coefficients err most, count less.",
                    "-2 s^2 p": "The squared error of direction $i$ is multiplied by $d_i^2$; "
                    "$d_i^4$ is one square too many.",
                    "0": "Least squares is the minimum of the training error, and that is flat "
                    "there. The expected distance from the truth is another function of "
                    "$\\lambda$.",
                },
            ),
        ),
    )


def averaging() -> Derivation:
    """Averaging B predictors brings variance down to what they share."""
    rng = np.random.default_rng(67)

    def matrices(members: int, variance: float, correlation: float) -> tuple[Array, float, float]:
        shared = np.full((members, members), correlation)
        np.fill_diagonal(shared, 1.0)
        return variance * shared, variance, correlation

    cases = [
        matrices(members, float(rng.uniform(0.5, 4)), float(rng.uniform(0, 0.9)))
        for members in (2, 3, 10, 50)
    ]

    def correlation_of_averages(case: tuple[Array, float, float]) -> float:
        members = len(case[0])
        every = matrices(2 * members, case[1], case[2])[0]
        first = np.repeat([1 / members, 0.0], members)
        second = first[::-1]
        return float(first @ every @ second / (first @ every @ first))

    def least_correlation(case: tuple[Array, float, float]) -> float:
        """The end of the range in which no combination has a negative variance, by bisection."""
        low, high = -1.0, 0.0
        for _ in range(100):
            middle = (low + high) / 2
            possible = np.linalg.eigvalsh(matrices(len(case[0]), 1.0, middle)[0])[0] >= 0
            low, high = (low, middle) if possible else (middle, high)
        return high

    return Derivation(
        claim="The average of $B$ predictors of variance $s^2$ and pairwise correlation $\\rho$ "
        "has variance $\\rho s^2 + (1-\\rho)s^2/B$.",
        given="$\\fhat_1, \\dots, \\fhat_B$ are predictions at one input, alike in distribution "
        "over training sets and resamples, with variance $s^2$ each and covariance $\\rho s^2$ "
        "for each pair.",
        steps=(
            Step(
                goal="Write the variance of the average.",
                tex=r"\Var\Big(\frac1B\sum_{b=1}^B \fhat_b\Big)",
                value=lambda m: float(
                    (np.ones(len(m[0])) / len(m[0])) @ m[0] @ (np.ones(len(m[0])) / len(m[0]))
                ),
                relation="start",
                reason="Averaging gives each predictor the weight $1/B$.",
                hints=("What is bagging's prediction?", "The mean of its members."),
            ),
            Step(
                goal="Expand into pairs.",
                tex=r"\frac1{B^2}\Big(\sum_b \Var(\fhat_b)"
                r" + \sum_{a\ne b}\Cov(\fhat_a,\fhat_b)\Big)",
                value=lambda m: (
                    float(
                        np.trace(m[0])
                        + sum(m[0][a, b] for a, b in product(range(len(m[0])), repeat=2) if a != b)
                    )
                    / len(m[0]) ** 2
                ),
                reason="The variance of a sum is the sum of all entries of the covariance matrix.",
                hints=("Diagonal and off-diagonal entries.", "There are $B^2$ pairs in all."),
            ),
            Step(
                goal="Count the entries.",
                tex=r"\frac1{B^2}\Big(B\,s^2 + B(B-1)\,\rho s^2\Big)",
                value=lambda m: (
                    (len(m[0]) * m[1] + len(m[0]) * (len(m[0]) - 1) * m[2] * m[1]) / len(m[0]) ** 2
                ),
                reason="$B$ entries on the diagonal, $B(B-1)$ off it.",
                hints=("How many ordered pairs $a \\ne b$ are there?", "$B(B-1)$."),
            ),
            Step(
                goal="Sort by what $B$ can change.",
                tex=r"\rho s^2 + \frac{(1-\rho)\,s^2}{B}",
                value=lambda m: m[2] * m[1] + (1 - m[2]) * m[1] / len(m[0]),
                reason="$(B-1)/B = 1 - 1/B$. The first part is shared by all members and no number "
                "of them removes it.",
                hints=("Write $(B-1)/B$ as $1 - 1/B$.", "Collect the terms with $1/B$."),
            ),
        ),
        instances=cases,
        wrong_moves=(
            WrongMove(
                line=4,
                tex=r"\frac{s^2}{B}",
                why="This is the variance of a mean of independent predictors. Bootstrap samples "
                "of one training set share most of their examples, so $\\rho$ is far from zero.",
                value=lambda m: float(m[1] / len(m[0])),
            ),
        ),
        variants=(
            Variant(
                ask="A second average is made of $B$ further predictors, and all $2B$ are alike: "
                "each has variance $s^2$, each pair has correlation $\\rho$. What is the "
                "correlation of the two averages?",
                symbols={
                    "B": "the number of members of one average, $B$",
                    "rho": "the correlation of two members, $\\rho$",
                },
                names=lambda m: {"B": len(m[0]), "rho": m[2]},
                value=correlation_of_averages,
                answer="rho/(rho + (1-rho)/B)",
                why="All $B^2$ pairs across the two averages have covariance $\\rho s^2$, so that "
                "is the covariance of the averages; the last line is the variance of each. For "
                "$\\rho > 0$ the two averages become one and the same as $B$ grows: two large "
                "forests on the same data differ little, because what they share is all that is "
                "left.",
                wrong={
                    "rho": "This is the covariance over the variance of single members. The "
                    "covariance of the averages is the same, their variance is smaller.",
                    "rho/B": "Averaging does not thin out what is shared. Every member of one "
                    "average is correlated with every member of the other.",
                    "1 - (1-rho)/B": "It has the right limits at $B = 1$ and at large $B$. The "
                    "part that is not shared has to be taken as a share of the variance of an "
                    "average, not of one member.",
                },
            ),
            Variant(
                ask="Members may also disagree on purpose, with the same $\\rho$ below zero for "
                "each pair. What is the smallest $\\rho$ that $B \\ge 2$ members can have?",
                symbols={"B": "the number of members, $B$"},
                names=lambda m: {"B": len(m[0])},
                value=least_correlation,
                answer="-1/(B-1)",
                why="A variance cannot be negative. Line 3 is zero at $1 + (B-1)\\rho = 0$, where "
                "the average does not vary at all, and no line uses the sign of $\\rho$. The bound "
                "is reached: the other eigenvalues of the covariance matrix are "
                "$(1 - \\rho)s^2$, above zero. With many members the limit is close to zero: two "
                "can be opposites, fifty cannot.",
                wrong={
                    "-1": "This is possible for two members only. Two that are both opposite to a "
                    "third are equal to each other.",
                    "-1/B": "Set the last line to zero with care: $\\rho(1 - 1/B) = -1/B$, so "
                    "$\\rho = -1/(B-1)$. Each member has $B - 1$ others.",
                },
            ),
        ),
    )
