"""The outbox: that something is new is written in the same commit as what is new, and told later, until it is taken.

A notice holds nothing of what it is about, not even its number: only of which kind it is. It is counted as tried before
it is sent, so a crash between sending and noting it costs one repeat, and two senders never tell the same one at once.
"""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from secrets import token_bytes

from forms_api.store import Condition, Row, Store, Table, text_of

# ``told``: the ways by which it went out already, with spaces between
KINDS = ("request", "urgent", "message", "digest")
NOTICES = Table(
    "notices", {"id": str, "kind": str, "due": str, "tries": int, "told": str, "failed_on": str, "sent_on": str},
    indexes=(("sent_on", "failed_on", "due"),),  # no id, which is random: see sight.indexes_of
)  # fmt: skip
WAITING: list[Condition] = [("sent_on", "=", ""), ("failed_on", "=", "")]
MOST_TRIES = 14  # 1, 2, 4 … minutes and then a day apart: three and a half days, longer than a weekend
LONGEST_PAUSE = timedelta(days=1)
KEPT = timedelta(days=30)
LONG = timedelta(hours=1)  # to wait without being told: the command that tells runs every minute


def new(kind: str, now: datetime, of: str = "") -> list[Row]:
    """The row to be written in one go with what is new. ``kind`` is one of KINDS; ``of`` names what it is about, so
    that what is written twice is told once, and cannot be read from the row; ``now`` is aware."""
    # only the day: the hour in which somebody asked for help is sealed with the answers
    id = blake2b(of.encode() or token_bytes(16), digest_size=16, person=b"notice").hexdigest()
    return [("notices", {"id": id, "kind": kind, "due": text_of(now)[:10], "tries": 0, "failed_on": "", "sent_on": ""})]


def pause(tries: int) -> timedelta:
    """How long to wait after the ``tries``-th try."""
    return min(timedelta(minutes=2 ** (tries - 1)), LONGEST_PAUSE)


def waited(notice: dict, now: datetime) -> timedelta:
    """How long ``notice`` (its row) has waited at least. Of one that was never tried only the day is known, and it
    counts from the end of that; of one that was tried, all its pauses count."""
    due = datetime.fromisoformat(notice["due"])
    if due.tzinfo is None:
        return now - due.replace(tzinfo=UTC) - timedelta(days=1)
    return now - due + sum(map(pause, range(1, notice["tries"] + 1)), timedelta())


class Outbox:
    """The notices in a store."""

    def __init__(self, store: Store):
        self._store = store
        store.prepare([NOTICES])

    def add(self, kind: str, now: datetime, of: str = "") -> bool:
        """Write a notice of its own. False when the one ``of`` the same was there already."""
        return self._store.write([new(kind, now, of)])[0]

    def take(self, now: datetime) -> list[dict]:
        """The rows that are due, each counted as tried and not due again before its pause is over."""
        taken = []
        # no pause is longer: a clock that ran ahead wrote it, and was set right
        over = (("due", "<=", text_of(now)), ("due", ">", text_of(now + LONGEST_PAUSE)))
        for row in [row for each in over for row in self._store.find("notices", [*WAITING, each], "due")]:
            tries = row["tries"] + 1
            tried = {"tries": tries, "due": text_of(now + pause(tries))}
            if row["tries"] >= MOST_TRIES:  # the sender died in its last try
                self._store.change("notices", row["id"], {"failed_on": text_of(now)[:10]})
            elif self._store.change("notices", row["id"], tried, [*WAITING, ("tries", "=", row["tries"])]):
                taken.append(row | tried)
        return taken

    def left(self, taken: list[dict], way: str) -> list[dict]:
        """Those of these rows that have not gone out by ``way`` (a name without spaces)."""
        return [row for row in taken if way not in (row["told"] or "").split()]

    def sent(self, taken: list[dict], way: str) -> None:
        """Note, in these rows and in the store, that they went out by ``way``."""
        for row in taken:
            row["told"] = " ".join(filter(None, (row["told"], way)))
        self._store.replace([("notices", row) for row in taken])

    def finish(self, taken: list[dict], ways: Collection[str], now: datetime) -> None:
        """Note which of these rows wait no more: those that went out by every way, and those that were not taken at
        their last try, which are counted as failed."""
        today = text_of(now)[:10]
        missing = {row["id"] for way in ways for row in self.left(taken, way)}
        sent = [row | {"sent_on": today} for row in taken if row["id"] not in missing]
        failed = [row | {"failed_on": today} for row in taken if row["id"] in missing and row["tries"] >= MOST_TRIES]
        self._store.replace([("notices", row) for row in sent + failed])

    def failed(self) -> list[dict]:
        """The notices that were given up, those of the newest day first."""
        return list(self._store.find("notices", [("failed_on", "!=", "")], "failed_on"))

    def waiting(self, now: datetime) -> list[dict]:
        """The notices that have surely waited longer than an hour, those of the newest day first."""
        return [row for row in self._store.find("notices", WAITING, "due") if waited(row, now) > LONG]

    def again(self, now: datetime) -> None:
        """Let the failed ones wait anew."""
        anew = {"failed_on": "", "tries": 0, "due": text_of(now)}
        self._store.replace([("notices", row | anew) for row in self.failed()])

    def tidy(self, now: datetime) -> None:
        """Delete every notice that was due longer than 30 days ago, told or not: by then it tells nothing new."""
        for row in list(self._store.find("notices", [("due", "<", text_of(now - KEPT))])):
            self._store.forget("notices", row["id"])
