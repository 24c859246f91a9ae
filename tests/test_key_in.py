"""A paper form and a telephone call get the same check, the same row and the same receipt as a form on the phone."""

import re

import pytest

from . import cast
from .test_desk import address, token


@pytest.fixture
def page(budi):
    return budi.get("/desk/new/help").text


@pytest.fixture
def key_in(budi, page):
    """Budi sends the page's form; what he does not say is as on the empty page."""
    hidden = {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("own", "token")}

    def key_in(**changed):
        given = cast.help_request(village="Ulak Paceh") | hidden | {"channel": "paper"} | changed
        return budi.post("/desk/new/help", data={name: value for name, value in given.items() if value is not None})

    return key_in


def code(page: str) -> str:
    return re.search(r'class="code"[^>]*>([\d ]+)<', page)[1].replace(" ", "")


def test_it_gives_a_receipt_that_opens_the_case(key_in, app, opener):
    answer = key_in()
    assert answer.status_code == 200
    row = app.state.hub.cases.by_receipt(code(answer.text))
    assert (row["channel"], row["village"], row["status"], row["unread"]) == ("paper", "16.06.13.2001", "new", 1)
    kept = app.state.hub.cases.opened(row, opener)
    assert (kept["story"], kept["consent"]) == (cast.STORY, True)
    assert "26 November 2026" in answer.text
    assert "hub.test/follow-up" in answer.text


def test_the_page_of_the_slip_has_a_heading_that_is_not_printed(key_in):
    assert re.findall(r'<h1 class="screen">(.+?)</h1>', key_in().text) == ["Kode penerimaan"]


def test_who_keyed_it_in_and_from_where_stands_in_its_history(key_in, budi, app):
    row = app.state.hub.cases.by_receipt(code(key_in(channel="phone").text))
    page = budi.get(address(row)).text
    assert "budi mencatat (Telepon)" in page
    assert "<dd>Telepon</dd>" in page


def test_sent_twice_it_is_one_request_with_one_receipt(key_in, app):
    assert code(key_in().text) == code(key_in().text)
    assert len(list(app.state.hub.cases.find())) == 1
    assert [each["act"] for each in app.state.hub.cases._store.find("events")].count("key_in") == 1


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"story": None}, "Tulis satu kalimat"), ({"channel": None}, "kertas atau telepon"),
        ({"channel": "web"}, "kertas atau telepon"), ({"village": "Atlantis"}, "Desa asal"),
        ({"village": "Suka Maju"}, "Desa asal"), ({"phone": "12"}, "Nomor telepon"), ({"consent": None}, "Centang"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_and_what_was_typed_stays(key_in, app, changed, told):
    answer = key_in(**changed)
    assert answer.status_code == 422
    assert told in answer.text.split("<form")[1] + answer.text.split("<form")[2]
    assert "sesudah jam 8 malam" in answer.text
    assert list(app.state.hub.cases.find()) == []


def test_a_village_with_a_common_name_is_told_by_its_district(key_in, app):
    row = app.state.hub.cases.by_receipt(code(key_in(village="suka maju (plakat tinggi)").text))
    assert row["village"].startswith("16.06.")


def test_a_page_of_another_session_stores_nothing_and_keeps_what_was_typed(key_in, app):
    answer = key_in(own="guessed")
    assert answer.status_code == 403
    assert "Tekan tombolnya sekali lagi" in answer.text
    assert cast.STORY in answer.text
    assert list(app.state.hub.cases.find()) == []


def test_the_strip_speaks_the_senders_language_and_is_indonesian_unless_said(key_in, budi, app):
    budi.get("/desk/?lang=en")
    for given, words in (({}, "Dijawab paling lambat 26 November 2026"), ({"reads": "en"}, "Answer due by 26 November"),
                         ({"reads": "xx"}, "Dijawab paling lambat")):  # fmt: skip
        answer = key_in(story=f"{cast.STORY} {words}", **given).text
        slip = answer.split('class="slip"')[1].split("</div>")[0]
        assert words in slip
        assert ("Minta bantuan" in slip) == ("Dijawab" in words)
        assert "Print this strip" in answer
        row = app.state.hub.cases.by_receipt(code(answer))
        assert row["language"] == given.get("reads", "id").replace("xx", "id")
        assert f'href="{address(row)}"' in answer
    assert re.search(r'id="f-reads"[^>]* value="id" checked', budi.get("/desk/new/help").text)


def test_a_strip_for_somebody_in_danger_has_the_numbers_right_behind_the_code(key_in, app):
    numbers = [each["number"] for each in app.state.hub.renderer._danger_numbers]
    slip = key_in(danger="yes").text.split('class="slip"')[1].split("</div>")[0]
    behind = slip.split('class="code"')[1]
    assert len(numbers) >= 2
    for number in numbers:
        assert behind.index(number) < behind.index("Dijawab paling lambat")
    assert numbers[0] not in key_in(story="Tidak apa-apa.").text


def test_faults_stand_in_one_box_that_leads_to_each_field_where_it_comes_from_too(key_in):
    page = key_in(channel=None, story=None).text
    assert page.count("autofocus") == page.count('role="alert"') == 1
    assert '<a href="#f-channel">Pilih dari mana permintaan ini' in page
    asked = page.split("Dari mana?")[0].rpartition("<fieldset")[2]
    assert 'class="field wrong" aria-describedby="f-channel-fault"' in asked
    assert 'id="f-channel-fault">Pilih dari mana' in page


def test_every_form_can_be_keyed_in_and_others_do_not_exist(budi, forms):
    for name in forms:
        assert budi.get(f"/desk/new/{name}").status_code == 200
    assert budi.get("/desk/new/officers").status_code == 404


def test_consent_is_asked_for_as_it_was_given(page):
    assert "Pengirim sudah setuju, di kertas atau lewat telepon" in page


def test_the_code_is_not_in_the_address_and_is_not_kept(key_in, tmp_path):
    answer = key_in()
    digits = code(answer.text)
    assert str(answer.url) == "http://hub.test/desk/new/help"
    assert answer.headers["cache-control"] == "no-store"
    for path in tmp_path.iterdir():
        assert digits.encode() not in path.read_bytes()


def test_the_form_on_the_desk_takes_the_same_session_as_every_other(budi, page):
    assert token(budi.get("/desk/").text) in page
