"""Records are what is left of a sheet, and what is left out is told."""

import pytest

from scripts.lists.findings import Findings
from scripts.lists.headings import Headings, fold
from scripts.lists.records import read_records
from scripts.lists.sheet import Sheet, clean

from .lists_files import ROOT

HEADINGS = Headings(ROOT / "data" / "agencies" / "headings.yaml", "agencies")
HEAD = ["No", "Nama", "NIB", "Provinsi"]
A, B = ["1", "SATU", "0123456789012", "Bali"], ["2", "DUA", "0123456789013", "Riau"]


def read(*rows, more=(), **known):
    findings = Findings()
    sheets = [Sheet("a.xlsx", "S", [list(row) for row in rows], **known), *more]
    return read_records(sheets, HEADINGS, findings), findings


def names(records) -> list[str]:
    return [clean(record.one("name").value) for record in records]


@pytest.mark.parametrize("above", [0, 1, 5, 30])
def test_the_heading_row_is_found_under_any_title(above):
    records, findings = read(*[["DAFTAR P3MI", "", "", ""]] * above, HEAD, A, B)
    assert (names(records), findings.refused) == (["SATU", "DUA"], [])
    assert records[0].one("number").place == f"a.xlsx › S › C{above + 2}"


@pytest.mark.parametrize("head", [["NO.", " nama  P3MI ", "NIB.", "PROVINSI:"], ["no", "Nama_Perusahaan", "Nomor\nIzin", "provinsi*"],
                                  ["#", "Nama Lembaga", "No. Izin", "Propinsi"]])  # fmt: skip
def test_headings_are_known_whatever_their_case_stops_and_breaks(head):
    records, findings = read(head, A)
    assert (names(records), findings.refused) == (["SATU"], [])
    assert clean(records[0].one("province").value) == "Bali"


@pytest.mark.parametrize(
    "extra",
    [HEAD, ["No.", "NAMA", "nib", "provinsi"], ["(1)", "(2)", "(3)", "(4)"], [1.0, 2.0, 3.0, 4.0], ["", "", "", ""], ["", " ", None, "\xa0"]],
)  # fmt: skip
def test_repeated_headings_numbered_columns_and_blank_rows_are_no_records(extra):
    records, findings = read(HEAD, A, extra, B)
    assert names(records) == ["SATU", "DUA"]
    assert findings.refused == findings.questions == []


@pytest.mark.parametrize("total", [["JUMLAH", "", "2", ""], ["Total", "", "", 2.0], ["Jumlah: 2", "", "", ""], ["", "Jumlah", "2 perusahaan", ""],
                                   ["GRAND TOTAL", "", "", ""], ["Jumlah 2 perusahaan", "", "", ""]])  # fmt: skip
def test_a_total_row_is_no_company_and_agrees(total):
    records, findings = read(HEAD, A, B, total)
    assert names(records) == ["SATU", "DUA"]
    assert findings.questions == []


def test_a_total_that_disagrees_is_a_question_and_one_a_part_may_close_it():
    _, findings = read(HEAD, A, B, ["JUMLAH", "", "3", ""])
    assert [(each.key, each.values) for each in findings.questions] == [
        ("lists.total-differs", {"stated": 3, "read": 2})
    ]
    _, findings = read(HEAD, A, ["Jumlah", "", "1", ""], B, ["Jumlah", "", "1", ""], ["Total", "", "2", ""])
    assert findings.questions == []


@pytest.mark.parametrize("word", ["sda", "s.d.a.", "SDA", "idem", "Idem.", '"', "〃", "ditto"])
def test_as_above_takes_the_cell_above_also_over_several_rows(word):
    records, findings = read(HEAD, A, ["2", "DUA", "0123456789013", word], ["3", "TIGA", "0123456789014", word])
    assert [clean(record.one("province").value) for record in records] == ["Bali"] * 3
    assert findings.refused == []


@pytest.mark.parametrize("word", ["-", "–", "--", "tidak ada", "Belum ada", "nihil", "n/a"])
def test_a_dash_says_nothing_and_is_never_the_cell_above(word):
    records, _ = read(HEAD, A, ["2", "DUA", "0123456789013", word], ["3", "TIGA", "0123456789014", ""])
    assert [clean(record.one("province").value) for record in records] == ["Bali", "", ""]


def test_as_above_under_a_dash_is_refused():
    _, findings = read(HEAD, ["1", "SATU", "0123456789012", "-"], ["2", "DUA", "0123456789013", "sda"])
    assert [each.place for each in findings.refused] == ["a.xlsx › S › D3"]


def test_a_persons_column_never_reaches_a_record():
    records, findings = read([*HEAD, "Direktur", "Penanggung Jawab"], [*A, "ORANG CONTOH", "ORANG LAIN"])
    assert "ORANG" not in repr(records) + repr(findings.__dict__)


def test_two_heading_rows_are_one_when_the_lower_says_more():
    records, findings = read(["No", "Nama", "Nomor", "Kontak", ""], ["No", "Nama", "NIB", "Telepon", "Surel"],
                             ["1", "SATU", "0123456789012", "0711 1", "a@b.id"])  # fmt: skip
    assert findings.refused == []
    assert clean(records[0].one("email").value) == "a@b.id"


def test_two_heading_rows_without_merged_cells_are_read_together():
    upper, lower = (
        ["No", "Nama", "Nomor Izin", "", "Kontak", "", "Direktur"],
        ["", "", "NIB", "SIP3MI", "Telepon", "Surel", ""],
    )
    rows = [
        ["1", "SATU", "0123456789012", "", "0711 1", "a@b.id", "ORANG"],
        ["2", "DUA", "", "KEP. 1/2026", "", "", ""],
    ]
    records, findings = read(["DAFTAR"], upper, lower, rows[0], upper, lower, rows[1])
    assert (names(records), findings.refused) == (["SATU", "DUA"], [])
    assert clean(records[0].one("email").value) == "a@b.id"
    assert [clean(cell.value) for cell in records[1].cells["number"]] == ["", "KEP. 1/2026"]
    assert [each.values for each in findings.remarks] == [{"columns": "Direktur"}, {"columns": "No"}]


def test_headings_further_apart_with_empty_columns_between_are_no_fault():
    records, findings = read(["No", "", "Nama", "", "", "NIB"], ["1", "", "SATU", "", "", "0123456789012"])
    assert (names(records), findings.refused) == (["SATU"], [])


def test_a_table_that_goes_on_keeps_its_columns_its_count_and_what_stood_above():
    go_on = Sheet("a.pdf", "PDF 2", [["2", "DUA", "0123456789013", "sda"], ["Jumlah", "", "2", ""]], continues=True)
    records, findings = read(HEAD, A, more=[go_on])
    assert [clean(record.one("province").value) for record in records] == ["Bali", "Bali"]
    assert findings.refused == findings.questions == []
    alone, findings = read(HEAD, A, more=[Sheet("a.xlsx", "T", go_on.rows)])
    assert names(alone) == ["SATU"]
    assert [each.key for each in findings.remarks] == ["lists.columns-not-kept", "lists.no-header"]


def test_a_formula_in_a_column_that_is_not_kept_harms_nobody():
    records, findings = read(HEAD, A, formulas={(1, 0)})
    assert (names(records), findings.refused) == (["SATU"], [])
    _, findings = read(HEAD, A, formulas={(1, 3)})
    assert [(each.key, each.place) for each in findings.refused] == [("lists.formula", "a.xlsx › S › D2")]


def test_invisible_letters_and_hard_spaces_are_not_part_of_a_cell():
    assert clean("\ufeff PT\xa0\u200bCONTOH \n JAYA\t") == "PT CONTOH JAYA"


def test_no_heading_means_two_things():
    everything = [*HEADINGS.kind["read"].values(), HEADINGS.kind["persons"], HEADINGS.kind["not_kept"]]
    assert sum(map(len, everything)) >= len(HEADINGS.known)
    seen: dict[str, int] = {}
    for number, each in enumerate(everything):
        for heading in each:
            assert seen.setdefault(fold(heading), number) == number, heading
