"""Tables of a web page, also of one that a site hands out under the name .xls."""

import re
from html.parser import HTMLParser

from scripts.lists.findings import Findings, Unreadable
from scripts.lists.sheet import Sheet
from scripts.lists.text_tables import decode

MOST_SPAN = 1000  # browsers cut rowspan and colspan too


def html_sheets(file: str, data: bytes, findings: Findings) -> list[Sheet]:
    """Every table, one inside another as a table of its own; raises Unreadable when there is none."""
    parser = _Tables()
    parser.feed(_decode(file, data, findings))
    parser.close()
    found = [table for table in parser.done if any(cell for row in table.rows for cell in row)]
    if not found:
        raise Unreadable("lists.no-table")
    return [Sheet(file, str(n) if len(found) > 1 else "", table.rows, table.formulas)
            for n, table in enumerate(found, 1)]  # fmt: skip


def _decode(file: str, data: bytes, findings: Findings) -> str:
    named = re.search(rb"charset=[\"']?([\w-]+)", data[:4096])
    if named and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(named[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(file, data, findings)


class _Table:
    def __init__(self):
        self.rows: list[list[str]] = []
        self.formulas: set[tuple[int, int]] = set()
        self.waiting: dict[int, tuple[int, str]] = {}  # column -> rows still to fill, text
        self.text: list[str] | None = None
        self.known: dict[str, str] = {}

    def open_row(self) -> None:
        self.close_row()
        self.rows.append([])

    def close_row(self) -> None:
        """End the last row: taller cells above it may cover places behind its own last cell."""
        self.close_cell()
        while self.rows and self.waiting and (beyond := max(self.waiting)) >= len(self.rows[-1]):
            self._fill(self.rows[-1])
            if len(self.rows[-1]) <= beyond:
                self.rows[-1].append("")

    def open_cell(self, known: dict[str, str]) -> None:
        self.close_cell()
        if not self.rows:
            self.rows.append([])
        self.text, self.known = [], known

    def close_cell(self) -> None:
        if self.text is None:
            return
        row, text = self.rows[-1], "".join(self.text).strip()
        self._fill(row)
        if any(name.endswith("fmla") for name in self.known):
            self.formulas.add((len(self.rows) - 1, len(row)))
        cells = [text] + [""] * (_span(self.known, "colspan") - 1)
        if (tall := _span(self.known, "rowspan")) > 1:
            self.waiting |= {len(row) + n: (tall - 1, cell) for n, cell in enumerate(cells)}
        row += cells
        self.text = None

    def _fill(self, row: list[str]) -> None:
        """What a taller cell above covers comes before the next cell of this row."""
        while len(row) in self.waiting:
            left, text = self.waiting.pop(len(row))
            if left > 1:
                self.waiting[len(row)] = (left - 1, text)
            row.append(text)


def _span(known: dict[str, str], name: str) -> int:
    text = known.get(name) or "1"
    return min(max(int(text), 1), MOST_SPAN) if text.isdecimal() else 1


class _Tables(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open: list[_Table] = []
        self.done: list[_Table] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag in ("script", "style"):
            self.silent += 1
        elif tag == "table":
            self.open.append(_Table())
        elif self.open and tag == "tr":
            self.open[-1].open_row()
        elif self.open and tag in ("td", "th"):
            self.open[-1].open_cell({name: value or "" for name, value in attrs})
        elif tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self.silent = max(self.silent - 1, 0)
        elif self.open and tag in ("td", "th", "tr"):
            self.open[-1].close_cell()
        elif self.open and tag == "table":
            table = self.open.pop()
            table.close_row()
            self.done.append(table)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1].text is not None and not self.silent:
            self.open[-1].text.append(data)
