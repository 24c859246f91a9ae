"""How many requests for help a second, sealed and durable, against a form page of Wagtail 8 on the same machine.

Run: ``python -m tests.bench.bench_wagtail [ROUNDS]``. It makes an environment with Wagtail in a temporary folder first
(a package index is needed). Both are measured in turn with the same sender; stored rows are counted, not answers.
"""

import statistics
import sys
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode

from forms_api.store import open_store
from tests import cast
from tests.bench.bench_submit import SECONDS, press, serving, wait_for
from tests.bench.wagtail_site import WagtailSite
from tests.servers import free_port


@contextmanager
def wagtail(site: WagtailSite, wal: bool):
    """Wagtail's server; gives its port."""
    port = free_port()
    process = site.serve(port, wal)
    try:
        wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait()


def theirs(site: WagtailSite, wal: bool) -> float:
    """Rows a second that Wagtail stored."""
    with wagtail(site, wal) as port:
        token, cookie = site.keys(port)
        body = urlencode(cast.help_request() | {"csrfmiddlewaretoken": token}).encode()
        before = site.stored()
        told = press(port, "/bantuan/", body, SECONDS, f"Cookie: csrftoken={cookie}")
        rate = (site.stored() - before) / SECONDS
    print(f"  Wagtail{', WAL' if wal else ''}: {rate:.0f} stored a second, p99 {told['p99']:.0f} ms, {told['statuses']}")
    return rate


def ours(url: str) -> float:
    """Rows a second that the hub stored."""
    with serving("stored", url) as (_, port):
        told = press(port)
    with closing(open_store(url)) as store:
        rate = sum(1 for _ in store.find("help")) / SECONDS
    print(f"  ours: {rate:.0f} stored a second, p99 {told['p99']:.0f} ms, {told['statuses']}")
    return rate


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as folder:
        site = WagtailSite(Path(folder))
        against: dict[bool, list[float]] = {False: [], True: []}
        for number in range(rounds):
            mine = ours(f"sqlite:///{folder}/ours{number}.sqlite")
            for wal, ratios in against.items():
                ratios.append(mine / max(theirs(site, wal), 1 / SECONDS))
    for wal, ratios in against.items():
        told = "with WAL and immediate transactions" if wal else "as a new project stands"
        print(f"ours to Wagtail {told}: {statistics.median(ratios):.0f} [{min(ratios):.0f} to {max(ratios):.0f}] "
              "(asked: 20 or more)")  # fmt: skip


if __name__ == "__main__":
    main()
