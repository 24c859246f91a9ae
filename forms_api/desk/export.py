"""What is filtered, as a file: Excel, CSV for programs, CSV for Excel, or a Data Package. No cell is ever a formula."""

import csv
import hashlib
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import RowInfo, Worksheet

from forms_api.forms.tables import Field, Form, plain_schema
from forms_api.words import Words

MOST_ROWS = 1_048_576 - 1  # Excel specifications and limits: rows on a worksheet, less the heading
LINE, LETTER, MOST_LINES = 20, 8, 27  # pixels of a line and of a wide letter; Excel's rows end at 409 points
NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")  # Excel's rules for a sheet's name
# OWASP ASVS 5.0 V1.2.10, with line ends and the full-width signs that Excel takes for the same
TRIGGERS = tuple("=+-@\t\0\r\n＝＋－＠")
# What ECMA-376 part 1, 22.9.2.19 writes as _xHHHH_: what XML cannot hold, and the underscore of what looks like that.
ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
PHONE = re.compile(r"\+[0-9][0-9 ]{5,20}")


class TooManyRows(Exception):
    """More rows than an Excel sheet holds."""


@dataclass(frozen=True)
class Wanted:
    """What an officer asked for: the form's stored rows (``rows()`` begins them anew, ``count()`` says how many), each
    opened by ``opened`` as it is written, in ``language``. ``filter``: as it is told to the reader. ``made`` and
    ``local``: in the hub's zone. ``officer``: who asked. ``reason``: the code of REASONS for which the personal columns
    are there too; empty: without them."""

    form: Form
    rows: Callable[[], Iterable[dict]]
    count: Callable[[], int]
    opened: Callable[[dict], dict]
    language: str
    filter: str
    made: datetime
    local: Callable[[str], datetime]
    words: Words
    officer: str
    reason: str = ""

    @property
    def columns(self) -> list[Field]:
        return [each for each in self.form.columns if each.exported and (self.reason or not each.private)]

    def say(self, key: str, **values) -> str:
        """The sentence ``export.<key>`` in the officer's language."""
        return self.words.say(self.language, f"export.{key}", **values)

    def told(self) -> list[tuple[str, str]]:
        """What the reader of the file is told about it: title and text."""
        personal = self.say(f"reason.{self.reason}") if self.reason else self.say("without_personal")
        return [
            (self.say("made"), f"{self.made:%d/%m/%Y %H:%M} {self.made.tzname()}"), (self.say("by"), self.officer),
            (self.say("filter"), self.filter), (self.say("personal"), personal),
        ]  # fmt: skip


class _Sheet(Worksheet):
    """A sheet of plain text. With constant memory the library takes a text between <r> and </r> for its own XML and
    writes it as it is, formulas in it too; of two escapes that share an underscore it sees only the first; and it
    says of no row how high it is, so that LibreOffice writes long texts over the row below."""

    @staticmethod
    def _escape_control_characters(data):
        return ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", data)

    def _xml_rich_inline_string(self, string, attributes=()):
        self._xml_inline_string(string, True, list(attributes))

    def _write_row(self, row, spans, row_info=None, empty_row=False):
        texts = ((self.col_info[at].width // LETTER, getattr(it, "string", "")) for at, it in self.table[row].items())
        lines = max(sum(len(line) // room + 1 for line in text.split("\n")) for room, text in texts)
        super()._write_row(row, spans, RowInfo(height=LINE * min(lines, MOST_LINES)), empty_row)


def xlsx(wanted: list[Wanted]) -> BinaryIO:
    """A workbook with one sheet a form and one that explains the columns, as an open temporary file.

    Text is written as text (telephone numbers keep their plus and zeros), dates as real dates in the hub's
    zone, codes as labels. Raises TooManyRows, before anything is written.
    """
    if any(each.count() > MOST_ROWS for each in wanted):
        raise TooManyRows
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it has been sent
    book = Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                           "strings_to_numbers": False})  # fmt: skip
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        "date": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"}),
        "datetime": book.add_format({"num_format": "dd/mm/yyyy hh:mm", "valign": "top"}),
        "integer": book.add_format({"num_format": "0", "valign": "top"}),
    }
    for each in wanted:
        _rows(book.add_worksheet(sheet_name(each.form.text("title", each.language)), _Sheet), formats, each)
    _about(book.add_worksheet(sheet_name(wanted[0].say("about")), _Sheet), formats, wanted)
    book.close()
    file.seek(0)
    return file


def sheet_name(title: str) -> str:
    """``title`` as Excel lets a sheet be called."""
    return NO_SHEET_NAME.sub(" ", title)[:31].strip("' ") or "-"


def _rows(sheet: Worksheet, formats: dict, wanted: Wanted) -> None:
    for column, field in enumerate(wanted.columns):
        sheet.set_column(column, column, 40 if field.control == "textarea" else 22)
        sheet.write_string(0, column, field.text("title", wanted.language), formats["head"])
    sheet.freeze_panes(1, 0)
    sealed = next(column for column, field in enumerate(wanted.columns) if not field.open)
    for number, row in enumerate(map(wanted.opened, wanted.rows()), start=1):
        for column, field in enumerate(wanted.columns):
            _cell(sheet, number, column, field, row[field.name], formats, wanted)
        if row["broken"]:
            sheet.write_string(number, sealed, wanted.words.say(wanted.language, "desk.broken"), formats["text"])


def _cell(sheet: Worksheet, row: int, column: int, field: Field, value, formats: dict, wanted: Wanted) -> None:
    if value is None:
        return
    if field.type == "datetime":
        sheet.write_datetime(row, column, wanted.local(value).replace(tzinfo=None), formats["datetime"])
    elif field.type == "date":
        sheet.write_datetime(
            row, column, datetime.combine(date.fromisoformat(value), datetime.min.time()), formats["date"]
        )
    elif field.type == "integer":
        sheet.write_number(row, column, value, formats["integer"])
    else:
        sheet.write_string(row, column, shown(field, value, wanted), formats["text"])


def shown(field: Field, value, wanted: Wanted) -> str:
    """What a person reads for a stored value: the label of a code, a day as 31/12/2026, yes or no, else the text."""
    if value is None:
        return ""
    if field.type == "boolean":
        return wanted.say("yes" if value else "no")
    if field.type == "datetime":
        return f"{wanted.local(value):%d/%m/%Y %H:%M}"
    if field.type == "date":
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    if field.name == "form":
        return wanted.form.text("title", wanted.language)
    return field.label(value, wanted.language)


def _about(sheet: Worksheet, formats: dict, wanted: list[Wanted]) -> None:
    first, language = wanted[0], wanted[0].language
    lines = [(*pair, "") for pair in first.told()]
    lines += [("", "", ""), (first.say("column"), first.say("meaning"), first.say("codes"))]
    fields = {f.name: f for each in wanted for f in each.columns}
    for field in fields.values():
        # the villages' codes are a table of their own
        codes = (
            ""
            if "rows" in field.spec
            else "; ".join(f"{c.code} = {field.label(c.code, language)}" for c in field.choices)
        )
        lines.append((field.text("title", language), field.text("description", language), codes))
    sheet.set_column(0, 2, 50)
    for row, texts in enumerate(lines):
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, formats["text"])


def csv_lines(wanted: Wanted) -> Iterator[str]:
    """CSV for programs (RFC 4180, UTF-8): codes and values exactly as they are stored, times in UTC.

    It is not for double-clicking: a cell that begins with ``=`` comes out as it was typed. Where a row does not
    open, its sealed columns are empty, also those that its schema requires.
    """
    yield _line([field.name for field in wanted.columns])
    for row in map(wanted.opened, wanted.rows()):
        yield _line([_plain(field, row[field.name]) for field in wanted.columns])


def _plain(field: Field, value) -> str:
    if value is None:
        return ""
    return ("no", "yes")[bool(value)] if field.type == "boolean" else str(value)


def excel_csv_lines(wanted: Wanted) -> Iterator[str]:
    """CSV that Excel with Indonesian settings opens by a double click: a byte order mark, semicolons, labels, days as
    31/12/2026. A text that begins like a formula gets an apostrophe before it: values are changed."""
    yield "\ufeff" + _line([_defused(field.text("title", wanted.language)) for field in wanted.columns], ";")
    for row in map(wanted.opened, wanted.rows()):
        yield _line([_defused(shown(field, row[field.name], wanted)) for field in wanted.columns], ";")


def _defused(text: str) -> str:
    # Excel drops the plus of a telephone number, which is a loss but no danger
    return f"'{text}" if text.startswith(TRIGGERS) and not PHONE.fullmatch(text) else text


def _line(cells: list[str], between: str = ",") -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=between, lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def package(wanted: list[Wanted]) -> BinaryIO:
    """A zip with one CSV a form and the ``datapackage.json`` that describes them, as an open temporary file."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it has been sent
    resources = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
        for each in wanted:
            digest, size, path = hashlib.sha256(), 0, f"{each.form.name}.csv"
            with bundle.open(path, "w", force_zip64=True) as member:
                for line in csv_lines(each):
                    data = line.encode()
                    member.write(data)
                    digest.update(data)
                    size += len(data)
            resources.append(_resource(each, path, digest.hexdigest(), size))
        first = wanted[0]
        descriptor = {
            "name": "submissions", "created": first.made.isoformat(timespec="seconds"),
            "filter": first.filter, "officer": first.officer, "personal": first.reason or False, "resources": resources,
        }  # fmt: skip
        bundle.writestr("datapackage.json", json.dumps(descriptor, ensure_ascii=False, indent=2))
    file.seek(0)
    return file


def _resource(wanted: Wanted, path: str, digest: str, size: int) -> dict:
    schema = plain_schema(tuple(wanted.columns), wanted.form.spec["missingValues"])
    for field in schema["fields"]:
        if field["type"] == "datetime":
            field["format"] = "any"  # ISO 8601 with milliseconds and the zone
    return {
        "name": wanted.form.name, "type": "table", "path": path, "scheme": "file", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "bytes": size, "hash": f"sha256:{digest}", "schema": schema,
    }  # fmt: skip
