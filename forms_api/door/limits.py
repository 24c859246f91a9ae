"""Who may send at once and who must wait: room for many people behind one address, little for one script.

A district may share one address (mobile networks, a village office), so an address has sixty sends at once and one
more each minute: forty people within an hour pass. Above that nobody is turned away. A browser proves work, and each
proof from the same address makes the next one dearer; whoever has no JavaScript waits with a signed ticket. Everything
is in this process's memory and is gone with it: no address reaches the disk or a log. Time is the machine's running
time, so a clock that is set forward or back changes nothing.
"""

import hmac
import ipaddress
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

KEPT = 20_000  # addresses remembered; the one that was quiet longest is forgotten first
WAIT = 20  # seconds of the slower path
GOOD_FOR = 3600  # seconds a ticket holds once its wait is over
EASIEST, STEP = 16, 32  # 2**16 tries (tests/bench/bench_limits.py says how long); twice as many after every 32 proofs


@dataclass(frozen=True)
class Lane:
    """``at_once`` sends in one go, then one every ``every`` seconds."""

    name: str
    every: float
    at_once: int


FREE = Lane("free", 60, 60)  # an address
SLOW = Lane("slow", 10, 6)  # those of an address who have waited
PROVED = Lane("proved", 60, 0)  # only counted: how dear the next proof is
HUB = Lane("hub", 0.1, 600)  # all addresses together, so that many of them are no way round the others


@dataclass(frozen=True)
class Wait:
    """Not yet. ``seconds`` until ``ticket`` lets its holder pass, or until a send without one may (``free_in``)."""

    seconds: int
    ticket: str
    free_in: int


class Limits:
    """One for the whole process. ``clock`` gives seconds that only ever grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, free: Lane = FREE):
        self._clock = clock
        self._free = free
        self._key = secrets.token_bytes(32)
        self._lanes: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._used: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def admit(self, address: str, ticket: str = "", work: str = "", strict: bool = False) -> Wait | None:
        """None when whoever is at ``address`` may send now, else how to get through; ``strict``: not without that."""
        who, now = network_of(address), self._clock()
        with self._lock:
            if not strict and self._free_for(who, now):
                self._take(who, self._free, now)
                self._take("", HUB, now)
                return None
            ripe = self._read(ticket, who, now)
            if ripe is not None:
                if proves(ticket, work):
                    return self._spend(ticket, who, PROVED, now)
                if now >= ripe and not self._late(who, SLOW, now):
                    return self._spend(ticket, who, SLOW, now)
            if ripe is None or now >= ripe:
                ripe = now + WAIT
                ticket = self._ticket(who, ripe, now)
            free_in = max(self._late(who, self._free, now), self._late("", HUB, now))
            return Wait(_up(ripe - now), ticket, _up(free_in))

    def has_room(self, address: str) -> bool:
        """Whether whoever is at ``address`` would pass without waiting."""
        who, now = network_of(address), self._clock()
        with self._lock:
            return self._free_for(who, now)

    def give_back(self, address: str) -> None:
        """What ``address`` did was right and does not count."""
        lane = (network_of(address), self._free.name)
        with self._lock:
            if lane in self._lanes:
                self._lanes[lane] -= self._free.every

    def _spend(self, ticket: str, who: str, lane: Lane, now: float) -> None:
        self._take(who, lane, now)
        self._used[ticket] = now + WAIT + GOOD_FOR
        while self._used and (len(self._used) > KEPT or next(iter(self._used.values())) < now):
            self._used.popitem(last=False)

    def _free_for(self, who: str, now: float) -> bool:
        return not self._late(who, self._free, now) and not self._late("", HUB, now)

    def _late(self, who: str, lane: Lane, now: float) -> float:
        """Seconds until ``who`` has room in ``lane`` (generic cell rate algorithm, ITU-T I.371 annex A)."""
        due = self._lanes.get((who, lane.name), now)
        return max(0.0, due - now - lane.every * (lane.at_once - 1))

    def _take(self, who: str, lane: Lane, now: float) -> None:
        due = max(self._lanes.pop((who, lane.name), now), now)
        self._lanes[who, lane.name] = due + lane.every
        while len(self._lanes) > KEPT:
            self._lanes.popitem(last=False)

    def _ticket(self, who: str, ripe: float, now: float) -> str:
        proofs = max(0.0, self._lanes.get((who, PROVED.name), now) - now) / PROVED.every
        open_part = f"{int(ripe * 1000):x}.{EASIEST + int(proofs / STEP)}.{secrets.token_hex(8)}"
        return f"{open_part}.{self._mark(open_part, who)}"

    def _read(self, ticket: str, who: str, now: float) -> float | None:
        """When ``ticket`` lets ``who`` pass; None for one that is not ours, not theirs, used or too old."""
        open_part, _, mark = ticket.rpartition(".")
        true = self._mark(open_part, who)
        if not hmac.compare_digest(mark.encode(), true.encode()) or ticket in self._used:
            return None
        ripe = int(open_part.split(".")[0], 16) / 1000
        return ripe if now <= ripe + GOOD_FOR else None

    def _mark(self, open_part: str, who: str) -> str:
        return hmac.new(self._key, f"{open_part} {who}".encode(), sha256).hexdigest()[:32]


def proves(ticket: str, work: str) -> bool:
    """Whether SHA-256 of the ticket's mark, a colon and ``work`` begins with as many zero bits as the ticket asks.

    Costs one hash. Ask only about a ticket whose mark is known to be ours.
    """
    if not work.isascii() or not work.isdecimal() or len(work) > 15:
        return False
    _, bits, _, mark = ticket.split(".")
    return int.from_bytes(sha256(f"{mark}:{work}".encode()).digest(), "big") >> (256 - int(bits)) == 0


def network_of(address: str) -> str:
    """What counts as one sender: an IPv4 address, or the /64 that one IPv6 line is given (RFC 6177).

    What is no address (a Unix socket's peer without a web server before it) is one sender of its own.
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "?"
    if parsed.version == 6 and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return str(parsed if parsed.version == 4 else ipaddress.ip_network((parsed, 64), strict=False))


def _up(seconds: float) -> int:
    return max(1, int(-(-seconds // 1)))
