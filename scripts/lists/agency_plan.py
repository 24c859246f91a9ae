"""What a new list of companies changes in our table, and nothing that it does not say."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain, count

from scripts.lists.agency_entries import Entry
from scripts.lists.findings import Findings
from scripts.lists.matching import Matching
from scripts.lists.names import fold, our_form
from scripts.lists.names import key as name_key
from scripts.lists.numbers import key as number_key
from scripts.lists.phones import same_phones

Row = dict[str, str]
# More companies than this gone at once is a part of the list, or the wrong file, until a person says otherwise.
MOST_GONE, MOST_GONE_SHARE = 10, 0.1


@dataclass(frozen=True)
class Origin:
    """Where the list comes from: its day, its page, and the day it is being read (all days as 2027-01-12)."""

    on: str
    source: str
    today: str


@dataclass
class Change:
    """One row that is new, gone or different; ``cells`` are (column, before, after)."""

    id: str
    name: str
    number: str
    cells: list[tuple[str, str, str]] = field(default_factory=list)
    note: str = ""


@dataclass
class Plan:
    """The table as it would be, and what is different in it."""

    rows: list[Row]
    added: list[Change] = field(default_factory=list)
    removed: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    same: int = 0


def plan_agencies(
    columns: list[str],
    rows: list[Row],
    entries: list[Entry],
    origin: Origin,
    findings: Findings,
    *,
    part: bool = False,
    whole: bool = False,
    decisions: dict[str, str] | None = None,
) -> Plan:
    """The plan for a table of ``columns``.

    ``part``: the list is known to be a part, so nobody is gone. ``whole``: however many are gone, it is the whole
    list. Refuses, through ``findings``, a list older than ours and one that lacks too many.
    """
    latest = max((row["listed_on"] for row in rows), default="")
    if origin.on < latest:
        findings.refuse("lists.older-list", "", on=origin.on, ours=latest)
    matching = Matching(rows, entries, findings, decisions or {})
    plan = Plan([dict(row) for row in rows])
    copies = {row["id"]: row for row in plan.rows}
    for row, entry in matching.pairs:
        _update(plan, copies[row["id"]], entry, origin)
    used = set(copies)
    for entry in matching.new:
        _add(plan, entry, origin, columns, used)
    if not part:
        seen = matching.taken | matching.held
        _remove(
            plan, [copies[row["id"]] for row in rows if row["listing"] == "listed" and row["id"] not in seen], origin
        )
        listed = sum(row["listing"] == "listed" for row in rows)
        if not whole and len(plan.removed) > max(MOST_GONE, MOST_GONE_SHARE * listed):
            findings.refuse("lists.too-many-gone", "", gone=len(plan.removed), ours=listed, read=len(entries))
    return plan


def order(row: Row) -> tuple:
    """The table's order: the company's own name, then its id."""
    return name_key(row["name"]), int(row["siskop_id"] or 0), row["id"]


def _update(plan: Plan, row: Row, entry: Entry, origin: Origin) -> None:
    told = dict(entry.cells)
    if entry.licence_no:
        told |= {"licence_no": entry.licence_no, "licence_kind": entry.licence_kind}
    if entry.decree_no:
        told["decree_no"] = entry.decree_no
    if name_key(entry.name) != name_key(row["name"]):
        told["name"] = our_form(entry.name)
    if not row["siskop_id"] and entry.siskop_id:
        told["siskop_id"] = entry.siskop_id
    if row["listing"] != "listed":
        told |= {"listing": "listed", "removed_on": ""}
    cells = [(name, row[name], new) for name, new in told.items() if not _says_same(name, row[name], new)]
    if cells:
        plan.changed.append(Change(row["id"], row["name"], row["licence_no"], cells, row["note"]))
        row.update({name: new for name, _, new in cells})
        if {"name", "licence_no", "listing"} & {name for name, _, _ in cells}:
            row["confirmed_on"] = ""  # what a person confirmed was another name, number or state
    else:
        plan.same += 1
    if cells or origin.on > row["listed_on"]:
        row.update(_from(origin))


def _add(plan: Plan, entry: Entry, origin: Origin, columns: list[str], used: set[str]) -> None:
    row = dict.fromkeys(columns, "") | entry.cells | _from(origin)
    row |= {"name": our_form(entry.name), "licence_no": entry.licence_no, "licence_kind": entry.licence_kind,
            "decree_no": entry.decree_no, "listing": "listed", "siskop_id": entry.siskop_id}  # fmt: skip
    row["id"] = _new_id(entry, used)
    used.add(row["id"])
    plan.rows.append(row)
    plan.added.append(Change(row["id"], row["name"], row["licence_no"] or row["decree_no"]))


def _remove(plan: Plan, gone: list[Row], origin: Origin) -> None:
    for row in gone:
        row.update({"listing": "not_listed", "removed_on": origin.on, "checked_on": origin.today, "confirmed_on": ""})
        plan.removed.append(Change(row["id"], row["name"], row["licence_no"]))


def _from(origin: Origin) -> Row:
    return {"listed_on": origin.on, "source": origin.source, "source_link": "true", "source_date": origin.on,
            "checked_on": origin.today}  # fmt: skip


def _new_id(entry: Entry, used: set[str]) -> str:
    if entry.siskop_id:
        return f"p3mi-{entry.siskop_id}"
    stem = "x-" + re.sub(r"[^a-z0-9]+", "-", fold(entry.name).lower()).strip("-")
    return next(each for each in chain([stem], (f"{stem}-{number}" for number in count(2))) if each not in used)


def _says_same(column: str, ours: str, new: str) -> bool:
    """Whether two ways of printing say the same, so that ours stays."""
    compare: Callable[[str], str] = {"address": _plain, "city": _plain, "province": _plain, "decree_no": number_key,
                                     "website": _bare, "email": str.casefold}.get(column, str)  # fmt: skip
    if column == "phone":
        return ours == new or (bool(ours) and same_phones(ours, new))
    return compare(ours) == compare(new)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _bare(address: str) -> str:
    return re.sub(r"^https?://(www\.)?|/$", "", address.casefold())
