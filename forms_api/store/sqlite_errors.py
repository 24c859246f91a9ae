"""What SQLite's errors mean for the hub."""

import sqlite3

from forms_api.store import StoreUnavailable

# After these the connection may stay broken for ever; after the others (full, busy) it is sound.
FATAL = {
    sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOTADB,
}  # fmt: skip
# What Python raises for a value that cannot be bound, besides the database's own refusal.
UNFIT = (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError, OverflowError, UnicodeEncodeError)


def told(error: Exception) -> StoreUnavailable:
    """The error of the database or of the file system, as the hub says it."""
    kind = getattr(error, "sqlite_errorname", type(error).__name__)
    return StoreUnavailable(f"{kind}: {error}", kind)


def is_fatal(error: Exception) -> bool:
    """Whether a new connection is needed."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in FATAL
