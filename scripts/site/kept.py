"""What was worked out in an earlier build, used again while everything it was made from is the same.

Each result remembers the text it was made from and the tables that making it read. What any page may depend on
(our code and templates, words, schemas, forms, all that is installed, the day of the build) is one hash, the frame:
when it changes, nothing is used again. So a build with what is kept gives the same bytes as one without;
tests/test_kept.py compares them.
"""

import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from scripts.site.rows import Tables

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / ".hub" / "kept" / "pages.pickle"
_CODE = ("scripts", "forms_api", "mkdocs.yml")
_WRITTEN_IN = {".py", ".html", ".js", ".toml", ".yml", ".yaml"}


class Kept:
    """The results of one build after another, in one file. ``frame`` is what all of them depend on."""

    def __init__(self, tables: Tables, docs: Path, frame: str, file: Path = FILE):
        self.tables, self.docs, self.frame, self.file = tables, docs, frame, file
        self._before, self._now, self._digests = load(file, frame), {}, {}

    def made(self, name: str, source: str, make: Callable[[], str], besides: Iterable[str] = ()) -> str:
        """What ``make`` gives, or gave when ``source`` and the tables that it read were the same as now.

        ``besides`` names tables of which ``source`` holds all that matters.
        """
        source = _hash(source)
        there = self._before.get(name)
        if not there or there[0] != source or any(self._digest(table) != was for table, was in there[1].items()):
            outside, self.tables.asked = self.tables.asked, set()
            result = make()
            there = (source, {each: self._digest(each) for each in self.tables.asked - set(besides)}, result)
            self.tables.asked |= outside
        self._now[name] = there
        return there[2]

    def save(self) -> None:
        """Keep what this build used, and nothing else."""
        if self._now != self._before:
            save(self.file, self.frame, self._now)

    def _digest(self, name: str) -> str:
        if name not in self._digests:
            self._digests[name] = _hash(*self._texts(name))
        return self._digests[name]

    def _texts(self, name: str) -> list[bytes]:
        if name == Tables.PAGES:
            return [path.read_bytes() for path in sorted(self.docs.rglob("*.md"))]
        return [(self.tables.data / self.tables.resources[name]["path"]).read_bytes()]


def frame(data: Path | None = None, *more: str) -> str:
    """The hash of what every page depends on: code, templates, words, libraries, the schemas and forms of ``data``,
    and ``more``."""
    files = [path for each in _CODE for path in _files(ROOT / each)] + [*(data.rglob("*.yaml") if data else ())]
    return _hash(*(path.read_bytes() for path in sorted(files)), sys.version, *libraries(), *more)


def libraries() -> list[str]:
    """Everything that Python finds installed, as the folders that an installer leaves say it: name and version. All of
    it, because a list of what pages depend on is forgotten when the next library comes."""
    places = [place for place in dict.fromkeys(sys.path) if os.path.isdir(place)]
    return sorted(name for place in places for name in os.listdir(place) if name.endswith((".dist-info", ".egg-info")))


def _files(place: Path) -> list[Path]:
    return [place] if place.is_file() else [path for path in place.rglob("*") if path.suffix in _WRITTEN_IN]


def save(file: Path, frame: str, results: dict) -> None:
    """Write what is kept, at once: another build may be reading."""
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name(f"{file.name}.{os.getpid()}")
    half.write_bytes(pickle.dumps((frame, results), protocol=5))
    half.replace(file)


def load(file: Path, frame: str) -> dict:
    """What an earlier build kept under the same frame. Anything unreadable is nothing: it is only made again."""
    try:
        made_under, results = pickle.loads(file.read_bytes())  # noqa: S301 - our own file
    except (OSError, EOFError, ValueError, TypeError, pickle.UnpicklingError, AttributeError, ImportError):
        return {}
    return results if made_under == frame else {}


def _hash(*parts: str | bytes) -> str:
    whole = hashlib.sha256()
    for part in parts:
        part = part.encode() if isinstance(part, str) else part
        whole.update(f"{len(part)} ".encode() + part)
    return whole.hexdigest()
