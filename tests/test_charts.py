"""Bars and dots: where they go."""

import re

import pytest

from scripts.site.charts import LETTERS, LONGEST, WIDTH, bars
from scripts.site.maps import EDGE, dots

ABROAD = [
    ("Malaysia", 17.0, "17 orang"),
    ("Türkiye, Bulgaria, Dubai, dan Hong Kong (pembagian tidak dirinci)", 13.0, "13 orang"),
]


def test_the_largest_value_has_the_longest_bar_and_the_others_are_in_proportion():
    chart = bars("Warga", "", ABROAD)
    assert [each["width"] for each in chart["bars"]] == [LONGEST, round(LONGEST * 13 / 17)]


def test_a_long_label_is_broken_into_lines_above_its_bar():
    first, second = bars("Warga", "", ABROAD)["bars"]
    assert len(first["lines"]) == 1
    assert len(second["lines"]) > 1
    assert all(len(line) <= LETTERS for _, line in second["lines"])
    assert all(y < second["y"] for y, _ in second["lines"])


def test_bars_do_not_overlap_and_the_picture_holds_them():
    chart = bars("Warga", "", ABROAD)
    bottoms = [each["y"] + chart["bar"] for each in chart["bars"]]
    assert bottoms[0] < chart["bars"][1]["y"] - 1
    assert bottoms[-1] == chart["height"]


def test_nothing_but_zeros_draws_bars_of_no_length():
    assert [each["width"] for each in bars("Warga", "", [("Malaysia", 0.0, "0 orang")])["bars"]] == [0]


def test_no_values_make_an_empty_picture():
    assert bars("Warga", "", [])["height"] == 0


def test_less_than_nothing_is_refused():
    with pytest.raises(ValueError, match="less than nothing"):
        bars("Warga", "", [("Malaysia", -1.0, "-1 orang")])


# A regency of four villages: south-west, north-east and two between.
PLACES = [(-3.0, 103.0), (-2.0, 104.0), (-2.5, 103.5), (-2.6, 103.9)]


def points(path: str) -> list[tuple[int, int]]:
    return [(int(x), int(y)) for x, y in re.findall(r"M(-?\d+) (-?\d+)h0", path)]


def test_every_village_is_a_dot_and_north_is_up():
    drawn = points(dots("", "", PLACES, [], PLACES[2], "Tengah")["places"])
    assert len(drawn) == len(PLACES)
    south_west, north_east = drawn[0], drawn[1]
    assert south_west[0] < north_east[0]
    assert south_west[1] > north_east[1]


def test_dots_stay_inside_the_picture():
    drawn = dots("", "", PLACES, PLACES, PLACES[2], "Tengah")
    assert all(EDGE <= x <= WIDTH - EDGE and EDGE <= y <= drawn["height"] - EDGE for x, y in points(drawn["places"]))


def test_a_degree_east_is_shorter_than_a_degree_north_away_from_the_equator():
    square = [(60.0, 10.0), (60.0, 11.0), (61.0, 10.0), (61.0, 11.0)]
    drawn = points(dots("", "", square, [], square[0], "")["places"])
    east, north = drawn[1][0] - drawn[0][0], drawn[0][1] - drawn[2][1]
    assert north == pytest.approx(east * 2, rel=0.05)


def test_the_village_is_named_on_the_side_with_room():
    assert dots("", "", PLACES, [], PLACES[3], "Timur")["left"]
    assert not dots("", "", PLACES, [], PLACES[0], "Barat")["left"]
