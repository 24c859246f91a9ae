"""A real server in a process of its own, and what was stored there of what it acknowledged."""

import os
import socket
import subprocess
import sys
import time
from urllib.parse import urlencode

from forms_api.keys import receipts

from . import cast
from .conftest import ROOT

BODY = urlencode(cast.help_request()).encode()


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def start(url: str, port: int, module: str = "tests.wide", **environment) -> subprocess.Popen:
    """``forms_api serve`` without a limit for one address, over the database ``url``, once it answers."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, "serve", "--port", str(port)], cwd=ROOT,
        env={**os.environ, "FORMS_DATABASE_URL": url, **environment},
    )  # fmt: skip
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return process
        time.sleep(0.02)
    raise AssertionError("the server did not start")


def ids_of(form, tokens: list[str]) -> set[str]:
    """The ids of the rows that ``BODY`` makes with these tokens."""
    answers = cast.help_request()
    answers.pop("language")
    content = receipts.content_of(form.name, form.check(answers)[0])
    return {receipts.row_id(receipts.secret_of(token, content)) for token in tokens}
