"""What the offline copy costs on the wire, headers and all (plain HTTP/1.1, which sends each header in full).

Run: ``python -m tests.bench.bench_offline``. Builds the site into a temporary folder, reads it in a real Chromium
(HUB_BROWSER) through tests/wire.py, and edits guides there: one sentence of Indonesian text in each third.
"""

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import sync_playwright

from forms_api.app import create_app
from forms_api.config import Settings
from scripts.site import pack
from scripts.site.compress import compress
from tests.browsers import Running, open_chromium
from tests.wire import Wire

ROOT = Path(__file__).resolve().parents[2]
KEPT = "caches.open('hub1').then(c => c.keys()).then(all => all.length)"
VERSION = "caches.match('/offline/id').then(r => r && r.headers.get('v'))"
UPDATE = "navigator.serviceWorker.ready.then(r => r.update())"
GUIDE, OTHER = "guides/family/money/", "guides/before/costs/"
EDITED = ["guides/family/money/", "guides/before/costs/", "guides/abroad/help/", "guides/abroad/malaysia/"]


def tell(name: str, wire: Wire) -> None:
    """Print what passed since the last time."""
    answers = wire.take()
    print(f"{name}: {sum(each.size for each in answers):,} bytes, {len(answers)} requests "
          f"{[(each.path.rsplit('/', 1)[-1] or 'page', each.size) for each in answers]}")  # fmt: skip


def wait(page, asked: str, before=None) -> None:
    """Until the page gives another answer than before."""
    while (page.evaluate(asked) or None) == before:
        time.sleep(0.05)


def visits(browser, address: str, wire: Wire, site: Path) -> None:
    """A first visit in each language, a next page, a check, edits."""
    for root in ("en/", ""):
        page = browser.new_context(viewport={"width": 360, "height": 640}).new_page()
        page.goto(f"{address}/{root}{GUIDE}")
        wait(page, KEPT)
        tell(f"first visit, {root or 'id/'}", wire)
    begun = time.perf_counter()
    page.goto(f"{address}/{OTHER}")
    print(f"next page: {time.perf_counter() - begun:.2f} s")
    page.evaluate(UPDATE)
    tell("next page, and a check that finds nothing new", wire)
    for path in EDITED:
        for third in (1, 2, 3):
            file = site / path / "index.html"
            html, before = file.read_text(encoding="utf-8"), page.evaluate(VERSION)
            places = [each.end() for each in re.finditer("</p>", html.partition('<section class="sources"')[0])]
            at = places[len(places) * third // 3 - 1]
            file.write_text(f"{html[:at]}<p>Tanyakan rinciannya sebelum membayar.</p>{html[at:]}", encoding="utf-8")
            pack.write_packs(site)
            compress(site)
            page.evaluate(UPDATE)
            wait(page, VERSION, before)
            tell(f"{path} edited", wire)


def sizes(site: Path) -> None:
    """Print the files' own sizes, packed."""
    worker = next(site.glob("offline/worker.*.js"))
    print("worker:", worker.stat().st_size, "bytes, packed", worker.with_name(worker.name + ".br").stat().st_size)
    for language in ("id", "en"):
        files = {name: next(site.glob(f"offline/{language}-{name}.*.br")).stat().st_size for name in ("pack", "list")}
        raw = next(site.glob(f"offline/{language}-pack.*.txt")).stat().st_size
        pages = [file.stat().st_size for file in site.glob(f"{'' if language == 'id' else 'en/'}guides/*/*/index.html.br")]
        print(f"{language}: {files}, on the phone {raw:,} bytes, a guide {statistics.median(pages):.0f}, {max(pages)} at most")


def main() -> None:
    """Build, serve, read."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        subprocess.run([sys.executable, "-m", "scripts.build", "--site-dir", str(site)], cwd=ROOT, check=True)
        sizes(site)
        settings = Settings(store_url=f"sqlite:///{folder}/forms.sqlite", site_dir=site, serve_site=True)
        server = Running(create_app(settings, lambda: datetime.now(UTC)))
        wire = Wire(server.address)
        with sync_playwright() as playwright:
            browser = open_chromium(playwright)
            visits(browser, wire.address, wire, site)
            browser.close()
        wire.cut()
        server.stop()
        shutil.rmtree(site)


if __name__ == "__main__":
    main()
