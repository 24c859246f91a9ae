"""The opening tags of a page, as the library's own parser reads them."""

from html.parser import HTMLParser

import pytest

from scripts.site.tags import inside, tags


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def library(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.found


@pytest.mark.parametrize(
    "html",
    [
        "<p id=\"a\" class='b'>x</p><br><hr/>",
        '<a href="?a=1&amp;b=2" title="a > b">x</a>',
        "<input disabled value=1><IMG SRC=x.png ALT>",
        '<!-- <p id="no"> --><p>yes</p>',
        "<script>if (a<b) document.write('<p id=\"no\">')</script><style>a>b{}</style><p>",
        '<script src="x.js" defer></script><svg viewBox="0 0 1 1"><path d="M0 0"/></svg>',
        "<p>3 < 4 and 5 > 4</p>",
        '<p data-x="">a</p>',
    ],
)
def test_tags_are_read_as_the_library_reads_them(html):
    assert [(name, {key.lower(): value for key, value in given.items()}) for name, given in tags(html)] == library(html)


def test_every_page_of_the_site_is_read_as_the_library_reads_it(built_site):
    pages = list(built_site.rglob("*.html"))
    assert len(pages) > 100
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert list(tags(text)) == library(text), page


def test_scripts_and_styles_of_the_page_itself_are_given_and_no_others():
    html = "<script>a<b</script><script src='x.js'></script><p><STYLE media=print>p{}</STYLE><script defer>\né</script>"
    assert list(inside(html)) == [("script", "a<b"), ("style", "p{}"), ("script", "\né")]
