"""The commands of the server, run as a person or a timer runs them."""

import os
import re
import socket
import subprocess
import sys
from contextlib import closing

import pytest

from forms_api.__main__ import main

from . import cast
from .conftest import ROOT


def run(settings, *arguments, **more) -> subprocess.CompletedProcess:
    environment = {**os.environ, "FORMS_DATABASE_URL": settings.store_url}
    return subprocess.run(
        [sys.executable, "-m", "forms_api", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        **more,
    )


def test_forget_deletes_what_was_closed_long_ago_and_says_how_many(settings, cases, send, clock):
    clock.pass_by(days=-800)
    old, _ = send()
    still_open, _ = send()
    cases.move("help", old, "closed", clock())
    cases._store.change("help", old, {"unread": False})
    done = run(settings, "forget")
    assert done.stdout.strip() == "1 cases forgotten, 0 data keys deleted"
    assert cases.get("help", old) is None
    assert cases.get("help", still_open)


def test_an_officer_is_made_from_standard_input_and_not_twice(settings, office):
    lines = f"{office.paper}\n{cast.PASSPHRASE}\n"
    made = run(settings, "officer", "budi", "--stdin", input=lines)
    assert (made.returncode, made.stdout.strip()) == (0, "Petugas budi dibuat. Masuk di /desk/.")
    again = run(settings, "officer", "budi", "--stdin", "--language", "en", input=lines)
    assert (again.returncode, again.stderr.strip()) == (1, "There is an officer with this name already.")


def test_a_server_without_keys_says_in_both_languages_how_to_make_them_and_does_not_start(not_set_up):
    refused = run(not_set_up, "serve", timeout=60)
    assert refused.returncode == 1
    told = refused.stderr.strip().splitlines()
    assert len(told) == 2
    assert all("python -m forms_api setup" in line for line in told)


WORDS = {"officer": ["budi"], "passphrase": ["budi"], "leave": ["budi"], "paper": ["--by", "budi"],
         "restore": ["copy.sqlite"]}  # fmt: skip
NONSENSE = [
    ("FORMS_SERVE_SITE", "perhaps", "write yes or no"),
    ("FORMS_DATABASE_URL", "mysql://hub:geheim@db/hub", "begins with 'mysql://': write sqlite:///"),
    ("FORMS_DATABASE_URL", "sqlite://forms.sqlite", "begins with 'sqlite://': write sqlite:///"),
    ("FORMS_DATABASE_URL_FILE", "nowhere", "a text file that can be read"),
    ("FORMS_DATA_DIR", "nowhere", "a folder that exists"),
    ("FORMS_DATA_DIR", "tests", "without hub.yaml"),
]


def commands() -> list[str]:
    """Every command but move, which gets its databases as words (test_move.py)."""
    told = subprocess.run([sys.executable, "-m", "forms_api", "--help"], cwd=ROOT, capture_output=True, text=True).stdout
    return [name for name in re.findall(r"^    ([a-z]+)(?: |$)", told, re.M) if name != "move"]


@pytest.mark.parametrize(("name", "value", "told"), NONSENSE)
def test_a_setting_that_makes_no_sense_is_one_line_and_no_traceback(name, value, told, monkeypatch, capsys):
    assert len(commands()) == 11
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv(name, value)
    for command in commands():
        assert main([command, *WORDS.get(command, ())]) == 1, command
        said = capsys.readouterr()
        assert said.out == "", command
        assert said.err.count("\n") == 1, said.err
        assert said.err.startswith(f"SettingError: {name}") and told in said.err
        assert "geheim" not in said.err


def test_where_one_cannot_listen_is_one_line_and_no_traceback(settings, tmp_path):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        for where in (["--socket", tmp_path / "nowhere" / "api.sock"], ["--socket", tmp_path], ["--port", 99_999],
                      ["--port", taken.getsockname()[1]]):  # fmt: skip
            refused = run(settings, "serve", *map(str, where), timeout=60)
            assert (refused.returncode, refused.stdout) == (1, ""), where
            assert refused.stderr.count("\n") == 1, refused.stderr


def test_a_site_that_is_to_be_served_and_not_there_is_one_line_and_no_traceback(settings, tmp_path, monkeypatch):
    monkeypatch.setenv("FORMS_SERVE_SITE", "yes")
    monkeypatch.setenv("FORMS_SITE_DIR", str(tmp_path))
    refused = run(settings, "serve", timeout=60)
    assert refused.returncode == 1
    assert refused.stderr.strip().endswith("without index.html: write the path of the right folder")
    assert refused.stderr.count("\n") == 1


def test_a_database_that_cannot_be_opened_is_one_line_and_no_traceback(settings, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    broken = type(settings)(store_url=f"sqlite:///{tmp_path / 'file' / 'forms.sqlite'}")
    refused = run(broken, "forget")
    assert refused.returncode == 1
    assert refused.stderr.startswith("StoreUnavailable")
    assert "Traceback" not in refused.stderr
