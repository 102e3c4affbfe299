"""Figures of the topic: each varies one thing and states its claim."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from snippets.cross_validation import runs
from snippets.cross_validation.purged_folds import purged_folds
from snippets.cross_validation.time_splits import time_splits
from snippets.forms import canvas, color, figure, line, points


def _bars(axes: Axes, splits: list[tuple[list[int], list[int]]], n: int) -> None:
    """One row a split: training rows filled, test rows hatched, the rest empty."""
    for row, (training, test) in enumerate(splits):
        for i in range(n):
            axes.add_patch(Rectangle((i, row), 0.94, 0.8, fill=False, linewidth=0.5,
                                     edgecolor=color("pale")))  # fmt: skip
        for i in training:
            axes.add_patch(Rectangle((i, row), 0.94, 0.8, linewidth=0, color=color("training")))
        for i in test:
            axes.add_patch(Rectangle((i, row), 0.94, 0.8, linewidth=0.6, hatch="/////",
                                     facecolor="none", edgecolor=color("validation")))  # fmt: skip
    axes.set(xlim=(-0.1, n), ylim=(len(splits), -0.2), xticks=[], yticks=[])
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)


@figure
def schemes() -> Figure:
    """Rows from left to right in time, one line a fold: filled rows train, hatched rows are tested,
    empty rows are left out. Shuffled and purged folds train on the future; windows do not. Purged
    folds leave out rows whose labels overlap those of the test block.
    """
    n = 20
    order = np.random.default_rng(1).permutation(n)
    shuffled = [(sorted(set(range(n)) - set(order[k::4])), sorted(order[k::4])) for k in range(4)]
    panels: list[tuple[str, list[Any]]] = [
        ("Shuffled folds", shuffled),
        ("Purged folds, horizon 1, embargo 1", list(purged_folds(n, 4, horizon=1, embargo=1))),
        ("Expanding window", list(time_splits(n, folds=4, test=3))),
        ("Sliding window with a gap", list(time_splits(n, folds=4, test=3, gap=1, window=7))),
    ]
    fig, axes = canvas(4, 1, height=5.4)
    for panel, (title, splits) in zip(axes, panels, strict=True):
        _bars(panel, [(list(a), list(b)) for a, b in splits], n)
        panel.set_title(title, fontsize=12.5, pad=4)
    axes[-1].set_xlabel("rows in the order of time")
    return fig


@figure
def selection() -> Figure:
    """Cross-validated error of 1-NN on pure noise, one marker a data set. Columns chosen on all
    rows before the folds give errors near zero; chosen inside each fold, around one half.
    """
    found = runs.selection_outside()
    fig, axes = canvas(height=2.6)
    rng = np.random.default_rng(0)
    for row, key in enumerate(("inside_errors", "outside_errors")):
        values = np.array(found[key])
        axes.plot(values, row + rng.uniform(-0.16, 0.16, size=values.size), **points("validation"))
    axes.axvline(0.5, **line("truth", linewidth=1.2))
    axes.text(0.51, 1.25, "true error", color=color("truth"))
    axes.set_yticks([0, 1], ["chosen inside\neach fold", "chosen once,\non all rows"])
    axes.tick_params(axis="y", length=0)
    axes.set(xlabel="cross-validated error", xlim=(-0.03, 0.8), ylim=(-0.5, 1.5),
             title="Selection before the folds hides the noise")  # fmt: skip
    return fig


@figure
def time_and_groups() -> Figure:
    """Estimates of $R^2$ under four splits (mean and one standard deviation over worlds), and what
    the model scores on new patients in the following months. The split that holds out both the
    patient and the future comes nearest.
    """
    rows = runs.time_and_groups()["rows"]
    fig, axes = canvas(height=2.9)
    for place, row in enumerate(reversed(rows)):
        meaning = "truth" if row is rows[-1] else "validation"
        axes.plot([row["R²"] - row["sd"], row["R²"] + row["sd"]], [place] * 2,
                  color=color(meaning), linewidth=1.5)  # fmt: skip
        axes.plot([row["R²"]], [place], **points(meaning, markersize=7))
    axes.axvline(rows[-1]["R²"], **line("truth", linewidth=0.8))
    axes.set_yticks(range(len(rows)), [row["split"] for row in reversed(rows)])
    axes.tick_params(axis="y", length=0)
    axes.set(xlabel="$R^2$", ylim=(-0.5, len(rows) - 0.5),
             title="The split must imitate the use")  # fmt: skip
    return fig
