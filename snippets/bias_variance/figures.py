"""Figures of the topic: each varies one thing and states its claim."""

import numpy as np
from matplotlib.figure import Figure

from snippets.bias_variance import runs
from snippets.forms import canvas, color, figure, line, points


@figure
def one_input() -> Figure:
    """Predictions at one input over many training sets, for three polynomial degrees, beside fresh
    labels at that input. Bias is the distance from the truth to the mean of a cloud; variance and
    noise are the squared standard deviations of the clouds (bars: one standard deviation either
    way). The straight line misses on average, the degree-12 polynomial misses at random.
    """
    found = runs.one_input()
    fig, axes = canvas(height=3.7)
    rng = np.random.default_rng(0)
    groups = [("degree 1", "1"), ("degree 4", "4"), ("degree 12", "12")]
    axes.axhline(found["truth"], **line("truth", lw=1.3))
    axes.text(-0.42, found["truth"] + 0.04, "truth", color=color("truth"), va="bottom")
    for index, (_, degree) in enumerate(groups):
        cloud = np.array(found["predictions"][degree])
        jitter = index + rng.uniform(-0.16, 0.16, size=cloud.size)
        axes.plot(jitter, cloud, **points("model", alpha=0.4, ms=3.6, mew=0))
        axes.plot([index - 0.27, index + 0.27], [cloud.mean()] * 2, **line("model", lw=2.6))
    labels = np.array(found["labels"])
    jitter = 3 + rng.uniform(-0.16, 0.16, size=labels.size)
    axes.plot(jitter, labels, **points("data", alpha=0.45, ms=3.6, mew=0))

    stiff = float(np.mean(found["predictions"]["1"]))
    arrow = {"arrowstyle": "<->", "color": color("bias"), "lw": 1.4, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", (0.36, stiff), (0.36, found["truth"]), arrowprops=arrow)
    axes.text(0.41, (stiff + found["truth"]) / 2, "bias", color=color("bias"), va="center")
    loose = np.array(found["predictions"]["12"])
    spread = {"arrowstyle": "|-|,widthA=0.25,widthB=0.25", "lw": 1.4, "shrinkA": 0, "shrinkB": 0}
    for place, values, meaning in ((2.33, loose, "variance"), (3.33, labels, "noise")):
        low, high = values.mean() - values.std(), values.mean() + values.std()
        ends = {**spread, "color": color(meaning)}
        axes.annotate("", (place, low), (place, high), arrowprops=ends)
        middle = (low + high) / 2
        axes.text(
            place + 0.1, middle + 0.08, meaning, color=color(meaning), va="bottom", rotation=90
        )
    axes.set_xticks(range(4), [*(name for name, _ in groups), "new labels"])
    axes.set_xlim(-0.45, 3.75)
    axes.set_ylabel("prediction or label")
    axes.set_title("Bias is where the cloud sits, variance how wide it is")
    axes.tick_params(axis="x", length=0)
    return fig


@figure
def two_worlds() -> Figure:
    """Left, a line plus noise: noise variance 0.25, no bias. Right, no noise at all: the labels lie
    on a curve too fast to see, and a straight line has squared bias 0.25. A straight line earns
    the same training and test errors in both.
    """
    found = runs.same_numbers()
    fig, panels = canvas(1, 2, height=2.9, sharey=True)
    x = np.linspace(-1, 1, 2_000)
    worlds = (("noisy", "A line and noise", x), ("wiggly", "A fast curve, no noise", None))
    for axes, (name, title, curve) in zip(panels, worlds, strict=True):
        f = x + 0.5 * np.sqrt(2) * np.sin(400 * x) if curve is None else curve
        width = 0.25 if curve is None else 1.4
        axes.plot(x, f, **line("truth", lw=width, rasterized=curve is None))
        axes.plot(found["x"], found[name], **points("data", ms=4))
        axes.set_title(title)
        axes.set_xlabel("x")
        axes.set_xticks([-1, 0, 1])
    panels[0].set_ylabel("y")
    panels[0].text(-0.2, -1.75, "truth: the line", color=color("truth"))
    panels[1].text(-0.35, -1.75, "truth: the fast curve", color=color("truth"))
    return fig


@figure
def hundred_training_sets() -> Figure:
    """Each thin line is one fit to one of 100 training sets of 30 examples, the heavy line their
    mean, the plain curve the truth. Stiff learners (left) agree with each other and miss the
    truth; flexible ones (right) disagree with each other around the truth.
    """
    found = runs.hundred_sets()
    fig, panels = canvas(2, 2, height=4.9, sharex=True, sharey=True)
    x = np.array(found["x"])
    order = ("straight line", "degree 5", "15 neighbors", "1 neighbor")
    for axes, name in zip(panels.flat, order, strict=True):
        fits = np.array(found["fits"][name])
        for fit in fits:
            axes.plot(x, fit, **line("model", lw=0.5, alpha=0.22, rasterized=True))
        axes.plot(x, np.sin(4 * x + 1), **line("truth", lw=1.6))
        axes.plot(x, fits.mean(axis=0), **line("model", lw=2.6))
        axes.set_title(name[0].upper() + name[1:])
        axes.set_ylim(-2.4, 2.4)
        axes.set_xticks([-1, 0, 1])
    panels[0, 0].text(0.42, 1.0, "truth", color=color("truth"))
    for axes in panels[1]:
        axes.set_xlabel("x")
    for axes in panels[:, 0]:
        axes.set_ylabel("prediction")
    return fig


@figure
def knn_terms() -> Figure:
    """Closed form (lines) and simulation (markers) for kNN: variance is exactly $\\sigma^2/k$, the
    squared bias grows as the neighborhood widens, and two different k on the two sides of the
    minimum have nearly the same error for opposite reasons.
    """
    found = runs.knn_curve()
    curve = found["curve"]
    k = [row["k"] for row in curve]
    fig, axes = canvas(height=3.5)
    axes.plot(k, [row["total"] for row in curve], **line("error", lw=2.4))
    axes.plot(k, [row["bias2"] for row in curve], **line("bias"))
    axes.plot(k, [row["variance"] for row in curve], **line("variance"))
    axes.axhline(0.25, **line("noise", lw=1.3))
    axes.plot(k[::2], [row["measured_bias2"] for row in curve[::2]], **points("bias"))
    axes.plot(k[::2], [row["measured_variance"] for row in curve[::2]], **points("variance"))
    for x, y, text, meaning in (
        (10.5, 0.42, "expected error", "error"),
        (18.5, 0.12, "bias²", "bias"),
        (2.6, 0.13, "variance", "variance"),
        (21.5, 0.27, "noise", "noise"),
    ):
        axes.text(x, y, text, color=color(meaning), ha="left")
    axes.set_xlabel("number of neighbors k")
    axes.set_ylabel("squared error")
    axes.set_ylim(0, 0.68)
    axes.set_xlim(0, 25.5)
    axes.set_title("Small k pays in variance, large k in bias")
    return fig


@figure
def variance_by_parameters() -> Figure:
    """Variance of least squares on 60 examples in units of the noise variance: lines from the
    formulas, markers simulated. At the training inputs it grows in proportion to p; at new random
    inputs it explodes as p nears n.
    """
    rows = runs.fixed_or_random()["rows"]
    p = np.arange(1, 56)
    fig, axes = canvas(height=3.2)
    axes.plot(p, p / 60, **line("variance"))
    axes.plot(p, p / (59 - p), **line("variance", lw=2.6))
    measured = [row["p"] for row in rows]
    axes.plot(measured, [row["fixed inputs"] for row in rows], **points("variance", ms=6))
    axes.plot(measured, [row["random inputs"] for row in rows], **points("variance", ms=6))
    axes.text(48, 0.16, "at the training inputs", color=color("variance"), ha="center")
    axes.text(33, 2.1, "at new random\ninputs", color=color("variance"), ha="center")
    axes.set_xlabel("parameters p (n = 60)")
    axes.set_ylabel(r"variance / $\sigma^2$")
    axes.set_ylim(0, 6)
    axes.set_xlim(0, 60)
    axes.set_title("The same p costs more away from the training inputs")
    return fig


@figure
def variance_helps() -> Figure:
    """One input where the true chance of class 1 is 0.9. When the mean estimate lies on the wrong
    side of one half, more variance lowers the 0-1 error; on the right side it raises it. Both
    curves meet at one half, a coin flip.
    """
    found = runs.variance_helps()
    fig, axes = canvas(height=3.3)
    axes.plot(found["sd"], found["wrong_side"], **line("error"))
    axes.plot(found["sd"], found["right_side"], **line("error", linestyle=(0, (5, 1.6))))
    axes.axhline(0.1, **line("noise", lw=1.3))
    axes.text(0.16, 0.78, "mean estimate 0.4: wrong side", color=color("error"))
    axes.text(0.2, 0.25, "mean estimate 0.6: right side", color=color("error"))
    axes.text(0.6, 0.125, "noise: the best possible error", color=color("noise"), ha="right")
    axes.set_xlabel("standard deviation of the estimate over training sets")
    axes.set_ylabel("0-1 error")
    axes.set_ylim(0, 1)
    axes.set_xlim(0, 0.6)
    axes.set_title("On the wrong side, variance helps")
    return fig


@figure
def two_losses() -> Figure:
    """kNN where the true chance waves between 0.52 and 0.92. The estimated chance is best at a
    moderate k; the predicted label is best at the largest k, because bias that never crosses one
    half costs nothing under 0-1 loss.
    """
    rows = runs.best_k_by_loss()["wave"]["rows"]
    k = [row["k"] for row in rows]
    fig, panels = canvas(1, 2, height=2.9)
    panels[0].plot(k, [row["bias² + variance"] for row in rows], **line("error", marker="P"))
    panels[0].plot(k, [row["bias²"] for row in rows], **line("bias"))
    panels[0].plot(k, [row["variance"] for row in rows], **line("variance"))
    panels[0].set_ylim(0, 0.06)
    panels[0].text(52, 0.0295, "sum", color=color("error"))
    panels[0].text(67, 0.0125, "bias²", color=color("bias"))
    panels[0].text(50, 0.0056, "variance", color=color("variance"), ha="left")
    panels[0].set_title("Chance: moderate k")
    panels[0].set_ylabel("squared error")
    excess = [row["excess 0-1 error"] for row in rows]
    panels[1].plot(k, excess, **line("error", marker="P"))
    panels[1].set_title("Label: largest k")
    panels[1].set_ylabel("excess 0-1 error")
    for axes in panels:
        axes.set_xlabel("neighbors k")
        axes.set_xticks([1, 25, 50, 75, 100])
    return fig


@figure
def optimism() -> Figure:
    """Mean training error and mean error on new labels at the same inputs, over 4,000 sets of
    labels. The gap between them is $2p\\sigma^2/n$ at every degree, right model or wrong; adding it
    back (diamonds, mean $C_p$) restores the error.
    """
    rows = runs.optimism_by_degree()["rows"]
    degree = [row["degree"] for row in rows]
    training = np.array([row["training"] for row in rows])
    new = np.array([row["new labels"] for row in rows])
    fig, axes = canvas(height=3.5)
    axes.fill_between(degree, training, new, color=color("variance"), alpha=0.14, lw=0)
    axes.plot(degree, new, **line("error", lw=2.2))
    axes.plot(degree, training, **line("training", marker="s"))
    axes.plot(degree, [row["mean $C_p$"] for row in rows], **points("validation", ms=5))
    axes.text(7.2, 0.375, "error on new labels", color=color("error"), ha="center")
    axes.text(7.2, 0.115, "training error", color=color("training"), ha="center")
    axes.text(9.6, 0.235, "optimism", color=color("variance"), ha="center")
    axes.text(2.6, 0.6, r"training error + $2p\sigma^2/n$", color=color("validation"))
    axes.annotate(
        "", (2.05, 0.53), (2.6, 0.6), arrowprops={"arrowstyle": "-", "color": color("validation")}
    )
    axes.set_xlabel("degree")
    axes.set_ylabel("squared error")
    axes.set_ylim(0, 0.8)
    axes.set_title("The gap grows by the same amount with each parameter")
    return fig


@figure
def three_errors() -> Figure:
    """Excess error of gradient descent by the number of steps. At degree 3 the error descends to
    approximation plus estimation and stays. At degree 12 the exact minimizer is far worse than an
    early stop: the optimization error is negative.
    """
    found = runs.three_errors()
    fig, panels = canvas(1, 2, height=3.1, sharey=True)
    for axes, degree in zip(panels, ("degree_3", "degree_12"), strict=True):
        rows = found[degree]["rows"]
        steps = [row["steps"] for row in rows]
        last = rows[-1]
        level = last["approximation"] + last["estimation"]
        axes.plot(steps, [row["sum"] for row in rows], **line("error", marker="P"))
        axes.axhline(level, **line("model", linestyle=(0, (5, 1.6))))
        axes.axhline(last["approximation"], color=color("pale"), lw=1.2, ls=":")
        axes.set_xscale("log")
        axes.set_xticks([1, 10, 100, 1000], ["1", "10", "100", "1,000"])
        axes.minorticks_off()
        axes.set_xlabel("gradient steps")
        axes.set_title(degree.replace("_", " ").capitalize())
        axes.set_ylim(-0.02, 0.5)
    panels[0].set_ylabel("excess error")
    panels[0].text(6, 0.29, "excess error", color=color("error"))
    panels[0].text(1000, 0.165, "exact minimizer", color=color("model"), ha="right")
    panels[0].text(1000, 0.075, "best in class", color=color("ink"), ha="right")
    panels[1].text(1000, 0.38, "exact minimizer", color=color("model"), ha="right")
    panels[1].text(1000, 0.015, "best in class", color=color("ink"), ha="right")
    return fig


@figure
def learning_curves() -> Figure:
    """Mean training and validation error of two polynomials as the training set grows. High bias:
    the curves meet early, far above the noise. High variance: they stand far apart and close in on
    the noise from both sides.
    """
    found = runs.learning_curves()
    fig, panels = canvas(1, 2, height=3.3, sharey=True)
    titles = {"degree_1": "High bias: degree 1", "degree_12": "High variance: degree 12"}
    for axes, (name, title) in zip(panels, titles.items(), strict=True):
        curve = found[name]
        axes.plot(found["n"], curve["validation"], **line("validation", marker="D"))
        axes.plot(found["n"], curve["training"], **line("training", marker="s"))
        axes.axhline(0.25, **line("noise", lw=1.3))
        axes.set_xscale("log")
        axes.set_xticks([25, 50, 100, 200, 400], ["25", "50", "100", "200", "400"])
        axes.minorticks_off()
        axes.set_ylim(0, 1.1)
        axes.set_xlabel("training examples n")
        axes.set_title(title)
    panels[0].set_ylabel("squared error")
    panels[0].text(26, 0.83, "validation", color=color("validation"))
    panels[0].text(26, 0.62, "training", color=color("training"))
    panels[0].text(400, 0.17, "noise", color=color("noise"), ha="right")
    panels[1].text(62, 0.52, "validation", color=color("validation"))
    panels[1].text(40, 0.07, "training", color=color("training"))
    return fig


@figure
def validation_curve() -> Figure:
    """Ridge on a degree-12 polynomial, 30 examples: one knob, fixed data. Training error rises with
    the penalty all the way; validation error has its minimum where the fall in variance no longer
    pays for the rise in bias.
    """
    found = runs.validation_curve()
    fig, axes = canvas(height=3.3)
    axes.plot(found["penalty"], found["validation"], **line("validation"))
    axes.plot(found["penalty"], found["training"], **line("training"))
    axes.axhline(0.25, **line("noise", lw=1.3))
    axes.set_xscale("log")
    axes.set_xticks([0.001, 0.1, 10, 1000], ["0.001", "0.1", "10", "1,000"])
    axes.minorticks_off()
    axes.set_ylim(0, 0.85)
    axes.set_xlabel(r"penalty $\lambda$")
    axes.set_ylabel("squared error")
    axes.text(2e-3, 0.755, "validation", color=color("validation"), ha="left")
    axes.text(2e-3, 0.08, "training", color=color("training"), ha="left")
    axes.text(1000, 0.265, "noise", color=color("noise"), ha="right", va="bottom")
    axes.text(0.004, 0.4, "variance\ndominates", color=color("variance"), ha="left", va="center")
    axes.text(300, 0.45, "bias\ndominates", color=color("bias"), ha="center", va="center")
    axes.set_title("A validation curve turns one knob")
    return fig


@figure
def mold_gap() -> Figure:
    """A synthetic version of the mold classifier: 800 pictures from six homes, 30 repetitions.
    Validation pictures from the same homes see nothing wrong; homes never seen before do. Bars:
    one standard deviation either way.
    """
    found = runs.mold()
    fig, axes = canvas(height=2.5)
    rows = (
        ("training, six homes", "training", "training"),
        ("validation, same homes", "validation", "validation"),
        ("homes never seen", "new_homes", "error"),
    )
    for place, (_, name, meaning) in enumerate(rows):
        one = found[name]
        low, high = one["mean"] - one["sd"], one["mean"] + one["sd"]
        axes.plot([low, high], [place, place], color=color(meaning), lw=2)
        axes.plot([one["mean"]], [place], **points(meaning, ms=8))
    axes.axvline(0.5, **line("noise", lw=1.3))
    axes.text(0.505, -0.32, "guessing", color=color("noise"), va="center")
    axes.set_yticks(range(3), [label for label, _, _ in rows])
    axes.set_ylim(2.5, -0.6)
    axes.set_xlim(0.45, 1)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("accuracy")
    axes.set_title("The split decides what the gap can show")
    return fig


@figure
def ridge_terms() -> Figure:
    """Squared bias, variance and total error of ridge coefficients, in closed form. At zero the
    squared bias leaves flat while the variance falls at a slope, so some penalty always beats
    least squares; Hoerl and Kennard guarantee every penalty up to the dotted bound.
    """
    found = runs.ridge_curve()
    penalty = np.array(found["penalty"])
    fig, axes = canvas(height=3.5)
    axes.plot(penalty, found["total"], **line("error", lw=2.4))
    axes.plot(penalty, found["bias2"], **line("bias"))
    axes.plot(penalty, found["variance"], **line("variance"))
    axes.axhline(found["at_zero"], color=color("pale"), lw=1)
    axes.axvline(found["bound"], color=color("pale"), lw=1, ls=":")
    axes.text(
        11.9, found["at_zero"] - 0.03, "least squares", color=color("ink"), ha="right", va="top"
    )
    axes.text(
        found["bound"] + 0.15, 1.5, "guaranteed\nbetter up to here", color=color("ink"), va="top"
    )
    axes.text(8.2, 1.22, "total", color=color("error"), va="bottom")
    axes.text(8.2, 0.78, "bias²", color=color("bias"), va="top")
    axes.text(8.2, 0.26, "variance", color=color("variance"), va="bottom")
    axes.set_xlim(0, 12)
    axes.set_ylim(0, 1.9)
    axes.set_xlabel(r"penalty $\lambda$")
    axes.set_ylabel("squared error of the coefficients")
    axes.set_title("The first bit of penalty is always worth its bias")
    return fig


@figure
def james_stein_risk() -> Figure:
    """Total squared error of ten estimated means. Using the observations as they are costs 10
    wherever the means lie; James-Stein costs less everywhere, most where the means are near the
    point it shrinks to.
    """
    found = runs.james_stein_risk()
    fig, axes = canvas(height=3.2)
    axes.axhline(10, **line("variance"))
    axes.plot(found["length"], found["james_stein"], **line("error"))
    axes.plot(found["length"], found["largest_mean_alone"], **line("error", linestyle=":"))
    axes.text(0.1, 10.3, "observations as they are (unbiased)", color=color("variance"))
    axes.text(4.1, 6.1, "James-Stein, total", color=color("error"))
    axes.text(3.6, 3.3, "James-Stein, the one large mean alone", color=color("error"))
    axes.set_ylim(0, 11.6)
    axes.set_xlim(0, 10)
    axes.set_xlabel(r"distance of the true means from zero, $\|\theta\|$")
    axes.set_ylabel("squared error")
    axes.set_title("Ten means together: shrinking always wins")
    return fig


@figure
def bagging_boosting() -> Figure:
    """Squared bias and variance against the number of trees. Averaging full trees leaves bias where
    it was and brings variance down to the part the trees share; adding stumps takes bias away and
    lets variance rise slowly.
    """
    found = runs.bagging_and_boosting()
    fig, panels = canvas(1, 2, height=3.2, sharey=True)
    titles = {"bagging": "Bagging full trees", "boosting": "Boosting stumps"}
    for axes, (name, title) in zip(panels, titles.items(), strict=True):
        axes.plot(found["members"], found[name]["bias2"], **line("bias"))
        axes.plot(found["members"], found[name]["variance"], **line("variance"))
        axes.set_xlabel("trees")
        axes.set_xlim(0, 50)
        axes.set_ylim(0, 0.62)
        axes.set_title(title)
    panels[0].axhline(found["limit"], color=color("pale"), lw=1, ls=":")
    panels[0].set_ylabel("squared error")
    panels[0].text(7, 0.2, "variance", color=color("variance"))
    panels[0].text(50, 0.055, "shared part", color=color("ink"), ha="right", va="center")
    panels[0].text(6, 0.05, "bias²", color=color("bias"), ha="left", va="center")
    panels[1].text(6, 0.3, "bias²", color=color("bias"))
    panels[1].text(49, 0.075, "variance", color=color("variance"), ha="right")
    return fig


@figure
def double_descent() -> Figure:
    """Median test error (band: quartiles of 40 draws) of minimum-norm least squares on random ReLU
    features, 100 examples. The error peaks where the number of features reaches the number of
    examples, then falls below its first minimum. With the best ridge penalty there is no peak.
    """
    curve = runs.double_descent()["curve"]
    p = [row["p"] for row in curve]
    fig, axes = canvas(height=3.6)
    low, high = zip(*(row["quartiles"] for row in curve), strict=True)
    axes.fill_between(p, low, high, color=color("error"), alpha=0.18, lw=0)
    axes.plot(p, [row["median"] for row in curve], **line("error", marker="P"))
    axes.plot(p, [row["ridge"] for row in curve], **line("model", linestyle=(0, (5, 1.6))))
    axes.axvline(100, color=color("pale"), lw=1, ls=":")
    axes.axhline(0.09, **line("noise", lw=1.3))
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xticks([10, 30, 100, 300, 1000, 3000], ["10", "30", "100", "300", "1,000", "3,000"])
    axes.set_yticks([0.1, 1, 10, 100], ["0.1", "1", "10", "100"])
    axes.minorticks_off()
    axes.text(108, 60, "p = n", color=color("ink"))
    axes.text(155, 0.75, "no penalty", color=color("error"))
    axes.text(10.5, 0.2, "best ridge penalty", color=color("model"))
    axes.text(3000, 0.083, "noise", color=color("noise"), ha="right", va="top")
    axes.set_ylim(0.05, 130)
    axes.set_xlabel("random features p")
    axes.set_ylabel("test squared error")
    axes.set_title("The peak stands where p reaches n, unless one penalizes")
    return fig


@figure
def descent_terms() -> Figure:
    """Squared bias and variance over training sets in the model of the first figure; the test error
    is their sum with the noise. Squared bias falls and stays down. The variance rises
    without bound at p = n (shaded) and falls below where it began.
    """
    curve = runs.descent_terms()["curve"]
    sides = [row for row in curve if row["p"] < 100], [row for row in curve if row["p"] > 100]
    fig, axes = canvas(height=3.4)
    axes.axvspan(90, 110, color=color("pale"), alpha=0.25, lw=0)
    for rows in sides:
        p = [row["p"] for row in rows]
        axes.plot(p, [row["total"] for row in rows], **line("error", lw=2.4))
        axes.plot(p, [row["variance"] for row in rows], **line("variance"))
        axes.plot(p, [row["bias2"] for row in rows], **line("bias"))
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xticks([10, 30, 100, 300, 1000, 3000], ["10", "30", "100", "300", "1,000", "3,000"])
    axes.set_yticks([0.001, 0.01, 0.1, 1], ["0.001", "0.01", "0.1", "1"])
    axes.minorticks_off()
    axes.axhline(0.09, **line("noise", lw=1.3))
    axes.set_ylim(0.0007, 8)
    axes.text(100, 4, "p = n", color=color("ink"), ha="center")
    axes.text(10, 0.062, "noise", color=color("noise"), ha="left", va="top")
    axes.text(230, 0.5, "test error", color=color("error"))
    axes.text(36, 0.17, "variance", color=color("variance"))
    axes.text(400, 0.0052, "bias²", color=color("bias"))
    axes.set_xlabel("random features p (n = 100)")
    axes.set_ylabel("squared error")
    axes.set_title("Bias falls and stays down; variance makes the peak")
    return fig


@figure
def more_data_hurts() -> Figure:
    """The same model with 100 features, its sample growing. Without a penalty the median test error
    rises as n approaches 100, so more data hurt for a while; a small fixed penalty removes the
    bump. Band: quartiles of 60 draws.
    """
    curve = runs.sample_wise()["curve"]
    n = [row["n"] for row in curve]
    fig, axes = canvas(height=3.3)
    low, high = [row["low"] for row in curve], [row["high"] for row in curve]
    axes.fill_between(n, low, high, color=color("error"), alpha=0.18, lw=0)
    axes.plot(n, [row["median"] for row in curve], **line("error", marker="P"))
    axes.plot(n, [row["ridge"] for row in curve], **line("model", linestyle=(0, (5, 1.6))))
    axes.axvline(100, color=color("pale"), lw=1, ls=":")
    axes.set_yscale("log")
    axes.set_xscale("log")
    axes.set_xticks([20, 50, 100, 200, 500], ["20", "50", "100", "200", "500"])
    axes.set_yticks([0.1, 1, 10, 100], ["0.1", "1", "10", "100"])
    axes.minorticks_off()
    axes.set_ylim(0.1, 160)
    axes.text(103, 90, "n = p", color=color("ink"))
    axes.text(128, 1.2, "no penalty", color=color("error"))
    axes.text(21, 0.2, "small penalty", color=color("model"))
    axes.set_xlabel("training examples n")
    axes.set_ylabel("test squared error")
    axes.set_title("More data can hurt an unpenalized model")
    return fig


@figure
def epoch_wise() -> Figure:
    """Median excess error of gradient descent when features live on two scales. The large-scale
    features are learned, then overfit; much later the small-scale ones are learned, and the error
    falls again before it ends. Stopping at the first rise would have missed the better model.
    """
    found = runs.epoch_wise()
    fig, axes = canvas(height=3.2)
    axes.plot(found["step"], found["error"], **line("error"))
    for name, text, shift in (
        ("first_valley", "first valley", -0.75),
        ("peak", "peak", 0.45),
        ("second_valley", "second valley", -0.75),
    ):
        mark = found[name]
        axes.plot([mark["step"]], [mark["error"]], **points("error", ms=6))
        axes.text(mark["step"], mark["error"] + shift, text, color=color("error"), ha="center")
    axes.set_xscale("log")
    axes.set_xticks([1, 100, 10_000, 1_000_000], ["1", "100", "10,000", "1,000,000"])
    axes.minorticks_off()
    axes.set_ylim(0, 10)
    axes.set_xlabel("gradient steps")
    axes.set_ylabel("excess squared error")
    axes.set_title("Two scales of features, two descents in time")
    return fig


@figure
def regions() -> Figure:
    """Expected test error of a polynomial fit against its degree, in closed form, with the three
    parts it is the sum of and the training error beneath. In the left region bias dominates, in
    the right one variance; the noise is the floor that no degree goes below.
    """
    found = runs.complexity_curve()
    curve = found["curve"]
    degree = np.array([row["degree"] for row in curve])
    best = found["best"]["degree"]
    fig, axes = canvas(height=4.1)
    axes.axvspan(-0.3, 3.5, color=color("bias"), alpha=0.08, lw=0)
    axes.axvspan(6.5, 14.3, color=color("variance"), alpha=0.09, lw=0)
    axes.plot(degree, [row["test"] for row in curve], **line("error", lw=2.6))
    axes.plot(degree, [row["training"] for row in curve], **line("training"))
    axes.plot(degree, [row["bias2"] for row in curve], **line("bias"))
    axes.plot(degree, [row["variance"] for row in curve], **line("variance"))
    axes.axhline(0.25, **line("noise", lw=1.3))
    axes.plot([best], [found["best"]["test"]], **points("error", ms=8))
    for x, text, meaning in (
        (1.6, "underfitting:\nboth errors high", "bias"),
        (5.0, "sweet\nspot", "ink"),
        (10.4, "overfitting:\nthe errors part", "variance"),
    ):
        axes.text(x, 0.955, text, color=color(meaning), ha="center", va="top")
    for x, y, text, meaning in (
        (10.4, 0.385, "test error", "error"),
        (10.4, 0.185, "training error", "training"),
        (1.75, 0.1, "bias²", "bias"),
        (12.2, 0.05, "variance", "variance"),
        (14.2, 0.268, "noise", "noise"),
    ):
        axes.text(x, y, text, color=color(meaning), ha="right" if text == "noise" else "center")
    axes.set_xlim(-0.3, 14.3)
    axes.set_ylim(0, 0.97)
    axes.set_xticks([0, 2, 4, 6, 8, 10, 12, 14])
    axes.set_xlabel("complexity: degree of the polynomial (30 examples)")
    axes.set_ylabel("squared error")
    axes.set_title("Bias on the left, variance on the right, noise below")
    return fig
