"""Make the font of the formulas: STIX Two Math without what machine learning never writes.

Run by hand, when the set of characters changes; the font is in git:

    npm pack @fontsource/stix-two-math@5.3.0 && tar xzf fontsource-stix-two-math-5.3.0.tgz
    python -m tools.math_font package/files/stix-two-math-latin-400-normal.woff2

The same source and the same versions of fonttools and brotli give the same bytes.
"""

import hashlib
import sys
from pathlib import Path

from fontTools import subset

from tools.maths import FONT

SOURCE_SHA256 = "8b2a6834cfe1f4e0f3724ffa59fe92000013fc5a4c41e6a3f438006c26c60f0d"

_RANGES = {
    "Latin": [(0x20, 0x7E)],
    "Greek": [(0x391, 0x3A9), (0x3B1, 0x3C9)],
    "italic Latin, and i and j without dots": [(0x1D434, 0x1D467), (0x1D6A4, 0x1D6A5)],
    "italic Greek": [(0x1D6FB, 0x1D71B)],
    "bold Latin and digits": [(0x1D400, 0x1D433), (0x1D7CE, 0x1D7D7)],
    "bold Greek capitals": [(0x1D6A8, 0x1D6C1)],
    "bold italic Latin": [(0x1D468, 0x1D49B)],
    "bold italic Greek": [(0x1D736, 0x1D755)],
    "double-struck": [(0x1D538, 0x1D550), (0x1D7D9, 0x1D7D9)],
    "script": [(0x1D49C, 0x1D4B5)],
    "sans-serif": [(0x1D5A0, 0x1D5B9)],
}
_SIGNS = (
    "\u00a0\u2002\u2003\u2004\u2005\u2006\u2009\u200a\u200b\u202f\u205f"  # spaces
    "\u2061\u2062\u2063\u2064"  # marks that are not seen
    "ϑϕϖϰϱϵıȷ" "ℎ" "ℂℍℕℙℚℝℤ" "ℬℰℱℋℐℒℳℛℓ" "ℜℑ𝔇𝔉𝔖" "ℵ°†‡§¶"  # letters
    "‘’“”–—…"  # text within formulas
    "−±∓×÷·⋅∗⋆∘•⊙⊗⊕⊖∧∨¬∖∩∪" "∑∏∐∫∬∮⋀⋁⋂⋃⨀⨁⨂√∂∇∞"
    "∣∥∤‖∈∉∋⊂⊆⊃⊇⊄∅∀∃∄⊤⊥⊢⊨" "≠≈≃≅≡≢∼∝≤≥≪≫≺≻≼≽≲≳≔≜≐≍⪯⪰⩽⩾⊊⊘⟂⫫∠∆△□◻■▪▲▼★∴⌀✓"
    "⋯⋮⋱′″‴" "←→↑↓↔↕⇐⇒⇑⇓⇔↦⟵⟶⟷⟸⟹⟺⟼↛⇏↪↗↘⇝↝⇌⊸"
    "⌈⌉⌊⌋⟨⟩⟦⟧⏞⏟⎴⎵"
    "ˆ˜¯˙¨ˇ˘˚´`‾"  # accents
)  # fmt: skip


def characters() -> set[int]:
    """Return the code points that are kept.

    Examples:
        >>> all(ord(letter) in characters() for letter in "x𝑥√∑∇")
        True
    """
    ranges = [code for pairs in _RANGES.values() for a, b in pairs for code in range(a, b + 1)]
    return {*ranges, *map(ord, _SIGNS)}


def make(source: Path, target: Path) -> None:
    """Write the small font: with the MATH table and every size of a bracket, without hints."""
    if hashlib.sha256(source.read_bytes()).hexdigest() != SOURCE_SHA256:
        raise ValueError(f"{source} is not the font of @fontsource/stix-two-math 5.3.0")
    options = subset.Options(flavor="woff2", layout_features=["*"], hinting=False)
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    subset.save_font(font, str(target), options)


if __name__ == "__main__":
    make(Path(sys.argv[1]), FONT)
