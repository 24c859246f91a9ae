"""Accounts, sessions and the record of what officers do."""

import sqlite3

import pytest

from forms_api.officers import SESSION, TRIES, Officers, Refused
from forms_api.store import open_store

from . import cast


@pytest.fixture
def officers(tmp_path, clock):
    officers = Officers(open_store(f"sqlite:///{tmp_path / 'forms.sqlite'}"))
    officers.add("Budi", cast.PASSPHRASE, "id", clock())
    return officers


def test_an_officer_signs_in_with_the_right_passphrase(officers, clock):
    cookie, session = officers.sign_in("budi", cast.PASSPHRASE, "10.0.0.1", clock())
    assert session.officer == "budi"
    assert officers.session(cookie, clock()) == session


@pytest.mark.parametrize(("name", "passphrase"), [("budi", "salah " * 4), ("dewi", cast.PASSPHRASE), ("", "")])
def test_anything_else_is_refused_with_the_same_words(officers, clock, name, passphrase):
    with pytest.raises(Refused) as refused:
        officers.sign_in(name, passphrase, "10.0.0.1", clock())
    assert refused.value.key == "sign_in.wrong"


def test_a_session_ends_by_itself(officers, clock):
    cookie, _ = officers.sign_in("budi", cast.PASSPHRASE, "10.0.0.1", clock())
    clock.time += SESSION
    assert officers.session(cookie, clock()) is None


def test_a_session_ends_at_sign_out(officers, clock):
    cookie, session = officers.sign_in("budi", cast.PASSPHRASE, "10.0.0.1", clock())
    officers.sign_out(session)
    assert officers.session(cookie, clock()) is None


def test_after_five_failures_even_the_right_passphrase_waits(officers, clock):
    for _ in range(TRIES):
        with pytest.raises(Refused):
            officers.sign_in("budi", "salah " * 4, "10.0.0.1", clock())
    with pytest.raises(Refused) as refused:
        officers.sign_in("budi", cast.PASSPHRASE, "10.9.9.9", clock())
    assert refused.value.key == "sign_in.wait"
    clock.pass_by(minutes=16)
    assert officers.sign_in("budi", cast.PASSPHRASE, "10.9.9.9", clock())


def test_one_source_that_tries_many_names_waits_too(officers, clock):
    for number in range(TRIES):
        with pytest.raises(Refused):
            officers.sign_in(f"dewi{number}", "salah " * 4, "10.0.0.1", clock())
    with pytest.raises(Refused) as refused:
        officers.sign_in("budi", cast.PASSPHRASE, "10.0.0.1", clock())
    assert refused.value.key == "sign_in.wait"


@pytest.mark.parametrize(
    ("name", "passphrase", "key"),
    [
        ("budi", cast.PASSPHRASE, "officer.taken"),
        ("rina", "pendek", "officer.short_passphrase"),
        ("", cast.PASSPHRASE, "officer.bad_name"),
        ("ri na", cast.PASSPHRASE, "officer.bad_name"),
    ],
)
def test_a_bad_account_is_refused_with_the_reason(officers, clock, name, passphrase, key):
    with pytest.raises(Refused) as refused:
        officers.add(name, passphrase, "id", clock())
    assert refused.value.key == key


def test_neither_passphrase_nor_cookie_nor_address_is_in_the_database(officers, clock, tmp_path):
    cookie, _ = officers.sign_in("budi", cast.PASSPHRASE, "10.0.0.1", clock())
    with pytest.raises(Refused):
        officers.sign_in("budi", "salah " * 4, "10.0.0.1", clock())
    with sqlite3.connect(tmp_path / "forms.sqlite") as database:
        everything = "\n".join(database.iterdump())
    assert "budi" in everything
    for secret in (cast.PASSPHRASE, cookie, "10.0.0.1"):
        assert secret not in everything


def test_what_is_done_with_a_case_is_recorded_newest_first(officers, clock):
    _, session = officers.sign_in("budi", cast.PASSPHRASE, "10.0.0.1", clock())
    officers.record(session, "read", clock(), "help", "case-1")
    clock.pass_by(minutes=1)
    officers.record(session, "status", clock(), "help", "case-1", "new → closed")
    officers.record(session, "read", clock(), "help", "case-2")
    assert [event["act"] for event in officers.events("case-1")] == ["status", "read"]
