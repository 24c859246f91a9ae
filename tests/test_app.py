"""The application as a whole: safe headers on every answer, words for every error."""

import asyncio
import re

import pytest

from forms_api.pages.headers import HEADERS
from forms_api.pages.inline import WAY_POLICY, WAY_SCRIPTS, hash_of


@pytest.mark.parametrize("path", ["/forms/help?page=x", "/follow-up", "/desk/", "/desk/sign-in", "/no/such/page"])
def test_every_answer_has_the_safe_headers(siti, path):
    answer = siti.get(path)
    way = {"Content-Security-Policy": WAY_POLICY} if path == "/follow-up" else {}
    for name, value in (HEADERS | way).items():
        assert answer.headers[name] == value


def test_the_pages_that_can_be_left_allow_their_own_scripts_by_hash_and_nothing_more():
    assert re.sub(r" 'sha256-[^']+'", "", WAY_POLICY) == HEADERS["Content-Security-Policy"]
    assert set(re.findall(r"'sha256-[^']+'", WAY_POLICY)) == {hash_of(each) for each in WAY_SCRIPTS}


def test_no_script_style_or_frame_from_elsewhere_is_allowed(siti):
    policy = siti.get("/follow-up").headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    ("path", "words"), [("/no/such/page", "Halaman ini tidak ada"), ("/desk/nothing", "Halaman ini tidak ada")]
)
def test_what_is_not_there_says_so_in_words(siti, path, words):
    answer = siti.get(path)
    assert answer.status_code == 404
    assert words in answer.text


def test_a_method_that_is_not_taken_says_so(siti):
    answer = siti.put("/forms/help")
    assert answer.status_code == 405
    assert "tidak menerima" in answer.text


def test_a_sender_who_hangs_up_in_the_middle_is_no_error_of_ours(app, caplog):
    scope = {"type": "http", "method": "POST", "path": "/forms/help", "query_string": b"", "headers": [
        (b"content-type", b"application/x-www-form-urlencoded"), (b"content-length", b"1000"), (b"host", b"hub.test")]}  # fmt: skip
    arrives, sent = [{"type": "http.request", "body": b"story=Paspor", "more_body": True}, {"type": "http.disconnect"}], []

    async def receive():
        return arrives.pop(0)

    async def send(message):
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    assert sent == []
    assert caplog.records == []


def test_the_site_is_served_beside_the_forms(whole_hub):
    from starlette.testclient import TestClient

    client = TestClient(whole_hub, base_url="http://hub.test", follow_redirects=False)
    assert client.get("/").status_code == 200
    assert client.get("/en/").status_code == 200
    assert '<form class="form"' in client.get("/forms/help/").text
    missing = client.get("/no/such/page/")
    assert missing.status_code == 404
