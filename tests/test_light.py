"""A page carries its own stylesheet and icon, no rule that none of its kind needs, and no white space that shows."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.site.light import data_address, kind, slim
from scripts.site.minify import BLOCK, minify
from scripts.site.purge import elements, made_by, purge
from scripts.site.tags import tags

from .pages import ROOT

BUDGET = 9_000  # bytes of a page with its style and icon, packed with Brotli
# Lists that one looks through, and pages about the site: they are as long as what they list.
LONGER = {"agencies/", "about/sources/", "editors/"}
CSS = (ROOT / "docs" / "assets" / "hub.css").read_text(encoding="utf-8")


def kept(css, html):
    return purge(css, elements(html), made_by(html))


@pytest.mark.parametrize(
    ("css", "html"),
    [
        ("p{a:b}", "<p>x</p>"),
        (".card p{a:b}", '<div class="big card"><p>x</p></div>'),
        ("#find{a:b}", '<input id="find">'),
        ("a[href^=http]{a:b}", '<a href="https://x.example">x</a>'),
        ("p:not(.gone):hover::after{a:b}", "<p>x</p>"),
        (":root{a:b}", "<p>x</p>"),
        ("P.Card{a:b}", '<p class="Card">x</p>'),
        (".made{a:b}", "<script>e.className = 'made one'</script>"),
        ("@media print{p{a:b}}", "<p>x</p>"),
        ("ul.a>li+li{a:b}", '<ul class="a"><li>1</li><li>2</li></ul>'),
    ],
)
def test_a_rule_that_something_may_need_stays(css, html):
    assert "a:b" in kept(css, html)


@pytest.mark.parametrize(
    ("css", "html"),
    [
        (".gone{a:b}", "<p>gone</p>"),
        (".card .gone{a:b}", '<p class="card">x</p>'),
        (".card.big{a:b}", '<p class="card">x</p><b class="big">x</b>'),
        ("details.tip{a:b}", '<details></details><p class="tip">x</p>'),
        ("@media print{.gone{a:b}}", "<p>x</p>"),
        ("[data-gone]{a:b}", "<p data-here>x</p>"),
        (".bare{a:b}", "<script>var bare = 1</script>"),
    ],
)
def test_a_rule_that_nothing_needs_goes(css, html):
    assert kept(css, html) == ""


def test_of_a_list_of_selectors_only_the_needed_ones_stay():
    assert kept("p, .gone, b{a:b}", "<p>x</p>") == "p{a:b}"


def test_a_custom_property_that_nobody_reads_goes():
    css = kept(":root{--a:1;--ab:2;--c:3}p{x:var(--ab)}.gone{x:var(--c)}", "<p>x</p>")
    assert css == ":root{--ab:2;}p{x:var(--ab)}"


def selectors_of(css):
    flat = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    flat = re.sub(r"@media[^{]*\{((?:[^{}]*\{[^{}]*\})*)\s*\}", r"\1", flat)
    return {each.strip() for before in re.findall(r"([^{}]+)\{", flat) for each in before.split(",")}


def squeezed(selector):
    return re.sub(r"\s*([>+~])\s*", r"\1", selector)


@pytest.mark.browser
def test_every_selector_that_matches_something_on_a_page_stands_in_its_sheet(chromium, built_site):
    """A real browser says what matches, page by page; what it cannot be asked (``::before``, ``:focus``) is cut off."""
    pseudo = r"::?(before|after|hover|focus-visible|focus|target|checked|details-content|-webkit-details-marker)"
    asked = {each: re.sub(pseudo, "", each).strip() or "*" for each in selectors_of(CSS)}
    tab = chromium.new_page(java_script_enabled=False)
    find = "all => all.filter(each => document.querySelector(each))"
    pages = sorted(built_site.rglob("*.html"))
    for path in pages:
        html = path.read_text(encoding="utf-8")
        tab.set_content(html)
        found = set(tab.evaluate(find, sorted(set(asked.values()))))
        there = {squeezed(each) for each in selectors_of(re.search("<style>(.*?)</style>", html, re.S)[1])}
        lost = {each for each, plain in asked.items() if plain in found} - there
        assert {each for each in lost if squeezed(each) not in there} == set(), path
    tab.close()
    assert len(pages) > 100


def test_pages_share_three_sheets(built_site):
    sheets = {}
    for path in built_site.rglob("*.html"):
        html, name = path.read_text(encoding="utf-8"), path.relative_to(built_site).as_posix()
        assert html.count("<style>") == 1, name
        sheets.setdefault(kind(name, html), set()).add(re.search("<style>(.*?)</style>", html, re.S)[1])
    assert {name: len(each) for name, each in sheets.items()} == {"reading": 1, "form": 1, "plain": 1}


def test_the_desk_s_rules_are_in_no_page_but_in_the_whole_file(built_site):
    whole = (built_site / "assets" / "hub.css").read_text(encoding="utf-8")
    assert ".desk td" in whole
    assert not any(".desk" in path.read_text(encoding="utf-8") for path in built_site.rglob("*.html"))


def test_a_page_is_one_request(built_site):
    """Nothing that a browser fetches by itself while it shows the page."""
    loads = {"img": "src", "script": "src", "iframe": "src", "source": "srcset", "video": "src", "object": "data"}
    for path in built_site.rglob("*.html"):
        for tag, attributes in tags(path.read_text(encoding="utf-8")):
            if tag == "link" and attributes["rel"] not in ("canonical", "alternate"):
                assert attributes["href"].startswith("data:"), path
            assert loads.get(tag) not in attributes, path


def test_every_page_but_the_long_lists_keeps_the_budget(built_site):
    weights = {}
    for path in built_site.rglob("*.html.br"):
        name = path.relative_to(built_site).as_posix().removesuffix("index.html.br").removeprefix("en/")
        if name not in LONGER:
            weights[path] = path.stat().st_size
    assert len(weights) > 90
    assert {path: weight for path, weight in weights.items() if weight > BUDGET} == {}


def test_a_page_below_a_folder_gets_its_sheet_and_icon_too():
    html = '<link rel="icon" href="../../assets/icon.svg" type="image/svg+xml"><link rel="stylesheet" href="/hub/assets/hub.css">'
    assert slim(html, "p{}", "data:x") == '<link rel="icon" href="data:x" type="image/svg+xml"><style>p{}</style>'


def test_a_drawing_as_an_address_holds_no_quote_and_no_hash():
    assert data_address('<svg fill="#fff"/>\n') == "data:image/svg+xml,%3Csvg fill='%23fff'/%3E"


# White space


class Seen(HTMLParser):
    """What a page holds: its tags with their attributes, and the text between them as it shows."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.found, self.raw = [], 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, attrs))
        self.raw += tag in ("pre", "textarea")

    def handle_endtag(self, tag):
        self.raw -= tag in ("pre", "textarea")
        self.found.append(("/" + tag, None))

    def handle_data(self, data):
        in_script = self.found and self.found[-1][0] in ("script", "style")
        said = data if self.raw or in_script else re.sub(r"[ \t\n\r\f]+", " ", data)
        if self.found and self.found[-1][0] == "text":
            said = re.sub(" +", " ", self.found.pop()[1] + said) if not self.raw else self.found.pop()[1] + said
        self.found.append(("text", said))


def seen(html):
    """The page without the white space at the edges of blocks."""
    found = Seen(html).found
    block = set(BLOCK.split("|"))

    def edge(at, closing):
        name = found[at][0] if 0 <= at < len(found) else "html"
        return name.strip("/") in block and (name.startswith("/") == closing or not 0 <= at < len(found))

    shown = []
    for at, (name, text) in enumerate(found):
        blank = name == "text" and text == " "
        either = [edge(place, closing) for place in (at - 1, at + 1) for closing in (True, False)]
        if blank and (edge(at - 1, False) or edge(at + 1, True) or (any(either[:2]) and any(either[2:]))):
            continue
        shown.append((name, text))
    return shown


SPACES = st.text(" \n\t", max_size=3)
WORDS = st.text("ab é\u00a0&<>\n ", max_size=8).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
)
RAW = st.tuples(st.sampled_from(["pre", "textarea", "script", "style"]), st.text("a \n", max_size=9)).map(
    lambda each: f"<{each[0]}>x{each[1]}</{each[0]}>"
)
QUOTED = st.text("a> \n", max_size=5)


def element(inner):
    name = st.sampled_from(["p", "div", "ul", "li", "a", "b", "span", "section", "small"])
    return st.tuples(name, QUOTED, st.lists(inner, max_size=4)).map(
        lambda each: f'<{each[0]} title="{each[1]}">{"".join(each[2])}</{each[0]}>'
    )


PAGES = st.recursive(st.one_of(SPACES, WORDS, RAW, st.just("<!-- a  note -->"), st.just("<br>")), element, max_leaves=25)


@given(st.lists(PAGES, max_size=5).map("".join))
def test_whatever_the_page_its_text_and_tags_are_the_same(html):
    assert seen(minify(html)) == seen(re.sub("<!--.*?-->", "", html))


@given(st.lists(PAGES, max_size=5).map("".join))
def test_a_page_made_short_cannot_be_made_shorter(html):
    assert minify(minify(html)) == minify(html)


def test_the_text_of_code_fields_and_scripts_stays_as_typed():
    html = '<pre>a\n  b</pre><textarea>\n c  d</textarea><script>var a  =  1\n</script><p title="a  b">c</p>'
    assert minify(html) == html


def test_a_space_between_words_stays_and_one_between_blocks_goes():
    assert minify("<ul>\n  <li><b>a</b> <i>b</i></li>\n  <li>c  d</li>\n</ul>\n") == (
        "<ul><li><b>a</b> <i>b</i></li><li>c d</li></ul>"
    )


@pytest.mark.browser
def test_a_reader_sees_the_same_text_as_before(chromium, built_site):
    """The built pages again, with a space put back wherever two tags meet: nothing changes to the eye."""
    tab = chromium.new_page(java_script_enabled=False)
    block = re.compile(rf"(?<=>)(?=</?(?:{BLOCK})\b)")
    for name in ("index.html", "guides/before/costs/index.html", "en/about/contacts/index.html", "forms/help/index.html"):
        html = (built_site / name).read_text(encoding="utf-8")
        head, body = html.split("<body>")
        tab.set_content(html)
        short = tab.inner_text("body")
        tab.set_content(f"{head}<body>{block.sub(' ', body)}")
        assert tab.inner_text("body") == short, name
    tab.close()
