"""The command for tables: what it writes, what it asks, and what it says of each thing typed wrong in Excel."""

from datetime import date
from pathlib import Path
from shutil import copytree

import openpyxl
import pytest

from scripts import table as command

from .sheet_samples import TYPED

BROKEN = Path(__file__).parent / "broken" / "tables"
FILE = "fish.xlsx › fish"


@pytest.fixture
def data(tmp_path, monkeypatch):
    """The two small tables, as the command's own data."""
    folder = copytree(BROKEN, tmp_path / "data")
    monkeypatch.setattr(command, "DATA", folder)
    monkeypatch.chdir(tmp_path)
    return folder


def run(capsys, *words):
    """What the command answers: its exit code and its lines."""
    code = command.main([str(word) for word in words])
    return code, capsys.readouterr().out.splitlines()


def edit(change, path="fish.xlsx"):
    """Opens the workbook as an editor would, lets ``change`` work on its first sheet, and saves it."""
    book = openpyxl.load_workbook(path)
    change(book.worksheets[0])
    book.save(path)


def put(cells):
    """An edit that types into cells."""
    return lambda sheet: [sheet.__setitem__(spot, value) for spot, value in cells.items()]


def test_nothing_is_written_when_nothing_has_changed(data, capsys):
    path = data / "fish.csv"
    path.write_bytes(path.read_bytes().replace(b"musi", b'"musi"').replace(b"\n", b"\r\n"))  # as a person left it
    before = path.read_bytes()
    run(capsys, "fish")
    assert run(capsys, "fish", "fish.xlsx") == (0, ["Tidak ada yang berubah; data/fish.csv tidak disentuh."])
    assert path.read_bytes() == before


def test_a_template_that_may_hold_work_is_not_written_over(data, capsys):
    assert run(capsys, "fish") == (0, [
        "fish.xlsx sudah ditulis dengan 2 baris. Ubah di Excel, simpan, lalu jalankan: python3 scripts/hub.py table "
        "fish fish.xlsx"])  # fmt: skip
    before = Path("fish.xlsx").read_bytes()
    code, lines = run(capsys, "fish")
    assert code == 1 and lines[0].startswith("fish.xlsx sudah ada dan mungkin berisi pekerjaan Anda.")
    assert Path("fish.xlsx").read_bytes() == before


def test_what_changed_is_said_before_it_is_written(data, capsys):
    run(capsys, "fish")
    new = ["baung", "Ikan baung", "Catfish", "komering", 2.5, 4, date(2026, 3, 4), True, "fresh", None, "2026-03"]

    def change(sheet):
        put({"C3": "Wallago attu", "E3": 12.50})(sheet)
        sheet.delete_rows(4)
        sheet.append(new)

    edit(change)
    code, lines = run(capsys, "fish", "fish.xlsx", "--yes")
    assert (code, lines) == (0, [
        "Baris baru: 1", "  + baung · Ikan baung", "Baris dihapus: 1", "  - belida · Ikan belida",
        "Baris diubah: 1", "  * tapah · Ikan tapah",
        "      kolom C (Nama (Inggris)): «Wallago» menjadi «Wallago attu»",
        "data/fish.csv sudah ditulis (2 baris). Berikutnya: python3 scripts/hub.py check"])  # fmt: skip
    assert (data / "fish.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "tapah,Ikan tapah,Wallago attu,musi,12.5,3,2026-01-12,true,fresh,0220100231234,2026-01,0812-9007-0027,"
        "+6281290070027",
        "baung,Ikan baung,Catfish,komering,2.5,4,2026-03-04,true,fresh,,2026-03,,"]  # fmt: skip


@pytest.mark.parametrize("answer, changed", [("y", True), ("ya", True), ("t", False), ("", False), (None, False)])
def test_only_a_yes_writes(data, capsys, monkeypatch, answer, changed):
    def ask(_question):
        if answer is None:
            raise EOFError
        return answer

    monkeypatch.setattr("builtins.input", ask)
    before = (data / "fish.csv").read_bytes()
    run(capsys, "fish")
    edit(put({"F4": 11}))
    code, lines = run(capsys, "fish", "fish.xlsx")
    assert "      kolom F (Jumlah): «10» menjadi «11»" in lines
    assert (code == 0) == changed == ((data / "fish.csv").read_bytes() != before)
    assert changed or lines[-1] == "Tidak ada yang ditulis. Jalankan lagi dan jawab y kalau sudah yakin."


@pytest.mark.parametrize("name", TYPED)
def test_a_fault_is_told_by_the_cell_it_stands_in(data, capsys, name):
    spot, value, place, sentence = TYPED[name]
    before = (data / "fish.csv").read_bytes()
    run(capsys, "fish")
    edit(put({spot: value}))
    code, lines = run(capsys, "fish", "fish.xlsx", "--yes")
    assert code == 1
    assert lines[0] == f"{FILE}: {place}: {sentence}"
    assert lines[-1].endswith("Perbaiki di Excel, simpan, lalu jalankan lagi perintah yang sama.")
    assert (data / "fish.csv").read_bytes() == before


def test_a_column_that_was_deleted_is_named(data, capsys):
    run(capsys, "fish")
    edit(lambda sheet: sheet.delete_cols(4))
    _, lines = run(capsys, "fish", "fish.xlsx")
    assert lines[0] == f"{FILE}: kolom river (Sungai) tidak ada. Sisipkan lagi sebagai kolom D"


def test_a_row_that_another_table_needs_cannot_be_removed_unseen(data, capsys):
    run(capsys, "rivers")
    edit(lambda sheet: sheet.delete_rows(3), "rivers.xlsx")
    code, lines = run(capsys, "rivers", "rivers.xlsx", "--yes")
    assert code == 1
    assert lines[0].startswith("data/fish.csv: baris Excel 2, kolom D (Sungai): «musi» tidak ada di tabel Sungai")
    assert (data / "rivers.csv").read_bytes() == (BROKEN / "rivers.csv").read_bytes()


def test_columns_may_stand_anywhere_and_the_machines_names_may_be_gone(data, capsys):
    run(capsys, "fish")

    def change(sheet):
        sheet.delete_rows(2)
        sheet.insert_rows(1)
        sheet["A1"] = "Ikan di Musi"
        sheet.move_range("A2:A9", cols=13)
        sheet.delete_cols(1)

    edit(change)
    assert run(capsys, "fish", "fish.xlsx") == (0, ["Tidak ada yang berubah; data/fish.csv tidak disentuh."])


def test_rows_sorted_in_excel_keep_their_order_in_the_table(data, capsys):
    run(capsys, "fish")

    def change(sheet):
        rows = [[cell.value for cell in row] for row in sheet["A3:M4"]]
        for number, row in enumerate([rows[1], rows[0], ["arwana", *rows[0][1:]]], 3):
            for at, value in enumerate(row, 1):
                sheet.cell(number, at, value)

    edit(change)
    _, lines = run(capsys, "fish", "fish.xlsx", "--yes")
    assert lines[2] == "Baris-barisnya diurutkan lain di Excel; di tabel urutannya tetap, dan baris baru ada di akhir."
    ids = [line.split(",")[0] for line in (data / "fish.csv").read_text(encoding="utf-8").splitlines()]
    assert ids == ["id", "tapah", "belida", "arwana"]


def test_a_new_row_stands_where_it_was_put(data, capsys):
    run(capsys, "fish")

    def change(sheet):
        sheet.insert_rows(4)
        put({"A4": "arwana", "D4": "musi", "I4": "fresh"})(sheet)

    edit(change)
    run(capsys, "fish", "fish.xlsx", "--yes")
    ids = [line.split(",")[0] for line in (data / "fish.csv").read_text(encoding="utf-8").splitlines()]
    assert ids == ["id", "tapah", "arwana", "belida"]


def test_a_template_older_than_the_table_is_told_of(data, capsys):
    run(capsys, "fish")
    path = data / "fish.csv"
    path.write_bytes(path.read_bytes().replace(b"12.5", b"13"))
    _, lines = run(capsys, "fish", "fish.xlsx", "--yes")
    assert lines[0].startswith("Perhatian: data/fish.csv sudah berubah sejak templat ini dibuat.")
    assert "      kolom E (Berat): «13» menjadi «12.5»" in lines


@pytest.mark.parametrize("sample", ["semicolons", "tabs", "utf16", "windows-encoding"])
def test_the_command_that_the_check_names_repairs_what_excel_did_to_the_csv(data, capsys, sample):
    (data / "fish.csv").write_bytes((data / f"{sample}.csv").read_bytes())
    code, lines = run(capsys, "fish", data / "fish.csv", "--yes")
    assert (code, lines[0]) == (0, "Isinya sama; hanya cara menyimpannya yang diperbaiki.")
    text = (BROKEN / "fish.csv").read_text(encoding="utf-8")
    assert (data / "fish.csv").read_text(encoding="utf-8") == (
        text.replace("Knifefish", "Brème") if sample == "windows-encoding" else text
    )


def test_a_file_that_is_no_such_table_is_a_sentence(data, capsys):
    book = openpyxl.Workbook()
    book.active.append(["apa", "saja"])
    book.save("other.xlsx")
    code, lines = run(capsys, "fish", "other.xlsx")
    assert code == 1
    assert lines == ["other.xlsx: tidak ada lembar dengan judul kolom tabel fish (id, name, name@en, river, …). Buat "
                     "templatnya dengan python3 scripts/hub.py table fish, lalu salin isinya ke sana"]  # fmt: skip
    for content in (b"", b"PK\x03\x04 torn", b"\x00\x01\x02"):
        Path("torn.xlsx").write_bytes(content)
        code, lines = run(capsys, "fish", "torn.xlsx")
        assert code == 1 and len(lines) == 1 and lines[0].startswith("torn.xlsx: ")
    code, lines = run(capsys, "fish", "gone.xlsx")
    assert code == 1 and lines[0].startswith("gone.xlsx: ")


def test_a_table_nobody_knows_and_no_table_at_all_give_the_list(data, capsys):
    code, lines = run(capsys, "ikan")
    assert (code, lines[0]) == (1, "Tidak ada tabel bernama «ikan». Tulis salah satu:")
    assert [line.split() for line in lines[1:]] == [["rivers", "Sungai"], ["fish", "Ikan"]]
    assert run(capsys, "--en") == (0, ["Which table? Run it again with its name:", "  rivers             Rivers",
                                       "  fish               Fish"])  # fmt: skip


def test_a_workbook_that_is_open_elsewhere_is_a_sentence(data, capsys, monkeypatch):
    def locked(*_):
        raise PermissionError(13, "Permission denied", "/somewhere/fish.xlsx")

    monkeypatch.setattr(command, "write_template", locked)
    assert run(capsys, "fish") == (1, [
        "fish.xlsx tidak dapat ditulis. Kalau masih terbuka di Excel, tutup dulu, lalu jalankan lagi"])  # fmt: skip


def test_a_slip_of_the_command_itself_and_a_torn_description_are_sentences(data, capsys, monkeypatch):
    monkeypatch.setattr(command, "write_template", lambda *_: {}["nothing"])
    code, lines = run(capsys, "fish", "--en")
    assert (code, lines) == (1, ["the check itself stumbled (KeyError: 'nothing'); tell a developer"])
    (data / "fish.schema.yaml").write_text("fields: [", encoding="utf-8")
    code, lines = run(capsys, "fish")
    assert code == 1 and lines[0].startswith("data/fish.schema.yaml: keterangan tabel salah tulis")
