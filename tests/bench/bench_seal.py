"""What sealing costs: closing and opening, a sign-in, an officer who leaves.

Run: ``python -m tests.bench.bench_seal``. SQLite in a temporary folder. Processor time stands beside elapsed time,
because another program on the machine changes only the second.
"""

import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from forms_api.keys import seal
from forms_api.keys.team import Team
from forms_api.people.officers import Officers
from forms_api.store import Table, open_store
from tests import cast

RECORDS, YEAR = 100_000, 8760
RECORD = Table("help", {"id": str, "data_key": str, "sealed": str})


@contextmanager
def timed(name: str, count: int = 1):
    """Print how long the block took, and for each of ``count``."""
    begun, used = time.perf_counter(), time.process_time()
    yield
    elapsed, used = time.perf_counter() - begun, time.process_time() - used
    each = f", {used / count * 1e6:.1f} µs of processor each" if count > 1 else ""
    print(f"{name}: {elapsed:.2f} s elapsed, {used:.2f} s of processor{each}")


def opened(store, team, by) -> int:
    """Read and open every record, as an export does."""
    opener = team.opener(by.private)
    return sum(
        opener.open(row["sealed"], row["data_key"], f"help/{row['id']}")["name"] == "Siti" for row in store.find("help")
    )


def fill(store, team, hours: int) -> None:
    """100,000 records spread evenly over ``hours`` data keys, ids in no order of time."""
    now, answers, batches = datetime(2026, 1, 1, tzinfo=UTC), cast.help_request(), []
    for number in range(RECORDS):
        id = f"{number * 7919 % RECORDS:032x}"
        sealed, key, rows = team.seal(answers, f"help/{id}", now + timedelta(hours=number * hours // RECORDS))
        batches.append([("help", {"id": id, "data_key": key, "sealed": sealed}), *rows])
        team.stored(key)
    store.write(batches)


def main() -> None:
    """Measure and print."""
    key, answers = seal.new_key(), cast.help_request()
    with timed("closing 100,000 records in memory", RECORDS):
        closed = [seal.close(key, answers, "help/1") for _ in range(RECORDS)]
    with timed("opening them", RECORDS):
        for each in closed:
            seal.open_closed(key, each, "help/1")
    for hours in (1, 720, YEAR):
        with tempfile.TemporaryDirectory() as folder:
            measure(open_store(f"sqlite:///{folder}/forms.sqlite"), hours)


def measure(store, hours: int) -> None:
    """One hub whose records lie under the keys of ``hours`` hours."""
    store.prepare([RECORD])
    team = Team(store)
    officers = Officers(store, team)
    now = datetime.now(UTC)
    paper = team.by_paper(team.set_up(now))
    officers.accounts.add("budi", cast.PASSPHRASE, "id", paper, now)
    fill(store, team, hours)
    with timed(f"{hours} data keys: reading and opening 100,000 stored records (asked: 2 s or less)", RECORDS):
        assert opened(store, team, paper) == RECORDS
    if hours == YEAR:
        with timed("one sign-in (asked: 0.5 s or less)"):
            officers.sign_in("budi", cast.PASSPHRASE, now)
        with timed(f"an officer leaves: {hours} data keys sealed anew"):
            assert officers.accounts.leave("budi", paper, now) == 0


if __name__ == "__main__":
    main()
