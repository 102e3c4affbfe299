"""Make the fonts of the formulas: STIX Two Math without what machine learning never writes.

Two files. The first holds what nearly every page needs and all that stretches, since a browser
stretches signs of the first font only; it is preloaded. The second holds the alphabets and signs
of a page here and there, and is fetched by those pages alone.

Run by hand, when the set of characters changes; the fonts are in git:

    npm pack @fontsource/stix-two-math@5.3.0 && tar xzf fontsource-stix-two-math-5.3.0.tgz
    python -m tools.math_font package/files/stix-two-math-latin-400-normal.woff2

The same source and the same versions of fonttools and brotli give the same bytes.
"""

import hashlib
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from tools.maths import FONTS

SOURCE_SHA256 = "8b2a6834cfe1f4e0f3724ffa59fe92000013fc5a4c41e6a3f438006c26c60f0d"

_COMMON = {
    "Latin": [(0x20, 0x7E)],
    "Greek": [(0x391, 0x3A9), (0x3B1, 0x3C9)],
    "italic Latin, and i and j without dots": [(0x1D434, 0x1D467), (0x1D6A4, 0x1D6A5)],
    "italic Greek": [(0x1D6FB, 0x1D71B)],
    "double-struck": [(0x1D538, 0x1D550), (0x1D7D9, 0x1D7D9)],
}
_COMMON_SIGNS = (
    "\u00a0\u2002\u2003\u2004\u2005\u2006\u2009\u200a\u200b\u202f\u205f"  # spaces
    "\u2061\u2062\u2063\u2064"  # marks that are not seen
    "ϑϕϖϰϱϵıȷ" "ℎ" "ℙℝ" "ℓ𝒩" "°"  # letters
    "‘’“”–—…"  # text within formulas
    "−±∓×·⋅∗⋆∘•⊙∖∩∪" "∑∏∐∫⋂⋃√∂∇∞"
    "∣∥∤‖∈∉∋⊤⊥∀" "≠≈≃≅≡≢∼∝≤≥≪≫⪯⪰⊘⟂"
    "⋯⋮⋱′″‴" "←→↑↓↔↕⇐⇒⇑⇓⇔↦⟵⟶⟷⟸⟹⟺⟼"
    "⌈⌉⌊⌋⟨⟩⟦⟧⏞⏟⎴⎵"
    "ˆ˜¯˙¨ˇ˘˚´`‾"  # accents
)  # fmt: skip
_MORE = {
    "bold Latin and digits": [(0x1D400, 0x1D433), (0x1D7CE, 0x1D7D7)],
    "bold Greek capitals": [(0x1D6A8, 0x1D6C1)],
    "bold italic Latin": [(0x1D468, 0x1D49B)],
    "bold italic Greek": [(0x1D736, 0x1D755)],
    "script, but N": [(0x1D49C, 0x1D4A8), (0x1D4AA, 0x1D4B5)],
    "sans-serif": [(0x1D5A0, 0x1D5B9)],
}
_MORE_SIGNS = (
    "ℂℍℕℚℤ" "ℬℰℱℋℐℒℳℛ" "ℜℑ𝔇𝔉𝔖" "ℵ†‡§¶"  # letters
    "÷⊗⊕⊖∧∨¬" "∬∮⋀⋁⨀⨁⨂"
    "⊂⊆⊃⊇⊄∅∃∄⊢⊨" "≺≻≼≽≲≳≔≜≐≍⩽⩾⊊⫫∠△□◻■▪▲▼★∴⌀✓"
    "↛⇏↪↗↘⇝↝⇌⊸"
)  # fmt: skip


_ROOT_GAP = 150  # thousandths of the letters' size, below the bar of a root in a line of text


def _codes(ranges: dict[str, list[tuple[int, int]]], signs: str) -> set[int]:
    codes = {code for pairs in ranges.values() for a, b in pairs for code in range(a, b + 1)}
    return codes | set(map(ord, signs))


def characters() -> tuple[set[int], set[int]]:
    """Return the code points of the first font and of the second.

    Examples:
        >>> common, more = characters()
        >>> all(ord(letter) in common for letter in "x𝑥√∑∇"), ord("𝐱") in more, common & more
        (True, True, set())
    """
    return _codes(_COMMON, _COMMON_SIGNS), _codes(_MORE, _MORE_SIGNS)


def _mend_roots(font: TTFont) -> None:
    """Narrow the taller root signs to the width of the small one, and raise the bar a little.

    Chromium makes room for the widest sign a root may have, whichever it draws, and leaves a gap
    behind the small ones. On a screen the bar of the original touches what is under it.
    """
    root, advances, glyphs = font.getBestCmap().get(ord("√")), font["hmtx"], font["glyf"]
    variants = font["MATH"].table.MathVariants
    if root is None:
        return
    signs = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(root)]
    taller = {one.VariantGlyph for one in signs.MathGlyphVariantRecord} - {root}
    taller |= {part.glyph for part in signs.GlyphAssembly.PartRecords}
    font["MATH"].table.MathConstants.RadicalVerticalGap.Value = _ROOT_GAP
    wide = advances[root][0]
    for name in sorted(taller):
        glyph, (advance, bearing) = glyphs[name], advances[name]
        glyph.coordinates.scale((wide / advance, 1))
        glyph.coordinates.toInt()
        glyph.recalcBounds(glyphs)
        advances[name] = (wide, round(bearing * wide / advance))


def make(source: Path, target: Path, codes: set[int]) -> None:
    """Write a part of the font: with the MATH table and every size of a bracket, without hints."""
    if hashlib.sha256(source.read_bytes()).hexdigest() != SOURCE_SHA256:
        raise ValueError(f"{source} is not the font of @fontsource/stix-two-math 5.3.0")
    options = subset.Options(flavor="woff2", layout_features=["*"], hinting=False)
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    _mend_roots(font)
    subset.save_font(font, str(target), options)


if __name__ == "__main__":
    for path, codes in zip(FONTS, characters(), strict=True):
        make(Path(sys.argv[1]), path, codes)
