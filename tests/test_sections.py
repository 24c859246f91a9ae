"""Sections of a page, and what makes two of them the same for a translator."""

import pytest

from scripts.checks.figures import literal_figures
from scripts.pairs.sections import Mark, fold, identity, sections
from scripts.site.pages import Page

from .translated import ENGLISH, INDONESIAN, page, twin

TEXT = '## Biaya\n\n- **Satu.** "Bayar" nanti\n- Dua - tiga\n\n| a | b |\n| --- | --- |\n| _c_ | d |\n'
SAME = {
    "spaces and line breaks": TEXT.replace("nanti\n", "nanti  \n").replace("## Biaya\n", "##  Biaya\n\n"),
    "no-break space": TEXT.replace("- Dua ", "- Dua\u00a0"),
    "typographic quotes": TEXT.replace('"Bayar"', "“Bayar”"),
    "a long dash": TEXT.replace("Dua - tiga", "Dua – tiga"),
    "stars for a list": TEXT.replace("- **Satu", "* **Satu").replace("- Dua", "* Dua"),
    "underscores for bold": TEXT.replace("**Satu.**", "__Satu.__"),
    "stars for italics": TEXT.replace("_c_", "*c*"),
    "a narrow table": TEXT.replace("| --- | --- |", "|---|---|").replace("| a | b |", "|a|b|"),
    "closed heading": TEXT.replace("## Biaya", "## Biaya ##"),
    "an anchor": TEXT.replace("## Biaya", "## Biaya { #biaya }"),
    "a comment": TEXT.replace("- Dua", "<!-- tanya Budi -->\n- Dua"),
    "a source": TEXT.replace("nanti", "nanti[[source:F1.1]]"),
}
OTHER = {
    "a word": TEXT.replace("nanti", "sekarang"),
    "a letter's size": TEXT.replace("Bayar", "BAYAR"),
    "the heading": TEXT.replace("Biaya", "Ongkos"),
    "a fact": TEXT.replace("nanti", "[[fact:law-worker-min-age]]"),
    "emphasis taken away": TEXT.replace("**Satu.**", "Satu."),
    "a link's words": TEXT.replace("nanti", "[nanti](a.md)"),
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_how_a_text_is_typed_makes_no_difference(text):
    assert identity(text) == identity(TEXT)


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER)
def test_what_a_text_says_makes_a_difference(text):
    assert identity(text) != identity(TEXT)


def test_where_a_link_leads_makes_no_difference_for_pages_move():
    assert identity("Baca [biaya](costs.md).") == identity("Baca [biaya](../before/costs.md).")


def test_the_identity_never_changes_or_every_translation_would_be_behind():
    assert identity(TEXT) == "419b95390d"


def test_letters_of_two_pieces_are_the_same_as_of_one():
    assert fold("Tu\u0308rkiye") == fold("T\u00fcrkiye")


def test_a_numbered_list_may_be_numbered_anyhow():
    assert identity("1. satu\n2. dua") == identity("1) satu\n1) dua")


def test_the_opening_and_every_h2_are_sections_with_their_lines():
    assert [(each.number, each.heading, each.line) for each in sections(page())] == [
        (0, "Minta rincian biaya", 5),
        (1, "Yang sudah jelas", 9),
        (2, "Kalau sudah membayar", 13),
    ]


def test_the_opening_begins_with_what_readers_see_of_the_front_matter():
    assert sections(page())[0].text.startswith("description: Hitung dulu semua biaya")
    changed = sections(page(INDONESIAN.replace("Hitung dulu", "Jumlahkan")))
    same = sections(page(INDONESIAN.replace("action: help", "action: none")))
    assert changed[0].id != sections(page())[0].id == same[0].id


def test_smaller_headings_stay_in_their_section():
    assert len(sections(page(INDONESIAN.replace("Telepon", "### Segera\n\nTelepon")))) == 3


def test_a_mark_is_read_and_is_no_part_of_the_text():
    marked = ENGLISH.replace("## What is clear\n", "## What is clear\n<!-- id:1a2b3c4d5e minor: typo in a name -->\n")
    plain, found = sections(twin())[1], sections(twin(marked))[1]
    assert found.mark == Mark("1a2b3c4d5e", "typo in a name")
    assert str(found.mark) == "<!-- id:1a2b3c4d5e minor: typo in a name -->"
    assert found.text == plain.text


@pytest.mark.parametrize("mark", ["<!-- id:1a2b -->", "<!-- id:1A2B3C4D5E -->", "<!--id: -->", "<!-- id:zzzzzzzzzz"])
def test_a_mark_with_a_slip_is_kept_as_odd(mark):
    found = sections(twin(ENGLISH.replace("## What is clear\n", f"## What is clear\n{mark}\n")))[1]
    assert (found.mark, found.odd) == (None, mark)


def test_a_mark_is_never_taken_for_a_figure_of_the_page():
    text = "---\na: b\n---\n# T\n<!-- id:0812345678 minor: 8 jam -->\n\nTeks 8 jam\n"
    found = literal_figures(Page("a.en.md", text).body)
    assert [(kind, what) for _, kind, what in found] == [("limit", "8 jam")]
    assert Page("a.en.md", text).line(found[0][0]) == 7


def test_a_section_with_nothing_under_its_heading_is_empty():
    bare = sections(
        twin(ENGLISH.replace("Ring [[phone:polri-110]].\n", "").replace("Ask the office first.[[source:F4.8]]\n", ""))
    )
    assert [each.is_empty for each in bare] == [True, False, True]
