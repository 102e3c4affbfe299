"""Run every Python block of a page, and every prompt of a docstring, with Sybil."""

import doctest
from collections.abc import Iterable

from sybil import Document, Example, Region, Sybil
from sybil.evaluators.doctest import DocTestEvaluator
from sybil.parsers.rest import DocTestParser

from tools.fences import PYTHON, Fence, fences
from tools.paths import ROOT

_PROMPTS = doctest.DocTestParser()
_DOCTEST = DocTestEvaluator(doctest.NORMALIZE_WHITESPACE)


def _offsets(text: str) -> list[int]:
    """Return the position at which each line of a text starts."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _prompts(fence: Fence, starts: list[int]) -> Iterable[Region]:
    for part in _PROMPTS.parse(fence.text, "page"):
        if isinstance(part, doctest.Example):
            first = fence.line - 1 + part.lineno
            last = first + part.source.count("\n") + part.want.count("\n")
            # Sybil reports the line of `start`; the doctest's own line number is relative to it.
            part.lineno = 0
            yield Region(starts[first], starts[last] - 1, part, _DOCTEST)


def page(document: Document) -> Iterable[Region]:
    """Yield one region for each prompt, plain block and included file of a page."""
    starts = _offsets(document.text)
    for fence in fences(document.text):
        if fence.language not in PYTHON:
            continue
        first, after = starts[fence.line - 1], starts[fence.line - 1 + fence.lines]
        has_prompts = any(line.lstrip().startswith(">>>") for line in fence.text.split("\n"))
        if has_prompts != (fence.language == "pycon"):
            wrong = "prompts belong in a pycon block" if has_prompts else "pycon without prompts"
            yield Region(first, after - 1, wrong, _complain)
        elif has_prompts:
            yield from _prompts(fence, starts)
        else:
            yield Region(first, after - 1, fence, _execute)


def _complain(example: Example) -> None:
    raise SyntaxError(f"{example.path}:{example.line}: {example.parsed}")


def _execute(example: Example) -> None:
    fence: Fence = example.parsed
    if fence.includes:
        for path in fence.includes:
            exec(compile((ROOT / path).read_text("utf-8"), path, "exec"), example.namespace)
    else:
        padding = "\n" * (fence.line - 1)  # so that a traceback names the line of the page
        exec(compile(padding + fence.text, example.path, "exec"), example.namespace)


pages = Sybil(
    path=str(ROOT),
    parsers=[page],
    patterns=["docs/*.md", "docs/*/*.md", "docs/*/*/*.md", "docs/*/*/*/*.md", "README.md"],
    name="page",
)
docstrings = Sybil(
    path=str(ROOT),
    parsers=[DocTestParser(doctest.NORMALIZE_WHITESPACE)],
    patterns=["snippets/**/*.py", "tools/**/*.py", "snippets/*.py", "tools/*.py"],
    name="docstring",
)
