"""A page on paper: what one reads and whom one rings, and nothing that only works on a screen."""

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def paper(chromium, address):
    """Opens a page as the printer sees it."""
    tab = chromium.new_page(java_script_enabled=False)
    tab.emulate_media(media="print")
    yield lambda path: tab.goto(address + path) and tab
    tab.close()


def test_menu_buttons_and_foot_are_not_printed(paper):
    page = paper("/guides/abroad/hong-kong/")
    for what in (".menu", ".language", ".button", ".foot", ".strip", ".related", ".mistake", ".back", ".skip"):
        assert not any(each.is_visible() for each in page.locator(what).all()), what
    assert page.locator("h1").is_visible()
    assert page.locator(".sources").is_visible()
    assert page.locator(".checked").is_visible()


def after(element):
    return element.evaluate("link => getComputedStyle(link, '::after').content")


def test_a_link_outside_or_to_a_phone_says_where_it_leads(paper):
    page = paper("/about/contacts/")
    outside = page.locator('main a[href^="http"]:not(.tel)').first
    assert outside.get_attribute("href") in after(outside)
    # A number that is its own text is not said twice, and a way through the site is of no use on paper.
    assert after(page.locator(".tel").first) in ("none", "normal")
    assert after(page.locator('main a[href^=".."]').first) in ("none", "normal")


def test_what_is_folded_on_the_screen_is_printed(paper):
    page = paper("/villages/ulak-paceh/")
    assert page.locator("main details:not([open])").count() > 0
    assert page.locator("main details table").first.is_visible()


def test_paper_is_white_in_the_dark_too(chromium, address):
    tab = chromium.new_page(color_scheme="dark")
    tab.goto(f"{address}/guides/before/costs/")
    assert tab.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(18, 24, 22)"
    tab.emulate_media(media="print", color_scheme="light")
    assert tab.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    tab.close()
