"""The commands of whoever keeps the machine: backup, restore, move, doctor."""

import argparse
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from forms_api.commands.doctor import examine
from forms_api.config import SettingError, read_settings
from forms_api.store import backup, open_store
from forms_api.store.move import NotMoved, move


def add_to(commands) -> None:
    """Put the commands into the parser's list ``commands``."""
    copy = commands.add_parser("backup", help="copy the running SQLite database into a folder")
    copy.add_argument("folder", type=Path, nargs="?", help="without it, FORMS_BACKUP_DIR")
    copy.add_argument("--keep", type=int, default=backup.KEEP, help="how many copies stay (default %(default)s)")
    copy.set_defaults(run=_backup)
    back = commands.add_parser("restore", help="lay a copy back into an empty place")
    back.add_argument("source", type=Path)
    back.set_defaults(run=_restore)
    carry = commands.add_parser("move", help="copy the hub into another, empty database, and prove the copy")
    carry.add_argument("source", help="sqlite:///path or postgresql://…; it is only read")
    carry.add_argument("target")
    carry.set_defaults(run=_move)
    commands.add_parser("doctor", help="say how the hub is; exit 1 when something is wrong").set_defaults(run=_doctor)


def _backup(wanted: argparse.Namespace) -> int:
    settings = read_settings()
    folder = wanted.folder or settings.backup_dir
    if folder is None:
        raise SettingError("FORMS_BACKUP_DIR is not set: set it, or name a folder")
    if wanted.keep < 1:
        raise SettingError(f"--keep is {wanted.keep}: keep at least 1")
    try:
        made, counts = backup.backup(settings.store_url, folder, datetime.now(UTC), wanted.keep)
    except backup.NotBackedUp as error:
        return _refused(error)
    print(f"{made}: {_told(counts)}, checked")
    return 0


def _restore(wanted: argparse.Namespace) -> int:
    settings = read_settings()
    try:
        counts = backup.restore(wanted.source, settings.store_url)
    except backup.NotBackedUp as error:
        return _refused(error)
    print(f"{backup.file_of(settings.store_url)}: {_told(counts)}, checked. Now run: python -m forms_api doctor")
    return 0


def _move(wanted: argparse.Namespace) -> int:
    try:
        with closing(open_store(wanted.source, create=False)) as source, closing(open_store(wanted.target)) as target:
            counts = move(source, target)
    except NotMoved as error:
        return _refused(error)
    print(f"{_told(counts)}, each table the same in both. What came in since is not in the copy: for the last move "
          "stop the server first, then set FORMS_DATABASE_URL")  # fmt: skip
    return 0


def _doctor(wanted: argparse.Namespace) -> int:
    found = examine(read_settings(), datetime.now(UTC))
    for each in found:
        print(f"{'good   ' if each.good else 'TROUBLE'} {each.text}")
    return 0 if all(each.good for each in found) else 1


def _refused(error: Exception) -> int:
    print(error, file=sys.stderr)
    return 1


def _told(counts: dict[str, int]) -> str:
    return f"{sum(counts.values())} rows in {len(counts)} tables"
