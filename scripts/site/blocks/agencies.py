"""The whole list of placement companies, and the field above it that answers for one of them.

The list is readable and printable without a script. What all its rows have in common, that they are on the list as
of a day, is said once a letter and stays in sight while that letter is read; a row says itself only what differs.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from scripts.site.blocks.sanctions import public
from scripts.site.freshness import is_late
from scripts.site.late import Due, due
from scripts.site.templates import fill
from scripts.site.view import UnknownName, View

OFFICIAL = "https://siskop2mi.bp2mi.go.id/"  # a row read there is no third party's copy
DETAILS = ("licence_until", "address", "city", "province", "phone", "email", "website", "destinations", "sectors")
SAYINGS = ("said-warned", "said-inexact", "said-none", "said-more", "said-more-warned", "said-script", "same-name",
           "part-name", "near-name", "held-name", "same-number", "part-number", "near-number", "copy", "copied",
           "shared-asked", "shared-see")  # fmt: skip


@dataclass(frozen=True)
class State:
    """On the list as of a day, as read there or in somebody's copy."""

    on: str
    official: bool


def render(name: str, view: View) -> str:
    """``all``: every row, under the first letter of the company's own name. ``ask``: the field that answers."""
    if name not in ("all", "ask"):
        raise UnknownName("agencies", name, ["all", "ask"])
    rows = sorted(view.tables.rows("agencies"), key=_order)
    # The list is read as a whole, so it is as old as the oldest of the rows that it holds.
    when = due(view, [row for row in rows if row["listing"] == "listed"] or rows, "agency")
    common = {"when": when, "seen_on": max((row["listed_on"] for row in rows), default="")}
    if name == "ask":
        letters = [(letter, _anchor(letter)) for letter in dict.fromkeys(map(_letter, rows))]
        return fill("ask", view, letters=letters, sayings=SAYINGS, **common)
    entries = _entries(rows, view)
    states = Counter(entry["state"] for entry in entries if entry["state"])
    usual = states.most_common(1)[0][0] if states else None
    return fill("agencies", view, groups=_groups(entries, usual), usual=usual, count=len(rows), **common)


def answer(row: dict, sanctions: list[dict]) -> str:
    """Which of the three answers a row is: ``warned`` (under a sanction that no later one has ended, or gone from
    the list), ``listed``, or ``none``. ``sanctions`` are its own, newest first."""
    if row["removed_on"] or (sanctions and sanctions[0]["action"] != "lifted"):
        return "warned"
    return "listed" if row["listing"] == "listed" else "none"


def own_name(row: dict) -> str:
    """The name without the legal form, which is the same for all and hides the first letter."""
    return re.sub(r"^PT\.?\s+", "", row["name"])


def grouped(digits: str) -> str:
    """A licence number in groups of four, as it can be read aloud and compared."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4)) if digits.isdigit() else digits


def _entries(rows: list[dict], view: View) -> list[dict]:
    sanctions = {}
    for row in public(view):
        sanctions.setdefault(row["agency"], []).append(view.uses(row, "agency"))
    return [_entry(view.uses(row, "agency"), sanctions.get(row["id"], []), view) for row in rows]


def _entry(row: dict, sanctions: list[dict], view: View) -> dict:
    """A row with its answer, its number as it is read aloud and whatever else is known about the company, titled."""
    known = [(view.title("agencies", each), view.pick(row, each)) for each in DETAILS if view.pick(row, each)]
    known = [(title, view.date(text) if text == row["licence_until"] else text) for title, text in known]
    state = State(row["listed_on"], row["source"].startswith(OFFICIAL)) if row["listing"] == "listed" else None
    made = {"answer": answer(row, sanctions), "digits": grouped(row["licence_no"]), "ends": _ends(row, view)}
    return {**row, **made, "known": known, "state": state, "sanctions": sanctions}


def _ends(row: dict, view: View) -> Due | None:
    """The last day of a licence, on the same clock as what falls due for checking."""
    if not row["licence_until"]:
        return None
    last = date.fromisoformat(row["licence_until"])
    return Due(last, last, is_late(last, view.today))


def _groups(entries: list[dict], usual: State | None) -> list[dict]:
    made = []
    for letter, group in groupby(entries, key=_letter):
        rows = list(group)
        same = sum(row["state"] == usual for row in rows) if usual else 0
        made.append({"letter": letter, "id": _anchor(letter), "rows": rows, "usual": same, "unusual": len(rows) - same})
    return made


def _anchor(letter: str) -> str:
    return letter.lower() if letter != "#" else "other"


def _order(row: dict) -> tuple[str, str]:
    return _letter(row), re.sub(r"[^A-Z0-9]", "", own_name(row).upper())


def _letter(row: dict) -> str:
    first = own_name(row)[:1].upper()
    return first if "A" <= first <= "Z" else "#"
