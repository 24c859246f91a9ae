"""Every row of data/ that can grow old: its kind, where it stands, and by when it must be checked again."""

from dataclasses import dataclass
from datetime import date

from scripts.site.freshness import check_by, is_late
from scripts.site.rows import Tables

# The kind, in data/facts/limits.csv, of all rows of a table. A statement says what a law or an office says.
OF_TABLE = {
    "agencies": "agency", "sanctions": "agency", "contacts": "phone", "numbers": "phone", "villages": "village",
    "indicators": "village", "training": "training", "designated": "programme", "news": "programme",
    "statements": "law", "holidays": "holiday",
}  # fmt: skip
# The kind of a condition by its topic; every other topic is what a law or an office says.
OF_TOPIC = {"wage": "wage", "food_allowance": "wage", "cost_cap": "money", "placement_cost": "money",
            "employer_condition": "money", "visas_issued": "count", "demand": "count"}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One dated row. ``file`` is from the hub's folder; ``line`` is the row as a spreadsheet counts it."""

    table: str
    file: str
    line: int
    id: str
    kind: str
    by: date
    row: dict


def kind_of(table: str, row: dict) -> str | None:
    """The kind whose limit holds for a row; None for a table that cannot grow old (a word list, a country)."""
    if table == "facts":
        return row["kind"]
    if table == "conditions":
        return OF_TOPIC.get(row["topic"], "law")
    return OF_TABLE.get(table)


def entries(tables: Tables) -> list[Entry]:
    """Every row that carries a check, in the order of the tables and their files."""
    found = []
    for table, resource in tables.resources.items():
        for at, row in enumerate(tables.rows(table)):
            kind = kind_of(table, row)
            by = kind and check_by(row, kind, tables.limits)
            if by:
                found.append(Entry(table, f"data/{resource['path']}", at + 2, row["id"], kind, by, row))
    return found


def late(tables: Tables, on: date) -> list[Entry]:
    """The rows that are past their limit on a day, first by kind as in limits.csv, then by file."""
    order = list(tables.limits)
    found = [entry for entry in entries(tables) if is_late(entry.by, on)]
    return sorted(found, key=lambda entry: (order.index(entry.kind), entry.file, entry.line))
