"""Mend, in the finished page, what the theme leaves undone."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page


def page(output: str, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG001
    """Name the search dialog, which the theme does not."""
    unnamed = 'data-md-component="search" role="dialog"'
    return output.replace(unnamed, f'{unnamed} aria-label="Search"', 1)
