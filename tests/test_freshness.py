"""When a row was checked and when it falls due."""

from datetime import date

import pytest

from scripts.site.freshness import add_months, build_day, check_by, is_late, last_checked, stamp

LIMITS = {"phone": 3, "law": 6}


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 23), 3, date(2027, 2, 23)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2026, 1, 31), 12, date(2027, 1, 31)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
    ],
)
def test_months_are_added_and_a_shorter_month_gives_its_last_day(day, months, later):
    assert add_months(day, months) == later


def test_a_row_falls_due_after_the_months_of_its_kind():
    assert check_by({"checked_on": "2026-11-23"}, "phone", LIMITS) == date(2027, 2, 23)
    assert check_by({"checked_on": "2026-11-23"}, "law", LIMITS) == date(2027, 5, 23)


def test_a_call_by_a_person_counts_when_it_is_later_than_the_reading():
    assert last_checked({"checked_on": "2026-11-23", "confirmed_on": "2027-01-05"}) == date(2027, 1, 5)
    assert last_checked({"checked_on": "2026-11-23", "confirmed_on": "2026-10-01"}) == date(2026, 11, 23)


def test_a_row_never_checked_is_never_due():
    assert check_by({"checked_on": "", "confirmed_on": ""}, "phone", LIMITS) is None


def test_a_kind_without_a_limit_is_refused():
    with pytest.raises(KeyError, match="weather"):
        check_by({"checked_on": "2026-11-23"}, "weather", LIMITS)


def test_a_page_shows_its_oldest_check_and_its_soonest_due_day():
    shown = [({"checked_on": "2026-11-23"}, "phone"), ({"checked_on": "2026-10-01"}, "law")]
    assert stamp(shown, LIMITS) == (date(2026, 10, 1), date(2027, 2, 23))


def test_a_page_of_undated_rows_has_no_dates():
    assert stamp([({"checked_on": ""}, "law")], LIMITS) is None


def test_the_day_itself_is_in_time_and_the_next_is_late():
    assert not is_late(date(2027, 2, 23), date(2027, 2, 23))
    assert is_late(date(2027, 2, 23), date(2027, 2, 24))


def test_the_build_takes_the_day_it_is_given_else_today_where_the_readers_are():
    assert build_day("Asia/Jakarta", {"HUB_TODAY": "2028-02-29"}) == date(2028, 2, 29)
    east, west = build_day("Pacific/Kiritimati", {}), build_day("Pacific/Niue", {})  # 25 hours apart
    assert 1 <= (east - west).days <= 2


@pytest.mark.parametrize("day", ["besok", "2027-02-30", "1 Juni 2027"])
def test_a_day_that_is_none_is_refused_with_what_to_write(day):
    with pytest.raises(ValueError, match="write a day like 2027-06-01"):
        build_day("Asia/Jakarta", {"HUB_TODAY": day})
