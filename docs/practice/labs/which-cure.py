# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # Lab: which cure?
#
# Three regressors are wrong on new data, each for a reason of its own. You see what an
# engineer would see: training and validation error as the training set grows. Decide on a
# cure before you scroll to the run that applies it.
#
# The data are simulated: $y = \sin(4x + 1) + \varepsilon$ with $x$ uniform on $[-1, 1]$ and
# $\varepsilon$ of standard deviation 0.5. No model can have a mean squared error below the
# noise variance, $\sigma^2 = 0.25$, in the long run. One data set is shown for each patient;
# the spread is over ten folds of it.

# %%
import numpy as np
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import learning_curve
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures

rng = np.random.default_rng(0)


def draw(n, noise=0.5):
    """Return n examples; the truth is a sine."""
    x = rng.uniform(-1, 1, size=(n, 1))
    return x, np.sin(4 * x[:, 0] + 1) + noise * rng.normal(size=n)


def curve(model, x, y, sizes=(20, 40, 80, 160, 320)):
    """Print training and validation error, mean and spread over 10 folds."""
    how = {"train_sizes": sizes, "cv": 10, "scoring": "neg_mean_squared_error"}
    found = learning_curve(model, x, y, **how)
    print("   n   training       validation")
    for n, train, test in zip(*found, strict=True):
        spread = f"{abs(train.mean()):.2f} ± {train.std():.2f}"
        print(f"{n:4}   {spread}    {abs(test.mean()):.2f} ± {test.std():.2f}")


x, y = draw(400)

# %% [markdown]
# ## Patient A
#
# A straight line.

# %%
curve(LinearRegression(), x, y)

# %% [markdown]
# Both errors are far above 0.25, they have met, and they met early. More data was tried here:
# from 40 examples to 320 the validation error hardly moves. The gap is closed, so variance is
# not the fault. The fault is **bias**, and the cure is another class of models.

# %%
curve(make_pipeline(PolynomialFeatures(4), LinearRegression()), x, y)

# %% [markdown]
# ## Patient B
#
# One nearest neighbor.

# %%
curve(KNeighborsRegressor(1), x, y)

# %% [markdown]
# Training error is zero by construction, since each point is its own neighbor. It says
# nothing. Validation error sits near twice the noise variance and stays there: each
# prediction is one noisy label, with variance $\sigma^2$, held against another noisy label,
# with variance $\sigma^2$. More data brings the neighbor nearer and does not quieten it. The
# fault is **variance**, and the cure is to average: with $k$ neighbors the variance of the
# prediction is $\sigma^2 / k$.

# %%
curve(KNeighborsRegressor(10), x, y)

# %% [markdown]
# With few examples ten neighbors reach too far and the curve starts higher: at $n = 20$ they
# are half of all examples, and the cure has brought bias. That is the trade, in one table.
#
# ## Patient C
#
# The degree-4 polynomial that cured patient A, on data from a noisier instrument.

# %%
x, y = draw(400, noise=1.0)
curve(make_pipeline(PolynomialFeatures(4), LinearRegression()), x, y)

# %% [markdown]
# High errors on both sides, and at 320 no gap: by the usual table this is bias again, and a
# bigger model is the cure. Try it.

# %%
bigger = make_pipeline(PolynomialFeatures(12), LinearRegression())
curve(bigger, x, y, sizes=(40, 80, 160, 320))

# %% [markdown]
# With few examples much is lost. At 320 it looks as if a little were gained, but both rows rest
# on the same 400 labels, whose luck the spread over folds does not show. Here one may ask nature
# for more: fit both degrees to the same 320 new rows, twenty times, and score them on 5,000
# others.

# %%
models = [make_pipeline(PolynomialFeatures(k), LinearRegression()) for k in (4, 12)]
errors = []
for _ in range(20):
    (x, y), (fresh, labels) = draw(320, noise=1.0), draw(5_000, noise=1.0)
    found = [model.fit(x, y).predict(fresh) for model in models]
    errors.append([np.mean((values - labels) ** 2) for values in found])
means, spreads = np.mean(errors, axis=0), np.std(errors, axis=0)
for degree, mean, spread in zip((4, 12), means, spreads, strict=True):
    print(f"degree {degree:2}: {mean:.3f} ± {spread:.3f}")

# %% [markdown]
# The bigger model gains nothing: the errors were at the noise variance already, which is now 1.
# **Noise** looks like bias on a learning curve. What tells them apart is knowledge from outside
# the curve: repeated measurements at the same input, the agreement of two human labelers, or a
# much more flexible model that does no better on enough new data.
