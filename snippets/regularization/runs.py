"""The experiments of regularization."""

import inspect
from collections.abc import Callable, Iterator
from itertools import count, islice
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.datasets import load_diabetes, load_digits
from sklearn.linear_model import (
    ElasticNet,
    Lasso,
    LogisticRegression,
    Ridge,
    SGDRegressor,
    enet_path,
)
from sklearn.model_selection import KFold
from sklearn.neural_network import MLPRegressor
from sklearn.svm import LinearSVC

from snippets.forms import run
from snippets.regularization.adam import adam
from snippets.regularization.dropout import dropout
from snippets.regularization.dropout_ridge import dropout_ridge
from snippets.regularization.elastic_net import elastic_net
from snippets.regularization.gcv import gcv
from snippets.regularization.hard_threshold import hard_threshold
from snippets.regularization.irrepresentable import irrepresentable
from snippets.regularization.ista import ista
from snippets.regularization.laplace_posterior import laplace_posterior_mean
from snippets.regularization.lasso import lasso
from snippets.regularization.lasso_violation import lasso_violation
from snippets.regularization.loo_residuals import loo_residuals
from snippets.regularization.margin_descent import margin_descent
from snippets.regularization.min_norm_descent import descend
from snippets.regularization.mixup import mixup
from snippets.regularization.one_standard_error import one_standard_error
from snippets.regularization.patience import stop_with_patience
from snippets.regularization.ridge import ridge
from snippets.regularization.scale_invariant import normalized_gradient
from snippets.regularization.smooth_labels import smooth_labels
from snippets.regularization.soft_threshold import soft_threshold
from snippets.regularization.stopped_descent import stopped_descent

Vector = NDArray[np.float64]


def spread(values: Any) -> dict[str, float]:
    """Mean and standard deviation over repetitions."""
    values = np.asarray(values, dtype=float)
    return {"mean": float(values.mean()), "sd": float(values.std(ddof=1))}


# --- Penalties and priors -----------------------------------------------------------------------


@run
def intercept() -> dict[str, Any]:
    """Penalize the intercept or leave it free, while y moves away from zero.

    n = 50, d = 5, noise 1, penalty 10, 30 training sets; root mean squared test error.
    """
    rows, biased = [], {}
    for shift in (0.0, 10.0, 100.0):
        errors: dict[str, list[float]] = {"free": [], "penalized": []}
        for seed in range(30):
            rng = np.random.default_rng(seed)
            X, test = rng.normal(size=(50, 5)), rng.normal(size=(500, 5))
            truth = rng.normal(size=5)
            y = X @ truth + shift + rng.normal(size=50)
            target = test @ truth + shift
            weights, b = ridge(X, y, 10.0)
            errors["free"].append(float(np.sqrt(np.mean((test @ weights + b - target) ** 2))))
            ones = np.column_stack([X, np.ones(50)])
            w = np.linalg.solve(ones.T @ ones + 10 * np.eye(6), ones.T @ y)
            predicted = test @ w[:5] + w[5]
            errors["penalized"].append(float(np.sqrt(np.mean((predicted - target) ** 2))))
        rows.append(
            {
                "mean of $y$": int(shift),
                "free intercept": spread(errors["free"])["mean"],
                "penalized intercept": spread(errors["penalized"])["mean"],
            }
        )
        biased[f"at_{int(shift)}"] = {key: spread(values) for key, values in errors.items()}
    return {"rows": rows, **biased}


@run
def units() -> dict[str, Any]:
    """Write one of three equally useful features in a thousand times larger units.

    n = 100, noise 0.5, ridge penalty 10 and lasso penalty 10, 30 training sets: the share of
    the feature's least-squares effect that is kept.
    """
    kept: dict[str, list[float]] = {"ridge": [], "ridge_rescaled": [], "lasso_rescaled": []}
    for seed in range(30):
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(100, 3))
        y = X.sum(axis=1) + 0.5 * rng.normal(size=100)
        X, y = X - X.mean(axis=0), y - y.mean()
        full = np.linalg.lstsq(X, y)[0][0]
        small = X * [0.001, 1, 1]  # meters written in kilometers
        kept["ridge"].append(ridge(X, y, 10.0)[0][0] / full)
        kept["ridge_rescaled"].append(0.001 * ridge(small, y, 10.0)[0][0] / full)
        kept["lasso_rescaled"].append(0.001 * lasso(small, y, 10.0)[0] / full)
    return {name: spread(values) for name, values in kept.items()}


@run
def laplace() -> dict[str, Any]:
    """Mode and mean of the posterior under a Laplace prior, for w drawn from that prior.

    Prior rate 1.5, z = w + standard normal noise, 20 times 5,000 coefficients.
    """
    zero_mode, zero_mean, mse_mode, mse_mean = [], [], [], []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        w = rng.laplace(scale=1 / 1.5, size=5000)
        z = w + rng.normal(size=5000)
        mode, mean = soft_threshold(z, 1.5), laplace_posterior_mean(z, 1.5)
        zero_mode.append(np.mean(mode == 0))
        zero_mean.append(np.mean(mean == 0))
        mse_mode.append(np.mean((mode - w) ** 2))
        mse_mean.append(np.mean((mean - w) ** 2))
    return {
        "zero_mode": spread(zero_mode),
        "zero_mean": float(np.max(zero_mean)),
        "mse_mode": spread(mse_mode),
        "mse_mean": spread(mse_mean),
        "mean_at_one": float(laplace_posterior_mean([1.0], 1.5)[0]),
    }


# --- Ridge --------------------------------------------------------------------------------------


def ridge_family(X: Vector, y: Vector, penalties: Vector) -> tuple[Vector, Vector, Vector, Vector]:
    """Leave-one-out error, GCV, weights and intercept for each penalty, from one decomposition."""
    n, mean, center = len(y), y.mean(), X.mean(axis=0)
    U, d, Vt = np.linalg.svd(X - center, full_matrices=False)
    factors = d**2 / (d**2 + penalties[:, None])  # a row a penalty
    target = U.T @ (y - mean)
    residuals = (y - mean) - (factors * target) @ U.T
    left = 1 - 1 / n - factors @ (U.T**2)  # one minus each leverage
    loo = np.mean((residuals / left) ** 2, axis=1)
    gcv_error = np.mean(residuals**2, axis=1) / (1 - (1 + factors.sum(axis=1)) / n) ** 2
    weights = (factors / d * target) @ Vt
    return loo, gcv_error, weights, mean - weights @ center


@run
def ridge_selection() -> dict[str, Any]:
    """Choose the ridge penalty by leave-one-out and by GCV, and look at the test error.

    n = 40, d = 25 correlated features (0.7 between neighbors), noise 2, 21 penalties, 200
    training sets. Regret: test error at the choice minus the least test error. The first
    training set is also fitted by the functions of the pages, one penalty at a time.
    """
    penalties = np.geomspace(0.1, 1000, 21)
    covariance = 0.7 ** np.abs(np.subtract.outer(np.arange(25), np.arange(25)))
    root = np.linalg.cholesky(covariance)
    curves: dict[str, list[Vector]] = {"loo": [], "gcv": [], "test": []}
    regrets: dict[str, list[float]] = {"loo": [], "gcv": []}
    least, unpenalized = [], []
    for seed in range(200):
        rng = np.random.default_rng(seed)
        X, truth = rng.normal(size=(40, 25)) @ root.T, rng.normal(size=25) / 2
        y = X @ truth + 2 * rng.normal(size=40)
        loo, gcv_error, weights, b = ridge_family(X, y, penalties)
        if seed == 0:
            for index, penalty in enumerate(penalties):
                fit, free = ridge(X, y, penalty)
                left_out = np.mean(loo_residuals(X, y, penalty) ** 2)
                np.testing.assert_allclose(loo[index], left_out)
                np.testing.assert_allclose(gcv_error[index], gcv(X, y, penalty))
                np.testing.assert_allclose(weights[index], fit, atol=1e-10)
                np.testing.assert_allclose(b[index], free, atol=1e-10)
        off = weights - truth
        test = np.sum((off @ covariance) * off, axis=1) + b**2 + 4
        found = {"loo": loo, "gcv": gcv_error, "test": test}
        for name, curve in found.items():
            curves[name].append(curve)
        off = np.linalg.lstsq(X - X.mean(axis=0), y - y.mean())[0] - truth
        unpenalized.append(float(off @ covariance @ off + 4))
        least.append(float(test.min()))
        for name in regrets:
            chosen = int(np.argmin(found[name]))
            regrets[name].append(float(test[chosen]) - least[-1])
    return {
        "penalties": penalties.tolist(),
        **{name: np.mean(curve, axis=0).tolist() for name, curve in curves.items()},
        "test_sd": np.std(curves["test"], axis=0, ddof=1).tolist(),
        "regret_loo": {**spread(regrets["loo"]), "median": float(np.median(regrets["loo"]))},
        "regret_gcv": {**spread(regrets["gcv"]), "median": float(np.median(regrets["gcv"]))},
        "least": spread(least),
        "unpenalized": spread(unpenalized),
    }


@run
def strength_and_n() -> dict[str, Any]:
    """The best penalty at n = 100 and at n = 10,000, and what it costs to carry one over.

    20 standard normal features, noise 2, 30 problems. Ridge: weights normal with standard
    deviation 0.5. Lasso: four weights of 1, the others 0. Error: mean |w - truth|^2. Strengths
    on the summed half squared error.
    """
    grids = {"ridge": np.geomspace(1, 10_000, 41), "lasso": np.geomspace(1, 10_000, 41)}
    curves: dict[tuple[str, int], Vector] = {}
    for n in (100, 10_000):
        errors: dict[str, list[Vector]] = {"ridge": [], "lasso": []}
        for seed in range(30):
            rng = np.random.default_rng(seed)
            X, dense, sparse = rng.normal(size=(n, 20)), rng.normal(size=20) / 2, np.zeros(20)
            sparse[:4] = 1.0
            noise = 2 * rng.normal(size=n)
            values, V = np.linalg.eigh(X.T @ X)
            target = V.T @ (X.T @ (X @ dense + noise))
            shrunk = np.array([V @ (target / (values + p)) for p in grids["ridge"]])
            errors["ridge"].append(np.sum((shrunk - dense) ** 2, axis=1))
            y = X @ sparse + noise
            _, weights, _ = enet_path(
                X, y, l1_ratio=1.0, alphas=grids["lasso"][::-1] / n, precompute=True
            )
            errors["lasso"].append(np.sum((weights.T[::-1] - sparse) ** 2, axis=1))
        for kind, found in errors.items():
            curves[kind, n] = np.mean(found, axis=0)
    rows, best = [], {}
    for kind, grid in grids.items():
        few, many = curves[kind, 100], curves[kind, 10_000]
        tuned, right = int(np.argmin(few)), int(np.argmin(many))
        kept = float(many[tuned] / many[right])
        scaled = float(np.interp(np.log(100 * grid[tuned]), np.log(grid), many) / many[right])
        rows.append(
            {
                "penalty": kind,
                r"best $\lambda$ at $n=100$": float(grid[tuned]),
                r"at $n=10{,}000$": float(grid[right]),
                r"error with $\lambda$ kept": kept,
                r"with $\lambda/n$ kept": scaled,
            }
        )
        best[kind] = {"few": float(grid[tuned]), "many": float(grid[right])}
        best[kind].update({"kept": kept, "scaled": scaled})
    return {"rows": rows, **best}


# --- Lasso --------------------------------------------------------------------------------------


def sparse_problem(
    seed: int, n: int = 100, d: int = 50, true: int = 5, noise: float = 1.0
) -> tuple[Vector, Vector, Vector]:
    """Standard normal features of which the first few matter, with weight 1."""
    rng = np.random.default_rng(seed)
    X, w = rng.normal(size=(n, d)), np.zeros(d)
    w[:true] = 1.0
    return X, X @ w + noise * rng.normal(size=n), w


@run
def zeros_by_solver() -> dict[str, Any]:
    """Count the zeros that four solvers find for one L1 objective.

    n = 100, 50 features of which 5 matter, penalty 30 on the summed half squared error, 3
    problems. Both torch optimizers get the same objective to differentiate, 1,000 steps; the
    objectives of the three problems are added, which leaves each problem its own gradient.
    """
    counts: dict[str, dict[str, list[float]]] = {}
    problems = [sparse_problem(seed)[:2] for seed in range(3)]
    A = torch.tensor(np.array([X for X, _ in problems]))
    b = torch.tensor(np.array([y for _, y in problems]))[:, :, None]
    optimizers: dict[str, Callable[[torch.Tensor], torch.optim.Optimizer]] = {
        "gradient descent": lambda w: torch.optim.SGD([w], lr=0.001),
        "Adam": lambda w: torch.optim.Adam([w], lr=0.005),
    }
    by_torch = {}
    for name, make in optimizers.items():
        w = torch.stack(
            [
                torch.zeros(50, 1, dtype=torch.float64).normal_(
                    0, 0.1, generator=torch.Generator().manual_seed(seed)
                )
                for seed in range(3)
            ]
        )
        w.requires_grad_()
        optimizer = make(w)
        for _ in range(1000):
            optimizer.zero_grad()
            loss = ((A @ w - b) ** 2).sum() / 2 + 30 * w.abs().sum()
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
            optimizer.step()
        by_torch[name] = w.detach().numpy()[:, :, 0]
    for seed, (X, y) in enumerate(problems):
        found = {
            "coordinate descent": lasso(X, y, 30.0),
            "proximal gradient": ista(X, y, 30.0, steps=500),
            **{name: weights[seed] for name, weights in by_torch.items()},
        }
        for name, weights in found.items():
            kept = counts.setdefault(name, {"zeros": [], "small": [], "violation": []})
            kept["zeros"].append(float(np.sum(weights == 0)))
            kept["small"].append(float(np.sum(np.abs(weights) < 0.05)))
            kept["violation"].append(lasso_violation(X, y, weights, 30.0))
    return {
        "rows": [
            {
                "solver": name,
                "exact zeros of 50": float(np.mean(kept["zeros"])),
                "below 0.05 in size": float(np.mean(kept["small"])),
            }
            for name, kept in counts.items()
        ],
        "adam_zeros_max": float(np.max(counts["Adam"]["zeros"])),
        "exact_mean": float(np.mean(counts["coordinate descent"]["zeros"])),
        "exact_violation": float(np.max(counts["coordinate descent"]["violation"])),
    }


@run
def gradient_at_start() -> dict[str, Any]:
    """Two features, both with a gradient above the penalty at zero, one of which is then dropped.

    x1 standard normal, x2 = 0.8 x1 + 0.6 noise, y = 2 x1 + 0.1 noise, n = 200, penalty 0.5 on
    the mean half squared error, 200 data sets.
    """
    first, second, at_solution, dropped = [], [], [], []
    for seed in range(200):
        rng = np.random.default_rng(seed)
        x1 = rng.normal(size=200)
        x2 = 0.8 * x1 + 0.6 * rng.normal(size=200)
        X = np.column_stack([x1, x2])
        y = 2 * x1 + 0.1 * rng.normal(size=200)
        start = np.abs(X.T @ y) / 200
        weights = lasso(X, y, 0.5 * 200)
        first.append(start[0])
        second.append(start[1])
        at_solution.append(abs(X[:, 1] @ (y - X @ weights)) / 200)
        dropped.append(weights[1] == 0)
    return {
        "first": spread(first),
        "second": spread(second),
        "smallest": float(min(first + second)),
        "at_solution": spread(at_solution),
        "dropped": float(np.mean(dropped)),
    }


@run
def orthonormal() -> dict[str, Any]:
    """One orthonormal design: ridge, lasso and best subset side by side.

    Unpenalized coefficients chosen by hand, penalty 1 for the lasso and ridge, 0.5 for each
    feature kept, so that the hard threshold is at 1 as well.
    """
    z = np.array([4.0, 2.0, 1.2, 0.8, 0.3])
    rows = [
        {"least squares": a, "ridge": a / 2, "lasso": float(s), "best subset": float(h)}
        for a, s, h in zip(z.tolist(), soft_threshold(z, 1.0), hard_threshold(z, 0.5), strict=True)
    ]
    return {"rows": rows}


# --- The path -----------------------------------------------------------------------------------

NAMES = [
    "age", "sex", "body mass", "blood pressure", "total cholesterol", "LDL", "HDL",
    "triglycerides",
]  # fmt: skip
COLUMNS = [0, 1, 2, 3, 4, 5, 6, 8]


def diabetes() -> tuple[Vector, Vector]:
    """Eight features of the diabetes data, in the units they come in, and the progression score."""
    X, y = load_diabetes(return_X_y=True, scaled=False)
    return X[:, COLUMNS].astype(float), y.astype(float)


def penalized_paths(X: Vector, y: Vector, penalties: Vector, kind: str) -> Vector:
    """Weights, a row a penalty, for |y - Xw|^2 / 2n + penalty P(w), with X standardized."""
    if kind == "ridge":
        U, d, Vt = np.linalg.svd(X, full_matrices=False)
        target = d * (U.T @ y)
        return np.array([Vt.T @ (target / (d**2 + len(y) * p)) for p in penalties])
    ratio = {"lasso": 1.0, "elastic net": 0.5}[kind]
    _, weights, _ = enet_path(X, y, l1_ratio=ratio, alphas=penalties, tol=1e-6, max_iter=20000)
    return np.asarray(weights.T)


def fold_errors(X: Vector, y: Vector, penalties: Vector, kind: str, seed: int) -> Vector:
    """Mean squared error, a row a penalty and a column a fold; scaling is learned in each fold."""
    columns = []
    for train, test in KFold(10, shuffle=True, random_state=seed).split(X):
        center, scale = X[train].mean(axis=0), X[train].std(axis=0)
        mean = y[train].mean()
        paths = penalized_paths((X[train] - center) / scale, y[train] - mean, penalties, kind)
        predicted = ((X[test] - center) / scale) @ paths.T + mean
        columns.append(np.mean((y[test][:, None] - predicted) ** 2, axis=0))
    return np.column_stack(columns)


@run
def path_explorable() -> dict[str, Any]:
    """Solutions of lasso, ridge and elastic net while the penalty grows, in two settings.

    Geometry: (w - c)'H(w - c)/2 + lambda P(w) for two features with correlation 0.5. Path: eight
    standardized features of the diabetes data, |y - Xw|^2/2n + lambda P(w), with tenfold
    validation error over 5 shufflings. P is |w|_1, |w|^2/2, or half of each.
    """
    H, center = np.array([[1.0, 0.5], [0.5, 1.0]]), np.array([1.6, 0.4])
    root = np.linalg.cholesky(H).T
    strengths = np.round(np.arange(0, 2.01, 0.05), 2)
    solutions: dict[str, list[list[float]]] = {"lasso": [], "ridge": [], "elastic net": []}
    for strength in strengths:
        for kind, ratio in (("lasso", 1.0), ("ridge", 0.0), ("elastic net", 0.5)):
            w = elastic_net(root, root @ center, ratio * strength, (1 - ratio) * strength)
            solutions[kind].append(np.round(w, 5).tolist())

    X, y = diabetes()
    standard = (X - X.mean(axis=0)) / X.std(axis=0)
    penalties = np.geomspace(100, 0.02, 45)
    path: dict[str, Any] = {}
    table = []
    for kind in solutions:
        weights = penalized_paths(standard, y - y.mean(), penalties, kind)
        errors = np.array([fold_errors(X, y, penalties, kind, seed) for seed in range(5)])
        means, folds = errors.mean(axis=(0, 2)), errors.std(axis=2, ddof=1).mean(axis=0)
        best, simple = one_standard_error(penalties, errors[0])
        path[kind] = {
            "weights": np.round(weights, 3).tolist(),
            "error": np.round(means, 1).tolist(),
            "standard_error": np.round(folds / np.sqrt(10), 1).tolist(),
            "best": round(best, 4),
            "one_standard_error": round(simple, 4),
        }
        path[kind]["nonzero"] = [int(np.sum(np.abs(row) > 1e-9)) for row in weights]
    for index in range(2, 45, 7):
        row: dict[str, Any] = {r"$\lambda$": float(penalties[index])}
        for kind in solutions:
            row[f"{kind}: features"] = path[kind]["nonzero"][index]
            row[f"{kind}: error"] = float(np.sqrt(path[kind]["error"][index]))
        table.append(row)
    return {
        "geometry": {
            "hessian": H.tolist(),
            "center": center.tolist(),
            "l1_ratio": {"lasso": 1.0, "ridge": 0.0, "elastic net": 0.5},
            "lambdas": strengths.tolist(),
            "solutions": solutions,
        },
        "path": {"features": NAMES, "lambdas": np.round(penalties, 5).tolist(), **path},
        "table": table,
    }


@run
def one_se() -> dict[str, Any]:
    """Choose the lasso penalty on the diabetes data by tenfold validation, 20 shufflings.

    The penalty with the least error, and the strongest within one standard error of it.
    """
    X, y = diabetes()
    standard = (X - X.mean(axis=0)) / X.std(axis=0)
    penalties = np.geomspace(46, 0.05, 45)
    weights = penalized_paths(standard, y - y.mean(), penalties, "lasso")
    used = np.sum(np.abs(weights) > 1e-9, axis=1)
    best, simple, used_best, used_simple, rise = [], [], [], [], []
    for seed in range(20):
        errors = fold_errors(X, y, penalties, "lasso", seed)
        low, high = one_standard_error(penalties, errors)
        at = {p: int(np.flatnonzero(penalties == p)[0]) for p in (low, high)}
        best.append(low)
        simple.append(high)
        used_best.append(used[at[low]])
        used_simple.append(used[at[high]])
        means = errors.mean(axis=1)
        rise.append(np.sqrt(means[at[high]]) / np.sqrt(means[at[low]]) - 1)
    return {
        "ratio": float(max(best) / min(best)),
        "best_low": float(min(best)),
        "best_high": float(max(best)),
        "simple": spread(simple),
        "used_best": {"least": int(min(used_best)), "most": int(max(used_best))},
        "used_simple": {"least": int(min(used_simple)), "most": int(max(used_simple))},
        "rise": spread(rise),
    }


@run
def limits() -> dict[str, Any]:
    """More features than examples: how many each penalty uses.

    n = 20, d = 100, 30 true features with weight 1, noise 0.5, 10 data sets; whole paths, to a
    duality gap of 1e-9 (tight) or 1e-3 (loose) of |y|^2.
    """
    most, loose, nets, ridges = [], [], [], []
    for seed in range(10):
        X, y, _ = sparse_problem(seed, n=20, d=100, true=30, noise=0.5)
        strongest = np.max(np.abs(X.T @ y)) / 20
        penalties = strongest * np.geomspace(1, 1e-3, 30)
        more = {"alphas": penalties, "max_iter": 100_000}
        _, weights, _ = enet_path(X, y, l1_ratio=1.0, tol=1e-9, **more)
        most.append(np.max(np.sum(weights != 0, axis=0)))
        _, weights, _ = enet_path(X, y, l1_ratio=1.0, tol=1e-3, **more)
        loose.append(np.max(np.sum(weights != 0, axis=0)))
        _, weights, _ = enet_path(X, y, l1_ratio=0.2, tol=1e-6, **more)
        nets.append(np.max(np.sum(weights != 0, axis=0)))
        ridges.append(np.sum(ridge(X, y, 1.0)[0] != 0))
    return {
        "lasso_most": int(max(most)),
        "lasso": spread(most),
        "loose_most": int(max(loose)),
        "elastic_net": spread(nets),
        "ridge": int(min(ridges)),
    }


@run
def recovery() -> dict[str, Any]:
    """How often some point of the lasso path has exactly the true signs.

    n = 200, 4 true features with weight 1 and 4 irrelevant ones, each irrelevant one rho times
    the sum of the true ones plus noise, so that the condition's value is 4 rho; 30 data sets
    for each rho, residual noise 0.3.
    """
    rows = []
    for rho in (0.1, 0.15, 0.2, 0.225, 0.25, 0.275, 0.3, 0.35):
        hits, values = [], []
        for seed in range(30):
            rng = np.random.default_rng(seed)
            true = rng.normal(size=(200, 4))
            own = np.sqrt(1 - 4 * rho**2) * rng.normal(size=(200, 4))
            X = np.column_stack([true, rho * true.sum(axis=1)[:, None] + own])
            signs = np.array([1, 1, 1, 1, 0, 0, 0, 0])
            y = true.sum(axis=1) + 0.3 * rng.normal(size=200)
            penalties = np.max(np.abs(X.T @ y)) / 200 * np.geomspace(1, 0.005, 40)
            _, weights, _ = enet_path(X, y, l1_ratio=1.0, alphas=penalties, tol=1e-6)
            hits.append(bool(np.any(np.all(np.sign(weights.T) == signs, axis=1))))
            values.append(irrepresentable(X, signs))
        rows.append(
            {"population": 4 * rho, "sample": float(np.mean(values)), "hit": float(np.mean(hits))}
        )
    return {"rows": rows, "well_below": rows[1]["hit"], "well_above": rows[-1]["hit"]}


@run
def debiasing() -> dict[str, Any]:
    """The lasso's weights, and least squares refitted on the features it kept.

    n = 100, d = 50, 5 true weights of 1, noise 1, penalty sigma sqrt(2 n log d), 40 data sets.
    """
    shrunk, refitted, errors, redone, oracle, kept_counts, true_kept = [], [], [], [], [], [], []
    for seed in range(40):
        X, y, truth = sparse_problem(seed)
        weights = lasso(X, y, np.sqrt(2 * 100 * np.log(50)))
        kept = weights != 0
        again = np.zeros(50)
        again[kept] = np.linalg.lstsq(X[:, kept], y)[0]
        ideal = np.zeros(50)
        ideal[:5] = np.linalg.lstsq(X[:, :5], y)[0]
        shrunk.append(weights[:5].mean())
        refitted.append(again[:5].mean())
        errors.append(np.sum((weights - truth) ** 2))
        redone.append(np.sum((again - truth) ** 2))
        oracle.append(np.sum((ideal - truth) ** 2))
        kept_counts.append(kept.sum())
        true_kept.append(kept[:5].sum())
    return {
        "true_weight_lasso": spread(shrunk),
        "true_weight_refit": spread(refitted),
        "error_lasso": spread(errors),
        "error_refit": spread(redone),
        "error_oracle": spread(oracle),
        "kept": spread(kept_counts),
        "true_kept": spread(true_kept),
    }


# --- Elastic net --------------------------------------------------------------------------------


def _twins(seed: int, rho: float) -> tuple[Vector, Vector]:
    """Two features with correlation rho and a third alone, all with weight 1, and the target."""
    rng = np.random.default_rng(seed)
    shared = rng.normal(size=50)
    twin = np.sqrt(rho) * shared[:, None] + np.sqrt(1 - rho) * rng.normal(size=(50, 2))
    X = np.column_stack([twin, rng.normal(size=50)])
    y = X @ [1, 1, 1] + rng.normal(size=50)
    X, y = X - X.mean(axis=0), y - y.mean()
    return 7 * X / np.linalg.norm(X, axis=0), y


@run
def grouping() -> dict[str, Any]:
    """Two nearly equal features with the same true weight, under three penalties.

    Correlation 0.99, true weights 1 and 1, a third feature with weight 1, n = 50, noise 1,
    columns of length 1 times 7; lasso penalty 10, elastic net 10 and 20, ridge 20; 60 data sets.
    `moderate` has the difference of the two weights at correlation 0.5.
    """
    found: dict[str, list[Vector]] = {"lasso": [], "elastic net": [], "ridge": []}
    bounds, moderate = [], []
    for seed in range(60):
        X, y = _twins(seed, 0.99)
        found["lasso"].append(lasso(X, y, 10.0, tolerance=1e-8))
        found["elastic net"].append(elastic_net(X, y, 10.0, 20.0))
        found["ridge"].append(elastic_net(X, y, 0.0, 20.0))
        rho = X[:, 0] @ X[:, 1] / 49
        bounds.append(7 * np.sqrt(2 * (1 - rho)) * np.linalg.norm(y) / 20)
        X, y = _twins(seed, 0.5)
        fits = [elastic_net(X, y, 10.0, squared) for squared in (0.0, 20.0, 200.0)]
        moderate.append([abs(w[0] - w[1]) for w in fits])
    rows = []
    for kind, weights in found.items():
        w = np.array(weights)
        rows.append(
            {
                "penalty": kind,
                r"$\lvert w_1-w_2\rvert$, mean": float(np.mean(np.abs(w[:, 0] - w[:, 1]))),
                "standard deviation of $w_1$": float(w[:, 0].std(ddof=1)),
                "one twin dropped": float(np.mean(np.any(w[:, :2] == 0, axis=1))),
            }
        )
    return {
        "rows": rows,
        "pairs": {kind: np.round(weights, 4)[:, :2].tolist() for kind, weights in found.items()},
        "bound": spread(bounds),
        "moderate": dict(
            zip(("lasso", "net", "strong"), map(spread, np.transpose(moderate)), strict=True)
        ),
        "lasso_dropped": rows[0]["one twin dropped"],
        "net_dropped": rows[1]["one twin dropped"],
        "lasso_sd": rows[0]["standard deviation of $w_1$"],
        "net_sd": rows[1]["standard deviation of $w_1$"],
    }


# --- Early stopping -----------------------------------------------------------------------------


@run
def filters() -> dict[str, Any]:
    """The filter formula against the loop, and against ridge with penalty 1 / (rate t).

    Identity: 20 problems with n = 30, d = 6, 100 steps. Gap: over 2,000 eigenvalues up to one
    over the rate. Risk: 100 problems with n = 40, d = 20, noise 3, each method at its best.
    """
    differences = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        X, y = rng.normal(size=(30, 6)), rng.normal(size=30)
        rate, w = float(1 / np.linalg.norm(X, 2) ** 2), np.zeros(6)
        for _ in range(100):
            w += rate * X.T @ (y - X @ w)
        differences.append(np.max(np.abs(w - stopped_descent(X, y, rate, 100))))
    eigenvalues = np.linspace(0, 1, 2001)[1:]  # in units of one over the rate
    gaps = {
        t: float(np.max(np.abs(1 - (1 - eigenvalues) ** t - eigenvalues / (eigenvalues + 1 / t))))
        for t in (10, 100)
    }
    ratios = []
    for seed in range(100):
        rng = np.random.default_rng(seed)
        X, truth = rng.normal(size=(40, 20)) * np.geomspace(2, 0.2, 20), rng.normal(size=20)
        y = X @ truth + 3 * rng.normal(size=40)
        U, d, Vt = np.linalg.svd(X, full_matrices=False)
        coordinates, wanted = U.T @ y, d * (Vt @ truth)
        rate = 1 / d[0] ** 2
        stopped = [1 - (1 - rate * d**2) ** t for t in np.unique(np.geomspace(1, 3000, 60).round())]
        shrunk = [d**2 / (d**2 + p) for p in np.geomspace(0.01, 3000, 60)]
        risks = [
            min(float(np.sum((f * coordinates - wanted) ** 2)) for f in family)
            for family in (stopped, shrunk)
        ]
        ratios.append(risks[0] / risks[1])
    return {
        "identity": float(max(differences)),
        "gap_10": gaps[10],
        "gap_100": gaps[100],
        "risk_ratio": spread(ratios),
        "risk_ratio_most": float(max(ratios)),
        "risk_ratio_least": float(min(ratios)),
    }


def noisy_curve(seed: int) -> tuple[Vector, Vector]:
    """A smooth U-shaped loss with its minimum at epoch 134, and the same with noise."""
    epochs = np.arange(300)
    smooth = np.exp(-epochs / 30) + 0.3 * (epochs / 120 - 1) ** 2 * (epochs > 120) + 0.5
    smooth = smooth + 0.1 * np.exp(-epochs / 60)
    noise = np.random.default_rng(seed).normal(scale=0.02, size=300)
    return smooth, smooth + noise


@run
def stopping_rules() -> dict[str, Any]:
    """Stop a noisy validation curve by the first rise and with patience, 200 curves.

    The smooth curve has its least value at epoch 134, the noise has standard deviation 0.02;
    regret is the smooth loss at the kept epoch minus the least smooth loss.
    """
    rows, found = [], {}
    for patience in (1, 5, 20, 50, 300):
        kept, ended, regret, optimism = [], [], [], []
        for seed in range(200):
            smooth, noisy = noisy_curve(seed)
            best, end = stop_with_patience(noisy.tolist(), patience)
            kept.append(best)
            ended.append(end)
            regret.append(smooth[best] - smooth.min())
            optimism.append(smooth[best] - noisy[best])
        name = {1: "1 (first rise)", 300: "300 (to the end)"}.get(patience, str(patience))
        rows.append(
            {
                "patience": name,
                "epoch kept, mean": round(np.mean(kept)),
                "epochs trained, mean": round(np.mean(ended)) + 1,
                "regret, mean": float(np.mean(regret)),
                "regret, worst": float(np.max(regret)),
            }
        )
        found[f"patience_{patience}"] = {
            "kept": spread(kept),
            "regret": spread(regret),
            "optimism": spread(optimism),
        }
    return {"rows": rows, "bottom": int(np.argmin(noisy_curve(0)[0])), **found}


# --- Weight decay -------------------------------------------------------------------------------


@run
def decay_under_adam() -> dict[str, Any]:
    """What is left of a weight of 1 that has gradients of pure noise, under each optimizer.

    Gradient noise with standard deviation 10 or 0.1, rate 0.001, penalty 0.5, 3,200 steps,
    300 weights of each kind. SGD: rate 0.0005, 1,000 steps, also with momentum 0.9.
    """
    rng = np.random.default_rng(0)
    steps, each = 3200, 300
    scales = np.repeat([10.0, 0.1], each)
    gradients = rng.normal(size=(steps, 2 * each)) * scales
    start = np.ones(2 * each)
    curves: dict[str, Any] = {}
    for name, more in (("adam_l2", {"l2": 0.5}), ("adamw", {"decay": 0.5})):
        left = adam(gradients, start, 0.001, **more)
        curves[name] = {
            "loud": {**spread(left[:each])},
            "quiet": {**spread(left[each:])},
        }
    coupled, decoupled = start.copy(), start.copy()
    heavy, light = start.copy(), start.copy()
    buffer, other = np.zeros(2 * each), np.zeros(2 * each)
    for gradient in gradients[:1000]:
        coupled = coupled - 0.0005 * (gradient + 0.5 * coupled)
        decoupled = decoupled * (1 - 0.0005 * 0.5) - 0.0005 * gradient
        buffer = 0.9 * buffer + gradient + 0.5 * heavy
        heavy = heavy - 0.0005 * buffer
        other = 0.9 * other + gradient
        light = light * (1 - 0.0005 * 0.5) - 0.0005 * other
    return {
        **curves,
        "exact": float((1 - 0.001 * 0.5) ** steps),
        "sgd_difference": float(np.max(np.abs(coupled - decoupled))),
        "momentum_l2_left": spread(heavy[each:]),
        "momentum_decay_left": spread(light[each:]),
    }


def both_decays(size: int, gradient: Callable[[Vector], Vector]) -> Iterator[Vector]:
    """Weights that start at 1, after each step of Adam with L2 (row 0) and of AdamW (row 1).

    Penalty 0.5, rate 0.001. Both rows get the same noise.
    """
    l2, kept = np.array([[0.5], [0.0]]), 1 - 0.001 * np.array([[0.0], [0.5]])
    w, mean, square = np.ones((2, size)), np.zeros((2, size)), np.zeros((2, size))
    for step in count(1):
        w = w * kept
        g = gradient(w) + l2 * w
        mean, square = 0.9 * mean + 0.1 * g, 0.999 * square + 0.001 * g**2
        size_of_g = np.sqrt(square / (1 - 0.999**step)) + 1e-8
        w = w - 0.001 / (1 - 0.9**step) * mean / size_of_g
        yield w


@run
def decay_at_rest() -> dict[str, Any]:
    """Where Adam with L2 and AdamW settle on a loss with a minimum, for loud and quiet gradients.

    Loss (w - 1)^2 / 2 for each weight, gradient noise with standard deviation 10 or 0.1, penalty
    0.5, rate 0.001, 30,000 steps, the last third averaged over time and 100 weights.
    """
    rng = np.random.default_rng(0)
    scales = np.repeat([10.0, 0.1], 100)
    sums = np.zeros((2, 200))
    moving = both_decays(200, lambda w: (w - 1) + scales * rng.normal(size=200))
    for w in islice(moving, 20_000, 30_000):
        sums += w / 10_000
    found = {
        name: {"loud": spread(row[:100]), "quiet": spread(row[100:])}
        for name, row in zip(("adam_l2", "adamw"), sums, strict=True)
    }
    return {**found, "penalized_minimum": 1 / 1.5}


@run
def shrinking() -> dict[str, Any]:
    """The mean weight after each 200 steps under Adam with L2 and AdamW, for the figure.

    As in the run before: noise gradients of standard deviation 10 and 0.1, rate 0.001, 0.5.
    """
    rng = np.random.default_rng(1)
    gradients = rng.normal(size=(3200, 400)) * np.repeat([10.0, 0.1], 200)
    noise = iter(gradients)
    moving = both_decays(400, lambda _: next(noise))
    after = [np.ones((2, 400)), *islice(moving, 3200)]
    steps = list(range(0, 3201, 200))
    found: dict[str, Any] = {"steps": steps}
    for row, (name, more) in enumerate((("adam_l2", {"l2": 0.5}), ("adamw", {"decay": 0.5}))):
        np.testing.assert_allclose(
            after[-1][row], adam(gradients, np.ones(400), 0.001, **more), atol=1e-10
        )
        found[name] = {
            "loud": [float(after[t][row, :200].mean()) for t in steps],
            "quiet": [float(after[t][row, 200:].mean()) for t in steps],
        }
    return found


@run
def decay_defaults() -> dict[str, Any]:
    """The default penalties in the signatures of torch's optimizers."""
    found: dict[str, Any] = {}
    for name, kind in (
        ("adamw", torch.optim.AdamW), ("adam", torch.optim.Adam), ("sgd", torch.optim.SGD)
    ):  # fmt: skip
        found[name] = float(inspect.signature(kind).parameters["weight_decay"].default)
    return found


@run
def normalized_decay() -> dict[str, Any]:
    """SGD on a loss that normalizes its outputs: with L2, and without it at a growing rate.

    n = 256, d = 10, minibatches of 32, rate 0.5, penalty 0.02, 600 steps; the run without
    penalty has rate 0.5 / (1 - 0.01)^(2t + 1). 5 seeds.
    """
    differences: list[float] = []
    curves: dict[str, list[list[float]]] = {}
    for seed in range(5):
        rng = np.random.default_rng(seed)
        X, truth = rng.normal(size=(256, 10)), rng.normal(size=10)
        y = np.tanh(X @ truth) + 0.5 * rng.normal(size=256)
        start = rng.normal(size=10)
        batches = [rng.choice(256, 32, replace=False) for _ in range(600)]
        shrink = 1 - 0.5 * 0.02
        with_l2, growing, plain = start.copy(), start.copy(), start.copy()
        lengths: dict[str, list[float]] = {"l2": [], "plain": []}
        worst = 0.0
        for t, batch in enumerate(batches):
            with_l2 = shrink * with_l2 - 0.5 * normalized_gradient(X[batch], y[batch], with_l2)
            rate = 0.5 / shrink ** (2 * t + 1)
            growing = growing - rate * normalized_gradient(X[batch], y[batch], growing)
            plain = plain - 0.5 * normalized_gradient(X[batch], y[batch], plain)
            directions = [w / np.linalg.norm(w) for w in (with_l2, growing)]
            worst = max(worst, float(np.max(np.abs(directions[0] - directions[1]))))
            lengths["l2"].append(float(np.linalg.norm(with_l2)))
            lengths["plain"].append(float(np.linalg.norm(plain)))
        differences.append(worst)
        for name, values in lengths.items():
            curves.setdefault(name, []).append(values)
    mean = {name: np.mean(values, axis=0) for name, values in curves.items()}
    return {
        "difference": float(max(differences)),
        "steps": list(range(0, 600, 10)),
        "length_l2": mean["l2"][::10].tolist(),
        "length_plain": mean["plain"][::10].tolist(),
        "rate_l2": (0.5 / mean["l2"] ** 2)[::10].tolist(),
        "rate_plain": (0.5 / mean["plain"] ** 2)[::10].tolist(),
        "rate_l2_end": float(0.5 / mean["l2"][-1] ** 2),
        "rate_plain_end": float(0.5 / mean["plain"][-1] ** 2),
        "rate_start": float(0.5 / mean["plain"][0] ** 2),
    }


# --- Dropout and noise --------------------------------------------------------------------------


@run
def dropout_moments() -> dict[str, Any]:
    """Mean of dropped-out ones, and what a batch normalization after dropout sees.

    Means over 100,000 entries, p = 0.5, 20 seeds. Then ReLU, dropout 0.5, linear, batch
    normalization in torch: statistics gathered in training, variance compared in evaluation;
    256 inputs of width 64, 100 training batches, 5 seeds.
    """
    inverted, plain = [], []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        inverted.append(dropout(np.ones(100_000), 0.5, rng).mean())
        plain.append(np.mean(rng.random(100_000) >= 0.5))
    ratios, outputs = [], []
    for seed in range(5):
        torch.manual_seed(seed)
        before = torch.nn.Sequential(
            torch.nn.Linear(64, 64), torch.nn.ReLU(), torch.nn.Dropout(0.5), torch.nn.Linear(64, 32)
        )
        norm = torch.nn.BatchNorm1d(32).double()
        before.double()
        with torch.no_grad():
            for _ in range(100):
                norm(before(torch.randn(256, 64, dtype=torch.float64)))
            before.eval()
            norm.eval()
            inside = before(torch.randn(4096, 64, dtype=torch.float64))
            ratios.append(float((norm.running_var / inside.var(0)).mean()))
            outputs.append(float(norm(inside).var(0).mean()))
    return {
        "inverted": spread(inverted),
        "plain": spread(plain),
        "variance_ratio": spread(ratios),
        "output_variance": spread(outputs),
    }


@run
def noise_becomes_ridge() -> dict[str, Any]:
    """Least squares on K noisy copies of the data, and its distance from the closed form.

    n = 30, d = 5; dropout p = 0.3 against the data-scaled ridge, Gaussian input noise 0.5
    against ridge with penalty n noise^2; relative distance, 10 data sets.
    """
    counts = [1, 10, 100, 1000]
    rows = []
    for copies in counts:
        by_dropout, by_noise = [], []
        for seed in range(10):
            rng = np.random.default_rng(seed)
            X = rng.normal(size=(30, 5))
            y = X.sum(axis=1) + rng.normal(size=30)
            targets, many = np.tile(y, copies), np.tile(X, (copies, 1))
            w = np.linalg.lstsq(dropout(many, 0.3, rng), targets)[0]
            expected = dropout_ridge(X, y, 0.3)
            by_dropout.append(np.linalg.norm(w - expected) / np.linalg.norm(expected))
            w = np.linalg.lstsq(many + 0.5 * rng.normal(size=many.shape), targets)[0]
            expected = np.linalg.solve(X.T @ X + 30 * 0.25 * np.eye(5), X.T @ y)
            by_noise.append(np.linalg.norm(w - expected) / np.linalg.norm(expected))
        rows.append({"copies": copies, "dropout": spread(by_dropout), "noise": spread(by_noise)})
    return {"rows": rows, "dropout_1000": rows[-1]["dropout"], "noise_1000": rows[-1]["noise"]}


@run
def dropout_uncertainty() -> dict[str, Any]:
    """The spread of predictions over dropout masks, and the posterior's, as data grow.

    Linear model, d = 5, weights 1, noise 1, p = 0.2, prediction at (1, ..., 1); the posterior
    has a standard normal prior and the true noise; 20 data sets each.
    """
    rows = []
    for n in (10, 100, 1000, 10_000):
        masked, posterior = [], []
        for seed in range(20):
            rng = np.random.default_rng(seed)
            X = rng.normal(size=(n, 5))
            y = X.sum(axis=1) + rng.normal(size=n)
            w = dropout_ridge(X, y, 0.2)
            draws = dropout(np.ones((2000, 5)), 0.2, rng) @ w
            masked.append(draws.std())
            posterior.append(np.sqrt(np.ones(5) @ np.linalg.inv(X.T @ X + np.eye(5)) @ np.ones(5)))
        rows.append(
            {
                "$n$": n,
                "over dropout masks": spread(masked)["mean"],
                "exact posterior": spread(posterior)["mean"],
            }
        )
    return {
        "rows": rows,
        "masks_10": rows[0]["over dropout masks"],
        "masks_10000": rows[-1]["over dropout masks"],
        "posterior_10": rows[0]["exact posterior"],
        "posterior_10000": rows[-1]["exact posterior"],
    }


@run
def label_forms() -> dict[str, Any]:
    """torch's label smoothing against two parameterizations of the targets, K = 10, 0.1."""
    rng = np.random.default_rng(0)
    logits, labels = rng.normal(size=(64, 10)), rng.integers(0, 10, size=64)
    log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    loss = torch.nn.CrossEntropyLoss(label_smoothing=0.1)
    theirs = float(loss(torch.tensor(logits), torch.tensor(labels)))
    uniform = -float(np.mean(np.sum(smooth_labels(labels, 10, 0.1) * log_p, axis=1)))
    others = np.full((64, 10), 0.1 / 9)
    others[np.arange(64), labels] = 0.9
    spread_out = -float(np.mean(np.sum(others * log_p, axis=1)))
    return {
        "torch": theirs,
        "uniform_difference": abs(theirs - uniform),
        "others_difference": abs(theirs - spread_out),
    }


def calibration_error(confidence: Vector, correct: Vector) -> float:
    """Expected calibration error over 15 equal bins."""
    bins = np.minimum((confidence * 15).astype(int), 14)
    gaps = [
        abs(confidence[bins == b].mean() - correct[bins == b].mean()) * np.mean(bins == b)
        for b in range(15)
        if np.any(bins == b)
    ]
    return float(sum(gaps))


METHODS: list[tuple[str, dict[str, float]]] = [
    ("none", {}),
    ("label smoothing 0.05", {"smooth": 0.05}),
    ("label smoothing 0.1", {"smooth": 0.1}),
    ("label smoothing 0.2", {"smooth": 0.2}),
    ("label smoothing 0.4", {"smooth": 0.4}),
    ("mixup 1", {"mixup": 1.0}),
    ("SAM 0.5", {"sam": 0.5}),
    ("dropout 0.5", {"dropout": 0.5}),
    ("input noise 0.5", {"noise": 0.5}),
    ("weight decay 1", {"decay": 1.0}),
    ("clean", {"clean": 1.0}),
    ("clean, smoothing 0.1", {"clean": 1.0, "smooth": 0.1}),
]


def digits_chances(
    x: Vector, weights: list[Vector], keep: Vector | float = 1.0
) -> tuple[Vector, Vector]:
    """The hidden layer and the probabilities of a network a seed; `keep` is a dropout mask."""
    hidden = np.maximum(x @ weights[0] + weights[1], 0) * keep
    logits = hidden @ weights[2] + weights[3]
    odds = np.exp(logits - logits.max(-1, keepdims=True))
    return hidden, odds / odds.sum(-1, keepdims=True)


def digits_gradient(
    x: Vector, targets: Vector, weights: list[Vector], keep: Vector | float
) -> list[Vector]:
    """The gradient of the mean cross-entropy, for targets that sum to one."""
    hidden, chances = digits_chances(x, weights, keep)
    off = (chances - targets) / x.shape[1]
    back = (off @ weights[2].mT) * (hidden > 0) * keep
    hidden_bias, bias = (part.sum(axis=1, keepdims=True) for part in (back, off))
    return [x.mT @ back, hidden_bias, hidden.mT @ off, bias]


@run
def noisy_digits() -> dict[str, Any]:
    """One overfitted network on noisy digits, under different regularizers, 4 seeds.

    300 training and 1,000 test images of 8x8 digits, 30% of all labels redrawn at random, those
    of the test images too; hidden layer of 50, full-batch AdamW at rate 0.01, 150 steps. All
    seeds train at once. Then the same network trained and judged on the true labels.
    """
    data = load_digits()
    seeds, steps = 4, 150
    X_all, y_all = data.data / 16 - 0.3, data.target
    train, test = [], []
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        labels = np.where(rng.random(len(y_all)) < 0.3, rng.integers(0, 10, len(y_all)), y_all)
        order = rng.permutation(len(y_all))
        first, later = order[:300], order[300:1300]
        train.append((X_all[first], labels[first], y_all[first]))
        test.append((X_all[later], labels[later], y_all[later]))
    X, unseen = (np.array([a for a, _, _ in part]) for part in (train, test))
    rows, found, curves = [], {}, {}
    for name, setting in METHODS:
        generator = torch.Generator().manual_seed(0)
        noise = np.random.default_rng(0)
        which = 2 if "clean" in setting else 1
        truth, true_labels = (np.array([s[k] for s in test]) for k in (which, 2))
        learned = np.array([s[which] for s in train])
        targets = np.array([smooth_labels(s[which], 10, setting.get("smooth", 0.0)) for s in train])
        drop = setting.get("dropout", 0.0)
        keep: Vector | float = 1.0
        sizes = [(64, 50), (1, 50), (50, 10), (1, 10)]
        weights = [
            torch.randn(seeds, *size, generator=generator, dtype=torch.float64).numpy()
            * (0.0 if size[0] == 1 else size[0] ** -0.5)
            for size in sizes
        ]
        means, squares = ([np.zeros_like(w) for w in weights] for _ in range(2))
        track: dict[str, list[float]] = {"loss": [], "accuracy": []}
        for step in range(1, steps + 1):
            inputs, wanted = X, targets
            if "mixup" in setting:
                pairs = [
                    mixup(a, b, setting["mixup"], noise) for a, b in zip(X, targets, strict=True)
                ]
                inputs, wanted = (np.array(part) for part in zip(*pairs, strict=True))
            if "noise" in setting:
                extra = torch.randn(X.shape, generator=generator, dtype=torch.float64)
                inputs = X + setting["noise"] * extra.numpy()
            if drop:
                drawn = torch.rand(seeds, 300, 50, generator=generator, dtype=torch.float64)
                keep = (drawn.numpy() >= drop) / (1 - drop)
            slopes = digits_gradient(inputs, wanted, weights, keep)
            if "sam" in setting:  # climb to the worst neighbor and take the gradient there
                size = np.sqrt(sum(np.sum(g**2, axis=(1, 2), keepdims=True) for g in slopes))
                risen = [
                    w + setting["sam"] * g / size for w, g in zip(weights, slopes, strict=True)
                ]
                slopes = digits_gradient(inputs, wanted, risen, keep)
            for w, g, mean, square in zip(weights, slopes, means, squares, strict=True):  # AdamW
                if w.shape[1] > 1:  # biases are not decayed
                    w *= 1 - 0.01 * setting.get("decay", 0.0)
                mean += 0.1 * (g - mean)
                square += 0.001 * (g**2 - square)
                w -= 0.01 / (1 - 0.9**step) * mean / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
            if name == "none" and step % 5 == 0:
                log_p = np.log(digits_chances(unseen, weights)[1])
                picked = np.take_along_axis(log_p, truth[:, :, None], 2)
                track["loss"].append(float(-picked.mean()))
                track["accuracy"].append(float(np.mean(log_p.argmax(-1) == truth)))
        chances = digits_chances(unseen, weights)[1]
        correct = chances.argmax(-1) == truth
        confidence = chances.max(-1)
        errors = [calibration_error(c, r) for c, r in zip(confidence, correct, strict=True)]
        against_truth = [
            calibration_error(c, r)
            for c, r in zip(confidence, chances.argmax(-1) == true_labels, strict=True)
        ]
        if "clean" not in setting:
            rows.append(
                {
                    "regularizer": name,
                    "accuracy": float(correct.mean()),
                    "mean confidence": float(confidence.mean()),
                    "calibration error": float(np.mean(errors)),
                    "its sd over seeds": float(np.std(errors, ddof=1)),
                }
            )
        found[name.replace(" ", "_").replace(".", "").replace(",", "")] = {
            "accuracy": spread(correct.mean(axis=1)),
            "fitted": float(np.mean(digits_chances(X, weights)[1].argmax(-1) == learned)),
            "confidence": float(confidence.mean()),
            "calibration": spread(errors),
            "calibration_true_labels": spread(against_truth),
        }
        if name == "none":
            least = int(np.argmin(track["loss"]))
            curves = {
                "steps": list(range(5, steps + 1, 5)),
                **track,
                "least_step": 5 * (least + 1),
                "loss_least": track["loss"][least],
                "loss_end": track["loss"][-1],
                "accuracy_least": track["accuracy"][least],
                "accuracy_end": track["accuracy"][-1],
            }
    return {"rows": rows, **found, "curve": curves}


@run
def false_invariance() -> dict[str, Any]:
    """Augment digits with half turns, and with shifts by one pixel, labels kept.

    Logistic regression on 400 training images of 8x8 digits, 600 test images, 5 splits.
    """
    data = load_digits()
    images, labels = data.images / 16, data.target
    found: dict[str, list[float]] = {"none": [], "half_turns": [], "shifts": [], "shifts_moved": []}
    moved_plain = []
    for seed in range(5):
        order = np.random.default_rng(seed).permutation(len(labels))
        train, test = order[:400], order[400:1000]
        base = images[train]
        shifted = [np.roll(base, step, axis=2) for step in (-1, 1)]
        sets = {
            "none": [base],
            "half_turns": [base, base[:, ::-1, ::-1]],
            "shifts": [base, *shifted],
        }
        off = np.roll(images[test], 1, axis=2).reshape(600, -1)
        for name, parts in sets.items():
            X = np.concatenate(parts).reshape(-1, 64)
            model = LogisticRegression(max_iter=300, tol=1e-3)
            model.fit(X, np.tile(labels[train], len(parts)))
            found[name].append(model.score(images[test].reshape(600, -1), labels[test]))
            if name == "shifts":
                found["shifts_moved"].append(model.score(off, labels[test]))
            if name == "none":
                moved_plain.append(model.score(off, labels[test]))
    return {**{n: spread(v) for n, v in found.items()}, "none_moved": spread(moved_plain)}


# --- Implicit regularization --------------------------------------------------------------------


@run
def which_interpolator() -> dict[str, Any]:
    """Four ways to fit 20 examples with 100 weights exactly, and how the fits generalize.

    Standard normal features, true weights of norm 1 along 10 features, no noise, 10 data sets;
    relative to the least norm, and mean squared test error (a model that says 0 has 1).
    """
    norms: dict[str, list[float]] = {}
    errors: dict[str, list[float]] = {}
    residuals = []
    for seed in range(10):
        rng = np.random.default_rng(seed)
        X, truth = rng.normal(size=(20, 100)), np.zeros(100)
        truth[:10] = 1 / np.sqrt(10)
        y = X @ truth
        least = np.linalg.pinv(X) @ y
        found = {
            "gradient descent from 0": descend(X, y, steps=600),
            "gradient descent from random": descend(X, y, rng.normal(size=100) / 5, steps=600),
        }
        w, mean, square = np.zeros(100), np.zeros(100), np.zeros(100)
        for step in range(1, 1001):
            gradient = X.T @ (X @ w - y)
            mean, square = 0.9 * mean + 0.1 * gradient, 0.999 * square + 0.001 * gradient**2
            size = np.sqrt(square / (1 - 0.999**step)) + 1e-8
            w = w - 0.001 * mean / (1 - 0.9**step) / size
        found["Adam from 0"] = w
        columns = rng.permutation(100)[:20]
        basic = np.zeros(100)
        basic[columns] = np.linalg.solve(X[:, columns], y)
        found["20 random columns alone"] = basic
        for name, v in found.items():
            residuals.append(np.max(np.abs(X @ v - y)))
            norms.setdefault(name, []).append(float(np.linalg.norm(v) / np.linalg.norm(least)))
            errors.setdefault(name, []).append(float(np.sum((v - truth) ** 2)))
    return {
        "rows": [
            {
                "fit": name,
                "norm, relative to the least (median)": float(np.median(norms[name])),
                "test error (median)": float(np.median(errors[name])),
            }
            for name in norms
        ],
        "largest_residual": float(max(residuals)),
        "adam_norm": float(np.median(norms["Adam from 0"])),
        "zero_norm_off": float(np.max(np.abs(np.array(norms["gradient descent from 0"]) - 1))),
    }


@run
def margin_turn() -> dict[str, Any]:
    """The angle between descent on the logistic loss and the hard-margin direction.

    Two separable clouds of 10 points in the plane, plain steps and steps on the log of the loss,
    6 data sets at once, the first held against the page's function after 300 steps; mean angle
    in degrees.
    """
    from scipy.optimize import minimize

    checkpoints = [10, 30, 100, 300, 1000, 3000, 10_000]
    labels, clouds, directions = np.repeat([1.0, -1.0], 10), [], []
    for seed in range(6):
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(20, 2)) * [2.0, 0.7] + labels[:, None] * [0.5, 2.5]
        margins = {"type": "ineq", "fun": lambda w, X=X: labels * (X @ w) - 1}
        svm = minimize(lambda w: w @ w, np.array([0.0, 1.0]), constraints=margins, tol=1e-12).x
        clouds.append(X)
        directions.append(svm / np.linalg.norm(svm))
    signed = np.array(clouds) * labels[:, None]  # (data sets, examples, features)
    rate = 4 / np.mean(np.sum(signed**2, axis=2), axis=1)[:, None]
    angles: dict[str, list[Vector]] = {"plain": [], "normalized": []}
    for name, found in angles.items():
        w = np.zeros((6, 2))
        for step in range(1, checkpoints[-1] + 1):
            m = np.einsum("sij,sj->si", signed, w)
            if name == "normalized":
                share = np.exp(m.min(axis=1, keepdims=True) - m)
                pull = share / share.sum(axis=1, keepdims=True)
            else:
                pull = 1 / (1 + np.exp(m)) / 20
            w = w + rate * np.einsum("si,sij->sj", pull, signed)
            if step in checkpoints:
                unit = w / np.linalg.norm(w, axis=1, keepdims=True)
                cosine = np.clip(np.sum(unit * directions, axis=1), -1, 1)
                found.append(np.degrees(np.arccos(cosine)))
            if step == 300:
                alone = margin_descent(clouds[0], labels, 300, normalized=name == "normalized")
                np.testing.assert_allclose(unit[0], alone, atol=1e-10)
    middle = {name: np.mean(values, axis=1).tolist() for name, values in angles.items()}
    return {
        "steps": checkpoints,
        **middle,
        "plain_1000": middle["plain"][4],
        "plain_10000": middle["plain"][-1],
        "normalized_1000": middle["normalized"][4],
    }


# --- Conventions --------------------------------------------------------------------------------


def agreement(difference: float) -> str:
    """The largest of a few powers of ten that bounds a difference."""
    for power in (10, 8, 6, 4, 3, 2):
        if difference < 10.0**-power:
            return rf"$10^{{-{power}}}$"
    return "does not agree"


@run
def conventions() -> dict[str, Any]:
    """Fit one penalty under many names and compare with the closed form or the own solver.

    n = 80, d = 4, standard normal, no intercept; lambda = 8 on summed half squared error (or
    summed log-loss) plus lambda |w|^2 / 2 or lambda |w|_1; largest difference of a weight.
    """
    rng = np.random.default_rng(0)
    n, lam = 80, 8.0
    X = rng.normal(size=(n, 4))
    y = X @ [1.0, -2.0, 0.5, 0.0] + rng.normal(size=n)
    labels = (y > 0).astype(int)
    l2 = np.linalg.solve(X.T @ X + lam * np.eye(4), X.T @ y)
    l1 = lasso(X, y, lam)
    both = elastic_net(X, y, lam, lam)

    logistic = np.zeros(4)  # Newton's method on the summed log-loss plus lam |w|^2 / 2
    for _ in range(30):
        p = 1 / (1 + np.exp(-X @ logistic))
        hessian = (X * (p * (1 - p))[:, None]).T @ X + lam * np.eye(4)
        logistic -= np.linalg.solve(hessian, X.T @ (p - labels) + lam * logistic)

    def by_torch(mean: bool, decay: float) -> Vector:
        w = torch.zeros(4, dtype=torch.float64, requires_grad=True)
        optimizer = torch.optim.SGD([w], lr=0.2 if mean else 0.005, weight_decay=decay)
        A, b = torch.tensor(X), torch.tensor(y)
        for _ in range(400):
            optimizer.zero_grad()
            residual = A @ w - b
            loss = (residual**2).mean() if mean else (residual**2).sum() / 2
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
            optimizer.step()
        return w.detach().numpy().copy()

    sgd = SGDRegressor(
        alpha=lam / n, fit_intercept=False, max_iter=3000, tol=None, learning_rate="invscaling",
        eta0=0.05, power_t=0.6, random_state=0,
    )  # fmt: skip
    free = {"fit_intercept": False, "tol": 1e-12}
    network = MLPRegressor(
        hidden_layer_sizes=(), alpha=lam, solver="lbfgs", max_iter=2000, tol=1e-9, random_state=0
    )
    centered, target = X - X.mean(axis=0), y - y.mean()
    free_intercept = np.linalg.solve(centered.T @ centered + lam * np.eye(4), centered.T @ target)
    cases: list[tuple[str, str, str, Any, Any]] = [
        (
            "`Ridge`, `alpha`", r"$\lVert y-Xw\rVert^2+\alpha\lVert w\rVert^2$", r"$\lambda$",
            Ridge(alpha=lam, **free).fit(X, y).coef_, l2,
        ),
        (
            "`Lasso`, `alpha`", r"$\tfrac1{2n}\lVert y-Xw\rVert^2+\alpha\lVert w\rVert_1$",
            r"$\lambda/n$", Lasso(alpha=lam / n, **free).fit(X, y).coef_, l1,
        ),
        (
            "`ElasticNet`, `alpha`, `l1_ratio=r`",
            r"$\tfrac1{2n}\lVert y-Xw\rVert^2+\alpha r\lVert w\rVert_1$ "
            r"$+\,\tfrac{\alpha(1-r)}2\lVert w\rVert^2$",
            r"$\alpha=(\lambda_1+\lambda_2)/n$, $r=\lambda_1/(\lambda_1+\lambda_2)$",
            ElasticNet(alpha=2 * lam / n, l1_ratio=0.5, **free).fit(X, y).coef_, both,
        ),
        (
            "`LogisticRegression`, `C`", r"$C\sum_i\ell_i+\tfrac12\lVert w\rVert^2$",
            r"$1/\lambda$",
            LogisticRegression(C=1 / lam, fit_intercept=False, tol=1e-10).fit(X, labels).coef_[0],
            logistic,
        ),
        (
            "`SGDRegressor`, `alpha`",
            r"$\tfrac1{2n}\lVert y-Xw\rVert^2+\tfrac\alpha2\lVert w\rVert^2$",
            r"$\lambda/n$", sgd.fit(X, y).coef_, l2,
        ),
        (
            "`MLPRegressor`, `alpha`",
            r"$\tfrac1{2n}\lVert y-\hat y\rVert^2+\tfrac{\alpha}{2n}\lVert w\rVert^2$",
            r"$\lambda$", network.fit(X, y).coefs_[0][:, 0], free_intercept,
        ),
        (
            "torch `SGD`, `weight_decay`, summed half squares",
            r"$\tfrac12\lVert y-Xw\rVert^2+\tfrac{\text{wd}}2\lVert w\rVert^2$", r"$\lambda$",
            by_torch(False, lam), l2,
        ),
        (
            "torch `SGD`, `weight_decay`, `MSELoss`",
            r"$\tfrac1n\lVert y-Xw\rVert^2+\tfrac{\text{wd}}2\lVert w\rVert^2$", r"$2\lambda/n$",
            by_torch(True, 2 * lam / n), l2,
        ),
    ]  # fmt: skip
    rows = [
        {
            "name": name,
            "minimizes": objective,
            r"for our $\lambda$ set": setting,
            "largest difference below": agreement(float(np.max(np.abs(theirs - ours)))),
        }
        for name, objective, setting, theirs, ours in cases
    ]
    naive = [Ridge(alpha=lam / n, **free).fit(X, y).coef_, l2]
    shifted = X + 3.0
    svc = {"C": 0.05, "loss": "squared_hinge", "tol": 1e-8, "max_iter": 100_000}
    scaled = [
        float(LinearSVC(intercept_scaling=s, **svc).fit(shifted, labels).intercept_[0])
        for s in (1.0, 30.0)
    ]
    as_lasso = ElasticNet(alpha=lam / n, l1_ratio=1.0, **free).fit(X, y).coef_
    plain_lasso = Lasso(alpha=lam / n, **free).fit(X, y).coef_
    return {
        "rows": rows,
        "wrong_by": float(np.max(np.abs(naive[0] - naive[1]))),
        "net_is_lasso": float(np.max(np.abs(as_lasso - plain_lasso))),
        "intercept_1": scaled[0],
        "intercept_30": scaled[1],
    }
