"""What ``hub.py check --on DAY`` tells an editor: the rows that are past their limit on that day, by kind."""

from datetime import date
from itertools import groupby

from forms_api.case.days import holidays_of, years_without
from forms_api.words import Words, long_date, pick
from scripts.site.ledger import Entry, late
from scripts.site.rows import Tables

NAMED = 10  # rows of one file and day that are named one by one; of a whole list the numbers are enough


def late_rows(tables: Tables, words: Words, language: str, on: date) -> list[str]:
    """Lines to print; the first says how many, and that it is a notice. A late row is never a fault: a check that
    passed yesterday must pass today when nobody has changed anything."""
    found, day = late(tables, on), long_date(on, language)
    if not found:
        return [words.say(language, "late.none", day=day)]
    lines = [words.say(language, "late.some", day=day, count=len(found))]
    limits, contacts = tables.by_id("limits"), tables.by_id("contacts")
    for kind, group in groupby(found, lambda entry: entry.kind):
        entries = list(group)
        contact = contacts[limits[kind]["ask"]]
        ask = pick(contact, "short", language) or pick(contact, "name", language)
        label = pick(limits[kind], "label", language)
        lines.append("  " + words.say(language, "late.group", kind=label, count=len(entries), ask=ask))
        lines += ["    " + line for line in _by_file(entries, words, language)]
    return lines


def holidays_missing(tables: Tables, words: Words, language: str, on: date) -> list[str]:
    """A line for each year that a promised day may soon fall in and whose holidays nobody has entered."""
    years = years_without(holidays_of(tables.rows("holidays")), on)
    return [words.say(language, "late.holidays", year=year) for year in years]


def _by_file(entries: list[Entry], words: Words, language: str) -> list[str]:
    together = sorted(entries, key=lambda entry: (entry.file, entry.by, entry.line))
    lines = []
    for (file, by), group in groupby(together, lambda entry: (entry.file, entry.by)):
        rows = list(group)
        ids = [entry.id for entry in rows[:NAMED]]
        if len(rows) > NAMED:
            ids.append(words.say(language, "late.more", count=len(rows) - NAMED))
        numbers = ranges([entry.line for entry in rows])
        when = long_date(by, language)
        lines.append(words.say(language, "late.rows", file=file, rows=numbers, ids=", ".join(ids), by=when))
    return lines


def ranges(numbers: list[int]) -> str:
    """Ascending numbers, those that follow each other drawn together: ``2–5, 9``."""
    runs: list[list[int]] = []
    for each in numbers:
        if runs and each == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], each]
        else:
            runs.append([each])
    return ", ".join("–".join(map(str, run)) for run in runs)
