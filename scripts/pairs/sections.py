"""A page as sections: what stands before its first h2, then one for each h2. Each has an identity that follows from
its words, so that a translation can remember which text it was made from."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256

from scripts.pairs.front_words import front_words
from scripts.site.pages import HEADING, LINK, MARK, Page
from scripts.site.resolve import PLACEHOLDER

_MEANT = re.compile(r"([0-9a-f]{10})(?: minor: (.*\S))?")
_TYPED = str.maketrans({
    **dict.fromkeys("“”„«»″", '"'), **dict.fromkeys("‘’‚′", "'"), **dict.fromkeys("–—‑", "-"),
    **dict.fromkeys("\u200b\u00ad\ufeff", ""), "…": "...",
})  # fmt: skip
# What Markdown reads alike, or what carries no words. A link's target and a source's mark are left out because they
# change when a page moves; that both languages have the same ones is what scripts/pairs/pairs.py compares.
_FOLDED = [
    (re.compile(r"<!--.*?-->", re.S), ""),
    (re.compile(r"\[\[source:[^\[\]]*\]\]"), ""),
    (LINK, r"[\1]"),
    (re.compile(r"\{ *[#.:][^{}\n]*\}"), ""),
    (re.compile(r"^(#+ .*?) #+ *$", re.M), r"\1"),
    (re.compile(r"^( *)[*+-] +", re.M), r"\1- "),
    (re.compile(r"^( *)\d+[.)] +", re.M), r"\g<1>1. "),
    (re.compile(r"^ *\|?[ :|-]*-[ :|-]*\|[ :|-]*$", re.M), "|-|"),
    (re.compile(r"[ \t]*\|[ \t]*"), "|"),
    (re.compile(r"(?<!\w)__(?=\S)(.+?)(?<=\S)__(?!\w)"), r"**\1**"),
    (re.compile(r"(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)"), r"*\1*"),
    (re.compile(r"\\$", re.M), ""),
]


@dataclass(frozen=True)
class Mark:
    """What an English section remembers: the identity of the Indonesian one, and why a change of that one was
    judged too small to translate anew (empty: it was translated)."""

    id: str
    why: str = ""

    def __str__(self) -> str:
        return f"<!-- id:{self.id}{' minor: ' + self.why if self.why else ''} -->"


@dataclass(frozen=True)
class Section:
    """One section of a page. ``start`` and ``end`` are places in the page's text, mark included; ``text`` has no
    mark and, for the opening (number 0), begins with the front matter's words. ``odd`` is a mark nobody can read."""

    number: int
    heading: str
    line: int
    start: int
    end: int
    text: str
    mark: Mark | None = None
    odd: str = ""

    @property
    def id(self) -> str:
        """The identity of its words."""
        return identity(self.text)

    @property
    def names(self) -> Counter:
        """The placeholders and link targets in it, which no language changes."""
        return names(self.text)

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands under its heading."""
        return not HEADING.sub("", self.text.split("\n\n", 1)[-1] if self.number == 0 else self.text).strip()


def sections(page: Page) -> list[Section]:
    """The sections of a page in order; the opening is always there."""
    shift = len(page.text) - len(page.body)
    begin = len(page.text) - len(page.body.lstrip("\n"))
    cuts = [begin, *(found.start() + shift for found in HEADING.finditer(page.body) if len(found[1]) == 2)]
    ends = [*cuts[1:], len(page.text)]
    return [_section(page, number, *place) for number, place in enumerate(zip(cuts, ends, strict=True))]


def _section(page: Page, number: int, start: int, end: int) -> Section:
    raw = page.text[start:end]
    text = MARK.sub("", raw).strip()
    heading = HEADING.search(text)
    heading = re.sub(r" *\{[^{}]*\}$| +#+ *$", "", heading[2]) if heading else ""
    if number == 0:
        words = front_words(page.text[:start])
        text = "\n".join([*(f"{key}: {value}" for key, value in words.items()), "", text])
    found = MARK.search(raw)
    meant = _MEANT.fullmatch(found[1].strip()) if found else None
    mark = Mark(meant[1], meant[2] or "") if meant else None
    odd = found[0].strip() if found and not meant else ""
    return Section(number, heading, page.text.count("\n", 0, start) + 1, start, end, text, mark, odd)


def fold(text: str) -> str:
    """``text`` without what makes no difference to a translator: spaces, line ends, kinds of quotes and dashes,
    ways to write the same Markdown, link targets, marks of sources, comments."""
    text = unicodedata.normalize("NFC", text).translate(_TYPED)
    for pattern, plain in _FOLDED:
        text = pattern.sub(plain, text)
    return " ".join(text.split())


def identity(text: str) -> str:
    """Ten hexadecimal digits for a section's words, its heading included."""
    return sha256(fold(text).encode()).hexdigest()[:10]


def names(text: str) -> Counter:
    """Each ``[[kind:name]]`` and each link target in a text, without the questions put to the API (?lang=en) and
    without the place in the page, which is named after a heading in the page's own language."""
    placeholders = [found[0] for found in PLACEHOLDER.finditer(text)]
    return Counter([*placeholders, *(re.split("[?#]", found[2])[0] for found in LINK.finditer(text))])
