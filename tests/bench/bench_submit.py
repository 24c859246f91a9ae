"""How many requests for help are sealed and stored a second, against storing nothing, one commit each, PostgreSQL.

Run: ``python -m tests.bench.bench_submit [ROUNDS] [--memory] [--slow-disk]``. Every server is the real one in a process of its own, on
this machine's loopback, with its database in a temporary folder; the sender is another process. All kinds are measured
in turn, ROUNDS times; the median of the rounds is printed, and the ratios. ``--memory`` then sends 100,000 requests;
``--slow-disk`` measures again with 2 ms more for each sync (slow_sync.c, Linux), which is what a rented disk takes.
"""

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from forms_api.app import create_app
from forms_api.config import Settings
from forms_api.keys.team import Team
from forms_api.store import open_store
from tests.postgres import Postgres
from tests.servers import BODY, ROOT, free_port

CONNECTIONS, SECONDS, MANY = 64, 4, 100_000


def used(pid: int) -> float:
    """Seconds of processor that a process has used, as Linux tells it."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> float:
    """Resident memory in MiB, as Linux tells it."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


@contextmanager
def serving(kind: str, url: str, **environment: str):
    """A server of tests/bench/served.py over an empty hub that is set up; gives process and port."""
    create_app(Settings(store_url=url))
    with closing(open_store(url)) as store:
        if not Team(store).ready():
            Team(store).set_up(datetime.now(UTC))
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.served", kind, "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "FORMS_DATABASE_URL": url, **environment})
    try:
        wait_for(port, process)
        yield process, port
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int, process: subprocess.Popen) -> None:
    """Return when the server answers."""
    while process.poll() is None:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the server did not start")


def press(port: int, path: str = "/forms/help", body: bytes = BODY, seconds: float = SECONDS, *headers: str) -> dict:
    """What the sender in its own process tells."""
    command = [sys.executable, "-m", "tests.bench.load", str(port), path, str(CONNECTIONS), str(seconds), *headers]
    return json.loads(subprocess.run(command, cwd=ROOT, input=body, capture_output=True, check=True).stdout)


def one_round(folder: Path, postgres: Postgres, number: int) -> dict[str, dict]:
    """Every kind once."""
    found = {}
    for kind in ("unwritten", "dropped", "stored", "single", "queued", "postgresql"):
        url = postgres.place() if kind == "postgresql" else f"sqlite:///{folder}/{kind}{number}.sqlite"
        with serving("stored" if kind == "postgresql" else kind, url) as (process, port):
            press(port, seconds=0.5)
            begun = used(process.pid)
            figures = found[kind] = press(port)
            figures["cpu"] = (used(process.pid) - begun) / sum(figures["statuses"].values()) * 1e6
        print(f"  {kind}: {figures['rate']:.0f} a second, p99 {figures['p99']:.0f} ms, {figures['statuses']}")
    return found


def ratios(rounds: list[dict[str, dict]]) -> None:
    """Print medians and what was asked of them."""
    def middle(kind: str, what: str) -> float:
        return statistics.median(each[kind][what] for each in rounds)

    def against(name: str, of: str, to: str, what: str = "rate") -> None:
        each = sorted(one[of][what] / one[to][what] for one in rounds)
        print(f"{name}: {statistics.median(each):.2f} [{each[0]:.2f} to {each[-1]:.2f}]")

    for kind in rounds[0]:
        print(f"{kind}: {middle(kind, 'rate'):.0f} a second, p50 {middle(kind, 'p50'):.0f} ms, "
              f"p99 {middle(kind, 'p99'):.0f} ms, {middle(kind, 'cpu'):.0f} µs of processor each")  # fmt: skip
    against("stored to dropped (asked: 0.85 or more)", "stored", "dropped")
    against("stored to unwritten", "stored", "unwritten")
    against("stored to one commit each (asked: 4 or more)", "stored", "single")
    against("stored to one commit each in the writer's thread", "stored", "queued")
    against("PostgreSQL to SQLite (asked: 0.8 or more)", "postgresql", "stored")
    against("p99, stored to dropped (asked: 3 or less)", "stored", "dropped", "p99")


def remember(folder: Path) -> None:
    """Print the server's memory at rest and after 100,000 requests."""
    with serving("stored", f"sqlite:///{folder}/many.sqlite") as (process, port):
        print(f"memory at rest: {memory(process.pid):.0f} MiB (asked: 70 or less)")
        sent = 0
        while sent < MANY:
            sent += sum(press(port, seconds=10)["statuses"].values())
        print(f"memory after {sent} requests: {memory(process.pid):.0f} MiB (asked: 110 or less)")


def slowly(folder: Path) -> None:
    """Print what group commit gives where a sync takes 2 ms longer."""
    shim = folder / "slow_sync.so"
    source = Path(__file__).with_name("slow_sync.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", shim, source, "-ldl"], check=True)
    rates = {}
    for kind in ("stored", "single"):
        with serving(kind, f"sqlite:///{folder}/slow-{kind}.sqlite", LD_PRELOAD=str(shim), SYNC_MS="2") as (_, port):
            rates[kind] = press(port)["rate"]
    print(f"with 2 ms more for each sync: stored {rates['stored']:.0f}, one commit each {rates['single']:.0f} a second, "
          f"ratio {rates['stored'] / rates['single']:.1f}")  # fmt: skip


def main() -> None:
    """Measure and print."""
    numbers = [int(each) for each in sys.argv[1:] if each.isdecimal()]
    postgres = Postgres()
    try:
        with tempfile.TemporaryDirectory() as folder:
            ratios([one_round(Path(folder), postgres, number) for number in range(*(numbers or [3]))])
            if "--memory" in sys.argv:
                remember(Path(folder))
            if "--slow-disk" in sys.argv:
                slowly(Path(folder))
    finally:
        postgres.stop()


if __name__ == "__main__":
    main()
