"""The CSV files of data/ for the workbooks: read even when Excel has spoiled one, written in one way only."""

import csv
import io
import os
from pathlib import Path

from frictionless import Package

from scripts.checks.data_rules import PACKAGE, package_tables
from scripts.checks.table_files import BadFile, Table, read_rows
from scripts.checks.table_said import Teller
from scripts.lists.findings import Unreadable
from scripts.sheets.reading import read_filled


def read_tables(data: Path, teller: Teller) -> dict[str, Table]:
    """The tables of a package with their rows; one that is no proper CSV is read as far as it can be.

    Raises FrictionlessException when a description cannot be read.
    """
    tables = package_tables(Package(str(data / PACKAGE)))
    for table in tables.values():
        table.rows = [table.names, *_rows(csv_path(data, table), table, teller)]
    return tables


def _rows(path: Path, table: Table, teller: Teller) -> list[list[str]]:
    try:
        headings, *rows = read_rows(path, table.names)
        if headings == table.names and all(len(row) == len(headings) for row in rows):
            return rows
    except BadFile:
        pass
    table.broken = True
    try:
        return read_filled(path, table, teller)[0].rows
    except Unreadable:
        return []


def csv_path(data: Path, table: Table) -> Path:
    """Where a table's CSV lies."""
    return data / table.file.removeprefix("data/")


def csv_bytes(rows: list[list[str]]) -> bytes:
    """Rows as the tables of data/ are written: UTF-8, commas, LF, quotes only where they are needed."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def write_csv(path: Path, rows: list[list[str]]) -> None:
    """Puts the new file in place of the old one in one step: there is never half a table."""
    beside = path.with_suffix(".csv.new")
    beside.write_bytes(csv_bytes(rows))
    os.replace(beside, path)
