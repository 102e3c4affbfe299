"""Name at the head of a tool's page what its modules will ask for, so that it comes at once."""

import re
from pathlib import Path

from tools.paths import DOCS

SCRIPTS = DOCS / "assets" / "js"
_TOOL = re.compile(r'data-tool="([\w-]+)"')
_ENTRY = re.compile(r'<script type="module" src="([^"]*)assets/js/site\.js"></script>')
_IMPORT = re.compile(r"""^(?:import|export)\b[^;]*?from\s+['"](\.[^'"]+)['"]""", re.MULTILINE)
_WIDGET = re.compile(r'"\[data-tool=([\w-]+)\]": "([\w./-]+)"')


def _imports(path: Path) -> list[Path]:
    found = _IMPORT.findall(path.read_text("utf-8"))
    return [(path.parent / name).resolve() for name in found]


def modules(tool: str) -> list[str]:
    """Return the addresses, from the site's root, of the modules that a tool starts with.

    Examples:
        >>> found = modules("cards")
        >>> found[0], "assets/js/study/store.js" in found, "assets/js/study/mock.js" in found
        ('assets/js/study-ui/cards.js', True, False)
        >>> modules("no such tool")
        []
    """
    widgets = dict(_WIDGET.findall((SCRIPTS / "site.js").read_text("utf-8")))
    if tool not in widgets or not (SCRIPTS / widgets[tool]).is_file():
        return []
    found: dict[Path, None] = {}
    waiting = [(SCRIPTS / widgets[tool]).resolve()]
    docs = DOCS.resolve()
    while waiting:
        path = waiting.pop(0)
        if path not in found:
            found[path] = None
            waiting += _imports(path)
    return [path.relative_to(docs).as_posix() for path in found]


def page(output: str) -> str:
    """Add the links to a page with a tool; leave any other page as it is."""
    tool, entry = _TOOL.search(output), _ENTRY.search(output)
    if tool is None or entry is None:
        return output
    root = entry[1]
    links = [f'<link rel="modulepreload" href="{root}{one}">' for one in modules(tool[1])]
    if not links:
        return output
    links.append(f'<link rel="preload" href="{root}assets/facts.json" as="fetch" crossorigin>')
    links.append(f'<link rel="stylesheet" href="{root}assets/css/study.css">')
    return output.replace(entry[0], "\n".join([entry[0], *links]), 1)
