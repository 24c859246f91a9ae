"""The pieces a page can be given."""

import re
from datetime import date
from html import unescape

import pytest

from scripts.site.blocks import BLOCKS
from scripts.site.blocks.agencies import answer, grouped, own_name
from scripts.site.inline import with_phones
from scripts.site.view import UnknownName

from .pages import ROOT, view

ALFA = {"id": "p3mi-1", "name": "PT ALFA - JAYA", "licence_no": "9120307772741", "licence_kind": "nib",
        "listing": "listed", "listed_on": "2026-09-17"}  # fmt: skip
BETA = {"id": "p3mi-2", "name": "PT BETA", "listing": "listed", "listed_on": "2026-09-17"}
GONE = {"id": "x-gone", "name": "PT GONE", "listing": "not_listed"}
REVOKED = {"id": "s1", "agency": "x-gone", "action": "revoked", "date": "2026-01-29", "decree_no": "Kepmen 96/2026",
           "authority": "KP2MI", "authority@en": "KP2MI"}  # fmt: skip
SUSPENDED = REVOKED | {"id": "s2", "action": "suspended", "date": "2025-03-19", "decree_no": "Kepdirjen 10/2025"}
RUMOUR = REVOKED | {"id": "s3", "agency": "p3mi-2", "decree_no": ""}


def text(html):
    """What a reader sees, spaces made single."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


def agencies(language="id", rows=(ALFA, BETA, GONE), sanctions=(REVOKED, SUSPENDED, RUMOUR)):
    seen = view(language, agencies=list(rows), sanctions=list(sanctions))
    return BLOCKS["agencies"]("all", seen), seen


def entry(html, name):
    """The list item of one company."""
    return next(each for each in re.findall(r"<li[^>]*><b>.*?</li>", html, re.S) if f"<b>{name}</b>" in each)


def group(html, letter):
    """What stands under a letter before its first name."""
    return html.partition(f'id="letter-{letter}"')[2].partition("<ul>")[0]


LISTED = "Ada di daftar SISKOP2MI per 17 September 2026 (salinan pihak ketiga, belum dicek petugas)"


def test_a_listed_company_is_never_called_legal():
    html, _ = agencies()
    assert LISTED in text(group(html, "a"))
    for language in ("id", "en"):
        whole = text(agencies(language)[0]).lower()
        assert not re.search(r"\b(berizin|resmi|legal|licensed|aman|safe)\b", whole)


def test_the_state_most_rows_share_is_said_once_a_letter_and_another_at_its_row():
    older = BETA | {"id": "p3mi-3", "name": "PT ANDA", "listed_on": "2026-01-05"}
    there = BETA | {"id": "p3mi-4", "name": "PT ASLI", "source": "https://siskop2mi.bp2mi.go.id/x"}
    html, _ = agencies(rows=(ALFA, BETA, older, there, GONE))
    assert html.count(LISTED) == 2  # under A and under B
    assert "Kecuali yang keadaannya tertulis di bawah namanya." in text(group(html, "a"))
    assert "Kecuali" not in text(group(html, "b"))
    assert "per 5 Januari 2026 (salinan" in text(entry(html, "PT ANDA"))
    assert "per 17 September 2026 (belum dicek petugas)" in text(entry(html, "PT ASLI"))
    assert "Ada di daftar" not in text(group(html, "g"))


def test_a_sanctioned_row_says_its_own_state_after_the_sanction():
    said = text(entry(agencies(sanctions=[SUSPENDED | {"agency": "p3mi-2"}])[0], "PT BETA"))
    assert said.index("Dihentikan sementara") < said.index("Jangan berangkat") < said.index(LISTED)


LIFTED = REVOKED | {"action": "lifted", "date": "2026-06-02"}


@pytest.mark.parametrize(
    ("row", "sanctions", "wanted"),
    [
        ({}, [], "listed"),
        ({}, [SUSPENDED], "warned"),
        ({}, [LIFTED, SUSPENDED], "listed"),
        ({}, [SUSPENDED, LIFTED], "warned"),
        ({"listing": "not_listed"}, [], "none"),
        ({"listing": "not_listed"}, [LIFTED, REVOKED], "none"),
        ({"listing": "not_listed"}, [REVOKED], "warned"),
        ({"listing": "not_listed", "removed_on": "2026-10-01"}, [LIFTED], "warned"),
    ],
)
def test_the_answer_follows_the_newest_sanction_and_the_list(row, sanctions, wanted):
    assert answer({"listing": "listed", "removed_on": ""} | row, sanctions) == wanted


def test_a_licence_that_ends_says_so_from_the_day_after():
    def ended(day):
        rows = [ALFA | {"licence_until": "2026-12-31"}]
        html = BLOCKS["agencies"]("all", view(agencies=rows, sanctions=[], today=day))
        return re.search(r'<p class="expired"([^>]*)>Izinnya habis pada 31 Desember 2026', html)[1]

    assert ended(date(2026, 12, 31)) == ' data-check-by="2026-12-31" data-late hidden'
    assert ended(date(2027, 1, 1)) == ""


def test_the_number_of_a_decree_can_be_looked_up_too():
    html, _ = agencies(rows=[ALFA | {"decree_no": "KEP. 459/MEN/2006"}], sanctions=[])
    assert 'Nomor SIP3MI <span class="number">KEP. 459/MEN/2006</span>' in html


def test_a_company_outside_the_list_says_as_of_when():
    assert "Tidak ada di daftar per 17 September 2026" in text(entry(agencies()[0], "PT GONE"))


def test_sanctions_come_first_and_the_newest_before_the_older():
    said = text(entry(agencies()[0], "PT GONE"))
    assert said.index("Izin dicabut pada 29 Januari 2026") < said.index("Dihentikan sementara pada 19 Maret 2025")
    assert said.index("Dihentikan sementara") < said.index("Tidak ada di daftar")
    assert "Kepmen 96/2026" in said


def test_a_report_without_a_decree_is_not_shown_but_counted():
    assert "dicabut" not in text(entry(agencies()[0], "PT BETA"))
    seen = view(agencies=[ALFA, BETA, GONE], sanctions=[REVOKED, SUSPENDED, RUMOUR])
    html = BLOCKS["sanctions"]("all", seen)
    assert html.count("<li>") == 2
    assert "1 laporan lain tidak ditampilkan" in text(html)


def test_a_number_is_grouped_for_reading_and_a_missing_one_is_said():
    html, _ = agencies()
    assert "9120 3077 7274 1" in entry(html, "PT ALFA - JAYA")
    assert "Nomor tidak tercantum" in entry(html, "PT BETA")
    assert grouped("KEP 459/MEN/2006") == "KEP 459/MEN/2006"


def test_the_legal_form_does_not_hide_the_first_letter():
    names = ["PT ALFA", "PT. BETA", "PTERO"]
    assert [own_name({"name": name}) for name in names] == ["ALFA", "BETA", "PTERO"]


def ask(language="id"):
    return BLOCKS["agencies"]("ask", view(language, agencies=[ALFA, BETA, GONE], sanctions=[]))


def test_letters_lead_to_their_groups():
    html, _ = agencies()
    assert re.findall(r'href="#(letter-\w)"', ask()) == re.findall(r'<section class="letter" id="(letter-\w)"', html)
    assert re.findall(r"<h3>(\w)</h3>", html) == ["A", "B", "G"]


def test_the_search_field_is_hidden_until_the_script_is_there():
    assert '<div class="find" hidden>' in ask()
    assert re.search(r'<div class="answers"[^>]* hidden>', ask())


def test_a_list_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(UnknownName) as wrong:
        BLOCKS["agencies"]("some", view())
    assert "[[agencies:some]]" in str(wrong.value)


def test_what_a_list_shows_counts_for_the_dates_at_the_foot():
    _, seen = agencies()
    assert {kind for _, kind in seen.shown} == {"agency"}
    assert len(seen.shown) == 5


CONTACT = {"id": "kbri", "name": "KBRI Uji", "name@en": "Test embassy", "country": "MY", "address": "Jalan Satu"}
LINE = {"id": "kbri-1", "contact": "kbri", "channel": "phone", "number": "+60 3-1111", "dial": "+6031111",
        "label": "dari Indonesia", "label@en": "from Indonesia"}  # fmt: skip


def test_a_contact_card_says_that_nobody_rang_until_somebody_did():
    card = BLOCKS["contact"]("kbri", view(contacts=[CONTACT], numbers=[LINE]))
    assert 'href="tel:+6031111"' in card
    assert "telepon, dari Indonesia" in text(card)
    assert "Sumber bertanggal Januari 2026" in text(card)
    assert "Belum kami telepon, periksa dulu." in text(card)
    rung = BLOCKS["contact"]("kbri", view(contacts=[CONTACT], numbers=[LINE | {"confirmed_on": "2027-01-05"}]))
    assert "Belum kami telepon" not in text(rung)
    assert "Kami telepon pada 5 Januari 2027." in text(rung)


def test_a_contact_without_numbers_says_so():
    assert "Nomornya tidak ditemukan." in text(BLOCKS["contact"]("kbri", view(contacts=[CONTACT], numbers=[])))


def test_contacts_come_by_country_and_the_whole_list_names_the_countries():
    assert "<h3" not in BLOCKS["contacts"]("MY", view())
    whole = BLOCKS["contacts"]("all", view())
    assert [each.upper() for each in re.findall(r'<h3 id="contacts-(\w\w)"', whole)][:2] == ["ID", "MY"]


def test_the_short_list_is_what_the_hub_names_for_danger_in_its_order():
    html = BLOCKS["contacts"]("emergency", view())
    assert "Dalam bahaya? Telepon sekarang" in html
    assert re.findall(r'href="tel:([^"]+)"', html) == ["110", "+6281290070027", "129"]


def test_a_number_in_a_statement_is_the_row_it_names():
    line = LINE | {"id": "line", "number": "1500630", "dial": "1500630"}
    html = with_phones("Kemnaker <b>: [[phone:line]].", view(numbers=[line]))
    assert html.startswith('Kemnaker &lt;b&gt;: <a class="tel" href="tel:1500630">1500630</a>')
    assert html.endswith(".")


def test_conditions_are_the_destinations_own_then_those_of_all():
    wage = {"id": "a", "destination": "MY", "topic": "wage", "value": "1700", "value@en": "1700", "unit": "MYR"}
    rule = {"id": "b", "destination": "", "topic": "scheme", "value": "P to P", "value@en": "P to P"}
    other = {"id": "c", "destination": "TR", "topic": "wage", "value": "28075", "value@en": "28075", "unit": "TRY"}
    seen = view(conditions=[rule, wage, other])
    said = text(BLOCKS["conditions"]("MY", seen))
    assert said.index("RM1.700") < said.index("P to P")
    assert "28" not in said
    assert [kind for _, kind in seen.shown] == ["wage", "law"]


def test_news_is_newest_first_and_latest_is_three():
    rows = [{"id": str(day), "date": f"2026-01-0{day}", "title": f"Kabar {day}"} for day in (1, 4, 2, 3)]
    assert re.findall(r"Kabar \d", BLOCKS["news"]("all", view(news=rows))) == [
        "Kabar 4",
        "Kabar 3",
        "Kabar 2",
        "Kabar 1",
    ]
    assert re.findall(r"Kabar \d", BLOCKS["news"]("latest", view(news=rows))) == ["Kabar 4", "Kabar 3", "Kabar 2"]


def test_only_statements_that_a_page_leans_on_are_listed(tmp_path):
    (tmp_path / "maintain").mkdir()
    (tmp_path / "a.md").write_text("A.[[source:F1]] [[fact:two]]", encoding="utf-8")
    (tmp_path / "maintain" / "b.md").write_text("[[source:F3]]", encoding="utf-8")
    statements = [{"id": f"F{n}", "part": "1", "text": f"Kalimat {n}", "confidence": "press"} for n in (1, 2, 3)]
    facts = [{"id": "two", "kind": "law", "statement": "F2"}]
    html = BLOCKS["statements"]("all", view(docs=tmp_path, statements=statements, facts=facts, references=[]))
    assert re.findall(r"Kalimat \d", html) == ["Kalimat 1", "Kalimat 2"]


VILLAGE = {
    "id": "baru",
    "code": "16.06.01.1009",
    "name": "Desa Ketiga",
    "kecamatan": "Sekayu",
    "regency": "Musi Banyuasin",
    "province": "Sumatera Selatan",
    "status": "proposed",
    "status_on": "2026-02-01",
    "pillar_safe": "Ada perdes.",
    "pillar_safe@en": "There is a village regulation.",
}
WORKERS = {
    "id": "baru-w",
    "village": "baru",
    "indicator": "workers_abroad",
    "group": "Malaysia",
    "group@en": "Malaysia",
    "value": "9",
    "unit": "orang",
    "unit@en": "people",
}


def village(language="id", rows=(WORKERS,), **cells):
    return BLOCKS["village"]("baru", view(language, villages=[VILLAGE | cells], indicators=list(rows)))


def test_a_third_village_is_rows_only():
    said = text(village())
    assert "Diusulkan menjadi Desa Migran Emas pada 1 Februari 2026; belum ditetapkan" in said
    assert "9 orang" in said
    assert "Ada perdes." in said
    assert "BP3MI Sumatera Selatan" in said


def test_a_proposed_village_is_never_said_to_be_designated():
    assert "Ditetapkan sebagai" not in text(village())
    assert "Designated as" not in text(village("en"))
    assert "Ditetapkan sebagai Desa Migran Emas" in text(village(status="designated"))


def test_a_pillar_without_evidence_is_unknown():
    assert village().count('class="unknown"') == 3
    assert text(village()).count("Belum diketahui") == 3


def test_the_chart_has_its_numbers_in_words_and_in_a_table():
    html = village()
    assert '<svg class="chart" role="img"' in html
    assert "<desc>Malaysia: 9 orang</desc>" in html
    assert re.search(r"<th scope=\"row\">Malaysia</th><td[^>]*>9 orang</td>", html)


def test_a_village_without_workers_or_place_says_so_and_draws_nothing():
    html = village(rows=(), code="99.99.99.9999")
    assert "<svg" not in html
    assert "Belum diketahui" in text(html.split("<h2")[1])


def test_the_map_has_a_dot_for_every_village_that_has_a_place():
    dots = re.search(r'class="dots"[^>]* d="([^"]+)"', village())[1].count("M")
    placed = [row for row in view().tables.rows("regency_villages") if row["lat"]]
    assert dots == len(placed) > 200


def test_the_list_of_villages_links_to_their_pages():
    html = BLOCKS["villages"]("all", view("en", villages=[VILLAGE]))
    assert 'href="../../en/villages/baru/"' in html


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, "all") for kind in sorted({*BLOCKS} - {"contact", "conditions", "form", "village", "origins", "search"})]
    + [
        ("contacts", "emergency"),
        ("conditions", "MY"),
        ("origins", "contacts"),
        ("search", "field"),
        ("origins", "conditions"),
        ("village", "ulak-paceh"),
        ("form", "help"),
        ("contact", "bp3mi-sumsel"),
    ],
)
def test_every_block_stands_on_the_real_tables_in_both_languages(kind, name, language):
    html = BLOCKS[kind](name, view(language, docs=ROOT / "docs"))
    assert text(html)
    assert not re.search(r"\sstyle=|\son\w+=|None|\{\{", html)
