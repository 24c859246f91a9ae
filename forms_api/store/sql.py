"""The SQL that both databases understand, written once; they differ in quotes and marks.

Every name in it has passed ``Sql.name``; every value is a mark.
"""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from forms_api.store import Condition, Row, SomebodyWasQuicker, Table
from forms_api.store.faults import Faults

ROWS_AT_ONCE = 500  # rows of a long search that are in memory together
IDLE_READERS = 4
# One statement for many rows: the database works through it without asking for Python's lock between two rows, for
# which the event loop would make it wait. In powers of two, so that a handful of prepared statements does for all.
ROWS_IN_ONE = 64
OPERATORS = {"=", "!=", "<", "<=", ">", ">=", "in"}


@dataclass(frozen=True)
class Sql:
    """One dialect: the mark of a value, and the quotes round a name."""

    mark: str
    left: str
    right: str

    def name(self, name: str) -> str:
        """A table's or column's name, quoted. Raises ValueError when it is not made of letters, digits and _."""
        if not name.replace("_", "").isalnum():
            raise ValueError(f"not a name of a table or column: {name!r}")
        return f"{self.left}{name}{self.right}"

    def indexes(self, table: Table) -> Iterator[str]:
        """The statements that make the indexes of ``table``. A row whose first column is empty is in none of them: most
        rows are new ones, and each index that a row is in makes storing it dearer."""
        for columns, unique in [((each,), True) for each in table.unique if each != "id"] + [
            (each, False) for each in table.indexes
        ]:
            name = "_".join((table.name, *columns, *["once"] * unique))
            yield (
                f"CREATE {'UNIQUE ' * unique}INDEX IF NOT EXISTS {self.name(name)} ON {self.name(table.name)} "
                f"({', '.join(map(self.name, columns))}) WHERE {self.name(columns[0])} IS NOT NULL"
            )

    @cache  # noqa: B019 - there are two dialects, and they live as long as the process
    def insert(self, table: str, columns: tuple[str, ...], count: int = 1) -> str:
        """``count`` rows, each passed over when its id is there."""
        names, marks = ", ".join(map(self.name, columns)), ", ".join([self.mark] * len(columns))
        rows = ", ".join([f"({marks})"] * count)
        return f"INSERT INTO {self.name(table)} ({names}) VALUES {rows} ON CONFLICT (id) DO NOTHING"  # noqa: S608

    def upsert(self, table: str, columns: tuple[str, ...]) -> str:
        """One row, put in the place of the one with its id."""
        sets = ", ".join(f"{name} = excluded.{name}" for name in map(self.name, columns))
        return self.insert(table, columns).removesuffix("NOTHING") + f"UPDATE SET {sets}"

    def update(self, table: str, id: str, changed: dict, given: Iterable[Condition] = ()) -> tuple[str, list]:
        """New values for one row that meets every condition, and the values of its marks."""
        sets = ", ".join(f"{self.name(column)} = {self.mark}" for column in changed)
        where, values = self._where([("id", "=", id), *given])
        return f"UPDATE {self.name(table)} SET {sets}{where}", [*changed.values(), *values]  # noqa: S608

    def delete(self, table: str, id: str, given: Iterable[Condition] = ()) -> tuple[str, list]:
        """One row less, if it meets every condition, and the values of its marks."""
        where, values = self._where([("id", "=", id), *given])
        return f"DELETE FROM {self.name(table)}{where}", values  # noqa: S608

    def select(
        self, table: str, where: Iterable[Condition] = (), order: str = "id",
        after: tuple[object, str] | None = None, most: int | None = None,
    ) -> tuple[str, list]:  # fmt: skip
        """The query of ``Store.find`` and its values. Raises ValueError for an unknown operator."""
        column = self.name(order)
        clauses, values = self._where(where)
        # said for the sake of the index, which leaves out rows where it is empty
        clauses += f"{' AND' if clauses else ' WHERE'} {column} IS NOT NULL"
        if after is not None:
            clauses += f" AND ({column}, id) < ({self.mark}, {self.mark})"
            values += after
        query = f"SELECT * FROM {self.name(table)}{clauses} ORDER BY {column} DESC"  # noqa: S608
        query += "" if order == "id" else ", id DESC"
        return query + ("" if most is None else f" LIMIT {most:d}"), values

    def count(self, table: str, where: Iterable[Condition] = ()) -> tuple[str, list]:
        """The query of ``Store.count`` and its values. Raises ValueError for an unknown operator."""
        clauses, values = self._where(where)
        return f"SELECT count(*) AS count FROM {self.name(table)}{clauses}", values  # noqa: S608

    def _where(self, where: Iterable[Condition]) -> tuple[str, list]:
        clauses, values = [], []
        for name, operator, value in where:
            if operator not in OPERATORS:
                raise ValueError(f"unknown operator {operator}")
            if operator == "in":
                given = [each for each in value if each is not None]
                among = f"{self.name(name)} IN ({', '.join([self.mark] * len(given))})" if given else "1 = 0"
                clauses.append(f"({among} OR {self.name(name)} IS NULL)" if None in value else among)
                values += given
            else:
                clauses.append(f"{self.name(name)} {operator} {self.mark}")
                values.append(value)
        return (" WHERE " + " AND ".join(clauses) if clauses else ""), values


class NotAllNew(Exception):
    """Of several rows in one statement some were there already; it does not say which."""


class SqlStore:
    """The verbs that both stores do alike, and the connections that wait for the next reader.

    A store adds ``sql``, ``find``, ``_transaction()``, which yields the connection that writes, and ``_lent()``, which
    yields one that reads.
    """

    sql: Sql

    def __init__(self):
        self.opened = 0
        self._lock = threading.RLock()
        self._writer = None
        self._readers: list = []
        self._faults = Faults()

    def write(self, batches: list[list[Row]]) -> list[bool]:
        """See Store."""
        try:
            return self._write(batches, ROWS_IN_ONE)
        except NotAllNew:
            return self._write(batches, 1)

    def _write(self, batches: list[list[Row]], most: int) -> list[bool]:
        new = [False] * len(batches)
        with self._transaction() as connection:
            for (table, columns), rows in _alike(batches).items():
                for part in _parts(rows, most):
                    values = [value for _, row in part for value in row.values()]
                    stored = connection.execute(self.sql.insert(table, columns, len(part)), values).rowcount
                    asked = [number for number, _ in part if number is not None]
                    if stored < len(part) > 1 and asked:
                        raise NotAllNew
                    for number in asked:
                        new[number] = stored > 0
        return new

    def add(self, table: str, row: dict) -> bool:
        """See Store."""
        return self.write([[(table, row)]])[0]

    def get(self, table: str, id: str) -> dict | None:
        """See Store."""
        return next(self.find(table, [("id", "=", id)], most=1), None)

    def change(
        self, table: str, id: str, values: dict, given: Iterable[Condition] = (), rows: Iterable[Row] = ()
    ) -> bool:
        """See Store."""
        with self._transaction() as connection:
            done = connection.execute(*self.sql.update(table, id, values, given)).rowcount == 1
            for other, row in rows if done else ():
                connection.execute(self.sql.insert(other, tuple(row)), list(row.values()))
        return done

    def forget(self, table: str, id: str) -> bool:
        """See Store."""
        with self._transaction() as connection:
            return connection.execute(*self.sql.delete(table, id)).rowcount == 1

    def replace(self, rows: list[Row], gone: list[tuple[str, str]] = (), given: Iterable[Condition] = ()) -> bool:
        """See Store."""
        groups: dict[tuple, list[tuple]] = {}
        for table, row in rows:
            groups.setdefault((table, tuple(row)), []).append(tuple(row.values()))
        try:
            with self._transaction() as connection:
                for number, (table, id) in enumerate(gone):
                    if not connection.execute(*self.sql.delete(table, id, () if number else given)).rowcount:
                        raise SomebodyWasQuicker
                for (table, columns), values in groups.items():
                    connection.cursor().executemany(self.sql.upsert(table, columns), values)
        except SomebodyWasQuicker:
            return False
        return True

    @contextmanager
    def _reader(self):
        """A connection of one's own, so that a long export neither waits for the writer nor holds it up."""
        with self._faults.said(), self._lent() as connection:
            yield connection

    def _give_back(self, connection) -> None:
        if len(self._readers) < IDLE_READERS and self._writer:
            self._readers.append(connection)
        else:
            connection.close()


def _alike(batches: list[list[Row]]) -> dict[tuple, list[tuple[int | None, dict]]]:
    """Rows that one statement can write, under table and columns; the first of a batch with the batch's number."""
    groups: dict[tuple, list[tuple[int | None, dict]]] = {}
    for number, batch in enumerate(batches):
        for place, (table, row) in enumerate(batch):
            groups.setdefault((table, tuple(row)), []).append((None if place else number, row))
    return groups


def _parts(rows: list, most: int) -> Iterator[list]:
    """``rows`` cut into lists of ``most``, half of it, and so on."""
    begun = 0
    while begun < len(rows):
        size = min(most, 1 << (len(rows) - begun).bit_length() - 1)
        yield rows[begun : begun + size]
        begun += size
