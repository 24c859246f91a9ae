"""What is written for old phones: the WebView that Android 7.0 came with is Chrome 51's.

Source: Android 7.0 for developers, section WebView: "Starting with Chrome version 51 on Android 7.0 and above, the
Chrome APK on your device is used to provide and render Android System WebViews"
(developer.android.com/about/versions/nougat/android-7.0). So what stands in pages is ES5 (all of it is in Chrome 51),
the worker is ES2015 without classes, generators and modules, and a stylesheet's rule that Chrome 51 drops may cost
looks, never words or work. Which version knows what: MDN's browser-compat-data.
"""

import re

import pytest
import tinycss2

from .old_javascript import newer_names, newer_than, tokens
from .pages import ROOT

THEME = ROOT / "scripts/site/theme"
WORKERS = {"worker.js", "worker-end.js"}
CSS = (ROOT / "docs/assets/hub.css").read_text(encoding="utf-8")
INLINE = re.compile(r"<script(?![^>]*\bsrc=)([^>]*)>(.*?)</script>", re.S)

# Chrome 51 has these.
KNOWN = {
    "align-items", "background", "background-color", "border", "border-bottom", "border-bottom-color",
    "border-bottom-width", "border-collapse", "border-color", "border-left", "border-left-color", "border-left-style",
    "border-radius", "border-right", "border-top", "border-width", "bottom", "box-shadow", "box-sizing", "break-after", "break-inside",
    "clear", "color", "content", "cursor", "display", "fill", "flex", "flex-basis", "flex-wrap", "float", "font",
    "font-family", "font-size", "font-style", "font-weight", "height", "left", "line-height", "list-style", "margin",
    "margin-bottom", "margin-left", "margin-right", "margin-top", "max-height", "max-width", "min-height",
    "min-width", "outline", "outline-offset", "overflow", "overflow-wrap", "overflow-x", "padding", "padding-bottom",
    "padding-left", "padding-right", "padding-top", "paint-order", "pointer-events", "position", "right", "stroke",
    "stroke-width", "text-align", "text-decoration", "top", "vertical-align", "white-space", "width", "word-break",
    "z-index", "-webkit-text-size-adjust",
}  # fmt: skip
# These came later; without them a page is as it says here.
LATER = {
    "accent-color": "a box to tick is blue",
    "block-size": "closed boxes are printed closed",
    "contain-intrinsic-size": "goes with content-visibility",
    "content-visibility": "the long list is laid out at once",
    "font-variant-numeric": "digits are as wide as they are",
    "gap": "neighbours touch; their own size stays",
    "grid-template-columns": "one column",
    "scroll-margin-top": "what a link leads to stands at the very top",
    "scroll-padding-top": "what a link leads to stands at the very top",
    "text-underline-offset": "the line under a link is nearer",
    "text-wrap": "headings break where they break",
}
# display: grid is a block then; sticky stays where it is. Both only where one column reads as well.
LATER_VALUES = {("display", "grid"), ("position", "sticky"), ("overflow-wrap", "anywhere"), ("align-items", "end")}
GRIDS = {".cards", ".counts", "dl"}
FUNCTIONS = {"var": 49, "attr": 1, "repeating-linear-gradient": 26, "linear-gradient": 26, "calc": 26, "url": 1, "rgba": 1,
             "minmax": 57, "repeat": 57}  # fmt: skip
SELECTORS = {"before", "after", "root", "first-child", "last-child", "nth-child", "not", "hover", "focus", "checked", "target",
             "disabled", "empty", "-webkit-details-marker"}  # fmt: skip
# A rule with such a selector is dropped whole: the browser's own ring stays, what is closed is printed closed.
LATER_SELECTORS = {"focus-visible", "focus-within", "details-content"}
MEDIA = {"min-width", "max-width", "print", "prefers-color-scheme"}  # the last is no dark colours


@pytest.fixture(scope="module")
def inline(built_site) -> dict[str, str]:
    """Each different script that stands in a page, and one page it stands in."""
    found = {}
    for page in sorted(built_site.rglob("*.html")):
        for kind, text in INLINE.findall(page.read_text(encoding="utf-8")):
            assert "module" not in kind
            found.setdefault(text, str(page.relative_to(built_site)))
    return {page: text for text, page in found.items()}


def test_every_script_in_a_page_is_es5(inline):
    assert len(inline) >= 4
    for page, text in inline.items():
        assert newer_than(5, text) == [], page


def test_every_script_of_the_theme_is_what_it_is_for(built_site):
    files = [*THEME.glob("*.js"), *built_site.glob("offline/*.js"), built_site / "sw.js"]
    assert len(files) > 9
    for file in files:
        text = file.read_text(encoding="utf-8")
        is_worker = file.name in WORKERS or file.name.startswith(("worker.", "sw."))
        assert newer_than(2015 if is_worker else 5, text) == [], file.name
        assert newer_names(text) == [], file.name


@pytest.mark.parametrize(
    "script",
    [
        "let a = 1", "const a = 1", "x(a => a)", "class A {}", "`a`", "f(...a)", "var {a} = b", "[a, b] = [b, a]",
        "x = {a, b: 1}", "x = {f() {}}", "x = {[a]: 1}", "function f(a = 1) {}", "function f([a]) {}", "a?.b", "a ?? b",
        "a ** 2", "x = 0b11", "x = 1_000", "x = 10n", "f(a,)", "try {} catch {}", "for (var a of b) {}",
        "async function f() {}", "/a/u.test(b)", "/(?<a>b)/", "'\\u{1F600}'", "return /(?<!a)b/", "import a from 'b'",
    ],
)  # fmt: skip
def test_what_es5_does_not_have_is_found(script):
    assert newer_than(5, script)


@pytest.mark.parametrize(
    "script",
    [
        "a.async = b.of; x = {let: 1, class: 2}", "x = 'let a => `b` ...' // const", "/* class A {} */ x = /let=>`/g",
        "if (a) { b() } else c = a / b / 2", "x = {a: 1, b: function (c) { return c }}", "function f(a, b) { var c = [1, 2] }",
        "p['catch'](function () {})", "p.catch(function (e) {})", "try { a() } catch (e) { b() }", "a = b ? .5 : c",
        'x = "\\\\u{}"', "x = a[b] = c", "for (var k in o) if (o[k] === 1) n++", "x = /[/]\\//.test(y)", "label: while (a) { b++ }",
        "switch (a) { case 1: b(); }", "x = new RegExp(a + '$')", "y = (a, b)",
    ],
)  # fmt: skip
def test_what_es5_has_is_let_through(script):
    assert newer_than(5, script) == []


@pytest.mark.parametrize(
    "script",
    ["async () => 1", "a ** 2", "a?.b", "x = {...a}", "f(a,)", "try {} catch {}", "class A {}", "/a/s", "1_0", "import('a')",
     "a ||= b", "this.#a"],
)  # fmt: skip
def test_what_es2015_does_not_have_is_found(script):
    assert newer_than(2015, script)


def test_what_es2015_has_is_let_through():
    script = "const f = (a, ...b) => [...a, `c`], {d} = {e: 1, f}; let g = x => ({x}); for (const h of b) f(h)"
    assert newer_than(2015, script) == []
    assert newer_names("Array.from(a).includes(b); hit.at = 1") == []
    assert len(newer_names("Object.entries(a); p.finally(b); s.at(-1); new AbortController()")) == 4


def test_a_string_that_does_not_end_is_said():
    with pytest.raises(ValueError, match="line 2"):
        tokens("a = 1\nb = 'c")


def rules(css: str, media: str = ""):
    """(selector as text, declarations, media) of each rule, those within @media too."""
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        prelude = tinycss2.serialize(rule.prelude).strip()
        if rule.type == "at-rule":
            assert rule.lower_at_keyword == "media", f"@{rule.lower_at_keyword}"
            yield from rules(tinycss2.serialize(rule.content), prelude)
        else:
            yield prelude, tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True), media


def functions(tokens_) -> list:
    """Every function in a value, at any depth."""
    return [f for each in tokens_ if each.type == "function" for f in [each, *functions(each.arguments)]]


def unknown(css: str) -> list[str]:
    """What Chrome 51 does not read and no table above says what becomes of."""
    found = []
    for selector, declarations, media in rules(css):
        found += [f"@media {media}" for each in re.findall(r"[a-z][a-z-]*(?=:|\)|$)", media.split(":")[0]) if each not in MEDIA]
        named = set(re.findall(r":{1,2}([a-z-]+)", selector))
        if named & LATER_SELECTORS:
            # A list of selectors is dropped with the one that is not known.
            found += [f"{selector}: among others"] if "," in selector else []
            continue
        found += [f"{selector}: :{each}" for each in named - SELECTORS]
        for each in (one for one in declarations if one.type == "declaration"):
            found += [f"{selector}: {fault}" for fault in _in(selector, each)]
    return found


def _in(selector: str, declaration) -> list[str]:
    name, value = declaration.lower_name, tinycss2.serialize(declaration.value).strip()
    found = [] if name in KNOWN or name in LATER or name.startswith("--") else [name]
    if (name, value) == ("display", "grid") and selector not in GRIDS:
        found.append("a grid")
    for each in functions(declaration.value):
        if each.lower_name not in FUNCTIONS:
            found.append(f"{each.lower_name}()")
        stops = tinycss2.serialize(each.arguments).split(",") if "gradient" in each.lower_name else []
        found += [f"two places in {stop.strip()}" for stop in stops if len(re.findall(r"(?<![\w#])\d+(?:px)?(?![\w])", stop)) > 1]
    return found


def test_the_stylesheet_loses_nothing_but_looks():
    assert unknown(CSS) == []


@pytest.mark.parametrize(
    "css",
    ["a{inset:0}", "a:is(b){color:red}", "a{width:min(1px,2px)}", "a,b:focus-visible{color:red}", "@container (a){b{c:d}}",
     "form{display:grid}", "@media (hover:hover){a{color:red}}", "a{background:linear-gradient(red 0 6px,blue 6px)}",
     "a:has(b){color:red}", "a{aspect-ratio:1}"],
)  # fmt: skip
def test_what_chrome_51_does_not_read_is_found(css):
    try:
        assert unknown(css)
    except AssertionError as at_rule:
        assert "@container" in str(at_rule)
