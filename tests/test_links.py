"""What the look over a built site finds. Each sample is a small site with one fault."""

import pytest

from scripts.checks.links import faults

PAGE = '<!doctype html><html lang="{lang}"><head><title>x</title></head><body><h1>Judul</h1>{body}</body></html>'


@pytest.fixture
def site(tmp_path):
    """A site of a front page and one page in each language, and a way to put something into a page."""

    def write(body="", path="index.html", lang="id"):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(PAGE.format(lang=lang, body=body), encoding="utf-8")
        return tmp_path

    write(path="guides/index.html", body='<h2 id="part">Bagian</h2>')
    write(path="en/index.html", lang="en")
    write()
    return write


def whats(site_dir):
    return [f"{kind}: {what}" for _, kind, what in faults(site_dir)]


@pytest.mark.parametrize(
    "body",
    [
        '<a href="guides/">a</a><a href="guides/#part">b</a><a href="/guides/#part">c</a><a href="en/">d</a>',
        '<a href="tel:110">110</a><a href="https://kemlu.example/">e</a><a href="mailto:a@b.example">f</a>',
        '<a href="/forms/mistake?page=/&lang=id">g</a><a href="/follow-up?lang=id">h</a><a href="/forms/leave">j</a>',
        '<h2 id="here">x</h2><a href="#here">i</a><img src="data:image/gif;base64,R0" alt="">',
    ],
)
def test_good_links_are_left_alone(site, body):
    assert whats(site(body)) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<a href="guide/">a</a>', "nowhere: guide/"),
        ('<a href="/nowhere">a</a>', "nowhere: /nowhere"),
        ('<a href="guides/#gone">a</a>', "no-place: guides/#gone"),
        ('<a href="#gone">a</a>', "no-place: #gone"),
        ('<p id="a"></p><p id="a"></p>', "id-twice: a"),
        ("<h1>Lagi</h1>", "h1: 2"),
        ('<img src="guides/index.html">', "alt: guides/index.html"),
        ('<script src="https://cdn.example/x.js"></script>', "elsewhere: https://cdn.example/x.js"),
        ('<link rel="stylesheet" href="//cdn.example/x.css">', "elsewhere: //cdn.example/x.css"),
        ('<link rel="stylesheet" href="assets/gone.css">', "nowhere: assets/gone.css"),
        ('<p style="color:red">x</p>', "attribute: style on <p>"),
        ('<p onclick="x()">x</p>', "attribute: onclick on <p>"),
        ('<a href="guides/">Klik di sini</a>', "vague: Klik di sini"),
        ('<a class="x" href="en/">information</a>', "vague: information"),
        ('<a href="/follow-up">a</a>', "unsaid: /follow-up"),
        ('<a href="/follow-up?lang=en">a</a>', "unsaid: /follow-up?lang=en"),
        ('<a href="/forms/mistake?page=/">a</a>', "unsaid: /forms/mistake?page=/"),
    ],
)
def test_each_fault_is_named(site, body, fault):
    assert whats(site(body)) == [fault]


def test_the_language_must_be_that_of_the_folder(site):
    assert faults(site(path="en/index.html", lang="id")) == [("en/index.html", "language", "id")]


def test_addresses_for_search_engines_may_be_absolute(site):
    assert (
        whats(
            site(
                '<link rel="canonical" href="https://hub.example/"><link rel="alternate" href="https://hub.example/en/">'
            )
        )
        == []
    )
