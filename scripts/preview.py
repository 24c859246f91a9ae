"""Show saved edits: whenever a file of docs/ or data/ changes, the served site follows.

``hub.py serve`` starts this beside the server: ``python -m scripts.preview --site-dir site [--en]``. An edit with a
fault leaves the site as it was and says what to repair, in the words of ``hub.py check``.
"""

import signal

signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for hub.py, which then ends this

import argparse  # noqa: E402
import time  # noqa: E402
from datetime import date  # noqa: E402
from pathlib import Path  # noqa: E402
from tempfile import TemporaryDirectory  # noqa: E402

from scripts.build import build_site  # noqa: E402
from scripts.check import check, page_faults, table_faults  # noqa: E402
from scripts.site.publish import publish  # noqa: E402
from scripts.site.sentences import all_words  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
WATCHED = (ROOT / "docs", DATA, ROOT / "mkdocs.yml")
PAUSE = 0.1  # seconds between two looks


def main() -> None:
    """Watch until ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site-dir", type=Path, default=ROOT / "site")
    parser.add_argument("--en", action="store_true", help="speak English")
    wanted = parser.parse_args()
    language, seen, sound = "en" if wanted.en else "id", stamps(), True
    with TemporaryDirectory() as folder:
        made = Path(folder) / "site"
        build_site(made, preview=True)  # so that the first edit is as quick as those after it
        while True:
            time.sleep(PAUSE)
            if (now := stamps()) != seen:
                edited, seen = {file for file, _ in now.items() ^ seen.items()}, now
                # A faulty table may still build, and then say what is not so. It stays out until it is mended.
                if not sound or any(DATA in file.parents for file in edited):
                    sound = not tell(table_faults(language))
                if not sound or not show(made, wanted.site_dir.resolve(), language):
                    print(all_words().say(language, "check.unshown"), flush=True)


def stamps() -> dict[Path, tuple[int, int]]:
    """When each watched file was last written, and its size."""
    files = [file for place in WATCHED for file in ([place] if place.is_file() else place.rglob("*"))]
    found = {}
    for file in files:
        try:
            told = file.stat()
        except FileNotFoundError:  # an editor saves by writing another file and renaming it
            continue
        found[file] = (told.st_mtime_ns, told.st_size)
    return found


def show(made: Path, site: Path, language: str) -> bool:
    """Build into ``made``; when that went well let ``site`` follow it, then say what else is wrong. Gives whether it
    went well."""
    if build_site(made, preview=True):
        check(made, language, date.today())
        return False
    count = publish(made, {}, site, preview=True)
    print(all_words().say(language, "check.shown", time=time.strftime("%H:%M:%S"), count=count), flush=True)
    tell(page_faults(language))
    return True


def tell(faults: list) -> int:
    """Say each fault on a line; gives how many there are."""
    for file, place, what in faults:
        print(f"  {file}: {place + ': ' if place else ''}{what}", flush=True)
    return len(faults)


if __name__ == "__main__":
    main()
