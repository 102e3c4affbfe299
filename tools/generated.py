"""The files of the site that are made rather than written."""

import json
from collections.abc import Iterator

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from tools import evaluate, references, snippet_pages
from tools.facts import Topic


def files(config: MkDocsConfig, topics: list[Topic]) -> Iterator[File]:
    """Yield every generated file."""
    shown = references.collect()
    for name in sorted({one.name for one in shown if one.kind == "figure"}):
        for which, path in evaluate.drawing(name).items():
            target = f"assets/figures/{name}-{which}.svg"
            yield File.generated(config, target, abs_src_path=str(path))
    for name in sorted({one.name for one in shown if one.kind == "explorable"}):
        data = json.dumps(evaluate.result(name), separators=(",", ":"))
        yield File.generated(config, f"assets/data/{name}.json", content=data)
    for target, markdown in snippet_pages.pages().items():
        yield File.generated(config, target, content=markdown)
