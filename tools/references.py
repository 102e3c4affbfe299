"""Find what the pages show: values, tables, figures, derivations and files, with page and line."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from snippets.fingerprint import top_level
from tools.fences import fences, without_fences
from tools.paths import DOCS, ROOT, SNIPPETS

Kind = Literal["value", "table", "figure", "derivation", "explorable", "facts", "file"]

VALUE = re.compile(r"\[(?P<text>[^\]\[]+)\]\(val:(?P<target>[^)\s]*)\)")
FIGURE = re.compile(r"!\[(?P<text>[^\]]*)\]\(fig:(?P<target>[^)\s]*)\)")
COMMENT = re.compile(
    r"^(?P<indent> *)<!-- (?P<kind>table|derivation|explorable|facts): "
    r"(?P<target>\S+)(?P<options>[^>]*?) -->$",
    re.MULTILINE,
)


class BadPage(ValueError):
    """Something on a page cannot be built; the message names page and line."""


@dataclass(frozen=True)
class Reference:
    """One thing that a page shows: `target` is `folder/name` or `folder/name.path`."""

    kind: Kind
    target: str
    text: str
    page: str
    line: int

    @property
    def name(self) -> str:
        """The folder and function, without the path into a result."""
        return self.target.split(".")[0]

    @property
    def path(self) -> list[str]:
        """The way into the result of a run."""
        return self.target.split(".")[1:]

    @property
    def place(self) -> str:
        """Where it stands, as an editor understands it."""
        return f"{self.page}:{self.line}"


MODULE = {
    "value": "runs",
    "table": "runs",
    "explorable": "runs",
    "figure": "figures",
    "derivation": "derivations",
}


def module_of(kind: str, name: str) -> tuple[str, str]:
    """Return the module and the function behind a name.

    Examples:
        >>> module_of("figure", "bias_variance/double_descent")
        ('snippets.bias_variance.figures', 'double_descent')
    """
    folder, _, function = name.partition("/")
    return f"snippets.{folder}.{MODULE[kind]}", function


def in_page(markdown: str, page: str) -> Iterator[Reference]:
    """Yield what a page shows, code blocks left out except for the files they include.

    Examples:
        >>> text = "It is [0.26](val:a/b.c).\\n\\n<!-- table: a/b.rows decimals=3 -->\\n"
        >>> [(r.kind, r.target, r.text, r.line) for r in in_page(text, "x.md")]
        [('value', 'a/b.c', '0.26', 1), ('table', 'a/b.rows', ' decimals=3', 3)]
    """
    text = without_fences(markdown)

    def line(position: int) -> int:
        return text.count("\n", 0, position) + 1

    for match in VALUE.finditer(text):
        yield Reference("value", match["target"], match["text"], page, line(match.start()))
    for match in FIGURE.finditer(text):
        yield Reference("figure", match["target"], match["text"], page, line(match.start()))
    for match in COMMENT.finditer(text):
        kind: Kind = match["kind"]  # type: ignore[assignment]
        yield Reference(kind, match["target"], match["options"], page, line(match.start()))
    for fence in fences(markdown):
        for path in fence.includes:
            yield Reference("file", path, fence.language, page, fence.line)


def pages(docs: Path = DOCS) -> list[Path]:
    """Return every Markdown page, in a fixed order."""
    return sorted(docs.rglob("*.md"))


def collect(docs: Path = DOCS) -> list[Reference]:
    """Return all that the pages show."""
    found: list[Reference] = []
    for path in pages(docs):
        found += in_page(path.read_text("utf-8"), path.relative_to(docs).as_posix())
    return found


def defined(kind: str) -> set[str]:
    """Return the names of all runs, figures or derivations there are, as `folder/name`."""
    import ast

    mark = {"runs": "run", "figures": "figure", "derivations": None}[MODULE[kind]]
    found = set()
    for path in sorted(SNIPPETS.glob(f"*/{MODULE[kind]}.py")):
        for name, node in top_level(path).items():
            if not isinstance(node, ast.FunctionDef) or name.startswith("_"):
                continue
            marks = {d.id for d in node.decorator_list if isinstance(d, ast.Name)}
            if mark is None or mark in marks:
                found.add(f"{path.parent.name}/{name}")
    return found


def check(references: Iterable[Reference]) -> None:
    """Raise BadPage for names that nothing bears, and for figures without alt text."""
    known = {kind: defined(kind) for kind in ("value", "figure", "derivation")}
    known["table"] = known["explorable"] = known["value"]
    problems = []
    for one in references:
        if one.kind == "file":
            if not (ROOT / one.target).is_file():
                problems.append(f"{one.place}: there is no file {one.target}")
        elif one.kind == "facts":
            continue  # tables of facts are made of pages: prepare knows them
        elif one.name not in known[one.kind]:
            module, function = module_of(one.kind, one.name)
            problems.append(f"{one.place}: no {one.kind} {one.name!r} (no {function} in {module})")
        elif one.kind == "figure" and not one.text.strip():
            problems.append(f"{one.place}: figure {one.name!r} has no alt text")
    if problems:
        raise BadPage("\n".join(problems))
