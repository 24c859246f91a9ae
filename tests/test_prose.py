"""The sentences of a page, without what is no sentence."""

from scripts.checks.prose import blocks, headings
from scripts.site.pages import Page

TEXT = """---
description: Ini bukan kalimat isi.
---
# Judul {#judul}
<!-- id:0 abc -->

Satu **kalimat** dengan [tautan](x.md).[[source:F1.1]] Dua [[fact:law-worker-min-age]] lagi
di baris berikut.

!!! note "Judul kotak"
    Tiga, *miring.* "Empat!" Lima?

- butir satu
- butir dua

| kolom | lain |
| --- | --- |
| sel. | UU 18/2017 |

[[contacts:MY]]
"""


def texts(text):
    return [(each.line, each.text) for block in blocks(Page("a.md", text)) for each in block.sentences]


def test_marks_addresses_and_sources_are_no_words_and_a_figure_is_one():
    assert texts(TEXT) == [
        (7, "Satu kalimat dengan tautan."),
        (7, "Dua 1 lagi di baris berikut."),
        (10, "Judul kotak"),
        (11, "Tiga, miring."),
        (11, '"Empat!"'),
        (11, "Lima?"),
        (13, "butir satu"),
        (14, "butir dua"),
        (16, "kolom | lain"),
        (18, "sel. | UU 18/2017"),
    ]


def test_a_sentence_in_the_second_line_of_a_paragraph_says_its_own_line():
    assert texts("# J\n\nSatu dua.\nTiga empat.\n") == [(3, "Satu dua."), (4, "Tiga empat.")]


def test_a_full_stop_inside_a_number_or_after_a_title_ends_nothing():
    assert texts("Upah 1.700 ringgit di PT. Maju Jaya naik 2.5 kali.\n") == [
        (1, "Upah 1.700 ringgit di PT. Maju Jaya naik 2.5 kali.")
    ]


def test_headings_stand_apart_with_their_lines():
    assert [(each.line, each.text.strip()) for each in headings(Page("a.md", TEXT))] == [(4, "Judul")]


def test_a_word_with_an_apostrophe_or_a_hyphen_is_one_word():
    assert blocks(Page("a.md", "It's the workers' long-term aid, 24/7.\n"))[0].sentences[0].words == [
        "It's", "the", "workers", "long-term", "aid", "24/7",
    ]  # fmt: skip
