"""Draw a figure function as SVG, in the light and the dark theme, with the same bytes each time."""

import importlib
import io
import re
from collections.abc import Callable
from pathlib import Path

from matplotlib.figure import Figure

from snippets.forms import Theme, theme

THEMES: tuple[Theme, ...] = ("light", "dark")
_NUMBER = re.compile(rb"-?\d+\.\d{3,}")
_PATH = re.compile(rb' (?:d|points|x|y|transform)="[^"]*"')


def draw(module: str, name: str) -> Callable[[], Figure]:
    """Return the function that draws a figure."""
    function: Callable[[], Figure] = getattr(importlib.import_module(module), name)
    return function


def _rounded(match: re.Match[bytes]) -> bytes:
    text = match[0]
    if b"scale(" in text:  # glyph outlines are scaled by small factors: keep their digits
        return text
    return _NUMBER.sub(lambda number: b"%.2f" % float(number[0]), text)


def svg(function: Callable[[], Figure], which: Theme) -> bytes:
    """Return the bytes of a figure in a theme; coordinates are rounded to a hundredth of a point.

    Examples:
        >>> def dot() -> Figure:
        ...     figure = Figure(figsize=(1, 1))
        ...     _ = figure.subplots().plot([1], [1], "o")
        ...     return figure
        >>> svg(dot, "light") == svg(dot, "light")
        True
        >>> svg(dot, "light") == svg(dot, "dark")
        False
    """
    buffer = io.BytesIO()
    with theme(which):
        metadata = {"Date": None, "Creator": None}
        function().savefig(buffer, format="svg", metadata=metadata, bbox_inches="tight")
    return _PATH.sub(_rounded, buffer.getvalue())


def png(function: Callable[[], Figure], which: Theme, width: int) -> bytes:
    """Return a figure as a picture of about a width in pixels, to be looked at."""
    from snippets.forms import color

    buffer = io.BytesIO()
    with theme(which):
        figure = function()
        dpi = width / figure.get_figwidth()
        figure.savefig(buffer, format="png", dpi=dpi, facecolor=color("paper"))
    return buffer.getvalue()


def size(path: Path) -> tuple[int, int]:
    """Return the width and height of an SVG file in CSS pixels."""
    head = path.read_bytes()[:1500]
    found = re.search(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"', head)
    if found is None:
        raise ValueError(f"{path} has no viewBox")
    return round(float(found[1]) * 4 / 3), round(float(found[2]) * 4 / 3)
