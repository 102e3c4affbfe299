"""Plant faults, one at a time, and see each one caught by the smallest check that could notice.

The sample is fixed by a seed; every fault is planted in a copy, never in the project's own files.
Each check is also run without its fault and must pass: one that always fails catches everything.
"""

import ast
import doctest
import importlib
import random
import re
import shutil
import signal
import time
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest
from sybil.document import Document

from snippets.forms import Derivation
from tests.test_complete import PLAIN
from tools import derivations, facts, markdown_site, prepare, questions, references, study_data
from tools.examples import page as page_parser
from tools.html_checks import PageFacts, broken_links, read, read_site
from tools.paths import DOCS, SNIPPETS

SECONDS = 20
PAGES = {path.relative_to(DOCS).as_posix(): path.read_text("utf-8") for path in references.pages()}


@dataclass(frozen=True)
class Fault:
    """What is planted, the check that must notice, and the same check without the fault."""

    kind: str
    what: str
    planted: Callable[[], object]
    sound: Callable[[], object]


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


# --- Snippets: an operator changed in what is returned ----------------------------------------

SWAPS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
}


def _operators(tree: ast.Module) -> list[ast.BinOp]:
    """The outermost operator of what a public function returns: a change there shows."""
    found = []
    for function in tree.body:
        if not isinstance(function, ast.FunctionDef) or function.name.startswith("_"):
            continue
        returned = function.body[-1]
        if isinstance(returned, ast.Return) and returned.value is not None:
            operators = [n for n in ast.walk(returned) if isinstance(n, ast.BinOp)]
            found += [node for node in operators[:1] if type(node.op) in SWAPS]
    return found


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
    able = [path for path in paths if _operators(ast.parse(path.read_text("utf-8")))]
    for path in dice.sample(able, 14):
        sound, changed = (ast.parse(path.read_text("utf-8")) for _ in range(2))
        node = dice.choice(_operators(changed))
        what = f"{path.parent.name}/{path.name}:{node.lineno} {type(node.op).__name__}"
        node.op = SWAPS[type(node.op)]()
        yield Fault(
            "snippet",
            what,
            partial(_run_docstrings, changed, path.name),
            partial(_run_docstrings, sound, path.name),
        )


# --- Pages: printed outputs, typed numbers, names, files, formulas, links ---------------------


def _run_page(text: str, page: str) -> None:
    document = Document(text, str(DOCS / page))
    for region in page_parser(document):
        document.add(region)
    for example in document.examples():
        example.evaluate()


def _another_digit(text: str, at: int) -> str:
    return text[:at] + str((int(text[at]) + 5) % 10) + text[at + 1 :]


def output_faults(dice: random.Random) -> Iterator[Fault]:
    output = re.compile(r"^(?:>>>|\.\.\.) .*\n(?P<got>-?\d+\.\d+)$", re.MULTILINE)
    spots = [(page, m.start("got")) for page, t in PAGES.items() for m in output.finditer(t)]
    for page, start in dice.sample(spots, 6):
        text = PAGES[page]
        spot = text.index(".", start) + 1
        yield Fault(
            "output",
            f"{page}:{text.count(chr(10), 0, spot) + 1}",
            partial(_run_page, _another_digit(text, spot), page),
            partial(_run_page, text, page),
        )


def _check_references(text: str, page: str) -> None:
    found = list(references.in_page(text, page))
    references.check(found)
    prepare.check_tables(found)
    prepare.check_values(found)


NAMES = {
    "value": re.compile(r"\[(?P<spot>[^\]]*)\]\(val:"),
    "figure's name": re.compile(r"\]\(fig:[\w]+/(?P<spot>\w+)"),
    "alt text": re.compile(r"!\[(?P<spot>[^\]]+)\]\(fig:"),
    "table's name": re.compile(r"<!-- (?:table: \w+/|facts: )(?P<spot>\w+)"),
    "derivation's name": re.compile(r"<!-- derivation: \w+/(?P<spot>\w+)"),
    "file's path": re.compile(r"--8<-- \"snippets/\w+/(?P<spot>\w+)"),
}


def reference_faults(dice: random.Random) -> Iterator[Fault]:
    pages = {page: text for page, text in PAGES.items() if page != "contributing.md"}
    for kind, pattern in NAMES.items():
        spots = [(page, match) for page, t in pages.items() for match in pattern.finditer(t)]
        for page, match in dice.sample(spots, 6 if kind == "value" else 3):
            text, spot = PAGES[page], match["spot"]
            if kind == "value":
                digit = next(re.finditer(r"\d", spot))
                changed = _another_digit(text, match.start("spot") + digit.start())
            else:
                new = "" if kind == "alt text" else f"{spot}_x"
                changed = text[: match.start("spot")] + new + text[match.end("spot") :]
            yield Fault(
                kind,
                f"{page}: {spot[:40]}",
                partial(_check_references, changed, page),
                partial(_check_references, text, page),
            )


def formula_faults(dice: random.Random) -> Iterator[Fault]:
    formula = re.compile(r"(?<!\$)\$(?P<tex>[^$\n]*\\(?:frac|sqrt|hat)\{[^$\n]*)\$(?!\$)")
    spots = [(page, m["tex"]) for page, t in PAGES.items() for m in formula.finditer(t)]
    for page, tex in dice.sample(spots, 3):
        broken = tex.replace("{", "", 1)
        yield Fault(
            "formula",
            f"{page}: {tex}",
            partial(markdown_site.render, f"${broken}$", "index.md"),
            partial(markdown_site.render, f"${tex}$", "index.md"),
        )


def _check_link(site: Path, known: dict[str, PageFacts], link: str, page: str) -> None:
    html = markdown_site.render(f"[x]({link})", page)
    broken = broken_links("index.html", read(html), site, known)
    if broken:
        raise AssertionError(broken)


def link_faults(dice: random.Random, site: Path) -> Iterator[Fault]:
    check = partial(_check_link, site, read_site(site))
    pattern = re.compile(r"\]\((?P<path>[\w./-]+)\.md(?P<anchor>#[\w-]+)?\)")
    spots = [(page, match) for page, t in PAGES.items() for match in pattern.finditer(t)]
    for page, match in dice.sample(spots, 4):
        good, bad = f"{match['path']}.md", f"{match['path']}-x.md"
        yield Fault("link", f"{page}: {bad}", partial(check, bad, page), partial(check, good, page))
    for page, match in dice.sample([(p, m) for p, m in spots if m["anchor"]], 3):
        good = f"{match['path']}.md{match['anchor']}"
        bad = f"{good}-x"
        yield Fault(
            "anchor", f"{page}: {bad}", partial(check, bad, page), partial(check, good, page)
        )


# --- Questions, derivations, facts ------------------------------------------------------------


def question_faults(dice: random.Random) -> Iterator[Fault]:
    asked = questions.collect()
    one, other = dice.sample(asked, 2)
    changed = {
        "question's id": replace(one, id=""),
        "shared id": replace(one, id=other.id),
        "level": replace(one, level="easy"),
        "rubric": replace(one, parts={**one.parts, "rubric": ""}),
    }
    for kind, question in changed.items():
        planted = [question if q is one else q for q in asked]
        yield Fault(
            kind, one.id, partial(questions.check, planted), partial(questions.check, asked)
        )
    topics = facts.read()
    missing = [q for q in asked if q.folder != "bias-variance"]
    check = study_data.check_probes
    yield Fault(
        "probe", "bias-variance", partial(check, topics, missing), partial(check, topics, asked)
    )


def derivation_faults(dice: random.Random) -> Iterator[Fault]:
    for name in dice.sample(sorted(references.defined("derivation")), 8):
        module, function = references.module_of("derivation", name)
        derivation: Derivation = getattr(importlib.import_module(module), function)()
        equal = [n for n, step in enumerate(derivation.steps) if n and step.relation == "equal"]
        if not equal:
            continue
        index = dice.choice(equal)
        steps = list(derivation.steps)
        value = steps[index].value
        steps[index] = replace(steps[index], value=lambda i, v=value: v(i) * 1.001 + 1e-6)
        yield Fault(
            "derivation",
            f"{name} line {index + 1}",
            partial(derivations.check, name, replace(derivation, steps=steps)),
            partial(derivations.check, name, derivation),
        )


def variant_faults(dice: random.Random) -> Iterator[Fault]:
    for name in sorted(references.defined("derivation")):
        module, function = references.module_of("derivation", name)
        derivation: Derivation = getattr(importlib.import_module(module), function)()
        if not derivation.variants or dice.random() < 0.75:
            continue
        one, *others = derivation.variants
        planted = replace(one, answer=f"({one.answer})*1.001")
        yield Fault(
            "variant",
            name,
            partial(derivations.check, name, replace(derivation, variants=(planted, *others))),
            partial(derivations.check, name, derivation),
        )


def facts_faults(dice: random.Random, folder: Path) -> Iterator[Fault]:
    lines = {
        "tier": ("tier: ", "tier: x-"),
        "field": ("red_flag: ", "redflag: "),
        "order": ("order: ", "order: x"),
        "page": ("pages: [", "pages: [x, "),
    }
    for kind, (old, new) in lines.items():
        topic = dice.choice([t for t in facts.read() if t.pages])
        sound = DOCS / "topics" / topic.slug
        planted = folder / kind / "topics" / topic.slug
        shutil.copytree(sound, planted)
        index = planted / "index.md"
        text = index.read_text("utf-8")
        assert old in text
        index.write_text(text.replace(old, new, 1), "utf-8")
        check = facts.read_topic
        yield Fault(f"fact: {kind}", topic.slug, partial(check, planted), partial(check, sound))


def _raises(check: Callable[[], object]) -> bool:
    try:
        with at_most(SECONDS):
            check()
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
        *variant_faults(dice),
        *facts_faults(dice, tmp_path),
    ]
    start = time.perf_counter()
    missed = [f"{fault.kind}: {fault.what}" for fault in faults if not _raises(fault.planted)]
    seconds = time.perf_counter() - start
    with capsys.disabled():
        caught = len(faults) - len(missed)
        print(f"\nfaults caught/planted: {caught}/{len(faults)} in {seconds:.0f} s")
    too_strict = [f"{fault.kind}: {fault.what}" for fault in faults if _raises(fault.sound)]
    assert len(faults) >= 40
    assert missed == []
    assert too_strict == []
