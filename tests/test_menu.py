"""The menu, and where a page is in it."""

import pytest

from scripts.site.menu import Entry, Menu, untranslated

COSTS = Entry("Biaya", "guides/before/costs/")
CONTRACT = Entry("Kontrak", "guides/before/contract/")
BEFORE = Entry("Sebelum berangkat", "guides/before/costs/", (COSTS, CONTRACT))
FAMILY = Entry("Keluarga", "guides/family/money/", (Entry("Uang", "guides/family/money/"),))
GUIDES = Entry("Panduan", "guides/", (BEFORE, FAMILY))
VILLAGES = Entry("Desa", "villages/", (Entry("Dua desa", "villages/"),))
MENU = Menu([Entry("Beranda", ""), GUIDES, VILLAGES])


def titles(lines):
    return [line.title for line in lines]


def test_only_the_section_one_is_in_shows_its_pages():
    _home, guides, villages = MENU.lines("guides/before/contract/")
    assert titles(guides.lines) == ["Sebelum berangkat", "Keluarga"]
    before, family = guides.lines
    assert titles(before.lines) == ["Biaya", "Kontrak"]
    assert not family.lines
    assert not villages.lines


def test_the_page_and_the_sections_around_it_are_marked():
    _, guides, _ = MENU.lines("guides/before/contract/")
    before = guides.lines[0]
    assert [guides.current, before.current] == ["true", "true"]
    assert [line.current for line in before.lines] == ["", "page"]


def test_a_section_whose_index_is_open_is_the_current_page_itself():
    _, guides, _ = MENU.lines("guides/")
    assert guides.current == "page"
    assert [line.current for line in guides.lines] == ["", ""]


def test_the_first_page_of_a_section_is_marked_once():
    _, guides, _ = MENU.lines("guides/before/costs/")
    before = guides.lines[0]
    assert [before.current, before.lines[0].current] == ["true", "page"]


def test_the_front_page_is_current_and_opens_nothing():
    home, guides, _ = MENU.lines("")
    assert home.current == "page"
    assert not guides.lines


def test_the_trail_names_the_sections_outermost_first():
    assert titles(MENU.trail("guides/before/contract/")) == ["Panduan", "Sebelum berangkat"]
    assert MENU.trail("") == []


def test_a_page_outside_the_menu_belongs_to_the_index_of_its_folder():
    assert titles(MENU.trail("villages/ulak-paceh/")) == ["Desa"]
    assert titles(MENU.lines("villages/ulak-paceh/")[2].lines) == ["Dua desa"]


def test_section_names_without_english_are_found_at_any_depth():
    nav = [{"Beranda": "index.md"}, {"Panduan": ["guides/index.md", {"Di jalan": ["guides/road.md"]}]}]
    assert untranslated(nav, {"Beranda": "Home"}) == ["Panduan", "Di jalan"]
    assert untranslated(nav, {"Beranda": "Home", "Panduan": "Guides", "Di jalan": "On the way"}) == []


@pytest.mark.browser
@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no-script"])
def test_the_menu_opens_leads_on_and_closes_by_keyboard(chromium, address, scripted):
    context = chromium.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=scripted)
    tab = context.new_page()
    tab.goto(f"{address}/guides/before/costs/")
    nav = tab.locator(".menu nav")
    assert not nav.is_visible()
    tab.locator(".menu > summary").focus()
    tab.keyboard.press("Enter")
    assert nav.is_visible()
    assert tab.locator('.menu [aria-current="page"]').is_visible()
    tab.keyboard.press("Tab")
    assert tab.locator(".menu nav a").first.evaluate("link => link === document.activeElement")
    tab.locator(".menu > summary").focus()
    tab.keyboard.press("Space")
    assert not nav.is_visible()
    context.close()
