"""Records of the agencies' list as entries: every cell read as what its field is, or refused by its address."""

import re
from dataclasses import dataclass, field

from forms_api.forms.phones import NotAPhone
from scripts.lists.dates import UnclearDate, read_range
from scripts.lists.findings import Findings
from scripts.lists.headings import Headings, fold
from scripts.lists.names import oddity
from scripts.lists.numbers import DECREE, SHORT, DigitsLost, NotANumber, read_number
from scripts.lists.phones import read_phones
from scripts.lists.records import Cell, Record
from scripts.lists.sheet import clean, lines

TEXTS = ("city", "province", "address")


@dataclass
class Entry:
    """One company as an official list prints it. ``cells`` holds what the list says beyond name and numbers;
    ``short`` digits that may lack a zero in front; ``held`` is true when a person must look before it counts,
    ``lone`` when the name is all there is, so that it counts only for a company we have."""

    place: str
    name: str = ""
    siskop_id: str = ""
    licence_no: str = ""
    licence_kind: str = ""
    decree_no: str = ""
    short: str = ""
    held: bool = False
    lone: bool = False
    cells: dict[str, str] = field(default_factory=dict)


def agency_entries(records: list[Record], headings: Headings, findings: Findings) -> list[Entry]:
    """The entries, in the list's order. Never reads a person's name: records do not carry them."""
    return [_entry(record, headings, findings) for record in records]


def _entry(record: Record, headings: Headings, findings: Findings) -> Entry:
    entry = Entry(record.place, lone=record.lone)
    if record.lone:
        entry.name = clean(record.one("name").value)
        return entry
    read_identity(entry, record, findings)
    for name in TEXTS:
        _keep(entry, name, _text(record.one(name), findings))
    _until(entry, record.one("licence_until"), findings)
    _phone(entry, record.one("phone"), findings)
    _email(entry, record.one("email"), findings)
    _website(entry, record.one("website"), findings)
    _state(entry, record.one("state"), headings, findings)
    return entry


def read_identity(entry: Entry, record: Record, findings: Findings) -> None:
    """Name, id and numbers: what decides which company a row is. Also for the sanction list."""
    cell = record.one("name")
    entry.name = clean(cell.value)
    if not isinstance(cell.value, str) or not re.search(r"[^\W\d_]", entry.name) or entry.name[0] in "=@+":
        findings.refuse("lists.no-name", cell.place)
        entry.held = True
    elif odd := oddity(entry.name):
        findings.ask(f"lists.odd-{odd}", cell.place, name=entry.name)
        entry.held = True
    cell = record.one("siskop_id")
    entry.siskop_id = clean(cell.value)
    if not re.fullmatch(r"[0-9]*", entry.siskop_id):
        findings.refuse("lists.no-id", cell.place)
    for cell in record.cells.get("number", []):
        if clean(cell.value):
            _number(entry, cell, findings)


def _number(entry: Entry, cell: Cell, findings: Findings) -> None:
    try:
        kind, number = read_number(cell.value)
    except DigitsLost as lost:
        findings.refuse("lists.digits-lost", cell.place, shown=str(lost))
        return
    except NotANumber as other:
        findings.refuse("lists.not-a-number", cell.place, shown=str(other))
        return
    if kind == DECREE:
        entry.decree_no = number
    elif kind == SHORT:
        entry.short = number
    elif kind and entry.licence_no and entry.licence_no != number:
        findings.refuse("lists.two-numbers", cell.place)
    elif kind:
        entry.licence_no, entry.licence_kind = number, kind
        if kind == "oss_reference":
            findings.remark("lists.reference-number", cell.place, name=entry.name)
    else:
        findings.ask("lists.word-for-number", cell.place, name=entry.name, shown=clean(cell.value))


def _keep(entry: Entry, name: str, text: str) -> None:
    if text:
        entry.cells[name] = text


def _text(cell: Cell, findings: Findings) -> str:
    text = clean(cell.value)
    if text[:1] in ("=", "@", "+"):  # a spreadsheet would compute it when our CSV is opened
        findings.ask("lists.looks-computed", cell.place)
        return ""
    return text


def _until(entry: Entry, cell: Cell, findings: Findings) -> None:
    if not clean(cell.value):
        return
    value = clean(cell.value) if isinstance(cell.value, str) else cell.value
    try:
        begin, end = read_range(value)
    except UnclearDate:
        findings.refuse("lists.unclear-date", cell.place, shown=clean(cell.value))
        return
    _keep(entry, "licence_until", end.isoformat())
    if begin:
        findings.remark("lists.beginning-not-kept", cell.place, shown=begin.isoformat())


def _phone(entry: Entry, cell: Cell, findings: Findings) -> None:
    if not clean(cell.value):
        return
    try:
        _keep(entry, "phone", "; ".join(read_phones(lines(cell.value) if isinstance(cell.value, str) else cell.value)))
    except NotAPhone:
        # The cell is not repeated: a name may stand in it.
        findings.ask("lists.not-a-phone", cell.place, name=entry.name)


def _email(entry: Entry, cell: Cell, findings: Findings) -> None:
    text = clean(cell.value)
    if re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", text):
        _keep(entry, "email", text)
    elif text:
        findings.ask("lists.not-an-email", cell.place, name=entry.name)


def _website(entry: Entry, cell: Cell, findings: Findings) -> None:
    text = clean(cell.value)
    if re.fullmatch(r"(https?://)?[\w-]+(\.[\w-]+)+(:\d+)?(/\S*)?", text, re.IGNORECASE):
        _keep(entry, "website", text if "://" in text else f"https://{text}")
    elif text:
        findings.ask("lists.not-a-website", cell.place, name=entry.name)


def _state(entry: Entry, cell: Cell, headings: Headings, findings: Findings) -> None:
    text = clean(cell.value)
    if text and any(word in fold(text) for word in headings.words("not_active")):
        findings.ask("lists.not-active", cell.place, name=entry.name, shown=text)
        entry.held = True
