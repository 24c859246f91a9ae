"""The desk: Budi sees what was sent, opens it, sets its state; nobody else sees anything."""

import re

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from forms_api.store import open_store

from . import cast

OPEN_TO_ALL = {"/desk/sign-in", "/desk/join"}


def token(page: str) -> str:
    return re.search(r'name="token" value="([^"]+)"', page)[1]


@pytest.fixture
def case(siti, app):
    siti.post("/forms/help", data=cast.help_request(danger="yes"))
    return next(iter(app.state.hub.cases.find()))


def address(case) -> str:
    return f"/desk/case/{case['form']}/{case['id']}"


def test_it_works(budi, case):
    page = budi.get("/desk/list").text
    assert "1 permintaan" in page
    assert "Masalah dengan majikan" in page
    assert "Bahaya" in page
    assert address(case) in page
    assert cast.STORY not in page


def test_a_case_shows_answers_as_labels_and_who_opened_it(budi, case):
    page = budi.get(address(case)).text
    for text in (cast.STORY, "Ya, ada bahaya sekarang", "Malaysia", "Ulak Paceh", "+60123456789", "budi membuka"):
        assert text in page


def test_within_a_day_the_latest_stands_first(budi, siti, clock):
    for number, page in enumerate(("Biaya", "Pelatihan", "Kontak", "Desa")):
        siti.post("/forms/mistake", data={"page": page, "mistake": "Angkanya lama", "token": f"{number:032x}"})
        clock.pass_by(minutes=7)
    page = budi.get("/desk/list?form=mistake").text
    assert re.findall(r"Kontak|Biaya|Pelatihan|Desa", page.split("<tbody>")[1]) == ["Desa", "Kontak", "Pelatihan", "Biaya"]


@pytest.fixture
def spoilt(siti, case, app):
    """Siti's case with one bit of its sealed answers turned, beside one that is whole."""
    siti.post("/forms/mistake", data={"page": "Biaya", "mistake": "Angkanya lama"})
    sealed = case["sealed"]
    turned = chr(ord(sealed[60]) ^ 1)
    app.state.hub.cases._store.change("help", case["id"], {"sealed": sealed[:60] + turned + sealed[61:]})
    return case


def test_a_record_that_does_not_open_is_said_in_its_row_and_the_list_goes_on(budi, spoilt):
    page = budi.get("/desk/list")
    assert page.status_code == 200
    assert "2 permintaan" in page.text
    row = page.text.split(address(spoilt))[1].split("</tr>")[0]
    assert "Tidak dapat dibuka" in row
    assert "Bahaya" in row
    assert "23 November 2026" in row
    assert "Biaya" in page.text


def test_a_case_that_does_not_open_says_what_to_do_and_shows_what_is_open(budi, spoilt):
    page = budi.get(address(spoilt))
    assert page.status_code == 200
    assert "memulihkannya dari cadangan" in page.text
    assert "Ulak Paceh" in page.text
    assert cast.STORY not in page.text
    assert "tidak diisi" not in page.text


def test_a_state_is_set_and_remembered_with_who_did_it(budi, case, app):
    done = budi.post(address(case), data={"do": "move", "status": "answered", "token": token(budi.get(address(case)).text)})
    assert done.status_code == 303
    assert app.state.hub.cases.get("help", case["id"])["status"] == "answered"
    page = budi.get(address(case)).text
    assert "budi mengubah keadaan (Baru → Sudah dijawab)" in page


def test_a_state_that_does_not_exist_is_refused(budi, case, app):
    answer = budi.post(address(case), data={"do": "move", "status": "won", "token": token(budi.get(address(case)).text)})
    assert answer.status_code == 422
    assert app.state.hub.cases.get("help", case["id"])["status"] == "new"


@pytest.mark.parametrize("given", [{}, {"token": "guessed"}])
def test_a_form_without_the_sessions_token_changes_nothing(budi, case, app, given):
    answer = budi.post(address(case), data={"do": "move", "status": "closed"} | given)
    assert answer.status_code == 403
    assert app.state.hub.cases.get("help", case["id"])["status"] == "new"


def test_a_sender_who_asks_for_it_is_deleted(budi, case, app, clock):
    page = budi.get(address(case)).text
    clock.pass_by(seconds=30)
    budi.post(address(case), data={"do": "erase", "token": token(page)})
    assert app.state.hub.cases.get("help", case["id"]) is None
    assert budi.get(address(case)).status_code == 404
    events = open_store(app.state.hub.settings.store_url).find("events", order="at")
    done = [(event["officer"], event["act"]) for event in events]
    assert done[0] == ("budi", "erase")
    assert ("budi", "read") in done


def test_a_receipt_that_is_read_aloud_opens_its_case(budi, siti, app):
    told = siti.post("/forms/help", json=cast.help_request()).json()
    page = budi.get("/desk/").text
    found = budi.post("/desk/", data={"code": told["receipt"], "token": token(page)})
    assert found.headers["location"] == address(next(iter(app.state.hub.cases.find())))
    wrong = budi.post("/desk/", data={"code": "1234", "token": token(page)})
    assert wrong.status_code == 422


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2), ("form=help", 1), ("form=mistake", 1), ("form=training", 0), ("status=new", 2), ("status=closed", 0),
        ("since=2026-11-23&until=2026-11-23", 2), ("since=2026-11-24", 0), ("until=2026-11-22", 0),
        ("form=lottery", 2), ("since=kemarin", 2), ("unread=yes", 2), ("danger=yes", 1), ("late=yes", 0), ("due=yes", 0),
        ("village=Ulak+Paceh", 1), ("village=16.06.13.2001", 1), ("village=Kayu+Ara", 0), ("village=kayu+ara,+sekayu", 0),
        ("assignee=budi", 0), ("after=2026-11-23.", 2), ("after=2026-11-22.ffffffffffffffffffffffffffffffff", 0),
        ("forget=yes", 0), ("soon=yes", 0),
    ],
)  # fmt: skip
def test_the_list_is_filtered(budi, siti, case, query, count):
    siti.post("/forms/mistake", data={"page": "Biaya", "mistake": "Angkanya lama", "language": "id"})
    page = budi.get(f"/desk/list?{query}").text
    assert page.count('<tr><td><a href="/desk/case/') == count
    assert ("Tulis tanggal seperti" in page) == ("kemarin" in query)
    assert ("Saringan Formulir tidak mengenal lottery. Saringan itu tidak dipakai." in page) == ("lottery" in query)


def test_what_is_late_is_marked_in_words(budi, case, clock):
    assert 'class="mark late"' not in budi.get("/desk/list").text
    clock.pass_by(hours=8)
    clock.time = clock.time.replace(day=27)
    page = TestClient(budi.app, base_url="http://hub.test", follow_redirects=False)
    page.post("/desk/sign-in", data={"name": "budi", "passphrase": cast.PASSPHRASE})
    assert 'class="mark late"' in page.get("/desk/list").text
    assert "<b>1</b> Terlambat dijawab" in page.get("/desk/").text


def test_the_desk_speaks_the_officers_language_from_then_on(budi, case):
    assert budi.get("/desk/?lang=en").status_code == 303
    assert "Officers&#39; desk" in budi.get("/desk/").text
    assert "Trouble with an employer" in budi.get("/desk/list").text


def desk_routes(app) -> list[tuple[str, str]]:
    found = [route for route in app.router.routes if isinstance(route, Route) and route.path.startswith("/desk")]
    assert len(found) >= 11
    return [(method, route.path) for route in found for method in route.methods - {"HEAD"}]


def test_every_desk_route_refuses_a_stranger_and_a_signed_out_officer(app, siti, budi, case):
    """The routes are found, not listed, so that a new one cannot be forgotten."""
    budi.post("/desk/sign-out", data={"token": token(budi.get("/desk/").text)})
    for client in (siti, budi):
        for method, path in desk_routes(app):
            if path in OPEN_TO_ALL:
                continue
            url = path.replace("{form}", "help").replace("{id}", case["id"]).replace("{kind}", "xlsx")
            answer = client.request(method, url, data={"status": "closed"} if method == "POST" else None)
            assert answer.status_code == 303, (method, path)
            assert answer.headers["location"] == "/desk/sign-in"
            assert cast.STORY not in answer.text
    assert app.state.hub.cases.get("help", case["id"])["status"] == "new"


def test_the_desk_is_there_without_its_last_stroke_too(whole_hub, budi):
    """Also where the same process serves the site, which would look for a page of that name."""
    for app in (budi.app, whole_hub):
        for cookies, where in ((budi.cookies, "/desk/"), (None, "/desk/sign-in")):
            answer = TestClient(app, base_url="http://hub.test", follow_redirects=False, cookies=cookies).get("/desk")
            assert (answer.status_code, answer.headers["location"]) == (303, where)


def test_one_is_one_and_two_are_many(budi, siti, case):
    budi.get("/desk/?lang=en")
    for told in ("1 request", "2 requests"):
        for path in ("/desk/list?unread=yes", "/desk/export?unread=yes"):
            assert re.search(rf"<p[^>]*>{told}[.<]", budi.get(path).text), (told, path)
        siti.post("/forms/mistake", data={"page": "Biaya", "mistake": "Angkanya lama"})


def test_what_is_wrong_with_a_filter_takes_the_focus(budi, case):
    page = budi.get("/desk/list?village=Nowhere").text
    assert '<div class="summary" role="alert" tabindex="-1" autofocus><p>Tidak ada desa bernama Nowhere.' in page


def test_a_case_of_a_table_that_is_no_form_is_not_found(budi):
    assert budi.get("/desk/case/officers/budi").status_code == 404
    assert budi.get("/desk/case/hub/receipt_salt").status_code == 404


def test_the_sign_in_page_says_how_to_make_the_first_officer(siti):
    assert "hub.py officer" in siti.get("/desk/sign-in").text


def test_a_wrong_passphrase_says_so_in_words_and_keeps_the_name(app, siti, budi):
    answer = siti.post("/desk/sign-in", data={"name": "budi", "passphrase": "salah", "language": "id"})
    assert answer.status_code == 401
    assert "tidak cocok" in answer.text
    assert 'value="budi"' in answer.text


def test_the_session_cookie_is_closed(app, hire):
    hire("rina", "en")
    client = TestClient(app, base_url="http://hub.test", follow_redirects=False)
    cookie = client.post("/desk/sign-in", data={"name": "rina", "passphrase": cast.PASSPHRASE}).headers["set-cookie"]
    for part in ("httponly", "samesite=strict", "path=/desk"):
        assert part in cookie.lower()
