"""The second factor: six digits from an app beside the passphrase."""

import re
import sqlite3
from datetime import UTC, datetime

import pyotp
import pytest

from forms_api.keys import second
from forms_api.keys.team import Team
from forms_api.people.accounts import Refused
from forms_api.people.officers import TRIES, Officers
from forms_api.store import open_store

from . import cast

# RFC 6238, appendix B, SHA-1: the secret "12345678901234567890", 59 seconds after the epoch: 94287082
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def store(settings):
    return open_store(settings.store_url)


@pytest.fixture
def officers(store, hire):
    hire("budi")
    return Officers(store, Team(store))


def code(clock, steps: int = 0) -> str:
    """What Budi's app shows, so many times 30 seconds from now."""
    return pyotp.TOTP(SECRET).at(clock(), counter_offset=steps)


@pytest.fixture
def guarded(officers, clock):
    """Budi's account has the second factor; the code that showed it is half a minute old."""
    officers.accounts.set_second("budi", SECRET, code(clock), clock())
    clock.pass_by(seconds=30)
    return officers


def refusal(officers, clock, passphrase: str, typed: str) -> str:
    with pytest.raises(Refused) as refused:
        officers.sign_in("budi", passphrase, clock(), typed)
    return refused.value.key


def token(page: str) -> str:
    return re.search(r'name="token" value="([^"]+)"', page)[1]


def test_the_codes_are_those_of_the_standard():
    assert second.step_of(RFC_SECRET, "287082", datetime.fromtimestamp(59, UTC)) == 1
    assert second.step_of(RFC_SECRET, "081804", datetime.fromtimestamp(1111111109, UTC)) == 1111111109 // 30


@pytest.mark.parametrize("typed", ["", "287083", "28708", "2870820", "٢٨٧٠٨٢", "28708\u00b2"])
def test_anything_else_is_no_code(typed):
    assert second.step_of(RFC_SECRET, typed, datetime.fromtimestamp(59, UTC)) is None


def test_budi_signs_in_with_passphrase_and_code(guarded, clock):
    typed = code(clock)
    _, session = guarded.sign_in("budi", cast.PASSPHRASE, clock(), f" {typed[:3]} {typed[3:]} ")
    assert session.opener.holder == "budi"


def test_wrong_passphrase_wrong_code_and_no_code_are_refused_with_the_same_words(guarded, clock):
    wrong = "000000" if code(clock) != "000000" else "111111"
    for passphrase, typed in ((cast.PASSPHRASE, wrong), (cast.PASSPHRASE, ""), ("salah " * 4, code(clock))):
        assert refusal(guarded, clock, passphrase, typed) == "sign_in.wrong"


def test_a_code_that_was_used_opens_nothing_again_nor_does_one_before_it(guarded, settings, clock):
    typed, before = code(clock), code(clock, -1)
    guarded.sign_in("budi", cast.PASSPHRASE, clock(), typed)
    store = open_store(settings.store_url)
    for officers in (guarded, Officers(store, Team(store))):
        assert refusal(officers, clock, cast.PASSPHRASE, typed) == "sign_in.wrong"
    assert refusal(guarded, clock, cast.PASSPHRASE, before) == "sign_in.wrong"


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_clock_may_differ_by_half_a_minute(guarded, clock, steps, fits):
    clock.pass_by(minutes=5)
    typed = code(clock, steps)
    if fits:
        assert guarded.sign_in("budi", cast.PASSPHRASE, clock(), typed)
    else:
        assert refusal(guarded, clock, cast.PASSPHRASE, typed) == "sign_in.wrong"


def test_wrong_codes_count_like_wrong_passphrases(guarded, clock):
    for _ in range(TRIES):
        refusal(guarded, clock, cast.PASSPHRASE, "")
    assert refusal(guarded, clock, cast.PASSPHRASE, code(clock)) == "sign_in.wait"


def test_the_database_does_not_know_the_secret(guarded, settings):
    with sqlite3.connect(settings.store_url.removeprefix("sqlite:///")) as database:
        everything = "\n".join(database.iterdump())
    assert "second_on" in everything
    for secret in (SECRET, SECRET.encode().hex(), pyotp.TOTP(SECRET).byte_secret().hex()):
        assert secret not in everything


def test_a_new_passphrase_from_a_colleague_takes_the_lost_phone_away(guarded, opener, clock):
    guarded.accounts.renew("budi", "padi hijau di tepi musi", opener, clock())
    assert guarded.sign_in("budi", "padi hijau di tepi musi", clock())


def test_budi_sets_it_up_at_the_desk_signs_in_with_it_and_switches_it_off(budi, siti, store, clock):
    page = budi.get("/desk/account").text
    secret = re.search(r'name="secret" value="([A-Z2-7]{32})"', page)[1]
    assert " ".join(re.findall("....", secret)) in page
    assert "otpauth://totp/" in page
    set_up = {"token": token(page), "do": "set_up", "secret": secret, "passphrase": cast.PASSPHRASE}
    wrong = budi.post("/desk/account", data=set_up | {"code": "1"})
    assert wrong.status_code == 422
    assert secret in wrong.text  # the same one: it is in the app already
    assert budi.post("/desk/account", data=set_up | {"passphrase": "salah", "code": pyotp.TOTP(secret).at(clock())}).status_code == 422
    assert not store.get("officers", "budi")["second"]
    assert budi.post("/desk/account", data=set_up | {"code": pyotp.TOTP(secret).at(clock())}).status_code == 303
    assert "Terpasang." in budi.get("/desk/account").text

    door = {"name": "budi", "passphrase": cast.PASSPHRASE}
    clock.pass_by(seconds=30)
    assert siti.post("/desk/sign-in", data=door).status_code == 401
    assert siti.post("/desk/sign-in", data=door | {"code": pyotp.TOTP(secret).at(clock())}).status_code == 303

    clock.pass_by(seconds=30)
    off = {"token": token(budi.get("/desk/account").text), "do": "switch_off", "passphrase": cast.PASSPHRASE}
    assert budi.post("/desk/account", data=off).status_code == 422
    assert budi.post("/desk/account", data=off | {"code": pyotp.TOTP(secret).at(clock())}).status_code == 303
    assert siti.post("/desk/sign-in", data=door).status_code == 303
