"""The search index: what a reader may look for, taken from the finished pages.

`search/index.json` holds the words, the headings and where each word counts how much. It is fetched
when a reader first opens the search. The text that excerpts are cut from lies beside it in small
parts, fetched for the results that are shown. `docs/assets/js/search/engine.js` reads both.
"""

import json
import math
import re
import shutil
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import yaml

from tools.paths import ROOT
from tools.snippet_pages import KINDS

# Forms of a word that become one. The browser gets these rules with the index and applies them to
# what is typed, so that both sides agree. Only syntax that Python and JavaScript share.
RULES = [
    ("^(.{3,})our", "$1or"),
    ("^(.{2,})ies$", "$1y"),
    ("^(.{3,}(?:s|x|z|ch|sh))es$", "$1"),
    ("^(.{2,}[^aius])s$", "$1"),
    ("^(.{2,})[iy][sz](?:ation|ed|e|ing|er|able)?$", "$1iz"),
    ("^(.{3,})at(?:ion|ed|e|ing|or|ive)$", "$1at"),
    ("^(.{3,})(?:ing|ed)$", "$1"),
    ("^(.{3,})ly$", "$1"),
    ("^(.{2,})e$", "$1"),
    ("^(.+([^aeiou]))\\2$", "$1"),
]
_RULES = [(re.compile(rule), new.replace("$", "\\")) for rule, new in RULES]

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
PART = 12_000  # characters of text in one file of excerpts
STEPS = 31  # how finely the weight of a word in a section is kept; finer finds no better

HEADING, TITLE, TOPIC, TEXT = 12.0, 3.0, 1.0, 1.0  # what a word counts in each place
SATURATION, LENGTH, LENGTH_OF_HEADING = 5.0, 0.5, 0.3  # BM25's k1 and two of its b
USUAL = 5  # words in a heading

# Code pages are reached from the pages that show the code.
LEFT_OUT = ("404.html", *(f"reference/{kind}/" for kind in KINDS))
# Copies and lists of links count less than what they copy or lead to.
LESS = {
    "reference/cheat-sheets/": 0.55, "roadmap/": 0.8, "contributing/": 0.8, "practice/labs/": 0.8
}  # fmt: skip
LESS_UNDER = {
    "questions": 0.35, "sources": 0.35, "where-the-rest-is": 0.35, "what-this-topic-teaches": 0.6,
    "key-deliverable": 0.7, "a-sample-exchange": 0.7, "before-and-after": 0.7, "try-it": 0.8,
}  # fmt: skip
OPENING = 1.4  # the start of a page stands for the page

_ARTICLE = re.compile(r"<article\b.*?</article>", re.S)
_DESCRIPTION = re.compile(r"<meta name=\"description\" content=\"([^\"]*)\"")
_UNREAD = re.compile(
    r"<(pre|svg|script|style|summary|button|nav)\b.*?</\1>"
    r"|<div class=\"math-block\".*?</math></div>",
    re.S,
)
_FORMULA = re.compile(r"<span class=\"math-inline\"[^>]*>(<math.*?</math>)</span>", re.S)
_FILE = re.compile(r"(<span class=\"filename\">.*?</span>)", re.S)
_SCRIPTED = re.compile(r"<(msu[bp])>(<m\w[^>]*>[^<]*</m\w>)<m\w+[^>]*>(\w+)</m\w+></msu[bp]>")
_APPLIED = re.compile(r"<mrow>(<m\w>[^<]*</m\w>)<mo>\u2061</mo></mrow>")  # an operator's name
_PLAIN = re.compile(r".{1,2}|[\d.,]+%?|\w_\w{1,4}")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_TAG = re.compile(r"<[^>]*>")
_COMPOUND = re.compile(r"[a-z0-9]+(?:[-_@/.][a-z0-9]+)*")
_BLOCKS = {"p", "li", "tr", "div", "figcaption", "dt", "dd", "h5", "h6", "br", "details", "section"}
_VOID = {"br", "img", "hr", "input", "source", "wbr", "col", "area", "embed", "link", "meta"}
_UNSEEN = {"headerlink", "plot-code", "question-about", "page-foot", "result-code"}


def symbol(mathml: str) -> str:
    """Return a formula of one symbol or number as text, and dots for any longer one.

    Examples:
        >>> symbol("<math><msup><mi>R</mi><mn>2</mn></msup></math>")
        'R²'
        >>> symbol("<math><msub><mi>λ</mi><mi>max</mi></msub></math>")
        'λ_max'
        >>> symbol("<math><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow></math>")
        '…'
    """

    def script(match: re.Match[str]) -> str:
        if match[3].isdigit():
            return match[2] + match[3].translate(_RAISED if match[1] == "msup" else _LOWERED)
        return match[2] + ("^" if match[1] == "msup" else "_") + match[3]

    text = unescape(_TAG.sub("", _SCRIPTED.sub(script, _APPLIED.sub(r"\1", mathml)))).strip()
    return text if _PLAIN.fullmatch(text) else "…"


def normal(text: str) -> str:
    """Lowercase, without accents, small digits as digits, Greek letters by their names.

    Examples:
        >>> normal("ℓ₁, R² and Poincaré")
        'l1, r2 and poincare'
        >>> normal("λ")
        'lambda'
    """
    if not text.isascii():
        pieces = []
        for sign in unicodedata.normalize("NFKD", text):
            name = unicodedata.name(sign, "")
            if name.startswith(("GREEK SMALL LETTER", "GREEK CAPITAL LETTER")):
                pieces.append(name.rsplit(" ", 1)[1].replace("LAMDA", "LAMBDA"))
            elif not unicodedata.combining(sign):
                pieces.append(sign)
        text = "".join(pieces)
    return text.lower().replace("'", "").replace("’", "")


def words(text: str) -> list[str]:
    """Return the words of a text; of a compound its parts and the whole.

    Examples:
        >>> words("k-NN's pass@k")
        ['k', 'nns', 'knns', 'pass', 'k', 'passk']
    """
    found = []
    for compound in _COMPOUND.findall(normal(text)):
        parts = re.findall("[a-z0-9]+", compound)
        found += parts
        if len(parts) > 1 and len(compound) < 24 and not all(part.isdigit() for part in parts[1:]):
            found.append("".join(parts))
        elif compound == "0-1":
            found.append("01")
    return found


@cache
def stem(word: str) -> str:
    """Return what all forms of a word share.

    Examples:
        >>> {stem(word) for word in ["regularise", "regularized", "regularization"]}
        {'regulariz'}
        >>> {stem(word) for word in ["modelling", "models", "modeled"]}
        {'model'}
        >>> {stem(word) for word in ["bias", "biased", "biases"]}
        {'bias'}
    """
    for rule, new in _RULES:
        word = rule.sub(new, word)
    return word


@dataclass
class Section:
    """What stands below one heading, up to the next."""

    page: str
    anchor: str
    heading: str
    level: int
    text: str = ""


@dataclass
class _Reader(HTMLParser):
    """Reads the sections of an article."""

    page: str
    sections: list[Section] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.unseen = 0  # depth inside something that is not read
        self.inside: Section | None = None  # the section whose heading is being read
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        hidden = "data-search-exclude" in known or _UNSEEN & set((known.get("class") or "").split())
        if tag not in _VOID and (self.unseen or hidden):
            self.unseen += 1
            return
        if tag in {"h1", "h2", "h3", "h4"} and known.get("id"):
            self.close_section()
            self.inside = Section(self.page, known["id"] or "", "", int(tag[1]))
            self.sections.append(self.inside)
        elif tag in _BLOCKS:
            self.pieces.append(" ")
        elif tag in {"td", "th"}:
            self.pieces.append(" · " if self.pieces and self.pieces[-1] != " " else "")

    def handle_endtag(self, tag: str) -> None:
        if self.unseen:
            self.unseen -= tag not in _VOID
        elif self.inside and tag in {"h1", "h2", "h3", "h4"}:
            self.inside.heading = _one_line("".join(self.pieces))
            self.inside = None
            self.pieces = []

    def handle_data(self, data: str) -> None:
        if not self.unseen and self.sections:
            self.pieces.append(data)

    def close_section(self) -> None:
        """Give the text read so far to the section it belongs to."""
        if self.sections:
            self.sections[-1].text = _one_line("".join(self.pieces))
        self.pieces = []


def _one_line(text: str) -> str:
    line = re.sub(r"\s+([,.;:)])", r"\1", " ".join(text.replace("\xad", "").split()))
    return re.sub("…[.,]", "…", line)


def sections(html: str, page: str) -> list[Section]:
    """Return the sections of a page, those without any text left out.

    Examples:
        >>> html = '<article><h1 id="a">A</h1><p>One.</p><h2 id="b">B</h2><p>Two.</p></article>'
        >>> [(one.anchor, one.text) for one in sections(html, "page/")]
        [('a', 'One.'), ('b', 'Two.')]
    """
    article = _ARTICLE.search(html)
    if not article:
        return []
    plain = _FORMULA.sub(lambda match: symbol(match[1]), article[0])
    reader = _Reader(page)
    reader.feed(_FILE.sub(r"\1. ", _UNREAD.sub(" ", plain)))
    reader.close_section()
    described = _DESCRIPTION.search(html)
    for one in reader.sections:
        if one.level == 1 and not one.text and described:
            one.text = unescape(described[1])
    return [one for one in reader.sections if one.text]


def pages(site: Path) -> Iterator[tuple[str, str]]:
    """Yield the address and the HTML of every page that is searched, in one order."""
    for path in sorted(site.rglob("*.html")):
        address = path.relative_to(site).as_posix().removesuffix("index.html")
        if not address.startswith(LEFT_OUT):
            yield address, path.read_text("utf-8")


@cache
def lists() -> tuple[frozenset[str], list[tuple[tuple[str, ...], list[str]]]]:
    """Return the words that are not kept, and which words bring which others."""
    listed = yaml.safe_load((ROOT / "tools/search_words.yml").read_text("utf-8"))
    also = [(tuple(map(stem, words(a))), words(b)) for a, b in listed["also"].items()]
    return frozenset(listed["empty"].split()), also


def _expanded(found: list[str], more: list[tuple[tuple[str, ...], list[str]]]) -> list[str]:
    stems = [stem(word) for word in found]
    line = " " + " ".join(stems) + " "
    extra = [word for those, added in more if f" {' '.join(those)} " in line for word in added]
    return found + extra


def _less(one: Section) -> float:
    factor = next((value for start, value in LESS.items() if one.page.startswith(start)), 1.0)
    return factor * LESS_UNDER.get(one.anchor, OPENING if one.level == 1 else 1.0)


def weigh(
    found: list[Section], title: dict[str, str], topic: dict[str, str], forms: dict[str, set[str]]
) -> dict[str, dict[int, float]]:
    """Return how much each stem counts in each section (BM25 over heading, title and text)."""
    empty, more = lists()
    counted: list[dict[str, float]] = []
    lengths = [len(one.text.split()) for one in found]
    mean = sum(lengths) / max(1, len(lengths))
    for one, length in zip(found, lengths, strict=True):
        counts: dict[str, float] = {}
        norm = 1 - LENGTH + LENGTH * length / mean
        short = 1 - LENGTH_OF_HEADING + LENGTH_OF_HEADING * len(one.heading.split()) / USUAL
        places = [(one.heading, HEADING / short), (topic[one.page], TOPIC), (one.text, TEXT / norm)]
        if one.level > 1:
            places.append((title[one.page], TITLE))
        for text, weight in places:
            here = words(text)
            for word, times in Counter(_expanded(here, more)).items():
                if word in empty:
                    continue
                forms.setdefault(stem(word), set()).add(word)
                many = times if weight == TEXT / norm else min(times, 1)
                counts[stem(word)] = counts.get(stem(word), 0) + weight * many
        counted.append(counts)
    spread = Counter(key for counts in counted for key in counts)
    weights: dict[str, dict[int, float]] = {}
    for number, (one, counts) in enumerate(zip(found, counted, strict=True)):
        for key, value in counts.items():
            rarity = math.log(1 + (len(found) - spread[key] + 0.5) / (spread[key] + 0.5))
            share = value / (SATURATION + value)
            weights.setdefault(key, {})[number] = rarity * share * _less(one)
    return weights


def packed(postings: dict[int, float], unit: float) -> str:
    """Write section numbers as gaps and weights as one letter each.

    Examples:
        >>> packed({0: 1.0, 2: 2.0, 40: 3.0}, 1.0)
        'ABCCmBD'
    """
    letters = []
    last = 0
    for number in sorted(postings):
        gap, last = number - last, number
        while gap > 31:
            letters.append(LETTERS[32 + (gap & 31)])
            gap >>= 5
        letters.append(LETTERS[gap])
        letters.append(LETTERS[max(1, min(STEPS, round(postings[number] / unit)))])
    return "".join(letters)


def parts(found: Iterable[Section]) -> list[list[str]]:
    """Return the texts of the sections in parts of about equal size."""
    made: list[list[str]] = [[]]
    size = 0
    for one in found:
        if size + len(one.text) > PART and made[-1]:
            made.append([])
            size = 0
        made[-1].append(one.text)
        size += len(one.text)
    return made


def _topic_of(page: str, title: dict[str, str]) -> str:
    """Return the title of the topic that a page belongs to, if it is not the topic's own page."""
    steps = page.split("/")
    home = "/".join(steps[:2]) + "/"
    return title.get(home, "") if steps[0] == "topics" and home != page else ""


def write(site: Path) -> None:
    """Write the index of a built site into the site."""
    found = [one for address, html in pages(site) for one in sections(html, address)]
    title = {one.page: one.heading for one in found if one.level == 1}
    for one in found:
        title.setdefault(one.page, one.heading)
    topic = {page: _topic_of(page, title) for page in title}
    forms: dict[str, set[str]] = {}
    weights = weigh(found, title, topic, forms)
    unit = max((w for one in weights.values() for w in one.values()), default=1) / STEPS
    texts = [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in parts(found)]
    order = list(title)
    number = {page: index for index, page in enumerate(order)}
    stems = sorted(weights)
    index = {
        "version": sha256("".join(texts).encode()).hexdigest()[:12],
        "rules": RULES,
        "empty": sorted(lists()[0]),
        "letters": LETTERS,
        "unit": round(unit, 6),
        "pages": [[page, title[page], topic[page]] for page in order],
        "sections": [[number[one.page], one.heading, one.anchor, one.level] for one in found],
        "parts": [len(one) for one in parts(found)],
        "words": " ".join(
            "/".join([key, *sorted(forms[key] - {key})]) if forms[key] - {key} else key
            for key in stems
        ),
        "weights": " ".join(packed(weights[key], unit) for key in stems),
    }
    target = site / "search"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    content = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    (target / "index.json").write_text(content, "utf-8")
    for which, text in enumerate(texts):
        (target / f"text-{which}.json").write_text(text, "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
