"""What the drop-downs of a table offer: the codes of its schema, and the keys of the tables it points to."""

from dataclasses import dataclass

from scripts.checks.table_files import Table
from scripts.checks.table_said import Teller


@dataclass(frozen=True)
class Choice:
    """One drop-down: a title, and (code, what it means) pairs."""

    title: str
    codes: list[tuple[str, str]]


def choices(table: Table, tables: dict[str, Table], teller: Teller) -> dict[str, Choice]:
    """The drop-down of each column that has one, by the column's name."""
    labels = "labels" if teller.language == "id" else "labels@en"
    found = {}
    for field in table.fields:
        if codes := field.get("constraints", {}).get("enum"):
            known = field.get(labels, {})
            found[field["name"]] = Choice(teller.title(field), [(str(code), known.get(code, "")) for code in codes])
    for key in table.schema.get("foreignKeys", []):
        (name, *more), reference = key["fields"], key["reference"]
        if not more:
            other = tables[reference.get("resource") or table.name]
            pairs = zip(other.column(reference["fields"][0]), _labels(other), strict=True)
            found[name] = Choice(f"{other.title(teller.language)} ({other.name})", [each for each in pairs if each[0]])
    return {name: choice for name, choice in found.items() if choice.codes}


def _labels(table: Table) -> list[str]:
    """What a person knows each row by: the first text after its key."""
    texts = [each["name"] for each in table.fields if each["type"] == "string" and each["name"] not in table.key]
    return [cell[:60] for cell in table.column(texts[0])] if texts else [""] * (len(table.rows) - 1)
