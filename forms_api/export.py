"""What is filtered, as a file: Excel, CSV for programs, or a Data Package. No cell is ever a formula."""

import csv
import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from xlsxwriter import Workbook

from forms_api.tables import Field, Form, plain_schema
from forms_api.words import Words

MOST_ROWS = 1_048_576 - 1  # Excel specifications and limits: rows on a worksheet, less the heading


class TooManyRows(Exception):
    """More rows than an Excel sheet holds."""


@dataclass(frozen=True)
class Wanted:
    """What an officer asked for: the form's stored rows (``rows()`` begins them anew), each opened by ``opened`` as it
    is written, in ``language``, ``filter`` as it is told to the reader, ``made`` and ``local`` in the hub's zone."""

    form: Form
    rows: Callable[[], Iterable[dict]]
    opened: Callable[[dict], dict]
    language: str
    filter: str
    made: datetime
    local: Callable[[str], datetime]
    words: Words

    @property
    def columns(self) -> list[Field]:
        return [each for each in self.form.columns if each.exported]


def xlsx(wanted: list[Wanted]) -> BinaryIO:
    """A workbook with one sheet a form and one that explains the columns, as an open temporary file.

    Text is written as text (telephone numbers keep their plus and zeros), dates as real dates in the hub's
    zone, codes as labels. Raises TooManyRows, before anything is written.
    """
    if any(count > MOST_ROWS for count in (sum(1 for _ in each.rows()) for each in wanted)):
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
        _sheet(book.add_worksheet(each.form.text("title", each.language)[:31]), formats, each)
    _about(book.add_worksheet(wanted[0].words.say(wanted[0].language, "export.about")), formats, wanted)
    book.close()
    file.seek(0)
    return file


def _sheet(sheet, formats: dict, wanted: Wanted) -> None:
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


def _cell(sheet, row: int, column: int, field: Field, value, formats: dict, wanted: Wanted) -> None:
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
    """What a person reads for a stored value: the label of a code, yes or no for a tick, else the text."""
    if field.type == "boolean":
        return {"id": ("Tidak", "Ya"), "en": ("No", "Yes")}[wanted.language][bool(value)]
    if field.name == "form":
        return wanted.form.text("title", wanted.language)
    return field.label(value, wanted.language)


def _about(sheet, formats: dict, wanted: list[Wanted]) -> None:
    first = wanted[0]
    say, language = first.words.say, first.language
    lines = [(say(language, "export.made"), f"{first.made:%d/%m/%Y %H:%M} {first.made.tzname()}"),
             (say(language, "export.filter"), first.filter), ("", ""),
             (say(language, "export.column"), say(language, "export.meaning"))]  # fmt: skip
    fields = {f.name: f for each in wanted for f in each.columns}
    lines += [(f.text("title", language), f.text("description", language)) for f in fields.values()]
    sheet.set_column(0, 1, 50)
    for row, pair in enumerate(lines):
        for column, text in enumerate(pair):
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


def _line(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
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
            "filter": first.filter, "resources": resources,
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
