"""The real site, built strictly: what its pages carry in both languages."""

import gzip
import re
from html import unescape
from pathlib import Path

import pytest
import yaml

from forms_api import inline
from scripts.checks.links import faults, read
from scripts.site import late
from scripts.site.blocks import forms
from scripts.site.menu import untranslated
from scripts.site.pages import read_pages

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = "https://desa-migran-emas.example/"
GUIDE, GUIDE_EN = "guides/before/steps/index.html", "en/guides/before/steps/index.html"


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


def test_one_page_for_what_is_missing_speaks_both_languages_and_works_at_any_depth(built_site, page):
    found = sorted(path.relative_to(built_site).as_posix() for path in built_site.rglob("404.html"))
    assert found == ["404.html", "en/404.html"]  # the second is for a web server that knows English addresses
    html = page("404.html")
    assert "Halaman tidak ditemukan" in html
    assert "Page not found" in html
    assert all(each.startswith("/") for each in read(built_site / "404.html").sources)


def test_the_map_for_search_engines_names_every_page_in_both_languages(page):
    listed = re.findall(r"<loc>([^<]+)</loc>", page("sitemap.xml"))
    assert len(listed) == len(set(listed)) == len(read_pages(ROOT / "docs"))
    assert f"{ADDRESS}en/villages/ulak-paceh/" in listed


def test_nothing_of_the_theme_is_published(built_site):
    ours = {path.name for path in (ROOT / "docs" / "assets").iterdir()}
    assert {path.name for path in (built_site / "assets").iterdir()} == ours
    assert not (built_site / "maintain").exists()


def test_guides_load_no_script_and_inside_a_page_stands_only_the_late_one_or_that_of_a_form(built_site, page):
    assert "<script src" not in page(GUIDE)
    assert '<script src="../assets/hub.js" defer></script>' in page("agencies/index.html")
    for path in built_site.rglob("*.html"):
        inside = re.findall(r"<script(?![^>]* src=)[^>]*>(.*?)</script>", path.read_text(encoding="utf-8"), re.S)
        own = {forms.script()} if "forms" in path.parts else set()
        if path.parent.name in ("help", "danger"):  # the pages that can be left at once
            own.add(str(inline.script("leave")))
        assert set(inside) <= {late.script()} | own, path


def test_the_company_list_stays_light(page):
    packed = len(gzip.compress(page("agencies/index.html").encode(), 9))
    assert packed < 25_000, f"{packed} bytes: what was added to every row?"


def test_every_section_of_the_menu_has_an_english_name():
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    english = config["plugins"][0]["i18n"]["languages"][1]["nav_translations"]
    assert untranslated(config["nav"], english) == []
    assert untranslated(config["nav"], {}) != []
