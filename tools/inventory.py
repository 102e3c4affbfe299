"""Count what the site holds, for the pages that say so."""

from tools import questions, references
from tools.facts import Topic
from tools.paths import SNIPPETS
from tools.snippet_pages import KINDS, LAST


def table(topics: list[Topic]) -> str:
    """Return the number of questions, functions, experiments, figures and derivations by topic."""
    asked = questions.collect()
    heads = [
        "Topic",
        "Questions with answers",
        "Functions",
        "Experiments",
        "Figures",
        "Derivations",
    ]
    kinds = [references.defined(kind) for kind in ("value", "figure", "derivation")]
    rows = []
    for topic in topics:
        folder = topic.slug.replace("-", "_")
        functions = [p for p in (SNIPPETS / folder).glob("*.py") if p.stem not in LAST]
        counts = [
            sum(one.folder == topic.slug for one in asked),
            len(functions) - 1,  # the package's own file
            *(sum(name.startswith(f"{folder}/") for name in kind) for kind in kinds),
        ]
        rows.append([f"[{topic.title}](/topics/{topic.slug}/index.md)", *map(str, counts)])
    totals = [str(sum(int(row[column]) for row in rows)) for column in range(1, len(heads))]
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows, ["All", *totals]]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def code_pages(topics: list[Topic]) -> str:
    """Return the list of the pages that show the code of each topic."""
    found = []
    for topic in topics:
        folder = topic.slug.replace("-", "_")
        if (SNIPPETS / folder / "__init__.py").is_file():
            links = [f"[{kind}](/reference/{kind}/{folder}.md)" for kind in KINDS]
            found.append(f"- {topic.title}: {', '.join(links)}")
    return "\n".join(found)
