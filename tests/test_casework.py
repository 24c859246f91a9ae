"""One case on the desk: Budi may do what the state allows, and what he typed is never lost."""

import re

import pytest

from forms_api.case.states import MOVES

from . import cast
from .test_desk import address, case, token  # noqa: F401 - a fixture

REPLY = "Kami sudah menelepon KBRI Kuala Lumpur. Tunggu kabar kami hari Rabu."


@pytest.fixture
def case_of(app, case):  # noqa: F811
    """Siti's case as it stands now."""
    return lambda: app.state.hub.cases.get("help", case["id"])


@pytest.fixture
def do(budi, case):  # noqa: F811
    """Budi presses one of the case page's buttons; what he does not say is as on the page he has just opened."""

    def do(step: str, **typed):
        return budi.post(address(case), data=hidden(budi.get(address(case)).text) | {"do": step} | typed)

    return do


@pytest.fixture
def receipt(siti, app):
    """The receipt of another request, and its row."""
    digits = siti.post("/forms/mistake", json={"page": "Biaya", "mistake": "Angkanya lama"}).json()["receipt"]
    return digits, app.state.hub.cases.by_receipt(digits)


def hidden(page: str) -> dict[str, str]:
    """What the case page's form sends unseen."""
    return dict(re.findall(r'type="hidden" name="(token|seen)" value="([^"]*)"', page.split("<main")[1]))


def bring(app, case, state: str) -> None:  # noqa: F811
    if state != "new":
        app.state.hub.cases.move("help", case["id"], state, app.state.hub.now())


@pytest.mark.parametrize("state", MOVES)
def test_the_page_offers_only_the_moves_that_are_allowed(budi, app, case, state):  # noqa: F811
    bring(app, case, state)
    page = budi.get(address(case)).text
    assert re.findall(r'name="status" value="(\w+)"', page) == list(MOVES[state])
    assert ('name="do" value="reply"' in page) == (state != "closed")


@pytest.mark.parametrize(("was", "wanted"), [(a, b) for a in MOVES for b in MOVES if b not in MOVES[a]])
def test_a_move_that_is_not_allowed_is_refused_in_words(app, case, do, case_of, was, wanted):  # noqa: F811
    bring(app, case, was)
    answer = do("move", status=wanted)
    assert answer.status_code == 422
    assert "Pilih salah satu yang ditawarkan" in answer.text
    assert case_of()["status"] == was


def test_a_reply_is_kept_shown_and_moves_the_case(budi, case, do, case_of):  # noqa: F811
    assert do("reply", reply=REPLY).status_code == 303
    row = case_of()
    assert (row["status"], row["unseen"], row["unread"]) == ("answered", 1, 0)
    page = budi.get(address(case)).text
    assert REPLY in page
    assert "Jawaban budi" in page
    assert "budi menjawab (Baru → Sudah dijawab)" in page


def test_siti_reads_the_reply_with_her_receipt(siti, app, budi):
    digits = siti.post("/forms/help", json=cast.help_request()).json()["receipt"]
    row, key = app.state.hub.cases.with_key(digits)
    budi.post(address(row), data={"do": "reply", "reply": REPLY, "token": token(budi.get(address(row)).text)})
    assert [each["text"] for each in app.state.hub.cases.messages.for_villager(row["id"], key)] == [REPLY]


def test_a_reply_to_a_closed_case_is_refused_and_what_was_typed_stays(app, case, do, case_of):  # noqa: F811
    bring(app, case, "closed")
    answer = do("reply", reply=REPLY)
    assert answer.status_code == 422
    assert "Pesan baru dari pengirim membukanya lagi" in answer.text
    assert REPLY in answer.text
    assert case_of()["status"] == "closed"


@pytest.mark.parametrize(("typed", "told"), [("", "Tulis dulu isinya"), (" \n ", "Tulis dulu"), ("a" * 3001, "terlalu panjang")])
def test_an_empty_or_endless_reply_is_refused_and_kept(do, case_of, typed, told):
    answer = do("reply", reply=typed)
    assert answer.status_code == 422
    assert told in answer.text
    assert typed in answer.text
    assert case_of()["status"] == "new"


def test_a_note_moves_nothing_and_says_that_only_officers_read_it(budi, case, do, case_of):  # noqa: F811
    do("note", note="Tanyakan juga kepada kakaknya.")
    assert case_of()["status"] == "new"
    assert not case_of()["unseen"]
    page = budi.get(address(case)).text
    assert "Tanyakan juga kepada kakaknya." in page
    assert "hanya dibaca petugas" in page


def test_a_case_is_given_to_a_colleague_found_by_it_and_given_back(budi, hire, case, do, case_of):  # noqa: F811
    hire("rina", "en")
    assert do("assign", officer="rina").status_code == 303
    assert case_of()["assignee"] == "rina"
    assert address(case) in budi.get("/desk/list?assignee=rina").text
    assert "budi menetapkan petugas (rina)" in budi.get(address(case)).text
    do("assign", officer="")
    assert not case_of()["assignee"]


def test_a_case_is_not_given_to_somebody_the_desk_does_not_know(do, case_of):
    assert do("assign", officer="dewi").status_code == 422
    assert not case_of()["assignee"]


def test_handing_on_is_recorded_with_its_reason_as_a_note(budi, case, do, case_of, tmp_path):  # noqa: F811
    reason = "Perlu pendamping untuk melapor ke polisi."
    assert do("hand_on", to="legal_aid", reason=reason).status_code == 303
    assert case_of()["handed_to"] == "legal_aid"
    page = budi.get(address(case)).text
    assert reason in page
    assert "budi meneruskan (Lembaga bantuan hukum)" in page
    assert reason.encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


@pytest.mark.parametrize(("to", "text", "told"), [("legal_aid", "", "Tulis dulu"), ("lottery", "Alasan saya", "Pilih kepada siapa")])
def test_handing_on_without_a_reason_or_to_nobody_is_refused(do, case_of, to, text, told):
    answer = do("hand_on", to=to, reason=text)
    assert answer.status_code == 422
    assert told in answer.text
    assert text in answer.text
    assert not case_of()["handed_to"]


def test_a_double_is_linked_by_its_receipt_or_its_address(budi, case, do, case_of, receipt):  # noqa: F811
    digits, other = receipt
    for typed in (digits, f"http://hub.test{address(other)}", address(other)):
        assert do("link", other=typed).status_code == 303
        assert case_of()["double_of"] == other["id"]
    page = budi.get(address(case)).text
    assert f'href="{address(other)}"' in page


@pytest.mark.parametrize("typed", ["", "0000 0000 0000 0000", "/desk/case/help/abc", "/desk/case/officers/budi", "itself"])
def test_a_link_to_nothing_or_to_itself_is_refused(do, case, case_of, typed):  # noqa: F811
    answer = do("link", other=address(case) if typed == "itself" else typed)
    assert answer.status_code == 422
    assert "tidak ditemukan" in answer.text
    assert case_of()["double_of"] is None


def test_an_unknown_step_changes_nothing(do, case_of):
    assert do("win").status_code == 422
    assert case_of()["status"] == "new"


def test_when_the_disk_is_full_the_reply_stands_on_the_page_again(budi, app, case, case_of):  # noqa: F811
    page = budi.get(address(case)).text
    writer = app.state.hub.cases._store._writer
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count = {pages}")
    text = "Kami urus. " * 270
    answer = budi.post(address(case), data={"do": "reply", "reply": text, "token": token(page)})
    assert answer.status_code == 503
    assert "BELUM tersimpan" in answer.text
    assert text.strip() in answer.text
    writer.execute("PRAGMA max_page_count = 100000")
    assert case_of()["status"] == "new"
    assert budi.post(address(case), data={"do": "reply", "reply": text, "token": token(page)}).status_code == 303


def test_opening_a_request_takes_its_mark_away_and_a_message_brings_it_back(budi, app, case, case_of):  # noqa: F811
    assert address(case) in budi.get("/desk/list?unread=yes").text
    budi.get(address(case))
    assert address(case) not in budi.get("/desk/list?unread=yes").text
    app.state.hub.cases.move("help", case["id"], "closed", app.state.hub.now())
    app.state.hub.cases.wrote(case, "Masih ditahan.", app.state.hub.now())
    assert address(case) in budi.get("/desk/list?unread=yes&status=in_progress").text
    assert "Masih ditahan." in budi.get(address(case)).text


def test_head_opens_no_request(budi, app, case, case_of):  # noqa: F811
    assert budi.head(address(case)).text == ""
    assert case_of()["unread"]
    assert app.state.hub.officers.events(case["id"]) == []


def test_what_stands_in_the_other_fields_stands_there_again_and_only_the_button_pressed_is_done(do, case_of, siti):
    half = {"reply": "Ibu Siti, <kami>", "note": "Tanya kakaknya.", "reason": "Perlu pendamping.", "other": "1234",
            "to": "bp3mi"}  # fmt: skip
    answer = do("", status="in_progress", **half)
    assert answer.status_code == 200
    assert "Keadaan sudah diubah." in answer.text
    assert case_of()["status"] == "in_progress"
    for text in ("Ibu Siti, &lt;kami&gt;</textarea>", "Tanya kakaknya.</textarea>", "Perlu pendamping.</textarea>",
                 'value="1234"', '<option value="bp3mi" selected>'):  # fmt: skip
        assert text in answer.text
    after = do("note", **half).text
    assert "Tanya kakaknya.</textarea>" not in after
    assert "Tanya kakaknya." in after
    assert "Ibu Siti, &lt;kami&gt;</textarea>" in after
    assert (case_of()["status"], case_of()["handed_to"], case_of()["unseen"]) == ("in_progress", None, None)


def test_the_enter_key_presses_no_button(budi, case):  # noqa: F811
    form = budi.get(address(case)).text.split('<form class="form screen"')[1]
    assert re.search(r"<button[^>]*>", form)[0] == '<button type="submit" disabled hidden>'


def test_what_was_pasted_is_never_cut_and_the_surplus_is_counted(budi, case, do, case_of):  # noqa: F811
    assert "maxlength" not in budi.get(address(case)).text
    answer = do("reply", reply="a" * 3020)
    assert "kelebihan 20 huruf. Paling banyak 3000" in answer.text
    assert "a" * 3020 in answer.text
    assert not case_of()["last_message"]


@pytest.mark.parametrize(
    ("step", "typed"),
    [("reply", {"reply": REPLY}), ("note", {"note": REPLY}), ("hand_on", {"to": "bp3mi", "reason": REPLY})],
)
def test_what_is_sent_twice_is_written_once(budi, app, case, step, typed):  # noqa: F811
    sent = hidden(budi.get(address(case)).text) | {"do": step} | typed
    for _ in range(2):
        assert budi.post(address(case), data=sent).headers["location"] == f"{address(case)}?done={step}"
    events = [each["act"] for each in app.state.hub.officers.events(case["id"])]
    assert events.count(step) == 1
    assert len(list(app.state.hub.cases._store.find("messages"))) == 1


def test_the_same_words_may_be_written_again_on_a_page_that_shows_them(do, app):
    for _ in range(2):
        assert do("reply", reply=REPLY).status_code == 303
    assert len(list(app.state.hub.cases._store.find("messages"))) == 2


@pytest.mark.parametrize("pressed", [{"do": "reply", "reply": REPLY}, {"status": "closed", "note": REPLY}])
def test_what_has_come_since_is_shown_first_and_what_was_typed_waits(budi, app, case, case_of, pressed):  # noqa: F811
    sent = hidden(budi.get(address(case)).text) | pressed
    app.state.hub.cases.wrote(case, "Majikan sudah pulang.", app.state.hub.now())
    answer = budi.post(address(case), data=sent)
    assert answer.status_code == 409
    assert "ada pesan atau catatan baru" in answer.text
    assert "Majikan sudah pulang." in answer.text
    assert f"{REPLY}</textarea>" in answer.text
    assert (case_of()["status"], case_of()["unread"]) == ("new", 0)
    assert budi.post(address(case), data=sent | hidden(answer.text)).status_code in (200, 303)
    assert case_of()["status"] == {"reply": "answered"}.get(pressed.get("do"), "closed")


def test_what_was_typed_under_an_old_session_waits_on_the_same_page(budi, case, case_of):  # noqa: F811
    sent = {"do": "reply", "reply": REPLY, "token": "of the session before"}
    answer = budi.post(address(case), data=sent)
    assert answer.status_code == 403
    assert "Tekan tombolnya sekali lagi" in answer.text
    assert f"{REPLY}</textarea>" in answer.text
    assert not case_of()["last_message"]
    assert budi.post(address(case), data=sent | hidden(answer.text)).status_code == 303


@pytest.mark.parametrize(
    ("step", "typed", "told"),
    [
        ("reply", {"reply": REPLY}, "Jawaban sudah terkirim."), ("note", {"note": REPLY}, "Catatan tersimpan."),
        ("assign", {"officer": "budi"}, "Petugas tersimpan."), ("", {"status": "answered"}, "Keadaan sudah diubah."),
        ("hand_on", {"to": "bp3mi", "reason": REPLY}, "Penerusan tersimpan."), ("unlink", {}, "Tanda sudah dihapus."),
    ],
)  # fmt: skip
def test_the_next_page_says_what_was_done(budi, do, step, typed, told):
    page = budi.get(do(step, **typed).headers["location"]).text
    assert f'<p role="status"><b>{told}</b></p>' in page


@pytest.mark.parametrize("code", ["", "win", "done", "<b>x", "desk.done.move"])
def test_the_page_says_of_no_other_word_that_it_is_done(budi, case, code):  # noqa: F811
    assert 'role="status"' not in budi.get(address(case), params={"done": code}).text


def test_a_deleted_request_is_said_to_be_deleted(do):
    answer = do("erase")
    assert (answer.status_code, "Permintaan ini sudah dihapus." in answer.text) == (200, True)


def test_a_handing_on_is_taken_back(budi, case, do, case_of):  # noqa: F811
    do("hand_on", to="legal_aid", reason="Salah.")
    assert '<option value="legal_aid" selected>' in budi.get(address(case)).text
    assert do("hand_on", to="", reason="").status_code == 303
    assert not case_of()["handed_to"]
    assert "budi membatalkan penerusan" in budi.get(address(case)).text


def test_a_mark_of_a_double_is_taken_away(budi, case, do, case_of, receipt):  # noqa: F811
    assert 'value="unlink"' not in budi.get(address(case)).text
    do("link", other=receipt[0])
    assert 'value="unlink"' in budi.get(address(case)).text
    do("unlink")
    assert case_of()["double_of"] is None
    assert "budi menghapus tanda" in budi.get(address(case)).text


def test_links_never_go_round_in_a_circle(app, siti, case, do, case_of, receipt, clock):  # noqa: F811
    cases, other = app.state.hub.cases, receipt[1]
    siti.post("/forms/help", data=cast.help_request(story="Dua"))
    third = next(row for row in cases.find() if row["id"] not in (case["id"], other["id"]))
    cases.change(third, "link", {"double_of": case["id"]}, clock())
    cases.change(other, "link", {"double_of": third["id"]}, clock())
    answer = do("link", other=address(other))
    assert answer.status_code == 422
    assert "sudah ditandai sama dengan yang ini" in answer.text
    assert case_of()["double_of"] is None


def lines(page: str) -> list[str]:
    return re.findall(r"<li>([^<]+)</li>", page)


def test_openings_in_a_row_are_one_line_of_the_history_and_hide_nothing(budi, case, do, clock):  # noqa: F811
    clock.pass_by(minutes=1)
    hub = budi.app.state.hub
    hub.cases.note(case, "Tanya kakaknya.", hub.officers.session(budi.cookies["desk"], clock()), clock())
    for _ in range(22):
        clock.pass_by(seconds=1)
        page = budi.get(address(case)).text
    assert [line.partition("WIB: ")[2] for line in lines(page)] == [
        "budi membuka (22 kali)", "budi menulis catatan",
    ]  # fmt: skip


def test_the_whole_history_is_a_page_away_and_small(budi, app, case):  # noqa: F811
    hub, reader = app.state.hub, app.state.hub.officers.session(budi.cookies["desk"], app.state.hub.now())
    for number in range(130):
        hub.cases.change(case, "assign", {"assignee": "budi"}, hub.now(), reader, f"petugas{number:03}")
    page = budi.get(address(case)).text
    assert len(lines(page)) == 20
    seen, path = [], re.search(r'href="([^"]+/history)"', page)[1]
    while path:
        page = budi.get(path)
        assert len(page.content) <= 10_000
        seen += lines(page.text)
        after = re.search(r'rel="next" href="([^"]+)"', page.text)
        path = after and after[1]
    assert len(set(seen)) == len(seen) == 131
    for odd in ("0", "-1", "999999", "x", "٣"):
        assert budi.get(f"{address(case)}/history?page={odd}").status_code == 200


def test_an_officer_who_is_called_like_a_state_stays_an_officer(budi, app, case):  # noqa: F811
    hub, reader = app.state.hub, app.state.hub.officers.session(budi.cookies["desk"], app.state.hub.now())
    for name in ("closed", "phone"):
        hub.cases.change(case, "assign", {"assignee": name}, hub.now(), reader, name)
    page = budi.get(address(case)).text
    assert "menetapkan petugas (closed)" in page
    assert "menetapkan petugas (phone)" in page


def test_an_officer_is_told_when_the_sender_has_no_code_to_read_a_reply_with(siti, budi, app):
    sent = siti.post("/forms/help", data=cast.help_request())  # and the line breaks before the receipt is shown
    row = next(app.state.hub.cases.find())
    assert "belum melihat kode penerimaannya" in budi.get(address(row)).text
    siti.get(sent.headers["location"])
    assert "belum melihat kode penerimaannya" not in budi.get(address(row)).text
