"""What pure functions of text gave in earlier builds, found again by what they were given.

The frame is the hash of our code and words. tests/test_kept.py compares whole builds with and without what is kept.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path

from scripts.site.compress import KEPT
from scripts.site.kept import frame, load, save

_STORES: dict[str, "Results"] = {}  # those of the build that is running


class Results:
    """The results in one file; only what a build used stays in it."""

    def __init__(self, file: Path, frame: str):
        self._file, self._frame = file, frame
        self._before, self._now = load(file, frame), {}

    def of(self, function: Callable, *given: str):
        """What ``function`` gives for these texts, or gave."""
        whole = hashlib.sha256(function.__qualname__.encode())
        for each in given:
            whole.update(f" {len(each)} ".encode() + each.encode())
        key = whole.digest()
        if key not in self._now:
            self._now[key] = self._before[key] if key in self._before else function(*given)
        return self._now[key]

    def save(self) -> None:
        """Keep what this build used, and nothing else."""
        if self._now.keys() != self._before.keys():
            save(self._file, self._frame, self._now)


@contextmanager
def kept_in(folder: Path = KEPT) -> Iterator[None]:
    """While this holds, what ``remembered`` functions give is looked up under ``folder`` first, then kept there."""
    now = frame()
    _STORES.update({store: Results(folder / f"{store}.pickle", now) for store in ("steps", "many")})
    try:
        yield
        for each in _STORES.values():
            each.save()
    finally:
        _STORES.clear()


def remembered(function: Callable, store: str = "steps") -> Callable:
    """A pure function of texts that is not worked out twice. Thousands of pages have a ``store`` of their own, so that
    an edit of another page does not write it again."""

    @wraps(function)
    def found(*given: str):
        return _STORES[store].of(function, *given) if store in _STORES else function(*given)

    return found
