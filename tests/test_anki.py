"""The Anki deck, held against Anki's own importer.

A reader imports one release, studies, and imports the next: the schedule stays, changed texts are
new, nothing is doubled, nothing conflicts.
"""

import io
import json
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tools import anki, deck, questions
from tools.questions import Question

pytest.importorskip("anki", reason="Anki's library has no wheel for this platform")

from anki.collection import (
    Collection,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)

SITE = "https://ground-truth.example/"
THEN, LATER = 1_770_000_000, 1_780_000_000
FIGURE = "bias_variance/double_descent"

QUESTION = """
### Is `a < b` in {name}? {{ #{name} .question data-level="know" data-rounds="phone" }}

Both: $\\text{{{name}}}_{{i}} < \\frac{{1}}{{\\sqrt{{\\frac{{a}}{{b}}}}}}$,
and `torch::{name} < {{{{x}}}}` too.

$$
\\frac{{\\partial L}}{{\\partial \\fhat}} = {{\\left\\{{ y \\right\\}}}}_{{{{n}}}}
$$

{more}

!!! whiteboard
    Write it.

!!! next
    1. **Why?** Because.
    2. **When?** Always.
    3. **Where?** Here.

!!! wrong
    No.

!!! rubric
    - says $a < b$ (2)
    - names {name} (2)
    - gives a number (1)
    - says when it fails (1)
    - fatal: says $b < a$
"""


def asked(*names: str, more: str = "") -> list[Question]:
    text = "# Title\n" + "".join(QUESTION.format(name=name, more=more) for name in names)
    return list(questions.in_page(text, "topics/bias-variance/questions.md"))


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger of its own, empty."""
    path = tmp_path / "ledger.json"
    path.write_text("{}", "utf-8")
    monkeypatch.setattr(anki, "LEDGER", path)
    return path


def released(monkeypatch: pytest.MonkeyPatch, some: list[Question], time: int) -> bytes:
    """The package of a release, which is then written into the ledger."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(time))
    made = anki.package(some, SITE)
    anki.release(some)
    return made


class Reader:
    """Somebody with Anki."""

    def __init__(self, folder: Path) -> None:
        self.collection = Collection(str(folder / "collection.anki2"))
        self.file = folder / "deck.apkg"

    def read(self, package: bytes) -> dict[str, int]:
        """Import as Anki proposes: notes and note types if newer, without scheduling."""
        self.file.write_bytes(package)
        request = ImportAnkiPackageRequest(
            package_path=str(self.file),
            options=ImportAnkiPackageOptions(
                merge_notetypes=False,
                update_notes=0,
                update_notetypes=0,
                with_scheduling=False,
                with_deck_configs=False,
            ),
        )
        log = self.collection.import_anki_package(request).log
        names = ("new", "updated", "duplicate", "conflicting", "missing_notetype", "missing_deck")
        return {name: len(getattr(log, name)) for name in names if len(getattr(log, name))}

    def card(self, name: str) -> Any:
        (found,) = self.collection.find_cards(f"Id:{name}")
        return self.collection.get_card(found)

    def note(self, name: str) -> dict[str, str]:
        return dict(self.card(name).note().items())

    def study(self, name: str, days: int) -> tuple[int, ...]:
        self.collection.sched.set_due_date([self.card(name).id], f"{days}!")
        return self.schedule(name)

    def schedule(self, name: str) -> tuple[int, ...]:
        card = self.card(name)
        return (card.type, card.queue, card.due, card.ivl, card.factor, card.reps)

    @property
    def note_types(self) -> set[str]:
        return {one.name for one in self.collection.models.all_names_and_ids()}


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    """A reader with an empty collection."""
    one = Reader(tmp_path)
    yield one
    one.collection.close()


@pytest.mark.usefixtures("ledger")
def test_an_update_keeps_the_schedule_and_brings_the_text(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = asked("ridge", "lasso", "elastic")
    assert reader.read(released(monkeypatch, [first, second], THEN)) == {"new": 2}
    before = reader.study("ridge", 30)
    other = reader.study("lasso", 12)
    assert before[3] == 30

    changed = replace(first, answer=first.answer + "\n\nA new sentence.")
    update = released(monkeypatch, [changed, second, third], LATER)
    assert reader.read(update) == {"new": 1, "updated": 1, "duplicate": 1}
    assert "A new sentence." in reader.note("ridge")["Answer"]
    assert reader.schedule("ridge") == before
    assert reader.schedule("lasso") == other
    assert reader.collection.note_count() == reader.collection.card_count() == 3
    assert "Ground Truth" in reader.note_types
    assert not any(name.startswith("Ground Truth") and name[12:] for name in reader.note_types)
    # The same file again changes nothing.
    assert reader.read(update) == {"duplicate": 3}
    assert reader.schedule("ridge") == before


@pytest.mark.usefixtures("ledger")
def test_only_changed_notes_carry_a_new_time(monkeypatch: pytest.MonkeyPatch) -> None:
    some = asked("ridge", "lasso")
    released(monkeypatch, some, THEN)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(LATER))
    with notes(anki.package(some, SITE)) as found:
        assert {row["mod"] for row in found} == {THEN}
    changed = [replace(some[0], answer="New."), some[1]]
    with notes(anki.package(changed, SITE)) as found:
        assert [row["mod"] for row in found] == [THEN, LATER]
    # A sentence changed and built on a machine whose commit is older than the release: still newer.
    with notes(anki.package(changed, SITE, now=1)) as found:
        assert [row["mod"] for row in found] == [THEN, THEN + 1]
    assert anki.package(changed, SITE) == anki.package(changed, SITE)


@contextmanager
def notes(package: bytes) -> Iterator[list[sqlite3.Row]]:
    """The rows of the notes in a package, in the order of the deck."""
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(io.BytesIO(package)) as parts:
            path = Path(parts.extract("collection.anki2", folder))
        database = sqlite3.connect(path)
        database.row_factory = sqlite3.Row
        try:
            yield database.execute("select * from notes order by id").fetchall()
        finally:
            database.close()


@pytest.mark.usefixtures("ledger")
def test_a_page_that_moved_brings_its_new_link(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = asked("ridge")
    reader.read(released(monkeypatch, [one], THEN))
    moved = replace(one, page="topics/regularization/questions.md")
    assert deck.content_hash(moved) == deck.content_hash(one)
    assert reader.read(released(monkeypatch, [moved], LATER)) == {"updated": 1}
    note = reader.note("ridge")
    assert f'href="{SITE}topics/regularization/questions/#ridge"' in note["Link"]
    assert reader.card("ridge").note().tags == ["level::know", "topic::regularization"]


def test_a_withdrawn_card_stays_and_says_so(
    ledger: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = asked("ridge", "lasso")
    reader.read(released(monkeypatch, [first, second], THEN))
    before = reader.study("ridge", 30)
    monkeypatch.setattr(anki, "redirects", lambda: {"ridge": "lasso"})
    update = released(monkeypatch, [second], LATER)
    assert reader.read(update) == {"updated": 1, "duplicate": 1}
    assert reader.card("ridge").note().tags == [anki.RETIRED]
    assert "has left the site" in reader.note("ridge")["Answer"]
    assert "#lasso" in reader.note("ridge")["Link"]
    assert reader.schedule("ridge") == before
    assert json.loads(ledger.read_text("utf-8"))["ridge"]["retired"] is True
    # A release later it is still there, and is not updated again.
    assert reader.read(released(monkeypatch, [second], LATER + 99)) == {"duplicate": 2}


@pytest.mark.usefixtures("ledger")
def test_a_note_that_the_reader_changed_later_stays_theirs(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = asked("ridge")
    reader.read(released(monkeypatch, [one], THEN))
    note = reader.card("ridge").note()
    note.tags.append("mine")
    reader.collection.update_note(note)  # now is later than LATER
    changed = replace(one, answer="New.")
    assert reader.card("ridge").note().mod > LATER
    assert reader.read(released(monkeypatch, [changed], LATER)) == {"duplicate": 1}
    assert "mine" in reader.card("ridge").note().tags


@pytest.mark.usefixtures("ledger")
def test_figures_travel_and_their_names_change_with_them(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = asked("ridge", more=f"![Two curves](fig:{FIGURE})")
    assert reader.read(released(monkeypatch, [one], THEN)) == {"new": 1}
    answer = reader.note("ridge")["Answer"]
    (name,) = re.findall(r'<img src="([^"]+)" alt="Two curves">', answer)
    assert re.fullmatch(r"ground-truth-bias_variance-double_descent-[0-9a-f]{10}\.svg", name)
    folder = Path(reader.collection.media.dir())
    assert (folder / name).read_text("utf-8").lstrip().startswith(("<?xml", "<svg"))
    checked = reader.collection.media.check()
    assert list(checked.missing) == []
    assert list(checked.unused) == []


@pytest.mark.usefixtures("ledger")
def test_mathematics_and_code_survive_the_templates(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = asked("ridge")
    reader.read(released(monkeypatch, [one], THEN))
    card = reader.card("ridge")
    question, answer = card.question(), card.answer()
    assert "<code>a &lt; b</code>" in question
    assert r"\frac{1}{\sqrt{\frac{a}{b}}}" in answer  # }} stays }}
    assert r"{\left\{ y \right\}}_{{n}}" in answer
    assert "torch::ridge &lt; {{x}}" in answer
    assert r"says \(a &lt; b\) (2)" in answer
    assert "fatal: says" in answer
    assert r"\fhat" not in answer, "our own macros mean nothing in Anki"
    assert "arithmatex" not in answer
    assert "{{Answer}}" not in answer
    assert card.note_type()["type"] == 0, "not a cloze, so }} and :: need no care"


@pytest.mark.usefixtures("ledger")
def test_the_frozen_manifest(reader: Reader) -> None:
    """A change here would orphan the cards of every reader. Do not adapt the test: undo it."""
    assert anki.MODEL_ID == 1_702_146_883
    assert anki.DECK_ID == 1_933_052_417
    reader.read(anki.package(asked("ridge"), SITE, now=THEN))
    model = reader.card("ridge").note_type()
    assert model["id"] == anki.MODEL_ID
    assert model["name"] == "Ground Truth"
    assert [field["name"] for field in model["flds"]] == [
        "Id", "Question", "Answer", "Rubric", "Link", "Spare1", "Spare2",
    ]  # fmt: skip
    assert [template["name"] for template in model["tmpls"]] == ["Answer aloud"]
    assert model["sortf"] == 0
    assert reader.collection.decks.name(reader.card("ridge").did) == "Ground Truth"
    with notes(anki.package(asked("ridge"), SITE, now=THEN)) as found:
        assert [row["guid"] for row in found] == ["Ri@~|E8Hd1"]


# --- The deck of this site ---------------------------------------------------------------------


@pytest.fixture
def package(site: Path) -> bytes:
    """The package as the site offers it."""
    return (site / "assets" / "ground-truth.apkg").read_bytes()


def words(html: str) -> str:
    """The words without mark-up and formulas, which the browser and Anki write differently."""
    html = re.sub(r"<math\b.*?</math>", " ", html, flags=re.S)
    html = re.sub(r"\\\(.*?\\\)|\\\[.*?\\\]", " ", html, flags=re.S)
    html = re.sub(r"<span class=\"claim\">.*?</figcaption>", " ", html, flags=re.S)
    return " ".join(re.findall(r"\w+", re.sub(r"<[^>]+>", " ", html)))


def browser_cards(site: Path) -> dict[str, dict[str, Any]]:
    """The cards as the browser reads them, from all parts."""
    paths = (site / "assets" / "deck").glob("*.json")
    parts = [json.loads(path.read_text("utf-8")) for path in paths]
    return {card["id"]: card for part in parts for card in part["cards"]}


def test_browser_and_anki_hold_the_same_cards(site: Path, package: bytes, reader: Reader) -> None:
    seen = browser_cards(site)
    facts = json.loads((site / "assets" / "facts.json").read_text("utf-8"))
    assert {one["id"] for one in facts["questions"]} == set(seen)
    reader.read(package)
    retired = set(anki.ledger()) - set(seen)
    assert reader.collection.note_count() == len(seen) + len(retired)
    differ = []
    for identifier, card in seen.items():
        note = reader.note(identifier)
        pairs = [(card["front"], note["Question"]), (card["back"], note["Answer"])]
        pairs += [(text, note["Rubric"]) for text, _ in card["checks"]]
        for index, (here, there) in enumerate(pairs):
            a, b = words(here), words(there)
            if not (a == b if index < 2 else a in b):
                differ.append(f"{identifier}: {a[:90]} | {b[:90]}")
        if card["url"] not in note["Link"]:
            differ.append(f"{identifier}: {note['Link']}")
        assert sorted(reader.card(identifier).note().tags) == [
            f"level::{card['level']}", f"topic::{card['topic']}",
        ]  # fmt: skip
    assert differ == []
    checked = reader.collection.media.check()
    assert list(checked.missing) == []


def test_no_card_of_the_site_shows_raw_mathematics_or_empty_fields(
    package: bytes, reader: Reader
) -> None:
    reader.read(package)
    poor = []
    for identifier in reader.collection.find_cards(""):
        card = reader.collection.get_card(identifier)
        note = dict(card.note().items())
        shown = card.question() + card.answer()
        if not all(note[name] for name in ("Id", "Question", "Answer", "Link")):
            poor.append(f"{note['Id']}: empty")
        for sign in ("arithmatex", "<math", "autoref", '"val:', '"fig:', 'href="topics', "$$"):
            if sign in shown:
                poor.append(f"{note['Id']}: {sign}")
    assert poor == []
