"""A submission as a case: made from a form's checked answers, with a promised day and a state."""

import secrets
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from heapq import merge
from zoneinfo import ZoneInfo

from forms_api import receipts
from forms_api.store import Condition, Store, Table
from forms_api.tables import Form

KINDS = {"integer": int, "boolean": bool}
HUB = Table("hub", {"id": str, "value": str})


class Cases:
    """All submissions of all forms, whatever table they are in."""

    def __init__(self, store: Store, forms: dict[str, Form], time_zone: str):
        self._store = store
        self._forms = forms
        self.zone = ZoneInfo(time_zone)
        # argon2 takes 19 MiB each time; on the server's forty threads the allocator would keep that forty times
        self._hashers = ThreadPoolExecutor(max_workers=2)
        store.prepare([HUB, *map(table_of, forms.values())])
        store.add("hub", {"id": "receipt_salt", "value": secrets.token_hex(16)})
        self._salt = bytes.fromhex(store.get("hub", "receipt_salt")["value"])

    def receive(self, form: Form, values: dict, language: str, now: datetime) -> tuple[dict, str]:
        """Store checked answers. Returns the row and the receipt (16 digits), which is kept nowhere else.

        ``now`` is aware. Raises StoreUnavailable; then nothing was stored.
        """
        receipt = receipts.make()
        row = {
            "id": str(uuid.uuid4()),
            "form": form.name,
            "form_version": form.spec["version"],
            "language": language,
            "received_at": _utc(now),
            "answer_by": working_days_after(now.astimezone(self.zone).date(), form.spec["answer_days"]).isoformat(),
            "status": "new",
            "status_at": _utc(now),
            "receipt": self._fingerprint(receipt),
            **values,
        }
        self._store.add(form.name, row)
        return row, receipt

    def by_receipt(self, receipt: str) -> dict | None:
        """The case that a receipt (16 digits) opens, or None. Takes the same time either way."""
        mark = self._fingerprint(receipt)
        found = [row for name in self._forms for row in self._store.find(name, [("receipt", "=", mark)])]
        return found[0] if found else None

    def get(self, form: str, id: str) -> dict | None:
        """The case ``id`` of the form named ``form``, or None."""
        return self._store.get(form, id) if form in self._forms else None

    def find(self, form: str = "", status: str = "", since: str = "", until: str = "") -> Iterator[dict]:
        """Cases, newest first. ``since`` and ``until`` are ISO days in the hub's time zone, both included;
        an empty text means no limit."""
        where: list[Condition] = []
        if status:
            where.append(("status", "=", status))
        if since:
            where.append(("received_at", ">=", self._midnight(since, 0)))
        if until:
            where.append(("received_at", "<", self._midnight(until, 1)))
        names = [form] if form else list(self._forms)
        found = [self._store.find(name, where, order="received_at") for name in names]
        return merge(*found, key=lambda row: row["received_at"], reverse=True)

    def set_status(self, form: str, id: str, status: str, now: datetime) -> None:
        """Write the new ``status``, one of the codes of submission.schema.yaml."""
        self._store.change(form, id, {"status": status, "status_at": _utc(now)})

    def erase(self, form: str, id: str) -> None:
        """Delete a case at its sender's wish (Law 27/2022 gives that right)."""
        self._store.forget(form, id)

    def forget(self, now: datetime) -> int:
        """Delete every case that was closed longer ago than its form says it is kept. Returns how many."""
        count = 0
        for form in self._forms.values():
            limit = _utc(now - timedelta(days=round(form.spec["keep_months"] * 30.44)))
            past = list(self._store.find(form.name, [("status", "=", "closed"), ("status_at", "<", limit)]))
            count += sum(self._store.forget(form.name, row["id"]) for row in past)
        return count

    def local(self, moment: str) -> datetime:
        """A stored UTC time as an aware time in the hub's zone."""
        return datetime.fromisoformat(moment).astimezone(self.zone)

    def _midnight(self, day: str, later: int) -> str:
        start = datetime.combine(date.fromisoformat(day) + timedelta(days=later), datetime.min.time(), self.zone)
        return _utc(start)

    def _fingerprint(self, receipt: str) -> str:
        return self._hashers.submit(receipts.fingerprint, receipt, self._salt).result()


def table_of(form: Form) -> Table:
    """The database table of a form: every column of its schema."""
    columns = {each.name: KINDS.get(each.type, str) for each in form.columns}
    return Table(form.name, columns, tuple(c.name for c in form.common if c.spec["constraints"].get("unique")))


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def working_days_after(day: date, count: int) -> date:
    """The day that is ``count`` working days (Monday to Friday) after ``day``."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day
