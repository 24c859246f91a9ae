"""A CSV table of data/ as the importer keeps it: read, sorted so that a diff is the review, written whole."""

import csv
import os
from collections.abc import Callable
from io import StringIO
from pathlib import Path

Row = dict[str, str]


def read_table(path: Path) -> tuple[list[str], list[Row]]:
    """Column names and rows, every cell as its text."""
    with open(path, encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
    return list(reader.fieldnames), rows


def table_text(columns: list[str], rows: list[Row], order: Callable[[Row], tuple], backwards: bool = False) -> str:
    """The table as the file should be: sorted, LF, quotes only where they are needed."""
    text = StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted(rows, key=order, reverse=backwards))
    return text.getvalue()


def write_whole(path: Path, text: str) -> None:
    """Put ``text`` in the place of the file at once: whoever stops in between leaves the old file, not half of one."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8", newline="")
    os.replace(beside, path)
