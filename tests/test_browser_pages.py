"""Every page, one visit: errors, other hosts, axe in both themes, narrow screens, no JavaScript."""

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser import Notes, browsing, contrast, overflow, serving, structure, watch
from tools.paths import DOCS
from tools.snippet_pages import pages as snippet_pages

pytestmark = pytest.mark.browser

NARROW = {"width": 360, "height": 740}
WIDE = {"width": 1280, "height": 900}


def addresses() -> list[str]:
    """Return the address of every page, written or generated."""
    written = [path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")]
    labs = [path.relative_to(DOCS).as_posix() for path in (DOCS / "practice/labs").glob("*.py")]
    found = {
        path.rsplit(".", 1)[0].removesuffix("index").rstrip("/") + "/"
        for path in [*written, *labs, *snippet_pages()]
    }
    return [*sorted("" if one == "/" else one for one in found), "404.html"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all pages."""
    with browsing() as started:
        yield started


@pytest.fixture(scope="module")
def base(site: Path) -> Iterator[str]:
    """The address of the served site."""
    with serving(site) as address:
        yield address


@pytest.fixture(scope="module")
def visit(browser: Browser, base: str) -> Iterator[tuple[Page, Notes]]:
    """One tab, in which a page after the other is opened."""
    page = browser.new_page(color_scheme="light")
    notes = watch(page, base)
    yield page, notes
    page.close()


@pytest.mark.parametrize("address", addresses())
def test_page(visit: tuple[Page, Notes], base: str, address: str) -> None:
    page, notes = visit
    notes.clear()
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    answer = page.goto(base + address, wait_until="load")
    assert answer is not None
    assert answer.ok
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    findings = {"any": structure(page), "light": contrast(page)}
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    findings["dark"] = contrast(page)
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    assert {theme: found for theme, found in findings.items() if found} == {}
    assert overflow(page) <= 0
    assert notes.errors == []
    assert notes.elsewhere == []


def test_every_page_reads_without_javascript(browser: Browser, base: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=NARROW)  # type: ignore[arg-type]
    page = context.new_page()
    poor = []
    for address in addresses():
        page.goto(base + address)
        article = page.locator("article")
        if len(article.inner_text()) < 100:
            poor.append(address)
    context.close()
    assert poor == []


def test_a_missing_page_leads_to_the_search(browser: Browser, base: str) -> None:
    page = browser.new_page()
    page.goto(base + "no/such/page/")
    assert page.locator("h1").inner_text() == "There is no such page"
    page.close()


def test_braces_under_a_formula_are_drawn_from_end_to_end(browser: Browser, base: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800}, device_scale_factor=2)
    page.goto(base + "topics/bias-variance/decomposition/")
    page.evaluate("document.fonts.ready")
    braced = page.locator("munder:has(> mo[stretchy=true])").all()
    assert len(braced) >= 3
    for one in braced:
        pixels = np.asarray(Image.open(io.BytesIO(one.screenshot())).convert("L"))
        below = pixels[-pixels.shape[0] // 4 :]  # the brace is the lowest quarter
        inked = np.flatnonzero((below < 128).any(axis=0)) / below.shape[1]
        assert inked[0] < 0.05
        assert inked[-1] > 0.95
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_line_numbers_stand_beside_their_lines(browser: Browser, base: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(base + "reference/derivations/optimization/")
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    boxes = [
        page.locator(f".highlighttable {part}").first.bounding_box()
        for part in (".linenos pre", ".code pre > code")
    ]
    numbers, code = [box for box in boxes if box]
    assert numbers["y"] == pytest.approx(code["y"], abs=0.5)
    assert numbers["height"] == pytest.approx(code["height"], abs=0.5)
    page.close()


def test_far_rows_of_the_long_page_wait_and_a_jump_lands(browser: Browser, base: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(base + "reference/cheat-sheets/")
    last = page.locator("tbody tr").last
    laid_out = "row => row.firstElementChild.checkVisibility({contentVisibilityAuto: true})"
    assert not last.evaluate(laid_out)
    page.goto(base + "reference/cheat-sheets/#interview-questions")
    expect(page.locator("#interview-questions")).to_be_in_viewport()
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()
    assert last.evaluate(laid_out)
    page.close()
