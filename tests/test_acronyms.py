"""Acronyms that a reader meets unprepared."""

import pytest

from scripts.checks.acronyms import Glossary
from scripts.site.pages import Page

from .pages import tables

GLOSSARY = [
    {"id": "p3mi", "term": "P3MI (perusahaan penempatan)", "term@en": "Placement company (P3MI)"},
    {"id": "missions", "term": "KBRI dan KJRI (perwakilan RI)", "term@en": "Missions (KBRI, KJRI)"},
    {"id": "purna-pmi", "term": "Purna PMI (pekerja yang sudah pulang)", "term@en": "Returned worker (purna PMI)"},
    {"id": "e-kpmi", "term": "E-KPMI (kartu elektronik)", "term@en": "Electronic card (E-KPMI)"},
    {"id": "ktp", "term": "KTP (kartu tanda penduduk)", "term@en": "Identity card (KTP)"},
]
EVERYDAY = [
    {"acronym": "KTP", "language": "id", "why": "x", "why@en": "x"},
    {"acronym": "Migrant CARE", "language": "both", "why": "x", "why@en": "x"},
]


def unclear(body, name="a.md", description="Satu kalimat."):
    text = f"---\ndescription: {description}\n---\n# Judul\n\n{body}\n"
    found = Glossary(tables(glossary=GLOSSARY, everyday=EVERYDAY)).unclear(Page(name, text))
    return [(each.line, each.acronym, each.kind) for each in found]


@pytest.mark.parametrize(
    "body",
    [
        "Tanya perusahaan penempatan (P3MI). P3MI harus berizin.",
        "Tanya kantornya (P3MI, perusahaan penempatan).",
        "P3MI (perusahaan penempatan) harus berizin.",
        "Tanya kedutaan atau konsulat (KBRI atau KJRI).",
        "Untuk pekerja yang sudah pulang (purna PMI).",
        "P3MI adalah perusahaan penempatan.",
        "Bawa kartu (E-KPMI) Anda.",
        "**P3MI.** Nama P3MI (perusahaan penempatan) harus tertulis.",
        "Ikuti Permen P2MI 17/2025 dan UU 18/2017, bagian IV.",
        "Tanya Migrant CARE dan bawa KTP, kirim lewat WhatsApp.",
    ],
)
def test_what_is_explained_or_known_to_all_is_left_alone(body):
    assert unclear(body) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("Tanya P3MI.", (6, "P3MI", "unexplained")),
        ("Tanya P3MI.\n\nP3MI (perusahaan penempatan) harus berizin.", (6, "P3MI", "unexplained")),
        ("Minta keterangan (lewat P3MI).", (6, "P3MI", "unexplained")),
        ("Minta surat.\n\nIsi NPTKX.", (8, "NPTKX", "unlisted")),
        ("Tanya CARE.", (6, "CARE", "unlisted")),
        ("## Cari P3MI", (6, "P3MI", "unexplained")),
    ],
)
def test_what_is_not_is_named_with_its_line_once(body, fault):
    assert unclear(body) == [fault]


def test_a_heading_may_come_before_the_words():
    assert unclear("## Cari P3MI\n\nTanya perusahaan penempatan (P3MI).") == []


def test_a_description_may_use_it_only_when_the_text_explains_it():
    assert unclear("Satu.", description="Cari P3MI.") == [(2, "P3MI", "unexplained")]
    assert unclear("Perusahaan penempatan (P3MI).", description="Cari P3MI.") == []


def test_english_readers_get_the_words_that_indonesians_know():
    assert unclear("Bring your KTP.", "a.en.md") == [(6, "KTP", "unexplained")]
    assert unclear("Bring your identity card (KTP).", "a.en.md") == []


def test_a_name_with_a_slip_is_given_its_neighbours():
    text = "---\ndescription: x\n---\nTanya P2MI.\n"
    found = Glossary(tables(glossary=GLOSSARY, everyday=EVERYDAY)).unclear(Page("a.md", text))
    assert "P3MI" in found[0].near


def test_the_glossary_gives_the_shortest_row_that_has_the_letters():
    glossary = Glossary(tables(glossary=GLOSSARY, everyday=EVERYDAY))
    assert glossary.term("KJRI", "id") == "KBRI dan KJRI (perwakilan RI)"
    assert glossary.term("P3MI", "en") == "Placement company (P3MI)"
    assert glossary.term("NPTKX", "id") == ""
