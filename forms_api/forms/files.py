"""What is filtered, as text: CSV for programs, CSV for Excel, or a Data Package of such. No cell is ever a formula."""

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from forms_api.forms.tables import Field, Form, plain_schema
from forms_api.words import Words

# OWASP ASVS 5.0 V1.2.10, with line ends and the full-width signs that Excel takes for the same
TRIGGERS = tuple("=+-@\t\0\r\n＝＋－＠")
AT_ONCE = 64 * 1024  # bytes of a zip that go out together
Part = tuple[str, Iterable[bytes], bool]
PHONE = re.compile(r"\+[0-9][0-9 ]{5,20}")


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


def package(wanted: list[Wanted]) -> Iterator[bytes]:
    """A zip with one CSV a form and the ``datapackage.json`` that describes them, in pieces."""
    return zipped(_parts(wanted), wanted[0].made)


def _parts(wanted: list[Wanted]) -> Iterator[Part]:
    resources: list[dict] = []
    for each in wanted:
        path = f"{each.form.name}.csv"
        yield path, _described(each, path, resources), True
    first = wanted[0]
    descriptor = {
        "name": "submissions", "created": first.made.isoformat(timespec="seconds"),
        "filter": first.filter, "officer": first.officer, "personal": first.reason or False, "resources": resources,
    }  # fmt: skip
    yield "datapackage.json", [json.dumps(descriptor, ensure_ascii=False, indent=2).encode()], False


def _described(wanted: Wanted, path: str, resources: list[dict]) -> Iterator[bytes]:
    """The CSV; its description, which needs hash and size, goes into ``resources`` when the last line is out."""
    digest, size = hashlib.sha256(), 0
    for line in csv_lines(wanted):
        data = line.encode()
        yield data
        digest.update(data)
        size += len(data)
    resources.append(_resource(wanted, path, digest.hexdigest(), size))


def zipped(parts: Iterable[Part], made: datetime) -> Iterator[bytes]:
    """A zip in pieces, as they come: none of it lies in a file, where a thief would find it, or whole in memory.

    ``parts``: of each the name, the content in pieces, and whether it may be larger than 2 GiB.
    """
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w") as bundle:
        for name, pieces, large in parts:
            about = zipfile.ZipInfo(name, made.timetuple()[:6])
            about.compress_type = zipfile.ZIP_DEFLATED
            with bundle.open(about, "w", force_zip64=large) as member:
                for piece in pieces:
                    member.write(piece)
                    if pipe.waiting > AT_ONCE:
                        yield pipe.drain()
    yield pipe.drain()


class _Pipe(io.RawIOBase):
    """What is written stays here until it is drained. It cannot be wound back, so the zip's sizes come behind."""

    def __init__(self):
        self._written: list[bytes] = []
        self.waiting = 0

    def writable(self):
        return True

    def write(self, data):
        self._written.append(bytes(data))
        self.waiting += len(data)
        return len(data)

    def drain(self) -> bytes:
        data = b"".join(self._written)
        self._written.clear()
        self.waiting = 0
        return data


def _resource(wanted: Wanted, path: str, digest: str, size: int) -> dict:
    schema = plain_schema(tuple(wanted.columns), wanted.form.spec["missingValues"])
    for field in schema["fields"]:
        if field["type"] == "datetime":
            field["format"] = "any"  # ISO 8601 with milliseconds and the zone
    return {
        "name": wanted.form.name, "type": "table", "path": path, "scheme": "file", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "bytes": size, "hash": f"sha256:{digest}", "schema": schema,
    }  # fmt: skip
