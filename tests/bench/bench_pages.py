"""A guide on Slow 3G with a slow processor: stock mkdocs-material, a plain hand-written page of the same text, ours.

Run: ``python -m tests.bench.bench_pages``. 400 kbit/s, 400 ms, CPU slowed six times (DevTools protocol, Network and
Emulation), 360 pixels, Chromium by HUB_BROWSER, .br and .gz beside every file. Stock is the theme as it comes, with
palette, tabs, search and its web fonts, from the same Markdown and tables; where the fonts cannot be fetched
(@fontsource/roboto) it goes without, which favours it. Times are medians of VISITS first visits, taken by turns;
bytes are counted on the wire, headers and all. Interactive is a proxy: the last of first paint, DOM ready and the end
of the last long task; blocking is what long tasks after first paint take beyond 50 ms each.
"""

import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml
from playwright.sync_api import Browser, sync_playwright
from starlette.applications import Starlette
from starlette.routing import Mount

from forms_api.public.files import Site
from scripts.build import build_site
from scripts.site.compress import compress
from tests.browsers import Running, open_chromium
from tests.wire import Wire

from .tools import ROOT, node_packages

GUIDE, VISITS, SLOWER, SETTLE = "guides/before/costs/", 5, 6, 6000
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
LATER = re.compile(r"/sw\.js|/offline/")  # what ours fetches once the page is readable
FIGURES = ("bytes", "requests", "FCP", "LCP", "interactive", "blocking")
WATCH = """
window.seen = { lcp: 0, long: [] };
new PerformanceObserver(list => list.getEntries().forEach(e => { seen.lcp = e.startTime }))
  .observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver(list => list.getEntries().forEach(e => seen.long.push([e.startTime, e.duration])))
  .observe({ type: "longtask", buffered: true });
"""
ASK = """JSON.stringify({ ...seen, fcp: performance.getEntriesByName("first-contentful-paint")[0].startTime,
  ready: performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd })"""
PLAIN = """<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>body{{font:17px/1.55 sans-serif;max-width:44rem;margin:0 auto;padding:0 16px}}</style>
{article}"""


def stock(folder: Path) -> Path:
    """Our Markdown in the theme as it comes."""
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    config.update(docs_dir=str(ROOT / "docs"), site_dir=str(folder / "stock"), strict=False, validation={},
                  hooks=[str(Path(__file__).with_name("stock_hook.py"))], site_url="https://stock.example/",
                  plugins=["search", *config["plugins"]])  # fmt: skip
    config["theme"] = {"name": "material", "language": "id", "features": ["navigation.tabs", "navigation.sections"],
                       "palette": [{"scheme": "default", "toggle": {"icon": "material/brightness-7", "name": "Gelap"}},
                                   {"scheme": "slate", "toggle": {"icon": "material/brightness-4", "name": "Terang"}}]}  # fmt: skip
    (folder / "stock.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q", "-f", folder / "stock.yml"], check=True, cwd=ROOT,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    with_fonts(folder / "stock")
    return folder / "stock"


def with_fonts(site: Path) -> None:
    """The theme's web fonts from our own server, as no other is to be reached here; or none at all."""
    packages = node_packages("@fontsource/roboto")
    faces = ""
    for weight in (300, 400, 700) if packages else ():
        name = f"roboto-latin-{weight}-normal.woff2"
        (site / "fonts").mkdir(exist_ok=True)
        shutil.copy(packages / "@fontsource" / "roboto" / "files" / name, site / "fonts" / name)
        faces += f"@font-face{{font-family:Roboto;font-weight:{weight};font-display:fallback;src:url(/fonts/{name})}}"
    (site / "fonts.css").write_text(faces, encoding="utf-8")
    for page in site.rglob("*.html"):
        html = re.sub(r'<link rel="preconnect"[^>]*>', "", page.read_text(encoding="utf-8"))
        local = '<link rel="stylesheet" href="/fonts.css">' if packages else ""
        page.write_text(re.sub(r'<link rel="stylesheet" href="https://fonts[^>]*>', local, html), encoding="utf-8")


def plain(folder: Path, ours: Path) -> Path:
    """The text of our page in a page by hand: no menu, no script, one line of style."""
    html = (ours / GUIDE / "index.html").read_text(encoding="utf-8")
    article = re.search(r"<article>.*</article>", html, re.S)[0]
    article = re.sub(r"<(\w+)(?:\s+(?!href)[\w-]+(?:=\"[^\"]*\")?)*(\s+href=\"[^\"]*\")?[^>]*>", r"<\1\2>", article)
    title = re.search(r"<title>(.*?)</title>", html)[1]
    file = folder / "plain" / GUIDE / "index.html"
    file.parent.mkdir(parents=True)
    file.write_text(PLAIN.format(title=title, article=article), encoding="utf-8")
    return folder / "plain"


def visit(browser: Browser, wire: Wire) -> dict[str, float]:
    """One first visit."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, is_mobile=True, has_touch=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.emulateNetworkConditions", SLOW_3G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(WATCH)
    page.goto(f"{wire.address}/{GUIDE}", timeout=120_000)
    page.wait_for_timeout(SETTLE)
    seen = json.loads(page.evaluate(ASK))
    context.close()
    answers = wire.take()
    now = [each for each in answers if not LATER.search(each.path)]
    long = [(begun, took) for begun, took in seen["long"] if begun >= seen["fcp"]]
    return {
        "bytes": sum(each.size for each in now),
        "requests": len(now),
        "FCP": seen["fcp"],
        "LCP": seen["lcp"],
        "interactive": max([seen["fcp"], seen["ready"], *(begun + took for begun, took in long)]),
        "blocking": sum(max(0, took - 50) for _, took in long),
        "later": sum(each.size for each in answers) - sum(each.size for each in now),
    }


def report(found: dict[str, dict[str, float]], fonts: bool) -> None:
    """The table, and what the hub promises."""
    print(f"\n{GUIDE}, first visit, 400 kbit/s, 400 ms, CPU x {SLOWER}, median of {VISITS}"
          + ("" if fonts else " (stock without its web fonts)"))  # fmt: skip
    print(f"{'':8}" + "".join(f"{each:>13}" for each in FIGURES))
    for name, figures in found.items():
        print(f"{name:8}" + "".join(f"{figures[each]:13,.0f}" for each in FIGURES))
    for one, other in (("stock", "ours"), ("ours", "plain")):
        ratios = [f"{found[one][each] / found[other][each]:.2f}" if found[other][each] else "-" for each in FIGURES]
        print(f"{one[:5]}/{other[:5]:3}".ljust(8) + "".join(f"{each:>13}" for each in ratios))
    print(f"later, in the background, the whole language: {found['ours']['later']:,.0f} bytes")
    print("promised: ours / plain FCP and LCP <= 1.15; stock / ours FCP >= 2, interactive >= 4; ours blocking 0")


def main() -> int:
    """Build the three, measure, print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if faults := build_site(folder / "ours"):
            print(*faults, sep="\n")
            return 1
        sites = {"stock": stock(folder), "plain": plain(folder, folder / "ours"), "ours": folder / "ours"}
        for site in sites.values():
            compress(site)
        running = [Running(Starlette(routes=[Mount("/", Site(site))])) for site in sites.values()]
        wires = dict(zip(sites, (Wire(each.address) for each in running), strict=True))
        visits = {each: [] for each in sites}
        with sync_playwright() as playwright:
            browser = open_chromium(playwright)
            for _ in range(VISITS):
                for each, wire in wires.items():
                    visits[each].append(visit(browser, wire))
            browser.close()
        found = {
            each: {key: statistics.median(one[key] for one in all_) for key in all_[0]} for each, all_ in visits.items()
        }
        report(found, (sites["stock"] / "fonts").exists())
        for wire, server in zip(wires.values(), running, strict=True):
            wire.cut()
            server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
