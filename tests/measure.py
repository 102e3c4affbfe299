"""Measure a built site against the budgets: `python -m tests.measure SITE_DIR`.

For every page, in a new profile on a phone's screen: the bytes that travel on a first visit,
compressed as a host compresses them, the hosts asked, and the layout shift.
"""

import gzip
import statistics
import sys
from pathlib import Path

from playwright.sync_api import Browser, Response

from tests.browser import browsing, serving

PACKED = {".woff2", ".png", ".apkg", ".gz"}
SHIFT = """() => new Promise(done => {
  let total = 0;
  new PerformanceObserver(list => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) total += one.value;
  }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(total), 250);
})"""


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
    sizes = [one[0] for one in found.values()]
    whole = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    print(
        f"{len(found)} pages: median {statistics.median(sizes) / 1000:.0f} kB, "
        f"worst {max(sizes) / 1000:.0f} kB, largest shift {max(o[1] for o in found.values()):.3f}, "
        f"requests elsewhere {sum(o[2] for o in found.values())}, site {whole / 1e6:.0f} MB"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
