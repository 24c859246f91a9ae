"""What officers and a villager write to each other about a case, and the officers' own notes.

Each message is sealed for the team and, unless it is a note, once more for whoever holds the receipt. The store
can read neither; a receipt opens the messages of its own case and nothing else.
"""

import json
import secrets
from datetime import datetime
from zoneinfo import ZoneInfo

from forms_api.keys import seal
from forms_api.keys.team import Opener, Team
from forms_api.store import Row, Store, Table, text_of

SIDES = ("villager", "officer", "note")
LONGEST = 3000  # characters of a message, as many as the longest answer of a form has
MESSAGES = Table(
    "messages",
    {"id": str, "case": str, "form": str, "day": str, "side": str, "data_key": str, "sealed": str, "for_receipt": str},
    indexes=(("case",),),
)


class Messages:
    """The messages of all cases."""

    def __init__(self, store: Store, team: Team, zone: ZoneInfo):
        self._store = store
        self._team = team
        self._zone = zone
        store.prepare([MESSAGES])

    def draft(self, case: dict, side: str, text: str, now: datetime, officer: str = "") -> list[Row]:
        """What is to be written in one go for a message about ``case`` (its row): the message first, then what opens
        it. ``side`` is one of SIDES: who wrote it, or a note that only officers read; ``now`` is aware. Nothing is
        stored yet: write the rows, then tell ``stored``. Raises NotSetUp.
        """
        id = secrets.token_hex(16)
        about = _about(id, case["id"], side)
        told = {"text": text, "at": text_of(now)}
        sealed, data_key, keys = self._team.seal(told | {"officer": officer}, about, now)
        row = {
            "id": id, "case": case["id"], "form": case["form"], "side": side,
            "day": now.astimezone(self._zone).date().isoformat(), "data_key": data_key, "sealed": sealed,
            "for_receipt": None if side == "note" else _for_receipt(case["receipt_key"], told | {"about": about}),
        }  # fmt: skip
        return [("messages", row), *keys]

    def stored(self, rows: list[Row]) -> None:
        """Told that what ``draft`` gave has been written."""
        self._team.stored(rows[0][1]["data_key"])

    def for_team(self, case: str, opener: Opener) -> list[dict]:
        """All messages and notes of the case with that id, oldest first: ``id``, ``side``, ``day``, ``text``, ``at``
        (UTC), ``officer``. What does not open has None in the last three."""

        def read(row: dict) -> dict:
            return opener.open(row["sealed"], row["data_key"], _about(row["id"], row["case"], row["side"]))

        return self._read(case, read, ("text", "at", "officer"))

    def for_villager(self, case: str, private: bytes) -> list[dict]:
        """The messages of a case that its receipt's ``private`` key opens, oldest first: ``id``, ``side``, ``day``,
        ``text``, ``at``. What does not open has None in the last two; notes are not there."""

        def read(row: dict) -> dict:
            values = json.loads(seal.open_with(private, row["for_receipt"]))
            if values["about"] != _about(row["id"], row["case"], row["side"]):
                raise seal.Broken
            return values

        return [each for each in self._read(case, read, ("text", "at")) if each["side"] != "note"]

    def _read(self, case: str, read, names: tuple[str, ...]) -> list[dict]:
        found = []
        for row in self._store.find("messages", [("case", "=", case)]):
            try:
                values = read(row)
            except seal.Broken:
                values = {}
            found.append({name: row[name] for name in ("id", "side", "day")} | {n: values.get(n) for n in names})
        return sorted(found, key=lambda each: (each["day"], each["at"] or ""))


def _about(id: str, case: str, side: str) -> str:
    return f"messages/{id}/{case}/{side}"


def _for_receipt(public: str | None, values: dict) -> str | None:
    # A receipt that was never shown has no key yet, and nobody who could read with it.
    if not public:
        return None
    plain = json.dumps(values, separators=(",", ":")).encode()
    return seal.seal_to(bytes.fromhex(public), plain + b" " * (-len(plain) % seal.BLOCK))
