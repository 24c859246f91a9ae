"""Cases over a real store of their own, without the doors: fixtures for the tests of what lies behind them."""

from itertools import count

import pytest

from forms_api.case.cases import Cases
from forms_api.keys import receipts
from forms_api.keys.team import Team
from forms_api.store import open_store

from . import cast


@pytest.fixture
def store(settings):
    return open_store(settings.store_url)


@pytest.fixture
def team(store):
    return Team(store)


@pytest.fixture
def cases(store, forms, team):
    return Cases(store, forms, "Asia/Jakarta", team)


@pytest.fixture
def send(cases, store, forms, clock):
    """Store a help request; gives its id and its receipt."""
    numbers = count()

    def send(token=None, **changed):
        given = cast.help_request(**changed)
        given.pop("language")
        values, faults = forms["help"].check(given)
        assert not faults
        secret = receipts.secret_of(token or f"{next(numbers):032x}", receipts.content_of("help", values))
        batch = cases.receive(forms["help"], values, "id", secret, clock())
        store.write([batch])
        cases.received(batch)
        return cases.claim("help", secret)["id"], receipts.digits_of(secret)

    return send


@pytest.fixture
def write(cases, store):
    """Store a message about a case, without what else a step does; gives its id."""

    def write(case, side, text, now, officer=""):
        rows = cases.messages.draft(case, side, text, now, officer)
        store.write([rows])
        cases.messages.stored(rows)
        return rows[0][1]["id"]

    return write
