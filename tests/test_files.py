"""The built site over HTTP: packed when the browser reads that, asked for again, missing pages in one's language."""

import gzip
import os
from dataclasses import replace

import brotli
import pytest
from starlette.testclient import TestClient

from forms_api.app import create_app
from forms_api.public.files import accepted, content_type

PAGE = "<h1>Halaman</h1>" * 50


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    (folder / "en").mkdir(parents=True)
    for name, text in (("index.html", PAGE), ("404.html", "tidak ada"), ("en/404.html", "nothing"), ("sw.js", "1")):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "pack.0123abcd.json").write_text("{}", encoding="utf-8")
    (folder / "index.html.br").write_bytes(brotli.compress(PAGE.encode()))
    (folder / "index.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    return folder


@pytest.fixture
def browser(settings, clock, site):
    client = TestClient(create_app(replace(settings, site_dir=site, serve_site=True), clock))
    client.headers["accept-encoding"] = ""
    return client


@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        ("gzip, deflate, br", "br"), ("br;q=0.1, gzip", "br"), ("br;q=0, gzip", "gzip"), ("gzip;q=0.0, br;q=0", None),
        ("identity", None), ("", None), ("BR", "br"),
    ],
)  # fmt: skip
def test_the_smallest_copy_that_the_browser_reads_is_sent(browser, site, asked, sent):
    with browser.stream("GET", "/", headers={"accept-encoding": asked}) as answer:
        assert answer.headers.get("content-encoding") == sent
        body = b"".join(answer.iter_raw())
    ending = {"br": ".br", "gzip": ".gz", None: ""}[sent]
    assert body == (site / f"index.html{ending}").read_bytes()
    assert answer.headers["content-length"] == str(len(body))
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["vary"] == "Accept-Encoding"


def test_a_copy_from_an_earlier_text_is_not_sent(browser, site):
    later = (site / "index.html.br").stat().st_mtime + 10
    os.utime(site / "index.html", (later, later))
    answer = browser.get("/", headers={"accept-encoding": "br"})
    assert "content-encoding" not in answer.headers
    assert answer.text == PAGE


def test_what_the_browser_has_already_is_not_sent_again(browser, site):
    first = browser.get("/", headers={"accept-encoding": "br"})
    again = {"accept-encoding": "br", "if-none-match": first.headers["etag"]}
    assert browser.get("/", headers=again).status_code == 304
    assert browser.get("/", headers=again).content == b""
    # The same page packed in another way is another file.
    assert browser.get("/", headers={"accept-encoding": "gzip", "if-none-match": first.headers["etag"]}).status_code == 200
    os.utime(site / "index.html.br", (2_000_000_000, 2_000_000_000))
    assert browser.get("/", headers=again).status_code == 200


def test_only_a_name_that_changes_with_its_text_is_kept_without_asking(browser):
    assert "immutable" in browser.get("/pack.0123abcd.json").headers["cache-control"]
    for path in ("/", "/sw.js", "/index.html"):
        assert browser.get(path).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("path", "words"),
    [("/no/such/page/", "tidak ada"), ("/nope.html", "tidak ada"), ("/en/no/such/", "nothing"), ("/english", "tidak ada")],
)
def test_what_is_missing_is_said_in_the_language_of_the_folder(browser, path, words):
    answer = browser.get(path)
    assert (answer.status_code, answer.text) == (404, words)
    assert browser.get(path, headers={"if-none-match": answer.headers["etag"]}).status_code == 404


def test_head_gives_the_same_headers_and_no_body(browser):
    answer = browser.head("/", headers={"accept-encoding": "br"})
    assert (answer.status_code, answer.content, answer.headers["content-encoding"]) == (200, b"", "br")


def test_a_part_can_be_asked_for(browser):
    answer = browser.get("/index.html", headers={"range": "bytes=0-3"})
    assert (answer.status_code, answer.content) == (206, PAGE[:4].encode())


def test_other_methods_are_refused(browser):
    assert browser.post("/index.html").status_code == 405


@pytest.mark.parametrize("path", ["/../pyproject.toml", "/..%2f..%2fetc/passwd", "/en/../../x", "/%00"])
def test_nothing_outside_the_site_is_sent(browser, path):
    assert browser.get(path).status_code == 404


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("a/index.html", "text/html"), ("sw.js", "text/javascript"), ("id.json", "application/json"),
        ("icon.svg", "image/svg+xml"), ("og.png", "image/png"), ("index.html.br", "application/octet-stream"),
        ("index.html.gz", "application/octet-stream"), ("LICENSE", "application/octet-stream"),
    ],
)  # fmt: skip
def test_a_file_says_what_it_is_whatever_the_machine_guesses(name, media):
    assert content_type(name) == media


def test_an_encoding_that_is_refused_is_not_accepted():
    assert accepted("gzip;q=1.0, br; q=0.5, zstd;q=0") == {"gzip", "br"}


def test_the_real_site_goes_out_packed(whole_hub, built_site):
    client = TestClient(whole_hub)
    with client.stream("GET", "/guides/before/costs/", headers={"accept-encoding": "gzip, br"}) as answer:
        sent = b"".join(answer.iter_raw())
    assert sent == (built_site / "guides/before/costs/index.html.br").read_bytes()


def test_a_page_built_anew_while_this_runs_comes_under_its_own_policy(site, settings, clock):
    (site / "csp.txt").write_text("default-src 'none'\n", encoding="utf-8")
    browser = TestClient(create_app(replace(settings, site_dir=site, serve_site=True), clock))
    assert browser.get("/").headers["content-security-policy"] == "default-src 'none'"
    (site / "csp.txt").write_text("default-src 'self'\n", encoding="utf-8")
    assert browser.get("/").headers["content-security-policy"] == "default-src 'self'"
