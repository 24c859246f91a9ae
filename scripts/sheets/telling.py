"""What would change in a table, said row by row before it is written."""

from scripts.checks.table_files import Table
from scripts.checks.table_said import Teller
from scripts.lists.sheet import letters
from scripts.sheets.changes import Changes, key_of

SHOWN = 20  # rows of one kind that are named
LONG = 60


def change_lines(table: Table, changes: Changes, teller: Teller) -> list[str]:
    """The lines to print: counts, then the rows themselves, for added, changed and removed rows."""
    names = {key_of(table, row): _name(table, row) for row in [*table.rows[1:], *changes.rows]}
    lines = _named("table.added", "+", changes.added, names, teller)
    lines += _named("table.removed", "-", changes.removed, names, teller)
    if changes.changed:
        lines.append(teller.say("table.changed", count=len(changes.changed)))
        for key, cells in list(changes.changed.items())[:SHOWN]:
            lines.append(f"  * {names[key]}")
            for at, was, now in cells:
                values = {"letter": letters(at), "title": teller.title(table.fields[at])}
                lines.append("      " + teller.say("table.cell-changed", was=_short(was), now=_short(now), **values))
        lines += _rest(len(changes.changed), teller)
    if changes.sorted_anew:
        lines.append(teller.say("table.sorted-anew"))
    return lines


def _named(key: str, sign: str, keys: list[str], names: dict[str, str], teller: Teller) -> list[str]:
    if not keys:
        return []
    rows = [f"  {sign} {names[each]}" for each in keys[:SHOWN]]
    return [teller.say(key, count=len(keys)), *rows, *_rest(len(keys), teller)]


def _rest(count: int, teller: Teller) -> list[str]:
    return [f"  {teller.say('table.and-more', count=count - SHOWN)}"] if count > SHOWN else []


def _name(table: Table, row: list[str]) -> str:
    """The key and the first text after it, which is what a person knows the row by."""
    texts = [cell for cell, each in zip(row, table.fields, strict=True)
             if cell and each["type"] == "string" and each["name"] not in table.key]  # fmt: skip
    return " · ".join([key_of(table, row), *(_short(text) for text in texts[:1])])


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONG else line[: LONG - 1].rstrip() + "…"
