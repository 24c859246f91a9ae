"""A submission becomes a case with a promised day; it is found, opened by officers alone, and in the end forgotten."""

import pytest

from forms_api.case.cases import Cases
from forms_api.keys.team import NotSetUp, Team
from forms_api.store import open_store

from . import cast


def test_it_keeps_the_answers_and_the_promised_day(send, cases, opener):
    id, _ = send()
    kept = cases.opened(cases.get("help", id), opener)
    assert kept["story"] == cast.STORY
    assert kept["consent"] is True
    assert kept["received_at"] == "2026-11-23T02:00:00.000+00:00"
    assert kept["status"] == "new"
    assert kept["answer_by"] == "2026-11-26"  # three working days after Monday the 23rd
    assert kept["broken"] is False


def test_what_was_left_empty_is_empty(send, cases, opener):
    id, _ = send(name=None, country="")
    kept = cases.opened(cases.get("help", id), opener)
    assert (kept["name"], kept["country"]) == (None, None)


def test_only_the_open_columns_stand_in_the_database(send, cases, clock, tmp_path):
    clock.pass_by(minutes=17)
    id, _ = send(danger="yes")
    row = cases.get("help", id)
    assert set(row) == {
        "id", "form", "form_version", "language", "received_on", "answer_by", "status", "assignee", "closed_on",
        "receipt", "receipt_key", "data_key", "sealed", "danger", "village", "unread", "unseen", "handed_to", "double_of",
        "channel", "forget_wanted", "last_message",
    }  # fmt: skip
    assert (row["danger"], row["village"], row["received_on"]) == ("yes", "16.06.13.2001", "2026-11-23")
    on_disk = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for private in (cast.STORY, "60123456789", "Siti", "jam 8 malam", "employer", "2026-11-23T02:17"):
        assert private.encode() not in on_disk, private
    assert b"16.06.13.2001" in on_disk  # the look is where the rows are


def test_the_day_is_the_villagers_own(send, cases, clock):
    clock.pass_by(hours=15)  # 24 November 00:00 in Sekayu, still the 23rd in UTC
    id, _ = send()
    assert cases.get("help", id)["received_on"] == "2026-11-24"


def test_without_a_team_key_nothing_is_taken(not_set_up, forms, clock):
    store = open_store(not_set_up.store_url)
    cases = Cases(store, forms, "Asia/Jakarta", Team(store))
    with pytest.raises(NotSetUp):
        cases.receive(forms["mistake"], {"page": "a", "mistake": "b", "evidence": None}, "id", b"0" * 32, clock())


def test_the_key_of_the_hour_is_in_the_batch_until_it_is_stored(send, cases, store, forms, clock):
    values = {"page": "a", "mistake": "b", "evidence": None}
    for tried in (b"0" * 32, b"1" * 32):  # the first was not stored: the second must bring the key again
        batch = cases.receive(forms["mistake"], values, "id", tried, clock())
        assert [table for table, _ in batch] == ["mistake", "data_keys", "notices"]
    store.write([batch])
    cases.received(batch)
    assert [table for table, _ in cases.receive(forms["mistake"], values, "id", b"2" * 32, clock())] == [
        "mistake", "notices"]  # fmt: skip


def test_sent_again_it_is_the_same_row_with_the_same_receipt(send, cases, opener):
    first = send("f" * 32)
    assert send("f" * 32) == first
    assert send("f" * 32, story="Sudah selesai") != first
    assert len(list(cases.find())) == 2


def test_a_retry_does_not_undo_what_an_officer_did(send, cases, clock):
    id, _ = send("f" * 32)
    cases.move("help", id, "answered", clock())
    send("f" * 32)
    assert cases.get("help", id)["status"] == "answered"


def test_the_receipt_opens_the_case_and_is_not_stored(send, cases, tmp_path):
    id, receipt = send()
    assert cases.by_receipt(receipt)["id"] == id
    for path in tmp_path.iterdir():
        assert receipt.encode() not in path.read_bytes(), path


def test_another_receipt_opens_nothing(send, cases):
    send()
    assert cases.by_receipt("0" * 16) is None


def test_the_receipt_still_opens_the_case_after_a_restart(send, forms, tmp_path):
    id, receipt = send()
    store = open_store(f"sqlite:///{tmp_path / 'forms.sqlite'}")
    again = Cases(store, forms, "Asia/Jakarta", Team(store))
    assert again.by_receipt(receipt)["id"] == id


def test_the_receipt_is_known_to_the_store_before_it_is_shown_and_costs_its_price_once(send, cases, monkeypatch):
    id, receipt = send("f" * 32)
    known = cases.get("help", id)["receipt"]
    assert len(known) == 64
    monkeypatch.setattr(cases, "_derive", lambda _: pytest.fail("derived again"))
    assert send("f" * 32) == (id, receipt)
    assert cases.get("help", id)["receipt"] == known


def test_a_secret_of_nobody_claims_nothing(send, cases):
    send()
    assert cases.claim("help", b"guessed" * 4) is None
    assert cases.claim("officers", b"guessed" * 4) is None


@pytest.mark.parametrize("spoil", ["flip", "cut", "empty", "swap", "key"])
def test_a_record_that_was_changed_says_so_and_keeps_its_open_columns(send, cases, store, opener, spoil):
    id, _ = send()
    other, _ = send(story="Cerita lain")
    row = cases.get("help", id)
    sealed = row["sealed"]
    spoilt = {
        "flip": {"sealed": sealed[:50] + ("A" if sealed[50] != "A" else "B") + sealed[51:]},
        "cut": {"sealed": sealed[:40]},
        "empty": {"sealed": None},
        "swap": {"sealed": cases.get("help", other)["sealed"]},
        "key": {"data_key": "0" * 32},
    }[spoil]
    store.change("help", id, spoilt)
    opened = cases.opened(cases.get("help", id), opener)
    assert opened["broken"] is True
    assert (opened["story"], opened["received_at"]) == (None, None)
    assert (opened["village"], opened["status"]) == ("16.06.13.2001", "new")
    assert cases.opened(cases.get("help", other), opener)["story"] == "Cerita lain"


def test_cases_are_found_by_state_and_by_the_villagers_own_day(send, cases, clock):
    first, _ = send()
    clock.pass_by(hours=15)
    second, _ = send()
    cases.move("help", first, "closed", clock())
    assert [row["id"] for row in cases.find()] == [second, first]
    sight = cases.sight(clock())
    assert [row["id"] for row in sight.find({"status": "closed"})] == [first]
    assert [row["id"] for row in sight.find({"since": "2026-11-24"})] == [second]
    assert [row["id"] for row in sight.find({"until": "2026-11-23"})] == [first]
    assert list(sight.find({"form": "training"})) == []


def test_page_by_page_every_case_comes_once(send, cases, store, forms, clock):
    for _ in range(3):
        for _ in range(3):
            send()
        clock.pass_by(days=1)
    batch = cases.receive(forms["mistake"], {"page": "a", "mistake": "b", "evidence": None}, "id", b"0" * 32, clock())
    store.write([batch])
    seen, after = [], None
    while page := list(cases.sight(clock()).find({}, after, 4)):
        assert len(page) <= 4
        seen += page
        after = (page[-1]["received_on"], page[-1]["id"])
    assert [row["id"] for row in seen] == [row["id"] for row in cases.find()]
    assert len({row["id"] for row in seen}) == 10
    assert [row["form"] for row in seen][:1] == ["mistake"]


def test_a_case_that_is_closed_knows_the_day_and_forgets_it_when_opened_again(send, cases, clock):
    id, _ = send()
    cases.move("help", id, "closed", clock())
    assert cases.get("help", id)["closed_on"] == "2026-11-23"
    cases.wrote(cases.get("help", id), "Masih ada masalah.", clock())
    assert cases.get("help", id)["closed_on"] is None


def test_a_form_that_does_not_exist_has_no_cases(cases):
    assert cases.get("officers", "budi") is None


def test_a_closed_case_is_forgotten_when_its_time_is_over_and_not_before(send, cases, clock, store, write):
    id, receipt = send()
    still_open, _ = send()
    write(cases.get("help", id), "officer", "Sudah kami urus.", clock(), "budi")
    cases.move("help", id, "closed", clock())
    store.change("help", id, {"unread": False})
    clock.pass_by(days=360)
    assert cases.forget(clock()) == 0
    clock.pass_by(days=10)
    assert cases.forget(clock()) == 1
    assert cases.by_receipt(receipt) is None
    assert list(store.find("messages")) == []
    assert cases.get("help", still_open)


def test_of_what_its_sender_does_only_the_day_is_kept(send, cases, store, clock):
    id, _ = send()
    case = cases.get("help", id)
    clock.pass_by(hours=5)
    cases.wrote(case, "Paspor saya sudah kembali.", clock())
    cases.change(case, "seen", {"unseen": False}, clock())
    cases.move("help", id, "closed", clock())
    assert {row["act"] for row in store.find("events")} == {"wrote", "seen", "status"}
    midnight_in_sekayu = "2026-11-22T17:00:00.000+00:00"
    assert {row["at"] for row in store.find("events")} == {midnight_in_sekayu}
