"""The review of an import: what would be added, removed and changed, and what a person must settle, in sentences."""

from pathlib import Path

from forms_api.words import Words, long_date
from scripts.lists.agency_plan import Change, Plan
from scripts.lists.findings import Finding, Findings

MOST_SHOWN = 25  # of a kind on the screen; the saved review holds all


class Review:
    """Says a plan and its findings in one language. ``schema`` gives the columns their titles."""

    def __init__(self, plan: Plan, findings: Findings, schema: dict, words: Words, language: str):
        self.plan, self.findings, self.words, self.language = plan, findings, words, language
        self.fields = {each["name"]: each for each in schema["fields"]}

    def text(self, most: int | None = None) -> str:
        """The review; with ``most``, only so many lines of each kind."""
        plan, found = self.plan, self.findings
        parts = [
            self._part("refused", [self.sentence(each) for each in found.refused], most),
            self._part("person", [self.sentence(each) for each in found.questions], most),
            self._part("remarks", [self.sentence(each) for each in found.remarks], most),
        ]
        if not found.refused:
            parts[:1] = [
                self._part("added", [self._added(each) for each in plan.added], most),
                self._part("removed", [_company(each) for each in plan.removed], most),
                self._part("changed", [self._changed(each) for each in plan.changed], most),
            ]
            parts.append(self._say("lists.same", count=plan.same))
        return "\n".join(parts)

    def sentence(self, finding: Finding) -> str:
        """A finding with its place in front."""
        said = self._say(finding.key, **finding.values)
        return f"{finding.place}: {said}" if finding.place else said

    def _part(self, kind: str, lines: list[str], most: int | None) -> str:
        shown = lines[:most]
        if len(lines) > len(shown):
            shown.append(self._say("lists.and-more", count=len(lines) - len(shown)))
        title = self._say(f"lists.part-{kind}")
        return "\n".join([f"{title}: {len(lines)}", *(f"  {line}" for line in shown)])

    def _added(self, change: Change) -> str:
        waits = f"; {self._say('lists.detail-waits', detail=change.note)}" if change.note else ""
        return _company(change) + waits

    def _changed(self, change: Change) -> str:
        cells = [self._say("lists.cell", title=self._title(name), before=self._shown(name, before),
                           after=self._shown(name, after)) for name, before, after in change.cells]  # fmt: skip
        note = f"; {self._say('lists.read-note', note=change.note)}" if change.note else ""
        return f"{change.name} ({change.id}): {'; '.join(cells)}{note}"

    def _title(self, column: str) -> str:
        field = self.fields[column]
        return field["title"] if self.language == "id" else field["title@en"]

    def _shown(self, column: str, value: str) -> str:
        labels = self.fields[column].get("labels" if self.language == "id" else "labels@en", {})
        if self.fields[column]["type"] == "date":
            value = long_date(value, self.language)
        return labels.get(value, value) or "–"

    def _say(self, key: str, **values) -> str:
        return self.words.say(self.language, key, **values)


def _company(change: Change) -> str:
    return f"{change.name}, {change.number or '–'} ({change.id})"


def save_review(folder: Path, stem: str, text: str, sheet: bytes | None) -> list[Path]:
    """Write the review, and the sheet of questions when there is one; gives what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / f"{stem}.txt"]
    written[0].write_text(text + "\n", encoding="utf-8")
    if sheet:
        written.append(folder / f"{stem}.xlsx")
        written[1].write_bytes(sheet)
    return written
