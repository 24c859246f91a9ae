"""The table of what needs translating, as it goes to a translator and as a spreadsheet program gives it back.

Semicolons and a byte order mark, because that is what Excel with Indonesian settings opens right; it may come back
with commas or tabs, as UTF-8, UTF-16 or Windows-1252.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from scripts.pairs.pairs import Pair

COLUMNS = ("page", "section", "indonesian", "english", "new")
# "Costs (2, id:1a2b3c4d5e)": words for people; the rest finds the section again, and no program takes it for a number.
_CODE = re.compile(r"\((\d+), id:([0-9a-f]{10})\)\s*$")


@dataclass(frozen=True)
class Row:
    """A line of the table as it came back. ``number`` is its row in the spreadsheet; ``place`` and ``id`` are the
    section's, None and empty when the section column was changed. ``narrow``: the table was saved in Windows-1252,
    which has not every letter; programs leave a ``?`` or a letter that looks like it."""

    number: int
    page: str
    place: int | None
    id: str
    english: str
    new: str
    narrow: bool = False


class NotOurs(ValueError):
    """A file without our five columns."""


def write_sheet(behind: list[Pair], titles: list[str]) -> bytes:
    """The table for these pairs, each with an Indonesian section; the last column is empty."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(titles)
    for each in behind:
        ours = each.indonesian
        section = f"{ours.heading} ({ours.number}, id:{ours.id})"
        writer.writerow([each.page, section, ours.text, each.english.text if each.english else "", ""])
    return out.getvalue().encode("utf-8-sig")


def read_sheet(content: bytes) -> Iterator[Row]:
    """The rows of the table in which something stands in the last column. Raises NotOurs."""
    text, narrow = _decoded(content)
    first = text.split("\n", 1)[0]
    rows = csv.reader(StringIO(text, newline=""), delimiter=max(";,\t", key=first.count))
    try:
        found = [(number, (row + [""] * 5)[:5]) for number, row in enumerate(rows, 1)]
    except csv.Error:
        raise NotOurs from None
    if not found or not all(found[0][1]):
        raise NotOurs
    for number, (page, section, _, english, new) in found[1:]:
        if new.strip():
            code = _CODE.search(section)
            place, id = (int(code[1]), code[2]) if code else (None, "")
            yield Row(number, page.strip(), place, id, _lines(english), _lines(new), narrow)


def _lines(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n").strip()


def _decoded(content: bytes) -> tuple[str, bool]:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace"), False
    try:
        return content.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), True
