"""What the two-language plugin, the theme and the generator get wrong by themselves, each held shut by a test.

Others stand where they belong: a page without its English half, a section of the menu without an English name
(test_build.py), the address of the other language (test_site.py), boxes without a title (test_check.py).
"""

import re
import struct
from urllib.parse import urljoin

import pytest
import yaml

from scripts.checks.links import read
from scripts.site.stand_ins import KINDS
from scripts.site.tags import tags

from .pages import ROOT, tables
from .test_build import change, hub, stopped  # noqa: F401 - hub is a fixture

ADDRESS = "https://desa-migran-emas.example/"
OWN_WAY = ("404.html", "editors/index.html")  # no address of their own, in no map


@pytest.fixture(scope="module")
def pages(built_site):
    """Every page of the real site by its path, as text."""
    found = {path.relative_to(built_site).as_posix(): path for path in built_site.rglob("*.html")}
    return {name: path.read_text(encoding="utf-8") for name, path in found.items() if name.removesuffix(".html") not in KINDS}


@pytest.fixture(scope="module")
def found(pages):
    """The pages that search engines may find."""
    return {name: html for name, html in pages.items() if "noindex" not in html}


def links(html, kind):
    return [each for tag, each in tags(html) if tag == "link" and each.get("rel") == kind]


def test_a_name_that_looks_like_a_language_stops_the_build(hub):  # noqa: F811
    """lap.kb.md is taken for a page in the language kb, and left out without a word."""
    (hub / "docs/guides/lap.kb.md").write_text("---\ndescription: x\n---\n# Lap\n", encoding="utf-8")
    assert "docs/guides/lap.kb.md" in stopped(hub)


def test_a_page_in_english_only_stops_the_build(hub):  # noqa: F811
    (hub / "docs/guides/family/only.en.md").write_text("---\ndescription: x\n---\n# Only\n", encoding="utf-8")
    assert "only.en.md" in stopped(hub)


def test_every_page_names_itself_and_its_twin_by_absolute_addresses_that_exist(found):
    """The plugin's own hreflang addresses are relative, which search engines do not take."""
    for name, html in found.items():
        own = urljoin(ADDRESS, name.removesuffix("index.html"))
        assert [each["href"] for each in links(html, "canonical")] == [own], name
        twins = {each["hreflang"]: each["href"] for each in links(html, "alternate")}
        assert set(twins) == {"id", "en", "x-default"}, name
        assert twins["x-default"] == twins["id"]
        assert own == twins["en" if name.startswith("en/") else "id"], name
        for address in twins.values():
            assert address.removeprefix(ADDRESS) + "index.html" in found, name


def test_twins_name_each_other(found):
    def twins(html):
        return {each["hreflang"]: each["href"] for each in links(html, "alternate")}

    for name, html in found.items():
        other = "en/" + name if not name.startswith("en/") else name.removeprefix("en/")
        assert twins(found[other]) == twins(html), name


def test_every_page_says_in_which_language_it_is(built_site, pages):
    for name in pages:
        assert read(built_site / name).language == ("en" if name.startswith("en/") else "id"), name


def test_every_page_that_can_be_found_has_a_description_of_its_own(found):
    said = {}
    for name, html in found.items():
        texts = [each["content"] for tag, each in tags(html) if tag == "meta" and each.get("name") == "description"]
        assert len(texts) == 1 and texts[0], name
        said.setdefault(texts[0], []).append(name)
    assert {text: names for text, names in said.items() if len(names) > 1} == {}


@pytest.mark.parametrize(("name", "words", "not_words"), [
    ("404.html", "Halaman tidak ditemukan", None), ("en/404.html", "Page not found", "Halaman tidak ditemukan"),
])  # fmt: skip
def test_the_page_for_what_is_missing_is_in_its_folder_s_language(built_site, pages, name, words, not_words):
    """The generator writes one, in the language that was built last."""
    html = pages[name]
    assert re.search(r"<h1>([^<]+)</h1>", html)[1] == words
    assert not_words is None or not_words not in html
    found = read(built_site / name)
    assert all(each.startswith(("/", "#", "data:")) for each in [*found.links, *found.sources]), "shown at any depth"
    assert "noindex" in html


def test_english_in_the_indonesian_page_for_what_is_missing_says_that_it_is_english(pages):
    assert '<section lang="en"><h2>Page not found</h2>' in pages["404.html"]


def test_the_map_for_search_engines_holds_what_can_be_found_and_nothing_else(built_site, found):
    text = (built_site / "sitemap.xml").read_text(encoding="utf-8")
    entries = dict(re.findall(r"<url><loc>([^<]+)</loc>(.*?)</url>", text))
    assert set(entries) == {urljoin(ADDRESS, name.removesuffix("index.html")) for name in found}
    for address, twins in entries.items():
        html = found[address.removeprefix(ADDRESS) + "index.html"]
        wanted = [(each["hreflang"], each["href"]) for each in links(html, "alternate")]
        assert re.findall(r'hreflang="([^"]+)" href="([^"]+)"', twins) == wanted
    assert "lastmod" not in text, "the day of the build is not the day of a change"


def test_the_editors_pages_are_in_no_map(built_site, pages):
    assert "editors/" not in (built_site / "sitemap.xml").read_text(encoding="utf-8")
    for name in OWN_WAY:
        for folder in ("", "en/"):
            assert "noindex" in pages[folder + name]
            assert links(pages[folder + name], "canonical") == []


def test_no_index_of_the_generator_s_search_is_built(built_site):
    """It knows no Indonesian, puts both languages into one file, and is fetched on every first visit."""
    plugins = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["plugins"]
    assert [next(iter(each)) for each in plugins] == ["i18n"]
    assert not list(built_site.rglob("search_index.json"))
    assert not list(built_site.rglob("*lunr*"))


def test_pages_made_from_rows_are_there_in_both_languages(pages):
    """Files that a hook makes are dropped or crash the plugin."""
    for village in tables().rows("villages"):
        for folder in ("", "en/"):
            assert f"{folder}villages/{village['id']}/index.html" in pages


def test_no_page_asks_for_a_map_that_is_not_there(pages):
    """The theme's script asks for <page>/sitemap.xml twice a view."""
    assert not [name for name, html in pages.items() if re.search(r"assets/javascripts|__config|__search", html)]


# What others show of a page that somebody sends on


def shared(html):
    return {each["property"]: each["content"] for tag, each in tags(html) if tag == "meta" and "property" in each}


def test_a_page_that_is_sent_on_says_what_it_is_in_its_language(found):
    for name, html in found.items():
        said = shared(html)
        # what can be left at once has a neutral title in the tab and the history
        named = "<h1[^>]*>(.+?)</h1>" if 'id="leave"' in html else "<title>([^<]+)"
        assert said["og:title"] and said["og:title"] in re.search(named, html)[1].replace("&amp;", "&"), name
        description = next(each["content"] for tag, each in tags(html) if each.get("name") == "description")
        assert said["og:description"] == description
        assert said["og:url"] == links(html, "canonical")[0]["href"]
        assert said["og:locale"] == ("en_GB" if name.startswith("en/") else "id_ID")
        assert said["og:image"] == ADDRESS + "assets/og.png"


def test_the_picture_is_as_large_as_the_pages_say_and_light(built_site, pages):
    data = (built_site / "assets" / "og.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    said = shared(pages["index.html"])
    assert struct.unpack(">II", data[16:24]) == (int(said["og:image:width"]), int(said["og:image:height"])) == (1200, 630)
    assert said["og:image:alt"]
    assert len(data) < 40_000


# Pictures in pages: there are none. Whoever adds the first one finds this.


def picture_faults(html):
    """What is wrong with the pictures of a page."""
    for tag, each in tags(html):
        if tag == "img":
            ending = each.get("src", "").partition("?")[0].rpartition(".")[2]
            if ending not in ("avif", "webp", "svg"):
                yield f"{each.get('src')}: save it as AVIF or WebP"
            if not (each.get("width", "").isdigit() and each.get("height", "").isdigit()):
                yield f"{each.get('src')}: write its width and height, so that the page does not jump"
            if each.get("loading") != "lazy":
                yield f'{each.get("src")}: write loading="lazy", so that only who scrolls there pays for it'


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ('<img src="a.webp" alt="" width="320" height="200" loading="lazy">', 0),
        ('<img src="a.jpg" alt="" width="320" height="200" loading="lazy">', 1),
        ('<img src="a.avif" alt="" loading="lazy">', 1),
        ('<img src="a.png" alt="">', 3),
    ],
)
def test_a_picture_must_be_small_measured_and_fetched_late(html, count):
    assert len(list(picture_faults(html))) == count


def test_the_pictures_of_the_real_site_are(pages):
    assert {name: list(picture_faults(html)) for name, html in pages.items() if [*picture_faults(html)]} == {}


def test_no_heavy_picture_lies_in_the_folder_of_the_pages():
    heavy = {path.name for path in (ROOT / "docs").rglob("*") if path.suffix.lower() in (".png", ".jpg", ".jpeg", ".gif", ".bmp")}
    assert heavy == {"og.png"}, "AVIF or WebP; og.png is what other programs show, and they read nothing newer"
