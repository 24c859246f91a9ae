"""The verbs over PostgreSQL, for who outgrows one machine. A row is durable before ``write`` returns.

Several servers may share one database. Every connection is dropped after any error: what it was doing is then
unknown, the sender is told to try again, and the same id makes the second try harmless.
"""

import os
import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from itertools import count

import psycopg
from psycopg.adapt import Dumper
from psycopg.conninfo import make_conninfo
from psycopg.rows import dict_row

from forms_api.store import Condition, RowRefused, StoreUnavailable, Table
from forms_api.store.sql import ROWS_AT_ONCE, Sql, SqlStore

SQL = Sql("%s", '"', '"')
DEADLINE = 5  # seconds: a frozen server answers nothing, and its kernel goes on acknowledging packets
CONNECT = {"connect_timeout": 3, "tcp_user_timeout": DEADLINE * 1000}
# COLLATE "C": the order of bytes, as in SQLite, whatever language the server was set up in.
KINDS = {str: 'text COLLATE "C"', int: "bigint", bool: "bigint"}
COLUMNS = """
    SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' ORDER BY c.table_name, c.ordinal_position
"""
INDEXES = """
    SELECT c.relname, i.indisunique AS once, array_agg(a.attname::text ORDER BY k.place) AS columns
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    CROSS JOIN unnest(i.indkey::int2[]) WITH ORDINALITY AS k(number, place)
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number
    WHERE NOT i.indisprimary AND c.relnamespace = current_schema()::regnamespace
    GROUP BY i.indexrelid, c.relname, i.indisunique ORDER BY min(a.attname::text), count(*)
"""
SET_UP = f"""
    SET statement_timeout = '{DEADLINE}s';
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local')
"""


class Truth(Dumper):
    """A bool is stored as 0 or 1, as SQLite does."""

    oid = psycopg.adapters.types["int8"].oid

    def dump(self, obj):
        """The digit."""
        return b"1" if obj else b"0"


class PostgresStore(SqlStore):
    """One connection that writes, a few that read."""

    sql = SQL

    def __init__(self, url: str):
        super().__init__()
        self._url = url
        self._numbers = count()
        with self._transaction():
            pass

    def prepare(self, tables: Iterable[Table]) -> None:
        """See Store."""
        with self._transaction(patient=True) as connection:
            # an index on many rows takes its time; what another session has locked is waited for as ever
            connection.execute(f"SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = {int(DEADLINE * 1000)}")
            # two servers that start together: the second waits, and finds all done
            connection.execute("SELECT pg_advisory_xact_lock(hashtext('forms_api'))")
            there = _columns(connection)
            for each in tables:
                for statement in _missing(each, there.get(each.name)):
                    connection.execute(statement)

    def find(
        self, table: str, where: Iterable[Condition] = (), order: str = "id",
        after: tuple[object, str] | None = None, most: int | None = None,
    ) -> Iterator[dict]:  # fmt: skip
        """See Store."""
        query, values = SQL.select(table, where, order, after, most)
        with self._reader() as connection:
            if most is not None and most <= ROWS_AT_ONCE:
                with _deadline(connection):
                    rows = connection.execute(query, values).fetchall()
                yield from rows
            else:
                with connection.transaction():
                    yield from self._rows(connection, query, values)

    def count(self, table: str, where: Iterable[Condition] = ()) -> int:
        """See Store."""
        with self._reader() as connection, _deadline(connection):
            return connection.execute(*SQL.count(table, where)).fetchone()["count"]

    def settle(self) -> None:
        """Nothing to do: the server looks after its own log."""

    def scrub(self) -> bool:
        """See Store."""
        with self._reader() as connection, connection:  # the second closes it: its deadline is gone
            connection.execute("SET statement_timeout = 0")
            connection.execute("VACUUM")
        return False  # its log, its standbys and the pages' unused room are not ours to look at

    def tables(self) -> list[Table]:
        """See Store."""
        with self._reader() as connection:
            there = connection.execute(INDEXES).fetchall()
            return [
                Table(name, {column: str if kind == "text" else int for column, kind in kinds.items()},
                      tuple(row["columns"][0] for row in there if row["relname"] == name and row["once"]),
                      tuple(tuple(row["columns"]) for row in there if row["relname"] == name and not row["once"]))
                for name, kinds in _columns(connection).items() if "id" in kinds
            ]  # fmt: skip

    @contextmanager
    def snapshot(self):
        """See Store."""
        with self._reader() as connection, connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield lambda table: self._rows(connection, *SQL.select(table))

    def close(self) -> None:
        """See Store."""
        with self._lock:
            for connection in [self._writer, *self._readers]:
                if connection:
                    connection.close()
            self._writer, self._readers = None, []
            self.opened += 1

    def __del__(self):
        self.close()  # a command that ends lets go by itself; psycopg complains of what is left open

    def _rows(self, connection: psycopg.Connection, query: str, values: list) -> Iterator[dict]:
        """Through a cursor on the server, which needs a name of its own and a transaction round it."""
        with connection.cursor(f"rows{next(self._numbers)}") as cursor:
            with _deadline(connection):
                cursor.execute(query, values)
                rows = cursor.fetchmany(ROWS_AT_ONCE)
            while rows:
                yield from rows
                with _deadline(connection):
                    rows = cursor.fetchmany(ROWS_AT_ONCE)

    def _connect(self) -> psycopg.Connection:
        connection = psycopg.connect(make_conninfo(self._url, **CONNECT), autocommit=True, row_factory=dict_row)
        connection.adapters.register_dumper(bool, Truth)
        try:
            with _deadline(connection):
                connection.execute(SET_UP)
        except psycopg.Error:
            connection.close()
            raise
        return connection

    @contextmanager
    def _transaction(self, patient: bool = False):
        with self._faults.said(), self._lock:
            try:
                if not _alive(self._writer):
                    self._writer = self._connect()
                    self.opened += 1
                with nullcontext() if patient else _deadline(self._writer), self._writer.transaction():
                    yield self._writer
            except (psycopg.Error, UnicodeEncodeError) as error:
                if self._writer:
                    self._writer.close()
                self.opened += 1
                raise _told(error) from error

    @contextmanager
    def _lent(self):
        connection = None
        try:
            while self._readers and not _alive(connection):
                connection = self._readers.pop()
            if not _alive(connection):
                connection = self._connect()
            yield connection
        except psycopg.Error as error:
            if connection:
                connection.close()
            raise _told(error) from error
        finally:
            if connection and not connection.closed:
                self._give_back(connection)


def _alive(connection: psycopg.Connection | None) -> bool:
    """Whether the server has not hung up on an idle connection, so that its restart costs nobody an answer."""
    try:
        if connection and not connection.closed:
            connection.pgconn.consume_input()  # the server's last words, if there are any
            connection.pgconn.consume_input()  # and that it hung up
            return True
    except psycopg.OperationalError:
        connection.close()
    return False


@contextmanager
def _deadline(connection: psycopg.Connection):
    """Hang up when the block takes longer than DEADLINE; whatever waits in it then gets an error at once."""
    timer = threading.Timer(DEADLINE, _hang_up, [connection])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _hang_up(connection: psycopg.Connection) -> None:
    if not connection.closed:
        with socket.socket(fileno=os.dup(connection.fileno())) as line:
            line.shutdown(socket.SHUT_RDWR)


def _told(error: Exception) -> StoreUnavailable:
    """What went wrong, without the text of the server, which may quote an answer."""
    code = getattr(error, "sqlstate", None)
    if isinstance(error, psycopg.IntegrityError | psycopg.DataError | UnicodeEncodeError):
        return RowRefused(f"{type(error).__name__} {code}")
    # without a code it is about the connection, and then the text says which
    return StoreUnavailable(f"{type(error).__name__} {code or error}", f"{type(error).__name__} {code or ''}".strip())


def _columns(connection: psycopg.Connection) -> dict[str, dict[str, str]]:
    """Table name to column name to the database's name of its type."""
    found: dict[str, dict[str, str]] = {}
    for row in connection.execute(COLUMNS):
        found.setdefault(row["table_name"], {})[row["column_name"]] = row["data_type"]
    return found


def _missing(table: Table, there: dict[str, str] | None) -> Iterator[str]:
    """The statements that make what a table lacks."""
    name = SQL.name(table.name)
    kinds = {column: f"{SQL.name(column)} {KINDS[kind]}" for column, kind in table.columns.items()}
    if there is None:
        yield f"CREATE TABLE {name} ({', '.join(kinds.values())}, PRIMARY KEY (id))"
    else:
        yield from (f"ALTER TABLE {name} ADD COLUMN {kinds[column]}" for column in kinds.keys() - there.keys())
    yield from SQL.indexes(table)
