"""A colleague is let in by a code that a supervisor hands over, and gets in again by another."""

import re
import sqlite3

import pytest

from forms_api.keys.team import Team
from forms_api.people.joining import LIVES
from forms_api.people.officers import Officers
from forms_api.store import open_store

from . import cast

NEW = "padi hijau di tepi musi"
VILLAGE = "16.06.13.2001"


@pytest.fixture
def store(settings):
    return open_store(settings.store_url)


@pytest.fixture
def officers(store):
    return Officers(store, Team(store))


def token(page: str) -> str:
    return re.search(r'name="token" value="([^"]+)"', page)[1]


def offer(budi, **data):
    return budi.post("/desk/officers", data={"token": token(budi.get("/desk/officers").text)} | data)


def shown(page: str) -> str:
    return re.search(r"((?:[0-9A-Z]{5} ){7}[0-9A-Z]{5})", page)[1]


def join(client, code: str, passphrase: str = NEW, again: str | None = None):
    return client.post("/desk/join", data={"code": code, "passphrase": passphrase, "again": again or passphrase,
                                           "language": "en"})  # fmt: skip


@pytest.fixture
def code(budi) -> str:
    """What Budi hands to Rina, who is new."""
    return shown(offer(budi, do="invite", name="Rina", role="officer", villages=VILLAGE).text)


def test_rina_joins_with_the_code_and_opens_what_budi_opens(siti, officers, store, opener, code, clock):
    assert store.get("officers", "rina") is None
    assert "The passphrase of rina is stored" in join(siti, code.lower()).text
    _, session = officers.sign_in("rina", NEW, clock())
    assert session.opener.private == opener.private
    assert (session.role, session.villages, session.language) == ("officer", frozenset({VILLAGE}), "en")
    acts = {row["act"]: (row["officer"], row["detail"]) for row in store.find("events")}
    assert acts["invited"] == ("budi", "rina")
    assert acts["joined"] == ("rina", "")


def test_a_code_works_once(siti, store, code):
    join(siti, code)
    before = store.get("officers", "rina")
    again = join(siti, code, "kata sandi orang lain")
    assert (again.status_code, store.get("officers", "rina")) == (422, before)
    assert "was used" in again.text


def test_a_code_works_for_a_day(siti, store, code, clock):
    clock.time += LIVES
    assert join(siti, code).status_code == 422
    assert store.get("officers", "rina") is None


def test_of_two_codes_for_one_name_only_the_newer_works(budi, siti, code):
    newer = shown(offer(budi, do="invite", name="rina", role="officer").text)
    assert join(siti, code).status_code == 422
    assert join(siti, newer).status_code == 200


@pytest.mark.parametrize(
    ("typed", "passphrase", "again", "said"),
    [
        ("", NEW, NEW, "has 8 groups"),
        ("{wrong}", NEW, NEW, "Mistyped in group 1."),
        ("{code}", NEW, NEW + "s", "The two passphrases differ"),
        ("{code}", "pendek", "pendek", "at least 15 characters"),
    ],
)
def test_a_slip_is_named_the_code_is_kept_and_the_code_still_works(siti, code, typed, passphrase, again, said):
    wrong = ("1" if code[0] != "1" else "2") + code[1:]
    typed = typed.format(code=code, wrong=wrong)
    answer = join(siti, typed, passphrase, again)
    assert answer.status_code == 422
    assert said in answer.text
    assert typed in answer.text
    assert join(siti, code).status_code == 200


def test_the_database_opens_nothing_without_the_code(settings, opener, code):
    with sqlite3.connect(settings.store_url.removeprefix("sqlite:///")) as database:
        everything = "\n".join(database.iterdump()).lower()
    assert "invited" in everything
    for secret in (code, code.replace(" ", ""), opener.private.hex()):
        assert secret.lower() not in everything


def test_a_lost_passphrase_the_old_one_works_until_the_code_is_used(budi, siti, officers, hire, store, clock):
    hire("rina", "en")
    cookie, _ = officers.sign_in("rina", cast.PASSPHRASE, clock())
    code = shown(offer(budi, do="renew", name="rina").text)
    assert officers.session(cookie, clock())
    assert join(siti, code).status_code == 200
    assert officers.session(cookie, clock()) is None
    assert siti.post("/desk/sign-in", data={"name": "rina", "passphrase": cast.PASSPHRASE}).status_code == 401
    assert officers.sign_in("rina", NEW, clock())


def test_when_somebody_leaves_the_codes_that_wait_open_nothing(siti, officers, store, opener, code, clock):
    officers.accounts.leave("budi", opener, clock())
    assert list(store.find("joins")) == []
    assert join(siti, code).status_code == 422


def test_a_code_for_somebody_who_left_meanwhile_does_not_bring_the_account_back(budi, siti, store, hire):
    hire("rina", "en")
    code = shown(offer(budi, do="renew", name="rina").text)
    store.forget("officers", "rina")
    assert join(siti, code).status_code == 422
    assert store.get("officers", "rina") is None


def test_a_code_for_a_new_name_does_not_take_an_account_that_was_made_meanwhile(siti, store, hire, code):
    hire("rina", "en")
    before = store.get("officers", "rina")
    assert join(siti, code).status_code == 422
    assert store.get("officers", "rina") == before


def test_a_name_that_is_taken_or_no_name_is_refused_and_kept(budi):
    for name, said in (("budi", "sudah ada"), ("ri na", "hanya boleh huruf dan angka")):
        answer = offer(budi, do="invite", name=name, role="officer", villages="")
        assert answer.status_code == 422
        assert said in answer.text
        assert f'value="{name}"' in answer.text


def test_an_account_that_is_not_there_is_named_as_such(budi):
    for do in ("renew", "change"):
        answer = offer(budi, do=do, name="dewi", role="officer", villages="")
        assert answer.status_code == 422
        assert "Petugas ini tidak ada" in answer.text
