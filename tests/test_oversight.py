"""What an officer did can be read: by the officer, and by supervisors, whose reading is written down too."""

import re

import pytest

from forms_api.desk.account_page import SHOWN
from forms_api.people.events import event
from forms_api.store import open_store

from . import cast
from .test_desk import address, case, token  # noqa: F401 - a fixture
from .test_export import with_personal

FILTER = "form=help&status=new&village=Ulak+Paceh&assignee=budi&since=2026-11-01&danger=yes"


@pytest.fixture
def rina(hire, settings):
    """Rina, an officer who is no supervisor and has done something."""
    hire("rina", "en")
    return open_store(settings.store_url)


def lines(page: str) -> list[str]:
    """The acts on a page, as they are read."""
    return [re.sub(r"<[^>]+>", "", line) for line in re.findall(r"<li>(.+?)</li>", page) if "WIB: " in line]


def test_a_download_is_told_with_its_kind_its_filter_and_its_reason_in_words(budi, case, app, clock):  # noqa: F811
    app.state.hub.cases.change(case, "assign", {"assignee": "budi"}, clock())
    clock.pass_by(minutes=1)
    assert with_personal(budi, "csv", FILTER, "report").status_code == 200
    clock.pass_by(minutes=1)
    assert budi.get("/desk/export.xlsx").status_code == 200
    told = [
        "23 November 2026, 09.02 WIB: mengunduh (Excel (XLSX); tanpa saringan)",
        "23 November 2026, 09.01 WIB: mengunduh (CSV untuk program; Dengan kolom pribadi: Laporan yang membutuhkan isinya; "
        "Formulir: Minta bantuan; Keadaan: Baru; Petugas: budi; Desa: Ulak Paceh, Lawang Wetan; Sejak: 1 November 2026; Ada bahaya)",
    ]
    assert lines(budi.get("/desk/account").text)[:2] == told
    assert lines(budi.get("/desk/history").text)[:2] == told
    budi.get("/desk/?lang=en")
    assert lines(budi.get("/desk/history").text)[0].endswith("09:02 WIB: downloaded (Excel (XLSX); no filter)")


@pytest.mark.parametrize("detail", ["", "xlsx", "pdf: form=help", "csv: lottery=won", "csv: form=help; personal: fun", "csv: x"])
def test_the_event_of_a_download_that_nobody_understands_any_more_is_shown_as_it_stands(budi, app, clock, detail):
    clock.pass_by(minutes=1)
    app.state.hub.cases._store.write([[event("budi", "export", clock(), detail)]])
    assert lines(budi.get("/desk/history").text)[0].partition("mengunduh")[2] == (f" ({detail})" if detail else "")


def test_a_download_of_a_form_that_is_no_more_is_told_by_its_name(budi, app, clock):
    clock.pass_by(minutes=1)
    app.state.hub.cases._store.write([[event("budi", "export", clock(), "csv: form=lottery, village=99.99", "lottery")]])
    assert "CSV untuk program; Formulir: lottery; Desa: 99.99" in lines(budi.get("/desk/history").text)[0]


def test_steps_in_cases_are_told_with_their_form_and_labels(budi, case, app, hire, clock):  # noqa: F811
    hire("rina", "en")
    clock.pass_by(minutes=1)
    own = token(budi.get(address(case)).text)
    for number, step in enumerate(({"do": "move", "status": "closed"}, {"do": "hand_on", "to": "bp3mi", "reason": "Mendesak."})):
        clock.pass_by(minutes=number + 1)
        assert budi.post(address(case), data=step | {"token": own}).status_code == 303
    clock.pass_by(minutes=1)
    role = {"token": own, "do": "change", "name": "rina", "role": "supervisor", "villages": "16.06.13.2001"}
    assert budi.post("/desk/officers", data=role).status_code == 303
    assert [line.partition(": ")[2] for line in lines(budi.get("/desk/history").text)[:3]] == [
        "mengubah peran (rina Penyelia Ulak Paceh, Lawang Wetan)",
        "meneruskan (Minta bantuan: BP3MI Sumatera Selatan)",
        "mengubah keadaan (Minta bantuan: Baru → Selesai)",
    ]
    assert "Mendesak." not in budi.get("/desk/history").text


def test_a_supervisor_reads_what_a_colleague_did_and_that_is_written_down(budi, rina, clock, app):
    rina.write([[event("rina", "export", clock(), "zip: form=help; personal: legal_aid", "help")]])
    link = re.search(r'href="(/desk/history\?officer=rina)"', budi.get("/desk/officers?officer=rina").text)[1]
    clock.pass_by(minutes=1)
    page = budi.get(link).text
    assert "<h1>Yang dilakukan rina</h1>" in page
    assert lines(page) == [
        "23 November 2026, 09.00 WIB: mengunduh (Data Package (ZIP); "
        "Dengan kolom pribadi: Bantuan hukum; Formulir: Minta bantuan)"
    ]
    assert lines(budi.get("/desk/history").text)[0] == "23 November 2026, 09.01 WIB: membaca riwayat (rina)"


def test_that_a_history_was_read_is_written_before_it_is_shown(budi, rina, app, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError

    monkeypatch.setattr("forms_api.desk.account_page.page", broken)
    assert budi.get("/desk/history?officer=rina").status_code == 500
    assert [row["detail"] for row in rina.find("events", [("act", "=", "history")])] == ["rina"]


def test_the_own_history_is_no_event(budi, app):
    budi.get("/desk/history")
    budi.get("/desk/history?officer=Budi")
    assert not [row for row in app.state.hub.officers.history("budi", 9) if row["act"] == "history"]


def test_an_officer_who_is_no_supervisor_reads_the_own_history_only(budi, rina, clock):
    rina.write([[event("rina", "search", clock())]])
    rina.change("officers", "budi", {"role": "officer"})
    refused = budi.get("/desk/history?officer=rina")
    assert (refused.status_code, "hanya untuk penyelia" in refused.text, "mencari" in refused.text) == (403, True, False)
    assert list(rina.find("events", [("act", "=", "history")])) == []
    assert "masuk" in lines(budi.get("/desk/history").text)[0]


def test_what_somebody_who_left_did_stays_readable_and_an_unknown_name_is_said(budi, rina, clock):
    rina.write([[event("rina", "search", clock(), form="help")]])
    rina.forget("officers", "rina")
    assert "mencari (Minta bantuan)" in budi.get("/desk/history?officer=rina").text
    unknown = budi.get("/desk/history?officer=dewi")
    assert (unknown.status_code, "Petugas ini tidak ada" in unknown.text) == (404, True)


def test_page_by_page_every_act_comes_once(budi, rina, clock, app):
    for number in range(2 * SHOWN + 5):
        clock.pass_by(seconds=number % 2)  # two at a time in the same moment
        rina.write([[event("rina", "assign", clock(), f"n{number}", "help")]])
    seen, path = [], "/desk/history?officer=rina"
    while path:
        page = budi.get(path).text
        seen.append(lines(page))
        found = re.search(r'rel="next" href="([^"]+)"', page)
        path = found[1].replace("&amp;", "&") if found else ""
    assert [len(each) for each in seen] == [SHOWN, SHOWN, 5]
    assert {re.search(r"n\d+", line)[0] for each in seen for line in each} == {f"n{number}" for number in range(2 * SHOWN + 5)}
    assert "Ke yang terbaru" in page
    assert len(lines(budi.get("/desk/history?officer=rina&after=kemarin").text)) == SHOWN


def test_the_account_shows_the_last_acts_and_sessions_and_says_that_there_are_more(budi, app, clock):
    for _ in range(7):
        clock.pass_by(minutes=1)
        app.state.hub.officers.sign_in("budi", cast.PASSPHRASE, clock())
    page = budi.get("/desk/account").text
    assert len(lines(page)) == 5
    assert '<a href="/desk/history?officer=budi">' in page
    assert page.count("terakhir dipakai") == 5
    assert "Dan 3 sesi lain" in page
    assert "Ini sesi Anda sekarang." in page
    assert 'value="end_others"' in page
