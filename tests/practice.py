"""What the browser tests of the study tools share: a visit at a fixed time, the stored log.

The fixtures `browser`, `base`, `context` and `visit` are in `practice_fixtures.py`; a test module
takes them by `pytest_plugins = ["tests.practice_fixtures"]`.
"""

import datetime
import json
import statistics
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route

from tests.browser import AXE, Notes, overflow, watch

PREFIX = "ground-truth:/:"
NOON = datetime.datetime(2026, 3, 2, 12, 0, tzinfo=datetime.UTC)  # a Monday
DAY = datetime.timedelta(days=1)
MINUTE = datetime.timedelta(minutes=1)

HEAVY = """for (let count = 0; count < 5000; count += 1) {
  const id = given.ids[(count * 7) % given.ids.length];
  review(id, count % 4 ? 3 : 1, given.at + count * 900_000);
}"""

BLOCKED = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('no', 'SecurityError'); } });"""


class Visit:
    """A page with a tool, and what it did that it should not."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.page: Page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.base = base
        self.notes: Notes = watch(self.page, base)
        self.now = NOON
        self.at(NOON)

    def at(self, when: datetime.datetime) -> "Visit":
        self.now = when
        self.page.clock.set_fixed_time(when)
        return self

    def later(self, pause: datetime.timedelta) -> "Visit":
        """Let time pass, and say that the page is looked at again."""
        self.at(self.now + pause)
        if self.page.url.startswith(self.base):
            self.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        return self

    def to(self, path: str) -> Page:
        address = self.base + path
        if self.page.url.split("#")[0] == address.split("#")[0]:
            self.page.goto("about:blank")  # a fragment alone would not load the page again
        self.page.goto(address)
        return self.ready()

    def reload(self) -> Page:
        self.page.reload()
        return self.ready()

    def ready(self) -> Page:
        self.page.wait_for_function(
            "!document.querySelector('[data-tool]:not([data-ready]), .study-marks:empty')"
        )
        return self.page

    def clean(self) -> None:
        assert not self.notes.errors, self.notes.errors
        assert not self.notes.elsewhere, self.notes.elsewhere


class Processor:
    """What a page costs, in milliseconds of its main thread, however busy the machine is.

    On an idle machine this is what a reader waits; on a busy one the clock on the wall also counts
    what others do.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session = page.context.new_cdp_session(page)
        self.session.send("Performance.enable")

    def spent(self) -> float:
        metrics = self.session.send("Performance.getMetrics")["metrics"]
        return float(next(1000 * one["value"] for one in metrics if one["name"] == "ThreadTime"))

    def cost(self, act: Callable[[], Any]) -> float:
        before = self.spent()
        act()
        return self.spent() - before

    def press(self, selector: str, times: int = 7) -> float:
        """The median of several presses, each with the layout that it makes necessary."""
        script = """async (selector) => {
          document.querySelector(selector).click();
          await null;
          document.body.getBoundingClientRect();
        }"""
        return statistics.median(
            self.cost(lambda: self.page.evaluate(script, selector)) for _ in range(times)
        )

    def start(self, path: str, times: int = 5) -> float:
        """From the load of a page until its tool is ready: the median of several loads.

        The facts, without which no tool starts, are kept back until the page has loaded.
        """
        held: list[Route] = []
        self.page.route("**/facts.json", lambda route: held.append(route))
        costs = []
        for _ in range(times):
            held.clear()
            self.page.goto("about:blank")
            self.page.goto(path, wait_until="load")
            while not held:
                self.page.wait_for_timeout(20)
            self.page.wait_for_timeout(100)
            assert self.page.locator("[data-tool][data-ready]").count() == 0

            def go_on() -> None:
                held.pop().continue_()
                self.page.wait_for_selector("[data-tool][data-ready]", state="attached")

            costs.append(self.cost(go_on))
        self.page.unroute("**/facts.json")
        return statistics.median(costs)


def events(page: Page, kind: str = "") -> list[dict[str, Any]]:
    """Return what is stored, in order."""
    chunks: list[str] = page.evaluate(
        "p => Object.entries(localStorage).filter(([k]) => k.startsWith(p)).map(([, t]) => t)",
        f"{PREFIX}log.",
    )
    found = sorted((one for text in chunks for one in json.loads(text)), key=lambda e: e["id"])
    return [one for one in found if not kind or one["type"] == kind]


def write_log(page: Page, script: str, given: Any = None) -> None:
    """Append events by the site's own store; `script` uses append(...), review(...) and given."""
    page.evaluate(
        """async ([script, given]) => {
          const { Store, browserStorage, prefixOf } = await import('/assets/js/study/store.js');
          const { reviewData } = await import('/assets/js/study/cards.js');
          let now = 0;
          const store = new Store({ storage: browserStorage(), prefix: prefixOf('/'),
            clock: { now: () => now, zone: () => 0 } });
          const views = new Map();
          const append = (type, data, at) => { now = at; return store.append(type, data); };
          const review = (card, rating, at) => {
            now = at;
            const data = reviewData(card, views.get(card), rating, at, 0, { ms: 8000 });
            const event = store.append('card.review', data);
            const [state, step, stability, difficulty, due, dueAt, interval, reps, lapses, last]
              = data.after;
            const memory = { state, step, stability, difficulty, due, dueAt, interval, reps,
              lapses, last };
            views.set(card, { lastReview: event.id, memory });
          };
          const run = new Function('append', 'review', 'given', script);
          run(append, review, given);
        }""",
        [script, given],
    )


def heavy_year(page: Page, known: list[str]) -> None:
    """Write 5,000 answers to 600 cards, those of the site among them."""
    invented = [f"an-invented-question-{index}" for index in range(600 - len(known))]
    given = {"ids": known + invented, "at": (NOON - 60 * DAY).timestamp() * 1000}
    write_log(page, HEAVY, given)


def inside(page: Page, selector: str) -> list[str]:
    """Return what axe finds in a part of the page; the page around it has its own test."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(
        "s => axe.run(s, {resultTypes: ['violations']}).then(r => r.violations.map(v =>"
        " v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target + ' ' + n.failureSummary)))",
        selector,
    )
    return [str(one) for one in found]


def fault_free(page: Page, selector: str = "[data-tool]") -> None:
    """Axe finds nothing, light and dark, nothing is wider than a phone, targets are large."""
    for scheme in ("slate", "default"):
        page.evaluate("s => document.body.setAttribute('data-md-color-scheme', s)", scheme)
        found = inside(page, selector)
        assert not found, found
    size = page.viewport_size
    page.set_viewport_size({"width": 390, "height": 800})
    assert overflow(page) <= 0
    small = page.evaluate(
        "[...document.querySelectorAll('.study :is(button, select, summary)')]"
        ".filter(e => e.getClientRects().length && e.getBoundingClientRect().height < 40)"
        ".map(e => e.outerHTML.slice(0, 90))"
    )
    assert not small, small
    assert size
    page.set_viewport_size(size)


def focused(page: Page) -> str:
    """Name what has the focus: its key, id or text."""
    return str(
        page.evaluate(
            "(e => e.dataset.key || e.id || e.textContent.trim().slice(0, 60))"
            "(document.activeElement)"
        )
    )


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the control of this key, id or text has the focus."""
    for _ in range(400):
        if focused(page) == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {name}")
