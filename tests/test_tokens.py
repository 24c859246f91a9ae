"""Without JavaScript the server makes the token: the same for a double tap, another for anybody else."""

from forms_api.keys import tokens
from forms_api.keys.tokens import PERIOD, Tokens

ASKED = b'["help",{"story":"a"}]'


def test_a_double_tap_gives_the_same_token(clock):
    made = Tokens()
    first = made.token(ASKED, "10.0.0.1", clock())
    clock.pass_by(seconds=2)
    assert made.token(ASKED, "10.0.0.1", clock()) == first


def test_other_answers_another_address_and_another_process_get_their_own(clock):
    made = Tokens()
    given = {
        made.token(ASKED, "10.0.0.1", clock()),
        made.token(ASKED + b" ", "10.0.0.1", clock()),
        made.token(ASKED, "10.0.0.2", clock()),
        made.token(b"1" + ASKED, "10.0.0.", clock()),
        Tokens().token(ASKED, "10.0.0.1", clock()),
    }
    assert len(given) == 5


def test_the_key_of_before_is_honoured_once_it_has_changed(clock):
    made = Tokens()
    made.token(b"the first of all", "10.0.0.1", clock())
    clock.time += PERIOD * 0.9
    first = made.token(ASKED, "10.0.0.1", clock())
    clock.time += PERIOD * 0.9
    assert made.token(ASKED, "10.0.0.1", clock()) == first


def test_in_the_end_it_is_forgotten(clock):
    made = Tokens()
    first = made.token(ASKED, "10.0.0.1", clock())
    clock.time += PERIOD * 2
    assert made.token(ASKED, "10.0.0.1", clock()) != first


def test_two_quiet_periods_leave_no_key_behind(clock):
    made = Tokens()
    made.token(ASKED, "10.0.0.1", clock())
    clock.time += PERIOD * 2
    made.token(ASKED, "10.0.0.2", clock())
    assert len(made._keys) == 1


def test_a_clock_that_jumps_back_changes_nothing(clock):
    made = Tokens()
    first = made.token(ASKED, "10.0.0.1", clock())
    clock.pass_by(days=-400)
    assert made.token(ASKED, "10.0.0.1", clock()) == first


def test_a_flood_does_not_fill_the_memory_and_the_last_sender_is_still_known(clock, monkeypatch):
    monkeypatch.setattr(tokens, "MOST", 50)
    made = Tokens()
    for number in range(500):
        last = made.token(str(number).encode(), "10.0.0.1", clock())
    assert sum(len(given) for _, given in made._keys) <= 100
    assert made.token(b"499", "10.0.0.1", clock()) == last
