"""A page on paper: what one reads and whom one rings, and nothing that only works on a screen."""

import re

import pytest
from playwright.sync_api import expect

from . import cast

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
    assert page.locator(".chart .bar").first.is_visible()


def colours(tab, selector):
    return tab.locator(selector).first.evaluate(
        "(at, names) => names.map(name => getComputedStyle(at)[name])", ["color", "backgroundColor", "borderTopColor"]
    )


PRINTED = ["html", ".lead", ".admonition.danger", ".admonition.danger .admonition-title", "main a", ".checked", ".sources"]


def test_paper_is_white_in_the_dark_too(chromium, address):
    dark, light = chromium.new_page(color_scheme="dark"), chromium.new_page(color_scheme="light")
    for tab in (dark, light):
        tab.goto(f"{address}/agencies/check/")
    assert colours(dark, "html")[1] == "rgb(18, 24, 22)"
    on_screen = [colours(dark, each) for each in PRINTED]
    for tab, scheme in ((dark, "dark"), (light, "light")):
        tab.emulate_media(media="print", color_scheme=scheme)
        assert tab.evaluate(f"matchMedia('print and (prefers-color-scheme: {scheme})').matches")
    assert colours(dark, "html")[1] == "rgb(255, 255, 255)"
    printed = [colours(dark, each) for each in PRINTED]
    assert printed == [colours(light, each) for each in PRINTED]
    assert all(one != other for one, other in zip(printed, on_screen, strict=True))
    dark.close()
    light.close()


def sheets(tab) -> int:
    """How many sheets of A4 come out."""
    return len(re.findall(rb"/Type /Page\b", tab.pdf(format="A4")))


@pytest.mark.parametrize(("typed", "said"), [
    ("bumi mas indonesia mandiri", "Jangan berangkat lewat perusahaan ini"),
    ("intan", "Awas, mungkin ini perusahaannya"),
    ("PT Gajah Terbang Makmur", "Tidak ada di daftar. Lakukan ini dulu"),
])  # fmt: skip
def test_while_an_answer_is_shown_it_alone_is_printed(chromium, address, typed, said):
    tab = chromium.new_page()
    tab.goto(f"{address}/agencies/")
    tab.fill("#find", typed)
    assert sheets(tab) <= 3
    tab.emulate_media(media="print")
    assert said in tab.inner_text(".answers")
    assert tab.locator(".sanctions").count() and not any(each.is_visible() for each in tab.locator(".letter, .sources").all())
    tab.fill("#find", "")
    assert tab.locator(".letter").first.is_visible()
    tab.close()


def test_with_no_answer_shown_the_list_is_printed(chromium, address):
    tab = chromium.new_page()
    tab.goto(f"{address}/agencies/")
    assert sheets(tab) > 20
    tab.close()


def receipt(phone, address, language):
    """Siti has asked in danger; the phone shows her receipt."""
    phone.goto(f"{address}{'/en' if language == 'en' else ''}/forms/help/")
    phone.check("#f-danger")
    phone.check("input[name=topic][value=employer]")
    phone.fill("#f-story", cast.STORY)
    phone.check("#f-consent")
    phone.click("form.form button")
    phone.wait_for_selector(".code")


def test_a_receipt_is_one_sheet_with_code_way_back_numbers_and_day(chromium, address, language):
    for scripted in (True, False):
        phone = chromium.new_page(java_script_enabled=scripted)
        receipt(phone, address, language)
        expect(phone.locator(".paper")).to_be_hidden()  # once the stylesheet is there, which the form's page had not
        phone.emulate_media(media="print")
        for seen in (".code", ".paper", ".now .tel >> nth=0", ".dated"):
            assert phone.is_visible(seen), seen
        for gone in ("form", "details", ".leave", ".left", ".lead", "#print"):
            assert not any(each.is_visible() for each in phone.locator(gone).all()), gone
        assert f"{address.removeprefix('http://')}/follow-up" in phone.inner_text(".paper")
        assert phone.locator(".now").evaluate("box => getComputedStyle(box).breakInside") == "avoid"
        assert len(re.findall(rb"/Type\s*/Page\b", phone.pdf(format="A4"))) == 1
        phone.close()
