"""Licence numbers keep every digit, or are refused."""

import pytest

from scripts.lists.numbers import DigitsLost, NotANumber, key, read_number, same_nib


@pytest.mark.parametrize(
    ("written", "kind", "number"),
    [("0220002190687", "nib", "0220002190687"), ("03082500138530001", "oss_permit", "03082500138530001"),
     ("202511111156452546912", "oss_reference", "202511111156452546912"), ("'0220002190687", "nib", "0220002190687"),
     ("NIB: 0220 0021 9068 7", "nib", "0220002190687"), (" 0220002190687\n", "nib", "0220002190687"),
     ("0220-0021-90687", "nib", "0220002190687"), ("220002190687", "short", "220002190687"),
     ("3082500138530001", "short", "3082500138530001"), ("KEP. 459/MEN/2006", "decree", "KEP. 459/MEN/2006"),
     ("KEP.MEN no 565 tahun 2016", "decree", "KEP.MEN no 565 tahun 2016"),
     ("SIUP NOMOR 444 TAHUN 2016", "decree", "SIUP NOMOR 444 TAHUN 2016"), ("SIUP", "", "")],
)  # fmt: skip
def test_a_number_is_told_by_its_shape_and_stays_text(written, kind, number):
    assert read_number(written) == (kind, number)


@pytest.mark.parametrize("written", [9120213180419.0, 9120213180419, 1.506220000819e16, "9.12E+12", "9,12E+12", "9.12e12",
                                     "9120213180419.0", "9120213180419,00", "9.120.213.180.419", "9,120,213,180,419"])  # fmt: skip
def test_what_a_spreadsheet_counted_with_is_refused_because_digits_are_gone(written):
    with pytest.raises(DigitsLost):
        read_number(written)


@pytest.mark.parametrize("written", ["12345", "91202131804", "12345678901234", "-", "?", "٠٢٢٠٠٠٢١٩٠٦٨٧"])
def test_other_lengths_and_signs_are_no_licence_number(written):
    with pytest.raises(NotANumber):
        read_number(written)


def test_a_lost_number_is_shown_as_the_spreadsheet_shows_it():
    with pytest.raises(DigitsLost, match=r"9\.12E\+12"):
        read_number(9120213180419.0)


def test_the_same_decree_is_the_same_whatever_its_stops():
    assert key("KEP. 459/MEN/2006") == key("KEP 459/MEN/2006") != key("KEP. 458/MEN/2006")


def test_a_permit_begins_with_the_nib_it_belongs_to():
    assert same_nib("1506220000819", "15062200008190008")
    assert not same_nib("1506220000819", "1506220000819")
    assert not same_nib("1506220000819", "25062200008190008")
    assert not same_nib("", "15062200008190008")
