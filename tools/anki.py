"""The Anki package: frozen model, permanent ids, and for each note the time of its last change.

Anki's importer updates a note only if the package's note is newer, so a note carries the time at
which its own text last changed: the ledger holds, for each released card, a hash of the note and
that time; a note that differs from the ledger takes the time of the commit being built.
"""

import hashlib
import io
import json
import os
import re
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import genanki

from tools import evaluate
from tools.deck import Card, cards
from tools.markdown_site import render
from tools.paths import ROOT
from tools.questions import Question
from tools.study_data import redirects

LEDGER = ROOT / "tools" / "anki_ledger.json"
# Frozen, and held by tests/test_anki.py: a changed id, field or template name would orphan the
# reader's cards. What a template or the style says may change; then raise EPOCH.
MODEL_ID, DECK_ID = 1_702_146_883, 1_933_052_417
FIELDS = ("Id", "Question", "Answer", "Rubric", "Link", "Spare1", "Spare2")
TEMPLATE = {
    "name": "Answer aloud",
    "qfmt": '<div class="level">{{Tags}}</div><div class="question">{{Question}}</div>',
    "afmt": '{{FrontSide}}<hr id="answer">{{Answer}}<div class="rubric">{{Rubric}}</div>'
    '<div class="link">{{Link}}</div>',
}
CSS = """
.card { font-family: Georgia, serif; font-size: 19px; line-height: 1.5; text-align: left;
  max-width: 38em; margin: 1em auto; padding: 0 1em; color: #22262c; background: #fff; }
.nightMode.card, .nightMode .card { color: #d9dee7; background: #14171c; }
.question { font-size: 1.2em; }
.level, .link, .rubric { font-family: sans-serif; font-size: 13px; opacity: .8; }
img { max-width: 100%; background: #fff; border-radius: 4px; }
pre { overflow-x: auto; font-size: 14px; } a { color: #0a5ea8; } .nightMode a { color: #6db3f2; }
"""
EPOCH = 1_763_000_000  # the time of the model and the deck; the notes carry their own
RETIRED = "status::retired"
_FIGURE = re.compile(r'<img[^>]*src="assets/figures/([\w/]+)-(light|dark)\.svg#[\w-]+"[^>]*>')
_ALT = re.compile(r'\balt="[^"]*"')
_TAG_LINK = re.compile(r'href="(?![a-z]+:)([^"]*)"')


class Note(genanki.Note):  # type: ignore[misc]
    """A note with a modification time of its own."""

    modified: int

    def write_to_db(self, cursor: Any, _build: float, deck_id: int, id_gen: Any) -> None:
        """Write the note; genanki would give every note the time of the build."""
        super().write_to_db(cursor, self.modified, deck_id, id_gen)


def ledger() -> dict[str, dict[str, Any]]:
    """Return what the last release held: a hash and a time for each card."""
    found: dict[str, dict[str, Any]] = json.loads(LEDGER.read_text("utf-8"))
    return found


def build_time() -> int:
    """Return the time of the commit being built."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return int(os.environ["SOURCE_DATE_EPOCH"])
    command = ["git", "log", "-1", "--format=%ct"]
    asked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return int(asked.stdout) if asked.stdout.strip() else EPOCH


def modified(identifier: str, key: str, released: dict[str, dict[str, Any]], now: int) -> int:
    """Return when a note last changed: as released, or else with this commit."""
    before = released.get(identifier)
    if before and before["hash"] == key:
        return int(before["time"])
    return max(now, int(before["time"]) + 1 if before else now)


def _media_name(figure: str) -> str:
    """Return a name that changes with the figure: Anki keeps a file whose name it knows."""
    key = evaluate.drawing(figure)["light"].stem.rsplit("-", 1)[1][:10]
    return f"ground-truth-{figure.replace('/', '-')}-{key}.svg"


def _localize(html: str, site_url: str) -> tuple[str, set[str]]:
    """Point figures at the package's own files and links at the site."""
    figures = {match[1] for match in _FIGURE.finditer(html)}

    def image(match: re.Match[str]) -> str:
        alt = _ALT.search(match[0])
        name = _media_name(match[1])
        return f'<img src="{name}" {alt[0] if alt else ""}>' if match[2] == "light" else ""

    html = _FIGURE.sub(image, html)
    return _TAG_LINK.sub(lambda m: f'href="{site_url}{m[1]}"', html), figures


def _rubric(question: Question) -> str:
    checks = "\n".join(f"- {text} ({weight})" for text, weight in question.checks)
    fatal = "\n".join(f"- fatal: {text}" for text in question.fatal)
    return render(f"{checks}\n{fatal}", question.page, "tex")


@dataclass(frozen=True)
class Content:
    """What a note says; addresses start at the site's root."""

    id: str
    question: str
    answer: str
    rubric: str
    link: str
    tags: tuple[str, ...]

    @property
    def hash(self) -> str:
        """A key of all that a reader of the note sees: only if it changes is the note updated."""
        seen = json.dumps([*self.fields("")[0], *self.tags])
        return hashlib.sha256(seen.encode()).hexdigest()[:16]

    def fields(self, site_url: str) -> tuple[list[str], set[str]]:
        """Return the fields of the note, and the figures that they show."""
        answer, figures = _localize(self.answer, site_url)
        texts = [_localize(text, site_url)[0] for text in (self.question, self.rubric, self.link)]
        return [self.id, texts[0], answer, texts[1], texts[2], "", ""], figures


def _content(card: Card) -> Content:
    question = card.question
    return Content(
        card.id,
        card.title,
        card.answer,
        _rubric(question),
        f'<a href="{card.url}">The page behind this card</a>',
        (f"topic::{question.folder}", f"level::{question.level}"),
    )


def _retired(identifier: str, title: str, successor: Card | None) -> Content:
    """A card that has left the site: it stays with the reader, and says so."""
    answer = "<p>This question has left the site. Suspend or delete the card as you like.</p>"
    link = f'<a href="{successor.url}">Its successor: {successor.title}</a>' if successor else ""
    return Content(identifier, title, answer, "", link, (RETIRED,))


def contents(
    questions: list[Question],
    released: dict[str, dict[str, Any]],
    moved: dict[str, str | None] | None = None,
) -> list[Content]:
    """Return what every note says: the questions by their ids, then those that have gone."""
    made = {card.id: card for card in cards(questions, maths="tex")}
    gone = sorted(set(released) - set(made))
    moved = moved or {}
    return [_content(card) for card in made.values()] + [
        _retired(one, released[one]["title"], made.get(moved.get(one) or "")) for one in gone
    ]


def _zip_without_times(package: bytes) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in sorted(source.namelist()):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()


_latest: tuple[int, int] | None = None


def made() -> tuple[int, int]:
    """Return the number of cards and of bytes of the package that this build made."""
    from tools.questions import collect

    if _latest is None:
        package(collect(), "")
    assert _latest is not None
    return _latest


def package(questions: list[Question], site_url: str, now: int | None = None) -> bytes:
    """Return the bytes of the .apkg; the same questions at the same commit give the same bytes."""
    global _latest
    model = genanki.Model(
        MODEL_ID,
        "Ground Truth",
        fields=[{"name": name} for name in FIELDS],
        templates=[TEMPLATE],
        css=CSS,
    )
    deck = genanki.Deck(DECK_ID, "Ground Truth")
    released, now = ledger(), build_time() if now is None else now
    media: set[str] = set()
    for index, content in enumerate(contents(questions, released, redirects())):
        fields, figures = content.fields(site_url)
        media |= figures
        guid = genanki.guid_for("ground-truth", content.id)
        note = Note(model, fields, guid=guid, tags=list(content.tags), due=index)
        note.modified = modified(content.id, content.hash, released, now)
        deck.add_note(note)
    written = _zip_without_times(_write(deck, media))
    _latest = len(questions), len(written)
    return written


def _write(deck: Any, figures: set[str]) -> bytes:
    with TemporaryDirectory() as folder:
        paths = []
        for figure in sorted(figures):
            path = Path(folder) / _media_name(figure)
            path.write_bytes(evaluate.drawing(figure)["light"].read_bytes())
            paths.append(str(path))
        target = Path(folder) / "deck.apkg"
        genanki.Package(deck, media_files=paths).write_to_file(str(target), timestamp=EPOCH)
        return target.read_bytes()


def release(questions: list[Question]) -> None:
    """Write the ledger: called once, when a deck is released."""
    released, now = ledger(), build_time()
    asked = {question.id for question in questions}
    entries = {}
    for content in contents(questions, released, redirects()):
        time = modified(content.id, content.hash, released, now)
        entries[content.id] = {"hash": content.hash, "time": time, "title": content.question}
        if content.id not in asked:
            entries[content.id]["retired"] = True
    LEDGER.write_text(json.dumps(entries, indent=1, sort_keys=True) + "\n", "utf-8")
