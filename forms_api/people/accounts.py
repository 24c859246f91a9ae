"""Officers' accounts. A passphrase is kept nowhere, nor a hash of it: the right one is the one that opens the officer's
private key, to which the team key is granted."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from forms_api.keys import seal, second
from forms_api.keys.team import NoGrant, Opener, Overtaken, Team
from forms_api.people.events import EVENTS, event
from forms_api.store import Row, Store, Table, text_of

SHORTEST_PASSPHRASE = 15  # NIST SP 800-63B-4, section 3.1.1.2: a passphrase that is the only factor
MOST_LOOKED_AT = 72  # letters of a passphrase; what is longer takes the library too long
ROLES = ("officer", "supervisor")

# ``villages``: codes with spaces between, none for all; ``second``: the secret of the second factor, sealed to
# ``public``, and the last time step of which a code was taken
OFFICERS = Table("officers", {
    "id": str, "public": str, "salt": str, "private": str, "language": str, "made_at": str,
    "role": str, "villages": str, "second": str, "second_used": int,
})  # fmt: skip
# Whoever is asked to join: the team's key under a key made from a code that is kept nowhere (joining.py)
JOINS = Table("joins", {
    "id": str, "officer": str, "role": str, "villages": str, "fresh": bool, "by": str, "sealed": str, "until": str,
})  # fmt: skip


class Refused(Exception):
    """An account cannot be made or used; ``key`` names the sentence that says why."""

    def __init__(self, key: str):
        super().__init__(key)
        self.key = key


class Accounts:
    """Accounts in the store. Whoever lets an officer in or out holds the team key: ``by`` is that opener."""

    def __init__(self, store: Store, team: Team):
        self._store = store
        self._team = team
        store.prepare([OFFICERS, EVENTS, JOINS])

    def add(
        self, name: str, passphrase: str, language: str, by: Opener, now: datetime,
        role: str = "officer", villages: str = "",
    ) -> None:  # fmt: skip
        """Make an account; the hub's first is a supervisor's. Raises Refused for a short passphrase or a name that is
        taken or empty."""
        seen = self._team.current()
        name = self.free(name)
        keys, grant = self.keys(name, passphrase, by)
        row = {"id": name, **keys, "language": language, "made_at": text_of(now),
               "role": role if self.any() else "supervisor", "villages": villages}  # fmt: skip
        self.hold(seen, by, [("officers", row), grant, event(by.holder, "made", now, detail=name)])

    def renew(self, name: str, passphrase: str, by: Opener, now: datetime) -> None:
        """Give an officer whose passphrase is lost a new one, and new keys with it; open sessions end.
        Raises Refused for an unknown name and a short passphrase."""
        seen = self._team.current()
        id = self.account(name)["id"]
        keys, grant = self.keys(id, passphrase, by)
        told = event(by.holder, "passphrase", now, detail=id)
        # only these columns, so that a role that is changed in this moment stays changed
        self.hold(seen, by, [("officers", {"id": id, **keys}), grant, told], self.sessions(id))

    def leave(self, name: str, by: Opener, now: datetime) -> int:
        """Close an account and change the team's keys, so that what its officer could open with opens nothing more.

        Everybody else signs in again with the passphrase they have. Gives how many data keys are damaged.
        Raises Refused for an unknown name, Overtaken.
        """
        id = self.account(name)["id"]
        return self._rotate(by, now, event(by.holder, "left", now, detail=id), without=id)

    def new_paper(self, seed: bytes, by: Opener, now: datetime) -> int:
        """Change the team's keys and give them to the paper key of ``seed``; the old paper opens nothing more.
        Everybody signs in again. Gives how many data keys are damaged. Raises Overtaken."""
        return self._rotate(by, now, event(by.holder, "paper", now), seed=seed)

    def free(self, name: str) -> str:
        """``name`` as it is kept. Raises Refused when no account can be made with it."""
        name = clean(name)
        if not name.isalnum():
            raise Refused("officer.bad_name")
        if self._store.get("officers", name):
            raise Refused("officer.taken")
        return name

    def any(self) -> bool:
        """Whether there is an account at all."""
        return next(self._store.find("officers", most=1), None) is not None

    def account(self, name: str) -> dict:
        """The row of an officer. Raises Refused for an unknown name."""
        row = self._store.get("officers", clean(name))
        if row is None:
            raise Refused("officer.unknown")
        return row

    def everybody(self) -> list[dict]:
        """The rows of all officers, by name."""
        return sorted(self._store.find("officers"), key=lambda row: row["id"])

    def hold(self, seen: dict, by: Opener | None, rows: list[Row], gone: Iterable[tuple[str, str]] = ()) -> None:
        """Write what lets somebody hold the team key, which ``by`` must still hold (None: nobody comes to hold it who
        did not). ``seen``: Team.current before anything was looked at. Raises Refused when somebody was quicker."""
        try:
            if by and by.team != seen["id"]:
                raise Overtaken
            self._team.change(seen, rows, gone)
        except Overtaken:
            raise Refused("officer.overtaken") from None

    def sessions(self, name: str) -> list[tuple[str, str]]:
        """Table and id of every session of an officer, for ``Store.replace``."""
        return [("sessions", row["id"]) for row in self._store.find("sessions", [("officer", "=", name)])]

    def change(self, name: str, role: str, villages: str, by: str, now: datetime) -> None:
        """What an officer may do and see from the next request on. ``by``: the supervisor, who cannot change the own
        account, so that there is always one. Raises Refused."""
        id = self.account(name)["id"]
        if id == by:
            raise Refused("officers.not_yourself")
        told = event(by, "role", now, detail=" ".join((id, role, villages)).strip())
        self._store.change("officers", id, {"role": role, "villages": villages}, rows=[told])

    def opener(self, name: str, passphrase: str) -> Opener:
        """The team key in the hands of ``name``; costs one argon2id, for an unknown name too. Raises Refused."""
        return self._granted(*self._opened(clean(name), passphrase))

    def enter(self, name: str, passphrase: str, code: str, now: datetime) -> Opener:
        """``opener`` for the desk, where whoever has a second factor gives its code too; each code once. Raises
        Refused, with the same words for a wrong passphrase and a wrong code."""
        name, private = self._opened(clean(name), passphrase)
        row = self.account(name)
        if row["second"]:
            try:
                secret = seal.open_with(private, row["second"]).decode()
            except seal.Broken:
                raise Refused("sign_in.wrong") from None
            step = second.step_of(secret, code, now)
            used = [("second_used", "<", step)]
            if step is None or not self._store.change("officers", name, {"second_used": step}, used):
                raise Refused("sign_in.wrong")
        return self._granted(name, private)

    def set_second(self, name: str, secret: str, code: str, now: datetime) -> None:
        """From now on ``name`` signs in with a code too. ``code`` shows that the app knows ``secret``.
        Raises Refused."""
        row, step = self.account(name), second.step_of(secret, code, now)
        if step is None:
            raise Refused("account.wrong_code")
        values = {"second": seal.seal_to(bytes.fromhex(row["public"]), secret.encode()), "second_used": step}
        self._store.change("officers", row["id"], values, rows=[event(row["id"], "second_on", now)])

    def drop_second(self, name: str, now: datetime) -> None:
        """From now on ``name`` signs in without a code."""
        self._store.change("officers", name, {"second": ""}, rows=[event(name, "second_off", now)])

    def change_passphrase(self, name: str, old: str, new: str, session: str, now: datetime) -> None:
        """Close the officer's key, which stays as it is, under a new passphrase; every session but ``session`` ends.
        Raises Refused."""
        seen = self._team.current()
        id = self.account(name)["id"]
        _, private = self._opened(id, old)
        gone = [each for each in self.sessions(id) if each[1] != session]
        rows = [("officers", {"id": id, **_closed(id, new, private)}), event(id, "passphrase", now, detail=id)]
        self.hold(seen, None, rows, gone)

    def keys(self, name: str, passphrase: str, by: Opener) -> tuple[dict, Row]:
        """New keys under ``passphrase``, without a second factor: columns of the account, and the grant. Raises
        Refused for a short one."""
        private, public = seal.new_pair()
        columns = _closed(name, passphrase, private) | {"public": public.hex(), "second": "", "second_used": 0}
        return columns, self._team.grant(name, public, by)

    def _opened(self, name: str, passphrase: str) -> tuple[str, bytes]:
        row = self._store.get("officers", name)
        key = seal.passphrase_key(passphrase, bytes.fromhex(row["salt"]) if row else secrets.token_bytes(16))
        try:
            opened = seal.open_closed(key, row["private"] if row else "", f"officers/{name}")
        except seal.Broken:
            raise Refused("sign_in.wrong") from None
        return name, bytes.fromhex(opened["key"])

    def _granted(self, name: str, private: bytes) -> Opener:
        try:
            return self._team.open_grant(name, private)
        except NoGrant:
            raise Refused("sign_in.no_key") from None

    def _rotate(self, by: Opener, now: datetime, told: Row, seed: bytes | None = None, without: str = "") -> int:
        seen = self._team.current()
        holders = {row["id"]: bytes.fromhex(row["public"]) for row in self._store.find("officers")}
        gone = [("officers", without)] if holders.pop(without, None) else []
        damaged = self._team.rotate(seen, by, holders, now, seed, [told], gone)
        for table in ("sessions", "joins"):  # they hold the key before and open nothing more
            for row in list(self._store.find(table)):
                self._store.forget(table, row["id"])
        return damaged


def _closed(name: str, passphrase: str, private: bytes) -> dict:
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise Refused("officer.short_passphrase")
    if _is_common(passphrase, name):
        raise Refused("officer.common_passphrase")
    salt = secrets.token_bytes(16)
    closed = seal.close(seal.passphrase_key(passphrase, salt), {"key": private.hex()}, f"officers/{name}")
    return {"salt": salt.hex(), "private": closed}


def _is_common(passphrase: str, name: str) -> bool:
    """Whether it is, or is made of, what many people take (OWASP ASVS 5.0 V6.2.4 and V6.2.11): fewer than 10**8 guesses
    for zxcvbn (Wheeler, USENIX Security 2016), whose scale has that as the edge of its third step of four."""
    # here and not above: its lists take 14 MiB, which a server that only signs people in does not need
    from zxcvbn import zxcvbn

    return zxcvbn(passphrase[:MOST_LOOKED_AT], user_inputs=[name])["score"] < 3


def villages_of(account: dict) -> frozenset[str]:
    """Codes of the villages whose cases an officer (a row) sees; none: all."""
    return frozenset((account["villages"] or "").split())


def clean(name: str) -> str:
    """An officer's name as it is kept: without spaces around it, in small letters, and without the sign NUL, which
    PostgreSQL does not even look for."""
    return name.replace("\0", "").strip().lower()
