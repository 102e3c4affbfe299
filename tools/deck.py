"""The deck: every question of the site as data, for the cards, the mock interview and Anki.

The browser reads it topic by topic, `assets/deck/<topic>.json`, so that a session loads what it
shows. A part also holds the lines of its topic's derivations: a line that failed becomes a card.
"""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools import evaluate, references
from tools.markdown_site import render, site_address
from tools.questions import SAMPLES, Question
from tools.references import Reference
from tools.rendering import SIGNS, line


@dataclass(frozen=True)
class Card:
    """One question, rendered."""

    question: Question
    title: str
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
        Card(
            one,
            inline(one.title, one.page, maths),
            render(one.answer, one.page, maths),
            content_hash(one),
        )
        for one in sorted(questions, key=lambda question: question.id)
    ]


def inline(markdown: str, page: str, maths: str = "mathml") -> str:
    """Return the HTML of one paragraph, without its tag."""
    return render(markdown, page, maths).removeprefix("<p>").removesuffix("</p>")


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
        "front": card.title,
        "back": card.answer,
        "checks": [[inline(text, page), weight] for text, weight in question.checks],
        "fatal": [inline(text, page) for text in question.fatal],
        "next": [render(text, page) for text in question.follow_ups],
        "wrong": render(question.parts["wrong"], page),
    }
    if question.mock:
        entry |= {name: render(question.parts[name], page) for name in SAMPLES}
    return entry


def section(page: str) -> str:
    """Return the topic, or the section, that a page belongs to.

    Examples:
        >>> section("topics/bias-variance/decomposition.md"), section("production/shift.md")
        ('bias-variance', 'production')
    """
    parts = Path(page).parts
    return parts[1] if parts[0] == "topics" else parts[0]


def address(shown: Reference) -> str:
    """Return where a derivation stands, from the site's root."""
    anchor = "derivation-" + shown.name.replace("/", "-").replace("_", "-")
    return site_address(f"/{shown.page}#{anchor}", shown.page)


def derivations(shown: list[Reference] | None = None) -> list[Reference]:
    """Return the derivations of the pages, each where it first stands."""
    first: dict[str, Reference] = {}
    for one in references.collect() if shown is None else shown:
        if one.kind == "derivation":
            first.setdefault(one.name, one)
    return list(first.values())


def _steps(shown: Reference) -> dict[str, dict[str, Any]]:
    """Return the lines of a derivation as cards: the goal before, the line and its reason after."""
    data, page = evaluate.derivation(shown.name), shown.page
    claim, url = inline(data["claim"], page), address(shown)
    lines = [(SIGNS[step["relation"]], step) for step in data["steps"]]
    found = {}
    for number, (sign, step) in enumerate(lines[1:], start=2):
        before = lines[number - 2][1]["tex"]
        found[f"step.{shown.name}.{number}"] = {
            "topic": section(page),
            "url": url,
            "claim": claim,
            "before": render(f"$$\n{before}\n$$", page),
            "front": render(step["goal"], page),
            "back": render(f"$$\n{line(sign, step['tex'])}\n$$\n\n{step['reason']}", page),
        }
    return found


def parts(questions: list[Question], shown: list[Reference]) -> dict[str, str]:
    """Return the deck as the browser reads it: the JSON of each topic, by its name."""
    entries: dict[str, list[dict[str, Any]]] = defaultdict(list)
    steps: dict[str, dict[str, Any]] = defaultdict(dict)
    for card in cards(questions):
        entries[card.question.folder].append(_entry(card))
    for one in derivations(shown):
        steps[section(one.page)].update(_steps(one))
    return {
        topic: json.dumps(
            {"cards": entries[topic], "steps": steps[topic]},
            separators=(",", ":"),
            ensure_ascii=False,
        )
        for topic in sorted({*entries, *steps})
    }
