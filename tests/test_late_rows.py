"""What an editor is told of rows that are late, or will be."""

from datetime import date

import pytest

from scripts import check, hub
from scripts.checks.late_rows import late_rows, ranges

from .pages import WORDS, tables
from .test_ledger import FACT, LINE, small


def told(on, language="id", **rows):
    return late_rows(small(contacts=[OFFICE], **rows), WORDS, language, on)


OFFICE = {"id": "office", "name": "Kantor Uji", "name@en": "Test Office", "checked_on": ""}


def test_nothing_late_is_one_line():
    assert told(date(2026, 12, 1), facts=[FACT]) == ["Lewat masa periksa pada 1 Desember 2026: tidak ada"]


def test_rows_stand_under_their_kind_with_file_row_id_day_and_whom_to_ask():
    assert told(date(2027, 6, 1), facts=[FACT], numbers=[LINE]) == [
        "Lewat masa periksa pada 1 Juni 2027: 2 baris. Ini pemberitahuan, bukan kesalahan.",
        "  Biaya, pinjaman, dan santunan: 1, tanyakan kepada Kantor Uji",
        "    data/facts/facts.csv: baris 2: fee (sebelum 23 Mei 2027)",
        "  Kontak dan nomor telepon: 1, tanyakan kepada Kantor Uji",
        "    data/contacts/numbers.csv: baris 2: line (sebelum 23 Februari 2027)",
    ]


def test_it_is_told_in_english_too():
    assert told(date(2027, 6, 1), "en", facts=[FACT])[1:] == [
        "  Fees, loans and benefits: 1, ask Test Office",
        "    data/facts/facts.csv: row 2: fee (by 23 May 2027)",
    ]


def test_a_long_list_is_told_by_its_row_numbers():
    many = [FACT | {"id": f"fee-{at}"} for at in range(531)]
    line = told(date(2027, 6, 1), facts=many)[-1]
    assert "baris 2–532: fee-0, fee-1," in line
    assert line.endswith("fee-9, dan 521 lagi (sebelum 23 Mei 2027)")


@pytest.mark.parametrize(("numbers", "text"), [([2, 3, 4, 9], "2–4, 9"), ([5], "5"), ([], ""), ([1, 3], "1, 3")])
def test_numbers_that_follow_each_other_are_drawn_together(numbers, text):
    assert ranges(numbers) == text


@pytest.mark.parametrize(("language", "late"), [("id", "Lewat masa periksa pada 1 Juni 2099"), ("en", "1 June 2099")])
def test_the_check_passes_however_late_everything_is(monkeypatch, capsys, language, late):
    for step in ("check_data", "check_pages", "check_site"):
        monkeypatch.setattr(check, step, lambda *_: [])
    monkeypatch.setattr("sys.argv", ["check", "--on", "2099-06-01", *["--en"] * (language == "en")])
    assert check.main() == 0
    said = capsys.readouterr().out
    assert late in said
    assert "data/facts/facts.csv" in said


def test_a_slip_in_telling_is_a_sentence_and_changes_no_result(monkeypatch, capsys):
    for step in ("check_data", "check_pages", "check_site"):
        monkeypatch.setattr(check, step, lambda *_: [])
    monkeypatch.setattr(check, "late_rows", lambda *_: {}["nothing"])
    monkeypatch.setattr("sys.argv", ["check", "--en"])
    assert check.main() == 0
    assert "the check itself stumbled" in capsys.readouterr().out


def test_on_the_real_tables_every_late_row_is_told():
    real = tables()
    lines = late_rows(real, WORDS, "en", date(2027, 6, 1))
    assert "data/agencies/agencies.csv" in "\n".join(lines)
    assert "Overdue for checking on 1 June 2027" in lines[0]


def test_the_one_command_passes_the_day_on(monkeypatch):
    ran = []
    monkeypatch.setattr(hub, "_install", lambda _: None)
    monkeypatch.setattr(hub, "_run", lambda command, *_: ran.append(command) or 0)
    monkeypatch.setattr("sys.argv", ["hub.py", "check", "--on", "2027-06-01", "--en"])
    wanted = hub._parser().parse_args()
    assert wanted.run(wanted) == 0
    assert ran[0][3:5] == ["--on", "2027-06-01"]
    assert "--en" in ran[0]
