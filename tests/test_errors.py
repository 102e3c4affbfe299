"""Bad input gets a clear error, and nothing half-written is left."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from snippets.forms import Derivation, Step, Variant, WrongMove, run
from tools import derivations, evaluate, facts, maths, questions, references, values
from tools.paths import DOCS, ROOT

QUESTION = """### Why? { #why .question data-level="know" data-rounds="phone" }

Because.

!!! whiteboard
    x

!!! next
    1. **A?** a
    2. **B?** b
    3. **C?** c

!!! wrong
    no

!!! rubric
    - a (1)
    - b (1)
    - c (1)
    - d (1)
    - fatal: e
"""


def asked(text: str) -> None:
    questions.check(questions.in_page(text, "page.md"))


def test_a_whole_question_passes() -> None:
    asked(QUESTION)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("#why ", "", "page.md:1: question 'Why?' has no id"),
        ('"know"', '"knows"', "has the level 'knows'"),
        ('"phone"', '"phones"', "has the rounds 'phones'"),
        ("!!! wrong", "!!! wrung", "has no '!!! wrong'"),
        ("    3. **C?** c\n", "", "has 2 follow-ups"),
        ("    - d (1)\n", "", "has 3 checks"),
        ("    - fatal: e\n", "", "has 0 fatal errors"),
        ("### Why?", "### Why $x$?", "has maths in its heading"),
        ("Because.", "", "has no answer"),
        (".question", ".question .mock", "has no '!!! weak'"),
    ],
)
def test_a_broken_question_is_named(old: str, new: str, message: str) -> None:
    assert old in QUESTION
    with pytest.raises(references.BadPage) as error:
        asked(QUESTION.replace(old, new, 1))
    assert message in str(error.value)


def test_an_id_is_used_once() -> None:
    with pytest.raises(references.BadPage, match=r"has the id 'why' of 'Why\?' at page\.md:1"):
        asked(QUESTION + "\n" + QUESTION)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("![x](fig:bias_variance/nowhere)", "page.md:1: no figure 'bias_variance/nowhere'"),
        ("[1](val:bias_variance/nowhere.a)", "page.md:1: no value 'bias_variance/nowhere'"),
        ("<!-- derivation: a/b -->", "no derivation 'a/b' (no b in snippets.a.derivations)"),
        (
            '```python\n--8<-- "snippets/gone.py"\n```',
            "page.md:2: there is no file snippets/gone.py",
        ),
        ("![](fig:bias_variance/one_input)", "figure 'bias_variance/one_input' has no alt text"),
    ],
)
def test_a_reference_to_nothing_is_named(line: str, message: str) -> None:
    with pytest.raises(references.BadPage) as error:
        references.check(references.in_page(line, "page.md"))
    assert message in str(error.value)


def test_a_typed_number_that_differs_shows_both() -> None:
    with pytest.raises(values.BadValue, match=r"the page says 0\.3, the run says 0\.4 \(0\.42\)"):
        values.check(0.42, "0.3")


LINE = Step("g", "x", lambda i: i, "start", "r", ("h", "h"))


def lines(third: object, *moves: WrongMove, instances: tuple[float, ...] = (1, 2, 3)) -> Derivation:
    return Derivation(
        "c",
        "g",
        [
            LINE,
            Step("g", "x", lambda i: i * 1.0, "equal", "r", ("h", "h")),
            Step("g", "x", third, "equal", "r", ("h", "h")),  # type: ignore[arg-type]
        ],
        instances,
        moves,
    )


def test_a_derivation_that_breaks_shows_both_values() -> None:
    with pytest.raises(derivations.BrokenDerivation) as error:
        derivations.check("a/b", lines(lambda i: i + (i > 2)))
    assert str(error.value) == (
        "a/b: line 3 should be equal to line 2, but on instance 3 they are\n"
        "  line 2: 3.0\n  line 3: 4"
    )


def test_a_derivation_does_its_work() -> None:
    derivations.check("a/b", lines(lambda i: 2 * i - i))
    move = WrongMove(3, "x", "y", lambda i: i + 0)
    with pytest.raises(derivations.BrokenDerivation, match="wrong move at line 3 breaks on no"):
        derivations.check("a/b", lines(lambda i: 2 * i - i, move))
    with pytest.raises(derivations.BrokenDerivation, match="2 instances"):
        derivations.check("a/b", lines(lambda i: 2 * i - i, instances=(1, 2)))
    with pytest.raises(derivations.BrokenDerivation, match="the same value on every instance"):
        derivations.check("a/b", lines(lambda i: 2 * i - i, instances=(1, 1, 1)))


@pytest.mark.parametrize(
    ("answer", "wrong", "message"),
    [
        ("2*x", {"3*x": "why"}, ""),
        (
            "2*x + 1",
            {"3*x": "why"},
            "variant 1: 2\\*x \\+ 1: At x = 1 it gives 3 and should give 2.",
        ),
        ("2*y", {"3*x": "why"}, 'variant 1: 2\\*y: "y" is not a name here'),
        ("2*x", {"x + x": "why"}, "variant 1: the wrong answer x \\+ x is right on all instances"),
        ("2*x", {}, "variant 1 needs a typical wrong answer"),
    ],
)
def test_a_variant_is_held_against_its_values(
    answer: str, wrong: dict[str, str], message: str
) -> None:
    variant = Variant(
        ask="?", symbols={"x": "x"}, names=lambda i: {"x": i}, value=lambda i: i + i,
        answer=answer, why="why", wrong=wrong,
    )  # fmt: skip
    derivation = replace(lines(lambda i: 2 * i - i), variants=(variant,))
    if not message:
        derivations.check("a/b", derivation)
        return
    with pytest.raises(derivations.BrokenDerivation, match=message):
        derivations.check("a/b", derivation)


@pytest.fixture
def topic(tmp_path: Path) -> Path:
    """A copy of a topic whose front matter can be broken."""
    folder = tmp_path / "topics" / "bias-variance"
    shutil.copytree(DOCS / "topics" / "bias-variance", folder)
    facts.read(tmp_path)
    return folder


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("tier: foundation", "tier: base", "topics/bias-variance/index.md: tier is 'base'"),
        ("needs: []", "needs: [magic]", "needs names 'magic', which is no topic"),
        ("needs: []", "needs: [bias-variance]", "bias-variance -> bias-variance"),
        ("one_liner:", "one_line:", "one_liner is missing"),
        ("order: 1", "order: first", "order should be a int, not 'first'"),
        ("phone: deep", "phone: deeper", "rounds.phone is 'deeper'"),
        ("pages: [", "pages: [nowhere, ", "pages names 'nowhere'"),
        ("tier: foundation", "tier: [", "the front matter is not YAML"),
    ],
)
def test_broken_front_matter_is_named(topic: Path, old: str, new: str, message: str) -> None:
    index = topic / "index.md"
    text = index.read_text("utf-8")
    assert old in text
    index.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(facts.BadFacts) as error:
        facts.read(topic.parent.parent)
    assert message in str(error.value)


def test_a_circle_of_topics_is_named(tmp_path: Path) -> None:
    for slug, need in (("bias-variance", "loss-functions"), ("loss-functions", "bias-variance")):
        shutil.copytree(DOCS / "topics" / slug, tmp_path / "topics" / slug)
        index = tmp_path / "topics" / slug / "index.md"
        lines = index.read_text("utf-8").split("\n")
        changed = [f"needs: [{need}]" if line.startswith("needs:") else line for line in lines]
        index.write_text("\n".join(changed), "utf-8")
    with pytest.raises(facts.BadFacts, match="needs goes in a circle: "):
        facts.read(tmp_path)


def test_a_run_must_be_plain_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GROUND_TRUTH_CACHE", str(tmp_path))

    def infinite() -> dict[str, float]:
        return {"a": float("inf")}

    infinite.__module__ = "snippets.bias_variance.runs"
    with pytest.raises(TypeError, match=r"run snippets\.bias_variance\.runs\.infinite must return"):
        run(infinite)()
    assert list(tmp_path.rglob("*.*")) == []


def test_an_example_that_raises_names_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GROUND_TRUTH_CACHE", str(tmp_path))
    with pytest.raises(evaluate.BrokenExample, match="figure bias_variance/absent failed"):
        evaluate.ensure([evaluate.Job("figure", "bias_variance/absent")])
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_bad_formula_is_named() -> None:
    with pytest.raises(ValueError, match=r"\\frac\{1"):
        maths.render(r"\frac{1", display=False)


def test_a_failing_build_says_where(tmp_path: Path) -> None:
    """The whole way: a page with a wrong number stops `mkdocs build` with page and line."""
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("# A\n\n[9.9](val:bias_variance/decomposition.rows)\n")
    code = (
        "import tools.references as r, tools.prepare as p, pathlib; "
        f"p.check_values(r.collect(pathlib.Path({str(docs)!r})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "index.md:3: bias_variance/decomposition.rows: the run gives" in done.stderr


def test_a_kept_result_is_whole_json() -> None:
    result = evaluate.result("bias_variance/decomposition")
    assert json.loads(json.dumps(result)) == result
