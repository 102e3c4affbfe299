"""What the study tools read: the facts of the topics and the questions, held together."""

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

import yaml

from tools.facts import PROBES, BadFacts, Topic, front_matter
from tools.paths import DOCS, ROOT
from tools.questions import Question

PAGE_IDS = ROOT / "tools" / "page_ids.json"


def redirects() -> dict[str, str | None]:
    """Return where the ids of renamed or withdrawn questions lead now."""
    path = ROOT / "tools" / "question_redirects.yml"
    found: dict[str, str | None] = yaml.safe_load(path.read_text("utf-8"))
    return found


def check_probes(topics: list[Topic], asked: list[Question]) -> None:
    """Raise BadFacts where a topic's probe is not a question of its level on its pages."""
    level = {(question.folder, question.id): question.level for question in asked}
    problems = []
    for topic in topics:
        for number, wanted in PROBES.items():
            found = level.get((topic.slug, topic.probes[number]))
            if found != wanted:
                problems.append(
                    f"topics/{topic.slug}/index.md: probes.{number} names "
                    f"{topic.probes[number]!r}, which is "
                    + (
                        f"a question of level {found}, not {wanted}"
                        if found
                        else "no question here"
                    )
                )
    if problems:
        raise BadFacts("\n".join(problems))


def pages(topic: Topic, docs: Path = DOCS) -> list[dict[str, Any]]:
    """Return the idea pages of a topic, each with its share of the topic's minutes.

    The share goes by the number of words. The id of a page is its file's stem, unless its front
    matter gives an `id`: a page that is renamed keeps the old stem there, and its marks.
    """
    found = []
    for stem in topic.pages:
        place = f"topics/{topic.slug}/{stem}.md"
        text = (docs / place).read_text("utf-8")
        meta = front_matter(text, place)
        found.append((stem, meta, len(re.findall(r"\w+", text))))
    words = sum(count for *_, count in found)
    return [
        {
            "id": str(meta.get("id", stem)),
            "title": str(meta.get("title", stem)),
            "url": f"{topic.url}{stem}/",
            "minutes": max(5, round(topic.minutes * count / words)),
        }
        for stem, meta, count in found
    ]


def page_ids(topics: list[Topic]) -> set[str]:
    """Return the ids under which readers keep the states of idea pages."""
    return {f"{topic.slug}.{page['id']}" for topic in topics for page in pages(topic)}


def released_pages() -> set[str]:
    """Return the ids of pages that a release has held."""
    return set(json.loads(PAGE_IDS.read_text("utf-8"))) if PAGE_IDS.exists() else set()


def as_data(topics: list[Topic], asked: list[Question]) -> dict[str, Any]:
    """Return what the study tools read in the browser."""
    return {
        "redirects": redirects(),
        "topics": [{**asdict(topic), "url": topic.url, "pages": pages(topic)} for topic in topics],
        "questions": [
            {
                "id": question.id,
                "topic": question.folder,
                "level": question.level,
                "rounds": question.rounds,
                "mock": question.mock,
                "title": question.title.replace("`", ""),
                "url": question.page.removesuffix(".md").removesuffix("index")
                + f"{'' if question.page.endswith('index.md') else '/'}#{question.id}",
            }
            for question in asked
        ],
    }
