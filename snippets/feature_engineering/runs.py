"""Experiments on features: leaks, encodings, scales, gaps and importances."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.datasets import load_wine
from sklearn.ensemble import (
    GradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
)
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LinearRegression, LogisticRegression, RidgeClassifier
from sklearn.metrics import r2_score, roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from snippets.feature_engineering.cross_fitted import cross_fitted
from snippets.feature_engineering.cyclic import cyclic
from snippets.feature_engineering.target_encoding import target_encoding
from snippets.forms import run

Array = NDArray[np.float64]
FEATURES = ("signal", "noise")


def spread(values: Any) -> dict[str, float]:
    """Return the mean of repeated results and their standard deviation, by n - 1."""
    return {"mean": float(np.mean(values)), "sd": float(np.std(values, ddof=1))}


@run
def target_leak() -> dict[str, Any]:
    """Encode a category of pure noise: 2,000 rows cut in half, 800 levels, random labels, 10 seeds.

    ROC AUC of the encoded feature itself, on the rows that taught it and on the other half.
    """
    scores: dict[str, list[tuple[float, float]]] = {
        "category means": [], "smoothed, strength 10": [], "cross-fitted, strength 10": []
    }  # fmt: skip
    for seed in range(10):
        rng = np.random.default_rng(seed)
        x, y = rng.integers(0, 800, size=2000), rng.integers(0, 2, size=2000)
        for name, found in scores.items():
            strength = 0 if name == "category means" else 10
            table = target_encoding(x[:1000].tolist(), y[:1000], strength)
            mean = float(y[:1000].mean())
            everywhere = np.array([table.get(one, mean) for one in x.tolist()])
            train = everywhere[:1000]
            if name.startswith("cross"):
                train = cross_fitted(x[:1000], y[:1000], strength)
            found.append(
                (roc_auc_score(y[:1000], train), roc_auc_score(y[1000:], everywhere[1000:]))
            )
    rows: list[dict[str, Any]] = []
    for name, found in scores.items():
        train, test = np.array(found).T
        rows.append({"encoding": name, "training AUC": float(train.mean()),
                     "test AUC": float(test.mean())})  # fmt: skip
    keys = ("means", "smoothed", "crossed")
    return {"rows": rows} | {
        key: {"train": row["training AUC"], "test": row["test AUC"]}
        for key, row in zip(keys, rows, strict=True)
    }


@run
def random_id_control() -> dict[str, Any]:
    """Add a target-encoded column of random ids (800 values) to one real feature; 6 seeds.

    1,000 rows to train 40 boosted trees, 3,000 to test; the log-odds are the real feature. Test AUC
    without the column, with it encoded by smoothed means of the own rows, and cross-fitted; the
    column's share of the training gain, and its permutation importance (AUC) on the test rows.
    """
    found: dict[str, dict[str, list[float]]] = {"naive": {}, "crossed": {}}
    alone: list[float] = []
    for seed in range(6):
        rng = np.random.default_rng(seed)
        x, ids = rng.normal(size=4000), rng.integers(0, 800, size=4000)
        y = (rng.random(4000) < 1 / (1 + np.exp(-x))).astype(int)
        table = target_encoding(ids[:1000].tolist(), y[:1000], 10)
        mean = float(y[:1000].mean())
        encoded = np.array([table.get(one, mean) for one in ids.tolist()])
        new = np.column_stack([x, encoded])[1000:]
        columns = {"naive": encoded[:1000], "crossed": cross_fitted(ids[:1000], y[:1000], 10)}
        model = GradientBoostingClassifier(n_estimators=40, random_state=0)
        model.fit(x[:1000, None], y[:1000])
        alone.append(float(roc_auc_score(y[1000:], model.decision_function(x[1000:, None]))))
        for name, column in columns.items():
            model.fit(np.column_stack([x[:1000], column]), y[:1000])
            shuffled = permutation_importance(
                model, new, y[1000:], scoring="roc_auc", n_repeats=3, random_state=0
            ).importances_mean
            scores = {
                "auc": float(roc_auc_score(y[1000:], model.decision_function(new))),
                "gain": float(model.feature_importances_[1]),
                "permutation": float(shuffled[1]),
            }
            for key, value in scores.items():
                found[name].setdefault(key, []).append(value)
    return {"alone": spread(alone)} | {
        name: {key: spread(values) for key, values in scores.items()}
        for name, scores in found.items()
    }


def _categories(rng: np.random.Generator, n: int, effects: Array) -> tuple[Any, Any]:
    chances = 1 / np.arange(1, len(effects) + 1)
    x = rng.choice(len(effects), size=n, p=chances / chances.sum())
    return x, (rng.random(n) < 1 / (1 + np.exp(-effects[x]))).astype(int)


@run
def ten_thousand_levels() -> dict[str, Any]:
    """Predict a click from one category of 10,000 levels with Zipf frequencies, 5 seeds.

    True log-odds are normal around -1 with standard deviation 1; 40,000 rows to train, 40,000 to
    test. Linear models for one-hot (sparse) and hashed columns, the encoding itself otherwise.
    """
    results: dict[str, list[float]] = {}
    size = 0
    for seed in range(5):
        rng = np.random.default_rng(seed)
        effects = rng.normal(-1, 1, size=10_000)
        x, y = _categories(rng, 40_000, effects)
        x_test, y_test = _categories(rng, 40_000, effects)

        def columns(ids: Any, width: int) -> csr_matrix:
            n = len(ids)
            return csr_matrix((np.ones(n), (np.arange(n), ids)), shape=(n, width))

        counts = np.bincount(x, minlength=10_000)
        mean = float(y.mean())
        buckets = rng.integers(0, 500, size=10_000)
        one_hot = columns(x, 10_000)
        size = one_hot.data.nbytes + one_hot.indices.nbytes + one_hot.indptr.nbytes
        table = target_encoding(x.tolist(), y, 4.0)
        raw = target_encoding(x.tolist(), y, 0.0)
        linear = LogisticRegression(C=1.0, max_iter=300)
        scores = {
            "frequency": np.log1p(counts[x_test]),
            "hashed to 500 columns": linear.fit(columns(buckets[x], 500), y).decision_function(
                columns(buckets[x_test], 500)
            ),
            "target means": np.array([raw.get(one, mean) for one in x_test.tolist()]),
            "target means, smoothed": np.array([table.get(one, mean) for one in x_test.tolist()]),
            "one-hot, sparse, L2": linear.fit(one_hot, y).decision_function(
                columns(x_test, 10_000)
            ),
            "true effects": effects[x_test],
        }
        for name, score in scores.items():
            results.setdefault(name, []).append(float(roc_auc_score(y_test, score)))
    rows = [{"encoding": name} | spread(found) for name, found in results.items()]
    return {"rows": rows, "megabytes": size / 1e6, "dense_gigabytes": 40_000 * 10_000 * 8 / 1e9}


@run
def scaling_by_model() -> dict[str, Any]:
    """Cross-validate six models on the wine data, raw and standardized inside the folds.

    Five stratified folds, shuffled with 3 seeds; one of the 13 features is near 1,000, one near
    0.1.
    """
    X, y = load_wine(return_X_y=True)
    models: dict[str, Callable[[], Any]] = {
        "5 nearest neighbors": lambda: KNeighborsClassifier(),
        "SVM, RBF kernel": lambda: SVC(),
        "ridge classifier, $\\lambda = 100$": lambda: RidgeClassifier(alpha=100.0),
        "Gaussian naive Bayes": lambda: GaussianNB(),
        "decision tree": lambda: DecisionTreeClassifier(random_state=0),
        "random forest": lambda: RandomForestClassifier(20, random_state=0),
    }
    rows = []
    tree = {"predictions": 0, "changed": 0, "other_splits": 0}
    for name, make in models.items():
        raw, scaled = [], []
        for seed in range(3):
            folds = StratifiedKFold(5, shuffle=True, random_state=seed)
            raw.append(cross_val_score(make(), X, y, cv=folds).mean())
            pipe = make_pipeline(StandardScaler(), make())
            scaled.append(cross_val_score(pipe, X, y, cv=folds).mean())
        rows.append({"model": name, "raw": float(np.mean(raw)),
                     "standardized": float(np.mean(scaled))})  # fmt: skip
    for seed in range(3):
        for old, new in StratifiedKFold(5, shuffle=True, random_state=seed).split(X, y):
            plain = models["decision tree"]().fit(X[old], y[old])
            scale = StandardScaler().fit(X[old])
            other = models["decision tree"]().fit(scale.transform(X[old]), y[old])
            differ = plain.predict(X[new]) != other.predict(scale.transform(X[new]))
            tree["predictions"] += len(new)
            tree["changed"] += int(differ.sum())
            tree["other_splits"] += int(
                not np.array_equal(plain.tree_.feature, other.tree_.feature)
            )
    return {"rows": rows, "tree": tree}


@run
def missing_mechanisms() -> dict[str, Any]:
    """Delete half of a normal variable (mean 50, sd 10) in three ways; 20 seeds of 5,000 rows.

    A companion has correlation 0.8 with it. MCAR: at random. MAR: more often where the companion
    is high. MNAR: more often where the value itself is high.
    """
    results: dict[str, list[dict[str, float]]] = {"MCAR": [], "MAR": [], "MNAR": []}
    on_the_line: list[float] = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        z = rng.normal(size=5000)
        x = 50 + 10 * (0.8 * z + 0.6 * rng.normal(size=5000))
        for name, found in results.items():
            drive = {"MCAR": np.zeros(5000), "MAR": z, "MNAR": (x - 50) / 10}[name]
            seen = rng.random(5000) > 1 / (1 + np.exp(-2 * drive))
            filled = np.where(seen, x, x[seen].mean())
            slope = np.polyfit(z[seen], x[seen], 1)
            modeled = np.where(seen, x, np.polyval(slope, z))
            if name == "MAR":
                on_the_line.append(float(np.corrcoef(modeled, z)[0, 1]))
            found.append(
                {
                    "mean, rows dropped": float(x[seen].mean()),
                    "mean, model-based": float(modeled.mean()),
                    "variance, mean filled in": float(filled.var()),
                    "correlation, mean filled in": float(np.corrcoef(filled, z)[0, 1]),
                }
            )
    rows: list[dict[str, Any]] = [
        {"mechanism": name} | {key: float(np.mean([one[key] for one in found])) for key in found[0]}
        for name, found in results.items()
    ]
    keys = ("dropped", "modeled", "variance", "correlation")
    short = {
        row["mechanism"].lower(): dict(zip(keys, list(row.values())[1:], strict=True))
        for row in rows
    }
    return {"rows": rows, "on_the_line": float(np.mean(on_the_line))} | short


@run
def importance_bias() -> dict[str, Any]:
    """Fit forests to one informative binary feature and one of pure noise with many values.

    300 rows, label equal to the binary feature in 75% of cases, 40 trees, 8 seeds. Impurity
    importance against permutation importance on 1,000 test rows.
    """
    kinds = [f"{kind}, {name}" for kind in ("impurity", "permutation") for name in FEATURES]
    found: dict[str, list[float]] = {kind: [] for kind in kinds}
    for seed in range(8):
        rng = np.random.default_rng(seed)
        signal = rng.integers(0, 2, size=1300)
        X = np.column_stack([signal, rng.normal(size=1300)])
        y = np.where(rng.random(1300) < 0.75, signal, 1 - signal)
        forest = RandomForestClassifier(40, random_state=seed).fit(X[:300], y[:300])
        shuffled = permutation_importance(
            forest, X[300:], y[300:], n_repeats=3, random_state=seed
        ).importances_mean
        for k, name in enumerate(FEATURES):
            found[f"impurity, {name}"].append(float(forest.feature_importances_[k]))
            found[f"permutation, {name}"].append(float(shuffled[k]))
    means = {name: float(np.mean(values)) for name, values in found.items()}
    rows = [
        {"importance": kind} | {name: means[f"{kind}, {name}"] for name in FEATURES}
        for kind in ("impurity", "permutation")
    ]
    return {"rows": rows, "impurity": rows[0], "permutation": rows[1]}


@run
def hour_of_day() -> dict[str, Any]:
    """Predict a demand that peaks at 23:00 from the hour, in four encodings and two models.

    The peak has a width of two hours across midnight; noise 0.3; 400 rows to train, 2,000 to
    test, 10 seeds. R squared on the test rows; the tree has depth 3.
    """
    hours = np.arange(24.0)
    encodings: dict[str, Callable[[Array], Array]] = {
        "hour as a number": lambda h: h[:, None],
        "sine and cosine": lambda h: cyclic(h, 24),
        "sine and cosine, two harmonics": lambda h: np.hstack([cyclic(h, 24), cyclic(h, 12)]),
        "one-hot": lambda h: np.asarray(h[:, None] == hours, dtype=float),
    }
    results: dict[str, dict[str, list[float]]] = {}
    curves: dict[str, list[float]] = {}
    for seed in range(10):
        rng = np.random.default_rng(seed)

        def draw(n: int, rng: np.random.Generator = rng) -> tuple[Array, Array]:
            h = rng.integers(0, 24, size=n).astype(float)
            gap = np.minimum((h - 23) % 24, (23 - h) % 24)
            return h, np.exp(-(gap**2) / 8) + 0.3 * rng.normal(size=n)

        h, y = draw(400)
        h_test, y_test = draw(2000)
        for name, encode in encodings.items():
            for kind, model in (
                ("linear", LinearRegression()),
                ("tree", DecisionTreeRegressor(max_depth=3, random_state=0)),
            ):
                model.fit(encode(h), y)
                score = float(r2_score(y_test, model.predict(encode(h_test))))
                results.setdefault(name, {}).setdefault(kind, []).append(score)
                if seed == 0 and kind == "linear":
                    curves[name] = model.predict(encode(hours)).tolist()
    gap = np.minimum((hours - 23) % 24, (23 - hours) % 24)
    rows = [
        {"encoding": name} | {kind: float(np.mean(v)) for kind, v in found.items()}
        for name, found in results.items()
    ]
    return {"rows": rows, "curves": curves, "truth": np.exp(-(gap**2) / 8).tolist()}


@run
def better_features() -> dict[str, Any]:
    """Predict energy per area from consumption and area, where only their ratio matters.

    y = log(consumption / area) plus noise 0.2; inputs log-normal; 6 seeds. A boosted ensemble on
    the two raw columns against a straight line on the log of the ratio, at two sizes.
    """
    rows = []
    for n in (100, 2000):
        found: dict[str, list[float]] = {"boosting, raw": [], "line, log ratio": []}
        for seed in range(6):
            rng = np.random.default_rng(seed)
            a, b = rng.lognormal(0, 1, size=(2, n + 1000))
            y = np.log(a / b) + 0.2 * rng.normal(size=n + 1000)
            raw, ratio = np.column_stack([a, b]), np.log(a / b)[:, None]
            for name, model, X in (
                ("boosting, raw", HistGradientBoostingRegressor(max_iter=80, random_state=0), raw),
                ("line, log ratio", LinearRegression(), ratio),
            ):
                guess = model.fit(X[:n], y[:n]).predict(X[n:])
                found[name].append(float(np.sqrt(np.mean((guess - y[n:]) ** 2))))
        row: dict[str, Any] = {"rows to train": n}
        for name, values in found.items():
            row |= {name: float(np.mean(values)), f"{name}, sd": spread(values)["sd"]}
        rows.append(row)
    return {"rows": rows}
