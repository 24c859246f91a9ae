"""The real nginx with the files that are shipped: headers, limits and fallbacks at every location."""

import gzip
import http.client
import json
import re
import shutil
import socket
import ssl
import subprocess
import time
import warnings
from contextlib import closing
from urllib.parse import urlencode

import brotli
import pytest

from forms_api.config import Settings
from forms_api.pages.headers import HEADERS, HSTS
from forms_api.pages.inline import WAY_POLICY

from . import cast
from .behind_nginx import SHIPPED, Api, Nginx, wait_for
from .conftest import ROOT
from .test_doors import routes

pytestmark = pytest.mark.nginx
FORM = "application/x-www-form-urlencoded"
PRESSED = "forms/help/index.html"


@pytest.fixture(scope="module")
def site(built_site, tmp_path_factory):
    """The built site with the compressed copies, the worker and the hashed file that nginx must know how to serve."""
    folder = tmp_path_factory.mktemp("served") / "site"
    shutil.copytree(built_site, folder)
    page = (folder / PRESSED).read_bytes()
    (folder / f"{PRESSED}.br").write_bytes(brotli.compress(page))
    (folder / f"{PRESSED}.gz").write_bytes(gzip.compress(page))
    (folder / "sw.js").write_text("// the worker")
    (folder / "assets" / "list.0a1b2c3d4e5f.json").write_text("{}")
    return folder


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("nginx")


@pytest.fixture(scope="module")
def api(place, office):
    shutil.copy(office.database, place / "forms.sqlite")
    api = Api(Settings(store_url=f"sqlite:///{place / 'forms.sqlite'}"), place)
    yield api
    api.kill()


@pytest.fixture(scope="module")
def nginx(place, site, api):
    nginx = Nginx(place, site)
    yield nginx
    nginx.stop()
    told = (place / "hub.log").read_text() + (place / "error.log").read_text()
    assert "127.0.0.1" not in told, "nginx wrote an address into its log"


# what nginx answers by itself; to these come all the doors of the application
STATIC = ["/", "/en/", "/forms/help/", "/assets/icon.svg", "/sw.js", "/nothing", "/en/nothing", "/en", "/csp.txt",
          "/forms/nothing", "/desk/nothing", "/unavailable.html", "/too-large.html", "/refused.html"]  # fmt: skip


def test_the_desk_without_its_last_stroke_leads_to_the_desk(nginx):
    """nginx does so by itself where a location that ends with a stroke is passed on."""
    answer = nginx.ask("GET", "/desk")
    assert (answer.status, answer.headers["location"]) == (301, "/desk/")


def every_safe_header_once(headers) -> None:
    for name, value in (HEADERS | HSTS).items():
        given = headers.get_all(name)
        assert given and len(given) == 1, f"{name}: {given}"
        if name != "Content-Security-Policy":
            assert given == [value]
    assert len(headers.get_all("Cache-Control")) == 1
    assert headers["server"] == "nginx"


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_every_location_answers_with_every_safe_header_once(nginx, app, method):
    doors = {path for _, path in routes(app)}
    assert len(doors) > 15
    for path in sorted(doors | set(STATIC)):
        answer = nginx.ask(method, path, b"", Content_Type=FORM)
        assert answer.status < 500, path
        every_safe_header_once(answer.headers)


@pytest.mark.parametrize(
    ("asked", "status"),
    [("GET / HTTP/1.1\r\nHost: x\r\nX: " + "a" * 40_000, 400), ("GET /" + "a" * 40_000 + " HTTP/1.1\r\nHost: x", 414),
     ("\x16\x03\x01 hello", 400), ("GET / HTTP/1.1", 400), ("GET /../../etc/passwd HTTP/1.1\r\nHost: x", 400),
     ("TRACE / HTTP/1.1\r\nHost: x", 405), ("TRACE /desk/ HTTP/1.1\r\nHost: x", 405),
     ("CONNECT / HTTP/1.1\r\nHost: x", 405), ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0", 405),
     ("POST /en/ HTTP/1.1\r\nHost: x\r\nContent-Length: 0", 405),
     ("POST /forms/help HTTP/1.1\r\nHost: x\r\nContent-Length: many", 400),
     ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: odd", 501), ("GET / HTTP/4.0\r\nHost: x", 505),
     ('GET / HTTP/1.1\r\nHost: x\r\nIf-Match: "other"', 412)],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_what_nobody_can_make_out_is_answered_in_words_and_with_every_safe_header_once(nginx, asked, status):
    for accepted, begins in (("text/html", "<!doctype html>"), ("application/json", '{"ok": false')):
        line, _, more = asked.partition("\r\n")
        answer = raw(nginx.port, "\r\n".join([line, *[more] * bool(more), f"Accept: {accepted}", "Connection: close"]))
        assert answer.status == status
        every_safe_header_once(answer.headers)
        assert answer.headers["cache-control"] == "no-store"
        text = answer.read().decode()
        assert "Permintaan ini tidak dapat dibaca" in text and "This request could not be read" in text
        if status in (405, 501, 412):  # before that nginx has not read what is accepted
            assert text.startswith(begins)


def test_a_part_of_a_page_is_the_whole_page(nginx):
    for part in ("0-10", "9999999-"):
        answer = nginx.ask("GET", "/", Range=f"bytes={part}")
        assert answer.status == 200
        every_safe_header_once(answer.headers)


def raw(port: int, asked: str) -> http.client.HTTPResponse:
    """What comes back for these lines."""
    line = socket.create_connection(("127.0.0.1", port), 30)
    line.sendall(asked.encode("latin-1") + b"\r\n\r\n")
    answer = http.client.HTTPResponse(line)
    answer.begin()
    line.close()  # the answer reads on
    return answer


def test_every_location_in_the_file_includes_the_headers():
    text = (SHIPPED / "hub.conf").read_text()
    locations = re.findall(r"location ([^{]+)\{([^}]*)\}", text)
    assert len(locations) >= 7
    for name, inside in locations:
        assert re.search(r"include \S+/(headers|api)\.conf;", inside), name
    assert "headers.conf;" in (SHIPPED / "api.conf").read_text()


def test_pages_have_the_policy_of_the_site_and_the_api_its_own(nginx, site):
    policy = (site / "csp.txt").read_text().strip()
    for path in ("/", "/en/nothing", "/unavailable.html"):
        assert nginx.ask("GET", path).headers["content-security-policy"] == policy
    for path in ("/desk/sign-in", "/forms/nothing"):
        assert nginx.ask("GET", path).headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    assert nginx.ask("GET", "/follow-up").headers["content-security-policy"] == WAY_POLICY


@pytest.mark.parametrize(
    ("path", "kept"),
    [("/", "public, max-age=300"), ("/en/", "public, max-age=300"), ("/sw.js", "no-cache"),
     ("/assets/icon.svg", "public, max-age=3600"), ("/nothing", "public, max-age=300"),
     ("/assets/list.0a1b2c3d4e5f.json", "public, max-age=31536000, immutable"),
     ("/follow-up", "no-store"), ("/desk/sign-in", "no-store"), ("/forms/receipt", "no-store")],
)  # fmt: skip
def test_how_long_an_answer_may_be_kept(nginx, path, kept):
    assert nginx.ask("GET", path).headers["cache-control"] == kept


@pytest.mark.parametrize(("accepted", "sent", "read"), [("br, gzip", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)])
def test_pages_go_out_as_they_were_compressed_when_they_were_built(nginx, site, accepted, sent, read):
    answer = nginx.ask("GET", "/forms/help/", Accept_Encoding=accepted)
    assert answer.headers["content-encoding"] == sent
    assert answer.headers["vary"] == "Accept-Encoding"
    assert read(answer.raw) == (site / PRESSED).read_bytes()
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    plain = nginx.ask("GET", "/forms/help/")
    assert plain.headers["content-encoding"] is None
    assert plain.raw == (site / PRESSED).read_bytes()


def test_what_the_api_says_is_not_compressed_on_the_way(nginx):
    assert nginx.ask("GET", "/desk/sign-in", Accept_Encoding="gzip, br").headers["content-encoding"] is None


def test_what_is_missing_is_said_in_the_language_of_the_place(nginx):
    here, there = nginx.ask("GET", "/nothing"), nginx.ask("GET", "/en/nothing")
    assert (here.status, there.status) == (404, 404)
    assert '<html lang="id"' in here.text
    assert '<html lang="en"' in there.text
    assert "Page not found" in there.text
    assert nginx.ask("GET", "/en").headers["location"] == "/en/"


def test_siti_sends_a_form_through_it_and_reads_her_receipt(nginx):
    sent = nginx.ask("POST", "/forms/help", urlencode(cast.help_request()), Content_Type=FORM,
                     Origin=f"http://127.0.0.1:{nginx.port}")  # fmt: skip
    assert sent.status == 303, sent.text
    cookie = sent.headers["set-cookie"].split(";")[0]
    assert cookie.startswith("__Secure-receipt=")
    shown = nginx.ask("GET", sent.headers["location"], Cookie=cookie)
    assert re.search(r"\d{4} \d{4} \d{4} \d{4}", shown.text)


def test_another_sites_form_is_refused_through_it_too(nginx):
    sent = nginx.ask("POST", "/forms/help", urlencode(cast.help_request()), Content_Type=FORM, Origin="https://evil.test")
    assert sent.status == 403


def test_sixty_kilobytes_pass_and_nothing_of_them_touches_the_disk(nginx, place):
    body = urlencode(cast.help_request(story="a" * 60_000))
    before = (place / "body").stat().st_mtime_ns
    assert nginx.ask("POST", "/forms/help", body, Content_Type=FORM).status == 422
    assert (place / "body").stat().st_mtime_ns == before


@pytest.mark.parametrize("said", [True, False], ids=["declared", "chunked"])
def test_more_is_refused_with_a_word_what_to_do(nginx, said):
    body = b"a" * 70_000
    for kind in (FORM, "application/json"):
        answer = nginx.ask("POST", "/forms/help", body if said else iter([body]), Content_Type=kind)
        assert answer.status == 413
        told = answer.text
        if "json" in kind:
            assert json.loads(told).keys() == {"ok", "error", "faults"}
        assert "tulisan Anda masih ada di formulir" in told


def test_two_hundred_mebibytes_are_not_even_read(nginx):
    with closing(socket.create_connection(("127.0.0.1", nginx.port), 30)) as line:
        line.sendall(f"POST /forms/help HTTP/1.1\r\nHost: x\r\nContent-Length: {200 * 2**20}\r\n\r\n".encode())
        assert line.recv(100).startswith(b"HTTP/1.1 413")


def test_a_header_of_forty_kilobytes_is_refused(nginx):
    assert nginx.ask("GET", "/", X_Long="a" * 40_000).status == 400


def test_slow_headers_and_slow_bodies_are_cut_off_and_hold_nobody_up(nginx):
    begun, lines = time.monotonic(), []
    for number in range(60):
        line = socket.create_connection(("127.0.0.1", nginx.port), 30)
        line.sendall(b"POST /forms/help HTTP/1.1\r\nHost: x\r\n")
        if number % 2:
            line.sendall(b"Content-Type: " + FORM.encode() + b"\r\nContent-Length: 1000\r\n\r\na=")
        lines.append(line)
    assert nginx.ask("GET", "/follow-up").status == 200
    assert nginx.ask("POST", "/forms/help", urlencode({"language": "id"}), Content_Type=FORM).status == 422
    assert time.monotonic() - begun < 9, "the good answers came after the slow ones were cut off"
    for line in lines:
        while line.recv(4096):
            pass
        line.close()


def test_what_a_sender_says_about_its_own_address_is_not_believed(nginx):
    seen = set()
    for number in range(75):
        answer = nginx.ask("POST", "/forms/help", urlencode(cast.help_request(story=f"Paspor saya ditahan, {number}.")),
                           Content_Type=FORM, X_Forwarded_For=f"203.0.113.{number}")  # fmt: skip
        seen.add(answer.status)
    assert seen == {303, 429}
    assert "Tunggu 20 detik" in answer.text
    assert "work.js" not in answer.text and "sha256-" in answer.headers["content-security-policy"]


def test_a_flood_meets_a_page_that_keeps_people_informed(nginx):
    for _ in range(400):
        answer = nginx.ask("POST", "/follow-up", "code=1", Content_Type=FORM)
        if answer.status == 429:
            break
    assert answer.status == 429
    assert "BELUM tersimpan" in answer.text
    assert answer.headers["retry-after"] == "60"
    assert nginx.ask("GET", "/follow-up").status == 200, "reading is not counted"
    time.sleep(1)


def test_when_the_api_is_down_pages_stand_people_are_told_and_it_comes_back_by_itself(nginx, api):
    api.kill()
    for method, path in (("POST", "/forms/help"), ("GET", "/follow-up"), ("GET", "/desk/")):
        answer = nginx.ask(method, path, urlencode(cast.help_request()), Content_Type=FORM)
        assert answer.status == 503
        assert answer.headers["retry-after"] == "60"
        assert answer.headers["cache-control"] == "no-store"
        for words in ("BELUM tersimpan", "NOT stored", 'href="tel:110"', 'lang="en"'):
            assert words in answer.text
        for name in HEADERS | HSTS:
            assert len(answer.headers.get_all(name)) == 1
    told = nginx.ask("POST", "/forms/help", json.dumps(cast.help_request()), Content_Type="application/json")
    assert (told.status, json.loads(told.text)["ok"], json.loads(told.text)["faults"]) == (503, False, [])
    assert nginx.ask("GET", "/").status == 200
    assert nginx.ask("GET", "/forms/help/").status == 200
    api.start()
    wait_for(lambda: nginx.ask("GET", "/follow-up"))
    assert nginx.ask("GET", "/follow-up").status == 200


@pytest.fixture
def over_tls(tmp_path, site):
    """nginx with the shipped listen.conf, its port and a certificate of this test in the place of the real ones."""
    if not shutil.which("openssl"):
        pytest.skip("NOT RUN: openssl is not here to make a certificate with")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-days", "2", "-subj", "/CN=hub.test", "-keyout", tmp_path / "key.pem", "-out", tmp_path / "cert.pem"],
                   check=True, capture_output=True)  # fmt: skip
    listen = (SHIPPED / "listen.conf").read_text()
    listen = listen.replace("listen 443", "listen 127.0.0.1:{port}")
    listen = re.sub(r"listen \[::\].*\n", "", listen)
    listen = re.sub(r"ssl_certificate .*;", f"ssl_certificate {tmp_path}/cert.pem;", listen)
    listen = re.sub(r"ssl_certificate_key .*;", f"ssl_certificate_key {tmp_path}/key.pem;", listen)
    nginx = Nginx(tmp_path, site, listen)
    yield nginx
    nginx.stop()


def test_tls_is_1_2_or_newer(over_tls):
    def spoken(version: ssl.TLSVersion) -> str | None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.minimum_version = context.maximum_version = version
        with closing(socket.create_connection(("127.0.0.1", over_tls.port), 10)) as line:
            try:
                with context.wrap_socket(line) as safe:
                    safe.sendall(b"GET / HTTP/1.1\r\nHost: hub.test\r\nConnection: close\r\n\r\n")
                    answer = http.client.HTTPResponse(safe)
                    answer.begin()
                    assert answer.headers["strict-transport-security"] == HSTS["Strict-Transport-Security"]
                    return safe.version()
            except (ssl.SSLError, ConnectionError):
                return None

    assert spoken(ssl.TLSVersion.TLSv1_3) == "TLSv1.3"
    assert spoken(ssl.TLSVersion.TLSv1_2) == "TLSv1.2"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # asking for the old one is the point
        assert spoken(ssl.TLSVersion.TLSv1_1) is None


def test_the_headers_of_nginx_are_those_of_the_api():
    told = dict(re.findall(r'^add_header (\S+) "?([^"$]+?)"? always;', (SHIPPED / "headers.conf").read_text(), re.M))
    assert told == {name: value for name, value in (HEADERS | HSTS).items() if name != "Content-Security-Policy"}
    hidden = set(re.findall(r"proxy_hide_header (\S+);", (SHIPPED / "api.conf").read_text()))
    assert hidden == set(told), "else an answer of the API would carry it twice"


def test_the_deploy_page_names_every_file_that_is_shipped():
    text = (ROOT / "docs" / "maintain" / "deploy.md").read_text()
    for file in [*SHIPPED.iterdir(), *(SHIPPED.parent / "systemd").iterdir()]:
        assert file.name in text or file.name in (SHIPPED / "hub.conf").read_text() + (SHIPPED / "api.conf").read_text()
