"""A thief takes the disk of a running hub: database, journal, backup, log, and the sessions that are open.

Nothing that Siti wrote is found in it in any coding, and nothing on it opens a record.
"""

import base64
import binascii
import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from http.cookiejar import CookieJar
from pathlib import Path
from socket import create_connection, socket
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

from forms_api.case.cases import Cases
from forms_api.keys import receipts, seal
from forms_api.keys.opener import Opener
from forms_api.keys.team import Team
from forms_api.people.officers import _key
from forms_api.store import open_store
from forms_api.store.backup import backup

from . import cast
from .conftest import ROOT
from .test_hub import free_port

SITI = {"story": "Majikan menahan paspor saya di lemari besi sejak Lebaran.", "name": "Siti Rahmawati",
        "phone": "+60 12-345 6789", "safe_time": "sesudah jam delapan malam"}  # fmt: skip
REPLY = "Kami sudah menelepon KBRI di Kuala Lumpur."
ANSWER = "Majikan mengancam saya lagi semalam."
NOTE = "Tanyakan juga kepada kakaknya di Sekayu."
MISTYPED = "kata sandi di tempat nama"


class Browser:
    """Somebody's browser at the real server."""

    def __init__(self, address: str):
        self.cookies = CookieJar()
        self._address = address
        self._open = build_opener(HTTPCookieProcessor(self.cookies)).open

    def ask(self, path: str, **fields) -> str:
        return self.load(path, **fields).decode()

    def load(self, path: str, **fields) -> bytes:
        body = urlencode(fields).encode() if fields else None
        try:
            with self._open(Request(self._address + path, body, {"Accept": "text/html"})) as answer:
                return answer.read()
        except HTTPError as error:
            return error.read()


@dataclass(frozen=True)
class Loot:
    """``disk``: what stands in each file. ``secrets``: by name, what must not. ``rows``: every row of the database."""

    disk: dict[str, bytes]
    secrets: dict[str, str]
    rows: dict[str, list[dict]]
    paper: str


@pytest.fixture(scope="module")
def loot(office, forms, tmp_path_factory) -> Loot:
    """A day at a real server, robbed while it runs, its folder for temporary files too."""
    place = tmp_path_factory.mktemp("hub")
    (place / "forms.sqlite").write_bytes(office.database.read_bytes())
    url = f"sqlite:///{place / 'forms.sqlite'}"
    (place / "tmp").mkdir()
    office.hire(open_store(url), "budi", "id")
    port = free_port()
    with (place / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "forms_api", "serve", "--port", str(port)], cwd=ROOT, stdout=log, stderr=log,
            env={**os.environ, "FORMS_DATABASE_URL": url, "FORMS_SECURE_COOKIES": "no", "TMPDIR": str(place / "tmp")},
        )  # fmt: skip
    try:
        answers(port)
        secrets = a_day(f"http://127.0.0.1:{port}", url, forms)
        backup(url, place / "backups", datetime.now(UTC))
        files = [path for path in place.rglob("*") if path.is_file()]
        disk = {str(path.relative_to(place)): path.read_bytes() for path in files}
        store = open_store(url)
        rows = {table.name: list(store.find(table.name)) for table in store.tables()}
    finally:
        server.terminate()
        server.wait()
    return Loot(disk, secrets | {"paper key": office.paper, "paper key, in one": office.paper.replace(" ", "")}, rows,
                office.paper)  # fmt: skip


def answers(port: int) -> None:
    """Wait until somebody listens there."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError("the server did not start")


def a_day(address: str, url: str, forms) -> dict[str, str]:
    """Siti asks, Budi signs in, reads and answers, Siti writes back, somebody guesses. Gives all that was secret."""
    siti, budi, dewi = Browser(address), Browser(address), Browser(address)
    siti.ask("/forms/help", **cast.help_request(**SITI))
    code = re.search(r"\d{4} \d{4} \d{4} \d{4}", siti.ask("/forms/receipt"))[0]
    budi.ask("/desk/sign-in", name="budi", passphrase=cast.PASSPHRASE)
    page = budi.ask(re.search(r'/desk/case/help/\w+', budi.ask("/desk/list"))[0])
    assert SITI["story"] in page
    token = re.search(r'name="token" value="([^"]+)"', budi.ask("/desk/export?form=help"))[1]
    for kind, begins in (("xlsx", b"PK"), ("zip", b"PK"), ("csv", b"id")):
        assert budi.load("/desk/export?form=help", token=token, kind=kind, reason="report").startswith(begins)
    dewi.ask("/desk/sign-in", name=MISTYPED, passphrase="salah salah salah")
    dewi.ask("/follow-up", code="1234 5678 9012 3456")
    dewi.ask("/forms/help", **cast.help_request(**SITI, danger="mungkin"))
    with create_connection(("127.0.0.1", int(address.rpartition(":")[2]))) as line:  # so that something is logged
        line.sendall(f"{SITI['story']} {SITI['phone']}\r\n\r\n".encode())
        line.recv(1024)

    store = open_store(url)
    cases = Cases(store, forms, "Asia/Jakarta", Team(store))
    case = cases.by_receipt(receipts.read(code))
    by = SimpleNamespace(officer="budi")
    cases.reply(case, REPLY, by, datetime.now(UTC))
    cases.wrote(case, ANSWER, datetime.now(UTC))
    cases.note(case, NOTE, by, datetime.now(UTC))
    return SITI | {
        "phone, as stored": "+60123456789", "phone, as typed without signs": "60123456789", "reply": REPLY,
        "answer": ANSWER, "note": NOTE, "receipt": code, "receipt, in one": code.replace(" ", ""),
        "passphrase": cast.PASSPHRASE, "passphrase typed as a name": MISTYPED, "wrong passphrase": "salah salah salah",
        **{f"cookie {each.name}": each.value for browser in (siti, budi) for each in browser.cookies},
    }  # fmt: skip


def codings(text: str) -> set[bytes]:
    """How ``text`` may stand in a file: every coding below of it as it is, in small and in capital letters."""
    found = set()
    for form in (text, text.lower(), text.upper()):
        for plain in (form.encode(), form.encode("utf-16-le"), form.encode("utf-16-be"), form.encode("utf-32-le")):
            found |= {plain, plain[::-1], binascii.hexlify(plain), binascii.hexlify(plain).upper()}
            found |= {inner for shift in range(3) for inner in base64_inside(plain, shift)}
        found |= {quote(form).encode(), quote(form, safe="").encode(), urlencode({"a": form})[2:].encode(),
                  json.dumps(form)[1:-1].encode()}  # fmt: skip
    return found


def base64_inside(plain: bytes, shift: int) -> list[bytes]:
    """What must stand in the base64 of anything that holds ``plain`` at ``shift`` bytes past a multiple of three."""
    whole = base64.b64encode(b"\0" * shift + plain)
    certain = whole[(0, 2, 3)[shift] : len(whole) // 4 * 4 - (0 if (shift + len(plain)) % 3 == 0 else 4)]
    return [certain, certain.translate(bytes.maketrans(b"+/", b"-_"))] if len(certain) > 8 else []


def found_in(disk: dict[str, bytes], secrets: dict[str, str]) -> list[tuple[str, str]]:
    """Which secret stands in which file."""
    return [(name, file) for name, text in secrets.items() for coded in codings(text)
            for file, content in disk.items() if coded in content]  # fmt: skip


def test_the_thief_took_everything(loot):
    assert {"forms.sqlite", "forms.sqlite-wal", "server.log"} <= set(loot.disk)
    assert b"Invalid HTTP request" in loot.disk["server.log"]
    assert sum(name.startswith("backups/") for name in loot.disk) == 1
    assert [row["officer"] for row in loot.rows["sessions"]] == ["budi"]
    assert [len(loot.rows[name]) for name in ("help", "messages")] == [1, 3]
    assert [row["act"] for row in loot.rows["events"]].count("export") == 3
    assert any(loot.rows["help"][0]["id"].encode() in content for content in loot.disk.values())


@pytest.mark.parametrize("coding", ["plain", "utf-16", "base64", "hex", "capitals"])
def test_the_search_would_find_what_is_there(coding):
    code = {
        "plain": str.encode, "utf-16": lambda text: text.encode("utf-16-le"), "capitals": lambda text: text.upper().encode(),
        "base64": lambda text: base64.b64encode(b'{"story":"' + text.encode() + b'"}'),
        "hex": lambda text: text.encode().hex().encode(),
    }[coding]  # fmt: skip
    for text in SITI.values():
        for before in (b"", b"x", b"xy"):
            assert found_in({"file": before + code(text) + b"rest"}, {"text": text})


def test_the_exports_left_no_file_behind(loot):
    assert [name for name in loot.disk if name.startswith("tmp")] == []


def test_nothing_secret_stands_anywhere(loot):
    assert found_in(loot.disk, loot.secrets) == []


def test_no_open_column_holds_an_answer_the_village_and_the_danger_apart(loot, forms):
    row = loot.rows["help"][0]
    answered = set(cast.help_request()) - {"language", "consent"}
    assert answered & {name for name, value in row.items() if value is not None} == {"village", "danger"}
    assert not {"received_at", "topic", "country"} & set(row)


def pieces(loot: Loot) -> set[bytes]:
    """Every 32 bytes in a row that could be a key: in the values as they are, and behind base64 and hex."""
    blobs = set()
    for rows in loot.rows.values():
        for value in (str(value) for row in rows for value in row.values() if value):
            blobs.add(value.encode())
            for decode in (base64.b64decode, base64.urlsafe_b64decode, bytes.fromhex):
                try:
                    blobs.add(decode(value))
                except ValueError:
                    continue
    return {blob[start : start + 32] for blob in blobs for start in range(len(blob) - 31)}


def test_nothing_on_the_disk_is_the_key_of_a_record(loot):
    row = loot.rows["help"][0]
    about = f"help/{row['id']}"
    candidates = {content[start : start + 32] for name, content in loot.disk.items() if name != "server.log"
                  for start in range(0, len(content) - 31)}  # fmt: skip
    candidates |= pieces(loot)
    assert len(candidates) > 10_000
    for key in candidates:
        with pytest.raises(seal.Broken):
            seal.open_closed(key, row["sealed"], about)


def test_nothing_in_the_database_is_a_private_key(loot):
    boxes = [row["sealed"] for table in ("grants", "data_keys") for row in loot.rows[table]]
    boxes += [row["for_receipt"] for row in loot.rows["messages"] if row["for_receipt"]]
    publics = {row[name] for table, name in (("team", "public"), ("team", "recovery"), ("officers", "public"),
                                             ("help", "receipt_key")) for row in loot.rows[table]}  # fmt: skip
    assert len(boxes) >= 5
    assert len(publics) == 4
    found = [key for key in pieces(loot) if seal.public_of(key).hex() in publics]
    assert found == []


def test_an_open_session_is_no_key_without_its_cookie(loot):
    [row] = loot.rows["sessions"]
    about = f"sessions/{row['id']}"
    words = {str(value) for rows in loot.rows.values() for each in rows for value in each.values()}
    for text in words | {name for name in loot.disk}:
        with pytest.raises(seal.Broken):
            seal.open_closed(_key(text), row["private"], about)
    cookie = loot.secrets["cookie desk"]
    assert len(bytes.fromhex(seal.open_closed(_key(cookie), row["private"], about)["key"])) == 32


def test_with_the_paper_key_the_backup_opens(loot, tmp_path):
    """The other half of the proof: what the thief lacks is the key, not the record."""
    name = next(name for name in loot.disk if name.startswith("backups/"))
    Path(tmp_path / "copy.sqlite").write_bytes(loot.disk[name])
    store = open_store(f"sqlite:///{tmp_path / 'copy.sqlite'}")
    row = next(store.find("help"))
    opener: Opener = Team(store).by_paper(loot.paper)
    assert opener.open(row["sealed"], row["data_key"], f"help/{row['id']}")["story"] == SITI["story"]


SPOILT = {
    "record": lambda store, row: store.change("help", row["id"], {"sealed": flip(row["sealed"])}),
    "data key": lambda store, row: store.change(
        "data_keys", row["data_key"], {"sealed": flip(store.get("data_keys", row["data_key"])["sealed"])}
    ),
    "data key gone": lambda store, row: store.forget("data_keys", row["data_key"]),
    "another record's": lambda store, row: store.change(
        "help", row["id"], {"sealed": next(each["sealed"] for each in store.find("help") if each["id"] != row["id"])}
    ),
    "danger": lambda store, row: store.change("help", row["id"], {"danger": "yes"}),
    "village": lambda store, row: store.change("help", row["id"], {"village": None}),
    "day received": lambda store, row: store.change("help", row["id"], {"received_on": "2026-11-20"}),
    "language": lambda store, row: store.change("help", row["id"], {"language": "en"}),
}  # fmt: skip


def flip(sealed: str) -> str:
    content = bytearray(base64.b64decode(sealed))
    content[len(content) // 2] ^= 1
    return base64.b64encode(content).decode()


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_what_was_damaged_or_exchanged_is_said_at_the_desk_and_nothing_else_is_shown(siti, budi, settings, spoil):
    for story in ("satu cerita", "cerita lain"):
        siti.post("/forms/help", data=cast.help_request(story=story))
    store = open_store(settings.store_url)
    row = next(store.find("help"))
    shown = budi.get(f"/desk/case/help/{row['id']}").text
    mine = "satu cerita" if "satu cerita" in shown else "cerita lain"
    spoil(store, row)
    page = budi.get(f"/desk/case/help/{row['id']}")
    assert page.status_code == 200
    assert "rusak atau diubah" in page.text
    assert "satu cerita" not in page.text
    assert "cerita lain" not in page.text
    assert "rusak atau diubah" in budi.get("/desk/list").text
    assert mine not in budi.get("/desk/export.csv?form=help").text
