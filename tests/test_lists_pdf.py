"""Ruled tables of a PDF, page after page."""

import sys

import pytest

from scripts.lists.findings import Findings, Unreadable
from scripts.lists.pdf_tables import pdf_sheets

from .imports import DAY, bring_in
from .lists_files import as_pdf, official

WIDTHS = [80, 300, 160, 200]


def test_each_page_is_a_sheet_and_a_person_is_told_to_compare(tmp_path):
    findings = Findings()
    path = as_pdf(tmp_path / "a.pdf", official()[:90], WIDTHS)
    sheets = pdf_sheets("a.pdf", path.read_bytes(), findings)
    assert [sheet.name for sheet in sheets] == ["PDF 1", "PDF 2", "PDF 3"]
    assert [sheet.continues for sheet in sheets] == [False, True, True]
    assert [len(sheet.rows) for sheet in sheets] == [41, 41, 10]
    assert [each.key for each in findings.remarks] == ["lists.compare-pdf"]


def test_pages_after_the_first_need_no_heading_row(tmp_path, capsys, monkeypatch):
    from . import lists_files

    whole = lists_files._pdf_page
    header = official()[0]

    def only_once(rows, widths, ruled, seen=[]):  # noqa: B006 - remembers across pages
        seen.append(1)
        return whole(rows if len(seen) == 1 else [row for row in rows if row != header], widths, ruled)

    monkeypatch.setattr(lists_files, "_pdf_page", only_once)
    path = as_pdf(tmp_path / "a.pdf", official()[:90], WIDTHS)
    seen = bring_in(tmp_path, capsys, path, on=DAY, part=True)
    assert (seen.code, seen.count("Tetap")) == (0, 89), seen.said


def test_a_pdf_without_lines_is_refused(tmp_path, capsys):
    path = as_pdf(tmp_path / "a.pdf", official()[:9], WIDTHS, ruled=False)
    seen = bring_in(tmp_path, capsys, path, part=True)
    assert seen.code == 1
    assert "a.pdf: PDF ini tidak memuat tabel bergaris; minta berkas .xlsx" in seen.said


def test_without_its_reader_a_pdf_is_refused_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    with pytest.raises(Unreadable, match="no-pdf-reader"):
        pdf_sheets("a.pdf", b"%PDF", Findings())
