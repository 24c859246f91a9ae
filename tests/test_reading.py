"""How hard a page is to read, in figures worked out by hand."""

import pytest

from scripts.checks.reading import LONGEST, WORST, Reading
from scripts.site.pages import Page


def page(body, name="a.md", front=""):
    return Page(name, f"---\ndescription: x\n{front}---\n{body}")


def words(count):
    return " ".join(["kata"] * count) + ".\n\n"


def test_the_score_is_mean_length_and_the_shares_of_long_sentences_and_long_words():
    # 4 sentences of 5 words and one of 30; 50 words, of which one is long.
    body = words(5) * 4 + words(29).replace(".", " pelindungannya.")
    assert Reading(page(body)).score == pytest.approx(50 / 5 + 100 * 1 / 5 + 100 * 1 / 50)


def test_long_is_longer_in_indonesian_than_in_english_and_a_hyphen_parts_a_word():
    body = ("documents legal-officers pekerjaan. " + "Satu dua. " * 4) + "\n"
    assert Reading(page(body)).score == pytest.approx(11 / 5)
    assert Reading(page(body, "a.en.md")).score == pytest.approx(11 / 5 + 100 * 2 / 11)


def test_a_page_of_few_sentences_has_no_score_but_its_sentences_count():
    reading = Reading(page(words(LONGEST) + words(LONGEST + 1)))
    assert reading.score == 0
    assert [len(each.words) for each in reading.too_long] == [LONGEST + 1]


def test_the_hardest_sentences_come_first():
    assert [len(each.words) for each in Reading(page(words(3) + words(9) + words(5) + words(7))).hardest] == [9, 7, 5]


@pytest.mark.parametrize(
    ("front", "signed"),
    [
        ("plain: {why: kutipan pasal, by: Budi, on: 2026-11-23}\n", True),
        ('plain: {why: kutipan pasal, by: Budi, on: "2026-11-23"}\n', True),
        ("plain: {why: '', by: Budi, on: 2026-11-23}\n", False),
        ("plain: {why: kutipan pasal, on: 2026-11-23}\n", False),
        ("plain: {why: kutipan pasal, by: Budi}\n", False),
        ("plain: true\n", False),
        ("", False),
    ],
)
def test_an_exception_needs_a_reason_a_name_and_a_day(front, signed):
    assert bool(Reading(page("Satu.\n", front=front)).signature) is signed


def test_the_limits_are_those_that_the_maintainers_page_names():
    assert (LONGEST, WORST) == (25, 25)
