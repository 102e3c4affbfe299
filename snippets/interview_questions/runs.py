"""Experiments behind the rapid-fire answers."""

from typing import Any

import numpy as np
from scipy.special import softmax
from scipy.stats import binom, binomtest

from snippets.forms import run
from snippets.interview_questions.stability_index import stability_index


@run
def root_dk() -> dict[str, Any]:
    """Draw 2,000 random queries (unit variance) against 16 keys, in 4 to 1,024 dimensions.

    The largest softmax weight and the largest entry of the softmax Jacobian, on average, for raw
    inner products and for those divided by the root of the dimension.
    """
    rows = []
    for d in (4, 16, 64, 256, 1_024):
        rng = np.random.default_rng(d)
        q, k = rng.normal(size=(2_000, d)), rng.normal(size=(16, d))
        raw = q @ k.T
        row: dict[str, Any] = {"d": d, "sd": float(raw.std())}
        for name, scores in (("raw", raw), ("scaled", raw / np.sqrt(d))):
            p = softmax(scores, axis=1)
            row[name] = float(p.max(axis=1).mean())
            row[name + "_gradient"] = float((p * (1 - p)).max(axis=1).mean())
        rows.append(row)
    return {"rows": rows}


@run
def index_without_shift() -> dict[str, Any]:
    """Compute the PSI of two samples of one distribution, ten equal bins, 2,000 repetitions.

    Mean, and the share above 0.1 and above 0.25, for equal samples of 50 to 10,000.
    """
    rows = []
    for n in (50, 100, 200, 1_000, 10_000):
        rng = np.random.default_rng(n)
        counts = rng.multinomial(n, np.full(10, 0.1), size=(2_000, 2))
        values = np.array([stability_index(a, b) for a, b in counts])
        rows.append(
            {
                "n": n,
                "mean": float(values.mean()),
                "above 0.1": float(np.mean(values > 0.1)),
                "above 0.25": float(np.mean(values > 0.25)),
            }
        )
    alarms = {f"n{row['n']}": row["above 0.25"] for row in rows}
    return {"rows": rows, "alarms": alarms}


@run
def mock_score() -> dict[str, Any]:
    """How much a rapid-fire score says: 95% Wilson interval of 16 in 20 and of longer sets.

    And the chance to pass at 16 of 20 for candidates who know 60, 70, 80 and 90% of such questions.
    """
    intervals = []
    for n in (10, 20, 40, 60, 100, 200):
        found = binomtest(round(0.8 * n), n).proportion_ci(method="wilson")
        intervals.append({"n": n, "low": float(found.low), "high": float(found.high)})
    passing = {str(int(100 * p)): float(binom.sf(15, 20, p)) for p in (0.6, 0.7, 0.8, 0.9)}
    return {"intervals": intervals, "passing": passing}


@run
def grid_or_random() -> dict[str, Any]:
    """Search two hyperparameters, of which one matters or both: a grid against random draws.

    The score is exp(-|x - c|^2 / 0.02) with the optimum c uniform in (0, 1), over the parameters
    that matter; the other does nothing. Mean best score with 9, 25 and 100 trials, 2,000 optima.
    """
    rows = []
    for side in (3, 5, 10):
        rng = np.random.default_rng(side)
        center, draws = rng.random((2_000, 1, 2)), rng.random((2_000, side**2, 2))
        steps = (np.arange(side) + 0.5) / side
        grid = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(1, -1, 2)
        row: dict[str, Any] = {"trials": side**2}
        for name, matter in (("one", 1), ("both", 2)):
            for way, x in (("grid", grid), ("random", draws)):
                far = np.sum((x - center)[..., :matter] ** 2, axis=2)
                row[f"{way}, {name}"] = float(np.exp(-far / 0.02).max(axis=1).mean())
        rows.append(row)
    return {"rows": rows}


@run
def peeking() -> dict[str, Any]:
    """Look at an A/A test after each of 1, 5, 10 and 20 equal parts and stop at |z| > 1.96.

    The share of 20,000 tests without any effect that stop with a finding.
    """
    rows = []
    for looks in (1, 5, 10, 20):
        rng = np.random.default_rng(looks)
        z = np.cumsum(rng.normal(size=(20_000, looks)), axis=1) / np.sqrt(np.arange(1, looks + 1))
        rows.append({"looks": looks, "false": float(np.mean(np.abs(z).max(axis=1) > 1.96))})
    return {"rows": rows}
