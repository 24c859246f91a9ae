"""An officer for some villages sees their cases and those of no village; any other is as if it were not there."""

import io
import zipfile

import pytest

from forms_api.store import open_store

from . import cast
from .test_desk import address, desk_routes, token

ULAK_PACEH, KAYU_ARA = "16.06.13.2001", "16.06.01.1009"
HERS = "Anak saya belum pulang dari Johor."


@pytest.fixture
def budi_of_ulak_paceh(budi, app):
    """Budi, who has signed in and from now on works for one village."""
    accounts = app.state.hub.officers.accounts
    accounts._store.change("officers", "budi", {"villages": ULAK_PACEH, "role": "supervisor"})
    return budi


@pytest.fixture
def sent(siti, app):
    """Requests of Budi's village, of another and of none, and the receipt of each."""
    found = {}
    for name, village, story in (("own", ULAK_PACEH, cast.STORY), ("other", KAYU_ARA, HERS), ("none", None, cast.STORY)):
        answers = cast.help_request(village=village, story=story, danger="yes")
        receipt = siti.post("/forms/help", json=answers).json()["receipt"]
        found[name] = app.state.hub.cases.by_receipt(receipt), receipt
    return found


def test_the_list_and_the_numbers_leave_out_what_is_not_theirs(budi_of_ulak_paceh, sent):
    page = budi_of_ulak_paceh.get("/desk/list").text
    assert [address(sent[name][0]) in page for name in ("own", "other", "none")] == [True, False, True]
    assert "2 permintaan" in page
    assert "<b>2</b> Belum dibaca, ada bahaya" in budi_of_ulak_paceh.get("/desk/").text
    assert "Tidak ada permintaan" in budi_of_ulak_paceh.get(f"/desk/list?village={KAYU_ARA}").text


def test_a_case_that_is_not_theirs_is_not_found(budi_of_ulak_paceh, sent, app):
    row = sent["other"][0]
    answer = budi_of_ulak_paceh.get(address(row))
    assert answer.status_code == 404
    assert HERS not in answer.text
    told = {"token": token(budi_of_ulak_paceh.get("/desk/").text), "do": "move", "status": "closed", "text": "Sudah."}
    for step in ("move", "reply", "note", "erase", "assign", "hand_on", "link"):
        assert budi_of_ulak_paceh.post(address(row), data=told | {"do": step}).status_code == 404
    assert app.state.hub.cases.get("help", row["id"]) == row
    assert [each["act"] for each in app.state.hub.officers.events(row["id"])] == []


def test_every_route_about_a_case_refuses_the_wrong_officer(budi_of_ulak_paceh, sent, app):
    """The routes are found, not listed, so that a new one cannot be forgotten."""
    row = sent["other"][0]
    told = {"token": token(budi_of_ulak_paceh.get("/desk/").text)}
    found = [(method, path) for method, path in desk_routes(app) if "{id}" in path]
    assert len(found) >= 2
    for method, path in found:
        url = path.replace("{form}", "help").replace("{id}", row["id"])
        answer = budi_of_ulak_paceh.request(method, url, data=told if method == "POST" else None)
        assert answer.status_code == 404, (method, path)
        assert HERS not in answer.text


def test_a_receipt_read_aloud_does_not_open_it_either(budi_of_ulak_paceh, sent):
    page = budi_of_ulak_paceh.get("/desk/").text
    for name, status in (("own", 303), ("other", 404), ("none", 303)):
        answer = budi_of_ulak_paceh.post("/desk/", data={"code": sent[name][1], "token": token(page)})
        assert answer.status_code == status, name


def test_no_search_finds_it(budi_of_ulak_paceh, sent):
    page = budi_of_ulak_paceh.get("/desk/list").text
    answer = budi_of_ulak_paceh.post("/desk/search", data={"words": "Johor", "token": token(page)})
    assert "0 cocok dari 2" in answer.text
    assert address(sent["other"][0]) not in answer.text


def test_no_link_reaches_it(budi_of_ulak_paceh, sent, app):
    own, (other, receipt) = sent["own"][0], sent["other"]
    page = budi_of_ulak_paceh.get(address(own)).text
    for typed in (receipt, address(other)):
        answer = budi_of_ulak_paceh.post(address(own), data={"do": "link", "other": typed, "token": token(page)})
        assert answer.status_code == 422
    app.state.hub.cases.change(own, "link", {"double_of": other["id"]}, app.state.hub.now())
    assert other["id"] not in budi_of_ulak_paceh.get(address(own)).text


@pytest.mark.parametrize("kind", ["csv", "zip", "xlsx"])
def test_no_export_holds_it(budi_of_ulak_paceh, sent, kind):
    answer = budi_of_ulak_paceh.get(f"/desk/export.{kind}?form=help")
    assert answer.status_code == 200
    body = answer.content
    if kind != "csv":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"".join(archive.read(name) for name in archive.namelist())
    assert sent["own"][0]["id"].encode() in body
    assert sent["other"][0]["id"].encode() not in body


def test_a_case_is_given_only_to_a_colleague_who_may_see_it(budi, hire, app, siti, sent):
    hire("rina", "en")
    open_store(app.state.hub.settings.store_url).change("officers", "rina", {"villages": KAYU_ARA})
    own, other = sent["own"][0], sent["other"][0]
    page = budi.get(address(own)).text
    assert "<option>rina" not in page
    assert "<option>rina" in budi.get(address(other)).text
    assert budi.post(address(own), data={"do": "assign", "officer": "rina", "token": token(page)}).status_code == 422


def test_only_a_supervisor_erases(budi, app, sent):
    own = sent["own"][0]
    accounts = app.state.hub.officers.accounts
    accounts._store.change("officers", "budi", {"role": "officer"})
    page = budi.get(address(own)).text
    assert 'value="erase"' not in page
    answer = budi.post(address(own), data={"do": "erase", "token": token(page)})
    assert answer.status_code == 422
    assert "Hanya penyelia" in answer.text
    assert app.state.hub.cases.get("help", own["id"])
