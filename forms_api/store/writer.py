"""The one writer: rows that arrive together are committed together, and nobody is answered before the commit.

A sync to the disk costs the same for one row and for a hundred (docs/maintain/decisions, group commit).
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from forms_api.store import Row, RowRefused, Store, StoreUnavailable
from forms_api.store.faults import Faults

MOST_AT_ONCE = 500  # batches in one commit, so that the first of a rush does not wait for the last
MOST_WAITING = 500  # well below the lines that nginx opens (max_conns): who is one too many is told so by us
QUIET = 2  # seconds without a row, after which the store may tidy up


class TooBusy(StoreUnavailable):
    """More wait already than will be written in a decent time. Nothing was stored."""

    retry_after = 5


class Writer:
    """Gathers what waits on the event loop, writes it in one worker thread, then answers each."""

    def __init__(self, store: Store, most_waiting: int = MOST_WAITING):
        self._store = store
        self._most = most_waiting
        self._thread = ThreadPoolExecutor(1, "writer")
        # one line of waiting batches for each event loop that has some: a server has one, a test may have more
        self._lines: dict[asyncio.AbstractEventLoop, list] = {}
        self._tasks: set[asyncio.Task] = set()
        self._quiet: asyncio.TimerHandle | None = None
        self._faults = Faults()

    async def put(self, batch: list[Row]) -> bool:
        """Write ``batch`` durably. True when its first row is new, False when its id was there already.

        Raises TooBusy when too many wait, RowRefused when this batch breaks a rule of its tables (the others that
        wait do not suffer for it), StoreUnavailable for every other fault.
        """
        loop = asyncio.get_running_loop()
        line = self._lines.get(loop)
        if line is None:
            line = self._lines[loop] = []
            task = loop.create_task(self._drain(loop, line))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if len(line) >= self._most:
            raise self._faults.say(TooBusy("too many requests wait to be written"))
        answer = loop.create_future()
        line.append((batch, answer))
        return await answer

    async def _drain(self, loop: asyncio.AbstractEventLoop, line: list) -> None:
        try:
            while line:
                taken = line[:MOST_AT_ONCE]
                del line[:MOST_AT_ONCE]
                results = await loop.run_in_executor(self._thread, self._write, [batch for batch, _ in taken])
                if _is_everybodys(results[0]):
                    # who waits behind them would only wait for the same fault, and may have been sealed under a key
                    # that a newly opened database has not got
                    taken += line
                    line.clear()
                    results = [results[0]] * len(taken)
                for (_, answer), result in zip(taken, results, strict=True):
                    _give(answer, result)
        finally:
            del self._lines[loop]
            for _, answer in line:  # the server is going down
                answer.cancel()
        if self._quiet:
            self._quiet.cancel()
        self._quiet = loop.call_later(QUIET, self._settle, loop)

    def _write(self, batches: list[list[Row]]) -> list[bool | Exception]:
        try:
            return list(self._store.write(batches))
        except Exception as error:
            if len(batches) == 1 or _is_everybodys(error):
                return [error] * len(batches)
            return [self._write([batch])[0] for batch in batches]

    def _settle(self, loop: asyncio.AbstractEventLoop) -> None:
        if loop not in self._lines:
            self._thread.submit(self._store.settle)


def _is_everybodys(result: bool | Exception) -> bool:
    """Whether it is a fault of the database, and not of one row."""
    return isinstance(result, StoreUnavailable) and not isinstance(result, RowRefused)


def _give(answer: asyncio.Future, result: bool | Exception) -> None:
    if answer.done():  # its sender is gone
        return
    if isinstance(result, Exception):
        answer.set_exception(result)
    else:
        answer.set_result(result)
