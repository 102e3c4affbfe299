"""The Markdown extension: what one page can do alone, whatever generator builds it."""

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from tools import copying, evaluate, facts, facts_tables, maths, rendering, topic_map, values
from tools.cards import wrap_questions
from tools.fences import without_fences
from tools.figures import size
from tools.references import COMMENT, module_of

_FILENAME = re.compile(r'<span class="filename">snippets/([\w/]+)\.py</span>')
_DECIMALS = re.compile(r"\bdecimals=(\d+)\b")


class Blocks(Preprocessor):
    """Tables of results, derivations and explorables, each a comment on a line of its own."""

    def run(self, lines: list[str]) -> list[str]:
        visible = without_fences("\n".join(lines)).split("\n")
        out: list[str] = []
        for line, seen in zip(lines, visible, strict=True):
            match = COMMENT.match(seen)
            if match is None:
                out.append(line)
            else:
                text = _block(match["kind"], match["target"], match["options"])
                out += ["", *(match["indent"] + row for row in text.split("\n")), ""]
        return out


def _block(kind: str, target: str, options: str) -> str:
    name, *path = target.split(".")
    if kind == "derivation":
        return rendering.derivation(name, evaluate.derivation(name))
    if kind == "explorable":
        return rendering.explorable(name)
    if kind == "facts":
        return facts_tables.TABLES[target](facts.read())
    decimals = _DECIMALS.search(options)
    rows = values.look_up(evaluate.result(name), path)
    text = values.table(rows, int(decimals[1]) if decimals else 2)
    module, function = module_of("table", name)
    return (
        f'<div class="result" markdown="1">\n\n{text}\n\n'
        f'<p class="result-code"><autoref identifier="{module}.{function}">computed by '
        f"{function}</autoref></p>\n\n</div>"
    )


class Elements(Treeprocessor):
    """Values, figures and questions."""

    def run(self, root: etree.Element) -> None:
        for link in list(root.iter("a")):
            if link.get("href", "").startswith("val:"):
                _value(link)
        _figures(root)
        _maps(root)
        wrap_questions(root)


def _maps(root: etree.Element) -> None:
    for index, child in enumerate(list(root)):
        link = child.find("a")
        if link is not None and link.get("href") == "facts:map":
            root[index] = topic_map.element(facts.read())


def _value(link: etree.Element) -> None:
    name = link.attrib.pop("href").removeprefix("val:").split(".")[0]
    module, function = module_of("value", name)
    link.tag = "autoref"
    link.set("identifier", f"{module}.{function}")
    link.set("class", "value")
    if (link.text or "").startswith("-"):
        link.text = f"−{(link.text or '')[1:]}"
    link.set("title", f"computed by {function} in {module.replace('.', '/')}.py")


def _figures(root: etree.Element) -> None:
    for parent in list(root.iter()):
        for index, child in enumerate(list(parent)):
            images = [one for one in child if one.tag == "img"] if child.tag == "p" else []
            if len(images) == 1 and images[0].get("src", "").startswith("fig:"):
                parent[index] = _figure(images[0])


def _figure(image: etree.Element) -> etree.Element:
    name = image.get("src", "").removeprefix("fig:")
    module, function = module_of("figure", name)
    identifier = "figure-" + name.replace("/", "-").replace("_", "-")
    figure = etree.Element("figure", {"class": "plot", "id": identifier})
    for which, path in evaluate.drawing(name).items():
        width, height = size(path)
        etree.SubElement(
            figure,
            "img",
            {
                "src": f"/assets/figures/{name}-{which}.svg#only-{which}",
                "alt": image.get("alt", ""),
                "width": str(width),
                "height": str(height),
                "loading": "lazy",
            },
        )
    caption = etree.SubElement(figure, "figcaption")
    claim = etree.SubElement(caption, "span", {"class": "claim"})
    claim.text = f"\x02claim:{name}\x03"
    link = etree.SubElement(
        caption, "autoref", {"identifier": f"{module}.{function}", "class": "plot-code"}
    )
    link.text = "code"
    return figure


class Finish(Postprocessor):
    """Maths, copies and captions, once the page is text."""

    def __init__(self, md: Markdown, set_maths: Callable[[str], str]) -> None:
        super().__init__(md)
        self.set_maths = set_maths

    def run(self, text: str) -> str:
        text = re.sub("\x02claim:([\\w/]+)\x03", lambda match: claim(match[1]), text)
        text = _FILENAME.sub(_caption, text)
        return self.set_maths(copying.add_copies(text))


def _caption(match: re.Match[str]) -> str:
    module = "snippets." + match[1].replace("/", ".")
    path = f"snippets/{match[1]}.py".replace("/", "/<wbr>").replace("_", "_<wbr>")
    return f'<span class="filename"><autoref identifier="{module}">{path}</autoref></span>'


def claim(name: str) -> str:
    """Return the claim of a figure, the first paragraph of its docstring, as HTML."""
    import ast

    from snippets.fingerprint import module_path, top_level

    module, function = module_of("figure", name)
    path = module_path(module)
    node = top_level(path)[function] if path else None
    if not isinstance(node, ast.FunctionDef):
        raise KeyError(name)
    text = (ast.get_docstring(node) or "").split("\n\n")[0]
    rendered = Markdown(
        extensions=["pymdownx.arithmatex"],
        extension_configs={"pymdownx.arithmatex": {"generic": True}},
    ).convert(text)
    return rendered.removeprefix("<p>").removesuffix("</p>")


class GroundTruth(Extension):
    """Everything above, in the order in which Python-Markdown needs it."""

    def __init__(self, **options: Any) -> None:
        self.config = {"maths": ["mathml", "mathml for pages, tex for Anki"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.preprocessors.register(Blocks(md), "ground-truth-blocks", 31)  # after snippets
        md.treeprocessors.register(Elements(md), "ground-truth-elements", 4)  # after toc
        set_maths = maths.tex_for_anki if self.getConfig("maths") == "tex" else maths.replace
        md.postprocessors.register(Finish(md, set_maths), "ground-truth-finish", 4)  # last


def makeExtension(**options: Any) -> GroundTruth:  # noqa: N802
    """Return the extension, as Python-Markdown asks for it."""
    return GroundTruth(**options)
