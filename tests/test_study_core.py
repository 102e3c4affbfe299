"""The arithmetic of the study tools, run by the Node that playwright brings along.

The calendar files are read back by a parser that is not ours, and the vendored scheduler is the
file that its README names.
"""

import datetime
import hashlib
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import icalendar
import playwright
import pytest

from tools import facts, questions, study_data
from tools.paths import DOCS, ROOT

HERE = ROOT / "tests" / "js"
STAMP = datetime.datetime(2026, 3, 2, 23, 30, tzinfo=datetime.UTC)  # as in write-plans.mjs
SCRIPTS = sorted(HERE.glob("*.test.mjs"))
# The modules are browser files: no package.json says that they are modules, and none is needed.
QUIET = "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON"


def node(*arguments: str, given: str = "") -> str:
    """What a script prints; its whole output is shown when it fails."""
    driver = Path(playwright.__file__).parent / "driver"
    program = next(path for path in (driver / "node", driver / "node.exe") if path.exists())
    run = subprocess.run(
        [program, QUIET, *arguments],
        cwd=ROOT,
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name.split(".")[0])
def test_in_node(script: Path) -> None:
    output = node("--test", "--test-reporter=tap", str(script))
    counts = dict(re.findall(r"^# (tests|pass|fail|skipped|todo|cancelled) (\d+)$", output, re.M))
    assert int(counts["tests"]) > 0
    assert counts["pass"] == counts["tests"], output
    assert [counts[name] for name in ("fail", "skipped", "todo", "cancelled")] == ["0"] * 4


def test_there_are_scripts() -> None:
    modules = {path.stem for path in (ROOT / "docs/assets/js/study").glob("*.js")} - {"types"}
    tested = "".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    assert {name for name in modules if f"/study/{name}.js" not in tested} == set()


@pytest.fixture(scope="module")
def written() -> list[dict[str, Any]]:
    plans: list[dict[str, Any]] = json.loads(node(str(HERE / "write-plans.mjs")))
    return plans


def test_calendars_are_read_back_by_another_parser(written: list[dict[str, Any]]) -> None:
    assert len(written) == 20
    read, day_long = 0, datetime.timedelta(days=1)
    for one in written:
        calendar = icalendar.Calendar.from_ical(one["ics"].encode())
        assert str(calendar["VERSION"]) == "2.0"
        assert "METHOD" not in calendar
        events: list[Any] = calendar.walk("VEVENT")
        items = [(day["date"], item) for day in one["plan"]["days"] for item in day["items"]]
        assert len(events) == len(items)
        assert len({str(event["UID"]) for event in events}) == len(events)
        for event, (date, item) in zip(events, items, strict=True):
            start, end = event["DTSTART"].dt, event["DTEND"].dt
            assert type(start) is datetime.date
            assert type(end) is datetime.date
            assert start.isoformat() == date
            assert end - start == day_long
            assert str(event["SUMMARY"]) == f"{item['title']} ({item['minutes']} min)"
            assert str(event["DESCRIPTION"]).startswith(f"{item['minutes']} minutes")
            assert event["DTSTAMP"].dt == STAMP
            assert str(event["TRANSP"]) == "TRANSPARENT"
            assert not event.walk("VALARM")
            assert not event.errors
            if item["url"]:
                assert str(event["URL"]).startswith("https://example.org/ground-truth/")
        read += len(events)
    assert read > 500


def test_calendars_octet_by_octet(written: list[dict[str, Any]]) -> None:
    folded = 0
    for one in written:
        octets = one["ics"].encode()
        lines = octets.split(b"\r\n")
        assert lines[-1] == b""
        assert not any(b"\n" in line or b"\r" in line for line in lines)
        assert max(len(line) for line in lines) <= 75
        for line in lines:
            line.decode()  # no character is split
        folded += sum(line.startswith(b" ") for line in lines)
    assert folded > 100


def test_paths_and_plans_of_the_facts_of_this_site() -> None:
    topics = facts.read()
    data = json.dumps(study_data.as_data(topics, questions.collect()))
    found = json.loads(node(str(HERE / "read-facts.mjs"), given=data))
    assert found["shortest"] == len(topics)
    assert 0 < found["longest"] <= 90
    for url in found["urls"]:
        page = (DOCS / url).with_suffix(".md")
        assert page.exists() or (DOCS / url / "index.md").exists(), url


def test_vendored_scheduler_is_the_one_named() -> None:
    folder = ROOT / "docs" / "assets" / "vendor" / "ts-fsrs"
    digest = hashlib.sha256((folder / "ts-fsrs.min.js").read_bytes()).hexdigest()
    readme = (folder / "README.txt").read_text(encoding="utf-8")
    assert digest in readme
    assert "MIT License" in (folder / "LICENSE").read_text(encoding="utf-8")
    golden = json.loads((HERE / "golden" / "histories.json").read_text(encoding="utf-8"))
    (version,) = re.findall(r"^version +([\d.]+),", readme, re.M)
    assert golden["scheduler"].startswith(f"ts-fsrs v{version} ")
