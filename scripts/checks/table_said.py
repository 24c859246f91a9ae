"""How a fault in a table is told to an editor: where it is, in Excel's terms, and a sentence of words/tables.toml."""

from collections import Counter
from dataclasses import dataclass

from forms_api.words import Words, pick
from scripts.checks.table_files import Table
from scripts.lists.sheet import letters

SHOWN = 3  # faults of one kind in one column that are told one by one; Excel spoils whole columns at once


@dataclass(frozen=True)
class Fault:
    """One thing to repair. ``row`` counts from 1 with the headings, ``column`` from 0; None where there is none."""

    table: Table
    key: str
    what: str
    row: int | None = None
    column: int | None = None


class Teller:
    """Says things about tables in one language ("id" or "en")."""

    def __init__(self, words: Words, language: str):
        self.words = words
        self.language = language

    def say(self, key: str, **values) -> str:
        """The sentence ``key`` of words/tables.toml with ``values`` put in."""
        return self.words.say(self.language, key, **values)

    def fault(self, table: Table, key: str, row: int | None = None, column: int | None = None, **values) -> Fault:
        """A fault that says the sentence ``key``."""
        return Fault(table, key, self.say(key, **{"name": table.name, "file": table.file, **values}), row, column)

    def title(self, field: dict) -> str:
        """What a column is called; its name when the schema has no title."""
        return pick(field, "title", self.language) or field["name"]

    def codes(self, field: dict) -> str:
        """The codes a column takes, each with its label: ``listed (tercantum), not_listed (tidak tercantum)``."""
        labels = pick(field, "labels", self.language) or {}
        codes = map(str, field.get("constraints", {}).get("enum", []))
        return ", ".join(f"{code} ({labels[code]})" if labels.get(code, code) != code else code for code in codes)

    def row(self, table: Table, row: int) -> str:
        """``baris Excel 12``."""
        return self.say("data.row", row=row)

    def file(self, table: Table) -> str:
        """The file a fault is told at."""
        return table.file

    def place(self, fault: Fault) -> str:
        """``baris Excel 12, kolom G (Nomor izin)``; empty for a fault of the whole file."""
        place = [self.row(fault.table, fault.row)] if fault.row else []
        if fault.column is not None:
            known = fault.column < len(fault.table.fields)
            title = self.title(fault.table.fields[fault.column]) if known else ""
            key = "data.column" if known else "data.column-beyond"
            place.append(self.say(key, letter=letters(fault.column), title=title))
        return ", ".join(place)

    def told(self, faults: list[Fault]) -> list[tuple[str, str, str]]:
        """(file, place, sentence) of each; the fourth and later of one kind in one column become one line."""
        seen: Counter = Counter()
        last: dict[tuple, Fault] = {}
        lines = []
        for fault in faults:
            kind = (fault.table.file, fault.column, fault.key)
            seen[kind] += 1
            last[kind] = fault
            if seen[kind] <= SHOWN:
                lines.append((self.file(fault.table), self.place(fault), fault.what))
        for kind, count in seen.items():
            if count > SHOWN:
                fault = last[kind]
                lines.append((self.file(fault.table), self.place(fault), self.say("data.more", count=count - SHOWN)))
        return lines
