"""Experiments of the topic: each returns plain data and is repeated over training sets or seeds."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_diabetes, make_friedman1
from sklearn.ensemble import (
    BaggingRegressor,
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import LinearRegression, LogisticRegression, RidgeCV
from sklearn.metrics import log_loss
from sklearn.model_selection import KFold, cross_val_predict, cross_val_score
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.neural_network import MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from snippets.ensemble_methods.adaboost import adaboost
from snippets.ensemble_methods.ambiguity import ambiguity
from snippets.ensemble_methods.gradient_boosting import gradient_boosting
from snippets.forms import run

Array = NDArray[np.float64]


def summary(values: Any) -> dict[str, float]:
    """Mean and standard deviation over repetitions."""
    return {"mean": float(np.mean(values)), "sd": float(np.std(values, ddof=1))}


def bias2_and_variance(predictions: Array, truth: Array) -> tuple[float, float]:
    """Squared bias, corrected for the finite number of rows, and variance over the rows."""
    variance = float(np.mean(predictions.var(axis=0, ddof=1)))
    gap = float(np.mean((predictions.mean(axis=0) - truth) ** 2))
    return gap - variance / len(predictions), variance


# --- forests ----------------------------------------------------------------------------------


@run
def forest_variance() -> dict[str, Any]:
    """Friedman-1, 200 rows, noise sd 1: 40 training sets, forests of 25 full trees.

    Tree variance and correlation come from the trees of the first 20 sets, averaged over 300
    inputs; the forest's variance is measured over the other 20, on which they had no influence.
    """
    new, truth = make_friedman1(300, noise=0.0, random_state=999)
    labels = truth + np.random.default_rng(999).normal(size=truth.size)
    rows, result = [], {}
    settings = (("all", "all 10", 1.0), ("third", "a third", 1 / 3))
    for key, shown, features in settings:
        trees, forests, test = [], [], []
        for seed in range(40):
            X, y = make_friedman1(200, noise=1.0, random_state=seed)
            forest = RandomForestRegressor(25, max_features=features, random_state=seed).fit(X, y)
            each = np.array([tree.predict(new) for tree in forest.estimators_])
            if seed < 20:
                trees.append(each)
            else:
                forests.append(each.mean(axis=0))
            test.append(float(np.mean((each.mean(axis=0) - labels) ** 2)))
        cube = np.array(trees) - np.mean(trees, axis=(0, 1))  # (sets, trees, inputs)
        sets, members, _ = cube.shape
        total = cube.sum(axis=1)
        # pairs of trees of one set, and single trees, both about the mean over all sets
        covariance = np.sum(total**2 - np.sum(cube**2, axis=1), axis=0) / (
            sets * members * (members - 1)
        )
        correct = sets / (sets - 1)  # the mean was estimated from these sets
        shared = float(np.mean(covariance)) * correct
        variance = float(np.mean(cube**2)) + float(np.mean(covariance)) * (correct - 1)
        bias2, measured = bias2_and_variance(np.array(forests), truth)
        row = {
            "features tried": shown,
            "one tree": variance,
            "correlation": shared / variance,
            "formula": shared + (variance - shared) / members,
            "measured": measured,
            "bias²": bias2,
            "test error": float(np.mean(test)),
        }
        rows.append(row)
        result[key] = {**{k.replace(" ", "_"): v for k, v in row.items()}, "bias2": bias2}
        result[key]["naive"] = variance / members
        result[key]["floor"] = shared
        result[key]["share"] = measured / variance
        result[key].pop("bias²")
    return {"rows": rows, **result}


@run
def oob_on_noise() -> dict[str, float]:
    """Out-of-bag accuracy of forests on balanced labels that are pure noise, where 0.5 is true.

    40 rows, 5 inputs, 60 trees with leaves of at least 10 rows, 50 data sets.
    """
    found = []
    for seed in range(50):
        rng = np.random.default_rng(seed)
        X, y = rng.normal(size=(40, 5)), rng.permutation(np.repeat([0, 1], 20))
        forest = RandomForestClassifier(
            60, min_samples_leaf=10, oob_score=True, random_state=seed
        ).fit(X, y)
        found.append(float(forest.oob_score_))
    return {"mean": float(np.mean(found)), "error": float(np.std(found, ddof=1) / 50**0.5)}


def _line(x: Array, y: Array, new: Array) -> Array:
    return np.asarray(np.polyval(np.polyfit(x, y, 1), new))


def _cubic(x: Array, y: Array, new: Array) -> Array:
    return np.asarray(np.polyval(np.polyfit(x, y, 3), new))


def _neighbors(k: int) -> Callable[[Array, Array, Array], Array]:
    def predict(x: Array, y: Array, new: Array) -> Array:
        near = np.argsort(np.abs(new[:, None] - x), axis=1, kind="stable")[:, :k]
        return np.asarray(y[near].mean(axis=1))

    return predict


def _stump(x: Array, y: Array, new: Array) -> Array:
    order = np.argsort(x, kind="stable")
    x, y = x[order], y[order]
    count = np.arange(1, len(y))
    left = np.cumsum(y)[:-1] / count
    right = (y.sum() - np.cumsum(y)[:-1]) / (len(y) - count)
    gain = count * left**2 + (len(y) - count) * right**2
    cut = int(np.argmax(np.where(x[1:] > x[:-1], gain, -np.inf)))
    return np.asarray(np.where(new <= (x[cut] + x[cut + 1]) / 2, left[cut], right[cut]))


@run
def bagging_by_learner() -> dict[str, Any]:
    """Five learners before and after bagging (30 bootstrap samples), over 100 training sets.

    60 rows, one input, truth sin(4x + 1) on [-1, 1], noise sd 0.3; terms at 101 inputs.
    """
    x_new = np.linspace(-0.95, 0.95, 101)
    truth = np.sin(4 * x_new + 1)
    learners = {"line": _line, "cubic": _cubic, "15 neighbors": _neighbors(15),
                "1 neighbor": _neighbors(1), "stump": _stump}  # fmt: skip
    rows: list[dict[str, Any]] = []
    result: dict[str, Any] = {}
    for name, predict in learners.items():
        single, bagged = [], []
        rng = np.random.default_rng(1)
        for _ in range(100):
            x = rng.uniform(-1, 1, size=60)
            y = np.sin(4 * x + 1) + 0.3 * rng.normal(size=60)
            draws = rng.integers(0, 60, size=(30, 60))
            single.append(predict(x, y, x_new))
            bagged.append(np.mean([predict(x[draw], y[draw], x_new) for draw in draws], axis=0))
        (b1, v1), (b2, v2) = (bias2_and_variance(np.array(p), truth) for p in (single, bagged))
        rows.append({
            "learner": name, "bias²": b1, "bagged bias²": b2, "variance": v1, "bagged variance": v2,
            "change of the error": f"{(b2 + v2) / (b1 + v1) - 1:+.0%}".replace("-", "−"),
        })  # fmt: skip
        result[name.replace(" ", "_")] = {
            "bias2": b1, "bagged_bias2": b2, "variance": v1, "bagged_variance": v2,
            "error": b1 + v1, "bagged_error": b2 + v2, "excess": (b2 + v2) / (b1 + v1) - 1,
        }  # fmt: skip
    return {"rows": rows, **result}


@run
def terms_by_method() -> dict[str, Any]:
    """Squared bias and variance on Friedman-1 (200 rows, noise sd 1) over 15 training sets.

    A full tree, a depth-2 tree, and boosting depth-2 trees 100 rounds at rate 0.2, with all rows
    or with a random half of them a round.
    """
    new, truth = make_friedman1(300, noise=0.0, random_state=999)
    models = {
        "full tree": ("full", DecisionTreeRegressor(random_state=0)),
        "depth-2 tree": ("shallow", DecisionTreeRegressor(max_depth=2, random_state=0)),
        "boosted depth-2 trees": ("boosted", GradientBoostingRegressor(
            n_estimators=100, learning_rate=0.2, max_depth=2, random_state=0)),
        "the same, half the rows a round": ("stochastic", GradientBoostingRegressor(
            n_estimators=100, learning_rate=0.2, max_depth=2, subsample=0.5, random_state=0)),
    }  # fmt: skip
    rows, result = [], {}
    for name, (key, model) in models.items():
        found = []
        for seed in range(15):
            X, y = make_friedman1(200, noise=1.0, random_state=seed)
            found.append(model.fit(X, y).predict(new))
        bias2, variance = bias2_and_variance(np.array(found), truth)
        rows.append({"model": name, "bias²": bias2, "variance": variance, "sum": bias2 + variance})
        result[key] = {"bias2": bias2, "variance": variance, "sum": bias2 + variance}
    return {"rows": rows, **result}


@run
def more_trees() -> dict[str, Any]:
    """Test error by number of trees: a forest, and boosting at rates 0.3 and 0.05.

    Friedman-1, 200 rows, noise sd 3; full trees in the forest, depth 2 in boosting; 3 seeds.
    """
    new, truth = make_friedman1(500, noise=0.0, random_state=999)
    curves: dict[str, list[Array]] = {"forest": [], "fast": [], "slow": []}
    for seed in range(3):
        X, y = make_friedman1(200, noise=3.0, random_state=seed)
        forest = RandomForestRegressor(200, max_features=1 / 3, random_state=seed).fit(X, y)
        each = np.array([tree.predict(new) for tree in forest.estimators_])
        paths = {"forest": np.cumsum(each, axis=0) / np.arange(1, 201)[:, None]}
        for name, rate in (("fast", 0.3), ("slow", 0.05)):
            paths[name] = gradient_boosting(X, y, new, rounds=200, rate=rate, depth=2)[1:]
        for name, path in paths.items():
            curves[name].append(np.mean((path - truth) ** 2, axis=1))
    result: dict[str, Any] = {}
    for name, found in curves.items():
        mean = np.mean(found, axis=0)
        result[name] = {
            "curve": mean.tolist(), "at_100": float(mean[99]), "at_end": float(mean[-1]),
            "best": float(mean.min()), "best_round": int(mean.argmin()) + 1,
            "rise": float(mean[-1] / mean.min()), "rise_share": float(mean[-1] / mean.min()) - 1,
            "sd_at_end": float(np.std([curve[-1] for curve in found], ddof=1)),
        }  # fmt: skip
    return result


# --- boosting ---------------------------------------------------------------------------------


@run
def adaboost_path() -> dict[str, Any]:
    """AdaBoost with stumps for 300 rounds on 150 rows, 5 normal inputs, label by the sum of
    squares; training error, its bound, test error on 1,000 rows, and margins; 8 seeds. Each seed's
    test error is also taken at the round where its own training error first is zero.
    """
    found, at_zero = [], []
    for seed in range(8):
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(1_150, 5))
        y = np.where(np.sum(X**2, axis=1) > 4.35, 1, -1)
        members = adaboost(X[:150], y[:150], rounds=300)
        alphas = np.array([alpha for alpha, _, _ in members])
        errors = np.array([error for _, error, _ in members])
        scores = np.cumsum([a * stump.predict(X) for a, _, stump in members], axis=0)
        wrong = np.sign(scores) != y
        margins = scores[:, :150] * y[:150] / np.cumsum(alphas)[:, None]
        found.append({
            "training": wrong[:, :150].mean(axis=1), "test": wrong[:, 150:].mean(axis=1),
            "bound": np.cumprod(2 * np.sqrt(errors * (1 - errors))),
            "looser": np.exp(-2 * np.cumsum((0.5 - errors) ** 2)),
            "low_margin": np.quantile(margins, 0.1, axis=1),
        })  # fmt: skip
    mean = {name: np.mean([one[name] for one in found], axis=0) for name in found[0]}
    zero = [int(np.argmax(one["training"] == 0)) + 1 for one in found]
    first = max(zero)
    for one, reached in zip(found, zero, strict=True):
        rounds = (reached - 1, -1)
        at_zero.append([one[name][at] for name in ("test", "low_margin") for at in rounds])
    then, end, margin_then, margin_end = np.mean(at_zero, axis=0)
    return {
        **{name: values.tolist() for name, values in mean.items()},
        "zero_by": first,
        "test_then": float(then), "test_end": float(end),
        "falls": int(np.sum(np.array(at_zero)[:, 1] < np.array(at_zero)[:, 0])),
        "margin_then": float(margin_then), "margin_end": float(margin_end),
        "margin_rises": int(np.sum(np.array(at_zero)[:, 3] > np.array(at_zero)[:, 2])),
        "bound_holds": float(np.mean([np.all(one["training"] <= one["bound"]) for one in found])),
        "all_reach_zero": float(np.mean([np.min(one["training"]) == 0 for one in found])),
    }  # fmt: skip


# --- combining --------------------------------------------------------------------------------


@run
def stacking_placement() -> dict[str, Any]:
    """Stacks of a full tree, 1 neighbor and logistic regression, the final logistic model fitted
    on in-sample or out-of-fold chances; 300 rows, 20% flipped labels, 3,000 test rows, 10 seeds.
    """
    found: dict[str, list[float]] = {"in_sample": [], "out_of_fold": [], "logistic": []}
    accuracy: dict[str, list[float]] = {name: [] for name in found}
    training: list[float] = []
    for seed in range(10):
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(3_300, 5))
        clean = (X[:, 0] + X[:, 1] * X[:, 2] > 0).astype(int)
        y = np.where(rng.random(3_300) < 0.2, 1 - clean, clean)
        models = [
            DecisionTreeClassifier(random_state=0),
            KNeighborsClassifier(1),
            LogisticRegression(),
        ]
        old, new = slice(0, 300), slice(300, None)
        fitted = [model.fit(X[old], y[old]) for model in models]
        inside = np.column_stack([model.predict_proba(X[old])[:, 1] for model in fitted])
        folds = KFold(5, shuffle=True, random_state=0)
        out = np.column_stack([
            cross_val_predict(model, X[old], y[old], cv=folds, method="predict_proba")[:, 1]
            for model in models
        ])  # fmt: skip
        outer = np.column_stack([model.predict_proba(X[new])[:, 1] for model in fitted])
        for name, features in (("in_sample", inside), ("out_of_fold", out)):
            final = LogisticRegression(C=100.0).fit(features, y[old])
            chances = final.predict_proba(outer)[:, 1]
            found[name].append(float(log_loss(y[new], chances)))
            accuracy[name].append(float(np.mean((chances > 0.5) == y[new])))
            if name == "in_sample":
                training.append(float(final.score(features, y[old])))
        found["logistic"].append(float(log_loss(y[new], outer[:, 2])))
        accuracy["logistic"].append(float(np.mean((outer[:, 2] > 0.5) == y[new])))
    return {
        "training_accuracy": float(np.mean(training)),
        **{name: {"log_loss": summary(found[name]), "accuracy": summary(accuracy[name])}
           for name in found},
    }  # fmt: skip


@run
def copies_or_variety() -> dict[str, Any]:
    """The average of three models on Friedman-1 (200 rows, 10 seeds): three bootstrap trees, or a
    tree, 5 neighbors and a line; members' error, ambiguity and the error of the average.
    """
    new, truth = make_friedman1(500, noise=0.0, random_state=999)
    found: dict[str, list[tuple[float, ...]]] = {"trees": [], "mixed": []}
    for seed in range(10):
        X, y = make_friedman1(200, noise=1.0, random_state=seed)
        bag = BaggingRegressor(n_estimators=3, random_state=seed).fit(X, y)
        mixed = [
            DecisionTreeRegressor(random_state=0), KNeighborsRegressor(5), LinearRegression(),
        ]  # fmt: skip
        teams = {"trees": [tree.predict(new) for tree in bag.estimators_],
                 "mixed": [model.fit(X, y).predict(new) for model in mixed]}  # fmt: skip
        for name, team in teams.items():
            error, spread = ambiguity(team, truth)
            best = float(np.min(np.mean((np.array(team) - truth) ** 2, axis=1)))
            found[name].append((error, spread, error - spread, best))
    keys = ("members", "ambiguity", "average", "best_member")
    return {
        name: dict(zip(keys, np.mean(values, axis=0).tolist(), strict=True))
        for name, values in found.items()
    }


# --- use --------------------------------------------------------------------------------------


@run
def calibration_slopes() -> dict[str, Any]:
    """Slope of a logistic fit of the test label on the log odds a model predicts: 1 is right,
    below 1 too extreme, above 1 too timid. 1,000 rows, 2,000 test rows, 3 seeds.
    """
    slopes: dict[str, list[float]] = {}
    for seed in range(3):
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(3_000, 10))
        chance = 1 / (1 + np.exp(-1.5 * (X[:, 0] + X[:, 1] + X[:, 2])))
        y = (rng.random(3_000) < chance).astype(int)
        models = {
            "forest": RandomForestClassifier(40, min_samples_leaf=5, random_state=seed),
            "boosting_stopped": GradientBoostingClassifier(
                n_estimators=60, max_depth=2, random_state=seed
            ),
            "boosting_long": GradientBoostingClassifier(
                n_estimators=100, max_depth=4, learning_rate=0.3, random_state=seed
            ),
        }
        for name, model in models.items():
            p = model.fit(X[:1_000], y[:1_000]).predict_proba(X[1_000:])[:, 1]
            p = np.clip(p, 1e-4, 1 - 1e-4)
            odds = np.log(p / (1 - p))[:, None]
            fit = LogisticRegression(C=np.inf).fit(odds, y[1_000:])
            slopes.setdefault(name, []).append(float(fit.coef_[0, 0]))
    return {name: summary(values) for name, values in slopes.items()}


@run
def trees_nets_lines() -> dict[str, Any]:
    """Cross-validated R2 (3 folds) of ridge, boosting and a small network on four data sets."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(400, 8))
    diagonal = np.sin(2 * X @ np.full(8, 8**-0.5)) + 0.2 * rng.normal(size=400)
    Xf, yf = make_friedman1(400, noise=1.0, random_state=0)
    jumps = 2.0 * (X[:, 0] > 0.3) * (X[:, 1] < 0.5) + (np.abs(X[:, 2]) > 1)
    data = {
        "diabetes (442 real rows)": load_diabetes(return_X_y=True),
        "Friedman-1 (400 rows)": (Xf, yf),
        "thresholds (400 rows)": (X, jumps + 0.3 * rng.normal(size=400)),
        "one diagonal wave (400 rows)": (X, diagonal),
    }
    models = {
        "ridge": make_pipeline(StandardScaler(), RidgeCV(np.logspace(-2, 3, 11))),
        "boosting": HistGradientBoostingRegressor(
            max_iter=60, learning_rate=0.1, max_leaf_nodes=8, random_state=0
        ),
        "network": make_pipeline(
            StandardScaler(),
            MLPRegressor(
                hidden_layer_sizes=(32,),
                solver="lbfgs",
                alpha=3.0,
                max_iter=5000,
                tol=1e-3,
                random_state=0,
            ),
        ),
    }
    rows = []
    for name, (inputs, y) in data.items():
        scale = (y - y.mean()) / y.std()
        folds = KFold(3, shuffle=True, random_state=0)
        scores = {
            kind: float(np.mean(cross_val_score(model, inputs, scale, cv=folds)))
            for kind, model in models.items()
        }
        rows.append({"data": name, **scores})
    return {"rows": rows}
