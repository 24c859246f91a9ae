"""Releases change in one step and go back in one step; the shipped units are sound."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from forms_api.forms.tables import read_yaml
from scripts.deploy import release
from scripts.deploy.release import NotReleased, current, main, new, policy, releases, switch

from .conftest import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a server of the hub is Linux")
UNITS = sorted((ROOT / "scripts" / "deploy" / "systemd").glob("hub-*"))
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
BUILD = """
from pathlib import Path
site = Path("site")
site.mkdir()
(site / "index.html").write_text({text!r})
(site / "csp.txt").write_text("default-src 'none'\\n")
raise SystemExit({code})
"""


LOCK = "nothing==1"


@pytest.fixture
def root(tmp_path) -> Path:
    """Where releases go, with the .venv that those of these tests ask for."""
    venv = tmp_path / "srv" / "venvs" / hashlib.sha256(LOCK.encode()).hexdigest()[:16]
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to(sys.executable)
    return tmp_path / "srv"


def checkout(folder: Path, text: str, code: int = 0) -> Path:
    """As much of a checkout as a release needs, whose page says ``text``."""
    (folder / "scripts" / "site").mkdir(parents=True, exist_ok=True)
    (folder / "scripts" / "site" / "code.py").write_text("")
    (folder / "scripts" / "hub.py").write_text(BUILD.format(text=text, code=code))
    (folder / "requirements.txt").write_text(LOCK)
    for left_out in (".git", ".hub", "site"):
        (folder / left_out).mkdir(exist_ok=True)
        (folder / left_out / "secret").write_text("not for the server")
    return folder


def released(root: Path, tmp_path: Path, text: str, hours: int = 0) -> Path:
    made = new(checkout(tmp_path / "source", text), root, NOON + timedelta(hours=hours))
    switch(root, made)
    return made


def page(root: Path) -> str:
    return (root / "current" / "site" / "index.html").read_text()


def test_a_release_has_the_code_the_site_and_its_policy_and_nothing_of_the_checkouts_own(root, tmp_path):
    made = released(root, tmp_path, "one")
    assert made.name == "20261123T050000Z"
    assert page(root) == "one"
    assert (root / "current" / "scripts" / "site" / "code.py").exists()
    assert "default-src 'none'" in (root / "current" / "csp.conf").read_text()
    assert [str(each) for each in made.rglob("secret")] == []
    assert not (made / ".git").exists()


def test_back_is_the_release_before_and_nothing_was_lost_on_the_way(root, tmp_path, capsys):
    released(root, tmp_path, "one")
    released(root, tmp_path, "two", hours=1)
    assert page(root) == "two"
    assert main(["back", "--root", str(root), "--only-switch"]) == 0
    assert page(root) == "one"
    assert capsys.readouterr().out.splitlines() == ["* 20261123T050000Z", "  20261123T060000Z"]
    assert main(["back", "--root", str(root), "--only-switch"]) == 1
    assert "there is no release before this one" in capsys.readouterr().err


def test_what_cannot_be_built_changes_nothing(root, tmp_path):
    released(root, tmp_path, "one")
    with pytest.raises(NotReleased, match="could not be built"):
        new(checkout(tmp_path / "source", "two", code=1), root, NOON + timedelta(hours=1))
    assert page(root) == "one"
    assert [each.name for each in (root / "releases").iterdir()] == ["20261123T050000Z"]


def test_what_the_services_do_not_take_is_taken_back(root, tmp_path, monkeypatch, capsys):
    released(root, tmp_path, "one")
    monkeypatch.setattr(release, "RELOAD", [["false"]])
    assert main(["new", str(checkout(tmp_path / "source", "two")), "--root", str(root)]) == 1
    assert "20261123T050000Z is back" in capsys.readouterr().err
    assert page(root) == "one"


def test_what_nginx_does_not_take_stops_no_service(root, tmp_path, monkeypatch):
    tools, done = tmp_path / "tools", tmp_path / "done"
    tools.mkdir()
    for name, code in (("nginx", 1), ("systemctl", 0)):
        (tools / name).write_text(f"#!/bin/sh\necho {name} $1 >> {done}\nexit {code}\n")
        (tools / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    assert main(["new", str(checkout(tmp_path / "source", "one")), "--root", str(root)]) == 1
    assert done.read_text().splitlines() == ["nginx -t"]


READER = """
import sys
seen = set()
print("reading", flush=True)
for _ in range(30_000):
    try:
        with open(sys.argv[1]) as page:
            seen.add(page.read())
    except OSError:
        seen.add("nothing")
print(*sorted(seen))
"""


def test_the_switch_is_one_step_for_whoever_reads(root, tmp_path):
    made = [released(root, tmp_path, "one"), released(root, tmp_path, "two", hours=1)]
    command = [sys.executable, "-c", READER, str(root / "current" / "site" / "index.html")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout.readline() == "reading\n"
        while reader.poll() is None:
            switch(root, made[0])
            switch(root, made[1])
        assert reader.stdout.read().split() == ["one", "two"]


def test_old_releases_go_and_the_one_in_service_never(root, tmp_path):
    first = released(root, tmp_path, "0")
    for hours in range(1, 5):
        released(root, tmp_path, str(hours), hours)
    switch(root, first)
    release.tidy(root, keep=2)
    assert [each.name[9:11] for each in releases(root)] == ["05", "08", "09"]
    assert current(root) == first
    (root / "venvs" / "unused").mkdir()
    release.tidy(root)
    assert len(list((root / "venvs").iterdir())) == 1


def test_the_policy_is_written_as_nginx_reads_it(tmp_path):
    (tmp_path / "edit").mkdir()
    (tmp_path / "csp.txt").write_text("default-src 'none'\n")
    (tmp_path / "edit" / "csp.txt").write_text("default-src 'self'\n")
    assert policy(tmp_path).splitlines()[1:] == [
        "map $uri $hub_page_policy {", "    default \"default-src 'none'\";", "    ~^/edit/ \"default-src 'self'\";", "}",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ['a "quote"', "a $variable", "x" * 5000])
def test_a_policy_that_nginx_would_read_otherwise_is_refused(tmp_path, text):
    (tmp_path / "csp.txt").write_text(text)
    with pytest.raises(NotReleased, match="cannot take this policy"):
        policy(tmp_path)


def test_the_real_hub_is_released_and_its_api_starts_from_there(root, tmp_path, settings):
    # the packages of this test stand in for those that the first release of a server installs
    lock = hashlib.sha256((ROOT / "requirements.txt").read_bytes()).hexdigest()
    venv = root / "venvs" / lock[:16]
    venv.mkdir(parents=True)
    for each in Path(sys.prefix).iterdir():
        (venv / each.name).symlink_to(each)
    (venv / "requirements.txt.sha256").unlink(missing_ok=True)
    (venv / "requirements.txt.sha256").write_text(lock)
    source = tmp_path / "source"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(".git", ".venv", ".hub", "tests", "__pycache__", ".*_cache"))
    switch(root, new(source, root, NOON))
    assert "Desa Migran Emas" in page(root)
    assert (root / "current" / "csp.conf").read_text().count("sha256-") >= 1
    asked = subprocess.run(
        [root / "current" / ".venv" / "bin" / "python", "-m", "forms_api", "doctor"], cwd=root / "current",
        env={**os.environ, "FORMS_DATABASE_URL": settings.store_url}, capture_output=True, text=True,
    )  # fmt: skip
    assert "good    team key: there" in asked.stdout, asked.stdout + asked.stderr


@pytest.fixture
def analyze():
    found = shutil.which("systemd-analyze")
    if not found:
        pytest.skip("NOT RUN: systemd-analyze is not here")
    return found


@pytest.fixture
def units(tmp_path):
    """The units as they are, but for the program and the user, which only a server has."""
    for unit in UNITS:
        text = unit.read_text().replace("/srv/hub/current/.venv/bin/python", sys.executable)
        text = text.replace("User=hub", "User=root").replace("Group=hub", "Group=root").replace("file:///srv", "man:srv(1)#")
        (tmp_path / unit.name).write_text(text)
    return [str(tmp_path / unit.name) for unit in UNITS]


def test_systemd_finds_no_fault_in_the_units(analyze, units):
    told = subprocess.run([analyze, "verify", "--man=no", *units], capture_output=True, text=True)
    ours = [line for line in told.stderr.splitlines() if "hub-" in line]
    assert (told.returncode, ours) == (0, [])


def test_every_service_is_as_shut_in_as_it_can_be(analyze, units):
    for unit in units:
        if unit.endswith(".service"):
            limit = ["security", "--offline=true", "--threshold=15"]
            told = subprocess.run([analyze, *limit, unit], capture_output=True, text=True)
            assert told.returncode == 0, told.stdout


def test_timers_are_in_the_hubs_own_time_and_make_up_for_a_night_asleep(analyze):
    zone = read_yaml(ROOT / "data" / "hub.yaml")["time_zone"]
    timers = [unit for unit in UNITS if unit.suffix == ".timer"]
    assert len(timers) == 5
    for timer in timers:
        text = timer.read_text()
        when = re.search(r"OnCalendar=(.+)", text)[1]
        assert when.endswith(" " + zone)
        assert "Persistent=true" in text
        assert subprocess.run([analyze, "calendar", when], capture_output=True).returncode == 0
        assert timer.with_suffix(".service") in UNITS


def test_every_command_of_a_unit_is_one_of_ours():
    help_text = subprocess.run([sys.executable, "-m", "forms_api", "--help"], cwd=ROOT, capture_output=True, text=True).stdout
    for unit in UNITS:
        for command in re.findall(r"ExecStart=\S+ -m forms_api (\w+)", unit.read_text()):
            assert re.search(rf"^ +{command} ", help_text, re.M), command
