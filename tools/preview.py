"""Draw a figure to a PNG file: `python -m tools.preview snippets.topic.figures NAME OUT [dark]`."""

import sys
from pathlib import Path

from tools.figures import draw, png


def main(module: str, name: str, out: str, which: str = "light") -> None:
    """Write the picture at twice the width of a phone."""
    Path(out).write_bytes(png(draw(module, name), "dark" if which == "dark" else "light", 760))


if __name__ == "__main__":
    main(*sys.argv[1:])
