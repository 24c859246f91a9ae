"""How often somebody may try and fail. Counted in the store, so that every process knows and a restart forgets nothing.

No address and no name reaches the disk: a name (in which people also type their passphrase by mistake) is kept as one
of 256 numbers, which tells nobody anything.
"""

import uuid
from datetime import datetime, timedelta
from hashlib import blake2b

from forms_api.store import Store, Table, text_of

WINDOW = timedelta(minutes=15)
FAILURES = Table("failures", {"id": str, "door": str, "who": str, "at": str})


class TooMany(Exception):
    """Too many failures in the last 15 minutes; nothing was looked at."""


class Throttle:
    """One door: ``each`` failures for one name and ``most`` for all names together in 15 minutes."""

    def __init__(self, store: Store, door: str, each: int, most: int):
        self._store = store
        self._door = door
        self._each = each
        self._most = most
        store.prepare([FAILURES])

    def enter(self, name: str, now: datetime) -> str:
        """Count a try as failed before it is looked at, so that a hundred at the same moment are no way round it.
        Gives what ``passed`` takes back. Raises TooMany."""
        self._sweep(now)
        who = blake2b(f"{self._door} {name}".encode(), digest_size=1).hexdigest()
        if not self._room(who, 1):  # asked before anything is written, which is what a flood would be made of
            raise TooMany
        row = {"id": str(uuid.uuid4()), "door": self._door, "who": who, "at": text_of(now)}
        self._store.add("failures", row)
        if not self._room(who, 0):
            self.passed(row["id"])
            raise TooMany
        return row["id"]

    def passed(self, ticket: str) -> None:
        """The try was no failure."""
        self._store.forget("failures", ticket)

    def _room(self, who: str, more: int) -> bool:
        each, all = self._count([("who", "=", who)]) + more, self._count([]) + more
        return each <= self._each and all <= self._most

    def _count(self, where: list) -> int:
        return self._store.count("failures", [("door", "=", self._door), *where])

    def _sweep(self, now: datetime) -> None:
        # what was counted by a clock that ran ahead and was set right must not count until that time comes
        for over in (("at", "<=", text_of(now - WINDOW)), ("at", ">", text_of(now + WINDOW))):
            for row in list(self._store.find("failures", [over])):
                self._store.forget("failures", row["id"])
