"""What the copy buttons give runs when pasted, in page order, without the repository."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import browsing, serving
from tools.fences import PYTHON, read
from tools.paths import DOCS

pytestmark = pytest.mark.browser

PAGES = sorted(
    path.relative_to(DOCS).as_posix()
    for path in DOCS.rglob("*.md")
    if any(fence.language in PYTHON for fence in read(path))
)

# A process that has the libraries loaded and nothing else, and forks for each page: a page starts
# as in a fresh interpreter, in which `snippets` and `tools` cannot be imported.
RUNNER = """
import json, os, sys, tempfile, traceback
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
import numpy, scipy, sklearn, torch
sys.modules["snippets"] = sys.modules["tools"] = None
os.chdir(tempfile.mkdtemp())
results = {}
for page, blocks in json.load(sys.stdin).items():
    read, write = os.pipe()
    if os.fork() == 0:
        os.close(read)
        namespace, error = {"__name__": "__main__"}, ""
        sys.stdout = open(os.devnull, "w")
        for code, raises in blocks:
            try:
                exec(compile(code, page, "exec"), namespace)
            except Exception:
                if not raises:
                    error = traceback.format_exc(limit=-1) + code
                    break
        os.write(write, error[-4000:].encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        results[page] = pipe.read().decode(errors="replace")
    os.wait()
json.dump(results, sys.stdout)
"""


def copied(page: Page) -> list[tuple[str, bool]]:
    """Press every copy button of Python code; return what the clipboard held, and whether the
    block shows that it raises."""
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    blocks = page.locator("div.highlight:is(.language-python, .language-pycon, .language-py)")
    found = []
    for index in range(blocks.count()):
        block = blocks.nth(index)
        button = block.locator("button[data-md-type=copy], button.md-clipboard").first
        block.scroll_into_view_if_needed()  # the button is made when a block is seen
        page.evaluate("navigator.clipboard.writeText('')")
        button.evaluate("button => button.click()")
        page.wait_for_function("navigator.clipboard.readText().then(text => text !== '')")
        raises = "Traceback (most recent call last)" in block.locator("pre").inner_text()
        pycon = "language-pycon" in (block.get_attribute("class") or "")
        found.append((page.evaluate("navigator.clipboard.readText()"), raises and pycon))
    return found


@pytest.fixture(scope="module")
def failures(site: Path) -> dict[str, str]:
    """For each page, the traceback of its copied code, or nothing."""
    with serving(site) as base, browsing() as browser:
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        page = context.new_page()
        copies = {}
        for name in PAGES:
            relative = name.removesuffix(".md").removesuffix("index").rstrip("/")
            page.goto(base + (f"{relative}/" if relative else ""))
            copies[name] = copied(page)
        context.close()
    done = subprocess.run(
        [sys.executable, "-c", RUNNER],
        input=json.dumps(copies),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", PAGES)
def test_copied_code_runs(failures: dict[str, str], name: str) -> None:
    assert failures[name] == ""
