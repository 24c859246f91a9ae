"""Ruled tables of a PDF, one sheet a page. Needs the optional extra ``pdf``."""

from io import BytesIO

from scripts.lists.findings import Findings, Unreadable
from scripts.lists.sheet import Sheet


def pdf_sheets(file: str, data: bytes, findings: Findings) -> list[Sheet]:
    """The tables whose cells have lines around them. Raises Unreadable when there are none, or no reader for them."""
    try:
        import pdfplumber
    except ImportError as missing:
        raise Unreadable("lists.no-pdf-reader") from missing
    found = []
    try:
        with pdfplumber.open(BytesIO(data)) as book:
            for number, page in enumerate(book.pages, 1):
                for table in page.extract_tables({"vertical_strategy": "lines", "horizontal_strategy": "lines"}):
                    found.append(Sheet(file, f"PDF {number}", table, continues=bool(found)))
                page.close()
    except Exception as broken:  # the reader's own errors come from several libraries and have no common parent
        raise Unreadable("lists.broken") from broken
    if not found:
        raise Unreadable("lists.no-lines")
    findings.remark("lists.compare-pdf", file)
    return found
