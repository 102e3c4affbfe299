"""What the study tools read: the facts of the topics and the questions, held together."""

from dataclasses import asdict
from typing import Any

import yaml

from tools.facts import PROBES, BadFacts, Topic
from tools.paths import ROOT
from tools.questions import Question


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


def as_data(topics: list[Topic], asked: list[Question]) -> dict[str, Any]:
    """Return what the study tools read in the browser."""
    return {
        "redirects": redirects(),
        "topics": [{**asdict(topic), "url": topic.url} for topic in topics],
        "questions": [
            {
                "id": question.id,
                "topic": question.folder,
                "level": question.level,
                "rounds": question.rounds,
                "mock": question.mock,
                "title": question.title,
                "url": question.page.removesuffix(".md").removesuffix("index")
                + f"{'' if question.page.endswith('index.md') else '/'}#{question.id}",
            }
            for question in asked
        ],
    }
