"""One paper, one form: the same link with the same authors, year and title wherever it is cited."""

import re
from collections import defaultdict

from tools.fences import without_fences
from tools.paths import DOCS

LINK = re.compile(r"\[(?P<text>[^\[\]]+)\]\((?P<address>https?://[^\s)]+(?:\([^\s)]*\)[^\s)]*)*)\)")
CITED = re.compile(r"(?P<authors>[^*]+?) (?P<year>\d{4}), \*(?P<title>[^*]+)\*")
PAPERS = ("https://doi.org/", "https://arxiv.org/", "https://proceedings.", "https://www.jmlr.org/")


def cited() -> list[tuple[str, str, str]]:
    """Every link to a paper: its page, its text and its address."""
    return [
        (path.relative_to(DOCS).as_posix(), link["text"], link["address"])
        for path in sorted(DOCS.rglob("*.md"))
        for link in LINK.finditer(without_fences(path.read_text("utf-8")))
        if link["address"].startswith(PAPERS)
    ]


def test_each_paper_is_cited_in_one_form() -> None:
    forms, addresses = defaultdict(set), defaultdict(set)
    short = []
    for place, text, address in cited():
        form = CITED.match(text)
        if form is None:
            short.append((place, text, address))
            continue
        forms[address].add(form[0].lower())  # "van" and "Van" are one name
        addresses[form["title"].lower()].add(address)
    assert len(forms) > 150
    assert {address: found for address, found in forms.items() if len(found) > 1} == {}
    assert {title: found for title, found in addresses.items() if len(found) > 1} == {}
    # "Author year" alone, or a title in a table of books, is a part of the whole form elsewhere.
    strange = [
        (place, text)
        for place, text, address in short
        if not any(text.lower() in form for form in forms[address])
    ]
    assert strange == []
