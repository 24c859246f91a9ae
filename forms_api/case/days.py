"""By when an officer answers, in working days.

Each form promises 3, 5 or 10 of them (``answer_days``), the spans of SP4N-LAPOR!, Indonesia's national complaints
service (lapor.go.id, "Tentang LAPOR!"): passed on within 3 working days, answered within 5, closed after 10.
"""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

AHEAD = timedelta(days=60)  # how long before a year begins its holidays are missed


def answer_by(received_on: date, days: int, holidays: Collection[date] = ()) -> date:
    """The day that is ``days`` working days after ``received_on``: Monday to Friday, without ``holidays``.

    In a year of which no holiday is known, Monday to Friday.
    """
    day = received_on
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5 and day not in holidays
    return day


def holidays_of(rows: Iterable[dict[str, str]]) -> frozenset[date]:
    """The days in the rows of data/holidays/holidays.csv: national holidays and the joint leave of government offices
    (each year's joint decree of three ministers)."""
    return frozenset(date.fromisoformat(row["day"]) for row in rows)


def years_without(holidays: Iterable[date], on: date) -> list[int]:
    """The years of which no holiday is known although a promise made on ``on`` or within 60 days may reach them."""
    return sorted({on.year, (on + AHEAD).year} - {day.year for day in holidays})
