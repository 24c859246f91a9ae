"""How long from a keystroke to the next paint of "Is this agency legal?", and to the list's first paint, on a slow CPU.

Run: ``python -m tests.bench.bench_agency``. Builds the site, opens it in Chromium (HUB_BROWSER) at 360 pixels with the
processor slowed six times (DevTools protocol, Emulation.setCPUThrottlingRate), and types letter by letter.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from scripts.build import build_site
from tests.browsers import Running, open_chromium

SLOWER, VISITS = 6, 5
ASKED = 150  # milliseconds for any keystroke at that speed
THUMB = 500  # milliseconds between touching the field and the first key, while the keyboard comes up
TYPED = ["PT Abdillah Putra Tamala", "boemi mas indonesa mandiri", "mitra", "9120 2131 8041 9", "Gajah Terbang Makmur",
         "al wihdah jaya sentosa", "sejahtera abadi", "PT Bumi Mas Indonesia Mandiri, telp 0812-3456-7890"]  # fmt: skip
# The event's own time is when the key came in; the message after a frame's callbacks comes after its paint.
WATCH = """
window.times = [];
addEventListener("input", event => {
  const begun = event.timeStamp;
  requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => times.push(performance.now() - begun);
    after.port2.postMessage(0);
  });
}, true);
"""
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def visit(browser, address: str) -> Page:
    """The page on a slow phone, after its load."""
    page = browser.new_context(viewport={"width": 360, "height": 640}, service_workers="block").new_page()
    page.add_init_script(WATCH)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address)
    page.wait_for_function(PAINT.replace(".startTime", ""))
    return page


def keystrokes(page: Page) -> list[tuple[str, float]]:
    """(what stood in the field, milliseconds) for every letter typed and for each field emptied at once."""
    found = []
    page.click("#find")
    page.wait_for_timeout(THUMB)
    for text in TYPED:
        for at, letter in enumerate([*text, "Delete"]):
            if letter == "Delete":
                page.keyboard.press("Control+A")
            done = len(found) + 1
            page.keyboard.press(letter if letter != " " else "Space")
            page.wait_for_function("done => times.length >= done", arg=done)
            found.append((text[: at + 1] if letter != "Delete" else "", page.evaluate("times[times.length - 1]")))
    return found


def report(visits: list[list[tuple[str, float]]]) -> None:
    """Print the median and the worst keystroke, the worst also by its median over the visits: a machine that does
    something else meanwhile is in the one and not in the other."""
    times = [time for visit in visits for _, time in visit]
    usual = [(statistics.median(time for _, time in same), same[0][0]) for same in zip(*visits, strict=True)]
    print(f"keystroke to next paint, CPU x {SLOWER}: {len(times)} keystrokes, median {statistics.median(times):.0f} ms, "
          f"worst {max(times):.0f} ms (asked: {ASKED} or less), "
          f"worst of the medians over {VISITS} visits {max(usual)[0]:.0f} ms")  # fmt: skip
    slowest = sorted(usual, reverse=True)[:3]
    print("slowest by median:", ", ".join(f"{time:.0f} ms at {text!r}" for time, text in slowest))


def main() -> int:
    """Build, measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        faults = build_site(site)
        if faults:
            print(*faults, sep="\n")
            return 1
        running = Running(Starlette(routes=[Mount("/", StaticFiles(directory=site, html=True))]))
        with sync_playwright() as playwright:
            browser = open_chromium(playwright)
            for path in ("agencies/", "guides/before/costs/"):
                paints = []
                for _ in range(VISITS):
                    page = visit(browser, f"{running.address}/{path}")
                    paints.append(page.evaluate(PAINT))
                    page.context.close()
                print(f"first paint of {path}, CPU x {SLOWER}: median {statistics.median(paints):.0f} ms")
            visits = []
            for _ in range(VISITS):
                page = visit(browser, f"{running.address}/agencies/")
                visits.append(keystrokes(page))
                page.context.close()
            report(visits)
            browser.close()
        running.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
