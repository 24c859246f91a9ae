"""How a colleague is let in, or gets in again after losing the passphrase: by a code that a supervisor hands over.

The team's key waits under a key made from the code. The code has 160 random bits and is kept nowhere, so a fast hash
is enough, and the database opens nothing without it. It works once, for 24 hours.
"""

from datetime import datetime, timedelta
from hashlib import blake2b

from forms_api.keys import seal
from forms_api.keys.opener import Opener
from forms_api.keys.team import NoGrant, NotSetUp, Team
from forms_api.people.accounts import Accounts, Refused
from forms_api.people.events import event
from forms_api.store import Store, text_of

LIVES = timedelta(hours=24)


class Joining:
    """The codes that wait, in the store."""

    def __init__(self, store: Store, team: Team, accounts: Accounts):
        self._store = store
        self._team = team
        self._accounts = accounts

    def invite(self, name: str, role: str, villages: str, by: Opener, now: datetime) -> str:
        """A code for a new colleague, as it is shown once. Raises Refused for a name that is taken or no name."""
        return self._offer(self._accounts.free(name), role, villages, True, by, now)

    def renew(self, name: str, by: Opener, now: datetime) -> str:
        """A code for an officer whose passphrase or second factor is lost. The old ones work until it is used.
        Raises Refused for an unknown name."""
        row = self._accounts.account(name)
        return self._offer(row["id"], row["role"], row["villages"], False, by, now)

    def waiting(self, now: datetime) -> set[str]:
        """The names for which a code waits."""
        return {row["officer"] for row in self._store.find("joins", [("until", ">", text_of(now))])}

    def join(self, code: str, passphrase: str, language: str, now: datetime) -> str:
        """Make the account, or its new passphrase, with the code; gives the name. Old sessions end.
        Raises seal.NotAPaperKey for a mistyped code, Refused for another, a used or an old one, or a short passphrase.
        """
        seed = seal.from_paper(code)
        row = self._store.get("joins", _mark(seed))
        if row is None or not text_of(now) < row["until"] <= text_of(now + LIVES):  # after a clock that ran ahead, too
            raise Refused("join.unknown")
        seen, name = self._team.current(), row["officer"]
        account = self._store.get("officers", name)
        if bool(row["fresh"]) == bool(account):
            raise Refused("join.unknown")
        try:
            opened = seal.open_closed(_key(seed), row["sealed"], f"joins/{row['id']}")
            by = self._team.opener(bytes.fromhex(opened["key"]), row["by"])
        except (seal.Broken, NoGrant, NotSetUp):
            raise Refused("join.unknown") from None
        keys, grant = self._accounts.keys(name, passphrase, by)
        new = {"id": name, "language": language, "made_at": text_of(now), "role": row["role"],
               "villages": row["villages"]}  # fmt: skip
        # of an account that is there only the keys, so that a role that is changed in this moment stays changed
        told = [("officers", ({"id": name} if account else new) | keys), grant, event(name, "joined", now)]
        self._accounts.hold(seen, by, told, [("joins", row["id"]), *self._accounts.sessions(name)])
        return name

    def _offer(self, name: str, role: str, villages: str, fresh: bool, by: Opener, now: datetime) -> str:
        seed = seal.new_paper_seed()
        id = _mark(seed)
        row = {"id": id, "officer": name, "role": role, "villages": villages, "fresh": fresh, "by": by.holder,
               "sealed": seal.close(_key(seed), {"key": by.private.hex()}, f"joins/{id}"),
               "until": text_of(now + LIVES)}  # fmt: skip
        past = [each["id"] for each in self._store.find("joins")
                if each["officer"] == name or each["until"] <= text_of(now)]  # fmt: skip
        told = event(by.holder, "invited" if fresh else "renewed", now, detail=name)
        if not self._store.replace([("joins", row), told], [("joins", each) for each in past]):
            raise Refused("officer.overtaken")
        return seal.paper(seed)


def _mark(seed: bytes) -> str:
    return blake2b(seed, digest_size=32, person=b"join").hexdigest()


def _key(seed: bytes) -> bytes:
    return blake2b(seed, digest_size=32, person=b"join key").digest()
