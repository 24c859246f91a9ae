"""The server's commands with what is typed, in this process: each start of Python would cost a second."""

import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO

from forms_api.__main__ import main


@dataclass(frozen=True)
class Done:
    """What a command left behind: exit code, standard output and standard error."""

    code: int
    out: str
    err: str


def run(store_url: str, *arguments: str, lines=()) -> Done:
    """One command with ``lines`` on its standard input, as the next process on this machine would run it."""
    out, err, stdin = StringIO(), StringIO(), sys.stdin
    os.environ["FORMS_DATABASE_URL"] = store_url
    sys.stdin = StringIO("".join(f"{line}\n" for line in lines))
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = main([*arguments, "--stdin"])
    finally:
        sys.stdin = stdin
        del os.environ["FORMS_DATABASE_URL"]
    return Done(code, out.getvalue(), err.getvalue())
