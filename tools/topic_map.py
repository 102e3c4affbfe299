"""Draw the map of the topics from their facts: tiers as rows, prerequisites as lines."""

import xml.etree.ElementTree as etree
from typing import NamedTuple

from tools.facts import TIERS, Topic


class Box(NamedTuple):
    """Where a topic lies on the map."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        return self.y + self.height


class Layout(NamedTuple):
    """A size of the map: how many topics stand side by side, and how large."""

    name: str
    columns: int
    width: float
    box: tuple[float, float]
    gap: tuple[float, float]
    wrap: int


WIDE = Layout("wide", 4, 760, (166, 62), (32, 52), 17)
NARROW = Layout("narrow", 2, 350, (158, 58), (34, 30), 17)
TIER_GAP = 24


def place(topics: list[Topic], layout: Layout) -> dict[str, Box]:
    """Return the box of every topic: one row a tier, or more where a tier does not fit."""
    boxes: dict[str, Box] = {}
    (width, height), (across, down) = layout.box, layout.gap
    y = 4.0
    for tier in TIERS:
        members = [topic for topic in topics if topic.tier == tier]
        for start in range(0, len(members), layout.columns):
            row = members[start : start + layout.columns]
            x = (layout.width - len(row) * width - (len(row) - 1) * across) / 2
            for topic in row:
                boxes[topic.slug] = Box(x, y, width, height)
                x += width + across
            y += height + down
        y += TIER_GAP if layout is NARROW and members else 0
    return boxes


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


def _edge(start: Box, end: Box) -> str:
    if start.y == end.y:
        left, right = sorted((start, end))
        y, dip = left.bottom, left.bottom + 26
        return f"M{left.middle:g} {y:g}C{left.middle:g} {dip:g} {right.middle:g} {dip:g} {right.middle:g} {y:g}"
    half = (start.bottom + end.y) / 2
    return f"M{start.middle:g} {start.bottom:g}C{start.middle:g} {half:g} {end.middle:g} {half:g} {end.middle:g} {end.y:g}"


def _nearest(topics: list[Topic]) -> list[tuple[str, str]]:
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


def draw(topics: list[Topic], layout: Layout) -> etree.Element:
    """Return the map as SVG; its links are addresses below docs/."""
    boxes = place(topics, layout)
    height = max((box.bottom for box in boxes.values()), default=0) + 6
    svg = etree.Element(
        "svg",
        {
            "class": f"topic-map {layout.name}",
            "viewBox": f"0 0 {layout.width:g} {height:g}",
            "role": "group",
            "aria-label": "Map of the twelve topics, prerequisites above",
        },
    )
    for start, end in _nearest(topics):
        line = {"class": "edge", "d": _edge(boxes[start], boxes[end]), "aria-hidden": "true"}
        etree.SubElement(svg, "path", line)
    for topic in topics:
        _node(svg, topic, boxes[topic.slug], layout)
    return svg


def _node(svg: etree.Element, topic: Topic, box: Box, layout: Layout) -> None:
    link = etree.SubElement(
        svg, "a", {"href": f"/topics/{topic.slug}/index.md", "class": f"node {topic.tier}"}
    )
    shape = {"x": f"{box.x:g}", "y": f"{box.y:g}", "rx": "6"}
    etree.SubElement(
        link, "rect", {**shape, "width": f"{box.width:g}", "height": f"{box.height:g}"}
    )
    lines = _lines(topic.title, layout.wrap)
    first = box.y + box.height / 2 - (len(lines) - 1) * 9.5 + 5.5
    for number, text in enumerate(lines):
        place = {"x": f"{box.middle:g}", "y": f"{first + number * 19:g}"}
        etree.SubElement(link, "text", place).text = text


def element(topics: list[Topic]) -> etree.Element:
    """Return the map for wide and for narrow screens, and the legend of the tiers."""
    figure = etree.Element("div", {"class": "topic-maps"})
    figure.extend([draw(topics, WIDE), draw(topics, NARROW)])
    legend = etree.SubElement(figure, "p", {"class": "topic-legend"})
    for tier in TIERS:
        etree.SubElement(legend, "span", {"class": f"tier {tier}"}).text = tier
    return figure
