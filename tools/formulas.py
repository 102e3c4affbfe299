"""Read a formula as the page reads what a reader types: with the page's own module."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypedDict

from tools.paths import DOCS

_MODULE = DOCS / "assets" / "js" / "study" / "expression.js"
_CALLS = """
const heldAgainst = (text, points) => JSON.stringify(check(text, JSON.parse(points)));
const valueOf = (text, names) => JSON.stringify(evaluate(text, JSON.parse(names)));
"""


class Point(TypedDict):
    """The values of the symbols at one point, and the right value there."""

    names: dict[str, float]
    value: float


@cache
def _engine() -> Any:
    import quickjs

    context = quickjs.Context()
    context.eval(_MODULE.read_text("utf-8").replace("export function", "function") + _CALLS)
    return context


def evaluate(text: str, names: Mapping[str, float]) -> float:
    """Return the value of a formula.

    Examples:
        >>> evaluate("b^2 + s/4", {"b": 3, "s": 2})
        9.5
    """
    return float(json.loads(_engine().eval("valueOf")(text, json.dumps(names))))


def check(text: str, points: Sequence[Point]) -> tuple[bool, str]:
    """Return whether a formula has the right value at every point, and what to say of it.

    Examples:
        >>> points = [{"names": {"b": 3.0}, "value": 9.0}, {"names": {"b": 2.0}, "value": 4.0}]
        >>> check("b*b", points)
        (True, 'The values agree at all 2 points.')
        >>> check("3b", points)
        (False, 'At b = 2 it gives 6 and should give 4.')
        >>> check("3 b / 2 b", points)
        (False, 'brackets are needed behind the "/"')
    """
    found = json.loads(_engine().eval("heldAgainst")(text, json.dumps(points)))
    return bool(found["ok"]), str(found["message"])
