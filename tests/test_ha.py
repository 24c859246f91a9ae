"""The files for three nodes, and the guard before the rehearsal. The rehearsal itself is run by hand: it takes minutes
and three servers (docs/maintain/high-availability.md)."""

import subprocess
import sys

import yaml

from .conftest import ROOT

HA = ROOT / "scripts" / "deploy" / "ha"
sys.path.append(str(HA))

from cluster import Cluster  # noqa: E402


def test_every_word_of_the_shipped_files_is_filled_in(tmp_path):
    Cluster(tmp_path / "nodes", "patroni", "/usr/lib/postgresql/bin", None)
    nodes = [yaml.safe_load((tmp_path / "nodes" / f"patroni{number}.yml").read_text()) for number in (1, 2, 3)]
    assert len({each["postgresql"]["connect_address"] for each in nodes}) == 3
    proxy = (tmp_path / "nodes" / "haproxy.cfg").read_text()
    assert all(each["postgresql"]["connect_address"] in proxy for each in nodes)
    assert "$" not in proxy


def test_a_row_is_on_two_machines_before_it_is_acknowledged(tmp_path):
    Cluster(tmp_path / "nodes", "patroni", "/usr/lib/postgresql/bin", None)
    shared = yaml.safe_load((tmp_path / "nodes" / "patroni1.yml").read_text())["bootstrap"]["dcs"]
    assert shared["synchronous_mode"] is True
    assert shared["postgresql"]["parameters"]["synchronous_commit"] == "on"


def test_a_patroni_that_may_lose_rows_is_refused(tmp_path):
    old = tmp_path / "patroni"
    old.write_text("#!/bin/sh\necho patroni 3.0.2\n")
    old.chmod(0o755)
    done = subprocess.run([sys.executable, HA / "rehearse.py", "--patroni", old, "--postgres", "/nowhere"],
                          capture_output=True, text=True)  # fmt: skip
    assert done.returncode == 1
    assert "install 4 or newer" in done.stderr
