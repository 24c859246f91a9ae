"""Every door of the application, found and not listed: who may come in, and with what."""

import http.client
import json
import os
import re
import socket
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from forms_api.app import create_app
from forms_api.pages.headers import HEADERS, HSTS
from forms_api.pages.inline import WAY_POLICY

from . import cast
from .browsers import Running
from .servers import free_port, start


def routes(app) -> list[tuple[str, str]]:
    """Method and path of every route of ours, with real names in the blanks."""
    found = [route for route in app.router.routes if isinstance(route, Route) and route.path != "/forms/openapi.json"]
    blanks = {"{form}": "help", "{id}": "none", "{kind}": "csv"}
    doors = []
    for route in found:
        path = route.path
        for blank, value in blanks.items():
            path = path.replace(blank, value)
        doors += [(method, path) for method in sorted(route.methods - {"HEAD"})]
    return doors


def test_there_are_doors_to_try_and_not_too_many(app):
    assert 8 <= len({path for _, path in routes(app)}) <= 35


def test_no_door_takes_a_form_from_another_site(app, budi, siti):
    tried = 0
    for client in (siti, budi):
        for method, path in routes(app):
            if method == "POST":
                answer = client.post(path, data=cast.help_request(), headers={"origin": "https://evil.test"})
                assert answer.status_code in (303, 403), path
                assert answer.status_code == 403 or answer.headers["location"] == "/desk/sign-in"
                tried += 1
    assert tried >= 10
    assert list(app.state.hub.cases.find()) == []


WAY = ("/forms/help", "/forms/receipt", "/follow-up")  # their pages hold the scripts that the policy names by hash


def test_every_door_answers_with_the_safe_headers_and_no_store(app, siti, budi):
    for client in (siti, budi):
        for method, path in routes(app):
            answer = client.request(method, path)
            assert answer.status_code < 500, (method, path)
            assert answer.headers["cache-control"] == "no-store", path
            for name, value in HEADERS.items():
                allowed = (value, WAY_POLICY) if name == "Content-Security-Policy" and path in WAY else (value,)
                assert answer.headers[name] in allowed, (path, name)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_no_door_knows_another_method(app, budi, method):
    for path in {path for _, path in routes(app)}:
        assert budi.request(method, path).status_code == 405, path


def test_no_door_is_widened_by_a_body_that_is_too_large(app, budi):
    for method, path in routes(app):
        if method == "POST":
            answer = budi.post(path, content=b"a=" + b"x" * 70_000,
                               headers={"content-type": "application/x-www-form-urlencoded"})  # fmt: skip
            assert answer.status_code in (404, 413), path


@pytest.fixture
def secure(settings, clock, office, hire):
    """The hub as it is in production."""
    return create_app(replace(settings, secure_cookies=True, openapi=False), clock)


def over_https(app) -> TestClient:
    return TestClient(app, base_url="https://hub.test", follow_redirects=False)


def test_https_is_asked_for_ever_only_where_https_is_sure(secure, siti):
    for method, path in routes(secure):
        assert over_https(secure).request(method, path).headers["strict-transport-security"] == HSTS["Strict-Transport-Security"]
    assert "strict-transport-security" not in siti.get("/follow-up").headers


def test_cookies_over_https_have_the_name_that_plain_http_cannot_set(secure, office, hire):
    hire("budi")
    client = over_https(secure)
    stored = client.post("/forms/help", data=cast.help_request()).headers["set-cookie"]
    signed_in = client.post("/desk/sign-in", data={"name": "budi", "passphrase": cast.PASSPHRASE}).headers["set-cookie"]
    for cookie in (stored, signed_in):
        assert cookie.startswith("__Secure-")
        assert {"secure", "httponly", "samesite=strict"} <= {part.strip().lower() for part in cookie.split(";")}
    assert "kode penerimaan" in client.get("/forms/receipt").text.lower()
    page = client.get("/desk/")
    assert page.status_code == 200
    token = re.search(r'name="token" value="([^"]+)"', page.text)[1]
    gone = client.post("/desk/sign-out", data={"token": token}).headers["set-cookie"]
    assert gone.startswith("__Secure-desk=")
    assert "secure" in gone.lower().split("; ")


def test_the_description_for_programs_is_off_in_production(secure, siti):
    assert over_https(secure).get("/forms/openapi.json").status_code == 404
    assert siti.get("/forms/openapi.json").status_code == 200


@pytest.fixture
def served(app):
    """The hub behind a real port: its host and number."""
    running = Running(app)
    yield running.address.removeprefix("http://").split(":")
    running.stop()


def half_a_form(host: str, port: str, head: str, body: bytes = b"") -> socket.socket:
    """A connection that has sent this much and says nothing more."""
    line = socket.create_connection((host, int(port)), timeout=30)
    line.sendall(f"POST /forms/help HTTP/1.1\r\nHost: hub.test\r\n{head}\r\n".encode() + body)
    return line


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "application/json"])
def test_a_body_that_drips_is_cut_off_with_a_word_what_to_do(served, app, monkeypatch, kind):
    monkeypatch.setattr("forms_api.door.door.MOST_SECONDS", 0.4)
    with closing(half_a_form(*served, f"Content-Type: {kind}\r\nContent-Length: 1000\r\n", b"a=")) as line:
        begun = time.monotonic()
        for _ in range(200):
            time.sleep(0.05)
            try:
                line.sendall(b"x")
            except OSError:
                break
            if time.monotonic() - begun > 0.4 and _readable(line):
                break
        answer = http.client.HTTPResponse(line)
        answer.begin()
        told = answer.read().decode()
    assert answer.status == 408
    assert answer.headers["connection"] == "close"
    if kind == "application/json":
        assert json.loads(told)["ok"] is False
        told = json.loads(told)["error"]
    assert "Tekan Kembali: tulisan Anda masih ada" in told
    assert list(app.state.hub.cases.find()) == []


def _readable(line: socket.socket) -> bool:
    line.setblocking(False)
    try:
        return bool(line.recv(1, socket.MSG_PEEK))
    except OSError:
        return False
    finally:
        line.setblocking(True)
        line.settimeout(30)


def resident(pid: int) -> int:
    """The largest memory that a process ever had in RAM, in MiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("said", [True, False], ids=["declared", "chunked"])
def test_two_hundred_mebibytes_are_refused_in_flat_memory(settings, said):
    port = free_port()
    server = start(settings.store_url, port, "forms_api")
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as warm:
            warm.request("POST", "/forms/help", "language=id", {"Content-Type": "application/x-www-form-urlencoded"})
            assert warm.getresponse().status == 422
        before = resident(server.pid)
        head = "Content-Type: application/x-www-form-urlencoded\r\n"
        head += f"Content-Length: {200 * 2**20}\r\n" if said else "Transfer-Encoding: chunked\r\n"
        with closing(half_a_form("127.0.0.1", port, head)) as line:
            block = b"x" * 2**16
            piece = block if said else b"10000\r\n" + block + b"\r\n"
            sent, told = 0, b""
            while sent < 200 * 2**20:
                try:
                    line.sendall(piece)
                except OSError:
                    break
                sent += len(block)
                if _readable(line):
                    told = line.recv(4096)
                    break
            told = told or line.recv(4096)
        assert told.startswith(b"HTTP/1.1 413")
        assert resident(server.pid) - before < 8
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as after:
            after.request("GET", "/follow-up")
            assert after.getresponse().status == 200
    finally:
        server.terminate()
        server.wait(30)


@pytest.mark.skipif(os.name == "nt", reason="Unix sockets")
def test_a_forwarded_address_is_believed_from_the_socket_and_from_this_machine_only(
    settings, tmp_path, monkeypatch
):
    import uvicorn

    from forms_api.__main__ import main

    given = []
    monkeypatch.setattr(uvicorn, "run", lambda app, **settings: given.append(settings))
    monkeypatch.setenv("FORMS_DATABASE_URL", settings.store_url)
    main(["serve", "--socket", str(tmp_path / "api.sock")])
    main(["serve", "--port", "8000"])
    assert [each["forwarded_allow_ips"] for each in given] == ["*", "127.0.0.1"]
    assert {each["host"] for each in given} == {"127.0.0.1"}


def test_the_fast_loop_and_parser_are_used(app):
    if sys.platform == "win32":
        pytest.skip("uvloop is not made for Windows")
    import uvicorn

    config = uvicorn.Config(app)
    config.load()
    assert config.http_protocol_class.__module__.endswith("httptools_impl")
    assert "uvloop" in config.get_loop_factory().__module__
