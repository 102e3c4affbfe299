"""Show a question as a card: heading, level and rounds, and the answer to be revealed."""

import xml.etree.ElementTree as etree

TITLES = {
    "whiteboard": "On the whiteboard",
    "next": "What they ask next",
    "wrong": "The usual wrong answer",
    "rubric": "What the interviewer listens for",
    "weak": "A weak answer",
    "solid": "A solid answer",
    "strong": "A strong answer",
}


FEW = 4  # questions on a page, below which controls would be more than they help


def _level(element: etree.Element) -> int:
    tag = element.tag if isinstance(element.tag, str) else ""
    return int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() else 0


def wrap_questions(root: etree.Element) -> None:
    """Wrap every question heading, with what follows it, into a card."""
    children = list(root)
    at = 0
    while at < len(children):
        heading = children[at]
        if "question" not in heading.get("class", "").split() or not _level(heading):
            at += 1
            continue
        end = at + 1
        while end < len(children) and not 0 < _level(children[end]) <= _level(heading):
            end += 1
        body = children[at + 1 : end]
        for child in (heading, *body):
            root.remove(child)
        card = etree.Element("section")
        root.insert(at, card)
        _fill(card, heading, body)
        children = list(root)
        at += 1
    _make_room(root)


def _make_room(root: etree.Element) -> None:
    """Keep the place of the controls, which the browser fills, before the first question."""
    children = list(root)
    cards = [child for child in children if child.get("data-question")]
    if len(cards) < FEW:
        return
    first = children.index(cards[0])
    if first and children[first - 1].tag == "h2":
        first -= 1
    root.insert(first, etree.Element("div", {"class": "question-controls"}))


def _fill(card: etree.Element, heading: etree.Element, body: list[etree.Element]) -> None:
    level, rounds = heading.get("data-level", ""), heading.get("data-rounds", "")
    mock = " mock" if "mock" in heading.get("class", "").split() else ""
    card.set("class", f"question-card{mock}")
    card.set("data-question", heading.get("id", ""))
    card.set("data-level", level)
    card.append(heading)
    about = etree.SubElement(card, "p", {"class": "question-about"})
    etree.SubElement(about, "span", {"class": "question-level"}).text = level
    etree.SubElement(about, "span", {"class": "question-rounds"}).text = rounds.replace(" ", " · ")
    answer = etree.SubElement(card, "details", {"class": "answer"})
    etree.SubElement(answer, "summary").text = "Answer"
    for element in body:
        classes = element.get("class", "").split()
        kind = next((one for one in classes if one in TITLES), None)
        if kind and "admonition" in classes:
            title = element.find("p[@class='admonition-title']")
            if title is not None and title.text == kind.capitalize():
                title.text = TITLES[kind]
        answer.append(element)
