"""Experiments on priors, posteriors, evidence and coverage."""

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from snippets.forms import run
from snippets.probabilistic_ml.bayesian_linear import bayesian_linear
from snippets.probabilistic_ml.log_evidence import log_evidence
from snippets.probabilistic_ml.metropolis import metropolis
from snippets.probabilistic_ml.r_hat import r_hat
from snippets.probabilistic_ml.split_conformal import split_conformal

Array = NDArray[np.float64]


def spread(values: Any) -> dict[str, float]:
    """Return the mean of repeated results and their standard deviation."""
    return {"mean": float(np.mean(values)), "sd": float(np.std(values, ddof=1))}


def legendre(x: Array, degree: int) -> Array:
    """Return Legendre polynomials of x up to a degree, one a column."""
    return np.asarray(np.polynomial.legendre.legvander(x, degree))


@run
def three_fits() -> dict[str, Any]:
    """Fit 15 points of sin(3x) + noise (sd 0.3) with degree 10 by MLE, MAP and full Bayes.

    Prior variance 1 for each Legendre weight, noise variance known; 1,000 draws. Test mean squared
    error, median and quartiles over draws (the error of MLE has no useful mean), and the negative
    log-likelihood of new labels under each prediction, median.
    """
    errors: dict[str, list[float]] = {"mle": [], "map": []}
    losses: dict[str, list[float]] = {"mle": [], "map": [], "bayes": []}
    for seed in range(1_000):
        rng = np.random.default_rng(seed)
        x, new = rng.uniform(-1, 1, 15), rng.uniform(-1, 1, 500)
        y = np.sin(3 * x) + 0.3 * rng.normal(size=15)
        truth = np.sin(3 * new) + 0.3 * rng.normal(size=500)
        X, N = legendre(x, 10), legendre(new, 10)
        mean, covariance = bayesian_linear(X, y, 0.09, 1.0)
        extra = np.einsum("ij,jk,ik->i", N, covariance, N)
        for name, w, variance in (
            ("mle", np.linalg.lstsq(X, y)[0], np.full(500, 0.09)),
            ("map", mean, np.full(500, 0.09)),
            ("bayes", mean, 0.09 + extra),
        ):
            squared = (truth - N @ w) ** 2
            loss = np.mean(np.log(2 * np.pi * variance) + squared / variance) / 2
            losses[name].append(float(loss))
            if name in errors:
                errors[name].append(float(squared.mean()))
    return {
        "error": {name: float(np.median(v)) for name, v in errors.items()},
        "quartiles": {name: np.quantile(v, [0.25, 0.75]).tolist() for name, v in errors.items()},
        "loss": {name: float(np.median(v)) for name, v in losses.items()},
    }


@run
def evidence_by_degree() -> dict[str, Any]:
    """Score polynomial degrees 0 to 12 on 30 points of a cubic (noise sd 0.3), 40 draws.

    Log evidence (weights of prior variance 1), log-likelihood of the training labels at the
    maximum, and of 500 new labels under the predictive distribution, each per label.
    """
    degrees = range(13)
    names = ("evidence", "training", "new")
    table = {name: np.zeros((40, 13)) for name in names}
    for seed in range(40):
        rng = np.random.default_rng(seed)
        x, z = rng.uniform(-1, 1, 30), rng.uniform(-1, 1, 500)
        w = np.array([0.3, -0.8, 0.6, 1.2])
        y, t = (legendre(a, 3) @ w + 0.3 * rng.normal(size=a.size) for a in (x, z))
        for degree in degrees:
            X, Z = legendre(x, degree), legendre(z, degree)
            mean, covariance = bayesian_linear(X, y, 0.09, 1.0)
            best = np.linalg.lstsq(X, y)[0]
            variance = 0.09 + np.einsum("ij,jk,ik->i", Z, covariance, Z)
            constant = np.log(2 * np.pi * 0.09)
            table["evidence"][seed, degree] = log_evidence(X, y, 0.09, 1.0) / 30
            table["training"][seed, degree] = -(constant + np.mean((y - X @ best) ** 2) / 0.09) / 2
            table["new"][seed, degree] = (
                -np.mean(np.log(2 * np.pi * variance) + (t - Z @ mean) ** 2 / variance) / 2
            )
    picks = table["evidence"].argmax(axis=1)
    return {
        **{name: table[name].mean(axis=0).tolist() for name in names},
        "best_new": int(table["new"].mean(axis=0).argmax()),
        "best_training": int(table["training"].mean(axis=0).argmax()),
        "cubic": float(np.mean(picks == 3)),
    }


@run
def laplace_prior() -> dict[str, Any]:
    """One observation y = 0.3 with unit noise and a Laplace prior of rate 1: mode, mean, draws.

    Numerical integration on a grid; 10,000 draws by inverse distribution on the same grid.
    """
    w = np.linspace(-12, 12, 240_001)
    density = np.exp(-((0.3 - w) ** 2) / 2 - np.abs(w))
    density /= density.sum()
    rng = np.random.default_rng(0)
    draws = np.interp(rng.random(10_000), np.cumsum(density), w)
    return {
        "mode": float(w[density.argmax()]),
        "mean": float(density @ w),
        "zeros": int(np.sum(draws == 0.0)),
    }


@run
def generative_or_discriminative() -> dict[str, Any]:
    """Train naive Bayes and logistic regression on n rows of the breast cancer data, 40 draws each.

    Logistic regression on standardized columns, nearly without a penalty (C = 1e4) and with one
    (C = 1). Test accuracy on the other rows, mean over draws; the first seven columns only, so that
    the fit without a penalty exists for small n.
    """
    X, y = load_breast_cancer(return_X_y=True)
    X = X[:, :7]
    rows = []
    for n in (10, 20, 40, 80, 160, 320):
        scores: dict[str, list[float]] = {"bayes": [], "logistic": [], "ridge": []}
        for seed in range(40):
            rng = np.random.default_rng(1_000 * n + seed)
            order = rng.permutation(len(X))
            while min(np.bincount(y[order[:n]], minlength=2)) < 2:
                order = rng.permutation(len(X))
            train, test = order[:n], order[n:]
            models = {
                "bayes": GaussianNB(),
                "logistic": make_pipeline(
                    StandardScaler(), LogisticRegression(C=1e4, max_iter=300)
                ),
                "ridge": make_pipeline(StandardScaler(), LogisticRegression()),
            }
            for name, model in models.items():
                scores[name].append(model.fit(X[train], y[train]).score(X[test], y[test]))
        row: dict[str, Any] = {"n": n}
        for name, values in scores.items():
            row[name] = float(np.mean(values))
        differences = np.subtract(scores["bayes"], scores["logistic"])
        row["difference"] = float(differences.mean())
        row["se"] = float(differences.std(ddof=1) / np.sqrt(40))
        rows.append(row)
    return {"rows": rows}


def dropout_net(x: Array, y: Array, seed: int, steps: int = 300) -> Any:
    """Train 1-100-1 with dropout 0.2 by Adam on batches of up to 200 rows; return the network."""
    torch.manual_seed(seed)
    net = torch.nn.Sequential(
        torch.nn.Linear(1, 100), torch.nn.ReLU(), torch.nn.Dropout(0.2), torch.nn.Linear(100, 1)
    )
    optimizer = torch.optim.Adam(net.parameters(), lr=0.02, weight_decay=1e-4)
    a, b = (torch.tensor(v[:, None], dtype=torch.float32) for v in (x, y))
    for _ in range(steps):
        rows = torch.randperm(len(a))[:200]
        optimizer.zero_grad()
        loss: Any = torch.nn.functional.mse_loss(net(a[rows]), b[rows])
        loss.backward()
        optimizer.step()
    return net


def passes(net: Any, x: Array, count: int = 60) -> Array:
    """Return predictions of many stochastic passes, one pass a row."""
    net.train()
    a = torch.tensor(x[:, None], dtype=torch.float32)
    with torch.no_grad():
        return np.array([net(a).numpy()[:, 0] for _ in range(count)], dtype=float)


def wave(rng: np.random.Generator, n: int) -> tuple[Array, Array]:
    """Return inputs and labels of sin(3x) with noise that grows along x."""
    x = rng.uniform(-1, 1, n)
    return x, np.sin(3 * x) + (0.1 + 0.3 * (x > 0)) * rng.normal(size=n)


@run
def interval_coverage() -> dict[str, Any]:
    """Cover new labels by 90% intervals of a dropout net on 200 rows, 6 seeds, 1,000 test rows.

    Mean -+ 1.645 sd of the passes; the same with the variance of the training residuals added; and
    split conformal from 200 further rows. Noise sd 0.1 left of zero and 0.4 right of it.
    """
    names = ("passes", "noise", "conformal")
    covered: dict[str, list[float]] = {name: [] for name in names}
    halves: dict[str, list[float]] = {"left": [], "right": []}
    for seed in range(6):
        rng = np.random.default_rng(seed)
        (x, y), (cx, cy), (tx, ty) = (wave(rng, n) for n in (200, 200, 1_000))
        net = dropout_net(x, y, seed)
        draws, fitted, calibration = passes(net, tx), passes(net, x), passes(net, cx)
        center, epistemic = draws.mean(axis=0), draws.var(axis=0)
        residual = np.mean((y - fitted.mean(axis=0)) ** 2)
        bound = split_conformal(np.abs(cy - calibration.mean(axis=0)), 0.1)
        missed = np.abs(ty - center)
        inside = {
            "passes": missed <= 1.645 * np.sqrt(epistemic),
            "noise": missed <= 1.645 * np.sqrt(epistemic + residual),
            "conformal": missed <= bound,
        }
        for name in names:
            covered[name].append(float(inside[name].mean()))
        halves["left"].append(float(inside["conformal"][tx < 0].mean()))
        halves["right"].append(float(inside["conformal"][tx > 0].mean()))
    return {name: spread(v) for name, v in {**covered, **halves}.items()}


@run
def spread_by_data() -> dict[str, Any]:
    """Measure the sd of predictions at x = 0.5 with 50, 500 and 5,000 rows, 3 seeds.

    MC dropout (300 steps, rate 0.2), against exact Bayesian regression on Legendre degree 5 with an
    assumed noise variance of 0.1.
    """
    rows = []
    for n in (50, 500, 5_000):
        dropout, exact = [], []
        for seed in range(3):
            rng = np.random.default_rng(seed)
            x, y = wave(rng, n)
            dropout.append(passes(dropout_net(x, y, seed), np.array([0.5]), 400).std())
            _, covariance = bayesian_linear(legendre(x, 5), y, 0.1, 1.0)
            at = legendre(np.array([0.5]), 5)[0]
            exact.append(np.sqrt(at @ covariance @ at))
        rows.append({"n": n, "dropout": float(np.mean(dropout)), "exact": float(np.mean(exact))})
    return {"rows": rows, "ratio": {k: rows[0][k] / rows[2][k] for k in ("dropout", "exact")}}


@run
def gradient_variance() -> dict[str, Any]:
    """Estimate the gradient of E|z|^2, z ~ N(m, I), in one coordinate of m = (1, ..., 1).

    The variance over 100,000 draws of one-sample estimates: score function, score function with
    the best constant baseline, reparametrized; in 1 to 100 dimensions. The gradient is 2.
    """
    rows = []
    for d in (1, 2, 5, 10, 30, 100):
        rng = np.random.default_rng(d)
        first = rng.normal(size=100_000)
        rest = rng.noncentral_chisquare(d - 1, d - 1, 100_000) if d > 1 else np.zeros(100_000)
        height = (1 + first) ** 2 + rest
        baseline = np.mean(height * first**2)  # the square of the score has mean 1
        row: dict[str, Any] = {"d": d}
        estimates = {
            "score": height * first,
            "baseline": (height - baseline) * first,
            "pathwise": 2 * (1 + first),
        }
        for name, values in estimates.items():
            row[name] = float(values.var())
            row[name + "_mean"] = float(values.mean())
        rows.append(row)
    return {"rows": rows}


@run
def chain_widths() -> dict[str, Any]:
    """Run four Metropolis chains of 1,500 steps from -6 to 6 on a standard normal, per step width.

    The share accepted, R-hat, and the effective sample size of the mean: the squared standard
    deviation over the squared error of the chain means, in 20 repetitions of one chain from 0;
    that leaves it uncertain by about a third.
    """
    rows = []
    for width in (0.05, 0.5, 2.4, 20.0):
        chains = [
            metropolis(lambda z: float(-z @ z / 2), [place], 1_500, width, seed)
            for seed, place in enumerate((-6.0, -2.0, 2.0, 6.0))
        ]
        means = [
            float(metropolis(lambda z: float(-z @ z / 2), [0.0], 1_500, width, seed)[0].mean())
            for seed in range(100, 120)
        ]
        rows.append(
            {
                "width": width,
                "accepted": float(np.mean([rate for _, rate in chains])),
                "R-hat": r_hat([chain[:, 0] for chain, _ in chains]),
                "effective": round(1 / float(np.mean(np.square(means)))),
            }
        )
    return {"rows": rows}


@run
def posterior_lines() -> dict[str, Any]:
    """Draw lines from the posterior of a linear fit to 3 and to 60 points, noise sd 0.5.

    Bands: one standard deviation of the line, and of a new label.
    """
    grid = np.linspace(-2, 2, 41)
    found: dict[str, Any] = {"grid": grid.tolist()}
    rng = np.random.default_rng(7)
    x = rng.uniform(-1, 1, 60)
    y = 0.4 + 0.9 * x + 0.5 * rng.normal(size=60)
    G = np.column_stack([np.ones(41), grid])
    for n in (3, 60):
        X = np.column_stack([np.ones(n), x[:n]])
        mean, covariance = bayesian_linear(X, y[:n], 0.25, 1.0)
        draws = rng.multivariate_normal(mean, covariance, size=12)
        found[str(n)] = {
            "x": x[:n].tolist(),
            "y": y[:n].tolist(),
            "mean": (G @ mean).tolist(),
            "line": np.sqrt(np.einsum("ij,jk,ik->i", G, covariance, G)).tolist(),
            "draws": (draws @ G.T).tolist(),
        }
    found["middle"] = {n: float(found[n]["line"][20]) for n in ("3", "60")}
    found["edge"] = {n: float(found[n]["line"][40]) for n in ("3", "60")}
    return found
