"""Records of the sanction list as entries: every cell read as what its field is, or refused by its address."""

from dataclasses import dataclass
from datetime import date

from scripts.lists.agency_entries import Entry, read_identity
from scripts.lists.dates import UnclearDate, read_date, read_range
from scripts.lists.findings import Findings
from scripts.lists.headings import Headings
from scripts.lists.records import Cell, Record
from scripts.lists.sheet import clean


@dataclass
class SanctionEntry(Entry):
    """One sanction as an official list prints it; ``day`` is written 2027-01-12."""

    action: str = ""
    authority: str = ""
    decision_no: str = ""
    day: str = ""
    detail: str = ""


def sanction_entries(records: list[Record], headings: Headings, findings: Findings) -> list[SanctionEntry]:
    """The entries, in the list's order."""
    for record in records:
        if record.lone:
            findings.remark("lists.row-not-read", record.place)
    return [_entry(record, headings, findings) for record in records if not record.lone]


def _entry(record: Record, headings: Headings, findings: Findings) -> SanctionEntry:
    entry = SanctionEntry(record.place)
    read_identity(entry, record, findings)
    action = record.one("action")
    entry.action = headings.action(clean(action.value)) if clean(action.value) else ""
    if not entry.action:
        known = ", ".join(words[0] for words in headings.kind["actions"].values())
        findings.refuse("lists.unknown-action", action.place, shown=clean(action.value), known=known)
    for name, field in (("authority", "authority"), ("decision_no", "decree_no"), ("detail", "detail")):
        setattr(entry, name, _text(record.one(field), findings))
    entry.day = _day(record.one("date"), findings)
    return entry


def _text(cell: Cell, findings: Findings) -> str:
    """A decision's number is text too: a cell that a spreadsheet has counted with is refused."""
    text = clean(cell.value)
    if isinstance(cell.value, int | float | date) or text[:1] in ("=", "@", "+"):
        findings.refuse("lists.not-text", cell.place)
        return ""
    return text


def _day(cell: Cell, findings: Findings) -> str:
    """The first day of a sanction. "s.d. 3 Mei 2026" alone does not tell it."""
    value = clean(cell.value) if isinstance(cell.value, str) else cell.value
    try:
        return read_date(value).isoformat()
    except UnclearDate:
        pass
    try:
        begin, end = read_range(value)
    except UnclearDate:
        begin, end = None, None
    if begin is None:
        findings.refuse("lists.unclear-date", cell.place, shown=clean(cell.value) or "–")
        return ""
    findings.ask("lists.end-not-kept", cell.place, shown=end.isoformat())
    return begin.isoformat()
