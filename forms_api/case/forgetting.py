"""What is past its time goes: the case, its messages, what leads to it, and in the end the keys that nothing needs.

What stays is a tombstone, so that what was counted stays counted: month, village, form and state.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from secrets import token_hex

from forms_api.case.sight import kept_since
from forms_api.forms.tables import Form
from forms_api.store import Condition, Row, Store, Table

TOMBSTONES = Table("tombstones", {"id": str, "month": str, "village": str, "form": str, "state": str})
# A request in danger is open as long as it is not closed, so this keeps it too.
MAY_GO: list[Condition] = [("status", "=", "closed"), ("unread", "in", (False, None))]
WITHDRAWN: list[Condition] = [("status", "=", "closed"), ("forget_wanted", "=", True)]
KEY_AT_WORK = timedelta(days=2)  # a data key closes records for an hour (team.py); the rest is for clocks


class Forgetting:
    """Deletes cases so that nothing in the store leads back to them."""

    def __init__(self, store: Store, forms: dict[str, Form]):
        self._store = store
        self._forms = forms
        store.prepare([TOMBSTONES])

    def forget(self, today: date) -> int:
        """Delete every closed case whose sender asked for it and that is not ``held``, then every one closed longer ago
        than its form keeps it, when an officer has read all of it. ``today`` is in the hub's zone. Returns how many."""
        withdrawn = sum(self.erase(row, WITHDRAWN) for row in list(self._withdrawn()) if not self.held(row))
        return withdrawn + sum(self.erase(row, MAY_GO) for row in list(self._past(today)))

    def held(self, case: dict) -> bool:
        """Whether an officer must open ``case`` (its row) before its sender's wish to have it erased is followed: it
        says that there is danger, or holds a message, and nobody has read that. Somebody else may have the phone."""
        written = [("case", "=", case["id"]), ("side", "=", "villager")]
        return bool(case["unread"]) and (case.get("danger") == "yes" or self._store.count("messages", written) > 0)

    def erase(self, case: dict, given: Iterable[Condition] = ()) -> bool:
        """Delete ``case`` (its row), if it still meets ``given``, with its messages, and leave a tombstone; in one
        transaction. Its events keep act and officer, and lose the case's id."""
        stone = {"id": token_hex(16), "month": case["received_on"][:7], "village": case.get("village"),
                 "form": case["form"], "state": case["status"]}  # fmt: skip
        rows, gone = self._traces(case["id"])
        if not self._store.replace([("tombstones", stone), *rows], [(case["form"], case["id"]), *gone], given):
            return False
        late = self._traces(case["id"])  # what somebody wrote in this very moment
        if any(late):
            self._store.replace(*late)
        for form in self._forms:
            for other in list(self._store.find(form, [("double_of", "=", case["id"])])):
                self._store.change(form, other["id"], {"double_of": None})
        return True

    def drop_keys(self, today: date) -> int:
        """Delete every data key of an earlier day that closes nothing any more. Returns how many."""
        holders = [each.name for each in self._store.tables() if "data_key" in each.columns]
        used = {row["data_key"] for name in holders for row in self._store.find(name)}
        old = list(self._store.find("data_keys", [("made_on", "<", (today - KEY_AT_WORK).isoformat())]))
        return sum(self._store.forget("data_keys", row["id"]) for row in old if row["id"] not in used)

    def _withdrawn(self) -> Iterator[dict]:
        for form in self._forms.values():
            yield from self._store.find(form.name, WITHDRAWN)

    def _past(self, today: date) -> Iterator[dict]:
        """The cases that were closed too long ago."""
        for form in self._forms.values():
            since = kept_since(form, today).isoformat()
            yield from self._store.find(form.name, [*MAY_GO, ("closed_on", "<", since)])

    def _traces(self, case: str) -> tuple[list[Row], list[tuple[str, str]]]:
        """What else knows a case's id: the events without it, and the messages to delete."""
        events = self._store.find("events", [("case", "=", case)])
        messages = self._store.find("messages", [("case", "=", case)])
        return [("events", each | {"case": ""}) for each in events], [("messages", each["id"]) for each in messages]
