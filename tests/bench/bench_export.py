"""What an export costs: 100,000 and 1,000,000 sealed requests of three years as each kind of file, time and memory
above idle.

Run: ``python -m tests.bench.bench_export [ROWS …]``. Each export runs in a process of its own, which opens every row as
the desk does and drops what it makes as a browser takes it; its peak is compared with what it had before it began.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import psutil

from forms_api.case.cases import Cases
from forms_api.desk import export
from forms_api.forms import files
from forms_api.forms.tables import load_forms
from forms_api.keys.team import Team
from forms_api.pages.render import Renderer
from forms_api.store import open_store
from tests import cast

DATA = Path(__file__).resolve().parents[2] / "data"
AT_ONCE = 5000
YEARS = timedelta(days=3 * 365)


def opened(url: str) -> tuple[Cases, Team]:
    """The hub's cases over the database at ``url``."""
    store = open_store(url)
    team = Team(store)
    return Cases(store, load_forms(DATA), "Asia/Jakarta", team), team


def fill(url: str, rows: int) -> str:
    """Send ``rows`` requests, spread evenly over the last three years. Gives the paper key."""
    cases, team = opened(url)
    now, form = datetime.now(UTC), load_forms(DATA)["help"]
    paper = team.set_up(now)
    values, _ = form.check({name: text for name, text in cast.help_request().items() if name != "language"})
    for begun in range(0, rows, AT_ONCE):
        batches = []
        for number in range(begun, min(begun + AT_ONCE, rows)):
            story = {"story": f"{number}: {cast.STORY} " * 4}
            at = now - YEARS + YEARS * (number / rows)
            batches.append(cases.receive(form, values | story, "id", number.to_bytes(32), at))
            cases.received(batches[-1])
        cases._store.write(batches)
    return paper


def run(url: str, paper: str, kind: str) -> None:
    """One export, in a process of its own; prints what it cost."""
    cases, team = opened(url)
    opener, words = team.by_paper(paper), Renderer(DATA).words
    sight = cases.sight(datetime.now(UTC))
    chosen = {"form": "help"}
    wanted = files.Wanted(
        load_forms(DATA)["help"], partial(sight.find, chosen), partial(sight.count, chosen),
        partial(cases.opened, opener=opener), "id", "form=help", datetime.now(ZoneInfo("Asia/Jakarta")), cases.local,
        words, "budi", "report",
    )  # fmt: skip
    idle, begun = psutil.Process().memory_info().rss / 2**20, time.perf_counter()
    size = 0
    if kind in ("csv", "excel"):
        lines = files.csv_lines(wanted) if kind == "csv" else files.excel_csv_lines(wanted)
        size = sum(len(line.encode()) for line in lines)
    else:
        size = sum(map(len, export.xlsx([wanted]) if kind == "xlsx" else files.package([wanted])))
    used = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    print(f"  {kind}: {time.perf_counter() - begun:.1f} s elapsed, {used:.1f} s of processor in all, "
          f"{size / 2**20:.0f} MiB, peak {_peak() - idle:.0f} MiB above {idle:.0f} MiB before", flush=True)  # fmt: skip


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Fill a database for each number of rows, and export it as each kind of file."""
    for rows in map(int, sys.argv[1:] or ("100000", "1000000")):
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{folder}/forms.sqlite"
            begun = time.perf_counter()
            paper = fill(url, rows)
            size = os.path.getsize(f"{folder}/forms.sqlite") / 2**20
            print(f"{rows} rows, {size:.0f} MiB sealed, filled in {time.perf_counter() - begun:.0f} s", flush=True)
            for kind in ("csv", "excel", "zip", "xlsx"):
                subprocess.run([sys.executable, "-m", __spec__.name, "--one", url, paper, kind], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        run(*sys.argv[2:])
    else:
        main()
