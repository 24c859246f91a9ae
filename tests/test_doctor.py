"""The doctor says in plain words what is well, and fails when something is not."""

import os
import shutil
import sqlite3
import subprocess
from collections import namedtuple
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from forms_api.app import create_app
from forms_api.case.notices import new
from forms_api.commands.doctor import examine
from forms_api.keys.team import Team
from forms_api.store import backup, open_store

from .postgres import NEEDS_POSTGRES
from .test_backup import run


@pytest.fixture
def cared_for(settings, tmp_path, clock):
    """A hub with a copy of this night, in a folder that is nobody else's."""
    tmp_path.chmod(0o700)
    backup.backup(settings.store_url, tmp_path / "copies", clock())
    return replace(settings, backup_dir=tmp_path / "copies")


def troubles(settings, now) -> list[str]:
    return [each.text for each in examine(settings, now) if not each.good]


def change(settings, statement: str) -> None:
    with closing(sqlite3.connect(backup.file_of(settings.store_url), isolation_level=None)) as database:
        database.execute(statement)


def test_a_hub_that_is_well_has_no_trouble_and_every_thing_is_named(cared_for, clock):
    found = examine(cared_for, clock())
    assert [each.text for each in found if not each.good] == []
    told = [each.text.split(":")[0] for each in found]
    assert told == ["database", "journal", "free space", "permissions", "sync", "writable", "schema", "team key",
                    "clock", "notices", "holidays", "backups", "permissions"]  # fmt: skip


def test_looking_makes_nothing(settings, tmp_path, clock):
    gone = replace(settings, store_url=f"sqlite:///{tmp_path / 'nowhere' / 'forms.sqlite'}")
    assert "start the hub once, or restore a backup" in troubles(gone, clock())[0]
    assert not (tmp_path / "nowhere").exists()


def test_a_damaged_database_is_found(cared_for, clock):
    path = backup.file_of(cared_for.store_url)
    data = bytearray(path.read_bytes())
    data[4096 * 2 : 4096 * 5] = b"\xff" * 4096 * 3
    path.write_bytes(data)
    assert "restore the newest backup" in troubles(cared_for, clock())[0]


def test_another_journal_is_found(cared_for, clock):
    change(cared_for, "PRAGMA journal_mode = DELETE")
    assert troubles(cared_for, clock()) == ["journal: delete: start the hub once, it sets wal"]


def test_a_column_that_a_form_wants_and_the_table_lacks_is_found(cared_for, clock):
    change(cared_for, "ALTER TABLE help RENAME COLUMN sealed TO shut")
    (told,) = troubles(cared_for, clock())
    assert told == "schema: 1 columns missing, like help.sealed: start the hub of this release once, it adds them"


def test_a_hub_without_team_key_is_found(cared_for, clock):
    change(cared_for, "DELETE FROM team")
    assert troubles(cared_for, clock()) == ["team key: none: run python -m forms_api setup, else no request is accepted"]


def test_a_full_disk_is_found(cared_for, clock, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(0, 0, 100 * 2**20))
    assert troubles(cared_for, clock()) == ["free space: 100.0 MiB: make room, 512.0 MiB are needed"]


@pytest.mark.skipif(os.name == "nt", reason="file modes are POSIX")
def test_files_that_others_can_read_are_found(cared_for, clock):
    path = backup.file_of(cared_for.store_url)
    path.chmod(0o644)
    path.parent.chmod(0o755)
    assert f"others on this machine can read {path}" in troubles(cared_for, clock())[0]
    path.chmod(0o600)
    assert troubles(cared_for, clock()) == []


def test_an_old_or_missing_copy_is_found(cared_for, clock, tmp_path):
    clock.pass_by(hours=25)
    assert troubles(cared_for, clock()) == []
    clock.pass_by(hours=2)
    assert "is 27 hours old" in troubles(cared_for, clock())[0]
    assert "FORMS_BACKUP_DIR is not set" in troubles(replace(cared_for, backup_dir=None), clock())[0]
    assert "none in" in troubles(replace(cared_for, backup_dir=tmp_path / "empty"), clock())[0]


def test_a_clock_that_went_back_is_found(cared_for, clock, budi):
    clock.pass_by(minutes=1)
    assert troubles(cared_for, clock()) == []
    clock.pass_by(hours=-2)
    told = " ".join(troubles(cared_for, clock()))
    assert "something was done at" in told
    assert "set the clock" in told
    clock.pass_by(days=-4000)
    assert "which is long past" in troubles(cared_for, clock())[0]


@pytest.fixture
def telling(cared_for):
    """The same hub with the settings of notices."""
    return replace(cared_for, smtp_url="smtps://hub:rahasia@mail.hub.test", notice_to="budi@hub.test",
                   notice_from="hub@hub.test", public_url="https://hub.test")  # fmt: skip


def put(settings, **columns) -> None:
    with closing(open_store(settings.store_url)) as store:
        store.write([[(table, row | columns) for table, row in new("request", datetime(2026, 11, 23, tzinfo=UTC))]])


def line(settings, now) -> str:
    """What the doctor says of notices."""
    (told,) = [f"{each.good} {each.text}" for each in examine(settings, now) if each.text.startswith("notices")]
    return told


def test_a_hub_that_tells_nobody_has_a_plain_line(cared_for, clock):
    put(cared_for, due="2026-11-01")
    assert line(cared_for, clock()) == (
        "True notices: not set, so officers look at the desk by themselves (docs/maintain/notices.md)")  # fmt: skip


def test_a_hub_that_told_once_and_has_lost_its_settings_is_found(cared_for, clock):
    put(cared_for, tries=1, due="2026-11-02T02:00:00.000+00:00", sent_on="2026-11-02")
    assert line(cared_for, clock()).startswith("True")
    put(cared_for, due="2026-11-20")
    assert "False notices: not set here, but some were sent: 1 have waited longer than a day, the oldest 2 days" in line(
        cared_for, clock()
    )


def test_settings_of_notices_that_are_not_whole_are_found_and_no_password_is_said(telling, clock):
    assert line(telling, clock()) == "True notices: set, none waits long"
    assert line(replace(telling, notice_to=""), clock()) == (
        "False notices: FORMS_NOTICE_TO not set: notices need it (docs/maintain/notices.md)")  # fmt: skip
    assert "rahasia" not in line(replace(telling, smtp_url="smtp:rahasia"), clock())


def test_a_notice_that_waits_longer_than_a_day_is_found_and_one_of_today_is_not(telling, clock):
    put(telling, due="2026-11-22")
    put(telling, due="2026-11-20", sent_on="2026-11-20", tries=1)
    assert line(telling, clock()).startswith("True")
    put(telling, due="2026-11-19")
    put(telling, due="2026-11-23T02:00:00.000+00:00", tries=14, failed_on="2026-11-23")
    assert "False notices: set, 2 have waited longer than a day, the oldest 4 days: journalctl -u hub-notify" in line(
        telling, clock()
    )


def test_the_command_prints_a_line_each_and_its_code_says_whether_all_is_well(cared_for, tmp_path):
    now = datetime.now().astimezone()
    backup.backup(cared_for.store_url, cared_for.backup_dir, now - timedelta(hours=1))
    well = run(cared_for, "doctor", FORMS_BACKUP_DIR=str(cared_for.backup_dir))
    assert well.returncode == 0, well.stdout + well.stderr
    assert all(line.startswith("good    ") for line in well.stdout.splitlines())
    ill = run(cared_for, "doctor")
    assert ill.returncode == 1
    assert "TROUBLE backups: FORMS_BACKUP_DIR is not set" in ill.stdout


@pytest.fixture
def small_disk(tmp_path):
    """A file system that can be made read-only, where one may be mounted."""
    place = tmp_path / "disk"
    place.mkdir(mode=0o700)
    mount = ["mount", "-t", "tmpfs", "-o", "size=64m,mode=700", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no file system may be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_takes_nothing_is_found(cared_for, clock, small_disk):
    shutil.copy(backup.file_of(cared_for.store_url), small_disk / "forms.sqlite")
    there = replace(cared_for, store_url=f"sqlite:///{small_disk / 'forms.sqlite'}")
    change(there, "PRAGMA journal_mode = WAL")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    told = " ".join(troubles(there, clock()))
    assert "readonly" in told or "read-only" in told or "unable to open" in told


@NEEDS_POSTGRES
def test_postgresql_is_asked_for_its_durability(postgres, settings, clock):
    there = replace(settings, store_url=postgres.place())
    with closing(create_app(there, clock).state.hub.cases._store), closing(open_store(there.store_url)) as store:
        Team(store).set_up(clock())
        found = examine(there, clock())
    assert [each.text for each in found if not each.good] == []
    assert "sync: synchronous_commit is on" in [each.text for each in found]
    assert any(each.text.startswith("backups: PostgreSQL's own") for each in found)
