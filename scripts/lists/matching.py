"""Which entry of a list is which row of ours: by id, then by number, then by the whole name, never by a near one."""

from collections import defaultdict
from itertools import chain

from scripts.lists.agency_entries import Entry
from scripts.lists.findings import Findings
from scripts.lists.names import NearNames
from scripts.lists.names import key as name_key
from scripts.lists.numbers import key as number_key
from scripts.lists.numbers import same_nib

Row = dict[str, str]
SAME, OTHER = "same", "other"


class Matching:
    """``pairs`` are settled, ``new`` are entries that no row of ours is, ``held`` ids of rows that wait for a person.

    ``decisions`` are a person's answers to the questions of an earlier run: SAME or OTHER by the question's name.
    """

    def __init__(self, rows: list[Row], entries: list[Entry], findings: Findings, decisions: dict[str, str]):
        self.rows, self.findings, self.decisions = rows, findings, decisions
        self.pairs: list[tuple[Row, Entry]] = []
        self.taken: set[str] = set()
        self.held: set[str] = set()
        self.by_id = {row["siskop_id"]: row for row in rows if row["siskop_id"]}
        self.by_number, self.by_name = defaultdict(list), defaultdict(list)
        for row in rows:
            self.by_name[name_key(row["name"])].append(row)
            for number in filter(None, (row["licence_no"], row["decree_no"])):
                self.by_number[number_key(number)].append(row)
        left = entries
        for step in (self._lone, self._short, self._by_id, self._by_number, self._by_name):
            left = [entry for entry in left if step(entry)]
        self.new = self._new(left)

    def _lone(self, entry: Entry) -> bool:
        if entry.lone and name_key(entry.name) not in self.by_name:
            self.findings.remark("lists.row-not-read", entry.place)  # without its text, which may be a person's name
            return False
        return True

    def _short(self, entry: Entry) -> bool:
        """A number that lost its zero is known again only when the company is, too. Held entries end here as well."""
        if entry.held:
            self._hold_known(entry)
            return False
        if not entry.short:
            return True
        whole = "0" + entry.short
        if any(name_key(row["name"]) == name_key(entry.name) for row in self.by_number[whole]):
            entry.licence_no, entry.licence_kind = whole, self.by_number[whole][0]["licence_kind"]
            self.findings.remark("lists.zero-known", entry.place, name=entry.name, number=whole)
            return True
        self.findings.ask(
            "lists.short-number", entry.place, name=entry.name, shown=entry.short, length=len(entry.short)
        )
        self._hold_known(entry)
        return False

    def _hold_known(self, entry: Entry) -> None:
        """Whatever row the entry may mean is not gone from the list."""
        rows = chain([self.by_id.get(entry.siskop_id)], self.by_name[name_key(entry.name)],
                     *(self.by_number[number] for number in _numbers(entry)))  # fmt: skip
        self.held |= {row["id"] for row in rows if row}

    def _by_id(self, entry: Entry) -> bool:
        row = self.by_id.get(entry.siskop_id)
        if row is None:
            return True
        same_name = name_key(row["name"]) == name_key(entry.name)
        others = [each for number in _numbers(entry) for each in self.by_number[number] if each is not row]
        mine = any(row in self.by_number[number] for number in _numbers(entry))
        if row["id"] in self.taken:
            self._ask("lists.id-twice", entry, row)
        elif others and not mine:
            self._ask("lists.id-and-number", entry, row, OTHER)
        elif same_name or (mine and NearNames([row["name"]]).to(entry.name)):
            self._pair(row, entry)
        else:
            self._ask("lists.id-other-name", entry, row)
        return False

    def _by_number(self, entry: Entry) -> bool:
        rows = [row for number in _numbers(entry) for row in self.by_number[number]]
        if not rows:
            return True
        free = [row for row in rows if row["id"] not in self.taken and _ids_agree(row, entry)]
        if not free:
            self._ask("lists.number-twice", entry, rows[0], OTHER)
            return False
        row = next((row for row in free if name_key(row["name"]) == name_key(entry.name)), free[0])
        if name_key(row["name"]) == name_key(entry.name) or NearNames([row["name"]]).to(entry.name):
            self._pair(row, entry)
            return False
        return self._ask("lists.number-other-name", entry, row)

    def _by_name(self, entry: Entry) -> bool:
        for row in self.by_name[name_key(entry.name)]:
            if row["id"] in self.taken or row["id"] in self.held or not _ids_agree(row, entry):
                continue
            differ = [name for name in ("licence_no", "decree_no") if row[name] and getattr(entry, name)]
            if not differ:
                self._pair(row, entry)
                return False
            key = "lists.same-nib" if same_nib(row["licence_no"], entry.licence_no) else "lists.name-other-number"
            if not self._ask(key, entry, row):
                return False
        return True

    def _new(self, left: list[Entry]) -> list[Entry]:
        near, names = NearNames([row["name"] for row in self.rows]), NearNames([entry.name for entry in left])
        fresh, numbers = [], set()
        for at, entry in enumerate(left):
            alike = [self.rows[each] for each in near.to(entry.name)]
            if not all([self._is_other(entry, row) for row in alike]):
                continue
            if numbers & set(_numbers(entry)):
                self.findings.ask("lists.new-twice", entry.place, name=entry.name)
                continue
            if not _numbers(entry) and not self._may_be_new(entry, [left[n] for n in names.to(entry.name) if n != at]):
                continue
            numbers |= set(_numbers(entry))
            fresh.append(entry)
        return fresh

    def _is_other(self, entry: Entry, row: Row) -> bool:
        """Whether a row with a near name is another company for certain: the list has it too, under its own number."""
        if row["id"] in self.taken and _numbers(entry):
            self.findings.remark("lists.near-but-other", entry.place, name=entry.name, ours=row["name"])
            return True
        return bool(self._ask("lists.near-name", entry, row))

    def _may_be_new(self, entry: Entry, alike: list[Entry]) -> bool:
        """A list that prints neither numbers nor ids, such as a drop-down, adds nobody."""
        for other in alike:
            self.findings.ask("lists.near-in-list", entry.place, name=entry.name, other=other.name)
        self.findings.ask("lists.new-without-number" if entry.siskop_id else "lists.name-only", entry.place,
                          name=entry.name)  # fmt: skip
        return bool(entry.siskop_id)

    def _pair(self, row: Row, entry: Entry) -> None:
        self.taken.add(row["id"])
        self.pairs.append((row, entry))

    def _ask(self, key: str, entry: Entry, row: Row, unanswerable: str = "") -> bool:
        """Hold both until a person has answered; true when the answer was that they are two companies."""
        decision = "" if unanswerable else f"{row['id']} = {(_numbers(entry) or [name_key(entry.name)])[0]}"
        answer = self.decisions.get(decision, "") if decision else ""
        if answer == SAME and row["id"] not in self.taken:
            self._pair(row, entry)
        elif answer == OTHER:
            return True
        else:
            self.held.add(row["id"])
            self.findings.ask(key, entry.place, decision, name=entry.name, ours=row["name"], id=row["id"],
                              number=row["licence_no"] or row["decree_no"] or "–")  # fmt: skip
        return False


def _numbers(entry: Entry) -> list[str]:
    return [number_key(number) for number in (entry.licence_no, entry.decree_no) if number]


def _ids_agree(row: Row, entry: Entry) -> bool:
    return not row["siskop_id"] or not entry.siskop_id or row["siskop_id"] == entry.siskop_id
