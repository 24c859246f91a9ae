"""Tokens for senders whose browser made none: without JavaScript a double tap is still one request.

The same answers to the same form from the same sender (address and browser) get the same token for ten minutes or
more. It hangs on a key that only this process holds and forgets, so no address is kept, nor anything from which one
could be found.
"""

import hmac
import secrets
from datetime import datetime, timedelta

PERIOD = timedelta(minutes=10)
MOST = 20_000  # tokens of one key; a new key before its time keeps a flood from filling the memory (6 MiB)


class Tokens:
    """The current key and the one before it, each with the tokens it gave."""

    def __init__(self):
        self._keys: list[tuple[bytes, set[str]]] = [_new_key()]
        self._since: datetime | None = None

    def token(self, content: bytes, sender: str, now: datetime) -> str:
        """The token for these answers (``receipts.content_of``) from this sender; 32 hexadecimal digits."""
        self._turn(now)
        what = len(sender).to_bytes(4, "big") + sender.encode() + content
        for key, given in self._keys:
            if (token := _mac(key, what)) in given:
                return token
        key, given = self._keys[0]
        given.add(token := _mac(key, what))
        return token

    def _turn(self, now: datetime) -> None:
        self._since = self._since or now
        passed = now - self._since
        if passed >= PERIOD or len(self._keys[0][1]) >= MOST:
            self._keys = [_new_key(), *(self._keys[:1] if passed < 2 * PERIOD else [])]
            self._since = now


def _new_key() -> tuple[bytes, set[str]]:
    return secrets.token_bytes(32), set()


def _mac(key: bytes, what: bytes) -> str:
    return hmac.digest(key, what, "sha256")[:16].hex()
