"""The primary is killed, frozen and switched under load, and every acknowledged row is looked for afterwards.

``python scripts/deploy/ha/rehearse.py --patroni ENV/bin/patroni --postgres BIN [--user NAME] [FAULT ...]`` starts three
nodes on this machine's loopback (docs/maintain/high-availability.md). Sixteen senders go through the hub's own store
and writer; each repeats a row, under the same id, until it is acknowledged. Exit 1 when one is missing.
"""

import argparse
import asyncio
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from itertools import pairwise
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[3]), str(Path(__file__).resolve().parent)]

from cluster import Cluster  # noqa: E402

from forms_api.store import StoreUnavailable, Table, open_store  # noqa: E402
from forms_api.store.writer import Writer  # noqa: E402

SENDERS, BEFORE, AFTER, FROZEN = 16, 8, 20, 40  # the last three in seconds
ROWS = Table("rehearsal", {"id": str, "text": str})


def kill(cluster: Cluster, node: int) -> None:
    """The primary's machine is gone, and comes back later."""
    cluster.signal(cluster.processes(node), signal.SIGKILL)
    time.sleep(AFTER)
    cluster.start_node(node)


def crash(cluster: Cluster, node: int) -> None:
    """Only PostgreSQL dies; Patroni is there to see it."""
    pids = cluster.processes(node)
    cluster.signal([pid for pid in pids if "postgres" in _name(pid)], signal.SIGKILL)
    time.sleep(AFTER)


def freeze(cluster: Cluster, node: int) -> None:
    """The machine stands still for longer than its lease and then goes on as if nothing had been."""
    pids = cluster.processes(node)
    cluster.signal(pids, signal.SIGSTOP)
    time.sleep(FROZEN)
    cluster.signal(pids, signal.SIGCONT)
    time.sleep(AFTER)


def switch(cluster: Cluster, node: int) -> None:
    """Somebody asks for another primary, for an update."""
    cluster.switch()
    time.sleep(AFTER)


FAULTS = {each.__name__: each for each in (switch, crash, kill, freeze)}


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text()
    except OSError:
        return ""


class Pressing:
    """The senders."""

    def __init__(self, url: str):
        self._store = open_store(url)
        self._store.prepare([ROWS])
        self._writer = Writer(self._store)
        self.acknowledged: list[tuple[float, str]] = []
        self.refused = 0
        self._over = False

    async def during(self, fault) -> None:
        """Send while ``fault`` runs in a thread of its own, and until each last row is acknowledged."""
        senders = [asyncio.create_task(self._send()) for _ in range(SENDERS)]
        await asyncio.sleep(BEFORE)
        await asyncio.to_thread(fault)
        self._over = True
        await asyncio.gather(*senders)
        self._store.close()

    async def _send(self) -> None:
        while not self._over:
            row = {"id": secrets.token_hex(16), "text": "x" * 300}
            while not await self._put(row):
                await asyncio.sleep(0.2)
            self.acknowledged.append((time.monotonic(), row["id"]))
            await asyncio.sleep(0.005)

    async def _put(self, row: dict) -> bool:
        try:
            await self._writer.put([("rehearsal", row)])
        except StoreUnavailable:
            self.refused += 1
            return False
        return True

    def longest_gap(self) -> float:
        """Seconds between two answers that followed each other, at most."""
        times = [moment for moment, _ in self.acknowledged]
        return max(later - earlier for earlier, later in pairwise(times))


def rehearse(cluster: Cluster, name: str) -> int:
    """Do one fault under load; gives how many acknowledged rows are missing."""
    cluster.wait_until_whole()
    node, pressing = cluster.primary(), Pressing(cluster.url)
    asyncio.run(pressing.during(lambda: FAULTS[name](cluster, node)))
    cluster.wait_until_whole()
    with closing(open_store(cluster.url)) as store:
        there = {row["id"] for row in store.find("rehearsal")}
    missing = sum(id not in there for _, id in pressing.acknowledged)
    print(f"{name}: primary {node} to {cluster.primary()}, {len(pressing.acknowledged)} acknowledged, "
          f"{missing} missing, {pressing.refused} refused and sent again, "
          f"longest gap {pressing.longest_gap():.1f} s", flush=True)  # fmt: skip
    return missing


def main() -> int:
    """Start the nodes, do the faults, stop the nodes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("faults", nargs="*", metavar="FAULT", help=f"which of {', '.join(FAULTS)}; all without")
    parser.add_argument("--patroni", required=True, help="the program of an environment with Patroni 4 or newer")
    parser.add_argument("--postgres", required=True, help="the folder with PostgreSQL's programs")
    parser.add_argument("--user", help="who runs PostgreSQL, when this is started by root")
    wanted = parser.parse_args()
    told = subprocess.run([wanted.patroni, "--version"], check=True, capture_output=True, text=True).stdout.strip()
    print(told)
    if int(told.split()[-1].split(".")[0]) < 4:
        print("Patroni 3 may lose acknowledged rows when a frozen primary wakes: install 4 or newer", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="ha", ignore_cleanup_errors=True) as folder:
        cluster = Cluster(Path(folder) / "nodes", wanted.patroni, wanted.postgres, wanted.user)
        Path(folder).chmod(0o755)
        try:
            cluster.start()
            return 1 if sum(rehearse(cluster, name) for name in wanted.faults or FAULTS) else 0
        finally:
            cluster.stop()


if __name__ == "__main__":
    sys.exit(main())
