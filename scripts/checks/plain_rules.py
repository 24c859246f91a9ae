"""What makes a page hard to read, as faults an editor can act on: long sentences, a bad score, unexplained acronyms."""

from collections.abc import Iterator

from forms_api.words import Words
from scripts.checks.acronyms import Glossary, Unclear
from scripts.checks.reading import LONGEST, WORST, Reading
from scripts.site.pages import Page
from scripts.site.rows import Tables

Fault = tuple[str, str, str]
_BEGINNING = 5  # words that let an editor find a sentence


def plain_faults(pages: dict[str, Page], tables: Tables, words: Words, language: str) -> list[Fault]:
    """Every fault, page by page."""
    glossary = Glossary(tables)
    rules = _Rules(glossary, words, language)
    return [fault for page in pages.values() for fault in [*rules.reading(page), *rules.acronyms(page)]]


def scores(pages: dict[str, Page], words: Words, language: str) -> list[str]:
    """The reading score of each page as lines to print, the hardest first."""
    found = sorted((Reading(page) for page in pages.values()), key=lambda each: -each.score)
    lines = [_score_line(each, words, language) for each in found if each.sentences]
    return [words.say(language, "reading.scores", most=WORST), *lines]


def _score_line(reading: Reading, words: Words, language: str) -> str:
    lengths = [len(each.words) for each in reading.sentences]
    line = words.say(
        language,
        "reading.line",
        score=f"{reading.score:5.1f}",
        page=f"docs/{reading.page.name}",
        sentences=len(lengths),
        mean=f"{sum(lengths) / len(lengths):.1f}",
        longest=max(lengths),
    )
    return line + (words.say(language, "reading.signed", **reading.signature) if reading.signature else "")


class _Rules:
    def __init__(self, glossary: Glossary, words: Words, language: str):
        self.glossary, self.words, self.language = glossary, words, language

    def reading(self, page: Page) -> Iterator[Fault]:
        """Sentences and score, unless an exception is signed. An exception that nothing needs is a fault too."""
        reading = Reading(page)
        if "plain" in (page.meta or {}) and not reading.signature:
            yield self._say(page, "unsigned")
        if not reading.signature:
            yield from self._hard(reading)
        elif not any(self._hard(reading)):
            yield self._say(page, "not-needed")

    def acronyms(self, page: Page) -> Iterator[Fault]:
        """Acronyms that a reader meets unprepared."""
        for unclear in self.glossary.unclear(page):
            yield self._say(page, unclear.kind, unclear.line, **self._help(page, unclear))

    def _hard(self, reading: Reading) -> Iterator[Fault]:
        for each in reading.too_long:
            begin = " ".join(each.text.split()[:_BEGINNING])
            yield self._say(reading.page, "too-long", each.line, count=len(each.words), most=LONGEST, begin=begin)
        if reading.score > WORST:
            lines = ", ".join(str(each) for each in sorted({each.line for each in reading.hardest}))
            yield self._say(reading.page, "score", score=f"{reading.score:.1f}", most=WORST, lines=lines)

    def _help(self, page: Page, unclear: Unclear) -> dict[str, str]:
        near = ", ".join(unclear.near)
        near = near and self.words.say(self.language, "reading.near", names=near)
        return {"acronym": unclear.acronym, "near": near, "example": self.glossary.term(unclear.acronym, page.language)}

    def _say(self, page: Page, key: str, line: int | None = None, **values) -> Fault:
        place = self.words.say(self.language, "check.line", line=line) if line else ""
        return f"docs/{page.name}", place, self.words.say(self.language, f"reading.{key}", **values)
