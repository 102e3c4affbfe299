"""The figures of regularization."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from snippets.forms import canvas, color, direct_label, figure, line, points
from snippets.regularization import runs
from snippets.regularization.hard_threshold import hard_threshold
from snippets.regularization.laplace_posterior import laplace_posterior_mean
from snippets.regularization.soft_threshold import soft_threshold
from snippets.regularization.stopped_descent import stopped_descent


def _note(axes: Axes, x: float, y: float, text: str, which: str = "ink", **more: object) -> None:
    axes.text(x, y, text, color=color(which), fontsize=11.5, **more)  # type: ignore[arg-type]


def _ticks(axis: Axis, *places: float) -> None:
    """Few ticks of a logarithmic axis, as plain numbers: quick to read, and quick to draw."""
    axis.set_ticks(places, labels=[f"{place:,g}" for place in places])
    axis.set_minor_locator(NullLocator())


@figure
def constraint_geometry() -> Figure:
    """With the same correlated data the diamond is touched at a corner, where one weight is zero,
    and the disk at a point where no weight is. The ellipses join weights of equal loss.
    """
    data = runs.path_explorable()["geometry"]
    H, center = np.array(data["hessian"]), np.array(data["center"])
    grid = np.linspace(-1.3, 2.6, 200)
    W1, W2 = np.meshgrid(grid, grid)
    D = np.stack([W1 - center[0], W2 - center[1]], axis=-1)
    loss = np.einsum("...i,ij,...j->...", D, H, D) / 2
    fig, axes = canvas(1, 2, height=3.3, sharey=True)
    index = data["lambdas"].index(0.9)
    turn = np.linspace(0, 2 * np.pi, 200)
    paper = {"facecolor": color("paper"), "edgecolor": "none", "pad": 1.5}
    for ax, kind, name in zip(
        axes, ("lasso", "ridge"), ("L1: a corner", "L2: no corner"), strict=True
    ):
        w = np.array(data["solutions"][kind][index])
        level = float((w - center) @ H @ (w - center) / 2)
        ax.contour(W1, W2, loss, [0.05, level, 2.4 * level], colors=color("pale"), linewidths=1.1)
        if kind == "lasso":
            r = np.abs(w).sum()
            outline = np.array([[r, 0], [0, r], [-r, 0], [0, -r], [r, 0]])
        else:
            outline = np.linalg.norm(w) * np.column_stack([np.cos(turn), np.sin(turn)])
        ax.fill(outline[:, 0], outline[:, 1], color=color("model"), alpha=0.18, linewidth=0)
        ax.plot(outline[:, 0], outline[:, 1], **line("model", linewidth=1.5))
        ax.plot(*center, **points("truth", markersize=7))
        ax.plot(*w, **points("model", markersize=7))
        _note(ax, center[0], 1.45, "least squares", "truth", ha="center", bbox=paper)
        ax.axhline(0, color=color("pale"), linewidth=0.6, zorder=0)
        ax.axvline(0, color=color("pale"), linewidth=0.6, zorder=0)
        ax.set(title=name, xlabel="$w_1$", aspect="equal", xlim=(-1.3, 2.6), ylim=(-1.3, 1.9))
        ax.set(xticks=[-1, 0, 1, 2], yticks=[-1, 0, 1])
    axes[0].set_ylabel("$w_2$")
    return fig


@figure
def laplace_mode_and_mean() -> Figure:
    """Under a Laplace prior the posterior mode has a dead zone and the posterior mean has none:
    sparsity belongs to the mode, and neither equals the observation.
    """
    fig, ax = canvas(height=3.3)
    z = np.linspace(-4, 4, 401)
    ax.axvspan(-1.5, 1.5, color=color("pale"), alpha=0.15, linewidth=0)
    ax.plot(z, z, color=color("pale"), linewidth=1)
    ax.plot(z, soft_threshold(z, 1.5), **line("model"))
    ax.plot(z, laplace_posterior_mean(z, 1.5), **line("validation"))
    direct_label(ax, 2.6, 1.1, "mode", "model", xytext=(6, -8))
    direct_label(ax, 1.1, 0.42, "mean", "validation", xytext=(-6, 12), ha="right")
    _note(ax, 2.6, 2.9, "observation", "pale", ha="right")
    _note(ax, 0, -3.2, "dead zone of the mode", "ink", ha="center")
    ax.set(title="The mode is zero on an interval, the mean at one point")
    ax.set(xlabel="observation $z$, noise variance 1", ylabel="estimate of $w$")
    ax.set(xticks=[-4, -2, 0, 2, 4], yticks=[-4, -2, 0, 2, 4], ylim=(-4, 4))
    return fig


@figure
def ridge_filter() -> Figure:
    """Ridge keeps nearly all of a direction whose squared singular value is well above the
    penalty, half of it where the two are equal, and almost nothing well below.
    """
    fig, ax = canvas(height=3.2)
    d2 = np.geomspace(0.01, 1000, 200)
    for penalty, alpha in ((0.1, 0.45), (1.0, 0.7), (10.0, 1.0)):
        ax.semilogx(d2, d2 / (d2 + penalty), **line("model", alpha=alpha))
        ax.plot([penalty], [0.5], **points("model", alpha=alpha, markersize=6))
        ax.annotate(
            rf"$\lambda={penalty:g}$", (penalty, 0.5), xytext=(8, -5), color=color("model"),
            textcoords="offset points",
        )  # fmt: skip
    ax.set(title="Half is kept where $d^2=\\lambda$", ylim=(-0.03, 1.05), yticks=[0, 0.5, 1])
    ax.set(xlabel="squared singular value $d^2$", ylabel="share kept")
    _ticks(ax.xaxis, 0.01, 0.1, 1, 10, 100, 1000)
    return fig


@figure
def ridge_selection() -> Figure:
    """On average over training sets, leave-one-out and generalized cross-validation follow the
    test error and have their least value where it is least.
    """
    data = runs.ridge_selection()
    fig, ax = canvas(height=3.4)
    x = data["penalties"]
    test = np.array(data["test"])
    sd = np.array(data["test_sd"])
    ax.fill_between(x, test - sd, test + sd, color=color("error"), alpha=0.15, linewidth=0)
    ax.semilogx(x, test, **line("error"))
    ax.semilogx(x, data["loo"], **line("validation"))
    ax.semilogx(x, data["gcv"], **line("model", dashes=(4, 2)))
    direct_label(ax, x[2], test[2], "test error", "error", xytext=(8, 12))
    direct_label(
        ax, x[19], data["loo"][19], "leave-one-out", "validation", xytext=(-10, 14), ha="right"
    )
    direct_label(ax, x[1], data["gcv"][1], "GCV", "model", xytext=(-2, -24))
    ax.set(title="Two shortcuts find the least test error")
    ax.set(xlabel=r"penalty $\lambda$", ylabel="mean squared error", ylim=(4, 15))
    _ticks(ax.xaxis, 0.1, 1, 10, 100, 1000)
    return fig


@figure
def kink() -> Figure:
    """Near zero the L1 penalty has slopes on both sides that outweigh the slope of the loss, so
    the minimum is zero itself; the L2 penalty is flat there, so the minimum moves off.
    """
    fig, axes = canvas(1, 2, height=3.1, sharey=True)
    w = np.linspace(-1, 1.4, 400)
    loss = (0.7 - w) ** 2 / 2
    for ax, penalty, name in zip(
        axes, (np.abs(w), w**2 / 2), (r"plus $\lambda|w|$", r"plus $\lambda w^2/2$"), strict=True
    ):
        ax.plot(w, loss, color=color("pale"), linewidth=1.2)
        ax.plot(w, loss + penalty, **line("model"))
        best = int(np.argmin(loss + penalty))
        place = 0.0 if name.endswith("|$") else 0.35
        ax.plot([place], [(loss + penalty)[best]], **points("model", markersize=7))
        ax.axvline(0, color=color("pale"), linewidth=0.6, zorder=0)
        ax.set(title=name, xlabel="$w$", ylim=(0, 1.6), xticks=[-1, 0, 0.7], yticks=[0, 1])
        _note(ax, 0.72, 0.04, "loss", "ink", ha="center")
    axes[0].set_ylabel("objective")
    _note(axes[0], -0.12, 0.1, "at 0", "model", ha="right")
    _note(axes[1], 0.35, 0.38, "at 0.35", "model", ha="center")
    return fig


@figure
def thresholds() -> Figure:
    """With orthonormal columns each penalty acts on every coefficient alone: ridge scales, the
    lasso subtracts, best subset keeps or drops.
    """
    fig, ax = canvas(height=3.6)
    z = np.linspace(-3.2, 3.2, 801)
    ax.plot(z, z, color=color("pale"), linewidth=1)
    hard = hard_threshold(z, 0.5)
    hard[np.abs(np.abs(z) - 1) < 0.006] = np.nan
    ax.plot(z, z / 2, **line("validation"))
    ax.plot(z, hard, **line("training"))
    ax.plot(z, soft_threshold(z, 1.0), **line("model"))
    direct_label(ax, 2.4, 1.2, "ridge: scaled", "validation", xytext=(2, -14))
    direct_label(ax, 1.6, 0.6, "lasso: moved", "model", xytext=(10, -34))
    direct_label(ax, 2.3, 2.3, "best subset: kept", "training", xytext=(-8, 10), ha="right")
    _note(ax, -0.45, -1.3, "least squares", "ink")
    ax.set(title="Scale, move, or keep", xlabel="least-squares coefficient $z$")
    ax.set(ylabel="penalized coefficient", xticks=[-3, -1, 0, 1, 3], yticks=[-3, 0, 3])
    return fig


@figure
def paths() -> Figure:
    """On the diabetes data a growing lasso penalty takes the features out one after the other;
    under ridge all eight stay in at any strength and fade together.
    """
    data = runs.path_explorable()["path"]
    fig, axes = canvas(2, 1, height=5.2, sharex=True)
    shown = {"body mass": -4, "triglycerides": 7, "blood pressure": 0, "sex": 0}  # shifts up
    for ax, kind in zip(axes, ("lasso", "ridge"), strict=True):
        weights = np.array(data[kind]["weights"])
        for j, name in enumerate(data["features"]):
            strong = name in shown
            ax.semilogx(
                data["lambdas"], weights[:, j], **line("model", alpha=1 if strong else 0.35)
            )
            if strong:
                at = {"xytext": (-6, shown[name]), "ha": "right"}
                direct_label(ax, 0.02, weights[-1, j], name, "model", **at)
        ax.axhline(0, color=color("pale"), linewidth=0.6)
        ax.set(title=kind, ylabel="weight", xlim=(0.0012, 100), ylim=(-34, 44), yticks=[-30, 0, 30])
        _ticks(ax.xaxis, 0.1, 1, 10, 100)
    axes[1].set_xlabel(r"penalty $\lambda$")
    return fig


@figure
def one_standard_error() -> Figure:
    """The validation curve of the lasso is flat around its minimum, so the strongest penalty
    within one standard error of it costs little and needs fewer features.
    """
    data = runs.path_explorable()["path"]
    fig, ax = canvas(height=3.5)
    x = np.array(data["lambdas"])
    mean = np.array(data["lasso"]["error"])
    se = np.array(data["lasso"]["standard_error"])
    ax.fill_between(x, mean - se, mean + se, color=color("validation"), alpha=0.18, linewidth=0)
    ax.semilogx(x, mean, **line("validation"))
    best, simple = data["lasso"]["best"], data["lasso"]["one_standard_error"]
    for place, text in ((best, "least\nerror"), (simple, "one standard\nerror")):
        at = int(np.argmin(np.abs(x - place)))
        used = data["lasso"]["nonzero"][at]
        ax.axvline(x[at], color=color("ink"), linewidth=0.8)
        _note(ax, x[at] * 0.92, 5100, f"{text}\n{used} features", "ink", va="top", ha="right")
    ax.set(title="A flat minimum: take its simple end", xlim=(0.02, 70), ylim=(2500, 5300))
    ax.set(xlabel=r"penalty $\lambda$", ylabel="validation squared error")
    _ticks(ax.xaxis, 0.1, 1, 10)
    return fig


@figure
def recovery() -> Figure:
    """Whether the lasso can find the true features is decided by how well the irrelevant ones
    imitate them: the chance falls from one to almost zero around the value one.
    """
    rows = runs.recovery()["rows"]
    fig, ax = canvas(height=3.2)
    x, y = [r["sample"] for r in rows], [r["hit"] for r in rows]
    ax.axvline(1, color=color("pale"), linewidth=1)
    ax.plot(x, y, **line("model", marker="o"))
    _note(ax, 1.02, 0.9, "condition violated", "ink")
    ax.set(title="Recovery fails as imitation passes one", yticks=[0, 0.5, 1])
    ax.set(xlabel="irrepresentable value of the data", ylabel="paths with the true signs")
    return fig


@figure
def grouping() -> Figure:
    """For two nearly equal features the lasso's choice changes with the data set, often to one
    feature alone; the elastic net gives both nearly the same weight every time.
    """
    pairs = runs.grouping()["pairs"]
    fig, axes = canvas(1, 2, height=3.1, sharey=True)
    for ax, kind in zip(axes, ("lasso", "elastic net"), strict=True):
        w = np.array(pairs[kind])
        ax.plot([0, 2.6], [0, 2.6], color=color("pale"), linewidth=0.8)
        ax.plot(w[:, 0], w[:, 1], **points("model", alpha=0.6))
        ax.set(title=kind, xlabel="$w_1$", aspect="equal", xlim=(-0.12, 2.6), ylim=(-0.12, 2.6))
        ax.set(xticks=[0, 1, 2], yticks=[0, 1, 2])
    axes[0].set_ylabel("$w_2$, its twin")
    return fig


@figure
def stopping_filter() -> Figure:
    """What gradient descent has reached after $t$ steps and what ridge keeps are close when the
    penalty is one over the rate times $t$, and they are not the same.
    """
    fig, ax = canvas(height=3.3)
    d2 = np.geomspace(0.001, 1, 200)
    for t, alpha in ((3, 0.4), (10, 0.7), (100, 1.0)):
        ax.semilogx(d2, 1 - (1 - d2) ** t, **line("training", alpha=alpha))
        ax.semilogx(d2, d2 / (d2 + 1 / t), **line("model", alpha=alpha))
    direct_label(ax, 0.012, 0.545, "ridge, 1/100", "model", xytext=(9, -9))
    direct_label(ax, 0.01, 0.63, "100 steps", "training", xytext=(-6, 10), ha="right")
    direct_label(ax, 0.09, 0.61, "10", "training", xytext=(-6, 6), ha="right")
    direct_label(ax, 0.25, 0.58, "3", "training", xytext=(-5, 5), ha="right")
    ax.set(title="Stopping keeps the same directions, more sharply")
    ax.set(xlabel="squared singular value times rate", ylabel="share of least squares")
    ax.set(yticks=[0, 0.5, 1])
    _ticks(ax.xaxis, 0.001, 0.01, 0.1, 1)
    return fig


@figure
def stopping_paths() -> Figure:
    """Descent and ridge leave zero in the same direction and end at least squares. In between they
    part: descent goes further along the direction in which the data vary before it turns.
    """
    rng = np.random.default_rng(3)
    X = rng.normal(size=(40, 2)) @ np.array([[1.0, 0.8], [0.0, 0.6]])
    y = X @ [0.3, 1.6] + 0.3 * rng.normal(size=40)
    fig, ax = canvas(height=3.3)
    rate = 0.15 / np.linalg.norm(X, 2) ** 2
    steps = [0, 1, 2, 4, 7, 11, 17, 25, 40, 60, 90, 140, 220, 350, 600]
    stopped = np.array([stopped_descent(X, y, float(rate), t) for t in steps])
    shrunk = np.array(
        [np.linalg.solve(X.T @ X + p * np.eye(2), X.T @ y) for p in np.geomspace(1e-2, 1e5, 200)]
    )
    ax.plot(shrunk[:, 0], shrunk[:, 1], **line("model"))
    ax.plot(stopped[:, 0], stopped[:, 1], **line("training", marker="s", linewidth=1))
    ax.plot(*np.linalg.lstsq(X, y)[0], **points("truth", markersize=8))
    direct_label(
        ax, stopped[8][0], stopped[8][1], "descent, step by step", "training", xytext=(12, 2)
    )
    direct_label(ax, shrunk[110][0], shrunk[110][1], "ridge", "model", xytext=(-8, 8), ha="right")
    direct_label(ax, stopped[-1][0], stopped[-1][1], "least squares", "truth", xytext=(10, 9))
    ax.set(title="Two ways from zero to least squares", xlabel="$w_1$", ylabel="$w_2$")
    ax.set(xlim=(-0.1, 1.25), ylim=(-0.08, 1.92), xticks=[0, 0.5, 1], yticks=[0, 0.5, 1, 1.5])
    return fig


@figure
def first_rise() -> Figure:
    """A noisy validation curve rises by chance long before its bottom: stopping at the first
    rise gives up most of what training would have gained.
    """
    smooth, noisy = runs.noisy_curve(0)
    fig, ax = canvas(height=3.3)
    ax.plot(noisy, **line("validation", linewidth=0.9, alpha=0.75))
    ax.plot(smooth, **line("truth", linewidth=1.2))
    rise = int(np.argmax(np.diff(noisy) > 0))
    ax.plot([rise], [noisy[rise]], **points("error", markersize=8))
    direct_label(ax, rise, noisy[rise], "first rise", "error", xytext=(10, 4))
    best = int(np.argmin(noisy))
    ax.plot([best], [noisy[best]], **points("training", markersize=7))
    direct_label(
        ax, best, noisy[best], "kept with patience", "training", xytext=(-20, 34), ha="center"
    )
    ax.set(title="The first rise is noise", xlabel="epoch", ylabel="validation loss")
    ax.set(xticks=[0, 100, 200, 300], yticks=[0.5, 1, 1.5])
    return fig


@figure
def decay_under_adam() -> Figure:
    """A penalty in Adam's gradient shrinks a weight with small gradients fast and one with large
    gradients hardly; decoupled decay shrinks both alike.
    """
    data = runs.shrinking()
    fig, axes = canvas(1, 2, height=3.2, sharey=True)
    for ax, name, title in zip(axes, ("adam_l2", "adamw"), ("Adam + L2", "AdamW"), strict=True):
        ax.plot(data["steps"], data[name]["loud"], **line("model"))
        ax.plot(data["steps"], data[name]["quiet"], **line("validation", linestyle="--"))
        ax.set(title=title, xlabel="step", xticks=[0, 1500, 3000], yticks=[0, 0.5, 1])
    _note(axes[0], 3200, 0.74, "gradients of size 10", "model", ha="right")
    _note(axes[0], 1150, 0.3, "of size 0.1", "validation")
    _note(axes[1], 1150, 0.68, "both", "model")
    axes[0].set_ylabel("weight left, from 1")
    return fig


@figure
def effective_rate() -> Figure:
    """Where outputs are normalized, a penalty cannot restrain the function: it shortens the
    weights, and shorter weights mean larger effective steps.
    """
    data = runs.normalized_decay()
    fig, axes = canvas(2, 1, height=4.6, sharex=True)
    axes[0].plot(data["steps"], data["length_plain"], **line("model"))
    axes[0].plot(data["steps"], data["length_l2"], **line("validation", linestyle="--"))
    axes[0].set(title="Length of the weights", ylim=(0, None), yticks=[0, 2])
    direct_label(axes[0], 300, data["length_plain"][30], "no penalty", "model", xytext=(0, -14))
    direct_label(axes[0], 300, data["length_l2"][30], "L2", "validation", xytext=(0, 12))
    axes[1].plot(data["steps"], data["rate_plain"], **line("model"))
    axes[1].plot(data["steps"], data["rate_l2"], **line("validation", linestyle="--"))
    axes[1].set(title=r"Effective learning rate $\eta/\|w\|^2$", xlabel="step", ylim=(0, 0.45))
    axes[1].set(yticks=[0, 0.2, 0.4])
    return fig


@figure
def noise_becomes_ridge() -> Figure:
    """Least squares on more and more noisy copies of the same data approaches the closed-form
    ridge that the noise stands for, for dropout and for Gaussian noise.
    """
    rows = runs.noise_becomes_ridge()["rows"]
    fig, ax = canvas(height=3.2)
    x = [r["copies"] for r in rows]
    for key, meaning, offset in (("dropout", "model", 1.0), ("noise", "validation", 1.0)):
        mean = np.array([r[key]["mean"] for r in rows])
        ax.loglog(x, mean * offset, **line(meaning, marker="o" if key == "dropout" else "D"))
    _note(ax, 12, 0.12, "dropout, $p=0.3$", "model")
    _note(ax, 4, 0.055, "input noise 0.5", "validation", ha="right")
    ax.set(title="Averaged noise is ridge", xlabel="noisy copies of the data")
    ax.set(ylabel="relative distance to ridge")
    _ticks(ax.xaxis, 1, 10, 100, 1000)
    _ticks(ax.yaxis, 0.01, 0.1, 1)
    return fig


@figure
def dropout_uncertainty() -> Figure:
    """The spread of predictions over dropout masks does not shrink as data grow; the spread of
    the exact posterior does.
    """
    rows = runs.dropout_uncertainty()["rows"]
    fig, ax = canvas(height=3.2)
    n = [r["$n$"] for r in rows]
    ax.loglog(n, [r["over dropout masks"] for r in rows], **line("model", marker="o"))
    ax.loglog(n, [r["exact posterior"] for r in rows], **line("truth", marker="x"))
    _note(ax, 300, 0.66, "over dropout masks", "model", va="top")
    _note(ax, 140, 0.25, "exact posterior", "truth")
    ax.set(title="Masks do not learn certainty from data", ylim=(0.015, 1.4))
    ax.set(xlabel="training examples $n$", ylabel="standard deviation of prediction")
    _ticks(ax.xaxis, 10, 100, 1000, 10_000)
    _ticks(ax.yaxis, 0.1, 1)
    return fig


@figure
def smoothing_calibration() -> Figure:
    """On overfitted noisy digits, label smoothing brings confidence down to accuracy; too much of
    it brings confidence below accuracy.
    """
    rows = runs.noisy_digits()["rows"][:5]
    fig, ax = canvas(height=3.2)
    x = [0, 0.05, 0.1, 0.2, 0.4]
    ax.plot(x, [r["mean confidence"] for r in rows], **line("model", marker="o"))
    ax.plot(x, [r["accuracy"] for r in rows], **line("validation", marker="D"))
    ax.plot(x, [r["calibration error"] for r in rows], **line("error", marker="P"))
    _note(ax, 0.06, 0.78, "mean confidence", "model")
    _note(ax, 0.005, 0.44, "accuracy", "validation")
    _note(ax, 0.12, 0.19, "calibration error", "error")
    ax.set(title="Smoothing takes overconfidence away", ylim=(0, 0.95), xticks=x, yticks=[0, 0.5])
    ax.set(xlabel=r"label smoothing $\epsilon$", ylabel="share of test examples")
    return fig


@figure
def least_norm() -> Figure:
    """All points of the line fit the data exactly. From zero, gradient descent walks straight to
    the one nearest to zero; from another start, to the one nearest to that start.
    """
    fig, ax = canvas(height=3.4)
    x, y = np.array([1.0, 2.0]), 2.0
    w1 = np.linspace(-1.4, 2.6, 2)
    ax.plot(w1, (y - x[0] * w1) / x[1], **line("data", linestyle="-", linewidth=1.4))
    for start, meaning in (((0.0, 0.0), "model"), ((1.8, 1.4), "validation")):
        w, track = np.array(start), [np.array(start)]
        for _ in range(12):
            w = w - 0.1 * x * (x @ w - y)
            track.append(w)
        walk = np.array(track)
        ax.plot(walk[:, 0], walk[:, 1], **line(meaning, marker="o", linestyle="-", markersize=4))
    ax.plot(0, 0, **points("truth", markersize=8))
    _note(ax, 0.08, -0.12, "zero", "truth", va="top")
    _note(ax, 0.5, 0.9, "least norm", "model")
    _note(ax, 1.85, 1.4, "another start", "validation", va="center")
    _note(ax, -1.3, 0.95, "all exact fits", "data")
    ax.set(title="The start chooses the solution", xlabel="$w_1$", ylabel="$w_2$", aspect="equal")
    ax.set(xlim=(-1.4, 2.9), ylim=(-0.6, 1.9), xticks=[-1, 0, 1, 2], yticks=[0, 1])
    return fig


@figure
def margin_turn() -> Figure:
    """On separable data the direction of the weights turns toward the largest margin: slowly
    under plain descent, fast when the steps follow the log of the loss.
    """
    data = runs.margin_turn()
    fig, ax = canvas(height=3.2)
    ax.loglog(data["steps"], data["plain"], **line("model", marker="o"))
    ax.loglog(data["steps"], data["normalized"], **line("validation", marker="D"))
    _note(ax, 1000, 7.5, "plain descent", "model")
    _note(ax, 90, 0.25, "on the log\nof the loss", "validation", ha="right", va="top")
    ax.set(title="Turning toward the largest margin", xlabel="steps")
    ax.set(ylabel="angle to hard margin (deg)")
    _ticks(ax.xaxis, 10, 100, 1000, 10_000)
    _ticks(ax.yaxis, 0.1, 1, 10)
    return fig
