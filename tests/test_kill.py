"""A real server, killed under load: whatever was acknowledged is still there, and can be opened."""

import asyncio
import os
import sqlite3
from contextlib import closing

import pytest

from forms_api.case.cases import Cases
from forms_api.keys.team import Team
from forms_api.store import open_store

from .bench.load import Load
from .postgres import NEEDS_POSTGRES
from .servers import BODY, free_port, ids_of, start

pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGKILL is POSIX")
KILLS = 20


async def press_and(load: Load, server, seconds: float, end) -> None:
    """Send without a pause; after ``seconds`` do ``end`` to the server and send until it is gone."""
    asyncio.get_running_loop().call_later(seconds, end)
    await load.run(seconds + 10, again=False)
    server.wait()


def missing(form, load: Load, url: str) -> set[str]:
    """The ids that were acknowledged and are not there."""
    with closing(open_store(url, create=False)) as store:
        return ids_of(form, load.tokens) - {row["id"] for row in store.find("help")}


def test_kill_9_twenty_times_under_load_loses_nothing_that_was_acknowledged(settings, forms, tmp_path, opener):
    acknowledged = 0
    for turn in range(KILLS):
        port = free_port()
        server = start(settings.store_url, port)
        load = Load(port, "/forms/help", BODY, connections=32)
        # not always at the same moment of a commit
        asyncio.run(press_and(load, server, 0.15 + turn % 5 * 0.037, server.kill))
        assert missing(forms["help"], load, settings.store_url) == set()
        acknowledged += len(load.tokens)
    assert acknowledged > KILLS
    with sqlite3.connect(tmp_path / "forms.sqlite") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
    store = open_store(settings.store_url)
    cases = Cases(store, forms, "Asia/Jakarta", Team(store))
    assert not any(cases.opened(row, opener)["broken"] for row in cases.find())
    store.close()


@NEEDS_POSTGRES
def test_two_servers_on_one_postgresql_killed_under_load_lose_nothing(settings, forms, postgres):
    from forms_api.store.move import move

    there = postgres.place()
    with closing(open_store(settings.store_url)) as source, closing(open_store(there)) as target:
        move(source, target)
    ports = [free_port(), free_port()]
    servers = [start(there, port) for port in ports]
    loads = [Load(port, "/forms/help", BODY, connections=16) for port in ports]

    async def press():
        await asyncio.gather(*(press_and(load, server, 1, server.kill)
                               for load, server in zip(loads, servers, strict=True)))  # fmt: skip

    asyncio.run(press())
    for load in loads:
        assert load.tokens
        assert missing(forms["help"], load, there) == set()


def test_a_second_server_on_the_same_file_loses_nothing_either(settings, forms):
    ports = [free_port(), free_port()]
    servers = [start(settings.store_url, port) for port in ports]
    loads = [Load(port, "/forms/help", BODY, connections=8) for port in ports]

    async def press():
        await asyncio.gather(*(press_and(load, server, 1, server.terminate)
                               for load, server in zip(loads, servers, strict=True)))  # fmt: skip

    asyncio.run(press())
    for load in loads:
        assert set(load.statuses) == {"303"}
        assert missing(forms["help"], load, settings.store_url) == set()
