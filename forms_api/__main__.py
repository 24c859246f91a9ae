"""Commands of the hub's server: ``python -m forms_api COMMAND``; ``--help`` lists them."""

import argparse
import logging
import sys

import uvicorn

from forms_api.app import create_app
from forms_api.commands import chores, keys
from forms_api.commands.upkeep import add_to
from forms_api.config import SettingError, read_settings
from forms_api.store import StoreUnavailable


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
    chores.add_to(commands)
    keys.add_to(commands)
    add_to(commands)
    return parser


def _serve(wanted: argparse.Namespace) -> int:
    settings = read_settings()
    if not 0 <= wanted.port < 2**16:
        raise SettingError(f"--port is {wanted.port}: write a number from 0 to 65535")
    if not keys.ready(settings.store_url):
        return 1
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # No access log: an address together with the time of a request for help is personal data.
    # uvicorn takes uvloop and httptools by itself where they are installed. Whom a proxy speaks for is believed only
    # from where a proxy of this machine is: the socket, whose folder keeps others out, or 127.0.0.1. It gets no limit
    # of connections: beyond one it answers itself, and what was typed is lost. The writer refuses first (MOST_WAITING),
    # and nginx opens no more lines than max_conns.
    try:
        uvicorn.run(
            create_app(settings), host="127.0.0.1", port=wanted.port, uds=wanted.socket, access_log=False,
            log_level="warning", server_header=False, lifespan="off",
            forwarded_allow_ips="*" if wanted.socket else "127.0.0.1",
            timeout_keep_alive=10, timeout_graceful_shutdown=20,
        )  # fmt: skip
    except OSError as error:  # of where it should listen: what comes later is answered, not raised
        raise SettingError(f"cannot listen at {wanted.socket or wanted.port}: {error}") from error
    except SystemExit:  # uvicorn has said that the port is taken
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
