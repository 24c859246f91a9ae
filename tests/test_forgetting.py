"""What is past its time goes for good, and nothing that somebody still needs goes with it."""

import sqlite3
from base64 import b64decode, b64encode
from collections import Counter
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, strategies
from hypothesis import settings as examples

from forms_api.case.cases import Cases
from forms_api.case.sight import kept_since
from forms_api.keys.team import Team
from forms_api.people.accounts import Accounts
from forms_api.people.events import event
from forms_api.store import Table, open_store

from .postgres import NEEDS_POSTGRES

BUDI = SimpleNamespace(officer="budi")
KEPT = timedelta(days=370)  # longer than any form keeps what is closed


@pytest.fixture
def closed(send, store):
    """Store a request that was read and closed on the day it came."""

    def closed(**changed):
        id, receipt = send()
        store.change("help", id, {"status": "closed", "closed_on": "2026-11-23", "unread": False} | changed)
        return id, receipt

    return closed


def files(store_url: str) -> bytes:
    """Everything that stands on the disk for the database: the file, its journal and what else lies beside."""
    folder = Path(store_url.removeprefix("sqlite:///")).parent
    return b"".join(path.read_bytes() for path in folder.iterdir())


def test_a_closed_case_is_forgotten_when_its_time_is_over_and_not_before(closed, send, cases, clock, store):
    _, receipt = closed()
    still_open, _ = send()
    clock.pass_by(days=360)
    assert cases.forget(clock()) == 0
    clock.pass_by(days=10)
    assert cases.forget(clock()) == 1
    assert cases.by_receipt(receipt) is None
    assert cases.get("help", still_open)


@pytest.mark.parametrize(
    "kept",
    [{"unread": True, "danger": "yes"}, {"status": "answered"}, {"status": "in_progress", "danger": "yes"},
     {"status": "new"}],
)  # fmt: skip
def test_what_nobody_has_closed_or_a_danger_nobody_has_read_stays_however_old_and_whoever_asked(
    closed, cases, clock, kept
):
    closed(**kept)
    closed(forget_wanted=True, **kept)
    clock.time += 10 * KEPT
    assert cases.forget(clock()) == 0


def test_what_nobody_has_read_stays_when_nobody_asked(closed, cases, clock):
    closed(unread=True)
    clock.time += 10 * KEPT
    assert cases.forget(clock()) == 0


@pytest.mark.parametrize("unread", [False, True])
def test_who_asked_to_be_forgotten_goes_at_once(closed, cases, clock, unread):
    asked, _ = closed(forget_wanted=True, unread=unread)
    other, _ = closed(unread=unread)
    assert cases.forget(clock()) == 1
    assert cases.get("help", asked) is None
    assert cases.get("help", other)


def test_a_message_that_nobody_has_read_is_read_before_its_sender_s_wish_is_followed(closed, cases, clock, store):
    id, _ = closed()
    cases.wrote(cases.get("help", id), "Majikan datang lagi.", clock())
    cases.withdraw(cases.get("help", id), clock())
    assert cases.forget(clock()) == 0
    cases.read(cases.get("help", id), BUDI, clock())
    assert cases.forget(clock()) == 1


def test_a_message_that_comes_in_this_very_moment_keeps_its_case(closed, cases, clock, store, monkeypatch):
    id, _ = closed(forget_wanted=True)
    look = cases.forgetting._traces

    def meanwhile(case):
        monkeypatch.undo()
        cases.wrote(cases.get("help", id), "Jangan dihapus dulu.", clock())
        return look(case)

    monkeypatch.setattr(cases.forgetting, "_traces", meanwhile)
    assert cases.forget(clock()) == 0
    assert cases.get("help", id)
    assert list(store.find("tombstones")) == []


def test_a_tombstone_is_left_and_nothing_that_leads_back(closed, send, cases, clock, store, settings, write):
    id, _ = closed(village="16.06.13.2001")
    double, _ = send()
    write(cases.get("help", id), "officer", "Sudah kami urus.", clock(), "budi")
    store.write([[event("budi", "read", clock(), form="help", case=id)]])
    store.change("help", double, {"double_of": id})
    clock.time += KEPT
    cases.forget(clock())
    stone = store.get("tombstones", next(store.find("tombstones"))["id"])
    assert {name: stone[name] for name in ("month", "village", "form", "state")} == {
        "month": "2026-11", "village": "16.06.13.2001", "form": "help", "state": "closed"}  # fmt: skip
    assert list(store.find("messages")) == []
    assert [(each["officer"], each["act"]) for each in store.find("events", [("act", "=", "read")])] == [
        ("budi", "read")
    ]
    store.scrub()
    store.close()
    assert id.encode() not in files(settings.store_url)


def sealed_of(store) -> list[str]:
    return [row[name] for table in ("help", "messages") for row in store.find(table)
            for name in ("sealed", "for_receipt") if row.get(name)]  # fmt: skip


def test_afterwards_no_answer_sealed_or_not_is_in_the_file_or_its_journal(
    closed, send, cases, clock, store, settings, write
):
    # long and short ones, deleted from between others, make SQLite move rows from page to page
    ids = [closed()[0] for _ in range(40)]
    for id in ids[::3]:
        write(cases.get("help", id), "villager", "Paspor saya masih ditahan. " * 40, clock())
    store.settle()
    sealed = sealed_of(store)
    send()
    stays = set(sealed_of(store)) - set(sealed)
    found = files(settings.store_url)
    assert all(each[:60].encode() in found for each in [*sealed, *stays])  # the look is where the rows are
    clock.time += KEPT
    with closing(open_store(settings.store_url)) as server:  # another process that holds the database open
        server.count("help")
        assert cases.forget(clock()) == len(ids)
        assert store.scrub()
        found = files(settings.store_url)
    pieces = [piece for each in sealed for piece in (each[:60], each[100:160], each[-60:])]
    assert [piece for piece in pieces if piece.encode() in found or b64decode(piece) in found] == []
    assert all(each[:60].encode() in found for each in stays)
    with closing(sqlite3.connect(settings.store_url.removeprefix("sqlite:///"))) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_copies_that_sqlite_left_when_it_moved_rows_go_too(tmp_path):
    """secure_delete alone leaves some: without VACUUM this test finds three pieces."""
    table = Table("kept", {"id": str, "day": str, "sealed": str}, indexes=(("day", "id"),))
    dice, rows = Random(16), {}
    with closing(open_store(f"sqlite:///{tmp_path / 'forms.sqlite'}")) as store:
        store.prepare([table])
        for _ in range(300):
            id = dice.randbytes(16).hex()
            rows[id] = b64encode(dice.randbytes(dice.choice([200, 400, 700, 1500]))).decode()
            store.add("kept", {"id": id, "day": None, "sealed": rows[id]})
            store.change("kept", dice.choice(list(rows)), {"day": "x" * dice.choice([10, 60, 100])})
        gone = dice.sample(list(rows), 150)
        for id in gone:
            store.forget("kept", id)
        assert store.scrub()
        found = files(f"sqlite:///{tmp_path / 'forms.sqlite'}")
    pieces = [rows[id][start : start + 60] for id in gone for start in (0, 100, len(rows[id]) - 60)]
    assert [piece for piece in pieces if piece.encode() in found] == []
    assert sum(rows[id][:60].encode() in found for id in rows) == 150


def test_while_somebody_reads_the_journal_cannot_be_emptied_and_it_says_so(closed, cases, clock, store, settings):
    for _ in range(3):
        closed()
    with closing(open_store(settings.store_url)) as server, server.snapshot() as rows:
        next(rows("help"))
        clock.time += KEPT
        cases.forget(clock())
        assert not store.scrub()
    assert store.scrub()


def test_a_data_key_that_closes_nothing_any_more_goes_and_no_other(closed, send, cases, clock, store, opener):
    gone, _ = closed(forget_wanted=True)
    old_key = cases.get("help", gone)["data_key"]
    clock.pass_by(hours=2)
    stays, _ = send()
    cases.forget(clock())
    today = clock().date()
    assert cases.forgetting.drop_keys(today) == 0  # a key of today may be at work
    assert cases.forgetting.drop_keys(today + timedelta(days=3)) == 1
    assert store.get("data_keys", old_key) is None
    assert not cases.opened(cases.get("help", stays), opener)["broken"]


def test_a_key_that_only_a_message_needs_stays(closed, cases, clock, opener, write):
    id, _ = closed()
    clock.pass_by(days=5)
    write(cases.get("help", id), "note", "Ditelepon.", clock(), "budi")
    clock.pass_by(days=5)
    assert cases.forgetting.drop_keys(clock().date()) == 0
    assert [each["text"] for each in cases.messages.for_team(id, opener)] == ["Ditelepon."]


DAY = strategies.dates(min_value=date(2025, 1, 1), max_value=date(2027, 12, 31))
HISTORY = strategies.fixed_dictionaries({
    "status": strategies.sampled_from(["new", "in_progress", "answered", "closed", "closed"]),
    "danger": strategies.sampled_from(["yes", "no"]),
    "unread": strategies.sampled_from([True, False, None]),
    "forget_wanted": strategies.sampled_from([True, False, None]),
    "wrote": strategies.booleans(),
    "closed_on": DAY,
})  # fmt: skip


@examples(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories=strategies.lists(HISTORY, max_size=12), today=DAY)
def test_whatever_the_histories_just_what_is_past_its_time_goes(store, cases, forms, histories, today):
    stones = len(list(store.find("tombstones")))
    for table in ("help", "messages"):
        for row in list(store.find(table)):
            store.forget(table, row["id"])
    kept = {"form": "help", "received_on": "2025-01-01", "answer_by": "2025-01-04", "village": "16.06.13.2001"}
    rows = [{"id": f"{n:032x}", **kept, **each, "closed_on": each["closed_on"].isoformat() if each["status"] == "closed" else None}
            for n, each in enumerate(histories)]  # fmt: skip
    wrote = {row["id"] for row in rows if row.pop("wrote")}
    store.write([[("help", row)] for row in rows])
    store.write([[("messages", {"id": id, "case": id, "form": "help", "side": "villager"})] for id in wrote])
    went = {
        row["id"] for row in rows
        if row["status"] == "closed" and (
            (row["forget_wanted"] and not (row["unread"] and (row["danger"] == "yes" or row["id"] in wrote)))
            or (not row["unread"] and row["closed_on"] < kept_since(forms["help"], today).isoformat())
        )
    }  # fmt: skip
    assert cases.forgetting.forget(today) == len(went)
    assert {row["id"] for row in store.find("help")} == {row["id"] for row in rows} - went
    assert len(list(store.find("tombstones"))) == stones + len(went)
    assert cases.forgetting.forget(today) == 0


@NEEDS_POSTGRES
def test_postgresql_forgets_the_rows_and_says_that_its_files_are_its_own(postgres, forms, clock):
    with closing(open_store(postgres.place())) as store:
        team = Team(store)
        team.set_up(clock())
        Accounts(store, team)
        cases = Cases(store, forms, "Asia/Jakarta", team)
        values = {"page": "Biaya", "mistake": "Angkanya lama", "evidence": None}
        batch = cases.receive(forms["mistake"], values, "id", b"0" * 32, clock())
        store.write([batch])
        store.change("mistake", batch[0][1]["id"], {"status": "closed", "closed_on": "2026-11-23", "unread": False})
        clock.time += KEPT
        assert cases.forget(clock()) == 1
        assert Counter(row["form"] for row in store.find("tombstones")) == {"mistake": 1}
        assert cases.forgetting.drop_keys(clock().date()) == 1
        assert not store.scrub()
