"""A hub's rows copied from one database to another, and the copy proved."""

import hashlib
import json
from collections.abc import Iterable, Iterator

from forms_api.store import Row, Store

ROWS_AT_ONCE = 500


class NotMoved(Exception):
    """The rows were not copied, or the copy is not the same; the text says why and what to do."""


def move(source: Store, target: Store) -> dict[str, int]:
    """Copy every table of ``source``, as all of them are at one moment, into ``target``. Gives table to number of rows.

    ``source`` is only read, and may go on being used; what comes in after the moment is not copied. Each table is
    read back from ``target`` and must have the same number of rows and the same SHA-256 over them.
    Raises NotMoved when the target holds anything already or a table differs, StoreUnavailable.
    """
    tables = source.tables()
    if not tables:
        raise NotMoved("there is no hub in the first database: look at its URL")
    if target.tables():
        raise NotMoved("the second database is not empty: give the URL of a new one, nothing was copied")
    target.prepare(tables)
    with source.snapshot() as rows:
        proofs = {table.name: _copy(table.name, rows(table.name), target) for table in tables}
    with target.snapshot() as rows:
        for name, proof in proofs.items():
            if (found := _prove(rows(name))) != proof:
                raise NotMoved(f"table {name} differs after the copy ({proof[0]} rows, then {found[0]}): do not use it")
    return {name: count for name, (count, _) in proofs.items()}


def _copy(table: str, rows: Iterable[dict], target: Store) -> tuple[int, str]:
    waiting: list[list[Row]] = []

    def through() -> Iterator[dict]:
        for row in rows:
            waiting.append([(table, row)])
            if len(waiting) == ROWS_AT_ONCE:
                target.write(waiting)
                waiting.clear()
            yield row

    proof = _prove(through())
    target.write(waiting)
    return proof


def _prove(rows: Iterable[dict]) -> tuple[int, str]:
    """How many rows, and the SHA-256 of their canonical JSON, one a line."""
    count, digest = 0, hashlib.sha256()
    for row in rows:
        count += 1
        digest.update(json.dumps(row, sort_keys=True, ensure_ascii=False).encode() + b"\n")
    return count, digest.hexdigest()
