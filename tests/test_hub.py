"""The one command: standard library only, one help text, serves the whole hub, and one Ctrl-C stops all."""

import ast
import importlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HUB = ROOT / "scripts" / "hub.py"


def run(*arguments, **more) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, HUB, *arguments], capture_output=True, text=True, timeout=120, **more)


def test_it_needs_nothing_but_the_standard_library():
    names = set()
    for node in ast.walk(ast.parse(HUB.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module.split(".")[0])
    assert names <= sys.stdlib_module_names


def test_one_help_text_names_every_command():
    told = run("--help").stdout
    for command in ("serve", "officer", "check", "build", "test"):
        assert f"hub.py {command}" in told


def test_an_unknown_command_is_refused():
    assert run("fly").returncode == 2


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_every_locked_package_has_its_hash_and_the_lock_has_no_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    packages = re.findall(r"^[a-z0-9][\w.-]*==\S+.*?(?=^[a-z0-9]|\Z)", text, re.M | re.S)
    assert len(packages) > 50
    assert [package.splitlines()[0] for package in packages if "--hash=sha256:" not in package] == []
    assert "://" not in text


def test_the_development_lock_holds_the_same_versions():
    def pins(lock):
        return set(re.findall(r"^([a-z0-9][\w.-]*==[^\s;]+)", (ROOT / lock).read_text(encoding="utf-8"), re.M))

    assert pins("requirements.txt") <= pins("requirements-dev.txt")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read().decode()


@pytest.fixture
def served(tmp_path):
    """``hub.py serve`` in a process group of its own, as in a terminal."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, HUB, "serve", "--en", "--port", str(port), "--data-dir", str(tmp_path / "data")],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}/"
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        try:
            get(address)
            break
        except OSError:
            time.sleep(0.2)
    yield process, address, tmp_path / "data"
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.stdout.close()


STOPS = {
    "ctrl-c": lambda process: os.killpg(process.pid, signal.SIGINT),  # what a terminal does
    "term": lambda process: process.terminate(),
}


@pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")
@pytest.mark.parametrize("stop", STOPS.values(), ids=STOPS)
def test_serve_serves_site_forms_and_desk_and_one_ctrl_c_stops_all(served, stop):
    process, address, data = served
    assert process.poll() is None, process.stdout.read()
    assert "Desa Migran Emas" in get(address)
    assert 'action="/forms/help"' in get(address + "forms/help/")
    assert "hub.py officer" in get(address + "desk/sign-in?lang=en")
    assert (data / "forms.sqlite").exists()

    made = run("officer", "budi", "--en", "--stdin", "--data-dir", str(data), input="padi kuning di tepi musi\n")
    assert made.returncode == 0, made.stderr
    assert "no officer yet" not in get(address + "desk/sign-in?lang=en")

    stop(process)
    assert process.wait(20) is not None
    told = process.stdout.read()
    assert address in told
    assert "officer NAME" in told
    assert "Traceback" not in told
    with pytest.raises(OSError):
        get(address)


@pytest.fixture
def launcher(monkeypatch):
    """The launcher as a module, with nothing installed and every program it starts content."""
    module = importlib.import_module("scripts.hub")
    commands = []
    monkeypatch.setattr(module, "_install", lambda lock: None)
    monkeypatch.setattr(module, "_run", lambda command, *_: commands.append([str(each) for each in command]) or 0)
    return module, commands


def test_a_missing_browser_is_named_and_fails_though_all_else_passes(launcher, monkeypatch, capsys):
    module, commands = launcher
    monkeypatch.setattr(module, "_find_browser", lambda: "no Chromium. On Debian or Ubuntu: apt install chromium")
    assert module._test(module._parser().parse_args(["test"])) == 1
    assert "browser tests: NOT RUN: no Chromium" in capsys.readouterr().out
    assert commands[-1][-2:] == ["-m", "not browser"]


def test_leaving_the_browser_out_on_purpose_passes_and_is_still_said(launcher, capsys):
    module, _ = launcher
    assert module._test(module._parser().parse_args(["test", "--without-browser"])) == 0
    assert "browser tests: NOT RUN, as asked" in capsys.readouterr().out


def test_a_failing_step_fails_the_whole(launcher, monkeypatch, capsys):
    module, _ = launcher
    monkeypatch.setattr(module, "_find_browser", lambda: "")
    monkeypatch.setattr(module, "_run", lambda command, *_: int("ruff" in command))
    assert module._test(module._parser().parse_args(["test"])) == 1
    assert "ruff: FAILED" in capsys.readouterr().out


def test_a_port_in_use_is_said_in_words_before_anything_is_done():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = run("serve", "--port", str(taken.getsockname()[1]))
    assert refused.returncode == 1
    assert "is in use" in refused.stdout
    assert "Traceback" not in refused.stderr


def test_an_officer_with_a_short_passphrase_is_refused_in_words(tmp_path):
    made = run("officer", "budi", "--stdin", "--data-dir", str(tmp_path), input="pendek\n")
    assert made.returncode == 1
    assert "paling sedikit 15 huruf" in made.stderr


def test_ci_calls_the_readmes_test_command_and_nothing_cleverer():
    command = "python3 scripts/hub.py test"
    assert command in (ROOT / "README.md").read_text(encoding="utf-8")
    lines = [line for line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines() if line[:1] not in "#"]
    assert lines == ["set -eu", 'cd "$(dirname "$0")/.."', f"exec {command}"]
