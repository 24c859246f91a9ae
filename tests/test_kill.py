"""A real server, killed under load: whatever was acknowledged is still there."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from urllib.request import Request, urlopen

import pytest

from forms_api.cases import Cases
from forms_api.store import open_store

from . import cast
from .conftest import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGKILL is POSIX")


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def start(settings, port) -> subprocess.Popen:
    environment = {**os.environ, "FORMS_DATABASE_URL": settings.store_url}
    process = subprocess.Popen(
        [sys.executable, "-m", "forms_api", "serve", "--port", str(port)], cwd=ROOT, env=environment
    )
    for _ in range(800):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return process
        time.sleep(0.05)
    raise AssertionError("the server did not start")


def send_until_refused(port: int, acknowledged: list[str]) -> None:
    body = json.dumps(cast.help_request()).encode()
    request = Request(f"http://127.0.0.1:{port}/forms/help", body, {"Content-Type": "application/json"})
    while True:
        try:
            with urlopen(request, timeout=10) as answer:
                acknowledged.append(json.loads(answer.read())["receipt"])
        except OSError:
            return


def test_kill_9_under_load_loses_nothing_that_was_acknowledged(settings, forms, port):
    acknowledged: list[str] = []
    for _ in range(3):
        process = start(settings, port)
        senders = [threading.Thread(target=send_until_refused, args=(port, acknowledged)) for _ in range(4)]
        for sender in senders:
            sender.start()
        time.sleep(0.7)
        process.send_signal(signal.SIGKILL)
        process.wait()
        for sender in senders:
            sender.join(15)
    assert len(acknowledged) > 10
    cases = Cases(open_store(settings.store_url), forms, "Asia/Jakarta")
    stored = {row["receipt"] for row in cases.find()}
    lost = [receipt for receipt in acknowledged if cases._fingerprint(receipt) not in stored]
    assert lost == []


def test_a_second_server_on_the_same_file_loses_nothing_either(settings, forms, port):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        other = free.getsockname()[1]
    acknowledged: list[str] = []
    servers = [start(settings, port), start(settings, other)]
    senders = [threading.Thread(target=send_until_refused, args=(each, acknowledged)) for each in (port, other)]
    for sender in senders:
        sender.start()
    time.sleep(1)
    for server in servers:
        server.terminate()
        server.wait()
    for sender in senders:
        sender.join(15)
    cases = Cases(open_store(settings.store_url), forms, "Asia/Jakarta")
    assert len(acknowledged) > 5
    assert all(cases.by_receipt(receipt) for receipt in acknowledged)
