"""What is exported is what was filtered; it opens right, and nothing in it is a formula."""

import csv
import io
import json
import zipfile
from datetime import datetime
from itertools import count

import pytest
from frictionless import Package, system
from openpyxl import load_workbook

from . import cast

TRIGGERS = ["=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", '=HYPERLINK("http://x";"y")', "'=1", "+6281-1", "=cmd|'/c'!A1"]


@pytest.fixture
def sent(siti):
    tokens = (f"{number:032x}" for number in count())

    def sent(stories):
        for story in stories:
            request = cast.help_request(story=story, token=next(tokens))
            assert siti.post("/forms/help", data=request).status_code == 303

    return sent


def workbook(response):
    assert response.status_code == 200
    return load_workbook(io.BytesIO(response.content))


def column(sheet, title: str) -> list:
    heads = [cell.value for cell in sheet[1]]
    return [row[heads.index(title)] for row in sheet.iter_rows(min_row=2)]


def test_xlsx_has_labels_text_phones_and_real_dates_in_the_villages_time(budi, sent):
    sent([cast.STORY])
    sheet = workbook(budi.get("/desk/export.xlsx?form=help")).worksheets[0]
    assert [cell.value for cell in column(sheet, "Bantuan apa yang Anda butuhkan?")] == [
        "Masalah dengan majikan atau tempat kerja"
    ]
    phone = column(sheet, "Nomor telepon yang aman untuk dihubungi")[0]
    assert (phone.value, phone.data_type, phone.number_format) == ("+60123456789", "s", "@")
    received = column(sheet, "Diterima")[0]
    assert received.value == datetime(2026, 11, 23, 9, 0)
    assert received.number_format == "dd/mm/yyyy hh:mm"
    assert column(sheet, "Dijawab paling lambat")[0].value == datetime(2026, 11, 26)
    assert column(sheet, "Desa asal")[0].value == "Ulak Paceh"


def test_labels_are_in_the_officers_language(budi, sent):
    sent([cast.STORY])
    budi.get("/desk/?lang=en")
    book = workbook(budi.get("/desk/export.xlsx?form=help"))
    assert book.sheetnames == ["Ask for help", "About this sheet"]
    assert column(book.worksheets[0], "What do you need help with?")[0].value == "Trouble with an employer or workplace"


def test_no_cell_is_a_formula_and_what_was_typed_comes_back_unchanged(budi, sent):
    sent(TRIGGERS)
    book = workbook(budi.get("/desk/export.xlsx?form=help"))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    told = {cell.value for cell in column(book.worksheets[0], "Ceritakan singkat apa yang terjadi")}
    assert told == {story.strip() for story in TRIGGERS}


def test_only_what_is_filtered_is_exported_and_the_sheet_says_so(budi, sent, app, clock, opener):
    sent(["satu", "dua"])
    cases = app.state.hub.cases
    first = next(row for row in cases.find() if cases.opened(row, opener)["story"] == "satu")
    cases.move("help", first["id"], "closed", clock())
    book = workbook(budi.get("/desk/export.xlsx?form=help&status=closed"))
    assert [cell.value for cell in column(book.worksheets[0], "Ceritakan singkat apa yang terjadi")] == ["satu"]
    about = [[cell.value for cell in row] for row in book.worksheets[1].iter_rows()]
    assert ["Saringan", "form=help, status=closed"] in about


def test_without_a_form_every_form_has_its_sheet(budi, siti, sent):
    sent([cast.STORY])
    siti.post("/forms/mistake", data={"page": "Biaya", "mistake": "Angkanya lama"})
    book = workbook(budi.get("/desk/export.xlsx"))
    assert book.sheetnames == [
        "Minta bantuan",
        "Minta pelatihan",
        "Laporkan kesalahan di halaman",
        "Tentang lembar ini",
    ]
    assert column(book["Laporkan kesalahan di halaman"], "Halaman mana?")[0].value == "Biaya"


def test_what_opens_and_finds_a_request_stays_inside(budi, siti, app):
    assert siti.post("/forms/help", json=cast.help_request()).status_code == 201
    row = next(app.state.hub.cases.find())
    inside = [row[name] for name in ("receipt", "receipt_key", "data_key", "sealed")]
    assert all(inside)
    for kind in ("xlsx", "csv", "zip"):
        content = budi.get(f"/desk/export.{kind}?form=help").content
        texts = [content]
        if content[:2] == b"PK":
            bundle = zipfile.ZipFile(io.BytesIO(content))
            texts = [bundle.read(name) for name in bundle.namelist()]
        assert not any(mark.encode() in text for text in texts for mark in inside)


def test_csv_is_exact_for_programs(budi, sent):
    story = 'satu, "dua"\ntiga =1+1'
    sent([story])
    answer = budi.get("/desk/export.csv?form=help")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert rows[0]["story"] == story
    assert rows[0]["topic"] == "employer"
    assert rows[0]["phone"] == "+60123456789"


def test_frictionless_accepts_the_package(budi, siti, sent, tmp_path):
    sent([cast.STORY, *TRIGGERS])
    siti.post("/forms/help", data={"danger": "no", "topic": "other", "story": "x", "consent": "yes"})
    siti.post("/forms/mistake", data={"page": "Biaya", "mistake": "Angkanya lama"})
    path = tmp_path / "submissions.zip"
    path.write_bytes(budi.get("/desk/export.zip").content)
    with system.use_context(trusted=True):
        report = Package(path).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])
    assert sum(task.stats.get("rows", 0) for task in report.tasks) == 2 + len(TRIGGERS) + 1


def test_a_record_that_does_not_open_is_said_in_its_row_and_the_others_come(budi, siti, sent, app, tmp_path):
    sent(["satu", "dua", "tiga"])
    store = app.state.hub.cases._store
    spoilt = next(app.state.hub.cases.find())
    store.change("help", spoilt["id"], {"sealed": spoilt["sealed"][:-8] + "AAAAAAA="})
    sheet = workbook(budi.get("/desk/export.xlsx?form=help")).worksheets[0]
    rows = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=2)}
    assert len(rows) == 3
    assert "Tidak dapat dibuka: rusak atau diubah" in rows[spoilt["id"]]
    assert "Ulak Paceh" in rows[spoilt["id"]]  # what is open is still true
    told = {cell.value for cell in column(sheet, "Ceritakan singkat apa yang terjadi")}
    assert len(told & {"satu", "dua", "tiga"}) == 2

    path = tmp_path / "submissions.zip"
    path.write_bytes(budi.get("/desk/export.zip?form=help").content)
    with system.use_context(trusted=True):
        report = Package(path).validate()
    assert {row[0] for row in report.flatten(["rowNumber"])} == {list(rows).index(spoilt["id"]) + 2}


def test_a_package_that_was_changed_is_found_out(budi, sent, tmp_path):
    sent([cast.STORY])
    whole = zipfile.ZipFile(io.BytesIO(budi.get("/desk/export.zip").content))
    path = tmp_path / "changed.zip"
    with zipfile.ZipFile(path, "w") as bundle:
        for name in whole.namelist():
            bundle.writestr(name, whole.read(name).replace(b"employer", b"emplayer"))
    with system.use_context(trusted=True):
        assert not Package(path).validate().valid


def test_every_export_is_recorded_before_it_is_sent(budi, sent, app, clock):
    sent([cast.STORY])
    clock.pass_by(seconds=30)
    budi.get("/desk/export.csv?form=help&status=new")
    event = app.state.hub.officers.events("")[0]
    assert (event["act"], event["officer"], event["detail"]) == ("export", "budi", "csv: form=help, status=new")


def test_more_rows_than_a_sheet_holds_are_refused_in_words(budi, sent, monkeypatch):
    monkeypatch.setattr("forms_api.export.MOST_ROWS", 1)
    sent(["satu", "dua"])
    answer = budi.get("/desk/export.xlsx?form=help")
    assert answer.status_code == 422
    assert "Persempit saringan" in answer.text


def test_the_package_names_form_filter_and_time(budi, sent):
    sent([cast.STORY])
    bundle = zipfile.ZipFile(io.BytesIO(budi.get("/desk/export.zip?form=help").content))
    descriptor = json.loads(bundle.read("datapackage.json"))
    assert descriptor["filter"] == "form=help"
    assert descriptor["created"] == "2026-11-23T09:00:00+07:00"
    assert [resource["name"] for resource in descriptor["resources"]] == ["help"]
