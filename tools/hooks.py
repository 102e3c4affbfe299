"""MkDocs calls these; each is a few lines that hand over to a module with one job."""

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from snippets.forms import cache_folder
from tools import generated, labs, nav, polish, preloads, prepare, search, weight
from tools.evaluate import THREADS, BrokenExample

T = TypeVar("T")


def plainly(hook: Callable[..., T]) -> Callable[..., T]:
    """Show our own errors as they are, without a traceback."""

    @wraps(hook)
    def call(*positional: Any, **named: Any) -> T:
        try:
            return hook(*positional, **named)
        except (ValueError, BrokenExample) as error:
            raise PluginError(f"\n{error}") from None

    return call


@plainly
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Check and evaluate everything; make the navigation from the facts."""
    os.environ.update(dict.fromkeys(THREADS, "1"))  # for the kernels of the labs
    config.plugins["mkdocs-jupyter"].config["cache_dir"] = str(cache_folder() / "labs")
    topics = prepare.prepare()
    config.nav = nav.build(topics)
    repository = os.environ.get("REPO_URL", "").rstrip("/")
    config.edit_uri = f"{repository}/edit/main/docs/" if repository else None
    config.extra["repository"] = repository
    config.extra["topics"] = topics
    return config


@plainly
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what is made: figures, data, code pages, deck, notebooks."""
    for file in generated.files(config, config.extra["topics"]):
        files.append(file)
    return files


@plainly
def on_page_content(html: str, **_: Any) -> str:
    """Show a lab as any other page."""
    return labs.page(html)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Mend what the theme leaves undone."""
    return weight.page(preloads.page(polish.page(output, page, config)))


def on_post_build(config: MkDocsConfig) -> None:
    """Write the search index from the finished pages; take out what no reader needs."""
    search.write(Path(config.site_dir))
    weight.site(Path(config.site_dir))
