"""The first row of a table: headings renamed, moved, missing, doubled or put in by hand."""

from difflib import get_close_matches

from scripts.checks.table_files import Table
from scripts.checks.table_said import Fault, Teller
from scripts.lists.sheet import letters

MOVES = 4  # columns out of place that are named; the right order is told in full anyway


def heading_faults(table: Table, teller: Teller) -> list[Fault]:
    """What is wrong with the headings; empty when they are those of the schema, in its order."""
    labels = table.rows[0]
    if labels == table.names:
        return []
    if not set(labels) & set(table.names):
        return [teller.fault(table, "data.no-headings", 1, names=",".join(table.names))]
    found = _spoiled(table, labels, teller)
    renamed = _renamed(table, labels).values()
    for at, name in enumerate(table.names):
        if name not in labels and name not in renamed:
            title = teller.title(table.fields[at])
            found.append(teller.fault(table, "data.heading-missing", 1, heading=name, title=title, letter=letters(at)))
    return found or _moved(table, labels, teller)


def _spoiled(table: Table, labels: list[str], teller: Teller) -> list[Fault]:
    """Headings that no field has, and headings that stand twice."""
    found = []
    renamed = _renamed(table, labels)
    for at, label in enumerate(labels):
        if not label.strip():
            found.append(teller.fault(table, "data.heading-blank", 1, at))
        elif label in table.names and label in labels[:at]:
            first = letters(labels.index(label))
            found.append(teller.fault(table, "data.heading-twice", 1, at, label=label, letter=first))
        elif at in renamed:
            found.append(teller.fault(table, "data.heading-renamed", 1, at, label=label, heading=renamed[at]))
        elif label not in table.names:
            found.append(teller.fault(table, "data.heading-unknown", 1, at, label=label))
    return found


def _renamed(table: Table, labels: list[str]) -> dict[int, str]:
    """Which missing field each unknown heading means: by its title, by its look, or by its place."""
    missing = [name for name in table.names if name not in labels]
    meant = {}
    for at, label in enumerate(labels):
        if not label.strip() or label in table.names:
            continue
        titles = {_plain(table.fields[table.names.index(name)].get(key)): name
                  for name in missing for key in ("title", "title@en")}  # fmt: skip
        near = get_close_matches(label.strip().lower(), missing, 1, 0.75)
        here = table.names[at] if len(labels) == len(table.names) and table.names[at] in missing else ""
        name = titles.get(_plain(label)) or (near[0] if near else here)
        if name:
            meant[at] = name
            missing.remove(name)
    return meant


def _plain(text: str | None) -> str:
    return " ".join((text or "").casefold().split())


def _moved(table: Table, labels: list[str], teller: Teller) -> list[Fault]:
    wrong = [(letters(at), label, name) for at, (label, name) in enumerate(zip(labels, table.names, strict=True))
             if label != name]  # fmt: skip
    if not wrong:
        return []
    moves = [teller.say("data.move", letter=at, label=label, heading=name) for at, label, name in wrong[:MOVES]]
    return [teller.fault(table, "data.heading-order", 1, moves="; ".join(moves), names=",".join(table.names))]
