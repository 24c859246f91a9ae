"""The words in a page's front matter that readers see."""

import pytest
import yaml

from scripts.pairs.front_words import front_words, put_front_words

HOME = """---
title: Beranda
description: Periksa perusahaan penempatan.
action: none # none here
tasks:
  - page: agencies/index.md
    title: "Apakah terdaftar?"
    hint: 'Cari nama'
  - page: forms/help.md
    title: Bantuan
---
# Desa

description: bukan ini
"""


def test_only_words_that_readers_see_are_given_with_their_places():
    assert front_words(HOME) == {
        "title": "Beranda",
        "description": "Periksa perusahaan penempatan.",
        "tasks.0.title": "Apakah terdaftar?",
        "tasks.0.hint": "Cari nama",
        "tasks.1.title": "Bantuan",
    }


def test_other_words_are_put_in_and_the_rest_is_untouched():
    new = {"title": "Home", "tasks.0.title": "Is it listed?", "tasks.1.title": "I need help"}
    text = put_front_words(HOME, new)
    assert front_words(text) == front_words(HOME) | new
    assert text.replace("Home", "Beranda").replace("Is it listed?", '"Apakah terdaftar?"').replace(
        "I need help", "Bantuan"
    ) == HOME  # fmt: skip


@pytest.mark.parametrize(
    "words", ['Say "no"', "Note: careful", "- no list", "2027", "yes", "a # b", "it's", "ü → é", "x\ny"]
)
def test_words_that_yaml_would_misread_are_quoted(words):
    text = put_front_words(HOME, {"description": words})
    assert yaml.safe_load(text.split("---\n")[1])["description"] == words


@pytest.mark.parametrize("text", ["# Desa\n", "---\na: [\n---\n# Desa\n", "---\n---\n# Desa\n"])
def test_a_page_without_readable_front_matter_has_none(text):
    assert front_words(text) == {}
    assert put_front_words(text, {"title": "x"}) == text
