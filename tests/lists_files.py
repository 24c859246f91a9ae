"""Lists in every form that an office hands in, written for the tests of the importer.

Rows are lists of cells; a cell is text, a number, a date, or Formula.
"""

import csv
import html
import zipfile
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import xlwt

ROOT = Path(__file__).resolve().parent.parent
HEADER = ["id", "nama", "nomor_izin", "direktur"]
DIRECTOR = "SITI NURHALIZA BINTI CONTOH"  # invented; must never come out again
OFFICE = ["No", "Nama P3MI", "Alamat", "No. SIP3MI", "Masa Berlaku", "Penanggung Jawab", "Telepon"]


@dataclass(frozen=True)
class Formula:
    text: str
    value: object = ""


def our_rows(table: str = "agencies") -> list[dict[str, str]]:
    with open(ROOT / "data" / "agencies" / f"{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def official(rows: list[dict[str, str]] | None = None) -> list[list]:
    """The list as SISKOP2MI would print it: id, name mostly without PT, number, director."""
    listed = [row for row in rows or our_rows() if row["listing"] == "listed"]
    prefix = ["", "PT. ", "PT ", "PT."]
    return [HEADER] + [
        [row["siskop_id"], (prefix[n % 4] if n % 9 == 0 else "") + row["name"].removeprefix("PT "), row["licence_no"],
         DIRECTOR if n % 3 else ""] for n, row in enumerate(listed)
    ]  # fmt: skip


def as_csv(path: Path, rows: list[list], delimiter=";", encoding="utf-8-sig") -> Path:
    text = StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def as_xlsx(path: Path, rows: list[list], sheet: str = "Data") -> Path:
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet(sheet)
    for row in rows:
        page.append([f"={cell.text}" if isinstance(cell, Formula) else cell for cell in row])
    book.save(path)
    return path


def as_xls(path: Path, rows: list[list], hidden: list[list] = ()) -> Path:
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for name, content in {"Data": rows, **({"Rahasia": hidden} if hidden else {})}.items():
        page = book.add_sheet(name)
        page.visibility = int(name == "Rahasia")
        for r, row in enumerate(content):
            for c, cell in enumerate(row):
                if isinstance(cell, Formula):
                    page.write(r, c, xlwt.Formula(cell.text))
                elif isinstance(cell, date):
                    page.write(r, c, cell, day)
                elif cell != "":
                    page.write(r, c, cell)
    book.save(str(path))
    return path


def as_ods(
    path: Path, rows: list[list], hidden: list[list] = (), tall: dict[tuple[int, int], int] | None = None
) -> Path:
    """``tall`` gives the height of merged cells by (row, column)."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    tables = "".join(
        f'<table:table table:name="{name}" table:style-name="{style}">{_ods_rows(content, tall or {})}</table:table>'
        for name, style, content in (("Data", "seen", rows), ("Rahasia", "unseen", hidden))
        if content
    )
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table"><style:table-properties table:display="{shown}"/></style:style>'
        for name, shown in (("seen", "true"), ("unseen", "false"))
    )
    content = (f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.3">'
               f"<office:automatic-styles>{styles}</office:automatic-styles>"
               f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>")  # fmt: skip
    manifest = ('<?xml version="1.0"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
                '<m:file-entry m:full-path="/" m:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
                '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>')  # fmt: skip
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def _ods_rows(rows: list[list], tall: dict[tuple[int, int], int]) -> str:
    return "".join("<table:table-row>" + "".join(_ods_cell(cell, tall.get((r, c), 1)) for c, cell in enumerate(row)) +
                   "</table:table-row>" for r, row in enumerate(rows))  # fmt: skip


def _ods_cell(cell: object, tall: int) -> str:
    spans = f' table:number-rows-spanned="{tall}" table:number-columns-spanned="1"' if tall > 1 else ""
    if isinstance(cell, Formula):
        return f'<table:table-cell table:formula={quoteattr("of:=" + cell.text)} office:value-type="float" office:value="{cell.value or 0}"/>'
    if isinstance(cell, date):
        return f'<table:table-cell{spans} office:value-type="date" office:date-value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
    if isinstance(cell, int | float):
        return f'<table:table-cell{spans} office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
    if cell == "":
        return "<table:table-cell/>"
    return (
        f'<table:table-cell{spans} office:value-type="string"><text:p>{escape(str(cell))}</text:p></table:table-cell>'
    )


def as_html(path: Path, rows: list[list]) -> Path:
    """What a site hands out when it says "Excel"."""

    def cell(value):
        extra = f' x:fmla="={html.escape(value.text)}"' if isinstance(value, Formula) else ""
        return f"<td{extra}>{html.escape(str(value.value if isinstance(value, Formula) else value))}</td>"

    body = "".join(f"<tr>{''.join(map(cell, row))}</tr>\n" for row in rows)
    path.write_text('<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"><style>td{color:red}'
                    f"</style></head><body><h3>Daftar</h3><table border=1>{body}</table></body></html>", encoding="utf-8")  # fmt: skip
    return path


def as_pdf(path: Path, rows: list[list], widths: list[int], ruled: bool = True, a_page: int = 40) -> Path:
    """A ruled table as office programs print it: the header again on each page, one line a row."""
    header, *rest = rows
    pages = [_pdf_page([header, *rest[at : at + a_page]], widths, ruled) for at in range(0, len(rest), a_page)]
    objects = ["<< /Type /Catalog /Pages 2 0 R >>",
               f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{4 + 2 * n} 0 R' for n in range(len(pages)))}] >>",
               "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]  # fmt: skip
    for n, page in enumerate(pages):
        objects += [f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 842 595] /Contents {5 + 2 * n} 0 R "
                    "/Resources << /Font << /F1 3 0 R >> >> >>",
                    f"<< /Length {len(page.encode('cp1252'))} >>\nstream\n{page}\nendstream"]  # fmt: skip
    packed, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(packed))
        packed += f"{number} 0 obj\n{each}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\n"
    )
    path.write_bytes(packed + f"{end}startxref\n{len(packed)}\n%%EOF\n".encode())
    return path


def _pdf_page(rows: list[list], widths: list[int], ruled: bool) -> str:
    edges = [20 + sum(widths[:n]) for n in range(len(widths) + 1)]
    top, height = 580, 13
    drawn = ["0.5 w"]
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            text = str(cell).replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
            drawn.append(f"BT /F1 7 Tf {edges[c] + 2} {top - height * (r + 1) + 4} Td ({text}) Tj ET")
    if ruled:
        bottom = top - height * len(rows)
        drawn += [f"{x} {bottom} m {x} {top} l S" for x in edges]
        drawn += [f"{edges[0]} {top - height * r} m {edges[-1]} {top - height * r} l S" for r in range(len(rows) + 1)]
    return "\n".join(drawn)
