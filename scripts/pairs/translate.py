"""What editors decide about translations: done, too small to matter, or a table that came back."""

import re
from difflib import get_close_matches

from scripts.pairs.english import split_words, with_marks, with_translation
from scripts.pairs.pairs import Pair, all_pairs, differences, pairs
from scripts.pairs.sections import Mark
from scripts.pairs.translation_sheet import Row
from scripts.site.pages import LINK, Page
from scripts.site.resolve import PLACEHOLDER

_EXCEL = re.compile(r"#[A-Z0-9/?!]+")
_LOST = re.compile(r"\S*\w\?\w\S*|\ufffd|(?<=\s)\?\w\S*")


class Refused(ValueError):
    """Something that cannot be done; ``key`` names a sentence ``refused.<key>`` with ``values``."""

    def __init__(self, key: str, **values):
        super().__init__(key)
        self.key, self.values = key, values


def find_page(name: str, pages: dict[str, Page]) -> Page:
    """The Indonesian page an editor means by ``docs/guides/costs.en.md``, ``guides/costs.md`` or ``guides/costs``.

    Raises Refused.
    """
    plain = name.replace("\\", "/").removeprefix("docs/").removesuffix(".md").removesuffix(".en") + ".md"
    if plain not in pages:
        known = [each for each, page in pages.items() if page.language == "id"]
        raise Refused("page", page=name, near=get_close_matches(plain, known, 3, 0.6))
    return pages[plain]


def decide(page: Page, pages: dict[str, Page], section: str = "", why: str = "") -> tuple[list[Pair], str]:
    """Record that one section (its number, or its heading in either language), or every section of a page, follows
    the Indonesian of today, because it was translated or, with ``why``, because the change was too small.

    Gives the pairs and the new text of the English page. Raises Refused.
    """
    twin = pages.get(page.twin)
    if not twin:
        raise Refused("no-english", page=page.twin)
    chosen = _chosen(pairs(page, twin), section, page)
    reason = " ".join(re.sub(r"-{2,}", "-", re.sub("[<>]", "", why)).split())  # it stands inside a comment
    marks = [Mark(each.indonesian.id, reason) for each in chosen]
    return chosen, with_marks(twin.text, [each.english for each in chosen], marks)


def _chosen(known: list[Pair], section: str, page: Page) -> list[Pair]:
    whole = [each for each in known if each.indonesian and each.english]
    if not section:
        return whole
    wanted = section.strip().casefold()
    for each in known:
        sides = [side for side in (each.indonesian, each.english) if side]
        number = str(each.indonesian.number) if each.indonesian else ""
        if wanted in (number, *(side.heading.casefold() for side in sides)):
            if each not in whole:
                raise Refused("no-twin", section=section, page=page.name)
            return [each]
    names = ", ".join(f"{each.indonesian.number} {each.indonesian.heading}" for each in known if each.indonesian)
    raise Refused("section", section=section, page=page.name, names=names)


def take_in(row: Row, pages: dict[str, Page]) -> tuple[str, str]:
    """The name and the new text of the English page for one row of the table that came back.

    The section is found by what was translated, so a page may have moved since. Raises Refused when the Indonesian
    or the English has changed since the table was made, and when the translation cannot be right.
    """
    pair = _meant(row, pages)
    before = pair.indonesian.text + (pair.english.text if pair.english else "")
    if row.narrow and (lost := [each for each in before if each.encode("cp1252", "ignore") == b""]):
        raise Refused("lost", what=lost[0])
    if pair.english and _letters(pair.english.text) != _letters(row.english):
        raise Refused("overtaken")
    judge(pair.indonesian.text, row.new)
    page = pages[pair.page]
    return pair.twin, with_translation(page, pages.get(pair.twin), pair, row.new, Mark(row.id))


def _meant(row: Row, pages: dict[str, Page]) -> Pair:
    if not row.id:
        raise Refused("code")
    same = [each for each in all_pairs(pages) if each.indonesian and each.indonesian.id == row.id]
    here = [each for each in same if each.page == row.page]
    exact = [each for each in here if each.indonesian.number == row.place]
    for found in (exact, here, same):
        if len(found) == 1:
            return found[0]
    raise Refused("changed")


def judge(indonesian: str, new: str) -> None:
    """Raises Refused when ``new`` cannot be the English of a section: damaged by a spreadsheet, or without the
    headings, placeholders, links or front matter's words that the Indonesian has."""
    if _EXCEL.fullmatch(new):
        raise Refused("excel", what=new)
    if lost := _LOST.search(LINK.sub(r"\1", PLACEHOLDER.sub("", new))):
        raise Refused("lost", what=lost[0])
    if _levels(indonesian) != _levels(new):
        raise Refused("headings")
    words = list(split_words(indonesian)[0])
    if words != list(split_words(new)[0]):
        raise Refused("words", what=" · ".join(f"{each}: …" for each in words))
    for key, what in differences(indonesian, new):
        raise Refused(key, what=what)


def _levels(text: str) -> list[str]:
    return re.findall(r"^#{1,6}(?= )", text, re.M)


def _letters(text: str) -> str:
    """What no way of saving a table changes."""
    return re.sub(r"[^a-z0-9]", "", text.lower())
