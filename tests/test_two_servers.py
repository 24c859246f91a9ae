"""Two servers, two processes, one PostgreSQL: who signs in at one is known at the other, and so is who guesses."""

import os
import re
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime

import httpx2
import pytest

from forms_api.door.guesses import MOST
from forms_api.keys import receipts
from forms_api.keys.team import Team
from forms_api.people.officers import Officers
from forms_api.store import open_store

from . import cast
from .conftest import ROOT
from .keyboard import run
from .mailbox import Mailbox
from .postgres import NEEDS_POSTGRES
from .servers import free_port, start

pytestmark = NEEDS_POSTGRES


@pytest.fixture
def hub(postgres):
    """The URL of the database."""
    return postgres.place()


@pytest.fixture
def store(hub, office):
    """A hub that is set up as ``office`` is, with Budi's and Rina's accounts."""
    with closing(open_store(hub)) as store:
        Officers(store, Team(store))
        with closing(open_store(f"sqlite:///{office.database}")) as prepared, prepared.snapshot() as rows:
            store.replace([(table, row) for table in ("team", "grants") for row in rows(table)])
        for name in ("budi", "rina"):
            office.hire(store, name, "id")
        yield store


@pytest.fixture
def servers(hub, store):
    """The addresses of two servers over one database."""
    ports = [free_port(), free_port()]
    processes = [start(hub, port, "forms_api", FORMS_SECURE_COOKIES="no") for port in ports]
    yield [f"http://127.0.0.1:{port}" for port in ports]
    for process in processes:
        process.terminate()
        process.wait()


def sign_in(client: httpx2.Client, address: str, name: str, passphrase: str = cast.PASSPHRASE) -> str:
    """The page that answers; the client keeps the cookie, which counts for both ports."""
    return client.post(f"{address}/desk/sign-in", data={"name": name, "passphrase": passphrase}).text


def test_a_session_holds_at_both_and_ends_at_both(servers, hub, store, office):
    first, second = servers
    with httpx2.Client(follow_redirects=True, timeout=60) as siti:
        sent = siti.post(f"{first}/forms/help", json=cast.help_request()).json()
    with httpx2.Client(follow_redirects=True, timeout=60) as budi:
        sign_in(budi, first, "budi")
        assert "1 permintaan" in budi.get(f"{first}/desk/list").text
        page = budi.get(f"{second}/desk/").text
        token = re.search(r'name="token" value="([^"]+)"', page)[1]
        found = budi.post(f"{second}/desk/", data={"code": sent["receipt"], "token": token})
        assert cast.STORY in found.text

        done = run(hub, "leave", "rina", lines=[office.paper])
        assert done.code == 0, done.err
        for address in servers:
            assert str(budi.get(f"{address}/desk/").url) == f"{address}/desk/sign-in"
        assert cast.STORY in sign_and_open(budi, first, second, sent["receipt"])
    opener = Team(store).by_paper(office.paper)
    [row] = store.find("help")
    assert opener.open(row["sealed"], row["data_key"], f"help/{row['id']}")["story"] == cast.STORY


def sign_and_open(budi: httpx2.Client, one: str, other: str, receipt: str) -> str:
    sign_in(budi, other, "budi")
    token = re.search(r'name="token" value="([^"]+)"', budi.get(f"{one}/desk/").text)[1]
    return budi.post(f"{one}/desk/", data={"code": receipt, "token": token}).text


def test_who_guesses_at_one_waits_at_the_other(servers, store):
    with httpx2.Client(follow_redirects=True, timeout=60) as dewi:
        for number in range(5):
            assert "tidak cocok" in sign_in(dewi, servers[number % 2], "budi", "salah salah salah")
        for address in servers:
            assert "Tunggu 15 menit" in sign_in(dewi, address, "budi")
    assert len(list(store.find("failures"))) == 5


def test_who_guesses_receipts_at_one_waits_at_the_other(servers, store):
    """Each from an address of its own, so that only what both count together can stop them."""

    def guess(number: int) -> int:
        sent = {"X-Forwarded-For": f"203.0.113.{number}"}  # believed from this machine, as from the web server
        code = receipts.digits_of(number.to_bytes(32))
        return httpx2.post(f"{servers[number % 2]}/follow-up", data={"code": code}, headers=sent, timeout=60).status_code

    # most of the guessing was done at other machines
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    store.write([[("failures", {"id": f"before {number}", "door": "receipt", "who": "00", "at": now})]
                 for number in range(MOST - 4)])  # fmt: skip
    tries = [(number, guess(number)) for number in range(1, 20)]
    looked = [number for number, status in tries if status == 422]
    assert len(looked) == 4
    assert {number % 2 for number in looked} == {0, 1}
    waiting = [number for number, status in tries if status == 429]
    assert [number for number, _ in tries] == looked + waiting
    assert {number % 2 for number in waiting} == {0, 1}


def test_what_comes_in_at_either_is_told_once_though_both_tell(servers, hub, mailbox):
    """Requests by both servers, and the command of the timer on both machines at the same moment."""
    environment = {**os.environ, "FORMS_DATABASE_URL": hub, "FORMS_SMTP_URL": mailbox.url, "FORMS_NOTICE_TO": "budi@hub.test",
                   "FORMS_NOTICE_FROM": "hub@hub.test", "FORMS_PUBLIC_URL": "https://hub.test"}  # fmt: skip
    for number in range(20):
        request = cast.help_request(story=f"Paspor saya ditahan sejak tanggal {number}.")
        assert httpx2.post(f"{servers[number % 2]}/forms/help", json=request, timeout=60).status_code == 201
    for _ in range(2):
        timers = [subprocess.Popen([sys.executable, "-m", "forms_api", "notify"], cwd=ROOT, env=environment,
                                   stdout=subprocess.DEVNULL) for _ in servers]  # fmt: skip
        assert [timer.wait(60) for timer in timers] == [0, 0]
    assert sum(int(re.match(r"(\d+) permintaan baru", mail["Subject"])[1]) for mail in mailbox.mails) == 20
    with closing(open_store(hub)) as store:
        assert store.count("notices", [("sent_on", "!=", "")]) == store.count("notices") == 20


@pytest.fixture
def mailbox():
    box = Mailbox()
    yield box
    box.stop()
