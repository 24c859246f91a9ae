"""How hard a page is to read.

Our own rule, one for both languages; no formula made for one of them is used. It takes up two old pieces of advice:
public writing offices ask to split a sentence over 25 words, and guides to plain English to keep the mean under 20.
LIX (C.-H. Björnsson, 1968), made for several languages, gave the idea of adding the share of long words.

- A sentence has at most 25 words. A figure from a table is one word; a heading is no sentence.
- A page's score is its mean words a sentence, plus the sentences over 20 words in percent, plus the long words in
  percent. At most 25; lower is easier. A page of fewer than five sentences is judged sentence by sentence only.
- Long is over 10 letters in Indonesian, whose everyday words grow by prefixes and suffixes, and over 8 in English; a
  word with hyphens is as long as its longest part.

A page that cannot be split says so in its front matter: ``plain: {why: …, by: …, on: 2026-11-23}``.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from scripts.checks.prose import Sentence, blocks
from scripts.site.pages import Page

LONGEST = 25  # words in a sentence
LONG = 20  # words from which a sentence weighs on the score
LONG_WORD = {"id": 10, "en": 8}  # letters
WORST = 25  # score of a page
FEWEST = 5  # sentences that make a score worth having


@dataclass(frozen=True)
class Reading:
    """What one page asks of its reader."""

    page: Page

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Every sentence of the page's text, in order."""
        return [each for block in blocks(self.page) for each in block.sentences]

    @property
    def too_long(self) -> list[Sentence]:
        """The sentences that have to be split."""
        return [each for each in self.sentences if len(each.words) > LONGEST]

    @cached_property
    def score(self) -> float:
        """The score; 0 for a page with too few sentences."""
        if len(self.sentences) < FEWEST:
            return 0.0
        lengths = [len(each.words) for each in self.sentences]
        letters = [max(map(len, word.split("-"))) for each in self.sentences for word in each.words]
        return (
            sum(lengths) / len(lengths)
            + _percent([length > LONG for length in lengths])
            + _percent([each > LONG_WORD[self.page.language] for each in letters])
        )

    @property
    def hardest(self) -> list[Sentence]:
        """The three longest sentences: where to begin."""
        return sorted(self.sentences, key=lambda each: -len(each.words))[:3]

    @property
    def signature(self) -> dict[str, str] | None:
        """Why, by whom and on which day an exception was signed; None without a whole signature."""
        signed = (self.page.meta or {}).get("plain")
        if not isinstance(signed, dict):
            return None
        # YAML 1.1 reads the bare word "on" as true.
        given = {"why": signed.get("why"), "by": signed.get("by"), "on": signed.get("on", signed.get(True))}
        given = {key: str(value or "").strip() for key, value in given.items()}
        return given if all(given.values()) and _is_day(given["on"]) else None


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _percent(which: list[bool]) -> float:
    return 100 * sum(which) / len(which)
