"""What an editor is told about plain reading. Every sample under broken/reading/ is named for its one fault."""

from pathlib import Path

import pytest

from scripts import check
from scripts.checks.plain_rules import plain_faults, scores
from scripts.site.pages import Page, read_pages

from .pages import WORDS, tables

ROOT = Path(__file__).resolve().parent.parent
BROKEN = Path(__file__).parent / "broken" / "reading"
P3MI = "singkatan P3MI belum dijelaskan saat pertama dipakai; tulis seperti «P3MI (perusahaan penempatan pekerja"
SAID = {
    "sentence-too-long": (
        "baris 6", "kalimat ini 32 kata, paling banyak 25: «Perusahaan yang menawarkan pekerjaan di …»; pecah"
    ),
    "words-too-long": ("", "nilai baca halaman ini 92.7, paling tinggi 25; pendekkan kalimat di baris 6, 8, 10 dulu"),
    "acronym-not-in-glossary": (
        "baris 6", "singkatan NPTKX tidak ada di daftar istilah; tulis kepanjangannya, atau tambah barisnya di data/"
    ),
    "acronym-not-explained": ("baris 6", P3MI),
    "acronym-only-in-heading": ("baris 8", P3MI),
    "acronym-explained-too-late": ("baris 6", P3MI),
    "exception-not-signed": ("", "plain di awal halaman harus memuat why, by, dan on, misalnya plain: {why: "),
    "exception-without-a-day": ("", "plain di awal halaman harus memuat why, by, dan on, misalnya plain: {why: "),
    "exception-not-needed": ("", "halaman ini sudah cukup mudah dibaca; hapus baris plain di awal halaman"),
}  # fmt: skip


def told(text, language="id"):
    return plain_faults({"a.md": Page("a.md", text)}, tables(), WORDS, language)


def sample(name):
    return (BROKEN / f"{name}.md").read_text(encoding="utf-8")


def test_every_broken_sample_is_named_here():
    assert {path.stem for path in BROKEN.glob("*.md")} == set(SAID)


@pytest.mark.parametrize("name", SAID)
def test_a_page_that_is_hard_to_read_gives_one_sentence_that_says_what_to_do(name):
    ((file, place, what),) = told(sample(name))
    assert (file, place) == ("docs/a.md", SAID[name][0])
    assert what.startswith(SAID[name][1])


@pytest.mark.parametrize("name", SAID)
def test_it_is_said_in_english_too(name):
    assert len(told(sample(name), "en")) == 1


@pytest.mark.parametrize("name", ["sentence-too-long", "words-too-long"])
def test_a_signed_exception_excuses_the_page(name):
    signed = "plain: {why: kutipan pasal, by: Budi, on: 2026-11-23}\n---\n#"
    assert told(sample(name).replace("---\n#", signed)) == []


def test_todays_pages_are_plain():
    assert plain_faults(read_pages(ROOT / "docs"), tables(), WORDS, "id") == []


def test_the_scores_are_printed_the_hardest_page_first():
    pages = {"easy.md": Page("easy.md", "Satu dua. " * 6), "hard.md": Page("hard.md", sample("words-too-long"))}
    head, first, second = scores(pages, WORDS, "en")
    assert head == "Reading score of each page (lower is easier, at most 25):"
    assert first == " 92.7  docs/hard.md: 5 sentences, 7.0 words each on average, 7 in the longest"
    assert second.split()[:2] == ["2.0", "docs/easy.md:"]


def test_a_signature_is_printed_beside_the_score():
    text = sample("words-too-long").replace("---\n#", "plain: {why: pasal, by: Budi, on: 2026-11-23}\n---\n#")
    assert scores({"a.md": Page("a.md", text)}, WORDS, "id")[1].endswith(
        "(pengecualian ditandatangani Budi, 2026-11-23: pasal)"
    )


def test_the_command_prints_the_scores_and_stops(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["check", "--scores", "--en"])
    assert check.main() == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Reading score")
    assert len(lines) > 90
