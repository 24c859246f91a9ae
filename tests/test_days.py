"""A promised day counts working days: no weekend, no national holiday, no joint leave."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_api.case.days import answer_by, holidays_of, years_without
from forms_api.commands.doctor import _holidays
from forms_api.forms.tables import read_rows
from scripts.checks.late_rows import holidays_missing
from scripts.site.rows import Tables
from scripts.site.sentences import all_words

DATA = Path(__file__).resolve().parent.parent / "data"
HOLIDAYS = holidays_of(read_rows(DATA, "holidays"))


@pytest.mark.parametrize(
    ("received", "days", "promised"),
    [
        ("2026-11-23", 3, "2026-11-26"),  # Monday: nothing between
        ("2026-11-26", 3, "2026-12-01"),  # over a weekend
        ("2026-11-28", 1, "2026-11-30"),  # received on a Saturday
        ("2026-12-22", 3, "2026-12-29"),  # 24 December is joint leave, 25 December is Christmas, then a weekend
        ("2026-12-23", 1, "2026-12-28"),
        ("2026-12-24", 1, "2026-12-28"),  # received on a day off
        ("2026-03-17", 3, "2026-03-27"),  # Nyepi and Eid al-Fitr: 18 to 24 March are all days off
        ("2026-08-14", 1, "2026-08-18"),  # 17 August is a Monday
        ("2026-12-29", 5, "2027-01-05"),  # 2027 has no table: 1 January counts
    ],
)
def test_a_promise_counts_working_days_only(received, days, promised):
    assert answer_by(date.fromisoformat(received), days, HOLIDAYS).isoformat() == promised


@given(st.dates(date(2025, 12, 1), date(2026, 12, 31)), st.integers(1, 10))
def test_a_promised_day_is_a_working_day_with_as_many_before_it_as_promised(received, days):
    promised = answer_by(received, days, HOLIDAYS)
    between = [received + timedelta(n) for n in range(1, (promised - received).days + 1)]
    worked = [day for day in between if day.weekday() < 5 and day not in HOLIDAYS]
    assert len(worked) == days and worked[-1] == promised


def test_the_table_of_2026_is_that_of_the_decree():
    kinds = [row["kind"] for row in read_rows(DATA, "holidays")]
    assert (kinds.count("holiday"), kinds.count("joint_leave")) == (17, 8)
    assert {day.year for day in HOLIDAYS} == {2026}


def test_a_request_before_christmas_is_promised_a_day_after_it(siti, clock):
    from . import cast

    clock.pass_by(days=29)  # Tuesday 22 December 2026
    assert siti.post("/forms/help", json=cast.help_request()).json()["answer_by"] == "2026-12-29"


@pytest.mark.parametrize(
    ("on", "missing"),
    [("2026-06-01", []), ("2026-11-01", []), ("2026-11-23", [2027]), ("2027-03-01", [2027]), ("2025-12-15", [2025])],
)
def test_a_year_without_a_table_is_named_before_it_begins(on, missing):
    assert years_without(HOLIDAYS, date.fromisoformat(on)) == missing


def test_the_check_and_the_doctor_say_which_year_is_missing(settings, clock):
    said = holidays_missing(Tables(DATA), all_words(), "en", date(2026, 11, 23))
    assert len(said) == 1 and "the holidays of 2027 are missing" in said[0]
    assert holidays_missing(Tables(DATA), all_words(), "id", date(2026, 6, 1)) == []
    found = _holidays(settings, clock())
    assert found.good and "none for 2027" in found.text
    clock.pass_by(days=60)
    assert not _holidays(settings, clock()).good
