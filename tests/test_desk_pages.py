"""A page of the desk is small however full the hub is, works without JavaScript, and lists go on page by page."""

import re
from html import escape

import pytest

from forms_api.desk.lists import SHOWN
from forms_api.people.events import event
from forms_api.store import open_store

from . import cast
from .test_desk import address, desk_routes, token

MOST_BYTES = 10_000  # without what people wrote, which is as long as they made it
COLLEAGUES = 31
LONGEST = "Majikan menahan paspor saya & tidak membayar gaji. " * 58  # nearly the 3,000 that an answer may have
REPLIES = [f"{number}. {LONGEST}" for number in range(5)]
ANSWERS = ("+60123456789", "sesudah jam 8 malam", "Siti")
TOLD = ("excel: form=help, status=in_progress, assignee=petugasnomor30, village=16.06.14.2001, since=2026-11-01, until=2026-11-27, "
        "unread=yes, danger=yes, due=yes, late=yes, soon=yes, forget=yes; personal: handing_on")  # fmt: skip
# Every page of the desk, by its route, in its fullest state; a route that gives no page of the desk has none.
EVERY = "form=help&status=new&village=Suka+Maju,+Babat+Supat&assignee=petugasnomor30&since=2026-11-01&until=2026-11-27&unread=yes&danger=yes&late=yes"
PAGES = {
    "/desk": [], "/desk/export.{kind}": [], "/desk/": ["/desk/"],
    "/desk/list": ["/desk/list", "/desk/list?village=Nowhere", f"/desk/list?{EVERY}", f"/desk/list?{EVERY}&after={{after}}"],
    "/desk/notices": ["/desk/notices"], "/desk/case/{form}/{id}": ["{case}"],
    "/desk/case/{form}/{id}/history": ["{case}/history", "{case}/history?page=2"],
    "/desk/new/{form}": ["/desk/new/help", "/desk/new/training", "/desk/new/mistake"],
    "/desk/export": ["/desk/export", f"/desk/export?{EVERY}"], "/desk/account": ["/desk/account"],
    "/desk/history": ["/desk/history", "/desk/history?officer=petugasnomor00"],
    "/desk/officers": ["/desk/officers", "/desk/officers?after=budi", "/desk/officers?officer=petugasnomor00"],
    "/desk/sign-in": ["/desk/sign-in?lang={lang}"], "/desk/join": ["/desk/join?lang={lang}"],
}  # fmt: skip


@pytest.fixture
def full(app, forms, clock):
    """More requests than two pages hold, with the longest of labels, all late and in danger."""
    cases = app.state.hub.cases
    given = cast.help_request(danger="yes", topic="agency", village="16.06.14.2001")
    given.pop("language")
    values, _ = forms["help"].check(given)
    batches = [cases.receive(forms["help"], values, "id", bytes([number] * 32), clock()) for number in range(2 * SHOWN + 5)]
    cases._store.write(batches)
    cases.received(batches[0])
    clock.pass_by(hours=8)
    clock.pass_by(days=4)
    return cases


@pytest.fixture
def reader(full, app, clock, budi):
    """Budi, for whom the clock stands at the end of a long session."""
    session = app.state.hub.officers.session
    app.state.hub.officers.session = lambda cookie, now: session(cookie, now.replace(day=23, hour=2))
    return budi


@pytest.fixture
def crowded(reader, full, app, clock):
    """The office at its fullest: colleagues, long histories, open sessions, notices that nobody got, and a case of which
    everything was written at length. Gives that case."""
    store = open_store(app.state.hub.settings.store_url)
    names = [f"petugasnomor{number:02d}" for number in range(COLLEAGUES)]
    for name in names:
        store.add("officers", store.get("officers", "budi") | {
            "id": name, "role": "supervisor", "villages": " ".join(f"16.06.14.20{number:02d}" for number in range(1, 13))})
    for name in ("budi", names[0]):
        store.write([[event(name, "export", clock(), TOLD, "help")] for _ in range(60)])
    for number in range(9):
        store.add("sessions", next(store.find("sessions")) | {"id": f"{number}"})
    for number, kind in enumerate(("request", "urgent", "message", "digest") * 40):
        store.add("notices", {"id": f"{number}", "kind": kind, "due": f"2026-10-{number % 30 + 1:02d}", "tries": 14,
                              "failed_on": f"2026-10-{number % 30 + 1:02d}", "sent_on": ""})  # fmt: skip
    for row in list(full.find()):
        full.change(row, "assign", {"assignee": names[30]}, clock())
    session = next(each for each in [app.state.hub.officers.session(reader.cookies["desk"], clock())] if each)
    row = next(full.find())
    store.change("help", row["id"], written_anew(full, app, row))
    for text in REPLIES:
        full.reply(row, text, session, clock())
    for state in ("in_progress", "answered") * 9:
        full.move("help", row["id"], state, clock(), session)
    full.change(row, "hand_on", {"handed_to": "bp3mi", "forget_wanted": True, "channel": "paper"}, clock(), session)
    return row


def written_anew(cases, app, row) -> dict:
    """The columns of ``row`` with the longest story in them."""
    form = app.state.hub.forms["help"]
    given = cast.help_request(danger="yes", topic="agency", village="16.06.14.2001", story=LONGEST)
    given.pop("language")
    values, faults = form.check(given)
    assert not faults
    known = {"received_at": "2026-11-23T02:00:00.000+00:00"} | {each.name: values[each.name] for each in form.fields if not each.open}
    sealed, data_key, _ = cases._team.seal(known, f"help/{row['id']}", app.state.hub.now())
    return {"sealed": sealed, "data_key": data_key}


def frame(page) -> int:
    """The bytes of a page without what people wrote."""
    assert "<script" not in page.text
    assert " style=" not in page.text
    assert not re.search(r" on\w+=", page.text)
    shown = [escape(text.strip(), quote=False) for text in (LONGEST, *REPLIES, *ANSWERS)]
    text = page.text.replace("&#39;", "'")
    for each in sorted(shown, key=len, reverse=True):
        text = text.replace(each, "")
    assert "Majikan" not in text.replace("Majikan atau", "")
    return len(text.encode())


def test_every_page_of_the_desk_is_looked_at(app):
    assert {path for method, path in desk_routes(app) if method == "GET"} == set(PAGES)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_page_of_the_desk_is_at_most_ten_kilobytes_however_full_the_hub_is(reader, crowded, full, language):
    reader.get(f"/desk/?lang={language}")
    last, pages = next(iter(full.find())), {}
    for path in (each for paths in PAGES.values() for each in paths):
        page = reader.get(path.format(case=address(crowded), lang=language, after=f"{last['received_on']}.{last['id']}"))
        assert page.status_code == 200, path
        pages[path] = page
    shown = (("/desk/list", "<tr><td>"), (f"/desk/list?{EVERY}&after={{after}}", "<tr><td>"), ("/desk/history", "<li>"))
    assert {pages[path].text.count(mark) for path, mark in shown} == {SHOWN}
    assert [pages["{case}"].text.count(mark) for mark in ('class="message officer"', "<li>")] == [len(REPLIES), 20]
    assert {path: size for path, page in pages.items() if (size := frame(page)) > MOST_BYTES} == {}


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_a_form_of_the_desk_answers_is_at_most_ten_kilobytes_too(reader, crowded, language):
    reader.get(f"/desk/?lang={language}")
    own = token(reader.get("/desk/").text)
    keyed = cast.help_request(story=LONGEST, village="Ulak Paceh", channel="paper", own=own, token="f" * 32)
    keyed.pop("language")
    answers = {
        "strip": reader.post("/desk/new/help", data=keyed),
        "faults": reader.post("/desk/new/help", data={"own": own, "token": "e" * 32}),
        "search": reader.post("/desk/search", data={"words": "majikan", "danger": "yes", "village": "Suka Maju, Babat Supat", "token": own}),
        "receipt": reader.post("/desk/", data={"code": "1234", "token": own}),
        "reply": reader.post(address(crowded), data={"do": "hand_on", "to": "x", "text": LONGEST, "token": own}),
        "invited": reader.post("/desk/officers", data={"do": "invite", "name": "dewi", "role": "officer", "token": own}),
        "account": reader.post("/desk/account", data={"do": "passphrase", "new": "a", "again": "b", "token": own}),
        "download": reader.get("/desk/export.csv?village=Nowhere"),
    }
    assert {name: answer.status_code for name, answer in answers.items()} == {
        "strip": 200, "faults": 422, "search": 200, "receipt": 422, "reply": 422, "invited": 200, "account": 422, "download": 422}
    assert {name: frame(answer) for name, answer in answers.items() if frame(answer) > MOST_BYTES} == {}


def test_the_accounts_go_on_page_by_page(reader, crowded):
    seen, path = [], "/desk/officers"
    while path:
        page = reader.get(path).text
        seen.append(re.findall(r"officers\?officer=(\w+)", page))
        found = re.search(r'rel="next" href="([^"]+)"', page)
        path = found[1] if found else ""
    assert [len(each) for each in seen] == [25, COLLEAGUES + 1 - 25]
    assert len({name for each in seen for name in each}) == COLLEAGUES + 1


def test_page_by_page_every_case_comes_once(reader, full):
    seen, path = [], "/desk/list?danger=yes"
    while path:
        page = reader.get(path).text
        seen.append(re.findall(r"/desk/case/help/(\w+)", page))
        found = re.search(r'rel="next" href="([^"]+)"', page)
        path = found[1].replace("&amp;", "&") if found else ""
    assert [len(each) for each in seen] == [SHOWN, SHOWN, 5]
    assert {id for each in seen for id in each} == {row["id"] for row in full.find()}


def test_every_number_of_the_morning_is_a_link_to_exactly_its_rows(reader, full, siti, clock, app):
    siti.post("/forms/mistake", data={"page": "Biaya", "mistake": "Angkanya lama"})
    rows = list(full.find())
    full.move("help", rows[1]["id"], "closed", clock().replace(year=2025))
    full.move("help", rows[2]["id"], "answered", clock())
    full.change(rows[3], "forget_wanted", {"forget_wanted": True}, clock())
    full.change(rows[4], "read", {"unread": False}, clock())
    full.change(rows[5], "read", {"answer_by": clock().date().isoformat()}, clock())
    page = reader.get("/desk/").text
    numbers = re.findall(r'href="(/desk/list\?[^"]+)"[^>]*><b>(\d+)</b> ([^<]+)', page)
    assert {name: int(count) for _, count, name in numbers} == {
        "Belum dibaca, ada bahaya": 2 * SHOWN + 4, "Belum dibaca": 2 * SHOWN + 5, "Harus dijawab hari ini": 1,
        "Terlambat dijawab": 2 * SHOWN + 2, "Sudah dijawab, menunggu pengirim": 1, "Dihapus dalam 30 hari": 1,
        "Pengirim minta dihapus": 1,
    }  # fmt: skip
    for link, count, _ in numbers:
        assert f"{count} permintaan" in reader.get(link.replace("&amp;", "&")).text, link


def test_what_is_pressing_comes_first(reader):
    page = reader.get("/desk/").text
    assert page.index("ada bahaya") < page.index("Belum dibaca<")
    assert page.count('class="pressing"') == 2
