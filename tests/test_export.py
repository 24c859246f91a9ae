"""What is exported is what was filtered; it opens right, and nothing in it is a formula."""

import csv
import io
import json
import re
import tempfile
import zipfile
from datetime import datetime
from itertools import count

import pytest
from frictionless import Package, system
from openpyxl import load_workbook

from forms_api.desk.export import sheet_names
from forms_api.forms import files
from forms_api.store import StoreUnavailable, open_store

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


def with_personal(client, kind: str, query: str = "form=help", reason: str = "legal_aid"):
    """A supervisor asks for the personal columns too."""
    token = re.search(r'name="token" value="([^"]+)"', client.get(f"/desk/export?{query}").text)[1]
    return client.post(f"/desk/export?{query}", data={"token": token, "kind": kind, "reason": reason})


def workbook(response):
    assert response.status_code == 200
    return load_workbook(io.BytesIO(response.content))


def column(sheet, title: str) -> list:
    heads = [cell.value for cell in sheet[1]]
    return [row[heads.index(title)] for row in sheet.iter_rows(min_row=2)]


def test_xlsx_has_labels_text_phones_and_real_dates_in_the_villages_time(budi, sent):
    sent([cast.STORY])
    sheet = workbook(with_personal(budi, "xlsx")).worksheets[0]
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


def test_each_row_is_as_high_as_its_longest_text_and_no_text_lies_over_the_next(budi, sent):
    sent(["Tolong.\n" * 10, "Tolong.", "Paspor saya ditahan. " * 140])
    sheet = workbook(with_personal(budi, "xlsx")).worksheets[0]
    heights = {row[0].row: sheet.row_dimensions[row[0].row].height for row in sheet.iter_rows()}
    stories = {cell.value.strip()[:8]: heights[cell.row] for cell in column(sheet, "Ceritakan singkat apa yang terjadi")}
    assert heights[1] >= 3 * 15  # "Apakah Anda atau orang lain dalam bahaya sekarang?"
    assert stories["Tolong."] < 10 * 15 <= stories["Tolong.\n"]
    assert stories["Paspor s"] <= 409  # points: higher than that Excel allows no row


def test_labels_are_in_the_officers_language(budi, sent):
    sent([cast.STORY])
    budi.get("/desk/?lang=en")
    book = workbook(budi.get("/desk/export.xlsx?form=help"))
    assert book.sheetnames == ["Ask for help", "About this sheet"]
    assert column(book.worksheets[0], "What do you need help with?")[0].value == "Trouble with an employer or workplace"


def test_no_cell_is_a_formula_and_what_was_typed_comes_back_unchanged(budi, sent):
    sent(TRIGGERS)
    book = workbook(with_personal(budi, "xlsx"))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    told = {cell.value for cell in column(book.worksheets[0], "Ceritakan singkat apa yang terjadi")}
    assert told == {story.strip() for story in TRIGGERS}


def test_only_what_is_filtered_is_exported_and_the_sheet_says_so(budi, sent, app, clock, opener):
    sent(["satu", "dua"])
    cases = app.state.hub.cases
    first = next(row for row in cases.find() if cases.opened(row, opener)["story"] == "satu")
    cases.move("help", first["id"], "closed", clock())
    book = workbook(with_personal(budi, "xlsx", "form=help&status=closed"))
    assert [cell.value for cell in column(book.worksheets[0], "Ceritakan singkat apa yang terjadi")] == ["satu"]
    assert ("Saringan", "Formulir: Minta bantuan; Keadaan: Selesai", "") in explained(book)
    packed = zipfile.ZipFile(io.BytesIO(with_personal(budi, "zip", "form=help&status=closed").content))
    assert json.loads(packed.read("datapackage.json"))["filter"] == "form=help, status=closed"


def test_the_page_says_the_filter_as_the_list_does(budi):
    page = budi.get("/desk/export?form=help&status=closed&village=16.06.13.2001&assignee=budi&since=2026-11-01&late=yes").text
    told = re.search("Saringan: (.*?)\\. <a", page)[1]
    assert told == (
        "Formulir: Minta bantuan; Keadaan: Selesai; Petugas: budi; Desa: Ulak Paceh, Lawang Wetan; Sejak: 1 November 2026; Terlambat"
    )
    assert "Saringan: -." in budi.get("/desk/export").text


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
    for kind in ("xlsx", "excel", "csv", "zip"):
        content = with_personal(budi, kind).content
        texts = [content]
        if content[:2] == b"PK":
            bundle = zipfile.ZipFile(io.BytesIO(content))
            texts = [bundle.read(name) for name in bundle.namelist()]
        assert not any(mark.encode() in text for text in texts for mark in inside)


def test_csv_is_exact_for_programs(budi, sent):
    story = 'satu, "dua"\ntiga =1+1'
    sent([story])
    answer = with_personal(budi, "csv")
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
    path.write_bytes(with_personal(budi, "zip", "").content)
    with system.use_context(trusted=True):
        report = Package(path).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])
    assert sum(task.stats.get("rows", 0) for task in report.tasks) == 2 + len(TRIGGERS) + 1


def test_a_record_that_does_not_open_is_said_in_its_row_and_the_others_come(budi, siti, sent, app, tmp_path):
    sent(["satu", "dua", "tiga"])
    store = app.state.hub.cases._store
    spoilt = next(app.state.hub.cases.find())
    store.change("help", spoilt["id"], {"sealed": spoilt["sealed"][:-8] + "AAAAAAA="})
    sheet = workbook(with_personal(budi, "xlsx")).worksheets[0]
    rows = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=2)}
    assert len(rows) == 3
    assert "Tidak dapat dibuka: rusak atau diubah" in rows[spoilt["id"]]
    assert "Ulak Paceh" in rows[spoilt["id"]]  # what is open is still true
    told = {cell.value for cell in column(sheet, "Ceritakan singkat apa yang terjadi")}
    assert len(told & {"satu", "dua", "tiga"}) == 2

    path = tmp_path / "submissions.zip"
    path.write_bytes(with_personal(budi, "zip").content)
    with system.use_context(trusted=True):
        report = Package(path).validate()
    assert {row[0] for row in report.flatten(["rowNumber"])} == {list(rows).index(spoilt["id"]) + 2}


def test_a_package_that_was_changed_is_found_out(budi, sent, tmp_path):
    sent([cast.STORY])
    whole = zipfile.ZipFile(io.BytesIO(with_personal(budi, "zip", "").content))
    path = tmp_path / "changed.zip"
    with zipfile.ZipFile(path, "w") as bundle:
        for name in whole.namelist():
            bundle.writestr(name, whole.read(name).replace(b"employer", b"emplayer"))
    with system.use_context(trusted=True):
        assert not Package(path).validate().valid


@pytest.mark.parametrize("kind", ["xlsx", "excel", "csv", "zip"])
def test_without_a_reason_nobody_gets_a_name_a_phone_or_a_story(budi, sent, kind):
    sent([cast.STORY])
    content = budi.get(f"/desk/export.{kind}?form=help").content
    if content[:2] == b"PK":
        bundle = zipfile.ZipFile(io.BytesIO(content))
        content = b"".join(bundle.read(name) for name in bundle.namelist())
    for private in (cast.STORY, "60123456789", "Siti", "jam 8 malam"):
        assert private.encode() not in content, private
    assert "Ulak Paceh" in content.decode() or "16.06.13.2001" in content.decode()


def test_personal_columns_need_a_reason_which_is_recorded_before_they_are_sent(budi, sent, app):
    sent([cast.STORY])
    assert "Pilih alasan" in with_personal(budi, "xlsx", reason="").text
    assert with_personal(budi, "xlsx", reason="karena saya mau").status_code == 422
    assert exports(app) == []
    book = workbook(with_personal(budi, "xlsx", "form=help&status=new", "report"))
    assert exports(app) == ["xlsx: form=help, status=new; personal: report"]
    about = {row[0].value: row[1].value for row in book.worksheets[1].iter_rows()}
    assert about["Kolom pribadi"] == "Laporan yang membutuhkan isinya"
    assert about["Oleh petugas"] == "budi"


def test_an_officer_who_is_no_supervisor_gets_the_file_without_them_only(budi, sent, settings):
    sent([cast.STORY])
    store = open_store(settings.store_url)
    token = next(store.find("sessions"))["token"]
    store.change("officers", "budi", {"role": "officer"})
    assert budi.get("/desk/export.xlsx?form=help").status_code == 200
    assert 'name="reason"' not in budi.get("/desk/export?form=help").text
    refused = budi.post("/desk/export?form=help", data={"token": token, "kind": "csv", "reason": "report"})
    assert refused.status_code == 403
    assert cast.STORY not in refused.text


def test_a_form_of_another_page_gets_no_personal_columns(budi, sent):
    sent([cast.STORY])
    answer = budi.post("/desk/export?form=help", data={"token": "x", "kind": "csv", "reason": "report"})
    assert (answer.status_code, cast.STORY in answer.text) == (403, False)


def explained(book) -> list[tuple]:
    """The lines of the sheet that explains, as they are read back."""
    return [tuple(cell.value for cell in row) for row in book.worksheets[-1].iter_rows()]


def test_the_sheet_that_explains_says_what_each_code_means(budi, sent):
    sent([cast.STORY])
    state = next(row for row in explained(workbook(budi.get("/desk/export.xlsx?form=help"))) if row[0] == "Keadaan")
    assert state[2] == "new = Baru; in_progress = Sedang ditangani; answered = Sudah dijawab; closed = Selesai"


@pytest.mark.parametrize(
    ("language", "head", "meaning", "shared", "alone"),
    [
        ("id", ("Kolom", "Arti", "Kode"), "Hari permintaan masuk, menurut zona waktu hub.",
         ("Desa asal", "Jawaban pengirim atas pertanyaan ini di formulir Minta bantuan; "
          "Jawaban pengirim atas pertanyaan ini di formulir Minta pelatihan", ""),
         "Nomor telepon yang aman untuk dihubungi"),
        ("en", ("Column", "Meaning", "Codes"), "The day on which the request came in, in the hub's time zone.",
         ("Home village", "The sender's answer to this question of the form Ask for help; "
          "The sender's answer to this question of the form Ask for training", ""),
         "A phone number that is safe to call"),
    ],
)  # fmt: skip
def test_the_sheet_that_explains_says_what_every_column_means(budi, sent, language, head, meaning, shared, alone):
    sent([cast.STORY])
    budi.get(f"/desk/?lang={language}")
    book = workbook(with_personal(budi, "xlsx", ""))
    lines = explained(book)
    told = {row[0]: row[1] for row in lines[lines.index(head) + 1 :]}
    titles = {cell.value for sheet in book.worksheets[:-1] for cell in sheet[1]}
    assert titles == set(told)
    assert [title for title, text in told.items() if not text] == []
    assert meaning in told.values()
    assert shared in lines
    assert alone in told
    # what a villager is told while answering is no meaning
    assert not [text for text in told.values() if "Kosongkan" in text or "Leave it empty" in text]


def test_the_package_describes_every_common_column_in_both_languages(budi, forms):
    bundle = zipfile.ZipFile(io.BytesIO(budi.get("/desk/export.zip?form=help").content))
    fields = json.loads(bundle.read("datapackage.json"))["resources"][0]["schema"]["fields"]
    common = {each.name for each in forms["help"].common}
    assert [each["name"] for each in fields if each["name"] in common and not (each["description"] and each["description@en"])] == []


def test_the_csv_for_excel_is_named_as_changed_and_reads_in_indonesian(budi, sent):
    sent(["=1+1"])
    answer = with_personal(budi, "excel")
    assert answer.headers["content-disposition"] == 'attachment; filename="help-2026-11-23.nilai-diubah.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[0]["Ceritakan singkat apa yang terjadi"] == "'=1+1"
    assert rows[0]["Diterima"] == "23/11/2026 09:00"
    assert rows[0]["Nomor telepon yang aman untuk dihubungi"] == "+60123456789"


def test_sheets_are_called_as_excel_allows_and_no_two_alike():
    titles = ["a/b:c*d?[e]\\f", "x" * 40, "x" * 40, "X" * 40, "''", "'=1+1'", "History", "a\x00b\nc", "=1+1", "=1+1", "=1+1 2", "_x003D_1"]
    assert sheet_names(titles) == [
        "a b c d  e  f", "x" * 31, "x" * 29 + " 2", "X" * 29 + " 3", "-", "=1+1", "History 2", "a b c", "=1+1 2", "=1+1 3", "=1+1 2 2",
        "x003D_1",
    ]  # fmt: skip


def test_every_answer_fits_into_a_cell(forms):
    """Excel specifications and limits: 32,767 characters in a cell."""
    assert all(
        field.longest <= 32_767
        for form in forms.values()
        for field in form.fields
        if field.control in ("text", "textarea", "tel")
    )


def test_every_export_is_recorded_before_it_is_sent(budi, sent, app, clock):
    sent([cast.STORY])
    clock.pass_by(seconds=30)
    budi.get("/desk/export.csv?form=help&status=new")
    event = app.state.hub.officers.events("")[0]
    assert (event["act"], event["officer"], event["detail"]) == ("export", "budi", "csv: form=help, status=new")


def exports(app) -> list[str]:
    """What the events say was exported."""
    return [each["detail"] for each in app.state.hub.officers.events("") if each["act"] == "export"]


def test_more_rows_than_a_sheet_holds_are_refused_in_words_and_not_written_down_as_taken(budi, sent, app, monkeypatch):
    monkeypatch.setattr("forms_api.desk.export.MOST_ROWS", 1)
    sent(["satu", "dua"])
    for answer in (budi.get("/desk/export.xlsx?form=help"), with_personal(budi, "xlsx")):
        assert answer.status_code == 422
        assert "Persempit saringan" in answer.text
        assert '<a class="button" href="/desk/export?form=help">Kembali ke halaman unduhan</a>' in answer.text
    assert exports(app) == []
    assert budi.get("/desk/export.csv?form=help").text.count("\r\n") == 3


@pytest.mark.parametrize("kind", ["xlsx", "excel", "csv", "zip"])
def test_a_download_that_cannot_be_written_down_is_not_given(budi, sent, app, monkeypatch, kind):
    sent([cast.STORY])
    own = re.search(r'name="token" value="([^"]+)"', budi.get("/desk/export?form=help").text)[1]

    def full(*_, **__):
        raise StoreUnavailable("full")

    monkeypatch.setattr(app.state.hub.officers, "record", full)
    answer = budi.post("/desk/export?form=help", data={"token": own, "kind": kind, "reason": "report"})
    assert (answer.status_code, "attachment" in str(answer.headers), cast.STORY in answer.text) == (503, False, False)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("village=Nowhere", "Tidak ada desa bernama Nowhere."),
        ("since=kemarin", "Tulis tanggal seperti 2027-01-12."),
        ("until=2026-13-01", "Tulis tanggal seperti 2027-01-12."),
        ("status=won", "Saringan Keadaan tidak mengenal won."),
        ("danger=ada", "Saringan Ada bahaya tidak mengenal ada."),
        ("assignee=dewi", "Saringan Petugas tidak mengenal dewi."),
        ("desa=16.06.13.2001", "Saringan desa tidak ada."),
    ],
)
def test_a_filter_that_is_not_understood_exports_nothing(budi, sent, app, query, said):
    sent([cast.STORY])
    query = f"form=help&{query}"
    token = re.search(r'name="token" value="([^"]+)"', budi.get("/desk/").text)[1]
    answers = [budi.get(f"/desk/export.{kind}?{query}") for kind in ("csv", "xlsx", "excel", "zip")]
    answers += [budi.get(f"/desk/export?{query}")]
    answers += [budi.post(f"/desk/export?{query}", data={"token": token, "kind": "csv", "reason": "report"})]
    for answer in answers:
        assert answer.status_code == 422
        assert "<h1>Tidak ada yang diunduh</h1>" in answer.text
        assert f"<p>{said}</p>" in answer.text
        assert '<a class="button" href="/desk/list">Kembali ke daftar</a>' in answer.text
    assert exports(app) == []


def test_a_form_that_is_not_there_exports_nothing(budi, sent, app):
    sent([cast.STORY])
    for kind in ("csv", "xlsx", "zip"):
        answer = budi.get(f"/desk/export.{kind}?form=lottery")
        assert (answer.status_code, "Saringan Formulir tidak mengenal lottery." in answer.text) == (422, True)
    assert exports(app) == []


def test_a_kind_of_file_that_is_not_there_is_refused_and_not_replaced_by_another(budi, sent, app):
    sent([cast.STORY])
    pdf = budi.get("/desk/export.pdf?form=help")
    assert (pdf.status_code, "Jenis berkas itu tidak ada" in pdf.text) == (404, True)
    assert with_personal(budi, "pdf").status_code == 404
    for answer in (budi.get("/desk/export.csv"), budi.get("/desk/export.excel"), with_personal(budi, "csv", "")):
        assert (answer.status_code, "CSV hanya memuat satu formulir" in answer.text) == (422, True)
    assert exports(app) == []


def test_the_cases_of_an_officer_who_left_can_still_be_chosen(budi, sent, app, clock):
    sent(["satu", "dua"])
    cases = app.state.hub.cases
    cases.change(next(cases.find()), "assign", {"assignee": "dewi"}, clock())
    rows = list(csv.DictReader(io.StringIO(budi.get("/desk/export.csv?form=help&assignee=Dewi").text)))
    assert [row["assignee"] for row in rows] == ["dewi"]


def test_the_package_names_form_filter_and_time(budi, sent):
    sent([cast.STORY])
    bundle = zipfile.ZipFile(io.BytesIO(budi.get("/desk/export.zip?form=help").content))
    descriptor = json.loads(bundle.read("datapackage.json"))
    assert descriptor["filter"] == "form=help"
    assert descriptor["created"] == "2026-11-23T09:00:00+07:00"
    assert [resource["name"] for resource in descriptor["resources"]] == ["help"]


@pytest.mark.parametrize("kind", ["xlsx", "zip"])
def test_a_download_goes_out_row_by_row_and_nothing_of_it_ever_lies_on_the_disk(budi, sent, app, tmp_path, monkeypatch, kind):
    """What a killed server leaves in its temporary folder, and what a thief then finds there."""
    sent(f"{number}: {cast.STORY}" for number in range(40))
    folder, made, seen = tmp_path / "temporary", [], []
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(files, "AT_ONCE", 0)
    monkeypatch.setattr(tempfile, "TemporaryFile", made.append)  # one without a name lies on the disk too
    opened = app.state.hub.cases.opened

    def watched(row, opener):
        seen.append([each for each in folder.iterdir() if b"Paspor" in each.read_bytes()])
        return opened(row, opener)

    monkeypatch.setattr(app.state.hub.cases, "opened", watched)
    answer = with_personal(budi, kind)
    assert answer.status_code == 200
    assert (len(seen), [each for each in seen if each], made) == (40, [], [])
    assert list(folder.iterdir()) == []


def test_a_workbook_says_where_its_last_row_is_for_programs_that_read_no_further(budi, sent):
    sent(f"cerita {number}" for number in range(30))
    book = load_workbook(io.BytesIO(with_personal(budi, "xlsx").content), read_only=True)
    assert len(list(book.worksheets[0].iter_rows())) == 31
    book.close()


def test_a_workbook_too_large_for_an_old_zip_is_read_all_the_same(budi, sent, monkeypatch):
    monkeypatch.setattr("forms_api.desk.export.LARGE", 0)
    sent([cast.STORY])
    answer = with_personal(budi, "xlsx")
    assert column(workbook(answer).worksheets[0], "Ceritakan singkat apa yang terjadi")[0].value == cast.STORY
    [sheet] = [each for each in zipfile.ZipFile(io.BytesIO(answer.content)).infolist() if each.filename.endswith("sheet1.xml")]
    assert sheet.extract_version == 45  # ZIP64: APPNOTE.TXT 4.4.3
