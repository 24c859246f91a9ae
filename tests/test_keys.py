"""The walks of docs/maintain/keys.md, by the commands as a person runs them."""

import os
import re
import select
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from forms_api.app import create_app
from forms_api.desk.case.history import lines
from forms_api.keys import seal
from forms_api.keys.team import NoGrant, Team
from forms_api.people.officers import Officers
from forms_api.store import open_store

from . import cast
from .conftest import ROOT
from .keyboard import Done
from .keyboard import run as run_at

NEW = "padi hijau di tepi musi"
RECORD = ("help/1", {"name": "Siti"})


def run(settings, *arguments, lines=()) -> Done:
    """One command over the hub behind ``settings``, with ``lines`` on its standard input."""
    return run_at(settings.store_url, *arguments, lines=lines)


def shown(text: str) -> str:
    """The paper key that a command has printed."""
    return " ".join(re.findall(r"^ {4}((?:[0-9A-Z]{5} ?){4})$", text, re.M))


class Hub:
    """What a test sees of the hub behind ``settings``, as a new process sees it."""

    def __init__(self, settings):
        self.store = open_store(settings.store_url)
        self.team = Team(self.store)
        self.officers = Officers(self.store, self.team)

    def send(self) -> tuple[str, str]:
        """Siti's answers, closed and stored; gives what ``reads`` takes."""
        closed, key_id, rows = self.team.seal(RECORD[1], RECORD[0], datetime.now(UTC))
        self.store.write([rows])
        return closed, key_id

    def reads(self, opener, sent) -> bool:
        return opener.open(*sent, RECORD[0]) == RECORD[1]

    def signs_in(self, name: str, passphrase: str):
        return self.officers.sign_in(name, passphrase, datetime.now(UTC))[1].opener


@pytest.fixture
def hub(settings):
    return Hub(settings)


@pytest.fixture
def sent(hub):
    return hub.send()


def test_set_up_then_the_first_officer(not_set_up):
    made = run(not_set_up, "setup", "--later", "--language", "en")
    paper = shown(made.out)
    assert made.code == 0
    for said in ("Write it on paper now", "every request is lost for good", "do not photograph it"):
        assert said in made.out
    assert run(not_set_up, "setup", "--later").out == ""  # every start of hub.py serve asks

    officer = run(not_set_up, "officer", "budi", lines=[paper.lower(), cast.PASSPHRASE])
    assert (officer.code, officer.out.strip()) == (0, "Petugas budi dibuat. Masuk di /desk/.")
    hub = Hub(not_set_up)
    assert hub.reads(hub.signs_in("budi", cast.PASSPHRASE), hub.send())


def test_a_paper_key_that_is_not_typed_back_right_sets_nothing_up(not_set_up):
    other = seal.paper(seal.new_paper_seed())
    for typed, told in ((other, "bukan kunci kertas hub ini"), (other[:-1] + "*", "kelompok 8"), ("", "8 kelompok")):
        refused = run(not_set_up, "setup", lines=[typed])
        assert refused.code == 1
        assert told in refused.err
        assert not Hub(not_set_up).team.ready()


def test_it_is_set_up_once(settings):
    refused = run(settings, "setup", "--language", "en")
    assert refused.code == 1
    assert "has its keys already" in refused.err


def test_without_keys_an_account_cannot_be_made_and_it_is_said_what_to_run_first(not_set_up):
    refused = run(not_set_up, "officer", "budi", lines=["x"])
    assert refused.code == 1
    assert "python -m forms_api setup" in refused.err


def test_a_hub_without_keys_takes_nothing_and_keeps_the_text(not_set_up):
    siti = TestClient(create_app(not_set_up), base_url="http://hub.test", follow_redirects=False)
    answer = siti.post("/forms/help", data=cast.help_request())
    assert answer.status_code == 503
    assert "BELUM tersimpan" in answer.text
    assert cast.STORY in answer.text
    assert siti.get("/desk/").headers["location"] == "/desk/sign-in"
    Team(open_store(not_set_up.store_url)).set_up(datetime.now(UTC))
    assert siti.post("/forms/help", data=cast.help_request()).status_code == 303


def test_the_group_that_is_mistyped_is_named_and_no_account_made(settings, office, hub):
    groups = office.paper.split()
    groups[2] = groups[2][1] + groups[2][0] + groups[2][2:] if groups[2][0] != groups[2][1] else "Z" + groups[2][1:]
    refused = run(settings, "officer", "budi", "--language", "en", lines=[" ".join(groups), cast.PASSPHRASE])
    assert refused.code == 1
    assert "Mistyped in group 3." in refused.err
    assert not hub.officers.accounts.any()


def test_a_colleague_makes_an_account(settings, hire, hub, sent):
    hire("budi")
    made = run(settings, "officer", "dewi", "--by", "budi", lines=[cast.PASSPHRASE, NEW])
    assert made.code == 0, made.err
    assert hub.reads(hub.signs_in("dewi", NEW), sent)


def test_somebody_without_paper_or_passphrase_makes_no_account(settings, hire, hub):
    hire("budi")
    refused = run(settings, "officer", "dewi", "--by", "budi", "--language", "en", lines=["salah " * 4, NEW])
    assert refused.code == 1
    assert "does not match" in refused.err
    assert [row["id"] for row in hub.store.find("officers")] == ["budi"]


def test_walk_a_colleagues_passphrase_is_lost(settings, hire, hub, sent):
    hire("budi")
    hire("rina")
    done = run(settings, "passphrase", "rina", "--by", "budi", lines=[cast.PASSPHRASE, NEW])
    assert done.code == 0, done.err
    assert hub.reads(hub.signs_in("rina", NEW), sent)


def test_officers_change_their_own_passphrase(settings, hire, hub, sent):
    hire("budi")
    done = run(settings, "passphrase", "budi", "--by", "budi", lines=[cast.PASSPHRASE, NEW])
    assert done.code == 0, done.err
    assert hub.reads(hub.signs_in("budi", NEW), sent)


def test_walk_every_passphrase_is_lost_and_the_paper_key_is_used(settings, hire, office, hub, sent):
    hire("budi")
    done = run(settings, "passphrase", "budi", lines=[office.paper, NEW])
    assert done.code == 0, done.err
    assert hub.reads(hub.signs_in("budi", NEW), sent)


def test_walk_the_last_officer_is_gone_and_the_paper_key_makes_a_new_one(settings, hire, office, hub, sent):
    hire("budi")
    assert run(settings, "leave", "budi", lines=[office.paper]).code == 0
    assert not hub.officers.accounts.any()
    done = run(settings, "officer", "rina", lines=[office.paper, NEW])
    assert done.code == 0, done.err
    assert hub.reads(hub.signs_in("rina", NEW), sent)


def test_walk_an_officer_leaves(settings, hire, hub, sent, office):
    hire("budi")
    hire("rina")
    done = run(settings, "leave", "rina", "--by", "budi", "--language", "en", lines=[cast.PASSPHRASE])
    assert done.code == 0, done.err
    assert "cannot be taken back" in done.out
    assert [row["id"] for row in hub.store.find("officers")] == ["budi"]
    assert hub.reads(hub.signs_in("budi", cast.PASSPHRASE), sent)
    assert hub.reads(hub.team.by_paper(office.paper), sent)
    again = run(settings, "leave", "rina", "--by", "budi", "--language", "en", lines=[cast.PASSPHRASE])
    assert "There is no such officer" in again.err


def test_what_an_officer_saw_to_is_nobodys_once_they_have_left(settings, hire, office, app, siti):
    hire("budi")
    hire("rina")
    siti.post("/forms/help", data=cast.help_request())
    cases = app.state.hub.cases
    row = next(cases.find())
    cases.change(row, "assign", {"assignee": "rina"}, app.state.hub.now(), detail="rina")
    done = run(settings, "leave", "rina", lines=[office.paper])
    assert "1 permintaan yang ditangani rina sekarang tanpa petugas" in done.out
    assert cases.get(row["form"], row["id"])["assignee"] is None
    told = [(each["who"], each["act"], each["detail"]) for each in lines(app.state.hub, row["id"], "id", 9)[0]]
    assert ("kunci kertas", "menetapkan petugas", "Belum ada") in told
    assert "permintaan" not in run(settings, "leave", "budi", lines=[office.paper]).out


def test_officers_do_not_close_their_own_account(settings, hire, hub):
    hire("budi")
    refused = run(settings, "leave", "budi", "--by", "Budi", "--language", "en", lines=[cast.PASSPHRASE])
    assert refused.code == 1
    assert "a colleague's passphrase or the paper key" in refused.err
    assert hub.officers.accounts.any()


def test_a_restored_backup_opens_with_the_paper_key_of_its_day(settings, hire, hub, sent, office, tmp_path):
    """The database comes back from before a rotation, with the keys of that day in it."""
    hire("budi")
    copy = tmp_path / "copy.sqlite"
    with closing(sqlite3.connect(tmp_path / "forms.sqlite")) as database:
        database.execute("VACUUM INTO ?", [str(copy)])
    assert run(settings, "leave", "budi", lines=[office.paper]).code == 0
    restored = Hub(type(settings)(store_url=f"sqlite:///{copy}"))
    assert restored.reads(restored.signs_in("budi", cast.PASSPHRASE), sent)
    assert restored.reads(restored.team.by_paper(office.paper), sent)


class Terminal:
    """A command at a real terminal: what it shows, and a person who types."""

    def __init__(self, settings, *arguments):
        import pty  # not on every system

        self.pid, self._line = pty.fork()
        if self.pid == 0:
            os.chdir(ROOT)
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # tests that run in the background inherit it as ignored
            os.environ["FORMS_DATABASE_URL"] = settings.store_url
            os.execv(sys.executable, [sys.executable, "-m", "forms_api", *arguments])
        self.text = ""

    def until(self, words: str, again: str = "") -> str:
        """Everything shown up to ``words``, which must come. ``again`` is typed once more after each long silence."""
        end = time.monotonic() + 60
        while words not in self.text:
            assert time.monotonic() < end, self.text
            if select.select([self._line], [], [], 5)[0]:
                self.text += os.read(self._line, 4096).decode().replace("\r\n", "\n")
            elif again:
                self.type(again)
        before, _, self.text = self.text.partition(words)
        return before

    def type(self, text: str) -> None:
        os.write(self._line, text.encode())

    def ends(self) -> int:
        """The exit code."""
        try:
            while chunk := os.read(self._line, 4096):
                self.text += chunk.decode()
        except OSError:  # Linux says so when the other side has gone
            pass
        os.close(self._line)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


needs_terminal = pytest.mark.skipif(os.name == "nt", reason="opens a POSIX terminal")


@needs_terminal
def test_at_a_terminal_set_up_goes_on_asking_until_the_paper_key_is_typed_back(not_set_up):
    terminal = Terminal(not_set_up, "setup", "--language", "en")
    paper = shown(terminal.until("Paper key (8 groups):"))
    terminal.type("ABCDE\n")
    terminal.until("8 groups of 5")
    assert not Hub(not_set_up).team.ready()
    terminal.until("Paper key (8 groups):")
    terminal.type(paper + "\n")
    terminal.until("The hub can take requests")
    assert terminal.ends() == 0
    assert Hub(not_set_up).team.by_paper(paper)


@needs_terminal
def test_set_up_that_is_broken_off_leaves_nothing_behind(not_set_up):
    terminal = Terminal(not_set_up, "setup", "--language", "en")
    terminal.until("Paper key (8 groups):")
    terminal.type("\x03")
    # a Ctrl-C between the prompt and the reading is seen by Python only with the next key
    terminal.until("Broken off. Nothing was changed.", again="\x03")
    assert terminal.ends() == 1
    assert not Hub(not_set_up).team.ready()


@needs_terminal
def test_passphrases_are_typed_twice_and_not_shown(settings, office, hub):
    for second, told, made in (("padi merah di tepi musi", "differ", False), (NEW, "was made", True)):
        terminal = Terminal(settings, "officer", "budi", "--language", "en")
        terminal.until("Paper key (8 groups):")
        terminal.type(office.paper + "\n")
        terminal.until("typed by budi in person):")
        terminal.type(NEW + "\n")
        terminal.until("Once more:")
        terminal.type(second + "\n")
        assert NEW not in terminal.until(told)
        terminal.ends()
        assert hub.officers.accounts.any() is made


@needs_terminal
def test_walk_the_paper_key_is_lost_while_officers_are_there(settings, hire, hub, sent, office):
    hire("budi")
    terminal = Terminal(settings, "paper", "--by", "budi", "--language", "en")
    terminal.until("Passphrase of budi:")
    terminal.type(cast.PASSPHRASE + "\n")
    paper = shown(terminal.until("Paper key (8 groups):"))
    terminal.type(paper + "\n")
    terminal.until("Destroy the old paper")
    assert terminal.ends() == 0
    assert hub.reads(hub.team.by_paper(paper), sent)
    assert hub.reads(hub.signs_in("budi", cast.PASSPHRASE), sent)
    with pytest.raises(NoGrant):
        hub.team.by_paper(office.paper)


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from forms_api.people.officers import Officers
from forms_api.store import open_store
from forms_api.keys.team import Team

url, paper, wanted = sys.argv[1:]
store = open_store(url)
team = Team(store)
accounts, by = Officers(store, team).accounts, team.by_paper(paper)
seen = []

def die(statement):
    seen.append(statement.split()[0])
    if wanted == f"{seen[-1]} {seen.count(seen[-1])}":
        os.kill(os.getpid(), signal.SIGKILL)

store._writer.set_trace_callback(die)
accounts.leave("rina", by, datetime.now(UTC))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is POSIX")
@pytest.mark.parametrize(
    ("moment", "done"),
    [("BEGIN 1", False), ("DELETE 2", False), ("INSERT 1", False), ("INSERT 150", False), ("INSERT 304", False),
     ("COMMIT 1", False), ("BEGIN 2", True), ("the end", True)],
)  # fmt: skip
def test_a_rotation_killed_at_any_moment_is_done_whole_or_not_at_all(settings, hire, hub, sent, office, moment, done):
    """A real process, killed before that SQL statement of its work; 300 data keys."""
    hire("budi")
    hire("rina")
    public = bytes.fromhex(hub.team.current()["public"])
    hub.store.write([[("data_keys", {"id": str(n), "team": "000001", "sealed": seal.seal_to(public, seal.new_key())})]
                     for n in range(299)])  # fmt: skip
    hub.store.write([[("sessions", {"id": "one", "officer": "rina", "until": "2999"})]])
    command = [sys.executable, "-c", KILLED, settings.store_url, office.paper, moment]
    assert subprocess.run(command, cwd=ROOT, timeout=60).returncode == -signal.SIGKILL

    number = "000002" if done else "000001"
    assert hub.team.current()["id"] == number
    for table in ("grants", "data_keys"):
        assert {row["team"] for row in hub.store.find(table)} == {number}
    assert {row["id"] for row in hub.store.find("officers")} == ({"budi"} if done else {"budi", "rina"})
    opener = hub.team.by_paper(office.paper)
    assert hub.reads(opener, sent)
    assert sum(len(opener.data_key(row)) == 32 for row in hub.store.find("data_keys")) == 300
    if not done:
        assert run(settings, "leave", "rina", lines=[office.paper]).code == 0
        assert hub.reads(hub.team.by_paper(office.paper), sent)
