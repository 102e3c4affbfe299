"""Figures of the topic: what a projection keeps, and what a map makes up."""

import numpy as np
from matplotlib.figure import Figure

from snippets.dimensionality_reduction import runs
from snippets.forms import canvas, color, figure, line, points


@figure
def captured_and_lost() -> Figure:
    """Turn a direction through half a circle. Captured variance and reconstruction error always
    add up to the total, so both criteria choose the same direction, the one drawn on the left.
    """
    rng = np.random.default_rng(3)
    X = rng.normal(size=(120, 2)) @ np.array([[2.0, 0.9], [0.0, 0.7]])
    X -= X.mean(axis=0)
    S = X.T @ X / len(X)
    angles = np.linspace(0, np.pi, 181)
    W = np.column_stack([np.cos(angles), np.sin(angles)])
    captured = np.einsum("ai,ij,aj->a", W, S, W)
    best = int(captured.argmax())
    fig, (left, right) = canvas(1, 2, height=3.1)
    for x in X[::3]:
        foot = W[best] * (W[best] @ x)
        left.plot([x[0], foot[0]], [x[1], foot[1]], **line("error", lw=0.8))
    left.plot(*X.T, **points("data", ms=3))
    left.plot(*np.outer(W[best], [-5.2, 5.2]), **line("model", lw=2))
    left.set(title="One direction", xticks=[], yticks=[], xlim=(-6.4, 6.4), ylim=(-6, 6))
    left.set(aspect="equal", anchor="N")  # so that the titles stand at one height
    for side in ("left", "bottom"):
        left.spines[side].set_visible(False)
    left.text(5.4, -1.0, "lost", color=color("error"), ha="center")
    left.text(1.6, 2.9, "captured", color=color("model"), ha="center")
    degrees = np.degrees(angles)
    total = np.trace(S)
    right.plot(degrees, captured, **line("model"))
    right.plot(degrees, total - captured, **{**line("error"), "linestyle": (0, (5, 1.6))})
    right.axhline(total, **line("truth", lw=1))
    right.axvline(degrees[best], color=color("pale"), lw=0.8, zorder=0)
    right.text(90, total + 0.1, "total", va="bottom", ha="center")
    right.text(38, 5.08, "captured", color=color("model"))
    right.text(52, 0.3, "lost", color=color("error"))
    right.set(title="Their sum never changes", xlabel="angle in degrees", ylabel="variance")
    right.set(xticks=[0, 45, 90, 135, 180], ylim=(0, total * 1.15))
    return fig


@figure
def spectrum_against_noise() -> Figure:
    """Eigenvalues of data with three planted directions among 50 features, and the level that the
    same columns reach when each is shuffled by itself. Three stand above it; the rest are
    what noise alone gives, although together they hold much of the variance.
    """
    found = runs.how_many_components()
    spectrum, shuffled = np.array(found["spectrum"]), np.array(found["shuffled"])
    place = np.arange(1, 21)
    fig, axes = canvas(height=3.3)
    axes.plot(place, shuffled, **line("noise", lw=1.6))
    axes.plot(place[:3], spectrum[:3], **points("model", ms=7))
    axes.plot(place[3:], spectrum[3:], **points("data", ms=5))
    axes.text(3.5, 16, "above the shuffled level: keep", color=color("model"))
    axes.text(8.2, 4.6, "same columns, shuffled", color=color("noise"))
    axes.set(xlabel="component", ylabel="variance", ylim=(0, 28), xticks=[1, 5, 10, 15, 20])
    axes.set_title("Three components stand above shuffled columns")
    return fig


@figure
def distance_contrast() -> Figure:
    """How much farther the farthest of 1,000 points is than the nearest, from the median query.
    With independent coordinates the contrast vanishes as axes are added; for a plane laid into the
    same axes it stays, since its intrinsic dimension is two.
    """
    rows = runs.distance_contrast()["rows"]
    d = [row["d"] for row in rows]
    fig, axes = canvas(height=3.3)
    axes.loglog(d, [row["plane"] for row in rows], **line("model", marker="o"))
    axes.loglog(d, [row["independent"] for row in rows], **line("noise", marker="."))
    axes.text(40, 100, "a plane in d axes", color=color("model"), ha="center")
    axes.text(22, 4, "d independent coordinates", color=color("noise"))
    axes.set(xlabel="number of axes d", ylabel="(farthest − nearest) / nearest")
    axes.set(ylim=(0.05, 250), xticks=[2, 10, 100, 1000], yticks=[0.1, 1, 10, 100])
    axes.set_xticklabels(["2", "10", "100", "1000"])
    axes.set_yticklabels(["0.1", "1", "10", "100"])
    axes.minorticks_off()
    axes.set_title("Distances concentrate in the intrinsic dimension")
    return fig


@figure
def sizes_and_gaps() -> Figure:
    """Left, three clusters in the first two of ten axes: two narrow ones close together, a wide one
    far away. Right, their t-SNE map from a random start: three clusters of about one size, at about
    equal gaps.
    """
    shown = runs.sizes_and_gaps()["shown"]
    y = np.array(shown["label"])
    fig, panels = canvas(1, 2, height=3.1, gridspec_kw={"wspace": 0.3})
    names = ("narrow", "narrow", "wide")
    marks = ("o", "s", "^")
    for axes, key in zip(panels, ("data", "map"), strict=True):
        A = np.array(shown[key])
        for c in range(3):
            style = points("data" if key == "data" else "model", ms=3.4, alpha=0.75, mew=0)
            axes.plot(*A[y == c].T, **{**style, "marker": marks[c]})
            middle, top, low = A[y == c][:, 0].mean(), A[y == c][:, 1].max(), A[y == c][:, 1].min()
            x = middle + (12, 0, 0)[c] if key == "data" else middle
            place = top + 5 if key == "data" else low - 1.6
            how = "bottom" if key == "data" else "top"
            if key == "map" or c != 1:
                text = "two narrow" if key == "data" and c == 0 else names[c]
                axes.text(x, place, text, ha="center", va=how, fontsize=11)
    panels[0].set(title="Data", xlabel="axis 1", ylabel="axis 2", ylim=(-60, 60))
    panels[0].set(xticks=[0, 100, 200], xlim=(-40, 235))
    panels[1].set(title="t-SNE", xticks=[], yticks=[])
    panels[1].margins(0.15)
    for side in ("left", "bottom"):
        panels[1].spines[side].set_visible(False)
    return fig
