"""Sheets of .xlsx, .xls and .ods workbooks."""

import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum, ZipError

from scripts.lists.findings import Findings, Unreadable
from scripts.lists.sheet import Sheet
from scripts.lists.xls_formulas import xls_formulas
from scripts.lists.xml_parts import Merges, Spots, guard, ods_parts, xlsx_formulas

BROKEN = (CalamineError, ZipError, zipfile.BadZipFile, zlib.error, expat.ExpatError, struct.error, EOFError, KeyError,
          ValueError, IndexError, RuntimeError, OverflowError)  # fmt: skip


def book_sheets(file: str, data: bytes, findings: Findings) -> list[Sheet]:
    """The visible sheets, cells merged downwards filled; hidden ones are only told of.

    Raises Unreadable when the workbook is locked, broken or of a kind whose formulas cannot be seen.
    """
    try:
        formulas, merges = _unseen(data)
        with _panics_are_errors():
            return _visible(file, CalamineWorkbook.from_filelike(BytesIO(data)), formulas, merges, findings)
    except PasswordError as locked:
        raise Unreadable("lists.locked") from locked
    except BROKEN as broken:
        raise Unreadable("lists.broken") from broken


def _visible(file: str, book: CalamineWorkbook, formulas: dict[str, Spots], merges: dict[str, Merges],
             findings: Findings) -> list[Sheet]:  # fmt: skip
    found = []
    for known in book.sheets_metadata:
        if known.visible == SheetVisibleEnum.Visible:
            found.append(_sheet(file, book.get_sheet_by_name(known.name), formulas, merges))
        else:
            findings.remark("lists.hidden-sheet", file, sheet=known.name)
    return found


@contextmanager
def _panics_are_errors() -> Iterator[None]:
    """On some spoilt books the library panics: it prints a page of its insides, past Python, and raises what is no
    Exception. Nobody should have to read that."""
    kept, silent = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 2)
    try:
        yield
    except BaseException as panic:
        if type(panic).__name__ != "PanicException":
            raise
        raise ValueError("panic") from panic
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(silent)


def _sheet(file: str, sheet, formulas: dict[str, Spots], merges: dict[str, Merges]) -> Sheet:
    rows = sheet.to_python(skip_empty_area=False)
    ranges = merges.get(sheet.name) or sheet.merged_cell_ranges or []
    for (top, column), (bottom, _) in ranges:
        for row in range(top + 1, min(bottom + 1, len(rows))):
            rows[row][column] = rows[top][column]
    return Sheet(file, sheet.name, rows, formulas.get(sheet.name, set()))


def _unseen(data: bytes) -> tuple[dict[str, Spots], dict[str, Merges]]:
    """Formulas and .ods merges by sheet."""
    if not data.startswith(b"PK"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Unreadable("lists.locked")
        try:
            return xls_formulas(data), {}
        except (ValueError, IndexError, KeyError, struct.error) as unseen:
            raise Unreadable("lists.unseen-formulas") from unseen
    with zipfile.ZipFile(BytesIO(data)) as archive:
        guard(archive)
        names = archive.namelist()
        if "xl/workbook.xml" in names:
            return xlsx_formulas(archive), {}
        if "content.xml" in names and b"spreadsheet" in archive.read("mimetype"):
            return ods_parts(archive)
    raise Unreadable("lists.unseen-formulas" if "xl/workbook.bin" in names else "lists.not-a-table")
