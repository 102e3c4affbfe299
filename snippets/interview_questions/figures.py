"""Figures of the topic: what a scale does to attention, and how much a mock score says."""

import numpy as np
from matplotlib.figure import Figure

from snippets.forms import canvas, color, figure, line
from snippets.interview_questions import runs


@figure
def root_dk() -> Figure:
    """The largest of 16 attention weights for random queries and keys. Without the division by
    $\\sqrt d$ one weight takes nearly everything as the dimension grows, and the softmax passes
    almost no gradient; with it both stay about level.
    """
    rows = runs.root_dk()["rows"]
    d = [row["d"] for row in rows]
    fig, panels = canvas(1, 2, height=3.0)
    for axes, key, title in zip(
        panels, ("", "_gradient"), ("Largest weight", "Largest slope"), strict=True
    ):
        axes.semilogx(d, [row["raw" + key] for row in rows], **line("error", marker="P"))
        axes.semilogx(d, [row["scaled" + key] for row in rows], **line("model", marker="o"))
        axes.set(title=title, xlabel="dimension d", ylim=(0, 1.05 if not key else 0.26))
        axes.set_xticks([4, 64, 1_024], ["4", "64", "1024"])
        axes.minorticks_off()
    panels[0].text(70, 0.7, "raw", color=color("error"))
    panels[0].text(40, 0.35, "divided by √d", color=color("model"))
    panels[1].text(150, 0.085, "raw", color=color("error"))
    panels[1].text(36, 0.196, "divided by √d", color=color("model"))
    return fig


@figure
def mock_score() -> Figure:
    """The 95% interval of what you know when you answer four fifths of a set rightly. Twenty
    questions tell a beginner from an expert, and hardly more.
    """
    rows = runs.mock_score()["intervals"]
    n = np.array([row["n"] for row in rows])
    fig, axes = canvas(height=2.9)
    place = np.arange(len(n))
    for at, row in zip(place, rows, strict=True):
        axes.plot([at, at], [row["low"], row["high"]], **line("model", lw=5, solid_capstyle="butt"))
    axes.axhline(0.8, color=color("data"), lw=1)
    axes.text(5.2, 0.81, "score: 80%", color=color("data"), va="bottom")
    axes.set(xlabel="questions answered", ylabel="share you know")
    axes.set(xlim=(-0.3, 6.2), ylim=(0.4, 1.0))
    axes.set_xticks(place, [str(one) for one in n])
    axes.set_yticks([0.4, 0.6, 0.8, 1.0], ["40%", "60%", "80%", "100%"])
    axes.set_title("A score of 80% on 20 questions is a wide interval")
    return fig
