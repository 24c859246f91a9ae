"""How long the desk's pages take at 100,000 cases, spread over three years, 240 villages and every state.

Run: ``python -m tests.bench.bench_desk [postgresql://… of an empty database]``. Without it SQLite in a temporary
folder. The real application answers, without a network between; each figure is the median of seven.
"""

import random
import re
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from starlette.testclient import TestClient

from forms_api.app import create_app
from forms_api.config import Settings
from forms_api.keys.team import Team
from tests import cast

CASES, NOW = 100_000, datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PAGES = (
    "/desk/", "/desk/list", "/desk/list?unread=yes&danger=yes", "/desk/list?late=yes", "/desk/list?status=answered",
    "/desk/list?soon=yes", "/desk/list?village=16.06.13.2001", "/desk/list?form=help&status=closed&until=2025-01-31",
    "/desk/list?assignee=budi&unread=yes",
)  # fmt: skip


def fill(hub) -> None:
    """Cases as they are after three years: nearly all closed, some of the last weeks in every state."""
    chance, form = random.Random(6), hub.forms["help"]
    villages = [choice.code for choice in next(each for each in form.fields if each.name == "village").choices]
    given = cast.help_request()
    given.pop("language")
    values, _ = form.check(given)
    batches = []
    for number in range(CASES):
        then = NOW - timedelta(minutes=number * 1_576_800 // CASES)  # three years
        asked = values | {"village": chance.choice(villages), "danger": "yes" if chance.random() < 0.05 else "no"}
        batch = hub.cases.receive(form, asked, "id", number.to_bytes(32), then)
        state = "closed" if number > 3000 and chance.random() < 0.95 else chance.choice(["new", "in_progress", "answered"])
        batch[0][1].update(
            status=state, unread=state == "new", assignee=chance.choice(["budi", "rina", None]),
            closed_on=(then + timedelta(days=9)).date().isoformat() if state == "closed" else None,
        )  # fmt: skip
        batches.append([row for row in batch if row[0] != "notices"])  # told long ago, and deleted after 30 days
        hub.cases.received(batch)
        if len(batches) == 5000:
            hub.cases._store.write(batches)
            batches.clear()


def timed(name: str, ask) -> None:
    """Print the median of seven, after one that warms up."""
    answer, times = ask(), []
    for _ in range(7):
        begun = time.perf_counter()
        answer = ask()
        times.append((time.perf_counter() - begun) * 1000)
    assert answer.status_code == 200, answer
    print(f"{name:62} {statistics.median(times):7.1f} ms  {len(answer.content):6} bytes")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        url = sys.argv[1] if len(sys.argv) > 1 else f"sqlite:///{Path(folder) / 'forms.sqlite'}"
        app = create_app(Settings(store_url=url, secure_cookies=False), lambda: NOW)
        hub = app.state.hub
        team = Team(hub.cases._store)
        paper = team.set_up(NOW)
        hub.officers.accounts.add("budi", cast.PASSPHRASE, "id", team.by_paper(paper), NOW)
        fill(hub)
        client = TestClient(app, base_url="http://hub.test", follow_redirects=False)
        client.post("/desk/sign-in", data={"name": "budi", "passphrase": cast.PASSPHRASE})
        print(f"{CASES} cases, {url.partition(':')[0]}")
        measure(client)
        hub.cases._store.change("officers", "budi", {"villages": "16.06.13.2001 16.06.01.1009 16.06.14.2001"})
        print("an officer for three villages")
        measure(client)


def measure(client) -> None:
    """Every page once, the last page of the list, one search and one case."""
    for path in PAGES:
        timed(path, lambda path=path: client.get(path))
    oldest = "2023-11-25.00000000000000000000000000000000"
    timed(f"/desk/list?after={oldest[:10]} (the last page)", lambda: client.get(f"/desk/list?after={oldest}"))
    page = client.get("/desk/list").text
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    timed("search (opens 5000 answers)", lambda: client.post("/desk/search", data={"words": "Dewi", "token": token}))
    case = re.search(r"/desk/case/help/\w+", page)[0]
    timed("one case", lambda: client.get(case))


if __name__ == "__main__":
    main()
