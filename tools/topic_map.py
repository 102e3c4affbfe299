"""Draw the map of the topics from their facts: tiers as rows, prerequisites as lines.

Wide screens get the rows, ordered so that few lines cross and led through the gaps between the
boxes; narrow ones a list in reading order, with an arc from every topic to those it rests on.
"""

import itertools
import xml.etree.ElementTree as etree
from typing import NamedTuple

from tools.facts import TIERS, Topic

Line = tuple[str, str]

WIDTH, BOX, GAP, LEFT, DROP = 880.0, (172.0, 56.0), 22.0, 122.0, 62.0
ROW, ARCS, NARROW = 38.0, 74.0, 350.0  # the list: height of a row, room for arcs, width
LETTERS = 18  # in a line of a box


class Box(NamedTuple):
    """Where a topic lies on the map."""

    x: float
    y: float

    @property
    def middle(self) -> float:
        return self.x + BOX[0] / 2

    @property
    def bottom(self) -> float:
        return self.y + BOX[1]


def nearest(topics: list[Topic]) -> list[Line]:
    """Return the lines to draw: a prerequisite that another one already implies is left out."""
    needs = {topic.slug: set(topic.needs) for topic in topics}

    def all_needs(slug: str) -> set[str]:
        direct = needs.get(slug, set())
        return direct.union(*(all_needs(one) for one in direct)) if direct else set()

    return [
        (need, topic.slug)
        for topic in topics
        for need in topic.needs
        if need in needs and not any(need in all_needs(other) for other in topic.needs)
    ]


def _rows(topics: list[Topic]) -> list[list[str]]:
    rows = [[topic.slug for topic in topics if topic.tier == tier] for tier in TIERS]
    return [row for row in rows if row]


def _cost(rows: list[list[str]], lines: list[Line]) -> float:
    """How hard an order is to read: crossings, lines that go back, and the lengths of the lines."""
    spot = {
        slug: (depth, column - (len(row) - 1) / 2)
        for depth, row in enumerate(rows)
        for column, slug in enumerate(row)
    }
    ends = [(*spot[start], *spot[end]) for start, end in lines]
    crossings = sum(
        (a[1] - b[1]) * (a[3] - b[3]) < 0
        for a, b in itertools.combinations(ends, 2)
        if max(a[0], b[0]) < min(a[2], b[2])
    )
    backward = sum(a[0] == a[2] and a[1] > a[3] for a in ends)
    return 10 * crossings + 5 * backward + sum(abs(a[1] - a[3]) for a in ends)


def arrange(topics: list[Topic], lines: list[Line]) -> list[list[str]]:
    """Return the rows, each in the order that is easiest to read given the others."""
    rows = _rows(topics)
    for _ in range(3):
        for depth, row in enumerate(rows):
            if len(row) > 6:
                continue
            orders = itertools.permutations(sorted(row))
            tried = ([*rows[:depth], list(order), *rows[depth + 1 :]] for order in orders)
            rows = min(tried, key=lambda one: _cost(one, lines))
    return rows


def _place(rows: list[list[str]]) -> dict[str, Box]:
    room = WIDTH - LEFT
    across = min(BOX[0] + GAP, room / max(map(len, rows), default=1))  # columns stand in line
    boxes = {}
    for depth, row in enumerate(rows):
        left = LEFT + (room - across * (len(row) - 1) - BOX[0]) / 2
        for column, slug in enumerate(row):
            boxes[slug] = Box(left + column * across, 4 + depth * (BOX[1] + DROP))
    return boxes


def _gap(row: list[Box], x: float) -> float:
    """Where a line passes through a row: the free place nearest to where it would go."""
    edges = sorted(box.x for box in row)
    free = [edges[0] - GAP / 2, *(x - GAP / 2 for x in edges[1:]), edges[-1] + BOX[0] + GAP / 2]
    return min(free, key=lambda one: abs(one - x))


def _curve(points: list[tuple[float, float]]) -> str:
    path = f"M{points[0][0]:g} {points[0][1]:g}"
    for (x, y), (next_x, next_y) in itertools.pairwise(points):
        if x == next_x:
            path += f"V{next_y:g}"
        else:
            half = (y + next_y) / 2
            path += f"C{x:g} {half:g} {next_x:g} {half:g} {next_x:g} {next_y:g}"
    return path


def _edge(start: str, end: str, boxes: dict[str, Box], rows: list[list[str]]) -> str:
    upper, lower = boxes[start], boxes[end]
    if upper.y == lower.y:
        left, right = sorted((upper, lower))
        if right.x - left.x < 1.5 * (BOX[0] + GAP):
            return f"M{left.x + BOX[0]:g} {left.y + BOX[1] / 2:g}H{right.x:g}"
        (a, b), y = (left.middle, right.middle), left.bottom
        return f"M{a:g} {y:g}C{a:g} {y + 30:g} {b:g} {y + 30:g} {b:g} {y:g}"
    points = [(upper.middle, upper.bottom)]
    for row in rows:
        between = [boxes[slug] for slug in row]
        if upper.y < between[0].y < lower.y:
            share = (between[0].y - upper.y) / (lower.y - upper.y)
            x = _gap(between, upper.middle + share * (lower.middle - upper.middle))
            points += [(x, between[0].y), (x, between[0].bottom)]
    return _curve([*points, (lower.middle, lower.y)])


def _lines(title: str, width: int) -> list[str]:
    """Break a title into lines.

    Examples:
        >>> _lines("Dimensionality reduction", 17)
        ['Dimensionality', 'reduction']
    """
    lines = [""]
    for word in title.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return [line for line in lines if line]


def _svg(name: str, width: float, height: float) -> etree.Element:
    label = "Map of the topics in reading order: what each rests on"
    box = f"0 0 {width:g} {height:g}"
    return etree.Element(
        "svg",
        {"class": f"topic-map {name}", "viewBox": box, "role": "group", "aria-label": label},
    )


def _link(svg: etree.Element, topic: Topic) -> etree.Element:
    return etree.SubElement(
        svg,
        "a",
        {
            "href": f"/topics/{topic.slug}/index.md",
            "class": f"node {topic.tier}",
            "data-topic": topic.slug,
            "data-title": topic.title,
        },
    )


def _path(svg: etree.Element, line: Line, path: str) -> None:
    start, end = line
    etree.SubElement(
        svg,
        "path",
        {"class": "edge", "d": path, "data-from": start, "data-to": end, "aria-hidden": "true"},
    )


def _shape(link: etree.Element, x: float, y: float, width: float, height: float) -> None:
    sizes = {"x": x, "y": y, "width": width, "height": height, "rx": 5}
    etree.SubElement(link, "rect", {name: f"{size:g}" for name, size in sizes.items()})


def _text(parent: etree.Element, x: float, y: float, text: str, **more: str) -> None:
    etree.SubElement(parent, "text", {"x": f"{x:g}", "y": f"{y:g}", **more}).text = text


def rows_map(topics: list[Topic]) -> etree.Element:
    """Return the map in rows, one a tier; its links are addresses below docs/."""
    lines = nearest(topics)
    rows = arrange(topics, lines)
    boxes = _place(rows)
    svg = _svg("wide", WIDTH, max((box.bottom for box in boxes.values()), default=0) + 6)
    for line in lines:
        _path(svg, line, _edge(*line, boxes, rows))
    tier = {topic.slug: topic.tier for topic in topics}
    for row in rows:
        y = boxes[row[0]].y + BOX[1] / 2 + 5
        _text(svg, 0, y, tier[row[0]].capitalize(), **{"class": "tier"})
    for topic in topics:
        box, link = boxes[topic.slug], _link(svg, topic)
        _shape(link, box.x, box.y, *BOX)
        words = _lines(topic.title, LETTERS)
        first = box.y + BOX[1] / 2 - (len(words) - 1) * 9.5 + 5.5
        for number, text in enumerate(words):
            _text(link, box.middle, first + number * 19, text)
    return svg


def list_map(topics: list[Topic]) -> etree.Element:
    """Return the map as a list in reading order, with arcs to what each topic rests on."""
    spots: dict[str, float] = {}
    heads: list[tuple[str, float]] = []
    y = 0.0
    for tier in TIERS:
        members = [topic for topic in topics if topic.tier == tier]
        if members:
            heads.append((tier, y + 20))
            y += 30
        for topic in members:
            spots[topic.slug] = y + ROW / 2
            y += ROW
        y += 12 if members else 0
    svg = _svg("narrow", NARROW, y)
    longest = max([abs(spots[end] - spots[start]) for start, end in nearest(topics)] or [1])
    for start, end in nearest(topics):
        above, below = sorted((spots[start], spots[end]))
        reach = ARCS - 12 - (ARCS - 22) * ((below - above) / longest) ** 0.5
        path = f"M{ARCS:g} {above:g}C{reach:g} {above:g} {reach:g} {below:g} {ARCS:g} {below:g}"
        _path(svg, (start, end), path)
    for tier, height in heads:
        _text(svg, ARCS + 16, height, tier.capitalize(), **{"class": "tier"})
    for topic in topics:
        y, link = spots[topic.slug], _link(svg, topic)
        _shape(link, ARCS + 8, y - ROW / 2 + 1, NARROW - ARCS - 10, ROW - 2)
        dot = {"cx": f"{ARCS:g}", "cy": f"{y:g}", "r": "4.5"}
        etree.SubElement(link, "circle", dot)
        _text(link, ARCS + 16, y + 6, topic.title)
    return svg


def element(topics: list[Topic]) -> etree.Element:
    """Return the map for wide and for narrow screens, and the line that explains it."""
    place = etree.Element("div", {"class": "topic-maps"})
    place.extend([rows_map(topics), list_map(topics)])
    said = etree.SubElement(place, "p", {"class": "topic-said"})
    said.text = "A line leads from a topic down to one that builds on it. "
    etree.SubElement(said, "span", {"class": "with-pointer"}).text = (
        "Rest on a topic, or move to it with the Tab key, to see all that it needs and all that "
        "it leads to."
    )
    etree.SubElement(said, "span", {"class": "by-touch"}).text = "Touch a topic to open it."
    return place
