"""The Anki package: frozen model, permanent ids, and for each note the time of its last change."""

import io
import json
import os
import re
import subprocess
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import genanki

from tools import evaluate
from tools.deck import Card, cards
from tools.paths import ROOT
from tools.questions import Question

LEDGER = ROOT / "tools" / "anki_ledger.json"
# Frozen: a changed id, field or template name would orphan the reader's cards.
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
EPOCH = 1_763_000_000  # the time of the deck itself; the notes carry their own
_FIGURE = re.compile(r'<img[^>]*src="assets/figures/([\w/]+)-(light|dark)\.svg#[\w-]+"[^>]*>')
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


def modified(card: Card, released: dict[str, dict[str, Any]], now: int) -> int:
    """Return when a card last changed: as released, or else with this commit."""
    before = released.get(card.id)
    if before and before["hash"] == card.hash:
        return int(before["time"])
    return max(now, int(before["time"]) + 1 if before else now)


def _media_name(figure: str) -> str:
    return f"ground-truth-{figure.replace('/', '-')}.svg"


def _localize(html: str, site_url: str) -> tuple[str, set[str]]:
    """Point figures at the package's own files and links at the site."""
    figures = {match[1] for match in _FIGURE.finditer(html)}
    html = _FIGURE.sub(
        lambda m: f'<img src="{_media_name(m[1])}">' if m[2] == "light" else "", html
    )
    return _TAG_LINK.sub(lambda m: f'href="{site_url}{m[1]}"', html), figures


def _rubric(question: Question) -> str:
    from tools.markdown_site import render

    checks = "\n".join(f"- {text} ({weight})" for text, weight in question.checks)
    fatal = "\n".join(f"- fatal: {text}" for text in question.fatal)
    return render(f"{checks}\n{fatal}", question.page, "tex")


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


def package(questions: list[Question], site_url: str, now: int | None = None) -> bytes:
    """Return the bytes of the .apkg; the same questions at the same commit give the same bytes."""
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
    for index, card in enumerate(cards(questions, maths="tex")):
        question = card.question
        answer, figures = _localize(card.answer, site_url)
        rubric, _ = _localize(_rubric(question), site_url)
        media |= figures
        link = f'<a href="{site_url}{card.url}">The page behind this card</a>'
        note = Note(
            model,
            [card.id, question.title, answer, rubric, link, "", ""],
            guid=genanki.guid_for("ground-truth", card.id),
            tags=[f"topic::{question.folder}", f"level::{question.level}"],
            due=index,
        )
        note.modified = modified(card, released, now)
        deck.add_note(note)
    return _zip_without_times(_write(deck, media))


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
    entries = {
        card.id: {"hash": card.hash, "time": modified(card, released, now)}
        for card in cards(questions)
    }
    retired = {
        key: value | {"retired": True} for key, value in released.items() if key not in entries
    }
    LEDGER.write_text(json.dumps({**entries, **retired}, indent=1, sort_keys=True) + "\n", "utf-8")
