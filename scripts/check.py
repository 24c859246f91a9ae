"""Is everything right? Tables, pages, then the built site: ``python -m scripts.check [--en] [--keep site]``.

Speaks Indonesian, or English with ``--en``. Exits with 1 when there is something to repair.
"""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from frictionless import FrictionlessException

from forms_api.words import Words
from scripts.build import build_site
from scripts.site.data_rules import data_faults
from scripts.site.links import faults as link_faults
from scripts.site.page_rules import Judge
from scripts.site.pages import read_pages
from scripts.site.rows import Tables
from scripts.site.sentences import all_words

ROOT = Path(__file__).resolve().parents[1]
Fault = tuple[str, str, str]


def check_data(data: Path, words: Words, language: str) -> list[Fault]:
    """Faults of the tables. A description that cannot be read at all is a fault too, not a crash."""
    try:
        return data_faults(data, words, language)
    except (OSError, ValueError, FrictionlessException) as unreadable:
        return [("data/datapackage.yaml", "", words.say(language, "check.no-table", message=str(unreadable)))]


def check_pages(root: Path, words: Words, language: str) -> list[Fault]:
    """Faults of the pages; the tables must be right."""
    return Judge(read_pages(root / "docs"), Tables(root / "data"), words, language).faults()


def check_site(site: Path) -> list[Fault]:
    """Faults that show only when the site is built, which is done into ``site``, and those of the built site."""
    said = [("mkdocs", "", each) for each in build_site(site)]
    return said or [(f"site/{file}", "", what) for file, what in link_faults(site)]


def _take(step: Callable[[], list[Fault]], words: Words, language: str) -> list[Fault]:
    """Whatever an editor did, the answer is a sentence and never a traceback."""
    try:
        return step()
    except Exception as error:
        return [
            ("scripts/check.py", "", words.say(language, "check.stumbled", error=f"{type(error).__name__}: {error}"))
        ]


def _tell(step: str, found: list[Fault] | None, words: Words, language: str) -> int:
    """Print what a step found (None: it was not taken) and give the number of faults."""
    result = words.say(language, "check.skipped" if found is None else "check.well")
    print(f"{words.say(language, 'check.' + step)}: {len(found) if found else result}")
    for file, place, what in found or []:
        print(f"  {file}: {place + ': ' if place else ''}{what}")
    return len(found or [])


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--en", action="store_true", help="speak English")
    parser.add_argument("--keep", type=Path, help="keep the built site in this folder")
    parser.add_argument(
        "--on", type=date.fromisoformat, default=date.today(), help="the day to judge by, like 2027-06-01"
    )
    wanted = parser.parse_args()
    with TemporaryDirectory() as folder:
        return _check((wanted.keep or Path(folder) / "site").resolve(), "en" if wanted.en else "id", wanted.on)


def _check(site: Path, language: str, on: date) -> int:
    words = all_words()
    steps = {
        "data": lambda: check_data(ROOT / "data", words, language),
        "pages": lambda: check_pages(ROOT, words, language),
        "site": lambda: check_site(site),
    }
    count = 0
    for name, step in steps.items():
        # A later step would only repeat what an earlier one found, in harder words.
        found = None if count else _take(step, words, language)
        count += _tell(name, found, words, language)
    print(words.say(language, "check.repair" if count else "check.done", count=count))
    return 1 if count else 0


if __name__ == "__main__":
    raise SystemExit(main())
