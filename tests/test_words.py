"""Every sentence exists in both languages with the same blanks, and every sentence is used."""

import re
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from forms_api.people.accounts import SHORTEST_PASSPHRASE
from forms_api.people.joining import LIVES
from forms_api.people.officers import IDLE
from forms_api.people.throttle import WINDOW
from forms_api.words import Words, amount, language_of, long_date, money, number, pick

ROOT = Path(__file__).resolve().parent.parent
FILES = [*sorted((ROOT / "forms_api").rglob("*.toml")), *sorted((ROOT / "scripts" / "site" / "words").glob("*.toml"))]
BLANK = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_both_languages_have_the_same_sentences_with_the_same_blanks(path):
    sentences = tomllib.loads(path.read_text(encoding="utf-8"))
    assert sentences
    for key, text in sentences.items():
        twin = key.removesuffix("@en") if key.endswith("@en") else f"{key}@en"
        assert twin in sentences, f"{key} has no twin"
        assert set(BLANK.findall(text)) == set(BLANK.findall(sentences[twin])), key


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_sentence_is_used(path):
    sources = [*ROOT.glob("forms_api/**/*.py"), *ROOT.glob("forms_api/**/*.html"), *ROOT.glob("scripts/**/*.py"),
               *ROOT.glob("scripts/**/*.html")]  # fmt: skip
    code = "\n".join(each.read_text(encoding="utf-8") for each in sources)
    stems = set(re.findall(r'"([\w.]+[._-])(?:\{|" ~|" \+)', code))
    for key in tomllib.loads(path.read_text(encoding="utf-8")):
        plain = key.removesuffix("@en")
        last = plain.rpartition(".")[2]
        used = f'"{plain}"' in code or f"'{plain}'" in code or any(plain.startswith(stem) for stem in stems)
        assert used or (plain.startswith(("problem.", "fault.")) and f'"{last}"' in code), f"{plain} is not used"


def test_a_missing_sentence_is_an_error_not_an_empty_text():
    with pytest.raises(KeyError):
        Words(FILES[0]).say("en", "no.such.sentence")


def test_dates_are_written_out_and_keep_what_is_known():
    assert long_date("2027-01-12", "id") == "12 Januari 2027"
    assert long_date("2027-01-02", "en") == "2 January 2027"
    assert long_date("2027-01", "id") == "Januari 2027"
    assert long_date("2027", "en") == "2027"
    assert long_date("", "id") == ""


def test_amounts_follow_the_language():
    assert money(370000, "IDR", "id") == "Rp370.000"
    assert money("100000000", "IDR", "en") == "Rp100 million"
    assert money(1500000000, "IDR", "id") == "Rp1,5 miliar"
    assert money(1683500000, "IDR", "id") == "Rp1.683.500.000"
    assert money("620.20", "EUR", "id") == "€620,20"
    assert amount(1, "hours", "en") == "1 hour"
    assert amount(8, "hours", "id") == "8 jam"
    assert amount("1.5", "times", "en") == "1.5 times"
    assert number(1234567, "id") == "1.234.567"


def test_an_unknown_unit_is_refused():
    with pytest.raises(KeyError):
        amount(1, "parsecs", "id")


def test_the_language_is_what_is_asked_for_then_what_is_accepted_then_indonesian():
    assert language_of("en", "id") == "en"
    assert language_of(None, "en-GB,id;q=0.5") == "en"
    assert language_of("fr", "in") == "id"
    assert language_of(None, "fr") == "id"


def test_pick_reads_the_twin_and_never_the_other_language():
    assert pick({"title": "Satu", "title@en": "One"}, "title", "en") == "One"
    assert pick({"title": "Satu"}, "title", "en") == ""


@pytest.mark.parametrize(
    ("key", "lasts", "unit"),
    [("invited.use", LIVES, "hours"), ("join.unknown", LIVES, "hours"), ("sign_in.wait", WINDOW, "minutes"),
     ("too_late.why", IDLE, "minutes")],
)
def test_a_span_that_a_sentence_names_is_the_one_that_counts(key, lasts, unit):
    words = Words(ROOT / "forms_api" / "words.toml", ROOT / "forms_api" / "words" / "accounts.toml")
    span = lasts / timedelta(**{unit: 1})
    for language in ("id", "en"):
        assert amount(int(span), unit, language) in words.say(language, key, address="hub.test")


@pytest.mark.parametrize("key", ["officer.short_passphrase", "join.passphrase_hint"])
def test_the_length_of_a_passphrase_that_a_sentence_names_is_the_one_that_counts(key):
    words = Words(ROOT / "forms_api" / "words.toml", ROOT / "forms_api" / "words" / "accounts.toml")
    for language in ("id", "en"):
        assert re.findall(r"\d+", words.say(language, key)) == [str(SHORTEST_PASSPHRASE)]
