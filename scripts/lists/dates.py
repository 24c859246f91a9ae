"""Dates as Indonesian offices write them, read only when there is one way to read them."""

import re
from datetime import date, datetime

MONTHS = (
    ("januari", "jan", "january"),
    ("februari", "pebruari", "feb", "peb", "february"),
    ("maret", "mar", "mrt", "march"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "jun", "june"),
    ("juli", "jul", "july"),
    ("agustus", "agt", "agu", "ags", "agst", "aug", "august"),
    ("september", "sep", "sept"),
    ("oktober", "okt", "oct", "october"),
    ("november", "nopember", "nov", "nop"),
    ("desember", "des", "dec", "december"),
)
MONTH = {name: number for number, names in enumerate(MONTHS, 1) for name in names}
UNTIL = r"s\s*\.?\s*/?\s*d\b\.?|\bsampai(?:\s+dengan)?\b|\bhingga\b|\bto\b|[–—]|\s-\s"
NOISE = r"\b(?:senin|selasa|rabu|kamis|jum.?at|sabtu|minggu|tanggal|tgl|mulai|dari|sejak|berlaku)\b[.,:]?"
YEARS = range(1980, 2101)


class UnclearDate(ValueError):
    """The text can be read in two ways, or names a day that does not exist."""


def read_date(value: object) -> date:
    """One day: "12 Januari 2027", "12 Nop. 2027", "12-01-2027", "2027/01/12", a spreadsheet's own date.

    Raises UnclearDate for a year of two digits, for ``7/1/2025`` (a spreadsheet set to English writes the month
    first), for a bare number and for a day that does not exist.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise UnclearDate(str(value))
    text = re.sub(NOISE, " ", value.casefold()).strip(" .,")
    text = re.sub(r"[ t]00:00(:00)?$", "", text)
    numbers = re.fullmatch(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", text)
    if numbers:
        return _day(numbers[1], numbers[3], numbers[4], value)
    numbers = re.fullmatch(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4})", text)
    if numbers:
        day, mark, month, year = numbers.groups()
        # Two digits each, or another mark than the slash, is how Indonesian offices write: the day comes first.
        if mark == "/" and len(day + month) < 4 and int(day) <= 12 and int(month) <= 12 and int(day) != int(month):
            raise UnclearDate(value)
        return _day(year, month, day, value)
    named = re.fullmatch(r"(\d{1,2})[\s.-]*([a-z]+)[\s.,-]*(\d{4})", text)
    if named and named[2] in MONTH:
        return _day(named[3], MONTH[named[2]], named[1], value)
    raise UnclearDate(value)


def read_range(value: object) -> tuple[date | None, date]:
    """First and last day of "12 Januari 2022 s.d. 11 Januari 2027"; a single date is the last day.

    "1 s.d. 31 Januari 2027" and "1 Januari s.d. 31 Desember 2027" take what they leave out from the end.
    Raises UnclearDate, also when the end comes before the beginning.
    """
    if not isinstance(value, str):
        return None, read_date(value)
    first, *rest = re.split(UNTIL, value.strip(), flags=re.IGNORECASE)
    if not rest:
        return None, read_date(first)
    if len(rest) > 1:
        raise UnclearDate(value)
    end = read_date(rest[0])
    first = re.sub(NOISE, " ", first.casefold()).strip(" .,")
    if not first:
        return None, end
    if re.fullmatch(r"\d{1,2}", first):
        first += f"-{end.month:02}-{end.year}"
    elif re.fullmatch(r"\d{1,2}[\s.-]*[a-z]+\.?", first):
        first += f" {end.year}"
    begin = read_date(first)
    if begin > end:
        raise UnclearDate(value)
    return begin, end


def _day(year: int | str, month: int | str, day: int | str, written: str) -> date:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError as impossible:
        raise UnclearDate(written) from impossible
    if found.year not in YEARS:
        raise UnclearDate(written)
    return found
