"""A cell of a workbook as the text that the CSV holds; refused where Excel may have lost what was typed."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from scripts.checks.table_hints import NO, SERIAL, YES
from scripts.lists.dates import UnclearDate, read_date

MOST_EXACT = 10**15  # Excel keeps 15 digits of a number


class Refused(Exception):
    """A cell that cannot be taken as it is. ``key`` names the sentence."""

    def __init__(self, key: str, **values):
        super().__init__(key)
        self.key, self.values = key, values


def cell_text(field: dict, value: object, judged: bool = False) -> str:
    """The text of one cell for a column. ``judged``: a rule of the column will show whether its digits are whole.

    Raises Refused for a number, a day or a yes where the column holds text: Excel has changed what was typed.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return _from_text(field["type"], value.strip())
    if isinstance(value, bool):
        if field["type"] == "boolean":
            return "true" if value else "false"
        raise Refused("table.cell-boolean", value="TRUE" if value else "FALSE")
    if isinstance(value, date | datetime | time | timedelta):
        return _from_day(field["type"], value)
    return _from_number(field["type"], value, judged)


def _from_text(kind: str, text: str) -> str:
    if kind == "boolean":
        word = text.casefold()
        return "true" if word in YES | {"true"} else "false" if word in NO | {"false"} else text
    if kind == "date" and text:
        try:
            return read_date(text).isoformat()
        except UnclearDate:
            return text  # the judge says what is wrong with it
    return text


def _from_day(kind: str, value: date | datetime | time | timedelta) -> str:
    whole = isinstance(value, date) and (not isinstance(value, datetime) or value.time() == time(0))
    if kind != "date" or not whole:
        raise Refused("table.cell-date", value=str(value).removesuffix(" 00:00:00"))
    return (value.date() if isinstance(value, datetime) else value).isoformat()


def _from_number(kind: str, value: float, judged: bool) -> str:
    number = Decimal(str(value))
    text = format(number.to_integral() if number == number.to_integral() else number, "f")
    if kind in ("integer", "number"):
        return text
    if kind == "date":
        return date.fromordinal(int(value) + 693594).isoformat() if value == int(value) in SERIAL else text
    if kind == "boolean":
        return {"1": "true", "0": "false"}.get(text, text)
    if abs(number) >= MOST_EXACT:
        raise Refused("table.cell-digits")
    if not judged or "." in text:
        raise Refused("table.cell-number", value=text)
    return text


def same_value(kind: str, old: str, new: str) -> bool:
    """Whether two texts mean the same to a column, as ``620.20`` and ``620.2`` do to one of numbers."""
    if kind in ("integer", "number") and old and new:
        try:
            return Decimal(old) == Decimal(new)
        except InvalidOperation:
            return False
    if kind == "boolean":
        return old.casefold() == new.casefold()
    return old.replace("\r\n", "\n") == new.replace("\r\n", "\n")
