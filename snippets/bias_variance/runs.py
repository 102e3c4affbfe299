"""Experiments of the topic: each returns plain data and is repeated over training sets or seeds."""

from typing import Any

import numpy as np
from numpy.polynomial.legendre import legvander
from numpy.typing import NDArray
from sklearn.tree import DecisionTreeRegressor

from snippets.bias_variance.decomposition import bias_variance
from snippets.forms import run

Array = NDArray[np.float64]


def truth(x: Array) -> Array:
    """The regression function of the topic's one-dimensional examples, on [-1, 1]."""
    return np.sin(4 * x + 1)


def summary(values: Any) -> dict[str, float]:
    """Mean and standard deviation over repetitions."""
    return {"mean": float(np.mean(values)), "sd": float(np.std(values))}


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
    of sd 0.5. The error is measured separately, on fresh labels at 200 evenly spaced inputs.
    """
    rng = np.random.default_rng(0)
    sets, n, noise = 2_000, 30, 0.5
    x_new = np.linspace(-0.95, 0.95, 200)
    rows, result = [], {}
    x, y = training_sets(rng, sets, n, noise)
    for degree in (1, 4, 12):
        predictions = polynomial_predictions(x, y, degree, x_new)
        fresh = truth(x_new) + noise * rng.normal(size=predictions.shape)
        bias2, variance = bias_variance(predictions, truth(x_new))
        row = {
            "bias2": bias2,
            "variance": variance,
            "noise": noise**2,
            "sum": bias2 + variance + noise**2,
            "against_truth": float(np.mean((predictions - truth(x_new)) ** 2)),
            "measured": float(np.mean((predictions - fresh) ** 2)),
        }
        result[f"degree_{degree}"] = row
        rows.append(
            {
                "degree": degree,
                "bias²": bias2,
                "variance": variance,
                "noise": noise**2,
                "sum": row["sum"],
                "measured": row["measured"],
            }
        )
    return {"rows": rows, **result}


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
    """Degree-12 polynomials on 300 training sets of 30: the best fit, the average fit, their error.

    The setting of `decomposition`; errors are squared distances from the truth.
    """
    rng = np.random.default_rng(3)
    x_new = np.linspace(-0.95, 0.95, 200)
    x, y = training_sets(rng, 300, 30, 0.5)
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
