"""The team's keys: what the server closes with while nobody is there, and what officers open it with.

A record is closed under a data key that lives an hour in memory and is kept only sealed to the team's public key.
The team's private key is kept only sealed to each officer's own key and to the paper key (grants). GlobaLeaks keeps
its keys in the same way. Nothing on the disk opens anything without a passphrase, the paper or an officer's cookie.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from secrets import token_hex

from forms_api.keys import seal
from forms_api.keys.opener import Opener, team_number
from forms_api.store import Row, Store, Table, text_of

DATA_KEY_LIVES = timedelta(hours=1)
LOOK_AGAIN = timedelta(minutes=1)  # whether the team's keys were changed by another process
PAPER = "*"  # the holder of the paper key, which no officer can be called

TEAM_TABLES = [
    # the newest row is the team; ``former`` is the private key before it, sealed to it; ``holders`` is another random
    # text after each change of who holds the key
    Table("team", {"id": str, "public": str, "recovery": str, "former": str, "made_at": str, "holders": str}),
    Table("grants", {"id": str, "team": str, "holder": str, "sealed": str}),
    Table("data_keys", {"id": str, "team": str, "sealed": str, "made_on": str}),
]


class NotSetUp(Exception):
    """The hub has no team key yet, so nothing can be closed."""


class SetUpAlready(Exception):
    """The hub has its team key; another would open nothing that is there."""


class NoGrant(Exception):
    """This paper or account does not hold the team's present key."""


class Overtaken(Exception):
    """Somebody else changed the keys at the same moment; nothing was done."""


@dataclass(frozen=True)
class _DataKey:
    key: bytes
    row: dict
    made: datetime
    looked: datetime
    opened: int

    def serves(self, now: datetime) -> bool:
        """Whether its hour is not over; a clock that was set back ends it too."""
        return abs(now - self.made) < DATA_KEY_LIVES


class Team:
    """The team's keys in a store. One for the whole process: it holds the data key of the hour."""

    def __init__(self, store: Store):
        self._store = store
        self._data_key: _DataKey | None = None
        self._stored: tuple[str, int] | None = None
        store.prepare(TEAM_TABLES)

    def ready(self) -> bool:
        """Whether there is a team key."""
        return next(self._store.find("team", most=1), None) is not None

    def current(self) -> dict:
        """The row of the present team key. Raises NotSetUp."""
        row = next(self._store.find("team", most=1), None)
        if row is None:
            raise NotSetUp
        return row

    def set_up(self, now: datetime, seed: bytes | None = None) -> str:
        """Make the team's first key pair and give the paper key (eight groups of five signs), kept nowhere.

        ``seed``: that of a paper key which a person has typed back already. Raises SetUpAlready.
        """
        seed = seed or seal.new_paper_seed()
        private, public = seal.new_pair()
        recovery = _recovery_pair(seed)[1].hex()
        row = {"id": team_number(1), "public": public.hex(), "recovery": recovery, "former": "",
               "made_at": text_of(now)}  # fmt: skip
        grant = _grant(team_number(1), PAPER, bytes.fromhex(recovery), private)
        if not self._store.write([[("team", row), grant]])[0]:
            raise SetUpAlready
        return seal.paper(seed)

    def seal(self, values: dict, about: str, now: datetime) -> tuple[str, str, list[Row]]:
        """``values`` closed for ``about`` ("table/id"), the id of the data key, and that key's row when it has to be
        written in the same batch; after that, call ``stored``. Raises NotSetUp.
        """
        key = self._key_of_the_hour(now)
        known = self._stored == (key.row["id"], self._store.opened)
        return seal.close(key.key, values, about), key.row["id"], [] if known else [("data_keys", key.row)]

    def stored(self, key_id: str) -> None:
        """The batch with this data key's row is written, so later batches need not carry it."""
        if self._data_key and self._data_key.row["id"] == key_id:
            self._stored = (key_id, self._data_key.opened)

    def opener(self, private: bytes, holder: str = PAPER) -> Opener:
        """What opens records with the team's present private key, which ``holder`` has. Raises NoGrant for another
        key, NotSetUp."""
        row = self.current()
        if seal.public_of(private).hex() != row["public"]:
            raise NoGrant
        return Opener(self._store, row["id"], private, holder)

    def open_grant(self, holder: str, private: bytes) -> Opener:
        """The opener that is granted to ``holder`` (an officer's name, or PAPER), whose private key it takes.
        Raises NotSetUp, NoGrant."""
        row = self._store.get("grants", f"{self.current()['id']}/{holder}")
        if row is None:
            raise NoGrant
        try:
            return self.opener(seal.open_with(private, row["sealed"]), holder)
        except seal.Broken as error:
            raise NoGrant from error

    def by_paper(self, text: str) -> Opener:
        """The opener of whoever has the paper key. Raises seal.NotAPaperKey, NotSetUp, NoGrant (another paper)."""
        return self.open_grant(PAPER, _recovery_pair(seal.from_paper(text))[0])

    def change(self, seen: dict, rows: list[Row], gone: Iterable[tuple[str, str]] = ()) -> None:
        """Put ``rows`` into the store and take ``gone`` out of it, in one transaction (Store.replace), because somebody
        comes to hold the key, or holds it no more. ``seen``: the row of ``current`` from before anything was looked at
        for it. Raises Overtaken, and nothing is done, when somebody else changed the holders since.
        """
        now_held = ("team", seen | {"holders": token_hex(8)})
        unchanged = [("holders", "in", (seen["holders"],))]
        if not self._store.replace([now_held, *rows], [("team", seen["id"]), *gone], unchanged):
            raise Overtaken

    def grant(self, holder: str, public: bytes, by: Opener) -> Row:
        """The row that gives the team key to an officer's public key."""
        return _grant(by.team, holder, public, by.private)

    def rotate(
        self, seen: dict, by: Opener, holders: dict[str, bytes], now: datetime,
        seed: bytes | None = None, more: list[Row] = (), gone: list[tuple[str, str]] = (),
    ) -> int:  # fmt: skip
        """A new team key, granted to ``holders`` (names and public keys) and to the paper, and every data key sealed
        to it, in one transaction with the rows ``more`` and without those ``gone``. Records stay as they are.

        ``seen``: the row of ``current`` from before ``holders`` were read. ``seed`` belongs to a new paper key, else
        the old one goes on. Gives how many data keys are damaged (left as they are). Raises Overtaken.
        """
        old, (private, public) = seen, seal.new_pair()
        number = team_number(int(old["id"]) + 1)
        recovery = _recovery_pair(seed)[1] if seed else bytes.fromhex(old["recovery"])
        team = {"id": number, "public": public.hex(), "recovery": recovery.hex(), "made_at": text_of(now),
                "former": seal.seal_to(public, by.private)}  # fmt: skip
        grants = [_grant(number, holder, key, private) for holder, key in {**holders, PAPER: recovery}.items()]
        keys, damaged = self._sealed_anew(by, number, public)
        gone = [*gone, *(("grants", row["id"]) for row in self._store.find("grants"))]
        if old["id"] != by.team:
            raise Overtaken
        self.change(old, [("team", team), *grants, *keys, *more], gone)
        self._data_key = None
        return damaged

    def _sealed_anew(self, by: Opener, number: str, public: bytes) -> tuple[list[Row], int]:
        rows, damaged = [], 0
        for row in self._store.find("data_keys"):
            try:
                sealed = seal.seal_to(public, by.data_key(row))
            except seal.Broken:
                damaged += 1
            else:
                rows.append(("data_keys", {**row, "team": number, "sealed": sealed}))
        return rows, damaged

    def _key_of_the_hour(self, now: datetime) -> _DataKey:
        held, opened = self._data_key, self._store.opened
        if held and held.serves(now) and held.opened == opened and abs(now - held.looked) < LOOK_AGAIN:
            return held
        team = self.current()
        if held and held.serves(now) and held.row["team"] == team["id"]:
            # If the database was opened anew it may be another file: the same key is written into it once more.
            self._data_key = replace(held, looked=now, opened=opened)
        else:
            key = seal.new_key()
            row = {"id": token_hex(16), "team": team["id"], "sealed": seal.seal_to(bytes.fromhex(team["public"]), key),
                   "made_on": text_of(now)[:10]}  # fmt: skip
            self._data_key = _DataKey(key, row, now, now, opened)
        return self._data_key


def _grant(team: str, holder: str, public: bytes, private: bytes) -> Row:
    row = {"id": f"{team}/{holder}", "team": team, "holder": holder, "sealed": seal.seal_to(public, private)}
    return "grants", row


def _recovery_pair(seed: bytes) -> tuple[bytes, bytes]:
    return seal.pair_from(blake2b(seed, digest_size=32, person=b"paper key").digest())
