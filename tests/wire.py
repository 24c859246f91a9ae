"""A wire between a browser and a server that counts what passes, and can be cut, slowed or broken half-way.

A browser's own tools miss what its service worker fetches, so bytes are counted here, headers and all.
"""

import re
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field


@dataclass
class Answer:
    """One request, and what came back for it. ``size`` is in bytes on the wire."""

    path: str
    asked: str
    raw: bytes = field(default=b"", repr=False)

    @property
    def size(self) -> int:
        return len(self.raw)

    @property
    def status(self) -> int:
        return int(self.raw[9:12] or 0)


class Wire:
    """Listens on a port of its own and passes everything on to the server at ``address``.

    ``delay`` holds back every answer (seconds); ``ill`` answers in the server's place that it is not well. ``break_at`` = (pattern, bytes) hangs up after so many bytes of an
    answer whose path matches. ``cut`` closes the port and all connections; ``mend`` opens the same port again.
    """

    def __init__(self, address: str):
        self._to = ("127.0.0.1", int(address.rsplit(":", 1)[1]))
        self._open, self._listener, self._port = set(), None, 0
        self.answers: list[Answer] = []
        self.delay, self.break_at, self.ill = 0.0, None, False
        self.mend()
        self.address = f"http://127.0.0.1:{self._port}"

    def mend(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self._port))
        self._port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=[self._listener], daemon=True).start()

    def cut(self) -> None:
        _close(self._listener, *list(self._open))

    def wait(self, pattern: str, limit: float = 15) -> None:
        """Until the answer for a path that matches has begun."""
        end = time.monotonic() + limit
        while not any(re.search(pattern, each.path) and each.size for each in self.answers):
            assert time.monotonic() < end, f"nobody asked for {pattern}: {[each.path for each in self.answers]}"
            time.sleep(0.02)

    def take(self) -> list[Answer]:
        """What passed since the last time, once nothing has passed for half a second."""
        last, since = -1, time.monotonic()
        while time.monotonic() - since < 0.5:
            now = len(self.answers) + sum(each.size for each in self.answers)
            if now != last:
                last, since = now, time.monotonic()
            time.sleep(0.02)
        taken, self.answers = self.answers, []
        return taken

    def _accept(self, listener) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            far = socket.create_connection(self._to)
            self._open |= {near, far}
            asked: list[Answer] = []
            for job in (self._ask, self._answer):
                threading.Thread(target=job, args=[near, far, asked], daemon=True).start()

    def _ask(self, near, far, asked) -> None:
        with suppress(OSError):
            while data := near.recv(65536):
                if found := re.match(rb"[A-Z]+ (\S+) HTTP/1.1\r\n", data):
                    asked.append(Answer(found[1].decode(), data.decode("latin-1")))
                    self.answers.append(asked[-1])
                far.sendall(data)
        self._end(near, far)

    def _answer(self, near, far, asked) -> None:
        with suppress(OSError):
            while data := far.recv(65536):
                answer = asked[-1]
                if not answer.raw:
                    time.sleep(self.delay)
                if self.ill:
                    data = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 3\r\nConnection: close\r\n\r\nill"
                at = self.break_at  # once: a test takes it away while an answer passes
                broken = at and re.search(at[0], answer.path)
                data = data[: at[1] - answer.size] if broken else data
                answer.raw += data
                near.sendall(data)
                if self.ill or (broken and answer.size >= at[1]):
                    break
        self._end(near, far)

    def _end(self, *ends) -> None:
        _close(*ends)
        self._open -= set(ends)


def _close(*ends) -> None:
    for each in ends:
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
        each.close()
