"""Set the numbers and the tables that a run produced, and hold typed numbers against them."""

import re
from collections.abc import Sequence
from typing import Any

_TYPED = re.compile(
    r"^(?P<sign>[-−+]?)(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<decimals>\d+))?"
    r"(?:(?P<power>e[-−+]?\d+)|(?P<percent> ?%))?$"
)
_DIGITS = r"\d[\d,]*(?:\.\d+)?(?:e[-−+]?\d+)?(?: ?[%×])?"
_NUMBER = re.compile(rf"[-−+±]?{_DIGITS}(?: ?± ?{_DIGITS})?|nan|[-−]?inf(?:inite)?")


class BadValue(ValueError):
    """A typed number does not say what the run found."""


def look_up(result: Any, path: list[str]) -> Any:
    """Return what lies at the end of a path of keys and indices.

    Examples:
        >>> look_up({"median": {"p": [1.5, 2.5]}}, ["median", "p", "1"])
        2.5
        >>> look_up({"a": 1}, ["b"])
        Traceback (most recent call last):
        ...
        tools.values.BadValue: no 'b' among ['a']
    """
    for step in path:
        if isinstance(result, dict):
            if step not in result:
                raise BadValue(f"no {step!r} among {list(result)}")
            result = result[step]
        elif isinstance(result, list):
            if not step.isdigit() or int(step) >= len(result):
                raise BadValue(f"no item {step!r} in a list of {len(result)}")
            result = result[int(step)]
        else:
            raise BadValue(f"nothing below {result!r}: no {step!r}")
    return result


def as_typed(value: Any, typed: str) -> str:
    """Return a number written with the digits and in the manner of what was typed.

    Examples:
        >>> as_typed(0.2649, "0.26"), as_typed(1254.4, "1,254"), as_typed(0.5, "50%")
        ('0.26', '1,254', '50%')
        >>> as_typed(1.44e-15, "1.4e-15"), as_typed(-0.04, "−0.0")
        ('1.4e-15', '0.0')
        >>> as_typed(3, "three")
        Traceback (most recent call last):
        ...
        tools.values.BadValue: 'three' is not a number
    """
    form = _TYPED.match(typed.strip())
    if not form:
        raise BadValue(f"{typed!r} is not a number")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadValue(f"the run gives {value!r}, which is not a number")
    decimals = len(form["decimals"] or "")
    if form["power"]:
        mantissa, power = f"{value:.{decimals}e}".split("e")
        return f"{mantissa}e{int(power)}".replace("-", "−" if "−" in typed else "-")
    scaled = value * 100 if form["percent"] else value
    text = f"{scaled:{',' if ',' in form['whole'] else ''}.{decimals}f}"
    if float(text.replace(",", "")) == 0:
        text = text.lstrip("-")
    sign = "+" if form["sign"] == "+" and not text.startswith("-") else ""
    minus = "−" if form["sign"] == "−" else "-"
    return sign + text.replace("-", minus) + (form["percent"] or "")


def check(value: Any, typed: str) -> None:
    """Raise BadValue where a typed number differs from what the run found.

    Examples:
        >>> check(0.2649, "0.26")
        >>> check(0.2649, "0.27")
        Traceback (most recent call last):
        ...
        tools.values.BadValue: the page says 0.27, the run says 0.26 (0.2649)
    """
    found = as_typed(value, typed)
    if found.lstrip("+") != typed.strip().lstrip("+"):
        raise BadValue(f"the page says {typed}, the run says {found} ({value!r})")


def are_numbers(cells: Sequence[str]) -> bool:
    """Tell whether a column holds numbers, with percent signs or spreads, and gaps at most.

    Examples:
        >>> are_numbers(["−0.51", "1,254", "+7%", "0.45 ± 0.02", "3.0e-5", "infinite", ""])
        True
        >>> [are_numbers([text]) for text in ("12-19", "3 of 5", "degree 3", "")]
        [False, False, False, False]
    """
    return any(cells) and all(not text or _NUMBER.fullmatch(text) for text in cells)


def _cell(value: Any, decimals: int) -> str:
    if isinstance(value, float):
        text = f"{value:.{decimals}f}"
        return (text if float(text) else text.lstrip("-")).replace("-", "−")
    return str(value).replace("|", "\\|")


def table(rows: Any, decimals: int = 2) -> str:
    """Return a list of dicts with equal keys as a Markdown table, numbers to the right.

    Examples:
        >>> print(table([{"p": 50, "test error": 0.4512}, {"p": 95, "test error": 3.3}]))
        | p | test error |
        | ---: | ---: |
        | 50 | 0.45 |
        | 95 | 3.30 |

        A number that rounds to zero has no sign, and a percentage is a number:

        >>> print(table([{"change": "+7%", "slope": -0.001}, {"change": "−51%", "slope": 0.4}]))
        | change | slope |
        | ---: | ---: |
        | +7% | 0.00 |
        | −51% | 0.40 |
    """
    if not isinstance(rows, list) or not rows or not isinstance(rows[0], dict):
        raise BadValue("a table needs a list of dicts")
    heads = list(rows[0])
    if not all(head.strip() for head in heads):
        raise BadValue("every column of a table needs a name")
    if any(list(row) != heads for row in rows):
        raise BadValue("the rows of a table need equal keys in equal order")
    cells = [[_cell(row[head], decimals) for head in heads] for row in rows]
    numeric = [are_numbers(column) for column in zip(*cells, strict=True)]
    lines = [heads, ["---:" if right else ":---" for right in numeric], *cells]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
