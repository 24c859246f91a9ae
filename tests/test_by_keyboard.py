"""The hub by keyboard alone: every stop is seen and in order, nothing is a trap, and faults lead to their fields."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from .walk import WARNED

pytestmark = pytest.mark.browser
# Where the focus is: its number among all elements, where it stands in the document, whether something else lies
# over all of it, and whether its ring is drawn; once what comes into view is laid out.
STOP = """async () => {
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const it = document.activeElement, box = it.getBoundingClientRect(), ring = getComputedStyle(it);
  if (it === document.body) return null;
  const points = [[.5, .5], [.1, .1], [.9, .9], [.1, .9], [.9, .1]].map(([x, y]) =>
    document.elementFromPoint(box.left + box.width * x, box.top + box.height * y));
  return { number: [...document.querySelectorAll("*")].indexOf(it), top: box.top + scrollY, bottom: box.bottom + scrollY,
    seen: points.some(each => each && (it.contains(each) || each.contains(it))),
    ring: ring.outlineStyle !== "none" && parseFloat(ring.outlineWidth) >= 3 && ring.boxShadow !== "none",
    what: it.outerHTML.slice(0, 120) };
}"""

def tabbed(page, most: int = 400) -> list[dict]:
    """Every stop of the Tab key, from the top of the page until the focus leaves it."""
    stops = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or (stops and stop["number"] == stops[0]["number"]):
            return stops
        stops.append(stop)
    raise AssertionError(f"the focus does not come out again; last at {stops[-1]['what']}")


def judge(stops: list[dict], where: str) -> None:
    """The order is that of the page, and of the eye; every stop is seen, with its ring."""
    assert [each["what"] for each in stops if not each["seen"]] == [], f"{where}: hidden under something"
    assert [each["what"] for each in stops if not each["ring"]] == [], f"{where}: no ring"
    for one, other in pairwise(stops):
        assert one["number"] <= other["number"], f"{where}: {other['what']}"  # a date has three stops
        assert other["bottom"] > one["top"], f"{where}: {other['what']} stands above {one['what']}"


@pytest.mark.parametrize("path", ["", "guides/before/costs/", "villages/ulak-paceh/", "forms/help/", "search/"])
def test_the_tab_key_goes_through_a_page_in_its_order_and_every_stop_is_seen(walk, path):
    walk.page.goto(walk.root + path)
    stops = tabbed(walk.page)
    assert len(stops) > 8
    judge(stops, path)


def test_with_the_menu_open_nothing_behind_it_is_lost(walk):
    """What somebody opened may not hide where the focus is (WCAG 2.4.11)."""
    page = walk.page
    page.goto(walk.root + "guides/before/costs/")
    page.locator(".menu > summary").focus()
    page.keyboard.press("Enter")
    links = page.locator(".menu nav a").count()
    page.evaluate("document.activeElement.blur(); getSelection().collapse(document.body, 0)")
    stops = tabbed(page)
    assert sum('aria-current="page"' in each["what"] for each in stops) == 1 and len(stops) > links + 8
    judge(stops, "menu open")


def test_under_an_answer_and_its_boxes_too(walk):
    page = walk.page
    page.goto(walk.root + "agencies/")
    page.focus("#find")
    page.keyboard.type(WARNED)
    page.wait_for_selector(".reply[data-kind=warned]:not([hidden])")
    for box in page.locator("main details:visible").all():
        before = box.get_attribute("open")
        box.locator("summary").focus()
        page.keyboard.press("Space")
        assert box.get_attribute("open") != before
    page.focus("#find")
    stops = []
    while len(stops) < 60:
        page.keyboard.press("Tab")
        stops.append(page.evaluate(STOP))
    judge(stops[1:], "answer")


def test_in_a_form_with_faults_and_at_the_desk(walk):
    judged = []
    for part in (walk.answers(), walk.desk()):
        for name in part:
            if name in ("form: faults", "desk", "case", "keyed in with faults", "strip", "account", "an officer", "too late"):
                judge(tabbed(walk.page), name)
                judged.append(name)
    assert len(judged) == 8


def test_the_skip_link_is_the_first_stop_and_jumps_over_the_menu(walk):
    page = walk.page
    page.goto(walk.root + "guides/before/costs/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    assert skip.bounding_box()["x"] >= 0 and skip.bounding_box()["height"] >= 44
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_language_link_is_reached_and_keeps_the_page(walk, language):
    page = walk.page
    page.goto(walk.root + "guides/before/costs/")
    for _ in range(3):
        page.keyboard.press("Tab")
    other = "en" if language == "id" else "id"
    assert page.evaluate("[document.activeElement.className, document.activeElement.lang]") == ["language", other]
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{'en/' if other == 'en' else ''}guides/before/costs/")
    assert page.get_attribute("html", "lang") == other


def test_what_is_in_a_closed_box_is_no_stop_and_in_an_open_one_it_is(walk):
    page = walk.page
    page.goto(walk.root + "agencies/")
    box = page.locator("main details.note")
    assert not box.locator("a").first.is_visible()
    box.locator("summary").focus()
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.closest('details.note')")
    box.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('details.note') !== null")


@pytest.mark.parametrize("form", ["help", "training", "mistake"])
def test_faults_take_the_focus_and_each_leads_to_its_field(walk, form):
    page = walk.page
    page.goto(f"{walk.root}forms/{form}/")
    if page.locator("#f-page").count():
        page.fill("#f-page", "")
    walk.press("form.form button")
    summary = page.locator(".summary")
    expect(summary).to_be_focused()
    assert summary.get_attribute("role") == "alert"  # for browsers that do not focus it
    links = summary.locator("a")
    assert links.count() >= 2
    for link in links.all():
        said, field = link.inner_text(), page.locator(link.get_attribute("href"))
        assert said in told(field), f"{field.get_attribute('name')} does not say {said!r}"
        link.focus()
        page.keyboard.press("Enter")
        expect(field).to_be_in_viewport()
        expect(field).to_be_focused()


def told(field) -> str:
    """What a screen reader says about a field besides its name, from itself or from the group it is in."""
    return field.evaluate("""field => [field, field.closest("fieldset")].filter(Boolean)
        .map(each => (each.getAttribute("aria-describedby") || "").split(" ")).reduce((all, ids) => all.concat(ids), [])
        .map(id => id && document.getElementById(id).innerText).join(" ")""")


def test_every_hint_of_a_form_is_said_with_its_field(walk):
    page = walk.page
    for form in ("help", "training", "mistake"):
        for sent in (False, True):
            page.goto(f"{walk.root}forms/{form}/")
            if sent:
                walk.press("form.form button")
            for hint in page.locator(".field > .hint").all():
                field = page.locator(f"#{hint.get_attribute('id').removesuffix('-hint')}")
                assert hint.inner_text() in told(field), hint.inner_text()


def test_what_changes_as_one_types_is_said_in_a_place_that_was_there_before(walk):
    page = walk.page
    for path, field, place, words in (
        ("agencies/", "#find", "#found", (WARNED, "gajah terbang")),
        ("search/", "#q", "[role=status]", ("bulgaria", "xyzzyq")),
    ):
        page.goto(walk.root + path)
        page.focus(field)
        live = page.query_selector(place)
        assert live.get_attribute("aria-live") == "polite" or live.get_attribute("role") == "status"
        assert page.evaluate("[...document.querySelectorAll('[aria-live], [role=status]')].filter(e => e.offsetParent).length") == 1
        heard = [live.inner_text()]
        for typed in words:
            page.fill(field, typed)
            page.wait_for_function("([it, old]) => it.innerText && it.innerText !== old", arg=[live, heard[-1]])
            heard.append(live.inner_text())
        expect(page.locator(field)).to_be_focused()
        assert page.evaluate("it => it.isConnected", live)
