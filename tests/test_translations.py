"""The editors' command: what is behind, out as a table, back again, and what is recorded."""

import csv
from io import StringIO

import pytest

from scripts import check
from scripts.pairs.pairs import FRESH, all_pairs
from scripts.site.pages import read_pages
from scripts.translations import main

from .translated import INDONESIAN, Folder


@pytest.fixture
def folder(tmp_path, capsys):
    """A pair of pages, translated and marked."""
    made = Folder(tmp_path / "docs", capsys)
    assert made.ask("--done", "guides/costs") == ["Sections recorded as translated in docs/guides/costs.en.md: 3"]
    return made


def states(folder) -> list[str]:
    return [each.state for each in all_pairs(read_pages(folder.docs))]


def answer(file, new: dict[int, str], delimiter=";", encoding="utf-8-sig") -> None:
    """What a translator does: fill the last column of some rows, and save in a program's own way."""
    rows = list(csv.reader(StringIO(file.read_bytes().decode("utf-8-sig"), newline=""), delimiter=";"))
    for number, text in new.items():
        rows[number][4] = text
    out = StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    file.write_bytes(out.getvalue().encode(encoding))


def test_a_page_just_recorded_has_nothing_behind(folder):
    assert folder.ask() == ["Every English section follows its Indonesian text."]


def test_a_section_that_is_behind_is_listed_with_file_line_and_next_step(folder):
    folder.change("guides/costs.md", "umur paling muda", "umur terendah")
    assert folder.ask() == [
        "docs/guides/costs.en.md: line 10: section 1 “Yang sudah jelas”: "
        "the Indonesian changed after it was translated",
        "Sections behind: 1. Next: hub.py translations --out FILE.csv",
    ]


def test_retyped_quotes_and_spaces_leave_nothing_behind(folder):
    folder.change("guides/costs.md", "Tanya dulu kepada", "Tanya  dulu\nkepada")
    assert states(folder) == [FRESH] * 3


def test_moving_both_pages_leaves_nothing_behind(folder):
    for suffix in (".md", ".en.md"):
        text = folder.read(f"guides/costs{suffix}").replace("other.md", "../guides/other.md")
        folder.write(f"money/all{suffix}", text)
        (folder.docs / f"guides/costs{suffix}").unlink()
    assert states(folder) == [FRESH] * 3


def test_a_minor_change_is_recorded_with_its_reason_and_the_next_change_counts_again(folder):
    folder.change("guides/costs.md", "umur paling muda", "umur palingmuda")
    said = folder.ask("--minor", "guides/costs", "Yang sudah jelas", "--why", "typing slip")
    assert said == ["Recorded: the change to “Yang sudah jelas” needs no new translation (typing slip)."]
    assert " minor: typing slip -->\n" in folder.read()
    assert states(folder) == [FRESH] * 3
    folder.change("guides/costs.md", "umur palingmuda", "umur terendah")
    assert states(folder)[1] == "behind"
    folder.ask("--done", "guides/costs", "1")
    assert "minor" not in folder.read()


def test_a_minor_change_without_a_reason_is_refused(folder):
    before = folder.read()
    assert folder.ask("--minor", "guides/costs", "1", expect=1) == ['give the reason: --why "a typing slip"']
    assert folder.read() == before


def test_a_page_or_section_that_does_not_exist_is_refused_in_words(folder):
    (said,) = folder.ask("--done", "guides/cost", expect=1)
    assert said == "there is no page guides/cost; perhaps guides/costs.md is meant"
    (said,) = folder.ask("--done", "guides/costs", "9", expect=1)
    assert said.startswith("there is no section “9” in guides/costs.md; there are: 0 Minta rincian biaya, 1 Yang")


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(";", "utf-8-sig"), (",", "utf-8"), (";", "cp1252"), ("\t", "utf-16")]
)
def test_a_table_goes_out_and_comes_back_however_it_was_saved(folder, tmp_path, delimiter, encoding):
    folder.change("guides/costs.md", "Telepon", "Segera telepon")
    sheet = tmp_path / "out.csv"
    assert folder.ask("--out", sheet)[0].startswith("Sections written to")
    answer(sheet, {1: "## If you have paid\n\nRing “at once”: [[phone:polri-110]]."}, delimiter, encoding)
    assert folder.ask("--in", sheet) == ["Sections written: 1. Next: hub.py check"]
    assert folder.read().endswith("\n\nRing “at once”: [[phone:polri-110]].\n")
    assert states(folder) == [FRESH] * 3


def test_a_page_that_has_no_english_can_be_made_from_the_table(folder, tmp_path):
    whole = folder.read()
    (folder.docs / "guides/costs.en.md").unlink()
    sheet = tmp_path / "out.csv"
    folder.ask("--out", sheet)
    plain = [each.english.text for each in all_pairs({**read_pages(folder.docs), **_page(whole)})]
    answer(sheet, dict(enumerate(plain, 1)))
    assert folder.ask("--in", sheet) == ["Sections written: 3. Next: hub.py check"]
    assert folder.read() == whole
    assert states(folder) == [FRESH] * 3


def _page(text):
    from .translated import twin

    return {"guides/costs.en.md": twin(text)}


def test_a_wrong_row_is_named_and_the_others_are_written(folder, tmp_path):
    folder.change("guides/costs.md", "Telepon", "Segera telepon")
    folder.change("guides/costs.md", "Tanya dulu", "Tanyakan")
    sheet = tmp_path / "out.csv"
    folder.ask("--out", sheet)
    opening = "description: Add up every cost.\n\n# Ask\n\nAsk first.[[source:F4.8]]"
    answer(sheet, {1: opening, 2: "## If you have paid\n\nRing the police."})
    assert folder.ask("--in", sheet, expect=1) == [
        "row 3, guides/costs.md: [[phone:polri-110]] stands in the Indonesian, but not in the translation",
        "Sections written: 1; refused: 1. Repair them in the table, then run the same command again.",
    ]
    assert "description: Add up every cost.\n" in folder.read()
    assert states(folder) == [FRESH, FRESH, "behind"]


def test_running_the_same_table_twice_writes_nothing_wrong(folder, tmp_path):
    folder.change("guides/costs.md", "Telepon", "Segera telepon")
    sheet = tmp_path / "out.csv"
    folder.ask("--out", sheet)
    answer(sheet, {1: "## If you have paid\n\nRing at once: [[phone:polri-110]]."})
    folder.ask("--in", sheet)
    once = folder.read()
    (said, _) = folder.ask("--in", sheet, expect=1)
    assert "someone has changed the English since" in said
    assert folder.read() == once


@pytest.mark.parametrize("content", [None, b"", b"\x00\x01\x02", b"a,b\n1,2\n"])
def test_a_file_that_cannot_be_read_as_the_table_is_a_sentence(folder, tmp_path, content):
    file = tmp_path / "in.csv"
    if content is not None:
        file.write_bytes(content)
    (said,) = folder.ask("--in", file, expect=1)
    assert str(file) in said


def test_a_table_that_cannot_be_written_is_a_sentence(folder, tmp_path):
    (said,) = folder.ask("--out", tmp_path / "no" / "out.csv", expect=1)
    assert "cannot be read or written" in said


def test_it_speaks_indonesian_unless_told(folder, capsys):
    assert main([], folder.docs) == 0
    assert capsys.readouterr().out == "Semua bagian berbahasa Inggris sesuai dengan teks Indonesianya.\n"


def test_the_check_tells_what_is_behind_and_calls_it_no_fault(folder, monkeypatch, capsys):
    folder.write("guides/costs.md", INDONESIAN.replace("Telepon", "Segera telepon"))
    for step in ("check_data", "check_pages", "check_site"):
        monkeypatch.setattr(check, step, lambda *_: [])
    monkeypatch.setattr(check, "ROOT", folder.docs.parent)
    monkeypatch.setattr("sys.argv", ["check", "--en"])
    assert check.main() == 0
    told = capsys.readouterr().out
    assert "Translations behind: 1\n  docs/guides/costs.en.md: line " in told
    assert told.endswith("All is well. Next: save your changes.\n")
