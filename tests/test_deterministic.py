"""The same commit builds the same bytes: sampled figures, runs, pages and packages, cold, twice."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools.paths import ROOT

WORK = """
import hashlib, json, random, sys
from tools import anki, deck, evaluate, markdown_site, notebooks, questions, references

def main():
    dice = random.Random(7)
    asked = questions.collect()
    figures = dice.sample(sorted(references.defined("figure")), 4)
    runs = dice.sample(sorted(references.defined("value")), 4)
    evaluate.ensure([evaluate.Job("figure", n) for n in figures])
    found = {n: path.read_bytes() for n in figures for path in evaluate.drawing(n).values()}
    found |= {n: json.dumps(evaluate.result(n)).encode() for n in runs}
    some = dice.sample(asked, 5)
    found["deck"] = json.dumps(deck.parts(some, [])).encode()
    found["anki"] = anki.package(some, "https://example.org/", now=1_760_000_000)
    page = "topics/bias-variance/decomposition.md"
    found["notebook"] = notebooks.notebook(page, "https://example.org/").encode()
    json.dump({n: hashlib.sha256(b).hexdigest() for n, b in found.items()}, sys.stdout)

if __name__ == "__main__":
    main()
"""


def made(script: Path, cache: Path, seed: str) -> dict[str, str]:
    """Return the checksums of what a new process makes with an empty cache."""
    done = subprocess.run(
        [sys.executable, script],
        cwd=ROOT,
        env={**os.environ, "GROUND_TRUTH_CACHE": str(cache), "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """The work, as a file that worker processes can import."""
    path = tmp_path / "make_sample.py"
    path.write_text(WORK, "utf-8")
    return path


def test_two_cold_processes_make_the_same_bytes(script: Path, tmp_path: Path) -> None:
    first = made(script, tmp_path / "first", "1")
    assert len(first) == 11
    assert first == made(script, tmp_path / "second", "2")
