"""Reads a filled workbook (or any file of the kind an office has) back as rows of a table."""

from dataclasses import dataclass, field
from pathlib import Path

from scripts.checks.table_files import Table
from scripts.checks.table_said import Fault, Teller
from scripts.lists.findings import Findings, Unreadable
from scripts.lists.opening import open_sheets
from scripts.lists.sheet import Sheet, letters
from scripts.sheets.cells import Refused, cell_text
from scripts.sheets.template import LISTS

SEARCHED = 20  # rows from the top among which the headings are looked for


@dataclass
class Filled:
    """What came back: rows as text in the order of the schema, and where each of them stands in the sheet."""

    file: str
    sheet: str
    mark: str = ""  # of the table as it was when the template was written; "" for a file that is no template
    rows: list[list[str]] = field(default_factory=list)
    sheet_rows: list[int] = field(default_factory=list)  # from 1, as Excel counts
    columns: list[int] = field(default_factory=list)  # from 0, for each field of the schema


class SheetTeller(Teller):
    """Tells faults of one table by the cells of the sheet it was read from, and all others as usual."""

    def __init__(self, words, language: str, table: Table, filled: Filled):
        super().__init__(words, language)
        self.table, self.filled = table.name, filled

    def file(self, table: Table) -> str:
        """The workbook and its sheet, for the table read from it."""
        if table.name != self.table:
            return super().file(table)
        return " › ".join(part for part in (self.filled.file, self.filled.sheet) if part)

    def row(self, table: Table, row: int) -> str:
        """The sheet's row of a row of the table."""
        return self.say("table.row", row=self._row(row)) if table.name == self.table else super().row(table, row)

    def place(self, fault: Fault) -> str:
        """``sel G14 (Nomor izin)``."""
        if fault.table.name != self.table:
            return super().place(fault)
        if fault.column is None:
            return self.row(fault.table, fault.row) if fault.row else ""
        cell = f"{letters(self.filled.columns[fault.column])}{self._row(fault.row)}"
        return self.say("table.cell", cell=cell, title=self.title(fault.table.fields[fault.column]))

    def _row(self, row: int) -> int:
        return self.filled.sheet_rows[row - 2] if row > 1 else 1


def read_filled(path: Path, table: Table, teller: Teller) -> tuple[Filled, list[tuple[str, str, str]]]:
    """The rows of a workbook and what is wrong with its headings and single cells, as (file, place, sentence).

    Raises Unreadable when the file, or a sheet with this table's headings, cannot be found.
    """
    sheets = open_sheets(path, Findings())
    found = [(sheet, at) for sheet in sheets if sheet.name != LISTS and (at := _headings(sheet, table)) is not None]
    if not found:
        raise Unreadable("table.no-sheet", name=table.name, names=", ".join(table.names[:4]))
    sheet, at = next((each for each in found if each[0].name == table.name), found[0])
    filled = Filled(path.name, sheet.name, _mark(sheets))
    faults = _place_columns(sheet, at, table, filled, teller)
    return filled, faults or _take_rows(sheet, at, table, filled, teller)


def _mark(sheets: list[Sheet]) -> str:
    lists = next((sheet.rows for sheet in sheets if sheet.name == LISTS), None)
    return str(lists[0][0]) if lists and lists[0] else ""


def _headings(sheet: Sheet, table: Table) -> int | None:
    """The row (from 0) that holds the machine's names, or else the titles; None when neither is there."""
    for known in ([[name] for name in table.names], _titles(table)):
        for at, row in enumerate(sheet.rows[:SEARCHED]):
            cells = {str(cell).strip() for cell in row}
            if sum(bool(cells & set(each)) for each in known) * 2 > len(known):
                return at
    return None


def _titles(table: Table) -> list[list[str]]:
    return [[each.get("title", ""), each.get("title@en", "")] for each in table.fields]


def _place_columns(sheet: Sheet, at: int, table: Table, filled: Filled, teller: Teller) -> list[tuple[str, str, str]]:
    """Finds the column of each field. Returns faults: columns missing, unknown, or there twice."""
    places: dict[str, int] = {}
    faults = []
    titles = {title: name for name, both in zip(table.names, _titles(table), strict=True) for title in both if title}
    place = f"{filled.file} › {sheet.name}"
    for column, cell in enumerate(sheet.rows[at]):
        label = str(cell or "").strip()
        name = label if label in table.names else titles.get(label, "")
        spot = f"{letters(column)}{at + 1}"
        if name in places:
            faults.append((place, spot, teller.say("data.heading-twice", label=label, letter=letters(places[name]))))
        elif name:
            places[name] = column
        elif label or any(row[column] not in ("", None) for row in sheet.rows[at + 1 :] if column < len(row)):
            faults.append((place, spot, teller.say("data.heading-unknown", label=label)))
    for number, name in enumerate(table.names):
        if name not in places:
            values = {"heading": name, "title": teller.title(table.fields[number]), "letter": letters(number)}
            faults.append((place, "", teller.say("data.heading-missing", **values)))
    filled.columns = [places.get(name, 0) for name in table.names]
    return faults


def _take_rows(sheet: Sheet, at: int, table: Table, filled: Filled, teller: Teller) -> list[tuple[str, str, str]]:
    pointing = {name for key in table.schema.get("foreignKeys", []) for name in key["fields"]}
    faults: list[Fault] = []
    for number, row in enumerate(sheet.rows[at + 1 :], at + 1):
        values = [row[column] if column < len(row) else "" for column in filled.columns]
        formulas = [column for column in filled.columns if (number, column) in sheet.formulas]
        if not formulas and all(value is None or str(value).strip() == "" for value in values):
            continue
        filled.sheet_rows.append(number + 1)
        filled.rows.append([])
        for each, column, value in zip(table.fields, filled.columns, values, strict=True):
            judged = bool({"pattern", "enum"} & set(each.get("constraints", {}))) or each["name"] in pointing
            try:
                if column in formulas:
                    raise Refused("table.formula")
                filled.rows[-1].append(cell_text(each, value, judged))
            except Refused as no:
                filled.rows[-1].append("")
                spot = (len(filled.rows) + 1, filled.columns.index(column))
                faults.append(teller.fault(table, no.key, *spot, **no.values))
    return SheetTeller(teller.words, teller.language, table, filled).told(faults)
