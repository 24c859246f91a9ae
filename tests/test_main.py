"""The commands of the server, run as a person or a timer runs them."""

import os
import subprocess
import sys

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


def test_a_setting_that_makes_no_sense_is_one_line_and_no_traceback(settings, monkeypatch):
    monkeypatch.setenv("FORMS_SERVE_SITE", "perhaps")
    refused = run(settings, "serve")
    assert refused.returncode == 1
    assert refused.stderr.strip() == "SettingError: FORMS_SERVE_SITE is 'perhaps': write yes or no"


def test_a_database_that_cannot_be_opened_is_one_line_and_no_traceback(settings, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    broken = type(settings)(store_url=f"sqlite:///{tmp_path / 'file' / 'forms.sqlite'}")
    refused = run(broken, "forget")
    assert refused.returncode == 1
    assert refused.stderr.startswith("StoreUnavailable")
    assert "Traceback" not in refused.stderr
