"""Experiments on losses: where each one's optimum lies, and what its gradient does."""

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar
from scipy.special import expit, logit
from sklearn.datasets import load_digits
from sklearn.linear_model import LinearRegression, QuantileRegressor
from sklearn.metrics import roc_auc_score

from snippets.forms import run
from snippets.loss_functions.focal import focal
from snippets.loss_functions.huber_location import huber_location

Array = NDArray[np.float64]


def spread(values: Any) -> dict[str, float]:
    """Return the mean of repeated results and their standard deviation, by n - 1."""
    return {"mean": float(np.mean(values)), "sd": float(np.std(values, ddof=1))}


@run
def sigmoid_stall() -> dict[str, Any]:
    """Start one logit on the wrong side of a positive label and descend, rate 1, until p = 0.9.

    Squared error is (p - y)^2, cross-entropy -log p; both are differentiated in the logit.
    """
    rows = []
    for start in (-2.0, -4.0, -6.0, -8.0):
        row: dict[str, Any] = {"starting logit": f"${start:.0f}$"}
        for name in ("cross-entropy", "squared error"):
            z, steps = start, 0
            while expit(z) < 0.9:
                p = float(expit(z))
                z -= p - 1 if name == "cross-entropy" else 2 * (p - 1) * p * (1 - p)
                steps += 1
            row[f"steps, {name}"] = steps
        rows.append(row)
    p = float(expit(-10))
    return {
        "rows": rows,
        "farthest": {
            "entropy": rows[-1]["steps, cross-entropy"],
            "squared": rows[-1]["steps, squared error"],
        },
        "gradient": {"squared": 2 * (p - 1) * p * (1 - p), "entropy": p - 1},
    }


@run
def square_or_entropy() -> dict[str, Any]:
    """Train one net on the digits with cross-entropy and with squared error on one-hot labels.

    32 ReLU units, Adam at 0.01, 150 full-batch steps, 800 training rows, 6 seeds. The squared
    error is taken on raw outputs, without a softmax.
    """
    torch.set_num_threads(1)
    X, y = load_digits(return_X_y=True)
    X = X / 16
    scores: dict[str, list[float]] = {"entropy": [], "squared": []}
    for seed in range(6):
        order = np.random.default_rng(seed).permutation(len(y))
        train, test = order[:800], order[800:]
        inputs = torch.tensor(X[train], dtype=torch.float32)
        labels = torch.tensor(y[train])
        one_hot = torch.nn.functional.one_hot(labels).float()
        for name, found in scores.items():
            with torch.random.fork_rng():
                torch.manual_seed(seed)
                net = torch.nn.Sequential(
                    torch.nn.Linear(64, 32), torch.nn.ReLU(), torch.nn.Linear(32, 10)
                )
            optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
            for _ in range(150):
                out = net(inputs)
                if name == "entropy":
                    loss = torch.nn.functional.cross_entropy(out, labels)
                else:
                    loss = torch.nn.functional.mse_loss(out, one_hot)
                optimizer.zero_grad()
                loss.backward()  # type: ignore[no-untyped-call]
                optimizer.step()
            with torch.no_grad():
                guess = net(torch.tensor(X[test], dtype=torch.float32)).argmax(dim=1).numpy()
            found.append(float(np.mean(guess == y[test])))
    gap = np.subtract(scores["entropy"], scores["squared"])
    return {**{name: spread(found) for name, found in scores.items()}, "gap": spread(gap)}


def _focal_optimum(p: float, gamma: float) -> float:
    def risk(q: float) -> float:
        losses, _ = focal([logit(q), logit(q)], [1, 0], gamma)
        return float(p * losses[0] + (1 - p) * losses[1])

    found = minimize_scalar(risk, bounds=(1e-6, 1 - 1e-6), method="bounded",
                            options={"xatol": 1e-10})  # fmt: skip
    return float(found.x)


@run
def focal_optima() -> dict[str, Any]:
    """Find the forecast with the least expected focal loss when the true chance is known."""
    chances = [0.001, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9]
    rows = [
        {"true chance": f"{p:g}"}
        | {f"$\\gamma={gamma}$": _focal_optimum(p, gamma) for gamma in (0, 1, 2, 5)}
        for p in chances
    ]
    grid = np.linspace(0.01, 0.99, 99)
    curves = {str(g): [_focal_optimum(float(p), g) for p in grid] for g in (1, 2, 5)}
    small = _focal_optimum(0.01, 2)
    return {"rows": rows, "one_percent": small, "grid": grid.tolist(), "curves": curves}


def _fit(X: Array, y: Array, weight: float, gamma: float) -> Array:
    """Return logistic weights under a weighted or focal loss."""
    importance = np.where(y == 1, weight, 1.0)
    importance /= importance.mean()

    def objective(w: Array) -> tuple[float, Array]:
        losses, slopes = focal(X @ w, y, gamma)
        return float(importance @ losses) / len(y), X.T @ (importance * slopes) / len(y)

    return np.asarray(minimize(objective, np.zeros(X.shape[1]), jac=True, method="L-BFGS-B").x)


@run
def rare_fraud() -> dict[str, Any]:
    """Fit logistic models to payments of which 0.1% are frauds, under three losses.

    Four Gaussian features, two shifted by 2 for frauds; 60,000 rows to train, 200,000 to test,
    8 seeds. A missed fraud costs 100, a false alarm 1, so the cut is 1/101 for true chances.
    """
    losses = {"plain": (1.0, 0.0), "weighted 999:1": (999.0, 0.0), "focal, γ = 2": (1.0, 2.0)}
    results: dict[str, dict[str, list[float]]] = {
        name: {"AUC": [], "mean forecast": [], "cost at 0.5": [], "cost at 1/101": [],
               "cost at repaired cut": []} for name in losses
    }  # fmt: skip
    for seed in range(8):
        rng = np.random.default_rng(seed)
        parts = []
        for n in (60_000, 200_000):
            y = (rng.random(n) < 0.001).astype(float)
            X = rng.normal(size=(n, 4))
            X[:, :2] += 2 * y[:, None]
            parts.append((np.column_stack([np.ones(n), X]), y))
        (X, y), (X_test, y_test) = parts
        for name, (weight, gamma) in losses.items():
            scores = X_test @ _fit(X, y, weight, gamma)
            p = expit(scores)

            def cost(flag: NDArray[np.bool_], y_test: Array = y_test) -> float:
                per_row = np.where(flag, y_test == 0, 100 * y_test)
                return float(np.mean(per_row) * 1000)

            # The focal optimum q for a true chance of 1/101, and the weight on the odds.
            cut = _focal_optimum(1 / 101, gamma) if gamma else weight / (weight + 100)
            found = results[name]
            found["AUC"].append(float(roc_auc_score(y_test, scores)))
            found["mean forecast"].append(float(p.mean()))
            found["cost at 0.5"].append(cost(p >= 0.5))
            found["cost at 1/101"].append(cost(p >= 1 / 101))
            found["cost at repaired cut"].append(cost(p >= cut))
    costs = {"cost at 0.5": "cut at 0.5", "cost at 1/101": "at 1/101",
             "cost at repaired cut": "matched cut"}  # fmt: skip
    rows = [
        {"loss": name} | {head: float(np.mean(found[key])) for key, head in costs.items()}
        for name, found in results.items()
    ]
    spreads = {
        short: {
            column.replace(" ", "_").replace("0.5", "half").replace("1/101", "cost_cut"): spread(v)
            for column, v in found.items()
        }
        for short, found in zip(("plain", "weighted", "focal"), results.values(), strict=True)
    }
    return {"rows": rows, "spread": spreads}


@run
def centers() -> dict[str, Any]:
    """Estimate a center at 0 from 50 points by mean, median and Huber at 1.345, 4,000 times.

    The noise is standard normal, or normal with each point's scale tenfold with chance 5%.
    """
    rng = np.random.default_rng(0)
    clean = rng.normal(size=(4000, 50))
    dirty = rng.normal(size=(4000, 50)) * np.where(rng.random((4000, 50)) < 0.05, 10, 1)
    rows: list[dict[str, Any]] = []
    for name, samples in (("normal", clean), ("5% of points ten times wider", dirty)):
        estimates = {
            "mean": samples.mean(axis=1),
            "median": np.median(samples, axis=1),
            "Huber": np.array([huber_location(one, 1.345) for one in samples]),
        }
        rows.append(
            {"noise": name}
            | {key: float(np.mean(values**2) * 50) for key, values in estimates.items()}
        )
    return {"rows": rows, "samples": len(clean)}


@run
def late_costs_four() -> dict[str, Any]:
    """Forecast delivery times when a minute late costs 4 and a minute early 1.

    Time is 20 minutes plus 3 a kilometer, noise gamma-distributed and growing with distance;
    400 rows to train, 20,000 to test, 8 seeds. Least squares, the same raised by the 0.8 quantile
    of its training residuals, and the linear 0.8 quantile. Near is below 4 km, far above 7.
    """
    results: dict[str, dict[str, list[float]]] = {}
    for seed in range(8):
        rng = np.random.default_rng(seed)
        parts = []
        for n in (400, 20_000):
            distance = rng.uniform(1, 10, size=n)
            time = 20 + 3 * distance + distance * rng.gamma(1.5, 1.0, size=n)
            parts.append((distance[:, None], time))
        (X, y), (X_test, y_test) = parts
        line = LinearRegression().fit(X, y)
        forecasts = {
            "least_squares": line.predict(X_test),
            "raised": line.predict(X_test) + np.quantile(y - line.predict(X), 0.8),
            "pinball": QuantileRegressor(quantile=0.8, alpha=0.0).fit(X, y).predict(X_test),
        }
        near, far = X_test[:, 0] < 4, X_test[:, 0] > 7
        for name, forecast in forecasts.items():
            late = y_test - forecast
            found = results.setdefault(
                name, {"cost": [], "late": [], "rmse": [], "near": [], "far": []}
            )
            found["near"].append(float(np.mean(late[near] > 0)))
            found["far"].append(float(np.mean(late[far] > 0)))
            found["cost"].append(float(np.mean(np.where(late > 0, 4 * late, -late))))
            found["late"].append(float(np.mean(late > 0)))
            found["rmse"].append(float(np.sqrt(np.mean(late**2))))
    return {name: {key: spread(v) for key, v in found.items()} for name, found in results.items()}
