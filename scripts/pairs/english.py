"""Changes to the text of an English page: what a section remembers, and a new translation put in its place."""

import re

from scripts.pairs.front_words import put_front_words
from scripts.pairs.pairs import Pair, pairs
from scripts.pairs.sections import Mark, Section
from scripts.site.pages import HEADING, MARK, Page

_WORDS = re.compile(r"\s*((?:[\w.]+: .*\n)+)\s*")
_FRONT = re.compile(r"\A---\n.*?---\n", re.S)


def with_marks(text: str, english: list[Section], marks: list[Mark]) -> str:
    """The text of an English page in which these sections of it carry these marks; one mark a section, directly
    under its heading."""
    for section, mark in sorted(zip(english, marks, strict=True), key=lambda each: -each[0].start):
        text = text[: section.start] + _marked(text[section.start : section.end], mark) + text[section.end :]
    return text


def with_translation(page: Page, twin: Page | None, pair: Pair, new: str, mark: Mark) -> str:
    """The text of the English page with ``new`` as the section of ``pair``, which may not exist yet.

    An English page that does not exist begins as the front matter of the Indonesian one.
    """
    number = pair.indonesian.number
    words, body = split_words(new) if number == 0 else ({}, new)
    raw = _marked(body.strip() + "\n", mark)
    if twin is None:
        front = _FRONT.match(page.text)
        return put_front_words(front[0] if front else "", words) + raw
    start, end = _place(page, twin, pair)
    before, after = twin.text[:start].rstrip("\n"), twin.text[end:]
    gap = "\n" if number == 0 else "\n\n"  # the opening follows the front matter at once
    text = (before + gap if before else "") + raw + ("\n" + after if after else "")
    return put_front_words(text, words)


def split_words(text: str) -> tuple[dict[str, str], str]:
    """The front matter's words that an opening begins with (``description: …``), and the rest."""
    found = _WORDS.match(text)
    if not found:
        return {}, text
    lines = [line.partition(": ") for line in found[1].splitlines()]
    return {path: value.strip() for path, _, value in lines}, text[found.end() :]


def _marked(raw: str, mark: Mark) -> str:
    raw = MARK.sub("", raw).lstrip("\n")
    heading = HEADING.match(raw)
    return f"{heading[0]}\n{mark}{raw[heading.end() :]}" if heading else f"{mark}\n\n{raw}"


def _place(page: Page, twin: Page, pair: Pair) -> tuple[int, int]:
    """Where the section stands in the English text, or where it belongs: before what translates the next one."""
    if pair.english:
        return pair.english.start, pair.english.end
    later = [each.english.start for each in pairs(page, twin)
             if each.indonesian and each.english and each.indonesian.number > pair.indonesian.number]  # fmt: skip
    place = min(later, default=len(twin.text))
    return place, place
