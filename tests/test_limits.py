"""Fair limits: a whole village behind one address gets through, one script does not fill the list."""

import hashlib
import os
import re
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from forms_api.door.limits import EASIEST, FREE, GOOD_FOR, KEPT, SLOW, STEP, WAIT, Limits, network_of, proves
from forms_api.keys import receipts
from forms_api.pages.headers import HEADERS
from forms_api.pages.inline import WAY_POLICY, script

from . import cast

VILLAGE, SCRIPT = "203.0.113.7", "203.0.113.99"


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
def limits(running):
    return Limits(running)


def fill(limits, address=VILLAGE):
    """Everything that an address may send at once is sent."""
    for _ in range(FREE.at_once):
        assert limits.admit(address) is None
    return limits.admit(address)


def proof(ticket: str) -> str:
    number = 0
    while not proves(ticket, str(number)):
        number += 1
    return str(number)


def easy(limits, monkeypatch):
    monkeypatch.setattr("forms_api.door.limits.EASIEST", 4)


def test_forty_people_behind_one_address_send_within_an_hour_even_if_each_presses_twice(limits, running):
    for _ in range(40):
        assert limits.admit(VILLAGE) is None
        assert limits.admit(VILLAGE) is None
        running.seconds += 3600 / 40


def test_forty_people_send_in_the_same_minute(limits):
    assert [limits.admit(VILLAGE) for _ in range(40)] == [None] * 40


def test_one_script_gets_few_through_in_an_hour_and_its_neighbours_do_not_notice(limits, running):
    through, tickets = 0, [""]
    for _ in range(3600 * 4):
        wait = limits.admit(SCRIPT, tickets[0])
        through += wait is None
        if wait is None or tickets[0] != wait.ticket:
            tickets.pop(0)
            tickets += [wait.ticket] if wait else []
        tickets = tickets or [""]
        running.seconds += 0.25
    assert FREE.at_once < through <= FREE.at_once + 3600 / FREE.every + SLOW.at_once + 3600 / SLOW.every
    assert limits.admit(VILLAGE) is None


def test_whoever_waits_gets_through_without_any_proof(limits, running):
    wait = fill(limits)
    assert wait.seconds == WAIT
    running.seconds += WAIT
    assert limits.admit(VILLAGE, wait.ticket) is None


def test_a_ticket_used_too_early_is_kept_and_says_how_long_is_left(limits, running):
    wait = fill(limits)
    running.seconds += 5
    again = limits.admit(VILLAGE, wait.ticket)
    assert (again.ticket, again.seconds) == (wait.ticket, WAIT - 5)


@pytest.mark.parametrize("how", ["work", "wait"])
def test_a_ticket_opens_once(limits, running, monkeypatch, how):
    easy(limits, monkeypatch)
    wait = fill(limits)
    if how == "wait":
        running.seconds += WAIT
    work = proof(wait.ticket) if how == "work" else ""
    assert limits.admit(VILLAGE, wait.ticket, work) is None
    assert limits.admit(VILLAGE, wait.ticket, work) is not None


def test_a_ticket_is_of_no_use_to_another_address_after_its_time_or_when_changed(limits, running):
    fill(limits, SCRIPT)
    wait = fill(limits)
    running.seconds += WAIT
    assert limits.admit(SCRIPT, wait.ticket) is not None
    ripe, rest = wait.ticket.split(".", 1)
    assert limits.admit(VILLAGE, f"{int(ripe, 16) - 20_000:x}.{rest}") is not None
    assert Limits(running)._read(wait.ticket, network_of(VILLAGE), running.seconds) is None
    assert limits._read(wait.ticket, network_of(VILLAGE), running.seconds + GOOD_FOR + 1) is None


@pytest.mark.parametrize("ticket", ["", ".", "...", "x.y.z.w", "é.1.2.3", "1.16.ab.00", "." * 5000])
def test_a_ticket_that_is_none_is_passed_over(limits, ticket):
    fill(limits)
    assert limits.admit(VILLAGE, ticket, "1").ticket != ticket


def test_proof_opens_at_once_and_each_proof_makes_the_next_dearer(limits, monkeypatch):
    monkeypatch.setattr("forms_api.door.limits.EASIEST", 1)
    wait = fill(limits)
    first = int(wait.ticket.split(".")[1])
    for _ in range(2 * STEP):
        assert limits.admit(VILLAGE, wait.ticket, proof(wait.ticket)) is None
        wait = limits.admit(VILLAGE)
    assert int(wait.ticket.split(".")[1]) == first + 2


def test_a_proof_is_sha_256_with_that_many_zero_bits_and_nothing_else(limits):
    ticket = f"3e8.{8}.00.{'ab' * 16}"
    for number in range(2000):
        true = hashlib.sha256(f"{'ab' * 16}:{number}".encode()).digest()[0] == 0
        assert proves(ticket, str(number)) == true
    assert not any(proves(ticket, wrong) for wrong in ("", "-1", "1.0", "٣", "9" * 16, " 1"))


def test_an_ipv6_line_is_one_sender_and_a_mapped_address_is_the_ipv4_one():
    assert network_of("2001:db8:1:2::1") == network_of("2001:db8:1:2:ffff::9") != network_of("2001:db8:1:3::1")
    assert network_of("::ffff:203.0.113.7") == network_of("203.0.113.7")
    assert network_of("") == network_of("not an address") == "?"


def test_memory_is_bounded_however_many_addresses_knock(limits, running):
    for number in range(2 * KEPT):
        limits.admit(f"2001:db8:{number >> 8:x}:{number & 255:x}::1")
        running.seconds += 1
    assert len(limits._lanes) <= KEPT


def test_many_addresses_together_are_no_way_round(limits):
    waits = [limits.admit(f"198.51.{number >> 8}.{number & 255}") for number in range(1000)]
    assert sum(wait is None for wait in waits) == 600
    assert limits.admit(VILLAGE).seconds == WAIT


@pytest.fixture
def full(app, running):
    """The hub, when the address of the tests has sent all it may at once."""
    limits = Limits(running)
    app.state.hub = replace(app.state.hub, limits=limits)
    fill(limits, "testclient")
    return app


def sent(app) -> int:
    return len(list(app.state.hub.cases.find()))


def fields(page: str) -> dict[str, str]:
    """What a browser would send from the form of ``page``."""
    form = page[page.index('<form class="form"') : page.index("</form>")]
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    return dict(hidden)


def test_above_the_limit_the_page_keeps_the_text_and_then_lets_siti_pass_without_javascript(full, siti, running):
    page = siti.post("/forms/help", data=cast.help_request())
    assert page.status_code == 429
    assert page.headers["retry-after"] == str(WAIT)
    assert cast.STORY in page.text
    assert "BELUM terkirim" in page.text
    assert f"Tunggu {WAIT} detik" in page.text
    assert sent(full) == 0
    running.seconds += WAIT
    answer = siti.post("/forms/help", data=cast.help_request() | fields(page.text))
    assert answer.status_code == 303
    assert sent(full) == 1


def test_a_good_proof_passes_at_once(full, siti):
    page = siti.post("/forms/help", data=cast.help_request(language="en"))
    assert "NOT sent yet" in page.text
    filled = fields(page.text)
    assert int(filled["ticket"].split(".")[1]) == EASIEST
    answer = siti.post("/forms/help", data=cast.help_request() | filled | {"work": proof(filled["ticket"])})
    assert answer.status_code == 303


def test_somebody_in_danger_reads_the_numbers_while_waiting(full, siti):
    assert 'href="tel:110"' in siti.post("/forms/help", data=cast.help_request(danger="yes")).text


def test_the_waiting_page_holds_its_own_scripts_and_no_other_may_run(full, siti):
    page = siti.post("/forms/help", data=cast.help_request())
    policy = page.headers["content-security-policy"]
    assert policy == WAY_POLICY
    assert re.sub(r" 'sha256-[^']+'", "", policy) == HEADERS["Content-Security-Policy"]
    assert re.findall(r"<script[^>]*>(.*?)</script>", page.text, re.DOTALL) == [script("work"), script("leave")]


def test_a_program_is_told_when_to_come_back_and_then_passes(full, siti, running):
    answer = siti.post("/forms/help", json=cast.help_request(language="en"))
    assert answer.status_code == 429
    wait = int(answer.headers["retry-after"])
    assert answer.json() == {"ok": False, "faults": [],
                             "error": f"Too many requests from this address. Nothing was stored. Send it again after {wait} seconds."}  # fmt: skip
    running.seconds += wait
    assert siti.post("/forms/help", json=cast.help_request()).status_code == 201


def test_correcting_a_form_is_not_counted(full, siti, running):
    running.seconds += FREE.every
    for _ in range(5):
        assert siti.post("/forms/help", data=cast.help_request(story="")).status_code == 422
    assert siti.post("/forms/help", data=cast.help_request()).status_code == 303


def test_no_address_is_on_the_disk(app, siti, settings):
    client = TestClient(app, base_url="http://hub.test", client=(SCRIPT, 5), follow_redirects=False)
    assert client.post("/forms/help", data=cast.help_request()).status_code == 303
    folder = os.path.dirname(settings.store_url.removeprefix("sqlite:///"))
    for name in os.listdir(folder):
        with open(os.path.join(folder, name), "rb") as file:
            assert SCRIPT.encode() not in file.read()


@pytest.mark.parametrize("sender", ["form", "program"])
def test_a_machine_that_fills_what_nobody_sees_hears_success_and_nothing_is_stored(app, siti, sender):
    def send(**more):
        answers = cast.help_request(**more)
        return siti.post("/forms/help", **({"data": answers} if sender == "form" else {"json": answers}))

    answer = send(link="https://spam.test")
    assert sent(app) == 0
    honest = send()
    assert sent(app) == 1
    assert (answer.status_code, answer.headers.get("location")) == (honest.status_code, honest.headers.get("location"))
    if sender == "program":
        said, true = answer.json(), honest.json()
        assert receipts.read(said.pop("receipt")) != true.pop("receipt")
        assert said == true


def test_the_trap_is_hidden_from_people_keyboards_and_readers(siti):
    page = siti.post("/forms/help", data={"language": "id"}).text
    trap = re.search(r'<p ([^>]*)><label>[^<]*<input ([^>]*name="link"[^>]*)>', page)
    assert trap[1] == 'hidden aria-hidden="true"'
    assert 'tabindex="-1"' in trap[2]
    assert 'autocomplete="off"' in trap[2]


@pytest.mark.browser
def test_a_browser_proves_work_by_itself_and_siti_reads_her_receipt(chromium, address, whole_hub):
    limits = whole_hub.state.hub.limits
    page = chromium.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if "Content Security" in message.text else None)
    page.goto(address + "/forms/help/")
    answers = cast.help_request()
    page.check('input[name="danger"][value="no"]')
    page.check('input[name="topic"][value="employer"]')
    page.fill('[name="story"]', answers["story"])
    page.check('[name="consent"]')
    fill(limits, "127.0.0.1")
    page.click('form.form button[type="submit"]')
    page.wait_for_url("**/forms/receipt**", timeout=30_000)
    assert re.search(r"\d{4} \d{4} \d{4} \d{4}", page.inner_text("main"))
    assert problems == []
    page.close()
