"""Experiments on optimizers: rates, noise, curvature and schedules."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from snippets.forms import run
from snippets.optimization.adam_updates import adam_updates
from snippets.optimization.momentum import momentum
from snippets.optimization.warmup_cosine import warmup_cosine

Array = NDArray[np.float64]


def spread(values: Any) -> dict[str, float]:
    """Return the mean of repeated results and their standard deviation, by n - 1."""
    return {"mean": float(np.mean(values)), "sd": float(np.std(values, ddof=1))}


def _digits(seed: int) -> tuple[torch.Tensor, ...]:
    X, y = load_digits(return_X_y=True)
    order = np.random.default_rng(seed).permutation(len(y))
    inputs, labels = torch.tensor(X[order] / 16, dtype=torch.float32), torch.tensor(y[order])
    return inputs[:800], labels[:800], inputs[800:], labels[800:]


def _net(seed: int) -> torch.nn.Sequential:
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        return torch.nn.Sequential(
            torch.nn.Linear(64, 32), torch.nn.ReLU(), torch.nn.Linear(32, 10)
        )


@run
def rate_sweep() -> dict[str, Any]:
    """Train a small net on the digits with Adam at six learning rates.

    32 ReLU units, 100 full-batch steps on 400 rows, 3 seeds; accuracy on 997 other rows.
    """
    torch.set_num_threads(1)
    rates = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1.0]
    scores: dict[float, list[float]] = {rate: [] for rate in rates}
    for seed in range(3):
        X, y, X_test, y_test = _digits(seed)
        X, y = X[:400], y[:400]
        for rate in rates:
            net = _net(seed)
            optimizer = torch.optim.Adam(net.parameters(), lr=rate)
            for _ in range(100):
                optimizer.zero_grad()
                torch.nn.functional.cross_entropy(net(X), y).backward()  # type: ignore[no-untyped-call]
                optimizer.step()
            with torch.no_grad():
                scores[rate].append(float((net(X_test).argmax(1) == y_test).float().mean()))
    rows: list[dict[str, Any]] = [
        {"rate": f"$10^{{{round(np.log10(rate))}}}$", "accuracy": float(np.mean(found)),
         "lowest": min(found), "highest": max(found)} for rate, found in scores.items()
    ]  # fmt: skip
    best = max(row["accuracy"] for row in rows)
    return {"rates": rates, "rows": rows, "best": best, "largest": rows[-1]["accuracy"]}


@run
def range_test() -> dict[str, Any]:
    """Raise Adam's rate tenfold every 30 mini-batches of 32 and record the smoothed loss."""
    torch.set_num_threads(1)
    rates = np.geomspace(1e-5, 1.0, 150)
    curves = []
    for seed in range(4):
        X, y, *_ = _digits(seed)
        net = _net(seed)
        optimizer = torch.optim.Adam(net.parameters(), lr=1e-5)
        rng, smooth, curve = np.random.default_rng(seed), 0.0, []
        for step, rate in enumerate(rates, start=1):
            optimizer.param_groups[0]["lr"] = float(rate)
            batch = torch.tensor(rng.choice(800, size=32, replace=False))
            loss = torch.nn.functional.cross_entropy(net(X[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            smooth = 0.8 * smooth + 0.2 * float(loss.detach())
            curve.append(smooth / (1 - 0.8**step))
        curves.append(curve)
    median = np.median(curves, axis=0)
    lowest = int(np.argmin(median))
    return {
        "rates": rates.tolist(),
        "loss": np.minimum(median, 5).tolist(),
        "lowest": float(rates[lowest]),
        "tenth": float(rates[lowest] / 10),
    }


def _sharpness(loss: torch.Tensor, weights: list[torch.Tensor], v: list[torch.Tensor]) -> float:
    """Return the largest eigenvalue of the Hessian by power iteration; v is its start and end."""
    slopes = torch.autograd.grad(loss, weights, create_graph=True)
    size = 0.0
    for _ in range(60):
        length = sum(float(part.pow(2).sum()) for part in v) ** 0.5
        unit = [part / length for part in v]
        product = torch.autograd.grad(slopes, weights, grad_outputs=unit, retain_graph=True)
        size = sum(float((a * b).sum()) for a, b in zip(unit, product, strict=True))
        v[:] = list(product)
    return size


@run
def edge_of_stability() -> dict[str, Any]:
    """Full-batch descent of a tanh net of 32 units on 200 digits, 1,200 steps, 3 seeds.

    Half the squared error on one-hot labels, at three rates. The largest eigenvalue of the Hessian
    is the mean of steps 1,000 and 1,200; beside it, the share of the last 400 steps
    that raise the loss. The sd is that of the eigenvalue over seeds.
    """
    torch.set_num_threads(1)
    rows: list[dict[str, Any]] = []
    for rate in (0.1, 0.3, 0.6):
        curvatures, rises, ends = [], [], []
        for seed in range(3):
            X, y, *_ = _digits(seed)
            inputs, labels = X[:200] - 0.3, torch.nn.functional.one_hot(y[:200]).float()
            with torch.random.fork_rng():
                torch.manual_seed(seed)
                net = torch.nn.Sequential(
                    torch.nn.Linear(64, 32), torch.nn.Tanh(), torch.nn.Linear(32, 10)
                )
                v = [torch.randn_like(part) for part in net.parameters()]
            weights: list[torch.Tensor] = list(net.parameters())
            path, sharp = [], []
            for step in range(1, 1_201):
                loss = (net(inputs) - labels).pow(2).sum(1).mean() / 2
                path.append(float(loss.detach()))
                if step in (1_000, 1_200):
                    sharp.append(_sharpness(loss, weights, v))
                slopes = torch.autograd.grad(loss, weights)
                with torch.no_grad():
                    for weight, slope in zip(weights, slopes, strict=True):
                        weight -= rate * slope
            curvatures.append(float(np.mean(sharp)))
            rises.append(float(np.mean(np.diff(path[-401:]) > 0)))
            ends.append(path[-1])
        rows.append(
            {
                "rate": rate,
                "2 / rate": 2 / rate,
                "largest curvature": float(np.mean(curvatures)),
                "sd": float(np.std(curvatures, ddof=1)),
                "rising steps": float(np.mean(rises)),
                "final loss": float(np.mean(ends)),
            }
        )
    middle = rows[1]
    return {
        "rows": rows,
        "curvature": middle["largest curvature"],
        "limit": middle["2 / rate"],
        "rises": middle["rising steps"],
    }


def _steps_until(gradient: Callable[[Array], Array], start: Array, done: float, rate: float,
                 beta: float, nesterov: bool) -> int:  # fmt: skip
    path = momentum(gradient, start, rate, beta, steps=12_000, nesterov=nesterov)
    return int(np.argmax(np.linalg.norm(path, axis=1) <= done * np.linalg.norm(start)))


@run
def condition_numbers() -> dict[str, Any]:
    """Count steps until the error is a millionth, on quadratics with curvatures from 1 to kappa.

    20 curvatures, spaced evenly in the logarithm, and a start at one in every direction. Each
    method has its best constants for the smallest and largest curvature on quadratics; those of
    Nesterov are from Lessard, Recht and Packard 2016.
    """
    rows = []
    for kappa in (10, 100, 1000):
        curvature = np.geomspace(1, kappa, 20)
        root, wide = np.sqrt(kappa), np.sqrt(3 * kappa + 1)

        def slope(w: Array, curvature: Array = curvature) -> Array:
            return curvature * w

        ball = ((root - 1) / (root + 1)) ** 2
        settings = {
            "gradient descent": (2 / (1 + kappa), 0.0, False),
            "heavy ball": ((2 / (1 + root)) ** 2, ball, False),
            "Nesterov": (4 / (3 * kappa + 1), (wide - 2) / (wide + 2), True),
        }
        start = np.ones(20)
        counts = {
            name: _steps_until(slope, start, 1e-6, *setting) for name, setting in settings.items()
        }
        rows.append({"$\\kappa$": kappa} | counts)
    middle = rows[1]
    return {
        "rows": rows,
        "hundred": {"plain": middle["gradient descent"], "heavy": middle["heavy ball"]},
    }


@run
def noise_floor() -> dict[str, Any]:
    """Descend on w^2 / 2 from w = 1 with gradients w + noise, 2,000 steps, 10,000 repetitions.

    The noise is standard normal, divided by the root of the batch size. Mean squared error at
    the end for constant rates, a batch of ten, momentum, 1/t, and a cosine from 0.1.
    """
    rng = np.random.default_rng(0)
    steps, repeats = 2_000, 10_000
    schedules: dict[str, tuple[Callable[[int], float], int]] = {
        "constant 0.1": (lambda _: 0.1, 1),
        "constant 0.01": (lambda _: 0.01, 1),
        "constant 0.1, batch of 10": (lambda _: 0.1, 10),
        "cosine from 0.1 to 0": (lambda t: warmup_cosine(t, 2_000, 0.1, 0), 1),
        "$1/t$": (lambda t: 1 / (t + 1), 1),
    }
    w = {name: np.ones(repeats) for name in schedules}
    heavy, velocity = np.ones(repeats), np.zeros(repeats)
    for t in range(steps):
        noise = rng.normal(size=repeats)
        for name, (rate, batch) in schedules.items():
            w[name] = w[name] - rate(t) * (w[name] + noise / np.sqrt(batch))
        velocity = 0.9 * velocity + heavy + noise
        heavy = heavy - 0.01 * velocity
    w["constant 0.01, momentum 0.9"] = heavy
    floors = {name: float(np.mean(values**2)) for name, values in w.items()}
    keys = ("high", "low", "batch", "cosine", "harmonic", "momentum")
    rows = [{"schedule": name, "mean squared error": floor} for name, floor in floors.items()]
    return {"rows": rows} | dict(zip(keys, floors.values(), strict=True))


@run
def step_sizes() -> dict[str, Any]:
    """Feed Adam constant gradients and noisy ones; mean size of a step in units of the rate.

    2,000 steps, the last 1,000 counted, 200 weights for the noise.
    """
    rng = np.random.default_rng(0)
    streams = {
        "always 0.0001": np.full((2000, 1), 1e-4),
        "always 100": np.full((2000, 1), 100.0),
        "noise, mean 0": rng.normal(size=(2000, 200)),
        "noise, mean 0.5": rng.normal(0.5, 1.0, size=(2000, 200)),
    }
    sizes = {
        name: float(np.mean(np.abs(adam_updates(stream, rate=1.0)[1000:])))
        for name, stream in streams.items()
    }
    ones = np.ones((60, 1))
    return {
        "rows": [{"gradients": name, "step / rate": size} for name, size in sizes.items()],
        "noise": sizes["noise, mean 0"],
        "corrected": np.abs(adam_updates(ones, rate=1.0)).ravel().tolist(),
        "uncorrected": np.abs(adam_updates(ones, rate=1.0, correct=False)).ravel().tolist(),
        "peak": float(np.max(np.abs(adam_updates(ones, rate=1.0, correct=False)))),
    }


@run
def saddle_escape() -> dict[str, Any]:
    """Start at (1, 0.000001), beside the saddle of x^2 - y^2, and count steps until |y| > 1.

    The rate is 0.01 for all; other settings are torch's defaults, momentum 0.9. The corrected
    RMSProp is Adam with betas 0 and 0.99, which repairs the start of the running mean.
    """

    torch.set_num_threads(1)

    def count(make: Callable[[list[torch.Tensor]], torch.optim.Optimizer]) -> int:
        w = torch.tensor([1.0, 1e-6], dtype=torch.float64, requires_grad=True)
        optimizer, steps = make([w]), 0
        while abs(float(w[1].detach())) <= 1:
            w.grad = torch.tensor([2.0, -2.0], dtype=torch.float64) * w.detach()
            optimizer.step()
            steps += 1
        return steps

    return {
        "descent": count(lambda w: torch.optim.SGD(w, lr=0.01)),
        "momentum": count(lambda w: torch.optim.SGD(w, lr=0.01, momentum=0.9)),
        "rmsprop": count(lambda w: torch.optim.RMSprop(w, lr=0.01)),
        "corrected": count(lambda w: torch.optim.Adam(w, lr=0.01, betas=(0.0, 0.99))),
        "adam": count(lambda w: torch.optim.Adam(w, lr=0.01)),
    }


@run
def two_basins() -> dict[str, Any]:
    """Descend from 500 starts inside a sharp basin that lies beside a flat one.

    f(w) = min(25 (w + 1)^2, (w - 1)^2 / 2): curvature 50 at -1, curvature 1 at 1. Starts
    within 0.15 of -1, 200 steps, rates below and above 2 / 50.
    """
    starts = -1 + np.random.default_rng(0).uniform(-0.15, 0.15, size=500)
    rows = []
    for rate in (0.01, 0.03, 0.05, 0.1):
        w = starts.copy()
        for _ in range(200):
            sharp = 25 * (w + 1) ** 2 < (w - 1) ** 2 / 2
            w = w - rate * np.where(sharp, 50 * (w + 1), w - 1)
        rows.append({"rate": rate, "ends in the flat basin": float(np.mean(w > 0))})
    return {"rows": rows}


@run
def adam_counterexample() -> dict[str, Any]:
    """Run the convex counterexample of Reddi, Kale and Kumar with slopes 3, -1, -1, 3, ...

    w in [-1, 1], beta1 = 0, beta2 = 1/10, rate 0.5 over the root of the step, 6,000 steps. The
    mean slope is 1/3, so the best w is -1. AMSGrad keeps the largest second moment. Then
    Adam with its default betas, on the same slopes and, for 100,000 steps, on a slope of 1,001 in
    every thousand: the mean slope is 1/500 and the best w still -1. The average w and the last.
    """
    ends = {}
    for name in ("Adam", "AMSGrad", "SGD", "defaults", "rare"):
        keep, average = (0.9, 0.999) if name in ("defaults", "rare") else (0.0, 0.1)
        steps, period, large = (100_000, 1_000, 1_001.0) if name == "rare" else (6_000, 3, 3.0)
        w, m, v, largest, total = 0.0, 0.0, 0.0, 0.0, 0.0
        for t in range(1, steps + 1):
            g = large if t % period == 1 else -1.0
            m = keep * m + (1 - keep) * g
            v = average * v + (1 - average) * g**2
            largest = max(largest, v)
            mean, square = m / (1 - keep**t), v / (1 - average**t)
            scale = {"AMSGrad": largest, "SGD": 1.0}.get(name, square) ** 0.5
            w = min(1.0, max(-1.0, w - 0.5 / t**0.5 * mean / scale))
            total += w
        ends[name] = total / steps
        ends[f"{name}_end"] = w
    return ends
