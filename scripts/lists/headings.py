"""Which column is which: by headings that data/agencies/headings.yaml knows, and never by guess."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from pathlib import Path

import yaml

from scripts.lists.findings import Findings
from scripts.lists.sheet import Sheet, clean

MOST_ROWS = 60  # a letterhead and a title are shorter than that
PERSON, NOT_KEPT = "a person's name", "not kept"


def fold(text: str) -> str:
    """A heading or a word of a cell without what does not matter: case, stops, underscores, doubled spaces."""
    return re.sub(r"[\s._:*/()\\-]+", " ", text.casefold()).strip() or text.strip()


@dataclass(frozen=True)
class Header:
    """Where the heading row stands and what its columns are (field names, PERSON or NOT_KEPT)."""

    row: int
    columns: dict[int, str]


class Headings:
    """The known headings and words for one kind of list, ``agencies`` or ``sanctions``."""

    def __init__(self, path: Path, kind: str):
        # The loader that makes everything text: to the others the commonest heading, no, is a false.
        self.all = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
        self.kind = self.all[kind]

    @cached_property
    def known(self) -> dict[str, str]:
        """Folded heading to what its column is."""
        roles = {**self.kind["read"], PERSON: self.kind["persons"], NOT_KEPT: self.kind["not_kept"]}
        return {fold(each): role for role, headings in roles.items() for each in headings}

    def words(self, name: str) -> set[str]:
        """The folded words of a list of words beside the headings, such as ``nothing``."""
        return {fold(each) for each in self.all[name]}

    def action(self, text: str) -> str:
        """The code of a sanction's action, or an empty text when the words are not known."""
        return next((code for code, words in self.kind["actions"].items() if fold(text) in map(fold, words)), "")

    def find(self, sheet: Sheet, findings: Findings) -> Header | None:
        """The heading row of a sheet, or None. What is wrong with it is refused; then the answer is None too."""
        roles = [self._roles(row) for row in sheet.rows[:MOST_ROWS]]
        at = next((n for n, known in enumerate(roles) if self._is_header(known, sheet.rows[n])), None)
        if at is None:
            self._tell_half_known(sheet, roles, findings)
            return None
        row = list(sheet.rows[at])
        if at + 1 < len(roles) and self._goes_on(roles[at + 1], sheet.rows[at + 1]):
            at += 1
            row = [low if clean(low) else high for low, high in zip_longest(sheet.rows[at], row, fillvalue="")]
        before, known = len(findings.refused), self._roles(row)
        self._refuse_faults(row, sheet, at, known, findings)
        return Header(at, known) if len(findings.refused) == before else None

    def _roles(self, row: list) -> dict[int, str]:
        folded = ((column, fold(clean(cell))) for column, cell in enumerate(row) if cell not in ("", None))
        return {column: self.known[text] for column, text in folded if text in self.known}

    def _is_header(self, known: dict[int, str], row: list) -> bool:
        filled = sum(bool(clean(cell)) for cell in row)
        return "name" in known.values() and (len(known) > 1 or filled == 1)

    def _goes_on(self, known: dict[int, str], row: list) -> bool:
        """Whether a row under the heading row is a second one, the upper naming groups of columns: it has the name's
        column again (its cells are merged), or nothing but headings."""
        return self._is_header(known, row) or len(known) == sum(bool(clean(cell)) for cell in row) > 1

    def _tell_half_known(self, sheet: Sheet, roles: list[dict[int, str]], findings: Findings) -> None:
        best = max(range(len(roles)), key=lambda n: len(roles[n]), default=None)
        if best is not None and len(roles[best]) > 1:
            unknown = [clean(cell) for column, cell in enumerate(sheet.rows[best])
                       if clean(cell) and column not in roles[best]]  # fmt: skip
            headings = ", ".join(f"«{each}»" for each in unknown) or "–"
            findings.refuse("lists.no-name-column", sheet.place(best), headings=headings)

    def _refuse_faults(self, row: list, sheet: Sheet, at: int, known: dict[int, str], findings: Findings) -> None:
        seen: dict[str, str] = {}
        for column, cell in enumerate(row):
            text, role = clean(cell), known.get(column, "")
            if not text:
                continue
            if not role:
                findings.refuse("lists.unknown-heading", sheet.place(at, column), heading=text)
            elif role in seen and role not in ("number", PERSON, NOT_KEPT):
                findings.refuse("lists.heading-twice", sheet.place(at, column), heading=text, other=seen[role])
            seen.setdefault(role, text)
