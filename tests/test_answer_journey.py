"""The way there and back in a real browser: Siti asks in danger, Budi is told and answers, she writes back, Budi closes,
Rina exports, time passes, and the request is forgotten."""

from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from forms_api.commands.chores import notify
from forms_api.store import open_store

from . import cast
from .mailbox import Mailbox

pytestmark = pytest.mark.browser
REPLY = "Kami sudah menelepon KBRI. Mereka menunggu Anda hari Rabu pukul 10."
BACK = "Terima kasih. Majikan mengembalikan paspor saya."


@pytest.fixture
def mailbox():
    box = Mailbox()
    yield box
    box.stop()


@pytest.fixture
def wired(settings, mailbox):
    """The hub's settings with a real mail server in them."""
    return replace(settings, smtp_url=mailbox.url, notice_to="budi@hub.test", notice_from="hub@hub.test",
                   public_url="https://hub.test")  # fmt: skip


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def phone(request, chromium):
    """Siti's phone, 360 pixels wide, with JavaScript and without."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, locale="id-ID", java_script_enabled=request.param
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def sign_in(chromium, address):
    """A desk of one's own, without JavaScript."""
    contexts = []

    def sign_in(name: str):
        contexts.append(chromium.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=False))
        page = contexts[-1].new_page()
        page.goto(f"{address}/desk/")
        page.fill("#f-name", name)
        page.fill("#f-passphrase", cast.PASSPHRASE)
        page.click("main button")
        assert page.url == f"{address}/desk/"
        return page

    yield sign_in
    for each in contexts:
        each.close()


def ask(phone, address) -> str:
    """Siti asks in danger and gives back the last digits of her code, which is returned."""
    phone.goto(f"{address}/forms/help/")
    phone.check("#f-danger")
    phone.check("input[name=topic][value=employer]")
    phone.fill("#f-story", cast.STORY)
    phone.select_option("#f-village", "16.06.13.2001")
    phone.check("#f-consent")
    phone.click("form.form button[type=submit]")
    code = phone.inner_text(".code")
    phone.fill("#f-last", code[-4:])
    phone.click("form.form button[type=submit]")
    expect(phone.locator("h1")).to_have_text("Kode Anda sudah benar")
    return code


def open_by(phone, address, code: str) -> None:
    phone.goto(f"{address}/follow-up")
    phone.fill("#f-code", code)
    phone.click("form.form button[type=submit]")


def on_disk(settings) -> bytes:
    """The database's file and its journal."""
    path = settings.store_url.removeprefix("sqlite:///")
    return b"".join(Path(f"{path}{end}").read_bytes() for end in ("", "-wal"))


def only_row(path: Path) -> dict:
    """The one row of an exported workbook's first sheet, under its titles; no cell of the book is a formula."""
    with path.open("rb") as file:
        book = load_workbook(file)
    assert {cell.data_type for sheet in book for line in sheet.iter_rows() for cell in line} <= {"s", "n", "d"}
    titles, row = book.worksheets[0].values
    return dict(zip(titles, row, strict=True))


def test_siti_asks_and_is_answered_and_in_the_end_forgotten(
    phone, sign_in, address, hire, wired, mailbox, settings, whole_hub, clock
):
    hire("budi")
    hire("rina", "en")
    cases = whole_hub.state.hub.cases
    code = ask(phone, address)
    row = cases.by_receipt(code.replace(" ", ""))

    assert notify(wired, clock()) == 0
    [told] = mailbox.mails
    assert "https://hub.test/desk/" in told.get_content()
    assert "paspor" not in told.as_string().lower()

    budi = sign_in("budi")
    expect(budi.locator(".counts a").first).to_contain_text("1 Belum dibaca, ada bahaya")
    budi.click(".counts a >> nth=0")
    budi.click("tbody a")
    expect(budi.locator("main")).to_contain_text(cast.STORY)
    budi.fill("#reply", REPLY)
    budi.click("text=Kirim jawaban")
    expect(budi.locator(".message.officer")).to_contain_text(REPLY)

    open_by(phone, address, code)
    expect(phone.locator(".talk")).to_contain_text(REPLY)
    expect(phone.locator(".talk .mark")).to_be_visible()
    phone.fill("#f-text", BACK)
    phone.click("form.form button[type=submit]")
    expect(phone.locator(".talk .villager")).to_contain_text(BACK)
    assert code.replace(" ", "") not in phone.url

    budi.goto(f"{address}/desk/")
    budi.click(".counts a >> nth=1")
    budi.click("tbody a")
    expect(budi.locator(".message.villager")).to_contain_text(BACK)
    expect(budi.locator("main")).to_contain_text("Sedang ditangani")
    budi.click("button[name=status][value=closed]")
    expect(budi.locator("button[name=status]")).to_have_count(0)

    rina = sign_in("rina")
    rina.goto(f"{address}/desk/list?status=closed")
    with rina.expect_download() as download:
        rina.click("a[href*='export.xlsx']")
    assert only_row(download.value.path()) == {
        "Number": row["id"], "Form": "Ask for help", "Form version": 1, "Language": "Indonesian",
        "Day received": datetime(2026, 11, 23), "Received": datetime(2026, 11, 23, 9, 0),
        "Answer due": datetime(2026, 11, 26), "State": "Closed", "Officer": None, "Not read by an officer yet": "No",
        "Reply not seen by the sender yet": "No", "Handed on to": None, "Same as request number": None,
        "Came by": "This site", "Sender asks to be forgotten": None, "Closed on": datetime(2026, 11, 23),
        "Are you or someone else in danger now?": "Yes, there is danger now",
        "What do you need help with?": "Trouble with an employer or workplace", "In which country is this?": None,
        "Home village": "Ulak Paceh", "I agree that these answers are used for the purpose above": "Yes",
    }  # fmt: skip

    assert row["id"].encode() in on_disk(settings)
    clock.pass_by(days=400)
    with closing(open_store(settings.store_url)) as store:
        assert cases.forget(clock()) == 1
        store.scrub()
        assert [each["form"] for each in store.find("tombstones")] == ["help"]
        assert list(store.find("messages")) == []
    assert row["id"].encode() not in on_disk(settings)
    open_by(phone, address, code)
    expect(phone.locator(".summary")).to_be_visible()
    assert REPLY not in phone.inner_text("main")
