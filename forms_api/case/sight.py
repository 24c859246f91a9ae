"""The cases that one officer may see, found by what the desk filters by. Every look-up of the desk comes through here:
a case outside the officer's villages is not found, however it is asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import merge
from itertools import islice

from forms_api.case.states import WAITING
from forms_api.forms.tables import Form
from forms_api.store import Condition, Store

SOON = timedelta(days=30)
# What the desk filters by, and what it asks of a row. "yes" turns a mark on.
COLUMNS = {"status": "=", "assignee": "=", "village": "=", "since": ">=", "until": "<="}
MARKS = ("unread", "danger", "due", "late", "soon", "forget")
FILTERS = ("form", *COLUMNS, *MARKS)


@dataclass(frozen=True)
class Sight:
    """What an officer for ``villages`` (codes; none: for all) sees on the day ``today`` of the hub's zone. A case
    without a village is seen by all. ``chosen`` maps names of FILTERS to what is asked; an empty text asks nothing."""

    store: Store
    forms: Mapping[str, Form]
    today: date
    villages: frozenset[str] = frozenset()

    def get(self, form: str, id: str) -> dict | None:
        """The open columns of case ``id`` of the form named ``form``, or None."""
        return self.seen(self.store.get(form, id)) if form in self.forms else None

    def by_id(self, id: str | None) -> dict | None:
        """The open columns of the case with that id, whatever its form, or None."""
        return next((row for form in self.forms if id and (row := self.get(form, id))), None)

    def seen(self, row: dict | None) -> dict | None:
        """``row``, unless this officer may not see it."""
        village = row and row.get("village")
        return row if not village or not self.villages or village in self.villages else None

    def find(
        self, chosen: Mapping[str, str], after: tuple[str, str] | None = None, most: int | None = None
    ) -> Iterator[dict]:
        """The open columns of the cases chosen, newest day first. ``after``, the day and id of the last row seen, gives
        what comes behind it; ``most`` rows."""
        found = [self.store.find(name, where, "received_on", after, most) for name, where in self._where(chosen)]
        return islice(merge(*found, key=lambda row: (row["received_on"], row["id"]), reverse=True), most)

    def count(self, chosen: Mapping[str, str]) -> int:
        """How many cases ``find`` gives."""
        return sum(self.store.count(name, where) for name, where in self._where(chosen))

    def _where(self, chosen: Mapping[str, str]) -> Iterator[tuple[str, list[Condition]]]:
        """Each form's table that can hold a case chosen, and the conditions."""
        for form in self.forms.values():
            if chosen.get("form") in (None, "", form.name):
                where = self._conditions(form, chosen)
                if all(column in _open(form) for column, *_ in where):
                    yield form.name, where

    def _conditions(self, form: Form, chosen: Mapping[str, str]) -> list[Condition]:
        names = {"since": "received_on", "until": "received_on"}
        where: list[Condition] = [
            (names.get(key, key), operator, chosen[key]) for key, operator in COLUMNS.items() if chosen.get(key)
        ]
        for mark in MARKS:
            if chosen.get(mark):
                where += self._mark(form, mark)
        if self.villages and "village" in _open(form):
            where.append(("village", "in", (*sorted(self.villages), None)))
        return where

    def _mark(self, form: Form, mark: str) -> list[Condition]:
        today = self.today.isoformat()
        return {
            "unread": [("unread", "=", True)],
            "danger": [("danger", "=", "yes")],
            "due": [("status", "in", WAITING), ("answer_by", "=", today)],
            "late": [("status", "in", WAITING), ("answer_by", "<", today)],
            "soon": [("status", "=", "closed"), ("closed_on", "<", kept_since(form, self.today + SOON).isoformat())],
            "forget": [("forget_wanted", "=", True)],
        }[mark]


def kept_since(form: Form, day: date) -> date:
    """What was closed before this day is, on ``day``, past the months that its form says it is kept."""
    return day - timedelta(days=round(form.spec["keep_months"] * 30.44))


def indexes_of(form: Form) -> list[tuple[str, ...]]:
    """The columns by which a form's table is searched."""
    marks = [name for name in ("unread", "danger", "village") if name in _open(form)]
    # No id behind the day, though the order has it: ids are random, and each row would then touch another page of each
    # index. The few rows of one day are sorted when they are asked for.
    newest = [(*each, "received_on") for each in ((), ("status",), ("assignee",), *((name,) for name in marks))]
    days = [("status", "answer_by"), ("status", "closed_on")]
    return [*newest, *days, ("forget_wanted", "received_on"), ("double_of",)]


def _open(form: Form) -> set[str]:
    return {each.name for each in form.columns if each.open}
