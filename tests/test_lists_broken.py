"""Each fault is refused with the cell it stands in and what to do, and then nothing at all is written."""

import pytest

from .imports import bring_in
from .lists_files import ROOT

BROKEN = ROOT / "tests" / "broken" / "lists"
SANCTIONS = ("unknown-action.csv", "end-only.csv")
REFUSED = {
    "unknown-heading.csv": "unknown-heading.csv › C1: judul kolom «warna kantor» tidak dikenal; tambahkan ke data/agencies/headings.yaml",
    "heading-twice.csv": "heading-twice.csv › D1: «alamat kantor» dan «alamat» berarti kolom yang sama",
    "no-name-column.csv": "no-name-column.csv › A1: baris ini seperti baris judul, tetapi tanpa kolom nama perusahaan; yang tidak dikenal: «prusahaan»",
    "no-heading-row.csv": "no-heading-row.csv: baris judul tidak ditemukan",
    "cell-without-heading.csv": "cell-without-heading.csv › C2: sel ini berisi, tetapi kolomnya tidak berjudul",
    "comma-not-quoted.csv": "comma-not-quoted.csv › D2: sel ini berisi, tetapi kolomnya tidak berjudul",
    "formula.csv": "formula.csv › B2: sel ini berisi rumus",
    "scientific-notation.csv": "scientific-notation.csv › B2: nomor izin tersimpan sebagai angka (9,12E+12)",
    "read-as-a-float.csv": "read-as-a-float.csv › B2: nomor izin tersimpan sebagai angka (9120213180419.0)",
    "thousand-marks.csv": "thousand-marks.csv › B2: nomor izin tersimpan sebagai angka (9.120.213.180.419)",
    "too-few-digits.csv": "too-few-digits.csv › B2: «91202131804» bukan nomor izin",
    "two-numbers.csv": "two-numbers.csv › C2: baris ini memuat dua nomor izin yang berbeda",
    "name-missing.csv": "name-missing.csv › B2: nama perusahaan kosong",
    "name-is-a-number.csv": "name-is-a-number.csv › B2: nama perusahaan kosong atau bukan teks",
    "id-with-letters.csv": "id-with-letters.csv › A2: id SISKOP2MI hanya boleh angka",
    "two-digit-year.csv": "two-digit-year.csv › C2: tanggal «12/1/27» tidak jelas atau tidak ada; tulis seperti 12 Januari 2027",
    "month-or-day-first.csv": "month-or-day-first.csv › C2: tanggal «7/1/2025» tidak jelas",
    "day-that-does-not-exist.csv": "day-that-does-not-exist.csv › C2: tanggal «31 Februari 2027» tidak jelas atau tidak ada",
    "end-before-beginning.csv": "end-before-beginning.csv › C2: tanggal «12 Mei 2027 s.d. 11 Mei 2022» tidak jelas",
    "date-without-a-day.csv": "date-without-a-day.csv › C2: tanggal «Januari 2027» tidak jelas",
    "same-as-above-in-the-first-row.csv": "same-as-above-in-the-first-row.csv › C2: «sda» tidak dapat dipakai di sini",
    "same-number-as-above.csv": "same-number-as-above.csv › B3: «idem» tidak dapat dipakai di sini",
    "quote-not-closed.csv": "quote-not-closed.csv: tanda kutip di baris 3 tidak berpasangan",
    "unknown-letters.csv": "unknown-letters.csv: huruf dalam berkas ini tidak dikenal",
    "empty.csv": "empty.csv: berkas ini kosong",
    "only-a-header.csv": "tidak ada baris perusahaan",
    "no-table.html": "no-table.html: halaman web ini tidak memuat tabel",
    "formula.html": "formula.html › B2: sel ini berisi rumus",
    "spreadsheet-2003.xls": "spreadsheet-2003.xls: bentuk ini (XML Spreadsheet 2003) tidak dapat dibaca; buka di program tabel dan simpan sebagai .xlsx",
    "cut-short.xlsx": "cut-short.xlsx: berkas ini rusak atau terpotong",
    "cut-short.xls": "cut-short.xls: rumus dalam berkas ini tidak dapat dilihat; buka di program tabel dan simpan sebagai .xlsx",
    "cut-short.pdf": "cut-short.pdf: berkas ini rusak atau terpotong",
    "unknown-action.csv": "unknown-action.csv › B2: tindakan «dicabut» tidak dikenal; yang dikenal: penghentian sementara, penyegelan, pencabutan izin, pencabutan sanksi",
    "end-only.csv": "end-only.csv › D2: tanggal «s.d. 3 Februari 2026» tidak jelas",
    "not-there.csv": "not-there.csv: berkas ini tidak ada",
}


def test_every_broken_sample_is_tried():
    assert {path.name for path in BROKEN.iterdir()} == set(REFUSED) - {"not-there.csv"}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_where_it_stands_and_nothing_is_written(name, tmp_path, capsys):
    seen = bring_in(tmp_path, capsys, BROKEN / name, part=True, sanctions=name in SANCTIONS)
    assert seen.code == 1
    assert seen.count("Ditolak") == 1
    assert REFUSED[name] in seen.said
    assert seen.after == seen.before
    english = bring_in(tmp_path, capsys, BROKEN / name, part=True, sanctions=name in SANCTIONS, language="en")
    assert english.said.count("Refused: 1") == 1
    assert "Nothing was written" in english.said


def test_one_broken_file_stops_the_good_ones_too(tmp_path, capsys):
    good = tmp_path / "good.csv"
    good.write_text("nama,nomor_izin\nPT CONTOH BARU,0123456789012\n", encoding="utf-8")
    assert bring_in(tmp_path, capsys, good, BROKEN / "formula.csv", part=True).code == 1
    alone = bring_in(tmp_path, capsys, good, part=True)
    assert (alone.code, alone.count("Bertambah")) == (0, 1)


def test_a_row_with_a_refused_cell_is_not_compared_without_it(tmp_path, capsys):
    seen = bring_in(tmp_path, capsys, BROKEN / "scientific-notation.csv")
    assert (seen.count("Ditolak"), seen.count("Perlu diputuskan orang")) == (1, 0)


def test_a_book_with_a_password_is_refused(tmp_path, capsys):
    path = tmp_path / "terkunci.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    assert "terkunci.xlsx: berkas ini terkunci dengan sandi" in bring_in(tmp_path, capsys, path).said


def test_a_document_that_is_no_table_is_refused(tmp_path, capsys):
    import zipfile

    with zipfile.ZipFile(tmp_path / "surat.docx", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "surat.docx: berkas ini bukan tabel" in bring_in(tmp_path, capsys, tmp_path / "surat.docx").said
