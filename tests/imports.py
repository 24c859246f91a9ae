"""The importer over a copy of our tables, as its tests run it."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from scripts.lists import command
from scripts.lists.command import Job
from scripts.lists.table import read_table
from scripts.site.sentences import all_words

from .lists_files import ROOT

WORDS = all_words()
DAY, LATER, TODAY = "2026-09-17", "2026-11-20", "2026-11-23"  # of our list, of a newer one, and of the test


@dataclass(frozen=True)
class Outcome:
    code: int
    said: str
    data: Path
    before: bytes
    after: bytes
    saved: str

    def rows(self, kind: str = "agencies") -> dict[str, dict[str, str]]:
        return {row["id"]: row for row in read_table(self.data / "agencies" / f"{kind}.csv")[1]}

    def count(self, part: str) -> int:
        """The number that stands after a part's title, such as «Bertambah»."""
        return int(next(line for line in self.said.splitlines() if line.startswith(f"{part}: ")).rpartition(" ")[2])


def copy_of_data(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    if not data.exists():
        (data / "agencies").mkdir(parents=True)
        for path in (ROOT / "data" / "agencies").iterdir():
            shutil.copy(path, data / "agencies")
    return data


def bring_in(tmp_path: Path, capsys, *files: Path, on: str = LATER, write: bool = True, language: str = "id",
             sanctions: bool = False, **more) -> Outcome:  # fmt: skip
    """Import ``files`` into a copy of our tables that lives in ``tmp_path`` and is kept from call to call."""
    data, kind = copy_of_data(tmp_path), "sanctions" if sanctions else "agencies"
    table = data / "agencies" / f"{kind}.csv"
    before = table.read_bytes()
    known = {"source": None, "part": False, "whole": False, "decided": None} | more
    job = Job(list(files), kind, on, TODAY, write=write, data=data, reviews=tmp_path / "reviews", **known)
    code = command.run(job, WORDS, language)
    saved = (tmp_path / "reviews" / f"{kind}-{on}.txt").read_text(encoding="utf-8")
    return Outcome(code, capsys.readouterr().out, data, before, table.read_bytes(), saved)
