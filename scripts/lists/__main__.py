"""Bring an official list into data/agencies: companies, or with --sanctions the sanctions.

Prints and saves a review. Writes only with --write, and only when every cell was understood.
Bawa daftar resmi ke data/agencies; tanpa --write hanya memeriksa dan tidak mengubah apa pun.
"""

import argparse
import sys
from datetime import date
from pathlib import Path

from forms_api.words import Words
from scripts.lists.command import Job, run
from scripts.lists.findings import Unreadable
from scripts.site.sentences import all_words

ROOT = Path(__file__).resolve().parents[2]


def parser() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(prog="import_agencies.py", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=".xlsx .xls .ods .csv .html .pdf")
    parser.add_argument("--sanctions", action="store_true", help="the files hold the sanction list")
    parser.add_argument(
        "--on", type=date.fromisoformat, metavar="DATE", help="day of the list, like 2027-01-12 (today)"
    )
    parser.add_argument("--source", metavar="URL", help="page of the list, when it is not the official one")
    parser.add_argument("--part", action="store_true", help="only a part of the list: nobody is gone from it")
    parser.add_argument("--whole", action="store_true", help="the whole list, though many are gone from it")
    parser.add_argument("--decided", type=Path, metavar="SHEET", help="the answered sheet of questions")
    parser.add_argument("--write", action="store_true", help="write the table when everything is understood")
    parser.add_argument("--en", action="store_true", help="speak English")
    parser.add_argument("--data", type=Path, default=ROOT / "data", help=argparse.SUPPRESS)
    parser.add_argument("--reviews", type=Path, default=ROOT / ".hub" / "reviews", help="where reviews are saved")
    return parser


def main() -> int:
    """The command: 0 when all was understood, 1 when something was refused."""
    wanted = parser().parse_args()
    words, language = all_words(), "en" if wanted.en else "id"
    today = date.today()
    job = Job(wanted.files, "sanctions" if wanted.sanctions else "agencies", (wanted.on or today).isoformat(),
              today.isoformat(), wanted.source, wanted.part, wanted.whole, wanted.decided, wanted.write,
              wanted.data, wanted.reviews)  # fmt: skip
    return _safely(job, words, language)


def _safely(job: Job, words: Words, language: str) -> int:
    """Whatever a file holds, the answer is a sentence and never a traceback."""
    try:
        return run(job, words, language)
    except Unreadable as unreadable:
        told = words.say(language, unreadable.key, **unreadable.values)
    except KeyboardInterrupt:
        return 130
    except BaseException as error:  # also the panics of the tables' library, which are no Exception
        if isinstance(error, SystemExit):
            raise
        told = words.say(language, "lists.stumbled", error=type(error).__name__)
    print(told)
    print(words.say(language, "lists.nothing-written"))
    return 1


if __name__ == "__main__":
    sys.exit(main())
