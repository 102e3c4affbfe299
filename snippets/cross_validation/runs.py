"""Experiments of the topic: each returns plain data and is repeated over data sets or seeds."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm, rankdata
from scipy.stats import t as student

from snippets.cross_validation.block_residuals import block_residuals
from snippets.cross_validation.corrected_interval import corrected_interval
from snippets.cross_validation.group_folds import group_folds
from snippets.cross_validation.group_time_splits import group_time_splits
from snippets.cross_validation.plus_632 import plus_632
from snippets.cross_validation.time_splits import time_splits
from snippets.forms import run

Array = NDArray[np.float64]


def summary(values: Any) -> dict[str, float]:
    """Mean and standard deviation over repetitions."""
    return {"mean": float(np.mean(values)), "sd": float(np.std(values, ddof=1))}


def shuffled_folds(rng: np.random.Generator, n: int, k: int) -> NDArray[np.intp]:
    """Assign n rows to k folds of nearly equal size at random."""
    return rng.permutation(n) % k


def stratified(rng: np.random.Generator, y: Array, k: int) -> NDArray[np.intp]:
    """Assign rows to k folds at random, each class spread evenly over them."""
    folds = np.empty(len(y), dtype=np.intp)
    start = 0
    for label in np.unique(y):
        size = int(np.sum(y == label))
        folds[y == label] = rng.permutation((start + np.arange(size)) % k)
        start += size
    return folds


def neighbor_votes(distances: Array, labels: Array) -> Array:
    """Mean label of the 1, 2, 3, ... nearest training columns, for each row of distances."""
    near = np.argsort(distances, axis=1, kind="stable")
    return np.asarray(np.cumsum(labels[near], axis=1) / np.arange(1, near.shape[1] + 1))


def area(labels: Array, scores: Array) -> float:
    """ROC AUC by ranks, ties counted half."""
    positives = labels == 1
    m, n = positives.sum(), (~positives).sum()
    return float((rankdata(scores)[positives].sum() - m * (m + 1) / 2) / (m * n))


# --- what leaks -------------------------------------------------------------------------------


@run
def selection_outside() -> dict[str, Any]:
    """Choose 100 of 5,000 noise columns by an F test, then 1-NN in 5 folds; n = 50, 20 seeds.

    Labels are balanced and random, so the true error is one half. The columns are chosen once on
    all rows, or again inside each fold.
    """
    wrong: list[float] = []
    right: list[float] = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(50, 5_000))
        y = rng.permutation(np.repeat([0.0, 1.0], 25))
        folds = stratified(rng, y, 5)

        def best(rows: NDArray[np.bool_], X: Array = X, y: Array = y) -> NDArray[np.intp]:
            A, b = X[rows] - X[rows].mean(axis=0), y[rows] - y[rows].mean()
            r = np.abs(A.T @ b) / np.sqrt(np.sum(A**2, axis=0))  # ranks columns as F does
            return np.argsort(-r)[:100]

        outside = best(np.ones(50, dtype=bool))
        for chosen, kept in ((True, wrong), (False, right)):
            misses = 0
            for fold in range(5):
                training, test = folds != fold, folds == fold
                columns = outside if chosen else best(training)
                A, B = X[np.ix_(training, columns)], X[np.ix_(test, columns)]
                distance = np.sum((B[:, None] - A[None]) ** 2, axis=2)
                misses += int(np.sum(y[training][distance.argmin(axis=1)] != y[test]))
            kept.append(misses / 50)
    return {"outside": summary(wrong), "inside": summary(right),
            "outside_errors": wrong, "inside_errors": right}  # fmt: skip


@run
def scaler_outside() -> dict[str, float]:
    """Accuracy of 5 neighbors with the scaler fitted on all rows, less that with it in the folds.

    60 rows, 5 inputs in different units of which one carries signal, 5 folds, 400 data sets: the
    mean difference with its standard error, and the mean size of a difference.
    """
    gaps = []
    for seed in range(400):
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(60, 5)) * np.array([1.0, 10.0, 100.0, 0.1, 1.0])
        y = (X[:, 0] + rng.normal(size=60) > 0).astype(float)
        folds = stratified(rng, y, 5)
        right = {"outside": 0, "inside": 0}
        for fold in range(5):
            training, test = folds != fold, folds == fold
            for place, rows in (("outside", np.ones(60, dtype=bool)), ("inside", training)):
                Z = (X - X[rows].mean(axis=0)) / X[rows].std(axis=0)
                distance = np.sum((Z[test][:, None] - Z[training][None]) ** 2, axis=2)
                says = neighbor_votes(distance, y[training])[:, 4] > 0.5
                right[place] += int(np.sum(says == y[test]))
        gaps.append((right["outside"] - right["inside"]) / 60)
    return {
        "mean": float(np.mean(gaps)),
        "error": float(np.std(gaps, ddof=1) / 20),
        "size": float(np.mean(np.abs(gaps))),
    }


@run
def tuning_on_noise() -> dict[str, Any]:
    """Best of 15 neighbor counts by 5 folds on random balanced labels, n = 60, 200 data sets.

    Reported: the best mean score, the score with the best count chosen in each test fold, the
    nested score with 4 inner folds, and the true accuracy of one half.
    """
    best, per_fold, nested = [], [], []
    counts = np.arange(1, 30, 2) - 1
    for seed in range(200):
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(60, 5))
        y = rng.permutation(np.repeat([0.0, 1.0], 30))
        distance = np.sum((X[:, None] - X[None]) ** 2, axis=2)

        def scores(
            training: NDArray[np.bool_], test: NDArray[np.bool_], d: Array = distance, y: Array = y
        ) -> Array:
            votes = neighbor_votes(d[np.ix_(test, training)], y[training])[:, counts]
            return np.asarray(np.mean((votes > 0.5) == y[test, None], axis=0))

        folds = stratified(rng, y, 5)
        table, chosen = [], []
        for fold in range(5):
            training, test = folds != fold, folds == fold
            table.append(scores(training, test))
            inner = np.full(60, -1)
            inner[training] = stratified(rng, y[training], 4)
            means = np.mean(
                [scores(training & (inner != j), training & (inner == j)) for j in range(4)], axis=0
            )
            chosen.append(float(table[-1][int(means.argmax())]))
        best.append(float(np.mean(table, axis=0).max()))
        per_fold.append(float(np.mean([row.max() for row in table])))
        nested.append(float(np.mean(chosen)))
    return {"best": summary(best), "per_fold": summary(per_fold), "nested": summary(nested)}


@run
def threshold_inside() -> dict[str, Any]:
    """F1 of scores with little signal: at the threshold best on the same rows, and at one chosen on
    the other half; 60 rows, 20% positives, 400 data sets, the truth on 20,000 rows.
    """
    found: dict[str, list[float]] = {"same": [], "crossed": [], "truth": []}

    def f1(labels: Array, flagged: NDArray[np.bool_]) -> Array:
        hits = np.sum(flagged * labels[:, None], axis=0)
        return np.asarray(2 * hits / (flagged.sum(axis=0) + labels.sum()))

    rng = np.random.default_rng(0)
    big_y = (rng.random(20_000) < 0.2).astype(float)
    big_s = rng.normal(size=20_000) + 0.8 * big_y
    for _ in range(400):
        y = rng.permutation(np.repeat([0.0, 1.0], [48, 12]))
        s = rng.normal(size=60) + 0.8 * y
        half = np.empty(60, dtype=bool)
        for label in (0, 1):
            half[y == label] = rng.permutation(np.sum(y == label)) % 2 == 0
        same = f1(y, s[:, None] >= s[None])
        found["same"].append(float(same.max()))
        flagged = np.empty(60, dtype=bool)
        for part in (half, ~half):
            cut = s[~part][int(f1(y[~part], s[~part, None] >= s[None, ~part]).argmax())]
            flagged[part] = s[part] >= cut
        found["crossed"].append(float(f1(y, flagged[:, None])[0]))
        cut = s[int(same.argmax())]
        found["truth"].append(float(f1(big_y, (big_s >= cut)[:, None])[0]))
    return {name: summary(values) for name, values in found.items()}


# --- what the estimate is worth ---------------------------------------------------------------


@run
def folds_and_spread() -> dict[str, Any]:
    """Cross-validated squared error by the number of folds, 1,000 data sets.

    Least squares with 15 normal inputs, 40 rows, noise variance 1. The expected error of a fit on
    m rows is 1 + 15/(m - 16); the true error of each fit on all 40 rows comes from its weights.
    """
    ks = (2, 5, 10, 40)
    estimates: dict[int, list[float]] = {k: [] for k in ks}
    truths, training = [], []
    for seed in range(1_000):
        rng = np.random.default_rng(seed)
        X, w = rng.normal(size=(40, 15)), np.full(15, 0.3)
        y = X @ w + rng.normal(size=40)
        fit = np.linalg.lstsq(X, y, rcond=None)[0]
        truths.append(float(1 + np.sum((fit - w) ** 2)))
        training.append(float(np.mean((y - X @ fit) ** 2)))
        order = rng.permutation(40)
        for k in ks:
            estimates[k].append(float(np.mean(block_residuals(X, y, order % k) ** 2)))
    rows = []
    result: dict[str, Any] = {}
    for k in ks:
        found = np.array(estimates[k])
        row = {
            "folds": k, "mean": float(found.mean()), "expected": 1 + 15 / (40 - 40 / k - 16),
            "sd": float(found.std(ddof=1)),
        }  # fmt: skip
        correlation = float(np.corrcoef(found, truths)[0, 1])
        rows.append({**row, "correlation with the true error": correlation})
        result[f"k{k}"] = {**row, "correlation": correlation}
    return {
        "rows": rows, **result, "truth": summary(truths), "expected": 1 + 15 / 24,
        "training": float(np.mean(training)),
    }  # fmt: skip


@run
def majority_by_folds() -> dict[str, Any]:
    """Cross-validated accuracy of the majority rule on 40 fair coins, over 2,000 data sets."""
    result: dict[str, Any] = {}
    for k in (2, 5, 10, 40):
        rng, found = np.random.default_rng(0), []
        for _ in range(2_000):
            y, folds = rng.integers(0, 2, size=40), shuffled_folds(rng, 40, k)
            inside = np.bincount(folds, weights=y)
            sizes = np.bincount(folds)
            share = (y.sum() - inside) / (40 - sizes)
            says = np.where(share == 0.5, rng.integers(0, 2, size=k), share > 0.5)
            found.append(float(np.sum(np.where(says, inside, sizes - inside)) / 40))
        result[f"k{k}"] = summary(found)
    return result


def _discriminant(rng: np.random.Generator, n: int, d: int, shift: float) -> tuple[Array, Array]:
    """Balanced normal classes -1 and 1 whose means are +-shift on the first input; with ones."""
    y = rng.permutation(np.repeat([-1.0, 1.0], n // 2))
    X = rng.normal(size=(n, d))
    X[:, 0] += shift * y
    return np.column_stack([np.ones(n), X]), y


def _true_accuracy(w: Array, shift: float) -> float:
    """Accuracy of the sign of a linear score on new rows of `_discriminant`."""
    size = float(np.linalg.norm(w[1:]))
    sides = [norm.cdf((shift * w[1] + side * w[0]) / size) for side in (1, -1)]
    return float(np.mean(sides))


@run
def fold_intervals() -> dict[str, Any]:
    """Nominal 95% intervals from 10 folds of a least-squares classifier, n = 100, 20 inputs.

    How often they hold the accuracy of the model fitted on all rows: the plain t interval over
    folds, the corrected one, and a binomial one over rows; 1,000 data sets. Folds are disjoint.
    """
    hits = {"plain": 0, "corrected": 0, "binomial": 0}
    widths: dict[str, list[float]] = {name: [] for name in hits}
    between, within = [], []
    for seed in range(1_000):
        rng = np.random.default_rng(seed)
        X, y = _discriminant(rng, 100, 20, 0.5)
        folds = shuffled_folds(rng, 100, 10)
        right = (y - block_residuals(X, y, folds, penalty=1e-6)) * y > 0
        scores = np.array([right[folds == fold].mean() for fold in range(10)])
        truth = _true_accuracy(np.asarray(np.linalg.lstsq(X, y, rcond=None)[0]), 0.5)
        half = student.ppf(0.975, 9) * scores.std(ddof=1) / np.sqrt(10)
        p = right.mean()
        side = norm.ppf(0.975) * np.sqrt(p * (1 - p) / 100)
        intervals = {
            "plain": (p - half, p + half),
            "corrected": corrected_interval(scores, 1 / 9),
            "binomial": (p - side, p + side),
        }
        for name, (low, high) in intervals.items():
            hits[name] += int(low <= truth <= high)
            widths[name].append(float(high - low))
        between.append(float(p))
        within.append(float(scores.var(ddof=1) / 10))
    return {
        **{name: {"coverage": hits[name] / 1_000, "width": float(np.mean(widths[name]))}
           for name in hits},
        "true_sd": float(np.std(between, ddof=1)), "claimed_sd": float(np.sqrt(np.mean(within))),
    }  # fmt: skip


@run
def repeats() -> dict[str, Any]:
    """Spread of 5-fold accuracy over new partitions of one data set, of the mean of 20 partitions,
    and over data sets; least-squares classifier, n = 60, 10 inputs, 100 data sets.
    """
    single, means, spreads = [], [], []
    for seed in range(100):
        rng = np.random.default_rng(seed)
        X, y = _discriminant(rng, 60, 10, 0.5)
        found = [
            float(np.mean((y - block_residuals(X, y, shuffled_folds(rng, 60, 5), 1e-6)) * y > 0))
            for _ in range(20)
        ]
        single.append(found[0])
        means.append(float(np.mean(found)))
        spreads.append(float(np.var(found, ddof=1)))
    return {
        "between_partitions": float(np.sqrt(np.mean(spreads))),
        "of_the_mean": float(np.sqrt(np.mean(spreads) / 20)),
        "data_sets_one": float(np.std(single, ddof=1)),
        "data_sets_mean": float(np.std(means, ddof=1)),
    }


@run
def pooled_or_averaged() -> dict[str, Any]:
    """AUC of a least-squares classifier on noise, n = 40, 5 inputs, 500 data sets.

    All leave-one-out scores in one ranking, 5 folds in one ranking, and the folds' mean area. Also
    F1 of a fixed rule in 10 shuffled folds of 200 rows with 10 positives, 1,000 data sets: the mean
    over folds, 0 where nothing is found, the value from pooled counts, and the truth at 5%.
    """
    found: dict[str, list[float]] = {"loo": [], "pooled": [], "averaged": []}
    for seed in range(500):
        rng = np.random.default_rng(seed)
        X, y = _discriminant(rng, 40, 5, 0.0)
        found["loo"].append(area(y, y - block_residuals(X, y, np.arange(40), 1e-6)))
        folds = stratified(rng, y, 5)
        scores = y - block_residuals(X, y, folds, 1e-6)
        found["pooled"].append(area(y, scores))
        parts = [area(y[folds == fold], scores[folds == fold]) for fold in range(5)]
        found["averaged"].append(float(np.mean(parts)))

    rng, rare = np.random.default_rng(0), np.repeat([0.0, 1.0], [190, 10])
    found |= {"f1_averaged": [], "f1_pooled": []}
    for _ in range(1_000):
        flagged = rng.normal(size=200) + 1.5 * rare > 1.5
        folds = shuffled_folds(rng, 200, 10)
        hits = np.bincount(folds, weights=flagged * rare)
        either = np.bincount(folds, weights=flagged + rare)  # flags and positives
        found["f1_averaged"].append(float(np.mean(2 * hits / np.maximum(either, 1))))
        found["f1_pooled"].append(float(2 * hits.sum() / either.sum()))
    caught, false_alarms = 0.05 * 0.5, 0.95 * float(norm.sf(1.5))
    return {
        **{name: summary(values) for name, values in found.items()},
        "f1_truth": 2 * caught / (caught + false_alarms + 0.05),
    }


@run
def bootstrap_632() -> dict[str, Any]:
    """Estimates of the error of 1-NN on random labels (truth one half) and on separated classes;
    n = 50, 40 bootstrap samples, 60 data sets each.
    """
    result: dict[str, Any] = {}
    for key, shift in (("noise", 0.0), ("signal", 0.6)):
        found: dict[str, list[float]] = {"plain": [], "plus": [], "left_out": [], "loo": []}
        for seed in range(60):
            rng = np.random.default_rng(seed)
            X, y = _discriminant(rng, 50, 5, shift)
            distance = np.sum((X[:, None] - X[None]) ** 2, axis=2)
            wrong, judged = np.zeros(50), np.zeros(50)
            for _ in range(40):
                bag = np.unique(rng.integers(0, 50, size=50))
                out = np.setdiff1d(np.arange(50), bag)
                nearest = bag[distance[np.ix_(out, bag)].argmin(axis=1)]
                wrong[out] += y[nearest] != y[out]
                judged[out] += 1
            left_out = float(np.mean(wrong[judged > 0] / judged[judged > 0]))
            found["left_out"].append(left_out)
            found["plain"].append(0.632 * left_out)  # the training error of 1-NN is zero
            found["plus"].append(plus_632(y, y, left_out))
            alone = distance + np.diag(np.full(50, np.inf))
            found["loo"].append(float(np.mean(y[alone.argmin(axis=1)] != y)))
        result[key] = {name: summary(values) for name, values in found.items()}
    return result


# --- time and groups --------------------------------------------------------------------------


@run
def series_splits() -> dict[str, Any]:
    """Squared error by split for three series of 400 steps, against the error on the next 100.

    AR(2) on its two last values by least squares; an AR(2) whose weights drift; a random walk
    predicted from the time by 3 neighbors. Shuffled 5 folds, and 3 forward blocks of 100;
    60 series. For the two AR fits on all 400 steps also the correlation of neighboring residuals
    and the squared error in the last quarter over that in the middle half.
    """
    kinds = ("AR(2), two lags", "AR(2) with drifting weights", "random walk on time")
    rows = []
    result: dict[str, Any] = {}
    for kind, key in zip(kinds, ("stable", "drift", "walk"), strict=True):
        found: dict[str, list[float]] = {"shuffled": [], "forward": [], "future": []}
        lags, rises = [], []
        for seed in range(60):
            rng = np.random.default_rng(seed)
            series = np.zeros(502)
            for i in range(2, 502):
                move = 1.2 * i / 502 - 0.6 if key == "drift" else 0.6
                weights = (1.0, 0.0) if key == "walk" else (move, -0.3)
                series[i] = weights[0] * series[i - 1] + weights[1] * series[i - 2] + rng.normal()
            y = series[2:]
            time = np.arange(500.0)
            X = time[:, None] if key == "walk" else np.column_stack([series[1:-1], series[:-2]])

            def error(a: Any, b: Any, X: Array = X, y: Array = y, key: str = key) -> float:
                if key == "walk":
                    near = np.argsort(np.abs(X[b] - X[a].T), axis=1, kind="stable")[:, :3]
                    said = y[a][near].mean(axis=1)
                else:
                    said = X[b] @ np.linalg.lstsq(X[a], y[a], rcond=None)[0]
                return float(np.mean((said - y[b]) ** 2))

            folds = shuffled_folds(rng, 400, 5)
            found["shuffled"].append(float(np.mean([
                error(np.flatnonzero(folds != f), np.flatnonzero(folds == f)) for f in range(5)
            ])))  # fmt: skip
            found["forward"].append(float(np.mean(
                [error(a, b) for a, b in time_splits(400, folds=3, test=100)]
            )))  # fmt: skip
            found["future"].append(error(np.arange(400), np.arange(400, 500)))
            if key != "walk":
                left = y[:400] - X[:400] @ np.linalg.lstsq(X[:400], y[:400], rcond=None)[0]
                lags.append(float(np.corrcoef(left[1:], left[:-1])[0, 1]))
                rises.append(float(np.mean(left[300:] ** 2) / np.mean(left[100:300] ** 2)))
        means = {name: float(np.mean(values)) for name, values in found.items()}
        names = {"shuffled": "shuffled folds", "forward": "forward blocks", "future": "next 100"}
        rows.append({"series": kind, **{names[name]: means[name] for name in names}})
        result[key] = means
        if lags:
            result[key] |= {"lag1": float(np.mean(lags)), "rise": float(np.mean(rises)) - 1}
    return {"rows": rows, **result}


@run
def time_and_groups() -> dict[str, Any]:
    """R2 of 5 neighbors under four splits, against new patients in the next period; 20 worlds.

    80 patients, 12 visits in 12 months. Four inputs identify the patient and one carries signal;
    the label is signal, a patient's own level, and a trend of the signal's weight over months.
    """
    found: dict[str, list[float]] = {
        "shuffled": [], "grouped": [], "forward": [], "both": [], "truth": [],
    }  # fmt: skip
    for seed in range(20):
        rng = np.random.default_rng(seed)
        patients, months = 160, 16
        signature = rng.normal(size=(patients, 4))
        level = rng.normal(size=patients)
        who = np.repeat(np.arange(patients), months)
        month = np.tile(np.arange(months), patients)
        signal = rng.normal(size=who.size)
        weight = 2.0 - 0.06 * month
        y = weight * signal + level[who] + 0.5 * rng.normal(size=who.size)
        X = np.column_stack([signature[who] + 0.1 * rng.normal(size=(who.size, 4)),
                             4 * signal])  # fmt: skip

        def errors(a: Any, b: Any, X: Array = X, y: Array = y) -> Array:
            square = np.sum(X[b] ** 2, axis=1)[:, None] - 2 * X[b] @ X[a].T
            near = np.argpartition(square + np.sum(X[a] ** 2, axis=1), 5, axis=1)[:, :5]
            return np.asarray((y[a][near].mean(axis=1) - y[b]) ** 2)

        def score(pairs: Any, y: Array = y, errors: Any = errors) -> float:
            squares = np.concatenate([errors(a, b) for a, b in pairs])
            return float(1 - squares.mean() / y[np.concatenate([b for _, b in pairs])].var())

        seen = np.flatnonzero((who < 80) & (month < 12))
        shuffled = shuffled_folds(rng, seen.size, 5)
        grouped = group_folds(who[seen], 5)
        for name, folds in (("shuffled", shuffled), ("grouped", grouped)):
            pairs = [(seen[folds != f], seen[folds == f]) for f in range(5)]
            found[name].append(score(pairs))
        forward = [(seen[month[seen] < cut], seen[(month[seen] >= cut) & (month[seen] < cut + 2)])
                   for cut in (8, 10)]  # fmt: skip
        found["forward"].append(score(forward))
        both = [(seen[a], seen[b]) for a, b in
                group_time_splits(month[seen], who[seen], [8, 10, 12], folds=5)]  # fmt: skip
        found["both"].append(score(both))
        later = np.flatnonzero((who >= 80) & (month >= 12) & (month < 14))
        found["truth"].append(score([(seen, later)]))
    names = {
        "shuffled": "shuffled rows", "grouped": "by patient", "forward": "forward in time",
        "both": "by patient and forward", "truth": "new patients, next months",
    }  # fmt: skip
    rows = [{"split": names[key], "R²": float(np.mean(values)), "sd": float(np.std(values, ddof=1))}
            for key, values in found.items()]  # fmt: skip
    return {"rows": rows, **{key: summary(values) for key, values in found.items()}}
