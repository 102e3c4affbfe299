"""The explorables: their arithmetic against the Python behind it, and their controls."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from snippets.bias_variance.runs import best_degrees, complexity_explorable
from snippets.evaluation_metrics.runs import threshold_explorable
from snippets.regularization.runs import path_explorable
from tests.browser import browsing, serving

pytestmark = pytest.mark.browser

PAGES = {
    "bias_variance/complexity_explorable": "topics/bias-variance/complexity/",
    "evaluation_metrics/threshold_explorable": "topics/evaluation-metrics/thresholds/",
    "regularization/path_explorable": "topics/regularization/lasso-path/",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all."""
    with browsing() as started:
        yield started


@pytest.fixture(scope="module")
def base(site: Path) -> Iterator[str]:
    """The address of the served site."""
    with serving(site) as address:
        yield address


@pytest.fixture
def page(browser: Browser, base: str) -> Iterator[Page]:
    """A tab on the site, without its scripts in the way."""
    opened = browser.new_page(base_url=base)
    opened.goto("404.html")
    yield opened
    opened.close()


def call(page: Page, name: str, code: str, data: Any) -> Any:
    """Run code with the module of an explorable as `m` and its data as `data`."""
    module = name.replace("/", "-").replace("_", "-")
    address = f"/assets/js/explorables/{module}.js"
    return page.evaluate(
        f"async (text) => {{ const data = JSON.parse(text); const m = await import('{address}');"
        f" return {code}; }}",
        json.dumps(data),
    )


def test_complexity(page: Page) -> None:
    name, data = "bias_variance/complexity_explorable", complexity_explorable()
    code = (
        "data.sizes.flatMap(n => data.noises.flatMap(s => data.degrees.map("
        "d => m.terms(data, n, s, d).total)))"
    )
    expected = [
        data["bias2"][str(n)][d] + s**2 * data["unit_variance"][str(n)][d] + s**2
        for n in data["sizes"]
        for s in data["noises"]
        for d in data["degrees"]
    ]
    np.testing.assert_allclose(call(page, name, code, data), expected, rtol=1e-12)
    found = call(
        page, name, "data.sizes.map(n => data.noises.map(s => m.bestDegree(data, n, s)))", data
    )
    rows = best_degrees()
    rows = rows["rows"] if isinstance(rows, dict) else rows
    assert found == [[row[f"noise sd {s}"] for s in data["noises"]] for row in rows]


def test_threshold(page: Page) -> None:
    name, data = "evaluation_metrics/threshold_explorable", threshold_explorable()
    for row in data["rows"]:
        at = 1 / 6 if row["threshold"] == 0.17 else row["threshold"]
        code = (
            f"[m.counts(data.labels, data.scores, {at})].map(c => "
            "({...c, ...m.rates(c), cost: m.cost(c, data.miss, data.alarm)}))[0]"
        )
        found = call(page, name, code, data)
        assert {key: found[key] for key in row if key != "threshold"} == pytest.approx(
            {key: value for key, value in row.items() if key != "threshold"}
        )
    best = call(page, name, "m.cheapest(data.labels, data.scores, data.miss, data.alarm)", data)
    assert best == {"threshold": data["cheapest"], "cost": data["cheapest_cost"]}
    assert call(page, name, "m.bayes(data.miss, data.alarm)", data) == pytest.approx(data["bayes"])


def test_path(page: Page) -> None:
    name, data = "regularization/path_explorable", path_explorable()
    geometry = data["geometry"]
    for kind, ratio in geometry["l1_ratio"].items():
        code = (
            "data.lambdas.map(s => m.solve(data.hessian, data.center, "
            f"{ratio} * s, {1 - ratio} * s))"
        )
        found = call(page, name, code, geometry)
        np.testing.assert_allclose(found, geometry["solutions"][kind], atol=6e-6)


@pytest.mark.parametrize("name", PAGES)
def test_controls(browser: Browser, base: str, name: str) -> None:
    page = browser.new_page()
    page.goto(base + PAGES[name])
    place = page.locator(".explorable")
    place.scroll_into_view_if_needed()
    slider = place.locator("input[type=range]:visible").first
    assert slider.is_disabled()  # a guess comes first
    place.get_by_role("button", name="Skip").click()
    assert slider.is_enabled()
    assert place.locator(".controls :focus").count() == 1  # nothing was said that could have it
    before = place.locator(".sentence").inner_text()
    number = place.locator("input[type=number]:visible").first
    shown = number.input_value()
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("s => document.querySelector('.sentence').innerText !== s", arg=before)
    assert number.input_value() != shown
    page.wait_for_function("location.search !== ''")  # the state can be sent to somebody
    moved = place.locator(".sentence").inner_text()
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    place.scroll_into_view_if_needed()
    assert place.locator(".sentence").inner_text() == moved
    place.get_by_role("button", name="Reset").click()
    page.wait_for_function("s => document.querySelector('.sentence').innerText !== s", arg=moved)
    assert place.locator(".sentence").inner_text() == before
    page.close()
