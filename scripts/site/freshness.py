"""When what a page says was last checked, and by when it must be checked again.

The number of months for each kind of row is our own rule and stands in data/facts/limits.csv.
"""

from calendar import monthrange
from datetime import date


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


def stamp(shown: list[tuple[dict, str]], limits: dict[str, int]) -> tuple[date, date] | None:
    """The oldest check among the (row, kind) pairs a page shows and the soonest day one falls due.

    None when no row carries a date.
    """
    dated = [(row, kind) for row, kind in shown if last_checked(row)]
    if not dated:
        return None
    return min(last_checked(row) for row, _ in dated), min(check_by(row, kind, limits) for row, kind in dated)
