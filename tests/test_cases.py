"""A submission becomes a case with a promised day; it is found, and in the end forgotten."""

from datetime import date

import pytest

from forms_api.cases import Cases, working_days_after
from forms_api.store import open_store

from . import cast


@pytest.fixture
def cases(tmp_path, forms):
    return Cases(open_store(f"sqlite:///{tmp_path / 'forms.sqlite'}"), forms, "Asia/Jakarta")


@pytest.fixture
def send(cases, forms, clock):
    def send(**changed):
        given = cast.help_request(**changed)
        given.pop("language")
        values, faults = forms["help"].check(given)
        assert not faults
        return cases.receive(forms["help"], values, "id", clock())

    return send


def test_it_keeps_the_answers_and_the_promised_day(send, cases):
    row, _ = send()
    kept = cases.get("help", row["id"])
    assert kept["story"] == cast.STORY
    assert kept["status"] == "new"
    assert kept["answer_by"] == "2026-11-26"  # three working days after Monday the 23rd


def test_the_receipt_opens_the_case_and_is_not_stored(send, cases, tmp_path):
    row, receipt = send()
    assert cases.by_receipt(receipt)["id"] == row["id"]
    assert receipt.encode() not in (tmp_path / "forms.sqlite").read_bytes()
    assert receipt.encode() not in (tmp_path / "forms.sqlite-wal").read_bytes()


def test_another_receipt_opens_nothing(send, cases):
    send()
    assert cases.by_receipt("0" * 16) is None


def test_the_receipt_still_opens_the_case_after_a_restart(send, forms, tmp_path):
    row, receipt = send()
    again = Cases(open_store(f"sqlite:///{tmp_path / 'forms.sqlite'}"), forms, "Asia/Jakarta")
    assert again.by_receipt(receipt)["id"] == row["id"]


def test_cases_are_found_by_state_and_by_the_villagers_own_day(send, cases, clock):
    first, _ = send()
    clock.pass_by(hours=15)  # 24 November 00:00 in Sekayu, still the 23rd in UTC
    second, _ = send()
    cases.set_status("help", first["id"], "closed", clock())
    assert [row["id"] for row in cases.find()] == [second["id"], first["id"]]
    assert [row["id"] for row in cases.find(status="closed")] == [first["id"]]
    assert [row["id"] for row in cases.find(since="2026-11-24")] == [second["id"]]
    assert [row["id"] for row in cases.find(until="2026-11-23")] == [first["id"]]
    assert list(cases.find(form="training")) == []


def test_a_form_that_does_not_exist_has_no_cases(cases):
    assert cases.get("officers", "budi") is None


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [("2026-11-23", 3, "2026-11-26"), ("2026-11-26", 3, "2026-12-01"), ("2026-11-28", 1, "2026-11-30")],
)
def test_weekends_do_not_count(start, days, end):
    assert working_days_after(date.fromisoformat(start), days) == date.fromisoformat(end)


def test_a_closed_case_is_forgotten_when_its_time_is_over_and_not_before(send, cases, clock):
    row, receipt = send()
    still_open, _ = send()
    cases.set_status("help", row["id"], "closed", clock())
    clock.pass_by(days=360)
    assert cases.forget(clock()) == 0
    clock.pass_by(days=10)
    assert cases.forget(clock()) == 1
    assert cases.by_receipt(receipt) is None
    assert cases.get("help", still_open["id"])
