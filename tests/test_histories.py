"""Whatever officers and Siti do, and in whatever order: a case only goes where the table lets it, and all is written
down."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from forms_api.case.cases import Cases
from forms_api.case.days import answer_by
from forms_api.case.states import MOVES, WAITING, Newer, NotAllowed
from forms_api.keys import receipts
from forms_api.keys.team import Team
from forms_api.store import open_store

from . import cast
from .conftest import Clock
from .test_days import HOLIDAYS

BUDI = SimpleNamespace(officer="budi")
STEPS = some.one_of(
    some.tuples(some.sampled_from(["move", "siti moves"]), some.sampled_from([*MOVES, "won"])),
    some.tuples(some.sampled_from(["reply", "note", "wrote", "read", "assign", "seen", "days pass"]), some.none()),
    some.tuples(some.sampled_from(["siti withdraws", "siti keeps it", "a year passes", "night"]), some.none()),
)
ALLOWED = {  # written out again, because the test is to find out when the table changes
    ("new", "in_progress"), ("new", "answered"), ("new", "closed"), ("in_progress", "answered"),
    ("in_progress", "closed"), ("answered", "in_progress"), ("answered", "closed"),
}  # fmt: skip


class History:
    """One case over a real database, and what must be true of it."""

    def __init__(self, folder: str, office, forms, danger: str):
        shutil.copy(office.database, Path(folder) / "forms.sqlite")
        self.clock = Clock()
        self.store = open_store(f"sqlite:///{folder}/forms.sqlite")
        self.cases = Cases(self.store, forms, "Asia/Jakarta", Team(self.store), HOLIDAYS)
        given = cast.help_request(danger=danger)
        given.pop("language")
        values, _ = forms["help"].check(given)
        secret = receipts.secret_of("f" * 32, receipts.content_of("help", values))
        self.store.write([self.cases.receive(forms["help"], values, "id", secret, self.clock())])
        self.id = receipts.row_id(secret)
        self.state, self.unread, self.unseen = "new", True, False
        self.waits_since, self.closed_on, self.gone = self.today(), None, False
        self.danger, self.withdrawn, self.message_unread = danger == "yes", False, False
        self.acts, self.sides = [], []

    def today(self) -> date:
        return self.clock().astimezone(ZoneInfo("Asia/Jakarta")).date()

    def row(self) -> dict:
        return self.cases.get("help", self.id)

    def take(self, step: str, wanted: str | None) -> None:
        """Take the step in the store and in the model; a step that the model forbids must be refused."""
        self.clock.pass_by(minutes=1)
        if step in ("days pass", "a year passes"):
            return self.clock.pass_by(days=5 if step == "days pass" else 366)
        if step == "night":
            return self.night()
        now, row, cases = self.clock(), self.row(), self.cases
        forbidden = {
            "move": (self.state, wanted) not in ALLOWED, "siti moves": (self.state, wanted) not in ALLOWED,
            "reply": self.state == "closed",
        }.get(step, False)  # fmt: skip
        do = {
            "move": lambda: cases.move("help", self.id, wanted, now, BUDI),
            "siti moves": lambda: cases.move("help", self.id, wanted, now),
            "reply": lambda: cases.reply(row, "Sudah kami urus.", BUDI, now),
            "note": lambda: cases.note(row, "Tanya kakaknya.", BUDI, now),
            "wrote": lambda: cases.wrote(row, "Belum ada kabar.", now),
            "read": lambda: cases.read(row, BUDI, now),
            "assign": lambda: cases.change(row, "assign", {"assignee": "rina"}, now, BUDI, "rina"),
            "seen": lambda: cases.change(row, "seen", {"unseen": False}, now),
            "siti withdraws": lambda: cases.withdraw(row, now),
            "siti keeps it": lambda: cases.change(row, "forget_taken_back", {"forget_wanted": False}, now),
        }[step]
        if forbidden:
            with pytest.raises(NotAllowed):
                do()
            return
        do()
        self.expect(step, wanted)

    def night(self) -> None:
        """The nightly ``forget``: it takes what the model says, and the wish is not followed over unread alarms."""
        unread_alarm = self.message_unread or (self.unread and self.danger)
        over = not self.unread and self.closed_on is not None and self.today() > self.closed_on + timedelta(days=365)
        goes = self.state == "closed" and ((self.withdrawn and not unread_alarm) or over)
        if self.state == "closed":
            assert self.cases.forgetting.held(self.row()) == unread_alarm
        assert self.cases.forget(self.clock()) == goes
        self.gone = goes

    def expect(self, step: str, wanted: str | None) -> None:
        waited = self.state in WAITING
        if step in ("move", "siti moves"):
            self.state = wanted
        elif step == "reply":
            self.state, self.unseen = "answered", True
        elif step == "wrote":
            self.state = {"answered": "in_progress", "closed": "in_progress"}.get(self.state, self.state)
            self.unread, self.message_unread, self.withdrawn = True, True, False
        elif step == "read":
            self.unread = self.message_unread = False
        elif step == "siti withdraws":
            self.state, self.withdrawn, self.closed_on = "closed", True, self.today()
        elif step == "siti keeps it":
            self.withdrawn = False
        elif step == "seen":
            self.unseen = False
        if self.state in WAITING and not waited:
            self.waits_since = self.today()
        self.closed_on = (self.closed_on or self.today()) if self.state == "closed" else None
        by = "budi" if step in ("move", "reply", "note", "read", "assign") else ""
        acts = {"move": "status", "siti moves": "status", "siti withdraws": "forget_wanted",
                "siti keeps it": "forget_taken_back"}  # fmt: skip
        self.acts.append((by, acts.get(step, step)))
        if step in ("reply", "note", "wrote"):
            self.sides.append({"reply": "officer", "note": "note", "wrote": "villager"}[step])

    def check_gone(self) -> None:
        """Nothing is left but what was counted, and nothing can be done with it any more."""
        assert self.row() is None
        assert list(self.store.find("messages")) + list(self.store.find("events", [("case", "=", self.id)])) == []
        assert [each["state"] for each in self.store.find("tombstones")] == ["closed"]

    def check(self) -> None:
        if self.gone:
            return self.check_gone()
        row = self.row()
        assert row["status"] == self.state
        assert (bool(row["unread"]), bool(row["unseen"])) == (self.unread, self.unseen)
        assert row["closed_on"] == (self.closed_on.isoformat() if self.closed_on else None)
        assert bool(row["forget_wanted"]) == self.withdrawn
        if self.state in WAITING:
            assert row["answer_by"] == answer_by(self.waits_since, 3, HOLIDAYS).isoformat()
        late = self.cases.sight(self.clock()).count({"late": "yes"})
        assert late == (self.state in WAITING and self.today() > answer_by(self.waits_since, 3, HOLIDAYS))
        events = sorted(self.store.find("events", [("case", "=", self.id)]), key=lambda each: each["at"])
        told = [(each["officer"], each["act"]) for each in events]
        assert sorted(told) == sorted(self.acts)
        # of what she does only the day is kept, so only what officers did has an order
        assert [each for each in told if each[0]] == [each for each in self.acts if each[0]]
        assert sorted(each["side"] for each in self.store.find("messages")) == sorted(self.sides)


@settings(max_examples=60, deadline=None)
@given(steps=some.lists(STEPS, max_size=14), danger=some.sampled_from(["yes", "no"]))
@example(steps=[("siti withdraws", None), ("night", None)], danger="no")
@example(steps=[("siti withdraws", None), ("night", None), ("read", None), ("night", None)], danger="yes")
@example(steps=[("wrote", None), ("siti withdraws", None), ("night", None)], danger="no")
@example(steps=[("siti withdraws", None), ("wrote", None), ("read", None), ("night", None)], danger="no")
@example(steps=[("read", None), ("move", "closed"), ("a year passes", None), ("night", None)], danger="no")
@example(steps=[("move", "closed"), ("a year passes", None), ("night", None)], danger="no")
def test_every_history_keeps_to_the_table_is_written_down_and_forgotten_in_time(office, forms, steps, danger):
    with TemporaryDirectory() as folder:
        history = History(folder, office, forms, danger)
        for step, wanted in steps:
            history.take(step, wanted)
            history.check()
            if history.gone:
                break
        history.store.close()


def test_of_two_who_move_a_case_at_one_moment_one_is_told_that_it_has_moved(send, cases, store, clock):
    id, _ = send()

    def move(_) -> bool:
        try:
            cases.move("help", id, "in_progress", clock(), BUDI)
        except NotAllowed as error:
            assert error.state == "in_progress"
            return False
        return True

    with ThreadPoolExecutor(6) as officers:
        assert sorted(officers.map(move, range(6))) == [False] * 5 + [True]
    assert len(list(store.find("events", [("case", "=", id)]))) == 1


def test_who_replies_in_the_moment_between_a_colleagues_look_and_write_is_not_written_over(
    send, cases, store, clock, monkeypatch
):
    id, _ = send()
    cases.reply(cases.get("help", id), "Kami periksa.", BUDI, clock())
    row = cases.get("help", id)  # a further reply does not change the state, which would give the other away
    change = store.change

    def quicker(*given):
        monkeypatch.setattr(store, "change", change)
        cases.reply(row, "KBRI menunggu Anda.", SimpleNamespace(officer="rina"), clock(), row["last_message"])
        return change(*given)

    monkeypatch.setattr(store, "change", quicker)
    with pytest.raises(Newer):
        cases.reply(row, "Sudah kami urus.", BUDI, clock(), row["last_message"])
    assert len(list(store.find("messages"))) == 2


def test_nobody_closes_over_a_message_that_the_page_did_not_show(send, cases, store, clock):
    id, _ = send()
    seen = ""
    for write in (lambda row: cases.wrote(row, "Belum ada kabar.", clock()),
                  lambda row: cases.note(row, "Tanya kakaknya.", BUDI, clock())):  # fmt: skip
        write(cases.get("help", id))
        with pytest.raises(Newer):
            cases.move("help", id, "closed", clock(), BUDI, seen)
        seen = cases.get("help", id)["last_message"]
    cases.move("help", id, "closed", clock(), BUDI, seen)
    assert cases.get("help", id)["status"] == "closed"


def test_nothing_can_be_done_with_a_case_that_is_gone(send, cases, store, clock):
    id, _ = send()
    row = cases.get("help", id)
    cases.erase("help", id)
    for step in (
        lambda: cases.reply(row, "Sudah.", BUDI, clock()), lambda: cases.wrote(row, "Halo.", clock()),
        lambda: cases.move("help", id, "closed", clock()), lambda: cases.read(row, BUDI, clock()),
    ):
        with pytest.raises(NotAllowed):
            step()
    assert list(store.find("messages")) == []
