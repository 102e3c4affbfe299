"""Gather the cheat sheets of the topics' indexes for the page that prints them all."""

import re

from tools.facts import Topic
from tools.fences import without_fences
from tools.paths import DOCS

_SECTION = re.compile(r"^## Cheat sheet\b[^\n]*\n(?P<body>.*?)(?=^## )", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?P<target>[^)\s:#]*(?:#[^)\s]*)?)\)")


def table(topic: Topic) -> str:
    """Return the table of a topic's cheat sheet; its links start at the root of docs/."""
    path = DOCS / "topics" / topic.slug / "index.md"
    section = _SECTION.search(without_fences(path.read_text("utf-8")))
    if section is None:
        raise ValueError(f"topics/{topic.slug}/index.md: no section '## Cheat sheet'")
    rows = [line for line in section["body"].split("\n") if line.startswith("|")]
    if not 14 <= len(rows) <= 27:  # a head, a rule, and 12 to 25 rows
        raise ValueError(
            f"topics/{topic.slug}/index.md: the cheat sheet has {len(rows) - 2} rows, not 12 to 25"
        )

    def from_root(match: re.Match[str]) -> str:
        target = match["target"]
        if target.startswith("#"):
            target = f"index.md{target}"
        parts: list[str] = ["topics", topic.slug]
        for part in target.split("/"):
            if part == "..":
                parts.pop()
            else:
                parts.append(part)
        return f"](/{'/'.join(parts)})"

    return _LINK.sub(from_root, "\n".join(rows))


def page(topics: list[Topic]) -> str:
    """Return all cheat sheets under their topics' titles."""
    return "\n\n".join(
        f"## {topic.title} {{ #{topic.slug} .sheet }}\n\n"
        f"{topic.one_liner} [The topic](/topics/{topic.slug}/index.md)\n\n{table(topic)}"
        for topic in topics
    )
