"""Figures that were written by hand, and what only looks like one."""

import pytest

from scripts.site.figures import literal_figures


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Bayar Rp350.000 saja", "money", "Rp350.000"),
        ("pay RM 1,700 a month", "money", "RM 1,700"),
        ("sekitar 2,5 juta", "money", "2,5 juta"),
        ("about €500", "money", "€500"),
        ("bunga 6%", "percent", "6%"),
        ("6.5 per cent", "percent", "6.5 per cent"),
        ("pada 25 november 2025", "date", "25 november 2025"),
        ("on 3 March 2026", "date", "3 March 2026"),
        ("per 2026-01-23", "date", "2026-01-23"),
        ("paling lama 8 jam", "limit", "8 jam"),
        ("an 8-hour day", "limit", "8-hour"),
        ("2–3 tahun", "limit", "2–3 tahun"),
        ("17 orang di Malaysia", "limit", "17 orang"),
        ("telepon 110 sekarang", "phone", "telepon 110"),
        ("0811-8080-141", "phone", "0811-8080-141"),
        ("+62 21 2924 4800", "phone", "+62 21 2924 4800"),
    ],
)
def test_a_figure_is_found_with_its_kind(text, kind, found):
    assert [(each[1], each[2]) for each in literal_figures(text)] == [(kind, found)]


@pytest.mark.parametrize(
    "text",
    [
        "UU 18/2017 dan Permen P2MI 17/2025",
        "UU Nomor 18 Tahun 2017",
        "Law 1/2026, article 49",
        "umur [[fact:law-8-tahun]] dan [[phone:kemnaker-1500630]]",
        "[kode](../x-2025-11-25.md) dan `2026-01-01`",
        "1. Langkah pertama\n2. Langkah kedua",
        "tiga hal, dua salinan",
        "sumber tahun 2024",
        "NIB 13 angka",
    ],
)
def test_law_names_list_numbers_and_placeholders_are_no_figures(text):
    assert literal_figures(text) == []


def test_the_place_is_that_in_the_text():
    text = "[[fact:a]] lalu 8 jam"
    (at, _, found), *rest = literal_figures(text)
    assert text[at : at + len(found)] == "8 jam"
    assert not rest


def test_one_figure_is_reported_once():
    assert len(literal_figures("25 November 2025")) == 1
    assert len(literal_figures("Rp2 juta")) == 1
