"""Figures about losses."""

import numpy as np
from matplotlib.figure import Figure
from scipy.special import expit

from snippets.forms import canvas, color, direct_label, figure, line
from snippets.loss_functions import runs


@figure
def residual_losses() -> Figure:
    """Left, the loss of one residual; right, its derivative, which is the pull of that example on
    the fit. Under squared error the pull grows with the residual, under absolute error it is
    always one, and under Huber's loss it grows up to $\\delta$ and stays there.
    """
    fig, (left, right) = canvas(1, 2, height=3.3)
    r = np.linspace(-4, 4, 400)
    delta = 1.345
    huber = np.where(np.abs(r) <= delta, r**2 / 2, delta * np.abs(r) - delta**2 / 2)
    dashes = {"squared": "-", "absolute": (0, (1.5, 1.5)), "Huber": (0, (5, 2))}
    curves = {
        "squared": (r**2 / 2, r),
        "absolute": (np.abs(r), np.where(r > 0, 1.0, -1.0)),
        "Huber": (huber, np.clip(r, -delta, delta)),
    }
    for name, (loss, pull) in curves.items():
        left.plot(r, loss, **line("model", linestyle=dashes[name]))
        if name == "absolute":
            for side in (r < 0, r > 0):
                right.plot(r[side], pull[side], **line("model", linestyle=dashes[name]))
        else:
            right.plot(r, pull, **line("model", linestyle=dashes[name]))
    left.set(ylim=(0, 6), xlabel="residual", ylabel="loss", title="Loss")
    left.set_xticks([-4, 0, 4])
    left.text(0, 5.3, "squared / 2", color=color("model"), ha="center")
    left.text(0, 4.0, "Huber: dashed\nabsolute: dotted", color=color("model"), ha="center")
    right.set(ylim=(-4, 4), xlabel="residual", title="Pull on the fit")
    right.set_xticks([-4, 0, 4])
    direct_label(right, 2.0, 3.2, "squared", "model", ha="right")
    direct_label(right, 4.0, 1.345, "Huber", "model", ha="right", xytext=(0, 9))
    direct_label(right, 4.0, 1.0, "absolute", "model", ha="right", xytext=(0, -10))
    return fig


@figure
def margin_losses() -> Figure:
    """Losses against the margin, label times score (the logistic one in base 2). The 0-1 loss has
    no slope to follow; each surrogate lies above it and falls at zero. They differ on the far
    left (mistakes) and on the far right (examples already safe).
    """
    fig, axes = canvas(height=3.8)
    m = np.linspace(-2.6, 3, 600)
    axes.step([-2.6, 0, 3], [1, 1, 0], where="pre", **line("truth", linewidth=1.6))
    axes.plot(m, np.maximum(0, 1 - m), **line("model"))
    axes.plot(m, np.logaddexp(0, -m) / np.log(2), **line("model", linestyle=(0, (5, 2))))
    axes.plot(m, np.exp(-m), **line("model", linestyle=(0, (1.5, 1.5))))
    axes.plot(m, (1 - m) ** 2, **line("model", linestyle=(0, (6, 1.5, 1.2, 1.5)), alpha=0.75))
    axes.set(ylim=(0, 4.6), xlim=(-2.6, 3), xlabel="margin: label (−1 or 1) times score",
             ylabel="loss", title="Four stand-ins for the number of mistakes")  # fmt: skip
    direct_label(axes, -2.55, 1.0, "0-1 loss", "truth", xytext=(0, 8))
    direct_label(axes, -2.55, 1.95, "hinge: solid\nlogistic: dashed", "model")
    direct_label(axes, -1.5, 4.3, "exponential", "model", xytext=(-7, 0), ha="right")
    direct_label(axes, 2.75, 3.1, "squared", "model", xytext=(-10, 0), ha="right")
    return fig


@figure
def sigmoid_gradient() -> Figure:
    """One example with label 1. Left, the loss against the logit: squared error after a sigmoid
    flattens out for confident mistakes, and is not convex there. Right, the size of its gradient:
    cross-entropy pulls hardest on the most confident mistake, squared error hardly at all.
    """
    fig, (left, right) = canvas(1, 2, height=3.2)
    z = np.linspace(-8, 4, 400)
    p = expit(z)
    dash = (0, (5, 2))
    left.plot(z, -np.log(p), **line("model"))
    left.plot(z, (1 - p) ** 2, **line("model", linestyle=dash))
    left.set(xlabel="logit", ylabel="loss", title="Loss", ylim=(0, 5.2))
    direct_label(left, -4.0, 4.02, "cross-entropy", "model", xytext=(6, 4))
    direct_label(left, -5.0, 1.0, "squared error", "model", xytext=(-18, 9))
    right.plot(z, 1 - p, **line("model"))
    right.plot(z, 2 * (1 - p) ** 2 * p, **line("model", linestyle=dash))
    right.set(xlabel="logit", title="Size of the gradient", ylim=(0, 1.1))
    direct_label(right, -0.6, 0.7, "cross-\nentropy", "model", xytext=(8, 6))
    direct_label(right, -7.8, 0.16, "squared error", "model", xytext=(0, 6))
    return fig


@figure
def focal_forecast() -> Figure:
    """The forecast with the least expected focal loss, against the true chance. Only at
    $\\gamma = 0$, cross-entropy, is it the chance itself; otherwise it is pulled toward one half,
    in the order of the chances.
    """
    found = runs.focal_optima()
    fig, axes = canvas(height=3.6)
    grid = np.array(found["grid"])
    axes.plot([0, 1], [0, 1], **line("truth", linewidth=1.4))
    for gamma, alpha in (("1", 0.5), ("2", 0.75), ("5", 1.0)):
        axes.plot(grid, found["curves"][gamma], **line("model", alpha=alpha))
    direct_label(axes, 0.985, 0.985, "γ = 0: the truth", "truth", ha="right", xytext=(-14, 0))
    for gamma in ("1", "2", "5"):
        direct_label(axes, 0.99, found["curves"][gamma][-1], f"γ = {gamma}", "model")
    axes.set(xlabel="true chance of a positive", ylabel="best forecast", xlim=(0, 1.13),
             ylim=(0, 1), title="Focal loss asks for modest forecasts")  # fmt: skip
    return fig
