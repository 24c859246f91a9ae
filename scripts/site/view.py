"""One page in one language, as the blocks and inline figures see it."""

from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from forms_api.words import Words, long_date, pick
from scripts.site.rows import Tables


class UnknownName(LookupError):
    """A ``[[kind:name]]`` that names nothing. ``near`` holds names that look like it."""

    def __init__(self, kind: str, name: str, known=()):
        self.kind, self.name = kind, name
        self.near = get_close_matches(name, list(known), 3, 0.6)
        hint = f" (perhaps {', '.join(self.near)})" if self.near else ""
        super().__init__(f"[[{kind}:{name}]] is not known{hint}")


class Misplaced(ValueError):
    """A ``[[kind:name]]`` that stands where it cannot work, or is written with a slip. ``text`` is what was found."""

    def __init__(self, text: str):
        self.text = text
        super().__init__(f"{text} must stand alone in its paragraph, or is not written as [[kind:name]]")


def site_path(page: str, language: str) -> str:
    """Where a page (its Indonesian path from docs/) is published, from the site's root: ``en/guides/before/costs/``."""
    path = page.removesuffix(".md")
    path = path.removesuffix("index") if path.split("/")[-1] == "index" else path + "/"
    return path if language == "id" else f"{language}/{path}"


@dataclass
class View:
    """What a block may ask for, and what it tells the page about what it showed.

    ``root`` leads from the page to the site's root: ``../../`` or empty. ``today`` is the day of the build.
    ``shown`` collects (row, kind of its limit), ``notes`` the ids of statements in order of their marks.
    """

    language: str
    root: str
    tables: Tables
    words: Words
    docs: Path | None = None
    today: date = field(default_factory=date.today)
    shown: list[tuple[dict, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def say(self, key: str, **values) -> str:
        """A sentence of the words files in the page's language."""
        return self.words.say(self.language, key, **values)

    def pick(self, row: dict, key: str) -> str:
        """A text of a row in the page's language; empty where it is not written.

        A column without an English twin (an address, a name) reads the same in both.
        """
        return pick(row, key, self.language if f"{key}@en" in row else "id")

    def date(self, day) -> str:
        """A day, or the part of one that is known, as people write it."""
        return long_date(day, self.language)

    def label(self, table: str, column: str, code: str) -> str:
        """What readers see for a code of a table's column."""
        return self.tables.label(table, column, code, self.language)

    def title(self, table: str, column: str) -> str:
        """A column's title, as the schema gives it."""
        return self.pick(self.tables.field(table, column), "title")

    def link(self, page: str) -> str:
        """The address, from this page, of another page given by its Indonesian path from docs/."""
        return self.root + site_path(page, self.language) or "./"

    def row(self, table: str, name: str, kind: str) -> dict:
        """One row by its key. Raises UnknownName, for the placeholder ``[[kind:name]]``, when there is none."""
        rows = self.tables.by_id(table)
        if name not in rows:
            raise UnknownName(kind, name, rows)
        return rows[name]

    def uses(self, row: dict, kind: str) -> dict:
        """Note that the page shows a row whose limit is that of ``kind``; gives the row back."""
        self.shown.append((row, kind))
        return row
