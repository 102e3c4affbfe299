"""The files of the site that are made rather than written."""

import json
from collections.abc import Iterator

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from tools import anki, deck, evaluate, notebooks, questions, references, snippet_pages, study_data
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
    asked = questions.collect()
    for topic_or_section, part in deck.parts(asked, shown).items():
        yield File.generated(config, f"assets/deck/{topic_or_section}.json", content=part)
    facts = json.dumps(study_data.as_data(topics, asked), separators=(",", ":"), ensure_ascii=False)
    yield File.generated(config, "assets/facts.json", content=facts)
    package = anki.package(asked, config.site_url or "")
    yield File.generated(config, "assets/ground-truth.apkg", content=package)
    for topic in topics:
        for page in topic.pages:
            source = f"topics/{topic.slug}/{page}.md"
            content = notebooks.notebook(source, config.site_url or "")
            yield File.generated(
                config, f"assets/notebooks/{topic.slug}/{page}.ipynb", content=content
            )
