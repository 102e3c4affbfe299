"""Render pieces of pages outside a build, with the site's own Markdown extensions."""

import functools
import posixpath
import re
from typing import Any

import yaml
from markdown import Markdown

from tools.paths import ROOT

_AUTOREF = re.compile(r"<autoref\b[^>]*>(.*?)</autoref>", re.DOTALL)
_LINK = re.compile(r'(?P<attribute>href|src)="(?P<target>[^"]*)"')


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml, whose tags mean nothing here."""


_Loader.add_multi_constructor("!", lambda *_: None)


@functools.cache
def _extensions() -> tuple[list[str], dict[str, dict[str, Any]]]:
    settings = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), Loader=_Loader)
    names: list[str] = []
    options: dict[str, dict[str, Any]] = {}
    for entry in settings["markdown_extensions"]:
        name, config = next(iter(entry.items())) if isinstance(entry, dict) else (entry, {})
        names.append(name)
        options[name] = config
    return names, options


@functools.cache
def _converter(maths: str) -> Markdown:
    names, options = _extensions()
    return Markdown(
        extensions=names, extension_configs={**options, "tools.extension": {"maths": maths}}
    )


def site_address(target: str, page: str) -> str:
    """Return the address, from the site's root, of a link on a page.

    Examples:
        >>> site_address("curves.md#a", "topics/bias-variance/questions.md")
        'topics/bias-variance/curves/#a'
        >>> site_address("../index.md", "topics/bias-variance/questions.md")
        'topics/'
        >>> site_address("/assets/figures/a.svg#only-light", "topics/index.md")
        'assets/figures/a.svg#only-light'
        >>> site_address("https://arxiv.org/abs/1812.11118", "index.md")
        'https://arxiv.org/abs/1812.11118'
    """
    if re.match(r"[a-z]+:", target):
        return target
    path, mark, anchor = target.partition("#")
    if path.startswith("/"):
        path = path[1:]
    else:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
    if path.endswith(".md"):
        path = path.removesuffix(".md")
        path = posixpath.dirname(path) if posixpath.basename(path) == "index" else path
        path = f"{path}/" if path else ""
    return path + mark + anchor


def render(markdown: str, page: str, maths: str = "mathml") -> str:
    """Return the HTML of a piece of a page; its links start at the site's root."""
    html = _AUTOREF.sub(r"\1", _converter(maths).reset().convert(markdown))
    return _LINK.sub(lambda m: f'{m["attribute"]}="{site_address(m["target"], page)}"', html)
