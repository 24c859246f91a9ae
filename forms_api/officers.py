"""Officers: their accounts, their sessions, and what they did."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from forms_api.store import Store, Table

SHORTEST_PASSPHRASE = 15  # NIST SP 800-63B-4, section 3.1.1.2: a passphrase that is the only factor
SESSION = timedelta(hours=9)  # one working day
TRIES, WINDOW = 5, timedelta(minutes=15)

OFFICERS = Table("officers", {"id": str, "passphrase": str, "language": str, "made_at": str})
SESSIONS = Table("sessions", {"id": str, "officer": str, "token": str, "until": str})
FAILURES = Table("failures", {"id": str, "who": str, "at": str})
EVENTS = Table("events", {"id": str, "at": str, "officer": str, "act": str, "form": str, "case": str, "detail": str})


class Refused(Exception):
    """An account cannot be made or used; ``key`` names the sentence that says why."""

    def __init__(self, key: str):
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class Session:
    """A signed-in officer. ``token`` must come back with every form that the officer sends."""

    id: str
    officer: str
    language: str
    token: str


class Officers:
    """Accounts in the store; a passphrase is kept only as argon2id."""

    def __init__(self, store: Store):
        self._store = store
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
        self._nobody = self._hasher.hash(secrets.token_hex(16))
        store.prepare([OFFICERS, SESSIONS, FAILURES, EVENTS])

    def add(self, name: str, passphrase: str, language: str, now: datetime) -> None:
        """Make an account. Raises Refused for a short passphrase or a name that is taken or empty."""
        name = name.strip().lower()
        if not name.isalnum():
            raise Refused("officer.bad_name")
        if len(passphrase) < SHORTEST_PASSPHRASE:
            raise Refused("officer.short_passphrase")
        row = {"id": name, "passphrase": self._hasher.hash(passphrase), "language": language, "made_at": _text(now)}
        if not self._store.add("officers", row):
            raise Refused("officer.taken")

    def any(self) -> bool:
        """Whether there is an account at all."""
        return next(self._store.find("officers"), None) is not None

    def sign_in(self, name: str, passphrase: str, source: str, now: datetime) -> tuple[str, Session]:
        """Open a session. Returns the cookie's value (kept nowhere) and the session.

        After five failures in 15 minutes for one name or one ``source`` (an address) nobody is let in for a
        while; the count is in the store, so a restart does not clear it. Raises Refused.
        """
        name = name.strip().lower()
        whos = [f"name:{name}", f"source:{hashlib.sha256(source.encode()).hexdigest()}"]
        if any(self._failed_often(who, now) for who in whos):
            raise Refused("sign_in.wait")
        row = self._store.get("officers", name)
        if not self._right(row, passphrase):
            for who in whos:
                self._store.add("failures", {"id": str(uuid.uuid4()), "who": who, "at": _text(now)})
            raise Refused("sign_in.wrong")
        cookie = secrets.token_urlsafe(32)
        session = Session(_hash(cookie), name, row["language"], secrets.token_urlsafe(16))
        self._store.add(
            "sessions",
            {"id": session.id, "officer": name, "token": session.token, "until": _text(now + SESSION)},
        )
        self.record(session, "sign_in", now)
        return cookie, session

    def session(self, cookie: str, now: datetime) -> Session | None:
        """The session that a cookie opens, or None when there is none or its time is over."""
        row = self._store.get("sessions", _hash(cookie)) if cookie else None
        if row is None or row["until"] <= _text(now):
            return None
        officer = self._store.get("officers", row["officer"])
        return Session(row["id"], row["officer"], officer["language"], row["token"]) if officer else None

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
        self._store.add(
            "events",
            {"id": str(uuid.uuid4()), "at": _text(now), "officer": session.officer, "act": act,
             "form": form, "case": case, "detail": detail},
        )  # fmt: skip

    def events(self, case: str) -> list[dict]:
        """What was done with a case, newest first; ``at`` is UTC."""
        return list(self._store.find("events", [("case", "=", case)], order="at"))

    def _failed_often(self, who: str, now: datetime) -> bool:
        since = [("who", "=", who), ("at", ">", _text(now - WINDOW))]
        return len(list(self._store.find("failures", since))) >= TRIES

    def _right(self, row: dict | None, passphrase: str) -> bool:
        # A name that does not exist costs the same time as one that does.
        try:
            return self._hasher.verify(row["passphrase"] if row else self._nobody, passphrase) and row is not None
        except VerifyMismatchError:
            return False


def _hash(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
