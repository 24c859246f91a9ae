"""Sent twice is asked once: double taps, lost answers and broken lines give one row and one receipt.

Real connections throughout: sockets that are cut off, a real Chromium with JavaScript and without.
"""

import re
import select
import socket
import sqlite3
import struct
import threading
from contextlib import closing, suppress
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import expect

from forms_api.app import create_app

from . import cast
from .browsers import Running

TOKEN = "0123456789abcdef0123456789abcdef"
KIND = "application/x-www-form-urlencoded"


@pytest.fixture
def server(app):
    running = Running(app)
    yield urlsplit(running.address).netloc
    running.stop()


def rows(app) -> list[dict]:
    return list(app.state.hub.cases.find())


def send(server: str, source: str = "127.0.0.1", **changed) -> str:
    """Send a help request from the address ``source`` and load its receipt. Gives the code."""
    line = HTTPConnection(server, timeout=20, source_address=(source, 0))
    line.request("POST", "/forms/help", urlencode(cast.help_request(**changed)), {"Content-Type": KIND})
    answer = line.getresponse()
    answer.read()
    assert answer.status == 303
    cookie = answer.headers["set-cookie"].split(";")[0]
    line.request("GET", "/forms/receipt", headers={"Cookie": cookie})
    page = line.getresponse().read().decode()
    line.close()
    return re.search(r'class="code"[^>]*>([\d ]+)<', page)[1]


def break_off(server: str, part: float = 1.0, listen: bool = False, **changed) -> None:
    """Send ``part`` of a help request, wait for the first bytes of the answer if ``listen``, and cut the line."""
    body = urlencode(cast.help_request(**changed))
    head = f"POST /forms/help HTTP/1.1\r\nHost: {server}\r\nContent-Type: {KIND}\r\nContent-Length: {len(body)}\r\n\r\n"
    whole = (head + body).encode()
    host, port = server.split(":")
    with socket.create_connection((host, int(port)), timeout=20) as line:
        # a reset instead of an orderly end: what a phone that leaves the network looks like
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        line.sendall(whole[: int(len(whole) * part)])
        if listen:
            assert line.recv(12) == b"HTTP/1.1 303"


@pytest.mark.parametrize("token", [TOKEN, None], ids=["token", "no token"])
def test_a_lost_answer_is_made_good_by_sending_again(server, app, token):
    break_off(server, listen=True, token=token)
    first = send(server, token=token)
    assert send(server, token=token) == first
    assert len(rows(app)) == 1


def test_lines_that_break_anywhere_give_exactly_one_row_each(server, app):
    tries = [(0.3, False), (0.97, False), (1.0, False), (1.0, True)]
    codes = []
    for number in range(40):
        request = {"token": f"{number:032x}", "story": f"Cerita {number}"}
        for part, listen in tries[: number % 5]:
            break_off(server, part, listen, **request)
        codes.append(send(server, **request))
    assert len(set(codes)) == 40
    assert len(rows(app)) == 40


def test_an_edited_answer_under_an_old_token_is_a_new_request(server, app):
    first = send(server, token=TOKEN)
    second = send(server, token=TOKEN, story="Sekarang juga gajinya ditahan.")
    assert first != second
    assert len(rows(app)) == 2
    assert send(server, token=TOKEN) == first


def test_two_people_with_equal_answers_are_two_requests(server, app):
    """Without tokens they are told apart by their addresses, with tokens by these."""
    assert send(server, "127.0.0.1") != send(server, "127.0.0.2")
    assert send(server, token="a" * 32) != send(server, token="b" * 32)
    assert len(rows(app)) == 4


@pytest.mark.parametrize("token", ["", "short", "é" * 32, "x" * 200])
def test_a_token_that_is_none_is_no_fault_of_the_senders(server, app, token):
    first = send(server, token=token)
    assert send(server, token=token) == first
    assert len(rows(app)) == 1


def test_a_program_that_asks_twice_gets_the_same_receipt(siti, app):
    answers = [siti.post("/forms/help", json=cast.help_request(token=TOKEN)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert len(rows(app)) == 1


def test_the_retry_may_meet_another_process(settings, clock):
    first = create_app(settings, clock)
    running = Running(first)
    break_off(urlsplit(running.address).netloc, listen=True, token=TOKEN)
    running.stop()
    running = Running(create_app(settings, clock))
    try:
        send(urlsplit(running.address).netloc, token=TOKEN)
    finally:
        running.stop()
    assert len(rows(first)) == 1


# In a browser.


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def phone(request, chromium):
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, locale="id-ID", java_script_enabled=request.param
    )
    page = context.new_page()
    page.sent = []
    page.on("request", lambda each: page.sent.append(each.post_data) if each.method == "POST" else None)
    page.script = request.param
    yield page
    context.close()


def fill(phone, address: str) -> None:
    phone.goto(f"{address}/forms/mistake/")
    phone.fill("#f-page", "Biaya")
    phone.fill("#f-mistake", "Angkanya sudah lama.")


def tap_twice(phone, settings) -> None:
    """Tap the button again while the first answer is still awaited: somebody else holds the database until then."""
    button = phone.locator("form.form button")
    button.scroll_into_view_if_needed()
    place = button.bounding_box()
    with closing(sqlite3.connect(settings.store_url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for _ in range(2):
            with phone.expect_request("**/forms/mistake"):
                phone.mouse.click(place["x"] + 9, place["y"] + 9)
    phone.wait_for_selector(".code")


@pytest.mark.browser
def test_a_double_tap_is_one_request(phone, address, whole_hub, settings):
    fill(phone, address)
    tap_twice(phone, settings)
    tokens = [re.search("token=([0-9a-f]*)", body)[1] for body in phone.sent]
    assert len(set(tokens)) == 1
    assert len(tokens[0]) == (32 if phone.script else 0)
    assert len(rows(whole_hub)) == 1


class BadLine:
    """A line to ``server`` that breaks once, just when a POST is answered: the server has done it, nobody hears."""

    def __init__(self, server: str):
        self._server, self.posts = (server.split(":")[0], int(server.split(":")[1])), 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=self._carry, args=(self._listening.accept()[0],), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        with suppress(OSError), near, socket.create_connection(self._server) as far:
            asked = b""
            while ready := select.select([near, far], [], [], 20)[0]:
                data = ready[0].recv(65536)
                if ready[0] is near:
                    asked = data
                    self.posts += data.startswith(b"POST")
                    far.sendall(data)
                elif asked.startswith(b"POST") and self.posts == 1:
                    near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    return
                else:
                    near.sendall(data)
                if not data:
                    return

    def stop(self) -> None:
        self._listening.close()


@pytest.mark.browser
def test_when_the_answer_is_lost_the_browser_asks_again_and_it_is_one_request(phone, address, whole_hub):
    line = BadLine(urlsplit(address).netloc)
    fill(phone, line.address)
    phone.click("form.form button")  # Chromium itself sends again what an open line dropped without a word
    assert re.fullmatch(r"[\d ]{19}", phone.inner_text(".code"))
    assert line.posts == 2
    assert len(rows(whole_hub)) == 1
    line.stop()


@pytest.mark.browser
def test_each_opening_of_the_page_is_a_request_of_its_own(phone, address):
    fill(phone, address)
    first = phone.input_value("[name=token]")
    fill(phone, address)
    second = phone.input_value("[name=token]")
    assert (first != second) == phone.script
    assert re.fullmatch(r"[0-9a-f]{32}" if phone.script else "", second)


@pytest.mark.browser
def test_a_fault_of_ours_keeps_the_text_and_the_next_tap_stores_it_once(phone, address, whole_hub, settings):
    path = Path(settings.store_url.removeprefix("sqlite:///"))
    fill(phone, address)
    away = path.rename(path.with_suffix(".away"))
    phone.click("form.form button")
    assert "BELUM tersimpan" in phone.inner_text(".summary")
    expect(phone.locator(".summary")).to_be_focused()
    assert phone.input_value("#f-mistake") == "Angkanya sudah lama."
    away.rename(path)
    tap_twice(phone, settings)
    assert len(rows(whole_hub)) == 1
