"""The verbs over one SQLite file. A row is on the disk before ``write`` returns."""

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlite_utils import Database

from forms_api.store import Condition, RowRefused, StoreUnavailable, Table
from forms_api.store.sql import ROWS_AT_ONCE, Sql, SqlStore
from forms_api.store.sqlite_errors import UNFIT, is_fatal, told

SQL = Sql("?", "[", "]")
PATIENCE = 5  # seconds that a writer waits for another process


class SqliteStore(SqlStore):
    """One file, one connection that writes, a few that read."""

    sql = SQL

    def __init__(self, path: str, create: bool = True):
        super().__init__()
        self._path = Path(path).absolute()
        self._files = self._left = None
        self._known: set[str] = set()
        self._turn = 0  # grows when the files are found gone
        self._reading: dict[sqlite3.Connection, int] = {}  # each reader at work, and the turn it began in
        try:
            if create:
                self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._open(create)
        except (OSError, sqlite3.Error) as error:
            raise StoreUnavailable(f"{error}: {path}") from error

    def prepare(self, tables: Iterable[Table]) -> None:
        """See Store."""
        tables = list(tables)
        with self._transaction() as connection:
            for each in tables:
                table = Database(connection)[each.name]
                if not table.exists():
                    table.create(each.columns, pk="id")
                else:
                    for column in each.columns.keys() - table.columns_dict.keys():
                        table.add_column(column, each.columns[column])
                for statement in SQL.indexes(each):
                    connection.execute(statement)
        self._known |= {each.name for each in tables}

    def find(
        self, table: str, where: Iterable[Condition] = (), order: str = "id",
        after: tuple[object, str] | None = None, most: int | None = None,
    ) -> Iterator[dict]:  # fmt: skip
        """See Store."""
        query, values = SQL.select(table, where, order, after, most)
        with self._reader() as connection:
            yield from _rows(connection, query, values)

    def count(self, table: str, where: Iterable[Condition] = ()) -> int:
        """See Store."""
        with self._reader() as connection:
            return connection.execute(*SQL.count(table, where)).fetchone()["count"]

    def settle(self) -> None:
        """Bring the WAL into the main file: a damaged WAL loses its tail without an error."""
        with self._lock:
            if self._writer:
                with suppress(sqlite3.Error):  # it is never urgent; a true fault meets the next row
                    # PASSIVE waits for nobody: not for a long export, not for a program that copies the WAL away
                    self._writer.execute("PRAGMA wal_checkpoint(PASSIVE)")
                    self._left = self._state()

    def scrub(self) -> bool:
        """See Store."""
        with self._reader() as connection:
            # secure_delete alone leaves copies behind that were made when rows moved from page to page
            connection.execute("VACUUM")
            return not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]

    def tables(self) -> list[Table]:
        """See Store."""
        with self._reader() as connection:
            found = [each for each in Database(connection).tables if each.pks == ["id"]]
            return sorted((_described(each) for each in found), key=lambda each: each.name)

    @contextmanager
    def snapshot(self):
        """See Store."""
        with self._reader() as connection:
            connection.execute("BEGIN")
            try:
                yield lambda table: _rows(connection, *SQL.select(table))
            finally:
                connection.execute("ROLLBACK")

    def close(self) -> None:
        """See Store."""
        with self._lock:
            if self._writer:
                self._writer.close()
                self._writer = None
                self.opened += 1
            while self._readers:
                self._readers.pop().close()

    def _open(self, create: bool = False) -> None:
        if any(turn < self._turn for turn in list(self._reading.values())):
            # Two WALs under one main file would ruin each other; the last one to let go of the old one saves it.
            raise StoreUnavailable(f"a long read still holds the files that stood at {self._path}", "old files read")
        connection = self._connect("rwc" if create else "rw")
        if missing := self._known - set(Database(connection).table_names()):
            connection.close()
            raise StoreUnavailable(
                f"{self._path} is not the hub's database: it has no table {min(missing)}", "another database"
            )
        self._writer, self._files, self._left = connection, self._look(), self._state()
        self.opened += 1

    def _connect(self, mode: str) -> sqlite3.Connection:
        # autocommit, because the transactions are written out below; sqlite-utils refuses autocommit=True
        connection = sqlite3.connect(
            f"{self._path.as_uri()}?mode={mode}", uri=True, timeout=PATIENCE, check_same_thread=False,
            isolation_level=None, cached_statements=256,
        )  # fmt: skip
        connection.row_factory = sqlite3.Row
        _use_wal(connection)
        # NORMAL loses acknowledged rows when the power goes: the WAL is then synced only at checkpoints.
        connection.execute("PRAGMA synchronous = FULL")
        # A rush is not held up by bringing the WAL in every 1000 pages; settle does it once it is quiet.
        connection.execute("PRAGMA wal_autocheckpoint = 4000")
        # What was deleted is overwritten in the file, not only let go (an old key, a case at its sender's wish).
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()  # so that the WAL is there to be looked at
        return connection

    def _look(self):
        """Which two files stand under the names of the database and of its WAL; None when one is missing."""
        try:
            found = [os.stat(name) for name in (self._path, f"{self._path}-wal")]
        except OSError:
            return None
        return [(each.st_dev, each.st_ino) for each in found]

    def _state(self):
        """Size and last change of the main file: it changes only when the WAL is brought into it."""
        found = os.stat(self._path)
        return found.st_size, found.st_mtime_ns

    def _ready(self) -> sqlite3.Connection:
        if self._writer:
            self._same_files()
            if self._state() != self._left:
                # Somebody else wrote into it: another program's checkpoint, or damage, which the pages that this
                # connection remembers would hide. A new one remembers nothing.
                self.close()
        if self._writer is None:
            self._open()
        return self._writer

    def _same_files(self) -> None:
        # SQLite goes on writing into a file that was deleted, and says that all is well.
        if self._look() != self._files:
            self.settle()  # what is in a WAL that has lost its name is saved into the main file
            self.close()
            self._turn += 1
            raise StoreUnavailable(
                f"{self._path} or its -wal was deleted or replaced while it was in use", "files deleted or replaced"
            )

    @contextmanager
    def _transaction(self):
        with self._faults.said(), self._lock:
            try:
                connection = self._ready()
                # IMMEDIATE waits for another writer; a deferred BEGIN fails at once when it comes to writing.
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
                # again, so that nothing is acknowledged that went into a file deleted in the meantime
                self._same_files()
                self._left = self._state()
            except BaseException as error:
                self._undo(error)

    def _undo(self, error: BaseException) -> None:
        if self._writer and self._writer.in_transaction:
            with suppress(sqlite3.Error):
                self._writer.execute("ROLLBACK")
        if isinstance(error, UNFIT):
            raise RowRefused(str(error)) from error
        if isinstance(error, sqlite3.Error | OSError):
            if is_fatal(error):
                self.close()
            raise told(error) from error
        raise error

    @contextmanager
    def _lent(self):
        connection, sound = None, True
        try:
            if self._look() != self._files:
                with self._lock:
                    self._ready()
            turn = self._turn
            with suppress(IndexError):
                connection = self._readers.pop()
            connection = connection or self._connect("rw")
            self._reading[connection] = turn
            yield connection
        except (sqlite3.Error, OSError) as error:
            sound = False
            raise told(error) from error
        finally:
            if connection:
                if sound and turn == self._turn:
                    self._give_back(connection)
                else:
                    connection.close()
                self._reading.pop(connection, None)


def _rows(connection: sqlite3.Connection, query: str, values: list) -> Iterator[dict]:
    with closing(connection.execute(query, values)) as cursor:
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield from map(dict, rows)


def _described(table) -> Table:
    made = sorted((tuple(each.columns), each.unique) for each in table.indexes if each.origin == "c")
    unique, indexes = ([columns for columns, once in made if once == wanted] for wanted in (1, 0))
    return Table(table.name, table.columns_dict, tuple(columns[0] for columns in unique), tuple(indexes))


def _use_wal(connection: sqlite3.Connection) -> None:
    # Two servers that open a new file at one moment: here SQLite does not wait by itself.
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)
