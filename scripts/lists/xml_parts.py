"""What the tables' library does not tell about .xlsx and .ods: which cells are formulas, and .ods merges.

A cell with an error such as #N/A counts as a formula: the library gives it as an empty one.

Office Open XML, ECMA-376 part 1, 18.3.1.4 (c) and 18.3.1.40 (f). OpenDocument 1.3 part 3, 19.642 (table:formula).
"""

import re
import zipfile
from collections.abc import Callable
from xml.parsers import expat

from scripts.lists.findings import Unreadable

MOST_BYTES = 400_000_000  # unpacked; an office list of 10,000 rows has about ten million
Spots = set[tuple[int, int]]
Merges = list[tuple[tuple[int, int], tuple[int, int]]]


def xlsx_formulas(archive: zipfile.ZipFile) -> dict[str, Spots]:
    """The formula cells of each sheet by the sheet's name."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def start(tag: str, known: dict[str, str]) -> None:
        if tag == "Relationship":
            targets[known["Id"]] = known["Target"]
        elif tag == "sheet":
            sheets[known["name"]] = targets.get(known.get("id", ""), "")

    _read(archive, "xl/_rels/workbook.xml.rels", start)
    _read(archive, "xl/workbook.xml", start)
    parts = {name: target.lstrip("/") if target.startswith("/") else f"xl/{target}" for name, target in sheets.items()}
    return {name: _xlsx_sheet(archive, part) for name, part in parts.items() if part in archive.namelist()}


def _xlsx_sheet(archive: zipfile.ZipFile, part: str) -> Spots:
    found: Spots = set()
    at = (0, 0)

    def start(tag: str, known: dict[str, str]) -> None:
        nonlocal at
        if tag == "c" and "r" in known:
            at = spot(known["r"])
            if known.get("t") == "e":
                found.add(at)
        elif tag == "f":
            found.add(at)

    _read(archive, part, start)
    return found


class _Ods:
    """Walks content.xml, where rows and cells are only counted, never addressed."""

    def __init__(self):
        self.formulas: dict[str, Spots] = {}
        self.merges: dict[str, Merges] = {}
        self.name, self.row, self.column, self.next_row = "", 0, 0, 0

    def start(self, tag: str, known: dict[str, str]) -> None:
        if tag == "table":
            self.name, self.next_row = known.get("name", ""), 0
            self.formulas[self.name], self.merges[self.name] = set(), []
        elif tag == "table-row":
            self.row, self.column = self.next_row, 0
            self.next_row += int(known.get("number-rows-repeated", 1))
        elif tag in ("table-cell", "covered-table-cell"):
            self._cell(known)
            self.column += int(known.get("number-columns-repeated", 1))

    def _cell(self, known: dict[str, str]) -> None:
        if "formula" in known:
            self.formulas[self.name].add((self.row, self.column))
        tall = int(known.get("number-rows-spanned", 1))
        if tall > 1:
            self.merges[self.name].append(((self.row, self.column), (self.row + tall - 1, self.column)))


def ods_parts(archive: zipfile.ZipFile) -> tuple[dict[str, Spots], dict[str, Merges]]:
    """The formula cells and the cells merged downwards, by the sheet's name."""
    walk = _Ods()
    _read(archive, "content.xml", walk.start)
    return walk.formulas, walk.merges


def spot(address: str) -> tuple[int, int]:
    """``D5`` as (4, 3)."""
    named, row = re.fullmatch(r"([A-Z]+)(\d+)", address).groups()
    column = 0
    for letter in named:
        column = column * 26 + ord(letter) - 64
    return int(row) - 1, column - 1


def guard(archive: zipfile.ZipFile) -> None:
    """Raises Unreadable for an archive that would fill the machine when unpacked."""
    if sum(each.file_size for each in archive.infolist()) > MOST_BYTES:
        raise Unreadable("lists.too-large")


def _read(archive: zipfile.ZipFile, part: str, start: Callable[[str, dict], object]) -> None:
    """Call ``start`` with each element's name and attributes, both without their namespace prefixes."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, known: start(
        tag.rpartition(":")[2], {name.rpartition(":")[2]: value for name, value in known.items()}
    )
    with archive.open(part) as stream:
        parser.ParseFile(stream)
