"""One sheet of a file as it was found: cells by row and column from A1 on, and where each of them stands."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime

INVISIBLE = dict.fromkeys([*range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, 0xAD, 0x200B, 0x200C, 0x200D,
                           0x200E, 0x200F, 0x2060, 0xFEFF])  # fmt: skip


@dataclass
class Sheet:
    """``formulas`` holds (row, column) of cells whose value was computed; ``continues`` is true for a table that
    goes on from the sheet before, as on the next page of a PDF."""

    file: str
    name: str
    rows: list[list]
    formulas: set[tuple[int, int]] = field(default_factory=set)
    continues: bool = False

    def place(self, row: int, column: int = 0) -> str:
        """Where a cell stands, counted as a spreadsheet does; a row is named by its first cell."""
        return " › ".join(part for part in (self.file, self.name, f"{letters(column)}{row + 1}") if part)


def letters(column: int) -> str:
    """The letters over a column: 0 is A, 26 is AA."""
    named = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        named = chr(65 + rest) + named
    return named


def clean(value: object) -> str:
    """A cell as one line of text: no invisible characters, no spaces doubled or at the ends.

    Numbers without decimals are written without them, dates as 2027-01-12.
    """
    if isinstance(value, str) and value.isascii() and value.isprintable() and "  " not in value:
        return value.strip()  # most cells; what follows would say the same, later
    return re.sub(r"\s+", " ", lines(value)).strip()


def lines(value: object) -> str:
    """A cell as text whose line breaks are kept, for cells that hold several things."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return unicodedata.normalize("NFC", str(value)).translate(INVISIBLE).replace("\xa0", " ").strip()
