"""The hub's server with one thing changed, for comparison: ``python -m tests.bench.served KIND serve --port PORT``.

KIND is ``stored`` (the product as it is), ``dropped`` (the store throws requests away: all work but the disk's),
``unwritten`` (they do not even reach the writer), ``single`` (each request commits its own row in a worker thread, as
web applications do) or ``queued`` (the writer's own thread, but one commit for each). Nobody is limited.
"""

import sys

from starlette.concurrency import run_in_threadpool

from forms_api.__main__ import main
from forms_api.door.limits import Limits
from forms_api.store import writer
from forms_api.store.sqlite import SqliteStore
from tests.wide import Wide


def drop(self, batches):
    """Say that every batch is new, and keep none."""
    return [True] * len(batches)


async def at_once(self, batch):
    """Say that the batch is written."""
    return True


async def by_itself(self, batch):
    """Commit one batch."""
    return (await run_in_threadpool(self._store.write, [batch]))[0]


def change(kind: str) -> None:
    """Make this process the server ``kind``."""
    Limits.admit = Wide.admit
    if kind == "dropped":
        SqliteStore.write = drop
    elif kind == "unwritten":
        writer.Writer.put = at_once
    elif kind == "single":
        writer.Writer.put = by_itself
    elif kind == "queued":
        writer.MOST_AT_ONCE = 1


if __name__ == "__main__":
    change(sys.argv.pop(1))
    sys.exit(main())
