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
    """Budi sends one of the case page's forms."""

    def do(step: str, **typed):
        return budi.post(address(case), data={"do": step, "token": token(budi.get(address(case)).text)} | typed)

    return do


@pytest.fixture
def receipt(siti, app):
    """The receipt of another request, and its row."""
    digits = siti.post("/forms/mistake", json={"page": "Biaya", "mistake": "Angkanya lama"}).json()["receipt"]
    return digits, app.state.hub.cases.by_receipt(digits)


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
    assert do("reply", text=REPLY).status_code == 303
    row = case_of()
    assert (row["status"], row["unseen"], row["unread"]) == ("answered", 1, 0)
    page = budi.get(address(case)).text
    assert REPLY in page
    assert "Jawaban budi" in page
    assert "budi menjawab (Baru → Sudah dijawab)" in page


def test_siti_reads_the_reply_with_her_receipt(siti, app, budi):
    digits = siti.post("/forms/help", json=cast.help_request()).json()["receipt"]
    row, key = app.state.hub.cases.with_key(digits)
    budi.post(address(row), data={"do": "reply", "text": REPLY, "token": token(budi.get(address(row)).text)})
    assert [each["text"] for each in app.state.hub.cases.messages.for_villager(row["id"], key)] == [REPLY]


def test_a_reply_to_a_closed_case_is_refused_and_what_was_typed_stays(app, case, do, case_of):  # noqa: F811
    bring(app, case, "closed")
    answer = do("reply", text=REPLY)
    assert answer.status_code == 422
    assert "Pesan baru dari pengirim membukanya lagi" in answer.text
    assert REPLY in answer.text
    assert case_of()["status"] == "closed"


@pytest.mark.parametrize(("typed", "told"), [("", "Tulis dulu isinya"), (" \n ", "Tulis dulu"), ("a" * 3001, "terlalu panjang")])
def test_an_empty_or_endless_reply_is_refused_and_kept(do, case_of, typed, told):
    answer = do("reply", text=typed)
    assert answer.status_code == 422
    assert told in answer.text
    assert typed in answer.text
    assert case_of()["status"] == "new"


def test_a_note_moves_nothing_and_says_that_only_officers_read_it(budi, case, do, case_of):  # noqa: F811
    do("note", text="Tanyakan juga kepada kakaknya.")
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
    assert do("hand_on", to="legal_aid", text=reason).status_code == 303
    assert case_of()["handed_to"] == "legal_aid"
    page = budi.get(address(case)).text
    assert reason in page
    assert "budi meneruskan (Lembaga bantuan hukum)" in page
    assert reason.encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


@pytest.mark.parametrize(("to", "text", "told"), [("legal_aid", "", "Tulis dulu"), ("lottery", "Alasan saya", "Pilih kepada siapa")])
def test_handing_on_without_a_reason_or_to_nobody_is_refused(do, case_of, to, text, told):
    answer = do("hand_on", to=to, text=text)
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
    answer = budi.post(address(case), data={"do": "reply", "text": text, "token": token(page)})
    assert answer.status_code == 503
    assert "BELUM tersimpan" in answer.text
    assert text.strip() in answer.text
    writer.execute("PRAGMA max_page_count = 100000")
    assert case_of()["status"] == "new"
    assert budi.post(address(case), data={"do": "reply", "text": text, "token": token(page)}).status_code == 303


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


def test_the_history_shows_the_newest_twenty_and_says_that_there_are_more(budi, case):  # noqa: F811
    for _ in range(22):
        budi.get(address(case))
    page = budi.get(address(case)).text
    assert page.count("budi membuka") == 20
    assert "Yang lebih lama tidak ditampilkan" in page
