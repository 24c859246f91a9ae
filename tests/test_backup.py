"""Copies are whole, made while the hub runs, opened before they count, and laid back only into an empty place."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from datetime import timedelta

import pytest

from forms_api.config import Settings
from forms_api.store import backup

from . import cast
from .behind_nginx import keep_sending
from .conftest import ROOT
from .servers import free_port, start

MADE = "hub-20261123T020000000000Z.sqlite"


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "copies"


@pytest.fixture
def elsewhere(tmp_path) -> Settings:
    return Settings(store_url=f"sqlite:///{tmp_path / 'elsewhere' / 'forms.sqlite'}", secure_cookies=False)


def rows(path) -> list[tuple]:
    with closing(backup.reading(path)) as database:
        return sorted(database.execute("SELECT id, sealed FROM help"))


def test_a_copy_of_the_running_hub_has_what_was_stored_and_is_one_private_file(app, siti, settings, folder, clock):
    assert siti.post("/forms/help", data=cast.help_request()).status_code == 303
    made, counts = backup.backup(settings.store_url, folder, clock())
    assert made.name == MADE
    assert [each.name for each in folder.iterdir()] == [MADE]
    assert counts["help"] == 1
    assert rows(made) == rows(backup.file_of(settings.store_url))
    assert made.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_what_was_deleted_is_not_carried_along(app, siti, settings, folder, clock):
    siti.post("/forms/help", data=cast.help_request())
    (row,) = rows(backup.file_of(settings.store_url))
    with closing(sqlite3.connect(backup.file_of(settings.store_url), isolation_level=None)) as database:
        database.execute("PRAGMA secure_delete = OFF")  # some builds of SQLite wipe by themselves
        database.execute("DELETE FROM help")
    made, _ = backup.backup(settings.store_url, folder, clock())
    assert row[1][:60].encode() not in made.read_bytes()


def test_the_newest_stay_and_the_one_just_made_whatever_the_clock_says(settings, folder, clock):
    for _ in range(4):
        backup.backup(settings.store_url, folder, clock(), keep=3)
        clock.pass_by(days=1)
    assert [each.name[4:12] for each in backup.copies(folder)] == ["20261126", "20261125", "20261124"]
    clock.pass_by(days=-900)
    made, _ = backup.backup(settings.store_url, folder, clock(), keep=3)
    assert made.exists()
    assert backup.made_at(made) == clock()


def test_what_a_killed_copying_left_behind_is_cleared_a_day_later(settings, folder, clock):
    folder.mkdir()
    left = folder / "hub-20261122T020000000000Z.partial"
    left.write_text("half")
    for days, stays in ((0, True), (-2, False)):
        os.utime(left, times=((clock() + timedelta(days=days)).timestamp(),) * 2)
        backup.backup(settings.store_url, folder, clock())
        assert left.exists() == stays


def test_a_damaged_database_gives_no_copy_and_leaves_the_older_ones(settings, folder, clock):
    kept, _ = backup.backup(settings.store_url, folder, clock())
    path = backup.file_of(settings.store_url)
    data = bytearray(path.read_bytes())
    data[4096 * 2 : 4096 * 5] = b"\xff" * 4096 * 3
    path.write_bytes(data)
    with pytest.raises(backup.NotBackedUp):
        backup.backup(settings.store_url, folder, clock() + timedelta(days=1))
    assert list(folder.iterdir()) == [kept]


def test_a_folder_that_cannot_be_written_is_said(settings, tmp_path, clock):
    (tmp_path / "file").write_text("")
    with pytest.raises(backup.NotBackedUp, match="no copy of"):
        backup.backup(settings.store_url, tmp_path / "file" / "below", clock())


def test_restored_is_what_was_copied(app, siti, settings, folder, clock, elsewhere):
    siti.post("/forms/help", data=cast.help_request())
    made, counts = backup.backup(settings.store_url, folder, clock())
    assert backup.restore(made, elsewhere.store_url) == counts
    target = backup.file_of(elsewhere.store_url)
    assert rows(target) == rows(made)
    assert target.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in target.parent.iterdir()] == [target.name]


@pytest.mark.parametrize("there", ["forms.sqlite", "forms.sqlite-wal", "forms.sqlite-shm"])
def test_nothing_is_written_over(settings, folder, clock, elsewhere, there):
    made, _ = backup.backup(settings.store_url, folder, clock())
    place = backup.file_of(elsewhere.store_url).parent
    place.mkdir()
    (place / there).write_text("mine")
    with pytest.raises(backup.NotBackedUp, match="is there already: move it away first"):
        backup.restore(made, elsewhere.store_url)
    assert (place / there).read_text() == "mine"
    assert len(list(place.iterdir())) == 1


@pytest.mark.parametrize("spoil", ["cut", "other", "empty", "missing"])
def test_what_is_no_whole_copy_is_not_laid_back(settings, folder, clock, elsewhere, spoil):
    made, _ = backup.backup(settings.store_url, folder, clock())
    if spoil == "cut":
        made.write_bytes(made.read_bytes()[: made.stat().st_size // 2])
    elif spoil == "other":
        made.write_text("a letter " * 1000)
    elif spoil == "empty":
        made.write_bytes(b"")
    else:
        made.unlink()
    with pytest.raises(backup.NotBackedUp):
        backup.restore(made, elsewhere.store_url)
    assert not backup.file_of(elsewhere.store_url).exists()


def test_postgresql_is_sent_to_its_own_ways(folder, clock):
    with pytest.raises(backup.NotBackedUp, match="pg_dump"):
        backup.backup("postgresql://hub@db/hub", folder, clock())


def run(settings, *arguments, **environment) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "forms_api", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "FORMS_DATABASE_URL": settings.store_url, **environment},
    )  # fmt: skip


def test_the_commands_say_what_they_did_and_refuse_in_one_line(settings, elsewhere, folder):
    made = run(settings, "backup", FORMS_BACKUP_DIR=str(folder))
    assert made.returncode == 0, made.stderr
    (copy,) = folder.iterdir()
    assert made.stdout.startswith(f"{copy}: ")
    assert made.stdout.strip().endswith("checked")
    back = run(elsewhere, "restore", copy)
    assert (back.returncode, "Now run: python -m forms_api doctor" in back.stdout) == (0, True)
    again = run(elsewhere, "restore", copy)
    assert again.returncode == 1
    assert len(again.stderr.splitlines()) == 1
    assert run(settings, "backup").stderr.strip() == "SettingError: FORMS_BACKUP_DIR is not set: set it, or name a folder"


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is POSIX")
def test_a_server_killed_during_a_backup_under_load_loses_nothing_that_was_acknowledged_before(
    settings, elsewhere, folder, port
):  # fmt: skip
    acknowledged: list[str] = []
    server = start(settings.store_url, port)
    senders = [threading.Thread(target=keep_sending, args=(port, acknowledged, who)) for who in range(3)]
    for sender in senders:
        sender.start()
    while len(acknowledged) < 5:
        time.sleep(0.01)
    before = list(acknowledged)
    copying = subprocess.Popen(
        [sys.executable, "-m", "forms_api", "backup", str(folder)], cwd=ROOT,
        env={**os.environ, "FORMS_DATABASE_URL": settings.store_url},
    )  # fmt: skip
    while not list(folder.glob("*.partial")) and copying.poll() is None:
        time.sleep(0.001)
    server.send_signal(signal.SIGKILL)
    server.wait()
    assert copying.wait(30) == 0
    for sender in senders:
        sender.join(15)
    (made,) = folder.iterdir()
    backup.restore(made, elsewhere.store_url)
    fingerprints = {row[0] for row in _column(backup.file_of(elsewhere.store_url))}
    lost = [receipt for receipt in before if _fingerprint(settings, receipt) not in fingerprints]
    assert lost == []
    with closing(sqlite3.connect(backup.file_of(elsewhere.store_url))) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def _column(path) -> list[tuple]:
    with closing(backup.reading(path)) as database:
        return database.execute("SELECT receipt FROM help").fetchall()


def _fingerprint(settings, receipt: str) -> str:
    from forms_api.keys import receipts

    with closing(backup.reading(backup.file_of(settings.store_url))) as database:
        salt = database.execute("SELECT value FROM hub WHERE id = 'receipt_salt'").fetchone()[0]
    return receipts.derive(receipt, bytes.fromhex(salt))[0]
