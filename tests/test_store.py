"""The six verbs, over a real SQLite file."""

import os
import sqlite3
import stat
import threading

import pytest

from forms_api.store import StoreUnavailable, Table, open_store

CASES = Table("cases", {"id": str, "status": str, "count": int}, unique=("count",))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "deep" / "forms.sqlite"


@pytest.fixture
def store(path):
    store = open_store(f"sqlite:///{path}")
    store.prepare([CASES])
    return store


def test_what_is_added_can_be_got(store):
    assert store.add("cases", {"id": "a", "status": "new", "count": 1})
    assert store.get("cases", "a") == {"id": "a", "status": "new", "count": 1}


def test_the_same_id_twice_is_one_row_and_says_so(store):
    store.add("cases", {"id": "a", "status": "new", "count": 1})
    assert not store.add("cases", {"id": "a", "status": "closed", "count": 2})
    assert store.get("cases", "a")["status"] == "new"


def test_a_value_that_must_not_repeat_is_refused(store):
    store.add("cases", {"id": "a", "status": "new", "count": 1})
    with pytest.raises(StoreUnavailable):
        store.add("cases", {"id": "b", "status": "new", "count": 1})


def test_find_meets_every_condition_and_orders_largest_first(store):
    for number, status in enumerate(["new", "closed", "new", "new"]):
        store.add("cases", {"id": str(number), "status": status, "count": number})
    found = store.find("cases", [("status", "=", "new"), ("count", ">=", 1)], order="count")
    assert [row["count"] for row in found] == [3, 2]


def test_find_reads_more_rows_than_one_batch(store):
    for number in range(1203):
        store.add("cases", {"id": f"{number:05}", "status": "new", "count": number})
    assert sum(1 for _ in store.find("cases")) == 1203


def test_an_unknown_operator_is_a_programmers_mistake(store):
    with pytest.raises(ValueError, match="LIKE"):
        list(store.find("cases", [("status", "LIKE", "%")]))


def test_change_and_forget_say_whether_there_was_a_row(store):
    store.add("cases", {"id": "a", "status": "new", "count": 1})
    assert store.change("cases", "a", {"status": "closed"})
    assert store.get("cases", "a")["status"] == "closed"
    assert store.forget("cases", "a")
    assert store.get("cases", "a") is None
    assert not store.change("cases", "a", {"status": "new"})
    assert not store.forget("cases", "a")


def test_preparing_again_adds_a_column_and_keeps_the_rows(store, path):
    store.add("cases", {"id": "a", "status": "new", "count": 1})
    store.prepare([Table("cases", {"id": str, "status": str, "count": int, "note": str})])
    assert store.get("cases", "a") == {"id": "a", "status": "new", "count": 1, "note": None}


def test_a_row_is_synced_to_the_disk_before_add_returns(store, path):
    """synchronous=FULL; NORMAL lost every acknowledged row in the power-cut trial."""
    assert store._db.conn.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert store._db.conn.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_another_process_sees_the_row_at_once(store, path):
    store.add("cases", {"id": "a", "status": "new", "count": 1})
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT id FROM cases").fetchall() == [("a",)]


def test_many_threads_lose_nothing(store):
    def add(start):
        for number in range(start, start + 50):
            store.add("cases", {"id": str(number), "status": "new", "count": number})

    threads = [threading.Thread(target=add, args=(start,)) for start in range(0, 400, 50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(1 for _ in store.find("cases")) == 400


def test_a_broken_table_is_unavailable_and_the_store_goes_on(store):
    with pytest.raises(StoreUnavailable):
        store.add("no_such_table", {"id": "a"})
    assert store.add("cases", {"id": "a", "status": "new", "count": 1})


def test_a_full_disk_is_unavailable_and_the_store_goes_on_when_there_is_room(store):
    store._db.conn.execute("PRAGMA max_page_count = 10")
    with pytest.raises(StoreUnavailable):
        store.add("cases", {"id": "big", "status": "x" * 200_000, "count": 1})
    store._db.conn.execute("PRAGMA max_page_count = 100000")
    assert store.add("cases", {"id": "big", "status": "x" * 200_000, "count": 1})


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_the_folder_is_only_the_owners(store, path):
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_place_that_cannot_be_written_is_unavailable(tmp_path):
    blocker = tmp_path / "file"
    blocker.write_text("")
    with pytest.raises(StoreUnavailable):
        open_store(f"sqlite:///{blocker}/forms.sqlite")


def test_another_kind_of_url_is_refused_with_what_to_write():
    with pytest.raises(ValueError, match="sqlite:///"):
        open_store("mysql://somewhere")
