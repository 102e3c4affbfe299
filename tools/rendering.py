"""Turn derivations and explorables into the Markdown that shows them."""

import json
from html import escape
from typing import Any

SIGNS = {
    "start": "",
    "equal": "=",
    "at most": r"\le",
    "at least": r"\ge",
    "proportional": r"\propto",
    "equivalent": r"\iff",
    "approximately": r"\approx",
}
_STEP = """
<li class="step" data-line="{number}" markdown="block">

<div class="step-goal" markdown="1">

{goal}

</div>

<details class="step-hint" markdown="1"><summary>A hint</summary>

{hints[0]}

</details>

<details class="step-hint" markdown="1"><summary>A stronger hint</summary>

{hints[1]}

</details>

<div class="step-line" markdown="1">

$$
{line}
$$

<div class="step-reason" markdown="1">

{reason}

</div>

</div>
{moves}
</li>
"""
_MOVE = """
<details class="wrong-move" markdown="1"><summary>A wrong move here</summary>

$$
{line}
$$

{why}

</details>
"""
_VARIANT = """
<div class="variant" data-points="{points}" markdown="1">

<p class="variant-title">{title}</p>

{ask}

<div class="variant-symbols" markdown="1">

Answer with a formula in {symbols}.

</div>

<details class="variant-answer" markdown="1"><summary>The answer</summary>

`{answer}`

{why}

</details>
{wrong}
</div>
"""
_WRONG_ANSWER = """
<details class="wrong-answer" data-formula="{formula}" markdown="1">
<summary>A wrong answer</summary>

`{formula}`

{why}

</details>
"""


def _without_tags(piece: Any) -> Any:
    """Write "less than" as a command in formulas: inside HTML blocks `j<t` would open a tag.

    Examples:
        >>> _without_tags({"tex": "j<t", "hints": ["$i<n$, so"]})
        {'tex': 'j\\\\lt t', 'hints': ['$i\\\\lt n$, so']}
    """
    if isinstance(piece, dict):
        return {key: _without_tags(value) for key, value in piece.items()}
    if isinstance(piece, list):
        return [_without_tags(value) for value in piece]
    return piece.replace("<", r"\lt ") if isinstance(piece, str) else piece


def line(sign: str, tex: str) -> str:
    """Return a line with its sign, which stands on the first row of several.

    Examples:
        >>> line("=", "a + b")
        '= a + b'
        >>> line("=", r"\\begin{aligned}&a\\\\&+b\\end{aligned}")
        '\\\\begin{aligned}=\\\\;&a\\\\\\\\&+b\\\\end{aligned}'
    """
    rows = r"\begin{aligned}"
    if sign and tex.startswith(f"{rows}&"):
        return rf"{rows}{sign}\;{tex.removeprefix(rows)}"
    return f"{sign} {tex}"


def _variants(variants: list[dict[str, Any]]) -> str:
    """Return the questions behind the last line, with their answers and typical wrong answers."""
    shown = []
    for number, one in enumerate(variants, start=1):
        named = [f"`{symbol}` ({meaning})" for symbol, meaning in one["symbols"].items()]
        symbols = " and ".join(filter(None, [", ".join(named[:-1]), named[-1]]))
        wrong = "".join(
            _WRONG_ANSWER.format(formula=formula, why=why) for formula, why in one["wrong"].items()
        )
        title = f"Variant {number}" if len(variants) > 1 else "A variant"
        points = escape(json.dumps(one["points"], separators=(",", ":")))
        shown.append(
            _VARIANT.format(**one | {"symbols": symbols, "wrong": wrong, "points": points},
                            title=title)
        )  # fmt: skip
    return "".join(shown)


def derivation(name: str, data: dict[str, Any]) -> str:
    """Return a derivation as steps: goal, hints, line, reason, and the wrong moves at each line."""
    data = _without_tags(data)
    steps = []
    for number, step in enumerate(data["steps"], start=1):
        sign = SIGNS[step["relation"]]
        moves = "".join(
            _MOVE.format(line=line(sign, move["tex"]), why=move["why"])
            for move in data["wrong_moves"]
            if move["line"] == number
        )
        shown = line(sign, step["tex"])
        steps.append(_STEP.format(number=number, line=shown, moves=moves, **step))
    identifier = "derivation-" + name.replace("/", "-").replace("_", "-")
    module, function = name.split("/")
    return (
        f'<div class="derivation" id="{identifier}" data-derivation="{name}" markdown="1">\n\n'
        f'<p class="derivation-claim" markdown="1">{data["claim"]}</p>\n\n'
        f'<div class="derivation-given" markdown="1">\n\n{data["given"]}\n\n</div>\n\n'
        f'<ol class="steps" markdown="1">\n{"".join(steps)}\n</ol>\n\n'
        f"{_variants(data['variants'])}\n\n"
        f'<p class="derivation-proof">Each line is evaluated and held against the one before on '
        f"{data['instances']} instances: "
        f'<autoref identifier="snippets.{module}.derivations.{function}">the code</autoref>.</p>'
        "\n\n"
        "</div>\n"
    )


def explorable(name: str) -> str:
    """Return the element in which an explorable is built from the data of a run."""
    identifier = "explorable-" + name.replace("/", "-").replace("_", "-")
    return (
        f'<div class="explorable" id="{identifier}" data-explorable="{name}">'
        "<noscript><p>With JavaScript this becomes a control that recomputes the picture below."
        "</p></noscript></div>\n"
    )
