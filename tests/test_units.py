"""All units of a server work on one database, whichever it is; what one of them needs beside that, it has."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from forms_api.store import backup, open_store

from .conftest import ROOT
from .postgres import NEEDS_POSTGRES

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a server of the hub is Linux")
SHIPPED = ROOT / "scripts" / "deploy" / "systemd"
SERVICES = sorted(SHIPPED.glob("*.service"))
URL_FILE = "/etc/hub/database_url"
DEPLOY = (ROOT / "docs" / "maintain" / "deploy.md").read_text()


def settings_in(unit: Path) -> dict[str, str]:
    return dict(re.findall(r"^Environment=([A-Z_]+)=(.*)$", unit.read_text(), re.M))


def run_unit(name: str, url_file: Path, copies: Path) -> subprocess.CompletedProcess:
    """What the unit does, with what it sets, but for the paths that only a server has."""
    unit = SHIPPED / f"{name}.service"
    here = {URL_FILE: str(url_file), "/var/lib/hub/backups": str(copies)}
    environment = {key: here.get(value, value) for key, value in settings_in(unit).items()}
    [command] = re.findall(r"^ExecStart=(.+)$", unit.read_text(), re.M)
    return subprocess.run(
        [sys.executable, *shlex.split(command)[1:]], cwd=ROOT, capture_output=True, text=True,
        env={**{key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}, **environment},
    )  # fmt: skip


def test_every_unit_reads_the_database_from_the_one_file_and_none_names_it_itself():
    assert len(SERVICES) == 6
    for unit in SERVICES:
        settings = settings_in(unit)
        assert settings["FORMS_DATABASE_URL_FILE"] == URL_FILE, unit.name
        assert "FORMS_DATABASE_URL" not in settings, unit.name
        assert "EnvironmentFile=-/etc/hub/settings\n" in unit.read_text(), unit.name


def test_the_commands_of_the_pages_read_it_there_too():
    text = DEPLOY + (ROOT / "docs" / "maintain" / "backup.md").read_text()
    by_hand = re.findall(r"^ *runuser .+$", text, re.M)
    assert len(by_hand) == 4
    for line in by_hand:
        assert f"env FORMS_DATABASE_URL_FILE={URL_FILE} " in line or "forms_api move sqlite:////" in line, line
    assert "FORMS_DATABASE_URL=" not in text


def test_what_is_in_the_memory_of_the_api_is_never_swapped_to_the_disk():
    assert "\nMemorySwapMax=0\n" in (SHIPPED / "hub-api.service").read_text()


@NEEDS_POSTGRES
def test_after_the_move_of_the_page_no_unit_works_on_the_old_file(settings, cases, send, clock, postgres, tmp_path):
    clock.pass_by(days=-800)
    old, _ = send()
    cases.move("help", old, "closed", clock())
    cases._store.change("help", old, {"unread": False})
    cases._store.close()
    source, there, url_file = backup.file_of(settings.store_url), postgres.place(), tmp_path / "database_url"
    url_file.write_text(f"{settings.store_url}\n")
    assert run_unit("hub-doctor", url_file, tmp_path).stdout.startswith(f"good    database: {source}")

    # the page's walk: move, the new URL into the file, the old file away
    moved = subprocess.run([sys.executable, "-m", "forms_api", "move", settings.store_url, there], cwd=ROOT)
    assert moved.returncode == 0
    url_file.write_text(f"{there}\n")
    source.rename(source.with_name("forms.sqlite.moved"))

    doctor = run_unit("hub-doctor", url_file, tmp_path)
    assert (doctor.returncode, "sqlite" in doctor.stdout) == (0, False), doctor.stdout + doctor.stderr
    assert "good    sync: synchronous_commit is on" in doctor.stdout
    assert run_unit("hub-forget", url_file, tmp_path).stdout.startswith("1 cases forgotten")
    with closing(open_store(there)) as store:
        assert store.get("help", old) is None
    assert not source.exists(), "a unit began the old file anew"


def test_the_walk_to_postgresql_leaves_no_unit_behind():
    walk = DEPLOY.partition("### On PostgreSQL")[2].partition("\n## ")[0]
    steps = ["systemctl stop hub-api.service 'hub-*.timer'", "forms_api move sqlite:////var/lib/hub/forms.sqlite",
             f"> {URL_FILE}", "mv /var/lib/hub/forms.sqlite /var/lib/hub/forms.sqlite.moved",
             "scripts/deploy/systemd/postgresql.conf /etc/systemd/system/hub-.service.d/", "systemctl daemon-reload",
             "disable --now hub-backup.timer", "systemctl start hub-api.service"]  # fmt: skip
    places = [walk.find(step) for step in steps]
    assert -1 not in places and places == sorted(places), dict(zip(steps, places, strict=True))


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="NOT RUN: systemd-analyze is not here")
def test_the_drop_in_for_postgresql_reaches_every_unit(tmp_path):
    (tmp_path / "hub-.service.d").mkdir()
    shutil.copy(SHIPPED / "postgresql.conf", tmp_path / "hub-.service.d")
    for unit in SERVICES:
        text = unit.read_text().replace("/srv/hub/current/.venv/bin/python", sys.executable)
        (tmp_path / unit.name).write_text(text.replace("=hub\n", "=root\n").replace("file:///srv", "man:srv(1)#"))
    for unit in SERVICES:
        told = subprocess.run(
            ["systemd-analyze", "security", "--offline=true", "--threshold=25", str(tmp_path / unit.name)],
            capture_output=True, text=True, env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
        )  # fmt: skip
        assert told.returncode == 0, told.stdout + told.stderr
        assert re.search(r"^✗ RestrictAddressFamilies=~AF_\(INET\|INET6\) ", told.stdout, re.M), unit.name
