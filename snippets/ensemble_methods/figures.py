"""Figures of the topic: each varies one thing and states its claim."""

import numpy as np
from matplotlib.figure import Figure

from snippets.ensemble_methods import runs
from snippets.forms import canvas, color, direct_label, figure, line, points


@figure
def variance_by_trees() -> Figure:
    """The variance of a forest by its number of trees, from tree variance and correlation measured
    on Friedman-1: it falls to $\\rho\\sigma^2$ and stays. Trying a third of the features makes each
    tree noisier and the floor lower. Diamonds are forests of 25 trees, measured on other sets.
    """
    found = runs.forest_variance()
    fig, axes = canvas(height=3.5)
    trees = np.logspace(0, 3, 200)
    for key, dash, place, shift in (
        ("all", "-", 130, (0, 12)), ("third", (0, (5, 2)), 130, (0, -20)),
    ):  # fmt: skip
        one, rho = found[key]["one_tree"], found[key]["correlation"]
        curve = rho * one + (1 - rho) * one / trees
        axes.plot(trees, curve, **line("variance", linestyle=dash))
        axes.plot([25], [found[key]["measured"]], **points("validation", markersize=7))
        label = "all features" if key == "all" else "a third of the features"
        y = rho * one + (1 - rho) * one / place
        direct_label(axes, place, y, label, "variance", xytext=shift)
    one = found["all"]["one_tree"]
    axes.plot(trees, one / trees, color=color("pale"), linewidth=1.0)
    axes.text(26, 0.16, "if trees were\nindependent", color=color("ink"), ha="right", fontsize=11)
    axes.set(
        xscale="log", yscale="log", xlabel="trees in the forest (log scale)",
        ylabel="variance (log scale)", ylim=(0.05, 20), xlim=(1, 1000),
        title="More trees stop helping at the shared part",
    )  # fmt: skip
    return fig


@figure
def more_trees() -> Figure:
    """Error against the truth by the number of trees. A forest levels off. Boosting in large steps
    turns up again after its best round; in small steps it is still falling or flat at the end.
    """
    found = runs.more_trees()
    fig, axes = canvas(height=3.5)
    x = np.arange(1, 201)
    for key, dash, label, at, shift in (
        ("forest", (0, (1.5, 1.5)), "forest", 160, (0, 9)),
        ("fast", "-", "boosting, rate 0.3", 128, (0, -11)),
        ("slow", (0, (6, 2)), "boosting, rate 0.05", 42, (4, 8)),
    ):
        curve = found[key]["curve"]
        axes.plot(x, curve, **line("model", linestyle=dash))
        direct_label(axes, at, curve[at], label, "model", xytext=shift)
    best = found["fast"]["best_round"]
    axes.plot([best], [found["fast"]["best"]], **points("error", markersize=7))
    direct_label(axes, best, found["fast"]["best"], "stop here", "error", xytext=(-4, -14))
    axes.set(
        xlabel="trees", ylabel="squared error against the truth", ylim=(4.4, 12), xlim=(0, 203),
        title="A forest levels off, boosting can overfit",
    )  # fmt: skip
    return fig


@figure
def adaboost_errors() -> Figure:
    """AdaBoost with stumps: the training error stays below the product of the factors
    $2\\sqrt{e(1-e)}$ and reaches zero; the test error falls a little further after that.
    """
    found = runs.adaboost_path()
    fig, axes = canvas(height=3.4)
    x = np.arange(1, 301)
    axes.plot(x, found["bound"], color=color("pale"), linewidth=1.4)
    axes.plot(x, found["test"], **line("validation"))
    axes.plot(x, found["training"], **line("training"))
    axes.text(52, 0.56, "bound on the training error", color=color("ink"))
    direct_label(axes, 215, found["test"][215], "test error", "validation", xytext=(0, -14))
    direct_label(axes, 60, found["training"][60], "training error", "training", xytext=(-10, 13))
    axes.set(
        xlabel="rounds", ylabel="share of wrong labels", ylim=(-0.01, 1), xlim=(0, 303),
        title="Training error falls below its bound, to zero",
    )  # fmt: skip
    return fig
