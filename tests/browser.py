"""A browser for the tests: Chromium, a server for the built site, and what a visit notices."""

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

expect.set_options(timeout=20_000)  # what is awaited comes, and on a busy machine later


def chromium() -> str:
    """Return the path of Chromium; without one, fail in CI and skip elsewhere."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found:
        return found
    how = "no Chromium: install it (Debian: apt install chromium) or name it in CHROMIUM"
    if os.environ.get("CI") == "true":
        pytest.fail(how)
    pytest.skip(how)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def send_error(self, code: int, *more: Any) -> None:
        """Serve the site's own page for what is not there, as a host does."""
        missing = Path(self.directory) / "404.html"
        if code != 404 or not missing.exists():
            super().send_error(code, *more)
            return
        body = missing.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """Serve a folder on this machine."""
    handler = functools.partial(_Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def browsing() -> Iterator[Browser]:
    """Start Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Notes:
    """What a page did that it should not."""

    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def clear(self) -> None:
        self.errors.clear()
        self.elsewhere.clear()


def watch(page: Page, base: str) -> Notes:
    """Note console errors, exceptions and requests to other hosts, which are stopped."""
    notes = Notes()
    page.on("pageerror", lambda error: notes.errors.append(str(error)))
    page.on(
        "console",
        lambda message: (
            notes.errors.append(message.text) if message.type in {"error", "warning"} else None
        ),
    )

    def sort(route: Route) -> None:
        if route.request.url.startswith((base, "data:", "blob:")):
            route.continue_()
        else:
            notes.elsewhere.append(route.request.url)
            route.abort()

    page.route("**/*", sort)
    return notes


# Contrast is a matter of color, ground, opacity, size and weight: of the texts that share all five
# the first is looked at.
CONTRAST = """() => {
  const grounds = new Map([[document.documentElement, ["paper", 1]]]);
  const ground = (one) => {
    if (!grounds.has(one)) {
      const {backgroundColor, backgroundImage, opacity} = getComputedStyle(one);
      const clear = backgroundColor === "rgba(0, 0, 0, 0)" && backgroundImage === "none";
      const [above, seen] = ground(one.parentElement);
      grounds.set(one, [clear ? above : backgroundColor + backgroundImage, seen * opacity]);
    }
    return grounds.get(one);
  };
  const firsts = new Map();
  for (const one of document.body.querySelectorAll("*")) {
    const texts = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!texts || !one.checkVisibility()) continue;
    const {color, fontSize, fontWeight} = getComputedStyle(one);
    const key = [color, ...ground(one), fontSize, fontWeight].join();
    if (!firsts.has(key)) firsts.set(key, one);
  }
  return axe.run({include: [...firsts.values()]}, {runOnly: ["color-contrast"]});
}"""
STRUCTURE = "() => axe.run(document, {rules: {'color-contrast': {enabled: false}}})"


def _axe(page: Page, run: str) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(
        f"({run})().then(r => r.violations.map(v => v.id + ': '"
        " + v.nodes.slice(0, 3).map(n => n.target + ' ' + n.failureSummary)))"
    )
    return [str(one) for one in found]


def structure(page: Page) -> list[str]:
    """Return what axe finds that no theme changes."""
    return _axe(page, STRUCTURE)


def contrast(page: Page) -> list[str]:
    """Return the texts that are too faint in the theme that is on."""
    return _axe(page, CONTRAST)


def axe(page: Page) -> list[str]:
    """Return what axe finds on the page as it stands."""
    return [*structure(page), *contrast(page)]


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
