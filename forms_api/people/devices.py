"""Browsers in which an officer has signed in before: strangers who try names cannot make these wait.

Such a browser has a cookie that says whose it is; wrong tries with it are counted for it alone. That is OWASP's device
cookie (Slow Down Online Guessing Attacks with Device Cookies). It opens nothing: who has it still needs passphrase and
code. The store keeps none of it.
"""

import secrets
from datetime import UTC, datetime, timedelta

from forms_api.keys import seal
from forms_api.keys.own import own_secret
from forms_api.store import Store

LIVES = timedelta(days=180)
LONGEST = 1000  # characters of a cookie worth looking at


class Devices:
    """Makes and reads the cookie; every process with the same store reads the same cookies."""

    def __init__(self, store: Store):
        self._key = own_secret(store, "device_key", seal.KEY_BYTES)

    def cookie(self, officer: str, now: datetime) -> str:
        """A new cookie for the browser in which ``officer`` signs in at ``now`` (aware)."""
        at = now.astimezone(UTC).isoformat()
        return seal.close(self._key, {"officer": officer, "device": secrets.token_hex(16), "at": at}, "device")

    def device(self, cookie: str, officer: str, now: datetime) -> str:
        """The number of the browser with this cookie; empty when it is not ours, not ``officer``'s or too old."""
        try:
            values = seal.open_closed(self._key, cookie, "device") if 0 < len(cookie) < LONGEST else None
        except seal.Broken:
            values = None
        if not values or values["officer"] != officer:
            return ""
        return values["device"] if timedelta() <= now - datetime.fromisoformat(values["at"]) < LIVES else ""
