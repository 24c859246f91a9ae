"""What opening a request by its receipt costs, and whether a wrong, a closed-and-forgotten and a right one can be told
apart by the clock.

Run: ``python -m tests.bench.bench_receipt``. The real application over SQLite with 20,000 requests; each kind of
receipt is tried in turn, so that the machine's mood is the same for all. Medians of forty-one, with the middle half.
"""

import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from starlette.testclient import TestClient

from forms_api.app import create_app
from forms_api.config import Settings
from forms_api.keys import receipts
from forms_api.keys.team import Team
from tests import cast

REQUESTS, TURNS = 20_000, 41
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def secret(number: int) -> bytes:
    """The secret behind the request of that number."""
    return number.to_bytes(32)


def fill(cases, form) -> None:
    """Requests whose receipt was shown, and one more that was erased."""
    given = cast.help_request()
    given.pop("language")
    values, _ = form.check(given)
    for begin in range(0, REQUESTS, 5000):
        batches = [cases.receive(form, values, "id", secret(number), NOW) for number in range(begin, begin + 5000)]
        cases._store.write(batches)
    cases.received(batches[0])
    for number in range(0, REQUESTS, REQUESTS // 100):
        assert cases.claim(form.name, secret(number))
    erased = cases.receive(form, values, "id", secret(REQUESTS), NOW)
    cases._store.write([erased])
    assert cases.claim(form.name, secret(REQUESTS))
    assert cases.erase(form.name, erased[0][1]["id"])


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(store_url=f"sqlite:///{Path(folder) / 'forms.sqlite'}", secure_cookies=False), lambda: NOW)
        cases = app.state.hub.cases
        Team(cases._store).set_up(NOW)
        fill(cases, app.state.hub.forms["help"])
        begun = time.perf_counter()
        for number in range(10):
            receipts.derive(receipts.digits_of(secret(number)), b"salt" * 4)
        print(f"argon2id of one receipt: {(time.perf_counter() - begun) * 100:.1f} ms")
        kinds = {"right": 0, "erased": REQUESTS, "never given": REQUESTS + 1}
        times: dict[str, list[float]] = {kind: [] for kind in kinds}
        for turn in range(TURNS):
            for kind, number in kinds.items():
                times[kind].append(ask(app, f"198.51.100.{turn}", receipts.digits_of(secret(number)), kind == "right"))
        for kind, all_ in times.items():
            low, middle, high = (each * 1000 for each in statistics.quantiles(all_, n=4))
            print(f"{kind:12} {middle:6.1f} ms (middle half {low:.1f} to {high:.1f})")


def ask(app, address: str, code: str, opens: bool) -> float:
    """Seconds that one answer takes."""
    client = TestClient(app, base_url="http://hub.test", follow_redirects=False, client=(address, 1))
    begun = time.perf_counter()
    answer = client.post("/follow-up", data={"code": code})
    took = time.perf_counter() - begun
    assert answer.status_code == (303 if opens else 422), answer
    return took


if __name__ == "__main__":
    main()
