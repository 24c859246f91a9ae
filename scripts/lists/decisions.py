"""The sheet on which a person answers the questions of an import, and its way back."""

from io import BytesIO
from pathlib import Path

import xlsxwriter

from forms_api.words import Words
from scripts.lists.findings import Finding, Findings, Unreadable
from scripts.lists.headings import fold
from scripts.lists.matching import OTHER, SAME
from scripts.lists.opening import open_sheets
from scripts.lists.sheet import clean

ANSWERS = {"sama": SAME, "same": SAME, "lain": OTHER, "other": OTHER}


def questions_sheet(questions: list[Finding], said: list[str], words: Words, language: str) -> bytes:
    """An .xlsx with one row a question that can be answered; ``said`` are the questions as sentences."""
    packed = BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    heads = [words.say(language, f"lists.sheet-{each}") for each in ("question", "name", "answer")]
    sheet.write_row(0, 0, heads, bold)
    answers = [word for word, code in ANSWERS.items() if (word in ("same", "other")) == (language == "en")]
    for at, (question, sentence) in enumerate(zip(questions, said, strict=True), 1):
        sheet.write_row(at, 0, [sentence, question.decision, ""], wrapped)
        sheet.data_validation(at, 2, at, 2, {"validate": "list", "source": answers})
    sheet.set_column(0, 0, 90)
    sheet.set_column(1, 2, 40)
    book.close()
    return packed.getvalue()


def read_decisions(path: Path | None) -> dict[str, str]:
    """The answers of a questions sheet by the question's name; a row without one is not answered.

    Raises Unreadable for a file that is no such sheet or an answer that is neither of the two words.
    """
    found: dict[str, str] = {}
    for sheet in open_sheets(path, Findings()) if path else []:
        for number, row in enumerate(sheet.rows[1:], 1):
            name, answer = (clean(cell) for cell in [*row, "", "", ""][1:3])
            if answer and fold(answer) not in ANSWERS:
                raise Unreadable("lists.no-answer", place=sheet.place(number, 2), shown=answer)
            if name and answer:
                found[name] = ANSWERS[fold(answer)]
    return found
