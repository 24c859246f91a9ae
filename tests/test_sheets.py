"""Every table of the hub goes out as a workbook with help in it, and comes back to the byte."""

from datetime import datetime

import openpyxl
import pytest

from scripts.checks.table_said import Teller
from scripts.sheets.cells import Refused, cell_text, same_value
from scripts.sheets.changes import compare, settled
from scripts.sheets.files import csv_bytes, csv_path, read_tables
from scripts.sheets.reading import read_filled
from scripts.sheets.template import LISTS, column_help, mark, write_template

from .pages import ROOT, WORDS

TELLER = Teller(WORDS, "id")
TABLES = read_tables(ROOT / "data", TELLER)


def written(tmp_path, name):
    """A table and its template."""
    path = tmp_path / f"{name}.xlsx"
    write_template(path, TABLES[name], TABLES, mark(b""), TELLER)
    return TABLES[name], path


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_table_of_the_hub_comes_back_to_the_byte(tmp_path, name):
    table, path = written(tmp_path, name)
    filled, faults = read_filled(path, table, TELLER)
    assert faults == []
    rows = settled(table, table.rows[1:], filled.rows)
    assert not compare(table, table.rows[1:], rows).any()
    assert csv_bytes([table.names, *rows]) == csv_path(ROOT / "data", table).read_bytes()


@pytest.mark.parametrize("name", ["numbers", "facts"])
def test_a_workbook_saved_by_another_program_comes_back_too(tmp_path, name):
    table, path = written(tmp_path, name)
    openpyxl.load_workbook(path).save(path)
    filled, faults = read_filled(path, table, TELLER)
    assert faults == []
    assert settled(table, table.rows[1:], filled.rows) == table.rows[1:]


def test_the_template_helps_whoever_fills_it(tmp_path):
    _, path = written(tmp_path, "numbers")
    book = openpyxl.load_workbook(path)
    sheet, lists = book["numbers"], book[LISTS]
    assert [sheet["A1"].value, sheet["A2"].value] == ["Kode", "id"]
    assert sheet.freeze_panes == "B3"
    assert sheet.row_dimensions[2].height < 12
    assert sheet["E3"].number_format == sheet.column_dimensions["E"].number_format == "@"
    assert isinstance(sheet["M3"].value, datetime) and sheet["M3"].number_format == "yyyy-mm-dd"
    assert sheet["C1"].comment.text == (
        "Telepon atau WhatsApp.\nHarus diisi.\nPilih salah satu: phone (telepon), whatsapp (WhatsApp)."
    )
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    for column, first in [("B3", "kp2mi-call-center"), ("C3", "phone")]:
        place = rules[column].formula1.split("!")[1].split(":")[0].replace("$", "")
        assert (rules[column].type, lists[place].value) == ("list", first)
    assert rules["H3"].formula1 == '"true,false"'
    assert rules["M3"].type == "date"
    assert rules["B3"].promptTitle == "Kontak" and rules["B3"].prompt == "Kode kontak pemilik nomor ini."


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_column_of_every_template_has_help(name):
    table = TABLES[name]
    titles = [title for each in table.fields for title in {each["title"], each["title@en"]}]
    assert len(titles) == len(set(titles)), "two columns with one title could not be told apart"
    for each in table.fields:
        assert column_help(table, each, TELLER).startswith(each["description"])


@pytest.mark.parametrize("kind, value, text", [
    ("date", datetime(2027, 1, 12), "2027-01-12"), ("date", 46399.0, "2027-01-12"),
    ("date", "12 Januari 2027", "2027-01-12"), ("date", "12/01/2027", "2027-01-12"),
    ("boolean", True, "true"), ("boolean", "TIDAK", "false"), ("boolean", 1.0, "true"),
    ("integer", 1500.0, "1500"), ("number", 620.2, "620.2"), ("number", 0.0000001, "0.0000001"), ("string", None, ""),
    ("string", "  08001000\u00a0", "08001000"), ("number", "banyak", "banyak"),
])  # fmt: skip
def test_a_cell_becomes_the_text_of_the_csv(kind, value, text):
    assert cell_text({"type": kind}, value) == text


@pytest.mark.parametrize("kind, value", [("string", 7.5), ("number", datetime(2027, 1, 12)), ("number", True),
                                         ("date", datetime(2027, 1, 12, 8, 30)), ("string", 9.12e15)])  # fmt: skip
def test_a_cell_that_excel_has_changed_is_refused(kind, value):
    with pytest.raises(Refused):
        cell_text({"type": kind}, value, judged=True)


@pytest.mark.parametrize("kind, old, new, same", [
    ("number", "620.20", "620.2", True), ("number", "620.20", "620.3", False), ("boolean", "TRUE", "true", True),
    ("string", "a\nb", "a\r\nb", True), ("string", "01", "1", False), ("number", "", "0", False),
    ("number", "x", "1", False),
])  # fmt: skip
def test_a_cell_that_means_the_same_stays_as_it_was_written(kind, old, new, same):
    assert same_value(kind, old, new) is same
