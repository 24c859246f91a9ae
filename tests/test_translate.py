"""What may be recorded, and which translations are refused."""

from pathlib import Path

import pytest

from scripts.pairs.sections import identity, sections
from scripts.pairs.translate import Refused, decide, find_page, judge, take_in
from scripts.pairs.translation_sheet import Row

from .translated import ENGLISH, INDONESIAN, page, twin

BROKEN = Path(__file__).parent / "broken" / "translations"
REFUSED = {
    "formula": ("excel", {"what": "#NAME?"}),
    "letter-lost": ("lost", {"what": "T?rkiye."}),
    "heading-left-out": ("headings", {}),
    "figure-written-out": ("missing-here", {"what": "[[fact:law-worker-min-age]]"}),
    "link-to-elsewhere": ("missing-here", {"what": "other.md"}),
}
CLEAR = sections(page())[1]
NEW = CLEAR.text.replace("Menurut", "Under")


def row(**other) -> Row:
    return Row(**{"number": 3, "page": "guides/costs.md", "place": 1, "id": CLEAR.id,
                  "english": sections(twin())[1].text, "new": NEW, **other})  # fmt: skip


def both(indonesian: str = INDONESIAN, english: str = ENGLISH) -> dict:
    return {"guides/costs.md": page(indonesian), "guides/costs.en.md": twin(english)}


def refusal(act, *arguments) -> str:
    with pytest.raises(Refused) as no:
        act(*arguments)
    return no.value.key


@pytest.mark.parametrize(
    "name", ["docs/guides/costs.en.md", "guides/costs.md", "guides/costs", "docs\\guides\\costs.md"]
)
def test_a_page_may_be_named_in_any_of_its_ways(name):
    assert find_page(name, both()).name == "guides/costs.md"


def test_a_page_that_does_not_exist_is_refused_with_what_looks_like_it():
    with pytest.raises(Refused) as no:
        find_page("guides/cost", both())
    assert no.value.values["near"] == ["guides/costs.md"]


@pytest.mark.parametrize("section", ["1", "Yang sudah jelas", "what is clear"])
def test_a_section_may_be_named_by_number_or_by_heading_in_either_language(section):
    chosen, text = decide(page(), both(), section)
    assert [each.heading for each in chosen] == ["Yang sudah jelas"]
    assert text.count("<!-- id:") == 1


def test_the_reason_of_a_minor_change_cannot_end_the_comment():
    _, text = decide(page(), both(), "1", "a typo -->\n <b>here</b>")
    assert f"<!-- id:{CLEAR.id} minor: a typo - bhere/b -->\n" in text
    assert sections(twin(text))[1].mark.why == "a typo - bhere/b"


def test_a_section_without_english_cannot_be_called_done():
    assert refusal(decide, page(), both(english=ENGLISH[: ENGLISH.index("## If")]), "2") == "no-twin"
    assert refusal(decide, page(), {"guides/costs.md": page()}) == "no-english"
    assert refusal(decide, page(), both(), "9") == "section"


def test_every_broken_translation_is_named_here():
    assert {path.stem for path in BROKEN.glob("*.md")} == set(REFUSED)


@pytest.mark.parametrize("name", REFUSED)
def test_a_broken_translation_is_refused_for_its_one_fault(name):
    with pytest.raises(Refused) as no:
        judge(CLEAR.text, (BROKEN / f"{name}.md").read_text(encoding="utf-8").strip())
    assert (no.value.key, no.value.values) == REFUSED[name]


@pytest.mark.parametrize("extra", ["Really?", "Who? What?", "Really?)", "Is it [so?](other.md)", '"Why?" he asks'])
def test_a_question_is_not_taken_for_a_lost_letter(extra):
    judge("## A\n\n[x](other.md)" if "](" in extra else "## A\n\nb", f"## A\n\n{extra} and more.")


def test_an_opening_must_begin_with_the_description():
    opening = sections(page())[0].text
    assert refusal(judge, opening, "# Ask\n\nFirst.[[source:F4.8]]") == "words"
    judge(opening, "description: In English.\n\n# Ask\n\nFirst.[[source:F4.8]]")


def test_a_translation_is_written_with_a_fresh_mark():
    name, text = take_in(row(), both())
    found = sections(twin(text))[1]
    assert (name, found.text, found.mark.id) == ("guides/costs.en.md", NEW, CLEAR.id)


def test_a_page_that_moved_since_is_found_by_what_was_translated():
    moved = {"money/costs.md": page(name="money/costs.md"), "money/costs.en.md": twin(name="money/costs.en.md")}
    assert take_in(row(), moved)[0] == "money/costs.en.md"


def test_a_translation_of_an_older_text_is_refused():
    assert refusal(take_in, row(), both(INDONESIAN.replace("umur paling muda", "umur terendah"))) == "changed"


def test_a_translation_that_someone_overtook_is_refused():
    assert refusal(take_in, row(), both(english=ENGLISH.replace("the youngest age", "the lowest age"))) == "overtaken"


def test_a_letter_that_the_way_of_saving_does_not_have_is_asked_for_even_when_another_stands_there():
    pages = both(english=ENGLISH.replace("Read [", "Ring Isık. Read ["))
    before = sections(twin())[1].text.replace("Read [", "Ring Isik. Read [")
    with pytest.raises(Refused) as no:
        take_in(row(english=before, narrow=True), pages)
    assert (no.value.key, no.value.values) == ("lost", {"what": "ı"})


def test_a_row_that_lost_its_section_is_refused():
    assert refusal(take_in, row(id="", place=None), both()) == "code"


def test_of_two_sections_with_the_same_words_the_one_at_its_place_is_meant():
    double = INDONESIAN + "\n## Sama\n\nIsi.\n\n## Sama\n\nIsi.\n"
    english = ENGLISH + "\n## Same\n\nOld.\n\n## Same\n\nOld.\n"
    wanted = row(place=4, id=identity("## Sama\n\nIsi."), english="## Same\n\nOld.", new="## Same\n\nNew.")
    _, text = take_in(wanted, both(double, english))
    assert [each.text for each in sections(twin(text))[3:]] == ["## Same\n\nOld.", "## Same\n\nNew."]
