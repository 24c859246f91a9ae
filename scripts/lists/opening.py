"""A file as sheets. Its first bytes decide what it is, for its name often lies."""

from pathlib import Path

from scripts.lists.findings import Findings, Unreadable
from scripts.lists.html_tables import html_sheets
from scripts.lists.pdf_tables import pdf_sheets
from scripts.lists.sheet import Sheet
from scripts.lists.text_tables import text_sheet
from scripts.lists.workbooks import book_sheets

MOST_BYTES = 60_000_000


def open_sheets(path: Path, findings: Findings) -> list[Sheet]:
    """The sheets of ``path``. Raises Unreadable with the sentence that says why it cannot be read."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Unreadable("lists.too-large")
        data = path.read_bytes()
    except FileNotFoundError as missing:
        raise Unreadable("lists.no-file") from missing
    except OSError as closed:
        raise Unreadable("lists.closed-file") from closed
    if not data.strip():
        raise Unreadable("lists.empty-file")
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return book_sheets(path.name, data, findings)
    if data.startswith(b"%PDF"):
        return pdf_sheets(path.name, data, findings)
    head = data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head and head.startswith(b"<?xml"):
        raise Unreadable("lists.old-xml")
    if head.startswith(b"<"):
        return html_sheets(path.name, data, findings)
    return [text_sheet(path.name, data, findings)]
