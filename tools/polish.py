"""Mend, in the finished page, what Markdown and the theme leave undone."""

import re

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

_NO_HEAD = re.compile(r"<th((?: style=\"[^\"]*\")?)>\s*</th>")


def page(output: str, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG001
    """Make the empty corner of a table a plain cell, since it is the head of nothing."""
    return _NO_HEAD.sub(r"<td\1></td>", output)
