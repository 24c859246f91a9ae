"""Where rows are kept: six verbs, and one place that knows which database is behind a URL."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol


class StoreUnavailable(Exception):
    """The database did not take or give the row (full, read-only, locked, damaged …). Nothing was stored."""


@dataclass(frozen=True)
class Table:
    """A table to prepare. ``columns`` maps names to ``str``, ``int`` or ``bool``; ``id`` is the key.
    Dates and times are ISO 8601 text, times in UTC. ``unique`` names columns that may not repeat."""

    name: str
    columns: dict[str, type]
    unique: tuple[str, ...] = ()


# One condition of a search: column, operator (= != < <= > >=), value.
Condition = tuple[str, str, object]


class Store(Protocol):
    """What a database must do for the hub. Every verb raises StoreUnavailable when it cannot."""

    def prepare(self, tables: Iterable[Table]) -> None:
        """Create what is missing; never drop or rename a column."""

    def add(self, table: str, row: dict) -> bool:
        """Write ``row`` durably before returning. False when its ``id`` was there already."""

    def get(self, table: str, id: str) -> dict | None:
        """The row with that key, or None."""

    def find(self, table: str, where: Iterable[Condition] = (), order: str = "id") -> Iterator[dict]:
        """All rows that meet every condition, ordered by the column ``order``, largest first."""

    def change(self, table: str, id: str, values: dict) -> bool:
        """Set ``values`` on the row with that key, durably. False when there is none."""

    def forget(self, table: str, id: str) -> bool:
        """Delete the row with that key. False when there is none."""


def open_store(url: str) -> Store:
    """The store behind ``url``: ``sqlite:///path``. Raises ValueError for any other kind of URL."""
    if url.startswith("sqlite:///"):
        from forms_api.store_sqlite import SqliteStore

        return SqliteStore(url.removeprefix("sqlite:///"))
    raise ValueError(f"FORMS_DATABASE_URL is {url!r}: write sqlite:/// and the path of a file")
