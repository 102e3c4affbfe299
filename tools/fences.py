"""Find the fenced code blocks of a Markdown page, wherever they are nested."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.paths import ROOT

_OPENING = re.compile(r"^(?P<indent>[ \t>]*)(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^`\n]*?)[ \t]*$")
_INCLUDE = re.compile(r"^\s*--8<--\s+\"(?P<path>[^\"]+)\"\s*$", re.MULTILINE)
_LANGUAGE = re.compile(r"^(?:\{[^}]*?\.)?(?P<language>[\w+-]+)")

PYTHON = {"python", "py", "python3", "pycon"}


@dataclass(frozen=True)
class Fence:
    """A fenced block: its language, its dedented text and where the text starts (from 1)."""

    language: str
    info: str
    text: str
    line: int
    lines: int

    @property
    def includes(self) -> list[str]:
        """Paths of the files that the block shows instead of text of its own."""
        return [match["path"] for match in _INCLUDE.finditer(self.text)]

    @property
    def code(self) -> str:
        """The text of the block with its included files in place."""
        return _INCLUDE.sub(lambda match: (ROOT / match["path"]).read_text("utf-8"), self.text)


def fences(markdown: str) -> Iterator[Fence]:
    """Yield the blocks of a page from top to bottom.

    Titles, attributes, trailing spaces, admonitions, tabs, lists and quotes hide none:

    Examples:
        >>> page = '!!! tip\\n\\n    ```{.python title="a.py"}  \\n    x = 1\\n    ```\\n'
        >>> [(fence.language, fence.text, fence.line) for fence in fences(page)]
        [('python', 'x = 1\\n', 4)]

        A fence that is never closed is an error:

        >>> list(fences("```python\\nx = 1\\n"))
        Traceback (most recent call last):
        ...
        ValueError: line 1: this code block is never closed
    """
    lines = markdown.split("\n")
    at = 0
    while at < len(lines):
        opening = _OPENING.match(lines[at])
        at += 1
        if not opening:
            continue
        first, mark = at, opening["fence"]
        closing = re.compile(rf"^[ \t>]*{mark[0]}{{{len(mark)},}}[ \t]*$")
        while at < len(lines) and not closing.match(lines[at]):
            at += 1
        if at == len(lines):
            raise ValueError(f"line {first}: this code block is never closed")
        width = len(opening["indent"])
        text = "".join(f"{line[width:]}\n" for line in lines[first:at])
        language = _LANGUAGE.match(opening["info"])
        yield Fence(
            language["language"].lower() if language else "",
            opening["info"],
            text,
            first + 1,
            at - first,
        )
        at += 1


def without_fences(markdown: str) -> str:
    """Return the page with its code blocks blanked, line for line.

    Examples:
        >>> without_fences("a\\n```python\\nx = 1\\n```\\nb")
        'a\\n\\n\\n\\nb'
    """
    lines = markdown.split("\n")
    for fence in fences(markdown):
        for row in range(fence.line - 2, fence.line + fence.lines):
            lines[row] = ""
    return "\n".join(lines)


def read(path: Path) -> list[Fence]:
    """Return the code blocks of the page at a path."""
    return list(fences(path.read_text("utf-8")))
