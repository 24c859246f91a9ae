"""Officers at the desk: who they are, their sessions, and what they did."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b

from forms_api.keys import seal
from forms_api.keys.team import NoGrant, NotSetUp, Opener, Team
from forms_api.people.accounts import Accounts, Refused, clean, villages_of
from forms_api.people.devices import Devices
from forms_api.people.events import event
from forms_api.people.joining import Joining
from forms_api.people.throttle import Throttle, TooMany
from forms_api.store import Store, Table, text_of

SESSION = timedelta(hours=9)  # one working day
IDLE = timedelta(minutes=30)  # a desk that somebody walked away from; OWASP ASVS 5.0 V7.3.1
NOTED = timedelta(minutes=1)  # how exactly it is kept when a session was last used
TRIES, TRIES_OF_ALL = 5, 100  # wrong ones in 15 minutes
AHEAD = timedelta(minutes=15)  # what was begun later than that was begun by a clock that ran ahead

SESSIONS = Table(
    "sessions", {"id": str, "officer": str, "team": str, "private": str, "token": str, "until": str, "made_at": str,
                 "seen_at": str}
)  # fmt: skip


@dataclass(frozen=True)
class Session:
    """A signed-in officer. ``token`` must come back with every form that the officer sends; ``opener`` opens what is
    sealed, for as long as the request lasts. ``villages``: codes of those whose cases the officer sees; none: all."""

    id: str
    officer: str
    language: str
    token: str
    opener: Opener = field(compare=False, repr=False)
    role: str = "officer"
    villages: frozenset[str] = frozenset()

    @property
    def supervises(self) -> bool:
        """Whether accounts, erasing and personal columns of an export are this officer's too."""
        return self.role == "supervisor"


class Officers:
    """Sessions and events in the store; ``accounts`` are beside them."""

    def __init__(self, store: Store, team: Team):
        store.prepare([SESSIONS])
        self.accounts = Accounts(store, team)
        self.joining = Joining(store, team, self.accounts)
        self._store = store
        self._team = team
        self.devices = Devices(store)
        self._throttle = Throttle(store, "sign_in", TRIES, TRIES_OF_ALL)
        self._known = Throttle(store, "known", TRIES, TRIES_OF_ALL)

    def sign_in(
        self, name: str, passphrase: str, now: datetime, code: str = "", device: str = ""
    ) -> tuple[str, Session]:
        """Open a session. ``code``: of the second factor, for whoever has one; ``device``: the cookie of a browser
        that signed in before. Returns the session's cookie (kept nowhere) and the session.

        Raises Refused, even for the right passphrase when there were too many wrong ones.
        """
        name = clean(name)
        opener = self.prove(name, passphrase, code, now, self.devices.device(device, name, now))
        for row in list(self._store.find("sessions")):
            if _over(row, now):
                self._store.forget("sessions", row["id"])
        cookie, token = secrets.token_urlsafe(32), secrets.token_urlsafe(16)
        id, at = _mark(cookie), text_of(now)
        # the cookie opens the key, and the store has no cookie: GlobaLeaks keeps its sessions so
        private = seal.close(_key(cookie), {"key": opener.private.hex()}, f"sessions/{id}")
        row = {"id": id, "officer": name, "team": opener.team, "private": private, "token": token,
               "until": text_of(now + SESSION), "made_at": at, "seen_at": at}  # fmt: skip
        self._store.write([[("sessions", row), event(name, "sign_in", now)]])
        return cookie, _session(row, self.accounts.account(name), opener)

    def prove(self, name: str, passphrase: str, code: str, now: datetime, known: str = "") -> Opener:
        """Whether it is ``name`` indeed who types; every wrong try counts: for ``known``, the number of a browser or a
        session of that officer, else for the name and for all strangers together. Raises Refused."""
        throttle, who = (self._known, known) if known else (self._throttle, clean(name))
        try:
            ticket = throttle.enter(who, now)
        except TooMany:
            raise Refused("sign_in.wait") from None
        opener = self.accounts.enter(name, passphrase, code, now)
        throttle.passed(ticket)
        return opener

    def session(self, cookie: str, now: datetime) -> Session | None:
        """The session that a cookie opens; None when there is none, its time is over, nothing has used it for half an
        hour, or the team's keys changed."""
        row = self._store.get("sessions", _mark(cookie)) if cookie else None
        if row is None or _over(row, now):
            return None
        officer = self._store.get("officers", row["officer"])
        try:
            opened = seal.open_closed(_key(cookie), row["private"], f"sessions/{row['id']}")
            opener = self._team.opener(bytes.fromhex(opened["key"]), row["officer"])
        except (seal.Broken, NoGrant, NotSetUp):
            return None
        if row["seen_at"] <= text_of(now - NOTED):
            self._store.change("sessions", row["id"], {"seen_at": text_of(now)})
        return _session(row, officer, opener) if officer else None

    def sessions(self, session: Session, now: datetime) -> list[dict]:
        """The open sessions of the same officer, newest first; ``made_at`` and ``seen_at`` are UTC."""
        rows = self._store.find("sessions", [("officer", "=", session.officer)])
        return sorted((row for row in rows if not _over(row, now)), key=lambda row: row["made_at"], reverse=True)

    def end_others(self, session: Session, now: datetime) -> None:
        """End the officer's other sessions, as after a lost telephone."""
        for row in list(self._store.find("sessions", [("officer", "=", session.officer)])):
            if row["id"] != session.id:
                self._store.forget("sessions", row["id"])
        self.record(session, "ended_others", now)

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

    def history(self, officer: str, most: int, after: tuple[str, str] | None = None) -> list[dict]:
        """The last things that an officer did, newest first; ``at`` is UTC. ``after``, time and id of the last one
        seen, gives those before it."""
        return list(self._store.find("events", [("officer", "=", officer)], "at", after, most))


def _session(row: dict, officer: dict, opener: Opener) -> Session:
    # an account from before there were roles could do everything
    role, villages = officer["role"] or "supervisor", villages_of(officer)
    return Session(row["id"], row["officer"], officer["language"], row["token"], opener, role, villages)


def _over(row: dict, now: datetime) -> bool:
    begun_ahead = (row["made_at"] or "") > text_of(now + AHEAD)
    return row["until"] <= text_of(now) or (row["seen_at"] or "") <= text_of(now - IDLE) or begun_ahead


def _mark(cookie: str) -> str:
    return blake2b(cookie.encode(), digest_size=32, person=b"session").hexdigest()


def _key(cookie: str) -> bytes:
    return blake2b(cookie.encode(), digest_size=32, person=b"session key").digest()
