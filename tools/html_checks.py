"""Read built pages: their links, anchors and headings, and what is wrong with them."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_FILES = {"img": "src", "script": "src", "link": "href", "source": "src"}


@dataclass
class PageFacts:
    """What the checks need of a page."""

    links: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    unnamed_images: int = 0


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = PageFacts()
        self.in_article = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if found.get("id"):
            self.page.ids.append(found["id"])
        if tag == "article":
            self.in_article = True
        if tag == "a" and "href" in found:
            self.page.links.append(found["href"])
        elif tag in _FILES and found.get(_FILES[tag]):
            self.page.files.append(found[_FILES[tag]])
        if tag == "img" and "alt" not in found:
            self.page.unnamed_images += 1
        if self.in_article and re.fullmatch(r"h[1-6]", tag):
            self.page.headings.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self.in_article = False


def read(html: str) -> PageFacts:
    """Return the links, files, ids and headings of a page.

    Examples:
        >>> facts = read('<article><h1 id="a">A</h1><a href="b/#c">b</a></article>')
        >>> facts.links, facts.ids, facts.headings
        (['b/#c'], ['a'], [1])
    """
    reader = _Reader()
    reader.feed(html)
    return reader.page


def read_site(site: Path) -> dict[str, PageFacts]:
    """Return the facts of every page under its path."""
    return {
        path.relative_to(site).as_posix(): read(path.read_text("utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


def broken_links(page: str, facts: PageFacts, site: Path, known: dict[str, PageFacts]) -> list[str]:
    """Return the links of a page that lead nowhere on the site."""
    broken = []
    for link in [*facts.links, *facts.files]:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        path = unquote(parts.path)
        base = "" if path.startswith("/") else posixpath.dirname(page)
        target = posixpath.normpath(posixpath.join(base, path.lstrip("/"))) if path else page
        if path.endswith("/") or (site / target).is_dir():
            target = posixpath.normpath(posixpath.join(target, "index.html"))
        if not (site / target).is_file():
            broken.append(f"{page}: {link} leads to no file")
        elif parts.fragment and target in known:
            anchors = {*known[target].ids, "only-light", "only-dark", "__skip"}
            if unquote(parts.fragment) not in anchors:
                broken.append(f"{page}: {link} has no such anchor")
    return broken


def heading_problems(facts: PageFacts) -> Iterator[str]:
    """Yield what is wrong with the order of a page's headings.

    Examples:
        >>> list(heading_problems(PageFacts(headings=[1, 2, 4])))
        ['a heading of level 4 follows one of level 2']
    """
    if facts.headings.count(1) != 1:
        yield f"{facts.headings.count(1)} titles"
    for before, after in zip(facts.headings, facts.headings[1:], strict=False):
        if after > before + 1:
            yield f"a heading of level {after} follows one of level {before}"
