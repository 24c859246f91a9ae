"""The official list comes in as offices hand it out, and nothing changes that it does not say."""

import subprocess
import sys
from datetime import date

import pytest

from . import lists_files as files
from .imports import DAY, LATER, TODAY, bring_in
from .lists_files import DIRECTOR, ROOT, official, our_rows

FORMATS = {
    "xlsx": lambda path, rows: files.as_xlsx(path / "p3mi.xlsx", rows),
    "xls": lambda path, rows: files.as_xls(path / "p3mi.xls", rows),
    "ods": lambda path, rows: files.as_ods(path / "p3mi.ods", rows),
    "csv with semicolons and a mark": lambda path, rows: files.as_csv(path / "p3mi.csv", rows),
    "csv with commas": lambda path, rows: files.as_csv(path / "p3mi.csv", rows, ",", "utf-8"),
    "csv in windows-1252": lambda path, rows: files.as_csv(path / "p3mi.csv", rows, ";", "cp1252"),
    "unicode text with tabs": lambda path, rows: files.as_csv(path / "p3mi.txt", rows, "\t", "utf-16"),
    "html named xls": lambda path, rows: files.as_html(path / "p3mi.xls", rows),
    "ruled pdf": lambda path, rows: files.as_pdf(path / "p3mi.pdf", rows, [80, 300, 160, 200]),
}


@pytest.mark.parametrize("form", FORMATS)
def test_the_full_list_gives_526_rows_and_the_same_list_changes_no_byte(form, tmp_path, capsys):
    seen = bring_in(tmp_path, capsys, FORMATS[form](tmp_path, official()), on=DAY)
    assert seen.code == 0, seen.said
    assert "526 baris terbaca" in seen.said
    assert [
        seen.count(part) for part in ("Bertambah", "Hilang dari daftar", "Berubah", "Perlu diputuskan orang", "Tetap")
    ] == [0, 0, 0, 0, 526]
    assert seen.after == seen.before
    assert "Tidak ada yang berubah" in seen.said


@pytest.mark.parametrize("form", ["xlsx", "xls", "ods", "html named xls", "ruled pdf"])
def test_the_full_list_with_one_added_one_gone_and_one_changed_gives_these_counts(form, tmp_path, capsys):
    rows = official()
    gone = rows.pop(200)
    rows[10][1] += " UTAMA"
    rows.append(["999001", "CONTOH BARU SENTOSA", "0123456789012", DIRECTOR])
    seen = bring_in(tmp_path, capsys, FORMATS[form](tmp_path, rows))
    assert seen.code == 0, seen.said
    assert [seen.count(part) for part in ("Bertambah", "Hilang dari daftar", "Berubah", "Tetap")] == [1, 1, 1, 524]
    new = seen.rows()["p3mi-999001"]
    assert (new["name"], new["licence_no"], new["licence_kind"]) == ("PT CONTOH BARU SENTOSA", "0123456789012", "nib")
    left = seen.rows()[f"p3mi-{gone[0]}"]
    assert (left["listing"], left["removed_on"], left["listed_on"]) == ("not_listed", LATER, DAY)
    assert seen.rows()[f"p3mi-{rows[10][0]}"]["name"].endswith(" UTAMA")


def test_a_newer_list_with_the_same_companies_only_moves_dates_and_source(tmp_path, capsys):
    seen = bring_in(tmp_path, capsys, FORMATS["xlsx"](tmp_path, official()))
    dates = {"listed_on": LATER, "source_date": LATER, "checked_on": TODAY,
             "source": "https://siskop2mi.bp2mi.go.id/profil/lembaga/list_lembaga/p3mi"}  # fmt: skip
    for row in our_rows():
        assert seen.rows()[row["id"]] == (row | dates if row["listing"] == "listed" else row)


def test_without_write_nothing_is_written(tmp_path, capsys):
    seen = bring_in(tmp_path, capsys, FORMATS["xlsx"](tmp_path, official()), write=False)
    assert seen.after == seen.before
    assert "jalankan lagi perintah yang sama dengan --write" in seen.said


def test_what_is_written_is_valid_for_anyone(tmp_path, capsys):
    import shutil

    rows = official()
    rows[5:8] = []
    rows.append(["999001", "CONTOH BARU", "01234567890123456", ""])
    seen = bring_in(tmp_path, capsys, FORMATS["csv with commas"](tmp_path, rows))
    assert seen.after != seen.before
    whole = tmp_path / "whole"
    shutil.copytree(ROOT / "data", whole)
    shutil.copytree(seen.data / "agencies", whole / "agencies", dirs_exist_ok=True)
    command = [sys.executable, "-m", "frictionless", "validate", str(whole / "datapackage.yaml")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_table_is_sorted_so_that_the_diff_is_the_review(tmp_path, capsys):
    rows = official()
    rows.insert(1, ["999001", "MADU CONTOH", "0123456789012", ""])
    first = bring_in(tmp_path, capsys, FORMATS["csv with commas"](tmp_path, official()))
    seen = bring_in(tmp_path, capsys, FORMATS["csv with commas"](tmp_path, rows))
    before, after = first.after.decode().splitlines(), seen.after.decode().splitlines()
    assert [line for line in after if line not in before] == [line for line in after if "MADU CONTOH" in line]
    assert len(after) == len(before) + 1


def test_a_company_that_comes_back_is_listed_again(tmp_path, capsys):
    rows = official()
    gone = rows.pop(200)
    bring_in(tmp_path, capsys, FORMATS["xlsx"](tmp_path, rows), on="2026-10-01")
    again = bring_in(tmp_path, capsys, FORMATS["xlsx"](tmp_path, official()))
    assert again.count("Berubah") == 1
    assert "«tidak tercantum» menjadi «tercantum»" in again.said
    row = again.rows()[f"p3mi-{gone[0]}"]
    assert (row["listing"], row["removed_on"], row["listed_on"]) == ("listed", "", LATER)


def test_a_part_of_the_list_removes_nobody_when_it_is_called_one(tmp_path, capsys):
    path = FORMATS["xlsx"](tmp_path, official()[:40])
    refused = bring_in(tmp_path, capsys, path)
    assert refused.code == 1
    assert "487 dari 526 perusahaan tidak ada dalam 39 baris ini" in refused.said
    assert refused.after == refused.before
    assert bring_in(tmp_path, capsys, path, part=True).count("Hilang dari daftar") == 0
    assert bring_in(tmp_path, capsys, path, whole=True).count("Hilang dari daftar") == 487


def test_several_files_are_one_list(tmp_path, capsys):
    rows = official()
    one = files.as_csv(tmp_path / "satu.csv", rows[:300])
    two = files.as_xlsx(tmp_path / "dua.xlsx", [rows[0], *rows[300:]])
    seen = bring_in(tmp_path, capsys, one, two, on=DAY)
    assert (seen.code, seen.count("Tetap"), seen.after == seen.before) == (0, 526, True)


def test_an_older_list_and_one_of_tomorrow_are_refused(tmp_path, capsys):
    path = FORMATS["xlsx"](tmp_path, official())
    assert "lebih tua daripada yang sudah ada" in bring_in(tmp_path, capsys, path, on="2026-09-16").said
    ahead = bring_in(tmp_path, capsys, path, on="2026-12-24")
    assert "belum tiba" in ahead.said
    assert ahead.after == ahead.before


def test_no_directors_name_comes_out_anywhere(tmp_path, capsys):
    rows = official()
    rows += [["999001", "CONTOH BARU", "0123456789012", DIRECTOR], ["", DIRECTOR, "", ""], ["", "", "", DIRECTOR]]
    seen = bring_in(tmp_path, capsys, FORMATS["xlsx"](tmp_path, rows))
    assert seen.code == 0
    for text in (seen.said, seen.saved, seen.after.decode()):
        assert DIRECTOR not in text
    assert seen.said.count("baris ini tidak dibaca") == 2


def test_the_review_is_printed_and_saved_whole_in_both_languages(tmp_path, capsys):
    rows = official()
    rows += [[str(999000 + n), f"CONTOH BARU {chr(65 + n)}{chr(65 + n)}", f"01234567890{n:02}", ""] for n in range(40)]
    seen = bring_in(tmp_path, capsys, FORMATS["xlsx"](tmp_path, rows), write=False)
    assert "… dan 15 lagi, lihat hasil yang disimpan" in seen.said
    assert seen.saved.count("PT CONTOH BARU") == 40
    english = bring_in(tmp_path, capsys, FORMATS["xlsx"](tmp_path, rows), write=False, language="en")
    assert "Added: 40" in english.said
    assert "Removed from the list: 0" in english.said


def test_the_command_runs_with_a_plain_python_from_any_folder(tmp_path):
    files.as_csv(tmp_path / "daftar.csv", official())
    command = [
        "python3",
        ROOT / "scripts" / "import_agencies.py",
        "daftar.csv",
        "--on",
        DAY,
        "--reviews",
        "hasil",
        "--en",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Unchanged: 526" in done.stdout
    assert (tmp_path / "hasil" / f"agencies-{DAY}.txt").exists()


def test_a_stumble_is_a_sentence_and_never_a_traceback(tmp_path):
    data = tmp_path / "data" / "agencies"
    data.mkdir(parents=True)
    (data / "headings.yaml").write_text("[", encoding="utf-8")
    command = [sys.executable, "-m", "scripts.lists", "x.csv", "--data", data.parent]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "tersandung" in done.stdout and "Tidak ada yang ditulis" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_removed_company_is_still_on_the_page_with_the_day_it_went():
    from scripts.site.blocks import BLOCKS

    from .pages import view

    gone = {"id": "p3mi-9", "name": "PT PERGI", "listing": "not_listed", "listed_on": DAY, "removed_on": "2026-11-20"}
    there = {"id": "p3mi-8", "name": "PT ADA", "listing": "listed", "listed_on": LATER, "licence_until": "2027-01-12",
             "decree_no": "KEP. 459/MEN/2006",
             "source": "https://siskop2mi.bp2mi.go.id/profil/lembaga/list_lembaga/p3mi"}  # fmt: skip
    shown = BLOCKS["agencies"]("all", view("id", agencies=[gone, there], sanctions=[], today=date(2026, 11, 23)))
    assert "Tidak ada lagi di daftar sejak 20 November 2026" in shown
    assert "Berlaku sampai (menurut daftar): 12 Januari 2027" in shown
    assert 'Nomor SIP3MI <span class="number">KEP. 459/MEN/2006</span>' in shown
    assert "salinan pihak ketiga" not in shown
    assert "No longer on the list since 20 November 2026" in BLOCKS["agencies"](
        "all", view("en", agencies=[gone], sanctions=[])
    )
