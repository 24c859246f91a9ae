"""CSV files of every office program, and their letters."""

import pytest

from scripts.lists.findings import Findings, Unreadable
from scripts.lists.text_tables import text_sheet

ROWS = [["nama", "alamat"], ["PT CAFÉ", "Jl. A, No. 1; Lt. 2"], ["PT B", "C | D"]]
LINES = 'nama{0}alamat\nPT CAFÉ{0}"Jl. A, No. 1; Lt. 2"\nPT B{0}"C | D"\n'


def read(data: bytes):
    findings = Findings()
    return text_sheet("a.csv", data, findings).rows, [each.key for each in findings.remarks]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_it_is_read_whatever_stands_between_cells_and_however_letters_are_written(delimiter, encoding):
    assert read(LINES.format(delimiter).encode(encoding)) == (ROWS, [])


def test_windows_letters_are_read_and_told():
    assert read(LINES.format(";").encode("cp1252")) == (ROWS, ["lists.read-as-1252"])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_one(end):
    assert read(LINES.format(";").replace("\n", end).encode())[0] == ROWS


def test_titles_above_the_table_do_not_hide_its_delimiter():
    text = "DAFTAR P3MI, PROVINSI CONTOH, 2026\nDinas; Contoh\n\n" + LINES.format(";")
    assert read(text.encode())[0][-3:] == ROWS


def test_the_line_that_excel_hides_names_the_delimiter():
    assert read(b"sep=|\nnama|alamat, kota\n")[0][-1] == ["nama", "alamat, kota"]


def test_a_cell_may_hold_a_line_break():
    assert read(b'nama;alamat\nPT A;"Jl. A\nNo. 1"\n')[0] == [["nama", "alamat"], ["PT A", "Jl. A\nNo. 1"]]


def test_an_odd_mark_inside_a_cell_ends_no_line():
    assert read("nama;alamat\nPT A;Jl. A\u2028No. 1\n".encode())[0][1] == ["PT A", "Jl. A\u2028No. 1"]


@pytest.mark.parametrize("data", [b'nama;a\n"PT A;b\nPT C;d\n', b'nama;a\n"PT A"x;b\n'])
def test_quotes_that_do_not_pair_are_refused(data):
    with pytest.raises(Unreadable, match="quotes"):
        read(data)


@pytest.mark.parametrize(("data", "key"), [(b"a\0b;c", "not-a-table"), (b"caf\x81", "letters")])
def test_what_is_no_text_is_refused(data, key):
    with pytest.raises(Unreadable, match=key):
        read(data)
