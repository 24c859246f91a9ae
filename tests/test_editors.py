"""What waits for editors, each thing with the very line it is repaired on."""

import csv
import re
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from scripts.checks.links import read
from scripts.pairs.translate import decide
from scripts.site.editors import Rounds
from scripts.site.pages import Page
from scripts.site.rows import Tables

from .pages import WORDS
from .translated import INDONESIAN, page, twin

ROOT = Path(__file__).resolve().parent.parent
ON = date(2027, 1, 15)
REPOSITORY = "https://git.example/hub/edit/main/"


@pytest.fixture
def data(tmp_path):
    """The hub's tables without rows, but for the limits (hotlines 3 months, law 6)."""
    copy = copytree(ROOT / "data", tmp_path / "data")
    for file in copy.glob("*/*.csv"):
        if file.name != "limits.csv":
            with open(file, encoding="utf-8", newline="") as lines:
                titles = next(csv.reader(lines))
            file.write_text(",".join(titles) + "\n", encoding="utf-8")
    hub = copy / "hub.yaml"
    hub.write_text(re.sub(r"^repository:.*$", f"repository: {REPOSITORY}", hub.read_text(encoding="utf-8"), flags=re.M))
    return copy


def add(data: Path, path: str, *rows: dict) -> None:
    with open(data / path, encoding="utf-8", newline="") as lines:
        titles = next(csv.reader(lines))
    with open(data / path, "a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, titles, restval="", lineterminator="\n")
        writer.writerows({"source": "https://a.example/", **row} for row in rows)


def waiting(data: Path, name: str, language: str = "en", **pages: Page) -> list[tuple[str, str, str]]:
    """(what, note, place) of everything in one list."""
    lists = Rounds(Tables(data), {each.name: each for each in pages.values()}, WORDS, language, ON).lists()
    return [(line.what, line.note, line.place) for group in lists[name] for line in group.lines]


def test_a_row_is_due_in_the_month_before_its_limit_and_late_from_the_day_after(data):
    add(data, "contacts/numbers.csv",
        {"id": "late", "number": "110", "checked_on": "2026-10-14"},
        {"id": "today", "number": "111", "checked_on": "2026-10-15"},
        {"id": "soon", "number": "112", "checked_on": "2026-11-14"},
        {"id": "later", "number": "113", "checked_on": "2026-11-15"})  # fmt: skip
    assert waiting(data, "late") == [("late: 110", "check again by 14 January 2027", "data/contacts/numbers.csv:2")]
    assert [what for what, _, _ in waiting(data, "due")] == ["today: 111", "soon: 112"]


def test_a_row_confirmed_by_telephone_counts_from_that_day(data):
    add(data, "contacts/numbers.csv", {"id": "a", "checked_on": "2026-01-01", "confirmed_on": "2027-01-10"})
    assert waiting(data, "late") == []


def test_facts_and_conditions_have_the_limit_of_their_own_kind(data):
    add(data, "facts/facts.csv",
        {"id": "law", "kind": "law", "checked_on": "2026-07-01"},
        {"id": "day", "kind": "date", "checked_on": "2026-07-01"})  # fmt: skip
    assert [what for what, _, _ in waiting(data, "late")] == ["law"]


def test_the_soonest_of_a_table_comes_first_and_each_has_its_own_line(data):
    add(data, "facts/facts.csv",
        {"id": "b", "kind": "law", "label@en": "Bee", "text": "two\nlines", "checked_on": "2026-06-02"},
        {"id": "a", "kind": "law", "label@en": "Ay", "checked_on": "2026-06-01"})  # fmt: skip
    assert [(what, place) for what, _, place in waiting(data, "late")] == [
        ("a: Ay", "data/facts/facts.csv:4"),
        ("b: Bee", "data/facts/facts.csv:2"),
    ]


def test_every_line_leads_to_the_repository_when_there_is_one(data):
    add(data, "glossary/glossary.csv", {"id": "a", "source": ""})
    urls = [line.url for each in Rounds(Tables(data), {}, WORDS, "id", ON).lists()["sourceless"] for line in each.lines]
    assert REPOSITORY + "data/glossary/glossary.csv#L2" in urls
    hub = data / "hub.yaml"
    hub.write_text(hub.read_text(encoding="utf-8").replace(REPOSITORY, '""'), encoding="utf-8")
    lists = Rounds(Tables(data), {}, WORDS, "id", ON).lists()["sourceless"]
    assert {line.url for each in lists for line in each.lines} == {""}


def test_a_row_without_a_source_is_listed_and_one_with_a_source_is_not(data):
    add(data, "glossary/glossary.csv", {"id": "with"}, {"id": "without", "term": "Atase", "source": ""})
    found = [each for each in waiting(data, "sourceless", "id") if "glossary" in each[2]]
    assert found == [("without: Atase", "", "data/glossary/glossary.csv:3")]


def test_a_section_behind_is_listed_at_its_english_line(data):
    english = twin(decide(page(), {"guides/costs.en.md": twin()})[1])
    changed = page(INDONESIAN.replace("Telepon", "Segera telepon"))
    assert waiting(data, "behind", a=changed, b=english) == [
        ("Kalau sudah membayar", "the Indonesian changed after it was translated", "docs/guides/costs.en.md:15")
    ]
    assert waiting(data, "behind", a=page(), b=english) == []
    assert waiting(data, "behind", a=page())[0][1:] == ("there is no English yet", "docs/guides/costs.md:5")


@pytest.mark.parametrize(
    ("reviewed", "notes"),
    [
        ("", ["never recorded as read again"]),
        ("reviewed: 2026-01-14\n", ["last read on 14 January 2026"]),
        ("reviewed: 2026-01-15\n", []),
        ("reviewed: 15/01/2027\n", ["never recorded as read again"]),
    ],
)
def test_a_page_must_be_read_again_every_year(data, reviewed, notes):
    text = INDONESIAN.replace("action:", reviewed + "action:")
    found = waiting(data, "unread", a=page(text), b=twin())
    assert [note for _, note, _ in found] == notes
    assert [place for _, _, place in found] == [f"docs/guides/costs.md:{3 if reviewed else 1}"] * len(notes)


@pytest.mark.parametrize(("path", "language"), [("editors", "id"), ("en/editors", "en")])
def test_the_page_is_built_in_both_languages_for_editors_only(built_site, path, language):
    html = (built_site / path / "index.html").read_text(encoding="utf-8")
    assert f'<html lang="{language}">' in html
    assert '<meta name="robots" content="noindex, nofollow">' in html
    assert 'rel="canonical"' not in html
    assert re.findall(r'<h2 id="(\w+)">', html) == ["late", "due", "behind", "unread", "sourceless"]
    assert re.search(r">data/facts/limits\.csv:2</(code|a)>", html)  # our own rule: no source


def test_no_page_menu_or_map_for_search_engines_knows_the_editors_page(built_site):
    assert "editors" not in (built_site / "sitemap.xml").read_text(encoding="utf-8")
    for file in built_site.rglob("*.html"):
        if file.parent.name != "editors":
            assert not any("editors" in link for link in read(file).links), file


def test_no_built_page_holds_what_a_section_remembers(built_site):
    for file in built_site.rglob("*.html"):
        assert "<!--" not in file.read_text(encoding="utf-8"), file
