"""Plant faults, one at a time, and see each one caught by the smallest check that could notice.

The sample is fixed by a seed; every fault is planted in a copy, never in the project's own files.
"""

import ast
import doctest
import random
import re
import signal
import time
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sybil.document import Document

from snippets.forms import Derivation
from tests.test_complete import PLAIN
from tools import (
    derivations,
    evaluate,
    facts,
    markdown_site,
    prepare,
    questions,
    references,
    study_data,
)
from tools.examples import page as page_parser
from tools.html_checks import broken_links, read, read_site
from tools.paths import DOCS, SNIPPETS

SECONDS = 20
PAGES = {path.relative_to(DOCS).as_posix(): path.read_text("utf-8") for path in references.pages()}


@dataclass(frozen=True)
class Fault:
    """What is planted, and the check that must notice: it returns normally or raises."""

    kind: str
    what: str
    check: Callable[[], None]


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Raise TimeoutError after some seconds: a fault may make a loop endless."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


# --- Snippets: an operator changed, or a result a little off ----------------------------------

SWAPS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
}


def _returns(tree: ast.Module) -> list[ast.Return]:
    return [n for n in ast.walk(tree) if isinstance(n, ast.Return) and n.value is not None]


def _operators(tree: ast.Module) -> list[ast.BinOp]:
    """Operators in what is returned: a change there cannot be without effect."""
    return [
        node
        for one in _returns(tree)
        for node in ast.walk(one)
        if isinstance(node, ast.BinOp) and type(node.op) in SWAPS
    ]


def _run_docstrings(tree: ast.Module, name: str) -> None:
    module = types.ModuleType("planted")
    exec(compile(ast.fix_missing_locations(tree), name, "exec"), vars(module))
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    for test in doctest.DocTestFinder().find(module, "planted"):
        runner.run(test, out=lambda _: None)
    if runner.failures:
        raise AssertionError(f"{runner.failures} examples fail")


def snippet_faults(dice: random.Random) -> Iterator[Fault]:
    paths = sorted(p for p in SNIPPETS.glob("*/*.py") if p.stem not in PLAIN)
    for path in dice.sample(paths, 14):
        tree = ast.parse(path.read_text("utf-8"))
        found = _operators(tree)
        if not found:
            continue
        node = dice.choice(found)
        what = f"{path.parent.name}/{path.name}:{node.lineno} {type(node.op).__name__}"
        node.op = SWAPS[type(node.op)]()
        yield Fault("snippet", what, lambda t=tree, n=path.name: _run_docstrings(t, n))  # type: ignore[misc]


# --- Pages: printed outputs, typed numbers, names, files, formulas ----------------------------


def _run_page(text: str, page: str) -> None:
    document = Document(text, str(DOCS / page))
    for region in sorted(page_parser(document)):
        document.add(region)
    for example in document.examples():
        example.evaluate()


def _another_digit(text: str, at: int) -> str:
    return text[:at] + str((int(text[at]) + 5) % 10) + text[at + 1 :]


def output_faults(dice: random.Random) -> Iterator[Fault]:
    output = re.compile(r"^(?:>>>|\.\.\.) .*\n(?P<got>-?\d+\.\d+)$", re.MULTILINE)
    spots = [(p, m.start("got")) for p, t in PAGES.items() for m in output.finditer(t)]
    for page, start in dice.sample(spots, 6):
        text = PAGES[page]
        spot = text.index(".", start) + 1
        changed = _another_digit(text, spot)
        line = text.count("\n", 0, spot) + 1
        yield Fault("output", f"{page}:{line}", lambda t=changed, p=page: _run_page(t, p))  # type: ignore[misc]


def _check_references(text: str, page: str) -> None:
    found = list(references.in_page(text, page))
    references.check(found)
    prepare.check_values(found)


def reference_faults(dice: random.Random) -> Iterator[Fault]:
    patterns = {
        "value": re.compile(r"\[(?P<spot>[^\]]*)\]\(val:"),
        "figure's name": re.compile(r"\]\(fig:[\w]+/(?P<spot>\w+)"),
        "alt text": re.compile(r"!\[(?P<spot>[^\]]+)\]\(fig:"),
        "table's name": re.compile(r"<!-- table: \w+/(?P<spot>\w+)"),
        "file's path": re.compile(r"--8<-- \"snippets/\w+/(?P<spot>\w+)"),
    }
    for kind, pattern in patterns.items():
        spots = [(p, m) for p, t in PAGES.items() for m in pattern.finditer(t)]
        for page, match in dice.sample(spots, 6 if kind == "value" else 3):
            text, spot = PAGES[page], match["spot"]
            digit = re.search(r"\d", spot)
            if kind == "value" and digit:
                changed = _another_digit(text, match.start("spot") + digit.start())
            else:
                new = "" if kind == "alt text" else spot + "_x"
                changed = text[: match.start("spot")] + new + text[match.end("spot") :]
            yield Fault(
                kind, f"{page}: {spot[:40]}", lambda t=changed, p=page: _check_references(t, p)
            )  # type: ignore[misc]


def formula_faults(dice: random.Random) -> Iterator[Fault]:
    spots = [(p, m) for p, t in PAGES.items() for m in re.finditer(r"\\frac\{[^{}$]*\}\{", t)]
    for page, match in dice.sample(spots, 3):
        formula = match[0].replace("}{", "", 1)
        yield Fault("formula", f"{page}: {formula}", lambda f=formula: _render(f))  # type: ignore[misc]


def _render(formula: str) -> None:
    markdown_site.render(f"${formula}$", "index.md")


def link_faults(dice: random.Random, site: Path) -> Iterator[Fault]:
    known = read_site(site)
    pattern = re.compile(r"\]\((?P<path>[\w./-]+)\.md(?P<anchor>#[\w-]+)?\)")
    spots = [(p, m) for p, t in PAGES.items() for m in pattern.finditer(t)]

    def check(link: str, page: str) -> None:
        html = markdown_site.render(f"[x]({link})", page)
        broken = broken_links("index.html", read(html), site, known)
        if broken:
            raise AssertionError(broken)

    for page, match in dice.sample(spots, 4):
        link = f"{match['path']}-x.md"
        yield Fault("link", f"{page}: {link}", lambda k=link, p=page: check(k, p))  # type: ignore[misc]
    anchored = [(p, m) for p, m in spots if m["anchor"]]
    for page, match in dice.sample(anchored, 3):
        link = f"{match['path']}.md{match['anchor']}-x"
        yield Fault("anchor", f"{page}: {link}", lambda k=link, p=page: check(k, p))  # type: ignore[misc]


# --- Questions, derivations, facts ------------------------------------------------------------


def question_faults(dice: random.Random) -> Iterator[Fault]:
    asked = questions.collect()
    one, other = dice.sample(asked, 2)
    plants = {
        "question's id": lambda q: replace(q, id=""),
        "shared id": lambda q: replace(q, id=other.id),
        "level": lambda q: replace(q, level="easy"),
        "rubric": lambda q: replace(q, parts={**q.parts, "rubric": ""}),
    }
    for kind, plant in plants.items():
        changed = [plant(q) if q is one else q for q in asked]
        yield Fault(kind, one.id, lambda c=changed: questions.check(c))  # type: ignore[misc]
    missing = [q for q in asked if q.folder != "bias-variance"]
    topics = facts.read()
    yield Fault("probe", "bias-variance", lambda: study_data.check_probes(topics, missing))


def derivation_faults(dice: random.Random) -> Iterator[Fault]:
    import importlib

    for name in dice.sample(sorted(references.defined("derivation")), 8):
        module, function = references.module_of("derivation", name)
        derivation: Derivation = getattr(importlib.import_module(module), function)()
        exact = [
            index
            for index, step in enumerate(derivation.steps)
            if index and step.relation == "equal"
        ]
        if not exact:
            continue
        index = dice.choice(exact)
        steps = list(derivation.steps)
        value = steps[index].value
        steps[index] = replace(steps[index], value=lambda i, v=value: v(i) * 1.001 + 1e-6)
        changed = replace(derivation, steps=steps)
        yield Fault(
            "derivation",
            f"{name} line {index + 1}",
            lambda c=changed, n=name: derivations.check(n, c),
        )  # type: ignore[misc]


def facts_faults(dice: random.Random, folder: Path) -> Iterator[Fault]:
    import shutil

    lines = {
        "tier": ("tier: ", "tier: x-"),
        "field": ("red_flag: ", "redflag: "),
        "order": ("order: ", "order: x"),
        "page": ("pages: [", "pages: [x, "),
    }
    for number, (kind, (old, new)) in enumerate(lines.items()):
        topic = dice.choice([t for t in facts.read() if t.pages])
        copy = folder / str(number) / "topics" / topic.slug
        shutil.copytree(DOCS / "topics" / topic.slug, copy)
        index = copy / "index.md"
        text = index.read_text("utf-8")
        assert old in text
        index.write_text(text.replace(old, new, 1), "utf-8")
        yield Fault(f"fact: {kind}", topic.slug, lambda c=copy: _read_topic(c))  # type: ignore[misc]


def _read_topic(folder: Path) -> None:
    facts.read_topic(folder)


def _caught(fault: Fault) -> bool:
    try:
        with at_most(SECONDS):
            fault.check()
    except Exception:
        return True
    return False


def test_every_planted_fault_is_caught(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dice = random.Random(20)
    faults = [
        *snippet_faults(dice),
        *output_faults(dice),
        *reference_faults(dice),
        *formula_faults(dice),
        *link_faults(dice, site),
        *question_faults(dice),
        *derivation_faults(dice),
        *facts_faults(dice, tmp_path),
    ]
    start = time.perf_counter()
    missed = [f"{fault.kind}: {fault.what}" for fault in faults if not _caught(fault)]
    with capsys.disabled():
        seconds = time.perf_counter() - start
        print(
            f"\nfaults caught/planted: {len(faults) - len(missed)}/{len(faults)} in {seconds:.0f} s"
        )
    assert len(faults) >= 40
    assert missed == []


def test_without_a_fault_the_same_checks_pass() -> None:
    """A check that always fails would catch everything."""
    dice = random.Random(20)
    for page in dice.sample(sorted(PAGES), 3):
        _check_references(PAGES[page], page)
        _run_page(PAGES[page], page)
    for name in sorted(references.defined("derivation"))[:3]:
        assert evaluate.derivation(name)["steps"]
