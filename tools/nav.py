"""The order of the pages, made from the folders and the topics' facts."""

from pathlib import Path
from typing import Any

from tools.facts import Topic, front_matter
from tools.paths import DOCS
from tools.snippet_pages import KINDS

# A section's pages in reading order; pages that are not named follow by name.
SECTIONS: dict[str, tuple[str, list[str]]] = {
    "roadmap": (
        "Roadmap",
        ["index", "assessment", "plan", "progress", "paths", "rounds", "companies", "roles"],
    ),
    "foundations": ("Foundations", ["index"]),
    "topics": ("Topics", ["index"]),
    "algorithms": ("Algorithms", ["index"]),
    "deep-learning": ("Deep learning", ["index"]),
    "language-models": ("Language models", ["index"]),
    "production": ("Production", ["index"]),
    "practice": ("Practice", ["index", "flash-cards", "mock-interview", "derivations"]),
    "reference": ("Reference", ["index", "quick-card", "cheat-sheets", "notation"]),
}
SELDOM = set(KINDS)  # generated pages that the search and links lead to, kept out of the menu


def title(path: Path) -> str:
    """Return the title of a page from its front matter."""
    found = front_matter(path.read_text("utf-8"), path.name).get("title")
    return str(found) if found else path.stem.replace("-", " ").capitalize()


def _topic(topic: Topic) -> dict[str, Any]:
    folder = f"topics/{topic.slug}"
    pages: list[Any] = [f"{folder}/index.md"]
    pages += [f"{folder}/{page}.md" for page in topic.pages]
    for last, name in (("questions", "Questions"), ("practice", "Practice problems")):
        if (DOCS / folder / f"{last}.md").is_file():
            pages.append({name: f"{folder}/{last}.md"})
    return {topic.title: pages}


def _section(folder: str, order: list[str]) -> list[Any]:
    rank = {name: index for index, name in enumerate(order)}
    paths = [
        path
        for suffix in ("md", "py")
        for path in (DOCS / folder).rglob(f"*.{suffix}")
        if not SELDOM & set(path.relative_to(DOCS).parts)
    ]
    paths.sort(key=lambda p: (len(p.parts), rank.get(p.stem, len(rank)), p.name))
    return [path.relative_to(DOCS).as_posix() for path in paths]


def build(topics: list[Topic]) -> list[Any]:
    """Return the navigation as MkDocs takes it."""
    nav: list[Any] = ["index.md"]
    for folder, (name, order) in SECTIONS.items():
        if not (DOCS / folder).is_dir():
            continue
        if folder == "topics":
            overview = [
                f"topics/{page}.md" for page in order if (DOCS / f"topics/{page}.md").is_file()
            ]
            nav.append({name: [*overview, *(_topic(topic) for topic in topics)]})
        else:
            pages = _section(folder, order)
            if pages:
                nav.append({name: pages})
    if (DOCS / "contributing.md").is_file():
        nav.append("contributing.md")
    return nav
