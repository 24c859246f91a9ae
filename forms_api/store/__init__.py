"""Where rows are kept: the verbs, and one place that knows which database is behind a URL."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from forms_api.config import of_a_store


class StoreUnavailable(Exception):
    """The database did not take or give the row (full, read-only, locked, damaged …). Nothing was acknowledged.

    ``retry_after``: seconds after which it is worth asking again. ``kind``: all that a log may say of it.
    """

    retry_after = 60

    def __init__(self, text: str, kind: str = ""):
        super().__init__(text)
        self.kind = kind or type(self).__name__


class RowRefused(StoreUnavailable):
    """A row breaks a rule of its table (a value that must not repeat, half a character). Nothing was stored."""


class SomebodyWasQuicker(Exception):
    """Inside ``Store.replace``: a row that was to go is gone already."""


@dataclass(frozen=True)
class Table:
    """A table to prepare. ``columns`` maps names to ``str``, ``int`` or ``bool``; ``id`` is the key.
    Dates and times are ISO 8601 text, times in UTC. A ``bool`` comes back as 0 or 1. ``unique`` names columns
    that may not repeat (None may); each of ``indexes`` names the columns by which many rows are searched."""

    name: str
    columns: dict[str, type]
    unique: tuple[str, ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()


# One condition of a search: column, operator (= != < <= > >=), value; or column, "in", values, of which None is one
# where nothing is written.
Condition = tuple[str, str, object]
# What is written: the name of a table, and one row of it.
Row = tuple[str, dict]


class Store(Protocol):
    """What a database must do for the hub. Every verb raises StoreUnavailable when it cannot.

    ``opened`` grows whenever the database is let go or opened anew. Then the file may be another one (a backup put
    back) or the server another one (a standby that took over): what was once written need not be there.
    """

    opened: int

    def prepare(self, tables: Iterable[Table]) -> None:
        """Create what is missing; never drop or rename a column."""

    def write(self, batches: list[list[Row]]) -> list[bool]:
        """Write all rows in one durable transaction, all or none; a row whose ``id`` is there already is passed
        over. Gives for each batch whether its first row was new. Raises RowRefused when one row breaks a rule."""

    def add(self, table: str, row: dict) -> bool:
        """Write ``row`` durably before returning. False when its ``id`` was there already."""

    def get(self, table: str, id: str) -> dict | None:
        """The row with that key, or None."""

    def find(
        self, table: str, where: Iterable[Condition] = (), order: str = "id",
        after: tuple[object, str] | None = None, most: int | None = None,
    ) -> Iterator[dict]:  # fmt: skip
        """Rows that meet every condition, ordered by the column ``order``, then by ``id``, largest first; a row where
        ``order`` is empty is left out. ``after``, the two values of the last row seen, gives what comes behind it;
        ``most`` rows."""

    def count(self, table: str, where: Iterable[Condition] = ()) -> int:
        """How many rows meet every condition."""

    def change(
        self, table: str, id: str, values: dict, given: Iterable[Condition] = (), rows: Iterable[Row] = ()
    ) -> bool:
        """One durable transaction: set ``values`` on the row with that key, if it meets every condition of ``given``,
        and write ``rows``. False, and nothing is done, when there is no such row."""

    def forget(self, table: str, id: str) -> bool:
        """Delete the row with that key. False when there is none."""

    def replace(self, rows: list[Row], gone: list[tuple[str, str]] = (), given: Iterable[Condition] = ()) -> bool:
        """One durable transaction: put every (table, row) in the place of the one with its id, or add it, and delete
        every (table, id) of ``gone``. False, and nothing is done, when one of those is not there, or the first does
        not meet every condition of ``given``: somebody was quicker."""

    def scrub(self) -> bool:
        """Take what was deleted out of the files too, which may lock the database for a while. True when none of it
        is left in the database's files; a server's own files are not ours to look at, then it is False."""

    def settle(self) -> None:
        """Called when nothing waits: move what was written to where it is safest."""

    def tables(self) -> list[Table]:
        """Every table of the hub that the database has, by name, as it stands there."""

    def snapshot(self) -> AbstractContextManager[Callable[[str], Iterator[dict]]]:
        """While the block runs, a function that gives all rows of a table as they all were at one moment,
        largest ``id`` first."""

    def close(self) -> None:
        """Let go of the database. The next verb opens it again."""


def text_of(moment: datetime) -> str:
    """An aware time as a row keeps it: ISO 8601 in UTC, so that the order of texts is that of times."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def open_store(url: str, create: bool = True) -> Store:
    """The store behind ``url``: ``sqlite:///path`` or ``postgresql://…``. Raises SettingError for any other kind of
    URL and StoreUnavailable when it cannot be opened. ``create`` makes a SQLite file that is missing."""
    if of_a_store(url).startswith("sqlite:///"):
        from forms_api.store.sqlite import SqliteStore

        return SqliteStore(url.removeprefix("sqlite:///"), create)
    from forms_api.store.postgres import PostgresStore

    return PostgresStore(url)
