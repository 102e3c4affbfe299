"""The search: what readers type leads where they want, and costs nothing before its use."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from tests.browser import axe, browsing, overflow, serving, watch
from tools import search, snippet_pages

QUERIES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "search_queries.yml").read_text("utf-8")
)
PHONE: Any = {"width": 390, "height": 780}
START = "topics/regularization/ridge/"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with browsing() as started:
        yield started


@pytest.fixture(scope="module")
def base(site: Path) -> Iterator[str]:
    """The address of the served site."""
    with serving(site) as address:
        yield address


@pytest.fixture
def page(browser: Browser, base: str) -> Iterator[Page]:
    """A page of the site, on which nothing may go wrong."""
    opened = browser.new_page()
    notes = watch(opened, base)
    opened.goto(base + START)
    yield opened
    assert notes.errors == []
    assert notes.elsewhere == []
    opened.close()


def ask(page: Page, query: str) -> list[str]:
    """Type a query into the open dialog and return the addresses of the results."""
    page.locator("#search-field").fill(query)
    page.wait_for_selector(f".search-dialog[data-shown={json.dumps(query)}]")
    return page.eval_on_selector_all("#search-list > a", "found => found.map(one => one.href)")


def right(address: str, wanted: list[str]) -> bool:
    """Whether an address is one of the wanted ones, written as the head of the list says."""
    page = address.partition("#")[0]
    return any(
        one in (address, page) or (one.endswith("*") and page.startswith(one[:-1]))
        for one in wanted
    )


def test_readers_find_what_they_look_for(page: Page, base: str) -> None:
    page.keyboard.press("/")
    missed = []
    asked = first = soon = 0
    for query in [*QUERIES["tuned"], *QUERIES["checked"]]:
        found = [address.removeprefix(base) for address in ask(page, query["q"])]
        hits = [right(address, query["to"]) for address in found]
        asked += 1
        first += hits[:1] == [True]
        soon += any(hits[:3])
        if not any(hits[:3]):
            missed.append((query["q"], found[:3]))
    assert asked >= 60
    assert first / asked >= 0.90, (first / asked, missed)
    assert soon / asked >= 0.97, (soon / asked, missed)


def test_every_wanted_section_exists(site: Path) -> None:
    index = json.loads((site / "search/index.json").read_text("utf-8"))
    pages = [address for address, _, _ in index["pages"]]
    known = {f"{pages[page]}#{anchor}" for page, _, anchor, _ in index["sections"]}
    wanted = {one for some in QUERIES.values() for query in some for one in query["to"]}
    assert sorted(one for one in wanted if "#" in one and one not in known) == []


def test_code_pages_and_formulas_are_left_out(site: Path) -> None:
    index = (site / "search/index.json").read_text("utf-8")
    assert not any(f"reference/{kind}/" in index for kind in snippet_pages.KINDS)
    texts = "".join(path.read_text("utf-8") for path in sorted((site / "search").glob("text-*")))
    assert "\u2061" not in texts  # an operator's name in MathML
    assert ">>>" not in texts


def test_both_sides_shorten_words_alike(page: Page, site: Path) -> None:
    index = json.loads((site / "search/index.json").read_text("utf-8"))
    forms = [form for group in index["words"].split() for form in group.split("/")]
    typed = ["Bias’s", "ℓ₁", "λ", "Poincaré", "R²", "modelling", "behaviour", "penalised"]
    script = """async ([address, words, typed]) => {
        const { Engine, normal } = await import(new URL("assets/js/search/engine.js", address));
        const answer = await fetch(new URL("search/index.json", address));
        const engine = new Engine(await answer.json());
        return [words.map(word => engine.stem(word)), typed.map(normal)];
    }"""
    root = page.url.removesuffix(START)
    stems, normals = page.evaluate(script, [root, forms, typed])
    assert stems == [search.stem(form) for form in forms]
    assert normals == [search.normal(word) for word in typed]


def test_nothing_is_fetched_before_the_first_use(browser: Browser, base: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(base)))
    page.goto(base + START, wait_until="networkidle")
    before = sorted(one for one in asked if "search" in one)
    assert before == ["assets/css/search.css", "assets/js/search.js"]
    page.locator(".search-open").click()
    ask(page, "ridge")
    page.wait_for_function("document.querySelector('.search-excerpt').textContent")
    assert "search/index.json" in asked
    page.close()


def test_the_keyboard_is_enough(page: Page) -> None:
    logo = page.locator(".md-header .md-logo")
    logo.focus()
    page.keyboard.press("Control+k")
    dialog = page.locator("dialog.search-dialog")
    expect(dialog).to_be_visible()
    field = page.locator("#search-field")
    expect(field).to_be_focused()
    page.keyboard.type("weight decay")
    expect(page.locator(".search-dialog [role=status]")).to_have_text("12 results")
    expect(field).to_have_attribute("aria-activedescendant", "search-option-0")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#search-option-1")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#search-option-11")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(logo).to_be_focused()
    page.keyboard.press("/")
    expect(field).to_have_value("weight decay")
    target = str(page.locator("#search-option-0").get_attribute("href"))
    page.keyboard.press("Enter")
    page.wait_for_url(target)
    page.keyboard.press("/")
    expect(page.locator("#search-field")).to_have_value("weight decay")


def test_a_result_on_the_same_page_closes_the_search(page: Page, base: str) -> None:
    page.keyboard.press("/")
    ask(page, "ridge degrees of freedom")
    page.locator(f"#search-list > a[href='{base}{START}#degrees-of-freedom']").click()
    expect(page.locator("dialog.search-dialog")).to_be_hidden()
    expect(page.locator("#degrees-of-freedom")).to_be_in_viewport()


def test_keys_typed_elsewhere_are_left_alone(page: Page) -> None:
    page.evaluate("document.querySelector('article').prepend(document.createElement('textarea'))")
    page.locator("article textarea").press("/")
    page.locator("article textarea").press("Control+k")
    expect(page.locator("article textarea")).to_have_value("/")
    page.evaluate("document.querySelector('article textarea').remove()")
    page.evaluate("document.querySelector('article').dataset.ownKeys = ''")
    page.keyboard.press("/")
    page.keyboard.press("Control+k")
    expect(page.locator("dialog.search-dialog[open]")).to_have_count(0)


def test_a_search_without_results_helps(page: Page) -> None:
    page.keyboard.press("/")
    assert ask(page, "xylophone qwrtz") == []
    note = page.locator(".search-note")
    expect(note).to_contain_text("Nothing fits “xylophone qwrtz”")
    for link in note.locator("a").all():
        answer = page.request.get(str(link.get_attribute("href")))
        assert answer.ok
    expect(page.locator(".search-dialog [role=status]")).to_contain_text("Nothing fits")
    expect(page.locator("#search-field")).to_have_attribute("aria-expanded", "false")


def test_excerpts_mark_what_was_looked_for(page: Page) -> None:
    page.keyboard.press("/")
    ask(page, "calibraton isotonic")
    marked = page.locator(".search-excerpt mark", has_text="isotonic")
    expect(marked.first).to_be_visible()
    expect(page.locator("mark", has_text="alibration").first).to_be_visible()


def test_a_lost_connection_is_said_and_mended(browser: Browser, base: str) -> None:
    page = browser.new_page()
    page.route("**/search/index.json", lambda route: route.abort())
    page.goto(base + START)
    page.keyboard.press("/")
    expect(page.locator(".search-note")).to_contain_text("did not arrive")
    page.unroute("**/search/index.json")
    assert ask(page, "ridge")
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone(browser: Browser, base: str, scheme: Any) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, color_scheme=scheme)
    page = context.new_page()
    page.goto(base + START)
    page.locator(".search-open").tap()
    assert axe(page) == []
    ask(page, "bias")
    page.wait_for_function("document.querySelector('.search-excerpt').textContent")
    assert axe(page) == []
    assert overflow(page) <= 0
    box = page.locator("dialog.search-dialog").bounding_box()
    assert box is not None
    assert box["width"] == PHONE["width"]
    close = page.locator(".search-close").bounding_box()
    assert close is not None
    assert close["height"] >= 40
    page.locator(".search-close").tap()
    expect(page.locator("dialog.search-dialog")).to_be_hidden()
    page.locator(".search-open").tap()
    target = str(page.locator("#search-option-1").get_attribute("href"))
    page.locator("#search-option-1").tap()
    page.wait_for_url(target)
    context.close()


@pytest.mark.parametrize("address", ["", "404.html"])
def test_other_places_open_it(browser: Browser, base: str, address: str) -> None:
    page = browser.new_page()
    page.goto(base + address)
    page.locator("article [data-open-search]").click()
    expect(page.locator("#search-field")).to_be_focused()
    page.close()


def test_in_a_folder_of_a_host(browser: Browser, site: Path, tmp_path: Path) -> None:
    (tmp_path / "below").symlink_to(site, target_is_directory=True)
    with serving(tmp_path) as host:
        page = browser.new_page()
        notes = watch(page, host + "below/")
        page.goto(f"{host}below/{START}")
        page.keyboard.press("/")
        assert all(one.startswith(host + "below/") for one in ask(page, "double descent"))
        target = str(page.locator("#search-option-0").get_attribute("href"))
        page.keyboard.press("Enter")
        page.wait_for_url(target)
        expect(page.locator("h1, h2").first).to_be_visible()
        assert notes.errors == []
        assert notes.elsewhere == []
        page.close()


def test_without_javascript_a_link_leads_to_the_topics(browser: Browser, base: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base + START)
    expect(page.locator(".search-open")).to_be_hidden()
    page.locator(".search-without").click()
    assert page.url == base + "roadmap/"
    context.close()


def test_two_builds_of_the_index_are_the_same(site: Path, tmp_path: Path) -> None:
    for path in sorted(site.rglob("*.html")):
        copy = tmp_path / path.relative_to(site)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    search.write(tmp_path)
    made = {path.name: path.read_bytes() for path in (tmp_path / "search").iterdir()}
    assert made == {path.name: path.read_bytes() for path in (site / "search").iterdir()}
