"""The server of tests/wide.py with SQLite's faster setting, which loses what was acknowledged when the power goes."""

import sys

from forms_api.__main__ import main
from forms_api.door.limits import Limits
from forms_api.store.sqlite import SqliteStore

from .wide import Wide

careful = SqliteStore._connect


def careless(self, mode):
    """A connection that syncs only when the WAL is brought into the main file."""
    connection = careful(self, mode)
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


if __name__ == "__main__":
    Limits.admit = Wide.admit
    SqliteStore._connect = careless
    sys.exit(main())
