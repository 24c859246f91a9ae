"""More senders at one moment than may wait: each is answered by us, with the text kept, and the server goes on."""

import asyncio
import inspect
import re
import sqlite3
from contextlib import closing
from urllib.parse import urlencode

import psutil
import pytest

from forms_api.store import backup, open_store
from forms_api.store.writer import MOST_WAITING, TooBusy, Writer

from . import cast
from .conftest import ROOT
from .servers import free_port, start

resource = pytest.importorskip("resource", reason="NOT RUN: Windows bounds open files otherwise")
# one batch is with the database and MOST_WAITING behind it; uvicorn's own bound, when it had one, was 1,000 connections
SENDERS = 2 * MOST_WAITING + 200


@pytest.fixture
def many_files():
    """As many open files as this and the server need."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 2 * SENDERS:
        pytest.skip("NOT RUN: too few files may be open here")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2 * SENDERS), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def story(number: int) -> str:
    return f"Paspor saya ditahan, kata orang nomor {number}."


async def send(port: int, number: int) -> tuple[int, dict[str, str], str]:
    """Status, headers and page for one sender; raises when there is no whole answer."""
    body = urlencode(cast.help_request(story=story(number))).encode()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"POST /forms/help HTTP/1.1\r\nHost: hub.test\r\nAccept: text/html\r\nConnection: close\r\n"
                 b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))  # fmt: skip
    head, _, page = (await reader.read()).decode().partition("\r\n\r\n")
    writer.close()
    status, *lines = head.split("\r\n")
    return int(status.split()[1]), {k.lower(): v for k, _, v in (line.partition(": ") for line in lines)}, page


async def press(port: int, let_go) -> list:
    """What each of many senders is told, whose requests come while the database is locked. It is let go when one more
    than may wait was refused, or when nothing moves any more."""
    senders = [asyncio.create_task(send(port, number)) for number in range(SENDERS)]
    await asyncio.wait(senders, return_when=asyncio.FIRST_COMPLETED)
    let_go()
    return await asyncio.gather(*senders)


def test_with_a_locked_database_everyone_is_received_later_or_told_by_us_with_the_text_kept(settings, many_files):
    port = free_port()
    server = start(settings.store_url, port, FORMS_SECURE_COOKIES="no")
    lock = sqlite3.connect(backup.file_of(settings.store_url), isolation_level=None)
    try:
        asyncio.run(send(port, SENDERS))  # what a server makes once is made
        before = psutil.Process(server.pid).memory_info().rss
        lock.execute("BEGIN IMMEDIATE")
        answers = asyncio.run(press(port, lambda: lock.execute("ROLLBACK")))
        grown = psutil.Process(server.pid).memory_info().rss - before
        assert asyncio.run(send(port, SENDERS + 1))[0] == 303, "the server goes on"
    finally:
        lock.close()
        server.terminate()
        server.wait()
    stored = sum(status == 303 for status, _, _ in answers)
    too_many = 0
    for number, (status, headers, page) in enumerate(answers):
        assert status in (303, 503), (status, page)
        if status == 503:
            assert int(headers["retry-after"]) in (TooBusy.retry_after, 60)
            assert story(number) in page, "the text is kept"
            assert "content-security-policy" in headers
            too_many += int(headers["retry-after"]) == TooBusy.retry_after
    assert too_many > 0, "nobody was one too many: the test did not reach what it is about"
    with closing(open_store(settings.store_url, create=False)) as store:
        assert store.count("help") == stored + 2, "303 is said of what is stored and of nothing else"
    print(f"{stored} stored, {too_many} too many, memory grew by {grown / 2**20:.0f} MiB")
    assert grown < 64 * 2**20, "what waits is bounded, so memory is"


def test_each_bound_lies_well_below_the_next():
    deploy = ROOT / "scripts" / "deploy"
    lines = int(re.search(r"max_conns=(\d+);", (deploy / "nginx" / "hub.conf").read_text())[1])
    files = int(re.search(r"LimitNOFILE=(\d+)", (deploy / "systemd" / "hub-api.service").read_text())[1])
    waiting = inspect.signature(Writer).parameters["most_waiting"].default
    assert 3 * waiting <= lines <= files - 1000
