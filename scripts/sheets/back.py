"""A filled workbook judged by the same judge as the CSV, before anything is written."""

from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from scripts.checks.data_rules import judge
from scripts.checks.table_files import Table
from scripts.checks.table_said import Teller
from scripts.sheets.changes import Changes, compare, settled
from scripts.sheets.files import csv_bytes, csv_path
from scripts.sheets.reading import Filled, SheetTeller, read_filled


def take_back(data: Path, table: Table, file: Path, teller: Teller) -> tuple[Filled, Changes | None, list]:
    """Reads ``file`` for ``table``, whose rows are read. Returns what it holds, what it changes (None when it has
    faults), and the faults as (file, place, sentence); a fault that this leaves in another table is one too.

    Raises Unreadable when the file cannot be read or has no such table.
    """
    filled, faults = read_filled(file, table, teller)
    if faults:
        return filled, None, faults
    old = table.rows[1:]
    filled.rows = settled(table, old, filled.rows)
    sheet = SheetTeller(teller.words, teller.language, table, filled)
    with TemporaryDirectory() as folder:
        trial = Path(copytree(data, Path(folder) / "data"))
        csv_path(trial, table).write_bytes(csv_bytes([table.names, *filled.rows]))
        faults = sheet.told(judge(trial, sheet))
    return filled, None if faults else compare(table, old, filled.rows), faults
