"""Whatever happens to the database: nobody is told "received" for nothing, and the same process goes on afterwards.

Every test sends through the one writer, and at the end looks with another program for what was acknowledged.
"""

import asyncio
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest

from forms_api.store import RowRefused, StoreUnavailable, Table, faults, open_store
from forms_api.store import postgres as store_postgres
from forms_api.store import sqlite as store_sqlite
from forms_api.store.writer import Writer

from . import cast
from .disks import disk  # noqa: F401 - a fixture
from .postgres import NEEDS_POSTGRES, Postgres

CASES = Table("cases", {"id": str, "status": str})
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody delete an open file, and knows no signals")


class Sender:
    """Sends one row after the other and remembers which were acknowledged."""

    def __init__(self, url: str):
        self.store = open_store(url)
        self.store.prepare([CASES])
        self._writer = Writer(self.store)
        self.acknowledged: list[str] = []
        self.number = 0

    def send(self, size: int = 100) -> None:
        """Send a row of ``size`` characters. Raises StoreUnavailable."""
        self.number += 1
        row = {"id": f"{self.number:05}", "status": "x" * size}
        assert asyncio.run(self._writer.put([("cases", row)]))
        self.acknowledged.append(row["id"])

    def fails(self, size: int = 100) -> None:
        """Sending is refused, and again when it is tried again."""
        for _ in range(3):
            with pytest.raises(StoreUnavailable):
                self.send(size)


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "forms.sqlite"


@pytest.fixture
def sender(path):
    sender = Sender(f"sqlite:///{path}")
    for _ in range(20):
        sender.send()
    yield sender
    sender.store.close()


def nothing_acknowledged_is_missing(sender: Sender, path: Path) -> None:
    sender.store.close()
    with sqlite3.connect(path) as other:
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        stored = {row[0] for row in other.execute("SELECT id FROM cases")}
    other.close()
    assert sender.acknowledged
    assert set(sender.acknowledged) <= stored


def beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def test_a_full_disk(disk):  # noqa: F811
    path = disk.folder / "forms.sqlite"
    sender = Sender(f"sqlite:///{path}")
    with pytest.raises(StoreUnavailable, match="FULL"):
        for _ in range(500):
            sender.send(5000)
    sender.fails(5000)
    assert sum(1 for _ in sender.store.find("cases")) >= len(sender.acknowledged)
    disk.set("size=8m")
    sender.send(5000)
    nothing_acknowledged_is_missing(sender, path)


def test_a_database_that_may_not_grow(sender, path):
    """The same error of SQLite on machines where no small disk can be mounted."""
    sender.store._writer.execute("PRAGMA max_page_count = 10")
    with pytest.raises(StoreUnavailable, match="FULL"):
        sender.send(200_000)
    sender.store._writer.execute("PRAGMA max_page_count = 100000")
    sender.send(200_000)
    nothing_acknowledged_is_missing(sender, path)


def test_a_fault_is_said_in_the_log_once_a_minute_by_its_kind_and_never_by_an_answer(sender, monkeypatch, caplog):
    now = [1000.0]
    monkeypatch.setattr(faults, "monotonic", lambda: now[0])
    sender.store._writer.execute("PRAGMA max_page_count = 10")
    for passed in (0, 30, 30, 59):
        now[0] += passed
        with pytest.raises(StoreUnavailable):
            sender.send(200_000)
    told = "requests are refused, the database cannot be used: SQLITE_FULL"
    assert [each.getMessage() for each in caplog.records] == [told, told]
    assert {each.levelname for each in caplog.records} == {"WARNING"}


def test_a_row_that_breaks_a_rule_is_no_fault_of_the_database(sender, caplog):
    with pytest.raises(RowRefused):
        sender.store.add("cases", {"id": "\ud800", "status": cast.STORY})
    assert caplog.records == []


def test_a_disk_that_became_read_only(disk):  # noqa: F811
    path = disk.folder / "forms.sqlite"
    sender = Sender(f"sqlite:///{path}")
    sender.send()
    sender.store.close()
    disk.set("ro")
    sender.fails()
    disk.set("rw")
    sender.send()
    nothing_acknowledged_is_missing(sender, path)


HOLD = """
import sqlite3, sys
other = sqlite3.connect(sys.argv[1], isolation_level=None)
other.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
other.execute("ROLLBACK")
"""


@pytest.fixture
def held(path):
    """Another process that holds the database until it is let go."""

    def hold():
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout.readline() == "held\n"
        begun.append(process)

    def let_go():
        while begun:
            begun.pop().communicate("\n")

    begun: list[subprocess.Popen] = []
    yield hold, let_go
    let_go()


def test_a_database_that_another_program_holds_too_long(path, held, monkeypatch):
    monkeypatch.setattr(store_sqlite, "PATIENCE", 0.2)
    hold, let_go = held
    sender = Sender(f"sqlite:///{path}")
    hold()
    sender.fails()
    let_go()
    sender.send()
    nothing_acknowledged_is_missing(sender, path)


def test_a_database_that_another_program_holds_for_a_moment(sender, path, held):
    hold, let_go = held
    hold()
    timer = threading.Timer(0.3, let_go)
    timer.start()
    sender.send()
    timer.join()
    nothing_acknowledged_is_missing(sender, path)


def test_another_program_that_writes_beside_the_server(sender, path):
    for number in range(10):
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("INSERT INTO cases VALUES (?, 'other')", [f"other{number}"])
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        other.close()
        sender.send()
    nothing_acknowledged_is_missing(sender, path)
    assert sum(1 for _ in sender.store.find("cases", [("status", "=", "other")])) == 10


def overwrite(path: Path) -> None:
    path.write_bytes(b"\xa5" * path.stat().st_size)


def cut_in_half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 8192 * 4096)


def empty(path: Path) -> None:
    os.truncate(path, 0)


@POSIX
@pytest.mark.parametrize("damage", [overwrite, cut_in_half, empty])
def test_a_file_that_is_damaged_under_the_server(sender, path, damage):
    for _ in range(100):
        sender.send(500)
    sender.store.settle()  # all is in the main file: there is nothing left to mend it with
    shutil.copy(path, beside(path, ".good"))
    damage(path)
    sender.fails()
    with pytest.raises(StoreUnavailable):
        list(sender.store.find("cases"))
    shutil.copy(beside(path, ".good"), path)
    sender.send()
    nothing_acknowledged_is_missing(sender, path)


@POSIX
@pytest.mark.parametrize("damage", [overwrite, cut_in_half, empty])
def test_a_damaged_file_is_mended_from_the_wal_while_that_holds_all_of_it(sender, path, damage):
    damage(path)
    sender.send()
    nothing_acknowledged_is_missing(sender, path)


@POSIX
def test_a_file_that_is_deleted_under_the_server(sender, path):
    """It was moved away, in truth, so that it can be put back."""
    for name in (path, beside(path, "-wal"), beside(path, "-shm")):
        name.rename(beside(name, ".away"))
    sender.fails()
    with pytest.raises(StoreUnavailable):
        sender.store.get("cases", "00001")
    assert not path.exists(), "the server must not begin a new database"
    for name in (path, beside(path, "-wal"), beside(path, "-shm")):
        beside(name, ".away").rename(name)
    sender.send()
    nothing_acknowledged_is_missing(sender, path)


@POSIX
def test_whoever_sends_meanwhile_is_told_and_keeps_the_text_and_the_log_has_a_line(settings, siti, caplog):
    path = Path(settings.store_url.removeprefix("sqlite:///"))
    path.rename(beside(path, ".away"))
    for _ in range(2):
        page = siti.post("/forms/help", data=cast.help_request())
        assert page.status_code == 503
        assert cast.STORY in page.text
        assert int(page.headers["Retry-After"]) > 0
    beside(path, ".away").rename(path)
    assert siti.post("/forms/help", data=cast.help_request()).status_code == 303
    ours = [each.getMessage() for each in caplog.records if each.name == "forms_api"]
    assert ours == ["requests are refused, the database cannot be used: FileNotFoundError"]


@POSIX
def test_a_file_that_is_replaced_by_its_backup_under_the_server(sender, path):
    copy = beside(path, ".copy")
    with sqlite3.connect(path) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()
    opened = sender.store.opened
    os.replace(copy, path)
    beside(path, "-wal").unlink()
    beside(path, "-shm").unlink()
    with pytest.raises(StoreUnavailable, match="replaced"):
        sender.send()
    sender.send()
    assert sender.store.opened > opened, "who remembers what is stored must look again"
    nothing_acknowledged_is_missing(sender, path)


@POSIX
def test_a_file_that_is_replaced_by_something_else_under_the_server(sender, path):
    path.rename(beside(path, ".good"))
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (id TEXT)")
    other.close()
    sender.fails()
    os.replace(beside(path, ".good"), path)
    sender.send()
    nothing_acknowledged_is_missing(sender, path)


@POSIX
@pytest.mark.parametrize("endings", [["-wal"], ["-wal", "-shm"]])
def test_a_wal_that_is_deleted_under_the_server_takes_nothing_with_it(sender, path, endings):
    """What was acknowledged is still in the deleted file, and is brought into the main file before it is let go."""
    for ending in endings:
        beside(path, ending).unlink()
    with pytest.raises(StoreUnavailable, match="deleted"):
        sender.send()
    sender.send()
    nothing_acknowledged_is_missing(sender, path)


@POSIX
def test_a_wal_that_is_deleted_while_a_long_export_reads_it(sender, path):
    """Two WALs under one file would ruin each other, so the new one waits until the reader has let go of the old."""
    sender.store.write([[("cases", {"id": f"more{number:04}", "status": "x"})] for number in range(1000)])
    rows = sender.store.find("cases")
    next(rows)
    sender.send()
    beside(path, "-wal").unlink()
    sender.fails()
    assert sum(1 for _ in rows) == 1019
    sender.send()
    nothing_acknowledged_is_missing(sender, path)


@POSIX
def test_a_folder_that_is_only_the_owners(tmp_path):
    open_store(f"sqlite:///{tmp_path / 'deep' / 'forms.sqlite'}").close()
    assert (tmp_path / "deep").stat().st_mode & 0o777 == 0o700


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable):
        open_store(f"sqlite:///{tmp_path / 'file'}/forms.sqlite")


def test_a_file_that_should_be_there_and_is_not(path):
    with pytest.raises(StoreUnavailable):
        open_store(f"sqlite:///{path}", create=False)
    assert not path.exists()


@pytest.fixture
def server():
    """A PostgreSQL that the test may hurt."""
    server = Postgres()
    yield server
    server.stop()


def rows_are_in(server: Postgres, sender: Sender) -> None:
    with psycopg.connect(server.url) as other:
        stored = {row[0] for row in other.execute("SELECT id FROM cases")}
    assert set(sender.acknowledged) <= stored
    sender.store.close()


@NEEDS_POSTGRES
def test_a_postgresql_that_dies_and_comes_back(server, caplog):
    sender = Sender(server.url)
    sender.send()
    list(sender.store.find("cases"))
    server.kill()
    sender.fails()
    with pytest.raises(StoreUnavailable):
        sender.store.get("cases", "00001")
    assert [each.getMessage() for each in caplog.records] == [
        "requests are refused, the database cannot be used: OperationalError"
    ]
    server.start()
    sender.send()
    assert sender.store.get("cases", "00001")
    rows_are_in(server, sender)


@NEEDS_POSTGRES
def test_a_postgresql_that_is_frozen_does_not_freeze_the_server(server, monkeypatch):
    monkeypatch.setitem(store_postgres.CONNECT, "connect_timeout", 2)  # the least that libpq takes
    sender = Sender(server.url)
    sender.send()
    list(sender.store.find("cases"))
    server.signal(signal.SIGSTOP)
    monkeypatch.setattr(store_postgres, "DEADLINE", 0.5)
    try:
        with pytest.raises(StoreUnavailable):
            sender.send()
        with pytest.raises(StoreUnavailable):
            sender.store.get("cases", "00001")
    finally:
        server.signal(signal.SIGCONT)
        monkeypatch.undo()
    sender.send()
    assert sender.store.get("cases", "00001")
    rows_are_in(server, sender)


@NEEDS_POSTGRES
def test_a_table_that_another_session_has_locked(postgres, monkeypatch):
    url = postgres.place()
    sender = Sender(url)
    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE cases")
        monkeypatch.setattr(store_postgres, "DEADLINE", 0.5)
        with pytest.raises(StoreUnavailable):
            sender.send()
    monkeypatch.undo()
    sender.send()
    sender.store.close()


SLOW = """
    CREATE FUNCTION slow() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(1); END $$;
    CREATE EVENT TRIGGER slow ON ddl_command_end WHEN TAG IN ('CREATE INDEX') EXECUTE FUNCTION slow()
"""


@NEEDS_POSTGRES
def test_an_index_on_many_rows_may_take_longer_than_any_answer(postgres, monkeypatch):
    """Else a server whose new release brings an index would never start again."""
    sender = Sender(postgres.place())
    with psycopg.connect(postgres.url, autocommit=True) as other:
        other.execute(SLOW)
        try:
            monkeypatch.setattr(store_postgres, "DEADLINE", 0.3)
            sender.store._writer.execute("SET statement_timeout = '300ms'")
            sender.store.prepare([Table("cases", CASES.columns, indexes=(("status",),))])
        finally:
            monkeypatch.undo()
            other.execute("DROP EVENT TRIGGER slow; DROP FUNCTION slow")
    assert sender.store.tables()[0].indexes == (("status",),)
    sender.send()
    sender.store.close()


@NEEDS_POSTGRES
def test_an_index_on_a_table_that_another_session_has_locked_is_not_waited_for_without_end(postgres, monkeypatch):
    sender = Sender(postgres.place())
    with psycopg.connect(sender.store._url) as other:
        other.execute("LOCK TABLE cases")
        monkeypatch.setattr(store_postgres, "DEADLINE", 0.5)
        with pytest.raises(StoreUnavailable):
            sender.store.prepare([Table("cases", CASES.columns, indexes=(("status",),))])
    monkeypatch.undo()
    sender.send()
    sender.store.close()


@NEEDS_POSTGRES
def test_a_server_that_hangs_up_on_idle_connections_costs_nobody_an_answer(postgres):
    """That is what a restart looks like from here, and a proxy that sends all to the new primary."""
    sender = Sender(postgres.place())
    sender.send()
    list(sender.store.find("cases"))
    with psycopg.connect(postgres.url, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid != pg_backend_pid()"
                      " AND backend_type = 'client backend'")  # fmt: skip
        while other.execute("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'").fetchone()[0] > 1:
            pass
    sender.send()
    assert sender.store.get("cases", "00001")
    sender.store.close()


@NEEDS_POSTGRES
def test_a_postgresql_that_is_not_there():
    with pytest.raises(StoreUnavailable):
        open_store("postgresql://hub@127.0.0.1:1/hub")
