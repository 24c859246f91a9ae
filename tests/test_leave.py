"""Leaving at once: whoever is surprised at the form, the receipt or the follow-up leaves no page of them behind."""

import re

import pytest
from playwright.sync_api import expect
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from forms_api.pages.inline import WAY_SCRIPTS, script

from . import cast
from .browsers import Running
from .test_follow_up import BUDI

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def weather():
    """Another site, where Siti comes from."""
    html = "<title>Cuaca</title><h1>Cuaca hari ini</h1>"
    running = Running(Starlette(routes=[Route("/", lambda request: HTMLResponse(html))]))
    yield running.address
    running.stop()


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def scripted(request):
    return request.param


@pytest.fixture
def phone(chromium, scripted, weather, address):
    """A phone that has just opened the form from another site."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, locale="id-ID", java_script_enabled=scripted
    )
    page = context.new_page()
    page.goto(weather)
    page.goto(f"{address}/forms/help/")
    yield page
    context.close()


def fill(page, story=cast.STORY):
    page.check("#f-danger")
    page.check("input[name=topic][value=employer]")
    page.fill("#f-story", story)
    page.check("#f-consent")


def to_faults(page):
    page.click("form.form button")
    page.wait_for_selector(".summary")


def to_receipt(page):
    fill(page)
    page.click("form.form button")
    return page.inner_text(".code")


def to_kept(page):
    code = to_receipt(page)
    page.fill("#f-last", "0")
    page.click("form.form button")
    page.wait_for_selector(".summary")
    page.fill("#f-last", code[-4:])
    page.click("form.form button")
    page.wait_for_selector(".code", state="detached")
    return code


def to_code(page):
    code = to_kept(page)
    page.click(".dated a")
    page.wait_for_selector("#f-code")
    return code


def to_messages(page):
    page.fill("#f-code", to_code(page))
    page.click("form.form button")
    page.fill("#f-text", "Majikan ada di sini.")
    page.click("form.form button")
    page.wait_for_selector("li.villager")


def to_other_language(page):
    to_messages(page)
    page.click(".language")
    page.wait_for_selector("html[lang=en]")


def by_button(page):
    page.click("#leave")


def by_shift(page):
    for _ in range(3):
        page.keyboard.press("Shift")


def stay(page):
    pass


PLACES = [stay, to_faults, to_receipt, to_kept, to_code, to_messages, to_other_language]


@pytest.mark.parametrize("scripted", [True], indirect=True)
@pytest.mark.parametrize(
    ("place", "leave"), [*((each, by_button) for each in PLACES), (stay, by_shift), (to_messages, by_shift)]
)
def test_no_page_of_the_way_is_behind_the_back_key(phone, weather, place, leave):
    place(phone)
    leave(phone)
    phone.wait_for_url("about:blank")
    assert phone.inner_text("body") == ""
    phone.go_back()
    assert phone.url == f"{weather}/"
    phone.go_forward()
    assert phone.url == "about:blank"
    expect(phone.locator("h1")).to_have_count(0)


@pytest.mark.parametrize("place", [to_receipt, to_messages])
def test_leaving_ends_receipt_and_visit_with_and_without_javascript(phone, scripted, place):
    place(phone)
    before = phone.url
    assert phone.context.cookies()
    by_button(phone)
    phone.wait_for_url("about:blank" if scripted else "**/forms/leave")
    for _ in range(100):  # the beacon is on its way
        if not phone.context.cookies():
            break
        phone.wait_for_timeout(50)
    assert phone.context.cookies() == []
    phone.goto(before)
    assert phone.locator(".code, .talk").count() == 0


@pytest.mark.parametrize("scripted", [False], indirect=True)
def test_without_javascript_the_button_opens_an_empty_page_and_back_shows_no_code(phone):
    to_receipt(phone)
    by_button(phone)
    assert phone.inner_text("body") == ""
    assert "Desa Migran" not in phone.content()
    phone.go_back()
    assert phone.locator(".code").count() == 0


def test_every_page_of_the_way_has_a_neutral_title_and_says_what_cannot_be_hidden(phone):
    for place in (stay, to_faults, to_messages):
        place(phone)
        assert phone.title() == "Formulir"
        told = phone.inner_text(".left")
        for word in ("riwayat peramban", "tangkapan layar", "pengelola jaringan"):
            assert word in told


def test_what_is_answered_looks_the_same_with_and_without_javascript(phone):
    style = "(element, name) => getComputedStyle(element)[name]"
    to_faults(phone)
    expect(phone.locator(".summary")).to_have_css("border-top-width", "3px")
    assert phone.locator(".fault").first.evaluate(style, "color") == "rgb(168, 32, 26)"
    to_receipt(phone)
    expect(phone.locator(".code")).to_have_css("font-size", re.compile(r"(2[5-9]|[3-9]\d)(\.\d+)?px"))
    assert phone.locator(".aloud").evaluate(style, "position") == "absolute"


def test_without_javascript_the_page_says_that_back_can_still_show_it(phone, scripted):
    assert ("tombol Kembali masih dapat menampilkan" in phone.inner_text(".left")) == (not scripted)


def test_a_form_made_by_the_hub_can_be_left_too(phone, address, scripted):
    phone.goto(f"{address}/forms/help?story=a")
    assert phone.is_visible("#leave")
    by_button(phone)
    phone.wait_for_url("about:blank" if scripted else "**/forms/leave")


@pytest.mark.parametrize("scripted", [True], indirect=True)
def test_capital_letters_do_not_close_the_page(phone):
    phone.focus("#f-story")
    for letter in "ABC":
        phone.keyboard.press(f"Shift+{letter}")
    assert phone.input_value("#f-story") == "ABC"


@pytest.mark.parametrize("scripted", [True], indirect=True)
def test_a_mistyped_code_is_caught_on_the_phone(phone, address):
    code = to_code(phone)
    asked = []
    phone.on("request", lambda request: asked.append(request.url))
    for wrong in (code[:-1] + str((int(code[-1]) + 1) % 10), code[:-1], ""):
        phone.fill("#f-code", wrong)
        phone.click("form.form button")
        expect(phone.locator("#code-told")).to_contain_text("kurang atau salah")
    assert asked == []
    phone.fill("#f-code", code.replace(" ", "-"))
    phone.click("form.form button")
    phone.wait_for_selector(".talk")


@pytest.mark.parametrize("scripted", [True], indirect=True)
def test_a_broken_line_keeps_what_was_written_and_says_that_it_is_not_sent(phone):
    fill(phone, "Ditulis di kapal.")
    phone.context.set_offline(True)
    phone.click("form.form button")
    expect(phone.locator("#sending")).to_contain_text("Belum terkirim")
    assert phone.input_value("#f-story") == "Ditulis di kapal."
    phone.context.set_offline(False)
    phone.click("form.form button")
    phone.wait_for_selector(".code")


@pytest.mark.parametrize("scripted", [True], indirect=True)
def test_a_refusal_is_told_and_does_not_take_the_place_of_what_was_written(phone, whole_hub, monkeypatch):
    monkeypatch.setattr(whole_hub.state.hub.cases, "receive", lambda *_: 1 / 0)
    fill(phone)
    phone.click("form.form button")
    expect(phone.locator("#sending")).to_contain_text("Ada kesalahan di tempat kami")
    assert phone.input_value("#f-story") == cast.STORY


def test_only_our_own_pages_may_end_a_visit(siti):
    refused = siti.post("/forms/leave", data={"leave": ""}, headers={"sec-fetch-site": "cross-site"})
    assert refused.status_code == 403 and "set-cookie" not in refused.headers
    assert siti.post("/forms/leave", data={"leave": ""}, headers={"sec-fetch-site": "same-origin"}).status_code == 200


@pytest.mark.parametrize("scripted", [True], indirect=True)
def test_who_must_wait_is_let_in_by_the_phone_itself_and_leaves_nothing_behind(phone, whole_hub, weather, monkeypatch):
    monkeypatch.setattr("forms_api.door.limits.EASIEST", 4)
    limits = whole_hub.state.hub.limits
    while not limits.admit("127.0.0.1"):
        pass
    to_receipt(phone)
    by_button(phone)
    phone.wait_for_url("about:blank")
    phone.go_back()
    assert phone.url == f"{weather}/"


def test_a_new_reply_stands_out(phone, whole_hub, clock):
    to_messages(phone)
    hub = whole_hub.state.hub
    clock.pass_by(minutes=1)
    hub.cases.reply(next(hub.cases.find()), "Kami menelepon KBRI.", BUDI, hub.now())
    phone.reload()
    assert "Baru" in phone.inner_text("li.new")


@pytest.mark.parametrize("path", ["/", "/guides/before/costs/", "/forms/training/"])
def test_other_pages_carry_no_script_of_it(built_site, path):
    html = (built_site / path.strip("/") / "index.html").read_text(encoding="utf-8")
    assert "way-out" not in html


def test_the_danger_guide_has_the_button_and_a_neutral_title(built_site):
    html = (built_site / "guides/abroad/danger/index.html").read_text(encoding="utf-8")
    assert 'id="leave"' in html and "<title>Formulir</title>" in html


def test_the_operator_may_choose_where_it_leads(siti, app):
    app.state.hub.renderer.hub["leave_to"] = "https://cuaca.example/"
    assert 'data-to="https://cuaca.example/"' in siti.get("/follow-up").text
    assert siti.get("/forms/leave").headers["location"] == "https://cuaca.example/"


def test_the_scripts_are_of_an_age_with_old_phones():
    for name in WAY_SCRIPTS:
        assert not re.search(r"\b(let|const|async|await)\b|=>|`", script(name)), name
