"""The facts of the topics: read once from the front matter of their indexes, and validated."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tools.paths import DOCS

SLUGS = (
    "bias-variance",
    "loss-functions",
    "regularization",
    "optimization",
    "evaluation-metrics",
    "feature-engineering",
    "ensemble-methods",
    "cross-validation",
    "handling-imbalance",
    "dimensionality-reduction",
    "probabilistic-ml",
    "interview-questions",
)
TIERS = ("foundation", "core", "advanced", "capstone")
ROUNDS = ("phone", "depth", "design", "coding", "behavioral")
WEIGHTS = ("deep", "medium", "light", "mentioned", "sometimes", "none")
COMPANIES = ("google", "meta", "amazon", "labs", "startup")
FREQUENCIES = ("very high", "high", "medium")
ROLES = ("ml-engineer", "ai-engineer", "data-scientist", "research-engineer", "mlops")
PROBES = {2: "know", 3: "explain", 4: "derive", 5: "design"}


class BadFacts(ValueError):
    """A topic's front matter is wrong; the message names the file and the field."""


@dataclass(frozen=True)
class Topic:
    """What the site knows of a topic."""

    slug: str
    title: str
    order: int
    tier: str
    needs: tuple[str, ...]
    one_liner: str
    formula: str
    red_flag: str
    outcome: str
    deliverable: dict[str, str]
    tasks: tuple[str, ...]
    probes: dict[int, str]
    minutes: int
    pages: tuple[str, ...]
    rounds: dict[str, str]
    companies: dict[str, dict[str, str]]
    roles: dict[str, str]
    whole: bool
    description: str

    @property
    def url(self) -> str:
        """The address of the topic's index, from the root of the site."""
        return f"topics/{self.slug}/"


_TYPES: dict[str, tuple[type, ...]] = {
    "title": (str,),
    "order": (int,),
    "tier": (str,),
    "needs": (list,),
    "one_liner": (str,),
    "formula": (str,),
    "red_flag": (str,),
    "outcome": (str,),
    "deliverable": (dict,),
    "tasks": (list,),
    "probes": (dict,),
    "minutes": (int,),
    "pages": (list,),
    "rounds": (dict,),
    "companies": (dict,),
    "roles": (dict,),
    "whole": (bool,),
    "description": (str,),
}


def front_matter(text: str, place: str) -> dict[str, Any]:
    """Return the front matter of a page.

    Examples:
        >>> front_matter("---\\ntitle: A\\n---\\n# A", "a.md")
        {'title': 'A'}
        >>> front_matter("---\\ntitle: [\\n---\\n", "a.md")
        Traceback (most recent call last):
        ...
        tools.facts.BadFacts: a.md: the front matter is not YAML (line 3)
    """
    match = re.match(r"---\n(.*?\n)---\n", text, re.DOTALL)
    if not match:
        return {}
    try:
        found = yaml.safe_load(match[1])
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark.line if error.problem_mark else 0) + 2
        raise BadFacts(f"{place}: the front matter is not YAML (line {line})") from None
    return found if isinstance(found, dict) else {}


def _field_problems(facts: dict[str, Any]) -> Iterator[str]:
    for name, types in _TYPES.items():
        if name not in facts:
            yield f"{name} is missing"
        elif not isinstance(facts[name], types) or (
            isinstance(facts[name], bool) and bool not in types
        ):
            yield f"{name} should be a {types[0].__name__}, not {facts[name]!r}"
        elif isinstance(facts[name], str) and not facts[name].strip():
            yield f"{name} is empty"
    for name in set(facts) - set(_TYPES):
        yield f"{name} is not a field of a topic"


def _value_problems(facts: dict[str, Any], folder: Path) -> Iterator[str]:
    if facts["tier"] not in TIERS:
        yield f"tier is {facts['tier']!r}, not one of {', '.join(TIERS)}"
    for need in facts["needs"]:
        if need not in SLUGS:
            yield f"needs names {need!r}, which is no topic"
    if set(facts["deliverable"]) != {"text", "where"}:
        yield "deliverable should have the fields text and where"
    elif not (folder / str(facts["deliverable"]["where"]).split("#")[0]).is_file():
        yield f"deliverable.where names {facts['deliverable']['where']!r}, which is no page here"
    if len(facts["tasks"]) != 5 or not all(isinstance(task, str) for task in facts["tasks"]):
        yield f"tasks should be five sentences, one a level, not {len(facts['tasks'])}"
    if set(facts["probes"]) != set(PROBES):
        yield "probes should name a question for each of the levels 2, 3, 4 and 5"
    for page in facts["pages"]:
        if not (folder / f"{page}.md").is_file():
            yield f"pages names {page!r}, but there is no {page}.md"
    listed = {f"{page}.md" for page in facts["pages"]}
    for path in sorted(folder.glob("*.md")):
        if path.name not in listed | {"index.md", "questions.md", "practice.md"}:
            yield f"pages does not name {path.stem!r}, which lies in the folder"
    yield from _choices("rounds", facts["rounds"], ROUNDS, WEIGHTS)
    if set(facts["roles"]) != set(ROLES):
        yield f"roles should have exactly {', '.join(ROLES)}"
    for kind, row in facts["companies"].items():
        if kind not in COMPANIES:
            yield f"companies names {kind!r}, not one of {', '.join(COMPANIES)}"
        elif set(row) != {"frequency", "question"} or row["frequency"] not in FREQUENCIES:
            yield f"companies.{kind} should have a question and a frequency of {FREQUENCIES}"
    if facts["minutes"] <= 0:
        yield "minutes should be more than 0"


def _choices(
    name: str, found: dict[str, Any], keys: tuple[str, ...], values: tuple[str, ...]
) -> Iterator[str]:
    if set(found) != set(keys):
        yield f"{name} should have exactly {', '.join(keys)}"
    for key, value in found.items():
        if value not in values:
            yield f"{name}.{key} is {value!r}, not one of {', '.join(values)}"


def read_topic(folder: Path) -> Topic:
    """Return the facts of the topic in a folder."""
    path = folder / "index.md"
    place = f"topics/{folder.name}/index.md"
    if folder.name not in SLUGS:
        raise BadFacts(f"{place}: {folder.name!r} is not the slug of a topic")
    facts = front_matter(path.read_text("utf-8"), place)
    problems = list(_field_problems(facts)) or list(_value_problems(facts, folder))
    if problems:
        raise BadFacts("\n".join(f"{place}: {problem}" for problem in problems))
    lists = {name: tuple(facts[name]) for name in ("needs", "tasks", "pages")}
    return Topic(slug=folder.name, **{**facts, **lists})


def _check_together(topics: list[Topic]) -> None:
    orders: dict[int, str] = {}
    for topic in topics:
        place = f"topics/{topic.slug}/index.md"
        if topic.order in orders:
            raise BadFacts(f"{place}: order {topic.order} is already that of {orders[topic.order]}")
        orders[topic.order] = topic.slug
    rank = {topic.slug: topic for topic in topics}

    def walk(slug: str, trail: tuple[str, ...]) -> None:
        if slug in trail:
            loop = " -> ".join([*trail[trail.index(slug) :], slug])
            raise BadFacts(f"topics/{trail[-1]}/index.md: needs goes in a circle: {loop}")
        for need in rank[slug].needs if slug in rank else ():
            walk(need, (*trail, slug))

    for topic in topics:
        walk(topic.slug, ())


def read(docs: Path = DOCS) -> list[Topic]:
    """Return all topics in their order, or raise BadFacts naming file and field."""
    folders = sorted(path.parent for path in docs.glob("topics/*/index.md"))
    topics = sorted((read_topic(folder) for folder in folders), key=lambda topic: topic.order)
    _check_together(topics)
    return topics
