"""Figures that were written by hand, and what only looks like one."""

from pathlib import Path

import pytest

from scripts.checks.figures import literal_figures
from scripts.checks.page_rules import Judge
from scripts.site.pages import Page

from .pages import WORDS, tables

BROKEN = Path(__file__).parent / "broken" / "figures"
SAMPLES = [(path.stem, line) for path in sorted(BROKEN.glob("*.txt"))
           for line in path.read_text(encoding="utf-8").splitlines()]  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [each for each in SAMPLES if each[0] != "no-figure"])
def test_every_way_to_write_a_figure_by_hand_is_found(kind, text):
    assert literal_figures(f"Ingat, {text}.")[0][1] == kind


@pytest.mark.parametrize("text", [text for kind, text in SAMPLES if kind == "no-figure"])
def test_a_name_that_holds_a_number_is_no_figure(text):
    assert literal_figures(f"Lihat {text}.") == []


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


def test_a_figure_in_what_the_front_matter_shows_is_found_too():
    text = (BROKEN / "front-matter.md").read_text(encoding="utf-8")
    pages = {name: Page(name, text) for name in ("a.md", "a.en.md")}
    said = {what for _, _, what in Judge(pages, tables(), WORDS, "id").faults()}
    assert "jumlah uang «Rp350.000» ditulis langsung; pakai [[fact:…]]" in said
