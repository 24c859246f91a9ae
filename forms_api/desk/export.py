"""What is filtered, as an Excel workbook. No cell is ever a formula."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from io import BytesIO, StringIO
from itertools import chain, count
from zipfile import ZipFile

from xlsxwriter import Workbook
from xlsxwriter.worksheet import RowInfo, Worksheet

from forms_api.forms.files import Part, Wanted, shown, zipped
from forms_api.forms.tables import Field

MOST_ROWS = 1_048_576 - 1  # Excel specifications and limits: rows on a worksheet, less the heading
LARGE = 100_000  # rows from which a sheet may be larger than 2 GiB, at the longest that a form lets people write
LINE, LETTER, MOST_LINES = 20, 8, 27  # pixels of a line and of a wide letter; Excel's rows end at 409 points
# Excel's rules for a sheet's name, and what its XML cannot hold or takes for an escape (as ESCAPED)
NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
# What ECMA-376 part 1, 22.9.2.19 writes as _xHHHH_: what XML cannot hold, and the underscore of what looks like that.
ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")


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


    def lines(self, rows: Iterable[dict], fill: Callable[[int, dict], None]) -> Iterator[bytes]:
        """The XML of each row behind the heading. ``fill`` writes one row's cells into the sheet."""
        self.fh = StringIO()
        for number, row in enumerate(rows, start=1):
            self.previous_row = number
            fill(number, row)
            self._write_single_row(number)
            yield self.fh.getvalue().encode()
            self.fh.seek(0)
            self.fh.truncate()


def too_many(wanted: list[Wanted]) -> bool:
    """Whether a form has more rows than an Excel sheet holds."""
    return any(each.count() > MOST_ROWS for each in wanted)


def xlsx(wanted: list[Wanted]) -> Iterator[bytes]:
    """A workbook with one sheet a form and one that explains the columns, in pieces. Ask ``too_many`` before.

    Text is written as text (telephone numbers keep their plus and zeros), dates as real dates in the hub's
    zone, codes as labels.
    """
    frame, rows = BytesIO(), {}
    # The library would keep all rows in a named file, in the clear, until the last one is written. So it makes a
    # workbook of the headings alone, and then one row after the other, which goes out at once.
    book = Workbook(frame, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                            "strings_to_numbers": False})  # fmt: skip
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        "date": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"}),
        "datetime": book.add_format({"num_format": "dd/mm/yyyy hh:mm", "valign": "top"}),
        "integer": book.add_format({"num_format": "0", "valign": "top"}),
    }
    for each in formats.values():
        each._get_xf_index()  # so that the workbook holds it, whether a heading has it or not
    *names, about = sheet_names([*(each.form.text("title", each.language) for each in wanted), wanted[0].say("about")])
    for number, (name, each) in enumerate(zip(names, wanted, strict=True), start=1):
        sheet = book.add_worksheet(name, _Sheet)
        _head(sheet, formats, each)
        rows[f"xl/worksheets/sheet{number}.xml"] = _rows(sheet, formats, each), each.count() > LARGE
    _about(book.add_worksheet(about, _Sheet), formats, wanted)
    book.close()
    return zipped(_parts(frame, rows), wanted[0].made)


def _parts(frame: BytesIO, rows: dict[str, tuple[Iterator[bytes], bool]]) -> Iterator[Part]:
    """What the workbook is made of, the sheets with their rows."""
    with ZipFile(frame) as made:
        for name in made.namelist():
            head, end, tail = made.read(name).rpartition(b"</sheetData>")
            lines, large = rows.get(name, ((), False))
            yield name, chain([head], lines, [end + tail]), large


def sheet_names(titles: list[str]) -> list[str]:
    """Each of ``titles`` as Excel lets a sheet be called, no two alike."""
    names = ["history"]  # Excel keeps this one for itself
    for title in titles:
        plain = NO_SHEET_NAME.sub(" ", title).strip("' ") or "-"
        endings = (f" {number}" if number > 1 else "" for number in count(1))
        tries = (plain[: 31 - len(ending)].strip("' ") + ending for ending in endings)
        names.append(next(each for each in tries if each.lower() not in map(str.lower, names)))
    return names[1:]


def _head(sheet: Worksheet, formats: dict, wanted: Wanted) -> None:
    for column, field in enumerate(wanted.columns):
        sheet.set_column(column, column, 40 if field.control == "textarea" else 22)
        sheet.write_string(0, column, field.text("title", wanted.language), formats["head"])
    sheet.freeze_panes(1, 0)
    sheet.dim_rowmax = wanted.count()  # the last row, which some programs believe


def _rows(sheet: _Sheet, formats: dict, wanted: Wanted) -> Iterator[bytes]:
    sealed = next(column for column, field in enumerate(wanted.columns) if not field.open)

    def fill(number: int, row: dict) -> None:
        for column, field in enumerate(wanted.columns):
            _cell(sheet, number, column, field, row[field.name], formats, wanted)
        if row["broken"]:
            sheet.write_string(number, sealed, wanted.words.say(wanted.language, "desk.broken"), formats["text"])

    return sheet.lines(map(wanted.opened, wanted.rows()), fill)


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


def _about(sheet: Worksheet, formats: dict, wanted: list[Wanted]) -> None:
    lines = [(*pair, "") for pair in wanted[0].told()]
    lines += [("", "", ""), tuple(map(wanted[0].say, ("column", "meaning", "codes"))), *_explained(wanted)]
    sheet.set_column(0, 2, 50)
    for row, texts in enumerate(lines):
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, formats["text"])


def _explained(wanted: list[Wanted]) -> list[tuple[str, str, str]]:
    """For each column, once for all forms that ask it alike: title, meaning, and what its codes mean."""
    found: dict[tuple[str, str], list[str]] = {}
    for each in wanted:
        for field in each.columns:
            # the villages are a table of their own
            choices = () if "rows" in field.spec else field.choices
            codes = "; ".join(f"{choice.code} = {field.label(choice.code, each.language)}" for choice in choices)
            found.setdefault((field.text("title", each.language), codes), []).append(_meaning(each, field))
    return [(title, "; ".join(dict.fromkeys(meanings)), codes) for (title, codes), meanings in found.items()]


def _meaning(wanted: Wanted, field: Field) -> str:
    """What a column holds. A question says it itself, and its description is a hint for whoever answers."""
    if field in wanted.form.common:
        return field.text("description", wanted.language)
    return wanted.say("answer", form=wanted.form.text("title", wanted.language))
