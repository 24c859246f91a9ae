"""What frictionless lets pass in a cell: spaces, Excel's marks, digits that are gone, a text in one language only."""

import re
from collections.abc import Iterator

from scripts.checks.table_files import Table
from scripts.checks.table_said import Fault, Teller
from scripts.lists.sheet import letters

NO_BREAK = re.compile("[\u00a0\u2007\u202f]")
HIDDEN = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff]")
SCIENTIFIC = re.compile(r"[+-]?\d([.,]\d+)?E\+\d{1,3}")
EXCEL_ERROR = re.compile(r"#+|#(N/A|REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!)")
PAST_15 = re.compile(r"\d{15}0{2,}")  # Excel keeps 15 digits of a number and writes noughts for the rest
BARE_PHONE = re.compile(r"[1-9]\d{9,}")  # so long a number is dialled with 0 or + in front
TELEPHONES = ("phone", "dial", "number")


def cell_faults(table: Table, teller: Teller) -> list[Fault]:
    """Faults of single cells, and of texts without their twin, row by row."""
    found = []
    names = table.names
    twins = [(at, names.index(f"{name}@en")) for at, name in enumerate(names) if f"{name}@en" in names]
    for number, row in enumerate(table.rows[1:], 2):
        for at, cell in enumerate(row[: len(table.names)]):
            if cell and (fault := _cell_fault(table, teller, number, at, cell)):
                found.append(fault)
        if len(row) == len(table.names):
            found += _twin_faults(table, teller, number, row, twins)
            found += _dial_faults(table, teller, number, row)
    return found


def _cell_fault(table: Table, teller: Teller, row: int, at: int, cell: str) -> Fault | None:
    if hidden := HIDDEN.search(cell):
        code = f"U+{ord(hidden[0]):04X}"
        return teller.fault(table, "data.hidden", row, at, cell=HIDDEN.sub("", cell), code=code)
    if cell.strip() != cell:
        return teller.fault(table, "data.spaces", row, at, cell=cell.strip())
    if no_break := NO_BREAK.search(cell):
        around = cell[max(0, no_break.start() - 12) : no_break.end() + 12]
        return teller.fault(table, "data.no-break", row, at, cell=NO_BREAK.sub(" ", around))
    if SCIENTIFIC.fullmatch(cell):
        return teller.fault(table, "data.scientific", row, at, cell=cell)
    if cell[0] == "#" and EXCEL_ERROR.fullmatch(cell):
        return teller.fault(table, "data.excel-error", row, at, cell=cell)
    if table.fields[at]["type"] == "string" and cell.isdecimal():
        return _digits_fault(table, teller, row, at, cell)
    return None


def _digits_fault(table: Table, teller: Teller, row: int, at: int, cell: str) -> Fault | None:
    """A text of digits only, which Excel takes for a number."""
    if PAST_15.fullmatch(cell):
        return teller.fault(table, "data.past-15", row, at, cell=cell)
    if table.names[at] in TELEPHONES and BARE_PHONE.fullmatch(cell):
        return teller.fault(table, "data.bare-phone", row, at, cell=cell)
    return None


def _twin_faults(table: Table, teller: Teller, number: int, row: list[str], twins: list[tuple]) -> Iterator[Fault]:
    for plain, english in twins:
        if bool(row[plain].strip()) != bool(row[english].strip()):
            missing, there = (english, plain) if row[plain].strip() else (plain, english)
            key = "data.twin-english" if missing == english else "data.twin-indonesian"
            yield teller.fault(table, key, number, missing, text=_short(row[there]), letter=letters(there))


def _dial_faults(table: Table, teller: Teller, number: int, row: list[str]) -> Iterator[Fault]:
    """Digits to dial that are not those of the number beside them: Excel drops a zero or a plus sign in front."""
    if not {"number", "dial"} <= set(table.names):
        return
    written, dialled = row[table.names.index("number")], row[at := table.names.index("dial")]
    digits = re.sub(r"[^\d+]", "", written)
    bare = BARE_PHONE.fullmatch(dialled) or BARE_PHONE.fullmatch(digits)
    if dialled.isdecimal() and written and digits != dialled and not bare:
        yield teller.fault(table, "data.dial", number, at, cell=dialled, digits=digits)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57].rstrip() + "…"
