"""Figures about metrics."""

import numpy as np
from matplotlib.figure import Figure
from scipy.stats import norm

from snippets.evaluation_metrics.best_f1 import best_f1
from snippets.evaluation_metrics.detection_ap import detection_ap
from snippets.evaluation_metrics.precision_by_odds import precision_by_odds
from snippets.evaluation_metrics.roc_curve import roc_curve
from snippets.evaluation_metrics.roc_hull import roc_hull
from snippets.evaluation_metrics.runs import FIRST_DETECTOR, SECOND_DETECTOR, threshold_explorable
from snippets.evaluation_metrics.runs import ece_bias as run_ece_bias
from snippets.evaluation_metrics.runs import interval_coverage as run_interval_coverage
from snippets.evaluation_metrics.runs import pass_at_k_bias as run_pass_at_k_bias
from snippets.evaluation_metrics.runs import reliability as run_reliability
from snippets.evaluation_metrics.runs import simpson as run_simpson
from snippets.forms import canvas, color, direct_label, figure, line, points


@figure
def precision_by_prevalence() -> Figure:
    """Along each curve the rule stays the same, with its likelihood ratio LR,
    $\\text{TPR}/\\text{FPR}$; precision is decided by how rare positives are.
    """
    fig, axes = canvas(height=3.4)
    prevalence = np.logspace(-4, -0.02, 200)
    for ratio, alpha in ((1, 0.45), (10, 0.65), (100, 0.85), (1000, 1.0)):
        values = [precision_by_odds(float(p), 0.9, 0.9 / ratio) for p in prevalence]
        axes.plot(prevalence, values, **line("model", alpha=alpha))
        at = {1: 0.45, 10: 0.035, 100: 0.0036, 1000: 0.00036}[ratio]
        y = precision_by_odds(at, 0.9, 0.9 / ratio)
        label = f"LR {ratio}"
        place = (
            {"xytext": (5, -8), "ha": "left"} if ratio == 1 else {"xytext": (-4, 6), "ha": "right"}
        )
        direct_label(axes, at, y, label, "model", **place)
    axes.set(
        xscale="log", xlabel="prevalence (log scale)", ylabel="precision", ylim=(0, 1.02),
        title="Rarer positives need stronger evidence",
    )  # fmt: skip
    return fig


@figure
def f1_threshold() -> Figure:
    """With calibrated chances the best F1 lies at the threshold $F^\\star/2$, and the cheapest
    threshold is somewhere else: at $c_{FP}/(c_{FP}+c_{FN})$, here for a miss ten times as dear.
    """
    fig, axes = canvas(2, 1, height=4.6, sharex=True)
    rng = np.random.default_rng(0)
    p = rng.beta(1, 8, size=200_000)
    labels = rng.random(p.size) < p
    grid = np.linspace(0.005, 0.6, 120)
    f1, cost = [], []
    for t in grid:
        flagged = p >= t
        hits, alarms = np.sum(flagged & labels), np.sum(flagged & ~labels)
        f1.append(2 * hits / (flagged.sum() + labels.sum()))
        cost.append((10 * (labels.sum() - hits) + alarms) / p.size)
    best, peak = best_f1(labels, p)
    axes[0].plot(grid, f1, **line("model"))
    axes[0].plot([best], [peak], **points("model", markersize=7))
    axes[0].axvline(peak / 2, **line("truth", linewidth=1.0))
    direct_label(axes[0], peak / 2, 0.05, "half of the best F1", "truth")
    axes[0].set(ylabel="F1", ylim=(0, None), title="Best F1 and least cost are different places")
    axes[1].plot(grid, cost, **line("error"))
    axes[1].plot([grid[np.argmin(cost)]], [min(cost)], **points("error", markersize=7))
    axes[1].axvline(1 / 11, **line("truth", linewidth=1.0))
    direct_label(axes[1], 1 / 11, 1.0, "1/(1 + 10)", "truth")
    axes[1].set(xlabel="threshold on the calibrated chance", ylabel="cost per example",
                xlim=(0, 0.6))  # fmt: skip
    return fig


@figure
def roc_staircase() -> Figure:
    """The area under the curve is the share of pairs that are in the right order: each positive
    is a row, each negative a column, and a tied pair is cut in half by a slanted segment.
    """
    fig, axes = canvas(height=4.0)
    labels, scores = [1, 1, 0, 1, 0, 1, 0, 0], [9, 8, 7, 6, 6, 4, 3, 1]
    x, y = roc_curve(labels, scores)
    axes.fill_between(x, y, color=color("model"), alpha=0.18, linewidth=0)
    for k in range(5):
        axes.plot([k / 4, k / 4], [0, 1], color=color("pale"), linewidth=0.6)
        axes.plot([0, 1], [k / 4, k / 4], color=color("pale"), linewidth=0.6)
    axes.plot(x, y, **line("model", marker="o", linewidth=2.4))
    positives, negatives = [9, 8, 6, 4], [7, 6, 3, 1]
    for i, s in enumerate(positives):
        for j, r in enumerate(negatives):
            text = "1" if s > r else "½" if s == r else "0"
            shift = 0.06 if text == "½" else 0.0
            axes.text(j / 4 + 0.125 + shift, i / 4 + 0.125 - shift, text, ha="center",
                      va="center", color=color("ink"), fontsize=12)  # fmt: skip
    axes.set_xticks([k / 4 + 0.125 for k in range(4)], [str(r) for r in negatives])
    axes.set_yticks([k / 4 + 0.125 for k in range(4)], [str(s) for s in positives])
    axes.tick_params(length=0)
    axes.set(xlabel="scores of the negatives, highest first (FPR)",
             ylabel="scores of the positives (TPR)", xlim=(-0.02, 1.02), ylim=(-0.02, 1.03),
             title="The area counts pairs in the right order")  # fmt: skip
    return fig


@figure
def equal_auc() -> Figure:
    """Two scorers with the same area. Where few may be flagged the one finds far more; where
    many may be flagged the other does. The area chooses no point on either.
    """
    fig, axes = canvas(height=3.7)
    x = np.linspace(0, 1, 1001)
    shifted, split = norm.cdf(1 + norm.ppf(x)), norm.cdf(0.7443 + norm.ppf(x) / 3)
    axes.plot(x, shifted, **line("model", linestyle=(0, (5, 2))))
    axes.plot(x, split, **line("model"))
    axes.plot([0, 1], [0, 1], color=color("pale"), linewidth=0.8)
    axes.axvline(0.01, color=color("error"), linewidth=1.0)
    direct_label(axes, 0.01, 0.97, "FPR 1%", "error")
    direct_label(axes, 0.38, 0.63, "some positives\nfar higher", "model")
    direct_label(axes, 0.25, 0.91, "all positives\na little higher", "model")
    axes.set(xlabel="false-positive rate", ylabel="true-positive rate", xlim=(0, 1), ylim=(0, 1.01),
             title="Equal areas, unequal decisions")  # fmt: skip
    return fig


@figure
def hull_and_costs() -> Figure:
    """A line of equal cost has the slope $(1-\\pi)c_{FP}/(\\pi c_{FN})$. Moved up and left until
    it last touches the curve, it rests on a corner of the hull: the best threshold for these costs.
    """
    fig, axes = canvas(height=4.0)
    data = threshold_explorable()
    x, y = roc_curve(data["labels"][:70], data["scores"][:70])
    hull = roc_hull(x, y)
    prevalence = float(np.mean(data["labels"][:70]))
    axes.plot(x, y, **line("model", linewidth=1.3))
    dashed = line("validation", linestyle=(0, (4, 2)), marker="D", clip_on=False)
    axes.plot(hull[:, 0], hull[:, 1], **dashed)
    for miss, name in ((5.0, "a miss costs 5 alarms"), (0.5, "an alarm costs 2 misses")):
        slope = (1 - prevalence) / (prevalence * miss)
        touch = hull[np.argmax(hull[:, 1] - slope * hull[:, 0])]
        span = 0.2 if miss > 1 else 0.05
        reach = np.array([max(0.0, touch[0] - span), touch[0] + span])
        axes.plot(reach, touch[1] + slope * (reach - touch[0]), **line("error", linewidth=1.6))
        axes.annotate(name, touch, color=color("error"), textcoords="offset points",
                      xytext=(10, -14) if miss > 1 else (12, -8), va="center")  # fmt: skip
    axes.set(xlabel="false-positive rate", ylabel="true-positive rate", xlim=(-0.01, 1),
             ylim=(0, 1.12), title="Costs choose a corner of the hull")  # fmt: skip
    direct_label(axes, 0.75, 0.42, "hull, dashed", "validation")
    direct_label(axes, 0.75, 0.32, "ROC curve", "model")
    return fig


@figure
def pr_by_prevalence() -> Figure:
    """The same scorer with three prevalences. Its ROC curve does not move; its PR curve falls,
    and so does the baseline, which is the prevalence itself.
    """
    fig, axes = canvas(height=3.6)
    x = np.geomspace(1e-6, 1, 2000)
    recall = norm.cdf(1.47 + norm.ppf(x))
    for share, alpha in ((0.5, 1.0), (0.1, 0.7), (0.01, 0.5)):
        precision = share * recall / (share * recall + (1 - share) * x)
        axes.plot(recall, precision, **line("model", alpha=alpha))
        axes.plot([0, 1], [share, share], **line("noise", linewidth=1.1))
        at = {0.5: 0.62, 0.1: 0.26, 0.01: 0.3}[share]
        y = precision[np.searchsorted(recall, at)]
        direct_label(axes, at, y, f"{share:.0%} positive", "model", xytext=(6, 9))
    direct_label(axes, 0.62, 0.5, "baseline: the prevalence", "noise", xytext=(0, -9))
    axes.set(xlabel="recall", ylabel="precision", xlim=(0, 1), ylim=(0, 1.02),
             title="PR moves with the prevalence, ROC does not")  # fmt: skip
    return fig


@figure
def pr_interpolation() -> Figure:
    """Between two thresholds a mixture's counts move on a straight line, and its precision falls
    at once. The straight line that the trapezoid rule draws promises points nobody can reach.
    """
    fig, axes = canvas(height=3.5)
    tp, fp = np.linspace(5, 18, 200), np.linspace(2, 400, 200)
    axes.plot([5 / 20, 18 / 20], [5 / 7, 18 / 418], **line("error", linestyle=(0, (4, 2))))
    axes.plot(tp / 20, tp / (tp + fp), **line("model"))
    axes.plot([5 / 20, 18 / 20], [5 / 7, 18 / 418], **points("data", markersize=7))
    direct_label(axes, 0.56, 0.41, "straight line: the trapezoid", "error", xytext=(4, 8))
    direct_label(axes, 0.34, 0.11, "what a coin between\nthe two reaches", "model", xytext=(4, 26))
    axes.set(xlabel="recall", ylabel="precision", xlim=(0.2, 1), ylim=(0, 0.8),
             title="Precision between two thresholds is not linear")  # fmt: skip
    return fig


@figure
def detection_points() -> Figure:
    """The rules read the same lifted precision at different recalls. Eleven points start at
    recall zero, so the first detection counts for an extra point and detector A wins; over the
    objects B does.
    """
    fig, both = canvas(1, 2, height=3.3, sharey=True)
    detectors = {"A": FIRST_DETECTOR, "B": SECOND_DETECTOR}
    for axes, (name, hits) in zip(both, detectors.items(), strict=True):
        found = np.cumsum(hits)
        precision = found / np.arange(1, len(found) + 1)
        grid = np.arange(11)
        best = [max(precision[found * 10 >= r * 5], default=0.0) for r in grid]
        edges = np.arange(1, 6)
        lifted = [max(precision[found >= n], default=0.0) for n in edges]
        axes.step(np.r_[0, edges / 5], np.r_[lifted[0], lifted], where="pre",
                  **line("model", linewidth=1.6))  # fmt: skip
        axes.plot(grid / 10, best, **points("validation", markersize=5))
        axes.set(xlabel="recall", xlim=(-0.03, 1.03), ylim=(-0.03, 1.05), xticks=[0, 0.5, 1],
                 title=f"Detector {name}")  # fmt: skip
        ap = detection_ap(hits, 5), detection_ap(hits, 5, 11)
        axes.text(0.99, 0.9, f"area {ap[0]:.3f}", color=color("model"), ha="right")
        axes.text(0.99, 0.79, f"11 points {ap[1]:.3f}", color=color("validation"), ha="right")
    both[0].set(ylabel="best precision from here on")
    return fig


@figure
def reliability() -> Figure:
    """A net fitted without a penalty to few noisy rows says nearly 0 or nearly 1 and is right far
    less often. Divided by one temperature, its log-odds give chances close to the diagonal; bars
    are Wilson's 95% intervals.
    """
    fig, both = canvas(1, 2, height=3.3, sharey=True)
    data = run_reliability()
    names = ("before", "after")
    for axes, name, title in zip(both, names, ("As fitted", "After temperature"), strict=True):
        bins = data[name]
        x = [b["forecast"] for b in bins]
        y = np.array([b["frequency"] for b in bins])
        low, high = (np.array([b[end] for b in bins]) for end in ("low", "high"))
        axes.plot([0, 1], [0, 1], **line("truth", linewidth=1.0))
        size = [8 + 0.024 * b["size"] for b in bins]
        axes.errorbar(x, y, yerr=[y - low, high - y], fmt="none", ecolor=color("model"),
                      elinewidth=1.1)  # fmt: skip
        axes.scatter(x, y, s=size, color=color("model"), zorder=3)
        axes.set(xlabel="forecast", xlim=(-0.04, 1.04), ylim=(-0.02, 1.02), title=title)
        axes.set_xticks([0, 0.5, 1])
    both[0].set(ylabel="frequency")
    direct_label(both[1], 0.84, 0.84, "perfect", "truth", xytext=(-6, 10), ha="right")
    return fig


@figure
def ece_bias() -> Figure:
    """The true calibration error is zero. The measured one is not, because a mean of absolute
    gaps cannot be: it falls with the square root of the test size and rises with the bins.
    """
    fig, axes = canvas(height=3.3)
    data = run_ece_bias()
    sizes, mean, sd = (np.array(data[key]) for key in ("sizes", "mean", "sd"))
    axes.fill_between(sizes, mean - sd, mean + sd, color=color("model"), alpha=0.2, linewidth=0)
    axes.plot(sizes, mean, **line("model", marker="o"))
    axes.axhline(0, **line("truth", linewidth=1.2))
    direct_label(axes, 3000, 0, "truth", "truth", xytext=(0, 8))
    direct_label(axes, 300, mean[1], "measured, 15 bins", "model", xytext=(14, 16))
    axes.set(xscale="log", xlabel="test examples (log scale)", ylabel="ECE", ylim=(-0.005, None),
             title="A perfect forecaster has a positive ECE")  # fmt: skip
    return fig


@figure
def ndcg_gains() -> Figure:
    """With linear gain four items of grade 1 are worth one of grade 4; with exponential gain
    fifteen are. The discount makes the tenth place worth about a third of the first.
    """
    fig, both = canvas(1, 2, height=3.2)
    grade = np.arange(5)
    both[0].plot(grade, grade, **line("model", marker="o"))
    both[0].plot(grade, 2.0**grade - 1, **line("model", linestyle=(0, (5, 2)), marker="s"))
    direct_label(both[0], 3, 3, "linear", "model", xytext=(-2, -12))
    direct_label(both[0], 3.2, 8.5, "exponential", "model", xytext=(-8, 4), ha="right")
    both[0].set(xlabel="grade", ylabel="gain", title="Gain of an item")
    both[0].set_xticks(grade)
    rank = np.arange(1, 11)
    both[1].plot(rank, 1 / np.log2(rank + 1), **line("model", marker="o"))
    both[1].plot(rank, 1 / rank, **line("noise", marker="."))
    direct_label(both[1], 5, 1 / np.log2(6), "NDCG", "model", xytext=(2, 12))
    direct_label(both[1], 3, 1 / 3, "1/rank", "noise", xytext=(-6, -16), ha="right")
    both[1].set(xlabel="rank", ylabel="weight", ylim=(0, 1.04), title="Weight of a place")
    both[1].set_xticks([1, 4, 7, 10])
    return fig


@figure
def crps_area() -> Figure:
    """CRPS is the shaded area, under the squared gap between the forecast's distribution function
    and the step at the outcome. Left: a sharp forecast at the wrong place; right: a wide one near
    the outcome.
    """
    fig, both = canvas(1, 2, height=3.2, sharey=True)
    grid = np.linspace(-4, 4, 801)
    step = (grid >= 1.0).astype(float)
    cases = ((-0.6, 0.5, "Sharp and wrong"), (0.6, 1.3, "Wide and near"))
    for axes, (mean, sd, title) in zip(both, cases, strict=True):
        cdf = norm.cdf(grid, mean, sd)
        axes.fill_between(grid, (cdf - step) ** 2, color=color("error"), alpha=0.3, linewidth=0)
        axes.plot(grid, cdf, **line("model"))
        axes.plot(grid, step, **line("truth", linewidth=1.3))
        axes.set(xlabel="y", title=title, ylim=(-0.02, 1.05))
        axes.set_xticks([-3, 0, 3])
    direct_label(both[0], -0.9, 0.3, "forecast", "model", xytext=(-6, 6), ha="right")
    direct_label(both[0], 1.0, 0.25, "outcome", "truth", xytext=(6, 0))
    direct_label(both[1], -0.2, 0.08, "squared gap", "error", xytext=(-14, 30), ha="right")
    both[0].set(ylabel="distribution function")
    return fig


@figure
def interval_coverage() -> Figure:
    """Nominal 95% intervals for a rate from 30 trials, exact coverage. Wald's falls apart as the
    rate nears one; Wilson's stays around 95%, Clopper and Pearson's above it.
    """
    fig, axes = canvas(height=3.5)
    data = run_interval_coverage()
    looks = {"Wald": "error", "Wilson": "model", "Clopper-Pearson": "noise"}
    for name, meaning in looks.items():
        axes.plot(data["rates"], data["curves"][name], **line(meaning, linewidth=1.5))
    axes.axhline(0.95, **line("truth", linewidth=0.9))
    direct_label(axes, 0.955, 0.72, "Wald", "error", xytext=(-10, 0), ha="right")
    direct_label(axes, 0.52, 0.915, "Wilson", "model", xytext=(0, -12))
    direct_label(axes, 0.5, 0.985, "Clopper-Pearson", "noise", xytext=(0, 11))
    axes.set(xlabel="true rate", ylabel="chance to hold the true rate", ylim=(0.6, 1.02),
             title="What a 95% interval from 30 trials delivers")  # fmt: skip
    return fig


@figure
def cost_curve() -> Figure:
    """Cost of every threshold on 300 held-out patients. The curve is flat around its minimum
    and jagged: the cheapest threshold on a small sample is not known to two digits.
    """
    fig, axes = canvas(height=3.5)
    data = threshold_explorable()
    y, s = np.array(data["labels"], dtype=bool), np.array(data["scores"])
    grid = np.linspace(0, 0.9, 361)
    for miss, alpha in ((5, 1.0), (1, 0.55)):
        cost = [miss * np.sum(y & (s < t)) + np.sum(~y & (s >= t)) for t in grid]
        axes.plot(grid, cost, **line("error", alpha=alpha))
        bayes = 1 / (1 + miss)
        axes.plot([bayes], [np.interp(bayes, grid, cost)], **points("truth", markersize=7))
        name = "a miss costs 5" if miss > 1 else "a miss costs 1"
        direct_label(axes, 0.62, cost[248], name, "error", xytext=(0, 12), ha="right")
    direct_label(axes, 1 / 6, 109, "crosses: Bayes' thresholds", "truth", xytext=(-30, -34))
    axes.set(xlabel="threshold", ylabel="cost, in alarms", ylim=(0, 430), xlim=(0, 0.9),
             title="The costs move the best threshold")  # fmt: skip
    return fig


@figure
def pass_at_k_bias() -> Figure:
    """Mean of two estimators of pass@10 when each sample is right with chance 5%. The unbiased
    one is on the truth for every number of samples; the plug-in climbs toward it from below.
    """
    fig, axes = canvas(height=3.2)
    data = run_pass_at_k_bias()
    n = [one["n"] for one in data["curve"]]
    axes.plot(n, [one["plug_in"] for one in data["curve"]], **line("error", marker="."))
    axes.axhline(data["truth"], **line("model"))
    direct_label(axes, 40, data["truth"], "unbiased estimator = truth", "model", xytext=(0, 10))
    direct_label(axes, 40, 0.367, "plug-in", "error", xytext=(4, -14))
    axes.set(xlabel="samples per problem, n", ylabel="mean estimate of pass@10", ylim=(0.27, 0.43),
             title="The plug-in estimate of pass@k is too low")  # fmt: skip
    return fig


@figure
def simpson() -> Figure:
    """The new model is better on easy and on hard cases, and worse on all it met, because it met
    mostly hard ones. Compared on one mix it is better, as on each part.
    """
    fig, axes = canvas(height=3.2)
    old, new = run_simpson()["rows"]
    heads = ("easy", "hard", "all it met", "same mix, half and half")
    for k, head in enumerate(heads):
        axes.plot([k, k], [old[head], new[head]], color=color("pale"), linewidth=1.0)
        axes.plot([k], [old[head]], **points("data", markersize=8))
        axes.plot([k], [new[head]], **points("model", marker="D", markersize=8))
    direct_label(axes, 0, old["easy"], "old", "data", xytext=(9, -4))
    direct_label(axes, 0, new["easy"], "new", "model", xytext=(9, 6))
    axes.set_xticks(range(4), ["easy", "hard", "all it met", "same mix"])
    axes.set(ylabel="accuracy", ylim=(0.6, 0.95), xlim=(-0.4, 3.4),
             title="Better on every part, worse on the whole")  # fmt: skip
    return fig
