"""Commands of the hub's server: ``python -m forms_api serve | officer NAME | forget``."""

import argparse
import getpass
import logging
import sys
from datetime import UTC, datetime

import uvicorn

from forms_api.app import create_app
from forms_api.cases import Cases
from forms_api.config import SettingError, read_settings
from forms_api.officers import Officers, Refused
from forms_api.render import Renderer
from forms_api.store import StoreUnavailable, open_store
from forms_api.tables import load_forms


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0 done, 1 refused (with one line that says why)."""
    wanted = _parser().parse_args(arguments)
    try:
        return wanted.run(wanted)
    except (SettingError, StoreUnavailable) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m forms_api", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serve = commands.add_parser("serve", help="answer forms and the desk (and the site, when told to)")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--socket", help="listen on this Unix socket instead of a port")
    serve.set_defaults(run=_serve)
    officer = commands.add_parser("officer", help="make an officer's account")
    officer.add_argument("name")
    officer.add_argument("--language", choices=["id", "en"], default="id")
    officer.add_argument("--stdin", action="store_true", help="read the passphrase from standard input")
    officer.set_defaults(run=_officer)
    forget = commands.add_parser("forget", help="delete what was closed longer ago than its form keeps it")
    forget.set_defaults(run=_forget)
    return parser


def _serve(wanted: argparse.Namespace) -> int:
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # No access log: an address together with the time of a request for help is personal data.
    uvicorn.run(
        create_app(read_settings()), host="127.0.0.1", port=wanted.port, uds=wanted.socket, access_log=False,
        log_level="warning", server_header=False,
    )  # fmt: skip
    return 0


def _officer(wanted: argparse.Namespace) -> int:
    settings = read_settings()
    officers, words = Officers(open_store(settings.store_url)), Renderer(settings.data_dir).words
    try:
        officers.add(wanted.name, _passphrase(wanted, words), wanted.language, datetime.now(UTC))
    except Refused as refused:
        print(words.say(wanted.language, refused.key), file=sys.stderr)
        return 1
    print(words.say(wanted.language, "officer.made", name=wanted.name))
    return 0


def _passphrase(wanted: argparse.Namespace, words) -> str:
    if wanted.stdin:
        return sys.stdin.readline().rstrip("\r\n")
    ask = words.say(wanted.language, "sign_in.passphrase") + ": "
    first = getpass.getpass(ask)
    if getpass.getpass(ask) != first:
        raise Refused("officer.differ")
    return first


def _forget(wanted: argparse.Namespace) -> int:
    settings = read_settings()
    forms, zone = load_forms(settings.data_dir), Renderer(settings.data_dir).hub["time_zone"]
    print(Cases(open_store(settings.store_url), forms, zone).forget(datetime.now(UTC)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
