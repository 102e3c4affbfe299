"""Check and evaluate all that the pages show, before a page is built."""

from tools import evaluate, facts, facts_tables, questions, references, study_data, values
from tools.evaluate import Job
from tools.references import BadPage, Reference


def jobs(found: list[Reference]) -> list[Job]:
    """Return what must be evaluated for these references, and the runs that figures read."""
    kinds = {"value": "value", "table": "value", "explorable": "value"}
    shown = {
        Job(kinds.get(one.kind, one.kind), one.name)  # type: ignore[arg-type]
        for one in found
        if one.kind not in {"file", "facts"}
    }
    folders = {job.name.split("/")[0] for job in shown}
    runs = {name for name in references.defined("value") if name.split("/")[0] in folders}
    return sorted(shown | {Job("value", name) for name in runs})


def check_tables(found: list[Reference]) -> None:
    """Raise BadPage for tables of facts that there are not."""
    unknown = [
        f"{one.place}: no table of facts {one.target!r}"
        for one in found
        if one.kind == "facts" and one.target not in facts_tables.TABLES
    ]
    if unknown:
        raise BadPage("\n".join(unknown))


def check_values(found: list[Reference]) -> None:
    """Raise BadPage for every typed number that differs from what its run found."""
    problems = []
    for one in found:
        if one.kind not in {"value", "table"}:
            continue
        try:
            value = values.look_up(evaluate.result(one.name), one.path)
            if one.kind == "value":
                values.check(value, one.text)
            else:
                values.table(value)
        except values.BadValue as error:
            problems.append(f"{one.place}: {one.target}: {error}")
    if problems:
        raise BadPage("\n".join(problems))


def prepare() -> list[facts.Topic]:
    """Check every fact, question and reference, evaluate what is missing, return the topics."""
    topics = facts.read()
    asked = questions.collect()
    questions.check(asked)
    study_data.check_probes(topics, asked)
    found = references.collect()
    references.check(found)
    check_tables(found)
    evaluate.ensure(jobs(found))
    check_values(found)
    return topics
