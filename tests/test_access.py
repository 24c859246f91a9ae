"""Every kind of page is free of what axe can find: both languages, 320, 360 and 1280 pixels, light and dark, with
JavaScript and without.

At 360 pixels each kind is judged in both languages in the light, and for contrast in the dark, which changes nothing
but colours. Then each kind, numbered as the walk meets it, is judged once more in each language: even numbers at 320
pixels in Indonesian and at 1280 in English, odd numbers the other way round; and without JavaScript the even ones in
Indonesian, the odd ones in English. So every kind is seen at every width and without JavaScript. Of a page's list
entries that are made alike the first three stand for all: a list of hundreds takes axe ten seconds.
"""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from . import cast
from .walk import STILL

pytestmark = pytest.mark.browser
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
CONTRAST = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
ASK = """([part, rules]) => axe.run(part || document, { runOnly: rules, resultTypes: ["violations"] })
  .then(found => found.violations)"""
# What a script has changed; all around it is as it was when the page was judged.
CHANGED = {"agencies: warned": ".ask", "agencies: listed": ".ask", "agencies: none": ".ask"}
FEW_ALIKE = """() => {
  const seen = {};
  document.querySelectorAll("main li").forEach(entry => {
    const made = [...entry.querySelectorAll("*")].map(each => each.tagName + each.className + each.hidden).join();
    if ((seen[made] = (seen[made] || 0) + 1) > 3) entry.remove();
  });
}"""
WIDTHS = (320, 1280)


def faults(page, part: str = "", rules: dict = RULES) -> list[str]:
    """What axe finds on the page as it stands, or in ``part`` of it (a selector), one line each: rule and element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(ASK, [part, rules])
    return [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]


def test_axe_finds_nothing_at_any_width_light_or_dark(walk, language):
    page, found = walk.page, {}
    for number, name in enumerate(walk.all()):
        part = CHANGED.get(name, "")
        if not part:
            page.evaluate(FEW_ALIKE)
        found[f"{name}, 360, light"] = faults(page, part)
        page.emulate_media(color_scheme="dark")
        found[f"{name}, 360, dark"] = faults(page, part, CONTRAST)
        page.emulate_media(color_scheme="light")
        width = WIDTHS[(number + (language == "en")) % 2]
        page.set_viewport_size({"width": width, "height": 740})
        found[f"{name}, {width}, light"] = faults(page, part)
        page.set_viewport_size({"width": 360, "height": 740})
    assert number > len(STILL) + 30
    assert {where: what for where, what in found.items() if what} == {}


def test_axe_finds_nothing_without_javascript(walk, language):
    """The page loads without it; axe itself is a script, so it runs again while axe looks."""
    switch, found, walk.scripted = walk.page.context.new_cdp_session(walk.page), {}, False
    switch.send("Emulation.setScriptExecutionDisabled", {"value": True})
    for number, name in enumerate(walk.all()):
        if number % 2 == (language == "en"):
            switch.send("Emulation.setScriptExecutionDisabled", {"value": False})
            walk.page.evaluate(FEW_ALIKE)
            found[name] = faults(walk.page)
            switch.send("Emulation.setScriptExecutionDisabled", {"value": True})
    assert len(found) > len(STILL) // 2
    assert {where: what for where, what in found.items() if what} == {}


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    yield context.new_page()
    context.close()


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


def test_what_is_needed_first_stands_on_the_first_screen(walk):
    next(walk.still())
    assert walk.page.locator(".tasks a").count() == 3
    first_number = walk.page.locator(".emergency a.tel").first.bounding_box()
    assert first_number["y"] + first_number["height"] <= 740


def test_no_page_asks_anything_of_another_host(walk):
    asked = []
    walk.page.on("request", lambda request: asked.append(request.url))
    for _ in walk.all():
        pass
    assert asked
    assert [url for url in asked if not url.startswith((walk.door, "data:"))] == []
