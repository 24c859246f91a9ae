"""Sends forms over many connections as fast as the server answers, from a process of its own.

``python -m tests.bench.load PORT PATH CONNECTIONS SECONDS`` reads a form's body from standard input, sends it again and
again with a new token each time, and prints as JSON: answers a second, median and 99th percentile in ms, and how often
each status came. Raw sockets on purpose: a client library would be slower than the server it is to measure.
"""

import asyncio
import json
import secrets
import statistics
import sys
import time
from collections import Counter
from contextlib import suppress

GOOD = (b"200", b"201", b"303")


class Load:
    """``connections`` senders on one port. ``tokens`` are those of the requests that were answered well."""

    def __init__(self, port: int, path: str, body: bytes, connections: int, headers: str = ""):
        self.port, self.connections, self._body = port, connections, body
        length = len(body) + len("&token=") + 32
        self._head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {length}\r\n{headers}\r\n"
        ).encode()
        self.tokens: list[str] = []
        self.times: list[float] = []
        self.statuses: Counter = Counter()
        self.over = False

    def request(self) -> tuple[bytes, str]:
        """The next request and its token."""
        token = secrets.token_hex(16)
        return self._head + self._body + b"&token=" + token.encode(), token

    def note(self, status: bytes, token: str, seconds: float) -> None:
        """Remember one answer."""
        self.statuses[status.decode()] += 1
        self.times.append(seconds)
        if status in GOOD:
            self.tokens.append(token)

    async def run(self, seconds: float, again: bool = True) -> None:
        """Send for ``seconds``; with ``again``, a connection that the server closed is opened anew."""
        asyncio.get_running_loop().call_later(seconds, self._end)
        await asyncio.gather(*(self._one(again) for _ in range(self.connections)))

    def _end(self) -> None:
        self.over = True

    async def _one(self, again: bool) -> None:
        loop = asyncio.get_running_loop()
        while not self.over:
            with suppress(OSError):
                _, sender = await loop.create_connection(lambda: Sender(self), "127.0.0.1", self.port)
                await sender.closed
            if not again:
                return

    def told(self, seconds: float) -> dict:
        """The figures."""
        many = len(self.times) > 1
        times = statistics.quantiles(self.times, n=100) if many else [0] * 99
        return {"rate": len(self.tokens) / seconds, "p50": times[49] * 1000, "p99": times[98] * 1000,
                "statuses": dict(self.statuses)}  # fmt: skip


class Sender(asyncio.Protocol):
    """One connection: a request, its whole answer, the next request."""

    def __init__(self, load: Load):
        self._load = load
        self._read = b""
        self.closed = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self._transport = transport
        self._send()

    def _send(self) -> None:
        if self._load.over:
            self._transport.close()
            return
        request, self._token = self._load.request()
        self._transport.write(request)
        self._begun = time.perf_counter()

    def data_received(self, data):
        self._read += data
        head, end, body = self._read.partition(b"\r\n\r\n")
        if not end:
            return
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        if len(body) >= length:
            self._load.note(head[9:12], self._token, time.perf_counter() - self._begun)
            self._read = b""
            self._send()

    def connection_lost(self, _):
        self.closed.set_result(None)


def main() -> None:
    """Read the body, send, print the figures."""
    port, path, connections, seconds = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
    load = Load(port, path, sys.stdin.buffer.read(), connections, "".join(f"{line}\r\n" for line in sys.argv[5:]))
    try:
        from uvloop import run
    except ImportError:
        run = asyncio.run
    run(load.run(seconds))
    print(json.dumps(load.told(seconds)))


if __name__ == "__main__":
    main()
