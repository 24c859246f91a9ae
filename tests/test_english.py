"""Changes to the text of an English page."""

from scripts.pairs.english import split_words, with_marks, with_translation
from scripts.pairs.pairs import pairs
from scripts.pairs.sections import Mark, sections

from .translated import ENGLISH, INDONESIAN, page, twin

MARK = Mark("1a2b3c4d5e")


def put(new: str, number: int, indonesian: str = INDONESIAN, english: str | None = ENGLISH) -> str:
    other = twin(english) if english else None
    return with_translation(page(indonesian), other, pairs(page(indonesian), other)[number], new, MARK)


def test_a_mark_stands_directly_under_its_heading_and_nothing_else_changes():
    english = twin()
    text = with_marks(ENGLISH, sections(english), [MARK] * 3)
    assert "# Ask for the costs in writing\n<!-- id:1a2b3c4d5e -->\n\nAsk the" in text
    assert "## What is clear\n<!-- id:1a2b3c4d5e -->\n\nUnder" in text
    assert text.replace("<!-- id:1a2b3c4d5e -->\n", "") == ENGLISH


def test_a_mark_takes_the_place_of_the_one_before():
    once = with_marks(ENGLISH, sections(twin()), [MARK] * 3)
    assert with_marks(once, sections(twin(once)), [MARK] * 3) == once
    other = with_marks(once, sections(twin(once))[1:2], [Mark("ffffffffff", "typo")])
    assert other == once.replace("clear\n<!-- id:1a2b3c4d5e -->", "clear\n<!-- id:ffffffffff minor: typo -->")


def test_a_section_without_a_heading_carries_its_mark_on_top():
    text = "---\na: b\n---\n\nJust text.\n"
    once = with_marks(text, sections(twin(text)), [MARK])
    assert with_marks(once, sections(twin(once)), [MARK]) == once
    assert "<!-- id:1a2b3c4d5e -->\n\nJust text.\n" in once


def test_a_new_translation_takes_the_place_of_the_old_one():
    text = put("## It is clear\n\nNew words.", 1)
    assert "## It is clear\n<!-- id:1a2b3c4d5e -->\n\nNew words.\n\n## If you have paid\n" in text
    assert "Under UU" not in text
    assert text.startswith(ENGLISH.partition("## What")[0])


def test_a_new_last_section_ends_the_page_with_one_line_end():
    assert put("## If paid\n\nNew words.\n\n", 2).endswith(
        "[another page](other.md).\n\n## If paid\n<!-- id:1a2b3c4d5e -->\n\nNew words.\n"
    )


def test_a_missing_section_is_put_before_the_one_that_follows_it():
    shorter = ENGLISH.replace(ENGLISH[ENGLISH.index("## What") : ENGLISH.index("## If")], "")
    marked = with_marks(shorter, sections(twin(shorter))[1:], [Mark(sections(page())[2].id)])
    text = put("## What is clear\n\nNew words.", 1, english=marked)
    assert [each.heading for each in sections(twin(text))] == [
        "Ask for the costs in writing",
        "What is clear",
        "If you have paid",
    ]


def test_a_missing_last_section_is_put_at_the_end():
    text = put("## If paid\n\nNew words.", 2, english=ENGLISH[: ENGLISH.index("## If")])
    assert text.endswith("(other.md).\n\n## If paid\n<!-- id:1a2b3c4d5e -->\n\nNew words.\n")


def test_a_new_opening_brings_the_front_matters_words_along():
    text = put("description: Say: no.\n\n# Ask\n\nFirst.", 0)
    assert text.startswith(
        '---\ndescription: "Say: no."\naction: help\n---\n# Ask\n<!-- id:1a2b3c4d5e -->\n\nFirst.\n\n## What is clear\n'
    )


def test_a_page_that_does_not_exist_begins_with_the_front_matter_of_its_twin():
    text = put("description: In English.\n\n# Ask\n\nFirst.", 0, english=None)
    assert text == "---\ndescription: In English.\naction: help\n---\n# Ask\n<!-- id:1a2b3c4d5e -->\n\nFirst.\n"


def test_the_words_of_an_opening_end_where_the_page_begins():
    assert split_words("title: A\ndescription: b: c\n\n# T\n\nnote: no\n") == (
        {"title": "A", "description": "b: c"},
        "# T\n\nnote: no\n",
    )
    assert split_words("# T\n\nText") == ({}, "# T\n\nText")
