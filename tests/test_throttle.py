"""How often somebody may fail: counted in the store, without names."""

import threading
from contextlib import suppress

import pytest

from forms_api.people.throttle import Throttle, TooMany
from forms_api.store import open_store


@pytest.fixture
def store(tmp_path):
    return open_store(f"sqlite:///{tmp_path / 'forms.sqlite'}")


def test_it_works(store, clock):
    throttle = Throttle(store, "sign_in", each=2, most=100)
    throttle.enter("budi", clock())
    throttle.enter("budi", clock())
    with pytest.raises(TooMany):
        throttle.enter("budi", clock())
    clock.pass_by(minutes=15)
    assert throttle.enter("budi", clock())


def test_a_try_that_was_none_does_not_count(store, clock):
    throttle = Throttle(store, "sign_in", each=1, most=100)
    for _ in range(3):
        throttle.passed(throttle.enter("budi", clock()))
    assert list(store.find("failures")) == []


def test_who_waits_does_not_make_the_wait_longer(store, clock):
    throttle = Throttle(store, "sign_in", each=1, most=100)
    throttle.enter("budi", clock())
    clock.pass_by(minutes=10)
    with pytest.raises(TooMany):
        throttle.enter("budi", clock())
    clock.pass_by(minutes=6)
    assert throttle.enter("budi", clock())


def test_all_names_together_have_a_limit_too_and_doors_do_not_share_it(store, clock):
    throttle = Throttle(store, "sign_in", each=10, most=3)
    for name in ("budi", "rina", "dewi"):
        throttle.enter(name, clock())
    with pytest.raises(TooMany):
        throttle.enter("siti", clock())
    assert Throttle(store, "receipt", each=10, most=3).enter("siti", clock())


def test_many_at_one_moment_are_no_way_round_it(store, clock, tmp_path):
    """Every try counts before it is looked at, also over several processes."""
    let_in = []

    def attempt() -> None:
        throttle = Throttle(open_store(f"sqlite:///{tmp_path / 'forms.sqlite'}"), "sign_in", each=5, most=100)
        with suppress(TooMany):
            let_in.append(throttle.enter("budi", clock()))

    Throttle(store, "sign_in", each=5, most=100)
    threads = [threading.Thread(target=attempt) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(let_in) <= 5


def test_a_name_is_kept_only_as_one_of_256_numbers(store, clock):
    throttle = Throttle(store, "sign_in", each=1000, most=1000)
    for number in range(40):
        throttle.enter(f"kata sandi {number}", clock())
    kept = {row["who"] for row in store.find("failures")}
    assert kept <= {f"{number:02x}" for number in range(256)}
    assert len(kept) > 20
