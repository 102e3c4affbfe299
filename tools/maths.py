"""Turn the formulas of a page into MathML while the site is built, with Temml in QuickJS."""

import html as entities
import json
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import yaml

from tools.paths import DOCS

_HERE = Path(__file__).parent
_TEMML = _HERE / "vendor" / "temml" / "temml.min.js"
_MACROS = yaml.safe_load((_HERE / "math_macros.yml").read_text("utf-8"))

_FONTS = DOCS / "assets" / "vendor" / "stix-two-math"
FONTS = (_FONTS / "stix-two-math.woff2", _FONTS / "stix-two-math-more.woff2")
MACROS: dict[str, str] = _MACROS["site"]
ANKI_MACROS: dict[str, str] = MACROS | _MACROS["anki"]

# QuickJS cannot hand over a string that it has concatenated lazily: join makes it a flat one.
# Temml may write to the macros it is given, so each formula gets a fresh copy.
_RENDER = """
function render(tex, display, macros) {
    const settings = {displayMode: display, throwOnError: true, macros: JSON.parse(macros)};
    return [temml.renderToString(tex, settings)].join("");
}
"""

_SPAN = r'<span class="arithmatex">\s*\\\((?P<inline>.*?)\\\)\s*</span>'
_DIV = r'<div class="arithmatex">\s*\\\[(?P<block>.*?)\\\]\s*</div>'
_FORMULA = re.compile(rf"{_SPAN}|{_DIV}", re.DOTALL)
# A formula with what touches it, as in "($k$-fold)," which must stay on one line.
_TOUCHED = re.compile(rf"(?P<before>[^\s<>]*)(?:{_SPAN}|{_DIV})(?P<after>[^\s<]*)", re.DOTALL)
_CODE = re.compile(r"<(pre|code|script|style)\b.*?</\1>", re.DOTALL)
_STRAY = re.compile(r'\$<span class="arithmatex">.*?</span>\$|\$\$[^<]{0,60}', re.DOTALL)
_TIGHT = re.compile(r"\d,\d")  # TeX would set "1,0" as it sets the number 1,000
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)", re.DOTALL)
# Links, colors of their own, and shapes that browsers do not draw alike: for a labeled arrow,
# \overset{d}{\longrightarrow} takes the place of \xrightarrow{d}.
_UNUSED = re.compile(
    r"\\(?:(?:text|page|f)?color(?:box)?|label|(?:eq)?ref|tag|href|url|includegraphics|"
    r"[bx]?cancel|cancelto|sout|phase|angl|longdiv|circled|x(?:[lL]eft|[rR]ight)[a-z]*)(?![A-Za-z])"
)

# Browsers draw the one letter of <mi>x</mi> as the italic one of the mathematical alphabets.
_ITALIC = {"h": "ℎ"}
for _italic in map(chr, (*range(0x1D434, 0x1D468), 0x1D6A4, 0x1D6A5, *range(0x1D6E2, 0x1D71C))):
    if _upright := unicodedata.decomposition(_italic).removeprefix("<font> "):
        _ITALIC[chr(int(_upright, 16))] = _italic
_INVISIBLE = set("\n\u2061\u2062\u2063\u2064\ufe0e")

_RELATIONS = "=<>≤≥≪≫≈≃≅≡∼∝≠∈→←⇒⇔⟹⟺↦≔⟶≜"
_CHILDREN = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2}
_SCRIPTED = {"msub", "msup", "msubsup", "munder", "mover", "munderover"}
_SPACED = {*_RELATIONS, *"+−±∓×·⋅∗∘∖∩∪,;:"}
_HIGH = {"mfrac", "mtable", "msqrt", "mroot", "munder", "munderover"}
# A relation that bears a label loses the space around it.
_LABELED = re.compile(
    rf"<mrow>(<mover><mo>[{_RELATIONS}]</mo>(?:(?!<mover>).)*?</mover>)</mrow>", re.DOTALL
)
_GAP = '<mspace width="0.2778em"></mspace>'
_LONG = 22  # characters; about 220 pixels
_PUNCTUATION = (".", ",", ";", ":", "?", "!")


@cache
def _engine() -> Callable[[str, bool, str], str]:
    import quickjs

    context = quickjs.Context()
    context.set_max_stack_size(16 << 20)
    context.eval(_TEMML.read_text("utf-8"))
    context.eval(_RENDER)
    engine: Callable[[str, bool, str], str] = context.get("render")
    return engine


@cache
def render(tex: str, display: bool) -> str:
    r"""Return a formula as MathML; a long one in a line of text may wrap after its relations.

    Examples:
        >>> render(r"\T", display=False)
        '<math><msup><mrow></mrow><mi>⊤</mi></msup></math>'

        What Temml cannot read is an error that names the formula:

        >>> render(r"x + \foo", display=False)
        Traceback (most recent call last):
        ...
        ValueError: formula 'x + \\foo': Unsupported function name: \foo at position 5: x + \foo
    """
    if not tex.strip():
        raise ValueError("formula: it is empty")
    if tight := _TIGHT.search(tex):
        raise ValueError(f"formula {tex!r}: {tight[0]!r} needs a space, or {{,}} within a number")
    if unused := _UNUSED.search(tex):
        raise ValueError(f"formula {tex!r}: {unused[0]} is not used on this site")
    import quickjs

    try:
        mathml = _engine()(tex, display, json.dumps(MACROS))
    except quickjs.JSException as error:
        message = str(error).split("\n    at ")[0]  # the rest is Temml's own stack
        message = message.removeprefix("ParseError:").replace("\u0332", "")
        raise ValueError(f"formula {tex!r}: {' '.join(message.split())}") from None
    math = ET.fromstring(_LABELED.sub(rf"<mrow>{_GAP}\1{_GAP}</mrow>", mathml))
    for element in list(math.iter()):
        _count(element, tex)
        _space_once(element)
        _keep_bars_short(element)
        _close_up_scripts(element)
        _set_names_apart(element)
        _stand_roots_upright(element)
    for element in list(math.iter()):
        _put_on_the_bracket(element)
    if not display:
        _wrap(math)
    return ET.tostring(math, encoding="unicode", short_empty_elements=False)


def _count(element: ET.Element, tex: str) -> None:
    """Take out the marks that Temml leaves beside an operator's name in an accent or a script."""
    expected = _CHILDREN.get(element.tag, len(element))
    if len(element) > expected:
        for child in list(element):
            if child.text == "\u2061" or child.tag == "mspace":
                element.remove(child)
    if len(element) != expected:
        raise ValueError(f"formula {tex!r}: braces are missing around a part of it")


def _put_on_the_bracket(element: ET.Element) -> None:
    """Set the exponent of a bracket at its closing sign, as in TeX, not above an accent within."""
    if element.tag not in {"msub", "msup", "msubsup"} or element[0].tag != "mrow":
        return
    base, *scripts = element
    if len(base) < 2 or base[-1].get("form") != "postfix" or base[-1].get("stretchy") != "false":
        return
    closing = ET.Element(element.tag)
    closing.extend([base[-1], *scripts])
    element.tag, element[:] = "mrow", [*base[:-1], closing]


def _space_once(element: ET.Element) -> None:
    """Let Temml's space around a sign between words do, and give dots no more than their own."""
    if element.tag == "mrow" and [one.tag for one in element] == ["mspace", "mo", "mspace"]:
        element[1].attrib |= {"lspace": "0em", "rspace": "0em"}
    if element.tag == "mo" and element.text in {"…", "⋯"}:
        element.tag = "mi"


def _stand_roots_upright(element: ET.Element) -> None:
    """Give every root the height and depth of a letter with both, so that all stand on the line."""
    if element.tag != "msqrt":
        return
    content = element[0] if len(element) == 1 and element[0].tag == "mrow" else ET.Element("mrow")
    if content is not element[0]:
        content.extend(element)
        element[:] = [content]
    struts = [one for one in content if one.tag == "mspace" and one.get("width") == "0pt"]
    for strut in struts:
        content.remove(strut)
    content.append(ET.Element("mspace", width="0em", height="0.7em", depth="0.06em"))


def _keep_bars_short(row: ET.Element) -> None:
    """Let the bars of a norm stretch around what is high only, as in TeX.

    Chromium takes the next larger bars as soon as a letter has a tail.
    """
    if len(row) < 2 or any(row[end].text not in ("|", "‖") for end in (0, -1)):
        return
    if any(child.tag in _HIGH or child.text in ("∑", "∏", "∫") for child in row.iter()):
        return
    for end in (0, -1):
        if row[end].tag == "mo":
            row[end].set("stretchy", "false")


def _close_up_scripts(element: ET.Element) -> None:
    """Set no spaces around the signs of an index, an exponent or a limit, as in TeX."""
    if element.tag not in _SCRIPTED:
        return
    for script in element[1:]:
        for sign in script.iter("mo"):
            if sign is not script and sign.text in _SPACED and "lspace" not in sign.attrib:
                sign.attrib |= {"lspace": "0em", "rspace": "0em"}


def _set_names_apart(row: ET.Element) -> None:
    """Put a thin space before the name of a function that follows a factor with a script or ")"."""
    children = list(row)
    for index in range(len(children) - 1, 0, -1):
        before, after = children[index - 1 : index + 1]
        name = list(after) if after.tag == "mrow" else children[index : index + 2]
        is_name = len(name) > 1 and name[0].tag == "mi" and name[1].text == "\u2061"
        end = "".join(before.itertext())[-1:]
        is_factor = before.tag in {"msub", "msup", "msubsup", "mfrac"} or end in {")", "]"}
        if is_name and is_factor:
            row.insert(index, ET.Element("mspace", width="0.1667em"))


def _wrap(math: ET.Element) -> None:
    """Split a long formula after each relation outside its brackets.

    Browsers break no formula by themselves. Firefox breaks between the rows of a <math>, others
    do so when the style sheet makes it a flex box.
    """
    row = math.find("mrow")
    if row is None or len(math) > 1 or len("".join(math.itertext())) < _LONG:
        return
    rows, depth, ends = [ET.Element("mrow")], 0, False
    for child in row:
        is_space = child.tag == "mspace"
        if ends and not is_space:
            rows.append(ET.Element("mrow"))
        text = "".join(child.itertext())
        if child.tag == "mtext" and len(text) > 1:
            child.tag = "mi"  # an operator beside nothing but text would lose its spaces
        depth += sum((mark in "([{⟨⌊⌈") - (mark in ")]}⟩⌋⌉") for mark in text)
        is_relation = child.tag == "mo" and text in set(_RELATIONS)
        is_gap = is_space and child.get("width") in ("1em", "2em")
        ends = depth == 0 and (is_relation or is_gap or (ends and is_space))
        rows[-1].append(child)
    if len(rows) > 1:
        math[:] = rows
        math.set("class", "math-long")


def replace(html: str) -> str:
    r"""Put MathML in place of each formula that `pymdownx.arithmatex` (generic) has marked.

    Examples:
        >>> replace(r'the <span class="arithmatex">\(k\)</span> best')
        'the <span class="math-inline" data-search-exclude><math><mi>k</mi></math></span> best'

        What touches a formula stays on its line:

        >>> tied = replace(r'a <span class="arithmatex">\(k\)</span>-fold split')
        >>> tied.startswith('a <span class="math-tied"><span class="math-inline"')
        True
        >>> tied.endswith("</math></span>-fold</span> split")
        True

        Dollar signs that Markdown has not understood are an error:

        >>> replace("<p>so that $$x = 1$$ holds</p>")
        Traceback (most recent call last):
        ...
        ValueError: '$$x = 1$$ holds': a display formula needs an empty line above and below
    """
    if stray := _STRAY.search(_CODE.sub("", html)):
        raise ValueError(f"{stray[0]!r}: a display formula needs an empty line above and below")
    return _TOUCHED.sub(_element, html)


def _element(match: re.Match[str]) -> str:
    before, after = match["before"], match["after"]
    if match["block"] is not None:
        mathml = render(entities.unescape(match["block"]).strip(), True)
        # A formula wider than a phone scrolls, so the keyboard must reach it, and it needs a name.
        attributes = 'class="math-block" role="group" aria-label="Formula" tabindex="0"'
        return f"{before}<div {attributes} data-search-exclude>{mathml}</div>{after}"
    mathml = render(entities.unescape(match["inline"]).strip(), False)
    if after in _PUNCTUATION and mathml.startswith('<math class="math-long">'):
        # The box of a formula that has wrapped is as wide as the line: its stop belongs inside.
        mathml = mathml.removesuffix("</mrow></math>") + f"<mtext>{after}</mtext></mrow></math>"
        after = ""
    formula = f'<span class="math-inline" data-search-exclude>{mathml}</span>'
    if not before and not after:
        return formula
    return f'<span class="math-tied">{before}{formula}{after}</span>'


def tex_for_anki(html: str) -> str:
    r"""Return the formulas as TeX that Anki's MathJax understands: with our macros put in.

    Examples:
        >>> tex_for_anki(r'<span class="arithmatex">\(\E[x\T y] &lt; \norm{\fhat}^2\)</span>')
        '\\(\\mathbb{E}[x^{\\top} y] &lt; \\left\\lVert \\hat{f} \\right\\rVert^2\\)'
    """

    def element(match: re.Match[str]) -> str:
        inline = match["inline"] is not None
        source = entities.unescape(match["inline"] if inline else match["block"]).strip()
        render(source, not inline)  # an error here names the formula
        tex = entities.escape(expand(source, ANKI_MACROS), quote=False)
        return rf"\({tex}\)" if inline else rf"\[{tex}\]"

    return _FORMULA.sub(element, html)


def expand(tex: str, macros: dict[str, str]) -> str:
    r"""Return a formula with the macros' definitions in place of their names.

    Examples:
        >>> print(expand(r"\abs{\norm{x} - \abs y} \\E\Ex", {r"\abs": "|#1|", r"\E": "E"}))
        |\norm{x} - |y|| \\E\Ex
    """
    done, at = [], 0
    while command := _COMMAND.search(tex, at):
        done.append(tex[at : command.start()])
        at = command.end()
        body = macros.get(command[0])
        if body is None:
            done.append(command[0])
        elif "#1" in body:
            argument, at = _argument(tex, at)
            done.append(body.replace("#1", expand(argument, macros)))
        else:
            done.append(expand(body, macros))
    return "".join(done) + tex[at:]


def _argument(tex: str, at: int) -> tuple[str, int]:
    """Return the argument that starts at a place of a formula, without braces, and its end."""
    while tex[at : at + 1].isspace():
        at += 1
    if tex[at : at + 1] != "{":
        command = _COMMAND.match(tex, at)
        end = command.end() if command else at + 1
        return tex[at:end], end
    start, depth = at + 1, 0
    while at < len(tex):
        if tex[at] == "\\":
            at += 1
        depth += (tex[at] == "{") - (tex[at] == "}")
        at += 1
        if depth == 0:
            return tex[start : at - 1], at
    raise ValueError(f"formula {tex!r}: a brace is never closed")


class _Letters(HTMLParser):
    """Collect the characters that are drawn within <math>."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.becomes_italic = False
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or tag == "math"
        self.becomes_italic = tag == "mi" and ("mathvariant", "normal") not in attrs
        if self.inside and tag in ("msqrt", "mroot"):
            self.found.add("√")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "math"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found |= set(data) - _INVISIBLE
            if self.becomes_italic and data in _ITALIC:
                self.found.add(_ITALIC[data])


def code_points(html: str) -> set[str]:
    """Return the characters that the font of formulas must have to draw those of a page.

    Examples:
        >>> formula = render(r"\\sqrt{x} \\le \\operatorname{sd}", display=False)
        >>> sorted(code_points(formula))
        ['d', 's', 'x', '√', '≤', '𝑥']
    """
    letters = _Letters()
    letters.feed(html)
    return letters.found
