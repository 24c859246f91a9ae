"""Accounts: who may be let in, by whom, and what is left when somebody goes."""

import pytest

from forms_api.keys.team import Team
from forms_api.people.accounts import Refused
from forms_api.people.officers import Officers
from forms_api.store import open_store

from . import cast

NEW = "padi hijau di tepi musi"


@pytest.fixture
def store(settings):
    return open_store(settings.store_url)


@pytest.fixture
def officers(store, hire):
    hire("budi")
    return Officers(store, Team(store))


@pytest.fixture
def accounts(officers):
    return officers.accounts


@pytest.mark.parametrize(
    ("name", "passphrase", "key"),
    [
        ("Budi ", cast.PASSPHRASE, "officer.taken"),
        ("rina", "pendek", "officer.short_passphrase"),
        ("", cast.PASSPHRASE, "officer.bad_name"),
        ("ri na", cast.PASSPHRASE, "officer.bad_name"),
        ("*", cast.PASSPHRASE, "officer.bad_name"),
    ],
)
def test_a_bad_account_is_refused_with_the_reason(accounts, opener, clock, name, passphrase, key):
    with pytest.raises(Refused) as refused:
        accounts.add(name, passphrase, "id", opener, clock())
    assert refused.value.key == key


def test_a_colleague_lets_somebody_in_and_it_is_recorded_who_did(accounts, store, clock):
    accounts.add("Rina", NEW, "en", accounts.opener("budi", cast.PASSPHRASE), clock())
    assert accounts.opener("rina", NEW).private == accounts.opener("budi", cast.PASSPHRASE).private
    events = store.find("events", [("act", "=", "made"), ("detail", "=", "rina")])
    assert [event["officer"] for event in events] == ["budi"]


def test_a_lost_passphrase_is_replaced_and_the_old_one_opens_nothing(officers, store, opener, clock):
    cookie, _ = officers.sign_in("budi", cast.PASSPHRASE, clock())
    before = store.get("officers", "budi")
    officers.accounts.renew("budi", NEW, opener, clock())
    assert officers.session(cookie, clock()) is None
    with pytest.raises(Refused):
        officers.sign_in("budi", cast.PASSPHRASE, clock())
    assert officers.sign_in("budi", NEW, clock())
    after = store.get("officers", "budi")
    assert [name for name in after if after[name] != before[name]] == ["public", "salt", "private"]


def test_who_leaves_is_out_and_who_stays_signs_in_again(officers, store, hire, clock):
    hire("rina", "en")
    accounts = officers.accounts
    cookie, _ = officers.sign_in("budi", cast.PASSPHRASE, clock())
    assert accounts.leave("rina", accounts.opener("budi", cast.PASSPHRASE), clock()) == 0
    assert officers.session(cookie, clock()) is None
    assert list(store.find("sessions")) == []
    assert officers.sign_in("budi", cast.PASSPHRASE, clock())
    with pytest.raises(Refused) as refused:
        officers.sign_in("rina", cast.PASSPHRASE, clock())
    assert refused.value.key == "sign_in.wrong"
    with pytest.raises(Refused) as refused:
        accounts.leave("rina", accounts.opener("budi", cast.PASSPHRASE), clock())
    assert refused.value.key == "officer.unknown"


def test_an_account_that_missed_a_rotation_is_told_what_to_do(accounts, store, opener, office, clock):
    """Made in the same moment in which the keys were changed: its grant is of the key before."""
    accounts.leave("budi", opener, clock())
    office.hire(store, "rina", "en")
    with pytest.raises(Refused) as refused:
        accounts.opener("rina", cast.PASSPHRASE)
    assert refused.value.key == "sign_in.no_key"


def test_the_key_of_one_account_does_not_open_another(accounts, store, hire, clock):
    """Budi's closed key in Rina's row, as somebody might put it there who can write to the database."""
    hire("rina", "en")
    budi = store.get("officers", "budi")
    store.change("officers", "rina", {"private": budi["private"], "salt": budi["salt"]})
    with pytest.raises(Refused):
        accounts.opener("rina", cast.PASSPHRASE)
