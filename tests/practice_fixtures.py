"""The fixtures of the browser tests of the study tools, as a pytest plugin."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser import browsing, serving
from tests.practice import Visit


@pytest.fixture(scope="module")
def base(site: Path) -> Iterator[str]:
    with serving(site) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as started:
        yield started


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(
        viewport={"width": 1100, "height": 900}, timezone_id="UTC", locale="en-US"
    )
    yield made
    made.close()


@pytest.fixture
def visit(context: BrowserContext, base: str) -> Iterator[Visit]:
    made = Visit(context, base)
    yield made
    made.clean()
