"""CSV and other text tables, whatever the spreadsheet that wrote them preferred."""

import csv
import re
from collections import Counter

from scripts.lists.findings import Findings, Unreadable
from scripts.lists.sheet import Sheet

DELIMITERS = ";,\t|"


def text_sheet(file: str, data: bytes, findings: Findings) -> Sheet:
    """The table of a text file; raises Unreadable when its letters or its quotes cannot be trusted."""
    text = decode(file, data, findings)
    delimiter = ""
    if text[:4].lower() == "sep=":  # a line that Excel itself writes and hides
        delimiter, text = text[4:5], text[text.find("\n"):]  # fmt: skip
    rows = _rows(text, delimiter or _delimiter(text))
    return Sheet(file, "", rows)


def decode(file: str, data: bytes, findings: Findings) -> str:
    """UTF-8 with or without its mark, UTF-16 with its mark, else Windows-1252, which is then told."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        raise Unreadable("lists.not-a-table")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as unknown:
        raise Unreadable("lists.letters") from unknown
    findings.remark("lists.read-as-1252", file)
    return text


def _rows(text: str, delimiter: str) -> list[list[str]]:
    # Not splitlines(), which also ends a line at marks that may stand inside a cell.
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        return list(reader)
    except csv.Error as broken:
        # Without this a quote that nobody closed would swallow every row after it.
        raise Unreadable("lists.quotes", line=reader.line_num) from broken


def _delimiter(text: str) -> str:
    """The one that cuts most of the first lines into the same number of cells, titles and all."""
    head = text.splitlines()[:200]

    def score(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(head, delimiter=delimiter) if len(row) > 1)
        return max(((count * (width - 1), width) for width, count in widths.items()), default=(0, 0))

    return max(DELIMITERS, key=score)
