"""The real site, built strictly: what its pages carry in both languages."""

import re
from html import unescape
from pathlib import Path

import brotli
import pytest
import yaml

from scripts.checks.links import faults
from scripts.site import late
from scripts.site.menu import untranslated
from scripts.site.pages import read_pages
from scripts.site.rows import Tables
from scripts.site.scripts import script
from scripts.site.sentences import all_words
from scripts.site.village_pages import village_pages

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = "https://desa-migran-emas.example/"
GUIDE, GUIDE_EN = "guides/before/steps/index.html", "en/guides/before/steps/index.html"
AGENCY = script("name-book.js", "agency.js")


@pytest.fixture(scope="session")
def page(built_site):
    """Reads a page of the built site."""
    return lambda path: (built_site / path).read_text(encoding="utf-8")


def test_nothing_leads_nowhere_and_nothing_comes_from_elsewhere(built_site):
    assert faults(built_site) == []


def test_every_page_is_there_in_both_languages(built_site):
    wanted = {name.removesuffix(".md").removesuffix("index").rstrip("/") for name in read_pages(ROOT / "docs")}
    for name in wanted:
        language, path = ("en/", name.removesuffix(".en").removesuffix("index")) if name.endswith(".en") else ("", name)
        assert (built_site / language / path / "index.html").is_file(), name


def test_no_placeholder_is_left(built_site):
    left = [path for path in built_site.rglob("*.html") if re.search(r"\[\[\w", path.read_text(encoding="utf-8"))]
    assert not left


@pytest.mark.parametrize(("path", "language"), [(GUIDE, "id"), (GUIDE_EN, "en")])
def test_a_page_tells_search_engines_its_absolute_addresses(page, path, language):
    html = page(path)
    own = ADDRESS + path.removesuffix("index.html")
    assert f'<link rel="canonical" href="{own}">' in html
    alternates = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', html))
    indonesian = f"{ADDRESS}guides/before/steps/"
    assert alternates == {"id": indonesian, "en": f"{ADDRESS}en/guides/before/steps/", "x-default": indonesian}


@pytest.mark.parametrize(
    ("path", "other"),
    [
        (GUIDE, "../../../en/guides/before/steps/"),
        (GUIDE_EN, "../../../../guides/before/steps/"),
        ("index.html", "en/"),
    ],
)
def test_the_language_link_keeps_the_page(page, path, other):
    assert re.search(rf'<a class="language" href="{re.escape(other)}"', page(path))


def test_the_description_is_the_lead_under_the_title_and_for_search_engines(page):
    html = page(GUIDE)
    description = re.search(r'<meta name="description" content="([^"]+)">', html)[1]
    lead = re.search(r'</h1>\s*<p class="lead">([^<]+)</p>', html)[1]
    assert unescape(lead) == unescape(description)
    assert len(lead) > 50


def test_a_guide_ends_with_sources_dates_related_pages_button_and_report(page):
    html = page(GUIDE)
    parts = ['class="sources"', 'class="checked"', 'class="related"', 'class="button"', 'class="mistake"']
    places = [html.index(part) for part in parts]
    assert places == sorted(places)
    assert 'href="/forms/mistake?page=%2Fguides%2Fbefore%2Fsteps%2F&amp;lang=id"' in html
    assert html.count("<li>", html.index('class="related"'), html.index('class="button"')) == 3


def test_the_menu_marks_the_page_and_opens_only_its_section(page):
    menu = re.search(r'<details class="menu">.*?</details>', page(GUIDE), re.S)[0]
    assert menu.count('aria-current="page"') == 1
    assert "/guides/before/costs/" in menu
    assert "/guides/family/money/" not in menu


def test_a_village_page_belongs_to_the_villages(page):
    html = page("en/villages/ulak-paceh/index.html")
    assert re.search(r'<nav class="crumbs"[^>]*>\s*<a href="[^"]*villages/">Villages</a>', html)


def test_the_map_for_search_engines_names_every_page_in_both_languages(page):
    listed = re.findall(r"<loc>([^<]+)</loc>", page("sitemap.xml"))
    villages = 2 * len(village_pages(Tables(ROOT / "data"), all_words(), "id"))
    assert len(listed) == len(set(listed)) == len(read_pages(ROOT / "docs")) + villages
    assert f"{ADDRESS}en/villages/ulak-paceh/" in listed


def test_nothing_of_the_theme_is_published(built_site):
    ours = {path.name for path in (ROOT / "docs" / "assets").iterdir()}
    assert {path.name for path in (built_site / "assets").iterdir() if path.suffix not in (".br", ".gz")} == ours
    assert not (built_site / "maintain").exists()


def test_a_guide_holds_two_small_scripts_of_ours_and_loads_none(page):
    html = page(GUIDE)
    assert "<script src" not in html
    inside = re.findall(r"<script[^>]*>(.*?)</script>", html, re.S)
    assert len(inside) == 2
    assert inside[0] == late.script()
    assert "serviceWorker" in inside[1]
    assert sum(map(len, inside)) < 2_000


def test_the_company_list_holds_the_script_that_answers(page):
    assert AGENCY in page("agencies/index.html") and AGENCY in page("en/agencies/index.html")


def test_the_company_list_stays_light(built_site):
    html = (built_site / "agencies/index.html").read_text(encoding="utf-8")
    without_scripts = re.sub(r"<script.*?</script>", "", html, flags=re.S)
    rows = len(brotli.compress(without_scripts.encode()))
    assert rows < 19_000, f"{rows} bytes: what was added to every row?"
    packed = (built_site / "agencies/index.html.br").stat().st_size
    assert packed < 24_000, f"{packed} bytes with the script that answers"


def test_every_section_of_the_menu_has_an_english_name():
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    english = config["plugins"][0]["i18n"]["languages"][1]["nav_translations"]
    assert untranslated(config["nav"], english) == []
    assert untranslated(config["nav"], {}) != []
