#!/usr/bin/env python3
"""The hub's one command. Needs only Python 3.11 or newer; makes everything else in .venv by itself.

python3 scripts/hub.py serve          check, build and serve the whole hub at http://127.0.0.1:8000/
python3 scripts/hub.py officer NAME   make an officer's account for the desk (--by COLLEAGUE, else with the paper key)
python3 scripts/hub.py passphrase NAME, leave NAME, paper   a lost passphrase, an officer who leaves, a lost paper key
python3 scripts/hub.py check          what an editor runs: data, pages, pairs, links (--en for English)
python3 scripts/hub.py translations   what is behind in English, as a list or a table (--out, --in, --done, --minor)
python3 scripts/hub.py table NAME     a table as an Excel workbook; with a FILE.xlsx, reads it back
python3 scripts/hub.py build          write the site to site/
python3 scripts/hub.py test           set up what the tests need, the browser too, and run them all
"""

import argparse
import hashlib
import os
import signal
import socket
import subprocess
import sys
import venv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # started as a file, Python looks only beside it

from scripts.machine import find_browser, find_nginx  # noqa: E402

START = Path.cwd()  # files a person names are meant from here
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def main() -> int:
    """Run one command and return its exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever starts it may have an older one
        sys.exit("Python 3.11 or newer is needed / Perlu Python 3.11 atau lebih baru")
    wanted = _parser().parse_args()
    os.chdir(ROOT)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    os.environ |= {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    try:
        return wanted.run(wanted)
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    data_dir = argparse.ArgumentParser(add_help=False)
    data_dir.add_argument("--data-dir", type=Path, default=ROOT / ".hub", help="where the database lives")
    language = argparse.ArgumentParser(add_help=False)
    language.add_argument("--en", action="store_true", help="speak English")

    serve = commands.add_parser("serve", parents=[data_dir, language], help="check, build and serve the whole hub")
    serve.add_argument("--port", type=int, default=8000)
    serve.set_defaults(run=_serve)
    for name, told in (
        ("officer", "make an officer's account"),
        ("passphrase", "give an officer a new passphrase"),
        ("leave", "an officer leaves: close the account and change all keys"),
        ("paper", "the paper key is lost: make a new one"),
    ):
        keys = commands.add_parser(name, parents=[data_dir, language], help=told)
        keys.add_argument("name", nargs="?")
        keys.add_argument("--by", metavar="OFFICER", help="whose passphrase opens the keys, instead of the paper key")
        keys.add_argument("--stdin", action="store_true", help="read what is asked from standard input, line by line")
        keys.set_defaults(run=_keys, command=name, role=None, villages=None)
        if name == "officer":
            keys.add_argument("--role", choices=("officer", "supervisor"), help="the first one is a supervisor")
            keys.add_argument("--villages", metavar="CODES", help="codes of the villages seen, with spaces; else all")
    check = commands.add_parser("check", parents=[language], help="check data, pages, pairs, links")
    check.add_argument("--scores", action="store_true", help="print how hard each page is to read, and stop")
    check.add_argument("--on", metavar="DAY", help="also what will be late on this day, like 2027-06-01")
    check.set_defaults(run=_check)
    # Its own options and their help are in scripts/translations.py, so none is an option here.
    translations = commands.add_parser("translations", prefix_chars="\0", add_help=False, help="what is behind")
    translations.add_argument("rest", nargs="*")
    translations.set_defaults(run=_translations)
    table = commands.add_parser("table", parents=[language], help="a table as an Excel workbook, out and back")
    table.add_argument("name", nargs="?", help="the table; without it, all their names")
    table.add_argument("file", nargs="?", help="the filled workbook to read back")
    table.add_argument("--yes", action="store_true", help="write the changes without asking")
    table.set_defaults(run=_table)
    build = commands.add_parser("build", help="write the site to site/")
    build.add_argument("--with-editor", action="store_true", help="also the browser editor, to site/edit/")
    build.set_defaults(run=_build)
    test = commands.add_parser("test", help="set up and run all tests")
    test.add_argument("--without-browser", action="store_true", help="leave out the tests that need a browser")
    test.add_argument("--without-nginx", action="store_true", help="leave out the tests that need nginx")
    test.add_argument("pytest", nargs="*", help="arguments for pytest, after --")
    test.set_defaults(run=_test)
    return parser


def _serve(wanted: argparse.Namespace) -> int:
    environment = _environment(wanted.data_dir)
    if _is_taken(wanted.port):
        print(f"Port {wanted.port} is in use. Choose another with --port / Port ini sedang dipakai, pilih yang lain")
        return 1
    _install("requirements.txt")
    if _run([PYTHON, "-m", "scripts.check", "--keep", ROOT / "site", *["--en"] * wanted.en]):
        return 1
    language = "en" if wanted.en else "id"
    if _run([PYTHON, "-m", "forms_api", "setup", "--later", "--language", language], environment):
        return 1
    officer = f"python3 scripts/hub.py officer {'NAME' if wanted.en else 'NAMA'}"
    if wanted.data_dir != ROOT / ".hub":
        officer += f" --data-dir {wanted.data_dir}"
    say = ("Site", "Desk", "First officer", "Stop with Ctrl-C") if wanted.en else (
        "Situs", "Meja petugas", "Petugas pertama", "Hentikan dengan Ctrl-C")  # fmt: skip
    address = f"http://127.0.0.1:{wanted.port}/"
    print(f"\n  {say[0]}: {address}\n  {say[1]}: {address}desk/\n  {say[2]}: {officer}\n  {say[3]}\n", flush=True)
    follow = subprocess.Popen([PYTHON, "-m", "scripts.preview", "--site-dir", ROOT / "site", *["--en"] * wanted.en])
    try:
        return _run([PYTHON, "-m", "forms_api", "serve", "--port", wanted.port], environment)
    finally:
        follow.terminate()
        follow.wait()


def _keys(wanted: argparse.Namespace) -> int:
    _install("requirements.txt")
    given = [*filter(None, [wanted.name])]
    for option in ("by", "role", "villages"):
        given += [f"--{option}", getattr(wanted, option)] if getattr(wanted, option) else []
    command = [PYTHON, "-m", "forms_api", wanted.command, *given, "--language", "en" if wanted.en else "id"]
    return _run(command + ["--stdin"] * wanted.stdin, _environment(wanted.data_dir))


def _check(wanted: argparse.Namespace) -> int:
    _install("requirements.txt")
    on = ["--on", wanted.on] if wanted.on else []
    return _run([PYTHON, "-m", "scripts.check", *on] + ["--en"] * wanted.en + ["--scores"] * wanted.scores)


def _translations(wanted: argparse.Namespace) -> int:
    _install("requirements.txt")
    os.chdir(START)
    return _run([PYTHON, "-m", "scripts.translations", *wanted.rest], {"PYTHONPATH": str(ROOT)})


def _table(wanted: argparse.Namespace) -> int:
    _install("requirements.txt")
    os.chdir(START)
    options = ["--en"] * wanted.en + ["--yes"] * wanted.yes
    command = [PYTHON, "-m", "scripts.table", *filter(None, (wanted.name, wanted.file)), *options]
    return _run(command, {"PYTHONPATH": str(ROOT)})


def _build(wanted: argparse.Namespace) -> int:
    _install("requirements.txt")
    failed = _run([PYTHON, "-m", "scripts.build"])
    return failed or (_run([PYTHON, "-m", "scripts.editor"]) if wanted.with_editor else 0)


def _test(wanted: argparse.Namespace) -> int:
    _install("requirements-dev.txt")
    asked = {"browser": wanted.without_browser, "nginx": wanted.without_nginx}
    finders = {"browser": lambda: find_browser(PYTHON), "nginx": find_nginx}
    missing = {name: "" if asked[name] else find() for name, find in finders.items()}
    left_out = [name for name in asked if asked[name] or missing[name]]
    results = {"ruff": _run([PYTHON, "-m", "ruff", "check", "."])}
    if wanted.pytest or "browser" in left_out:
        marks = ["-m", " and ".join(f"not {name}" for name in left_out)] if left_out else []
        results["pytest"] = _run([PYTHON, "-m", "pytest", *marks, *wanted.pytest])
    else:
        results |= _in_two_halves([f"not {name}" for name in left_out])
    for name in left_out:
        print(f"{name} tests: NOT RUN{f': {missing[name]}' if missing[name] else f', as asked with --without-{name}'}")
    for name, code in results.items():
        print(f"{name}: {'passed' if code == 0 else 'FAILED'}")
    return int(any(results.values()) or any(missing.values()))


def _in_two_halves(marks: list[str]) -> dict[str, int]:
    """All tests, those in the browser beside the others: it halves the time. What they say comes last."""
    halves = ("browser", "not browser")
    browser, others = ([PYTHON, "-m", "pytest", "-m", " and ".join([half, *marks])] for half in halves)
    with ThreadPoolExecutor() as beside:
        seen = beside.submit(_heard, browser)
        results = {"pytest": _run(others)}
        told, code = seen.result()
    print(f"\nIn the browser:\n{told}", flush=True)
    return results | {"pytest in the browser": code}


def enter(module: str, arguments: list[str]) -> int:
    """Run a module of the hub in .venv, which is made first where it is missing; gives its exit code."""
    if Path(sys.prefix) != VENV:
        _install("requirements.txt")
    return _run([PYTHON, "-m", module, *arguments], {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"})


def _install(lock: str) -> None:
    """Make .venv hold exactly what ``lock`` says; nothing is done when it does already."""
    wanted = hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()
    stamp = VENV / f"{lock}.sha256"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"installing {lock} into .venv (once; about a minute)", flush=True)
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    if _run([*pip, "-r", ROOT / lock]):
        sys.exit(f"{lock} could not be installed: see above; run the command again when the network is there")
    stamp.write_text(wanted)


def _environment(data_dir: Path) -> dict[str, str]:
    folder = data_dir.expanduser().resolve()
    return {
        "FORMS_DATABASE_URL": f"sqlite:///{folder / 'forms.sqlite'}",
        "FORMS_SERVE_SITE": "yes",
        "FORMS_SECURE_COOKIES": "no",  # plain http, on this machine only
    }


def _is_taken(port: int) -> bool:
    with socket.socket() as knock:
        return knock.connect_ex(("127.0.0.1", port)) == 0


def _run(command: list, environment: dict[str, str] | None = None) -> int:
    child = subprocess.Popen([str(part) for part in command], env={**os.environ, **(environment or {})})
    try:
        return child.wait()
    except KeyboardInterrupt:
        child.terminate()  # it stops in good order, also when the terminal has sent it Ctrl-C already
        return child.wait()


def _heard(command: list) -> tuple[str, int]:
    """What a command said, and its exit code."""
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          encoding="utf-8", errors="replace")  # fmt: skip
    return done.stdout, done.returncode


if __name__ == "__main__":
    sys.exit(main())
