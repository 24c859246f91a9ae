"""A table as an Excel workbook, out and back: ``python -m scripts.table [NAME [FILE]] [--to FOLDER] [--en] [--yes]``.

Without FILE it writes NAME.xlsx, a template filled with today's rows. With FILE it reads one back: faults are told
by their cells, then what would change, and the CSV is written only when a person says yes.
"""

import argparse
import sys
from pathlib import Path

from frictionless import FrictionlessException

from scripts.checks.data_rules import description_fault
from scripts.checks.table_files import Table
from scripts.checks.table_said import Teller
from scripts.lists.findings import Unreadable
from scripts.sheets.back import take_back
from scripts.sheets.files import csv_path, read_tables, write_csv
from scripts.sheets.telling import change_lines
from scripts.sheets.template import mark, write_template
from scripts.site.sentences import all_words

DATA = Path(__file__).resolve().parents[1] / "data"


def main(arguments: list[str] | None = None) -> int:
    """The command. Whatever a file holds, the answer is a sentence and never a traceback."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", nargs="?", help="the table, as data/datapackage.yaml names it")
    parser.add_argument("file", nargs="?", type=Path, help="the filled workbook to read back")
    parser.add_argument("--to", type=Path, default=Path.cwd(), help="the folder to write the template into")
    parser.add_argument("--en", action="store_true", help="speak English")
    parser.add_argument("--yes", action="store_true", help="write the changes without asking")
    wanted = parser.parse_args(arguments)
    teller = Teller(all_words(), "en" if wanted.en else "id")
    try:
        return _run(wanted, teller)
    except FrictionlessException as refused:
        fault = description_fault(DATA, (refused.reasons or [refused.error])[0], teller)
        print(f"{fault.table.file}: {fault.what}")
    except Unreadable as unreadable:
        print(f"{wanted.file.name}: {teller.say(unreadable.key, **unreadable.values)}")
    except PermissionError as closed:
        print(teller.say("table.in-use", file=Path(closed.filename or "").name))
    except Exception as error:
        print(teller.say("check.stumbled", error=f"{type(error).__name__}: {error}"))
    return 1


def _run(wanted: argparse.Namespace, teller: Teller) -> int:
    tables = read_tables(DATA, teller)
    if wanted.name not in tables:
        print(teller.say("table.unknown" if wanted.name else "table.which", name=wanted.name))
        print("\n".join(f"  {name:18} {table.title(teller.language)}" for name, table in tables.items()))
        return 1 if wanted.name else 0
    table = tables[wanted.name]
    if wanted.file:
        return _read_back(table, wanted.file, wanted.yes, teller)
    return _write_out(table, tables, wanted.to / f"{table.name}.xlsx", teller)


def _write_out(table: Table, tables: dict[str, Table], path: Path, teller: Teller) -> int:
    if path.exists():
        print(teller.say("table.exists", file=path.name, name=table.name))
        return 1
    write_template(path, table, tables, mark(csv_path(DATA, table).read_bytes()), teller)
    print(teller.say("table.written", file=path.name, count=len(table.rows) - 1, name=table.name))
    return 0


def _read_back(table: Table, file: Path, sure: bool, teller: Teller) -> int:
    filled, changes, faults = take_back(DATA, table, file, teller)
    if faults:
        print("\n".join(f"{where}: {place + ': ' if place else ''}{what}" for where, place, what in faults))
        print(teller.say("table.repair", count=len(faults)))
        return 1
    path = csv_path(DATA, table)
    before = path.read_bytes() if path.exists() else b""
    rows = [table.names, *changes.rows]
    if not changes.any() and not table.broken:
        print(teller.say("table.nothing", file=table.file))
        return 0
    if filled.mark and filled.mark != mark(before):
        print(teller.say("table.older", file=table.file))
    print("\n".join(change_lines(table, changes, teller)) if changes.any() else teller.say("table.only-form"))
    if not (sure or _agrees(table, teller)):
        print(teller.say("table.not-written"))
        return 1
    write_csv(path, rows)
    print(teller.say("table.done", file=table.file, count=len(changes.rows)))
    return 0


def _agrees(table: Table, teller: Teller) -> bool:
    """Asks; nobody there to answer (a script, a closed terminal) means no."""
    try:
        answer = input(teller.say("table.ask", file=table.file) + " ")
    except EOFError:
        print()
        return False
    return answer.strip().casefold() in ("y", "ya", "yes")


if __name__ == "__main__":
    sys.exit(main())
