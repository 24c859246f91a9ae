"""Ten minutes with one's own request: what the follow-up's cookie holds, so that the code is asked for once.

The cookie carries the key from the receipt, closed under a key of the hub's store. The phone's disk alone opens
nothing, and neither does the store's; nothing about a visit is stored.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from forms_api.keys import seal
from forms_api.keys.own import own_secret
from forms_api.store import Store

IDLE = timedelta(minutes=10)
LONGEST = 2000  # characters of a cookie worth looking at


@dataclass(frozen=True)
class Visit:
    """The case ``id`` of ``form``, and the ``private`` key (32 bytes) for the messages to its sender."""

    form: str
    id: str
    private: bytes


class Visits:
    """Makes and reads the cookie; every process with the same store reads the same cookies."""

    def __init__(self, store: Store):
        self._key = own_secret(store, "visit_key", seal.KEY_BYTES)

    def close(self, visit: Visit, now: datetime) -> str:
        """The cookie for ``visit``, good for ten minutes from ``now`` (aware)."""
        values = {"form": visit.form, "id": visit.id, "private": visit.private.hex()}
        return seal.close(self._key, values | {"at": now.astimezone(UTC).isoformat()}, "visit")

    def open(self, cookie: str, now: datetime) -> Visit | None:
        """The visit in ``cookie``; None for one that is not ours or has been idle for ten minutes."""
        try:
            values = seal.open_closed(self._key, cookie, "visit") if 0 < len(cookie) < LONGEST else None
        except seal.Broken:
            values = None
        if not values or not timedelta() <= now - datetime.fromisoformat(values["at"]) < IDLE:
            return None
        return Visit(values["form"], values["id"], bytes.fromhex(values["private"]))
