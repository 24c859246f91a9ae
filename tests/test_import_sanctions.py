"""The sanction list comes in the same way; what ends a sanction is a decision, never its absence."""

import subprocess
import sys
from datetime import date

import pytest

from . import lists_files as files
from .imports import LATER, TODAY, bring_in
from .lists_files import DIRECTOR, our_rows

HEADER = ["No", "Nama P3MI", "Jenis Sanksi", "Nomor Keputusan", "Tanggal", "Pejabat", "Alasan", "Direktur"]
MINISTER = "KP2MI, Menteri"
WORDS = {
    "suspended": "Penghentian Sementara",
    "revoked": "Pencabutan Izin",
    "sealed": "Penyegelan Kantor",
    "lifted": "Pencabutan Sanksi",
}
AGENCIES = {row["id"]: row for row in our_rows()}


def ours() -> list[list]:
    return [[n, AGENCIES[row["agency"]]["name"].removeprefix("PT "), WORDS[row["action"]], row["decree_no"],
             date.fromisoformat(row["date"]), row["authority"], "", DIRECTOR] for n, row in enumerate(our_rows("sanctions"), 1)]  # fmt: skip


def one(
    name="MINORI",
    action="Izin dicabut",
    decree="No. 99 Tahun 2026",
    day="3 Nopember 2026",
    authority=MINISTER,
    reason="",
):
    return [99, name, action, decree, day, authority, reason, DIRECTOR]


@pytest.fixture
def hand_in(tmp_path, capsys):
    def run(*rows, writer=files.as_xlsx, **more):
        path = writer(tmp_path / f"sanksi.{writer.__name__[3:]}", [HEADER, *rows])
        return bring_in(tmp_path, capsys, path, sanctions=True, **more)

    return run


@pytest.mark.parametrize("writer", [files.as_xlsx, files.as_xls, files.as_ods, files.as_csv, files.as_html])
def test_our_own_sanctions_come_back_without_a_byte_changed(hand_in, writer):
    seen = hand_in(*ours(), writer=writer)
    assert seen.code == 0, seen.said
    assert [seen.count(part) for part in ("Bertambah", "Berubah", "Perlu diputuskan orang", "Tetap")] == [0, 0, 0, 11]
    assert seen.after == seen.before


def test_a_new_sanction_is_added_and_its_reason_waits_for_a_translator(hand_in):
    seen = hand_in(*ours(), one(reason="Menempatkan tanpa dokumen"))
    row = seen.rows("sanctions")["minori-revoked-2026-11-03"]
    assert {name: text for name, text in row.items() if text} == {
        "id": "minori-revoked-2026-11-03", "agency": "p3mi-569306", "action": "revoked", "authority": MINISTER,
        "authority@en": "KP2MI, Minister", "decree_no": "No. 99 Tahun 2026", "date": "2026-11-03",
        "source": "https://siskop2mi.bp2mi.go.id/profil/lembaga/list_lembaga/p3mi_sanksi", "source_link": "true",
        "source_date": LATER, "checked_on": TODAY}  # fmt: skip
    assert "keterangannya belum disimpan, karena belum ada bahasa Inggrisnya: Menempatkan tanpa dokumen" in seen.said
    assert DIRECTOR not in seen.saved
    assert seen.after.decode().splitlines()[1].startswith("minori-revoked")  # the newest stands first


def test_what_was_added_is_valid(hand_in, tmp_path):
    import shutil

    seen = hand_in(one())
    whole = tmp_path / "whole"
    shutil.copytree(files.ROOT / "data", whole)
    shutil.copytree(seen.data / "agencies", whole / "agencies", dirs_exist_ok=True)
    command = [sys.executable, "-m", "frictionless", "validate", str(whole / "datapackage.yaml")]
    assert subprocess.run(command, capture_output=True).returncode == 0


def test_a_sanction_that_is_gone_from_the_list_stays_and_a_person_is_told(hand_in):
    hand_in(*ours(), one(), on="2026-11-19")
    seen = hand_in(*ours())
    assert seen.after == seen.before
    assert (
        "minori-revoked-2026-11-03 (No. 99 Tahun 2026) tidak ada lagi dalam daftar sanksi; barisnya tetap disimpan"
        in seen.said
    )


def test_those_from_the_press_stay_without_a_question(hand_in):
    seen = hand_in(one())
    assert (
        "11 sanksi pada kami berasal dari sumber lain dan tidak ada dalam daftar ini; semuanya tetap disimpan"
        in seen.said
    )
    assert seen.count("Perlu diputuskan orang") == 0


@pytest.mark.parametrize(
    ("row", "sentence"),
    [(one(name="TIDAK ADA PADA KAMI"), "TIDAK ADA PADA KAMI: perusahaan ini tidak ada di agencies.csv"),
     (one(name="MEGA AGUNG SEJAHTERA"), "Yang mirip: PT MEGA AGUNG SEJAHTRA (p3mi-98426)"),
     (one(name="ANUGERAH BAHARI PASIFIK"), "bisa berarti beberapa baris kami"),
     (one(decree=""), "MINORI: sanksi tanpa nomor keputusan tidak ditambahkan"),
     (one(authority="Bupati Contoh"), "pejabat «Bupati Contoh» belum punya padanan Inggris"),
     (one(authority=""), "pejabat «–» belum punya padanan Inggris"),
     (one(name="BUMI MAS INDONESIA MANDIRI", action="Skorsing", day="3 Februari 2026"), "dengan nomor keputusan lain")],
)  # fmt: skip
def test_what_a_person_must_settle_adds_nothing(hand_in, row, sentence):
    seen = hand_in(row)
    assert (seen.code, seen.count("Bertambah"), seen.count("Perlu diputuskan orang")) == (0, 0, 1)
    assert sentence in seen.said
    assert seen.after == seen.before


def test_the_first_day_of_a_range_is_the_day_and_its_end_is_a_question(hand_in):
    seen = hand_in(one(action="Skorsing", day="3 Nopember 2026 s.d. 3 Februari 2027"))
    assert seen.rows("sanctions")["minori-suspended-2026-11-03"]["date"] == "2026-11-03"
    assert "tulis akhirnya (2027-02-03) di kolom keterangan" in seen.said


def test_a_decisions_number_that_a_spreadsheet_counted_with_is_refused(hand_in):
    seen = hand_in(one(decree=7))
    assert "sanksi.xlsx › Data › D2: isi sel ini dihitung oleh program tabel" in seen.said
    assert (seen.code, seen.after == seen.before) == (1, True)


def test_another_day_for_a_known_decision_is_a_change(hand_in):
    rows = ours()
    rows[0][4] = "4 Februari 2026"
    seen = hand_in(*rows)
    assert seen.count("Berubah") == 1
    assert "«3 Februari 2026» menjadi «4 Februari 2026»" in seen.said


def test_a_company_named_by_id_and_number_must_be_the_one_that_is_named(tmp_path, capsys):
    header = ["id", "nama", "nomor_izin", "sanksi", "no sk", "tanggal", "pejabat"]
    good = ["98978", "ANUGERAH BAHARI PASIFIK", "9120206591455", "Izin dicabut", "No. 9", "3 Nopember 2026", MINISTER]
    path = files.as_csv(tmp_path / "a.csv", [header, good])
    assert bring_in(tmp_path, capsys, path, sanctions=True).count("Bertambah") == 1
    path = files.as_csv(tmp_path / "b.csv", [header, ["619", *good[1:3], "Disegel", *good[4:]]])
    seen = bring_in(tmp_path, capsys, path, sanctions=True)
    assert (
        "ANUGERAH BAHARI PASIFIK: id atau nomornya menunjuk PT QAFCO (p3mi-619), tetapi nama atau nomornya lain"
        in seen.said
    )
    assert seen.count("Bertambah") == 0
