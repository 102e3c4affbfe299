"""The deck: every question of the site as data, for the cards, the mock interview and Anki."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from tools.markdown_site import render, site_address
from tools.questions import SAMPLES, Question


@dataclass(frozen=True)
class Card:
    """One question, rendered."""

    question: Question
    answer: str
    hash: str

    @property
    def id(self) -> str:
        """The permanent id, the same on the page, in the browser and in Anki."""
        return self.question.id

    @property
    def url(self) -> str:
        """The address of the question from the site's root."""
        return site_address(f"/{self.question.page}#{self.id}", self.question.page)


def content_hash(question: Question) -> str:
    """Return a key of what a reader sees on a card: rewording changes it, moving does not."""
    seen = [question.title, question.level, question.answer, *question.checks, *question.fatal]
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()[:16]


def cards(questions: list[Question], maths: str = "mathml") -> list[Card]:
    """Return one card for each question, in the order of their ids."""
    return [
        Card(one, render(one.answer, one.page, maths), content_hash(one))
        for one in sorted(questions, key=lambda question: question.id)
    ]


def _inline(markdown: str, page: str) -> str:
    return render(markdown, page).removeprefix("<p>").removesuffix("</p>")


def _entry(card: Card) -> dict[str, Any]:
    question, page = card.question, card.question.page
    entry: dict[str, Any] = {
        "id": card.id,
        "topic": question.folder,
        "level": question.level,
        "rounds": list(question.rounds),
        "mock": question.mock,
        "url": card.url,
        "hash": card.hash,
        "front": _inline(question.title, page),
        "back": card.answer,
        "checks": [[_inline(text, page), weight] for text, weight in question.checks],
        "fatal": [_inline(text, page) for text in question.fatal],
        "next": [render(text, page) for text in question.follow_ups],
    }
    if question.mock:
        entry |= {name: render(question.parts[name], page) for name in SAMPLES}
    return entry


def as_json(questions: list[Question]) -> str:
    """Return the deck as the browser reads it."""
    entries = [_entry(card) for card in cards(questions)]
    version = hashlib.sha256("".join(e["id"] + e["hash"] for e in entries).encode()).hexdigest()
    deck = {"version": version[:12], "cards": entries}
    return json.dumps(deck, separators=(",", ":"), ensure_ascii=False)
