"""One build of the site serves all tests of a run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from tools.paths import ROOT

REPOSITORY = "https://example.org/ground-truth"
SITE_URL = "https://ground-truth.example/"


def build(target: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Build the site into a folder, warnings being errors."""
    known = {"REPO_URL": REPOSITORY, "SITE_URL": SITE_URL, "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", target],
        cwd=ROOT,
        env={**os.environ, **known, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "site"
    with FileLock(shared / "site.lock"):
        if not (folder / "index.html").exists():
            done = build(folder)
            if done.returncode:
                pytest.fail(f"the site does not build:\n{done.stdout}{done.stderr}", pytrace=False)
    return folder
