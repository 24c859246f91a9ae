"""Officers' accounts. A passphrase is kept nowhere, nor a hash of it: the right one is the one that opens the officer's
private key, to which the team key is granted."""

import secrets
import uuid
from datetime import UTC, datetime

from forms_api import seal
from forms_api.store import Row, Store, Table
from forms_api.team import NoGrant, Opener, Team

SHORTEST_PASSPHRASE = 15  # NIST SP 800-63B-4, section 3.1.1.2: a passphrase that is the only factor

OFFICERS = Table(
    "officers", {"id": str, "public": str, "salt": str, "private": str, "language": str, "made_at": str}
)  # fmt: skip
EVENTS = Table(
    "events", {"id": str, "at": str, "officer": str, "act": str, "form": str, "case": str, "detail": str},
    indexes=(("case", "at", "id"), ("officer", "at", "id")),
)  # fmt: skip


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
        store.prepare([OFFICERS, EVENTS])

    def add(self, name: str, passphrase: str, language: str, by: Opener, now: datetime) -> None:
        """Make an account. Raises Refused for a short passphrase or a name that is taken or empty."""
        name = self.free(name)
        keys, grant = self._keys(name, passphrase, by)
        row = {"id": name, **keys, "language": language, "made_at": text_of(now)}
        if not self._store.write([[("officers", row), grant, event(by.holder, "made", now, detail=name)]])[0]:
            raise Refused("officer.taken")

    def renew(self, name: str, passphrase: str, by: Opener, now: datetime) -> None:
        """Give an officer whose passphrase is lost a new one, and new keys with it; open sessions end.
        Raises Refused for an unknown name and a short passphrase."""
        row = self.account(name)
        keys, grant = self._keys(row["id"], passphrase, by)
        rows = [("officers", row | keys), grant, event(by.holder, "passphrase", now, detail=row["id"])]
        sessions = self._store.find("sessions", [("officer", "=", row["id"])])
        gone = [("officers", row["id"]), *(("sessions", each["id"]) for each in sessions)]
        if not self._store.replace(rows, gone):
            raise Refused("officer.overtaken")

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

    def opener(self, name: str, passphrase: str) -> Opener:
        """The team key in the hands of ``name``; costs one argon2id, for an unknown name too. Raises Refused."""
        name = clean(name)
        row = self._store.get("officers", name)
        key = seal.passphrase_key(passphrase, bytes.fromhex(row["salt"]) if row else secrets.token_bytes(16))
        try:
            opened = seal.open_closed(key, row["private"] if row else "", f"officers/{name}")
            return self._team.open_grant(name, bytes.fromhex(opened["key"]))
        except seal.Broken:
            raise Refused("sign_in.wrong") from None
        except NoGrant:
            raise Refused("sign_in.no_key") from None

    def _keys(self, name: str, passphrase: str, by: Opener) -> tuple[dict, Row]:
        if len(passphrase) < SHORTEST_PASSPHRASE:
            raise Refused("officer.short_passphrase")
        private, public = seal.new_pair()
        salt = secrets.token_bytes(16)
        closed = seal.close(seal.passphrase_key(passphrase, salt), {"key": private.hex()}, f"officers/{name}")
        return {"public": public.hex(), "salt": salt.hex(), "private": closed}, self._team.grant(name, public, by)

    def _rotate(self, by: Opener, now: datetime, told: Row, seed: bytes | None = None, without: str = "") -> int:
        holders = {row["id"]: bytes.fromhex(row["public"]) for row in self._store.find("officers")}
        gone = [("officers", without)] if holders.pop(without, None) else []
        damaged = self._team.rotate(by, holders, now, seed, [told], gone)
        for row in list(self._store.find("sessions")):  # they hold the key before and open nothing more
            self._store.forget("sessions", row["id"])
        return damaged


def event(officer: str, act: str, now: datetime, detail: str = "", form: str = "", case: str = "") -> Row:
    """The row that says what an officer does. ``detail`` never holds an answer."""
    row = {"id": str(uuid.uuid4()), "at": text_of(now), "officer": officer, "act": act, "form": form, "case": case,
           "detail": detail}  # fmt: skip
    return "events", row


def clean(name: str) -> str:
    """An officer's name as it is kept: without spaces around it, in small letters."""
    return name.strip().lower()


def text_of(moment: datetime) -> str:
    """An aware time as the store keeps it: ISO 8601 in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
