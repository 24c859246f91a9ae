"""The table for translators, as spreadsheet programs send it back."""

import csv
from io import StringIO
from pathlib import Path

import pytest

from scripts.pairs.pairs import pairs
from scripts.pairs.translation_sheet import NotOurs, read_sheet, write_sheet

from .translated import page, twin

BROKEN = Path(__file__).parent / "broken" / "sheets"
TITLES = ["Halaman", "Bagian", "Teks Indonesia sekarang", "Teks Inggris sekarang", "Teks Inggris baru"]
NEW = "## What is clear\n\nSay “no”; then ring, please.\n"


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def saved(delimiter: str = ";", encoding: str = "utf-8-sig", line_break: str = "\n") -> bytes:
    """The table with one cell filled, as some program saves it."""
    rows = cells(write_sheet(pairs(page(), twin()), TITLES))
    rows[2][4] = NEW
    out = StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue().replace("\r\n", "\0").replace("\n", line_break).replace("\0", "\r\n").encode(encoding)


SAVED = {
    "indonesian excel": saved(),
    "excel with commas": saved(","),
    "excel without utf-8": saved(encoding="cp1252"),
    "excel with commas and without utf-8": saved(",", "cp1252"),
    "excel's unicode text": saved("\t", "utf-16"),
    "windows line breaks in cells": saved(line_break="\r\n"),
    "no byte order mark": saved(encoding="utf-8"),
}


def test_excel_with_indonesian_settings_opens_it_right():
    content = write_sheet(pairs(page(), twin()), TITLES)
    assert content.startswith(b"\xef\xbb\xbfHalaman;Bagian;")
    assert b"\r\n" in content
    rows = cells(content)
    assert rows[0] == TITLES
    assert [len(row) for row in rows] == [5] * 4
    assert rows[2][0] == "guides/costs.md"
    assert rows[2][2].startswith("## Yang sudah jelas\n\nMenurut UU")
    assert rows[2][3].startswith("## What is clear\n\nUnder UU")
    assert {row[4] for row in rows[1:]} == {""}


def test_no_cell_is_taken_for_a_formula_or_a_number():
    for row in cells(write_sheet(pairs(page(), None), TITLES))[1:]:
        assert not any(cell[:1] in tuple("=+-@0123456789") for cell in row if cell)


@pytest.mark.parametrize("content", SAVED.values(), ids=SAVED)
def test_however_it_was_saved_the_same_row_comes_back(content):
    (row,) = read_sheet(content)
    ours = pairs(page(), twin())[1]
    assert (row.number, row.page, row.place, row.id) == (3, "guides/costs.md", 1, ours.indonesian.id)
    assert row.new == NEW.strip()
    assert row.english == ours.english.text
    assert row.narrow == (content in (saved(encoding="cp1252"), saved(",", "cp1252")))


def test_a_row_nobody_filled_is_not_there():
    assert list(read_sheet(write_sheet(pairs(page(), twin()), TITLES))) == []


def test_a_changed_section_cell_is_seen():
    content = saved().decode("utf-8-sig").replace("Yang sudah jelas (1, id:", "Yang sudah jelas (satu, id:")
    (row,) = read_sheet(content.encode())
    assert (row.place, row.id) == (None, "")


@pytest.mark.parametrize("path", sorted(BROKEN.glob("*.csv")), ids=lambda path: path.stem)
def test_a_file_that_is_not_our_table_is_refused(path):
    with pytest.raises(NotOurs):
        list(read_sheet(path.read_bytes()))
