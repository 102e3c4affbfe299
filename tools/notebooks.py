"""The notebook of an idea page: its text and its code, with the outputs the tests have checked."""

import doctest
import re
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tools import references
from tools.facts import front_matter
from tools.fences import PYTHON, Fence, fences
from tools.markdown_site import site_address
from tools.paths import DOCS

_PROMPTS = doctest.DocTestParser()
_LINK = re.compile(r"(?<!!)\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]+)\)")
_ATTRIBUTES = re.compile(r"^(#{1,6} .*?)[ \t]*\{[^}]*\}[ \t]*$", re.MULTILINE)
_BLOCK = re.compile(r"^(?:!!!|\?\?\?\+?) (?P<kind>[\w-]+)(?: \"(?P<title>[^\"]*)\")?$")


def _cells_of(fence: Fence) -> list[Any]:
    if fence.language != "pycon":
        return [new_code_cell(fence.code.rstrip("\n"))]
    cells: list[Any] = []
    source: list[str] = []
    for part in _PROMPTS.parse(fence.text):
        if not isinstance(part, doctest.Example):
            continue
        source.append(part.source.rstrip("\n"))
        if part.want:
            cells.append(new_code_cell("\n".join(source), outputs=[_output(part)]))
            source = []
    if source:
        cells.append(new_code_cell("\n".join(source)))
    return cells


def _output(example: doctest.Example) -> Any:
    if "print(" in example.source or example.exc_msg:
        return new_output("stream", name="stdout", text=example.want)
    data = {"text/plain": example.want.rstrip("\n")}
    return new_output("execute_result", data=data, execution_count=None)


def _prose(markdown: str, page: str, site_url: str) -> str:
    """Return plain Markdown: our own forms become links to the page."""

    def link(match: re.Match[str]) -> str:
        target = match["target"]
        if target.startswith("val:"):
            return match["text"]
        address = site_address(target, page)
        outside = re.match(r"[a-z]+:", address)
        return f"[{match['text']}]({address if outside else site_url + address})"

    here = site_url + site_address(f"/{page}", page)
    markdown = references.FIGURE.sub(
        lambda m: f"![{m['text']}]({site_url}assets/figures/{m['target']}-light.svg)", markdown
    )
    markdown = references.COMMENT.sub(
        lambda m: f"*The {m['kind']} is [on the page]({here}).*", markdown
    )
    markdown = _ATTRIBUTES.sub(r"\1", _LINK.sub(link, markdown))
    lines = []
    for text in markdown.split("\n"):
        block = _BLOCK.match(text)
        title = block and (block["title"] or block["kind"].capitalize())
        lines.append(f"**{title}**" if title else text.removeprefix("    "))
    return "\n".join(lines).strip()


def notebook(page: str, site_url: str, docs: Path = DOCS) -> str:
    """Return the notebook of a page as JSON."""
    text = (docs / page).read_text("utf-8")
    facts = front_matter(text, page)
    body = re.sub(r"\A---\n.*?\n---\n", lambda m: "\n" * m[0].count("\n"), text, flags=re.DOTALL)
    lines, cells, at = body.split("\n"), [], 0

    def add_prose(end: int) -> None:
        prose = _prose("\n".join(lines[at:end]), page, site_url)
        if prose:
            cells.append(new_markdown_cell(prose))

    for fence in fences(body):
        if fence.language not in PYTHON:
            continue
        add_prose(fence.line - 2)
        cells += _cells_of(fence)
        at = fence.line + fence.lines
    add_prose(len(lines))
    address = site_url + site_address(f"/{page}", page)
    cells.append(new_markdown_cell(f"From [{facts.get('title', page)}]({address}), Ground Truth."))
    made = new_notebook(cells=cells)
    for number, cell in enumerate(made.cells):
        cell.id = f"cell-{number}"
    made.metadata["kernelspec"] = {
        "name": "python3", "display_name": "Python 3", "language": "python"
    }  # fmt: skip
    nbformat.validate(made)
    return str(nbformat.writes(made)) + "\n"
