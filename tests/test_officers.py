"""Sessions, and the record of what officers do."""

import sqlite3
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from forms_api.keys import seal
from forms_api.keys.team import Team
from forms_api.people.accounts import Refused
from forms_api.people.officers import SESSION, TRIES, TRIES_OF_ALL, Officers
from forms_api.store import open_store

from . import cast

WRONG = "salah " * 4


@pytest.fixture
def officers(settings, hire):
    hire("budi")
    return another_process(settings)


def another_process(settings) -> Officers:
    store = open_store(settings.store_url)
    return Officers(store, Team(store))


def fail(officers, name: str, now) -> str:
    """Try a wrong passphrase; gives the sentence of the refusal."""
    with pytest.raises(Refused) as refused:
        officers.sign_in(name, WRONG, now)
    return refused.value.key


def sealed_by(settings, now) -> tuple[str, str, str]:
    store = open_store(settings.store_url)
    closed, key_id, rows = Team(store).seal({"name": "Siti"}, "help/1", now)
    store.write([rows])
    return closed, key_id, "help/1"


def test_an_officer_signs_in_and_the_session_opens_what_is_sealed(officers, settings, clock):
    cookie, session = officers.sign_in(" Budi ", cast.PASSPHRASE, clock())
    assert session.officer == "budi"
    again = another_process(settings).session(cookie, clock())
    assert again == session
    record = sealed_by(settings, clock())
    for each in (session, again):
        assert each.opener.open(*record) == {"name": "Siti"}
        assert each.opener.holder == "budi"


@pytest.mark.parametrize(("name", "passphrase"), [("budi", WRONG), ("dewi", cast.PASSPHRASE), ("", "")])
def test_anything_else_is_refused_with_the_same_words(officers, clock, name, passphrase):
    with pytest.raises(Refused) as refused:
        officers.sign_in(name, passphrase, clock())
    assert refused.value.key == "sign_in.wrong"


def test_an_unknown_name_costs_the_same_argon2(officers, clock, monkeypatch):
    made, real = [], seal.passphrase_key
    monkeypatch.setattr(seal, "passphrase_key", lambda *given: made.append(1) or real(*given))
    fail(officers, "budi", clock())
    fail(officers, "dewi", clock())
    assert made == [1, 1]


def test_a_session_ends_by_itself(officers, clock):
    cookie, _ = officers.sign_in("budi", cast.PASSPHRASE, clock())
    clock.time += SESSION
    assert officers.session(cookie, clock()) is None


def test_a_session_that_is_over_is_deleted_at_the_next_sign_in(officers, settings, clock):
    officers.sign_in("budi", cast.PASSPHRASE, clock())
    clock.time += SESSION
    _, session = officers.sign_in("budi", cast.PASSPHRASE, clock())
    assert [row["id"] for row in open_store(settings.store_url).find("sessions")] == [session.id]


def test_a_session_ends_at_sign_out(officers, clock):
    cookie, session = officers.sign_in("budi", cast.PASSPHRASE, clock())
    officers.sign_out(session)
    assert officers.session(cookie, clock()) is None


@pytest.mark.parametrize("cookie", ["", "guessed", "\u2026"])
def test_a_cookie_that_was_never_given_opens_nothing(officers, clock, cookie):
    assert officers.session(cookie, clock()) is None


def test_a_row_of_the_session_table_is_no_way_in(officers, settings, clock):
    """Not its id as a cookie, not another officer's key under one's own cookie."""
    store = open_store(settings.store_url)
    cookie, mine = officers.sign_in("budi", cast.PASSPHRASE, clock())
    other_cookie, other = officers.sign_in("budi", cast.PASSPHRASE, clock())
    assert officers.session(other.id, clock()) is None
    store.change("sessions", mine.id, {"private": store.get("sessions", other.id)["private"]})
    assert officers.session(cookie, clock()) is None
    assert officers.session(other_cookie, clock()) == other


def test_after_five_failures_even_the_right_passphrase_waits(officers, settings, clock):
    for _ in range(TRIES):
        assert fail(officers, "budi", clock()) == "sign_in.wrong"
    with pytest.raises(Refused) as refused:
        another_process(settings).sign_in("budi", cast.PASSPHRASE, clock())  # a restart forgets nothing
    assert refused.value.key == "sign_in.wait"
    clock.pass_by(minutes=16)
    assert officers.sign_in("budi", cast.PASSPHRASE, clock())
    assert list(open_store(settings.store_url).find("failures")) == []


def test_many_names_together_are_tried_only_so_often(officers, settings, clock):
    store = open_store(settings.store_url)
    at = clock().isoformat(timespec="milliseconds")
    store.write([[("failures", {"id": str(n), "door": "sign_in", "who": f"{n:04}", "at": at})]
                 for n in range(TRIES_OF_ALL)])  # fmt: skip
    assert fail(officers, "budi", clock()) == "sign_in.wait"


def test_strangers_who_try_names_keep_nobody_out_of_the_browser_he_signed_in_with(siti, app, hire, settings, clock):
    hire("budi")
    own, other = (TestClient(app, base_url="http://hub.test", follow_redirects=False) for _ in range(2))

    def sign_in(client, passphrase: str) -> int:
        return client.post("/desk/sign-in", data={"name": "budi", "passphrase": passphrase}).status_code

    assert sign_in(own, cast.PASSPHRASE) == 303
    for _ in range(TRIES + 1):
        assert sign_in(siti, WRONG) == 401
    assert (sign_in(other, cast.PASSPHRASE), sign_in(own, cast.PASSPHRASE)) == (401, 303)
    # his own wrong tries count for this browser, and for it alone
    for _ in range(TRIES):
        assert sign_in(own, WRONG) == 401
    assert sign_in(own, cast.PASSPHRASE) == 401
    clock.pass_by(minutes=16)
    assert (sign_in(own, cast.PASSPHRASE), sign_in(other, cast.PASSPHRASE)) == (303, 303)


def test_the_cookie_of_a_browser_is_of_use_to_its_officer_alone_and_not_for_ever(officers, settings, clock):
    devices = officers.devices
    cookie = devices.cookie("budi", clock())
    assert devices.device(cookie, "budi", clock())
    assert devices.device(cookie, "rina", clock()) == ""
    assert devices.device(cookie[:-4] + "AAA=", "budi", clock()) == ""
    assert devices.device("", "budi", clock()) == ""
    assert devices.device(cookie, "budi", clock() + timedelta(days=181)) == ""
    assert another_process(settings).devices.device(cookie, "budi", clock()) == devices.device(cookie, "budi", clock())


def test_neither_passphrase_nor_cookie_nor_what_was_typed_as_a_name_is_in_the_database(officers, settings, clock):
    cookie, session = officers.sign_in("budi", cast.PASSPHRASE, clock())
    fail(officers, "budi", clock())
    fail(officers, "kata sandi di tempat nama", clock())
    with sqlite3.connect(settings.store_url.removeprefix("sqlite:///")) as database:
        everything = "\n".join(database.iterdump())
    assert "budi" in everything
    for secret in (cast.PASSPHRASE, cookie, "kata sandi", session.opener.private.hex()):
        assert secret not in everything


def test_what_is_done_with_a_case_is_recorded_newest_first(officers, clock):
    _, session = officers.sign_in("budi", cast.PASSPHRASE, clock())
    officers.record(session, "read", clock(), "help", "case-1")
    clock.pass_by(minutes=1)
    officers.record(session, "status", clock(), "help", "case-1", "new → closed")
    officers.record(session, "read", clock(), "help", "case-2")
    assert [event["act"] for event in officers.events("case-1")] == ["status", "read"]
