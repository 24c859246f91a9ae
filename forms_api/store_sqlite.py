"""The six verbs over SQLite, through sqlite-utils. A row is on the disk before ``add`` returns."""

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from forms_api.store import Condition, StoreUnavailable, Table

OPERATORS = {"=", "!=", "<", "<=", ">", ">="}


class SqliteStore:
    """One file, one connection, one writer at a time."""

    def __init__(self, path: str):
        try:
            Path(path).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # autocommit, because the transactions are written out below; sqlite-utils refuses autocommit=True
            connection = sqlite3.connect(path, timeout=5, check_same_thread=False, isolation_level=None)
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA journal_mode = WAL")
            # NORMAL loses acknowledged rows when the power goes: the WAL is then synced only at checkpoints.
            connection.execute("PRAGMA synchronous = FULL")
        except (OSError, sqlite3.Error) as error:
            raise StoreUnavailable(str(error)) from error
        self._db = Database(connection)
        self._lock = threading.RLock()

    def prepare(self, tables: Iterable[Table]) -> None:
        with self._transaction():
            for each in tables:
                table = self._db[each.name]
                if not table.exists():
                    table.create(each.columns, pk="id")
                else:
                    for column in each.columns.keys() - table.columns_dict.keys():
                        table.add_column(column, each.columns[column])
                for column in each.unique:
                    table.create_index([column], unique=True, if_not_exists=True)

    def add(self, table: str, row: dict) -> bool:
        columns = ", ".join(f"[{name}]" for name in row)
        marks = ", ".join("?" * len(row))
        sql = f"INSERT INTO [{table}] ({columns}) VALUES ({marks}) ON CONFLICT (id) DO NOTHING"  # noqa: S608
        return self._write(sql, list(row.values()))

    def get(self, table: str, id: str) -> dict | None:
        return next(self.find(table, [("id", "=", id)]), None)

    def find(self, table: str, where: Iterable[Condition] = (), order: str = "id") -> Iterator[dict]:
        where = list(where)
        if wrong := {operator for _, operator, _ in where} - OPERATORS:
            raise ValueError(f"unknown operator {wrong}")
        clause = " AND ".join(f"[{column}] {operator} ?" for column, operator, _ in where) or "1"
        sql = f"SELECT * FROM [{table}] WHERE {clause} ORDER BY [{order}] DESC"  # noqa: S608
        try:
            with self._lock:
                cursor = self._db.conn.execute(sql, [value for *_, value in where])
            while rows := self._fetch(cursor):
                yield from rows
        except sqlite3.Error as error:
            raise StoreUnavailable(str(error)) from error

    def change(self, table: str, id: str, values: dict) -> bool:
        sets = ", ".join(f"[{name}] = ?" for name in values)
        return self._write(f"UPDATE [{table}] SET {sets} WHERE id = ?", [*values.values(), id])  # noqa: S608

    def forget(self, table: str, id: str) -> bool:
        return self._write(f"DELETE FROM [{table}] WHERE id = ?", [id])  # noqa: S608

    def _fetch(self, cursor: sqlite3.Cursor) -> list[dict]:
        with self._lock:
            return [dict(row) for row in cursor.fetchmany(500)]

    def _write(self, sql: str, values: list) -> bool:
        with self._transaction():
            return self._db.conn.execute(sql, values).rowcount == 1

    @contextmanager
    def _transaction(self):
        # BEGIN IMMEDIATE waits for another writer; sqlite-utils' own atomic() begins deferred and fails at once.
        with self._lock:
            try:
                self._db.conn.execute("BEGIN IMMEDIATE")
                yield
                self._db.conn.execute("COMMIT")
            except BaseException as error:
                if self._db.conn.in_transaction:
                    self._db.conn.execute("ROLLBACK")
                if isinstance(error, sqlite3.Error):
                    raise StoreUnavailable(str(error)) from error
                raise
