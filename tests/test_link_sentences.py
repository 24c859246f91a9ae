"""Broken links and anchors, said so that an editor knows which line to open and what to type."""

import subprocess
import sys
import tomllib
from pathlib import Path
from shutil import copy, copytree, ignore_patterns

import pytest

from scripts.checks.anchors import anchors
from scripts.checks.link_sentences import Teller
from scripts.site.pages import Page

from .pages import WORDS

ROOT = Path(__file__).resolve().parent.parent
HERE = "guides/before/steps.md"
COSTS = "guides/before/costs.md"
RIGHTS = "guides/abroad/rights.en.md"
MENU = "nav:\n  - Panduan:\n      - guides/before/laons.md\n"
TEXTS = {
    HERE: "# Langkah\n\n[a](../abroad/rihgts.md) [b](costs) [c](costs.md#rincian-tulis)\n\n[d](#tiba) ![e](x.png)\n",
    COSTS: "# Minta rincian\n\n## Rincian tertulis\n\n## Sama\n\n## Sama\n",
    "guides/before/loans.md": "# Pinjaman\n",
    "guides/abroad/rights.md": "# Hak\n\n## Saat tiba\n",
    RIGHTS: "# Rights\n\n[x](../nowhere.md) [y](../nowhere.md)\n",
    "index.md": "# Depan\n",
}
# What MkDocs says.
DOC = "Doc file '{}' contains "
NOT_FOUND = DOC + "a link '{}', but the target '{}' is not found among documentation files."
ODD = DOC + "an unrecognized relative link '{}', it was left as is."
NO_ANCHOR = DOC + "a link '{}', but the doc '{}' does not contain an anchor '#{}'."
NO_OWN_ANCHOR = DOC + "a link '{}', but there is no such anchor on this page."
OMITTED = 'The following pages exist in the docs directory, but are not included in the "nav" configuration:'
NOT_IN_DOCS = (
    "A reference to '{}' is included in the 'nav' configuration, which is not found in the documentation files."
)
BUILD = {
    "page-with-a-slip": (
        NOT_FOUND.format(HERE, "../abroad/rihgts.md", "guides/abroad/rihgts.md"),
        "baris 3",
        "tautan ../abroad/rihgts.md menunjuk ke berkas yang tidak ada; mungkin yang benar ../abroad/rights.md",
    ),
    "picture-that-is-gone": (
        NOT_FOUND.format(HERE, "x.png", "guides/before/x.png"),
        "baris 5",
        "tautan x.png menunjuk ke berkas yang tidak ada",
    ),
    "ending-left-out": (
        ODD.format(HERE, "costs") + " Did you mean 'costs.md'?",
        "baris 3",
        "tautan costs harus berupa nama berkas yang berakhir dengan .md; mungkin yang benar costs.md",
    ),
    "no-file-name": (
        ODD.format(HERE, "nothing"),
        "",
        "tautan nothing harus berupa nama berkas yang berakhir dengan .md",
    ),
    "heading-renamed": (
        NO_ANCHOR.format(HERE, "costs.md#rincian-tulis", COSTS, "rincian-tulis"),
        "baris 3",
        f"tautan costs.md#rincian-tulis: di docs/{COSTS} tidak ada judul dengan nama sesudah tanda # itu"
        "; mungkin yang benar rincian-tertulis",
    ),
    "own-heading-renamed": (
        NO_OWN_ANCHOR.format(HERE, "#tiba"),
        "baris 5",
        f"tautan #tiba: di docs/{HERE} tidak ada judul dengan nama sesudah tanda # itu",
    ),
    "block-inside-a-paragraph": (
        f"{HERE}: [[contacts:MY]] must stand alone in its paragraph, or is not written as [[kind:name]]",
        "",
        "«[[contacts:MY]]» harus berdiri sendiri di antara dua baris kosong, dan ditulis seperti [[jenis:nama]]",
    ),
}
STEPS = "guides/before/steps/index.html"
SITE = [
    (STEPS, "nowhere", "../../gone/", f"docs/{HERE}", "tautan ke ../../gone/ tidak sampai ke mana pun"),
    (STEPS, "no-place", "#tiba", f"docs/{HERE}", "tautan ke #tiba: tempat sesudah tanda # tidak ada"),
    ("en/guides/abroad/rights/index.html", "h1", "2", f"docs/{RIGHTS}", "halaman ini punya 2 judul utama"),
    ("index.html", "id-twice", "sama", "docs/index.md", "dua tempat di halaman ini bernama sama"),
    ("index.html", "alt", "x.png", "docs/index.md", "gambar x.png tidak punya keterangan; tulis ![keterangan]"),
    ("index.html", "elsewhere", "//cdn.example/x", "docs/index.md", "halaman ini memuat berkas dari situs lain"),
    ("index.html", "attribute", "style on <p>", "docs/index.md", "halaman ini memuat style on <p>, yang dilarang"),
    ("index.html", "unsaid", "/follow-up", "docs/index.md", "tautan ke /follow-up tidak menyebut bahasa halaman ini"),
    ("index.html", "vague", "di sini", "docs/index.md", "tautan «di sini» tidak mengatakan ke mana tujuannya; tulis judul"),
    ("404.html", "language", "en", "site/404.html", "bahasa halaman ini tertulis «en», tidak sama dengan foldernya"),
]


def teller(language="id"):
    return Teller({name: Page(name, text) for name, text in TEXTS.items()}, MENU, WORDS, language)


@pytest.mark.parametrize("name", BUILD)
def test_what_the_generator_says_becomes_a_line_of_a_page_and_what_to_type(name):
    message, place, what = BUILD[name]
    assert teller().of_build([message]) == [(f"docs/{HERE}", place, what)]


@pytest.mark.parametrize("name", BUILD)
def test_in_english_too(name):
    message, _, indonesian = BUILD[name]
    ((_, _, what),) = teller("en").of_build([message])
    assert "Doc file" not in what
    assert what != indonesian


def test_a_link_that_stands_twice_names_each_line_once():
    message = NOT_FOUND.format(RIGHTS, "../nowhere.md", "guides/nowhere.md")
    assert teller("en").of_build([message])[0][:2] == (f"docs/{RIGHTS}", "line 3")


def test_a_page_that_the_menu_lacks_is_told_where_to_write_it():
    assert teller().of_build([OMITTED + "\n  - a.md\n  - b/c.md"]) == [
        ("docs/a.md", "", "halaman ini belum ada di menu; tulis «- a.md» di bawah nav: dalam mkdocs.yml"),
        ("docs/b/c.md", "", "halaman ini belum ada di menu; tulis «- b/c.md» di bawah nav: dalam mkdocs.yml"),
    ]


def test_a_menu_entry_that_leads_nowhere_names_its_line_in_mkdocs_yml():
    what = "menu menyebut guides/before/laons.md, yang tidak ada; mungkin yang benar guides/before/loans.md"
    assert teller().of_build([NOT_IN_DOCS.format("guides/before/laons.md")]) == [("mkdocs.yml", "baris 3", what)]


def test_a_message_that_only_names_a_page_is_dropped_when_another_gives_the_reason():
    reason = "about/news.md: something new"
    assert teller("en").of_build(["Error reading page 'about/news.md':", reason]) == [
        ("mkdocs.yml", "", f"the site's generator says: {reason}")
    ]
    assert len(teller().of_build(["Error reading page 'about/news.md':"])) == 1


@pytest.mark.parametrize("fault", SITE, ids=lambda fault: fault[1])
def test_what_the_built_site_shows_is_said_at_the_page_it_comes_from(fault):
    ((file, _, what),) = teller().of_site([fault[:3]])
    assert file == fault[3]
    assert what.startswith(fault[4])


def test_every_kind_of_fault_of_the_built_site_has_a_sample_here():
    said = tomllib.loads((ROOT / "scripts/site/words/links.toml").read_text(encoding="utf-8"))
    kinds = {key.removeprefix("links.site-") for key in said if key.startswith("links.site-") and "@" not in key}
    looked_for = (ROOT / "scripts/checks/links.py").read_text(encoding="utf-8")
    assert kinds == {fault[1] for fault in SITE}
    assert all(f'("{kind}", ' in looked_for for kind in kinds)


def test_anchors_are_named_as_the_generator_names_them():
    names = ["minta-rincian", "rincian-tertulis", "sama", "sama_1"]
    assert anchors(Page("x.md", TEXTS[COSTS])) == names
    assert anchors(Page("x.md", "## Sanksi **menurut** [tanggal](x.md) { #sanctions }\n")) == ["sanctions"]


def test_the_command_names_the_line_of_a_link_that_the_strict_build_refuses(tmp_path):
    for folder in ("data", "docs", "forms_api", "scripts"):
        copytree(ROOT / folder, tmp_path / folder, ignore=ignore_patterns("__pycache__", "vendor"))
    copy(ROOT / "mkdocs.yml", tmp_path)
    for name, word in (("money.md", "uang"), ("money.en.md", "money")):
        page = tmp_path / "docs/guides/family" / name
        page.write_text(page.read_text(encoding="utf-8") + f"\n[{word}](../before/loan.md)\n", encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "scripts.check", "--en"], cwd=tmp_path, capture_output=True, text=True)
    last = len((tmp_path / "docs/guides/family/money.md").read_text(encoding="utf-8").splitlines())
    assert done.returncode == 1
    assert (
        f"  docs/guides/family/money.md: line {last}: the link ../before/loan.md points to a file that does not exist"
        "; perhaps ../before/loans.md is right" in done.stdout.splitlines()
    )
    assert "Doc file" not in done.stdout
