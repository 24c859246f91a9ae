"""How many stored requests a second, what a receipt costs, and how much memory the API takes.

Run: ``python -m tests.bench.bench_submit``. Everything is on this machine's loopback and in a temporary folder.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.request import Request, urlopen

from forms_api import receipts
from tests import cast

ROOT = Path(__file__).resolve().parents[2]
PORT, SECONDS, SENDERS = 8899, 5, 8


def memory(pid: int) -> float:
    """Resident memory in MiB, as Linux tells it."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def send(url: str, body: bytes | None, until: float, times: list[float]) -> None:
    """Ask again and again until the time is up, noting how long each answer took."""
    request = Request(url, body, {"Content-Type": "application/json"})
    while time.perf_counter() < until:
        begun = time.perf_counter()
        urlopen(request).read()
        times.append(time.perf_counter() - begun)


def measure(name: str, url: str, body: bytes | None) -> None:
    """Print requests a second, median and 99th percentile for one address."""
    times: list[float] = []
    until = time.perf_counter() + SECONDS
    senders = [threading.Thread(target=send, args=(url, body, until, times)) for _ in range(SENDERS)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    slow = statistics.quantiles(times, n=100)[98]
    print(f"{name}: {len(times) / SECONDS:.0f} a second, median {statistics.median(times) * 1000:.1f} ms, "
          f"p99 {slow * 1000:.1f} ms")  # fmt: skip


def main() -> None:
    """Start the server, measure, stop it."""
    begun = time.perf_counter()
    for _ in range(20):
        receipts.fingerprint("0" * 16, b"salt" * 4)
    print(f"one receipt's fingerprint: {(time.perf_counter() - begun) / 20 * 1000:.0f} ms")
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "FORMS_DATABASE_URL": f"sqlite:///{folder}/forms.sqlite"}
        server = subprocess.Popen(
            [sys.executable, "-m", "forms_api", "serve", "--port", str(PORT)], cwd=ROOT, env=environment
        )
        time.sleep(3)
        print(f"memory at rest: {memory(server.pid):.0f} MiB")
        body = json.dumps(cast.help_request()).encode()
        measure("nothing stored (follow-up page)", f"http://127.0.0.1:{PORT}/follow-up", None)
        measure("stored help request", f"http://127.0.0.1:{PORT}/forms/help", body)
        print(f"memory after that: {memory(server.pid):.0f} MiB")
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
