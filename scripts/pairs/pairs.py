"""The two languages of a page, section by section: which belong together, which English is behind, and what one says
that the other does not."""

import re
from dataclasses import dataclass

from scripts.pairs.sections import Section, names, sections
from scripts.site.pages import Page
from scripts.site.resolve import PLACEHOLDER

FRESH, BEHIND, UNMARKED, MISSING, LEFT_OVER = "fresh", "behind", "unmarked", "missing", "left-over"
# Digits that belong to an address, to Markdown, or to the place of an item in a list.
_NO_FIGURE = re.compile(rf"{PLACEHOLDER.pattern}|\]\([^()\s]*\)|\{{[^{{}}\n]*\}}|^\s*\d+[.)] |^#+ +\d+[.)] ", re.M)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class Pair:
    """An Indonesian section and the English one that stands for it; one of the two may be None, not both.

    ``page`` and ``twin`` are the names of the two pages.
    """

    page: str
    twin: str
    indonesian: Section | None
    english: Section | None

    @property
    def state(self) -> str:
        """FRESH; BEHIND: the Indonesian changed after it was translated; UNMARKED: nobody has said what it was
        translated from; MISSING: there is no English; LEFT_OVER: its Indonesian is gone."""
        if not self.english:
            return MISSING
        if not self.indonesian:
            return LEFT_OVER
        if not self.english.mark:
            return UNMARKED
        return FRESH if self.english.mark.id == self.indonesian.id else BEHIND

    @property
    def heading(self) -> str:
        """The heading by which an editor knows the section."""
        return (self.indonesian or self.english).heading


def pairs(page: Page, twin: Page | None) -> list[Pair]:
    """The sections of an Indonesian page with their English ones, then English ones that are left over.

    The opening goes with the opening. Every other English section goes with the Indonesian one it remembers,
    wherever that stands now; what then remains goes by place, or by the figures and links both have.
    """
    (opening, *ours), (first, *theirs) = sections(page), sections(twin) if twin else [None]
    found = {opening.number: first}
    for each in ours:
        known = next((one for one in theirs if one.mark and one.mark.id == each.id), None)
        if known:
            found[each.number] = known
            theirs.remove(known)
    found |= _by_place([each for each in ours if each.number not in found], theirs)
    matched = [Pair(page.name, page.twin, each, found.get(each.number)) for each in (opening, *ours)]
    left = [each for each in theirs if each not in found.values()]
    return matched + [Pair(page.name, page.twin, None, each) for each in left]


def _by_place(ours: list[Section], theirs: list[Section]) -> dict[int, Section]:
    if len(ours) == len(theirs):
        return {one.number: other for one, other in zip(ours, theirs, strict=True)}
    found = {}
    for other in theirs[: len(ours)]:
        free = [one for one in ours if one.number not in found]
        best = max(free, key=lambda one: ((one.names & other.names).total(), -one.number))
        found[best.number] = other
    return found


def all_pairs(pages: dict[str, Page]) -> list[Pair]:
    """The pairs of every page."""
    written = [page for page in pages.values() if page.language == "id"]
    return [pair for page in written for pair in pairs(page, pages.get(page.twin))]


def unlike(page: Page, twin: Page) -> list[tuple[int, str, str]]:
    """(line of the English page, what kind of fault, what is meant) for all that the two pages do not share."""
    faults = []
    whole, english = ("\n".join(each.text for each in sections(one)) for one in (page, twin))
    for pair in pairs(page, twin):
        line = (pair.english or pair.indonesian).line
        if pair.state in (MISSING, LEFT_OVER):
            faults.append((line if pair.english else 0, f"section-{pair.state}", pair.heading))
            continue
        if pair.english.odd:
            faults.append((line, "section-odd", pair.english.odd))
        if pair.english.is_empty and not pair.indonesian.is_empty:
            faults.append((line, "section-empty", pair.english.heading))
            continue
        faults += [(line, kind, what) for kind, what in differences(pair.indonesian.text, pair.english.text)]
        faults += [(line, "figure-only-here", each) for each in sorted(figures(pair.english.text) - figures(whole))]
        faults += [(line, "figure-missing", each) for each in sorted(figures(pair.indonesian.text) - figures(english))]
    return faults


def differences(indonesian: str, english: str) -> list[tuple[str, str]]:
    """("missing-here" or "only-here", what) for placeholders and link targets that only one text has."""
    ours, theirs = names(english), names(indonesian)
    return [("missing-here", each) for each in theirs - ours] + [("only-here", each) for each in ours - theirs]


def figures(text: str) -> set[str]:
    """The figures written out in a text, thousands without their dot or comma."""
    return {re.sub(r"[.,](?=\d{3}\b)", "", each) for each in _FIGURE.findall(_NO_FIGURE.sub(" ", text))}
