"""The public door: what is sent is stored or the sender is told, in their language, what to do."""

import json
import logging
import re
import sqlite3
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from forms_api.app import create_app
from forms_api.door.door import MOST_BYTES

from . import cast


@pytest.fixture
def stored(app, opener):
    """All requests that are in the database, opened by an officer's key."""
    cases = app.state.hub.cases
    return lambda: [cases.opened(row, opener) for row in cases.find()]


@pytest.fixture
def fault(stored, settings):
    """The database is taken away from under the running server; ``fault()`` puts it back."""
    path = Path(settings.store_url.removeprefix("sqlite:///"))
    away = path.rename(path.with_suffix(".away"))
    return lambda: away.rename(path)


def send(client, form="help", **changed):
    return client.post(f"/forms/{form}", data=cast.help_request(**changed))


def test_it_works(siti, stored):
    sent = send(siti)
    assert sent.status_code == 303
    receipt = siti.get(sent.headers["location"])
    assert receipt.status_code == 200
    assert "Kode penerimaan" in receipt.text
    assert "26 November 2026" in receipt.text
    assert [row["story"] for row in stored()] == [cast.STORY]


def test_the_code_on_the_receipt_opens_the_request(siti):
    sent = send(siti)
    shown = siti.get(sent.headers["location"]).text
    code = shown.split('class="code"')[1].split(">")[1].split("<")[0]
    answer = siti.post("/follow-up", data={"code": code, "language": "id"})
    assert answer.status_code == 303
    opened = siti.get(answer.headers["location"])
    assert "Permintaan Anda tersimpan" in opened.text
    assert cast.STORY not in opened.text


def test_the_code_is_in_no_address_and_its_cookie_is_short_and_closed(siti):
    sent = send(siti)
    cookie = sent.headers["set-cookie"].lower()
    shown = siti.get(sent.headers["location"])
    code = re.search(r'class="code"[^>]*>([\d ]+)<', shown.text)[1].replace(" ", "")
    for part in (sent.headers["location"], str(shown.url), cookie):
        assert code not in part
    for part in ("httponly", "samesite=strict", "path=/forms/receipt", "max-age=600"):
        assert part in cookie


def test_without_the_cookie_no_code_is_shown(siti):
    page = siti.get("/forms/receipt?lang=en")
    assert page.status_code == 200
    assert "not shown twice" in page.text


def test_danger_brings_the_numbers_to_call_on_the_receipt(siti):
    sent = send(siti, danger="yes")
    assert 'href="tel:110"' in siti.get(sent.headers["location"]).text


@pytest.mark.parametrize(
    ("language", "words"), [("id", "Ada yang perlu dibetulkan"), ("en", "Something needs correcting")]
)
def test_faults_come_back_in_the_senders_language_with_everything_kept(siti, stored, language, words):
    page = send(siti, topic=None, phone="belum ada", language=language)
    assert page.status_code == 422
    assert words in page.text
    assert cast.STORY in page.text
    assert "belum ada" in page.text
    assert 'href="#f-topic"' in page.text
    assert 'id="f-topic"' in page.text
    assert 'id="f-phone-fault"' in page.text
    assert f'<html lang="{language}">' in page.text
    assert stored() == []


def test_what_was_typed_comes_back_escaped(siti):
    page = send(siti, topic=None, story='<script>alert("x")</script>', name='"><b>')
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;" in page.text


@pytest.mark.parametrize(
    ("content", "kind", "status", "words"),
    [
        (b"story=%ff%fe&danger=no", "application/x-www-form-urlencoded", 400, "tidak terbaca"),
        (b"story=\xff\xfe", "application/x-www-form-urlencoded", 400, "tidak terbaca"),
        (b"&".join(b"a%d=1" % n for n in range(300)), "application/x-www-form-urlencoded", 400, "terlalu banyak"),
        (b"story=" + b"x" * MOST_BYTES, "application/x-www-form-urlencoded", 413, "terlalu besar"),
        (b"story=x", "text/plain", 415, "application/x-www-form-urlencoded"),
        (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x", 415, "application/x-www-form-urlencoded"),
        (b"", "application/x-www-form-urlencoded", 422, "Pilih Ya atau Tidak"),
    ],
)
def test_a_body_that_cannot_be_used_is_refused_with_a_sentence(siti, stored, content, kind, status, words):
    answer = siti.post("/forms/help", content=content, headers={"content-type": kind})
    assert answer.status_code == status
    assert words in answer.text
    assert stored() == []


@pytest.mark.parametrize("content", [b"{", b"[]", b"12", b'"a"', b"[" * 60_000, b"null"])
def test_json_that_is_no_object_is_refused_as_json(siti, content):
    answer = siti.post("/forms/help", content=content, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["ok"] is False
    assert answer.json()["error"]


def test_a_body_without_a_length_is_stopped_while_it_arrives(siti):
    taken = []

    def chunks():
        for _ in range(1000):
            taken.append(1)
            yield b"x" * 1024

    answer = siti.post("/forms/help", content=chunks(), headers={"content-type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 413


def test_a_form_that_does_not_exist_is_404_in_words(siti):
    for answer in (siti.post("/forms/lottery", data={"a": "b"}), siti.get("/forms/lottery")):
        assert answer.status_code == 404
        assert "Formulir ini tidak ada" in answer.text


def test_an_unknown_field_is_named(siti, stored):
    page = siti.post("/forms/help", data=cast.help_request() | {"nik": "1606"})
    assert page.status_code == 422
    assert "«nik»" in page.text
    assert stored() == []


def test_a_program_sends_and_gets_json(siti, app):
    answer = siti.post("/forms/help", json=cast.help_request(consent=True))
    assert answer.status_code == 201
    told = answer.json()
    assert told["ok"] is True
    assert len(told["receipt"]) == 16
    assert (told["received_on"], told["answer_by"]) == ("2026-11-23", "2026-11-26")
    assert app.state.hub.cases.by_receipt(told["receipt"])


def test_a_program_gets_every_fault_with_its_field_kind_and_sentence(siti):
    answer = siti.post("/forms/help", json={"language": "en", "danger": "no", "topic": "lottery"})
    assert answer.status_code == 422
    faults = {fault["field"]: fault for fault in answer.json()["faults"]}
    assert faults["topic"]["kind"] == "wrong_choice"
    assert faults["story"]["message"].startswith("Write one sentence")


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.test"},
        {"origin": "null"},
    ],
)
def test_another_site_cannot_send(siti, stored, headers):
    assert siti.post("/forms/help", data=cast.help_request(), headers=headers).status_code == 403
    assert stored() == []


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "same-origin"}, {"origin": "http://hub.test"}, {}])
def test_our_own_page_can_send(siti, headers):
    assert siti.post("/forms/help", data=cast.help_request(), headers=headers).status_code == 303


@pytest.mark.parametrize("kind", ["form", "json"])
def test_when_the_store_fails_nobody_is_told_received_and_the_text_is_kept(siti, fault, stored, kind):
    if kind == "json":
        answer = siti.post("/forms/help", json=cast.help_request())
        assert answer.json()["ok"] is False
    else:
        answer = siti.post("/forms/help", data=cast.help_request())
        assert cast.STORY in answer.text
        assert "BELUM tersimpan" in answer.text
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    fault()
    assert stored() == []


def test_what_was_not_stored_is_stored_once_when_it_is_sent_again_from_the_page_that_kept_it(siti, fault, stored):
    page = siti.post("/forms/help", data=cast.help_request())
    token = re.search(r'name="token" value="([0-9a-f]{32})"', page.text)[1]
    fault()
    for _ in range(2):
        assert siti.post("/forms/help", data=cast.help_request(token=token)).status_code == 303
    assert [row["story"] for row in stored()] == [cast.STORY]


@pytest.mark.parametrize("kind", ["form", "json"])
def test_a_hub_without_a_team_key_stores_nothing_and_says_so(not_set_up, clock, kind):
    app = create_app(not_set_up, clock)
    siti = TestClient(app, base_url="http://hub.test", follow_redirects=False)
    answer = siti.post("/forms/help", **{"data" if kind == "form" else "json": cast.help_request()})
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert "BELUM tersimpan" in answer.text
    assert (cast.STORY in answer.text) == (kind == "form")
    assert list(app.state.hub.cases.find()) == []


def test_a_link_can_begin_a_form(siti):
    page = siti.get("/forms/mistake?page=guides/before/costs/&lang=en")
    assert page.status_code == 200
    assert 'value="guides/before/costs/"' in page.text


def test_a_form_asked_for_plainly_is_the_static_page(siti):
    assert siti.get("/forms/help?lang=en").headers["location"] == "/en/forms/help/"


@pytest.mark.parametrize(
    ("code", "words"), [("1234", "kurang atau salah"), ("0000 0000 0000 0000", "Tidak ada permintaan")]
)
def test_a_wrong_code_says_what_to_do_and_stays_typed(siti, code, words):
    page = siti.post("/follow-up", data={"code": code, "language": "id"})
    assert page.status_code == 422
    assert words in page.text
    assert code in page.text


@pytest.mark.parametrize("path", ["/forms/help?page=x", "/forms/receipt", "/follow-up", "/desk/sign-in"])
def test_nothing_the_api_answers_is_kept_by_a_cache(siti, path):
    assert siti.get(path).headers["cache-control"] == "no-store"


def test_no_answer_is_ever_in_a_log(siti, app, monkeypatch, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    send(siti)
    send(siti, topic=None)
    monkeypatch.setattr(app.state.hub.cases, "receive", lambda *_: 1 / 0)
    broken = send(client_that_sees_errors(app))
    assert broken.status_code == 500
    assert "Ada kesalahan di tempat kami" in broken.text
    written = caplog.text + "".join(capfd.readouterr())
    assert "ZeroDivisionError" in written
    for private in (cast.STORY, "+60 12-345 6789", "+60123456789", "Siti", "jam 8 malam"):
        assert private not in written


def client_that_sees_errors(app):
    return TestClient(app, base_url="http://hub.test", raise_server_exceptions=False, follow_redirects=False)


def test_the_server_itself_prints_no_traceback_either(app, monkeypatch, caplog):
    """Values are in an exception's text, and a server prints every exception that reaches it."""
    from urllib.error import HTTPError
    from urllib.parse import urlencode
    from urllib.request import urlopen

    from .browsers import Running

    def break_on(form, values, *_):
        raise ValueError(values["story"])

    monkeypatch.setattr(app.state.hub.cases, "receive", break_on)
    running = Running(app)
    try:
        with pytest.raises(HTTPError) as broken:
            urlopen(f"{running.address}/forms/help", urlencode(cast.help_request()).encode())
    finally:
        running.stop()
    assert broken.value.code == 500
    assert "Ada kesalahan di tempat kami" in broken.value.read().decode()
    assert "ValueError" in caplog.text
    assert cast.STORY not in caplog.text
    assert "Traceback" not in caplog.text


def test_the_answers_are_in_the_database_and_nobody_reads_them_there(siti, settings, app, opener):
    send(siti)
    with sqlite3.connect(settings.store_url.removeprefix("sqlite:///")) as database:
        (dump,) = database.execute("SELECT * FROM help").fetchall()
    for private in (cast.STORY, "+60123456789", "Siti", "employer"):
        assert private not in str(dump)
    row = next(app.state.hub.cases.find())
    assert row["sealed"] in dump
    assert app.state.hub.cases.opened(row, opener)["story"] == cast.STORY


def test_unicode_comes_back_unchanged(siti, stored):
    story = "Ñandú 🛟 «tolong» ١٢٣ ‮abc‬ naïve\nbaris dua"
    send(siti, story=story)
    assert stored()[0]["story"] == story


def test_openapi_names_every_form(siti, forms):
    described = json.loads(siti.get("/forms/openapi.json").text)
    assert set(described["paths"]) == {f"/forms/{name}" for name in forms}
