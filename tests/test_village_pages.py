"""Pages made from the rows of villages.csv."""

import re

from scripts.checks.page_rules import DESCRIPTION
from scripts.site.view import View
from scripts.site.village_pages import from_here, linked, village_pages

from .pages import WORDS, tables

ULAK = {"id": "ulak-paceh", "name": "Ulak Paceh"}
TEBING = {"id": "tebing-bulang", "name": "Tebing Bulang"}


def both(language):
    return village_pages(tables(villages=[ULAK, TEBING]), WORDS, language)


def test_every_village_gets_a_page_in_each_language():
    assert [(page.name, page.title) for page in both("id")] == [
        ("villages/ulak-paceh.md", "Desa Ulak Paceh"), ("villages/tebing-bulang.md", "Desa Tebing Bulang"),
    ]  # fmt: skip
    assert [page.title for page in both("en")] == ["Ulak Paceh village", "Tebing Bulang village"]


def test_the_descriptions_keep_to_the_length_of_every_page():
    assert all(len(page.description) in DESCRIPTION for page in [*both("id"), *both("en")])


def test_a_link_to_a_village_leads_to_its_page_from_wherever_it_stands():
    known = tables(villages=[ULAK, TEBING])
    text = linked("[Ulak](../villages/ulak-paceh.md) [di sini](ulak-paceh.md#peta) [lain](../villages/sekayu.md)", known)
    assert text == "[Ulak](/villages/ulak-paceh/) [di sini](/villages/ulak-paceh/#peta) [lain](../villages/sekayu.md)"
    html = '<a href="/villages/ulak-paceh/#peta">'
    assert from_here(html, View("id", "../../", known, WORDS)) == '<a href="../../villages/ulak-paceh/#peta">'
    assert from_here(html, View("en", "../../../", known, WORDS)) == '<a href="../../../en/villages/ulak-paceh/#peta">'


def test_the_built_pages_stand_in_the_menu_the_map_and_both_languages(built_site):
    html = (built_site / "en/villages/ulak-paceh/index.html").read_text(encoding="utf-8")
    assert '<html lang="en"' in html and "<h1" in html and "Ulak Paceh village" in html
    assert re.search(r'hreflang="id" href="[^"]*/villages/ulak-paceh/"', html)
    listed = (built_site / "sitemap.xml").read_text(encoding="utf-8")
    assert "/en/villages/ulak-paceh/</loc>" in listed and "/villages/tebing-bulang/</loc>" in listed
