"""A workbook as an office keeps it, with every mess at once: right counts, right refusals, nothing silently changed."""

from datetime import date

import openpyxl
import pytest

from .imports import LATER, bring_in, copy_of_data
from .lists_files import DIRECTOR, our_rows

LETTERHEAD = [
    "PEMERINTAH PROVINSI CONTOH",
    "DAFTAR PERUSAHAAN PENEMPATAN PEKERJA MIGRAN INDONESIA",
    "Keadaan November 2026",
    "",
]
UPPER = ["No.", "Nama P3MI", "Nomor Izin", "", "Masa\nBerlaku", "ALAMAT", "Kontak", "", "Penanggung Jawab", "Ket."]
LOWER = ["", "", "NIB", "No. SIP3MI", "", "", "Telepon", "E-mail", "", ""]
OFFICE_ADDRESS = "Jl. Contoh No.74 – 76, Lt. 2, Jakarta"
WRONG = {  # what is refused: our company, column, what stands there, and the sentence it gets
    "PT ABDI SELARAS SETIA": (3, 1705240003129, "nomor izin tersimpan sebagai angka (1.71E+12)"),
    "PT ABDI SOBAT AMERTA": (3, "9.12E+12", "nomor izin tersimpan sebagai angka (9.12E+12)"),
    "PT ABUL PRATAMAJAYA": (3, '=TEXT(9120109840487,"0")', "sel ini berisi rumus"),
    "PT ACE INDONESIA SUKSESS": (5, "12/1/27", "tanggal «12/1/27» tidak jelas atau tidak ada"),
    "PT ADHI KERANI INDONESIA": (5, "31 Februari 2027", "tanggal «31 Februari 2027» tidak jelas atau tidak ada"),
    "PT ADILA PREZKIFARINDO DUTA": (5, 46034, "tanggal «46034» tidak jelas atau tidak ada"),
    "PT AFDAL DUTA SEJAHTERA": (3, "91202131804", "«91202131804» bukan nomor izin"),
    "PT AGESA ASA JAYA": (11, "geser", "sel ini berisi, tetapi kolomnya tidak berjudul"),
}
TOLD = {  # what is understood: our company, column, what stands there, our column, what it becomes
    "PT AGRELIA PUTRA SEJAHTERA": (5, "12 Pebruari 2027", "licence_until", "2027-02-12"),
    "PT AHWA GLOBAL SUKSES": (5, "3 Nopember 2022 s.d. 2 Nopember 2027", "licence_until", "2027-11-02"),
    "PT AKKA AL-MATAR": (5, date(2027, 1, 12), "licence_until", "2027-01-12"),
    "PT ALAM PERMAI INDONESIA": (
        7,
        "Telp. (0711) 354321, 354322 / Fax. 354323",
        "phone",
        "(0711) 354321; (0711) 354322",
    ),
    "PT ALFIRA PERDANA JAYA": (4, "KEP. 583/MEN/2006", "decree_no", "KEP. 583/MEN/2006"),
    "PT ALKURNIA SENTOSA INTERNASIONAL": (8, "kantor@contoh.example", "email", "kantor@contoh.example"),
    "PT ALIYAH EST INDONESIA": (6, OFFICE_ADDRESS, "address", OFFICE_ADDRESS),
}


class Office:
    """Writes the book; ``at`` remembers the row of each of our companies."""

    def __init__(self, rows: list[dict[str, str]], wrong: bool):
        self.book = openpyxl.Workbook()
        self.sheet = self.book.active
        self.sheet.title = "P3MI 2026"
        self.at: dict[str, int] = {}
        self._head()
        for number, row in enumerate(rows, 1):
            self._company(number, row, wrong)
        self._own_rows(len(rows))
        self._foot(len(rows) + 5)
        self._other_sheets()

    def _head(self) -> None:
        for text in LETTERHEAD:
            self.sheet.append([text])
        for row in (1, 2, 3):
            self.sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=10)
        self.sheet.append(UPPER)
        self.sheet.append(LOWER)
        for column in (1, 2, 5, 6, 9, 10):
            self.sheet.merge_cells(start_row=5, end_row=6, start_column=column, end_column=column)
        self.sheet.merge_cells("C5:D5")
        self.sheet.merge_cells("G5:H5")
        self.sheet.append([f"({n})" for n in range(1, 11)])
        self.sheet.append(["I. DKI JAKARTA"])

    def _company(self, number: int, row: dict[str, str], wrong: bool) -> None:
        if number in (150, 300):
            self.sheet.append([])
            self.sheet.append(UPPER[:2] + LOWER[2:4] + UPPER[4:6] + LOWER[6:8] + UPPER[8:])
        own = row["name"].removeprefix("PT ")
        printed = [own, f"PT. {own.title()}", f"{own}, PT", f"P.T. {own}\xa0", f" pt {own.lower()}"][number % 5]
        cells = [f"=ROW()-{8}", printed, row["licence_no"] or "-", "", "-", "", "-", "", DIRECTOR, "sda"]
        if row["name"] in TOLD:
            column, text, _, _ = TOLD[row["name"]]
            cells[column - 1] = text
        if wrong and row["name"] in WRONG:
            column, text, _ = WRONG[row["name"]]
            cells += [""] * (column - len(cells))
            cells[column - 1] = text
        if row["name"] == "PT ALLQURRNY BAGAS PRATAMA":  # the row under the one whose e-mail is told above
            cells[7] = "idem"
        self.sheet.append(cells)
        self.at[row["name"]] = self.sheet.max_row

    def _own_rows(self, number: int) -> None:
        for name, licence in (("PT Andhika Pratama", "0123456789012"), ("AMRITAS MAHESA PRIMA", "0123456789013"),
                              ("ВINTANG BARU", "0123456789014"), ("CONTOH BARU1", "0123456789015"),
                              ("Contoh Lain", "KEP.MEN no 565 tahun 2016")):  # fmt: skip
            number += 1
            self.sheet.append([number, name, licence, "", "", "", "", "", DIRECTOR])

    def _foot(self, count: int) -> None:
        self.sheet.append(["JUMLAH", "", count])
        self.sheet.append([])
        for text in ("Contoh, 20 November 2026", "Kepala Dinas", DIRECTOR):
            self.sheet.append(["", "", "", "", "", "", "", "", text])

    def _other_sheets(self) -> None:
        hidden = self.book.create_sheet("Lama")
        hidden.sheet_state = "hidden"
        hidden.append(["nama", "nomor_izin"])
        hidden.append(["RAHASIA JAYA", "9999999999999"])
        self.book.create_sheet("Catatan").append(["Rapat hari Senin"])


@pytest.fixture
def hand_in(tmp_path, capsys):
    """Write the book, with what is wrong or without, and bring it in."""

    def run(wrong: bool, **more):
        copy_of_data(tmp_path)
        rows = [row for row in our_rows() if row["listing"] == "listed" and row["name"] != "PT AMRITA MAHESA PRIMA"]
        office = Office(rows, wrong)
        office.book.save(tmp_path / "P3MI Kantor.xlsx")
        return bring_in(tmp_path, capsys, tmp_path / "P3MI Kantor.xlsx", **more), office

    return run


def test_every_wrong_cell_is_refused_by_its_address_and_no_other(hand_in):
    seen, office = hand_in(wrong=True)
    assert seen.code == 1
    assert seen.count("Ditolak") == len(WRONG)
    for name, (column, _, sentence) in WRONG.items():
        assert f"P3MI Kantor.xlsx › P3MI 2026 › {'ABCDEFGHIJK'[column - 1]}{office.at[name]}: {sentence}" in seen.said
    assert seen.after == seen.before
    assert "Tidak ada yang ditulis" in seen.said


def test_the_repaired_book_gives_the_right_counts(hand_in):
    seen, _ = hand_in(wrong=False)
    assert seen.code == 0, seen.said
    assert "530 baris terbaca" in seen.said
    changed = len(TOLD) + 1  # and the cell that says "idem"
    assert [seen.count(part) for part in ("Bertambah", "Hilang dari daftar", "Berubah", "Tetap")] == [
        2,
        0,
        changed,
        525 - changed,
    ]
    rows = {row["name"]: row for row in seen.rows().values()}
    for name, (_, _, column, becomes) in TOLD.items():
        assert rows[name][column] == becomes, name
    assert rows["PT ALLQURRNY BAGAS PRATAMA"]["email"] == "kantor@contoh.example"
    assert (rows["PT CONTOH LAIN"]["decree_no"], rows["PT CONTOH LAIN"]["licence_no"]) == (
        "KEP.MEN no 565 tahun 2016",
        "",
    )
    assert rows["PT ANDHIKA PRATAMA"]["licence_no"] == "0123456789012"


def test_nothing_else_changes_than_what_the_book_says(hand_in):
    seen, _ = hand_in(wrong=False)
    dates = ("listed_on", "source", "source_date", "checked_on")
    meant = {name: {column} for name, (_, _, column, _) in TOLD.items()} | {"PT ALLQURRNY BAGAS PRATAMA": {"email"}}
    after = seen.rows()
    for row in our_rows():
        differ = {column for column in row if after[row["id"]][column] != row[column]} - set(dates)
        assert differ == meant.get(row["name"], set()), row["name"]


def test_a_person_is_asked_and_the_company_with_the_near_name_is_not_called_gone(hand_in):
    seen, _ = hand_in(wrong=False)
    for sentence in ("AMRITAS MAHESA PRIMA: mungkin maksudnya PT AMRITA MAHESA PRIMA", "huruf yang bukan huruf Latin",
                     "nama «CONTOH BARU1» berakhir dengan angka"):  # fmt: skip
        assert sentence in seen.said
    assert seen.count("Perlu diputuskan orang") == 3
    row = next(row for row in seen.rows().values() if row["name"] == "PT AMRITA MAHESA PRIMA")
    assert (row["listing"], row["removed_on"]) == ("listed", "")


def test_what_is_passed_over_is_told(hand_in):
    seen, _ = hand_in(wrong=False)
    assert "lembar tersembunyi «Lama» tidak dibaca" in seen.said
    assert "Catatan: baris judul tidak ditemukan" in seen.said
    assert "kolom nama orang tidak dibaca dan tidak disimpan: Penanggung Jawab" in seen.said
    assert "kolom yang tidak disimpan: No., Ket." in seen.said
    assert "RAHASIA JAYA" not in seen.saved and DIRECTOR not in seen.saved
    assert "baris jumlah" not in seen.said


def test_a_total_that_disagrees_is_told(hand_in, monkeypatch):
    foot = Office._foot
    monkeypatch.setattr(Office, "_foot", lambda self, count: foot(self, count + 3))
    seen, _ = hand_in(wrong=False)
    assert "baris jumlah menulis 533, tetapi 530 baris terbaca" in seen.said


def test_the_same_book_again_changes_nothing(hand_in):
    hand_in(wrong=False)
    again, _ = hand_in(wrong=False)
    assert again.after == again.before
    assert again.count("Berubah") == 0
    assert LATER in again.after.decode()
