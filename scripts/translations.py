"""What is behind in English, and what editors decide about it: ``python3 scripts/hub.py translations``.

Without an option it lists the sections that are behind. Moving or renaming a page never needs this command; it
records what an English section was translated from.
"""

import argparse
from pathlib import Path

from forms_api.words import Words
from scripts.pairs.pairs import FRESH, LEFT_OVER, Pair, all_pairs
from scripts.pairs.translate import Refused, decide, find_page, take_in
from scripts.pairs.translation_sheet import COLUMNS, NotOurs, read_sheet, write_sheet
from scripts.site.pages import Page, read_pages
from scripts.site.sentences import all_words

ROOT = Path(__file__).resolve().parents[1]
Notice = tuple[str, str, str]


class Desk:
    """The pages of one folder, and what is said about them in the language of whoever asks."""

    def __init__(self, docs: Path, words: Words, language: str):
        self.docs, self.words, self.language = docs, words, language
        self.pages = read_pages(docs)

    def say(self, key: str, **values) -> str:
        """A sentence in the language of whoever asks."""
        return self.words.say(self.language, key, **values)

    def behind(self) -> list[Pair]:
        """The pairs that need someone."""
        return [each for each in all_pairs(self.pages) if each.state != FRESH]

    def notices(self) -> list[Notice]:
        """(file, place, sentence) for each section that is behind."""
        return [self._notice(each) for each in self.behind()]

    def _notice(self, pair: Pair) -> Notice:
        there = pair.english or pair.indonesian
        name = self.say("pair.section", number=there.number, heading=pair.heading)
        place = self.say("check.line", line=there.line)
        file = pair.twin if pair.english else pair.page
        return f"docs/{file}", place, f"{name}: {self.say('pair.' + pair.state)}"

    def out(self, file: Path) -> str:
        """Write the table of what needs translating."""
        behind = [each for each in self.behind() if each.state != LEFT_OVER]
        _try(file, lambda: file.write_bytes(write_sheet(behind, [self.say("sheet." + each) for each in COLUMNS])))
        return self.say("translations.out", count=len(behind), file=file)

    def take(self, file: Path) -> tuple[list[str], str]:
        """Read the table back: the sentences about refused rows, and the one that sums up."""
        content = _try(file, file.read_bytes)
        refused, count = [], 0
        try:
            rows = list(read_sheet(content))
        except NotOurs:
            raise Refused("columns", file=file) from None
        for row in rows:
            try:
                self._write(*take_in(row, self.pages))
                count += 1
            except Refused as no:
                refused.append(f"{self.say('translations.row', row=row.number)}, {row.page}: {self.refusal(no)}")
        key = "translations.in-refused" if refused else "translations.in"
        return refused, self.say(key, count=count, refused=len(refused))

    def done(self, name: str, section: str = "") -> str:
        """Record a page, or a section of it, as translated."""
        page = find_page(name, self.pages)
        chosen, text = decide(page, self.pages, section)
        self._write(page.twin, text)
        return self.say("translations.done", count=len(chosen), page=page.twin)

    def minor(self, name: str, section: str, why: str) -> str:
        """Record that a change needs no new translation."""
        if not why.strip():
            raise Refused("why")
        page = find_page(name, self.pages)
        chosen, text = decide(page, self.pages, section, why)
        self._write(page.twin, text)
        return self.say("translations.minor", heading=chosen[0].heading, why=why)

    def refusal(self, no: Refused) -> str:
        """The sentence for what cannot be done."""
        values = dict(no.values)
        if "near" in values:
            near = ", ".join(values["near"])
            values["near"] = near and self.say("refused.near", names=near)
        return self.say("refused." + no.key, **values)

    def _write(self, name: str, text: str) -> None:
        file = self.docs / name
        _try(file, lambda: file.write_text(text, encoding="utf-8", newline="\n"))
        self.pages[name] = Page(name, text)


def _try(file: Path, act):
    try:
        return act()
    except OSError as error:
        raise Refused("file", file=file, message=error.strerror) from None


def main(arguments: list[str] | None = None, docs: Path = ROOT / "docs") -> int:
    """The command."""
    wanted = _parser().parse_args(arguments)
    desk = Desk(docs, all_words(), "en" if wanted.en else "id")
    try:
        return _act(desk, wanted)
    except Refused as no:
        print(desk.refusal(no))
        return 1


def _act(desk: Desk, wanted: argparse.Namespace) -> int:
    refused = []
    if wanted.out:
        last = desk.out(wanted.out)
    elif wanted.take:
        refused, last = desk.take(wanted.take)
    elif wanted.done:
        last = desk.done(*wanted.done[:2])
    elif wanted.minor:
        last = desk.minor(*wanted.minor, wanted.why)
    else:
        for file, place, what in (notices := desk.notices()):
            print(f"{file}: {place}: {what}")
        last = desk.say("translations.count" if notices else "translations.none", count=len(notices))
    print(*refused, last, sep="\n")
    return 1 if refused else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hub.py translations", description=__doc__)
    parser.add_argument("--en", action="store_true", help="speak English")
    parser.add_argument("--why", default="", metavar="REASON", help="with --minor: the reason, kept in the page")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--out", type=Path, metavar="FILE.csv", help="write what needs translating as a table")
    what.add_argument("--in", type=Path, dest="take", metavar="FILE.csv", help="read the table back")
    what.add_argument("--done", nargs="+", metavar=("PAGE", "SECTION"), help="record as translated")
    what.add_argument("--minor", nargs=2, metavar=("PAGE", "SECTION"), help="record that no new translation is needed")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
