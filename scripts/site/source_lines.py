"""Where a page's or a row's text stands in the source repository, to the very line."""

import csv
from pathlib import Path


def row_lines(file: Path) -> list[int]:
    """The line of the file on which each row of a table begins, the titles not counted as a row.

    Lines as an editor's program counts them: a cell may hold line breaks, an empty line is no row.
    """
    found, begin = [], 1
    with open(file, encoding="utf-8-sig", newline="") as lines:
        rows = csv.reader(lines)
        for row in rows:
            if row:
                found.append(begin)
            begin = rows.line_num + 1
    return found[1:]


def address(repository: str, path: str, line: int) -> str:
    """Where a line is edited: the ``repository`` of data/hub.yaml, the path, the line; empty without a repository."""
    return f"{repository.rstrip('/')}/{path}#L{line}" if repository else ""
