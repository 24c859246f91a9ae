"""Accounts: who may be let in, by whom, and what is left when somebody goes."""

import pytest

from forms_api.keys import seal
from forms_api.keys.team import Overtaken, Team
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


@pytest.mark.parametrize(
    "passphrase",
    ["passwordpassword", "123456789012345", "qwertyuiopasdfgh", "aaaaaaaaaaaaaaaaaa", "Palembang" * 2, "dewidewidewidewi", "1q2w3e4r5t6y7u8i"],
)
def test_a_passphrase_that_many_take_is_refused(accounts, opener, clock, passphrase):
    with pytest.raises(Refused) as refused:
        accounts.add("dewi", passphrase, "id", opener, clock())
    assert refused.value.key == "officer.common_passphrase"


def test_a_long_passphrase_of_ordinary_words_is_taken_as_it_is(accounts, opener, clock):
    accounts.add("dewi", "perahu tua di hulu sungai " * 4, "id", opener, clock())
    assert accounts.opener("dewi", "perahu tua di hulu sungai " * 4)


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


@pytest.fixture
def meanwhile(monkeypatch):
    """``meanwhile(job)``: while the next passphrase is stretched, which takes a fifth of a second, ``job`` is done."""

    def arrange(job) -> None:
        stretch = seal.passphrase_key

        def slow(*given):
            monkeypatch.setattr(seal, "passphrase_key", stretch)
            job()
            return stretch(*given)

        monkeypatch.setattr(seal, "passphrase_key", slow)

    return arrange


def test_a_role_that_is_taken_while_its_officer_changes_the_passphrase_stays_taken(accounts, store, opener, clock, meanwhile):
    for change in (
        lambda: accounts.change_passphrase("budi", cast.PASSPHRASE, NEW, "", clock()),
        lambda: accounts.renew("budi", cast.PASSPHRASE, opener, clock()),
    ):
        store.change("officers", "budi", {"role": "supervisor", "villages": ""})
        meanwhile(lambda: accounts.change("budi", "officer", "16.06.13.2001", "rina", clock()))
        change()
        row = store.get("officers", "budi")
        assert (row["role"], row["villages"]) == ("officer", "16.06.13.2001")


def test_nobody_is_let_in_with_a_key_that_was_changed_in_that_moment(accounts, store, hire, opener, clock, meanwhile):
    hire("rina", "en")
    meanwhile(lambda: accounts.leave("rina", opener, clock()))
    with pytest.raises(Refused) as refused:
        accounts.add("dewi", NEW, "id", opener, clock())
    assert refused.value.key == "officer.overtaken"
    assert store.get("officers", "dewi") is None
    with pytest.raises(Refused) as refused:
        accounts.add("dewi", NEW, "id", opener, clock())  # with the key from before
    assert refused.value.key == "officer.overtaken"
    assert accounts.opener("budi", cast.PASSPHRASE)


def test_keys_are_not_changed_without_somebody_who_was_let_in_in_that_moment(accounts, store, hire, opener, clock, monkeypatch):
    hire("rina", "en")
    find = accounts._store.find

    def found(table, *given, **more):
        rows = list(find(table, *given, **more))
        if table == "officers" and not given and not more:  # all holders were read; now a colleague is made
            monkeypatch.setattr(accounts._store, "find", find)
            accounts.add("dewi", NEW, "id", opener, clock())
        return iter(rows)

    monkeypatch.setattr(accounts._store, "find", found)
    with pytest.raises(Overtaken):
        accounts.leave("rina", opener, clock())
    accounts.leave("rina", opener, clock())
    assert accounts.opener("dewi", NEW)


def test_two_new_passphrases_at_one_moment_leave_one_that_opens(accounts, opener, clock, meanwhile):
    meanwhile(lambda: accounts.renew("budi", NEW, opener, clock()))
    with pytest.raises(Refused) as refused:
        accounts.change_passphrase("budi", cast.PASSPHRASE, "padi merah di tepi musi", "", clock())
    assert refused.value.key in ("officer.overtaken", "sign_in.wrong")
    assert accounts.opener("budi", NEW)


def test_a_name_with_a_sign_that_postgresql_refuses_is_only_a_wrong_name(postgres, clock):
    store = open_store(postgres.place())
    with pytest.raises(Refused) as refused:
        Officers(store, Team(store)).sign_in("de\0wi", cast.PASSPHRASE, clock())
    assert refused.value.key == "sign_in.wrong"
    store.close()
