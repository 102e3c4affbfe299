"""Figures about features."""

import numpy as np
from matplotlib.figure import Figure

from snippets.feature_engineering import runs
from snippets.forms import canvas, color, direct_label, figure, line, points


@figure
def target_leak() -> Figure:
    """A category that is pure noise, encoded three ways. On the rows that taught the encoding its
    means look like a strong feature; smoothing hides little of it. Encoded from other folds, the
    training rows show what the test rows show: nothing.
    """
    rows = runs.target_leak()["rows"]
    fig, axes = canvas(height=2.7)
    for k, row in enumerate(rows):
        y = len(rows) - 1 - k
        axes.plot([row["test AUC"], row["training AUC"]], [y, y], color=color("pale"), linewidth=1)
        axes.plot([row["training AUC"]], [y], **points("training", markersize=8))
        axes.plot([row["test AUC"]], [y], **points("validation", markersize=8))
    axes.axvline(0.5, **line("truth", linewidth=1.0))
    axes.set_yticks([2, 1, 0], ["means", "smoothed", "cross-fitted"])
    axes.tick_params(axis="y", length=0)
    axes.set(xlim=(0.4, 1.0), ylim=(-0.5, 2.75), xlabel="AUC of the encoded feature",
             title="A feature made of noise and its own labels")  # fmt: skip
    direct_label(axes, rows[0]["training AUC"], 2, "training", "training", xytext=(-2, 13),
                 ha="center")  # fmt: skip
    direct_label(axes, 0.503, 2, "test", "validation", xytext=(6, 13))
    return fig


@figure
def mean_imputation() -> Figure:
    """Half of the values of one variable are missing at random and replaced by the mean (right).
    They form a line: the variance halves, and the correlation with the other variable falls,
    though the mean is right.
    """
    fig, (left, right) = canvas(1, 2, height=3.3, sharey=True)
    rng = np.random.default_rng(0)
    z = rng.normal(size=240)
    x = 50 + 10 * (0.8 * z + 0.6 * rng.normal(size=240))
    seen = rng.random(240) < 0.5
    left.plot(z, x, **points("data", alpha=0.7))
    right.plot(z[seen], x[seen], **points("data", alpha=0.7))
    right.plot(z[~seen], np.full(int(np.sum(~seen)), x[seen].mean()), **points("error", alpha=0.8))
    left.set(xlabel="companion", ylabel="variable", title="All values")
    right.set(xlabel="companion", title="Half filled in")
    right.text(3.1, x[seen].mean() - 13, "filled in", color=color("error"), ha="right")
    return fig


@figure
def hour_of_day() -> Figure:
    """Demand that peaks at 23:00, fitted by linear models on four encodings of the hour. As a
    number, the hour can only tilt a line; one circle gives one broad wave; a second harmonic
    sharpens it; one-hot learns each hour by itself, from fewer rows each.
    """
    found = runs.hour_of_day()
    fig, axes = canvas(height=3.7)
    hours = np.arange(24)
    axes.plot(hours, found["truth"], **points("truth", markersize=6))
    looks = {
        "hour as a number": (0.6, (0, (1.2, 1.6))),
        "sine and cosine": (0.8, (0, (5, 2))),
        "sine and cosine, two harmonics": (1.0, "-"),
    }
    for name, (alpha, dash) in looks.items():
        axes.plot(hours, found["curves"][name], **line("model", alpha=alpha, linestyle=dash))
    axes.plot(hours, found["curves"]["one-hot"], **points("model", markersize=4.5))
    axes.text(8.6, 0.27, "as a number, dotted", color=color("model"), va="bottom")
    axes.text(4.6, 0.5, "sine and cosine, dashed", color=color("model"))
    axes.text(11.6, 0.86, "two harmonics, solid", color=color("model"), ha="left")
    axes.text(14.6, 0.72, "one-hot, dots", color=color("model"))
    axes.text(20.0, 1.08, "truth, crosses", color=color("truth"), ha="right")
    axes.set(xlabel="hour", ylabel="demand", ylim=(-0.3, 1.25), xlim=(-0.5, 23.5),
             title="What an encoding lets a line see")  # fmt: skip
    axes.set_xticks([0, 6, 12, 18, 23])
    return fig
