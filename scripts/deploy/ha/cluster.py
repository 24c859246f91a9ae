"""Three nodes of etcd, Patroni and PostgreSQL, and HAProxy, on this machine's loopback, for the rehearsal."""

import json
import os
import signal
import subprocess
import time
import urllib.request
from pathlib import Path
from string import Template

HERE = Path(__file__).resolve().parent
NODES = (1, 2, 3)
FRONT, POSTGRES, API, CLIENT, PEER = 5470, 5470, 8470, 23790, 23800  # node 2's PostgreSQL is at 5472, and so on
PASSWORD = "rehearsal"  # noqa: S105 - for servers that listen on the loopback for some minutes


class Cluster:
    """``folder`` must be empty; ``user`` is the system's user that runs PostgreSQL, None for oneself."""

    def __init__(self, folder: Path, patroni: str, postgres_bin: str, user: str | None):
        self.url = f"postgresql://postgres:{PASSWORD}@127.0.0.1:{FRONT}/postgres"
        self._folder, self._patroni, self._bin, self._user = folder, patroni, postgres_bin, user
        self._processes: dict[str, subprocess.Popen] = {}
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)
        for name in ("logs", *(f"node{number}" for number in NODES)):
            (folder / name).mkdir(mode=0o700)
        if user:
            subprocess.run(["chown", "-R", user, folder], check=True)
        self._write()

    def start(self) -> None:
        """Start everything; returns when there is a primary and both others follow it."""
        peers = ",".join(f"e{each}=http://127.0.0.1:{PEER + each}" for each in NODES)
        for each in NODES:
            client, peer = (f"http://127.0.0.1:{base + each}" for base in (CLIENT, PEER))
            self._run(f"etcd{each}", [
                "etcd", "--name", f"e{each}", "--data-dir", self._folder / f"node{each}" / "etcd",
                "--listen-client-urls", client, "--advertise-client-urls", client, "--listen-peer-urls", peer,
                "--initial-advertise-peer-urls", peer, "--initial-cluster", peers, "--initial-cluster-state", "new",
                "--heartbeat-interval", "250", "--election-timeout", "2500",
            ])  # fmt: skip
        for each in NODES:
            self.start_node(each)
        self._run("haproxy", ["haproxy", "-f", self._folder / "haproxy.cfg", "-db"])
        self.wait_until_whole()

    def start_node(self, number: int) -> None:
        """Start Patroni, which starts PostgreSQL."""
        self._run(f"patroni{number}", [self._patroni, self._folder / f"patroni{number}.yml"])

    def members(self) -> list[dict]:
        """What Patroni says of the nodes: name, role, state."""
        for each in NODES:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{API + each}/cluster", timeout=2) as answer:
                    return json.load(answer)["members"]
            except (OSError, ValueError):
                continue
        return []

    def primary(self) -> int:
        """The number of the primary, 0 when there is none."""
        return next((int(each["name"][-1]) for each in self.members() if each["role"] == "leader"), 0)

    def wait_until_whole(self, seconds: float = 180) -> None:
        """Return when one node leads and two follow, one of them in step. Raises TimeoutError."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            roles = sorted(each["role"] for each in self.members() if each["state"] in ("running", "streaming"))
            if roles == ["leader", "replica", "sync_standby"]:
                return
            time.sleep(0.5)
        raise TimeoutError(f"the nodes did not find together: {self.members()}")

    def processes(self, number: int) -> list[int]:
        """Every process of a node but etcd: Patroni, PostgreSQL and their children."""
        roots = {self._processes[f"patroni{number}"].pid}
        file = self._folder / f"node{number}" / "data" / "postmaster.pid"
        if file.exists():
            roots.add(int(file.read_text().split()[0]))
        parents = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
        found = {pid for pid in roots if pid in parents}
        while more := {pid for pid, parent in parents.items() if parent in found} - found:
            found |= more
        return sorted(found)

    def signal(self, pids: list[int], what: signal.Signals) -> None:
        """Send a signal to processes that may be gone already."""
        for pid in pids:
            try:
                os.kill(pid, what)
            except ProcessLookupError:
                continue

    def switch(self) -> None:
        """Ask Patroni to make another node the primary."""
        tool, settings = Path(self._patroni).with_name("patronictl"), self._folder / "patroni1.yml"
        subprocess.run([tool, "-c", settings, "switchover", "--force"], check=True, capture_output=True)

    def stop(self) -> None:
        """End every process that was started here."""
        for each in NODES:
            if f"patroni{each}" in self._processes:
                self.signal(self.processes(each), signal.SIGKILL)
        for process in self._processes.values():
            process.kill()
            process.wait()

    def _run(self, name: str, command: list) -> None:
        with open(self._folder / "logs" / f"{name}.log", "ab") as log:
            self._processes[name] = subprocess.Popen(
                command, stdout=log, stderr=log, user=self._user, group=self._user, start_new_session=True,
                extra_groups=[] if self._user else None, cwd=self._folder,
            )  # fmt: skip

    def _write(self) -> None:
        etcd = ",".join(f"127.0.0.1:{CLIENT + each}" for each in NODES)
        words = {role: PASSWORD for role in ("superuser_password", "replicator_password", "rewinder_password",
                                           "restapi_password")}  # fmt: skip
        for each in NODES:
            place = self._folder / f"node{each}"
            self._fill("patroni.yml", f"patroni{each}.yml", words | {
                "name": f"hub{each}", "address": "127.0.0.1", "port": POSTGRES + each, "api_port": API + each,
                "etcd": etcd, "data": place / "data", "bin": self._bin, "pgpass": place / "pgpass",
                "network": "127.0.0.1/32", "sockets": place, "watchdog": "off",
            })  # fmt: skip
        nodes = {f"node{each}": f"127.0.0.1:{POSTGRES + each}" for each in NODES}
        nodes |= {f"api{each}": API + each for each in NODES}
        self._fill("haproxy.cfg", "haproxy.cfg", nodes | {"front": FRONT})

    def _fill(self, source: str, target: str, words: dict) -> None:
        text = Template((HERE / source).read_text(encoding="utf-8")).substitute(words)
        (self._folder / target).write_text(text, encoding="utf-8")
        (self._folder / target).chmod(0o644)
