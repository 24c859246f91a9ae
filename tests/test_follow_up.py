"""Siti comes back with her code: what she reads, writes and may end, and what nobody learns on the way."""

import re
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.testclient import TestClient

from forms_api.door.guesses import IN_VAIN, Guesses, Look
from forms_api.door.limits import WAIT, Wait
from forms_api.keys import receipts
from forms_api.store import open_store

from . import cast

BUDI = SimpleNamespace(officer="budi")
VILLAGE, GUESSER = "203.0.113.7", "203.0.113.9"


@pytest.fixture
def hub(app):
    return app.state.hub


@pytest.fixture
def sent(siti):
    """Siti has sent a request; gives her code."""
    return lambda **changed: siti.post("/forms/help", json=cast.help_request(**changed)).json()["receipt"]


@pytest.fixture
def opened(siti, sent):
    """Siti has opened her request; gives a function that reads the page."""
    code = sent()
    assert siti.post("/follow-up", data={"code": code, "language": "en"}).status_code == 303

    def read() -> str:
        return siti.get("/follow-up?lang=en").text

    read.code = code
    return read


def case(hub):
    return next(hub.cases.find())


def say(siti, do, **more):
    return siti.post("/follow-up", data={"do": do, "language": "en"} | more)


def unknown(number: int) -> str:
    """A code without a slip that belongs to nothing."""
    text = f"{number:015d}"
    return text + receipts._check_digit(text)


def test_it_tells_state_days_and_messages_both_ways_in_order(siti, hub, opened, clock):
    assert "By 26 November 2026" in opened()
    clock.pass_by(minutes=1)
    hub.cases.reply(case(hub), "Di mana paspor Anda?", BUDI, clock())
    clock.pass_by(minutes=1)
    assert say(siti, "write", text="Di kantor majikan.").status_code == 303
    clock.pass_by(minutes=1)
    hub.cases.reply(case(hub), "Kami menelepon KBRI.", BUDI, clock())
    page = opened()
    places = [page.index(text) for text in ("Di mana paspor Anda?", "Di kantor majikan.", "Kami menelepon KBRI.")]
    assert places == sorted(places)
    assert "An officer has answered" in page


@pytest.mark.parametrize(
    ("language", "promise"),
    [("id", "Paling lambat 26 November 2026</b> Petugas menjawab permintaan Anda."),
     ("en", "By 26 November 2026</b> An officer answers your request.")],
)  # fmt: skip
def test_who_waits_reads_by_when_an_officer_answers_and_who_does_not_wait_reads_no_day(
    siti, hub, sent, clock, language, promise
):
    code = sent(danger="yes")
    siti.post("/follow-up", data={"code": code, "language": language})
    for state, waits in (("new", True), ("in_progress", True), ("answered", False), ("closed", False)):
        if state != "new":
            hub.cases.move("help", case(hub)["id"], state, clock())
        page = siti.get(f"/follow-up?lang={language}").text
        assert (promise in page, "26 November" in page) == (waits, waits), state
        assert "hari ini" not in page and "formulir ini" not in page and "this form" not in page


def test_who_was_answered_elsewhere_is_not_sent_to_a_message_that_is_not_there(hub, opened, clock):
    hub.cases.move("help", case(hub)["id"], "answered", clock())
    assert "An officer has answered" in opened() and "Read the message below" not in opened()
    hub.cases.reply(case(hub), "Kami menelepon KBRI.", BUDI, clock())
    assert "Read the message below" in opened()


def test_a_reply_stands_out_until_it_was_seen(hub, opened, clock):
    assert 'class="officer new"' not in opened()
    hub.cases.reply(case(hub), "Kami menelepon KBRI.", BUDI, clock())
    assert case(hub)["unseen"]
    assert 'class="officer new"' in opened()
    assert not case(hub)["unseen"]
    assert 'class="officer new"' not in opened()


def test_a_reply_that_came_while_siti_was_writing_stands_out_too(siti, hub, opened, clock):
    hub.cases.reply(case(hub), "Kami menelepon KBRI.", BUDI, clock())
    clock.pass_by(minutes=1)
    say(siti, "write", text="Apakah Anda di sana?")
    assert re.search(r'class="officer new".*?Kami menelepon KBRI', opened(), re.DOTALL)


def test_a_message_is_sealed_reaches_the_officers_and_opens_the_case_again(siti, hub, opened, opener, settings):
    hub.cases.read(case(hub), BUDI, hub.now())
    hub.cases.move("help", case(hub)["id"], "closed", hub.now())
    assert "A new message from you opens it again" in opened()
    say(siti, "write", text="Majikan datang lagi.")
    row = case(hub)
    assert (row["status"], bool(row["unread"]), row["closed_on"]) == ("in_progress", True, None)
    assert [each["text"] for each in hub.cases.messages.for_team(row["id"], opener)] == ["Majikan datang lagi."]
    with sqlite3.connect(settings.store_url.removeprefix("sqlite:///")) as database:
        assert "Majikan" not in str(database.execute("SELECT * FROM messages").fetchall())


@pytest.mark.parametrize("ended", ["answered", "closed"])
def test_who_writes_back_is_promised_an_answer_from_that_day_on(siti, hub, opened, clock, ended):
    hub.cases.move("help", case(hub)["id"], ended, hub.now())
    clock.pass_by(days=30)  # Wednesday 23 December; 24 December is joint leave, 25 December is Christmas
    assert siti.post("/follow-up", data={"code": opened.code, "language": "en"}).status_code == 303
    say(siti, "write", text="Majikan datang lagi.")
    assert (case(hub)["received_on"], case(hub)["answer_by"]) == ("2026-11-23", "2026-12-30")
    assert "By 30 December 2026" in opened() and "The day we promised is past" not in opened()


def test_the_same_message_sent_twice_is_one(siti, hub, opened, opener):
    for _ in range(2):
        assert say(siti, "write", text="Tolong.").status_code == 303
    assert len(hub.cases.messages.for_team(case(hub)["id"], opener)) == 1


@pytest.mark.parametrize(("text", "words"), [("  \n ", "Write your message first"), ("a" * 3001, "3000 characters")])
def test_a_message_that_cannot_be_sent_says_why_and_is_kept(siti, opened, text, words):
    page = say(siti, "write", text=text)
    assert page.status_code == 422
    assert words in page.text and text.strip() in page.text


def test_what_is_written_comes_back_escaped(siti, opened):
    say(siti, "write", text="<script>alert(1)</script>")
    assert "<script>alert" not in opened() and "&lt;script&gt;alert" in opened()


def test_while_the_store_is_away_the_message_is_kept_and_not_called_sent(siti, hub, opened, settings, monkeypatch):
    from forms_api.store import StoreUnavailable

    real = hub.cases.wrote

    def away(*_):
        raise StoreUnavailable("the disk is full")

    monkeypatch.setattr(hub.cases, "wrote", away)
    page = say(siti, "write", text="Tolong segera.")
    assert page.status_code == 503 and int(page.headers["retry-after"]) > 0
    assert "NOT stored" in page.text and "Tolong segera." in page.text
    monkeypatch.setattr(hub.cases, "wrote", real)
    say(siti, "write", text="Tolong segera.")
    assert "Tolong segera." in opened()


def test_siti_closes_her_own_request(siti, hub, opened):
    assert say(siti, "close").status_code == 303
    assert (case(hub)["status"], case(hub)["closed_on"]) == ("closed", "2026-11-23")
    assert say(siti, "close").status_code == 303  # once more is no error
    assert "This request is closed" in opened()


def test_siti_asks_to_be_forgotten_takes_it_back_and_asks_again(siti, hub, opened, clock):
    say(siti, "forget")
    assert (bool(case(hub)["forget_wanted"]), case(hub)["status"]) == (True, "closed")
    assert "everything is erased by 26 November 2026" in opened()
    assert 'name="text"' not in opened()
    say(siti, "keep")
    assert not case(hub)["forget_wanted"]
    say(siti, "forget")
    clock.pass_by(minutes=5)
    hub.cases.forget(clock())
    assert list(hub.cases.find()) == []


def test_the_wish_and_the_closing_are_one_step_and_a_second_tap_changes_nothing(siti, hub, opened, clock, monkeypatch):
    changed, real = [], hub.cases._store.change
    monkeypatch.setattr(hub.cases._store, "change", lambda *given: changed.append(given[2]) or real(*given))
    for _ in range(2):
        assert say(siti, "forget").status_code == 303
    [once] = changed
    assert (once["status"], once["forget_wanted"], once["closed_on"]) == ("closed", True, "2026-11-23")


@pytest.mark.parametrize("read", [True, False], ids=["read", "unread"])
@pytest.mark.parametrize("wrote", [True, False], ids=["message", "no-message"])
@pytest.mark.parametrize("danger", ["yes", "no"])
def test_the_page_promises_what_the_command_does(siti, hub, sent, clock, danger, wrote, read):
    siti.post("/follow-up", data={"code": sent(danger=danger), "language": "en"})
    if wrote:
        say(siti, "write", text="Majikan datang lagi.")
    if read:
        hub.cases.read(case(hub), BUDI, hub.now())
    by, seen_first = "erased by 26 November 2026", "an officer opens it first. After that"
    promised, not_promised = (seen_first, by) if not read and (wrote or danger == "yes") else (by, seen_first)
    before = siti.get("/follow-up?lang=en").text
    assert promised in before and not_promised not in before
    after = siti.get(say(siti, "forget").headers["location"]).text
    assert promised in after and not_promised not in after
    clock.pass_by(hours=18)  # the night
    assert hub.cases.forget(clock()) == (promised == by)
    if promised == seen_first:
        hub.cases.read(case(hub), BUDI, clock())
        assert hub.cases.forget(clock()) == 1


def test_of_a_request_closed_long_ago_the_promise_counts_from_the_wish(siti, hub, opened, clock):
    hub.cases.move("help", case(hub)["id"], "closed", hub.now())
    clock.pass_by(days=30)
    siti.post("/follow-up", data={"code": opened.code, "language": "en"})
    assert "erased by 26 December 2026" in opened()
    say(siti, "forget")
    assert "erased by 26 December 2026" in opened()


@pytest.mark.parametrize("text", ["Tunggu dulu.", "Majikan datang lagi."], ids=["new", "the-last-one-again"])
def test_writing_from_another_tab_takes_the_wish_back_and_the_page_says_so(siti, hub, opened, clock, text):
    say(siti, "write", text="Majikan datang lagi.")
    say(siti, "forget")
    clock.pass_by(minutes=1)
    page = siti.get(say(siti, "write", text=text).headers["location"]).text
    assert (case(hub)["status"], bool(case(hub)["forget_wanted"])) == ("in_progress", False)
    assert "Because you wrote again, this request is not erased" in page
    assert "You asked for this data to be erased" not in page and 'name="text"' in page
    hub.cases.read(case(hub), BUDI, hub.now())
    assert hub.cases.forget(clock()) == 0
    say(siti, "forget")
    assert "is not erased" not in siti.get("/follow-up?lang=en&stays=").text


@pytest.mark.parametrize("do", ["look", "close", "write"])
def test_who_looks_at_a_request_that_was_erased_reads_what_an_unknown_code_reads(siti, hub, opened, do):
    hub.cases.erase("help", case(hub)["id"])
    page = siti.get("/follow-up?lang=en") if do == "look" else say(siti, do, **({"text": "Halo."} if do == "write" else {}))
    told = siti.post("/follow-up", data={"code": unknown(1), "language": "en"})
    assert page.status_code == told.status_code
    summary = re.search(r'<div class="summary".*?</div>', told.text)[0]
    assert "There is no request with this code" in summary and summary in page.text
    assert "visit" not in siti.cookies


def test_a_day_that_is_past_is_admitted_the_day_after(siti, sent, clock):
    code = sent()
    for days, late in ((3, False), (1, True)):
        clock.pass_by(days=days)
        siti.post("/follow-up", data={"code": code})
        assert ("The day we promised is past" in siti.get("/follow-up?lang=en").text) == late


def test_in_danger_the_numbers_stand_open_and_otherwise_one_tap_away(siti, sent, opened):
    assert re.search(r"<details><summary>If the danger is now</summary>\s*<div class=\"now\">", opened())
    siti.post("/follow-up", data={"code": sent(danger="yes"), "language": "en"})
    assert re.search(r"<h2>If the danger is now</h2>\s*<div class=\"now\">", opened())


@pytest.mark.parametrize("language", ["id", "en"])
def test_nobody_looking_over_the_shoulder_learns_who_or_what_is_meant(siti, sent, forms, language):
    siti.post("/follow-up", data={"code": sent(), "language": language})
    page = siti.get(f"/follow-up?lang={language}").text
    main = page.split("<main")[1]
    for shown in ("Siti", "+60", forms["help"].text("title", language), cast.STORY, "Ulak Paceh", "16.06"):
        assert shown not in main
    for code in ("employer", "agency"):
        assert forms["help"].fields[1].label(code, language) not in main
    assert re.search(r"<title>(.+)</title>", page)[1] == {"id": "Formulir", "en": "Form"}[language]


def test_the_cookie_is_short_strict_and_holds_neither_code_nor_key_nor_case_in_the_open(siti, hub, sent):
    code = sent()
    answer = siti.post("/follow-up", data={"code": code, "language": "en"})
    assert code not in answer.headers["location"]
    cookie = answer.headers["set-cookie"].lower()
    for part in ("httponly", "samesite=strict", "path=/follow-up", "max-age=600"):
        assert part in cookie
    private = hub.cases.with_key(code)[1].hex()
    for secret in (code, private, case(hub)["id"], "help"):
        assert secret not in cookie


def test_a_visit_lives_ten_minutes_after_its_last_step_and_ends_at_done(siti, opened, clock):
    for _ in range(3):
        clock.pass_by(minutes=9)
        assert 'class="talk"' in opened()
    clock.pass_by(minutes=11)
    assert 'class="talk"' not in opened()


@pytest.mark.parametrize(("language", "span"), [("id", "7 menit"), ("en", "7 minutes")])
def test_the_page_says_how_long_it_stays_open(siti, sent, monkeypatch, language, span):
    monkeypatch.setattr("forms_api.public.follow_up.MINUTES", 7)
    assert span in siti.post("/follow-up", data={"do": "write", "text": "a", "language": language}).text
    assert span in siti.get(f"/follow-up?lang={language}&ended=").text
    siti.post("/follow-up", data={"code": sent(), "language": language})
    assert span in siti.get(f"/follow-up?lang={language}").text


def test_what_it_says_is_what_the_cookie_does(siti, opened, clock):
    said = int(re.search(r"not used for (\d+) minutes", opened())[1])
    for passed, there in ((said * 60 - 1, True), (said * 60, False)):
        clock.pass_by(seconds=passed)
        assert ('class="talk"' in opened()) == there


def test_done_ends_the_visit(siti, opened):
    answer = say(siti, "done")
    assert "Your page is closed" in siti.get(answer.headers["location"]).text
    assert 'class="talk"' not in opened()


def test_a_message_written_too_long_is_there_again_after_the_code(siti, hub, opened, clock, opener):
    code = re.sub(r"\D", "", siti.post("/forms/help", json=cast.help_request(story="b")).json()["receipt"])
    clock.pass_by(minutes=11)
    asked = say(siti, "write", text="Saya menulis lama.")
    assert asked.status_code == 422
    assert "NOT sent yet" in asked.text and 'value="Saya menulis lama."' in asked.text
    page = siti.post("/follow-up", data={"code": code, "language": "en", "text": "Saya menulis lama."})
    assert re.search(r"<textarea[^>]*>\s*Saya menulis lama\.</textarea>", page.text)
    assert say(siti, "write", text="Saya menulis lama.").status_code == 303
    assert "Saya menulis lama." in opened()


@pytest.mark.parametrize("cookie", ["", "x", "a" * 3000, "é", "AAAA" * 100])
def test_a_cookie_that_is_not_ours_opens_nothing(siti, cookie):
    page = siti.get("/follow-up", headers={"cookie": b"visit=" + cookie.encode()})
    assert page.status_code == 200 and 'id="f-code"' in page.text


def test_every_process_with_the_same_store_reads_the_cookie_and_the_disk_alone_does_not(siti, hub, opened, settings):
    from forms_api.app import create_app

    other = TestClient(create_app(settings, hub.now), base_url="http://hub.test", cookies=siti.cookies)
    assert 'class="talk"' in other.get("/follow-up").text
    value = siti.cookies["visit"].strip('"')
    folder = Path(settings.store_url.removeprefix("sqlite:///")).parent
    assert not any(value.encode() in file.read_bytes() for file in folder.iterdir() if file.is_file())


def test_another_site_cannot_write_or_close_in_sitis_name(siti, hub, opened):
    answer = siti.post("/follow-up", data={"do": "close"}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert case(hub)["status"] == "new"


def gone_codes(siti, hub, sent, clock):
    """A wrong code, one whose request an officer erased, and one whose time was over."""
    erased, expired = sent(story="a"), sent(story="b")
    found = hub.cases.by_receipt(erased)
    hub.cases.erase("help", found["id"])
    row = hub.cases.by_receipt(expired)
    hub.cases.read(row, BUDI, clock())
    hub.cases.move("help", row["id"], "closed", clock())
    clock.pass_by(days=400)
    hub.cases.forget(clock())
    return {"wrong": unknown(1), "erased": erased, "expired": expired}


def test_wrong_erased_and_expired_codes_are_one_page_and_each_pays_for_argon2(siti, hub, sent, clock, monkeypatch):
    codes = gone_codes(siti, hub, sent, clock)
    paid, real = [], receipts.derive
    monkeypatch.setattr("forms_api.keys.receipts.derive", lambda *given: (paid.append(1), real(*given))[1])
    pages = set()
    for code in codes.values():
        answer = siti.post("/follow-up", data={"code": code, "language": "en"})
        pages.add((answer.status_code, answer.text.replace(code, "CODE")))
    assert len(pages) == 1
    assert len(paid) == 3
    assert "There is no request with this code" in pages.pop()[1]


class Running:
    """A machine's running time, in seconds."""

    def __init__(self):
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def running():
    return Running()


@pytest.fixture
def guesses(settings, running):
    return Guesses(open_store(settings.store_url), running, most=60)


@pytest.mark.parametrize("apart", [0, 90], ids=["in-one-minute", "within-an-hour"])
def test_forty_people_behind_one_address_look_once(guesses, running, clock, apart):
    for _ in range(40):
        look = guesses.enter(VILLAGE, clock())
        assert isinstance(look, Look)
        guesses.right(look)
        running.seconds += apart
        clock.pass_by(seconds=apart)


def test_a_guesser_is_slowed_and_the_forty_behind_the_same_address_still_get_in(guesses, running, clock):
    tried = sum(isinstance(guesses.enter(VILLAGE, clock()), Look) for _ in range(500))
    assert tried == IN_VAIN.at_once
    for _ in range(40):
        wait = guesses.enter(VILLAGE, clock())
        if not isinstance(wait, Look):
            assert wait.seconds <= WAIT
            running.seconds += wait.seconds
            clock.pass_by(seconds=wait.seconds)
            wait = guesses.enter(VILLAGE, clock(), wait.ticket)
        assert isinstance(wait, Look)
        guesses.right(wait)


def test_many_addresses_are_no_way_round_the_budget_of_all_and_nobody_is_shut_out(guesses, running, clock):
    tried = sum(isinstance(guesses.enter(f"198.51.100.{n}", clock()), Look) for n in range(200))
    assert tried == 60
    wait = guesses.enter(VILLAGE, clock())
    running.seconds += wait.seconds
    clock.pass_by(seconds=wait.seconds)
    assert isinstance(guesses.enter(VILLAGE, clock(), wait.ticket), Look)
    clock.pass_by(minutes=16)
    assert isinstance(guesses.enter(GUESSER, clock()), Look)


def test_a_flood_of_looks_from_one_address_costs_the_store_nothing(guesses, clock, monkeypatch):
    for _ in range(IN_VAIN.at_once):
        assert isinstance(guesses.enter(GUESSER, clock()), Look)
    monkeypatch.setattr(guesses._together, "_store", None)  # whoever asks it anything breaks
    for _ in range(50):
        assert isinstance(guesses.enter(GUESSER, clock()), Wait)


def test_the_budget_of_all_is_shared_by_processes_and_no_address_is_in_the_store(settings, clock):
    one, two = (Guesses(open_store(settings.store_url), most=10) for _ in range(2))
    tried = sum(isinstance(each.enter(GUESSER, clock()), Look) for _ in range(10) for each in (one, two))
    assert tried == 10
    folder = Path(settings.store_url.removeprefix("sqlite:///")).parent
    assert not any(GUESSER.encode() in file.read_bytes() for file in folder.iterdir() if file.is_file())


def test_a_slowed_browser_reads_when_to_try_again_and_its_code_waits_in_the_form(siti, hub, sent, running):
    hub.guesses._limits._clock = running
    code = sent()
    for number in range(IN_VAIN.at_once):
        assert siti.post("/follow-up", data={"code": unknown(number)}).status_code == 422
    page = siti.post("/follow-up", data={"code": code, "language": "en"})
    assert page.status_code == 429
    assert f"Wait {page.headers['retry-after']} seconds" in page.text and f'value="{code}"' in page.text
    ticket = re.search(r'name="ticket" value="([^"]+)"', page.text)[1]
    running.seconds += int(page.headers["retry-after"])
    assert siti.post("/follow-up", data={"code": code, "ticket": ticket}).status_code == 303


def test_a_mistyped_code_is_no_guess(siti):
    for number in range(IN_VAIN.at_once + 5):
        code = unknown(number)
        wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
        assert siti.post("/follow-up", data={"code": wrong}).status_code == 422
