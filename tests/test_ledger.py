"""Which rows can grow old, of which kind, and which of them are late on a day."""

import re
from datetime import date

from scripts.site.ledger import entries, kind_of, late
from scripts.site.pages import read_pages
from scripts.site.resolve import PLACEHOLDER, expand

from .pages import ROOT, tables, view

FACT = {"id": "fee", "kind": "money", "amount": "1", "unit": "IDR"}
LINE = {"id": "line", "contact": "office", "channel": "phone", "number": "1", "dial": "1"}


def small(**rows):
    """Tables of which only those named here hold anything."""
    empty = {name: [] for name in tables().resources if name not in ("limits", "contacts")}
    return tables(**(empty | rows))


def test_a_row_is_late_from_the_day_after_its_limit():
    ours = small(facts=[FACT | {"checked_on": "2026-11-23"}], contacts=[])
    assert late(ours, date(2027, 5, 23)) == []
    assert [(each.id, each.by) for each in late(ours, date(2027, 5, 24))] == [("fee", date(2027, 5, 23))]


def test_a_row_says_its_file_and_the_row_a_spreadsheet_shows():
    found = {each.id: each for each in entries(small(numbers=[LINE, LINE | {"id": "other"}], contacts=[]))}
    assert (found["other"].file, found["other"].line) == ("data/contacts/numbers.csv", 3)


def test_late_rows_come_in_the_order_of_the_limits():
    ours = small(numbers=[LINE], facts=[FACT], contacts=[])
    assert [each.kind for each in late(ours, date(2030, 1, 1))] == ["money", "phone"]


def test_a_condition_is_of_the_kind_of_its_topic_and_a_fact_says_it_itself():
    assert kind_of("conditions", {"topic": "wage"}) == "wage"
    assert kind_of("conditions", {"topic": "moratorium"}) == "law"
    assert kind_of("facts", {"kind": "count"}) == "count"


def test_a_word_list_never_grows_old():
    assert kind_of("glossary", {}) is None


def test_every_kind_has_a_limit_and_names_a_contact_that_can_be_reached():
    ours = tables()
    assert {each.kind for each in entries(ours)} <= set(ours.limits)
    for row in ours.rows("limits"):
        contact = ours.by_id("contacts")[row["ask"]]
        assert ours.grouped("numbers", "contact")[contact["id"]], row["kind"]


def test_the_pages_give_each_row_the_kind_that_the_ledger_gives_it():
    seen = view()
    known = {id(each.row): each.kind for each in entries(seen.tables)}
    for page in read_pages(ROOT / "docs").values():
        for found in PLACEHOLDER.finditer(page.body):
            expand(found[1], found[2], seen)
    for name in seen.tables.by_id("villages"):
        expand("village", name, seen)
    assert len(seen.shown) > 500
    assert [row for row, kind in seen.shown if known.get(id(row)) != kind] == []


def test_every_dated_row_that_a_page_shows_is_in_the_ledger():
    html = "".join(page.body for page in read_pages(ROOT / "docs").values())
    assert re.search(r"\[\[fact:", html)
    listed = {(each.table, each.id) for each in entries(tables())}
    for name in re.findall(r"\[\[fact:([^\]]+)\]\]", html):
        assert ("facts", name) in listed
