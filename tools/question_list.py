"""Lists of the practice pages: questions, derivations, a printable interview, the Anki file."""

import re
from collections import defaultdict

from tools.facts import Topic

SCRIPT = 20  # questions of the printable interview
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_ASKED = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def _name(folder: str, topics: list[Topic]) -> str:
    from tools.nav import SECTIONS

    titles = {topic.slug: topic.title for topic in topics}
    return titles.get(folder) or SECTIONS.get(folder, (folder.capitalize(), []))[0]


def _sorted(folders: list[str], topics: list[Topic]) -> list[str]:
    order = {topic.slug: topic.order for topic in topics}
    return sorted(folders, key=lambda folder: (order.get(folder, len(order) + 1), folder))


def _indent(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.split("\n"))


def _plain(markdown: str) -> str:
    """Leave out links, which would be read from another page."""
    return _LINK.sub(r"\1", markdown)


def questions(topics: list[Topic]) -> str:
    """Every question by topic and level, each a link to its answer."""
    from tools.questions import LEVELS, Question, collect

    found: dict[str, list[Question]] = defaultdict(list)
    for question in collect():
        found[question.folder].append(question)
    blocks = []
    for folder in _sorted(list(found), topics):
        asked = sorted(found[folder], key=lambda one: (LEVELS.index(one.level), one.title))
        lines = [f"- [{_plain(one.title)}](/{one.page}#{one.id}) ({one.level})" for one in asked]
        title = f"{_name(folder, topics)}: {len(asked)} question{'s' * (len(asked) > 1)}"
        blocks.append(f'??? note "{title}"\n\n' + _indent("\n".join(lines)))
    return "\n\n".join(blocks)


def derivations(topics: list[Topic]) -> str:
    """Every derivation by topic, with its claim and what it holds."""
    from tools import deck, evaluate
    from tools.nav import title
    from tools.paths import DOCS

    found: dict[str, list[str]] = defaultdict(list)
    for one in deck.derivations():
        data = evaluate.derivation(one.name)
        anchor = "derivation-" + one.name.replace("/", "-").replace("_", "-")
        page = title(DOCS / one.page)
        parts = {"line": "steps", "wrong move": "wrong_moves", "variant": "variants"}
        counts = {name: len(data[key]) for name, key in parts.items()}
        holds = ", ".join(f"{n}\u00a0{name}{'s' * (n > 1)}" for name, n in counts.items() if n)
        found[deck.section(one.page)].append(
            f"- [{page}](/{one.page}#{anchor}): {_plain(data['claim'])} ({holds})"
        )
    return "\n\n".join(
        f"### {_name(folder, topics)}\n\n" + "\n".join(found[folder])
        for folder in _sorted(list(found), topics)
    )


def script(topics: list[Topic]) -> str:
    """One whole interview for a human partner: questions, what to listen for, follow-ups."""
    from tools.questions import LEVELS, Question, collect

    pool: dict[str, list[Question]] = defaultdict(list)
    for question in collect():
        if question.mock:
            pool[question.folder].append(question)
    for asked in pool.values():
        asked.sort(key=lambda one: (LEVELS.index(one.level), one.id))
    order = _sorted(list(pool), topics)
    chosen: list[Question] = []
    while len(chosen) < SCRIPT and any(pool.values()):
        chosen += [pool[folder].pop(0) for folder in order if pool[folder]]
    chosen = sorted(chosen[:SCRIPT], key=lambda one: LEVELS.index(one.level))
    blocks = []
    for number, one in enumerate(chosen, start=1):
        checks = "\n".join(
            f"    - ☐ {_plain(text)} ({weight} point{'s' * (weight > 1)})"
            for text, weight in one.checks
        )
        fatal = "\n".join(f"    - ☐ fatal: {_plain(text)}" for text in one.fatal)
        asked_next = [_ASKED.search(item) for item in one.follow_ups]
        follow = " ".join(_plain(match[1]) for match in asked_next if match)
        where = f"[The answer](/{one.page}#{one.id})"
        blocks.append(
            f"{number}. **{_plain(one.title)}** ({_name(one.folder, topics)}, {one.level}; "
            f"{sum(weight for _, weight in one.checks)} points)\n\n{checks}\n{fatal}\n\n"
            f"    Then ask, easy to hard: {follow} {where}"
        )
    return '<div class="to-tick" markdown="1">\n\n' + "\n\n".join(blocks) + "\n\n</div>"


def anki_file(_: list[Topic]) -> str:
    """The link to the Anki package, with what it holds and its size."""
    from tools import anki

    cards, size = anki.made()
    return (
        f"[Download the deck for Anki](/assets/ground-truth.apkg) "
        f"({cards} cards, {size / 1000:,.0f} kB)"
    )
