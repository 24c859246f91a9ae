"""Indonesian dates in all their spellings, and the ones that can be read in two ways."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_api.words import long_date
from scripts.lists.dates import MONTHS, UnclearDate, read_date, read_range

JANUARY_12 = date(2027, 1, 12)


@pytest.mark.parametrize(
    "written",
    ["12 Januari 2027", "12 januari 2027", "12 JANUARI 2027", "12 Jan 2027", "12 Jan. 2027", "12-Jan-2027",
     "Selasa, 12 Januari 2027", "tanggal 12 Januari 2027", "tgl. 12 Januari 2027", "12 January 2027", "12-01-2027",
     "12.01.2027", "12/01/2027", "2027-01-12", "2027/01/12", "2027/1/12", "2027-01-12 00:00:00", "12  Januari  2027",
     JANUARY_12, datetime(2027, 1, 12, 8, 30)],
)  # fmt: skip
def test_one_day_is_read_from_every_spelling_of_it(written):
    assert read_date(written) == JANUARY_12


@pytest.mark.parametrize(
    ("written", "month"),
    [("3 Pebruari 2027", 2), ("3 Februari 2027", 2), ("3 Peb 2027", 2), ("3 Mrt 2027", 3), ("3 Mei 2027", 5),
     ("3 May 2027", 5), ("3 Agt 2027", 8), ("3 Agu 2027", 8), ("3 Ags 2027", 8), ("3 Agustus 2027", 8),
     ("3 Okt 2027", 10), ("3 Nopember 2027", 11), ("3 Nop. 2027", 11), ("3 Des 2027", 12)],
)  # fmt: skip
def test_old_and_short_names_of_months_are_known(written, month):
    assert read_date(written) == date(2027, month, 3)


@pytest.mark.parametrize(
    "written",
    ["12/1/27", "12-01-27", "17 Mei 45", "7/1/2025", "1/25/2027", "31 Februari 2027", "29 Februari 2027", "Januari 2027",
     "2027", "seumur hidup", "", "12 Januarius 2027", "32-01-2027", "12 Januari 1027", 46034.0, 46034, True],
)  # fmt: skip
def test_what_is_unclear_or_no_day_is_refused(written):
    with pytest.raises(UnclearDate):
        read_date(written)


def test_with_a_slash_and_no_zeros_only_a_day_past_twelve_is_clear():
    assert read_date("25/1/2027") == date(2027, 1, 25)
    assert read_date("7/7/2027") == date(2027, 7, 7)


@pytest.mark.parametrize(
    "written",
    ["12 Januari 2022 s.d. 11 Januari 2027", "12 Januari 2022 s/d 11 Januari 2027", "12 Januari 2022 sd 11 Januari 2027",
     "12 Januari 2022 sampai dengan 11 Januari 2027", "12 Januari 2022 hingga 11 Januari 2027",
     "12 Januari 2022 – 11 Januari 2027", "12-01-2022 s.d 11-01-2027", "2022-01-12 - 2027-01-11",
     "12 Jan 2022 S.D. 11 Jan 2027", "berlaku 12 Januari 2022 s.d. 11 Januari 2027"],
)  # fmt: skip
def test_a_range_is_read_from_every_word_between(written):
    assert read_range(written) == (date(2022, 1, 12), date(2027, 1, 11))


def test_a_beginning_takes_what_it_leaves_out_from_the_end():
    assert read_range("1 s.d. 31 Januari 2027") == (date(2027, 1, 1), date(2027, 1, 31))
    assert read_range("1 Januari s.d. 31 Desember 2027") == (date(2027, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize("written", ["s.d. 12 Januari 2027", "s/d 12 Januari 2027", "12 Januari 2027", JANUARY_12,
                                     "berlaku sampai dengan 12 Januari 2027"])  # fmt: skip
def test_a_single_day_is_the_end(written):
    assert read_range(written) == (None, JANUARY_12)


@pytest.mark.parametrize("written", ["12 Mei 2027 s.d. 11 Mei 2022", "12 Januari 2022 s.d. ", "s.d.", "12/1/22 s.d. 11/1/27",
                                     "1 Mei 2022 s.d. 1 Juni 2022 s.d. 1 Juli 2022"])  # fmt: skip
def test_a_range_that_ends_before_it_begins_or_lacks_an_end_is_refused(written):
    with pytest.raises(UnclearDate):
        read_range(written)


@given(st.dates(date(1980, 1, 1), date(2100, 12, 31)), st.data())
def test_every_day_comes_back_from_every_name_of_its_month(day, data):
    month = data.draw(st.sampled_from(MONTHS[day.month - 1]))
    assert read_date(f"{day.day} {month.title()} {day.year}") == day
    assert read_date(long_date(day, "id")) == read_date(f"{day:%d-%m-%Y}") == read_date(day.isoformat()) == day
