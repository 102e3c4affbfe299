"""Show an executed lab as a page of the site: our code blocks and formulas, nothing of Jupyter."""

import html as entities
import re

from bs4 import BeautifulSoup, Tag

from tools import maths

_DISPLAY = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
_INLINE = re.compile(r"\$([^$]+?)\$", re.DOTALL)
_CODE = re.compile(r"(<(pre|code)\b.*?</\2>)", re.DOTALL)


def _with_formulas(markup: str) -> str:
    """Render the formulas of a rendered Markdown cell, which Jupyter leaves to the browser."""
    pieces = _CODE.split(markup)
    for index in range(0, len(pieces), 3):  # text, code block, its tag, text, ...
        text = _DISPLAY.sub(r'<div class="arithmatex">\\[\1\\]</div>', pieces[index])
        pieces[index] = _INLINE.sub(r'<span class="arithmatex">\\(\1\\)</span>', text)
    return maths.replace("".join(p for i, p in enumerate(pieces) if i % 3 != 2))


def _text(cell: Tag) -> str:
    for link in cell.select("a.anchor-link"):
        link["class"] = "headerlink"
        link["title"] = "Link to this section"
    return _with_formulas(cell.decode_contents().strip())


def _code(cell: Tag) -> str:
    source = cell.select_one(".hl-python pre")
    plain = cell.select_one(".clipboard-copy-txt")
    if source is None or plain is None:
        return ""
    copy = entities.escape(plain.get_text().strip() + "\n").replace("\n", "&#10;")
    code = source.decode_contents().strip("\n")
    return (
        f'<div class="language-python highlight" data-copy="{copy}">'
        f"<pre><code>{code}\n</code></pre></div>"
    )


def _output(area: Tag) -> str:
    found = []
    for one in area.select("[data-mime-type]"):
        kind = one["data-mime-type"]
        if kind in {"text/plain", "application/vnd.jupyter.stdout"}:
            pre = one.select_one("pre")
            text = pre.decode_contents() if pre else ""
            found.append(f'<div class="output no-copy"><pre tabindex="0">{text}</pre></div>')
        else:
            raise ValueError(f"a lab shows {kind}: print text, or draw a figure in figures.py")
    return "\n".join(found)


def page(markup: str) -> str:
    """Return the content of a lab's page as the site shows it, or other pages untouched.

    Examples:
        >>> page("<p>An ordinary page.</p>")
        '<p>An ordinary page.</p>'
    """
    if "jupyter-wrapper" not in markup:
        return markup
    parts = []
    for cell in BeautifulSoup(markup, "html.parser").select(".jp-Notebook-cell[id]"):
        if "jp-MarkdownCell" in (cell.get("class") or []):
            text = cell.select_one(".jp-RenderedMarkdown")
            parts.append(_text(text) if text else "")
        else:
            parts.append(_code(cell))
            parts += [_output(area) for area in cell.select(".jp-OutputArea")]
    return "\n".join(part for part in parts if part)
