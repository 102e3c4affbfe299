"""The tables that the pages show of the topics' facts, as Markdown."""

from collections.abc import Callable

from tools import cheat_sheets, inventory, question_list, static_plans
from tools.facts import COMPANIES, ROLES, ROUNDS, Topic

COMPANY_NAMES = {
    "google": "Google, machine-learning engineer (L4, L5)",
    "meta": "Meta, machine-learning engineer",
    "amazon": "Amazon, applied scientist",
    "labs": "OpenAI or Anthropic, research engineer",
    "startup": "Startup, generalist",
}
ROUND_NAMES = {
    "phone": "Phone screen",
    "depth": "ML depth",
    "design": "System design",
    "coding": "Coding",
    "behavioral": "Behavioral",
}
ROLE_NAMES = {
    "ml-engineer": "ML engineer, big tech",
    "ai-engineer": "AI engineer",
    "data-scientist": "Data scientist",
    "research-engineer": "Research engineer",
    "mlops": "MLOps engineer",
}


def _table(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _link(topic: Topic) -> str:
    return f"[{topic.title}](/topics/{topic.slug}/index.md)"


def rounds(topics: list[Topic]) -> str:
    """How deep each round goes into each topic."""
    rows = [[_link(topic), *(topic.rounds[name] for name in ROUNDS)] for topic in topics]
    return _table(["Topic", *(ROUND_NAMES[name] for name in ROUNDS)], rows)


def roles(topics: list[Topic]) -> str:
    """How deep each role goes into each topic."""
    rows = [[_link(topic), *(topic.roles[name] for name in ROLES)] for topic in topics]
    return _table(["Topic", *(ROLE_NAMES[name] for name in ROLES)], rows)


def companies(topics: list[Topic]) -> str:
    """For each kind of company, the topics by frequency, with a typical question."""
    frequency = {"very high": 0, "high": 1, "medium": 2}
    parts = []
    for kind in COMPANIES:
        asked = [topic for topic in topics if kind in topic.companies]
        asked.sort(key=lambda topic: (frequency[topic.companies[kind]["frequency"]], topic.order))
        rows = [
            [
                _link(topic),
                topic.companies[kind]["frequency"],
                topic.companies[kind]["question"],
            ]
            for topic in asked
        ]
        table = _table(["Topic", "Frequency", "A typical question"], rows)
        parts.append(f"### {COMPANY_NAMES[kind]} {{ #{kind} }}\n\n{table}")
    return "\n\n".join(parts)


def outcomes(topics: list[Topic]) -> str:
    """What a reader can do after each topic."""
    return "\n".join(f"{topic.order}. {_link(topic)}: {topic.outcome}" for topic in topics)


def one_liners(topics: list[Topic]) -> str:
    """One line, one formula and one red flag for each topic."""
    rows = [[_link(t), f"{t.one_liner}<br>${t.formula}$", t.red_flag] for t in topics]
    return _table(["Topic", "One-liner and key formula", "Red flag"], rows)


def deliverables(topics: list[Topic]) -> str:
    """The key deliverable of each topic, with the place where it is done."""
    rows = [
        [
            _link(topic),
            f"[{topic.deliverable['text']}](/topics/{topic.slug}/{topic.deliverable['where']})",
        ]
        for topic in topics
    ]
    return _table(["Topic", "What you must be able to do"], rows)


def tiers(topics: list[Topic]) -> str:
    """The order of the topics: tier, prerequisites and study time."""
    by_slug = {topic.slug: topic for topic in topics}
    rows = [
        [
            _link(topic),
            topic.tier,
            ", ".join(_link(by_slug[need]) for need in topic.needs if need in by_slug) or "none",
            f"{topic.minutes / 60:.1f}",
        ]
        for topic in topics
    ]
    return _table(["Topic", "Tier", "Needs", "Hours"], rows)


def tasks(topics: list[Topic]) -> str:
    """The five observable tasks of each topic, numbered by the level that each one shows."""
    rows = [
        [_link(topic), f"<ol>{''.join(f'<li>{task}</li>' for task in topic.tasks)}</ol>"]
        for topic in topics
    ]
    return _table(["Topic", "Circle the highest that you can do now"], rows)


def progress(topics: list[Topic]) -> str:
    """A box to tick for each topic and mark, for paper."""
    heads = [
        "Topic",
        "Read",
        "Self-assessed",
        "Practiced",
        "Cheat sheet memorized",
        "Mock interview passed",
    ]
    return _table(heads, [[_link(topic), *["☐"] * 5] for topic in topics])


TABLES: dict[str, Callable[[list[Topic]], str]] = {
    "rounds": rounds,
    "roles": roles,
    "companies": companies,
    "outcomes": outcomes,
    "one-liners": one_liners,
    "deliverables": deliverables,
    "tiers": tiers,
    "tasks": tasks,
    "cheat-sheets": cheat_sheets.page,
    "inventory": inventory.table,
    "code-pages": inventory.code_pages,
    "static-plans": static_plans.page,
    "progress": progress,
    "question-list": question_list.questions,
    "derivation-list": question_list.derivations,
    "mock-script": question_list.script,
    "anki-file": question_list.anki_file,
}
