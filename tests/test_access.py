"""Every kind of page is free of what axe can find, in both languages, on a phone and on a desk, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from . import cast

pytestmark = pytest.mark.browser

PAGES = [
    "/", "/guides/", "/guides/before/costs/", "/guides/abroad/malaysia/", "/guides/abroad/help/", "/services/",
    "/services/training/", "/agencies/", "/villages/", "/villages/ulak-paceh/", "/about/contacts/",
    "/about/programme/", "/about/glossary/", "/about/news/", "/about/privacy/", "/about/sources/", "/forms/help/",
    "/forms/training/", "/forms/mistake/",
]  # fmt: skip
OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


def faults(page) -> list[str]:
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]


@pytest.fixture(params=[(360, "light"), (1280, "light"), (360, "dark")], ids=["360", "1280", "360-dark"])
def page(request, chromium):
    width, scheme = request.param
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["id", "en"])
def test_axe_finds_nothing_on_the_site(page, address, prefix):
    for path in PAGES:
        page.goto(address + prefix + path)
        assert faults(page) == [], prefix + path


@pytest.mark.parametrize("language", ["id", "en"])
def test_axe_finds_nothing_on_what_the_api_answers(page, address, hire, language):
    page.goto(f"{address}{'/en' if language == 'en' else ''}/forms/help/")
    page.check("#f-danger")
    assert faults(page) == []
    page.click("form.form button")
    page.wait_for_selector(".summary")
    assert faults(page) == [], "faults"
    page.check("input[name=topic][value=other]")
    page.fill("#f-story", cast.STORY)
    page.check("#f-consent")
    page.click("form.form button")
    code = page.inner_text(".code")
    page.click("summary")
    assert faults(page) == [], "receipt"
    page.fill("#f-last", code[-4:])
    page.click("form.form button")
    page.wait_for_selector(".code", state="detached")
    assert faults(page) == [], "kept"
    page.click(".dated a")
    page.wait_for_selector("#f-code")
    assert faults(page) == [], "follow-up"
    page.fill("#f-code", "1234")
    page.click("form.form button")
    page.wait_for_selector("#code-told:not(:empty)")
    assert faults(page) == [], "follow-up with a wrong code"
    page.fill("#f-code", "0000 0000 0000 0000")
    page.click("form.form button")
    page.wait_for_selector(".summary")
    assert faults(page) == [], "follow-up with a code that is not there"
    page.fill("#f-code", code)
    page.click("form.form button")
    page.wait_for_selector(".talk")
    assert faults(page) == [], "state"
    page.goto(f"{address}/forms/nothing")
    assert faults(page) == [], "not found"

    hire("rina", language)
    page.goto(f"{address}/desk/sign-in?lang={language}")
    assert faults(page) == [], "sign in"
    page.fill("#f-name", "rina")
    page.fill("#f-passphrase", cast.PASSPHRASE)
    page.click("main button")
    for path in ("/desk/", "/desk/list?danger=yes&since=2026-11-01", "/desk/new/help"):
        page.goto(address + path)
        assert faults(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    page.click("#form button[type=submit]")
    assert faults(page) == [], "keyed in with faults"
    page.goto(f"{address}/desk/list")
    page.click("tbody a")
    for each in page.query_selector_all("details summary"):
        each.click()
    assert faults(page) == [], "case"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "case"


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_is_wider_than_the_screen(chromium, address, width):
    page = chromium.new_page(viewport={"width": width, "height": 700})
    for path in PAGES:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.close()


def test_what_is_tapped_is_large_enough_and_the_first_screen_holds_the_three_tasks(chromium, address):
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    page.goto(address)
    boxes = [each.bounding_box() for each in page.query_selector_all(".tasks a")]
    assert len(boxes) == 3
    assert all(box["height"] >= 44 for box in boxes)
    first_number = page.query_selector(".emergency a.tel").bounding_box()
    assert first_number["y"] + first_number["height"] <= 740
    for selector in (".menu summary", ".language"):
        assert page.query_selector(selector).bounding_box()["height"] >= 44
    page.close()


def test_no_page_asks_anything_of_another_host(chromium, address):
    page = chromium.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PAGES:
        page.goto(address + path)
    assert asked
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    page.close()
