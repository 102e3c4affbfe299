"""The reference pages of the code: three for each folder, its modules in order."""

from pathlib import Path

from tools.facts import front_matter
from tools.paths import SNIPPETS, TOPICS

EXPERIMENTS, DERIVATIONS = ("runs", "figures"), ("derivations",)
LAST = EXPERIMENTS + DERIVATIONS  # modules that are no ideas

# The folder of such a page below docs/reference/, its title, and what it holds.
KINDS = {
    "snippets": ("Code", "Every snippet of {}, with its source and its proof."),
    "experiments": ("Experiments", "Every experiment and figure of {}, with its source."),
    "derivations": ("Derivations", "Every derivation of {}, with the code that checks its lines."),
}


def modules(folder: Path) -> dict[str, list[str]]:
    """Return the modules of a snippet folder by the kind of page they stand on."""
    names = [path.stem for path in sorted(folder.glob("*.py")) if path.stem != "__init__"]
    return {
        "snippets": [name for name in names if name not in LAST],
        "experiments": [name for name in EXPERIMENTS if name in names],
        "derivations": [name for name in DERIVATIONS if name in names],
    }


def pages() -> dict[str, str]:
    """Return the Markdown of each page under its path below docs/."""
    found = {}
    for init in sorted(SNIPPETS.glob("*/__init__.py")):
        folder = init.parent
        index = TOPICS / folder.name.replace("_", "-") / "index.md"
        topic = front_matter(index.read_text("utf-8"), index.name)["title"]
        for kind, names in modules(folder).items():
            name, description = KINDS[kind]
            title = f"{name}: {topic}"
            head = f"---\ntitle: '{title}'\ndescription: {description.format(topic)}\n---"
            parts = [f"::: snippets.{folder.name}.{one}" for one in names]
            text = "\n\n".join([f"{head}\n# {title}", *parts])
            found[f"reference/{kind}/{folder.name}.md"] = f"{text}\n"
    return found
