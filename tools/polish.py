"""Mend, in the finished page, what Markdown and the theme leave undone about tables and code."""

import re
from html import unescape

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

WIDE = 36  # letters: a line of code that is longer scrolls sideways on a phone
LONG = 24  # letters: a table with a longer cell is one of words, which a phone has no room for

_NO_HEAD = re.compile(r"<th((?: style=\"[^\"]*\")?)>\s*</th>")
_FORMULA_HEAD = re.compile(
    r"<th((?: [^>]*)?)>(\s*<span class=\"math-inline\"(?:(?!</th>).)*</math></span>\s*)</th>"
)
_TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
_CODE = re.compile(r"<code>((?:(?!</code>).)*)</code></pre>", re.DOTALL)
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<(td|th)((?: [^>]*)?)>(.*?)</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def _text(html: str) -> str:
    html = html.replace("<mn>2</mn></msup>", "²")
    return " ".join(_TAG.sub("", html).split()).replace('"', "&quot;")


def _named(match: re.Match[str]) -> str:
    formula = match[2].strip().replace("<span", '<span aria-hidden="true"', 1)
    return f'<th{match[1]}>{formula}<span class="said">{_text(match[2])}</span></th>'


def _with_heads(row: str, heads: list[str]) -> str:
    names = iter(heads)

    def cell(match: re.Match[str]) -> str:
        head = next(names, "")
        return f'<{match[1]}{match[2]} data-head="{head}">{match[3]}</{match[1]}>'

    return _CELL.sub(cell, row)


def _stacking(match: re.Match[str]) -> str:
    """Let the rows of a table of words stand one below the other where there is no room."""
    table = match[1]
    head, mark, body = table.partition("</thead>")
    heads = [_text(cell[3]) for cell in _CELL.finditer(head)]
    long = any(len(_text(cell[3])) > LONG for cell in _CELL.finditer(body))
    if len(heads) < 3 or not long or len(_ROW.findall(head)) != 1:
        return match[0]
    body = _ROW.sub(lambda row: f"<tr>{_with_heads(row[1], heads)}</tr>", body)
    return f"<table data-stacks>{head}{mark}{body}</table>"


def tables(html: str) -> str:
    """Name the columns whose head is a formula, make an empty corner a cell, and mark for phones.

    Examples:
        >>> tables('<table><thead><tr><th></th><th>Fix</th></tr></thead></table>')
        '<table><thead><tr><td></td><th>Fix</th></tr></thead></table>'
        >>> head = '<thead><tr><th>A</th><th>B</th><th>C</th></tr></thead>'
        >>> row = '<tr><td>1</td><td>2</td><td>more than twenty-four letters</td></tr>'
        >>> tables(f'<table>{head}<tbody>{row}</tbody></table>').partition('<tbody>')[2][:47]
        '<tr><td data-head="A">1</td><td data-head="B">2'
    """
    html = _FORMULA_HEAD.sub(_named, _NO_HEAD.sub(r"<td\1></td>", html))
    return _TABLE.sub(_stacking, html)


def code(html: str) -> str:
    """Let the keyboard reach code that may scroll; where it does not, the theme takes that back.

    Examples:
        >>> code(f"<pre><code>{'x' * 40}</code></pre>")[:25]
        '<pre><code tabindex="0">x'
        >>> code("<pre><code>x = 1</code></pre>")
        '<pre><code>x = 1</code></pre>'
    """

    def reached(match: re.Match[str]) -> str:
        wide = any(len(line) > WIDE for line in unescape(_TAG.sub("", match[1])).splitlines())
        return match[0].replace("<code>", '<code tabindex="0">', 1) if wide else match[0]

    return _CODE.sub(reached, html)


def page(output: str, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG001
    """Mend the tables and the code of a page."""
    return code(tables(output))
