"""Figures of the topic: what data do to a posterior, and what probability statements are worth."""

import numpy as np
from matplotlib.figure import Figure

from snippets.forms import canvas, color, figure, line, points
from snippets.probabilistic_ml import runs


@figure
def two_uncertainties() -> Figure:
    """Lines drawn from the posterior after 3 and after 60 examples. The inner band (one standard
    deviation of the line) is epistemic and shrinks with data; the outer one adds the noise of a
    label, which is aleatoric and stays.
    """
    found = runs.posterior_lines()
    grid = np.array(found["grid"])
    fig, panels = canvas(1, 2, height=3.2, sharey=True)
    for axes, n in zip(panels, ("3", "60"), strict=True):
        one = found[n]
        mean, sd = np.array(one["mean"]), np.array(one["line"])
        whole = np.sqrt(sd**2 + 0.25)
        axes.fill_between(grid, mean - whole, mean + whole, color=color("noise"), alpha=0.18, lw=0)
        axes.fill_between(grid, mean - sd, mean + sd, color=color("variance"), alpha=0.4, lw=0)
        for draw in one["draws"]:
            axes.plot(grid, draw, **line("model", lw=0.6, alpha=0.55))
        axes.plot(one["x"], one["y"], **points("data", ms=3.6))
        axes.set(title=f"{n} examples", xlabel="x", ylim=(-3.6, 4.4), xticks=[-2, 0, 2])
    panels[0].set_ylabel("y")
    panels[1].text(-1.9, 3.4, "noise of a label", color=color("noise"))
    panels[1].text(-1.9, 2.6, "doubt about the line", color=color("variance"))
    return fig


@figure
def evidence_by_degree() -> Figure:
    """Log-likelihood per label against polynomial degree; the truth is a cubic. Fit to the training
    labels only rises. The evidence, computed from the same training labels, peaks at the truth,
    as does the prediction of new labels.
    """
    found = runs.evidence_by_degree()
    degree = np.arange(13)
    fig, axes = canvas(height=3.3)
    axes.plot(degree, found["training"], **line("training", marker="s"))
    axes.plot(degree, found["new"], **line("validation", marker="D"))
    axes.plot(degree, found["evidence"], **line("model", marker="o"))
    axes.text(12, 0.06, "training, at the maximum", color=color("training"), ha="right")
    axes.text(6.1, -0.27, "new labels", color=color("validation"), ha="left")
    axes.text(12, -0.98, "evidence", color=color("model"), ha="right")
    axes.axvline(3, color=color("pale"), lw=0.8, zorder=0)
    axes.set(xlabel="degree", ylabel="log-likelihood per label", ylim=(-1.6, 0.25))
    axes.set(xticks=[0, 3, 6, 9, 12])
    axes.set_title("Evidence turns down where fit does not")
    return fig


@figure
def gradient_variance() -> Figure:
    """Variance of one-sample estimates of the same gradient against dimension. The pathwise
    (reparametrized) estimate stays level; the score-function estimate ends up growing with the
    square of the dimension, and with a constant baseline in proportion to it.
    """
    rows = runs.gradient_variance()["rows"]
    d = [row["d"] for row in rows]
    fig, axes = canvas(height=3.2)
    axes.loglog(d, [row["score"] for row in rows], **line("error", marker="P"))
    axes.loglog(d, [row["baseline"] for row in rows], **{**line("variance"), "marker": "v"})
    axes.loglog(d, [row["pathwise"] for row in rows], **line("model", marker="o"))
    axes.text(9, 1_100, "score function", color=color("error"), ha="right")
    axes.text(22, 60, "with a baseline", color=color("variance"), ha="left")
    axes.text(22, 1.6, "reparametrized", color=color("model"), ha="left")
    axes.set(xlabel="dimension", ylabel="variance of one estimate", ylim=(1, 1e5))
    axes.set(xticks=[1, 10, 100], yticks=[1, 100, 10_000])
    axes.set_xticklabels(["1", "10", "100"])
    axes.minorticks_off()
    axes.set_title("One gradient, three estimates")
    return fig


@figure
def crossing() -> Figure:
    """Test accuracy of naive Bayes and of logistic regression against the number of training rows.
    Naive Bayes is ahead of logistic regression without a penalty for a while, and behind from
    then on; with the fewest rows its own variance estimates fail. With a penalty logistic
    regression is at no size clearly below.
    """
    rows = runs.generative_or_discriminative()["rows"]
    n = [row["n"] for row in rows]
    fig, axes = canvas(height=3.3)
    axes.semilogx(n, [row["bayes"] for row in rows], **line("bias", marker="^"))
    axes.semilogx(n, [row["logistic"] for row in rows], **{**line("variance"), "marker": "v"})
    axes.semilogx(n, [row["ridge"] for row in rows], **line("model", marker="o"))
    axes.text(120, 0.899, "naive Bayes", color=color("bias"), ha="left", va="top")
    axes.text(19.5, 0.868, "logistic, no penalty", color=color("variance"), ha="left", va="top")
    axes.text(11, 0.9175, "logistic, with penalty", color=color("model"), ha="left")
    axes.set(xlabel="training rows", ylabel="test accuracy", xticks=n)
    axes.set_xticklabels([str(one) for one in n])
    axes.minorticks_off()
    axes.set_title("Naive Bayes: ahead for a while, then behind")
    return fig
