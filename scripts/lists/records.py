"""The records of a sheet: what is left when titles, repeated headers, totals and signatures are taken away."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scripts.lists.findings import Findings
from scripts.lists.headings import NOT_KEPT, PERSON, Header, Headings, fold
from scripts.lists.sheet import Sheet, clean


@dataclass(frozen=True)
class Cell:
    """What a cell holds, as it was found, and where it stands."""

    value: object
    place: str


@dataclass(frozen=True)
class Record:
    """One row of a list: its cells by field. Only ``number`` can have several, for NIB and SIP3MI side by side.

    ``lone`` is true when the name is all that a wide row holds: a company, or a section's title, or a signature.
    """

    place: str
    cells: dict[str, list[Cell]]
    lone: bool = False

    def one(self, field: str) -> Cell:
        """The cell of a field; an empty one where the list has no such column."""
        return self.cells.get(field, [Cell("", self.place)])[0]


def read_records(sheets: list[Sheet], headings: Headings, findings: Findings) -> list[Record]:
    """The records of all sheets, in order. Refusals and what was passed over go to ``findings``."""
    found: list[Record] = []
    reader, untold = _Reader(headings, findings), []
    for sheet in sheets:
        before = len(findings.refused)
        own = headings.find(sheet, findings)
        if len(findings.refused) > before:
            continue
        if own is None and not (sheet.continues and reader.header):
            untold.append(sheet)
            continue
        found += reader.records(sheet, own)
    read_any = len(untold) < len(sheets)
    for sheet in untold:
        if any(clean(cell) for row in sheet.rows for cell in row):
            (findings.remark if read_any else findings.refuse)(
                "lists.no-header", " › ".join(filter(None, (sheet.file, sheet.name)))
            )
    return found


class _Reader:
    """Reads one sheet after the other; what continues a table keeps its columns, its count and what stood above."""

    def __init__(self, headings: Headings, findings: Findings):
        self.headings, self.findings = headings, findings
        self.nothing, self.as_above, self.total = (headings.words(each) for each in ("nothing", "as_above", "total"))
        self.header: Header | None = None

    def _turn_to(self, sheet: Sheet, header: Header | None) -> None:
        goes_on = sheet.continues and self.header
        self.sheet = sheet
        self.header = header or Header(-1, self.header.columns)
        self.kept = {column: role for column, role in self.header.columns.items() if role not in (PERSON, NOT_KEPT)}
        if not goes_on:
            self.above: dict[int, object] = {}
            self.count = self.counted = 0
            self._tell_columns()

    def records(self, sheet: Sheet, header: Header | None) -> Iterator[Record]:
        """The records of ``sheet``, under its own header or the one of the sheet before."""
        self._turn_to(sheet, header)
        for number, row in enumerate(sheet.rows):
            if number <= self.header.row:
                continue
            texts = {column: text for column, cell in enumerate(row) if (text := clean(cell))}
            if not texts or self._is_header_again(texts) or self._numbers_columns(number, texts):
                continue
            if self._is_total(texts):
                self._compare_total(number, texts)
            elif self._is_aside(texts):
                self.findings.remark("lists.row-not-read", self.sheet.place(number))
            else:
                lone = len(texts) == 1 and len(self.header.columns) > 2
                self.count += not lone
                self.counted += not lone
                yield self._record(number, row, texts, lone)

    def _tell_columns(self) -> None:
        rows = self.sheet.rows[: self.header.row + 1][::-1]
        for role, key in ((PERSON, "lists.persons-not-read"), (NOT_KEPT, "lists.columns-not-kept")):
            # Where the heading has two rows, a column's own may stand in the upper one.
            named = [next(text for row in rows if column < len(row) and (text := clean(row[column])))
                     for column, each in self.header.columns.items() if each == role]  # fmt: skip
            if named:
                self.findings.remark(key, self.sheet.place(self.header.row), columns=", ".join(named))

    def _is_header_again(self, texts: dict[int, str]) -> bool:
        name = next(column for column, role in self.header.columns.items() if role == "name")
        if self.headings.known.get(fold(texts.get(name, ""))) == "name":
            return True
        known = sum(self.headings.known.get(fold(text)) == self.header.columns.get(column, "")
                    for column, text in texts.items())  # fmt: skip
        return known == len(texts)

    def _numbers_columns(self, number: int, texts: dict[int, str]) -> bool:
        """The row (1) (2) (3) that official tables print under their headings."""
        counted = [re.sub(r"\D", "", text) for text in texts.values()]
        return (len(texts) > 2 and counted == [str(n) for n in range(1, len(texts) + 1)]
                and all(len(text) <= 4 for text in texts.values()))  # fmt: skip

    def _is_total(self, texts: dict[int, str]) -> bool:
        first, *rest = texts.values()
        words = fold(re.sub(r"\d[\d.]*|perusahaan|p3mi|lembaga|[=:]", " ", first, flags=re.IGNORECASE))
        return words in self.total and all(re.fullmatch(r"[\d.,]{1,7}(\s*\w+)?", text) for text in rest)

    def _compare_total(self, number: int, texts: dict[int, str]) -> None:
        """A total at the foot is a second opinion on how many rows there are; one may also close a part."""
        told = re.search(r"\d[\d.]*", " ".join(texts.values()))
        stated = int(told[0].replace(".", "")) if told else None
        if stated not in (None, self.count, self.counted):
            self.findings.ask("lists.total-differs", self.sheet.place(number), stated=stated, read=self.count)
        self.counted = 0

    def _is_aside(self, texts: dict[int, str]) -> bool:
        """A row with nothing in any column we read, or a lone cell beside the name: a section's title, a signature."""
        kept = {self.kept[column] for column in texts if column in self.kept}
        return not kept or (len(texts) == 1 and len(self.header.columns) > 2 and kept != {"name"})

    def _record(self, number: int, row: list, texts: dict[int, str], lone: bool) -> Record:
        cells: dict[str, list[Cell]] = {}
        for column in texts:
            if column not in self.header.columns:
                self.findings.refuse("lists.cell-without-heading", self.sheet.place(number, column))
        for column, role in self.kept.items():
            place = self.sheet.place(number, column)
            if (number, column) in self.sheet.formulas or texts.get(column, "").startswith("="):
                self.findings.refuse("lists.formula", place)
                continue
            value = self._value(column, row[column] if column in texts else "", role, place)
            cells.setdefault(role, []).append(Cell(value, place))
        return Record(self.sheet.place(number), cells, lone)

    def _value(self, column: int, value: object, role: str, place: str) -> object:
        """The cell itself, or the one above it where it says so, or nothing where it says that."""
        text = fold(clean(value))
        if text in self.as_above:
            if role in ("name", "number", "siskop_id") or not self.above.get(column):
                self.findings.refuse("lists.nothing-above", place, text=clean(value))
                return ""
            return self.above[column]
        self.above[column] = "" if text in self.nothing else value
        return self.above[column]
