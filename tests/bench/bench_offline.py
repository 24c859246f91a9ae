"""What the offline copy costs on the wire, headers and all (plain HTTP/1.1, which sends each header in full).

Run: ``python -m tests.bench.bench_offline``. Builds a copy of the hub, reads it in a real Chromium (HUB_BROWSER)
through tests/wire.py, and edits guides there: a sentence in three places, in Indonesian alone and in both languages,
a whole build each.
"""

import re
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import sync_playwright

from forms_api.app import create_app
from forms_api.config import Settings
from tests.browsers import Running, open_chromium
from tests.copies import build, copy_of_hub
from tests.wire import Wire

VERSION = "caches.match('/offline/{}').then(r => r && r.headers.get('v'))"
UPDATE = "navigator.serviceWorker.ready.then(r => r.update())"
GUIDE, OTHER = "guides/family/money/", "guides/before/costs/"
EDITED = ["family/money", "before/costs", "abroad/help", "abroad/malaysia"]
SENTENCE = {"": "Tanyakan rinciannya sebelum membayar.", ".en": "Ask for a breakdown before you pay."}


def tell(name: str, wire: Wire) -> None:
    """Print what passed since the last time."""
    answers = wire.take()
    print(f"{name}: {sum(each.size for each in answers):,} bytes, {len(answers)} requests "
          f"{[(each.path.rsplit('/', 1)[-1] or 'page', each.size) for each in answers]}")  # fmt: skip


def wait(page, asked: str, before=None) -> None:
    """Until the page gives another answer than before."""
    while (page.evaluate(asked) or None) == before:
        time.sleep(0.05)


def first_visits(browser, wire: Wire) -> dict:
    """A first visit in each language; gives the pages."""
    pages = {}
    for language, root in (("id", ""), ("en", "en/")):
        page = pages[language] = browser.new_context(viewport={"width": 360, "height": 640}).new_page()
        page.goto(f"{wire.address}/{root}{GUIDE}")
        wait(page, VERSION.format(language))
        tell(f"first visit, {language}", wire)
        begun = time.perf_counter()
        page.goto(f"{wire.address}/{root}{OTHER}")
        print(f"next page: {time.perf_counter() - begun:.2f} s")
        page.evaluate(UPDATE)
        tell("next page, and a check that finds nothing new", wire)
    return pages


def edits(pages: dict, wire: Wire, hub: Path) -> None:
    """What readers of each language get of an edit, and of its taking back, which is an edit too."""
    for guide in EDITED:
        for place in (0, 1, 2):
            for endings in ([""], ["", ".en"]):
                texts = {file: file.read_text(encoding="utf-8") for file in (hub / f"docs/guides/{guide}{each}.md" for each in endings)}
                for (file, text), ending in zip(texts.items(), endings, strict=True):
                    file.write_text(_with(text, SENTENCE[ending], place), encoding="utf-8", newline="\n")
                _publish(pages, wire, hub, f"{guide} edited at {place}, {len(endings)} languages")
                for file, text in texts.items():
                    file.write_text(text, encoding="utf-8", newline="\n")
                _publish(pages, wire, hub, "taken back")


def _with(text: str, sentence: str, place: int) -> str:
    """A guide with a sentence before its first (0), middle (1) or last (2) heading."""
    headings = [each.start() for each in re.finditer("\n## ", text)]
    at = headings[(len(headings) - 1) * place // 2]
    return f"{text[:at]}\n\n{sentence}\n{text[at:]}"


def _publish(pages: dict, wire: Wire, hub: Path, what: str) -> None:
    before = {language: page.evaluate(VERSION.format(language)) for language, page in pages.items()}
    build(hub)
    for language, page in pages.items():
        page.evaluate(UPDATE)
        wait(page, VERSION.format(language), before[language])
        tell(f"{what}, a reader of {language}", wire)


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
        hub = copy_of_hub(Path(folder), kept=True)
        site = build(hub)
        sizes(site)
        settings = Settings(store_url=f"sqlite:///{folder}/forms.sqlite", site_dir=site, serve_site=True)
        server = Running(create_app(settings, lambda: datetime.now(UTC)))
        wire = Wire(server.address)
        with sync_playwright() as playwright:
            browser = open_chromium(playwright)
            edits(first_visits(browser, wire), wire, hub)
            browser.close()
        wire.cut()
        server.stop()


if __name__ == "__main__":
    main()
