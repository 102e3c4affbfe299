"""Formulas: every one of the site renders, and the font has what it takes to draw it."""

import hashlib
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import markdown
import pytest
import yaml
from fontTools.ttLib import TTFont

from snippets.forms import Derivation
from tools.fences import without_fences
from tools.maths import (
    ANKI_MACROS,
    FONTS,
    MACROS,
    code_points,
    expand,
    render,
    replace,
    tex_for_anki,
)
from tools.paths import DOCS, ROOT, SNIPPETS

DISPLAY = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
INLINE = re.compile(r"(?<!\\)\$(?!\s)((?:\\.|[^\\$])+?)(?<!\s)\$")
CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


def formulas(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the formulas of a Markdown text, and whether they stand on lines of their own."""
    text = CODE.sub("", text)
    for tex in DISPLAY.findall(text):
        yield tex, True
    for tex in INLINE.findall(DISPLAY.sub("", text)):
        yield tex, False


def of_a_page(path: Path) -> Iterator[tuple[str, bool]]:
    text = path.read_text("utf-8")
    if front := FRONT_MATTER.match(text):
        facts = yaml.safe_load(front[1])
        if formula := facts.get("formula"):
            yield formula, True
    yield from formulas(without_fences(FRONT_MATTER.sub("", text)))


def of_derivations(path: Path) -> Iterator[tuple[str, bool]]:
    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    for _, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == module.__name__ and not function.__name__.startswith("_"):
            derivation: Derivation = function()
            prose = [derivation.claim, derivation.given]
            for step in derivation.steps:
                yield step.tex, True
                prose += [step.goal, step.reason, *step.hints]
            for move in derivation.wrong_moves:
                yield move.tex, True
                prose.append(move.why)
            for variant in derivation.variants:
                prose += [variant.ask, *variant.symbols.values(), variant.why]
                prose += variant.wrong.values()
            for text in prose:
                yield from formulas(text)


def missing(html: str) -> set[str]:
    """Return the characters of formulas that neither font has."""
    return {letter for letter in code_points(html) if not any(ord(letter) in one for one in CMAPS)}


TEMML = ROOT / "tools" / "vendor" / "temml" / "temml.min.js"
CMAPS = [TTFont(path).getBestCmap() for path in FONTS]
PAGES = sorted(DOCS.rglob("*.md"))
DERIVATIONS = sorted(SNIPPETS.glob("*/derivations.py"))


@pytest.mark.parametrize(
    "path", [*PAGES, *DERIVATIONS], ids=lambda path: str(path.relative_to(ROOT))
)
def test_every_formula_renders_and_the_font_can_draw_it(path: Path) -> None:
    found = of_a_page(path) if path.suffix == ".md" else of_derivations(path)
    for tex, display in found:
        assert not missing(render(tex.strip(), display)), f"{tex}: the font lacks a character"


def test_a_character_that_the_font_lacks_is_noticed() -> None:
    assert missing(render(r"\mathtt{x} + \mathfrak{A} + \text{ж}", display=True)) == set("𝚡𝔄ж")


def test_letters_that_no_one_types_are_in_the_font() -> None:
    formula = render(r"\sqrt{h} + \hat{\theta} + \partial x", display=False)
    assert {"√", "ℎ", "𝜃", "𝜕", "𝑥", "ˆ"} <= code_points(formula)
    assert not missing(formula)


def test_the_first_font_stretches() -> None:
    variants = TTFont(FONTS[0])["MATH"].table.MathVariants
    for sign in "([{|√∑⏟":
        coverage = (variants.VertGlyphCoverage, variants.HorizGlyphCoverage)
        assert any(CMAPS[0][ord(sign)] in glyphs.glyphs for glyphs in coverage), sign


def test_no_character_is_in_both_fonts() -> None:
    assert CMAPS[0].keys() & CMAPS[1].keys() == set()


def test_scripts_are_set_close() -> None:
    close = ' lspace="0em" rspace="0em"'
    assert f"<mo{close}>=</mo>" in render(r"\sum_{i=1}^n x_i", display=False)
    assert f'<mo separator="true"{close}>,</mo>' in render(r"x_{i,j}", display=False)
    assert close not in render("a = b + c", display=False)


def test_a_function_stands_apart_from_the_factor_before_it() -> None:
    thin = '<mspace width="0.1667em"></mspace>'
    for tex in (r"y_i\log p", r"(1-y)\log p", r"2\log p", r"(1-y)\log(1-p)"):
        assert re.search(f"{thin}(<mrow>)?<mi>log</mi>", render(tex, display=False)), tex
    assert f"{thin}<mi>log</mi>" not in render(r"a + \log(p)", display=False)


def test_an_exponent_stands_at_its_bracket() -> None:
    assert "</mo><mn>2</mn></msup>" in render(r"(\hat f - f)^2", display=False)
    assert "‖</mo><mn>2</mn></msup>" in render(r"\norm{\hat f}^2", display=False)
    assert "</mrow><mn>2</mn></msup>" in render(r"\left(\frac ab\right)^2", display=False)


def test_a_sign_between_words_has_its_space_once() -> None:
    sign = '<mspace width="0.222em"></mspace><mo lspace="0em" rspace="0em">+</mo>'
    assert sign in render(r"\text{TP}+\text{FN}", display=False)


def test_a_tight_comma_between_digits_is_refused() -> None:
    with pytest.raises(ValueError, match="'0,1' needs a space"):
        render("(0,1)", display=False)
    assert "<mn>10,000</mn>" in render("10{,}000", display=False)


def test_all_root_signs_are_equally_wide() -> None:
    font = TTFont(FONTS[0])
    variants = font["MATH"].table.MathVariants
    number = variants.VertGlyphCoverage.glyphs.index(CMAPS[0][ord("√")])
    signs = variants.VertGlyphConstruction[number].MathGlyphVariantRecord
    assert len({font["hmtx"][one.VariantGlyph][0] for one in signs}) == 1 < len(signs)


@pytest.mark.parametrize("name", MACROS)
def test_each_macro_renders_and_is_unknown_to_no_one(name: str) -> None:
    formula = f"x{name}" if name == r"\T" else f"{name}{{x}}"
    assert not missing(render(formula, display=False))
    assert render(formula, display=True) == render(expand(formula, MACROS), display=True)
    assert name not in re.findall(r"\\(?:[A-Za-z]+|.)", expand(formula, ANKI_MACROS))


@pytest.mark.parametrize(
    ("tex", "message"),
    [
        (r"\frac{1}{2", "end of input"),
        (r"x^2^3", "Double superscript"),
        (r"\begin{aligned} a \end{align}", "Mismatch"),
        (r"\expect{x}", r"Unsupported function name: \\expect"),
        (r"\textcolor{red}{x}", r"\\textcolor is not used"),
        (r"\xrightarrow{d}", r"\\xrightarrow is not used"),
        (" ", "empty"),
    ],
)
def test_a_bad_formula_is_an_error_that_names_it(tex: str, message: str) -> None:
    with pytest.raises(ValueError, match=message) as error:
        render(tex, display=False)
    assert tex.strip() in str(error.value).replace("\\\\", "\\")


def test_accents_over_operators_are_well_formed() -> None:
    assert "\u2061" not in render(r"\widehat{\Var}", display=False)


def test_bars_stretch_around_what_is_high_only() -> None:
    assert 'stretchy="true"' not in render(r"\norm{y - X w}_2^2", display=False)
    assert 'stretchy="true"' in render(r"\abs{\frac{a}{b}}", display=True)


def test_a_long_formula_may_wrap_after_its_relations() -> None:
    formula = render(r"\E\big[(y = z)^2\big] = \text{bias}^2 + \text{noise} \le c", display=False)
    assert formula.startswith('<math class="math-long"><mrow>')
    assert formula.count("</mrow><mrow>") == 2
    assert "math-long" not in render(r"a = b \le c", display=False)


def converted(text: str) -> str:
    settings = {"pymdownx.arithmatex": {"generic": True}}
    extensions = ["pymdownx.arithmatex", "admonition", "tables"]
    return markdown.markdown(text, extensions=extensions, extension_configs=settings)


def test_a_page_has_mathml_where_it_had_formulas() -> None:
    html = replace(converted("For $a < b$, $k$-fold and `$x$`:\n\n$$\nx \\in \\R\n$$\n"))
    assert html.count("<math") == 3
    assert "arithmatex" not in html
    assert "<mo>&lt;</mo>" in html
    assert '</math></span>,</span> <span class="math-tied">' in html
    assert '<div class="math-block" role="group" aria-label="Formula" tabindex="0"' in html
    assert "<code>$x$</code>" in html


@pytest.mark.parametrize("text", ["so $$x = 1$$ here", "so\n$$\nx = 1\n$$\nhere"])
def test_a_display_formula_in_a_paragraph_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="empty line"):
        replace(converted(text))


def test_dollars_in_code_are_no_formulas() -> None:
    html = converted("`$$` costs \\$5 and \\$6\n\n    $$\n")
    assert replace(html) == html


def test_anki_gets_tex_without_our_macros() -> None:
    html = converted("If $x\\T y < \\1\\{a\\}$:\n\n$$\n\\argmin_w \\norm{w}\n$$\n")
    assert tex_for_anki(html) == (
        r"<p>If \(x^{\top} y &lt; \mathbf{1}\{a\}\):</p>"
        "\n"
        r"\[\operatorname*{arg\,min}_w \left\lVert w \right\rVert\]"
    )


@pytest.mark.parametrize("path", [*FONTS, TEMML], ids=lambda path: str(path.name))
def test_vendored_files_are_those_that_the_readme_names(path: Path) -> None:
    (readme,) = path.parent.glob("README.*")
    assert hashlib.sha256(path.read_bytes()).hexdigest() in readme.read_text("utf-8")
    assert path.with_name("LICENSE").is_file()
