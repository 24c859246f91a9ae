"""What a filled workbook changes in a table: rows added, changed and removed, and the rows to write."""

from dataclasses import dataclass, field

from scripts.checks.table_files import Table
from scripts.sheets.cells import same_value

Row = list[str]


@dataclass
class Changes:
    """``rows`` is the whole new table without headings. The three lists hold keys; ``changed`` also each
    (column number, old text, new text). ``sorted_anew`` is true when only the order of rows was changed."""

    rows: list[Row] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    changed: dict[str, list[tuple[int, str, str]]] = field(default_factory=dict)
    sorted_anew: bool = False

    def any(self) -> bool:
        """Whether a row is new, different or gone."""
        return bool(self.added or self.removed or self.changed)


def key_of(table: Table, row: Row) -> str:
    """The key of a row as a person would name it."""
    return " ".join(row[table.names.index(name)] for name in table.key)


def settled(table: Table, old: list[Row], new: list[Row]) -> list[Row]:
    """``new`` with every cell that means the same as before written as it was before."""
    known = {key_of(table, row): row for row in old}
    kinds = [each["type"] for each in table.fields]
    return [[was if same_value(kind, was, now) else now
             for kind, was, now in zip(kinds, known.get(key_of(table, row), row), row, strict=True)]
            for row in new]  # fmt: skip


def compare(table: Table, old: list[Row], new: list[Row]) -> Changes:
    """How ``new`` differs from ``old``; keys are unique in both.

    Rows that a person sorted in Excel go back to their old order, or the difference would be the whole file;
    new ones then stand at the end. Otherwise the order is the one of the sheet.
    """
    before = {key_of(table, row): row for row in old}
    after = {key_of(table, row): row for row in new}
    changes = Changes()
    changes.added = [key for key in after if key not in before]
    changes.removed = [key for key in before if key not in after]
    for key, row in after.items():
        if key in before and row != before[key]:
            cells = enumerate(zip(before[key], row, strict=True))
            changes.changed[key] = [(at, was, now) for at, (was, now) in cells if was != now]
    kept = [key for key in before if key in after]
    changes.sorted_anew = kept != [key for key in after if key in before]
    order = [*kept, *changes.added] if changes.sorted_anew else list(after)
    changes.rows = [after[key] for key in order]
    return changes
