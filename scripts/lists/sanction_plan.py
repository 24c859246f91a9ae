"""What a new sanction list adds to ours. A sanction is never taken away: what ends it is a decision of its own."""

from itertools import chain, count

from scripts.lists.agency_plan import Change, Origin, Plan, Row
from scripts.lists.findings import Findings
from scripts.lists.names import NearNames, fold
from scripts.lists.names import key as name_key
from scripts.lists.numbers import key as number_key
from scripts.lists.sanction_entries import SanctionEntry


def plan_sanctions(columns: list[str], rows: list[Row], agencies: list[Row], entries: list[SanctionEntry],
                   origin: Origin, findings: Findings) -> Plan:  # fmt: skip
    """The plan. A sanction without a decision's number, on a company we do not have, or of an authority whose English
    name we do not have waits for a person."""
    plan = Plan([dict(row) for row in rows])
    companies = _Companies(agencies, findings)
    english = {row["authority"]: row["authority@en"] for row in rows}
    seen: set[str] = set()
    for entry in entries:
        company = None if entry.held else companies.find(entry)
        if company and (row := _known(plan.rows, company, entry, findings)) is not None:
            if row:
                seen.add(row["id"])
                _update(plan, row, company, entry, origin)
        elif company and _complete(entry, english, findings):
            _add(plan, company, entry, {**dict.fromkeys(columns, ""), "authority@en": english[entry.authority]}, origin)
    _tell_missing(rows, seen, origin, findings)
    return plan


def order(row: Row) -> tuple:
    """The table's order, newest first."""
    return row["date"], row["id"]


class _Companies:
    """Finds the company that a sanction is about: by id, by number, by the whole name."""

    def __init__(self, agencies: list[Row], findings: Findings):
        self.agencies, self.findings = agencies, findings
        self.near = NearNames([row["name"] for row in agencies])

    def find(self, entry: SanctionEntry) -> Row | None:
        named = [row for row in self.agencies if name_key(row["name"]) == name_key(entry.name)]
        numbers = {number_key(number) for number in (entry.licence_no, entry.decree_no) if number}
        by_number = [
            row for row in self.agencies if numbers & {number_key(row["licence_no"]), number_key(row["decree_no"])}
        ]
        by_id = [row for row in self.agencies if entry.siskop_id and row["siskop_id"] == entry.siskop_id]
        found = by_id or by_number or named
        if len(found) > 1:
            found = [row for row in found if row in named] or found
        key = ""
        if not found:
            key = "lists.no-such-company"
        elif len({row["id"] for row in found}) > 1:
            key = "lists.several-companies"
        elif found[0] not in named or (by_id and by_number and found[0] not in by_number):
            key = "lists.company-differs"
        if not key:
            return found[0]
        alike = found or [self.agencies[at] for at in self.near.to(entry.name)]
        ours = ", ".join(f"{row['name']} ({row['id']})" for row in alike) or "–"
        self.findings.ask(key, entry.place, name=entry.name, ours=ours)
        return None


def _known(rows: list[Row], company: Row, entry: SanctionEntry, findings: Findings) -> Row | None:
    """The row that holds this sanction; None for a new one; an empty row when a person must say which it is."""
    mine = [row for row in rows if row["agency"] == company["id"] and row["action"] == entry.action]
    for row in mine:
        if entry.decision_no and number_key(row["decree_no"]) == number_key(entry.decision_no):
            return row
    for row in mine:
        if row["date"] == entry.day:
            findings.ask("lists.sanction-other-decree", entry.place, name=company["name"], ours=row["decree_no"],
                         new=entry.decision_no or "–")  # fmt: skip
            return {}
    return None


def _complete(entry: SanctionEntry, english: dict[str, str], findings: Findings) -> bool:
    if not entry.decision_no:
        findings.ask("lists.no-decision", entry.place, name=entry.name)
    elif entry.authority not in english:
        findings.ask("lists.unknown-authority", entry.place, name=entry.name, shown=entry.authority or "–",
                     known="; ".join(sorted(english)))  # fmt: skip
    elif entry.day:
        return True
    return False


def _update(plan: Plan, row: Row, company: Row, entry: SanctionEntry, origin: Origin) -> None:
    if not entry.day or row["date"] == entry.day:
        plan.same += 1
        return
    plan.changed.append(Change(row["id"], company["name"], row["decree_no"], [("date", row["date"], entry.day)]))
    row.update({"date": entry.day, **_from(origin)})


def _add(plan: Plan, company: Row, entry: SanctionEntry, blank: Row, origin: Origin) -> None:
    stem = fold(company["name"]).lower().replace(" ", "-")
    used = {row["id"] for row in plan.rows}
    first = f"{stem}-{entry.action}-{entry.day}"
    ids = chain([first], (f"{first}-{number}" for number in count(2)))
    row = blank | {"id": next(each for each in ids if each not in used), "agency": company["id"],
                   "action": entry.action, "authority": entry.authority, "decree_no": entry.decision_no,
                   "date": entry.day} | _from(origin)  # fmt: skip
    plan.rows.append(row)
    # Reasons come in one language; a text without its twin would break the table, so it waits for a translator.
    plan.added.append(Change(row["id"], company["name"], entry.decision_no, note=entry.detail))


def _tell_missing(rows: list[Row], seen: set[str], origin: Origin, findings: Findings) -> None:
    """What was read from this very list before and is no longer there; the rest came from the press and stays."""
    for row in rows:
        if row["id"] not in seen and row["source"] == origin.source:
            findings.ask("lists.sanction-gone", "", id=row["id"], decree=row["decree_no"])
    others = sum(row["id"] not in seen and row["source"] != origin.source for row in rows)
    if others:
        findings.remark("lists.sanctions-elsewhere", "", count=others)


def _from(origin: Origin) -> Row:
    return {"source": origin.source, "source_link": "true", "source_date": origin.on, "checked_on": origin.today}
