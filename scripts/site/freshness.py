"""When what a page says was last checked, and by when it must be checked again.

The number of months for each kind of row is our own rule and stands in data/facts/limits.csv.
"""

import os
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo


def build_day(zone: str, environ: Mapping[str, str] = os.environ) -> date:
    """The day to build for: HUB_TODAY (a test's own day), else today where the readers are.

    Raises ValueError, with what to write, when HUB_TODAY is no day.
    """
    given = environ.get("HUB_TODAY")
    if not given:
        return datetime.now(ZoneInfo(zone)).date()
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise ValueError(f"HUB_TODAY is {given!r}: write a day like 2027-06-01") from None


def add_months(day: date, months: int) -> date:
    """The same day some months later; the last day of the month where that month is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def last_checked(row: dict) -> date | None:
    """The later of the day we read the source and the day a person confirmed it; None when neither is known."""
    days = [row.get("checked_on"), row.get("confirmed_on")]
    return max((date.fromisoformat(day) for day in days if day), default=None)


def check_by(row: dict, kind: str, limits: dict[str, int]) -> date | None:
    """The day by which a row of this kind must be checked again; None for a row never checked.

    ``limits`` gives months by kind. Raises KeyError for a kind without a limit.
    """
    checked = last_checked(row)
    return add_months(checked, limits[kind]) if checked else None


def is_late(by: date, on: date) -> bool:
    """Whether ``on`` is past the day ``by`` which something had to be checked; that day itself is still in time."""
    return on > by


def stamp(shown: list[tuple[dict, str]], limits: dict[str, int]) -> tuple[date, date] | None:
    """The oldest check among the (row, kind) pairs a page shows and the soonest day one falls due.

    None when no row carries a date.
    """
    dated = [(row, kind) for row, kind in shown if last_checked(row)]
    if not dated:
        return None
    return min(last_checked(row) for row, _ in dated), min(check_by(row, kind, limits) for row, kind in dated)
