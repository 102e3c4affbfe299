"""The reference pages of the snippets: one for each folder, its modules in order."""

from pathlib import Path

from tools.paths import SNIPPETS

LAST = ("derivations", "runs", "figures")


def modules(folder: Path) -> list[str]:
    """Return the modules of a snippet folder: ideas first, by name."""
    names = [path.stem for path in sorted(folder.glob("*.py")) if path.stem != "__init__"]
    ideas = [name for name in names if name not in LAST]
    return [*ideas, *(name for name in LAST if name in names)]


def pages() -> dict[str, str]:
    """Return the Markdown of each page under its path below docs/."""
    found = {}
    for init in sorted(SNIPPETS.glob("*/__init__.py")):
        folder = init.parent
        title = folder.name.replace("_", " ").capitalize()
        parts = [
            "---",
            f"title: 'Code: {title.lower()}'",
            f"description: Every snippet, experiment, figure and derivation of {title.lower()}, "
            "with its source and its proof.",
            "---",
            f"# Code: {title.lower()}",
        ]
        for name in modules(folder):
            parts += [f"::: snippets.{folder.name}.{name}"]
        found[f"reference/snippets/{folder.name}.md"] = (
            "\n\n".join(["\n".join(parts[:4]), *parts[4:]]) + "\n"
        )
    return found
