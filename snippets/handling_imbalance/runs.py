"""Experiments of the topic: each returns plain data and is repeated over data sets."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier

from snippets.forms import run
from snippets.handling_imbalance.clean_majority import clean_majority
from snippets.handling_imbalance.prior_em import prior_em
from snippets.handling_imbalance.shift_prior import shift_prior
from snippets.handling_imbalance.smote import smote

Array = NDArray[np.float64]
MISS, ALARM = 20, 1


def summary(values: Any) -> dict[str, float]:
    """Mean and standard deviation over repetitions."""
    return {"mean": float(np.mean(values)), "sd": float(np.std(values, ddof=1))}


def area(labels: Array, scores: Array) -> float:
    """ROC AUC by ranks, ties counted half."""
    positives = labels == 1
    m, n = positives.sum(), (~positives).sum()
    return float((rankdata(scores)[positives].sum() - m * (m + 1) / 2) / (m * n))


def world(rng: np.random.Generator, n: int, intercept: float = -5.4) -> tuple[Array, Array]:
    """Six normal inputs; the log odds are linear but for one square. About 2% positives."""
    X = rng.normal(size=(n, 6))
    odds = intercept + X[:, :4] @ np.array([1.0, 0.7, -0.5, 0.4]) + 0.5 * X[:, 4] ** 2
    return X, (rng.random(n) < 1 / (1 + np.exp(-odds))).astype(float)


def cost(labels: Array, flagged: NDArray[np.bool_]) -> float:
    """Cost at 20 a miss and 1 a false alarm, for each 1,000 rows."""
    wrong = MISS * np.sum(labels[~flagged]) + ALARM * np.sum(1 - labels[flagged])
    return float(1_000 * wrong / len(labels))


# --- costs, thresholds, weights ---------------------------------------------------------------


@run
def costs_and_weights() -> dict[str, Any]:
    """Logistic regression on 30,000 rows with about 2% positives, plain and with balanced weights.

    Cost a thousand rows on 30,000 others at 20 a miss and 1 a false alarm, and accuracy, at the
    threshold one half, at 1/21, and with the weighted model's odds carried back; Brier scores; 4
    data sets.
    """
    names = (
        "nobody",
        "plain_half",
        "plain_cost",
        "weighted_half",
        "weighted_cost",
        "corrected_cost",
    )
    costs: dict[str, list[float]] = {name: [] for name in names}
    brier: dict[str, list[float]] = {"plain": [], "weighted": [], "corrected": [], "constant": []}
    recall: dict[str, list[float]] = {"half": [], "prevalence": [], "weighted": []}
    accuracy: dict[str, list[float]] = {name: [] for name in names}
    shifts, expected, areas, shares, new_shares, totals = [], [], [], [], [], []
    grid = np.linspace(0.005, 0.995, 199)
    curves: dict[str, list[list[float]]] = {"plain": [], "weighted": []}
    best: dict[str, list[float]] = {"f1": [], "cost": []}
    for seed in range(4):
        rng = np.random.default_rng(seed)
        X, y = world(rng, 60_000)
        old, new = slice(0, 30_000), slice(30_000, None)
        share = float(y[old].mean())
        plain = LogisticRegression(C=np.inf).fit(X[old], y[old])
        weighted = LogisticRegression(C=np.inf, class_weight="balanced").fit(X[old], y[old])
        p, q = (model.predict_proba(X[new])[:, 1] for model in (plain, weighted))
        back = shift_prior(q, 0.5, share)
        labels = y[new]
        for name, flagged in zip(
            names,
            (p > 2, p >= 0.5, p >= 1 / 21, q >= 0.5, q >= 1 / 21, back >= 1 / 21),
            strict=True,
        ):
            costs[name].append(cost(labels, flagged))
            accuracy[name].append(float(np.mean(flagged == (labels == 1))))
        for kind, said in (("plain", p), ("weighted", q), ("corrected", back),
                           ("constant", np.full(labels.size, share))):  # fmt: skip
            brier[kind].append(float(np.mean((said - labels) ** 2)))
        for kind, flagged in (("half", p >= 0.5), ("prevalence", p >= share),
                              ("weighted", q >= 0.5)):  # fmt: skip
            recall[kind].append(float(flagged[labels == 1].mean()))
        for kind, said in (("plain", p), ("weighted", q)):
            curves[kind].append([cost(labels, said >= t) for t in grid])
        f1 = [2 * labels[p >= t].sum() / max(1.0, (p >= t).sum() + labels.sum()) for t in grid]
        best["f1"].append(float(grid[int(np.argmax(f1))]))
        best["cost"].append(float(grid[int(np.argmin(curves["plain"][-1]))]))
        shifts.append(float(weighted.intercept_[0] - plain.intercept_[0]))
        expected.append(float(np.log((1 - share) / share)))
        areas.append([area(labels, p), area(labels, q)])
        shares.append(share)
        new_shares.append(float(labels.mean()))
        totals.append(float(q.mean()))
    return {
        "cost": {name: float(np.mean(values)) for name, values in costs.items()},
        "corrected_less_plain": summary(
            np.subtract(costs["corrected_cost"], costs["plain_cost"])),
        "accuracy": {name: float(np.mean(values)) for name, values in accuracy.items()},
        "brier": {name: float(np.mean(values)) for name, values in brier.items()},
        "recall": {name: float(np.mean(values)) for name, values in recall.items()},
        "best_threshold": {name: float(np.mean(values)) for name, values in best.items()},
        "intercept": {"shift": float(np.mean(shifts)), "expected": float(np.mean(expected))},
        "auc": {"plain": float(np.mean(areas, axis=0)[0]),
                "weighted": float(np.mean(areas, axis=0)[1])},
        "share": float(np.mean(shares)), "new_share": float(np.mean(new_shares)),
        "weighted_mean": float(np.mean(totals)),
        "grid": grid.tolist(),
        "curves": {name: np.mean(values, axis=0).tolist() for name, values in curves.items()},
    }  # fmt: skip


@run
def remedies() -> dict[str, Any]:
    """Six ways to train on 3,000 rows with about 2% positives, judged on 10,000; 12 data sets.

    AUC, average precision and recall at one half; mean probability over the share of positives;
    Brier skill against the constant, before and after the odds are carried back to the true share.
    """
    found: dict[str, dict[str, list[list[float]]]] = {"logistic": {}, "boosting": {}}
    for seed in range(12):
        rng = np.random.default_rng(seed)
        X, y = world(rng, 13_000)
        new, labels = X[3_000:], y[3_000:]
        X, y = X[:3_000], y[:3_000]
        share = float(y.mean())
        positives, negatives = np.flatnonzero(y == 1), np.flatnonzero(y == 0)
        missing = negatives.size - positives.size
        extra = rng.choice(positives, size=missing)
        fewer = np.concatenate([positives, rng.choice(negatives, positives.size, replace=False)])
        clean = clean_majority(X, y, "tomek")
        made = smote(X[positives], missing, seed=seed)
        ways: dict[str, tuple[Array, Array, Any, float]] = {
            "nothing": (X, y, None, share),
            "class weights": (X, y, "balanced", 0.5),
            "oversampling": (np.vstack([X, X[extra]]), np.append(y, np.ones(missing)), None, 0.5),
            "undersampling": (X[fewer], y[fewer], None, 0.5),
            "Tomek links": (X[clean], y[clean], None, float(y[clean].mean())),
            "SMOTE": (np.vstack([X, made]), np.append(y, np.ones(missing)), None, 0.5),
        }
        for name, (A, b, weight, trained) in ways.items():
            models = {
                "logistic": LogisticRegression(C=np.inf, class_weight=weight),
                "boosting": HistGradientBoostingClassifier(
                    max_iter=30, max_leaf_nodes=8, class_weight=weight, random_state=0
                ),
            }
            for kind, model in models.items():
                if kind == "boosting" and name in ("oversampling", "Tomek links"):
                    continue
                p = np.clip(model.fit(A, b).predict_proba(new)[:, 1], 1e-9, 1 - 1e-9)
                base = float(np.mean((share - labels) ** 2))
                back = shift_prior(p, trained, share)
                found[kind].setdefault(name, []).append([
                    area(labels, p), float(average_precision_score(labels, p)),
                    float(np.mean(p[labels == 1] >= 0.5)), float(p.mean() / labels.mean()),
                    1 - float(np.mean((p - labels) ** 2)) / base,
                    1 - float(np.mean((back - labels) ** 2)) / base,
                ])  # fmt: skip
    heads = ("AUC", "AP", "recall at 0.5", "mean p / share", "Brier skill", "skill, odds corrected")
    keys = ("auc", "ap", "recall", "inflation", "skill", "corrected")
    result: dict[str, Any] = {}
    for kind, ways_found in found.items():
        rows = []
        result[kind] = {}
        for name, values in ways_found.items():
            means = np.mean(values, axis=0).tolist()
            rows.append({"training": name, **dict(zip(heads, means, strict=True))})
            lost = np.array(values)[:, 5] - np.array(ways_found["nothing"])[:, 5]
            result[kind][name.replace(" ", "_").lower()] = {
                **dict(zip(keys, means, strict=True)),
                "lost": float(-lost.mean()),
                "lost_se": float(lost.std(ddof=1) / np.sqrt(lost.size)),
                "auc_below": int(np.sum(np.array(values)[:, 0]
                                        < np.array(ways_found["nothing"])[:, 0])),
            }  # fmt: skip
        result[f"{kind}_rows"] = rows
    return result


@run
def reliability() -> dict[str, Any]:
    """Predicted against observed shares in ten equal groups of 30,000 rows, for the plain model,
    balanced weights, and those with the odds carried back; one data set with about 2% positives.
    """
    rng = np.random.default_rng(0)
    X, y = world(rng, 60_000)
    share = float(y[:30_000].mean())
    result: dict[str, Any] = {}
    for name, weight in (("plain", None), ("weighted", "balanced")):
        model = LogisticRegression(C=np.inf, class_weight=weight).fit(X[:30_000], y[:30_000])
        p = model.predict_proba(X[30_000:])[:, 1]
        kinds = [(name, p)] + ([("corrected", shift_prior(p, 0.5, share))] if weight else [])
        for kind, said in kinds:
            groups = np.array_split(np.argsort(said), 10)
            result[kind] = {
                "predicted": [float(said[group].mean()) for group in groups],
                "observed": [float(y[30_000:][group].mean()) for group in groups],
            }
    return result


# --- resampling and leaks ---------------------------------------------------------------------


@run
def smote_placement() -> dict[str, Any]:
    """Cross-validated AUC (5 folds) of 5 neighbors on random labels, 10% positives, 300 rows.

    Duplicating or SMOTE before the folds is cut, SMOTE inside the training folds, and nothing;
    20 data sets, 5 normal inputs. The truth is one half.
    """
    found: dict[str, list[float]] = {"duplicates": [], "outside": [], "inside": [], "nothing": []}
    for seed in range(20):
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(300, 5))
        y = rng.permutation(np.repeat([0.0, 1.0], [270, 30]))
        old = X[y == 1]
        more = {
            "duplicates": old[rng.integers(0, 30, size=240)],
            "outside": smote(old, 240, seed=seed),
            "inside": None,
            "nothing": None,
        }
        for name, extra in more.items():
            A = X if extra is None else np.vstack([X, extra])
            b = y if extra is None else np.append(y, np.ones(240))
            folds = rng.permutation(len(b)) % 5
            areas = []
            for fold in range(5):
                C, d = A[folds != fold], b[folds != fold]
                if name == "inside":
                    made = smote(C[d == 1], int(np.sum(d == 0) - np.sum(d == 1)), seed=fold)
                    C, d = np.vstack([C, made]), np.append(d, np.ones(len(made)))
                model = KNeighborsClassifier(5).fit(C, d)
                chance = model.predict_proba(A[folds == fold])[:, 1]
                areas.append(area(b[folds == fold], chance))
            found[name].append(float(np.mean(areas)))
    return {name: summary(values) for name, values in found.items()}


# --- few positives, moving shares -------------------------------------------------------------


@run
def few_positives() -> dict[str, Any]:
    """AUC by the number of labeled positives among 5,000 normal rows: Gaussian naive Bayes with
    labels, and the distance from the mean of all rows without labels; 20 data sets.

    Positives are spread out: standard deviation 1.6 in each of 8 inputs, mean shifted by 0.3.
    """
    counts = (3, 10, 30, 100)
    found: dict[int, list[float]] = {count: [] for count in counts}
    distance = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        usual, odd = rng.normal(size=(5_000, 8)), 0.3 + 1.6 * rng.normal(size=(100, 8))
        new = np.vstack([rng.normal(size=(4_000, 8)), 0.3 + 1.6 * rng.normal(size=(400, 8))])
        labels = np.repeat([0.0, 1.0], [4_000, 400])
        seen = np.vstack([usual, odd])
        z = (new - seen.mean(axis=0)) / seen.std(axis=0)
        distance.append(area(labels, np.sum(z**2, axis=1)))
        for count in counts:
            model = GaussianNB(priors=[0.5, 0.5]).fit(
                np.vstack([usual, odd[:count]]), np.repeat([0, 1], [5_000, count])
            )
            odds = model.predict_log_proba(new)
            found[count].append(area(labels, odds[:, 1] - odds[:, 0]))
    rows = [{"labeled positives": count, "naive Bayes": float(np.mean(values)),
             "distance, no labels": float(np.mean(distance))}
            for count, values in found.items()]  # fmt: skip
    return {
        "rows": rows, "distance": float(np.mean(distance)),
        **{f"n{count}": summary(values) for count, values in found.items()},
    }  # fmt: skip


@run
def moved_share() -> dict[str, Any]:
    """A model trained at about 9.5% positives is used at 2%, with the classes unchanged.

    Brier score and mean probability as it is, with the share estimated by EM from the unlabeled
    new rows, and with the true share; 10,000 rows each, 10 data sets.
    """
    found: dict[str, list[float]] = {
        "old_share": [], "true_share": [], "estimated": [], "as_is": [], "em": [], "known": [],
        "mean_as_is": [],
    }  # fmt: skip
    for seed in range(10):
        rng = np.random.default_rng(seed)
        X, y = world(rng, 60_000, intercept=-3.6)
        positives, negatives = np.flatnonzero(y == 1), np.flatnonzero(y == 0)
        train = rng.permutation(60_000)[:10_000]
        left = np.setdiff1d(np.arange(60_000), train)
        plus = rng.choice(np.intersect1d(left, positives), 200, replace=False)
        minus = rng.choice(np.intersect1d(left, negatives), 9_800, replace=False)
        now = np.concatenate([plus, minus])
        squares = np.column_stack([X, X[:, 4] ** 2])  # the model has the right form
        model = LogisticRegression(C=np.inf, max_iter=200).fit(squares[train], y[train])
        old = float(y[train].mean())
        p = model.predict_proba(squares[now])[:, 1]
        guess = prior_em(p, old)
        for name, said in (("as_is", p), ("em", shift_prior(p, old, guess)),
                           ("known", shift_prior(p, old, 0.02))):  # fmt: skip
            found[name].append(float(np.mean((said - y[now]) ** 2)))
        found["old_share"].append(old)
        found["true_share"].append(0.02)
        found["estimated"].append(guess)
        found["mean_as_is"].append(float(p.mean()))
    return {name: summary(values) for name, values in found.items()}
