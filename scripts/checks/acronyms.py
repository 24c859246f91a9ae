"""Letters instead of words: every acronym stands in the glossary, and a page says at its first use what it means.

Our own rule, after the house style (everyday words first, the official term in brackets at first use):

- An acronym is a word with two capitals side by side, or with only a digit or hyphen between them: KTP, P3MI, E-KPMI.
- It must stand in a ``term`` of data/glossary/glossary.csv, or in data/glossary/everyday.csv, which lists the few
  words and names that need no explanation, and why.
- One of the glossary is explained in the paragraph where the text first uses it: at the head of brackets after the
  words ("the ministry (KP2MI)", "(KP2MI, the Ministry of …)"), by brackets after it ("UKPS (a company posting its own
  staff)"), or by a sentence that says so ("BP2MI is …").
- A heading or the description may use it before the text does; one that only they use is explained nowhere.
- The name of a rule is cited as it is written: in "Peraturan BP2MI 9/2020" nothing is explained.
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches

from forms_api.words import pick
from scripts.checks.prose import Block, blocks, headings
from scripts.site.pages import Page
from scripts.site.rows import Tables

ACRONYM = re.compile(r"\b[A-Za-z0-9]*[A-Z][0-9-]?[A-Z][A-Za-z0-9]*\b")
_ROMAN = re.compile(r"[IVX]+")
_RULE = r"\b(?:[A-Z]\w+ ){1,3}(?:decree )?\d+/\d{4}"
_BRACKETS_AFTER = re.compile(r"(?: \w+){0,4} ?\((?=[^()]*\w{3})")
_SAYS = r"(?: [A-Z]\w+){0,2} (?:adalah|ialah|berarti|is|are|means|stands for)\b"
_JOINS = {"atau", "dan", "or", "and"}


@dataclass(frozen=True)
class Unclear:
    """An acronym that a reader meets unprepared. ``kind`` is "unlisted" or "unexplained"."""

    line: int
    acronym: str
    kind: str
    near: tuple[str, ...] = ()


class Glossary:
    """The acronyms of the two tables."""

    def __init__(self, tables: Tables):
        self.terms: dict[str, list[dict]] = {}
        for row in tables.rows("glossary"):
            for acronym in set(ACRONYM.findall(f"{row['term']} {row['term@en']}")):
                self.terms.setdefault(acronym, []).append(row)
        self._names = {language: _any_of(_everyday(tables, language)) for language in ("id", "en")}

    def term(self, acronym: str, language: str) -> str:
        """How the glossary writes an acronym with its words, in its own row where it has one; empty for another."""
        rows = sorted(self.terms.get(acronym, []), key=lambda row: len(row["term"]))
        return pick(rows[0], "term", language) if rows else ""

    def unclear(self, page: Page) -> list[Unclear]:
        """The acronyms of a page that are not in the glossary or not explained at their first use, one each."""
        known, met, found = self._names[page.language], set(), []
        for block in blocks(page):
            for name, start in _uses(block, known):
                if name not in met and (fault := self._judge(block, name, start)):
                    found.append(fault)
                met.add(name)
        for block in [_description(page), *headings(page)]:
            for name, _ in _uses(block, known):
                if name not in met:
                    found.append(self._unlisted(block.line, name) or Unclear(block.line, name, "unexplained"))
                met.add(name)
        return found

    def _judge(self, block: Block, name: str, start: int) -> Unclear | None:
        line = block.line + block.text.count("\n", 0, start)
        if fault := self._unlisted(line, name):
            return fault
        places = [each.span() for each in re.finditer(rf"(?<![\w-]){name}(?![\w-])", block.text)]
        told = any(self._explained(block.text, name, *place) for place in places)
        return None if told else Unclear(line, name, "unexplained")

    def _unlisted(self, line: int, name: str) -> Unclear | None:
        if name in self.terms:
            return None
        return Unclear(line, name, "unlisted", tuple(get_close_matches(name, sorted(self.terms), 3, 0.6)))

    def _explained(self, text: str, name: str, start: int, end: int) -> bool:
        if re.search(rf"\b{name}{_SAYS}", text):
            return True
        before = text[:start]
        if before.count("(") > before.count(")"):
            # At the head of the brackets, after others of its kind, or with words of its own: "(purna PMI)".
            opened = before[before.rfind("(") + 1 :]
            return set(re.findall(r"\w+", ACRONYM.sub("", opened).lower())) <= self._words(name) | _JOINS
        return bool(_BRACKETS_AFTER.match(text[end:]))

    def _words(self, acronym: str) -> set[str]:
        return {word for row in self.terms[acronym] for word in re.findall(r"\w+", row["term"].lower())}


def _everyday(tables: Tables, language: str) -> list[str]:
    return [row["acronym"] for row in tables.rows("everyday") if row["language"] in (language, "both")]


def _any_of(names: list[str]) -> re.Pattern:
    return re.compile("|".join([*(rf"\b{re.escape(name)}\b" for name in names), _RULE]))


def _uses(block: Block, known: re.Pattern) -> list[tuple[str, int]]:
    """Each acronym of a block with its place, without what everybody knows and the names of rules."""
    text = known.sub(lambda name: " " * len(name[0]), block.text)
    return [(each[0], each.start()) for each in ACRONYM.finditer(text) if not _ROMAN.fullmatch(each[0])]


def _description(page: Page) -> Block:
    lines = page.text.split("\n")
    at = next((number for number, line in enumerate(lines, 1) if line.startswith("description:")), 1)
    return Block(at, str((page.meta or {}).get("description") or ""))
