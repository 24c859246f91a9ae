"""What arrives together is committed together; nobody is answered early, and nobody suffers for another's row."""

import asyncio
import threading
import time

import pytest

from forms_api.store import RowRefused, StoreUnavailable, Table, open_store
from forms_api.store.writer import TooBusy, Writer

from .postgres import NEEDS_POSTGRES

CASES = Table("cases", {"id": str, "status": str, "count": int}, unique=("count",))


class Counted:
    """A real store that counts its commits, may be stopped at the door, and notes what it has taken."""

    def __init__(self, store):
        self.store, self.commits, self.settled = store, [], 0
        self.door = threading.Event()
        self.door.set()

    def write(self, batches):
        self.door.wait()
        result = self.store.write(batches)
        self.commits.append(len(batches))
        return result

    def settle(self):
        self.settled += 1
        self.store.settle()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=NEEDS_POSTGRES)])
def store(request, tmp_path):
    sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'forms.sqlite'}" if sqlite else request.getfixturevalue("postgres").place()
    store = open_store(url)
    store.prepare([CASES])
    yield Counted(store)
    store.close()


def batch(id: str, count: int | None = None) -> list:
    return [("cases", {"id": id, "status": "new", "count": count})]


def put_all(writer: Writer, batches: list) -> list:
    """What each sender is told when all send at one moment."""

    async def send():
        return await asyncio.gather(*map(writer.put, batches), return_exceptions=True)

    return asyncio.run(send())


def test_forty_senders_at_one_moment_cost_few_commits_and_each_is_answered(store):
    assert put_all(Writer(store), [batch(str(number)) for number in range(40)]) == [True] * 40
    assert sum(store.commits) == 40
    assert len(store.commits) < 5
    assert sum(1 for _ in store.store.find("cases")) == 40


def test_nobody_is_answered_before_the_commit(store):
    store.door.clear()

    async def send():
        waiting = asyncio.create_task(Writer(store).put(batch("a")))
        done, _ = await asyncio.wait([waiting], timeout=0.2)
        early = bool(done)
        store.door.set()
        return early, await waiting

    assert asyncio.run(send()) == (False, True)


def test_a_double_tap_is_one_row_and_only_the_first_is_new(store):
    assert sorted(put_all(Writer(store), [batch("a"), batch("a"), batch("a")])) == [False, False, True]
    assert sum(1 for _ in store.store.find("cases")) == 1


def test_one_bad_row_does_not_spoil_the_others(store):
    answers = put_all(Writer(store), [batch("a", 1), batch("b", 1), batch("c", 2), batch("\ud800"), batch("d")])
    assert [answers[0], answers[2], answers[4]] == [True, True, True]
    assert isinstance(answers[1], RowRefused) and isinstance(answers[3], RowRefused)
    assert [row["id"] for row in store.store.find("cases")] == ["d", "c", "a"]


def test_a_fault_of_the_database_is_told_to_all_and_the_next_are_served(store):
    writer = Writer(store)
    faulty = [("no_such_table", {"id": "x"})]
    answers = put_all(writer, [batch("a"), faulty, batch("b")])
    assert all(isinstance(answer, StoreUnavailable) for answer in answers)
    assert put_all(writer, [batch("a")]) == [True]


def test_who_waits_behind_a_fault_of_the_database_does_not_wait_for_it_again(store, monkeypatch):
    monkeypatch.setattr("forms_api.store.writer.MOST_AT_ONCE", 2)
    faulty = [("no_such_table", {"id": "x"})]
    answers = put_all(Writer(store), [faulty, *(batch(str(number)) for number in range(9))])
    assert all(isinstance(answer, StoreUnavailable) for answer in answers)
    assert list(store.store.find("cases")) == []


def test_beyond_the_limit_the_sender_is_told_when_to_come_back_and_the_others_are_stored(store, caplog):
    store.door.clear()
    writer = Writer(store, most_waiting=3)

    async def send():
        tasks = [asyncio.create_task(writer.put(batch(str(number)))) for number in range(5)]
        await asyncio.sleep(0)
        store.door.set()
        return await asyncio.gather(*tasks, return_exceptions=True)

    answers = asyncio.run(send())
    assert answers[:3] == [True] * 3
    assert all(isinstance(answer, TooBusy) and answer.retry_after > 0 for answer in answers[3:])
    assert sum(1 for _ in store.store.find("cases")) == 3
    assert [each.getMessage() for each in caplog.records] == ["requests are refused, the database cannot be used: TooBusy"]
    assert put_all(writer, [batch("later")]) == [True]


def test_a_sender_who_hangs_up_holds_up_nobody(store):
    store.door.clear()
    writer = Writer(store)

    async def send():
        gone, stays = (asyncio.create_task(writer.put(batch(name))) for name in ("a", "b"))
        await asyncio.sleep(0.05)
        gone.cancel()
        store.door.set()
        return await stays

    assert asyncio.run(send()) is True


def test_the_loop_answers_others_while_the_disk_is_slow(store):
    store.door.clear()
    turns = 0

    async def send():
        nonlocal turns
        waiting = asyncio.create_task(Writer(store).put(batch("a")))
        for _ in range(50):
            await asyncio.sleep(0)
            turns += 1
        store.door.set()
        return await waiting

    assert asyncio.run(send()) is True
    assert turns == 50


def test_senders_on_several_event_loops_are_all_served(store):
    writer, answers = Writer(store), []

    def one(start):
        answers.extend(put_all(writer, [batch(f"{start}-{number}") for number in range(20)]))

    threads = [threading.Thread(target=one, args=(start,)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [True] * 80
    assert sum(1 for _ in store.store.find("cases")) == 80


def test_when_nothing_comes_the_wal_is_brought_into_the_main_file(store, monkeypatch):
    monkeypatch.setattr("forms_api.store.writer.QUIET", 0.01)

    async def send():
        await Writer(store).put(batch("a"))
        until = time.monotonic() + 10
        while not store.settled and time.monotonic() < until:
            await asyncio.sleep(0.01)

    asyncio.run(send())
    assert store.settled == 1
