"""Every kind of page for a thumb, for text made larger, and for a screen reader: what axe cannot judge."""

from itertools import pairwise

import pytest

from scripts.site.lone_links import with_room

pytestmark = pytest.mark.browser
OPEN = "document.querySelectorAll('details').forEach(each => { each.open = true })"
# All that can be tapped and is smaller than 44 × 44. A link in a sentence is as high as its line (WCAG 2.5.8, inline);
# a box to tick is tapped on its label.
SMALL = """() => [...document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), select, textarea")]
  .filter(each => {
    const label = /radio|checkbox/.test(each.type) && each.labels[0];
    const box = (label || each).getBoundingClientRect();
    if (!box.width || !box.height || getComputedStyle(each).visibility === "hidden" || each.matches(".skip")) return false;
    let around = each.parentElement;
    while (getComputedStyle(around).display === "inline") around = around.parentElement;
    const inline = getComputedStyle(each).display === "inline" && around.innerText.trim() !== each.innerText.trim();
    return !inline && (box.width < 43.9 || box.height < 43.9);
  }).map(each => Math.round(each.getBoundingClientRect().width) + " x " + Math.round(each.getBoundingClientRect().height) +
    " " + each.outerHTML.slice(0, 120))"""
# The distances of WCAG 1.4.12.
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
SPREAD = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
CUT_OFF = """() => [...document.querySelectorAll("body *")].filter(each => {
    const style = getComputedStyle(each);
    return each.clientWidth && (style.overflowX === "hidden" && each.scrollWidth > each.clientWidth + 1 ||
      style.overflowY === "hidden" && each.scrollHeight > each.clientHeight + 1);
  }).map(each => each.outerHTML.slice(0, 120))"""
NAMED = {"link", "button", "DisclosureTriangle", "textbox", "searchbox", "combobox", "radio", "checkbox"}
LANDMARKS = ("banner", "main", "contentinfo")
READ_ALOUD = ["", "guides/before/costs/", "forms/help/", "agencies/"]


def test_what_is_tapped_has_room_for_a_thumb(walk):
    small = {}
    for name in walk.all():
        walk.page.evaluate(OPEN)
        small[name] = walk.page.evaluate(SMALL)
    assert {name: what for name, what in small.items() if what} == {}


@pytest.mark.parametrize("height", [640, 256], ids=["320 wide", "1280 wide at 400 %"])
def test_nothing_is_wider_than_320_pixels_nor_cut_off_with_more_space_in_the_text(walk, height):
    """A window of 1280 × 1024 at 400 % has 320 × 256 CSS pixels (WCAG 1.4.10)."""
    walk.page.set_viewport_size({"width": 320, "height": height})
    found = {}
    for name in walk.all() if height == 640 else walk.still():
        if height == 640:
            walk.page.evaluate(SPREAD, SPACED)
        width = walk.page.evaluate("document.documentElement.scrollWidth")
        found[name] = ([f"{width} wide"] if width > 320 else []) + walk.page.evaluate(CUT_OFF)
    assert {name: what for name, what in found.items() if what} == {}


def spoken(page) -> list[dict]:
    """The accessibility tree as the browser gives it to a screen reader, in reading order: role, name, description and
    level of each node (DevTools protocol, Accessibility.getFullAXTree)."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    by_id, found = {each["nodeId"]: each for each in nodes}, []

    def read(node):
        if not node.get("ignored"):
            more = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
            text = {key: node.get(key, {}).get("value", "") for key in ("role", "name", "description")}
            found.append(text | {"level": more.get("level")})
        for child in node.get("childIds", []):
            if child in by_id:
                read(by_id[child])

    read(nodes[0])
    session.detach()
    return found


@pytest.mark.parametrize("path", READ_ALOUD, ids=lambda path: path or "home")
def test_what_a_screen_reader_is_given(walk, path):
    page = walk.page
    page.goto(walk.root + path)
    if path == "forms/help/":
        walk.press("form.form button")
    tree = spoken(page)
    roles = [each["role"] for each in tree]
    assert [role for role in roles if role in LANDMARKS] == list(LANDMARKS)
    named = [each["name"] for each in tree if each["role"] in ("navigation", "region", "search")]
    assert all(named) and len(set(named)) == len(named)
    levels = [each["level"] for each in tree if each["role"] == "heading"]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    assert [each for each in tree if each["role"] in NAMED and not each["name"].strip()] == []
    fields = [each for each in tree if each["role"] in ("textbox", "searchbox", "combobox", "checkbox")]
    assert len(fields) >= {"forms/help/": 5, "agencies/": 1}.get(path, 0)
    if path == "agencies/":
        assert [each["description"] for each in fields] == [page.inner_text("#find-hint")]
    if path == "forms/help/":
        said = " ".join(each["description"] for each in tree)
        for fault in page.locator(".field > .fault").all_inner_texts():
            assert fault in said


def test_a_bullet_stands_beside_the_first_line_of_its_link(walk):
    page = walk.page
    page.goto(walk.root + "search/")
    # beside an inline-block it would stand at the last line
    assert set(page.locator("ul.links a").evaluate_all("all => all.map(a => getComputedStyle(a).display)")) == {"block"}


def test_only_a_link_that_stands_alone_gets_room():
    given = '<p><a href="a">b <b>c</b></a></p><p><a href="a">b</a> c</p><p><a href="a">b</a><a href="c">d</a></p>'
    assert with_room(given) == given.replace("<p>", '<p class="next">', 1)
    links = '<ul>\n<li><a href="a">b</a></li>\n<li><a href="c">d</a></li>\n</ul>'
    assert with_room(links) == links.replace("<ul>", '<ul class="links">')
    mixed = links.replace("d</a>", "d</a> e")
    assert with_room(mixed) == mixed
