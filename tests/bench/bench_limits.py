"""What the fair limits cost: us for each send, a machine that floods for each check, a phone for its proof.

Run: ``python -m tests.bench.bench_limits``. The phone is Chromium with its processor slowed down (DevTools protocol,
Emulation.setCPUThrottlingRate); HUB_BROWSER names the Chromium where Playwright has none of its own.
"""

import statistics
import time

from playwright.sync_api import sync_playwright

from forms_api.door.limits import EASIEST, FREE, Limits, proves
from forms_api.pages.inline import script as script_of
from tests.browsers import open_chromium

TRIES, SLOWER = 15, (1, 6, 20)
PAGE = """<form class="form"><input name="ticket" value="{ticket}"><input name="work"></form>
<p id="working" data-seconds="9999" data-text=""></p><script>{script}</script>"""


def main() -> None:
    """Measure and print."""
    limits = Limits()
    begun = time.perf_counter()
    for number in range(20_000):
        limits.admit(f"198.51.{number >> 8 & 255}.{number & 255}")
    print(f"one send: {(time.perf_counter() - begun) / 20_000 * 1e6:.1f} us")
    ticket = _ticket()
    begun = time.perf_counter()
    for _ in range(20_000):
        proves(ticket, "1234567")
    print(f"one proof looked at: {(time.perf_counter() - begun) / 20_000 * 1e6:.1f} us")
    with sync_playwright() as playwright:
        browser = open_chromium(playwright)
        for slower in SLOWER:
            times = [_solve(browser, _ticket(), slower) for _ in range(TRIES)]
            print(f"{EASIEST} bits in Chromium, processor {slower} times slower: median "
                  f"{statistics.median(times):.2f} s, longest of {TRIES} {max(times):.2f} s")  # fmt: skip
        browser.close()


def _ticket() -> str:
    limits = Limits(lambda: 0.0)
    for _ in range(FREE.at_once):
        limits.admit("203.0.113.7")
    return limits.admit("203.0.113.7").ticket


def _solve(browser, ticket: str, slower: int) -> float:
    page = browser.new_page()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    script = str(script_of("work")).replace("form.querySelector('button').click();", "document.title = 'done';")
    begun = time.perf_counter()
    page.set_content(PAGE.format(ticket=ticket, script=script))
    page.wait_for_function("document.title === 'done'", timeout=120_000)
    took = time.perf_counter() - begun
    assert proves(ticket, page.input_value("[name=work]"))
    page.close()
    return took


if __name__ == "__main__":
    main()
