"""Officers at the desk: who they are, their sessions, and what they did."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b

from forms_api import seal
from forms_api.accounts import Accounts, Refused, clean, event, text_of
from forms_api.store import Store, Table
from forms_api.team import NoGrant, NotSetUp, Opener, Team
from forms_api.throttle import Throttle, TooMany

SESSION = timedelta(hours=9)  # one working day
TRIES, TRIES_OF_ALL = 5, 100  # wrong ones in 15 minutes

SESSIONS = Table(
    "sessions", {"id": str, "officer": str, "team": str, "private": str, "token": str, "until": str}
)  # fmt: skip


@dataclass(frozen=True)
class Session:
    """A signed-in officer. ``token`` must come back with every form that the officer sends; ``opener`` opens what is
    sealed, for as long as the request lasts."""

    id: str
    officer: str
    language: str
    token: str
    opener: Opener = field(compare=False, repr=False)


class Officers:
    """Sessions and events in the store; ``accounts`` are beside them."""

    def __init__(self, store: Store, team: Team):
        store.prepare([SESSIONS])
        self.accounts = Accounts(store, team)
        self._store = store
        self._team = team
        self._throttle = Throttle(store, "sign_in", TRIES, TRIES_OF_ALL)

    def sign_in(self, name: str, passphrase: str, now: datetime) -> tuple[str, Session]:
        """Open a session. Returns the cookie's value (kept nowhere) and the session.

        Raises Refused, even for the right passphrase when there were too many wrong ones.
        """
        name = clean(name)
        try:
            ticket = self._throttle.enter(name, now)
        except TooMany:
            raise Refused("sign_in.wait") from None
        opener = self.accounts.opener(name, passphrase)
        self._throttle.passed(ticket)
        for row in list(self._store.find("sessions", [("until", "<=", text_of(now))])):
            self._store.forget("sessions", row["id"])
        cookie, token = secrets.token_urlsafe(32), secrets.token_urlsafe(16)
        id = _mark(cookie)
        # the cookie opens the key, and the store has no cookie: GlobaLeaks keeps its sessions so
        private = seal.close(_key(cookie), {"key": opener.private.hex()}, f"sessions/{id}")
        row = {"id": id, "officer": name, "team": opener.team, "private": private, "token": token,
               "until": text_of(now + SESSION)}  # fmt: skip
        self._store.write([[("sessions", row), event(name, "sign_in", now)]])
        return cookie, Session(id, name, self.accounts.account(name)["language"], token, opener)

    def session(self, cookie: str, now: datetime) -> Session | None:
        """The session that a cookie opens; None when there is none, its time is over, or the team's keys changed."""
        row = self._store.get("sessions", _mark(cookie)) if cookie else None
        if row is None or row["until"] <= text_of(now):
            return None
        officer = self._store.get("officers", row["officer"])
        try:
            opened = seal.open_closed(_key(cookie), row["private"], f"sessions/{row['id']}")
            opener = self._team.opener(bytes.fromhex(opened["key"]), row["officer"])
        except (seal.Broken, NoGrant, NotSetUp):
            return None
        return Session(row["id"], row["officer"], officer["language"], row["token"], opener) if officer else None

    def speak(self, session: Session, language: str) -> None:
        """Remember the language in which the officer reads the desk."""
        self._store.change("officers", session.officer, {"language": language})

    def sign_out(self, session: Session) -> None:
        """End the session on the server, so that its cookie opens nothing."""
        self._store.forget("sessions", session.id)

    def record(
        self, session: Session, act: str, now: datetime, form: str = "", case: str = "", detail: str = ""
    ) -> None:
        """Write what an officer does, before it is answered. ``detail`` never holds an answer."""
        self._store.write([[event(session.officer, act, now, detail, form, case)]])

    def events(self, case: str) -> list[dict]:
        """What was done with a case, newest first; ``at`` is UTC."""
        return list(self._store.find("events", [("case", "=", case)], order="at"))


def _mark(cookie: str) -> str:
    return blake2b(cookie.encode(), digest_size=32, person=b"session").hexdigest()


def _key(cookie: str) -> bytes:
    return blake2b(cookie.encode(), digest_size=32, person=b"session key").digest()
