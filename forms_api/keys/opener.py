"""The team's private key in somebody's hands: what opens records."""

from forms_api.keys import seal
from forms_api.store import Store

MANY = 100  # data keys looked up one by one; for more of them all are read at once


class Opener:
    """The team's private key in an officer's hands, for as long as a request or a command lasts."""

    def __init__(self, store: Store, team: str, private: bytes, holder: str):
        self._store = store
        self.team = team
        self.private = private
        self.holder = holder
        self._pairs = {team: (private, seal.public_of(private))}
        self._keys: dict[str, bytes] = {}
        self._rows: dict[str, dict] = {}

    def open(self, sealed: str, key_id: str, about: str) -> dict:
        """The values that ``Team.seal`` closed for ``about``. Raises seal.Broken for what was changed or damaged."""
        if key_id not in self._keys:
            self._keys[key_id] = self.data_key(self._row_of(key_id))
        return seal.open_closed(self._keys[key_id], sealed, about)

    def data_key(self, row: dict | None) -> bytes:
        """The key in a row of ``data_keys``. Raises seal.Broken, also for no row at all."""
        if row is None:
            raise seal.Broken
        private, public = self._pair_of(row["team"])
        return seal.open_with(private, row["sealed"], public)

    def _row_of(self, key_id: str) -> dict | None:
        if len(self._keys) == MANY:
            self._rows = {row["id"]: row for row in self._store.find("data_keys")}
        return self._rows.get(key_id) or self._store.get("data_keys", key_id)

    def _pair_of(self, team: str) -> tuple[bytes, bytes]:
        # A data key that a server sealed in the moment of a rotation is still sealed to the key before.
        while team not in self._pairs:
            oldest = min(self._pairs)
            row = self._store.get("team", oldest)
            if row is None or team > oldest or not row["former"]:
                raise seal.Broken
            former = seal.open_with(self._pairs[oldest][0], row["former"])
            self._pairs[team_number(int(oldest) - 1)] = former, seal.public_of(former)
        return self._pairs[team]


def team_number(number: int) -> str:
    """The id of the ``number``-th team key, written so that the newest sorts last."""
    return f"{number:06}"
