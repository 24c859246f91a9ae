"""A packed copy beside every text file of the site: .br (RFC 7932) and .gz (RFC 1952), as small as they get.

A web server sends these as they are, so nothing is packed while a reader waits. Packing at this level costs more than
building the pages: what came out is kept in .hub/kept/ under the hash of what went in, and only what changed is
packed again. The same text always gives the same bytes.
"""

import gzip
import hashlib
import os
import time
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import brotli

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / ".hub" / "kept"
KEPT_DAYS, DAY = 30, 24 * 3600  # what no build has asked for in that time goes; seconds of a day
# What is text. Everything else (pictures, fonts) is packed already.
TEXT = frozenset((".html", ".css", ".js", ".json", ".webmanifest", ".svg", ".xml", ".txt"))
TINY = 256  # bytes; below this the answer's headers weigh more than anything saved


def compress(site: Path, kept: Path = KEPT) -> None:
    """Write both copies of every text file under ``site`` of at least TINY bytes, with its own time of change, and
    remove copies of anything else."""
    wanted = set()
    for path in sorted(site.rglob("*")):
        if path.suffix in TEXT and path.is_file() and path.stat().st_size >= TINY:
            data = path.read_bytes()
            wanted |= {_beside(path, ".br", packed(data, kept)), _beside(path, ".gz", zipped(data, kept))}
    for ending in (".br", ".gz"):
        for path in set(site.rglob("*" + ending)) - wanted:
            path.unlink()
    _forget(kept)


def packed(data: bytes, kept: Path = KEPT) -> bytes:
    """``data`` in Brotli's highest quality, from what is kept where that is possible. Its window holds the whole
    file and no more, which spares the phone memory; at most 16 MiB (24 bits), which is what browsers read."""
    window = min(24, max(10, (len(data) + 16).bit_length()))
    make = partial(brotli.compress, data, quality=11, lgwin=window)
    return _made_once(kept, f"{brotli.__version__} ", data, ".br", make)


def zipped(data: bytes, kept: Path = KEPT) -> bytes:
    """``data`` as gzip, from what is kept where that is possible. No time is in it: it would make each build differ."""
    return _made_once(kept, f"{zlib.ZLIB_RUNTIME_VERSION} ", data, ".gz", partial(gzip.compress, data, 9, mtime=0))


def _made_once(kept: Path, by: str, data: bytes, ending: str, make: Callable[[], bytes]) -> bytes:
    """What ``make`` gives, or gave in an earlier build; ``by`` is the version of what packs."""
    file = kept / (hashlib.sha256(by.encode() + data).hexdigest() + ending)
    if file.is_file():
        if file.stat().st_mtime < time.time() - DAY:  # a mark of use each day is enough
            os.utime(file)
        return file.read_bytes()
    made = make()
    kept.mkdir(parents=True, exist_ok=True)
    half = file.with_suffix(f"{ending}.{os.getpid()}")
    half.write_bytes(made)
    half.replace(file)  # another build may be reading
    return made


def _beside(path: Path, ending: str, made: bytes) -> Path:
    copy = path.with_name(path.name + ending)
    copy.write_bytes(made)
    times = path.stat()
    # A server takes a copy that is older than its file to be an earlier text.
    os.utime(copy, ns=(times.st_atime_ns, times.st_mtime_ns))
    return copy


def _forget(kept: Path) -> None:
    long_ago = time.time() - KEPT_DAYS * DAY
    for file in os.scandir(kept) if kept.is_dir() else ():
        if file.name.endswith((".br", ".gz")) and file.stat().st_mtime < long_ago:
            Path(file).unlink(missing_ok=True)
