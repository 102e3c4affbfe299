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
