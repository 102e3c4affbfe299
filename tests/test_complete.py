"""Nothing is shown that is not made, nothing is made that is not shown."""

import ast
import re
from collections import Counter

import pytest

from snippets.fingerprint import module_path, top_level
from tools import evaluate, facts, questions, references, study_data
from tools.paths import DOCS, ROOT, SNIPPETS
from tools.snippet_pages import LAST

SHOWN = references.collect()
TOPICS = facts.read()
QUESTIONS = questions.collect()
WHOLE = [topic for topic in TOPICS if topic.whole]
PLAIN = {"__init__", *LAST}


def _names(kind: str) -> set[str]:
    return {one.name for one in SHOWN if one.kind == kind}


def test_all_twelve_topics_are_there() -> None:
    assert [topic.slug for topic in TOPICS] == list(facts.SLUGS)


def test_every_reference_leads_somewhere() -> None:
    references.check(SHOWN)


def test_every_question_is_whole() -> None:
    questions.check(QUESTIONS)
    study_data.check_probes(TOPICS, QUESTIONS)


def test_every_snippet_is_shown_whole_on_a_page() -> None:
    shown = {one.target for one in SHOWN if one.kind == "file"}
    written = {
        path.relative_to(ROOT).as_posix()
        for path in SNIPPETS.glob("*/*.py")
        if path.stem not in PLAIN
    }
    assert written - shown == set()


@pytest.mark.parametrize("kind", ["figure", "derivation"])
def test_what_is_made_is_shown(kind: str) -> None:
    assert references.defined(kind) - _names(kind) == set()


def test_no_figure_is_shown_twice_on_one_page() -> None:
    seen = Counter((one.page, one.name) for one in SHOWN if one.kind == "figure")
    assert [pair for pair, times in seen.items() if times > 1] == []


def _runs_read_by_code() -> set[str]:
    """Runs that figures, derivations or other runs call."""
    found = set()
    for path in SNIPPETS.glob("*/*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                found.add(f"{path.parent.name}/{name}")
    return found


def test_every_run_is_used() -> None:
    used = _names("value") | _names("table") | _names("explorable") | _runs_read_by_code()
    assert references.defined("value") - used == set()


def test_a_snippet_stands_alone() -> None:
    leaning = []
    for path in SNIPPETS.glob("*/*.py"):
        if path.stem in PLAIN:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if any(name.split(".")[0] in {"snippets", "tools"} for name in names):
                leaning.append(path.name)
    assert leaning == []


def test_snippets_never_import_tools() -> None:
    pattern = re.compile(r"^\s*(?:from|import) tools\b", re.MULTILINE)
    assert [p for p in SNIPPETS.rglob("*.py") if pattern.search(p.read_text("utf-8"))] == []


@pytest.mark.parametrize("path", sorted(SNIPPETS.glob("*/*.py")), ids=lambda p: p.stem)
def test_snippet_form(path: object) -> None:
    """At most 60 lines, and a function or class whose docstring proves it."""
    text = path.read_text("utf-8")  # type: ignore[attr-defined]
    if path.stem in PLAIN:  # type: ignore[attr-defined]
        return
    assert text.count("\n") <= 60
    public = [
        node
        for name, node in top_level(path).items()  # type: ignore[arg-type]
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not name.startswith("_")
    ]
    assert public, "no public function or class"
    proofs = "\n".join(ast.get_docstring(node) or "" for node in public)
    assert "Examples:" in proofs
    assert proofs.count(">>>") >= 3
    assert ">>>" not in "".join(
        (ast.get_docstring(node) or "").split("Examples:")[0] for node in public
    )


@pytest.mark.parametrize("topic", WHOLE, ids=lambda topic: topic.slug)
def test_a_whole_topic_has_all_its_parts(topic: facts.Topic) -> None:
    folder = DOCS / "topics" / topic.slug
    module = topic.slug.replace("-", "_")
    asked = [one for one in QUESTIONS if one.folder == topic.slug]
    made = {kind: references.defined(kind) for kind in ("figure", "derivation")}
    count = {kind: sum(name.startswith(f"{module}/") for name in made[kind]) for kind in made}
    snippets = [p for p in (SNIPPETS / module).glob("*.py") if p.stem not in PLAIN]
    practice = (folder / "practice.md").read_text("utf-8")

    assert len(topic.pages) >= 6
    assert len(snippets) >= 12
    assert count["figure"] >= 8
    assert count["derivation"] >= 3
    of_topic = [name for name in made["derivation"] if name.startswith(f"{module}/")]
    assert [name for name in of_topic if not evaluate.derivation(name)["variants"]] == []
    assert len(asked) >= 20
    assert {one.level for one in asked} == set(questions.LEVELS)
    assert sum(one.mock for one in asked) >= 3
    assert len(re.findall(r"^#+ .*\{[^}]*\.problem\b", practice, re.MULTILINE)) >= 6
    assert any(
        one.kind == "explorable" and one.page.startswith(f"topics/{topic.slug}/") for one in SHOWN
    )


HEADINGS = (
    "The 60-second answer",
    "Key deliverable",
    "What this topic teaches",
    "Decision table",
    "Cheat sheet",
    "Red flags",
    "A sample exchange",
    "Warm-up",
    "Before and after",
)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.slug)
def test_an_index_has_its_sections(topic: facts.Topic) -> None:
    text = (DOCS / "topics" / topic.slug / "index.md").read_text("utf-8")
    found = re.findall(r"^## (.+?)(?: \{.*)?$", text, re.MULTILINE)
    assert [heading for heading in HEADINGS if heading not in found] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        path
        for folder in (SNIPPETS, ROOT / "tools", ROOT / "tests")
        for path in folder.rglob("*.py")
        if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


def test_a_module_of_snippets_is_found_by_its_name() -> None:
    assert module_path("snippets.forms") == SNIPPETS / "forms.py"
    assert module_path("numpy") is None


WORDS = re.compile(r"\b\w[\w'’-]*\b")


@pytest.mark.parametrize(
    ("topic", "page"),
    [(topic.slug, page) for topic in TOPICS for page in topic.pages],
)
def test_an_idea_page_is_one_idea(topic: str, page: str) -> None:
    """600 to 1,800 words of prose; front matter, code, formulas and tables left out."""
    from tools.fences import without_fences

    text = without_fences((DOCS / "topics" / topic / f"{page}.md").read_text("utf-8"))
    body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    body = re.sub(r"\$\$.*?\$\$|\$[^$\n]*\$|\]\([^)]*\)", " ", body, flags=re.DOTALL)
    body = re.sub(r"^ *(?:\||<!--|!\[).*$", "", body, flags=re.MULTILINE)
    assert 600 <= len(WORDS.findall(body)) <= 1_800
