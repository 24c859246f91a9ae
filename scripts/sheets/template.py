"""Writes a table as a workbook to fill in: titles, help, drop-downs, real dates, codes and numbers kept as text."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import xlsxwriter

from scripts.checks.table_files import Table
from scripts.checks.table_hints import EXAMPLE_DAY, example
from scripts.checks.table_said import Teller
from scripts.lists.sheet import letters
from scripts.sheets.choices import Choice, choices

LISTS = "Pilihan"  # the sheet of the drop-downs; in its A1 stands the mark of the table it was made from
LAST = 1_048_575  # rows of a sheet, from 0
HEADINGS = 2  # titles, then the machine's names
NARROW, WIDE = 10, 48
FIRST_DAY = date(1945, 1, 1)


def mark(content: bytes) -> str:
    """What tells a table's content from every other; short, for it stands in a cell."""
    return sha256(content).hexdigest()[:16]


def write_template(path: Path, table: Table, tables: dict[str, Table], content_mark: str, teller: Teller) -> None:
    """Writes ``table`` with all its rows to ``path``; ``tables`` are those its foreign keys point to, read."""
    with xlsxwriter.Workbook(str(path), {"strings_to_urls": False}) as book:
        sheet = book.add_worksheet(table.name)
        forms = {
            "text": book.add_format({"num_format": "@"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            "plain": book.add_format({"align": "left"}),
            "title": book.add_format({"bold": True, "bg_color": "#0F5C4D", "font_color": "#FFFFFF", "num_format": "@"}),
            "name": book.add_format({"font_size": 8, "font_color": "#595959", "num_format": "@"}),
        }
        lists = _write_choices(book, choices(table, tables, teller), content_mark, teller)
        for at, field in enumerate(table.fields):
            _write_column(sheet, table, at, field, forms, lists.get(field["name"], ""), teller)
        sheet.freeze_panes(HEADINGS, 1)
        sheet.set_row(1, 11)
        sheet.autofilter(1, 0, len(table.rows), len(table.names) - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{letters(len(table.names) - 1)}{LAST + 1}"})
        sheet.activate()


def _write_choices(book, known: dict[str, Choice], content_mark: str, teller: Teller) -> dict[str, str]:
    """The sheet of the drop-downs. Returns the range of codes for each column that has one."""
    sheet = book.add_worksheet(LISTS)
    bold = book.add_format({"bold": True})
    text = book.add_format({"num_format": "@"})
    sheet.write_string(0, 0, content_mark)
    sheet.write_string(0, 1, teller.say("table.choices"))
    ranges = {}
    for number, (name, choice) in enumerate(known.items()):
        column = 2 * number
        sheet.set_column(column, column, 24, text)
        sheet.set_column(column + 1, column + 1, 32, text)
        sheet.write_string(2, column, choice.title, bold)
        for row, (code, label) in enumerate(choice.codes, 3):
            sheet.write_string(row, column, code, text)
            sheet.write_string(row, column + 1, label, text)
        letter = letters(column)
        ranges[name] = f"={LISTS}!${letter}$4:${letter}${3 + len(choice.codes)}"
    return ranges


def _write_column(sheet, table: Table, at: int, field: dict, forms: dict, source: str, teller: Teller) -> None:
    kind = field["type"]
    form = forms["date"] if kind == "date" else forms["plain"] if kind in ("integer", "number") else forms["text"]
    cells = table.column(field["name"])
    widest = max([len(teller.title(field)), *map(len, cells)])
    sheet.set_column(at, at, min(max(widest + 2, NARROW), WIDE), form)
    sheet.write_string(0, at, teller.title(field), forms["title"])
    sheet.write_string(1, at, field["name"], forms["name"])
    help_text = column_help(table, field, teller)
    sheet.write_comment(0, at, help_text, {"x_scale": 2.2, "y_scale": 0.5 + len(help_text) / 130, "author": ""})
    for row, cell in enumerate(cells, HEADINGS):
        if cell:
            _write_cell(sheet, row, at, kind, cell, form)
    if rule := _validation(field, source, teller):
        sheet.data_validation(HEADINGS, at, LAST, at, rule)


def _write_cell(sheet, row: int, at: int, kind: str, cell: str, form) -> None:
    try:
        if kind == "date":
            return sheet.write_datetime(row, at, date.fromisoformat(cell), form)
        if kind in ("integer", "number"):
            return sheet.write_number(row, at, float(cell), form)
    except ValueError:
        pass  # a table with faults can be repaired in Excel too
    return sheet.write_string(row, at, cell, form)


def column_help(table: Table, field: dict, teller: Teller) -> str:
    """What the schema says about a column, its codes and an example, as the comment of its heading."""
    rules = field.get("constraints", {})
    lines = [field.get("description" if teller.language == "id" else "description@en", "")]
    if rules.get("required"):
        lines.append(teller.say("table.required"))
    if codes := teller.codes(field):
        lines.append(teller.say("table.codes", codes=codes))
    shown = EXAMPLE_DAY if field["type"] == "date" else example(table, field) if rules.get("pattern") else ""
    if shown:
        lines.append(teller.say("table.example", example=shown))
    return "\n".join(line for line in lines if line)


def _validation(field: dict, source: str, teller: Teller) -> dict | None:
    """Excel's own rule for a column: a drop-down, or a real date. 255 letters are the most that Excel shows."""
    about = field.get("description" if teller.language == "id" else "description@en", "")
    said = {"input_title": teller.title(field)[:32], "input_message": about[:255],
            "error_title": teller.title(field)[:32]}  # fmt: skip
    if source or field["type"] == "boolean":
        return {"validate": "list", "source": source or ["true", "false"], "error_message": teller.say("table.choose"),
                **said}  # fmt: skip
    if field["type"] == "date":
        message = teller.say("table.type-date", example=EXAMPLE_DAY)
        return {"validate": "date", "criteria": ">=", "value": FIRST_DAY, "error_message": message, **said}
    return None
