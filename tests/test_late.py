"""The wording of what is late: in the open when the build finds it so, hidden and ready when not."""

import re
from datetime import date
from html import unescape

import pytest

from scripts.site import late
from scripts.site.blocks import BLOCKS
from scripts.site.resolve import resolve

from .pages import view

AFTER = date(2028, 1, 1)
OFFICE = {"id": "office", "name": "Kantor Uji", "name@en": "Test Office", "short": "KU", "short@en": "TO",
          "website": "https://www.kantor.example/", "country": "ID"}  # fmt: skip
LINE = {"id": "line", "contact": "office", "channel": "phone", "number": "0700-1", "dial": "07001"}
FACT = {"id": "fee", "kind": "money", "amount": "350000", "unit": "IDR", "statement": "F1"}
SAID = [{"id": "F1", "part": "1", "confidence": "press"}]
ROWS = {"contacts": [OFFICE], "numbers": [LINE], "facts": [FACT], "statements": SAID, "references": []}
TEXT = "<h1>Judul</h1><p>Bayar [[fact:fee]].[[source:F1]]</p>"


def words(html):
    """What a reader sees when nothing hidden is shown."""
    shown = re.sub(r"<(\w+)[^>]* hidden>.*?</\1>", "", html, flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", shown))).strip()


def page(language="id", today=date(2026, 11, 23), text=TEXT, **rows):
    return resolve(text, view(language, today=today, **(ROWS | rows)))


def test_before_the_day_nothing_visible_says_late():
    assert "lewat" not in words(page())
    assert "overdue" not in words(page("en"))


def test_the_hidden_wording_leaves_no_space_before_the_full_stop():
    shown = re.sub(r"<(\w+)[^>]* hidden>.*?</\1>", "", page(text="<p>Bayar [[fact:fee]].</p>"), flags=re.S)
    assert "Bayar Rp350.000." in re.sub(r"<[^>]+>", "", shown)


def test_the_late_wording_stands_a_space_away_from_its_fact():
    shown = re.sub(r"<[^>]+>", "", page(today=AFTER, text="<p>Bayar [[fact:fee]].</p>"))
    assert "Rp350.000 (lewat masa periksa" in shown


def test_the_day_itself_is_still_in_time_and_the_next_is_not():
    assert "lewat" not in words(page(today=date(2027, 5, 23)))
    assert "lewat" in words(page(today=date(2027, 5, 24)))


@pytest.mark.parametrize(
    ("language", "at_fact"),
    [
        ("id", "Rp350.000 (lewat masa periksa, tanya dulu KU )"),
        ("en", "Rp350,000 (overdue for checking, ask TO first)"),
    ],
)
def test_a_late_figure_is_followed_by_a_warning_that_names_the_official_channel(language, at_fact):
    html = page(language, AFTER)
    assert at_fact in words(html)
    assert 'href="tel:07001">' in html.partition("Rp350")[2].partition("</small>")[0]


def test_a_late_statement_is_marked_at_its_sentence_and_in_the_list():
    html = page(today=AFTER)
    assert re.search(r">1</a><b class=\"overdue\">!</b></sup>", html)
    assert "lewat masa periksa" in html.partition('id="s1"')[2].partition("</li>")[0]


def test_the_warning_on_top_comes_after_the_title_and_says_how_to_reach_the_channel():
    html = page(today=AFTER)
    assert html.index("</h1>") < html.index("lewat masa periksanya") < html.index("Bayar")
    assert "KU: 0700-1 , kantor.example" in words(html)


def test_the_numbers_for_danger_stay_above_the_warning():
    html = resolve("<h1>J</h1>\n<p>[[contacts:emergency]]</p><p>Teks</p>", view(today=AFTER))
    assert html.index("tel:110") < html.index('class="admonition warning"') < html.index("Teks")
    assert "Tetap telepon" in words(html)


def test_what_the_build_found_late_needs_no_script():
    assert not re.search("data-check-by|data-late|hidden", page(today=AFTER))


def test_what_is_not_late_yet_carries_its_day_and_its_hidden_words():
    html = page()
    assert html.count('data-check-by="2027-05-23"') == html.count("data-late hidden") >= 4


def test_a_number_in_doubt_is_not_looked_up_by_ringing_it():
    html = page(today=AFTER, text="<p>[[phone:line]]</p>")
    warning = html.partition("<small")[2].partition("</small>")[0]
    assert "https://www.kantor.example/" in warning
    assert "tel:" not in warning


def test_each_channel_has_its_own_line_and_day_when_a_page_needs_two():
    kinds = {"money": "office", "law": "other"}
    limits = [
        {"kind": kind, "label": kind, "label@en": kind, "months": str(3 + at), "ask": ask}
        for at, (kind, ask) in enumerate(kinds.items())
    ]
    contacts = [OFFICE, OFFICE | {"id": "other", "short": "LAIN"}]
    html = page(contacts=contacts, limits=limits, today=date(2027, 3, 1))
    top = html[: html.index("Bayar")]
    assert "KU" in words(top)
    assert "LAIN" not in words(top)
    assert re.search(r'<li data-check-by="2027-03-23" data-late hidden>LAIN', top)


def test_the_foot_gives_the_oldest_check_of_each_kind():
    said = words(page(facts=[FACT | {"checked_on": "2026-09-01"}]))
    assert "Biaya, pinjaman, dan santunan: diperiksa pada 1 September 2026, periksa lagi sebelum 1 Maret 2027" in said
    assert "Aturan dan batas menurut hukum: diperiksa pada 23 November 2026" in said


def test_a_card_says_itself_when_it_was_checked():
    card = words(BLOCKS["contact"]("office", view("en", **ROWS)))
    assert "Checked on 23 November 2026. Check again by 23 February 2027." in card


def test_a_row_that_was_never_checked_has_neither_date_nor_warning():
    html = page(text="<p>[[fact:fee]]</p>", facts=[FACT | {"checked_on": ""}])
    assert html == '<p><span class="number">Rp350.000</span></p>'


ALFA = {"id": "a", "name": "PT ALFA", "listing": "listed", "listed_on": "2026-09-17"}
GONE = {"id": "g", "name": "PT GONE", "listing": "not_listed"}


def agencies(language="id", today=date(2026, 11, 23), rows=(ALFA, GONE)):
    seen = view(language, today=today, agencies=list(rows), sanctions=[], contacts=[OFFICE], numbers=[LINE])
    return BLOCKS["agencies"]("ask", seen) + BLOCKS["agencies"]("all", seen)


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("id", "Ada di daftar SISKOP2MI per 17", "Pernah ada di daftar per 17 September 2026; daftar ini sudah lewat"),
        ("en", "On the SISKOP2MI list as of 17", "Was on the list as of 17 September 2026; this list is overdue"),
    ],
)
def test_a_late_list_calls_no_entry_listed_any_more(language, before, after):
    assert before in words(agencies(language))
    assert after not in words(agencies(language))
    late_list = agencies(language, AFTER)
    assert before not in late_list
    assert after in words(late_list)


STATES = [ALFA, ALFA | {"source": "https://siskop2mi.bp2mi.go.id/x"}, GONE, GONE | {"removed_on": "2026-10-01"}]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("row", STATES, ids=["copied", "official", "not-listed", "removed"])
def test_the_state_of_every_kind_of_entry_changes_when_the_list_is_late(language, row):
    def state(day):
        html = agencies(language, day, [row]).partition('<div class="agencies"')[2]
        return words(re.search(r'<p class="state.*?</p>', html, re.S)[0])

    in_time, late_list = state(date(2026, 11, 23)), state(AFTER)
    assert "lewat masa periksanya" not in in_time and "overdue" not in in_time
    assert late_list.endswith("lewat masa periksanya" if language == "id" else "overdue for checking")


def test_a_late_list_warns_once_and_names_the_channel():
    said = words(agencies(today=AFTER))
    assert said.count("Jangan anggap") == 1
    assert "Tanyakan dulu kepada KU" in said


def test_the_list_is_as_old_as_its_oldest_listed_row():
    rows = [ALFA, ALFA | {"id": "b", "checked_on": "2026-10-01"}, GONE | {"checked_on": "2020-01-01"}]
    html = agencies(today=date(2026, 10, 20), rows=rows)
    assert '<div class="ask" data-check-by="2026-11-01">' in html
    assert '<div class="agencies" data-check-by="2026-11-01">' in html


def test_the_script_is_small_old_fashioned_and_asks_nothing():
    text = late.script()
    assert len(text.encode()) < 600
    assert "//" not in text
    assert not re.search(r"\b(let|const|fetch|XMLHttpRequest|eval|innerHTML)\b|=>|`", text)
