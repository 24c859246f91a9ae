"""The one command: standard library only, one help text, serves the whole hub, and one Ctrl-C stops all."""

import ast
import importlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

import pytest

from . import cast

ROOT = Path(__file__).resolve().parent.parent
HUB = ROOT / "scripts" / "hub.py"
JSON = "application/json"


def run(*arguments, **more) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, HUB, *arguments], capture_output=True, text=True, timeout=120, **more)


def test_it_needs_nothing_but_the_standard_library():
    names = set()
    for file in (HUB, HUB.with_name("machine.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names.add(node.module)
    assert {name.split(".")[0] for name in names - {"scripts.machine"}} <= sys.stdlib_module_names


def test_one_help_text_names_every_command():
    told = run("--help").stdout
    for command in ("serve", "officer", "passphrase", "check", "build", "test"):
        assert f"hub.py {command}" in told


def test_an_unknown_command_is_refused():
    assert run("fly").returncode == 2


LOCKS = sorted(path.name for path in ROOT.glob("requirements*.txt"))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_its_hash_and_the_lock_has_no_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    packages = re.findall(r"^[a-z0-9][\w.-]*==\S+.*?(?=^[a-z0-9]|\Z)", text, re.M | re.S)
    assert len(packages) > 50
    assert [package.splitlines()[0] for package in packages if "--hash=sha256:" not in package] == []
    assert "://" not in text


def test_the_development_lock_holds_the_versions_of_every_other():
    def pins(lock):
        return set(re.findall(r"^([a-z0-9][\w.-]*==[^\s;]+)", (ROOT / lock).read_text(encoding="utf-8"), re.M))

    assert len(LOCKS) == 4
    for lock in LOCKS:
        assert pins(lock) <= pins("requirements-dev.txt"), lock


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read().decode()


def send_help(address: str) -> str:
    """Siti's request; gives her receipt."""
    body = json.dumps(cast.help_request()).encode()
    with urllib.request.urlopen(urllib.request.Request(f"{address}forms/help", body, {"Content-Type": JSON})) as answer:
        return json.loads(answer.read())["receipt"]


def shown_at_the_start(process) -> str:
    """Everything that was printed up to how to stop it."""
    told = ""
    while "Stop with Ctrl-C" not in told:
        line = process.stdout.readline()
        assert line, told
        told += line
    return told


def the_case_that_budi_finds(address: str, receipt: str) -> str:
    """Budi signs in and types the receipt; gives the page of the case."""
    desk = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

    def ask(path: str, **fields) -> str:
        with desk.open(address + path, urlencode(fields).encode() if fields else None) as answer:
            return answer.read().decode()

    page = ask("desk/sign-in", name="budi", passphrase="padi kuning di tepi musi")
    return ask("desk/", code=receipt, token=re.search(r'name="token" value="([^"]+)"', page)[1])


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
    receipt = send_help(address)  # before there is any officer

    told = shown_at_the_start(process)
    paper = " ".join(re.findall(r"^ {4}((?:[0-9A-Z]{5} ?){4})$", told, re.M))
    lines = f"{paper}\npadi kuning di tepi musi\n"
    made = run("officer", "budi", "--en", "--stdin", "--data-dir", str(data), input=lines)
    assert made.returncode == 0, made.stderr
    assert "no officer yet" not in get(address + "desk/sign-in?lang=en")
    assert cast.STORY in the_case_that_budi_finds(address, receipt)

    stop(process)
    assert process.wait(20) is not None
    told += process.stdout.read()
    assert address in told
    assert "every request is lost for good" in told
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
    monkeypatch.setattr(module, "find_browser", lambda python: "")
    monkeypatch.setattr(module, "find_nginx", lambda: "")
    monkeypatch.setattr(module, "_run", lambda command, *_: commands.append([str(each) for each in command]) or 0)
    monkeypatch.setattr(module, "_heard", lambda command: (f"heard: {command[-1]}", 0))
    return module, commands


def test_the_browser_s_tests_run_beside_the_others_and_none_is_in_both_halves(launcher, monkeypatch, capsys):
    module, commands = launcher
    assert module._test(module._parser().parse_args(["test"])) == 0
    assert commands[-1][-2:] == ["-m", "not browser"]
    assert "heard: browser\n" in capsys.readouterr().out
    monkeypatch.setattr(module, "_heard", lambda command: ("1 failed", 1))
    assert module._test(module._parser().parse_args(["test"])) == 1
    assert "pytest in the browser: FAILED" in capsys.readouterr().out
    assert module._test(module._parser().parse_args(["test", "--", "tests/test_days.py"])) == 0
    assert commands[-1][-1] == "tests/test_days.py"


def test_a_missing_browser_is_named_and_fails_though_all_else_passes(launcher, monkeypatch, capsys):
    module, commands = launcher
    monkeypatch.setattr(module, "find_browser", lambda python: "no Chromium. On Debian or Ubuntu: apt install chromium")
    assert module._test(module._parser().parse_args(["test"])) == 1
    assert "browser tests: NOT RUN: no Chromium" in capsys.readouterr().out
    assert commands[-1][-2:] == ["-m", "not browser"]


def test_leaving_the_browser_out_on_purpose_passes_and_is_still_said(launcher, capsys):
    module, _ = launcher
    assert module._test(module._parser().parse_args(["test", "--without-browser"])) == 0
    assert "browser tests: NOT RUN, as asked" in capsys.readouterr().out


def test_a_missing_nginx_is_named_and_fails_and_may_be_left_out_on_purpose(launcher, monkeypatch, capsys):
    module, commands = launcher
    monkeypatch.setattr(module, "find_nginx", lambda: "no nginx with brotli")
    assert module._test(module._parser().parse_args(["test"])) == 1
    assert "nginx tests: NOT RUN: no nginx with brotli" in capsys.readouterr().out
    assert commands[-1][-2:] == ["-m", "not browser and not nginx"]
    assert module._test(module._parser().parse_args(["test", "--without-browser", "--without-nginx"])) == 0
    assert "nginx tests: NOT RUN, as asked" in capsys.readouterr().out
    assert commands[-1][-2:] == ["-m", "not browser and not nginx"]


def test_a_failing_step_fails_the_whole(launcher, monkeypatch, capsys):
    module, _ = launcher
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


def test_an_officer_with_a_short_passphrase_is_refused_in_words(settings, office):
    data = Path(settings.store_url.removeprefix("sqlite:///")).parent
    made = run("officer", "budi", "--stdin", "--data-dir", str(data), input=f"{office.paper}\npendek\n")
    assert made.returncode == 1
    assert "paling sedikit 15 huruf" in made.stderr


def test_before_the_first_start_an_officer_is_refused_with_what_to_do(tmp_path):
    made = run("officer", "budi", "--stdin", "--en", "--data-dir", str(tmp_path), input="x\n")
    assert made.returncode == 1
    assert "scripts/hub.py serve" in made.stderr


def test_the_key_commands_pass_on_what_is_asked(launcher):
    module, commands = launcher
    seen = ["--villages", "16.06.13.2001 16.06.13.2002"]
    for asked in (["passphrase", "rina", "--by", "budi"], ["leave", "rina"], ["paper", "--by", "budi", "--stdin", "--en"],
                  ["officer", "rina", "--role", "supervisor", *seen, "--by", "budi"]):  # fmt: skip
        wanted = module._parser().parse_args(asked)
        assert wanted.run(wanted) == 0
    assert [command[3:] for command in commands] == [
        ["passphrase", "rina", "--by", "budi", "--language", "id"],
        ["leave", "rina", "--language", "id"],
        ["paper", "--by", "budi", "--language", "en", "--stdin"],
        ["officer", "rina", "--by", "budi", "--role", "supervisor", *seen, "--language", "id"],
    ]


def test_each_option_of_the_key_commands_that_keys_md_names_is_there(launcher):
    module, _ = launcher
    page = (ROOT / "docs" / "maintain" / "keys.md").read_text(encoding="utf-8")
    assert '`--role supervisor` and `--villages "CODE CODE"`' in page
    for options in (["--role", "supervisor"], ["--villages", "CODE CODE"], ["--by", "COLLEAGUE"], ["--stdin"], ["--en"]):
        assert module._parser().parse_args(["officer", "NAME", *options]).command == "officer"


def test_ci_calls_the_readmes_test_command_and_nothing_cleverer():
    command = "python3 scripts/hub.py test"
    assert command in (ROOT / "README.md").read_text(encoding="utf-8")
    lines = [line for line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines() if line[:1] not in "#"]
    assert lines == ["set -eu", 'cd "$(dirname "$0")/.."', f"exec {command}"]
