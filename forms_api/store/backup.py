"""Copies of a SQLite hub: made while it runs, opened and counted before they count, laid back into an empty place.

PostgreSQL brings better ways of its own (pg_dump, archived WAL); docs/maintain/backup.md names them.
"""

import os
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from forms_api.store import StoreUnavailable

KEEP = 14  # nights
NAME = "hub-%Y%m%dT%H%M%S%fZ.sqlite"
SIDES = ("", "-wal", "-shm", "-journal")


class NotBackedUp(Exception):
    """There is no copy, or nothing was laid back; the message says why and what to do."""


def file_of(store_url: str) -> Path:
    """The database file behind ``store_url``. Raises NotBackedUp for another kind of database."""
    if not store_url.startswith("sqlite:///"):
        raise NotBackedUp("this hub is on PostgreSQL: use pg_dump and archived WAL, see docs/maintain/backup.md")
    return Path(store_url.removeprefix("sqlite:///"))


def backup(store_url: str, folder: Path, now: datetime, keep: int = KEEP) -> tuple[Path, dict[str, int]]:
    """Copy the database as it is at one moment into ``folder``, while others write to it.

    Gives the new file, complete and on the disk, and how many rows each of its tables has. Of the copies in
    ``folder`` the ``keep`` newest stay, and always the one just made. Raises NotBackedUp.
    """
    source = file_of(store_url)
    if not source.is_file():
        raise NotBackedUp(f"{source} is not there: nothing to copy")
    made = folder / now.astimezone(UTC).strftime(NAME)
    partial = made.with_suffix(".partial")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for each in folder.glob("hub-*.partial"):
            if each.stat().st_mtime < now.timestamp() - 24 * 3600:
                _remove(each)  # of a copying that was killed
        counts = _copy(source, partial)
        os.replace(partial, made)
        _sync(folder)
    except (OSError, sqlite3.Error) as error:
        raise NotBackedUp(f"no copy of {source} in {folder}: {error}") from error
    finally:
        _remove(partial)
    for old in copies(folder)[keep:]:
        if old != made:
            old.unlink()
    return made, counts


def restore(source: Path, store_url: str) -> dict[str, int]:
    """Lay the copy ``source`` where ``store_url`` points, which must be empty; gives the rows of each table.

    A copy that is damaged is refused and nothing is left behind. Raises NotBackedUp.
    """
    target = file_of(store_url)
    there = [each for each in (Path(f"{target}{side}") for side in SIDES) if each.exists()]
    if there:
        raise NotBackedUp(f"{there[0]} is there already: move it away first, nothing is written over")
    if not source.is_file():
        raise NotBackedUp(f"{source} is not there")
    partial = Path(f"{target}.partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        counts = _copy(source, partial)
        os.replace(partial, target)
        _sync(target.parent)
    except (OSError, sqlite3.Error) as error:
        raise NotBackedUp(f"{source} was not laid back: {error}") from error
    finally:
        _remove(partial)
    return counts


def copies(folder: Path) -> list[Path]:
    """The finished copies in ``folder``, newest first by the time in their names."""
    return sorted(folder.glob("hub-*Z.sqlite"), reverse=True)


def made_at(copy: Path) -> datetime:
    """When a copy was made, from its name; aware, UTC."""
    return datetime.strptime(copy.name, NAME).replace(tzinfo=UTC)


def look(path: Path) -> dict[str, int]:
    """Open the database at ``path`` for reading, check all of it and count its rows by table.

    Raises StoreUnavailable when it is damaged or no database.
    """
    try:
        with closing(reading(path)) as database:
            _check(database)
            return _counts(database)
    except sqlite3.Error as error:
        raise StoreUnavailable(f"{path}: {error}") from error


def journal(path: Path) -> str:
    """The journal mode that the database file is in, like "wal". Raises StoreUnavailable."""
    try:
        with closing(reading(path)) as database:
            return database.execute("PRAGMA journal_mode").fetchone()[0]
    except sqlite3.Error as error:
        raise StoreUnavailable(f"{path}: {error}") from error


def reading(path: Path) -> sqlite3.Connection:
    """The database at ``path``, for reading only; never makes one. Raises sqlite3.Error."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5)


def _copy(source: Path, target: Path) -> dict[str, int]:
    """The database ``source`` as one file ``target`` that only its owner reads, checked and on the disk."""
    _remove(target)
    os.close(os.open(target, os.O_CREAT | os.O_EXCL, 0o600))
    with closing(reading(source)) as live, closing(sqlite3.connect(target, isolation_level=None)) as copy:
        # One reading transaction around both, so that the counts are those of the copied moment. The live hub
        # goes on writing meanwhile: in WAL mode a reader holds nobody up (sqlite.org/wal.html).
        live.execute("BEGIN")
        before = _counts(live)
        live.backup(copy)
        live.execute("ROLLBACK")
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
        copy.execute("VACUUM")  # what was deleted is not carried along in free pages
        _check(copy)
        if _counts(copy) != before:
            raise sqlite3.DatabaseError("the copy has other rows than the database")
    _sync(target)
    return before


def _check(database: sqlite3.Connection) -> None:
    told = database.execute("PRAGMA integrity_check").fetchone()[0]
    if told != "ok":
        raise sqlite3.DatabaseError(f"damaged: {told}")


def _counts(database: sqlite3.Connection) -> dict[str, int]:
    names = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
    ).fetchall()
    if not names:
        raise sqlite3.DatabaseError("no table in it: this is not a hub's database")
    return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names}  # noqa: S608


def _remove(path: Path) -> None:
    for side in SIDES:
        with suppress(OSError):  # what could not be made cannot be removed
            os.unlink(f"{path}{side}")


def _sync(path: Path) -> None:
    if os.name == "nt":
        return  # Windows syncs no folder, and its file was synced by SQLite
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
