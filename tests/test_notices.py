"""Officers are told that something is new, by a real mail server, once, and never what it says."""

import os
import re
import smtplib
import socket
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from forms_api.case import mail, notices, services
from forms_api.case.notices import MOST_TRIES, Outbox
from forms_api.commands.chores import notify, told
from forms_api.config import SettingError, read_settings
from forms_api.pages.render import Renderer
from forms_api.store import open_store

from . import cast
from .conftest import ROOT
from .mailbox import Mailbox, Webhook


@pytest.fixture
def mailbox():
    box = Mailbox()
    yield box
    box.stop()


@pytest.fixture
def hook():
    service = Webhook()
    yield service
    service.stop()


@pytest.fixture
def wired(settings, mailbox):
    """The hub's settings with the mail server in them."""
    return replace(settings, smtp_url=mailbox.url, notice_to="petugas@hub.test, rina@hub.test",
                   notice_from="Hub <hub@hub.test>", public_url="https://hub.test")  # fmt: skip


@pytest.fixture
def outbox(store):
    return Outbox(store)


def test_a_new_request_is_told_with_a_number_and_a_link_in_both_languages(wired, mailbox, send, clock):
    send()
    assert notify(wired, clock()) == 0
    [told] = mailbox.mails
    assert told["Subject"] == "1 permintaan baru / 1 new request"
    assert told.get_content().splitlines() == [
        "1 permintaan baru", "Buka meja petugas: https://hub.test/desk/", "",
        "1 new request", "Open the officers' desk: https://hub.test/desk/"]  # fmt: skip
    assert (told["To"], told["From"]) == ("petugas@hub.test, rina@hub.test", "Hub <hub@hub.test>")
    assert told["Auto-Submitted"] == "auto-generated"


def test_nothing_of_what_was_written_is_in_the_mail_or_in_the_outbox(wired, mailbox, send, cases, store, clock):
    id, receipt = send(danger="yes")
    cases.wrote(cases.get("help", id), "Majikan mengancam saya.", clock())
    outbox = " ".join(str(value) for row in store.find("notices") for value in row.values())
    notify(wired, clock())
    for text in (mailbox.mails[0].as_string(), outbox):
        for private in (
            id,
            receipt,
            cast.STORY,
            "Siti",
            "60123456789",
            "16.06.13.2001",
            "employer",
            "mengancam",
            "help",
        ):
            assert private not in text, private
    assert mailbox.mails[0]["Subject"] == (
        "1 permintaan baru, 1 mendesak, 1 pesan baru / 1 new request, 1 urgent, 1 new message"
    )


def test_what_waits_together_is_one_mail_and_nothing_more_follows(wired, mailbox, send, clock):
    for danger in ("no", "yes", "no"):
        send(danger=danger)
    assert notify(wired, clock()) == 0
    assert notify(wired, clock() + timedelta(days=2)) == 0
    assert [each["Subject"] for each in mailbox.mails] == [
        "3 permintaan baru, 1 mendesak / 3 new requests, 1 urgent"]  # fmt: skip


def test_a_server_that_refuses_twice_gets_exactly_one_mail(wired, mailbox, send, clock, capsys):
    send()
    mailbox.refuse = 2
    assert notify(wired, clock()) == 1
    assert capsys.readouterr().err == "not sent by e-mail (SMTPDataError 451): 1 notices wait for their next try\n"
    assert notify(wired, clock()) == 0  # its pause is not over
    assert mailbox.tried == 1
    clock.pass_by(minutes=1)
    assert notify(wired, clock()) == 1
    clock.pass_by(minutes=1)
    assert (notify(wired, clock()), mailbox.tried) == (0, 2)  # the second pause is longer
    clock.pass_by(minutes=1)
    assert (notify(wired, clock()), mailbox.tried, len(mailbox.mails)) == (0, 3, 1)
    clock.pass_by(days=3)
    assert (notify(wired, clock()), mailbox.tried, len(mailbox.mails)) == (0, 3, 1)


def test_a_notice_is_in_the_same_commit_as_its_request_and_a_second_tap_tells_nothing_twice(send, cases, store, clock):
    send("f" * 32)
    send("f" * 32)
    assert [row["kind"] for row in store.find("notices")] == ["request"]


def test_what_an_officer_keys_in_is_no_news_to_officers(cases, forms, clock):
    values = {"page": "a", "mistake": "b", "evidence": None}
    batch = cases.receive(forms["mistake"], values, "id", b"0" * 32, clock(), channel="paper")
    assert "notices" not in [table for table, _ in batch]


def test_a_sender_that_is_killed_after_the_server_took_the_mail_repeats_it_once(wired, mailbox, send, store):
    send()
    environment = {**os.environ, "FORMS_DATABASE_URL": wired.store_url, "FORMS_SMTP_URL": wired.smtp_url,
                   "FORMS_NOTICE_TO": wired.notice_to, "FORMS_NOTICE_FROM": wired.notice_from,
                   "FORMS_PUBLIC_URL": wired.public_url}  # fmt: skip
    children = []
    mailbox.kill = lambda: children[0].pid
    store.change("notices", next(store.find("notices"))["id"], {"due": "2000-01-01"})
    children.append(subprocess.Popen([sys.executable, "-m", "forms_api", "notify"], cwd=ROOT, env=environment))
    assert children[0].wait(60) == -9
    mailbox.kill = None
    now = datetime.now(UTC)
    assert (notify(wired, now), len(mailbox.mails)) == (0, 1)
    assert (notify(wired, now + timedelta(minutes=2)), len(mailbox.mails)) == (0, 2)
    assert (notify(wired, now + timedelta(days=2)), len(mailbox.mails)) == (0, 2)


def test_two_senders_never_tell_the_same_notice(send, outbox, clock, settings, store):
    send()
    row = next(store.find("notices"))
    with closing(open_store(settings.store_url)) as other:
        assert Outbox(other).take(clock())
    assert outbox.take(clock()) == []
    assert not store.change("notices", row["id"], {"tries": 1}, [("tries", "=", row["tries"])])


def test_pauses_grow_to_a_day_and_outlast_a_weekend():
    pauses = [notices.pause(tries) for tries in range(1, MOST_TRIES)]
    assert pauses[:3] == [timedelta(minutes=each) for each in (1, 2, 4)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(days=1)
    assert timedelta(days=3) < sum(pauses, timedelta()) < timedelta(days=5)


def test_what_was_given_up_is_counted_and_can_be_tried_again(wired, mailbox, send, outbox, clock):
    send()
    mailbox.refuse = MOST_TRIES
    for tries in range(1, MOST_TRIES + 1):
        assert outbox.failed() == []
        assert notify(wired, clock()) == 1
        clock.time += notices.pause(tries)
    assert len(outbox.failed()) == 1
    clock.pass_by(days=2)
    assert (notify(wired, clock()), len(mailbox.mails)) == (0, 0)
    assert (notify(wired, clock(), again=True), len(mailbox.mails), outbox.failed()) == (0, 1, [])


@pytest.fixture
def put(store, clock):
    """Put a notice into the outbox as it stands there after some time."""

    def put(kind: str = "request", **columns):
        table, row = notices.new(kind, clock())[0]
        store.write([[(table, row | columns)]])

    return put


def test_the_morning_page_says_how_many_failed_and_leads_to_exactly_those(budi, put):
    assert "/desk/notices" not in budi.get("/desk/").text
    for kind, day in (("request", "2026-11-22"), ("request", "2026-11-22"), ("digest", "2026-11-23"), ("message", "")):
        put(kind, failed_on=day)
    morning = budi.get("/desk/").text
    assert '<a href="/desk/notices" class="pressing"><b>3</b> Pemberitahuan tidak terkirim</a>' in morning
    assert "menunggu lebih dari" not in morning
    shown = re.findall(r"<li>(.+?)</li>", budi.get("/desk/notices").text)
    assert shown == ["23 November 2026: 1 ringkasan pagi", "22 November 2026: 2 permintaan baru"]


def test_what_waits_longer_than_an_hour_is_counted_beside_the_failed_and_listed(budi, put):
    """It is Monday, 02:00 UTC. Only the day is known of what was never tried; an hour after that day it counts."""
    put(due="2026-11-22")
    put("urgent", due="2026-11-22")
    put("message", due="2026-11-21", failed_on="2026-11-22")
    put(due="2026-11-20", sent_on="2026-11-20")
    put("message", due="2026-11-23")
    put("digest", due="2026-11-23T01:05:00.000+00:00", tries=1)
    morning = budi.get("/desk/").text
    assert '<a href="/desk/notices"><b>2</b> Pemberitahuan yang menunggu lebih dari 1 jam</a>' in morning
    assert '<b>1</b> Pemberitahuan tidak terkirim' in morning
    failed, waiting = re.findall(r"<ul>\n(.*?)</ul>", budi.get("/desk/notices").text, re.S)
    assert "22 November 2026: 1 pesan baru" in failed
    assert re.findall("<li>(.+?)</li>", waiting) == ["22 November 2026: 1 permintaan baru, 1 mendesak"]
    assert "jalankan" not in failed
    budi.get("/desk/?lang=en")
    assert "<b>2</b> Notices that have waited longer than 1 hour</a>" in budi.get("/desk/").text


def test_how_long_a_notice_waited_is_never_said_too_long_and_all_its_pauses_count(wired, mailbox, send, outbox, clock):
    send()
    begun = clock()
    mailbox.refuse = MOST_TRIES
    for _ in range(8):
        [row] = [row for row in outbox._store.find("notices")]
        assert notices.waited(row, clock()) <= clock() - begun
        assert (outbox.waiting(clock()) == []) == (clock() - begun <= timedelta(hours=1))
        assert notify(wired, clock()) == 1
        [row] = [row for row in outbox._store.find("notices")]
        assert notices.waited(row, clock()) == clock() - begun
        clock.time = datetime.fromisoformat(row["due"])
    assert clock() - begun > timedelta(hours=4)


def test_a_notice_that_was_never_tried_counts_when_its_day_is_surely_an_hour_past(send, outbox, clock):
    send()
    assert outbox.waiting(clock() + timedelta(hours=22, minutes=59)) == []
    assert len(outbox.waiting(clock() + timedelta(hours=23, minutes=1))) == 1


def test_the_page_of_notices_is_a_line_a_day_and_no_more(budi, put):
    for day in range(1, 31):
        for kind in notices.KINDS * 2:
            put(kind, due=f"2026-10-{day:02d}", failed_on=f"2026-10-{day:02d}")
            put(kind, due=f"2026-10-{day:02d}")
    page = budi.get("/desk/notices").text
    assert page.count("<li>") == 60
    assert len(page.encode()) < 10_000


def test_an_officer_has_the_failed_ones_sent_again(wired, mailbox, budi, store, clock):
    row = notices.new("request", clock())[0][1] | {"failed_on": "2026-11-22", "tries": MOST_TRIES}
    store.write([[("notices", row)]])
    token = re.search(r'name="token" value="([^"]+)"', budi.get("/desk/notices").text)[1]
    assert budi.post("/desk/notices", data={"token": token}).headers["location"] == "/desk/"
    assert "Semua pemberitahuan terkirim" in budi.get("/desk/notices").text
    assert (notify(wired, clock()), len(mailbox.mails)) == (0, 1)
    assert "mengirim ulang pemberitahuan" in budi.get("/desk/account").text


def test_the_digest_counts_what_is_true_when_it_is_sent_and_comes_once_a_day(wired, mailbox, send, cases, store, clock):
    for _ in range(3):
        send()
    cases.move("help", next(store.find("help"))["id"], "answered", clock())
    clock.time += timedelta(days=3)  # the day on which both are due
    send()
    notify(wired, clock())
    assert (notify(wired, clock(), digest=True), notify(wired, clock(), digest=True)) == (0, 0)
    assert mailbox.mails[1]["Subject"] == (
        "Hari ini: 3 permintaan belum ditangani, 2 harus dijawab hari ini, 0 terlambat"
        " / Today: 3 not taken up yet, 2 due today, 0 late"
    )
    clock.pass_by(days=1)
    assert notify(wired, clock(), digest=True) == 0
    assert len(mailbox.mails) == 3
    assert "2 terlambat" in mailbox.mails[2]["Subject"]


def test_old_notices_are_deleted_told_or_not(send, outbox, store, clock):
    send()
    outbox.tidy(clock() + timedelta(days=29))
    assert store.count("notices") == 1
    outbox.tidy(clock() + timedelta(days=31))
    assert store.count("notices") == 0


def test_a_server_that_is_not_there_is_one_line_and_the_notice_waits(wired, send, outbox, clock, capsys):
    send()
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = replace(wired, smtp_url=f"smtp://siti:rahasia@127.0.0.1:{taken.getsockname()[1]}")
        assert notify(nobody, clock()) == 1
    assert capsys.readouterr().err == "not sent by e-mail (ConnectionRefusedError): 1 notices wait for their next try\n"
    assert "rahasia" not in repr(nobody)


def test_nothing_leaves_this_machine_without_tls(mailbox, monkeypatch):
    monkeypatch.setattr(mail, "HERE", set())  # as if the server were on another machine
    with pytest.raises(mail.NotSent, match="SMTPException"):
        mail.send(mailbox.url, mail.made("1", "1", "hub@hub.test", "petugas@hub.test", datetime.now(UTC)))
    assert mailbox.tried == 0


def test_a_goodbye_that_fails_does_not_send_it_again(mailbox, monkeypatch):
    def quit(server):
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(smtplib.SMTP, "quit", quit)
    assert mail.send(mailbox.url, mail.made("1", "1", "hub@hub.test", "petugas@hub.test", datetime.now(UTC))) == 0
    assert len(mailbox.mails) == 1


def test_a_missing_or_wrong_setting_is_named(wired, clock):
    with pytest.raises(SettingError, match="FORMS_NOTICE_TO, FORMS_PUBLIC_URL not set"):
        notify(replace(wired, notice_to="", public_url=""), clock())
    with pytest.raises(SettingError, match="write smtps://USER:PASSWORD@HOST:PORT"):
        notify(replace(wired, smtp_url="mail.hub.test"), clock())


def test_another_service_is_told_the_same_and_one_that_refuses_holds_no_other_up(wired, mailbox, hook, send, store, clock, capsys):
    both = replace(wired, notice_urls=f"{hook.url}/kunci-rahasia")
    send()
    hook.refuse = 2
    assert notify(both, clock()) == 1
    assert (len(mailbox.mails), hook.tried) == (1, 1)
    told = capsys.readouterr()
    assert told.out == "sent by e-mail: 1 notices\n"
    assert re.fullmatch(r"not sent by [0-9a-f]{8} \(not taken\): 1 notices wait for their next try\n", told.err)
    for _ in range(2):
        clock.pass_by(minutes=2)
        notify(both, clock())
    assert (len(mailbox.mails), hook.tried) == (1, 3)
    assert hook.bodies[0]["title"] == "1 permintaan baru / 1 new request"
    assert hook.bodies[0]["message"].splitlines() == mailbox.mails[0].get_content().splitlines()
    clock.pass_by(days=4)
    assert (notify(both, clock()), len(mailbox.mails), hook.tried) == (0, 1, 3)
    assert "rahasia" not in repr(both) + " ".join(str(value) for row in store.find("notices") for value in row.values())


def test_a_hub_may_tell_by_another_service_alone(wired, hook, send, clock):
    send()
    assert notify(replace(wired, smtp_url="", notice_to="", notice_from="", notice_urls=hook.url), clock()) == 0
    assert len(hook.bodies) == 1


def test_a_service_that_nobody_knows_is_named_by_its_number_and_a_missing_extra_by_its_page(wired, clock, monkeypatch):
    with pytest.raises(SettingError, match="address 2 of FORMS_NOTICE_URLS") as told:
        notify(replace(wired, notice_urls="json://127.0.0.1:1/ tidakada://kunci-rahasia"), clock())
    assert "rahasia" not in str(told.value)
    monkeypatch.setattr(services, "INSTALLED", False)
    with pytest.raises(SettingError, match=r"docs/maintain/notices\.md"):
        notify(replace(wired, notice_urls="json://127.0.0.1:1/"), clock())


def test_the_password_of_the_mail_server_may_stand_in_a_file(tmp_path):
    (tmp_path / "smtp").write_text("smtps://hub:rahasia@mail.hub.test\n")
    assert (
        read_settings({"FORMS_SMTP_URL_FILE": str(tmp_path / "smtp")}).smtp_url == "smtps://hub:rahasia@mail.hub.test"
    )


def test_one_and_many_read_well():
    words = Renderer(ROOT / "data").words
    subject, _ = told(["message", "request", "message"], {}, words, "https://hub.test")
    assert subject == "1 permintaan baru, 2 pesan baru / 1 new request, 2 new messages"
