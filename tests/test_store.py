"""The verbs, over a real SQLite file and a real PostgreSQL server: one contract for both."""

import sqlite3
import threading

import psycopg
import pytest

from forms_api.store import RowRefused, StoreUnavailable, Table, open_store

from .postgres import NEEDS_POSTGRES

CASES = Table("cases", {"id": str, "case": str, "status": str, "count": int, "open": bool}, unique=("count",))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=NEEDS_POSTGRES)])
def url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'deep' / 'forms.sqlite'}"
    return request.getfixturevalue("postgres").place()


@pytest.fixture
def store(url):
    store = open_store(url)
    store.prepare([CASES])
    yield store
    store.close()


def case(id: str, count: int | None = None, **more) -> dict:
    return {"id": id, "status": "new", "count": count} | more


def test_what_is_added_can_be_got(store):
    assert store.add("cases", {"id": "a", "case": "Siti", "status": "new", "count": 1, "open": True})
    assert store.get("cases", "a") == {"id": "a", "case": "Siti", "status": "new", "count": 1, "open": 1}
    assert str(store.get("cases", "a")["open"]) == "1"
    assert next(store.find("cases", [("open", "=", True)]))["id"] == "a"


def test_the_same_id_twice_is_one_row_and_says_so(store):
    store.add("cases", case("a", 1))
    assert not store.add("cases", case("a", 2, status="closed"))
    assert store.get("cases", "a")["status"] == "new"


def test_one_write_tells_for_each_batch_whether_its_first_row_was_new(store):
    store.add("cases", case("old"))
    batches = [[("cases", case("a")), ("cases", case("old"))], [("cases", case("old"))], [("cases", case("a"))]]
    assert store.write(batches) == [True, False, False]
    assert [row["id"] for row in store.find("cases")] == ["old", "a"]


def test_one_write_reaches_several_tables(store):
    store.prepare([Table("keys", {"id": str, "sealed": str})])
    assert store.write([[("cases", case("a")), ("keys", {"id": "k", "sealed": "x"})]]) == [True]
    assert store.get("keys", "k") == {"id": "k", "sealed": "x"}


def test_nothing_to_write_is_no_fault(store):
    assert store.write([]) == []


def test_a_row_that_breaks_a_rule_is_refused_and_nothing_of_its_write_is_stored(store):
    store.add("cases", case("a", 1))
    with pytest.raises(RowRefused):
        store.write([[("cases", case("b", 2))], [("cases", case("c", 1))]])
    assert [row["id"] for row in store.find("cases")] == ["a"]
    assert store.add("cases", case("b", 2))


@pytest.mark.parametrize("unfit", ["half \ud800 a character", 2**70])
def test_a_value_that_cannot_be_held_is_refused_and_the_store_goes_on(store, unfit):
    column = "status" if isinstance(unfit, str) else "count"
    with pytest.raises(RowRefused):
        store.add("cases", case("a") | {column: unfit})
    assert store.add("cases", case("a"))


def test_no_answer_is_in_what_a_refusal_says(store):
    """Its text goes into the log."""
    store.add("cases", case("Siti", 12345))
    with pytest.raises(RowRefused) as refused:
        store.add("cases", case("Budi", 12345, status="paspor"))
    assert not any(word in str(refused.value) for word in ("12345", "Siti", "Budi", "paspor"))


def test_several_rows_may_leave_out_what_must_not_repeat(store):
    assert store.add("cases", case("a")) and store.add("cases", case("b"))


def test_find_meets_every_condition_and_orders_largest_first(store):
    for number, status in enumerate(["new", "closed", "new", "new"]):
        store.add("cases", case(str(number), number, status=status))
    found = store.find("cases", [("status", "=", "new"), ("count", ">=", 1)], order="count")
    assert [row["count"] for row in found] == [3, 2]


def test_a_row_without_a_value_is_left_out_of_an_order(store):
    store.write([[("cases", case("a", 1))], [("cases", case("b"))], [("cases", case("c", 3))]])
    assert [row["id"] for row in store.find("cases", order="count")] == ["c", "a"]


def test_text_is_ordered_by_its_bytes_in_both(store):
    for word in ("b", "B", "a", "é", "Z", "_"):
        store.add("cases", case(word))
    assert [row["id"] for row in store.find("cases")] == ["é", "b", "a", "_", "Z", "B"]


def test_find_reads_more_rows_than_one_batch(store):
    store.write([[("cases", case(f"{number:05}", number))] for number in range(1203)])
    assert sum(1 for _ in store.find("cases")) == 1203


def test_pages_follow_each_other_without_gap_or_repeat(store):
    """Many rows have the same day; the id decides between them."""
    store.write([[("cases", case(f"{number:02}", status=f"day {number // 4}"))] for number in range(23)])
    seen, after = [], None
    while page := list(store.find("cases", order="status", after=after, most=5)):
        seen += [row["id"] for row in page]
        after = (page[-1]["status"], page[-1]["id"])
    assert seen == [row["id"] for row in store.find("cases", order="status")]
    assert len(set(seen)) == 23


def test_a_row_that_comes_in_between_two_pages_moves_nothing(store):
    store.write([[("cases", case(letter))] for letter in "abcd"])
    first = list(store.find("cases", most=2))
    store.add("cases", case("z"))
    assert [row["id"] for row in first + list(store.find("cases", after=("c", "c"), most=2))] == list("dcba")


def test_a_search_that_is_dropped_halfway_keeps_nothing_back(store):
    store.write([[("cases", case(f"{number:05}"))] for number in range(1203)])
    for _ in range(20):
        next(store.find("cases"))
        store.add("cases", case("z"))
        assert next(store.find("cases"))["id"] == "z"
        store.forget("cases", "z")


def test_an_export_does_not_hold_up_the_writer(store):
    store.write([[("cases", case(f"{number:05}"))] for number in range(1203)])
    rows = store.find("cases")
    next(rows)
    assert store.add("cases", case("z"))
    assert sum(1 for _ in rows) == 1202


@pytest.mark.parametrize("where", [[("status", "LIKE", "%")], [("status; DROP TABLE cases", "=", "x")]])
def test_an_unknown_operator_or_a_name_with_signs_is_a_programmers_mistake(store, where):
    with pytest.raises(ValueError, match=r"LIKE|DROP"):
        list(store.find("cases", where))


def test_change_and_forget_say_whether_there_was_a_row(store):
    store.add("cases", case("a", 1))
    assert store.change("cases", "a", {"status": "closed", "case": "order by"})
    assert store.get("cases", "a")["status"] == "closed"
    assert store.forget("cases", "a")
    assert store.get("cases", "a") is None
    assert not store.change("cases", "a", {"status": "new"})
    assert not store.forget("cases", "a")


def test_a_change_happens_only_as_long_as_the_row_is_as_it_was_seen_and_takes_its_rows_along(store):
    store.add("cases", case("a", 1))
    assert store.change("cases", "a", {"status": "closed"}, [("status", "=", "new")], [("cases", case("b", 2))])
    assert not store.change("cases", "a", {"status": "answered"}, [("status", "=", "new")], [("cases", case("c", 3))])
    assert {row["id"]: row["status"] for row in store.find("cases")} == {"a": "closed", "b": "new"}


def test_a_change_whose_rows_are_refused_does_not_happen(store):
    store.write([[("cases", case("a", 1))], [("cases", case("b", 2))]])
    with pytest.raises(RowRefused):
        store.change("cases", "a", {"status": "closed"}, rows=[("cases", case("c", 2))])
    assert store.get("cases", "a")["status"] == "new"


def test_rows_are_counted_as_they_are_found(store):
    for number, status in enumerate(("new", "new", "closed", None)):
        store.add("cases", case(str(number), number, status=status))
    for where, count in (
        ([], 4), ([("status", "=", "new")], 2), ([("status", "in", ("new", "closed"))], 3), ([("status", "in", ())], 0),
        ([("status", "in", ("closed", None))], 2), ([("status", "in", (None,)), ("count", ">", 2)], 1),
    ):
        assert store.count("cases", where) == count == len(list(store.find("cases", where)))


def test_a_table_is_told_with_its_indexes(store):
    store.prepare([Table("notes", {"id": str, "case": str, "at": int}, ("at",), (("case",), ("case", "at")))])
    [_, notes] = store.tables()
    assert (notes.unique, sorted(notes.indexes)) == (("at",), [("case",), ("case", "at")])


def test_an_index_may_come_later_and_is_made_once(store):
    table = Table("cases", CASES.columns, indexes=(("status", "count", "id"), ("case",)))
    store.add("cases", case("a", 1))
    store.prepare([table])
    store.prepare([table])
    assert store.get("cases", "a")["count"] == 1
    assert store.tables()[0].unique == ("count",)


def test_replace_does_all_of_it_or_nothing(store):
    store.write([[("cases", case("a", 1))], [("cases", case("b", 2))]])
    assert store.replace([("cases", case("a", 5)), ("cases", case("c", 6))], gone=[("cases", "b")])
    assert [(row["id"], row["count"]) for row in store.find("cases")] == [("c", 6), ("a", 5)]
    assert not store.replace([("cases", case("a", 7))], gone=[("cases", "c"), ("cases", "b")])
    assert [(row["id"], row["count"]) for row in store.find("cases")] == [("c", 6), ("a", 5)]


def test_preparing_again_adds_a_column_and_keeps_the_rows(store):
    store.add("cases", {"id": "a", "case": None, "status": "new", "count": 1, "open": None})
    store.prepare([Table("cases", {**CASES.columns, "note": str}, unique=("count", "note"))])
    assert store.get("cases", "a") == {
        "id": "a", "case": None, "status": "new", "count": 1, "open": None, "note": None,
    }  # fmt: skip
    store.add("cases", case("b", note="x"))
    with pytest.raises(RowRefused):
        store.add("cases", case("c", note="x"))


def test_the_tables_say_how_they_stand_there(store):
    store.prepare([Table("keys", {"id": str, "sealed": str})])
    described = Table("cases", {**CASES.columns, "open": int}, ("count",))
    assert store.tables() == [described, Table("keys", {"id": str, "sealed": str})]


def test_a_snapshot_shows_all_tables_as_they_were_at_one_moment(store):
    store.prepare([Table("keys", {"id": str})])
    store.write([[("cases", case("a")), ("keys", {"id": "a"})]])
    with store.snapshot() as rows:
        assert [row["id"] for row in rows("cases")] == ["a"]
        store.write([[("cases", case("b")), ("keys", {"id": "b"})]])
        assert [row["id"] for row in rows("keys")] == ["a"]
    assert len(list(store.find("keys"))) == 2


def test_two_stores_on_one_database_see_each_others_rows_at_once(store, url):
    other = open_store(url)
    other.prepare([CASES])
    other.add("cases", case("a", 1))
    assert store.get("cases", "a")["count"] == 1
    assert not store.add("cases", case("a", 2))
    other.close()


def test_two_servers_that_start_at_one_moment_both_start(url):
    failed = []

    def start():
        try:
            store = open_store(url)
            store.prepare([CASES, Table("keys", {"id": str})])
            store.close()
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_many_threads_lose_nothing(store):
    def add(start):
        for number in range(start, start + 50):
            store.add("cases", case(str(number), number))

    threads = [threading.Thread(target=add, args=(start,)) for start in range(0, 400, 50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(1 for _ in store.find("cases")) == 400


def test_a_broken_table_is_unavailable_and_the_store_goes_on(store):
    with pytest.raises(StoreUnavailable):
        store.add("no_such_table", {"id": "a"})
    with pytest.raises(StoreUnavailable):
        store.get("no_such_table", "a")
    assert store.add("cases", case("a", 1))


def test_a_store_that_was_closed_opens_again_and_says_so(store):
    opened = store.opened
    store.close()
    assert store.add("cases", case("a"))
    assert store.opened > opened


def test_a_row_is_synced_to_the_disk_before_it_is_acknowledged(tmp_path):
    """synchronous=FULL; tests/test_power_cut.py shows what another setting would lose."""
    store = open_store(f"sqlite:///{tmp_path / 'forms.sqlite'}")
    assert store._writer.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert store._writer.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


@NEEDS_POSTGRES
def test_a_database_set_to_acknowledge_too_early_is_overruled(postgres):
    name = postgres.place().rpartition("%3D")[2]
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {name} SUPERUSER LOGIN; ALTER ROLE {name} SET synchronous_commit = off")
    store = open_store(postgres.url.replace("postgres:@", f"{name}@"))
    assert store._writer.execute("SHOW synchronous_commit").fetchone()["synchronous_commit"] == "on"
    store.close()


def test_another_program_sees_the_row_at_once(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'forms.sqlite'}")
    store.prepare([CASES])
    store.add("cases", case("a", 1))
    with sqlite3.connect(tmp_path / "forms.sqlite") as other:
        assert other.execute("SELECT id FROM cases").fetchall() == [("a",)]
    other.close()


@pytest.mark.parametrize("url", ["mysql://hub:geheim@somewhere/x", "forms.sqlite"])
def test_another_kind_of_url_is_refused_with_what_to_write_and_without_its_password(url):
    with pytest.raises(ValueError, match="sqlite:///") as refused:
        open_store(url)
    assert "geheim" not in str(refused.value)
