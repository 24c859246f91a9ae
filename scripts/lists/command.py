"""One import from its files to its review, and to the table when that is wanted and allowed."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

from forms_api.words import Words, long_date
from scripts.lists import agency_plan, sanction_plan
from scripts.lists.agency_entries import agency_entries
from scripts.lists.agency_plan import Origin, Plan
from scripts.lists.decisions import questions_sheet, read_decisions
from scripts.lists.findings import Findings, Unreadable
from scripts.lists.headings import Headings
from scripts.lists.opening import open_sheets
from scripts.lists.records import Record, read_records
from scripts.lists.review import MOST_SHOWN, Review, save_review
from scripts.lists.sanction_entries import sanction_entries
from scripts.lists.table import read_table, table_text, write_whole


@dataclass(frozen=True)
class Job:
    """What the command line asks for. Days are written 2027-01-12; ``source`` None means the official page."""

    files: list[Path]
    kind: str
    on: str
    today: str
    source: str | None
    part: bool
    whole: bool
    decided: Path | None
    write: bool
    data: Path
    reviews: Path


def run(job: Job, words: Words, language: str) -> int:
    """Do the job: print and save the review, write when asked and nothing was refused.

    Raises Unreadable when the sheet of answers cannot be read.
    """

    def say(key: str, **values) -> str:
        return words.say(language, key, **values)

    findings = Findings()
    folder = job.data / "agencies"
    headings = Headings(folder / "headings.yaml", job.kind)
    records, told = _read(job, headings, findings, say)
    columns, rows = read_table(folder / f"{job.kind}.csv")
    plan = _plan(job, headings, records, columns, rows, findings)
    schema = yaml.safe_load((folder / f"{job.kind}.schema.yaml").read_text(encoding="utf-8"))
    review = Review(plan, findings, schema, words, language)
    told.insert(0, say(f"lists.title-{job.kind}", on=long_date(job.on, language)))
    may_write = not findings.refused
    written = may_write and job.write and _write(folder / f"{job.kind}.csv", columns, plan, job.kind)
    ending = [_ending(job, may_write, written, say)]
    saved = _save(job, review, [*told, review.text(), *ending], words, language)
    ending.insert(0, say("lists.saved", paths=", ".join(map(str, saved))))
    print("\n".join([*told, review.text(MOST_SHOWN), *ending]))
    return 0 if may_write else 1


def _read(job: Job, headings: Headings, findings: Findings, say: Callable[..., str]) -> tuple[list[Record], list[str]]:
    """The records of all files, and one line a file."""
    if job.on > job.today:
        findings.refuse("lists.future", "", on=job.on)
    records, told = [], []
    for path in job.files:
        try:
            found = read_records(open_sheets(path, findings), headings, findings)
        except Unreadable as unreadable:
            findings.refuse(unreadable.key, path.name, **unreadable.values)
            continue
        told.append(say("lists.read", file=path.name, count=len(found)))
        records += found
    if not records and not findings.refused:
        findings.refuse("lists.no-rows", "")
    return records, told


def _plan(
    job: Job, headings: Headings, records: list[Record], columns: list[str], rows: list[dict], findings: Findings
) -> Plan:
    origin = Origin(job.on, job.source or headings.kind["official"], job.today)
    read = sanction_entries if job.kind == "sanctions" else agency_entries
    entries = read(records, headings, findings)
    # A row whose cell was refused would be compared without it, and raise questions that are none.
    said = Findings() if findings.refused else findings
    if job.kind == "sanctions":
        agencies = read_table(job.data / "agencies" / "agencies.csv")[1]
        return sanction_plan.plan_sanctions(columns, rows, agencies, entries, origin, said)
    decisions = read_decisions(job.decided)
    return agency_plan.plan_agencies(
        columns, rows, entries, origin, said, part=job.part, whole=job.whole, decisions=decisions
    )


def _write(path: Path, columns: list[str], plan: Plan, kind: str) -> bool:
    """Write the table; false when it is the same to the byte."""
    orders = {"agencies": agency_plan.order, "sanctions": sanction_plan.order}
    text = table_text(columns, plan.rows, orders[kind], backwards=kind == "sanctions")
    if path.read_bytes() == text.encode():
        return False
    write_whole(path, text)
    return True


def _ending(job: Job, may_write: bool, written: bool, say: Callable[..., str]) -> str:
    """What is so now, and what to do next."""
    if not may_write:
        return say("lists.nothing-written")
    if not job.write:
        return say("lists.try-write")
    path = job.data / "agencies" / f"{job.kind}.csv"
    return say("lists.written", path=path) if written else say("lists.no-change")


def _save(job: Job, review: Review, lines: list[str], words: Words, language: str) -> list[Path]:
    questions = [each for each in review.findings.questions if each.decision]
    sheet = (
        questions_sheet(questions, [review.sentence(each) for each in questions], words, language)
        if questions
        else None
    )
    return save_review(job.reviews, f"{job.kind}-{job.on}", "\n".join(lines), sheet)
