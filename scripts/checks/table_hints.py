"""What to type instead: an example from the table itself, the nearest known value, the date that was meant."""

import re
from datetime import date
from difflib import get_close_matches

from forms_api.words import long_date
from scripts.checks.table_files import Table
from scripts.checks.table_said import Teller
from scripts.lists.dates import UnclearDate, read_date

NUMERIC_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: 0?0[:.]00(?:[:.]00)?)?")
SERIAL = range(36526, 73051)  # how Excel counts the days from 2000 to 2099
EXAMPLE_DAY = "2027-01-12"
EXAMPLE_SITE = "https://www.kp2mi.go.id/"
YES = {"ya", "benar", "yes", "y", "betul", "v", "✓"}
NO = {"tidak", "salah", "no", "n", "bukan"}


def near(cell: str, known: list[str], teller: Teller) -> str:
    """The tail of a sentence that names the nearest known values; empty when none is near."""
    lowered = {each.lower(): each for each in known}
    found = get_close_matches(cell.strip().lower(), lowered, 2, 0.7)
    return teller.say("data.near", names=" / ".join(lowered[each] for each in found)) if found else ""


def example(table: Table, field: dict) -> str:
    """A value that the field takes: its schema's own example, the first good cell of its column, or a day or an
    address where it takes those; else ""."""
    if field.get("example"):
        return str(field["example"])
    pattern = re.compile(field["constraints"]["pattern"])
    general = [EXAMPLE_SITE] if pattern.pattern.startswith("^http") else [EXAMPLE_DAY]
    return next((cell for cell in [*table.column(field["name"]), *general] if pattern.fullmatch(cell)), "")


def meant_day(cell: str) -> date | None:
    """The day that a cell means which is not written as 2027-01-12; None when it is not sure to be one.

    Day before month, as Indonesia writes; the other way round only where there is no such month.
    """
    cell = cell.strip()
    try:
        return read_date(cell)
    except UnclearDate:
        pass
    if written := NUMERIC_DATE.fullmatch(cell):
        day, month, year = map(int, written.groups())
        return _day(year, month, day) or _day(year, day, month)
    if cell.isdecimal() and int(cell) in SERIAL:
        return date.fromordinal(int(cell) + date(1899, 12, 30).toordinal())
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def date_sentence(cell: str, teller: Teller) -> str:
    """What to say of a cell that should be a day."""
    if day := meant_day(cell):
        return teller.say("data.date-meant", cell=cell, day=day, long=long_date(day, teller.language))
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell):
        return teller.say("data.date-none", cell=cell)
    return teller.say("data.date", cell=cell, example=EXAMPLE_DAY)


def boolean_sentence(cell: str, teller: Teller) -> str:
    """What to say of a cell that should be true or false."""
    word = cell.strip().casefold()
    if word in YES | NO:
        return teller.say("data.boolean-meant", cell=cell, value="true" if word in YES else "false")
    return teller.say("data.boolean", cell=cell)


def number_sentence(cell: str, kind: str, teller: Teller) -> str:
    """What to say of a cell that should be a number (``kind`` "integer" or "number")."""
    digits = re.sub(r"^Rp\.?\s*|\s", "", cell)
    meant = ""
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", digits) or re.fullmatch(r"-?\d+,\d+", digits):
        meant = digits.replace(".", "").replace(",", ".")  # 1.500.000,50 as Indonesia writes it
    elif re.fullmatch(r"-?\d+(\.0+)?", digits):
        meant = digits.partition(".")[0]
    if meant and (kind == "number" or "." not in meant):
        return teller.say("data.number-meant", cell=cell, value=meant)
    return teller.say(f"data.type-{kind}", cell=cell)


def lost_zeros(cell: str, pattern: re.Pattern) -> str:
    """The cell with the zeros that Excel took from its front, when up to three make it fit; else ""."""
    if not cell.isdecimal():
        return ""
    return next((whole for zeros in (1, 2, 3) if pattern.fullmatch(whole := "0" * zeros + cell)), "")
