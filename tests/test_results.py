"""What was worked out is not worked out again, and nothing else is taken for it."""

import pytest

from scripts.site import results
from scripts.site.results import Results, kept_in, remembered

ASKED = []


@remembered
def shout(text: str, sign: str) -> str:
    ASKED.append(text)
    return text.upper() + sign


@pytest.fixture(autouse=True)
def nothing_asked():
    ASKED.clear()


def test_outside_a_build_a_remembered_function_is_a_function():
    assert [shout("awas", "."), shout("awas", ".")] == ["AWAS.", "AWAS."]
    assert ASKED == ["awas", "awas"]


def test_the_next_build_finds_what_this_one_worked_out(tmp_path):
    for _ in range(2):
        with kept_in(tmp_path):
            assert [shout("awas", "."), shout("awas", "!"), shout("a", "was.")] == ["AWAS.", "AWAS!", "Awas."]
    assert ASKED == ["awas", "awas", "a"]


def test_other_code_finds_nothing(tmp_path, monkeypatch):
    with kept_in(tmp_path):
        shout("awas", ".")
    monkeypatch.setattr(results, "frame", lambda: "another day's code")
    with kept_in(tmp_path):
        shout("awas", ".")
    assert len(ASKED) == 2


def test_what_a_build_did_not_use_goes(tmp_path):
    file = tmp_path / "one.pickle"
    first = Results(file, "same")
    for text in ("satu", "dua"):
        first.of(str.upper, text)
    first.save()
    second = Results(file, "same")
    second.of(str.upper, "dua")
    second.save()
    asked = []
    third = Results(file, "same")
    assert third.of(str.upper, "dua") == "DUA"
    third.of(lambda text: asked.append(text), "satu")
    assert asked == ["satu"]


def test_a_build_that_fails_keeps_nothing_and_leaves_nothing_open(tmp_path):
    with pytest.raises(ZeroDivisionError), kept_in(tmp_path):
        shout("awas", str(1 / 0))
    assert not list(tmp_path.iterdir())
    shout("awas", ".")
    assert ASKED == ["awas"]
