"""Take out of the built site what no reader needs: comments in stylesheets, unused sheets, maps."""

import re
import shutil
from pathlib import Path

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDENT = re.compile(r"\s*\n\s*")
_PLAIN_MARK = re.compile(r'<span class="(?:n|w)">([^<]*)</span>')
_CODE_SHEET = re.compile(r'\s*<link rel="stylesheet" href="[^"]*_mkdocstrings\.css">')


def smaller(css: str) -> str:
    """Return a stylesheet without comments and line breaks.

    Examples:
        >>> smaller("/* calm */\\n.a {\\n  color: red;\\n}\\n.a :hover { color: blue }\\n")
        '.a { color: red; } .a :hover { color: blue }'
    """
    return _INDENT.sub(" ", _COMMENT.sub("", css)).strip()


def page(html: str) -> str:
    """Leave the stylesheet of the code pages to the code pages, and plain names in code unmarked.

    Examples:
        >>> code = '<link rel="stylesheet" href="_mkdocstrings.css">'
        >>> page('<link rel="stylesheet" href="a.css"> ' + code)
        '<link rel="stylesheet" href="a.css">'
        >>> page('<span class="n">x</span><span class="w"> </span><span class="mi">1</span>')
        'x <span class="mi">1</span>'
    """
    html = _PLAIN_MARK.sub(r"\1", html)
    return html if 'class="doc doc-' in html else _CODE_SHEET.sub("", html)


def site(folder: Path) -> None:
    """Shrink our stylesheets; drop the theme's source maps and the parts of it that are off."""
    for path in sorted((folder / "assets" / "css").glob("*.css")):
        path.write_text(smaller(path.read_text("utf-8")) + "\n", "utf-8")
    for path in folder.glob("assets/**/*.map"):
        path.unlink()
    for unused in ("lunr", "workers"):  # of the theme's own search, which is off
        shutil.rmtree(folder / "assets" / "javascripts" / unused, ignore_errors=True)
