"""Mend, in the finished page, what Markdown and the theme leave undone: tables, code, headings."""

import re
from html import unescape

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from tools.values import are_numbers

WIDE = 36  # letters: a line of code that is longer scrolls sideways on a phone
LONG = 24  # letters: a table with a longer cell is one of words, which a phone has no room for
ROOM = 44  # letters that a phone has room for in all columns of a table of short words
WHOLE = 20  # letters of a word with hyphens that a heading on a phone has room for

_NO_HEAD = re.compile(r"<th((?: style=\"[^\"]*\")?)>\s*</th>")
_FORMULA_HEAD = re.compile(
    r"<th((?: [^>]*)?)>(\s*<span class=\"math-inline\"(?:(?!</th>).)*</math></span>\s*)</th>"
)
_TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
_CODE = re.compile(r"<code>((?:(?!</code>).)*)</code></pre>", re.DOTALL)
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<(td|th)((?: [^>]*)?)>(.*?)</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_WORD = re.compile(r"[^\s-]+-?")
_RIGHT = ' style="text-align: right;"'
_HEADING = re.compile(r"(<h[1-4]\b[^>]*>)(.*?)(</h[1-4]>)", re.DOTALL)
_NOT_TEXT = re.compile(r"(<(code|math)\b.*?</\2>|<[^>]+>)", re.DOTALL)
_JOINED = re.compile(r"\b\w+(?:-\w+)+\b")


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


def _to_the_right(row: str, numeric: list[bool]) -> str:
    """Align the cells of a row that stand in columns of numbers, where nobody aligned them."""
    right = iter(numeric)

    def cell(match: re.Match[str]) -> str:
        style = "" if "style=" in match[2] or not next(right, False) else _RIGHT
        return f"<{match[1]}{match[2]}{style}>{match[3]}</{match[1]}>"

    return _CELL.sub(cell, row)


def _form(heads: list[str], rows: list[list[str]]) -> str | None:
    """Return how the rows of a table stack on a phone; None where it keeps its columns."""
    cells = [text for row in rows for text in row[1:]]
    if len(heads) < 3 or not rows:
        return None
    columns = list(zip(*rows, strict=True))
    width = sum(
        max((len(word) for text in column for word in _WORD.findall(text)), default=0)
        for column in zip(heads, *rows, strict=True)
    )
    if width <= ROOM and all(are_numbers(column) for column in columns[1:]):
        return None  # numbers are compared down their columns; the names before them wrap
    if any(len(text) > LONG for row in rows for text in row):
        return ""
    words = [text for text in cells if not re.search(r"\d", text)]
    if 2 * len(words) < len(cells) or width <= ROOM:
        return None
    return "boxes" if max(map(len, cells)) == 1 else "short"


def _mended(match: re.Match[str]) -> str:
    """Set numbers to the right; let rows of words stack where there is no room for columns."""
    head, mark, body = match[1].partition("</thead>")
    if len(_ROW.findall(head)) != 1:
        return match[0]
    heads = [_text(cell[3]) for cell in _CELL.finditer(head)]
    rows = [[_text(cell[3]) for cell in _CELL.finditer(row[1])] for row in _ROW.finditer(body)]
    if any(len(row) != len(heads) for row in rows):
        return match[0]
    numeric = [are_numbers(column) for column in zip(*rows, strict=True)]
    head = _ROW.sub(lambda row: f"<tr>{_to_the_right(row[1], numeric)}</tr>", head)
    body = _ROW.sub(lambda row: f"<tr>{_to_the_right(row[1], numeric)}</tr>", body)
    form = "list" if len(heads) == 2 and "<td><ol>" in body else _form(heads, rows)
    if form is None:
        return f"<table>{head}{mark}{body}</table>"
    body = _ROW.sub(lambda row: f"<tr>{_with_heads(row[1], heads)}</tr>", body)
    value = f'="{form}"' if form else ""
    return f"<table data-stacks{value}>{head}{mark}{body}</table>"


def tables(html: str) -> str:
    """Name the columns whose head is a formula, make an empty corner a cell, and mark for phones.

    Examples:
        >>> tables('<table><thead><tr><th></th><th>Fix</th></tr></thead></table>')
        '<table><thead><tr><td></td><th>Fix</th></tr></thead></table>'
        >>> head = '<thead><tr><th>A</th><th>B</th><th>C</th></tr></thead>'
        >>> row = '<tr><td>1</td><td>2</td><td>more than twenty-four letters</td></tr>'
        >>> print(tables(f'<table>{head}<tbody>{row}</tbody></table>').partition('<tbody>')[2][:59])
        <tr><td style="text-align: right;" data-head="A">1</td><td

        Numbers keep their columns, however long the names before them are:

        >>> row = '<tr><td>more than twenty-four letters</td><td>1</td><td>2</td></tr>'
        >>> 'data-stacks' in tables(f'<table>{head}<tbody>{row}</tbody></table>')
        False
    """
    html = _FORMULA_HEAD.sub(_named, _NO_HEAD.sub(r"<td\1></td>", html))
    return _TABLE.sub(_mended, html)


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


def headings(html: str) -> str:
    """Keep words with hyphens whole in headings, where a break reads as the end of a word.

    Examples:
        >>> headings('<h2 id="t-sne">What t-SNE keeps</h2>')
        '<h2 id="t-sne">What <span class="whole">t-SNE</span> keeps</h2>'
    """

    def whole(word: re.Match[str]) -> str:
        fits = len(word[0]) <= WHOLE
        return f'<span class="whole">{word[0]}</span>' if fits else word[0]

    def heading(match: re.Match[str]) -> str:
        parts, at = [], 0
        for other in _NOT_TEXT.finditer(match[2]):
            parts += [_JOINED.sub(whole, match[2][at : other.start()]), other[0]]
            at = other.end()
        return "".join([match[1], *parts, _JOINED.sub(whole, match[2][at:]), match[3]])

    return _HEADING.sub(heading, html)


def page(output: str, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG001
    """Mend the tables, the code and the headings of a page."""
    return headings(code(tables(output)))
