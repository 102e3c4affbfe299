"""Figures of the topic: each varies one thing and states its claim."""

import numpy as np
from matplotlib.figure import Figure

from snippets.forms import canvas, color, direct_label, figure, line, points
from snippets.handling_imbalance import runs
from snippets.handling_imbalance.smote import smote


@figure
def cost_by_threshold() -> Figure:
    """Cost by threshold for one model trained plainly and with balanced weights, at 20 a miss and 1
    a false alarm. Both reach about the same least cost, at different thresholds: weights move
    the threshold, and one half is right for neither.
    """
    found = runs.costs_and_weights()
    fig, axes = canvas(height=3.5)
    grid = found["grid"]
    axes.plot(grid, found["curves"]["plain"], **line("model"))
    axes.plot(grid, found["curves"]["weighted"], **line("model", linestyle=(0, (5, 2))))
    axes.axvline(1 / 21, **line("truth", linewidth=1.0))
    axes.axvline(0.5, color=color("pale"), linewidth=1.0)
    axes.axhline(found["cost"]["nobody"], **line("noise", linewidth=1.0))
    axes.text(0.063, 695, "1/21", color=color("truth"))
    axes.text(0.51, 695, "one half", color=color("ink"))
    axes.text(0.998, found["cost"]["nobody"] + 9, "flag nobody", color=color("noise"), ha="right")
    direct_label(axes, 0.2, found["curves"]["plain"][39], "plain", "model", xytext=(0, -13))
    direct_label(axes, 0.225, found["curves"]["weighted"][44], "balanced weights", "model",
                 xytext=(8, 6))  # fmt: skip
    axes.set(xlabel="threshold", ylabel="cost of 1,000 cases", ylim=(330, 720), xlim=(0, 1),
             title="Weights only move the best threshold")  # fmt: skip
    return fig


@figure
def reliability() -> Figure:
    """Observed against predicted share of positives in ten equal groups, on log scales. The plain
    model lies near the diagonal, balanced weights far to the right of it; carrying the odds
    back to the true share brings them home.
    """
    found = runs.reliability()
    fig, axes = canvas(height=3.7)
    axes.plot([5e-4, 1], [5e-4, 1], **line("truth", linewidth=1.0))
    looks = {
        "plain": ("o", "model"), "weighted": ("P", "error"), "corrected": ("D", "validation"),
    }  # fmt: skip
    for name, (marker, meaning) in looks.items():
        axes.plot(found[name]["predicted"], found[name]["observed"],
                  **points(meaning, marker=marker, markersize=6,
                           fillstyle="none" if name == "corrected" else "full"))  # fmt: skip
    axes.text(0.0016, 0.008, "plain", color=color("model"), ha="right")
    axes.text(0.022, 0.012, "weighted, odds\ncarried back", color=color("validation"), va="top")
    axes.text(0.33, 0.006, "balanced\nweights", color=color("error"), ha="center", va="top")
    axes.set(xscale="log", yscale="log", xlabel="mean predicted chance", ylabel="observed share",
             xlim=(5e-4, 1.3), ylim=(5e-4, 1.3),
             title="Weights break probabilities, a shift repairs them")  # fmt: skip
    return fig


@figure
def smote_segments() -> Figure:
    """SMOTE places new rows on segments between a minority row and its near minority rows. Where
    the minority lies along a curve or in several groups, segments can cross regions that
    belong to the majority.
    """
    rng = np.random.default_rng(4)
    angle = np.linspace(0.1, np.pi - 0.1, 9)
    rare = np.column_stack([2.3 * np.cos(angle), 2.5 * np.sin(angle) - 0.3])
    rare += 0.12 * rng.normal(size=rare.shape)
    usual = rng.normal(scale=(0.8, 0.6), size=(90, 2)) + np.array([0, 0.4])
    made = smote(rare, count=40, neighbors=5, seed=1)
    fig, axes = canvas(height=3.4)
    axes.plot(*usual.T, **points("data", alpha=0.5))
    axes.plot(*made.T, **points("model", marker="x", markersize=6))
    axes.plot(*rare.T, **points("error", markersize=8))
    axes.text(2.45, 0.25, "minority", color=color("error"))
    axes.text(1.35, 2.1, "synthetic", color=color("model"))
    axes.text(-0.75, -0.95, "majority", color=color("data"))
    axes.set(xlabel="first input", ylabel="second input", xlim=(-2.9, 3.4), ylim=(-1.5, 2.9),
             title="Some synthetic rows land among the majority")  # fmt: skip
    axes.set_xticks([-2, 0, 2])
    axes.set_yticks([-1, 0, 1, 2])
    return fig
