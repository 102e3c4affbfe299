"""Experiments on projections, spectra and maps."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist, pdist
from scipy.stats import spearmanr
from sklearn.datasets import load_digits, load_wine, make_blobs
from sklearn.decomposition import PCA
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.manifold import TSNE
from sklearn.model_selection import cross_val_score
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from snippets.dimensionality_reduction.parallel_analysis import parallel_analysis
from snippets.dimensionality_reduction.pca import pca
from snippets.dimensionality_reduction.trustworthiness import trustworthiness
from snippets.forms import run

Array = NDArray[np.float64]


def spread(values: Any) -> dict[str, float]:
    """Return the mean of repeated results and their standard deviation."""
    return {"mean": float(np.mean(values)), "sd": float(np.std(values, ddof=1))}


@run
def wine_scaling() -> dict[str, Any]:
    """Take the share of the first component of the wine data as measured, and standardized.

    Also the 5-fold accuracy of a classifier on two components of each.
    """
    X, y = load_wine(return_X_y=True)
    found: dict[str, Any] = {}
    for name, steps in (("raw", []), ("standardized", [StandardScaler()])):
        Z = X if name == "raw" else StandardScaler().fit_transform(X)
        _, directions, variances = pca(Z, 1)
        chain = make_pipeline(*steps, PCA(2), LogisticRegression(max_iter=2_000))
        found[name] = {
            "first_share": float(variances[0] / variances.sum()),
            "largest_weight": float(np.abs(directions).max()),
            "column": int(np.abs(directions).argmax()),
            "accuracy": float(cross_val_score(chain, X, y, cv=5).mean()),
        }
    found["heaviest"] = load_wine().feature_names[found["raw"]["column"]]
    return found


@run
def label_in_small_axis() -> dict[str, Any]:
    """Put the label in the axis of least variance: 400 points, three axes, sd 20, 10 and 1.

    Accuracy of logistic regression on held-out halves with PCA to two axes, with PCA of
    standardized columns, and without, 20 seeds; and the R2 of regression on components when the
    target is the smallest one.
    """
    kept, reduced, scaled, full, principal, every = [], [], [], [], [], []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        y = np.arange(400) % 2
        X = rng.normal(size=(400, 3)) * [20.0, 10.0, 0.2]
        X[:, 2] += np.where(y == 1, 1.0, -1.0)
        train, test = slice(0, 200), slice(200, 400)
        chain = make_pipeline(PCA(2), LogisticRegression()).fit(X[train], y[train])
        kept.append(PCA(2).fit(X[train]).explained_variance_ratio_.sum())
        reduced.append(chain.score(X[test], y[test]))
        chain = make_pipeline(StandardScaler(), PCA(2), LogisticRegression())
        scaled.append(chain.fit(X[train], y[train]).score(X[test], y[test]))
        full.append(
            LogisticRegression(max_iter=1_000).fit(X[train], y[train]).score(X[test], y[test])
        )
        target = X[:, 2] + 0.1 * rng.normal(size=400)
        regression = make_pipeline(PCA(2), LinearRegression()).fit(X[train], target[train])
        principal.append(regression.score(X[test], target[test]))
        every.append(LinearRegression().fit(X[train], target[train]).score(X[test], target[test]))
    return {
        "kept": spread(kept),
        "reduced": spread(reduced),
        "standardized": {**spread(scaled), "least": float(min(scaled)), "most": float(max(scaled))},
        "full": spread(full),
        "principal_r2": spread(principal),
        "full_r2": spread(every),
    }


@run
def distance_contrast() -> dict[str, Any]:
    """Measure (farthest - nearest) / nearest from a query among 1,000 points, 20 queries.

    Uniform independent coordinates, against a 2-D plane turned into the same number of axes; and
    5-neighbor accuracy on five blobs (sd 1) in 1,000 dimensions, 5 seeds.
    """
    rows = []
    for d in (2, 5, 10, 30, 100, 300, 1_000):
        rng = np.random.default_rng(d)
        cloud, queries = rng.uniform(size=(1_000, d)), rng.uniform(size=(20, d))
        basis = np.linalg.qr(rng.normal(size=(d, 2)))[0].T
        flat = (rng.uniform(size=(1_000, 2)) @ basis, rng.uniform(size=(20, 2)) @ basis)
        row: dict[str, Any] = {"d": d}
        for name, (points, asked) in (("independent", (cloud, queries)), ("plane", flat)):
            far = cdist(asked, points)
            row[name] = float(np.median(far.max(axis=1) / far.min(axis=1) - 1))
        rows.append(row)
    scores = []
    for seed in range(5):
        X, y = make_blobs(500, 1_000, centers=5, center_box=(-1, 1), random_state=seed)
        scores.append(cross_val_score(KNeighborsClassifier(5), X, y, cv=5).mean())
    return {"rows": rows, "blobs": spread(scores)}


def _three_in_fifty(seed: int) -> Array:
    """Return 200 examples with 50 features: three planted directions and noise of variance 1."""
    rng = np.random.default_rng(seed)
    basis = np.linalg.qr(rng.normal(size=(50, 3)))[0].T
    return np.asarray(
        (rng.normal(size=(200, 3)) * [5.0, 4.0, 3.0]) @ basis + rng.normal(size=(200, 50))
    )


@run
def how_many_components() -> dict[str, Any]:
    """Count components by four rules: 3 planted directions, 50 features, 200 examples, 20 seeds.

    Rules: 95% of the variance, parallel analysis, eigenvalues above 1 of the standardized data,
    and the singular-value cut of Gavish and Donoho for known noise.
    """
    rows: dict[str, list[float]] = {
        "share95": [],
        "parallel": [],
        "above_one": [],
        "hard": [],
        "top": [],
    }
    beta = 50 / 200
    cut = np.sqrt(2 * (beta + 1) + 8 * beta / (beta + 1 + np.sqrt(beta**2 + 14 * beta + 1)))
    for seed in range(20):
        X = _three_in_fifty(seed)
        _, _, variances = pca(X, 1)
        share = np.cumsum(variances) / variances.sum()
        rows["share95"].append(int(np.searchsorted(share, 0.95) + 1))
        rows["parallel"].append(parallel_analysis(X, draws=50))
        rows["above_one"].append(int(np.sum(pca(StandardScaler().fit_transform(X), 1)[2] > 1)))
        singular = np.linalg.svd(X - X.mean(axis=0), compute_uv=False)
        rows["hard"].append(int(np.sum(singular > cut * np.sqrt(200))))
        noise = np.random.default_rng(1_000 + seed).normal(size=(200, 50))
        rows["top"].append(float(pca(noise, 1)[2][0]))
    _, _, one = pca(_three_in_fifty(0), 1)
    rng = np.random.default_rng(0)
    null = [pca(rng.permuted(_three_in_fifty(0), axis=0), 1)[2] for _ in range(50)]
    return {
        **{name: spread(values) for name, values in rows.items()},
        "edge": float((1 + np.sqrt(beta)) ** 2),
        "square cut": float(4 / np.sqrt(3)),
        "spectrum": one[:20].tolist(),
        "shuffled": np.quantile(null, 0.99, axis=0)[:20].tolist(),
    }


@run
def sizes_and_gaps() -> dict[str, Any]:
    """Map three 10-D Gaussian clusters of 60 points with t-SNE at perplexity 15, five seeds.

    Standard deviations 1, 1 and 8; centers at 0, 20 and 200 on one axis. Report the ratio of the
    wide cluster's radius to a narrow one's, and of the far gap to the near one, in the data, in a
    map from a random start and in a map from a PCA start.
    """
    places = ("", "_in_map", "_from_pca")
    found: dict[str, list[float]] = {k + place: [] for k in ("size", "gap") for place in places}
    maps = []
    y = np.repeat([0, 1, 2], 60)
    for seed in range(5):
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(180, 10)) * np.array([1.0, 1.0, 8.0])[y][:, None]
        X[:, 0] += np.array([0.0, 20.0, 200.0])[y]
        Z, other = (
            TSNE(2, perplexity=15, init=start, random_state=seed, max_iter=500)
            .fit_transform(X).astype(float)
            for start in ("random", "pca")
        )  # fmt: skip
        for name, A in zip(places, (X, Z, other), strict=True):
            centers = np.array([A[y == c].mean(axis=0) for c in range(3)])
            radius = [np.sqrt(A[y == c].var(axis=0).sum()) for c in range(3)]
            found["size" + name].append(float(radius[2] / radius[0]))
            near, far = (
                np.linalg.norm(centers[1] - centers[0]),
                np.linalg.norm(centers[2] - centers[1]),
            )
            found["gap" + name].append(float(far / near))
        if seed < 1:
            maps = np.round(Z, 2).tolist()
    shown = {"data": np.round(X[:, :2], 2).tolist(), "map": maps, "label": y.tolist()}
    return {**{name: spread(values) for name, values in found.items()}, "shown": shown}


@run
def counts_and_contact() -> dict[str, Any]:
    """Map clusters of standard deviation 1 in 10-D with t-SNE, perplexity 15, PCA start, 3 seeds.

    The ratio of two radii when one cluster has 160 points and the other 40, equally wide. And
    three clusters of 60, two of them overlapping at a distance of 3, the third 20 away: the far
    gap over the near one, in the data and on the map.
    """
    found: dict[str, list[float]] = {}

    def mapped(X: Array, seed: int) -> Array:
        model = TSNE(2, perplexity=15, init="pca", random_state=seed, max_iter=500)
        return np.asarray(model.fit_transform(X), dtype=float)

    for seed in range(3):
        rng = np.random.default_rng(seed)
        y = np.repeat([0, 1], [40, 160])
        X = rng.normal(size=(200, 10))
        X[:, 0] += 40.0 * y
        for name, A in (("width", X), ("width_in_map", mapped(X, seed))):
            radius = [np.sqrt(A[y == c].var(axis=0).sum()) for c in (0, 1)]
            found.setdefault(name, []).append(float(radius[1] / radius[0]))
        y = np.repeat([0, 1, 2], 60)
        X = rng.normal(size=(180, 10))
        X[y == 1, 0] += 3.0
        X[y == 2, 1] += 20.0
        for name, A in (("gap", X), ("gap_in_map", mapped(X, seed))):
            centers = np.array([A[y == c].mean(axis=0) for c in range(3)])
            near, far = np.linalg.norm(centers[1:] - centers[0], axis=1)
            found.setdefault(name, []).append(float(far / near))
    return {name: spread(values) for name, values in found.items()}


@run
def initialization() -> dict[str, Any]:
    """Map a noisy ring of 300 points with t-SNE (perplexity 15) from a PCA and a random start.

    Spearman correlation of all pairwise distances in data and map, over six seeds of the noise
    and of the start.
    """
    scores: dict[str, list[float]] = {"pca": [], "random": []}
    for seed in range(6):
        rng = np.random.default_rng(seed)
        angle = 2 * np.pi * np.arange(300) / 300
        X = np.column_stack([np.cos(angle), np.sin(angle)]) + 0.01 * rng.normal(size=(300, 2))
        for start, values in scores.items():
            Z = TSNE(2, perplexity=15, init=start, random_state=seed, max_iter=500).fit_transform(X)
            values.append(float(spearmanr(pdist(X), pdist(Z)).statistic))
    return {name: {**spread(v), "least": float(min(v))} for name, v in scores.items()}


@run
def new_points() -> dict[str, Any]:
    """Map 300 digits with t-SNE, then place 300 new ones by a 3-neighbor regression on the map.

    5-neighbor accuracy on the map, for the placed digits, on two PCA axes and on all 64 pixels,
    and the trustworthiness (k = 10) of the t-SNE map and of PCA's; three random splits.
    """
    X, y = load_digits(return_X_y=True)
    found: dict[str, list[float]] = {
        k: [] for k in ("placed", "pca", "pixels", "trust_tsne", "trust_pca")
    }
    for seed in range(3):
        order = np.random.default_rng(seed).permutation(len(X))
        train, test = order[:300], order[300:600]
        Z = TSNE(2, perplexity=30, random_state=seed, max_iter=500).fit_transform(X[train])
        Z = Z.astype(float)
        near = KNeighborsRegressor(3, weights="distance").fit(X[train], Z)
        flat = PCA(2).fit(X[train])
        maps = {
            "placed": (Z, near.predict(X[test])),
            "pca": (flat.transform(X[train]), flat.transform(X[test])),
            "pixels": (X[train], X[test]),
        }
        for name, (known, new) in maps.items():
            voter = KNeighborsClassifier(5).fit(known, y[train])
            found[name].append(float(voter.score(new, y[test])))
        found["trust_tsne"].append(trustworthiness(X[train], Z, 10))
        found["trust_pca"].append(trustworthiness(X[train], maps["pca"][0], 10))
    return {name: spread(values) for name, values in found.items()}


@run
def linear_autoencoder() -> dict[str, Any]:
    """Train a linear autoencoder with bottleneck 3 by gradient descent on 8 features, 10 seeds.

    The largest angle between its decoder's span and the span of the first three components, its
    error over the error of PCA, and the largest cosine between two of the decoder's columns.
    """
    angles, ratios, cosines = [], [], []
    for seed in range(10):
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(200, 8)) * np.array([4.0, 3.0, 2.5, 1.0, 0.8, 0.6, 0.4, 0.2])
        X = X @ np.linalg.qr(rng.normal(size=(8, 8)))[0]
        X -= X.mean(axis=0)
        S = X.T @ X / len(X)
        E, D = 0.3 * rng.normal(size=(8, 3)), 0.3 * rng.normal(size=(3, 8))
        for _ in range(6_000):
            miss = S @ (E @ D - np.eye(8))  # half the gradient with respect to E D
            E, D = E - 0.02 * miss @ D.T, D - 0.02 * E.T @ miss
        _, directions, _ = pca(X, 3)
        basis = np.linalg.qr(D.T)[0]
        cosine = np.linalg.svd(basis.T @ directions.T, compute_uv=False)
        angles.append(float(np.degrees(np.arccos(np.clip(cosine.min(), -1, 1)))))
        best = np.trace(S) - np.trace(directions @ S @ directions.T)
        ratios.append(float(np.trace((np.eye(8) - E @ D).T @ S @ (np.eye(8) - E @ D)) / best))
        unit = D / np.linalg.norm(D, axis=1, keepdims=True)
        cosines.append(float(np.abs(unit @ unit.T - np.eye(3)).max()))
    return {"angle": max(angles), "error_ratio": spread(ratios), "cosine": spread(cosines)}
