"""Looking for a request by its receipt, and how often one may look in vain.

A right receipt never counts, and a mistyped one is caught before it comes here, so that a whole village looks behind
one address. Whoever looks in vain again and again is slowed as in limits.py, never shut out: a wait of some seconds or
a proof of work. That is counted for each address in this process's memory, and for all of them together in the store,
so that many addresses, processes or restarts are no way round it. No address reaches the disk.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from forms_api.door.limits import Lane, Limits, Wait
from forms_api.people.throttle import Throttle, TooMany
from forms_api.store import Store

# One in vain is an old receipt whose request was erased. 200 in 15 minutes are 19,200 a day: with 100,000 requests
# among 10**15 receipts one is hit every 1,400 years.
IN_VAIN = Lane("free", 60, 20)  # an address
MOST = 200  # all of them, in 15 minutes


@dataclass(frozen=True)
class Look:
    """One look that is allowed; ``ticket`` is where the store counts it."""

    address: str
    ticket: str


class Guesses:
    """One for the whole process; ``clock`` gives seconds that only ever grow."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic, most: int = MOST):
        self._limits = Limits(clock, IN_VAIN)
        self._together = Throttle(store, "receipt", most, most)

    def enter(self, address: str, now: datetime, ticket: str = "", work: str = "") -> Look | Wait:
        """Count a look as one in vain before it is done, or say how long to wait. ``ticket`` and ``work`` are what a
        Wait asked for. Raises StoreUnavailable."""
        # an address without room is answered from memory, so that a flood of looks does not hold up the store
        counted = self._counted(now) if self._limits.has_room(address) else ""
        wait = self._limits.admit(address, ticket, work, strict=not counted)
        if wait and counted:
            self._together.passed(counted)
        return wait or Look(address, counted or self._counted(now))

    def _counted(self, now: datetime) -> str:
        """Where the store counts one look more; empty when there are too many already."""
        try:
            return self._together.enter("", now)
        except TooMany:
            return ""

    def right(self, look: Look) -> None:
        """The receipt opened a request."""
        self._limits.give_back(look.address)
        if look.ticket:
            self._together.passed(look.ticket)
