"""Experiments of the topic: each returns plain data and is repeated over training sets or seeds."""

from typing import Any

import numpy as np
from numpy.polynomial.legendre import legvander
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from sklearn.ensemble import RandomForestClassifier
from sklearn.naive_bayes import GaussianNB
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from snippets.bias_variance.bias_squared import bias_squared
from snippets.bias_variance.decomposition import bias_variance
from snippets.bias_variance.james_stein import james_stein
from snippets.bias_variance.knn_error import knn_error
from snippets.bias_variance.log_loss_terms import log_loss_terms
from snippets.bias_variance.min_norm_fit import min_norm_fit
from snippets.bias_variance.noise_floor import noise_floor
from snippets.bias_variance.polynomial_terms import polynomial_terms
from snippets.bias_variance.ridge_error import ridge_error
from snippets.bias_variance.ridge_svd import ridge_svd
from snippets.bias_variance.variance_of_average import variance_of_average
from snippets.bias_variance.zero_one_error import zero_one_error
from snippets.forms import run

Array = NDArray[np.float64]


def truth(x: Array) -> Array:
    """The regression function of the topic's one-dimensional examples, on [-1, 1]."""
    return np.sin(4 * x + 1)


def summary(values: Any) -> dict[str, float]:
    """Mean and standard deviation over repetitions."""
    return {"mean": float(np.mean(values)), "sd": float(np.std(values, ddof=1))}


def training_sets(rng: np.random.Generator, sets: int, n: int, noise: float) -> tuple[Array, Array]:
    """Training sets, one a row: one uniform input in each of n equal cells of [-1, 1]."""
    x = -1 + 2 * (np.arange(n) + rng.uniform(size=(sets, n))) / n
    return x, truth(x) + noise * rng.normal(size=(sets, n))


def polynomial_predictions(x: Array, y: Array, degree: int, x_new: Array) -> Array:
    """Fit one polynomial to each row of (x, y) by least squares and predict at `x_new`."""
    basis = np.linalg.pinv(legvander(x, degree))  # (sets, degree + 1, n)
    coefficients = np.einsum("spn,sn->sp", basis, y)
    predictions: Array = coefficients @ legvander(x_new, degree).T
    return predictions


# --- decomposition ----------------------------------------------------------------------------


@run
def decomposition() -> dict[str, Any]:
    """Polynomials of three degrees, each fitted to 2,000 training sets of 30 examples.

    The truth is sin(4x + 1) on [-1, 1], with one input in each of 30 equal cells and normal noise
    of sd 0.5. The error is measured separately, on fresh labels at 200 evenly spaced inputs, ten
    for each fit and input.
    """
    rng = np.random.default_rng(0)
    sets, n, noise = 2_000, 30, 0.5
    x_new = np.linspace(-0.95, 0.95, 200)
    result: dict[str, dict[str, float]] = {}
    x, y = training_sets(rng, sets, n, noise)
    for degree in (1, 4, 12):
        predictions = polynomial_predictions(x, y, degree, x_new)
        bias2, variance = bias_variance(predictions, truth(x_new))
        errors = []
        for _ in range(10):
            fresh = truth(x_new) + noise * rng.normal(size=predictions.shape)
            errors.append(np.mean((predictions - fresh) ** 2))
        row = {
            "bias2": bias2,
            "variance": variance,
            "noise": noise**2,
            "sum": bias2 + variance + noise**2,
            "against_truth": float(np.mean((predictions - truth(x_new)) ** 2)),
            "measured": float(np.mean(errors)),
        }
        result[f"degree_{degree}"] = row
    terms = ("bias²", "bias2"), ("variance",) * 2, ("noise",) * 2, ("sum",) * 2, ("measured",) * 2
    rows = [
        {"term": name, **{f"degree {d}": result[f"degree_{d}"][key] for d in (1, 4, 12)}}
        for name, key in terms
    ]
    off = max(abs(row["measured"] / row["sum"] - 1) for row in result.values())
    return {"rows": rows, **result, "largest_relative_difference": off}


@run
def one_input() -> dict[str, Any]:
    """Predictions at the input 0.93 alone, over 120 such training sets, and 120 new labels."""
    rng = np.random.default_rng(1)
    sets, n, noise = 120, 30, 0.5
    at = np.array([0.93])
    x, y = training_sets(rng, sets, n, noise)
    found = {
        str(degree): polynomial_predictions(x, y, degree, at)[:, 0].tolist()
        for degree in (1, 4, 12)
    }
    labels = truth(at)[0] + noise * rng.normal(size=sets)
    return {"truth": float(truth(at)[0]), "labels": labels.tolist(), "predictions": found}


@run
def both_at_once() -> dict[str, Any]:
    """Squared bias and variance of a full tree that sees an irrelevant feature, and of the truth.

    y = sqrt(3) x1 without noise, x1 and x2 standard normal, 150 examples, 300 training sets. The
    unpruned regression tree sees x2 only; least squares sees both.
    """
    rng = np.random.default_rng(2)
    new = rng.normal(size=(400, 2))
    target = np.sqrt(3) * new[:, 0]
    tree, linear = [], []
    for _ in range(300):
        X = rng.normal(size=(150, 2))
        y = np.sqrt(3) * X[:, 0]
        tree.append(DecisionTreeRegressor(random_state=0).fit(X[:, 1:], y).predict(new[:, 1:]))
        linear.append(new @ np.linalg.lstsq(X, y, rcond=None)[0])
    found = {}
    for name, predictions in (("tree", tree), ("linear", linear)):
        bias2, variance = bias_variance(predictions, target)
        found[name] = {"bias2": round(bias2, 12), "variance": round(variance, 12)}
    return found


@run
def best_guess() -> dict[str, float]:
    """Degree-12 polynomials on 2,000 training sets of 30: errors of the fits, and their terms.

    The setting of `decomposition`; errors are squared distances from the truth.
    """
    rng = np.random.default_rng(3)
    x_new = np.linspace(-0.95, 0.95, 200)
    x, y = training_sets(rng, 2_000, 30, 0.5)
    predictions = polynomial_predictions(x, y, 12, x_new)
    errors = np.mean((predictions - truth(x_new)) ** 2, axis=1)
    bias2, variance = bias_variance(predictions, truth(x_new))
    return {
        "best": float(errors.min()),
        "mean": float(errors.mean()),
        "worst": float(errors.max()),
        "bias2": bias2,
        "variance": variance,
    }


# --- noise and expectations -------------------------------------------------------------------


@run
def fixed_or_random() -> dict[str, Any]:
    """Variance of a p-parameter least-squares fit on 60 examples, inputs fixed or drawn anew.

    Features and noise are standard normal; 800 training sets for each p. The fixed case holds the
    inputs and predicts at them; the random case draws inputs too and predicts at new ones.
    """
    rng = np.random.default_rng(4)
    sets, n = 800, 60
    rows: list[dict[str, Any]] = []
    for p in (2, 10, 30, 50):
        X = rng.normal(size=(n, p))
        fitted = X @ np.linalg.pinv(X) @ rng.normal(size=(n, sets))
        fresh = []
        for _ in range(sets):
            drawn = rng.normal(size=(n, p))
            weights = np.linalg.lstsq(drawn, rng.normal(size=n), rcond=None)[0]
            fresh.append(float(weights @ weights))  # E of (x'w)^2 over standard normal x
        rows.append(
            {
                "p": p,
                "fixed inputs": float(np.mean(fitted**2)),
                "$p\\sigma^2/n$": p / n,
                "random inputs": float(np.mean(fresh)),
                "$p\\sigma^2/(n-p-1)$": p / (n - p - 1),
            }
        )
    last = rows[-1]
    return {"rows": rows, "at_50": {"fixed": last["fixed inputs"], "random": last["random inputs"]}}


@run
def missing_feature() -> dict[str, Any]:
    """Unexplained variance of y = x1 + x2 + 0.1 * normal, given x1, and given x1 and x2.

    Both features take ten values; x2 has standard deviation 0.7. 20,000 examples, ten draws.
    """
    rng = np.random.default_rng(5)
    levels = np.linspace(-1, 1, 10)
    found: dict[str, list[float]] = {"one": [], "both": []}
    for _ in range(10):
        first, second = rng.integers(0, 10, size=(2, 20_000))
        y = levels[first] + 0.7 / levels.std() * levels[second] + 0.1 * rng.normal(size=20_000)
        found["one"].append(noise_floor(first, y))
        found["both"].append(noise_floor(10 * first + second, y))
    return {name: summary(values) for name, values in found.items()}


@run
def label_ceiling() -> dict[str, Any]:
    """Accuracy of least-squares classification when 40% of the labels of a linear rule are flipped.

    Five features, 20,000 training and 20,000 test examples, ten draws. `clean` holds the same
    predictions against the labels before the flip.
    """
    rng = np.random.default_rng(6)
    found: dict[str, list[float]] = {"training": [], "test": [], "clean": []}
    for _ in range(10):
        w = rng.normal(size=5)
        X = rng.normal(size=(40_000, 5))
        clean = np.sign(X @ w)
        y = clean * np.where(rng.random(40_000) < 0.4, -1, 1)
        fit = np.linalg.lstsq(X[:20_000], y[:20_000], rcond=None)[0]
        said = np.sign(X @ fit)
        found["training"].append(float(np.mean(said[:20_000] == y[:20_000])))
        found["test"].append(float(np.mean(said[20_000:] == y[20_000:])))
        found["clean"].append(float(np.mean(said[20_000:] == clean[20_000:])))
    return {name: summary(values) for name, values in found.items()}


@run
def few_sets() -> dict[str, Any]:
    """Plain and corrected estimates of squared bias from m training sets, for degree 12.

    30 evenly spaced inputs, only the labels redrawn, noise sd 0.5; each m is repeated 400 times.
    """
    rng = np.random.default_rng(8)
    x, x_new = np.linspace(-1, 1, 30), np.linspace(-0.95, 0.95, 50)
    smoother = legvander(x_new, 12) @ np.linalg.pinv(legvander(x, 12))
    rows: list[dict[str, Any]] = []
    for sets in (2, 5, 20, 100):
        y = truth(x) + 0.5 * rng.normal(size=(400, sets, 30))
        predictions = y @ smoother.T
        plain = [bias_variance(one, truth(x_new))[0] for one in predictions]
        corrected = [bias_squared(one, truth(x_new)) for one in predictions]
        rows.append(
            {
                "training sets": sets,
                "plain": float(np.mean(plain)),
                "corrected": round(float(np.mean(corrected)), 4) + 0.0,  # no minus zero
                "sd of corrected": float(np.std(corrected, ddof=1)),
            }
        )
    exact = float(np.mean((smoother @ truth(x) - truth(x_new)) ** 2))
    return {"rows": rows, "exact": exact}


def two_worlds(rng: np.random.Generator, size: int) -> tuple[Array, Array, Array]:
    """One set of inputs with the labels of a noisy line and of a noiseless line that wiggles."""
    x = rng.uniform(-1, 1, size=size)
    noisy = x + 0.5 * rng.normal(size=size)
    return x, noisy, x + 0.5 * np.sqrt(2) * np.sin(400 * x)


@run
def same_numbers() -> dict[str, Any]:
    """Training and test error of a straight line in a noisy and in a noiseless, wiggling world.

    600 training sets for each size, 200 test points each. One world has noise variance 0.25 and no
    bias, the other no noise and squared bias 0.25. `x`, `noisy`, `wiggly` are one draw of 60.
    """
    rng = np.random.default_rng(9)
    rows: list[dict[str, Any]] = []
    for n in (10, 30, 100):
        x, *labels = two_worlds(rng, 600 * (n + 200))
        row: dict[str, Any] = {"n": n}
        for name, y in zip(("noisy", "wiggly"), labels, strict=True):
            grid, values = x.reshape(600, -1), y.reshape(600, -1)
            basis = np.stack([np.ones_like(grid), grid], axis=2)
            weights = np.einsum("spn,sn->sp", np.linalg.pinv(basis[:, :n]), values[:, :n])
            error = (np.einsum("snp,sp->sn", basis, weights) - values) ** 2
            row[f"{name}: training"] = float(np.mean(error[:, :n]))
            row[f"{name}: test"] = float(np.mean(error[:, n:]))
        rows.append(row)
    x, noisy, wiggly = two_worlds(np.random.default_rng(10), 60)
    return {"rows": rows, "x": x.tolist(), "noisy": noisy.tolist(), "wiggly": wiggly.tolist()}


# --- linear and kNN ---------------------------------------------------------------------------


def knn_predictions(x: Array, y: Array, k: int, x_new: Array) -> Array:
    """Predictions of k nearest neighbors for each training set, one a row."""
    nearest = np.argsort(np.abs(x_new[None, :, None] - x[:, None, :]), axis=2)[:, :, :k]
    found: Array = np.take_along_axis(y[:, None, :], nearest, axis=2).mean(axis=2)
    return found


@run
def hundred_sets() -> dict[str, Any]:
    """Four learners on the same 100 training sets of 30, noise sd 0.5; predictions at 60 inputs."""
    rng = np.random.default_rng(11)
    x_new = np.linspace(-1, 1, 60)
    x, y = training_sets(rng, 100, 30, 0.5)
    learners = {
        "straight line": polynomial_predictions(x, y, 1, x_new),
        "degree 5": polynomial_predictions(x, y, 5, x_new),
        "15 neighbors": knn_predictions(x, y, 15, x_new),
        "1 neighbor": knn_predictions(x, y, 1, x_new),
    }
    found: dict[str, Any] = {"x": x_new.tolist(), "rows": []}
    for name, predictions in learners.items():
        bias2, variance = bias_variance(predictions, truth(x_new))
        found["rows"].append({"learner": name, "bias²": bias2, "variance": variance})
    found["fits"] = {name: np.round(one, 3).tolist() for name, one in learners.items()}
    return found


@run
def knn_curve() -> dict[str, Any]:
    """Closed form and simulation of kNN on 40 evenly spaced inputs, noise sd 0.5, k = 1 to 25.

    Averaged over 41 test inputs inside [-0.9, 0.9]; the simulation uses 2,000 sets of labels.
    """
    rng = np.random.default_rng(12)
    x = np.linspace(-1, 1, 40)
    x_new = np.linspace(-0.9, 0.9, 41)
    y = truth(x) + 0.5 * rng.normal(size=(2_000, 40))
    curve: list[dict[str, Any]] = []
    for k in range(1, 26):
        terms = [knn_error(x, [*truth(x), float(truth(at))], at, k, 0.25) for at in x_new]
        bias2, variance = np.mean(terms, axis=0)
        order = np.argsort(np.abs(x_new[:, None] - x), axis=1, kind="stable")[:, :k]
        measured = bias_variance(y[:, order].mean(axis=2), truth(x_new))
        curve.append(
            {
                "k": k,
                "bias2": float(bias2),
                "variance": float(variance),
                "total": float(bias2 + variance + 0.25),
                "measured_bias2": measured[0],
                "measured_variance": measured[1],
            }
        )
    best = min(curve, key=lambda row: row["total"])
    twin = min(curve[best["k"] :], key=lambda row: abs(row["total"] - curve[0]["total"]))
    return {"curve": curve, "best": best, "one": curve[0], "twin": twin}


@run
def curse_of_dimension() -> dict[str, Any]:
    """kNN with k = 10 against least squares, linear truth, d features, 200 examples, 40 sets.

    Features uniform on [-1, 1], truth the sum of the first two features, noise sd 0.5, 600 test
    inputs; squared bias without the variance of the mean. `one_neighbor` is the squared bias of
    k = 1 by d.
    """
    rng = np.random.default_rng(13)
    rows: list[dict[str, Any]] = []
    one_neighbor: dict[str, float] = {}
    for d in (2, 10, 50):
        new = rng.uniform(-1, 1, size=(600, d))
        target = new[:, :2].sum(axis=1)
        knn, linear, nearest = [], [], []
        for _ in range(40):
            X = rng.uniform(-1, 1, size=(200, d))
            y = X[:, :2].sum(axis=1) + 0.5 * rng.normal(size=200)
            squared = np.sum(X**2, axis=1) - 2 * new @ X.T
            knn.append(y[np.argpartition(squared, 10, axis=1)[:, :10]].mean(axis=1))
            nearest.append(y[np.argmin(squared, axis=1)])
            linear.append(new @ np.linalg.lstsq(X, y, rcond=None)[0])
        row: dict[str, Any] = {"d": d}
        for name, predictions in (("kNN", knn), ("linear", linear)):
            row[f"{name}: bias²"] = (
                round(bias_squared(predictions, target), 3) + 0.0
            )  # no minus zero
            row[f"{name}: variance"] = bias_variance(predictions, target)[1]
        rows.append(row)
        one_neighbor[f"d_{d}"] = bias_squared(nearest, target)
    return {"rows": rows, "one_neighbor": one_neighbor}


# --- classification ---------------------------------------------------------------------------


@run
def variance_helps() -> dict[str, Any]:
    """0-1 error at one input with P(y=1) = 0.9, mean estimate 0.4 or 0.6, against the sd.

    Closed form, and 400,000 simulated fits and labels at three of the sds.
    """
    rng = np.random.default_rng(14)
    spread = np.linspace(0.005, 0.6, 60)
    found: dict[str, Any] = {"sd": spread.tolist(), "rows": []}
    for name, mean in (("wrong_side", 0.4), ("right_side", 0.6)):
        found[name] = zero_one_error(0.9, mean, spread).tolist()
    for sd in (0.01, 0.1, 0.5):
        row: dict[str, Any] = {"sd": sd}
        for name, mean in (("mean 0.4", 0.4), ("mean 0.6", 0.6)):
            said = rng.normal(mean, sd, size=400_000) > 0.5
            row[f"{name}: formula"] = float(zero_one_error(0.9, mean, sd))
            row[f"{name}: run"] = float(np.mean(said != (rng.random(400_000) < 0.9)))
        found["rows"].append(row)
        found[f"wrong_side_{sd}".replace(".", "_")] = row["mean 0.4: formula"]
    return found


@run
def best_k_by_loss() -> dict[str, Any]:
    """kNN on two noisy two-class problems: squared error of the chance, and excess 0-1 error.

    100 evenly spaced inputs on [-1, 1], 1,500 sets of labels. `wave`: P(y=1|x) = 0.72 + 0.2
    sin(10x), never below one half. `step`: 0.2 left of zero, 0.8 right of it.
    """
    rng = np.random.default_rng(15)
    x = np.linspace(-1, 1, 100)
    x_new = np.linspace(-0.995, 0.995, 100)
    order = np.argsort(np.abs(x_new[:, None] - x), axis=1, kind="stable")
    chances = {
        "wave": (0.72 + 0.2 * np.sin(10 * x), 0.72 + 0.2 * np.sin(10 * x_new)),
        "step": (0.5 + 0.3 * np.sign(x), 0.5 + 0.3 * np.sign(x_new)),
    }
    found: dict[str, Any] = {}
    for name, (p, p_new) in chances.items():
        y = (rng.random((1_500, 100)) < p).astype(float)
        rows: list[dict[str, Any]] = []
        for k in (1, 5, 9, 15, 25, 45, 75, 99):
            estimate = y[:, order[:, :k]].mean(axis=2)
            bias2, variance = bias_variance(estimate, p_new)
            wrong_side = (estimate > 0.5) != (p_new > 0.5)
            rows.append(
                {
                    "k": k,
                    "bias²": bias2,
                    "variance": variance,
                    "bias² + variance": bias2 + variance,
                    "excess 0-1 error": float(np.mean(np.abs(2 * p_new - 1) * wrong_side)),
                }
            )
        squared = min(rows, key=lambda row: row["bias² + variance"])
        zero_one = min(rows, key=lambda row: row["excess 0-1 error"])
        found[name] = {
            "rows": rows,
            "k_for_chance": squared["k"],
            "bias2_there": squared["bias²"],
            "k_for_label": zero_one["k"],
            "bias2_at_label": zero_one["bias²"],
            "excess_at_label": zero_one["excess 0-1 error"],
        }
    return found


@run
def smoothed_counts() -> dict[str, Any]:
    """Log loss of class frequencies from 15 examples, with a pseudo-count added to each class.

    True chances 0.6, 0.3, 0.1; 200,000 training sets; the measured loss uses five fresh labels for
    each of them.
    """
    rng = np.random.default_rng(16)
    p = np.array([0.6, 0.3, 0.1])
    counts = rng.multinomial(15, p, size=200_000)
    fresh = rng.choice(3, p=p, size=(200_000, 5))
    rows: list[dict[str, Any]] = []
    for pseudo in (0.1, 0.5, 1.0, 3.0, 10.0):
        predictions = (counts + pseudo) / (15 + 3 * pseudo)
        noise, bias, variance = log_loss_terms(p, predictions)
        measured = float(np.mean(-np.log(np.take_along_axis(predictions, fresh, axis=1))))
        rows.append(
            {
                "added": f"{pseudo:g}",
                "noise": noise,
                "bias": bias,
                "variance": variance,
                "sum": noise + bias + variance,
                "run": measured,
            }
        )
    return {"rows": rows}


# --- optimism ---------------------------------------------------------------------------------


@run
def optimism_by_degree() -> dict[str, Any]:
    """Training error, error on new labels at the same inputs, and Cp, for degrees 0 to 12.

    30 evenly spaced inputs, noise sd 0.5, 4,000 sets of labels; `picked` compares choosing the
    degree by training error, by Cp and by the (unknown) best average degree.
    """
    rng = np.random.default_rng(17)
    n, noise = 30, 0.5
    x = np.linspace(-1, 1, n)
    f = truth(x)
    y = f + noise * rng.normal(size=(4_000, n))
    again = f + noise * rng.normal(size=(4_000, n))
    rows: list[dict[str, Any]] = []
    training, error, cp = [], [], []
    for degree in range(13):
        B = legvander(x, degree)
        fitted = y @ (B @ np.linalg.pinv(B))
        residual = np.mean((y - fitted) ** 2, axis=1)
        new_label = np.mean((again - fitted) ** 2, axis=1)
        covariance = np.mean((fitted - fitted.mean(axis=0)) * (y - y.mean(axis=0)), axis=0)
        training.append(residual)
        error.append(np.mean((f - fitted) ** 2, axis=1) + noise**2)
        cp.append(residual + 2 * (degree + 1) * noise**2 / n)
        rows.append(
            {
                "degree": degree,
                "training": float(residual.mean()),
                "new labels": float(new_label.mean()),
                "difference": float(new_label.mean() - residual.mean()),
                "covariances": float(2 / n * covariance.sum()),
                "$2p\\sigma^2/n$": 2 * (degree + 1) * noise**2 / n,
                "mean $C_p$": float(cp[-1].mean()),
            }
        )
    shown = ("degree", "difference", "covariances", "$2p\\sigma^2/n$")
    errors, sets = np.array(error), np.arange(4_000)
    variance = float(np.mean(np.var(fitted, axis=0)))  # of the last degree, 12
    picked = {
        "training": float(errors[np.argmin(training, axis=0), sets].mean()),
        "cp": float(errors[np.argmin(cp, axis=0), sets].mean()),
        "best_fixed": float(errors.mean(axis=1).min()),
        "best_degree": int(errors.mean(axis=1).argmin()),
    }
    return {
        "rows": rows,
        "short": [{key: rows[d][key] for key in shown} for d in (1, 3, 4, 5, 8, 12)],
        "picked": picked,
        "variance_12": variance,
    }


@run
def df_of_search() -> dict[str, Any]:
    """Covariance degrees of freedom of a one-feature fit: feature fixed, or best of d by search.

    40 examples, orthonormal features, no signal, noise variance 1, 4,000 sets of labels.
    """
    rng = np.random.default_rng(18)
    rows: list[dict[str, Any]] = []
    for d in (1, 5, 20, 40):
        Q = np.linalg.qr(rng.normal(size=(40, d)))[0]
        y = rng.normal(size=(4_000, 40))
        scores = y @ Q
        best = np.argmax(np.abs(scores), axis=1)
        strongest = np.take_along_axis(scores, best[:, None], axis=1)
        fitted = strongest * Q.T[best]
        rows.append(
            {
                "features searched": d,
                "parameters": 1,
                "degrees of freedom": float(np.mean(np.sum(fitted * y, axis=1))),
            }
        )
    return {"rows": rows, "best_of_40": rows[-1]["degrees of freedom"]}


@run
def three_errors() -> dict[str, Any]:
    """Excess error of gradient descent on polynomials, in three parts, against the steps taken.

    Degrees 3 and 12, 30 examples, noise sd 0.5, 300 training sets, Legendre features, step 0.5,
    started at zero. The error is averaged over 400 evenly spaced inputs.
    """
    rng = np.random.default_rng(19)
    x_new = np.linspace(-1, 1, 400)
    x, y = training_sets(rng, 300, 30, 0.5)
    found: dict[str, Any] = {}
    for degree in (3, 12):
        B, B_new = legvander(x, degree), legvander(x_new, degree)
        best_in_class = B_new @ np.linalg.lstsq(B_new, truth(x_new), rcond=None)[0]
        approximation = float(np.mean((best_in_class - truth(x_new)) ** 2))
        gram = np.einsum("snp,snq->spq", B, B) / 30
        target = np.einsum("snp,sn->sp", B, y) / 30
        minimizer = np.einsum("spn,sn->sp", np.linalg.pinv(B), y)
        least = float(np.mean((minimizer @ B_new.T - truth(x_new)) ** 2))
        weights, rows = np.zeros_like(minimizer), []
        marks = (1, 3, 10, 30, 100, 1_000)
        for step in range(1, marks[-1] + 1):
            weights -= 0.5 * (np.einsum("spq,sq->sp", gram, weights) - target)
            if step in marks:
                total = float(np.mean((weights @ B_new.T - truth(x_new)) ** 2))
                rows.append(
                    {
                        "steps": step,
                        "approximation": approximation,
                        "estimation": least - approximation,
                        "optimization": round(total - least, 4) + 0.0,  # no minus zero
                        "sum": total,
                    }
                )
        best = min(rows, key=lambda row: row["sum"])
        short = [{key: row[key] for key in ("steps", "optimization", "sum")} for row in rows]
        found[f"degree_{degree}"] = {"rows": rows, "short": short, "best": best, "last": rows[-1]}
    return found


# --- curves -----------------------------------------------------------------------------------


@run
def learning_curves() -> dict[str, Any]:
    """Training and validation error against the training size, for a stiff and a flexible fit.

    Polynomials of degree 1 and 12, noise sd 0.5, 60,000 / n training sets for each size n (small
    sets scatter most); the validation error is exact: squared distance from the truth plus the
    noise variance.
    """
    rng = np.random.default_rng(20)
    sizes = [24, 30, 40, 60, 90, 150, 250, 400]
    x_new = np.linspace(-1, 1, 200)
    found: dict[str, Any] = {"n": sizes}
    for degree in (1, 12):
        curve: dict[str, list[float]] = {"training": [], "validation": []}
        for n in sizes:
            x, y = training_sets(rng, 60_000 // n, n, 0.5)
            weights = np.einsum("spn,sn->sp", np.linalg.pinv(legvander(x, degree)), y)
            fitted = np.einsum("snp,sp->sn", legvander(x, degree), weights)
            predictions = weights @ legvander(x_new, degree).T
            curve["training"].append(float(np.mean((fitted - y) ** 2)))
            distance = np.mean((predictions - truth(x_new)) ** 2, axis=1)
            curve["validation"].append(float(np.mean(distance) + 0.25))
        found[f"degree_{degree}"] = curve
    return found


@run
def validation_curve() -> dict[str, Any]:
    """Training and validation error of degree-12 ridge against the penalty, 30 examples, 300 sets.

    Legendre features, noise sd 0.5; the validation error is exact, as in `learning_curves`.
    """
    rng = np.random.default_rng(40)
    x_new = np.linspace(-1, 1, 200)
    x, y = training_sets(rng, 300, 30, 0.5)
    B = legvander(x, 12)
    gram, target = np.einsum("snp,snq->spq", B, B), np.einsum("snp,sn->sp", B, y)
    penalties = np.geomspace(1e-3, 1e3, 31)
    curve: dict[str, list[float]] = {"training": [], "validation": []}
    for penalty in penalties:
        weights = np.linalg.solve(gram + penalty * np.eye(13), target[:, :, None])[:, :, 0]
        fitted = np.einsum("snp,sp->sn", B, weights)
        distance = np.mean((weights @ legvander(x_new, 12).T - truth(x_new)) ** 2, axis=1)
        curve["training"].append(float(np.mean((fitted - y) ** 2)))
        curve["validation"].append(float(np.mean(distance) + 0.25))
    best = int(np.argmin(curve["validation"]))
    return {
        "penalty": penalties.tolist(),
        **curve,
        "best": {"penalty": float(penalties[best]), "validation": curve["validation"][best]},
        "weak": curve["validation"][0],
        "strong": curve["validation"][-1],
        "strong_training": curve["training"][-1],
    }


@run
def mold() -> dict[str, Any]:
    """A classifier of 800 pictures from six homes, scored on the same homes and on new ones.

    Two features carry the label weakly; ten describe the home (wall, light) and, in five homes of
    six, nearly give the label away. Least squares, 30 repetitions; new homes share nothing with
    the six and mix labels evenly. `tuned` picks the penalty with the best validation accuracy.
    """
    rng = np.random.default_rng(21)
    names = ("training", "validation", "new_homes")
    found: dict[str, list[float]] = {name: [] for name in (*names, "drop")}

    def pictures(size: int, walls: Array, chances: Array) -> tuple[Array, Array]:
        home = rng.integers(0, len(walls), size=size)
        y = np.where(rng.random(size) < chances[home], 1.0, -1.0)
        signal = 0.56 * y[:, None] + rng.normal(size=(size, 2))
        return np.hstack([signal, walls[home] + 0.3 * rng.normal(size=(size, 10))]), y

    for _ in range(30):
        walls = rng.normal(size=(6, 10))
        chances = rng.permutation([0.97, 0.97, 0.97, 0.03, 0.03, 0.6])
        X, y = pictures(800, walls, chances)
        X_new, y_new = pictures(2_000, rng.normal(size=(200, 10)), np.full(200, 0.5))
        gram, target = X[:600].T @ X[:600], X[:600].T @ y[:600]
        fits = [np.linalg.solve(gram + 10.0**e * np.eye(12), target) for e in range(-2, 5)]
        scores = [float(np.mean(np.sign(X[600:] @ w) == y[600:])) for w in fits]
        w = fits[int(np.argmax(scores))]
        found["training"].append(float(np.mean(np.sign(X[:600] @ w) == y[:600])))
        found["validation"].append(max(scores))
        found["new_homes"].append(float(np.mean(np.sign(X_new @ w) == y_new)))
        found["drop"].append(found["validation"][-1] - found["new_homes"][-1])
    return {name: summary(values) for name, values in found.items()}


@run
def shortcut_gap() -> dict[str, Any]:
    """Accuracy where a shortcut equals the label in training and is a coin flip at test time.

    The honest feature is strong in 44% of the examples and faint in the rest, never wrong. Nearest
    centroid on 500 examples and 50 bootstrap refits; `disagreement` is the chance that two refits
    answer differently on one of 20,000 test inputs.
    """
    rng = np.random.default_rng(22)
    y = rng.choice([-1.0, 1.0], size=20_500)
    coin = rng.choice([-1.0, 1.0], size=20_500)
    shortcut = np.where(np.arange(20_500) < 500, y, coin)
    honest = y * np.where(rng.random(20_500) < 0.44, 0.9, 0.1)
    X = np.column_stack([0.5 * shortcut, honest])
    said = []
    for sample in [np.arange(500), *rng.integers(0, 500, size=(50, 500))]:
        X_fit, y_fit = X[sample], y[sample]
        w = X_fit[y_fit > 0].mean(axis=0) - X_fit[y_fit < 0].mean(axis=0)
        said.append(np.sign(X @ w))
    share = (np.array(said[1:])[:, 500:] > 0).mean(axis=0)
    return {
        "training": float(np.mean(said[0][:500] == y[:500])),
        "test": float(np.mean(said[0][500:] == y[500:])),
        "disagreement": float(np.mean(2 * share * (1 - share))),
    }


@run
def tree_gap() -> dict[str, Any]:
    """Training and validation accuracy of an unpruned tree on 500 examples with 15% label flips."""
    rng = np.random.default_rng(23)
    found: dict[str, list[float]] = {"training": [], "validation": []}
    for _ in range(20):
        X = rng.normal(size=(1_000, 5))
        y = (X[:, 0] + X[:, 1] > 0) ^ (rng.random(1_000) < 0.15)
        tree = DecisionTreeClassifier(random_state=0).fit(X[:500], y[:500])
        found["training"].append(float(tree.score(X[:500], y[:500])))
        found["validation"].append(float(tree.score(X[500:], y[500:])))
    return {name: summary(values) for name, values in found.items()}


@run
def gap_and_score() -> dict[str, Any]:
    """Training and test accuracy on scikit-learn's digits with added pixel noise, four splits.

    Normal noise of sd 3 on pixels of 0 to 16; a forest of 60 unpruned trees and naive Bayes.
    """
    rng = np.random.default_rng(24)
    pixels, digit = load_digits(return_X_y=True)
    found: dict[str, dict[str, list[float]]] = {
        name: {"training": [], "test": []} for name in ("forest", "bayes")
    }
    for _ in range(4):
        X = pixels + 3 * rng.normal(size=pixels.shape)
        order = rng.permutation(len(X))
        train, test = order[:1_000], order[1_000:]
        forest = RandomForestClassifier(60, random_state=int(rng.integers(1_000)))
        for name, model in (("forest", forest), ("bayes", GaussianNB())):
            model.fit(X[train], digit[train])
            found[name]["training"].append(float(model.score(X[train], digit[train])))
            found[name]["test"].append(float(model.score(X[test], digit[test])))
    return {
        name: {
            **{part: summary(values) for part, values in scores.items()},
            "gap": float(np.mean(scores["training"]) - np.mean(scores["test"])),
        }
        for name, scores in found.items()
    }


@run
def thousand_classes() -> dict[str, Any]:
    """Training accuracy of a two-layer network on 1,000 points that each are a class of their own.

    50 normal inputs, random ReLU hidden layer of a given width, output layer by least squares,
    five draws. Labels are arbitrary, so accuracy here is memory and nothing else.
    """
    rng = np.random.default_rng(25)
    rows: list[dict[str, Any]] = []
    for width in (10, 50, 200):
        scores = []
        for _ in range(5):
            X = rng.normal(size=(1_000, 50))
            hidden = np.maximum(X @ rng.normal(size=(50, width)), 0.0)
            Q = np.linalg.qr(hidden)[0]
            scores.append(float(np.mean(np.argmax(Q @ Q.T, axis=1) == np.arange(1_000))))
        rows.append({"hidden units": width, "training accuracy": float(np.mean(scores))})
    accuracy = {f"at_{row['hidden units']}": row["training accuracy"] for row in rows}
    return {"rows": rows, **accuracy}


@run
def stale_map() -> dict[str, Any]:
    """A model that does not vary over training sets, before and after the world moves.

    Straight-line truth 2x, 2,000 examples, noise sd 0.5, 50 training sets; later the truth is
    2x + 3.
    """
    rng = np.random.default_rng(26)
    x_new = np.linspace(-1, 1, 100)
    x = rng.uniform(-1, 1, size=(50, 2_000))
    y = 2 * x + 0.5 * rng.normal(size=x.shape)
    predictions = polynomial_predictions(x, y, 1, x_new)
    return {
        "variance": bias_variance(predictions, 2 * x_new)[1],
        "error_then": float(np.mean((predictions - 2 * x_new) ** 2)),
        "error_later": float(np.mean((predictions - 2 * x_new - 3) ** 2)),
    }


@run
def tuned_on_validation() -> dict[str, Any]:
    """Validation accuracy of the best of 64 models on pure noise, and its accuracy on fresh labels.

    Nearest-centroid rules on random triples of 30 noise features, 60 training and 60 validation
    examples with coin-flip labels, 2,000 fresh ones, 200 repetitions.
    """
    rng = np.random.default_rng(27)
    found: dict[str, list[float]] = {"best_of_64": [], "first": [], "fresh": []}
    for _ in range(200):
        X = rng.normal(size=(2_120, 30))
        y = rng.choice([-1.0, 1.0], size=2_120)
        w = X[:60].T @ y[:60] / 60  # difference of the class means, up to scale
        mask = np.argsort(rng.random((64, 30)), axis=1) < 3
        said = np.sign(X[60:] @ (mask * w).T)
        right = said == y[60:, None]
        scores = right[:60].mean(axis=0)
        best = int(np.argmax(scores))
        found["best_of_64"].append(float(scores[best]))
        found["first"].append(float(scores[0]))
        found["fresh"].append(float(right[60:, best].mean()))
    return {name: summary(values) for name, values in found.items()}


@run
def data_or_penalty() -> dict[str, Any]:
    """Excess error of least squares, of the best ridge penalty, and of four times the data.

    Linear truth on standard normal features, 100 draws. Crowded: 40 features,
    50 examples, noise sd 2. Roomy: 5 features, 50 examples, noise sd 0.5.
    """
    rng = np.random.default_rng(28)
    rows: list[dict[str, Any]] = []
    found: dict[str, Any] = {}
    for name, d, noise in (("crowded", 40, 2.0), ("roomy", 5, 0.5)):
        errors = np.zeros((100, 3))
        for draw in range(100):
            w = rng.normal(size=d) / np.sqrt(d)
            X = rng.normal(size=(200, d))
            y = X @ w + noise * rng.normal(size=200)
            penalized = [ridge_svd(X[:50], y[:50], 10.0**e) for e in np.linspace(-1, 4, 26)]
            fits = ridge_svd(X[:50], y[:50], 0.0), ridge_svd(X, y, 0.0)
            errors[draw, 0], errors[draw, 2] = (float(np.sum((fit - w) ** 2)) for fit in fits)
            errors[draw, 1] = min(float(np.sum((fit - w) ** 2)) for fit in penalized)
        plain, penalty, data = errors.mean(axis=0)
        rows.append(
            {
                "setting": name,
                "least squares": float(plain),
                "best penalty": float(penalty),
                "four times the data": float(data),
            }
        )
        found[name] = {"plain": float(plain), "penalty": float(penalty), "data": float(data)}
    return {"rows": rows, **found}


# --- shrinkage --------------------------------------------------------------------------------


def correlated_design() -> tuple[Array, Array]:
    """A fixed design of 40 examples and 8 features, correlated at 0.9, and its weights."""
    rng = np.random.default_rng(29)
    correlation = 0.9 ** np.abs(np.subtract.outer(np.arange(8), np.arange(8)))
    X = rng.normal(size=(40, 8)) @ np.linalg.cholesky(correlation).T
    w = np.array([1.0, -0.5, 0.8, 0.0, 0.6, -0.3, 0.0, 0.5])
    return X, w


@run
def ridge_curve() -> dict[str, Any]:
    """Squared bias and variance of ridge coefficients against the penalty, in closed form.

    40 examples, eight features with neighbors correlated at 0.9, noise variance 1.
    """
    X, w = correlated_design()
    penalties = np.concatenate([[0.0], np.geomspace(0.02, 60, 70)])
    terms = np.array([ridge_error(X, w, float(penalty), 1.0) for penalty in penalties])
    total = terms.sum(axis=1)
    _, d, Vt = np.linalg.svd(X, full_matrices=False)
    bound = 1.0 / float(np.max((Vt @ w) ** 2))
    best = int(np.argmin(total))
    directions = [
        {
            "$i$": i + 1,
            "$d_i^2$": float(d[i] ** 2),
            "kept at $\\lambda=1$": float(d[i] ** 2 / (d[i] ** 2 + 1)),
            "variance, $\\lambda=0$": float(1 / d[i] ** 2),
            "variance, $\\lambda=1$": float(d[i] ** 2 / (d[i] ** 2 + 1) ** 2),
        }
        for i in (0, 1, 3, 5, 7)
    ]
    return {
        "penalty": penalties.tolist(),
        "bias2": terms[:, 0].tolist(),
        "variance": terms[:, 1].tolist(),
        "total": total.tolist(),
        "slope_at_zero": float(-2 * np.sum(1 / d**4)),
        "best": {"penalty": float(penalties[best]), "total": float(total[best])},
        "at_zero": float(total[0]),
        "bound": bound,
        "at_bound": float(sum(ridge_error(X, w, bound, 1.0))),
        "directions": directions,
    }


@run
def james_stein_risk() -> dict[str, Any]:
    """Total squared error of ten means, estimated by z itself and by James-Stein, against |theta|.

    Noise variance 1, 20,000 draws for each length of the mean vector.
    """
    rng = np.random.default_rng(30)
    lengths = np.linspace(0, 10, 21)
    noise = rng.normal(size=(20_000, 10))
    risk, worst = [], []
    for length in lengths:
        means = np.zeros(10)
        means[0] = length
        squared = (james_stein(noise + means) - means) ** 2
        risk.append(float(squared.sum(axis=1).mean()))
        worst.append(float(squared[:, 0].mean()))
    return {
        "length": lengths.tolist(),
        "james_stein": risk,
        "largest_mean_alone": worst,
        "at_0": risk[0],
        "at_4": risk[8],
        "at_10": risk[20],
        "alone_at_4": worst[8],
    }


@run
def bagging_and_boosting() -> dict[str, Any]:
    """Squared bias and variance against the number of members: bagged full trees, boosted stumps.

    Truth x1 + sin(3 x2) on two uniform features, 100 examples, noise sd 0.5, 30 training sets, 200
    test inputs; boosting adds stumps fitted to the residual, times 0.3.
    """
    rng = np.random.default_rng(31)
    sets, n, rounds = 30, 100, 50
    X_new = rng.uniform(-1, 1, size=(200, 2))
    target = X_new[:, 0] + np.sin(3 * X_new[:, 1])
    new = X_new.astype(np.float32)  # in which trees compare anyway: given it, they check nothing
    bagged, boosted = np.zeros((2, sets, rounds, 200))
    for i in range(sets):
        X = rng.uniform(-1, 1, size=(n, 2))
        y = X[:, 0] + np.sin(3 * X[:, 1]) + 0.5 * rng.normal(size=n)
        fitted = np.zeros(n)
        given = X.astype(np.float32)
        for m in range(rounds):
            sample = rng.integers(0, n, size=n)
            tree = DecisionTreeRegressor(random_state=m)
            tree.fit(given[sample], y[sample], check_input=False)
            bagged[i, m] = tree.predict(new, check_input=False)
            stump = DecisionTreeRegressor(max_depth=1).fit(given, y - fitted, check_input=False)
            fitted += 0.3 * stump.predict(given, check_input=False)
            boosted[i, m] = 0.3 * stump.predict(new, check_input=False)
    counts = np.arange(1, rounds + 1)
    centered = bagged - bagged.mean(axis=0)
    within = float(np.mean(centered**2))
    pairs = (np.mean(centered.sum(axis=1) ** 2) - rounds * within) / (rounds * (rounds - 1))
    correlation = float(pairs) / within
    running = {
        "bagging": bagged.cumsum(axis=1) / counts[:, None],
        "boosting": boosted.cumsum(axis=1),
    }
    found: dict[str, Any] = {"members": counts.tolist(), "correlation": correlation}
    for name, predictions in running.items():
        found[name] = {
            "bias2": [bias_squared(predictions[:, m], target) for m in range(rounds)],
            "variance": [bias_variance(predictions[:, m], target)[1] for m in range(rounds)],
        }
    expected = np.asarray(variance_of_average(within, correlation, counts))
    found["formula"] = expected.tolist()
    found["limit"] = correlation * within
    return found


# --- double descent ---------------------------------------------------------------------------


def random_feature_errors(
    rng: np.random.Generator, n: int, widths: list[int], penalties: Array
) -> tuple[Array, Array]:
    """Test and leave-one-out error by width and penalty: a linear truth, random ReLU features.

    Leave-one-out divides each residual by one minus its own entry of the smoother; it is undefined
    for a fit that copies its labels, so it is infinite at penalty zero here.
    """
    w = rng.normal(size=20) / np.sqrt(20)
    X, X_new = rng.normal(size=(n, 20)), rng.normal(size=(500, 20))
    y, y_new = X @ w + 0.3 * rng.normal(size=n), X_new @ w + 0.3 * rng.normal(size=500)
    errors, left_out = [], []
    for p in widths:
        W = rng.normal(size=(20, p)) / np.sqrt(p)
        hidden, hidden_new = np.maximum(X @ W, 0), np.maximum(X_new @ W, 0)
        U, d, Vt = np.linalg.svd(hidden, full_matrices=False)
        weights = d / (d**2 + penalties[:, None]) * (U.T @ y)  # (penalties, rank), along Vt
        predictions = hidden_new @ (weights @ Vt).T  # (test, penalties)
        errors.append(np.mean((predictions - y_new[:, None]) ** 2, axis=0))
        kept = d**2 / (d**2 + penalties[:, None])  # (penalties, rank)
        residual = y - (kept * (U.T @ y)) @ U.T
        gap = np.maximum(1 - kept @ (U**2).T, 1e-12)
        left_out.append(np.where(penalties > 0, np.mean((residual / gap) ** 2, axis=1), np.inf))
    return np.array(errors), np.array(left_out)


@run
def double_descent() -> dict[str, Any]:
    """Test error of minimum-norm least squares on random ReLU features, against their number p.

    100 examples, 20 normal inputs, linear truth, noise sd 0.3, 40 draws, 500 test points. `ridge`
    takes the best of 12 penalties by test error for each draw, `chosen` the best by leave-one-out.
    """
    rng = np.random.default_rng(32)
    widths = [10, 25, 50, 75, 90, 95, 100, 105, 110, 130, 200, 400, 1_000, 3_000]
    penalties = np.concatenate([[0.0], np.geomspace(1e-3, 10, 12)])
    draws = [random_feature_errors(rng, 100, widths, penalties) for _ in range(40)]
    errors = np.array([draw[0] for draw in draws])  # (draws, widths, penalties)
    plain, ridge = errors[:, :, 0], errors[:, :, 1:].min(axis=2)
    picks = np.argmin([draw[1] for draw in draws], axis=2)[:, :, None]
    chosen = np.take_along_axis(errors, picks, axis=2)[:, :, 0]
    rows = [
        {
            "p": p,
            "median": float(np.median(plain[:, j])),
            "mean": float(np.mean(plain[:, j])),
            "quartiles": [float(q) for q in np.quantile(plain[:, j], [0.25, 0.75])],
            "ridge": float(np.median(ridge[:, j])),
            "chosen": float(np.median(chosen[:, j])),
            "better": float(np.mean(chosen[:, j] < plain[:, j])),
        }
        for j, p in enumerate(widths)
    ]
    shown = [
        {
            "p": row["p"],
            "no penalty, median": row["median"],
            "no penalty, mean": row["mean"],
            "best ridge": row["ridge"],
            "leave-one-out ridge": row["chosen"],
        }
        for row in rows
        if row["p"] in (50, 95, 100, 105, 200, 1_000, 3_000)
    ]
    return {"curve": rows, "rows": shown, **{f"p_{row['p']}": row for row in rows}}


@run
def descent_terms() -> dict[str, Any]:
    """Squared bias and variance in the setting of `double_descent`, over many training sets.

    The true weights have length 1. Inputs, labels and random features are drawn anew each time, so
    the variance is over all three; `noise_part` is what the label noise adds to it, `draw_part`
    the rest. 300 training sets up to p = 130, where fits scatter most, and 60 beyond. At p = n the
    variance is infinite, so no width stands closer than 10.
    """
    rng = np.random.default_rng(41)
    noise2 = 0.09
    w = np.full(20, 20**-0.5)
    X_new = rng.normal(size=(200, 20))
    curve: list[dict[str, Any]] = []
    for p in (10, 25, 50, 75, 90, 110, 130, 200, 400, 1_000, 3_000):
        without_noise, from_noise = [], []
        for _ in range(300 if p <= 130 else 60):
            X, W = rng.normal(size=(100, 20)), rng.normal(size=(20, p)) / np.sqrt(p)
            H, H_new = np.maximum(X @ W, 0), np.maximum(X_new @ W, 0)
            if p < 100:
                smoother = H_new @ np.linalg.solve(H.T @ H, H.T)
            else:
                smoother = np.linalg.solve(H @ H.T, H @ H_new.T).T
            without_noise.append(smoother @ (X @ w))
            from_noise.append(noise2 * np.mean(np.sum(smoother**2, axis=1)))
        bias2 = bias_squared(without_noise, X_new @ w)
        draw_part = float(np.mean(np.var(without_noise, axis=0, ddof=1)))
        noise_part = float(np.mean(from_noise))
        variance = draw_part + noise_part
        curve.append(
            {
                "p": p,
                "bias2": bias2,
                "variance": variance,
                "draw_part": draw_part,
                "noise_part": noise_part,
                "total": bias2 + variance + noise2,
            }
        )
    rows = [
        {
            "p": row["p"],
            "bias²": row["bias2"],
            "from the draw": row["draw_part"],
            "from noise": row["noise_part"],
            "test error": row["total"],
        }
        for row in curve
        if row["p"] in (10, 50, 90, 110, 200, 1_000, 3_000)
    ]
    return {"curve": curve, "rows": rows, **{f"p_{row['p']}": row for row in curve}}


@run
def isotropic() -> dict[str, Any]:
    """Excess error of minimum-norm least squares on p isotropic features, against its formula.

    100 examples, |w| = 1, noise sd 0.5, normal features, 60 draws; means, with the exact formula.
    Squared bias and variance are over training sets, inputs included: beyond p = n the average fit
    is n/p times the truth, and the variance has a part from the inputs and a part from the noise.
    """
    rng = np.random.default_rng(33)
    n, noise2 = 100, 0.25
    rows: list[dict[str, Any]] = []
    for p in (20, 50, 80, 90, 110, 125, 200, 500):
        found = []
        for _ in range(60):
            w = rng.normal(size=p)
            w /= np.linalg.norm(w)
            X = rng.normal(size=(n, p))
            fit = min_norm_fit(X, X @ w + np.sqrt(noise2) * rng.normal(size=n))
            found.append(float(np.sum((fit - w) ** 2)))
        seen = min(1.0, n / p)
        from_noise = noise2 * (p / (n - p - 1) if p < n else n / (p - n - 1))
        rows.append(
            {
                "p": p,
                "bias²": (1 - seen) ** 2,
                "from inputs": seen * (1 - seen),
                "from noise": from_noise,
                "sum": 1 - seen + from_noise,
                "run": float(np.mean(found)),
            }
        )
    return {"rows": rows}


@run
def sample_wise() -> dict[str, Any]:
    """Test error with 100 random ReLU features against the number of examples, without a penalty.

    The setting of `double_descent`, 60 draws; medians and quartiles, and a fixed penalty of 0.3.
    """
    rng = np.random.default_rng(34)
    sizes = [20, 40, 60, 80, 90, 100, 110, 125, 150, 200, 300, 500]
    curve = []
    for n in sizes:
        draws = np.array(
            [random_feature_errors(rng, n, [100], np.array([0.0, 0.3]))[0][0] for _ in range(60)]
        )
        low, middle, high = np.quantile(draws[:, 0], [0.25, 0.5, 0.75])
        curve.append(
            {
                "n": n,
                "median": float(middle),
                "low": float(low),
                "high": float(high),
                "ridge": float(np.median(draws[:, 1])),
            }
        )
    return {"curve": curve, **{f"n_{row['n']}": row for row in curve}}


@run
def epoch_wise() -> dict[str, Any]:
    """Excess error of gradient descent against steps, with features on two scales.

    100 examples, 50 features of scale 1 and 20 of scale 0.04 with large weights, noise sd 1, step
    0.05 on half the mean squared error, started at zero; medians over 60 draws. `scaled_best` is
    the least error of the same data with all features brought to scale 1 first.
    """
    rng = np.random.default_rng(35)
    steps = np.unique(np.geomspace(1, 3e6, 90).astype(int))
    scale = np.concatenate([np.ones(50), np.full(20, 0.04)])
    curves: dict[str, list[Array]] = {"raw": [], "scaled": []}
    for _ in range(60):
        X = rng.normal(size=(100, 70)) * scale
        w = np.concatenate([rng.normal(size=50) * 0.3, rng.normal(size=20) * 10.0])
        y = X @ w + rng.normal(size=100)
        for name, size in (("raw", scale), ("scaled", np.ones(70))):
            U, d, Vt = np.linalg.svd(X / scale * size, full_matrices=False)
            filters = 1 - (1 - 0.05 * d**2 / 100) ** steps[:, None]
            weights = (filters * (U.T @ y) / d) @ Vt
            curves[name].append(np.sum((weights * size - w * scale) ** 2, axis=1))
    middle = np.median(curves["raw"], axis=0)
    scaled = np.median(curves["scaled"], axis=0)
    third = len(steps) // 3
    first = int(np.argmin(middle[: 3 * third // 2]))
    peak = first + int(np.argmax(middle[first : 2 * third]))
    second = peak + int(np.argmin(middle[peak:]))
    marks = {
        name: {"step": int(steps[i]), "error": float(middle[i])}
        for name, i in (("first_valley", first), ("peak", peak), ("second_valley", second))
    }
    return {
        "step": steps.tolist(),
        "error": middle.tolist(),
        **marks,
        "scaled_best": {"step": int(steps[scaled.argmin()]), "error": float(scaled.min())},
        "scaled_end": float(scaled[-1]),
    }


@run
def rank_five() -> dict[str, Any]:
    """R^2 of a nearly unpenalized fit with 20,000 parameters on 500 examples, signal of rank five.

    Features are five latent factors times random loadings plus normal noise of sd 0.5; three draws.
    """
    rng = np.random.default_rng(36)
    found: dict[str, list[float]] = {"training": [], "test": []}
    for _ in range(3):
        factors = rng.normal(size=(700, 5))
        y = factors @ rng.normal(size=5) + 0.1 * rng.normal(size=700)
        loadings = rng.normal(size=(5, 20_000)).astype(np.float32)
        X = factors.astype(np.float32) @ loadings
        X += 0.5 * rng.standard_normal(size=X.shape, dtype=np.float32)
        gram = (X @ X[:500].T).astype(float)
        dual = np.linalg.solve(gram[:500] + 1e-3 * np.eye(500), y[:500])
        predictions = gram @ dual
        for name, part in (("training", slice(0, 500)), ("test", slice(500, 700))):
            residual = np.mean((y[part] - predictions[part]) ** 2)
            found[name].append(float(1 - residual / np.var(y[part])))
    return {name: summary(values) for name, values in found.items()}


# --- complexity -------------------------------------------------------------------------------


@run
def complexity_curve() -> dict[str, Any]:
    """Squared bias, variance, test and training error of polynomials of degree 0 to 14.

    30 evenly spaced inputs, noise sd 0.5, closed form, averaged over 101 inputs in [-1, 1]; the
    training error is sigma^2 (1 - p/n) plus the squared residual of the truth.
    """
    n, noise2 = 30, 0.25
    x, x_new = np.linspace(-1, 1, n), np.linspace(-1, 1, 101)
    curve: list[dict[str, Any]] = []
    for degree in range(15):
        bias2, unit = polynomial_terms(x, truth(x), degree, x_new, truth(x_new))
        left, _ = polynomial_terms(x, truth(x), degree, x, truth(x))
        curve.append(
            {
                "degree": degree,
                "bias2": bias2,
                "variance": noise2 * unit,
                "noise": noise2,
                "test": bias2 + noise2 * unit + noise2,
                "training": left + noise2 * (1 - (degree + 1) / n),
            }
        )
    best = min(curve, key=lambda row: row["test"])
    return {"curve": curve, "best": best}


@run
def not_conserved() -> dict[str, Any]:
    """Squared bias and variance of a well-specified linear model as the sample grows.

    Ten normal features, linear truth, noise sd 1, 300 training sets, 200 test inputs.
    """
    rng = np.random.default_rng(37)
    w = rng.normal(size=10)
    X_new = rng.normal(size=(200, 10))
    rows: list[dict[str, Any]] = []
    for n in (20, 200, 2_000):
        predictions = []
        for _ in range(300):
            X = rng.normal(size=(n, 10))
            y = X @ w + rng.normal(size=n)
            predictions.append(X_new @ np.linalg.solve(X.T @ X, X.T @ y))
        variance = bias_variance(predictions, X_new @ w)[1]
        bias2 = round(bias_squared(predictions, X_new @ w), 4) + 0.0  # no minus zero
        rows.append({"n": n, "bias², estimated": bias2, "variance": variance})
    return {"rows": rows, "ratio": rows[0]["variance"] / rows[-1]["variance"]}


@run
def cross_validated_degree() -> dict[str, Any]:
    """Excess error of the degree chosen by leave-one-out, against the best fixed degree.

    Degrees 0 to 12, 30 examples, noise sd 0.5, 1,000 training sets with evenly spaced inputs.
    """
    rng = np.random.default_rng(38)
    x, x_new = np.linspace(-1, 1, 30), np.linspace(-1, 1, 101)
    y = truth(x) + 0.5 * rng.normal(size=(1_000, 30))
    scores, errors = [], []
    for degree in range(13):
        inverse = np.linalg.pinv(legvander(x, degree))
        H = legvander(x, degree) @ inverse
        scores.append(np.mean(((y - y @ H) / (1 - np.diag(H))) ** 2, axis=1))
        predictions = y @ (legvander(x_new, degree) @ inverse).T
        errors.append(np.mean((predictions - truth(x_new)) ** 2, axis=1))
    chosen = np.argmin(scores, axis=0)
    found = np.array(errors)
    return {
        "chosen": float(found[chosen, np.arange(1_000)].mean()),
        "best_fixed": float(found.mean(axis=1).min()),
        "flexible": float(found[12].mean()),
        "stiff": float(found[1].mean()),
        "share_within_one": float(np.mean(np.abs(chosen - found.mean(axis=1).argmin()) <= 1)),
    }


@run
def complexity_explorable() -> dict[str, Any]:
    """Everything that the page's slider shows: polynomials of degree 0 to 12 on sin(4x + 1).

    n evenly spaced inputs on [-1, 1], only the labels redrawn. `bias2[n][degree]` and
    `unit_variance[n][degree]` are exact averages over the grid: variance = sigma^2 * unit_variance,
    noise = sigma^2, total = their sum with bias2. `measured[sigma][n][degree]` is the error of 400
    fits on fresh labels. A fit is linear in its labels: the j-th of twelve fits on the grid is
    `mean_fit[n][degree] + sigma * deviation[n][degree][j]`; the labels of fit 0 are
    `sin(4x + 1) + sigma * label_noise[n]`.
    """
    rng = np.random.default_rng(39)
    grid = np.linspace(-1, 1, 41)
    sizes, noises = (20, 50, 200), (0.2, 0.5, 1.0)
    found: dict[str, Any] = {
        "grid": np.round(grid, 3).tolist(),
        "truth": np.round(truth(grid), 3).tolist(),
        "sizes": list(sizes),
        "noises": list(noises),
        "degrees": list(range(13)),
        "bias2": {},
        "unit_variance": {},
        "measured": {str(noise): {} for noise in noises},
        "mean_fit": {},
        "deviation": {},
        "label_noise": {},
    }
    for n in sizes:
        x, key = np.linspace(-1, 1, n), str(n)
        unit = rng.normal(size=(400, n))  # label noise before it is multiplied by sigma
        fresh = rng.normal(size=(400, 41))
        for part in ("bias2", "unit_variance", "mean_fit", "deviation"):
            found[part][key] = []
        measured: dict[str, list[float]] = {str(noise): [] for noise in noises}
        for degree in range(13):
            bias2, variance = polynomial_terms(x, truth(x), degree, grid, truth(grid))
            smoother = legvander(grid, degree) @ np.linalg.pinv(legvander(x, degree))
            mean_fit, deviation = smoother @ truth(x), unit @ smoother.T
            found["bias2"][key].append(round(bias2, 6))
            found["unit_variance"][key].append(round(variance, 6))
            found["mean_fit"][key].append(np.round(mean_fit, 3).tolist())
            found["deviation"][key].append(np.round(deviation[:12], 3).tolist())
            for noise in noises:
                error = truth(grid) + noise * fresh - mean_fit - noise * deviation
                measured[str(noise)].append(round(float(np.mean(error**2)), 6))
        for noise in noises:
            found["measured"][str(noise)][key] = measured[str(noise)]
        found["label_noise"][key] = np.round(unit[0], 3).tolist()
    return found


@run
def best_degrees() -> dict[str, Any]:
    """The degree of least expected error for each noise and sample size of the explorable."""
    data = complexity_explorable()
    rows: list[dict[str, Any]] = []
    for n in data["sizes"]:
        row: dict[str, Any] = {"n": n}
        for noise in data["noises"]:
            total = np.array(data["bias2"][str(n)])
            total = total + noise**2 * np.array(data["unit_variance"][str(n)])
            row[f"noise sd {noise}"] = int(np.argmin(total))
        rows.append(row)
    settings = [
        {
            "degree": degree,
            "bias²": data["bias2"]["50"][degree],
            "variance": 0.25 * data["unit_variance"]["50"][degree],
            "total": data["bias2"]["50"][degree]
            + 0.25 * data["unit_variance"]["50"][degree]
            + 0.25,
            "400 fits": data["measured"]["0.5"]["50"][degree],
        }
        for degree in (0, 1, 2, 3, 4, 5, 6, 8, 10, 12)
    ]
    return {"rows": rows, "settings": settings}
