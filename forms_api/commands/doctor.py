"""Whether the hub is well: one plain line for each thing that keeps requests safe, and what to do where it does not."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from forms_api.app import create_app
from forms_api.case.days import holidays_of, years_without
from forms_api.case.notices import waited
from forms_api.commands.chores import check
from forms_api.config import SettingError, Settings
from forms_api.forms.tables import read_rows, read_yaml
from forms_api.store import Store, StoreUnavailable, backup, open_store

FREE = 512 * 2**20  # bytes; a year of requests is some ten MB, the rest is for backups and the journal
NEWEST_BACKUP = timedelta(hours=26)  # one a night, and two hours for a slow one
TOLD_WITHIN = timedelta(days=1)  # a mail server may rest for a night
SLACK = timedelta(minutes=5)  # two clocks may differ by this much
WRITTEN = datetime(2026, 11, 23, tzinfo=UTC)  # this file: no clock that is right shows an earlier day

POSTGRES = "SELECT current_setting('synchronous_commit') AS level, pg_is_in_recovery() AS copy"


@dataclass(frozen=True)
class Finding:
    """One line: ``text`` says what was looked at and found; where ``good`` is false, also what to do."""

    good: bool
    text: str


def examine(settings: Settings, now: datetime) -> list[Finding]:
    """Everything worth knowing about the hub behind ``settings``. Changes nothing and makes nothing.

    ``now`` is an aware time. Raises ValueError for a database URL of an unknown kind.
    """
    on_sqlite = settings.store_url.startswith("sqlite:///")
    found = list(_file(backup.file_of(settings.store_url)) if on_sqlite else ())
    if all(each.good for each in found if each.text.startswith("database")):
        try:
            with closing(open_store(settings.store_url, create=False)) as store:
                found += [*_writes(store, on_sqlite), *(schema := list(_schema(store, settings)))]
                if all(each.good for each in schema):
                    found += [*_team(store), *_clock(store, now), _notices(store, settings, now)]
        except StoreUnavailable as error:
            found.append(Finding(False, f"database: cannot be used: {error}"))
    return [*found, _holidays(settings, now), *_backups(settings, on_sqlite, now)]


def _file(path: Path) -> Iterator[Finding]:
    """The file itself, looked at before the hub's own code opens it and puts some of it right."""
    if not path.is_file():
        yield Finding(False, f"database: {path} is not there: start the hub once, or restore a backup")
        return
    size = sum(each.stat().st_size for side in backup.SIDES if (each := Path(f"{path}{side}")).exists())
    try:
        tables = backup.look(path)
        yield Finding(True, f"database: {path}, {_size(size)}, {len(tables)} tables, every page of it sound")
        mode = backup.journal(path)
        yield _judge(mode == "wal", f"journal: {mode}", "start the hub once, it sets wal")
    except StoreUnavailable as error:
        yield Finding(False, f"database: {error}: stop the hub, keep this file, and restore the newest backup")
    free, needed = shutil.disk_usage(path.parent).free, max(FREE, 2 * size)
    yield _judge(free >= needed, f"free space: {_size(free)}", f"make room, {_size(needed)} are needed")
    yield _private(path)


def _private(path: Path) -> Finding:
    """Whether others on the machine are kept out, by the file's own mode or by its folder's."""
    modes = [each.stat().st_mode & 0o077 for each in (path, path.parent)]
    told = f"permissions: {path} is for its owner only"
    return Finding(True, told) if 0 in modes else Finding(
        False, f"permissions: others on this machine can read {path}: chmod 700 {path.parent}")  # fmt: skip


def _writes(store: Store, on_sqlite: bool) -> Iterator[Finding]:
    # Through the store's own connection, because what it asked of the database holds for that one only.
    if on_sqlite:
        with store._reader() as connection:
            level = connection.execute("PRAGMA synchronous").fetchone()[0]
        yield _judge(level >= 2, f"sync: level {level} (2 is FULL)", "requests could be lost when the power goes")
        try:
            with store._reader() as connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
            yield Finding(True, "writable: yes")
        except StoreUnavailable as error:
            yield Finding(False, f"writable: no, {error}: look at the disk and at who owns the file")
        return
    with store._reader() as connection:
        told = connection.execute(POSTGRES).fetchone()
    yield _judge(told["level"] not in ("off", "local"), f"sync: synchronous_commit is {told['level']}", "set it to on")
    yield _judge(not told["copy"], f"writable: {'no, this server is a standby' if told['copy'] else 'yes'}",
                 "point FORMS_DATABASE_URL at the primary")  # fmt: skip


def _schema(store: Store, settings: Settings) -> Iterator[Finding]:
    """Every table and column that a new hub with these forms makes must be there."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        new = f"sqlite:///{folder}/new.sqlite"
        create_app(replace(settings, store_url=new, serve_site=False))
        with closing(open_store(new, create=False)) as made:
            wanted = {each.name: set(each.columns) for each in made.tables()}
    there = {each.name: set(each.columns) for each in store.tables()}
    missing = sorted(f"{name}.{column}" for name in wanted for column in wanted[name] - there.get(name, set()))
    told = f"{len(missing)} columns missing, like {missing[0]}" if missing else "as the forms want it"
    yield _judge(not missing, f"schema: {told}", "start the hub of this release once, it adds them")


def _team(store: Store) -> Iterator[Finding]:
    found = next(store.find("team", most=1), None)
    yield _judge(found is not None, "team key: " + ("there" if found else "none"),
                 "run python -m forms_api setup, else no request is accepted")  # fmt: skip


def _clock(store: Store, now: datetime) -> Iterator[Finding]:
    newest = next((row["at"] for row in store.find("events", order="at", most=1)), "")
    told = f"clock: {now.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    if now < WRITTEN:
        yield Finding(False, f"{told}, which is long past: set the clock and switch time synchronisation on")
    elif newest and datetime.fromisoformat(newest) > now + SLACK:
        yield Finding(False, f"{told}, but something was done at {newest[:16]}: the clock was or is wrong; set it")
    else:
        yield Finding(True, told)


def _notices(store: Store, settings: Settings, now: datetime) -> Finding:
    """Whether officers are told that something is new. A hub may do without, but not one that told them once."""
    late = [each for row in store.find("notices", [("sent_on", "=", "")]) if (each := waited(row, now)) > TOLD_WITHIN]
    told = f"{len(late)} have waited longer than a day, the oldest {max(late).days} days" if late else "none waits long"
    if not any((settings.smtp_url, settings.notice_to, settings.notice_from, settings.notice_urls)):
        if late and next(store.find("notices", [("tries", ">", 0)], most=1), None):
            return Finding(False, f"notices: not set here, but some were sent: {told}: give the doctor the settings")
        return Finding(True, "notices: not set, so officers look at the desk by themselves (docs/maintain/notices.md)")
    try:
        check(settings)
    except SettingError as error:
        return Finding(False, f"notices: {error}")
    return _judge(not late, f"notices: set, {told}", "journalctl -u hub-notify says whether it runs and what refuses "
                  "them; what was given up is sent again at /desk/notices")  # fmt: skip


def _holidays(settings: Settings, now: datetime) -> Finding:
    """A promised day that counts a holiday as a working day is too early; next year's table may not be out yet."""
    known = holidays_of(read_rows(settings.data_dir, "holidays"))
    today = now.astimezone(ZoneInfo(read_yaml(settings.data_dir / "hub.yaml")["time_zone"])).date()
    missing = years_without(known, today)
    told = "holidays: " + (f"none for {' and '.join(map(str, missing))}" if missing else f"{today.year} is there")
    later = "" if not missing else "; promised days then count Monday to Friday: add them to data/holidays/holidays.csv"
    return Finding(today.year not in missing, told + later)


def _backups(settings: Settings, on_sqlite: bool, now: datetime) -> Iterator[Finding]:
    if not on_sqlite:
        yield Finding(True, "backups: PostgreSQL's own, not looked at from here; see docs/maintain/backup.md")
        return
    made = backup.copies(settings.backup_dir) if settings.backup_dir else []
    if not made:
        where = f"none in {settings.backup_dir}" if settings.backup_dir else "FORMS_BACKUP_DIR is not set"
        yield Finding(False, f"backups: {where}: run python -m forms_api backup FOLDER every night")
        return
    age = now - backup.made_at(made[0])
    told = f"backups: {len(made)}, the newest {made[0].name} is {age.total_seconds() / 3600:.0f} hours old"
    yield _judge(-SLACK <= age <= NEWEST_BACKUP, told, "see why hub-backup.timer did not run, or set the clock")
    yield _private(made[0])


def _judge(good: bool, told: str, otherwise: str) -> Finding:
    return Finding(good, told if good else f"{told}: {otherwise}")


def _size(size: float) -> str:
    return f"{size / 2**30:.1f} GiB" if size >= 2**30 else f"{size / 2**20:.1f} MiB"
