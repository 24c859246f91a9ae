"""Requests nobody thought of, and clocks nobody set: the door answers, stores or refuses, and never breaks."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest

from forms_api.door.guesses import MOST
from forms_api.door.limits import WAIT, Limits
from forms_api.people.officers import TRIES

from . import cast
from .browsers import Running
from .wide import Wide

# unsupported_method is left to test_doors.py: GET shows the form, which is no business of a program.
CHECKS = ",".join([
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance",
    "negative_data_rejection",
])  # fmt: skip


@pytest.fixture
def open_door(app):
    """The hub behind a real port, for one who sends more than a person does."""
    app.state.hub = replace(app.state.hub, limits=Wide())
    running = Running(app)
    yield running.address
    running.stop()


def test_everything_the_description_allows_and_much_that_it_forbids_is_answered_as_described(open_door, app, tmp_path):
    command = [
        sys.executable, "-m", "schemathesis.cli", "run", f"{open_door}/forms/openapi.json", "--checks", CHECKS,
        "--max-examples", "50", "--continue-on-failure", "--seed", "1123",
        "--header", "Accept: application/json", "--no-color",
    ]  # fmt: skip
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert told.returncode == 0, told.stdout[-6000:] + told.stderr[-2000:]
    assert len(list(app.state.hub.cases.find())) > 10, "nothing of it was good enough to be stored"


@pytest.mark.parametrize("jump", [timedelta(days=400), timedelta(days=-400), timedelta(hours=-3)], ids=str)
def test_a_clock_that_jumps_loses_no_request_and_lets_no_stranger_in(app, siti, budi, clock, jump):
    before = siti.post("/forms/help", json=cast.help_request()).json()
    clock.pass_by(**{"seconds": jump.total_seconds()})
    after = siti.post("/forms/help", json=cast.help_request(story="Ini permintaan yang lain."))
    assert after.status_code == 201
    assert after.json()["received_on"] < after.json()["answer_by"]
    assert after.json()["received_on"] == clock().astimezone(app.state.hub.cases.zone).date().isoformat()
    for told in (before, after.json()):
        opened = siti.post("/follow-up", data={"code": told["receipt"]})
        assert "Petugas menjawab permintaan Anda" in siti.get(opened.headers["location"]).text
    # forward: the session's time is over; backward: it was begun by a clock that ran ahead, and would last too long
    assert budi.get("/desk/").status_code == 303
    clock.pass_by(seconds=-jump.total_seconds(), hours=10)
    assert budi.get("/desk/").status_code == 303
    assert siti.get("/desk/").status_code == 303


@pytest.mark.parametrize("ahead", [timedelta(days=365), timedelta(days=2)], ids=str)
def test_what_a_clock_counted_that_ran_ahead_shuts_no_door_once_it_is_right(app, siti, budi, clock, ahead):
    hub = app.state.hub
    clock.time += ahead
    for _ in range(TRIES + 1):
        siti.post("/desk/sign-in", data={"name": "budi", "passphrase": "padi putih di tepi musi"})
    sent = siti.post("/forms/help", json=cast.help_request(danger="yes")).json()
    for number in range(MOST + 1):
        hub.guesses._together._store.add("failures", {
            "id": str(number), "door": "receipt", "who": "00", "at": clock().isoformat(timespec="milliseconds")})  # fmt: skip
    clock.time -= ahead
    assert siti.post("/desk/sign-in", data={"name": "budi", "passphrase": cast.PASSPHRASE}).status_code == 303
    assert siti.post("/follow-up", data={"code": sent["receipt"]}).status_code == 303
    assert [row["kind"] for row in hub.cases.outbox.take(clock())] == ["urgent"]


def test_a_clock_that_jumps_neither_opens_nor_shuts_the_limits(app, siti, clock):
    running = [0.0]
    limits = Limits(lambda: running[0])
    app.state.hub = replace(app.state.hub, limits=limits)
    while limits.admit("testclient") is None:
        pass
    for days in (400, -800):
        clock.pass_by(days=days)
        assert siti.post("/forms/help", json=cast.help_request()).status_code == 429
    wait = limits.admit("testclient")
    clock.pass_by(days=-800)
    running[0] += WAIT
    assert limits.admit("testclient", wait.ticket) is None
