"""The power goes under load: only what was synced is left on the disk, and all that was acknowledged is in it.

A library between the server and the system (power_cut.c) keeps a copy of what each sync made sure of. The server is
killed and its files are put back to those copies: the worst that a power cut may leave.
"""

import asyncio
import os
import shutil
import subprocess
import sys

import pytest

from .bench.load import Load
from .conftest import ROOT
from .servers import BODY, free_port, start
from .test_kill import missing, press_and

CUTS = 5


@pytest.fixture(scope="session")
def shim(tmp_path_factory):
    """The compiled library. The tests are left out, and say so, where it cannot be made."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not sys.platform.startswith("linux") or not compiler:
        pytest.skip("NOT RUN: the simulated power cut needs Linux and a C compiler (apt install gcc libc6-dev)")
    made = tmp_path_factory.mktemp("shim") / "power_cut.so"
    command = [compiler, "-shared", "-fPIC", "-O2", "-o", made, ROOT / "tests" / "power_cut.c", "-ldl", "-lpthread"]
    subprocess.run(command, check=True)
    return made


def cut(path) -> None:
    """Put the database back to what was synced."""
    for file in (path, path.with_name(path.name + "-wal")):
        synced = file.with_name(file.name + ".synced")
        if synced.exists():
            os.replace(synced, file)
        elif file != path:  # the main file was there, and synced, before the server began
            file.unlink(missing_ok=True)
    path.with_name(path.name + "-shm").unlink(missing_ok=True)


def press_and_cut(settings, path, shim, module: str, seconds: float) -> Load:
    port = free_port()
    server = start(settings.store_url, port, module, LD_PRELOAD=str(shim))
    load = Load(port, "/forms/help", BODY, connections=32)
    asyncio.run(press_and(load, server, seconds, server.kill))
    cut(path)
    assert load.tokens
    return load


def test_a_power_cut_under_load_loses_nothing_that_was_acknowledged(settings, forms, tmp_path, shim):
    for turn in range(CUTS):
        load = press_and_cut(settings, tmp_path / "forms.sqlite", shim, "tests.wide", 0.3 + turn * 0.3)
        assert missing(forms["help"], load, settings.store_url) == set()


def test_the_faster_setting_loses_what_was_acknowledged(settings, forms, tmp_path, shim):
    """So the test above can fail. A cut right after a checkpoint finds all of it on the disk; five do not."""
    lost = set()
    for turn in range(CUTS):
        load = press_and_cut(settings, tmp_path / "forms.sqlite", shim, "tests.careless", 0.3 + turn * 0.3)
        lost |= missing(forms["help"], load, settings.store_url)
    assert lost
