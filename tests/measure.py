"""Measure a built site against the budgets: `python -m tests.measure SITE_DIR`.

For every page, in a new profile on a phone's screen: the bytes that travel on a first visit,
compressed as a host compresses them, the hosts asked, and the layout shift. Then what the clock on
the wall says of the search and of the explorables, on a machine that does nothing else.
"""

import gzip
import statistics
import sys
from pathlib import Path

from playwright.sync_api import Browser, Response

from tests.browser import browsing, serving
from tests.test_explorables import PAGES as EXPLORABLES
from tests.test_search import QUERIES, START

PACKED = {".woff2", ".png", ".apkg", ".gz"}
SHIFT = """() => new Promise(done => {
  let total = 0;
  new PerformanceObserver(list => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) total += one.value;
  }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(total), 250);
})"""

LAST_KEY = """async (query) => {
  const field = document.querySelector("#search-field");
  const list = document.querySelector("#search-list");
  field.value = query.slice(0, -1);
  field.dispatchEvent(new Event("input"));
  await new Promise(done => setTimeout(done, 30));
  const start = performance.now();
  field.value = query;
  field.dispatchEvent(new Event("input"));
  const empty = () => list.querySelector(":nth-child(-n + 6) > .search-excerpt:empty");
  while (empty() && performance.now() < start + 2000) {
    await new Promise(done => setTimeout(done, 1));
  }
  list.getBoundingClientRect();
  return performance.now() - start;
}"""
MOVE = """async () => {
  const slider = document.querySelector(".explorable input[type=range]");
  const start = performance.now();
  slider.value = String(Number(slider.value) + 1);
  slider.dispatchEvent(new Event("input"));
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - start;
}"""


def travels(response: Response) -> int:
    """Return the size of an answer as a host sends it."""
    body = response.body()
    suffix = Path(response.url.split("?")[0]).suffix
    return len(body) if suffix in PACKED else len(gzip.compress(body, 6))


def visit(browser: Browser, base: str, address: str) -> tuple[int, float, int]:
    """Return bytes, layout shift and the number of requests elsewhere of a first visit."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(base + address, wait_until="networkidle")
    shift = float(page.evaluate(SHIFT))
    elsewhere = sum(not answer.url.startswith(base) for answer in answers)
    size = sum(travels(answer) for answer in answers if answer.url.startswith(base))
    context.close()
    return size, shift, elsewhere


def after_the_last_key(browser: Browser, base: str) -> list[float]:
    """Return, for each tuned query, the milliseconds until the first excerpts are there, sorted."""
    page = browser.new_page()
    page.goto(base + START)
    page.keyboard.press("/")
    page.locator("#search-field").fill("warm")
    page.wait_for_selector('.search-dialog[data-shown="warm"]')
    times = sorted(page.evaluate(LAST_KEY, query["q"]) for query in QUERIES["tuned"])
    page.close()
    return times


def after_a_move(browser: Browser, base: str) -> dict[str, float]:
    """Return, for each explorable, the milliseconds from a slider's move to the second frame."""
    times = {}
    for name, address in EXPLORABLES.items():
        page = browser.new_page()
        page.goto(base + address)
        page.locator(".explorable").scroll_into_view_if_needed()
        page.locator(".explorable").get_by_role("button", name="Skip").click()
        times[name] = statistics.median(page.evaluate(MOVE) for _ in range(9))
        page.close()
    return times


def main(site: Path) -> None:
    """Print a line a page and the summary."""
    addresses = sorted(
        path.relative_to(site).as_posix().removesuffix("index.html")
        for path in site.rglob("index.html")
    )
    found = {}
    with serving(site) as base, browsing() as browser:
        for address in addresses:
            found[address] = visit(browser, base, address)
            size, shift, elsewhere = found[address]
            print(f"{size / 1000:7.1f} kB  shift {shift:.3f}  elsewhere {elsewhere}  {address}")
        keys = after_the_last_key(browser, base)
        moves = after_a_move(browser, base)
    sizes = [one[0] for one in found.values()]
    whole = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    print(
        f"{len(found)} pages: median {statistics.median(sizes) / 1000:.0f} kB, "
        f"worst {max(sizes) / 1000:.0f} kB, largest shift {max(o[1] for o in found.values()):.3f}, "
        f"requests elsewhere {sum(o[2] for o in found.values())}, site {whole / 1e6:.0f} MB"
    )
    print(
        f"search, last key to list: median {statistics.median(keys):.0f} ms, "
        f"95% within {keys[int(0.95 * len(keys))]:.0f} ms"
    )
    for name, milliseconds in moves.items():
        print(f"explorable, move to frame: {milliseconds:.0f} ms  {name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
