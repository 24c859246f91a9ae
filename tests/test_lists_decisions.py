"""The sheet of questions goes to a person and comes back."""

import openpyxl
import pytest

from scripts.lists.decisions import questions_sheet, read_decisions
from scripts.lists.findings import Finding, Unreadable

from .imports import DAY, WORDS, bring_in
from .lists_files import as_csv, official

QUESTIONS = [
    Finding("lists.near-name", "a", {}, "p3mi-1 = 0123456789012"),
    Finding("lists.near-name", "b", {}, "p3mi-2 = =X"),
]


def answered(tmp_path, *answers: str, language: str = "id"):
    path = tmp_path / "tanya.xlsx"
    path.write_bytes(questions_sheet(QUESTIONS, ["A mirip B. Sama atau lain?", "=C?"], WORDS, language))
    book = openpyxl.load_workbook(path)
    for row, answer in enumerate(answers, 2):
        book.active.cell(row, 3).value = answer
    book.save(path)
    return path, book.active


def test_each_question_has_a_drop_down_with_both_answers(tmp_path):
    _, sheet = answered(tmp_path)
    assert [sheet.cell(row, 1).value for row in (2, 3)] == ["A mirip B. Sama atau lain?", "=C?"]
    assert [each.formula1 for each in sheet.data_validations.dataValidation] == ['"sama,lain"'] * 2
    _, sheet = answered(tmp_path, language="en")
    assert [each.formula1 for each in sheet.data_validations.dataValidation] == ['"same,other"'] * 2


def test_answers_come_back_in_either_language_and_a_blank_is_none(tmp_path):
    assert read_decisions(answered(tmp_path, "sama", "LAIN ")[0]) == {
        "p3mi-1 = 0123456789012": "same",
        "p3mi-2 = =X": "other",
    }
    assert read_decisions(answered(tmp_path, "other")[0]) == {"p3mi-1 = 0123456789012": "other"}
    assert read_decisions(None) == {}


def test_another_word_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="no-answer"):
        read_decisions(answered(tmp_path, "mungkin")[0])


def test_an_answered_question_is_not_asked_again(tmp_path, capsys):
    rows = official()
    at = next(n for n, row in enumerate(rows) if "MEGA AGUNG SEJAHTRA" in row[1])
    rows[at] = ["999001", "MEGA AGUNG SEJAHTERA", "0123456789012", ""]
    path = as_csv(tmp_path / "a.csv", rows)
    asked = bring_in(tmp_path, capsys, path, on=DAY, write=False)
    assert asked.count("Perlu diputuskan orang") == 1
    sheet = tmp_path / "reviews" / f"agencies-{DAY}.xlsx"
    assert str(sheet) in asked.said
    book = openpyxl.load_workbook(sheet)
    book.active["C2"] = "lain"
    book.save(tmp_path / "jawab.xlsx")
    seen = bring_in(tmp_path, capsys, path, on=DAY, decided=tmp_path / "jawab.xlsx")
    assert [seen.count(part) for part in ("Perlu diputuskan orang", "Bertambah", "Hilang dari daftar")] == [0, 1, 1]
