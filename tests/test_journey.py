"""The whole way in a real browser: Siti reads, finds an agency and asks for help; Budi answers and exports."""

import io
from dataclasses import dataclass

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from . import cast

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Words:
    prefix: str
    guide: str
    faults: str
    stored: str
    kept: str
    state: str


WORDS = {
    "id": Words("", "Periksa tawaran kerja", "Ada yang perlu dibetulkan", "Terkirim dan tersimpan", "Kode Anda sudah benar",
                "Petugas sedang menangani permintaan Anda."),
    "en": Words("/en", "Check a job offer", "Something needs correcting", "Sent and stored", "Your code is right",
                "An officer is working on your request."),
}


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def phone(request, chromium):
    """A phone 360 pixels wide, with JavaScript and without."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=request.param)
    page = context.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    yield page
    assert [text for text in page.said if "status of 422" not in text] == []  # Chromium names each page with faults
    context.close()


@pytest.fixture
def desk(chromium, hire, address):
    """Budi at his desk, signed in."""
    hire("budi")
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/desk/")
    page.fill("#f-name", "budi")
    page.fill("#f-passphrase", cast.PASSPHRASE)
    page.click("main button")
    assert page.url == f"{address}/desk/"
    yield page
    context.close()


@pytest.mark.parametrize("language", ["id", "en"])
def test_siti_asks_and_budi_answers(phone, desk, address, language):
    words = WORDS[language]
    phone.goto(f"{address}{words.prefix}/guides/before/fraud/")
    assert words.guide in phone.title()

    phone.goto(f"{address}{words.prefix}/forms/help/")
    phone.click("form.form button")
    expect(phone.locator("main")).to_contain_text(words.faults)
    phone.fill("#f-story", cast.STORY)
    phone.click("form.form button")
    expect(phone.locator(".summary")).to_be_focused()
    assert phone.input_value("#f-story") == cast.STORY  # kept, though other answers are still missing

    phone.check("#f-danger")
    assert phone.is_visible(".now")
    assert phone.get_attribute(".now a.tel", "href") == "tel:110"
    phone.check("input[name=topic][value=employer]")
    phone.select_option("#f-village", "16.06.13.2001")
    phone.fill("#f-phone", "+60 12-345 6789")
    phone.check("#f-consent")
    phone.click("form.form button")
    expect(phone.locator("h1")).to_have_text(words.stored)
    code = phone.inner_text(".code")
    assert code.replace(" ", "") not in phone.url
    phone.fill("#f-last", code[-4:])
    phone.click("form.form button")
    expect(phone.locator("h1")).to_have_text(words.kept)

    desk.reload()
    desk.click(".counts a.pressing")
    desk.click("tbody a")
    assert cast.STORY in desk.inner_text("main")
    desk.click("button[name=status][value=in_progress]")
    assert "budi" in desk.inner_text("main ul >> nth=0")

    phone.click(".dated a")
    phone.fill("#f-code", code)
    phone.click("form.form button")
    expect(phone.locator(".lead")).to_have_text(words.state)

    desk.goto(f"{address}/desk/list?form=help&status=in_progress")
    desk.click("a[href*='/desk/export?']")
    desk.select_option("#reason", index=1)
    desk.select_option("#kind", "xlsx")
    with desk.expect_download() as download:
        desk.click("form.filter button")
    book = load_workbook(io.BytesIO(download.value.path().read_bytes()))
    assert cast.STORY in [cell.value for row in book.worksheets[0].iter_rows() for cell in row]


def test_the_danger_numbers_are_hidden_until_they_are_needed(phone, address):
    phone.goto(f"{address}/forms/help/")
    assert not phone.is_visible(".now")
    phone.check("#f-danger")
    assert phone.is_visible(".now")
    phone.check("#f-danger-no")
    assert not phone.is_visible(".now")


def test_an_agency_is_found_on_the_page(phone, address):
    phone.goto(f"{address}/agencies/")
    assert phone.text_content("main").count("PT AGESA ASA JAYA") == 1
    if phone.is_visible("#find"):
        phone.fill("#find", "agesa asa jaya")
        expect(phone.locator(".names b:visible")).to_have_text("PT AGESA ASA JAYA")
        assert phone.inner_text("#found")


def test_the_menu_and_the_other_language_are_one_tap_away(phone, address):
    phone.goto(f"{address}/guides/before/costs/")
    phone.focus(".menu summary")
    phone.keyboard.press("Enter")
    assert phone.is_visible(".menu nav")
    phone.keyboard.press("Enter")
    phone.click(".language")
    assert phone.url == f"{address}/en/guides/before/costs/"
    phone.click(".language")
    assert phone.url == f"{address}/guides/before/costs/"


def test_the_first_fault_summary_takes_the_focus_and_leads_to_the_field(phone, address):
    phone.goto(f"{address}/forms/training/")
    phone.click("form.form button")
    expect(phone.locator(".summary")).to_be_focused()
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    assert phone.url.endswith("#f-field")


def test_a_mistake_is_reported_from_the_page_it_is_on(phone, address):
    phone.goto(f"{address}/en/guides/before/costs/")
    phone.click(".mistake a")
    assert "guides/before/costs" in phone.input_value("#f-page")
    phone.fill("#f-mistake", "The fee is out of date.")
    phone.click("form.form button")
    assert phone.inner_text("h1") == "Sent and stored"


def test_budi_finds_a_case_by_its_receipt_and_signs_out(desk, address, siti_sent):
    desk.fill("#code", siti_sent)
    desk.press("#code", "Enter")
    desk.wait_for_url("**/desk/case/**")
    assert cast.STORY in desk.inner_text("main")
    desk.click(".who button")
    desk.goto(f"{address}/desk/")
    assert desk.url == f"{address}/desk/sign-in"


@pytest.fixture
def siti_sent(whole_hub):
    """The receipt of a request that Siti has sent."""
    from starlette.testclient import TestClient

    client = TestClient(whole_hub, base_url="http://hub.test")
    return client.post("/forms/help", json=cast.help_request()).json()["receipt"]
