"""Read the questions of the pages, and say clearly what is wrong with one."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tools.fences import without_fences
from tools.paths import DOCS
from tools.references import BadPage, pages

LEVELS = ("know", "explain", "derive", "design")
ROUNDS = ("phone", "depth", "design", "coding", "behavioral")
PARTS = ("whiteboard", "next", "wrong", "rubric")
SAMPLES = ("weak", "solid", "strong")

_HEADING = re.compile(
    r"^(?P<marks>#{1,6}) (?P<title>.*?)(?:[ \t]*\{(?P<attributes>[^}]*)\})?[ \t]*$"
)
_BLOCK = re.compile(r"^(?:!!!|\?\?\?\+?) (?P<kind>[\w-]+)(?: .*)?$")
_CHECK = re.compile(r"^[-*] (?P<text>.+?) \((?P<weight>\d+)\)$", re.DOTALL)
_NEXT = re.compile(r"^\d+\. ", re.MULTILINE)


@dataclass(frozen=True)
class Question:
    """A question with all its parts, in Markdown."""

    id: str
    title: str
    level: str
    rounds: tuple[str, ...]
    mock: bool
    page: str
    line: int
    answer: str
    parts: dict[str, str] = field(default_factory=dict)

    @property
    def folder(self) -> str:
        """The topic, or the section, that the question belongs to."""
        path = Path(self.page)
        return path.parts[1] if path.parts[0] == "topics" else path.parts[0]

    @property
    def checks(self) -> list[tuple[str, int]]:
        """What an answer must say, with weights."""
        found = (_CHECK.match(item) for item in self._rubric())
        return [(match["text"], int(match["weight"])) for match in found if match]

    @property
    def fatal(self) -> list[str]:
        """What sinks an answer."""
        marks = (item[2:] for item in self._rubric())
        return [item.removeprefix("fatal:").strip() for item in marks if item.startswith("fatal:")]

    @property
    def follow_ups(self) -> list[str]:
        """The ladder, easy to hard, each the Markdown of one item."""
        text = self.parts.get("next", "")
        starts = [match.start() for match in _NEXT.finditer(text)]
        ends = [*starts[1:], len(text)]
        return [
            _NEXT.sub("", text[a:b], count=1).strip() for a, b in zip(starts, ends, strict=True)
        ]

    def _rubric(self) -> list[str]:
        items = re.split(r"^(?=[-*] )", self.parts.get("rubric", ""), flags=re.MULTILINE)
        return [" ".join(item.split()) for item in items if item.strip()]


def _attributes(text: str) -> tuple[str | None, set[str], dict[str, str]]:
    pairs = dict(re.findall(r'([\w-]+)="([^"]*)"', text))
    words = re.sub(r'[\w-]+="[^"]*"', "", text).split()
    ids = [word[1:] for word in words if word.startswith("#")]
    return (ids[0] if ids else None), {w[1:] for w in words if w.startswith(".")}, pairs


def _dedent(lines: list[str]) -> str:
    return "\n".join(line[4:] if line.startswith("    ") else line for line in lines).strip("\n")


def _split(lines: list[str], visible: list[str]) -> tuple[str, dict[str, str]]:
    """Part the body of a question into its answer and its blocks."""
    answer: list[str] = []
    parts: dict[str, str] = {}
    at = 0
    while at < len(lines):
        block = _BLOCK.match(visible[at])
        if block is None or block["kind"] not in PARTS + SAMPLES:
            answer.append(lines[at])
            at += 1
            continue
        start = at = at + 1
        while at < len(lines) and (not lines[at].strip() or lines[at].startswith("    ")):
            at += 1
        parts[block["kind"]] = _dedent(lines[start:at])
    return "\n".join(answer).strip(), parts


def in_page(markdown: str, page: str) -> Iterator[Question]:
    """Yield the questions of a page."""
    lines, visible = markdown.split("\n"), without_fences(markdown).split("\n")
    heads = [(at, match) for at, line in enumerate(visible) if (match := _HEADING.match(line))]
    for index, (at, head) in enumerate(heads):
        identifier, classes, pairs = _attributes(head["attributes"] or "")
        if "question" not in classes:
            continue
        level = len(head["marks"])
        end = next((n for n, other in heads[index + 1 :] if len(other["marks"]) <= level), None)
        answer, parts = _split(lines[at + 1 : end], visible[at + 1 : end])
        yield Question(
            id=identifier or "",
            title=head["title"].strip(),
            level=pairs.get("data-level", ""),
            rounds=tuple(pairs.get("data-rounds", "").split()),
            mock="mock" in classes,
            page=page,
            line=at + 1,
            answer=answer,
            parts=parts,
        )


def problems(question: Question) -> Iterator[str]:
    """Yield what is wrong with a question."""
    if not question.id:
        yield "has no id"
    elif not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", question.id):
        yield f"has the id {question.id!r}, which is not in kebab-case"
    if "$" in question.title:
        yield "has maths in its heading"
    if question.level not in LEVELS:
        yield f"has the level {question.level!r}, not one of {', '.join(LEVELS)}"
    if not question.rounds or not set(question.rounds) <= set(ROUNDS):
        yield f"has the rounds {' '.join(question.rounds)!r}, not some of {', '.join(ROUNDS)}"
    if not question.answer:
        yield "has no answer"
    for part in PARTS + (SAMPLES if question.mock else ()):
        if not question.parts.get(part):
            yield f"has no '!!! {part}'"
    if len(question.follow_ups) < 3:
        yield f"has {len(question.follow_ups)} follow-ups, at least three are needed"
    if not 4 <= len(question.checks) <= 6:
        yield f"has {len(question.checks)} checks with a weight in its rubric, not four to six"
    if not 1 <= len(question.fatal) <= 2:
        yield f"has {len(question.fatal)} fatal errors in its rubric, not one or two"


def check(questions: Iterable[Question]) -> None:
    """Raise BadPage for questions that lack a part or share an id."""
    wrong = []
    seen: dict[str, Question] = {}
    for question in questions:
        place = f"{question.page}:{question.line}: question {question.title!r}"
        wrong += [f"{place} {problem}" for problem in problems(question)]
        if question.id and question.id in seen:
            first = seen[question.id]
            wrong.append(
                f"{place} has the id {question.id!r} of {first.title!r} "
                f"at {first.page}:{first.line}"
            )
        seen.setdefault(question.id, question)
    if wrong:
        raise BadPage("\n".join(wrong))


def collect(docs: Path = DOCS) -> list[Question]:
    """Return the questions of all pages, in the order of pages and lines."""
    found: list[Question] = []
    for path in pages(docs):
        found += in_page(path.read_text("utf-8"), path.relative_to(docs).as_posix())
    return found
