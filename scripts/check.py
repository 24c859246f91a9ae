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
from scripts.checks.data_rules import data_faults
from scripts.checks.late_rows import holidays_missing, late_rows
from scripts.checks.link_sentences import Teller
from scripts.checks.links import faults as link_faults
from scripts.checks.page_rules import Judge
from scripts.checks.plain_rules import plain_faults, scores
from scripts.site.pages import read_pages
from scripts.site.rows import Tables
from scripts.site.sentences import all_words
from scripts.translations import Desk

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
    pages, tables = read_pages(root / "docs"), Tables(root / "data")
    return [*Judge(pages, tables, words, language).faults(), *plain_faults(pages, tables, words, language)]


def check_site(site: Path, words: Words, language: str) -> list[Fault]:
    """Faults that show only when the site is built, which is done into ``site``, and those of the built site."""
    menu = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    teller = Teller(read_pages(ROOT / "docs"), menu, words, language)
    return teller.of_build(build_site(site)) or teller.of_site(link_faults(site))


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


def _tell_late(data: Path, words: Words, language: str, on: date) -> None:
    """Print what is past its limit on a day; a notice, so that nothing breaks only because time passes."""
    try:
        tables = Tables(data)
        print(*late_rows(tables, words, language, on), *holidays_missing(tables, words, language, on), sep="\n")
    except Exception as error:
        print(words.say(language, "check.stumbled", error=f"{type(error).__name__}: {error}"))


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--en", action="store_true", help="speak English")
    parser.add_argument("--keep", type=Path, help="keep the built site in this folder")
    parser.add_argument(
        "--on", type=date.fromisoformat, default=date.today(), help="the day to judge by, like 2027-06-01"
    )
    parser.add_argument("--scores", action="store_true", help="print the reading score of every page, and stop")
    wanted = parser.parse_args()
    if wanted.scores:
        print(*scores(read_pages(ROOT / "docs"), all_words(), "en" if wanted.en else "id"), sep="\n")
        return 0
    with TemporaryDirectory() as folder:
        return check((wanted.keep or Path(folder) / "site").resolve(), "en" if wanted.en else "id", wanted.on)


def table_faults(language: str) -> list[Fault]:
    """What is wrong with the tables."""
    words = all_words()
    return _take(lambda: check_data(ROOT / "data", words, language), words, language)


def page_faults(language: str) -> list[Fault]:
    """What is wrong with the pages; the tables must be right. Nothing is built."""
    words = all_words()
    return _take(lambda: check_pages(ROOT, words, language), words, language)


def check(site: Path, language: str, on: date) -> int:
    """Say all that is wrong, building into ``site``; gives the exit code: 1 when there is something to repair."""
    words = all_words()
    steps = {
        "data": lambda: check_data(ROOT / "data", words, language),
        "pages": lambda: check_pages(ROOT, words, language),
        "site": lambda: check_site(site, words, language),
    }
    count = 0
    for name, step in steps.items():
        # A later step would only repeat what an earlier one found, in harder words.
        found = None if count else _take(step, words, language)
        count += _tell(name, found, words, language)
    if not count:  # a translation that is behind is told, never a fault
        _tell("behind", _take(lambda: Desk(ROOT / "docs", words, language).notices(), words, language), words, language)
        _tell_late(ROOT / "data", words, language, on)
    print(words.say(language, "check.repair" if count else "check.done", count=count))
    return 1 if count else 0


if __name__ == "__main__":
    raise SystemExit(main())
