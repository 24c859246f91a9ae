"""Placeholders in a page's HTML become figures, links, marks and blocks."""

import re

import pytest

from scripts.site.resolve import resolve
from scripts.site.view import Misplaced, UnknownName

from .pages import view

FACTS = [
    {"id": "passport-fee", "kind": "money", "amount": "350000", "unit": "IDR", "statement": "F2.10"},
    {"id": "law-age", "kind": "law", "amount": "18", "unit": "years", "statement": "F3.1"},
    {"id": "law-day", "kind": "date", "day": "2025-11-25", "statement": "F3.1"},
    {
        "id": "law-range",
        "kind": "law",
        "text": "dua sampai tiga <tahun>",
        "text@en": "two to three years",
        "statement": "F3.1",
    },
]
NUMBERS = [
    {"id": "police", "contact": "polri", "channel": "phone", "number": "110", "dial": "110"},
    {"id": "chat", "contact": "kp2mi", "channel": "whatsapp", "number": "0811-8080-141", "dial": "+628118080141"},
]
STATEMENTS = [
    {"id": "F2.10", "part": "2", "basis": "UU 18/2017", "basis@en": "Law 18/2017", "confidence": "official"},
    {"id": "F3.1", "part": "3", "confidence": "press"},
]
ARTICLE = {"id": "F2.10-1", "statement": "F2.10", "url": "https://www.berita.example/x", "link": "true"}
REFERENCES = [
    ARTICLE | {"printed_date": "Mei 2025", "printed_date@en": "May 2025"},
    {"id": "F3.1-1", "statement": "F3.1", "url": "https://koran.example/y", "link": "false"},
]


def page(language="id", **rows):
    given = {"facts": FACTS, "numbers": NUMBERS, "statements": STATEMENTS, "references": REFERENCES}
    return view(language, **(given | rows))


def body(html, seen):
    """The resolved HTML without the foot and without what lies hidden until something is late."""
    shown = re.split(r'<section class="sources"|<ul class="checked"', resolve(html, seen))[0]
    hidden = r'<div class="admonition warning".*?</div>| ?<small class="overdue".*?</small>'
    return re.sub(hidden, "", shown, flags=re.S).strip()


@pytest.mark.parametrize(
    ("name", "indonesian", "english"),
    [
        ("passport-fee", "Rp350.000", "Rp350,000"),
        ("law-age", "18 tahun", "18 years"),
        ("law-day", "25 November 2025", "25 November 2025"),
    ],
)
def test_a_fact_is_written_as_its_language_writes_it(name, indonesian, english):
    assert body(f"<p>Bayar [[fact:{name}]].</p>", page()) == f'<p>Bayar <span class="number">{indonesian}</span>.</p>'
    assert body(f"<p>Pay [[fact:{name}]].</p>", page("en")) == f'<p>Pay <span class="number">{english}</span>.</p>'


def test_a_fact_in_words_is_escaped():
    assert body("<p>[[fact:law-range]]</p>", page()) == "<p>dua sampai tiga &lt;tahun&gt;</p>"
    assert body("<p>[[fact:law-range]]</p>", page("en")) == "<p>two to three years</p>"


def test_a_number_can_be_rung_and_a_whatsapp_number_opens_a_chat():
    assert body("<p>[[phone:police]]</p>", page()) == '<p><a class="tel" href="tel:110">110</a></p>'
    chat = '<a class="tel wa" href="https://wa.me/628118080141">0811-8080-141</a>'
    assert body("<p>Tulis ke [[phone:chat]].</p>", page()) == f"<p>Tulis ke {chat}.</p>"


def test_an_indicator_has_its_unit():
    rows = [
        {"id": "luas", "village": "ulak-paceh", "indicator": "area", "value": "31.7", "unit": "km²", "unit@en": "km²"}
    ]
    assert "31,7 km²" in body("<p>[[indicator:luas]]</p>", page(indicators=rows))
    assert "31.7 km²" in body("<p>[[indicator:luas]]</p>", page("en", indicators=rows))


def test_a_statement_keeps_its_number_and_its_mark_leads_to_the_list():
    html = resolve("<p>A.[[source:F3.1]] B.[[source:F2.10]][[source:F3.1]]</p>", page())
    assert html.count('href="#s1"') == 2
    assert html.count('id="r1"') == 1
    assert html.index('id="s1"') < html.index('id="s2"')
    assert 'aria-label="Sumber 2">2</a>' in html


def test_the_foot_says_basis_confidence_name_and_date_and_leads_to_the_address():
    html = resolve("<p>A.[[source:F2.10]]</p>", page())
    assert "UU 18/2017." in html
    assert "Laman pemerintah atau teks peraturan." in html
    assert " berita.example (Mei 2025)." in html
    assert '<a href="../../about/sources/#f2-10">F2.10</a>' in html
    assert "https://www.berita.example/x" not in html


def test_the_sources_page_holds_the_address_and_says_which_is_known_in_part():
    html = body("<p>[[statements:all]]</p>", page())
    assert 'id="f2-10"' in html
    assert '<a href="https://www.berita.example/x">berita.example</a> (Mei 2025).' in html
    assert 'href="https://koran.example' not in html
    assert "koran.example (alamat tercatat sebagian atau hanya salinan)." in html


def test_the_sources_page_says_where_contacts_and_conditions_were_read_and_their_cards_lead_there():
    office = {"id": "office", "name": "Kantor Uji", "name@en": "Test Office", "country": "ID"}
    seen = page(contacts=[office], numbers=[])
    origins = resolve("<p>[[origins:contacts]]</p>", seen)
    assert '<li id="contacts-office">Kantor Uji' in origins
    assert '<a href="https://berita.example/a">berita.example</a>' in origins
    card = resolve("<p>[[contact:office]]</p>", seen)
    assert '<a href="../../about/sources/#contacts-office">Sumber bertanggal Januari 2026</a> · berita.example' in card
    assert "https://berita.example/a" not in card


def test_an_address_that_is_a_bare_number_is_not_shown_to_readers():
    copy = [{"id": "F3.1-1", "statement": "F3.1", "url": "http://106.2.224.58:1057/y", "link": "false"}]
    html = resolve("<p>A.[[source:F3.1]]</p>", page(references=copy))
    assert "106.2" not in html
    assert "salinan tanpa nama situs." in html


def test_the_foot_says_when_the_page_was_checked_and_when_it_must_be_again():
    old = [FACTS[0] | {"checked_on": "2026-10-05"}]
    html = resolve("<p>[[fact:passport-fee]] [[phone:police]]</p>", page(facts=old))
    assert "Biaya, pinjaman, dan santunan: diperiksa pada 5 Oktober 2026, periksa lagi sebelum 5 April 2027" in html
    assert "Kontak dan nomor telepon: diperiksa pada 23 November 2026, periksa lagi sebelum 23 Februari 2027" in html


def test_a_page_without_placeholders_is_left_as_it_is():
    assert resolve("<h1>Judul</h1>\n<p>Teks [biasa].</p>", page()) == "<h1>Judul</h1>\n<p>Teks [biasa].</p>"


def test_a_block_takes_the_place_of_its_whole_paragraph():
    html = body("<p>[[contact:kp2mi-siskop2mi]]</p>", view())
    assert html.startswith('<ul class="cards">')
    assert "<p><ul" not in html


@pytest.mark.parametrize(
    ("text", "near"),
    [("[[fact:passport-fe]]", "passport-fee"), ("[[source:F3.2]]", "F3.1"), ("[[phone:polis]]", "police")],
)
def test_an_unknown_name_is_refused_with_names_that_look_like_it(text, near):
    with pytest.raises(UnknownName) as refused:
        resolve(f"<p>{text}</p>", page())
    assert near in refused.value.near


@pytest.mark.parametrize("text", ["[[fakt:passport-fee]]", "[[agencies:some]]", "[[contacts:XX]]", "[[form:visa]]"])
def test_an_unknown_kind_or_block_name_is_refused(text):
    with pytest.raises(UnknownName, match="not known"):
        resolve(f"<p>{text}</p>", view())


@pytest.mark.parametrize(
    "text", ["Lihat [[contacts:MY]] di sini", "[[fact: passport-fee]]", "[[fact:passport-fee]", "[[fact]]"]
)
def test_a_block_inside_a_sentence_and_a_slip_of_the_pen_are_refused(text):
    with pytest.raises(Misplaced):
        resolve(f"<p>{text}</p>", page())
