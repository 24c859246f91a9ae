"""What officers and senders did, one row for each act, written in the same transaction as the act or before it."""

import uuid
from datetime import datetime

from forms_api.store import Row, Table, text_of

EVENTS = Table(
    "events", {"id": str, "at": str, "officer": str, "act": str, "form": str, "case": str, "detail": str},
    indexes=(("case", "at", "id"), ("officer", "at", "id")),
)  # fmt: skip


def event(officer: str, act: str, now: datetime, detail: str = "", form: str = "", case: str = "") -> Row:
    """The row that says what an officer does, or, without a name, the sender. ``detail`` never holds an answer."""
    row = {"id": str(uuid.uuid4()), "at": text_of(now), "officer": officer, "act": act, "form": form, "case": case,
           "detail": detail}  # fmt: skip
    return "events", row
