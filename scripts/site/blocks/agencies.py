"""The whole list of placement companies: readable, printable and searchable without a script."""

import re
from itertools import groupby

from scripts.site.blocks.sanctions import public
from scripts.site.late import due
from scripts.site.templates import fill
from scripts.site.view import UnknownName, View

OFFICIAL = "https://siskop2mi.bp2mi.go.id/"  # a row read there is no third party's copy
DETAILS = ("decree_no", "licence_until", "address", "city", "province", "phone", "email", "website", "destinations",
           "sectors")  # fmt: skip


def render(name: str, view: View) -> str:
    """``all``: every row, under the first letter of the company's own name."""
    if name != "all":
        raise UnknownName("agencies", name, ["all"])
    sanctions = {}
    for row in public(view):
        sanctions.setdefault(row["agency"], []).append(view.uses(row, "agency"))
    rows = [_entry(view.uses(row, "agency"), view) for row in sorted(view.tables.rows("agencies"), key=_order)]
    letters = {letter: list(group) for letter, group in groupby(rows, key=_letter)}
    seen_on = max((row["listed_on"] for row in rows), default="")
    # The list is read as a whole, so it is as old as the oldest of the rows that it holds.
    when = due(view, [row for row in rows if row["listing"] == "listed"] or rows, "agency")
    return fill("agencies", view, letters=letters, sanctions=sanctions, seen_on=seen_on, count=len(rows), when=when)


def _entry(row: dict, view: View) -> dict:
    """A row with its number as it is read aloud and whatever else is known about the company, titled."""
    known = [(view.title("agencies", each), view.pick(row, each)) for each in DETAILS if view.pick(row, each)]
    known = [(title, view.date(text) if text == row["licence_until"] else text) for title, text in known]
    official = row["source"].startswith(OFFICIAL)
    return {**row, "digits": grouped(row["licence_no"]), "known": known, "official": official}


def own_name(row: dict) -> str:
    """The name without the legal form, which is the same for all and hides the first letter."""
    return re.sub(r"^PT\.?\s+", "", row["name"])


def grouped(digits: str) -> str:
    """A licence number in groups of four, as it can be read aloud and compared."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4)) if digits.isdigit() else digits


def _order(row: dict) -> tuple[str, str]:
    return _letter(row), re.sub(r"[^A-Z0-9]", "", own_name(row).upper())


def _letter(row: dict) -> str:
    first = own_name(row)[:1].upper()
    return first if "A" <= first <= "Z" else "#"
