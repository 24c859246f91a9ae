"""Continuous copies with the real Litestream: after both programs are killed, what was acknowledged comes back."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from forms_api.commands.doctor import examine
from forms_api.store import backup

from .behind_nginx import keep_sending
from .conftest import ROOT
from .servers import free_port, start

LITESTREAM = shutil.which("litestream", path=f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}")
pytestmark = pytest.mark.skipif(LITESTREAM is None, reason="NOT RUN: there is no litestream for this system")


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def shipped(settings, tmp_path) -> Path:
    """The shipped configuration with the paths of this test."""
    text = (ROOT / "scripts" / "deploy" / "litestream.yml").read_text()
    for there, here in (("/var/lib/hub/forms.sqlite", backup.file_of(settings.store_url)), ("/srv/backup/hub", tmp_path / "away")):
        assert there in text
        text = text.replace(there, str(here))
    (tmp_path / "litestream.yml").write_text(text)
    return tmp_path / "litestream.yml"


def litestream(shipped: Path) -> subprocess.Popen:
    return subprocess.Popen([LITESTREAM, "replicate", "-config", shipped], stdout=subprocess.DEVNULL)


def enough(acknowledged: list[str], more: int) -> None:
    wanted, end = len(acknowledged) + more, time.monotonic() + 60
    while len(acknowledged) < wanted:
        assert time.monotonic() < end
        time.sleep(0.01)


def requests(database: Path) -> set[str]:
    with closing(backup.reading(database)) as opened:
        return {row[0] for row in opened.execute("SELECT id FROM help")}


def missing(shipped: Path, settings, place: Path) -> set[str]:
    """Restore into ``place``, as on a new machine, and give the requests of the hub that are not there."""
    place.mkdir(exist_ok=True)
    (place / "forms.sqlite").unlink(missing_ok=True)
    lost = requests(backup.file_of(settings.store_url))
    command = [LITESTREAM, "restore", "-config", shipped, "-o", place / "forms.sqlite", backup.file_of(settings.store_url)]
    if subprocess.run(command, capture_output=True).returncode == 0:
        lost -= requests(place / "forms.sqlite")
    return lost


def test_what_was_acknowledged_comes_back_after_the_server_and_litestream_were_killed(
    settings, shipped, tmp_path, clock, port
):  # fmt: skip
    acknowledged: list[str] = []
    server, copier = start(settings.store_url, port), litestream(shipped)
    senders = [threading.Thread(target=keep_sending, args=(port, acknowledged, who)) for who in range(2)]
    for sender in senders:
        sender.start()
    enough(acknowledged, 10)
    copier.send_signal(signal.SIGKILL)
    copier.wait()
    enough(acknowledged, 10)
    copier = litestream(shipped)
    enough(acknowledged, 10)
    server.send_signal(signal.SIGKILL)
    server.wait()
    for sender in senders:
        sender.join(15)
    end = time.monotonic() + 60
    while missing(shipped, settings, tmp_path / "look") and time.monotonic() < end:
        time.sleep(0.5)
    copier.send_signal(signal.SIGKILL)
    copier.wait()

    place = tmp_path / "another machine"
    place.mkdir(mode=0o700)
    assert missing(shipped, settings, place) == set()
    assert len(requests(place / "forms.sqlite")) >= len(acknowledged) >= 30
    restored = replace(settings, store_url=f"sqlite:///{place / 'forms.sqlite'}", backup_dir=tmp_path / "copies")
    with closing(backup.reading(place / "forms.sqlite")) as database:
        mode = database.execute("PRAGMA journal_mode").fetchone()[0]
    if mode != "wal":
        start(restored.store_url, port).terminate()
    backup.backup(restored.store_url, restored.backup_dir, clock())
    assert [each.text for each in examine(restored, clock()) if not each.good] == []


def pieces_left(settings, pieces: set[bytes]) -> set[str]:
    """The files of the database in which a piece of what was deleted stands."""
    database = backup.file_of(settings.store_url)
    there = [each for side in backup.SIDES if (each := Path(f"{database}{side}")).exists()]
    return {each.name for each in there if any(piece in each.read_bytes() for piece in pieces)}


def test_a_night_with_forget_leaves_nothing_in_the_journal_and_the_copies_go_on(
    settings, shipped, tmp_path, cases, send, clock
):  # fmt: skip
    copier = litestream(shipped)
    clock.pass_by(days=-800)
    old = [send()[0] for _ in range(20)]
    for id in old:
        cases.move("help", id, "closed", clock())
        cases._store.change("help", id, {"unread": False})
    pieces = {cases.get("help", id)["sealed"][:60].encode() for id in old}
    end = time.monotonic() + 60
    while missing(shipped, settings, tmp_path / "look") and time.monotonic() < end:
        time.sleep(0.2)

    # what the drop-in of the unit does before and after: nothing else, and in this order
    drop_in = (ROOT / "scripts" / "deploy" / "systemd" / "litestream.conf").read_text()
    acts = re.findall(r"^Exec(StartPre|StopPost)=\+/usr/bin/systemctl (\w+) litestream.service$", drop_in, re.M)
    assert acts == [("StartPre", "stop"), ("StopPost", "start")]
    copier.terminate()
    copier.wait()
    done = subprocess.run([sys.executable, "-m", "forms_api", "forget"], cwd=ROOT, capture_output=True, text=True,
                          env={**os.environ, "FORMS_DATABASE_URL": settings.store_url})  # fmt: skip
    assert (done.stdout.strip(), done.stderr) == ("20 cases forgotten, 1 data keys deleted", "")
    assert pieces_left(settings, pieces) == set()
    clock.pass_by(days=800)
    meanwhile, _ = send()
    copier = litestream(shipped)
    later, _ = send()
    end = time.monotonic() + 60
    while missing(shipped, settings, tmp_path / "look") and time.monotonic() < end:
        time.sleep(0.2)
    copier.kill()
    copier.wait()
    assert missing(shipped, settings, tmp_path / "look") == set()
    assert requests(tmp_path / "look" / "forms.sqlite") == {meanwhile, later}


def test_without_the_rest_the_command_says_that_the_journal_still_holds_it(settings, shipped, cases, send, clock):
    clock.pass_by(days=-800)
    old, _ = send()
    cases.move("help", old, "closed", clock())
    cases._store.change("help", old, {"unread": False})
    piece = cases.get("help", old)["sealed"][:60].encode()
    copier = litestream(shipped)
    reads_all_the_time(settings)
    done = subprocess.run([sys.executable, "-m", "forms_api", "forget"], cwd=ROOT, capture_output=True, text=True,
                          env={**os.environ, "FORMS_DATABASE_URL": settings.store_url})  # fmt: skip
    held = pieces_left(settings, {piece})
    copier.kill()
    copier.wait()
    assert done.stdout.startswith("1 cases forgotten")
    assert "may still hold it (docs/maintain/forget.md)" in done.stdout
    assert held, "if Litestream lets the journal be emptied, it need not rest any more"


def reads_all_the_time(settings) -> None:
    """Return when Litestream reads, so that nobody else can empty the journal."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with closing(sqlite3.connect(backup.file_of(settings.store_url), timeout=0)) as other:
            if other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                return
        time.sleep(0.1)
    raise AssertionError("Litestream did not begin to read")
