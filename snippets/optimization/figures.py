"""Figures about optimizers."""

import numpy as np
from matplotlib.figure import Figure

from snippets.forms import canvas, color, direct_label, figure, line, points
from snippets.optimization import runs
from snippets.optimization.adam_updates import adam_updates
from snippets.optimization.momentum import momentum


@figure
def rates_on_a_bowl() -> Figure:
    """Gradient descent on $w^2/2$, whose curvature is 1, at five rates. At 1 it arrives in one
    step: a loss of zero lies below every logarithmic axis. Just below 2 the weight jumps from side
    to side and the loss still falls; beyond 2 it climbs.
    """
    fig, axes = canvas(height=3.5)
    places = {0.02: (33, -10), 0.2: (27, 9), 1.0: (0.7, 0), 1.9: (24, 9), 2.1: (20, -12)}
    for rate, (at, up) in places.items():
        w = momentum(lambda w: w, [1.0], rate, beta=0.0, steps=40).ravel()
        loss = np.maximum(w**2 / 2, 1e-12)  # zero is drawn below the axis
        meaning = "error" if rate > 2 else "model"
        axes.plot(np.arange(41), loss, **line(meaning, alpha=1.0 if rate > 2 else 0.9))
        y = 1e-7 if rate == 1 else float(np.exp(np.interp(at, np.arange(41), np.log(loss))))
        text = "rate 1: zero\nafter one step" if rate == 1 else f"rate {rate:g}"
        direct_label(axes, at, y, text, meaning, xytext=(4, up))
    axes.set(yscale="log", ylim=(1e-9, 2e3), xlim=(0, 42), xlabel="step", ylabel="loss",
             title="The limit is two over the curvature")  # fmt: skip
    return fig


@figure
def three_paths() -> Figure:
    """A valley with curvatures 1 and 20, the same start, 25 steps. Plain descent crosses the valley
    again and again and crawls along it; momentum adds up the steps that agree; Adam scales each
    direction by its own gradients, heads off diagonally and overshoots at this rate.
    """
    fig, axes = canvas(height=3.7)
    curvature, start = np.array([1.0, 20.0]), np.array([-2.0, 0.8])
    x, y = np.meshgrid(np.linspace(-2.4, 1.1, 200), np.linspace(-1, 1.25, 200))
    axes.contour(x, y, (x**2 + 20 * y**2) / 2, levels=[0.05, 0.3, 1, 5, 9],
                 colors=[color("pale")], linewidths=0.7)  # fmt: skip
    plain = momentum(lambda w: curvature * w, start, 0.094, beta=0.0, steps=25)
    heavy = momentum(lambda w: curvature * w, start, 0.03, beta=0.75, steps=25)
    w, seen = start.copy(), []
    path = [w]
    for _ in range(25):
        seen.append(curvature * w)
        w = w + adam_updates(np.array(seen), rate=0.15)[-1]
        path.append(w)
    adam = np.array(path)
    dotted = (0, (1.2, 1.6))
    looks = ((plain, 0.5, "-", "o"), (heavy, 1.0, (0, (5, 2)), "o"), (adam, 1.0, dotted, "s"))
    for found, alpha, dash, marker in looks:
        axes.plot(*found.T, **line("model", alpha=alpha, linestyle=dash, linewidth=1.4))
        axes.plot(*found.T, **points("model", alpha=alpha, markersize=3, marker=marker))
    axes.plot([0], [0], **points("truth", markersize=8))
    direct_label(axes, -1.95, 0.98, "gradient descent", "model", xytext=(0, 8), alpha=0.75)
    direct_label(axes, -1.05, 0.5, "momentum, dashed", "model", xytext=(0, 0))
    direct_label(axes, 0.3, 0.46, "Adam, dotted", "model", xytext=(0, 0))
    leader = {"arrowstyle": "-", "color": color("truth"), "lw": 0.8, "shrinkB": 9}
    direct_label(axes, 0.0, 0.0, "minimum", "truth", xytext=(22, -46), arrowprops=leader)
    axes.set(xlabel="flat direction", ylabel="steep direction", xlim=(-2.4, 1.1), ylim=(-1, 1.25),
             title="A narrow valley, and three ways down")  # fmt: skip
    return fig


@figure
def finding_the_rate() -> Figure:
    """Left, a range test: the rate rises with every batch, and the loss falls, levels out and
    explodes. Right, accuracy after training at a fixed rate, mean and range over seeds. The rates
    that work lie on the falling part of the left curve and around its lowest point.
    """
    test, sweep = runs.range_test(), runs.rate_sweep()
    fig, (left, right) = canvas(1, 2, height=3.3)
    left.plot(test["rates"], test["loss"], **line("training", linestyle="-"))
    left.set(xscale="log", xlabel="Adam's rate", ylabel="loss, smoothed", ylim=(0, 3.2),
             title="Range test")  # fmt: skip
    left.axvline(test["lowest"], color=color("pale"), linewidth=0.9)
    left.text(test["lowest"] * 0.75, 2.9, "lowest", ha="right", color=color("ink"))
    rates = sweep["rates"]
    mean = [row["accuracy"] for row in sweep["rows"]]
    low = [row["accuracy"] - row["lowest"] for row in sweep["rows"]]
    high = [row["highest"] - row["accuracy"] for row in sweep["rows"]]
    right.errorbar(rates, mean, yerr=[low, high], fmt="none", ecolor=color("validation"))
    right.plot(rates, mean, **line("validation", marker="D"))
    right.set(xscale="log", xlabel="Adam's rate", ylabel="accuracy", ylim=(0, 1.03),
              title="Trained at that rate")  # fmt: skip
    for axes in (left, right):
        axes.set_xticks([1e-5, 1e-3, 1e-1])
    return fig


@figure
def bias_correction() -> Figure:
    """Adam's step in units of the rate when all gradients are equal. Corrected, every step is one
    rate long. Uncorrected, the second moment lags behind the first, so the steps are several times
    too long in the first dozens of steps.
    """
    found = runs.step_sizes()
    fig, axes = canvas(height=3.1)
    steps = np.arange(1, 61)
    axes.plot(steps, found["uncorrected"], **line("error"))
    axes.plot(steps, found["corrected"], **line("model"))
    direct_label(axes, 24, found["uncorrected"][23], "without correction", "error", xytext=(6, 10))
    direct_label(axes, 34, 1.0, "with correction", "model", xytext=(6, 9))
    axes.set(xlabel="step", ylabel="step / rate", ylim=(0, 7.2), xlim=(0, 61),
             title=r"What dividing by $1-\beta^t$ repairs")  # fmt: skip
    return fig
