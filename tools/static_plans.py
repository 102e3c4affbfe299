"""Plans of two, four and eight weeks for each role, made by the planner of the page itself.

They are what the page of the plan shows without JavaScript. The planner's pure modules are run
here, so a static plan and one from the page never differ.
"""

import datetime
import functools
import json
import re
from itertools import groupby
from typing import Any

from tools.facts import ROLES, Topic
from tools.paths import DOCS

MODULES = ("dates", "assess", "plan")
WEEKS = {2: "Two weeks", 4: "Four weeks", 8: "Eight weeks"}
HOURS, LEVEL = 1.5, 2
START = datetime.date(2029, 1, 1)  # a Monday; only the rhythm of the week is used
NAMES = {
    "ml-engineer": "ML engineer",
    "ai-engineer": "AI engineer",
    "data-scientist": "Data scientist",
    "research-engineer": "Research engineer",
    "mlops": "MLOps engineer",
}
_IMPORT = re.compile(r"^import .*?;$", re.MULTILINE | re.DOTALL)
_EXPORT = re.compile(r"^export ", re.MULTILINE)


@functools.cache
def planner() -> str:
    """Return the planner's modules as one script."""
    folder = DOCS / "assets" / "js" / "study"
    texts = [(folder / f"{name}.js").read_text("utf-8") for name in MODULES]
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", text)) for text in texts)


def plans(facts: dict[str, Any]) -> dict[str, dict[int, dict[str, Any]]]:
    """Return the plan of each role and length."""
    import quickjs

    context = quickjs.Context()
    context.eval(planner())
    context.eval(f"const facts = {json.dumps(facts)};")
    levels = {topic["slug"]: LEVEL for topic in facts["topics"]}
    made: dict[str, dict[int, dict[str, Any]]] = {}
    for role in ROLES:
        made[role] = {}
        for weeks in WEEKS:
            wishes = {
                "role": role,
                "company": "any",
                "hours": HOURS,
                "weekdays": [True] * 6 + [False],
                "start": START.isoformat(),
                "today": START.isoformat(),
                "interview": (START + datetime.timedelta(weeks=weeks)).isoformat(),
                "levels": levels,
            }
            text = context.eval(f"JSON.stringify(makePlan(facts, {json.dumps(wishes)}))")
            made[role][weeks] = json.loads(text)
    return made


def _source(url: str) -> str | None:
    """Return the Markdown file behind an address, if there is one."""
    for path in (f"{url.rstrip('/')}.md", f"{url}index.md"):
        if (DOCS / path).is_file():
            return f"/{path}"
    return None


def _item(item: dict[str, Any]) -> str:
    source = _source(item["url"]) if item["url"] else None
    title = f"[{item['title']}]({source})" if source else str(item["title"])
    return f"{title} {item['minutes']} min"


def _table(plan: dict[str, Any]) -> str:
    lines = ["| Day | After the flash cards |", "| --- | --- |"]
    for day in plan["days"]:
        number = (datetime.date.fromisoformat(day["date"]) - START).days + 1
        items = "<br>".join(_item(item) for item in day["items"] if item["kind"] != "cards")
        lines.append(f"| {number} | {items or 'only the cards'} |")
    return "\n".join(lines)


def _left_out(plan: dict[str, Any]) -> str:
    if not plan["cut"]:
        return "Nothing is left out."
    by_topic = [
        (name, sum(item["minutes"] for item in items))
        for name, items in groupby(plan["cut"], key=lambda item: item["title"].split(":")[0])
    ]
    minutes = sum(count for _, count in by_topic)
    names = "; ".join(dict.fromkeys(name for name, _ in by_topic))
    return f"Left out, {minutes / 60:.1f} hours, because it weighs least for this role: {names}."


def page(topics: list[Topic]) -> str:
    """Return all static plans as Markdown."""
    from tools import questions, study_data  # they look for what the pages show, tables included

    parts = []
    for role, by_weeks in plans(study_data.as_data(topics, questions.collect())).items():
        parts.append(f"### {NAMES[role]} {{ #plan-{role} data-search-exclude }}")
        for weeks, plan in by_weeks.items():
            days = len(plan["days"])
            inside = f"{_table(plan)}\n\n{_left_out(plan)}"
            indented = "\n".join(f"    {line}" if line else "" for line in inside.splitlines())
            parts.append(f'??? note "{WEEKS[weeks]}: {days} days of {HOURS} hours"\n{indented}')
    return "\n\n".join(parts)
