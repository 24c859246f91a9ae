"""The CSV files of data/ as they lie on disk: what Excel did to one is found here, before any rule is asked.

frictionless forgives what it should not: it takes ``;`` for a comma, reads NUL bytes and runs through a quote
that is never closed. So each file is read by the plain rules (UTF-8, comma, strict quotes) first.
"""

import csv
import io
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from forms_api.words import pick

EXCEL_FILES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods are zip files, .xls is OLE2
UTF16 = (b"\xff\xfe", b"\xfe\xff")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
SEPARATORS = {";": ";", "\t": "tab", "|": "|"}
CLOSED = re.compile('"(?:[^"]|"")*+"')
csv.field_size_limit(2**30)  # a quote that is never closed swallows the whole file


class BadFile(Exception):
    """A file that is no table. ``key`` names the sentence, ``row`` (from 1) and ``column`` (from 0) the place."""

    def __init__(self, key: str, row: int | None = None, column: int | None = None, **values):
        super().__init__(key)
        self.key, self.row, self.column, self.values = key, row, column, values


@dataclass
class Table:
    """One table: what the package and its schema say about it, and its rows as text with the headings first."""

    name: str
    file: str
    schema: dict
    rows: list[list[str]] = field(default_factory=list)
    broken: bool = False  # the file or its headings: what is behind them cannot be judged

    @cached_property
    def fields(self) -> list[dict]:
        """The fields of the schema, in order."""
        return self.schema.get("fields", [])

    @cached_property
    def names(self) -> list[str]:
        """The names of the fields, which are the headings the file must have."""
        return [each["name"] for each in self.fields]

    @cached_property
    def key(self) -> list[str]:
        """The names of the fields that make up the primary key."""
        key = self.schema.get("primaryKey", [])
        return [key] if isinstance(key, str) else key

    def title(self, language: str) -> str:
        """What the table is called; its name when the schema has no title."""
        return pick(self.schema, "title", language) or self.name

    def column(self, name: str) -> list[str]:
        """The cells of one column, top to bottom, without the heading. Empty for a column it does not have."""
        at = self.names.index(name) if name in self.names else len(self.names)
        return [row[at] if at < len(row) else "" for row in self.rows[1:]]


def read_rows(path: Path, names: list[str]) -> list[list[str]]:
    """The records of a CSV file as lists of text, headings first. ``names`` are the headings it should have.

    Raises BadFile when the file is not there, is empty, or is not UTF-8 with commas and closed quotes.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise BadFile("data.gone") from None
    text = _decoded(content)
    if not text.strip("\r\n ,"):
        raise BadFile("data.empty")
    if "\0" in text:
        raise BadFile("data.nul", *_cell_at(text, text.index("\0")))
    if separator := _foreign_separator(text.lstrip("\r\n").splitlines()[0], set(names)):
        raise BadFile("data.separator", separator=SEPARATORS[separator])
    return _records(text)


def _foreign_separator(first: str, names: set[str]) -> str:
    """What stands between the headings of a first line instead of commas; "" when it is commas."""
    for separator in SEPARATORS:
        parts = {part.strip('" ') for part in first.split(separator)}
        if first == f"sep={separator}" or (len(parts) > 1 and (len(parts & names) > 1 or "," not in first)):
            return separator
    return ""


def _decoded(content: bytes) -> str:
    """The text of a file; a byte order mark does no harm and is dropped."""
    if content.startswith(EXCEL_FILES):
        raise BadFile("data.workbook")
    if content.startswith(UTF16):
        raise BadFile("data.utf16")
    content = content.removeprefix(BYTE_ORDER_MARK)
    try:
        return content.decode()
    except UnicodeDecodeError as bad:
        # Windows' own encoding is one byte a letter, so the place in bytes is the place in letters.
        windows = content.decode("cp1252", errors="replace")
        count = sum(_is_bad(line) for line in content.split(b"\n"))
        raise BadFile("data.encoding", *_cell_at(windows, bad.start), letter=windows[bad.start], lines=count) from None


def _is_bad(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return True
    return False


def _cell_at(text: str, at: int) -> tuple[int, int]:
    """Row (from 1) and column (from 0) of the letter at a place in the text of a CSV file."""
    records = list(csv.reader(io.StringIO(text[: at + 1], newline="")))
    return len(records), len(records[-1]) - 1


def _records(text: str) -> list[list[str]]:
    records: list[list[str]] = []
    lines = io.StringIO(text, newline="").readlines()
    reader = csv.reader(lines, strict=True)
    begun = 0
    try:
        for record in reader:
            records.append(record)
            begun = reader.line_num
    except csv.Error:
        raise BadFile("data.quote", len(records) + 1, _open_quote("".join(lines[begun:]))) from None
    return records


def _open_quote(text: str) -> int:
    """The column of the cell whose quote is not closed, or closed before its text ends, in a record that has one."""
    column, at = 0, 0
    while at < len(text):
        if text[at] == '"':
            closed = CLOSED.match(text, at)
            if not closed or text[closed.end() : closed.end() + 1] not in (",", "\r", "\n", ""):
                return column
            at = closed.end()
        end = re.compile("[,\r\n]").search(text, at)
        if not end or end[0] != ",":
            return column
        column, at = column + 1, end.end()
    return column
