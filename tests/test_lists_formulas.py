"""Formulas are seen in every kind of workbook, by address; merges and hidden sheets too."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from scripts.lists.findings import Findings
from scripts.lists.opening import open_sheets
from scripts.lists.sheet import clean, letters
from scripts.lists.xml_parts import spot

from . import lists_files as files
from .lists_files import Formula

ROWS = [["nama", "nomor_izin", "tanggal"], ["SATU", "0123456789012", date(2027, 1, 12)],
        ["DUA", Formula("1+1", 2), ""], ["", "", ""], ["TIGA", "0123456789013", Formula("B2")]]  # fmt: skip
WRITERS = {"xlsx": files.as_xlsx, "xls": files.as_xls, "ods": files.as_ods, "html": files.as_html}


def opened(path: Path):
    findings = Findings()
    return open_sheets(path, findings), findings


@pytest.mark.parametrize("form", WRITERS)
def test_formula_cells_are_found_by_row_and_column(form, tmp_path):
    (sheet,), _ = opened(WRITERS[form](tmp_path / f"a.{form}", ROWS))
    assert sheet.formulas == {(2, 1), (4, 2)}
    assert clean(sheet.rows[1][1]) == "0123456789012"
    assert clean(sheet.rows[1][2]) == "2027-01-12"
    assert sheet.place(2, 1).endswith("B3")


def test_a_big_old_book_and_a_small_one_are_both_seen_through(tmp_path):
    """Streams under 4,096 bytes live in another place of the file ([MS-CFB] 2.6.1)."""
    small = files.as_xls(tmp_path / "small.xls", ROWS)
    big = files.as_xls(
        tmp_path / "big.xls", ROWS + [[f"NAMA {n}", f"{n:013}", ""] for n in range(30000)] + [[Formula("1+1")]]
    )
    assert opened(small)[0][0].formulas == {(2, 1), (4, 2)}
    assert big.stat().st_size > 2_000_000
    assert opened(big)[0][0].formulas == {(2, 1), (4, 2), (30005, 0)}


def test_a_pasted_error_is_no_empty_cell(tmp_path):
    import openpyxl
    import xlwt

    book = openpyxl.Workbook()
    book.active.append(["nama", "nomor_izin"])
    book.active["B2"], book.active["B3"] = "#N/A", True
    book.active["B2"].data_type = "e"
    book.save(tmp_path / "a.xlsx")
    assert opened(tmp_path / "a.xlsx")[0][0].formulas == {(1, 1)}
    old = xlwt.Workbook()
    row = old.add_sheet("Data").row(1)
    row.set_cell_error(1, "#N/A!")
    row.set_cell_boolean(2, True)
    old.save(str(tmp_path / "a.xls"))
    assert opened(tmp_path / "a.xls")[0][0].formulas == {(1, 1)}


def test_rows_and_cells_that_an_ods_counts_instead_of_writing_keep_their_address(tmp_path, monkeypatch):
    rows = ('<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="2"/></table:table-row>'
            '<table:table-row><table:table-cell table:number-columns-repeated="2"/>'
            '<table:table-cell table:formula="of:=1" office:value-type="float" office:value="1"/></table:table-row>')  # fmt: skip
    monkeypatch.setattr(files, "_ods_rows", lambda *_: rows)
    (sheet,), _ = opened(files.as_ods(tmp_path / "a.ods", ROWS))
    assert sheet.formulas == {(3, 2)}
    assert clean(sheet.rows[3][2]) == "1"


def test_a_cell_merged_downwards_counts_for_each_of_its_rows(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["nama", "provinsi"], ["SATU", "Bali"], ["DUA", None], ["TIGA", None]):
        book.active.append(row)
    book.active.merge_cells("B2:B3")
    book.save(tmp_path / "a.xlsx")
    (sheet,), _ = opened(tmp_path / "a.xlsx")
    assert [row[1] for row in sheet.rows] == ["provinsi", "Bali", "Bali", ""]
    rows = [["nama", "provinsi"], ["SATU", "Bali"], ["DUA", ""], ["TIGA", ""]]
    (sheet,), _ = opened(files.as_ods(tmp_path / "a.ods", rows, tall={(1, 1): 2}))
    assert [row[1] for row in sheet.rows] == ["provinsi", "Bali", "Bali", ""]
    (tmp_path / "a.html").write_text(
        "<table><tr><td>nama<td>provinsi<tr><td>SATU<td rowspan=2>Bali<tr><td>DUA<tr><td>TIGA<td></table>"
    )
    (sheet,), _ = opened(tmp_path / "a.html")
    assert [row[1] for row in sheet.rows] == ["provinsi", "Bali", "Bali", ""]


@pytest.mark.parametrize("form", ["xls", "ods"])
def test_a_hidden_sheet_is_told_and_not_read(form, tmp_path):
    sheets, findings = opened(WRITERS[form](tmp_path / f"a.{form}", ROWS, hidden=[["nama"], ["RAHASIA"]]))
    assert [sheet.name for sheet in sheets] == ["Data"]
    assert [(each.key, each.values) for each in findings.remarks] == [("lists.hidden-sheet", {"sheet": "Rahasia"})]


def test_a_book_that_would_fill_the_machine_is_refused(tmp_path, monkeypatch):
    from scripts.lists import xml_parts
    from scripts.lists.findings import Unreadable

    monkeypatch.setattr(xml_parts, "MOST_BYTES", 100)
    with pytest.raises(Unreadable, match="too-large"):
        opened(files.as_xlsx(tmp_path / "a.xlsx", ROWS))


def test_a_binary_book_whose_formulas_nobody_can_see_is_refused(tmp_path):
    import zipfile

    from scripts.lists.findings import Unreadable

    with zipfile.ZipFile(tmp_path / "a.xlsb", "w") as archive:
        archive.writestr("xl/workbook.bin", "x")
    with pytest.raises(Unreadable, match="unseen-formulas"):
        opened(tmp_path / "a.xlsb")


@pytest.mark.parametrize(("column", "named"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_the_letters_of_a_spreadsheet(column, named):
    assert letters(column) == named
    assert spot(f"{named}7") == (6, column)


@pytest.mark.parametrize("form", ["xlsx", "xls", "ods", "pdf"])
def test_a_file_cut_anywhere_is_refused_or_read_and_never_stumbles(form, tmp_path):
    from scripts.lists.findings import Unreadable

    writers = WRITERS | {"pdf": lambda path, rows: files.as_pdf(path, [["a", "b"], ["c", "d"]], [80, 80])}
    whole = writers[form](tmp_path / f"a.{form}", ROWS).read_bytes()
    step = max(len(whole) // 60, 1)
    for end in range(20, len(whole), step):
        for spoilt in (whole[:end], whole[:end] + b"\xff\xff\xff\xff" + whole[end + 4 :]):
            (tmp_path / "cut").write_bytes(spoilt)
            with suppress(Unreadable):
                opened(tmp_path / "cut")
