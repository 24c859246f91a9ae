"""A live hub moves to another kind of database and back; the source stays as it is."""

import hashlib
import json
import os
import re
import subprocess
import sys
import threading
from contextlib import closing
from itertools import pairwise

import pytest
from starlette.testclient import TestClient

from forms_api.__main__ import main
from forms_api.app import create_app
from forms_api.config import Settings
from forms_api.store import Table, open_store
from forms_api.store.move import NotMoved, move

from . import cast
from .conftest import ROOT
from .postgres import NEEDS_POSTGRES


def content(url: str) -> dict[str, list[str]]:
    """Every row of every table, as text."""
    with closing(open_store(url, create=False)) as store, store.snapshot() as rows:
        return {each.name: [json.dumps(row, sort_keys=True) for row in rows(each.name)] for each in store.tables()}


def code_in(page: str) -> str:
    """The receipt on a page."""
    return re.search(r"\d{4} \d{4} \d{4} \d{4}", page)[0]


@pytest.fixture
def hub(settings, siti, budi) -> str:
    """The URL of a hub in use: two requests, an officer and his session."""
    for story in (cast.STORY, "Gaji saya belum dibayar 🙏 «sejak Mei»."):
        assert siti.post("/forms/help", data=cast.help_request(story=story)).status_code == 303
    assert budi.get("/desk/").status_code == 200
    return settings.store_url


@NEEDS_POSTGRES
def test_a_hub_moves_to_postgresql_and_back_without_a_difference(hub, postgres, tmp_path, capsys):
    before, there, back = content(hub), postgres.place(), f"sqlite:///{tmp_path / 'back' / 'forms.sqlite'}"
    assert main(["move", hub, there]) == 0
    assert main(["move", there, back]) == 0
    assert content(hub) == content(there) == content(back) == before
    assert sum(map(len, before.values())) > 5
    assert f"{sum(map(len, before.values()))} rows in {len(before)} tables" in capsys.readouterr().out


@NEEDS_POSTGRES
def test_indexes_come_along(hub, postgres, tmp_path):
    """Else the moved hub would have to build them at its first start, on all its rows."""
    urls = [hub, postgres.place(), f"sqlite:///{tmp_path / 'back.sqlite'}"]
    for source, target in pairwise(urls):
        assert main(["move", source, target]) == 0
    told = []
    for url in urls:
        with closing(open_store(url, create=False)) as store:
            told.append({each.name: (set(each.unique), set(each.indexes)) for each in store.tables()})
    assert told[0] == told[1] == told[2]
    assert sum(len(indexes) for _, indexes in told[0].values()) > 3


@NEEDS_POSTGRES
def test_the_moved_hub_works_with_its_sessions_and_receipts(hub, postgres, clock, budi, siti):
    there = postgres.place()
    code = code_in(siti.get("/forms/receipt").text)
    assert main(["move", hub, there]) == 0
    moved = create_app(Settings(store_url=there, secure_cookies=False), clock)
    clients = [TestClient(moved, base_url="http://hub.test", follow_redirects=False) for _ in range(2)]
    for client, old in zip(clients, (siti, budi), strict=True):
        client.cookies.update(old.cookies)
    assert code_in(clients[0].get("/forms/receipt").text) == code
    assert clients[0].post("/follow-up", data={"code": code}).headers["location"].startswith("/follow-up")
    assert clients[0].post("/forms/help", data=cast.help_request(story="Sesudah pindah.")).status_code == 303
    assert clients[1].get("/desk/list").text.count('href="/desk/case/help/') == 3
    moved.state.hub.cases._store.close()


def test_nothing_changes_at_the_source(hub, tmp_path):
    def prints() -> dict[str, str]:
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in tmp_path.glob("forms.sqlite*")
                if not path.name.endswith("-shm")}  # fmt: skip

    before = prints()
    assert main(["move", hub, f"sqlite:///{tmp_path / 'new' / 'forms.sqlite'}"]) == 0
    assert prints() == before


def test_a_hub_that_takes_requests_meanwhile_is_copied_as_it_was_at_one_moment(tmp_path):
    source, target = (open_store(f"sqlite:///{tmp_path / name}") for name in ("a.sqlite", "b.sqlite"))
    source.prepare([Table("cases", {"id": str, "key": str}), Table("keys", {"id": str})])
    stop = threading.Event()

    def write():
        number = 0
        while not stop.is_set():
            number += 1
            source.write([[("cases", {"id": f"{number:06}", "key": f"{number:06}"}), ("keys", {"id": f"{number:06}"})]])

    writer = threading.Thread(target=write)
    writer.start()
    while sum(1 for _ in source.find("keys")) < 50:
        pass
    counts = move(source, target)
    stop.set()
    writer.join()
    assert counts["cases"] == counts["keys"] >= 50
    assert {row["key"] for row in target.find("cases")} == {row["id"] for row in target.find("keys")}


def test_a_target_that_holds_anything_is_refused_and_left_alone(hub, tmp_path, capsys):
    other = f"sqlite:///{tmp_path / 'other.sqlite'}"
    with closing(open_store(other)) as store:
        store.prepare([Table("recipes", {"id": str})])
    assert main(["move", hub, other]) == 1
    assert "not empty" in capsys.readouterr().err
    assert content(other) == {"recipes": []}


def test_a_source_that_is_no_hub_is_refused_and_not_made(tmp_path, capsys):
    new = f"sqlite:///{tmp_path / 'new.sqlite'}"
    assert main(["move", f"sqlite:///{tmp_path / 'typo.sqlite'}", new]) == 1
    assert not (tmp_path / "typo.sqlite").exists()
    open_store(f"sqlite:///{tmp_path / 'empty.sqlite'}").close()
    assert main(["move", f"sqlite:///{tmp_path / 'empty.sqlite'}", new]) == 1
    assert "no hub" in capsys.readouterr().err


class Careless:
    """A real store that writes one word wrong."""

    def __init__(self, store):
        self._store = store

    def __getattr__(self, name):
        return getattr(self._store, name)

    def write(self, batches):
        for batch in batches:
            for _, row in batch:
                if row["id"] == "b":
                    row["word"] = "other"
        return self._store.write(batches)


def test_a_copy_that_differs_is_found(tmp_path):
    source, target = (open_store(f"sqlite:///{tmp_path / name}") for name in ("a.sqlite", "b.sqlite"))
    source.prepare([Table("words", {"id": str, "word": str})])
    source.write([[("words", {"id": letter, "word": letter * 3})] for letter in "abc"])
    with pytest.raises(NotMoved, match="words differs"):
        move(source, Careless(target))


def test_a_password_in_a_url_is_in_no_message(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "forms_api", "move", "mysql://hub:geheim@host/x", f"sqlite:///{tmp_path / 'x'}"],
        cwd=ROOT, capture_output=True, text=True, env=os.environ,
    )  # fmt: skip
    assert done.returncode == 1
    assert "geheim" not in done.stdout + done.stderr
