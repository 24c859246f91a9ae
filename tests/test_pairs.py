"""Which sections belong together, which are behind, and what two pages do not share."""

from pathlib import Path

import pytest

from scripts.checks.page_rules import Judge
from scripts.pairs.pairs import BEHIND, FRESH, LEFT_OVER, MISSING, UNMARKED, all_pairs, figures, pairs, unlike
from scripts.pairs.translate import decide
from scripts.site.pages import Page

from .pages import WORDS, tables
from .translated import ENGLISH, INDONESIAN, SAMPLES, page, twin

FAULTS = {
    "section-missing": [(0, "section-missing", "Kalau sudah membayar")],
    "section-left-over": [(17, "section-left-over", "More")],
    "section-empty": [(13, "section-empty", "If you have paid")],
    "mark-with-a-slip": [(13, "section-odd", "<!-- id:1a2b -->")],
    "figure-in-another-section": [
        (5, "only-here", "[[phone:polri-110]]"),
        (13, "missing-here", "[[phone:polri-110]]"),
    ],
    "link-to-elsewhere": [(9, "missing-here", "other.md"), (9, "only-here", "index.md")],
    "other-law": [(9, "figure-only-here", "81"), (9, "figure-missing", "18")],
}


def marked(english: str = ENGLISH, indonesian: str = INDONESIAN) -> Page:
    """The English page, every section of it marked as translated."""
    return twin(decide(page(indonesian), {"guides/costs.en.md": twin(english)})[1])


def states(indonesian: str, english: Page, name: str = "guides/costs.md") -> list[str]:
    return [each.state for each in pairs(page(indonesian, name), english)]


def test_a_page_just_translated_is_fresh():
    assert states(INDONESIAN, twin()) == [UNMARKED] * 3
    assert states(INDONESIAN, marked()) == [FRESH] * 3


def test_only_the_section_that_changed_is_behind():
    assert states(INDONESIAN.replace("umur paling muda", "umur terendah"), marked()) == [FRESH, BEHIND, FRESH]


def test_a_changed_description_makes_the_opening_behind():
    assert states(INDONESIAN.replace("Hitung dulu", "Jumlahkan"), marked()) == [BEHIND, FRESH, FRESH]


def test_moving_and_renaming_make_nothing_behind():
    moved = INDONESIAN.replace("(other.md)", "(../guides/other.md)")
    english = Page("money/all-costs.en.md", marked().text.replace("(other.md)", "(../guides/other.md)"))
    assert states(moved, english, "money/all-costs.md") == [FRESH] * 3


def test_a_section_that_moves_within_its_page_keeps_its_translation():
    opening, clear, paid = INDONESIAN.partition("## Yang")[0], *INDONESIAN.split("## ")[1:]
    swapped = f"{opening}## {paid.strip()}\n\n## {clear}"
    assert states(swapped, marked()) == [FRESH] * 3


def test_a_new_section_between_others_is_the_only_one_missing():
    text = INDONESIAN.replace("## Kalau", "## Baru\n\nIsi baru.\n\n## Kalau")
    assert states(text, marked()) == [FRESH, FRESH, MISSING, FRESH]


def test_a_changed_section_beside_a_new_one_keeps_the_translation_with_its_figures():
    text = INDONESIAN.replace("## Kalau sudah", "## Baru\n\nIsi baru.\n\n## Jika sudah")
    found = pairs(page(text), marked())
    assert [each.state for each in found] == [FRESH, FRESH, MISSING, BEHIND]
    assert found[3].english.heading == "If you have paid"


def test_a_section_taken_away_leaves_its_english_over():
    text = INDONESIAN[: INDONESIAN.index("## Kalau")]
    assert states(text, marked()) == [FRESH, FRESH, LEFT_OVER]


def test_a_page_without_english_lacks_every_section():
    assert [each.state for each in all_pairs({"guides/costs.md": page()})] == [MISSING] * 3


def test_every_broken_sample_is_named_here():
    assert {path.name.split(".")[0] for path in SAMPLES.glob("*.en.md")} == {"good", *FAULTS}


def test_a_good_pair_shares_everything():
    assert unlike(page(), twin()) == []


@pytest.mark.parametrize("name", FAULTS)
def test_what_two_pages_do_not_share_is_named_with_its_section(name):
    text = (SAMPLES / f"{name}.en.md").read_text(encoding="utf-8")
    assert unlike(page(), twin(text)) == FAULTS[name]


@pytest.mark.parametrize("name", FAULTS)
def test_the_check_says_each_in_a_sentence_at_the_english_page(name):
    text = (SAMPLES / f"{name}.en.md").read_text(encoding="utf-8")
    pages = {"guides/costs.md": page(), "guides/costs.en.md": twin(text)}
    told = Judge(pages, tables(), WORDS, "en").faults()
    line, _, what = FAULTS[name][0]
    assert any(file == "docs/guides/costs.en.md" and what in said and (not line or place == f"line {line}")
               for file, place, said in told)  # fmt: skip


def test_figures_are_compared_without_their_thousands_and_not_in_addresses_or_lists():
    assert figures("1. Rp1.500.000 menurut UU 18/2017") == figures("2) Rp1,500,000 under Law 18/2017")
    assert figures("[[fact:a-2]] [x](page-3.md) { #p4 }") == set()


def test_the_real_pages_say_the_same_in_both_languages():
    from scripts.site.pages import read_pages

    pages = read_pages(Path(__file__).resolve().parent.parent / "docs")
    assert [unlike(each, pages[each.twin]) for each in pages.values() if each.language == "id"] == [
        [] for each in pages.values() if each.language == "id"
    ]


def test_every_real_section_remembers_what_it_was_translated_from():
    from scripts.site.pages import read_pages

    pages = read_pages(Path(__file__).resolve().parent.parent / "docs")
    assert [(each.twin, each.heading) for each in all_pairs(pages) if each.state == UNMARKED] == []
