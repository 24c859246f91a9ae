"""Roles: who reaches the desk's pages, who sees which village, and who may change that."""

import json
import re

import pytest
from starlette.routing import Route

from forms_api.desk import account_page, colleagues
from forms_api.keys.team import Team
from forms_api.people.accounts import Refused
from forms_api.people.officers import IDLE, Officers
from forms_api.store import open_store

from . import cast
from .keyboard import run
from .pages import ROOT

VILLAGE = "16.06.13.2001"
SUPERVISORS_ONLY = {"/desk/officers"}
OPEN_TO_ALL = {"/desk/sign-in", "/desk/join"}


@pytest.fixture
def store(settings):
    return open_store(settings.store_url)


@pytest.fixture
def officers(store, hire):
    hire("budi")
    return Officers(store, Team(store))


@pytest.fixture
def plain_budi(budi, store):
    """Budi signed in, as an officer who is no supervisor, with a browser that asks for English."""
    store.change("officers", "budi", {"role": "officer"})
    budi.headers["accept-language"] = "en"
    return budi


def token(page: str) -> str:
    return re.search(r'name="token" value="([^"]+)"', page)[1]


def ask(client, route: Route):
    path = route.path.format(form="help", id="1", kind="csv")
    return [client.request(method, path) for method in route.methods & {"GET", "POST"}]


def test_the_first_officer_is_a_supervisor_and_the_next_is_not(store, opener, clock):
    officers = Officers(store, Team(store))
    officers.accounts.add("budi", cast.PASSPHRASE, "id", opener, clock())
    officers.accounts.add("rina", cast.PASSPHRASE, "en", opener, clock(), villages=VILLAGE)
    sessions = [officers.sign_in(name, cast.PASSPHRASE, clock())[1] for name in ("budi", "rina")]
    assert [(each.role, each.villages) for each in sessions] == [
        ("supervisor", frozenset()), ("officer", frozenset({VILLAGE})),
    ]  # fmt: skip


def test_an_account_from_before_there_were_roles_keeps_what_it_could_do(officers, store, clock):
    store.change("officers", "budi", {"role": None, "villages": None})
    _, session = officers.sign_in("budi", cast.PASSPHRASE, clock())
    assert session.supervises
    assert session.villages == frozenset()


def test_the_command_makes_officers_with_role_and_villages(settings, store, office, hire):
    hire("budi")
    lines = (office.paper, cast.PASSPHRASE)
    made = run(settings.store_url, "officer", "rina", "--role", "supervisor", "--villages", VILLAGE, lines=lines)
    assert made.code == 0, made.err
    row = store.get("officers", "rina")
    assert (row["role"], row["villages"]) == ("supervisor", VILLAGE)
    refused = run(settings.store_url, "officer", "dewi", "--villages", "99", "--language", "en", lines=lines)
    assert (refused.code, store.get("officers", "dewi")) == (1, None)
    assert "A village is not known" in refused.err


def test_a_stranger_and_a_signed_out_officer_are_sent_to_sign_in(app, siti, budi):
    budi.post("/desk/sign-out", data={"token": token(budi.get("/desk/account").text)})
    routes = [route for route in app.router.routes if getattr(route, "path", "").startswith("/desk/")]
    assert {*SUPERVISORS_ONLY, *OPEN_TO_ALL, "/desk/account"} <= {route.path for route in routes}
    for route in routes:
        if route.path not in OPEN_TO_ALL:
            for answer in [*ask(siti, route), *ask(budi, route)]:
                assert (answer.status_code, answer.headers["location"]) == (303, "/desk/sign-in"), route.path


def test_a_plain_officer_is_refused_where_only_supervisors_go(plain_budi, store):
    for route in colleagues.ROUTES + account_page.ROUTES:
        if route.path in SUPERVISORS_ONLY:
            for answer in ask(plain_budi, route):
                assert answer.status_code == 403
                assert "hanya untuk penyelia" in answer.text
    page = plain_budi.get("/desk/account").text
    assert "/desk/officers" not in page
    made = {"token": token(page), "do": "invite", "name": "dewi", "role": "supervisor", "villages": ""}
    assert plain_budi.post("/desk/officers", data=made).status_code == 403
    assert list(store.find("joins")) == []


def test_a_refusal_speaks_the_officers_language_and_leads_back_to_the_desk(plain_budi):
    too_large = {"content": b"a=" + b"x" * 70_000, "headers": {"content-type": "application/x-www-form-urlencoded"}}
    for answer, said in (
        (plain_budi.get("/desk/officers"), "hanya untuk penyelia"),
        (plain_budi.post("/desk/account", data={"token": "guessed"}), "sudah lama"),
        (plain_budi.post("/desk/new/help", **too_large), "belum tersimpan. Tekan Kembali"),
        (plain_budi.get("/desk/new/nothing"), "Formulir ini tidak ada"),
    ):
        assert said in answer.text
        assert 'href="/desk/">Pagi ini</a></p>' in answer.text


def test_a_form_without_the_sessions_token_changes_nothing(budi, store, hire):
    hire("rina", "en")
    for path, data in (
        ("/desk/officers", {"do": "change", "name": "rina", "role": "supervisor"}),
        ("/desk/account", {"do": "end_others"}),
    ):
        assert budi.post(path, data=data | {"token": "guessed"}).status_code == 403
    assert store.get("officers", "rina")["role"] == "officer"


def test_a_supervisor_changes_what_a_colleague_sees_and_it_holds_from_the_next_request_on(
    budi, officers, store, hire, clock
):
    hire("rina", "en")
    cookie, before = officers.sign_in("rina", cast.PASSPHRASE, clock())
    page = budi.get("/desk/officers").text
    change = {"token": token(page), "do": "change", "name": "rina", "role": "supervisor", "villages": VILLAGE}
    assert budi.post("/desk/officers", data=change).status_code == 303
    after = officers.session(cookie, clock())
    assert (before.role, after.role, after.villages) == ("officer", "supervisor", frozenset({VILLAGE}))
    assert [row["officer"] for row in store.find("events", [("act", "=", "role")])] == ["budi"]

    wrong = budi.post("/desk/officers", data=change | {"villages": "Atlantis"})
    assert wrong.status_code == 422
    assert "Atlantis" in wrong.text
    assert store.get("officers", "rina")["villages"] == VILLAGE


def test_the_next_page_says_that_an_account_is_changed(budi, hire):
    hire("rina", "en")
    change = {"token": token(budi.get("/desk/officers").text), "do": "change", "name": "Rina", "role": "officer"}
    page = budi.get(budi.post("/desk/officers", data=change).headers["location"]).text
    assert '<p role="status"><b>Akun rina sudah diubah.</b></p>' in page
    for query in ("officer=rina", "done=change", "officer=dewi&done=change", "officer=rina&done=gone"):
        assert 'role="status"' not in budi.get(f"/desk/officers?{query}").text


def test_the_next_page_says_what_was_done_with_the_own_account(budi):
    new = "padi hijau di tepi musi"
    for do, typed, told in (
        ("end_others", {}, "Semua sesi lain sudah ditutup."),
        ("passphrase", {"passphrase": cast.PASSPHRASE, "new": new, "again": new}, "Kata sandi sudah diganti"),
    ):
        step = {"token": token(budi.get("/desk/account").text), "do": do} | typed
        assert f'<p role="status"><b>{told}' in budi.get(budi.post("/desk/account", data=step).headers["location"]).text
    for code in ("", "x", "history", "<b>"):
        assert 'role="status"' not in budi.get("/desk/account", params={"done": code}).text


def test_nobody_changes_the_own_account_so_one_supervisor_stays(officers, clock):
    with pytest.raises(Refused) as refused:
        officers.accounts.change("budi", "officer", "", "budi", clock())
    assert refused.value.key == "officers.not_yourself"


def test_a_session_that_nothing_uses_ends_and_one_in_use_goes_on(officers, clock):
    cookie, _ = officers.sign_in("budi", cast.PASSPHRASE, clock())
    for _ in range(4):
        clock.pass_by(minutes=20)
        assert officers.session(cookie, clock())
    clock.time += IDLE
    assert officers.session(cookie, clock()) is None


def test_what_budi_wrote_comes_back_when_his_session_ended_meanwhile(budi, clock):
    own = token(budi.get("/desk/account").text)
    clock.time += IDLE
    late = budi.post("/desk/case/help/1", data={"token": own, "do": "reply", "reply": "Ibu Siti, <jangan> takut."})
    assert late.status_code == 401
    assert "Ibu Siti, &lt;jangan&gt; takut." in late.text
    assert "belum disimpan" in late.text


def carried(page: str) -> dict[str, str]:
    """What a page's form sends when nothing is changed."""
    hidden = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return dict(hidden) | dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n([^<]*)</textarea>', page))


def action(page: str) -> str:
    return re.search(r'<form class="form" method="post" action="([^"]+)"', page)[1]


def test_what_budi_typed_goes_through_the_sign_in_and_stands_in_the_form_again(budi, siti, app, clock, tmp_path):
    siti.post("/forms/help", data=cast.help_request())
    row = next(app.state.hub.cases.find())
    where = f"/desk/case/help/{row['id']}"
    typed = {"reply": "Ibu Siti, jangan takut.", "note": "Tanya kakaknya.", "officer": "budi", "to": ""}
    hidden = carried(budi.get(where).text.split("<main")[1])
    clock.time += IDLE
    late = budi.post(where, data=hidden | typed | {"do": "reply"})
    assert "Jawab pengirim" in late.text
    wrong = budi.post(action(late.text), data=carried(late.text) | {"name": "budi", "passphrase": "salah"})
    assert wrong.status_code == 401
    assert 'role="alert" tabindex="-1" autofocus' in wrong.text
    right = budi.post(action(wrong.text), data=carried(wrong.text) | {"name": "budi", "passphrase": cast.PASSPHRASE})
    assert right.status_code == 200
    assert cast.PASSPHRASE not in right.text
    assert action(right.text) == where
    again = budi.post(where, data=carried(right.text))
    assert again.status_code == 403
    assert "Tekan tombolnya sekali lagi" in again.text
    for text in ("Ibu Siti, jangan takut.</textarea>", "Tanya kakaknya.</textarea>", "<option selected>budi</option>"):
        assert text in again.text
    assert list(app.state.hub.cases._store.find("messages")) == []
    on_disk = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for text in ("jangan takut", "kakaknya"):
        assert text.encode() not in on_disk
    sent = budi.post(where, data=carried(again.text.split("<main")[1]) | {"do": "reply"})
    assert sent.status_code == 200  # the note still waits there
    assert len(list(app.state.hub.cases._store.find("messages"))) == 1


def test_all_that_was_keyed_in_goes_through_the_sign_in_too(budi, app, clock):
    hidden = carried(budi.get("/desk/new/help").text.split("<main")[1])
    clock.time += IDLE
    given = hidden | cast.help_request(village="Ulak Paceh") | {"channel": "paper", "reads": "en"}
    late = budi.post("/desk/new/help", data=given)
    assert late.status_code == 401
    for text in (cast.STORY, "Ceritakan singkat apa yang terjadi", "Ulak Paceh", "Siti", "sesudah jam 8 malam",
                 "Masalah dengan majikan", "Nomor telepon yang aman"):  # fmt: skip
        assert text in late.text
    right = budi.post(action(late.text), data=carried(late.text) | {"name": "budi", "passphrase": cast.PASSPHRASE})
    again = budi.post(action(right.text), data=carried(right.text))
    assert again.status_code == 403
    for name, value in (("village", "Ulak Paceh"), ("name", "Siti"), ("channel", "paper"), ("reads", "en")):
        kept = re.findall(rf'<input[^>]* name="{name}"[^>]*>', again.text)
        assert [each for each in kept if f'value="{value}"' in each and ("radio" not in each or "checked" in each)], name
    assert cast.STORY in again.text
    assert list(app.state.hub.cases.find()) == []
    answers = cast.help_request(village="Ulak Paceh") | {"channel": "paper", "reads": "en"}
    stored = budi.post("/desk/new/help", data=answers | carried(again.text.split("<main")[1].split("</form>")[0]))
    assert stored.status_code == 200
    assert [row["language"] for row in app.state.hub.cases.find()] == ["en"]


@pytest.mark.parametrize(
    ("path", "typed", "label"),
    [
        ("/desk/search", {"words": "Majikan Lim"}, "Cari dalam jawaban"),
        ("/desk/officers", {"do": "invite", "name": "Dewi", "role": "officer"}, "Nama petugas"),
    ],
)  # fmt: skip
def test_what_was_typed_on_another_page_stands_there_to_be_copied(budi, clock, path, typed, label):
    old = budi.post(path, data=typed | {"token": "of the session before"})
    assert old.status_code == 403
    clock.time += IDLE
    late = budi.post(path, data=typed)
    assert late.status_code == 401
    assert "Salin dulu" in late.text
    for answer in (old, late):
        assert label in answer.text
        assert (typed.get("words") or typed["name"]) in answer.text
    signed_in = budi.post("/desk/sign-in", data=carried(late.text) | {"name": "budi", "passphrase": cast.PASSPHRASE})
    assert signed_in.headers["location"] == "/desk/"


def test_when_nothing_was_typed_the_sign_in_is_all_there_is(budi, clock):
    clock.time += IDLE
    for path, data in (("/desk/case/help/1", {"status": "closed", "officer": "budi"}), ("/desk/account", {"new": "a"})):
        assert budi.post(path, data=data).headers["location"] == "/desk/sign-in"


def test_budi_sees_his_sessions_ends_the_others_and_reads_what_he_did(budi, officers, clock):
    clock.pass_by(minutes=5)
    elsewhere, _ = officers.sign_in("budi", cast.PASSPHRASE, clock())
    page = budi.get("/desk/account").text
    assert "terakhir dipakai 23 November 2026, 09.05 WIB" in page
    assert page.count("terakhir dipakai") == 2
    assert budi.post("/desk/account", data={"token": token(page), "do": "end_others"}).status_code == 303
    assert officers.session(elsewhere, clock()) is None
    after = budi.get("/desk/account").text
    assert after.count("terakhir dipakai") == 1
    assert "09.05 WIB: menutup sesi lain" in after
    assert len(after.encode()) < 10_000


def test_every_act_has_words_in_both_languages(app):
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "forms_api").rglob("*.py"))
    acts = set(re.findall(r'\.record\(session, "(\w+)"', code)) | set(re.findall(r'\bevent\([^"()]+(?:\(\))?, "(\w+)"', code))
    acts |= set(re.findall(r'\bevent\(row\["id"\], "(\w+)"', code)) | {"invited", "renewed"}
    assert {"sign_in", "made", "second_on", "joined", "role", "export", "key_in"} <= acts
    for act in acts:
        for language in ("id", "en"):
            assert app.state.hub.renderer.words.say(language, f"act.{act}")


def test_budi_changes_his_own_passphrase_and_only_this_session_stays(budi, officers, clock):
    elsewhere, _ = officers.sign_in("budi", cast.PASSPHRASE, clock())
    new = "padi hijau di tepi musi"
    own = token(budi.get("/desk/account").text)
    change = {"token": own, "do": "passphrase", "passphrase": cast.PASSPHRASE, "new": new, "again": new}
    for wrong, said in (
        ({"passphrase": "salah " * 4}, "tidak cocok"), ({"again": "lain"}, "tidak sama"),
        ({"new": "pendek", "again": "pendek"}, "paling sedikit 15"),
    ):  # fmt: skip
        answer = budi.post("/desk/account", data=change | wrong)
        assert answer.status_code == 422
        assert said in answer.text
    assert officers.session(elsewhere, clock())
    assert budi.post("/desk/account", data=change).status_code == 303
    assert budi.get("/desk/account").status_code == 200
    assert officers.session(elsewhere, clock()) is None
    with pytest.raises(Refused):
        officers.sign_in("budi", cast.PASSPHRASE, clock())
    assert officers.sign_in("budi", new, clock())


@pytest.mark.parametrize("path", ["/desk/account", "/desk/officers"])
@pytest.mark.parametrize("odd", [["x"], {"a": 1}, 7, None, "lain", "\\ud800"])
def test_what_no_page_of_ours_sends_is_refused_in_words(budi, path, odd):
    told = '{"token": "%s", "do": %s, "name": %s, "role": %s, "secret": %s, "code": 1}'
    kind = json.dumps(odd).replace("\\\\", "\\")
    body = told % (token(budi.get(path).text), kind, kind, kind, kind)
    answer = budi.post(path, content=body.encode(), headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
