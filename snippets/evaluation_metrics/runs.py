"""Experiments on metrics: what each one sees, misses and costs."""

import warnings
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_softmax
from scipy.stats import beta, binom, norm
from sklearn.cluster import KMeans
from sklearn.datasets import load_diabetes, make_moons
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import (
    adjusted_mutual_info_score,
    auc,
    average_precision_score,
    brier_score_loss,
    log_loss,
    ndcg_score,
    normalized_mutual_info_score,
    precision_recall_curve,
    precision_score,
    rand_score,
    recall_score,
    roc_auc_score,
    silhouette_score,
)
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from snippets.evaluation_metrics.adjusted_rand import adjusted_rand
from snippets.evaluation_metrics.best_f1 import best_f1
from snippets.evaluation_metrics.brier_decomposition import brier_decomposition
from snippets.evaluation_metrics.calibration_error import calibration_error
from snippets.evaluation_metrics.cheapest_threshold import cheapest_threshold
from snippets.evaluation_metrics.cohen_kappa import cohen_kappa
from snippets.evaluation_metrics.crps import crps
from snippets.evaluation_metrics.delong import delong
from snippets.evaluation_metrics.detection_ap import detection_ap
from snippets.evaluation_metrics.f_beta import f_beta
from snippets.evaluation_metrics.inverse_propensity import inverse_propensity
from snippets.evaluation_metrics.ks_statistic import ks_statistic
from snippets.evaluation_metrics.lift import lift
from snippets.evaluation_metrics.matthews import matthews
from snippets.evaluation_metrics.mcnemar import mcnemar
from snippets.evaluation_metrics.ndcg import ndcg
from snippets.evaluation_metrics.pass_at_k import pass_at_k
from snippets.evaluation_metrics.platt import platt
from snippets.evaluation_metrics.pr_area import pr_area
from snippets.evaluation_metrics.precision_by_odds import precision_by_odds
from snippets.evaluation_metrics.roc_curve import roc_curve
from snippets.evaluation_metrics.roc_hull import roc_hull
from snippets.evaluation_metrics.temperature import temperature
from snippets.evaluation_metrics.wilson import wilson
from snippets.forms import run

Array = NDArray[np.float64]


def spread(values: Any) -> dict[str, float]:
    """Return the mean of repeated results and their standard deviation."""
    return {"mean": float(np.mean(values)), "sd": float(np.std(values, ddof=1))}


def columns(results: list[dict[str, float]]) -> dict[str, dict[str, float]]:
    """Return mean and standard deviation of each entry over repetitions."""
    return {name: spread([one[name] for one in results]) for name in results[0]}


# --- Decisions --------------------------------------------------------------------------------


@run
def always_negative() -> dict[str, Any]:
    """Score a model that always says no, on five tasks whose positives are rare."""
    rows = []
    cases = {
        "fraud": (100, 100_000),
        "disease screening": (50, 10_000),
        "content moderation": (10, 1_000),
        "spam": (500, 10_000),
        "skin lesions": (60, 1_000),
    }
    for name, (positives, n) in cases.items():
        labels = np.arange(n) < positives
        score = np.zeros(n)
        rows.append(
            {
                "task": name,
                "positive": f"{positives / n:.1%}",
                "accuracy": float(np.mean(~labels)),
                "recall": float(recall_score(labels, score > 0, zero_division=0)),
                "ROC AUC": float(roc_auc_score(labels, score)),
                "AP": float(average_precision_score(labels, score)),
            }
        )
    ten = rows[2]
    malignant, flagged = np.arange(1_000) < 60, np.zeros(1_000, dtype=bool)
    return {
        "rows": rows,
        "ten": {"accuracy": ten["accuracy"], "auc": ten["ROC AUC"], "ap": ten["AP"]},
        "lesions": {
            "tp": int(np.sum(malignant & flagged)), "fn": int(np.sum(malignant & ~flagged)),
            "fp": int(np.sum(~malignant & flagged)), "tn": int(np.sum(~malignant & ~flagged)),
        },
    }  # fmt: skip


@run
def label_swap() -> dict[str, Any]:
    """Score one set of 10,000 loan decisions twice: `positive` means repaid, or means defaulted.

    90% repay; a score with d' = 1.5 separates the two, and the best 85% are approved.
    """
    results = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        repaid = rng.random(10_000) < 0.9
        score = rng.normal(size=10_000) + 1.5 * repaid
        approved = score > np.quantile(score, 0.15)
        tp, fp = int(np.sum(approved & repaid)), int(np.sum(approved & ~repaid))
        fn, tn = int(np.sum(~approved & repaid)), int(np.sum(~approved & ~repaid))
        results.append(
            {
                "repaid_precision": tp / (tp + fp), "repaid_recall": tp / (tp + fn),
                "repaid_f1": f_beta(tp, fp, fn), "repaid_mcc": matthews(tp, fp, fn, tn),
                "default_precision": tn / (tn + fn), "default_recall": tn / (tn + fp),
                "default_f1": f_beta(tn, fn, fp), "default_mcc": matthews(tn, fn, fp, tp),
            }
        )  # fmt: skip
    found = columns(results)
    names = {"precision": "precision", "recall": "recall", "f1": "$F_1$", "mcc": "MCC"}
    rows = [
        {
            "metric": shown,
            "positive = repaid": found[f"repaid_{name}"]["mean"],
            "positive = defaulted": found[f"default_{name}"]["mean"],
        }
        for name, shown in names.items()
    ]
    largest = max(value["sd"] for value in found.values())
    return {
        "rows": rows,
        "largest_sd": largest,
        "all_positive_f1": f_beta(tp=90, fp=10, fn=0),
        "swapped_f1": f_beta(tp=0, fp=0, fn=10),
    }


@run
def prevalence_table() -> dict[str, Any]:
    """Hold recall and specificity at 0.9 and change the prevalence: exact values."""
    rows = []
    for prevalence in (0.5, 0.1, 0.01, 0.001):
        n = 1_000_000
        positives = round(n * prevalence)
        tp, fp = round(0.9 * positives), round(0.1 * (n - positives))
        fn, tn = positives - tp, n - positives - fp
        rows.append(
            {
                "prevalence": f"{prevalence:.1%}",
                "precision": precision_by_odds(prevalence, 0.9, 0.1),
                "$F_1$": f_beta(tp, fp, fn),
                "MCC": matthews(tp, fp, fn, tn),
                "kappa": cohen_kappa([[tp, fn], [fp, tn]]),
                "balanced accuracy": (tp / positives + tn / (n - positives)) / 2,
            }
        )
    return {"rows": rows}


@run
def costs() -> dict[str, Any]:
    """Calibrated p ~ Beta(1, 8), 20,000 examples, a miss costs 10, an alarm 1; 30 seeds.

    Where is the cheapest threshold, where is that of the best F1, and what do they cost?
    """
    results = []
    for seed in range(30):
        rng = np.random.default_rng(seed)
        p = rng.beta(1, 8, size=20_000)
        labels = rng.random(20_000) < p
        by_f1, f1 = best_f1(labels, p)
        by_cost, cheapest = cheapest_threshold(labels, p, miss=10, alarm=1)

        def cost(t: float, y: NDArray[np.bool_] = labels, q: Array = p) -> float:
            return float(np.mean(10 * (y & (q < t)) + (~y & (q >= t))))

        results.append(
            {
                "by_cost": by_cost, "by_f1": by_f1, "half_f1": f1 / 2, "f1": f1,
                "cost_best": cheapest, "cost_bayes": cost(1 / 11), "cost_f1": cost(by_f1),
                "cost_half": cost(0.5), "cost_everybody": cost(0.0),
                "cost_nobody": cost(1.1),
            }
        )  # fmt: skip
    return {"bayes": 1 / 11, **columns(results)}


@run
def precision_steps() -> dict[str, Any]:
    """Lower the threshold one example at a time: recall never falls, precision does as it likes."""
    labels, scores = np.array([0, 1, 1, 1, 0, 0]), np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4])
    rows = [
        {
            "flag from": float(t),
            "recall": float(recall_score(labels, scores >= t)),
            "precision": float(precision_score(labels, scores >= t)),
        }
        for t in scores
    ]
    return {"rows": rows}


# --- ROC and PR -------------------------------------------------------------------------------


def binormal(kind: str, size: int, rng: np.random.Generator) -> Array:
    """Draw scores of positives; negatives are standard normal. Both kinds have AUC 0.76."""
    mean, sd = {"shifted": (1.0, 1.0), "split": (0.7443 * 3, 3.0)}[kind]
    return np.asarray(mean + sd * rng.normal(size=size))


@run
def equal_auc() -> dict[str, Any]:
    """Compare two scorers with the same AUC at a false-positive rate of 1%; 20 seeds, 4,000 rows.

    Negatives are N(0, 1); positives N(1, 1), or N(2.23, 3^2): some far out, some below.
    """
    found: dict[str, Any] = {}
    for kind in ("shifted", "split"):
        results = []
        for seed in range(20):
            rng = np.random.default_rng(seed)
            negative, positive = rng.normal(size=2000), binormal(kind, 2000, rng)
            labels, scores = np.repeat([0, 1], 2000), np.r_[negative, positive]
            results.append(
                {
                    "auc": float(roc_auc_score(labels, scores)),
                    "tpr": float(np.mean(positive > np.quantile(negative, 0.99))),
                    "tpr_half": float(np.mean(positive > np.quantile(negative, 0.5))),
                }
            )
        found[kind] = columns(results)
    found["ratio"] = found["split"]["tpr"]["mean"] / found["shifted"]["tpr"]["mean"]
    found["closed"] = {
        "shifted_auc": float(norm.cdf(1 / np.sqrt(2))),
        "shifted_tpr": float(norm.cdf(1 + norm.ppf(0.01))),
        "split_tpr": float(norm.cdf(0.7443 + norm.ppf(0.01) / 3)),
    }
    return found


@run
def prevalence() -> dict[str, Any]:
    """Keep a binormal scorer (d' = 1.47) and make positives rarer; 40,000 rows, 10 seeds."""
    rows = []
    named: dict[str, Any] = {}
    for share in (0.5, 0.1, 0.01):
        results = []
        for seed in range(10):
            rng = np.random.default_rng(seed)
            labels = np.arange(40_000) < 40_000 * share
            scores = rng.normal(size=40_000) + 1.47 * labels
            flagged = scores >= norm.ppf(0.9)  # false-positive rate 10%
            results.append(
                {
                    "auc": float(roc_auc_score(labels, scores)),
                    "ap": float(average_precision_score(labels, scores)),
                    "precision": float(labels[flagged].mean()),
                    "fpr": float(flagged[~labels].mean()),
                }
            )
        found = columns(results)
        named[f"at_{share * 100:g}"] = found
        rows.append(
            {
                "prevalence": f"{share:.0%}",
                "ROC AUC": found["auc"]["mean"],
                "AP": found["ap"]["mean"],
                "sd of AP": found["ap"]["sd"],
                "precision at FPR 10%": found["precision"]["mean"],
            }
        )
    return {"rows": rows, **named}


@run
def multiclass_auc() -> dict[str, Any]:
    """Compute four AUCs on the same class-conditional scores under three class mixes; 10 seeds.

    Three classes in the plane, centers on a line at 0, 1 and 3; 6,000 rows; the true
    posterior under equal priors is the score in every mix.
    """
    centers = np.array([0.0, 1.0, 3.0])
    rows = []
    mixes = {
        "balanced": [1 / 3, 1 / 3, 1 / 3],
        "90 : 8 : 2": [0.9, 0.08, 0.02],
        "2 : 8 : 90": [0.02, 0.08, 0.9],
    }
    for name, mix in mixes.items():
        results = []
        for seed in range(10):
            rng = np.random.default_rng(seed)
            labels = rng.choice(3, p=mix, size=6000)
            x = rng.normal(size=6000) + centers[labels]
            p = np.exp(log_softmax(-((x[:, None] - centers) ** 2) / 2, axis=1))
            results.append(
                {
                    "OvO macro": float(roc_auc_score(labels, p, multi_class="ovo")),
                    "OvR macro": float(roc_auc_score(labels, p, multi_class="ovr")),
                    "OvR weighted": float(
                        roc_auc_score(labels, p, multi_class="ovr", average="weighted")
                    ),
                    "micro": float(
                        roc_auc_score(np.eye(3)[labels], p, average="micro", multi_class="ovr")
                    ),
                }
            )
        found = columns(results)
        rows.append({"mix": name, **{key: value["mean"] for key, value in found.items()}})
        rows.append({"mix": "sd", **{key: value["sd"] for key, value in found.items()}})
    return {"rows": rows}


@run
def hull_gain() -> dict[str, Any]:
    """Compare the AUC of random scores with the area under their convex hull.

    60 examples, 20 positives, 200 seeds: the hull fitted to the same data looks better than
    chance.
    """
    areas, hulls = [], []
    for seed in range(200):
        rng = np.random.default_rng(seed)
        labels, scores = np.arange(60) < 20, rng.random(60)
        x, y = roc_curve(labels, scores)
        hull = roc_hull(x, y)
        areas.append(auc(x, y))
        hulls.append(auc(hull[:, 0], hull[:, 1]))
    return {"auc": spread(areas), "hull": spread(hulls)}


@run
def ap_definitions() -> dict[str, Any]:
    """Compare step AP, the trapezoid and the true interpolation; 400 rows, 20 positives, 150 seeds.

    Two scorers (d' = 1.0 and 1.2) with continuous scores, with five grades, and a constant.
    """
    kinds = {"continuous": None, "five grades": 5, "constant": 1}
    rows = []
    flips = {}
    for name, grades in kinds.items():
        results = []
        flipped = 0
        for seed in range(150):
            rng = np.random.default_rng(seed)
            labels = np.arange(400) < 20
            pair = []
            for strength in (1.0, 1.2):
                scores = rng.normal(size=400) + strength * labels
                if grades:
                    cuts = np.quantile(scores, np.linspace(0, 1, grades + 1)[1:-1])
                    scores = np.searchsorted(cuts, scores).astype(float)
                precision, recall, _ = precision_recall_curve(labels, scores)
                order = np.argsort(-scores, kind="stable")
                ends = np.append(np.diff(scores[order]) != 0, True)
                hits = np.append(0, np.cumsum(labels[order])[ends])
                alarms = np.append(0, np.cumsum(~labels[order])[ends])
                pair.append(
                    {
                        "step AP": float(average_precision_score(labels, scores)),
                        "trapezoid": float(auc(recall, precision)),
                        "interpolated": pr_area(hits, alarms),
                    }
                )
            results.append(pair[0])
            by_ap = pair[1]["step AP"] - pair[0]["step AP"]
            flipped += by_ap * (pair[1]["trapezoid"] - pair[0]["trapezoid"]) < 0
        found = columns(results)
        flips[name.split()[0]] = flipped / 150
        rows.append({"scores": name, **{key: value["mean"] for key, value in found.items()}})
        rows.append({"scores": "sd", **{key: value["sd"] for key, value in found.items()}})
    constant = {"step": rows[4]["step AP"], "trapezoid": rows[4]["trapezoid"]}
    cuts = np.linspace(9, -8, 100_001)  # the weaker scorer's AP in the long run, by its two rates
    found, alarm = norm.sf(cuts - 1.0), norm.sf(cuts)
    precision = 0.05 * found / (0.05 * found + 0.95 * alarm)
    long_run = float(np.trapezoid(precision, found))
    return {
        "rows": rows, "flips": flips, "constant": constant,
        "continuous": {"step": rows[0]["step AP"], "long_run": long_run},
    }  # fmt: skip


FIRST_DETECTOR = [1, 0, 0, 0, 1]
SECOND_DETECTOR = [0, 1, 0, 1, 0, 1]


@run
def detectors() -> dict[str, Any]:
    """Score two detectors on 5 objects by the three rules; then count flips among random pairs.

    Random pairs: 20 objects, 30 detections, hits with probability falling from 0.9 to 0.1.
    """
    rules = {"11-point": 11, "101-point": 101, "all-point": None}
    named = {"A": FIRST_DETECTOR, "B": SECOND_DETECTOR}
    rows = [
        {"detector": name, **{rule: detection_ap(h, 5, n) for rule, n in rules.items()}}
        for name, h in named.items()
    ]
    flips = 0
    gaps = []
    for seed in range(1000):
        rng = np.random.default_rng(seed)
        hits = rng.random((2, 30)) < np.linspace(0.9, 0.1, 30)
        pair = [h * (np.cumsum(h) <= 20) for h in hits.astype(int)]
        by = {name: [detection_ap(h.tolist(), 20, n) for h in pair] for name, n in rules.items()}
        flips += np.diff(by["11-point"])[0] * np.diff(by["all-point"])[0] < 0
        gaps.append(by["11-point"][0] - by["all-point"][0])
    return {"rows": rows, "flips": flips / 1000, "gap": spread(gaps)}


# --- Calibration ------------------------------------------------------------------------------


@run
def murphy_identity() -> dict[str, Any]:
    """Compare Brier with reliability - resolution + uncertainty on 300 random data sets."""
    largest = 0.0
    for seed in range(300):
        rng = np.random.default_rng(seed)
        p = rng.integers(0, 11, size=200) / 10
        y = rng.random(200) < rng.random() * p
        rel, res, unc = brier_decomposition(y, p)
        largest = max(largest, abs(rel - res + unc - float(np.mean((p - y) ** 2))))
    return {"largest": largest, "below": bool(largest < 1e-12)}


@run
def forecasters() -> dict[str, Any]:
    """Decompose the Brier score of four forecasters of the same events; 20,000 events, 20 seeds.

    The true chance is one of 0.05, 0.15, ... 0.95, rarer when high; base rate 0.3 on average.
    """
    levels = np.arange(10) / 10 + 0.05
    weights = (1 - levels) ** 1.35
    weights /= weights.sum()
    makers: dict[str, Callable[[Array], Array]] = {
        "base rate": lambda q: np.full_like(q, float(weights @ levels)),
        "true chance": lambda q: q,
        "overconfident": lambda q: expit(2.5 * np.log(q / (1 - q))),
        "timid": lambda q: expit(0.4 * np.log(q / (1 - q)) - 0.4),
    }
    rows = []
    for name, make in makers.items():
        results = []
        for seed in range(20):
            rng = np.random.default_rng(seed)
            q = rng.choice(levels, p=weights, size=20_000)
            y = rng.random(20_000) < q
            p = make(q)
            rel, res, unc = brier_decomposition(y, p)
            results.append(
                {
                    "Brier": float(brier_score_loss(y, p)), "reliability": rel,
                    "resolution": res, "uncertainty": unc,
                    "ROC AUC": float(roc_auc_score(y, p)),
                }
            )  # fmt: skip
        rows.append({"forecast": name} | {k: v["mean"] for k, v in columns(results).items()})
    return {"rows": rows}


@run
def base_rate_forecast() -> dict[str, Any]:
    """Forecast 0.3 for everybody, of whom 30% are positive."""
    labels, p = np.arange(1000) < 300, np.full(1000, 0.3)
    rel, res, unc = brier_decomposition(labels, p)
    return {
        "ece": calibration_error(labels, p),
        "auc": float(roc_auc_score(labels, p)),
        "brier": float(brier_score_loss(labels, p)),
        "reliability": rel,
        "resolution": res,
        "uncertainty": unc,
    }


@run
def ece_bias() -> dict[str, Any]:
    """Measure the ECE of a perfectly calibrated forecast, for several n and bins; 200 seeds.

    Forecasts are uniform on (0, 1), labels are drawn with exactly these chances: the truth is 0.
    """

    def measured(n: int, bins: int, equal_mass: bool = False) -> dict[str, float]:
        values = []
        for seed in range(200):
            rng = np.random.default_rng(seed)
            p = rng.random(n)
            values.append(calibration_error(rng.random(n) < p, p, bins, equal_mass))
        return spread(values)

    sizes = [100, 300, 1000, 3000, 10_000]
    by_size = [measured(n, 15) for n in sizes]
    return {
        "sizes": sizes,
        "mean": [one["mean"] for one in by_size],
        "sd": [one["sd"] for one in by_size],
        "equal_mass_1000": measured(1000, 15, equal_mass=True),
        "bins": [
            {"bins": bins, "measured ECE": one["mean"], "sd": one["sd"]}
            for bins in (5, 15, 50)
            for one in [measured(1000, bins)]
        ],
    }


def noisy_world(n: int, rng: np.random.Generator) -> tuple[Array, NDArray[np.int64]]:
    """Draw 20 features and a label that a logistic model of five of them explains."""
    x = rng.normal(size=(n, 20))
    chance = expit(1.2 * x[:, :5].sum(axis=1) / np.sqrt(5) * 1.5)
    return x, (rng.random(n) < chance).astype(np.int64)


def fitted_net(n: int, seed: int) -> tuple[Any, np.random.Generator]:
    """Fit a net with 64 hidden units, without a penalty, until the training loss is flat."""
    rng = np.random.default_rng(seed)
    x, y = noisy_world(n, rng)
    net = MLPClassifier((64,), alpha=0, solver="lbfgs", max_iter=300, random_state=seed)
    return net.fit(x, y), rng


def log_odds(net: Any, x: Array) -> Array:
    """Return the net's output before the sigmoid: its chances round to 1 beyond about 37."""
    hidden = np.maximum(x @ net.coefs_[0] + net.intercepts_[0], 0)
    return np.asarray((hidden @ net.coefs_[1] + net.intercepts_[1]).ravel())


@run
def overconfident_net() -> dict[str, Any]:
    """Fit nets to 300 noisy rows, then recalibrate on 1,000 others; 8 seeds.

    ECE (15 bins), Brier and log loss on 5,000 test rows, and a logistic model for comparison.
    """
    results: list[dict[str, float]] = []
    for seed in range(8):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            net, rng = fitted_net(300, seed)
        x, y = noisy_world(1000, rng)
        x_test, y_test = noisy_world(5000, rng)
        logits, test = log_odds(net, x), log_odds(net, x_test)
        t = temperature(y, np.column_stack([-logits / 2, logits / 2]))
        slope, intercept = platt(y, logits)
        steps = IsotonicRegression(out_of_bounds="clip").fit(logits, y)
        x_train, y_train = noisy_world(300, np.random.default_rng(seed))
        plain = LogisticRegression(C=np.inf).fit(x_train, y_train)
        forecasts = {
            "net": expit(test), "temperature": expit(test / t),
            "platt": expit(slope * test + intercept), "isotonic": steps.predict(test),
            "logistic": plain.predict_proba(x_test)[:, 1],
        }  # fmt: skip
        one = {"temperature_value": t}
        one["train_accuracy"] = float(net.score(x_train, y_train))
        one["test_accuracy"] = float(net.score(x_test, y_test))
        for name, p in forecasts.items():
            one[f"{name}_ece"] = calibration_error(y_test, p, 15)
            one[f"{name}_brier"] = float(np.mean((p - y_test) ** 2))
            one[f"{name}_log"] = float(log_loss(y_test, np.clip(p, 1e-12, 1 - 1e-12)))
            one[f"{name}_auc"] = float(roc_auc_score(y_test, p))
        one["isotonic_sure_errors"] = float(np.sum(np.abs(forecasts["isotonic"] - y_test) == 1))
        # the net's own chances are rounded to 0 and 1: score it by its log-odds
        one["net_log"] = float(np.mean(np.logaddexp(0, (1 - 2 * y_test) * test)))
        one["net_auc"] = float(roc_auc_score(y_test, test))
        results.append(one)
    found: dict[str, Any] = columns(results)
    shown = {
        "net": "net as fitted", "temperature": "temperature", "platt": "Platt",
        "isotonic": "isotonic", "logistic": "logistic regression",
    }  # fmt: skip
    found["fewest_sure_errors"] = min(one["isotonic_sure_errors"] for one in results)
    endless = {"isotonic"} if found["fewest_sure_errors"] else set()
    found["rows"] = [
        {
            "forecast": shown[name],
            "ECE": found[f"{name}_ece"]["mean"],
            "sd": found[f"{name}_ece"]["sd"],
            "Brier": found[f"{name}_brier"]["mean"],
            "log loss": "infinite" if name in endless else found[f"{name}_log"]["mean"],
            "ROC AUC": found[f"{name}_auc"]["mean"],
        }
        for name in shown
    ]
    return found


@run
def reliability() -> dict[str, Any]:
    """Bin the test forecasts of one net, before and after temperature scaling, with intervals.

    5,000 test rows; the last bin after scaling once more, on 200,000 others.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        net, rng = fitted_net(300, 0)
    x, y = noisy_world(1000, rng)
    x_test, y_test = noisy_world(5000, rng)
    logits, test = log_odds(net, x), log_odds(net, x_test)
    t = temperature(y, np.column_stack([-logits / 2, logits / 2]))
    found: dict[str, Any] = {"temperature": t}
    for name, p in (("before", expit(test)), ("after", expit(test / t))):
        where = np.minimum((p * 10).astype(int), 9)
        bins = []
        for k in range(10):
            inside = where == k
            size, hits = int(inside.sum()), int(y_test[inside].sum())
            if size:
                low, high = wilson(hits, size)
                bins.append(
                    {
                        "forecast": float(p[inside].mean()), "frequency": hits / size,
                        "low": low, "high": high, "size": size,
                    }
                )  # fmt: skip
        found[name] = bins
    found["top"] = found["before"][-1]
    x_many, y_many = noisy_world(200_000, rng)
    p = expit(log_odds(net, x_many) / t)
    found["many"] = {
        "forecast": float(p[p >= 0.9].mean()), "frequency": float(y_many[p >= 0.9].mean())
    }  # fmt: skip
    return found


@run
def reweighting() -> dict[str, Any]:
    """Fit a logistic model to 50,000 rows with about 1% positives, plain and class-weighted.

    Five seeds: mean forecast, intercept, AUC and Brier score on another 50,000 rows.
    """
    results = []
    for seed in range(5):
        rng = np.random.default_rng(seed)
        x = rng.normal(size=(100_000, 4))
        y = rng.random(100_000) < expit(x @ [1.0, -0.7, 0.4, 0.0] - 5.5)
        train, test = slice(0, 50_000), slice(50_000, None)
        one: dict[str, float] = {}
        intercepts = {}
        for name, weight in (("plain", None), ("weighted", "balanced")):
            fit = LogisticRegression(C=np.inf, class_weight=weight).fit(x[train], y[train])
            p = fit.predict_proba(x[test])[:, 1]
            one[f"{name}_mean"] = float(p.mean())
            one[f"{name}_auc"] = float(roc_auc_score(y[test], p))
            one[f"{name}_brier"] = float(brier_score_loss(y[test], p))
            intercepts[name] = float(fit.intercept_[0])
        share = y[train].mean()
        one |= {
            "base_rate": float(y[test].mean()),
            "shift": intercepts["weighted"] - intercepts["plain"],
            "log_ratio": float(np.log((1 - share) / share)),
        }
        one["times"] = one["weighted_mean"] / one["plain_mean"]
        results.append(one)
    return columns(results)


# --- Ranking ----------------------------------------------------------------------------------


@run
def ndcg_conventions() -> dict[str, Any]:
    """Count how often conventions of NDCG@10 change which of two rankers wins; 200 comparisons.

    A comparison averages 50 queries of 20 items (grades 0 to 4, one query in ten empty);
    ranker two has less noise; scores are whole numbers, so that ties occur.
    """
    flips = {"exponential": 0, "skip": 0, "one": 0}
    values: dict[str, list[float]] = {"linear": [], "exponential": [], "skip": [], "one": []}
    by_tie: dict[str, list[float]] = {"averaged": [], "lucky": []}
    for seed in range(200):
        rng = np.random.default_rng(seed)
        means: dict[str, list[float]] = {name: [] for name in values}
        relevance = rng.choice(5, p=[0.6, 0.2, 0.1, 0.06, 0.04], size=(50, 20))
        relevance[:5] = 0
        empty = ~relevance.any(axis=1)
        for noise in (1.5, 1.4):
            scores = (relevance + noise * rng.normal(size=(50, 20))).round(0)
            linear = np.array([ndcg(r, s, 10) for r, s in zip(relevance, scores, strict=True)])
            grown = [ndcg(r, s, 10, True) for r, s in zip(relevance, scores, strict=True)]
            means["linear"].append(float(linear.mean()))
            means["exponential"].append(float(np.mean(grown)))
            means["skip"].append(float(linear[~empty].mean()))
            means["one"].append(float(np.where(empty, 1, linear).mean()))
        lucky = [
            ndcg(r, s + 1e-6 * r, 10) for r, s in zip(relevance[:10], scores[:10], strict=True)
        ]
        by_tie["averaged"].append(float(linear[:10].mean()))
        by_tie["lucky"].append(float(np.mean(lucky)))
        for name in flips:
            flips[name] += np.diff(means[name])[0] * np.diff(means["linear"])[0] < 0
        for name in values:
            values[name].append(means[name][1])
    shown = {
        "linear": "linear gain, an empty query counts 0", "exponential": "exponential gain",
        "skip": "empty queries left out", "one": "an empty query counts 1",
    }  # fmt: skip
    rows = [
        {
            "convention": shown[name],
            "NDCG@10": float(np.mean(values[name])),
            "winner differs": f"{flips.get(name, 0) / 200:.1%}",
        }
        for name in values
    ]
    return {
        "rows": rows,
        "flips": {name: count / 200 for name, count in flips.items()},
        "ties": {name: float(np.mean(found)) for name, found in by_tie.items()},
        "sklearn_gap": float(
            max(
                abs(ndcg(r, s, 10) - ndcg_score([r], [s], k=10))
                for r, s in zip(relevance, scores, strict=True)
            )
        ),
    }


@run
def ndcg_levels() -> dict[str, Any]:
    """Put how far conventions move the level of NDCG, and how often the gain moves the winner."""
    found = ndcg_conventions()
    level = {row["convention"]: row["NDCG@10"] for row in found["rows"]}
    counted = level["linear gain, an empty query counts 0"]
    return {
        "spread": level["an empty query counts 1"] - counted,
        "exponential_flips": found["flips"]["exponential"],
    }


# --- Regression -------------------------------------------------------------------------------


@run
def one_outlier() -> dict[str, Any]:
    """Score 200 forecasts with errors N(0, 1), then with one error replaced by 50; 50 seeds."""
    results = []
    for seed in range(50):
        error = np.random.default_rng(seed).normal(size=200)
        spoiled = np.r_[error[1:], 50.0]
        results.append(
            {
                "mae": float(np.mean(np.abs(error))), "rmse": float(np.sqrt(np.mean(error**2))),
                "mae_after": float(np.mean(np.abs(spoiled))),
                "rmse_after": float(np.sqrt(np.mean(spoiled**2))),
            }
        )  # fmt: skip
    found: dict[str, Any] = columns(results)
    found["mae_times"] = found["mae_after"]["mean"] / found["mae"]["mean"]
    found["rmse_times"] = found["rmse_after"]["mean"] / found["rmse"]["mean"]
    return found


@run
def best_constants() -> dict[str, Any]:
    """Find the constant that each error likes best, on log-normal demand; 4,000 rows, 20 seeds."""
    grid = np.linspace(0.05, 3, 296)
    losses: dict[str, Callable[[Array, float], Array]] = {
        "MSE": lambda y, c: (y - c) ** 2,
        "MAE": lambda y, c: np.abs(y - c),
        "MAPE": lambda y, c: np.abs(y - c) / y,
        "squared error of logs": lambda y, c: (np.log1p(y) - np.log1p(c)) ** 2,
        "pinball at 0.9": lambda y, c: np.maximum(0.9 * (y - c), 0.1 * (c - y)),
    }
    closed: dict[str, Any] = {
        "MSE": (float(np.exp(0.5)), "mean"), "MAE": (1.0, "median"),
        "MAPE": (float(np.exp(-1)), "median weighted by 1/y"),
        "squared error of logs": (None, "exp(mean of log(1 + y)) - 1"),
        "pinball at 0.9": (float(np.exp(norm.ppf(0.9))), "90% quantile"),
    }  # fmt: skip
    wide = np.linspace(0.05, 6, 596)
    rows = []
    for name, loss in losses.items():
        chosen, sums = [], []
        constants = wide if "pinball" in name else grid
        for seed in range(20):
            y = np.exp(np.random.default_rng(seed).normal(size=4000))
            best = constants[int(np.argmin([loss(y, c).mean() for c in constants]))]
            chosen.append(best)
            sums.append(best / y.mean())
        found = spread(chosen)
        exact, target = closed[name]
        if exact is None:
            z = np.linspace(-9, 9, 20_001)
            exact = float(np.expm1(np.trapezoid(np.log1p(np.exp(z)) * norm.pdf(z), z)))
        rows.append(
            {
                "error": name, "its target": target, "closed form": exact,
                "measured": found["mean"], "sd": found["sd"],
                "total over truth": float(np.mean(sums)),
            }
        )  # fmt: skip
    return {"rows": rows}


@run
def demand_share() -> dict[str, Any]:
    """Put the share of true demand that the best constants of MAE and MAPE add up to."""
    share = {row["error"]: row["total over truth"] for row in best_constants()["rows"]}
    return {"mae": share["MAE"], "mape": share["MAPE"]}


@run
def negative_r2() -> dict[str, Any]:
    """Predict the training mean on a test set, n = 20 each, 2,000 seeds; and narrow the range of x.

    Second part: y = x + noise of sd 1; the same model and noise, x uniform on widths 10 and 2.
    """
    values = []
    for seed in range(2000):
        train, test = np.random.default_rng(seed).normal(size=(2, 20))
        values.append(1 - np.sum((test - train.mean()) ** 2) / np.sum((test - test.mean()) ** 2))
    widths = {}
    for width in (10, 2):
        results = []
        for seed in range(30):
            rng = np.random.default_rng(seed)
            x = width * rng.random(1000)
            y = x + rng.normal(size=1000)
            rmse = float(np.sqrt(np.mean((y - x) ** 2)))
            results.append({"r2": float(1 - np.sum((y - x) ** 2) / np.sum((y - y.mean()) ** 2)),
                            "rmse": rmse})  # fmt: skip
        widths[f"width_{width}"] = columns(results)
    return {
        "mean": float(np.mean(values)),
        "median": float(np.median(values)),
        "negative": float(np.mean(np.array(values) < 0)),
        **widths,
    }


@run
def forecast_scores() -> dict[str, Any]:
    """Score four Gaussian forecasts of y ~ N(mu, 1) where mu ~ N(0, 2^2); 1,000 rows, 5 seeds.

    CRPS of the forecast's 100 quantiles; share of outcomes inside the central 90%.
    """
    levels = (np.arange(100) + 0.5) / 100
    makers = {
        "knows mu": (1.0, 0.0, 1.0), "overconfident": (1.0, 0.0, 0.4),
        "biased by 1": (1.0, 1.0, 1.0), "climatology": (0.0, 0.0, float(np.sqrt(5))),
    }  # fmt: skip
    rows = []
    for name, (use, bias, sd) in makers.items():
        results = []
        for seed in range(5):
            rng = np.random.default_rng(seed)
            mu = 2 * rng.normal(size=1000)
            y = mu + rng.normal(size=1000)
            center = use * mu + bias
            score = [crps(c + sd * norm.ppf(levels), v) for c, v in zip(center, y, strict=True)]
            inside = np.abs(y - center) <= norm.ppf(0.95) * sd
            results.append(
                {
                    "MAE": float(np.mean(np.abs(y - center))),
                    "inside 90%": float(inside.mean()),
                    "CRPS": float(np.mean(score)),
                }
            )
        found = columns(results)
        rows.append(
            {"forecast": name}
            | {key: value["mean"] for key, value in found.items()}
            | {"sd of CRPS": found["CRPS"]["sd"]}
        )
    return {"rows": rows, "floor": float(1 / np.sqrt(np.pi))}


# --- Uncertainty ------------------------------------------------------------------------------


def coverage(n: int, p: float, method: str) -> float:
    """Return the exact chance that an interval of nominal 95% holds p."""
    k = np.arange(n + 1)
    if method == "Wald":
        half = 1.96 * np.sqrt(k / n * (1 - k / n) / n)
        low, high = k / n - half, k / n + half
    elif method == "Wilson":
        low, high = np.array([wilson(int(i), n) for i in k]).T
    else:
        low = np.where(k > 0, beta.ppf(0.025, np.maximum(k, 1), n - k + 1), 0)
        high = np.where(k < n, beta.ppf(0.975, k + 1, np.maximum(n - k, 1)), 1)
    return float(binom.pmf(k, n, p)[(low <= p) & (p <= high)].sum())


@run
def interval_coverage() -> dict[str, Any]:
    """Compute exactly how often three 95% intervals hold the true rate."""
    methods = ("Wald", "Wilson", "Clopper-Pearson")
    rates = np.round(np.linspace(0.5, 0.99, 50), 3)
    curves = {m: [coverage(30, float(p), m) for p in rates] for m in methods}
    rows = [
        {"n": n, "true rate": p, **{m: coverage(n, p, m) for m in methods}}
        for n, p in ((20, 0.9), (50, 0.95), (100, 0.99), (1000, 0.99))
    ]
    return {
        "rates": rates.tolist(),
        "curves": curves,
        "rows": rows,
        "rule_of_three": {"exact": float(1 - 0.05 ** (1 / 300)), "approximate": 3 / 300},
    }


@run
def test_size() -> dict[str, Any]:
    """Compute the half-width of the Wilson interval around a recall of 0.8 for several counts."""
    rows = []
    for positives in (10, 50, 200, 1000, 5000):
        low, high = wilson(round(0.8 * positives), positives)
        rows.append({"positives in the test set": positives, "low": low, "high": high})
    return {"rows": rows}


@run
def auc_intervals() -> dict[str, Any]:
    """Check how often 95% intervals hold the true AUC; 15 positives, 60 negatives, 300 samples.

    DeLong on the AUC, DeLong on its log-odds, and the percentile bootstrap (200 draws).
    """
    rows = []
    for strength in (1.0, 2.5):
        truth = float(norm.cdf(strength / np.sqrt(2)))
        held: dict[str, list[bool]] = {"DeLong": [], "DeLong on log-odds": [], "bootstrap": []}
        for seed in range(300):
            rng = np.random.default_rng(seed)
            positive, negative = rng.normal(size=15) + strength, rng.normal(size=60)
            labels, scores = np.repeat([1, 0], [15, 60]), np.r_[positive, negative]
            aucs, covariance = delong(labels, scores)
            a, sd = float(aucs[0]), float(np.sqrt(covariance[0, 0]))
            held["DeLong"].append(abs(a - truth) <= 1.96 * sd)
            if 0 < a < 1:
                half = 1.96 * sd / (a * (1 - a))
                inside = abs(np.log(a / (1 - a)) - np.log(truth / (1 - truth))) <= half
                held["DeLong on log-odds"].append(bool(inside))
            else:
                held["DeLong on log-odds"].append(False)
            wins = (positive[:, None] > negative[None, :]).astype(float)
            rows_drawn = rng.integers(0, 15, size=(200, 15))
            columns_drawn = rng.integers(0, 60, size=(200, 60))
            drawn = [
                wins[i].mean(axis=0)[j].mean()
                for i, j in zip(rows_drawn, columns_drawn, strict=True)
            ]
            low, high = np.quantile(drawn, [0.025, 0.975])
            held["bootstrap"].append(bool(low <= truth <= high))
        rows.append(
            {"true AUC": truth, **{name: float(np.mean(found)) for name, found in held.items()}}
        )
    return {"rows": rows}


@run
def paired_tests() -> dict[str, Any]:
    """Compare paired and unpaired tests of two models on 1,000 shared examples.

    Both are right on 82% of the examples, only the second on 5%, only the first on 3%;
    with equal models each alone on 4%. McNemar's rates are exact, the unpaired test's is
    from 40,000 samples. For AUC: scores that share most of their noise, 400 examples, 300 samples.
    """
    rng = np.random.default_rng(0)

    def rejects(a: int, b: int) -> bool:
        labels = np.ones(a + b)
        first = np.arange(a + b) < a
        return mcnemar(labels, first, ~first) < 0.05

    found = {"power": 0.0, "size": 0.0}
    for n in range(20, 161):  # disagreements; the rest of Binomial(1000, 0.08) is below 1e-12
        split = np.arange(n + 1)
        rejected = np.array([rejects(int(a), n - int(a)) for a in split])
        for name, share in (("power", 3 / 8), ("size", 1 / 2)):
            chance = binom.pmf(n, 1000, 0.08) * binom.pmf(split, n, share)
            found[name] += float(chance @ rejected)
    both, second, first, _ = rng.multinomial(1000, [0.82, 0.05, 0.03, 0.10], size=40_000).T / 1000
    a, b = both + first, both + second
    z = (b - a) / np.sqrt(a * (1 - a) / 1000 + b * (1 - b) / 1000)
    gaps, paired_sd, unpaired_sd = [], [], []
    for _ in range(300):
        labels = np.arange(400) < 100
        shared = rng.normal(size=400) + 1.2 * labels
        pair = shared + 0.5 * rng.normal(size=(2, 400)) + [[0.0], [0.2]] * labels
        aucs, c = delong(labels, *pair)
        gaps.append(float(aucs[1] - aucs[0]))
        paired_sd.append(float(np.sqrt(c[0, 0] + c[1, 1] - 2 * c[0, 1])))
        unpaired_sd.append(float(np.sqrt(c[0, 0] + c[1, 1])))
    return {
        "mcnemar": found["power"],
        "unpaired": float(np.mean(np.abs(z) > 1.96)),
        "false_alarms": found["size"],
        "auc_gap": spread(gaps),
        "paired_sd": float(np.mean(paired_sd)),
        "unpaired_sd": float(np.mean(unpaired_sd)),
    }


# --- Thresholds -------------------------------------------------------------------------------


@run
def threshold_choice() -> dict[str, Any]:
    """Choose a threshold in five ways on validation rows; cost on 50,000 test rows; 20 seeds.

    Logistic scores of a well-specified model, 5% positives, a miss costs 20, an alarm 1.
    """

    def cost(y: NDArray[np.bool_], p: Array, t: float) -> float:
        return float(np.mean(20 * (y & (p < t)) + (~y & (p >= t))))

    def draw(rng: np.random.Generator, n: int) -> tuple[Array, NDArray[np.bool_]]:
        x = rng.normal(size=(n, 4))
        return x, rng.random(n) < expit(x @ [1.2, -0.8, 0.5, 0.0] - 3.8)

    results = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        x, y = draw(rng, 20_000)
        x_test, y_test = draw(rng, 50_000)
        plain = LogisticRegression(C=np.inf).fit(x, y)
        weighted = LogisticRegression(C=np.inf, class_weight="balanced").fit(x, y)
        p, q = (fit.predict_proba(x_test)[:, 1] for fit in (plain, weighted))
        at, heavy = partial(cost, y_test, p), partial(cost, y_test, q)
        one = {"half": at(0.5), "bayes": at(1 / 21), "weighted_half": heavy(0.5),
               "weighted_bayes": heavy(1 / 21)}  # fmt: skip
        for n in (400, 4000, 20_000):
            x_val, y_val = draw(rng, n)
            p_val, q_val = (fit.predict_proba(x_val)[:, 1] for fit in (plain, weighted))
            chosen, claimed = cheapest_threshold(y_val, p_val, 20, 1)
            one[f"threshold_{n}"], one[f"claimed_{n}"] = chosen, claimed
            one[f"chosen_{n}"] = at(chosen)
            one[f"weighted_chosen_{n}"] = heavy(cheapest_threshold(y_val, q_val, 20, 1)[0])
        one["f1"] = at(best_f1(y_val, p_val)[0])
        results.append(one)
    found: dict[str, Any] = columns(results)
    shown = {
        "half": "0.5", "f1": "best $F_1$ on 20,000 rows", "bayes": "Bayes, 1/21",
        "chosen_400": "cheapest on 400 rows", "chosen_4000": "cheapest on 4,000 rows",
        "weighted_bayes": "class-weighted scores, 1/21",
        "weighted_half": "class-weighted scores, 0.5",
        "weighted_chosen_4000": "class-weighted scores, cheapest on 4,000 rows",
    }  # fmt: skip
    found["rows"] = [
        {
            "threshold": text,
            "cost of 1,000 rows": 1000 * found[key]["mean"],
            "sd": 1000 * found[key]["sd"],
        }
        for key, text in shown.items()
    ]
    return found


@run
def threshold_noise() -> dict[str, Any]:
    """Put the costs of `threshold_choice` per 1,000 rows, and what a search on 400 rows adds.

    `claimed_400` is the cost that the search sees on its own rows.
    """
    found = threshold_choice()
    return {
        "claimed_400": 1000 * found["claimed_400"]["mean"],
        "chosen_400": 1000 * found["chosen_400"]["mean"],
        "extra_400": found["chosen_400"]["mean"] / found["bayes"]["mean"] - 1,
        "bayes": 1000 * found["bayes"]["mean"],
        "weighted_bayes": 1000 * found["weighted_bayes"]["mean"],
    }


@run
def threshold_explorable() -> dict[str, Any]:
    """Score 300 diabetes patients, held out, with a logistic model fitted to the other 142.

    Positive: progression one year on above 200 in scikit-learn's bundled data.
    """
    data = load_diabetes()
    order = np.random.default_rng(0).permutation(442)
    train, test = order[:142], order[142:]
    y = data.target > 200
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1))
    model.fit(data.data[train], y[train])
    scores = model.predict_proba(data.data[test])[:, 1].round(4)
    labels = y[test]
    rows = []
    for t in (0.05, 0.1, 1 / 6, 0.3, 0.5, 0.7):
        flagged = scores >= t
        tp, fp = int(np.sum(flagged & labels)), int(np.sum(flagged & ~labels))
        fn, tn = int(labels.sum()) - tp, int((~labels).sum()) - fp
        rows.append(
            {
                "threshold": round(float(t), 2), "TP": tp, "FP": fp, "FN": fn, "TN": tn,
                "recall": tp / (tp + fn), "precision": tp / (tp + fp), "cost": 5 * fn + fp,
            }
        )  # fmt: skip
    cheapest, cost = cheapest_threshold(labels, scores, miss=5, alarm=1)
    sixth, half = rows[2], rows[4]
    moves = {
        "fpr": float(sixth["FP"] - half["FP"]) / int((~labels).sum()),
        "precision": float(half["precision"] - sixth["precision"]),
    }
    return {
        "labels": labels.astype(int).tolist(),
        "scores": scores.tolist(),
        "miss": 5,
        "alarm": 1,
        "bayes": 1 / 6,
        "cheapest": cheapest,
        "cheapest_cost": cost * 300,
        "auc": float(roc_auc_score(labels, scores)),
        "ap": float(average_precision_score(labels, scores)),
        "positives": int(labels.sum()),
        "moves": moves,
        "rows": rows,
    }


# --- Language and clusters --------------------------------------------------------------------


@run
def pass_at_k_bias() -> dict[str, Any]:
    """Compute the exact mean of two estimators of pass@k from n = 20 samples, k = 10."""
    rows = []
    for p in (0.01, 0.05, 0.2):
        c = np.arange(21)
        chance = binom.pmf(c, 20, p)
        plug_in = float(chance @ (1 - (1 - c / 20) ** 10))
        unbiased = float(chance @ [pass_at_k(20, int(i), 10) for i in c])
        rows.append(
            {
                "p": p, "true pass@10": 1 - (1 - p) ** 10,
                "unbiased": unbiased, "plug-in": plug_in,
            }
        )  # fmt: skip
    curve = []
    for n in range(10, 101, 5):
        c = np.arange(n + 1)
        curve.append({"n": n, "plug_in": float(binom.pmf(c, n, 0.05) @ (1 - (1 - c / n) ** 10))})
    return {"rows": rows, "curve": curve, "truth": 1 - 0.95**10}


@run
def judge() -> dict[str, Any]:
    """Estimate a win rate with a judge that is right on 90% of wins and 70% of losses.

    1,000 judged pairs and 200 pairs with human labels; 200 seeds; corrected by Rogan-Gladen.
    """
    rows = []
    for truth in (0.3, 0.5, 0.7):
        raw, corrected = [], []
        for seed in range(200):
            rng = np.random.default_rng(seed)
            wins = rng.random(1200) < truth
            said = np.where(wins, rng.random(1200) < 0.9, rng.random(1200) < 0.3)
            human = slice(0, 200)
            hit = said[human][wins[human]].mean()
            alarm = said[human][~wins[human]].mean()
            observed = said[200:].mean()
            raw.append(observed)
            corrected.append((observed - alarm) / (hit - alarm))
        one, other = spread(raw), spread(corrected)
        rows.append(
            {
                "true win rate": truth, "judge says": one["mean"], "sd": one["sd"],
                "corrected": other["mean"], "sd of corrected": other["sd"],
            }
        )  # fmt: skip
    lazy = [[90, 5], [5, 0]]  # two raters, each with 5% "bad", never the same item
    return {
        "rows": rows,
        "equal_systems": rows[1]["judge says"],
        "agreement": float(np.trace(lazy) / np.sum(lazy)),
        "kappa": cohen_kappa(lazy),
        "balanced_kappa": cohen_kappa([[45, 5], [5, 45]]),
    }


@run
def random_clusters() -> dict[str, Any]:
    """Compare random labels with five true classes of 100 points in all, 50 seeds."""
    scores = {
        "Rand": rand_score, "adjusted Rand": adjusted_rand,
        "NMI": normalized_mutual_info_score, "AMI": adjusted_mutual_info_score,
    }  # fmt: skip
    rows = []
    for k in (2, 5, 20, 50):
        values: dict[str, list[float]] = {name: [] for name in [*scores, "purity"]}
        for seed in range(50):
            rng = np.random.default_rng(seed)
            truth, guess = rng.integers(0, 5, size=100), rng.integers(0, k, size=100)
            for name, score in scores.items():
                values[name].append(float(score(truth, guess)))
            table = np.zeros((5, k))
            np.add.at(table, (truth, guess), 1)
            values["purity"].append(float(table.max(axis=0).sum() / 100))
        rows.append({"random clusters": k} | {n: float(np.mean(v)) for n, v in values.items()})
    return {"rows": rows}


@run
def moons() -> dict[str, Any]:
    """Score the true moons and k-means' two halves by silhouette and adjusted Rand; 10 seeds."""
    results = []
    for seed in range(10):
        x, truth = make_moons(300, noise=0.05, random_state=seed)
        halves = KMeans(2, n_init=3, random_state=seed).fit_predict(x)
        results.append(
            {
                "true_silhouette": float(silhouette_score(x, truth)),
                "halves_silhouette": float(silhouette_score(x, halves)),
                "halves_rand": adjusted_rand(truth, halves),
            }
        )
    return columns(results)


# --- From metric to business ------------------------------------------------------------------


@run
def simpson() -> dict[str, Any]:
    """Compare two models on easy and hard cases that each met in different shares."""
    counts = {
        "old": {"easy": (704, 800), "hard": (134, 200)},
        "new": {"easy": (180, 200), "hard": (560, 800)},
    }
    rows = []
    for name, by in counts.items():
        easy, hard = (right / seen for right, seen in by.values())
        pooled = sum(right for right, _ in by.values()) / sum(seen for _, seen in by.values())
        rows.append(
            {
                "model": name, "easy": easy, "hard": hard, "all it met": pooled,
                "same mix, half and half": (easy + hard) / 2,
            }
        )  # fmt: skip
    return {"rows": rows}


@run
def worst_slice() -> dict[str, Any]:
    """Take the worst of 20 slices of 100 examples when all have a true accuracy of 0.9."""
    rng = np.random.default_rng(0)
    observed = rng.binomial(100, 0.9, size=(5000, 20)) / 100
    return {
        "worst": spread(observed.min(axis=1)),
        "below_85": float(np.mean(observed.min(axis=1) < 0.85)),
        "one_below_85": float(np.mean(observed[:, 0] < 0.85)),
    }


@run
def offline_online() -> dict[str, Any]:
    """Evaluate two recommenders on 20,000 logged impressions, 300 seeds; the log favors item 0.

    Hit rate: share of logged clicks whose item the new policy would have shown first.
    """
    click = np.array([0.05, 0.04, 0.06, 0.15])
    logged = np.array([0.70, 0.15, 0.10, 0.05])
    policies = {"popular": np.array([1.0, 0, 0, 0]), "right": np.array([0, 0, 0, 1.0])}
    found: dict[str, Any] = {}
    for name, target in policies.items():
        hits, weighted = [], []
        for seed in range(300):
            rng = np.random.default_rng(seed)
            shown = rng.choice(4, p=logged, size=20_000)
            clicked = rng.random(20_000) < click[shown]
            hits.append(float(np.mean(shown[clicked] == int(target.argmax()))))
            weighted.append(inverse_propensity(clicked, logged[shown], target[shown]))
        found[name] = {
            "hit_rate": spread(hits),
            "ips": spread(weighted),
            "online": float(target @ click),
        }
    shown_as = {"popular": "always item 0 (popular)", "right": "always item 3 (best)"}
    found["rows"] = [
        {
            "policy": text,
            "offline hit rate": found[name]["hit_rate"]["mean"],
            "inverse propensity": found[name]["ips"]["mean"],
            "its sd": found[name]["ips"]["sd"],
            "true click rate online": found[name]["online"],
        }
        for name, text in shown_as.items()
    ]
    return found


@run
def lift_table() -> dict[str, Any]:
    """Measure lift, KS and AUC of the two scorers of equal AUC; 5% of 10,000 rows, 10 seeds."""
    rows = []
    for kind, shown in (("shifted", "all positives a little higher"),
                        ("split", "some positives far higher")):  # fmt: skip
        results = []
        for seed in range(10):
            rng = np.random.default_rng(seed)
            labels = np.arange(10_000) < 500
            scores = np.r_[binormal(kind, 500, rng), rng.normal(size=9500)]
            results.append(
                {
                    "ROC AUC": float(roc_auc_score(labels, scores)),
                    "KS": ks_statistic(labels, scores)[0],
                    "lift at 1%": lift(labels, scores, 0.01),
                    "lift at 10%": lift(labels, scores, 0.1),
                    "lift at 50%": lift(labels, scores, 0.5),
                }
            )
        rows.append({"scorer": shown} | {k: v["mean"] for k, v in columns(results).items()})
    return {"rows": rows}
