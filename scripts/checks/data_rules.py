"""Faults in the tables of data/, as sentences an editor can act on.

First each file by itself (what a spreadsheet does to a CSV), then its headings, then frictionless as the judge of
every cell and key, then what frictionless lets pass. What lies behind a fault is not told: repair shows it.
"""

import re
from pathlib import Path

from frictionless import Error, FrictionlessException, Package

from forms_api.words import Words
from scripts.checks.table_cells import cell_faults
from scripts.checks.table_faults import Reader
from scripts.checks.table_files import BadFile, Table, read_rows
from scripts.checks.table_headings import heading_faults
from scripts.checks.table_said import Fault, Teller
from scripts.checks.table_schemas import schema_faults

PACKAGE = "datapackage.yaml"


def data_faults(data: Path, words: Words, language: str) -> list[tuple[str, str, str]]:
    """(file, place, what is wrong) for each fault of the data package and its tables; empty when all is well."""
    teller = Teller(words, language)
    return teller.told(judge(data, teller))


def judge(data: Path, teller: Teller) -> list[Fault]:
    """The faults of all tables that the package in the folder ``data`` names, table by table and row by row."""
    try:
        package = Package(str(data / PACKAGE))
        tables = package_tables(package)
        found = [fault for table in tables.values() for fault in _on_disk(data, table, teller)]
        return found + _inside(package, tables, teller)
    except FrictionlessException as refused:
        return [description_fault(data, error, teller) for error in refused.reasons or [refused.error]]


def package_tables(package: Package) -> dict[str, Table]:
    """The tables of a package by name, not read yet."""
    return {each.name: Table(each.name, f"data/{each.path}", each.schema.to_descriptor()) for each in package.resources}


def description_fault(data: Path, error: Error, teller: Teller) -> Fault:
    """The fault of a description that frictionless refuses, told at its file and without this machine's folders."""
    error.note = error.note.replace(f"{data}/", "data/")
    named = re.search(r'"(data/[^"]+\.yaml)"', error.note)
    return Reader({}, teller).fault(Table(PACKAGE, named[1] if named else f"data/{PACKAGE}", {}), error)


def _on_disk(data: Path, table: Table, teller: Teller) -> list[Fault]:
    """Reads a table. Faults of its file and its headings make it ``broken``; those of its schema do not."""
    found = schema_faults(table, teller)
    try:
        table.rows = read_rows(data / table.file.removeprefix("data/"), table.names)
        faults = heading_faults(table, teller)
        if not faults and len(table.rows) == 1 and not table.schema.get("may_be_empty"):
            faults = [teller.fault(table, "data.only-headings")]
    except BadFile as bad:
        faults = [teller.fault(table, bad.key, bad.row, bad.column, **bad.values)]
    table.broken = bool(faults)
    return found + faults


def _inside(package: Package, tables: dict[str, Table], teller: Teller) -> list[Fault]:
    """Faults of the rows of every table that could be read."""
    report = package.validate()
    reader = Reader(tables, teller)
    whole = Table(PACKAGE, f"data/{PACKAGE}", {})
    found = [reader.fault(whole, error) for error in report.errors]
    for task in report.tasks:
        table = tables[task.name]
        if not table.broken:
            errors = [error for error in task.errors if not _comes_from_elsewhere(error, table, tables)]
            found += _together(cell_faults(table, teller), [reader.fault(table, error) for error in errors])
    return found


def _comes_from_elsewhere(error, table: Table, tables: dict[str, Table]) -> bool:
    """Whether an error only repeats that a table this one points to is broken."""
    if error.type == "foreign-key":
        return tables[error.reference_name or table.name].broken
    pointed = {key["reference"].get("resource") or table.name for key in table.schema.get("foreignKeys", [])}
    return not hasattr(error, "row_number") and any(tables[name].broken for name in pointed if name in tables)


def _together(ours: list[Fault], theirs: list[Fault]) -> list[Fault]:
    """Both lists by row and column, one fault a cell: ours are nearer to what happened. A row of a wrong length
    has every cell in a wrong column, so nothing else is told of it."""
    whole = {fault.row for fault in theirs if fault.key in ("data.row-long", "data.row-short", "data.blank-row")}
    kept: dict[tuple, Fault] = {}
    for fault in [*ours, *theirs]:
        if fault.row in whole and fault.column is not None:
            continue
        kept.setdefault((fault.row or 0, -1 if fault.column is None else fault.column), fault)
    return [kept[place] for place in sorted(kept)]
