"""The built pages: links, anchors, ids, headings, alt texts, and code that no test has missed."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tools.fences import PYTHON, fences
from tools.html_checks import PageFacts, broken_links, heading_problems, read_site
from tools.paths import DOCS


@pytest.fixture(scope="module")
def known(site: Path) -> dict[str, PageFacts]:
    """Facts of all pages."""
    return read_site(site)


def test_no_link_is_broken(site: Path, known: dict[str, PageFacts]) -> None:
    # The 404 page is served at any depth: its links start at the site's root.
    pages = {page: facts for page, facts in known.items() if page != "404.html"}
    broken = [
        one for page, facts in pages.items() for one in broken_links(page, facts, site, known)
    ]
    assert broken == []


def test_no_id_is_used_twice_on_a_page(known: dict[str, PageFacts]) -> None:
    twice = {
        page: sorted({one for one in facts.ids if facts.ids.count(one) > 1})
        for page, facts in known.items()
    }
    assert {page: ids for page, ids in twice.items() if ids} == {}


def test_headings_are_in_order(known: dict[str, PageFacts]) -> None:
    problems = {page: list(heading_problems(facts)) for page, facts in known.items()}
    assert {page: found for page, found in problems.items() if found} == {}


def test_every_image_has_alt_text(known: dict[str, PageFacts]) -> None:
    assert {page: f.unnamed_images for page, f in known.items() if f.unnamed_images} == {}


class _Balance(HTMLParser):
    """Notes end tags that close nothing open, and start tags that stay open."""

    kinds = frozenset(
        ["article", "main", "section", "details", "div", "figure", "table", "ol", "ul"]
    )

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in self.kinds:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.kinds:
            if self.open[-1:] == [tag]:
                self.open.pop()
            else:
                self.wrong.append(f"</{tag}> in line {self.getpos()[0]}")


def test_tags_are_balanced(site: Path) -> None:
    found = {}
    for path in site.rglob("*.html"):
        balance = _Balance()
        balance.feed(path.read_text("utf-8"))
        if balance.wrong or balance.open:
            found[path.relative_to(site).as_posix()] = balance.wrong + balance.open
    assert found == {}


_BLOCK = re.compile(r'<div class="language-(?:python|pycon|py) highlight')


def test_sybil_sees_every_block_that_a_reader_sees(site: Path) -> None:
    """Counted by a second method: the code blocks of the built page."""
    different = {}
    for path in sorted(DOCS.rglob("*.md")):
        relative = path.relative_to(DOCS).with_suffix("")
        name = relative.parent if relative.name == "index" else relative
        html = (site / name / "index.html").read_text("utf-8")
        shown = len(_BLOCK.findall(html))
        tested = sum(fence.language in PYTHON for fence in fences(path.read_text("utf-8")))
        if shown != tested:
            different[str(relative)] = (shown, tested)
    assert different == {}


def test_nothing_of_our_own_notation_is_left_in_a_page(site: Path) -> None:
    marks = re.compile(
        r'href="val:|src="fig:|<!-- (?:table|derivation|explorable|facts):|<autoref|\x02'
    )
    left = [p.name for p in site.rglob("*.html") if marks.search(p.read_text("utf-8"))]
    assert left == []


_SHOWN_CODE = re.compile(r"<(pre|code|script|style)\b.*?</\1>|<[^>]+>", re.DOTALL)
_SOURCE = re.compile(r"\$[^$\n]+\$|\\(?:frac|sum|hat|mathbb)\b")


def test_no_formula_is_left_as_source(site: Path) -> None:
    left = {}
    for path in site.rglob("*.html"):
        html = path.read_text("utf-8")
        found = _SOURCE.findall(_SHOWN_CODE.sub(" ", html))
        if found or 'class="arithmatex"' in html:
            left[path.relative_to(site).as_posix()] = found[:3]
    assert left == {}
