"""What waits for editors: facts to check, sections to translate, pages to read again, rows without a source.

Worked out on the day of the build and shown on a page of its own, outside the menu and the search engines.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from forms_api.words import Words, long_date, pick
from scripts.pairs.pairs import FRESH, all_pairs
from scripts.site.freshness import add_months
from scripts.site.ledger import entries
from scripts.site.pages import Page
from scripts.site.rows import Tables
from scripts.site.source_lines import address, row_lines

LABELS = ("label", "name", "term", "title", "programme", "number", "village", "text")
REVIEW_MONTHS = 12


@dataclass(frozen=True)
class Line:
    """One thing to do: what, why or by when, in which file and line, and the address where it is edited."""

    what: str
    note: str
    place: str
    url: str


@dataclass(frozen=True)
class Group:
    """The things to do in one file, or all of a kind."""

    name: str
    lines: list[Line]


class Rounds:
    """One look at the hub, on one day, in one language."""

    def __init__(self, tables: Tables, pages: dict[str, Page], words: Words, language: str, on: date):
        self.tables, self.pages, self.words, self.language, self.on = tables, pages, words, language, on
        self._lines: dict[str, list[int]] = {}  # of each table, where its rows begin
        self._entries = entries(tables)

    def lists(self) -> dict[str, list[Group]]:
        """What waits, by list: late, due, behind, unread, sourceless; each only with groups that hold something."""
        until = add_months(self.on, 1)
        found = {
            "late": self._dated(date.min, self.on),
            "due": self._dated(self.on, until),
            "behind": [Group("", list(self._behind()))],
            "unread": [Group("", list(self._unread()))],
            "sourceless": [Group(self._path(each), list(self._sourceless(each))) for each in self.tables.resources],
        }
        return {name: [group for group in groups if group.lines] for name, groups in found.items()}

    def _dated(self, first: date, end: date) -> list[Group]:
        """Rows whose limit is on or after ``first`` and before ``end``, the soonest of a table first."""
        due = sorted((each for each in self._entries if first <= each.by < end), key=lambda each: each.by)
        groups = []
        for table in self.tables.resources:
            lines = [self._row(table, each.row, self._begins(table)[each.line - 2], each.by)
                     for each in due if each.table == table]  # fmt: skip
            groups.append(Group(self._path(table), lines))
        return groups

    def _behind(self) -> Iterator[Line]:
        for pair in all_pairs(self.pages):
            if pair.state != FRESH:
                file, there = (pair.twin, pair.english) if pair.english else (pair.page, pair.indonesian)
                yield self._line(pair.heading, self._say("pair." + pair.state), f"docs/{file}", there.line)

    def _unread(self) -> Iterator[Line]:
        oldest = add_months(self.on, -REVIEW_MONTHS)
        for page in self.pages.values():
            meta = page.meta or {}
            if page.language == "id":
                day = meta.get("reviewed")
                note = self._say("editors.never")
                if isinstance(day, date):
                    note = self._say("editors.reviewed", date=long_date(day, self.language))
                if not isinstance(day, date) or day < oldest:
                    title = next((text for level, text in page.headings if level == 1), page.name)
                    yield self._line(title, note, f"docs/{page.name}", _line_of(page, "reviewed:"))

    def _sourceless(self, table: str) -> Iterator[Line]:
        for row, line in zip(self.tables.rows(table), self._begins(table), strict=True):
            if row.get("source") == "":
                yield self._row(table, row, line)

    def _begins(self, table: str) -> list[int]:
        if table not in self._lines:
            self._lines[table] = row_lines(self.tables.data / self.tables.resources[table]["path"])
        return self._lines[table]

    def _row(self, table: str, row: dict, line: int, by: date | None = None) -> Line:
        key = next(iter(row.values()))
        label = next((text for each in LABELS if (text := self._text(row, each))), "")
        note = self._say("editors.by", date=long_date(by, self.language)) if by else ""
        return self._line(f"{key}: {label[:90]}" if label else key, note, self._path(table), line)

    def _text(self, row: dict, key: str) -> str:
        return pick(row, key, self.language if f"{key}@en" in row else "id")

    def _line(self, what: str, note: str, path: str, line: int) -> Line:
        return Line(what, note, f"{path}:{line}", address(self.tables.hub.get("repository") or "", path, line))

    def _path(self, table: str) -> str:
        return "data/" + self.tables.resources[table]["path"]

    def _say(self, key: str, **values) -> str:
        return self.words.say(self.language, key, **values)


def _line_of(page: Page, beginning: str) -> int:
    """The line of a page's front matter that begins so, else its first."""
    lines = page.text.splitlines()
    return next((number for number, line in enumerate(lines, 1) if line.startswith(beginning)), 1)
