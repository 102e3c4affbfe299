"""The shared forms: runs, figures with their palette of meanings, and derivations."""

import contextlib
import functools
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, ParamSpec, TypeVar

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from snippets.fingerprint import ROOT, fingerprint

T = TypeVar("T")
P = ParamSpec("P")

# --- Runs -------------------------------------------------------------------------------------


def cache_folder() -> Path:
    """Where results are kept between builds."""
    return Path(os.environ.get("GROUND_TRUTH_CACHE") or ROOT / ".cache")


def run_file(module: str, name: str) -> Path:
    """The file that holds the result of a run, under a name that changes with its content."""
    folder = module.split(".")[1]
    return cache_folder() / "runs" / folder / f"{name}-{fingerprint(module, name)}.json"


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that no reader ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    partial.write_bytes(content.encode() if isinstance(content, str) else content)
    partial.replace(path)


def run(experiment: Callable[[], T]) -> Callable[[], T]:
    """Mark an experiment: it takes nothing and returns plain data, kept on disk by content.

    The first call computes; later calls, in any process, read what it found, until the code of
    the experiment, of anything it uses in this package, or a library version changes.
    """

    @functools.wraps(experiment)
    def kept() -> T:
        path = run_file(experiment.__module__, experiment.__name__)
        if not path.exists():
            result = experiment()
            try:
                text = json.dumps(result, allow_nan=False, indent=1, sort_keys=False)
            except (TypeError, ValueError) as error:
                place = f"{experiment.__module__}.{experiment.__name__}"
                raise TypeError(f"run {place} must return plain, finite data: {error}") from None
            write_whole(path, text)
        found: T = json.loads(path.read_text("utf-8"))
        return found

    return kept


# --- Figures ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Meaning:
    """How one meaning looks, everywhere on the site: a color a theme, a dash and a marker."""

    light: str
    dark: str
    dash: str | tuple[int, tuple[float, ...]]
    marker: str


# Hues after Okabe and Ito's color-blind safe set, darkened or lightened to stand 4.5:1 on their
# background. The second cue (dash, marker) carries the meaning without any color.
MEANINGS = {
    "truth": Meaning("#1f2328", "#eceff4", "-", "x"),
    "data": Meaning("#5d6570", "#a9b2bf", "none", "o"),
    "model": Meaning("#0a5ea8", "#6db3f2", "-", "o"),
    "training": Meaning("#00735a", "#3ecfa6", (0, (5, 1.6)), "s"),
    "validation": Meaning("#b8460b", "#ff9a5c", "-", "D"),
    "bias": Meaning("#8a3f8f", "#d99be0", (0, (1.2, 1.2)), "^"),
    "variance": Meaning("#8a6100", "#e6b84c", (0, (6, 1.5, 1.2, 1.5)), "v"),
    "error": Meaning("#a1233b", "#ff8f9e", "-", "P"),
    "noise": Meaning("#6b6f76", "#9aa2ad", (0, (2.5, 2)), "."),
}
INK = {"light": "#2b2f36", "dark": "#d9dee7"}
PALE = {"light": "#8b929c", "dark": "#7d8694"}
PAPER = {"light": "#ffffff", "dark": "#14171c"}
Theme = Literal["light", "dark"]

_theme: Theme = "light"

STYLE: dict[str, Any] = {
    "svg.hashsalt": "ground-truth",
    "svg.fonttype": "path",
    "font.family": "STIXGeneral",
    "mathtext.fontset": "stix",
    "font.size": 12.5,
    "axes.titlesize": 13.5,
    "axes.titlelocation": "left",
    "axes.titlepad": 10,
    "axes.labelsize": 12.5,
    "axes.linewidth": 0.7,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.labelsize": 11.5,
    "ytick.labelsize": 11.5,
    "xtick.major.width": 0.7,
    "ytick.major.width": 0.7,
    "lines.linewidth": 1.9,
    "lines.markersize": 4.5,
    "legend.frameon": False,
    "legend.fontsize": 11.5,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "figure.constrained_layout.use": True,
    "path.simplify": True,
}


@contextlib.contextmanager
def theme(name: Theme) -> Iterator[None]:
    """Draw in the light or the dark version of the site."""
    import matplotlib

    global _theme
    before, _theme = _theme, name
    inks = ("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color")
    settings: Any = {**STYLE, **dict.fromkeys(inks, INK[name])}
    try:
        with matplotlib.rc_context(settings):
            yield
    finally:
        _theme = before


def color(meaning: str) -> str:
    """The color of a meaning, of the `ink`, of `pale` lines or of the `paper`, in this theme."""
    plain = {"ink": INK, "pale": PALE, "paper": PAPER}
    if meaning in plain:
        return plain[meaning][_theme]
    found = MEANINGS[meaning]
    return found.light if _theme == "light" else found.dark


def line(meaning: str, **more: Any) -> dict[str, Any]:
    """Keyword arguments of `Axes.plot` for a line that carries this meaning."""
    return {"color": color(meaning), "linestyle": MEANINGS[meaning].dash, **more}


def points(meaning: str, **more: Any) -> dict[str, Any]:
    """Keyword arguments of `Axes.plot` for points that carry this meaning."""
    marker = MEANINGS[meaning].marker
    return {"color": color(meaning), "linestyle": "none", "marker": marker, **more}


def canvas(rows: int = 1, columns: int = 1, height: float = 3.5, **more: Any) -> tuple[Figure, Any]:
    """Return a figure of the site's width, in inches, and its axes as `plt.subplots` would."""
    figure = Figure(figsize=(5.8, height))
    return figure, figure.subplots(rows, columns, **more)


def direct_label(axes: Axes, x: float, y: float, text: str, meaning: str, **more: Any) -> None:
    """Write what a line is beside the line, in its color, in place of a legend."""
    axes.annotate(
        text, (x, y), color=color(meaning), textcoords="offset points",
        **{"xytext": (5, 0), "va": "center", **more},
    )  # fmt: skip


def figure(draw: Callable[[], Figure]) -> Callable[[], Figure]:
    """Mark a function that takes nothing and returns a figure; its docstring is the claim."""
    if not (draw.__doc__ or "").strip():
        raise ValueError(f"figure {draw.__name__} must state its claim in its docstring")
    return draw


# --- Derivations ------------------------------------------------------------------------------

Relation = Literal[
    "start", "equal", "at most", "at least", "proportional", "equivalent", "approximately"
]
Value = Callable[[Any], Any]


@dataclass(frozen=True)
class Step:
    """One line of a derivation.

    `tex` is the line without its relation sign. `value` evaluates the line on an instance: a
    number or an array; for `equivalent`, a truth value; for `proportional`, an array of at least
    two entries. `within` is the largest absolute difference that `approximately` may have.
    """

    goal: str
    tex: str
    value: Value
    relation: Relation = "equal"
    reason: str = ""
    hints: tuple[str, str] = ("", "")
    within: float | None = None


@dataclass(frozen=True)
class WrongMove:
    """A typical wrong line: what people write at step `line` (from 1), and why it fails."""

    line: int
    tex: str
    why: str
    value: Value


@dataclass(frozen=True)
class Variant:
    """A changed assumption, behind the last line: the reader answers it with a formula.

    `symbols` says what each name means that the formula may use, and `names` gives their values on
    an instance. `value` finds the right value another way than by the formula: by summing over all
    cases, by linear algebra. `answer` is written as a reader types it, in any equivalent form, and
    `wrong` holds typical wrong answers, each with what is wrong about it.
    """

    ask: str
    symbols: Mapping[str, str]
    names: Callable[[Any], Mapping[str, float]]
    value: Callable[[Any], float]
    answer: str
    why: str
    wrong: Mapping[str, str]


@dataclass(frozen=True)
class Derivation:
    """A chain of lines, each held against the one before on every instance.

    `claim` says in one sentence what is shown; `given` the setting and its symbols, in Markdown.
    """

    claim: str
    given: str
    steps: Sequence[Step]
    instances: Sequence[Any]
    wrong_moves: Sequence[WrongMove] = field(default=())
    variants: Sequence[Variant] = ()
