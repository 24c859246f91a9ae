"""The copy on the phone, in a real browser over a wire that counts and can be cut."""

import hashlib
import re
import shutil
import time
from dataclasses import replace
from email.utils import parsedate_to_datetime

import pytest

from forms_api.app import create_app
from forms_api.words import long_date
from scripts.site import pack
from scripts.site.pack import HEADERS, held, write_packs

from .browsers import Running
from .cast import help_request
from .wire import Wire

pytestmark = pytest.mark.browser
GUIDE, OTHER = "guides/family/money/", "guides/before/costs/"
# What was reached, headers and all, rounded up (docs/maintain/decisions/2026-11-23-offline-budget.md): bytes.
FIRST_VISIT, CHECK = 115_000, 150
KEPT = "caches.open('hub1').then(c => c.keys()).then(all => all.map(r => new URL(r.url).pathname))"
VERSION = "caches.match('/offline/id').then(r => r && r.headers.get('v'))"
REGISTERED = "navigator.serviceWorker.getRegistrations().then(all => all.length)"
UPDATE = "navigator.serviceWorker.ready.then(r => r.update())"
NEXT = "navigator.serviceWorker.ready.then(r => [!!r.installing, !!r.waiting])"
ASK = """said => navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready)
    .then(r => r.active.postMessage({language: said, keep: 1}))"""
SAVER = "Object.defineProperty(navigator.connection, 'saveData', {get: () => true})"


class Published:
    """A built site behind a server, and a wire to it."""

    def __init__(self, site, address):
        self.site, self.wire = site, Wire(address)
        self.address = self.wire.address + "/"

    def change(self, path, old, new, **how):
        """An editor changes a page and publishes."""
        file = self.site / path / "index.html"
        html = file.read_text(encoding="utf-8")
        assert old in html
        file.write_text(html.replace(old, new), encoding="utf-8", newline="\n")
        self.publish(**how)

    def publish(self, **how):
        """What is not compressed again goes out as it is: only the test of the bytes needs that."""
        write_packs(self.site, **how)


@pytest.fixture
def hub(built_site, address):
    """The hub as it is."""
    published = Published(built_site, address)
    yield published
    published.wire.cut()


@pytest.fixture
def own(built_site, tmp_path, settings, clock):
    """A hub whose site a test may change."""
    site = shutil.copytree(built_site, tmp_path / "site", ignore=shutil.ignore_patterns("*.gz"))
    server = Running(create_app(replace(settings, site_dir=site, serve_site=True), clock))
    published = Published(site, server.address)
    yield published
    published.wire.cut()
    server.stop()


@pytest.fixture
def phone(chromium):
    """A phone that has never seen the site."""
    context = chromium.new_context(viewport={"width": 360, "height": 640}, locale="id-ID", service_workers="allow")
    yield context.new_page()
    context.close()


def until(page, asked, true=bool, limit=15):
    """Ask the page again and again until the answer is true; gives the answer."""
    end = time.monotonic() + limit
    while not true(answer := page.evaluate(asked)):
        assert time.monotonic() < end, f"{asked} is still {answer} at {page.url}"
        time.sleep(0.05)
    return answer


def visit(page, hub, language="id"):
    """Siti opens a guide and leaves it open until her language is on the phone; gives what passed."""
    page.goto(hub.address + ("" if language == "id" else "en/") + GUIDE)
    until(page, VERSION.replace("/id", f"/{language}"))
    return hub.wire.take()


def read(page, hub, language="id"):
    """The same without the wait of a second and a half, for tests of what comes after."""
    page.goto(hub.address + ("" if language == "id" else "en/") + GUIDE)
    page.evaluate(ASK, language)
    until(page, VERSION.replace("/id", f"/{language}"))
    hub.wire.answers.clear()


def paths(answers):
    return [each.path for each in answers]


@pytest.mark.parametrize(("language", "guide"), [("id", GUIDE), ("en", "en/" + GUIDE)])
def test_a_first_visit_brings_the_language_in_four_requests(hub, phone, language, guide):
    answers = visit(phone, hub, language)
    assert len(answers) == 4, paths(answers)
    assert [each.split(".")[0] for each in paths(answers)] == [f"/{guide}", "/sw", "/offline/worker", f"/offline/{language}-pack"]
    assert {each.status for each in answers} == {200}
    assert sum(each.size for each in answers) <= FIRST_VISIT


def test_the_pack_waits_until_the_page_is_readable(hub, phone):
    phone.goto(hub.address + GUIDE)
    assert phone.evaluate("document.readyState") == "complete"
    assert paths(hub.wire.answers) == ["/" + GUIDE]


def test_the_next_page_costs_nothing_and_to_hear_that_nothing_changed_150_bytes(hub, phone):
    visit(phone, hub)
    phone.goto(hub.address + OTHER)
    assert hub.wire.take() == []
    phone.evaluate(UPDATE)
    answers = hub.wire.take()
    assert [(each.path, each.status) for each in answers] == [("/sw.js", 304)]
    assert answers[0].size <= CHECK


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_kept_is_the_page_to_the_byte_under_the_same_rules(hub, phone, language):
    read(phone, hub, language)
    hub.wire.cut()
    policy = (hub.site / "csp.txt").read_text(encoding="utf-8").strip()
    pages = [path for path in held(hub.site, language) if not path.endswith(".json")]
    for path in pages:
        answer = phone.goto(hub.address + path)
        wanted = (hub.site / path / "index.html").read_bytes()
        assert hashlib.sha256(answer.body()).digest() == hashlib.sha256(wanted).digest(), path
        assert answer.headers["content-security-policy"] == policy
        assert {name: answer.headers[name.lower()] for name in HEADERS} == HEADERS
    assert len(pages) >= 48


def test_the_search_index_is_kept_too(hub, phone):
    read(phone, hub)
    hub.wire.cut()
    phone.goto(hub.address + "search/")
    told = phone.evaluate("fetch('/search/id.json').then(r => r.text().then(t => [r.headers.get('content-type'), t]))")
    assert told == ["application/json", (hub.site / "search" / "id.json").read_text(encoding="utf-8")]


def test_without_a_network_a_company_is_judged_and_a_page_is_found(hub, phone):
    read(phone, hub)
    hub.wire.cut()
    phone.goto(hub.address + "agencies/")
    phone.fill("#find", "bumi mas indonesia mandiri")
    phone.locator(".reply[data-kind=warned]:not([hidden])").wait_for()
    phone.goto(hub.address + "search/")
    phone.fill("#q", "paspor ditahan")
    phone.locator(".found a[href*='abroad/passport-held/']").first.wait_for()


@pytest.mark.parametrize(("language", "words"), [("id", "Ini salinan dari"), ("en", "This is a copy from")])
def test_a_page_from_the_copy_says_from_which_day(hub, phone, language, words):
    root = "" if language == "id" else "en/"
    phone.goto(hub.address + root + GUIDE)
    until(phone, VERSION.replace("/id", f"/{language}"))
    pack = next(each for each in hub.wire.take() if "pack" in each.path).raw.decode("latin-1")
    day = parsedate_to_datetime(re.search(r"^date: (.*)\r$", pack, re.M)[1]).astimezone()
    assert phone.locator(".copy").is_hidden()
    hub.wire.cut()
    for path in (OTHER, "not-here/"):
        phone.goto(hub.address + root + path)
        phone.locator(".copy").wait_for()
        assert phone.locator(".copy").inner_text() == f"{words} {long_date(day, language)}."


BOXES = """() => {
    const line = document.querySelector(".copy"), box = each => each && each.getBoundingClientRect().toJSON();
    line.textContent = line.textContent.replace(/\\d.*\\d/, "30 September 2026");
    return [box(line), box(document.querySelector("h1")), box(document.querySelector("main a[href^='tel:']"))]
}"""


@pytest.mark.parametrize("language", ["id", "en"])
def test_how_old_the_copy_is_is_read_on_arrival_and_pushes_no_number_away(hub, phone, language):
    """One line above the title, also on the day with the longest name; a number of the first screen is still there."""
    phone.set_viewport_size({"width": 360, "height": 740})
    read(phone, hub, language)
    hub.wire.cut()
    for path in ("", "guides/abroad/danger/", "guides/abroad/help/", "forms/mistake/", "not-here/"):
        phone.goto(hub.address + ("" if language == "id" else "en/") + path)
        phone.locator(".copy").wait_for()
        line, title, number = phone.evaluate(BOXES)
        assert 0 < line["top"] < line["bottom"] <= title["top"] < title["bottom"] < 740, path
        assert line["height"] < 30, path
        assert not number or number["bottom"] <= 740, path


def test_a_page_from_the_network_does_not_call_itself_a_copy(hub, phone):
    read(phone, hub)
    phone.goto(hub.address + "about/sources/")
    time.sleep(2)
    assert phone.locator(".copy").is_hidden()


def test_facts_turn_late_on_the_copy_too(hub, phone):
    read(phone, hub)
    hub.wire.cut()
    phone.goto(hub.address + OTHER)
    assert phone.locator(".admonition.warning[data-late]").is_hidden()
    phone.clock.set_fixed_time("2029-01-01T09:00:00+07:00")
    phone.goto(hub.address + OTHER)
    assert phone.locator(".admonition.warning[data-late]").is_visible()
    assert phone.locator("small.overdue[data-late]").first.is_visible()


def test_a_page_outside_the_pack_is_kept_when_visited(hub, phone):
    read(phone, hub)
    phone.goto(hub.address + "about/sources/")
    hub.wire.cut()
    phone.goto(hub.address + "about/sources/")
    assert phone.locator("#f4-1").is_visible()
    phone.locator(".copy").wait_for()


@pytest.mark.parametrize(("kept", "path", "title"), [
    ("id", "about/sources/", "Halaman ini belum tersimpan"),
    ("en", "en/about/sources/", "This page is not saved yet"),
    ("id", "en/guides/", "Halaman ini belum tersimpan"),
])  # fmt: skip
def test_what_is_not_kept_is_told_with_a_way_home_and_the_numbers(hub, phone, kept, path, title):
    read(phone, hub, kept)
    hub.wire.cut()
    phone.goto(hub.address + path)
    assert phone.locator("h1").inner_text() == title
    assert phone.locator('a[href="tel:110"]').is_visible()
    phone.locator("article a.button").click()
    assert phone.url == hub.address + ("" if kept == "id" else "en/")
    assert phone.locator("h1").is_visible()


@pytest.mark.parametrize(("language", "asked", "page"), [
    ("id", "guides/abroad/help", "guides/abroad/help/"),
    ("id", "guides/abroad/help/index.html", "guides/abroad/help/"),
    ("id", "guides/abroad/help?dari=pesan#apa", "guides/abroad/help/?dari=pesan#apa"),
    ("id", "index.html", ""),
    ("en", "en", "en/"),
    ("en", "en/index.html", "en/"),
    ("en", "en/guides/abroad/help", "en/guides/abroad/help/"),
])  # fmt: skip
def test_an_address_without_its_last_slash_leads_to_the_page_and_its_links_are_right(hub, phone, language, asked, page):
    read(phone, hub, language)
    hub.wire.cut()
    phone.goto(hub.address + asked)
    assert phone.url == hub.address + page
    own = page.partition("?")[0]
    assert phone.evaluate("document.documentElement.outerHTML").count("<h1") == 1
    assert phone.locator("h1").inner_text() in (hub.site / own / "index.html").read_text(encoding="utf-8")
    home = phone.locator("header .name").evaluate("each => each.href")
    assert home == hub.address + ("" if language == "id" else "en/")
    phone.locator(".copy").wait_for()


def test_a_page_that_was_visited_is_found_without_its_last_slash_too_and_what_is_no_page_is_not_kept(hub, phone):
    read(phone, hub)
    for path in ("about/sources", "csp.txt"):
        assert phone.goto(hub.address + path).ok
    hub.wire.cut()
    phone.goto(hub.address + "about/sources")
    assert phone.locator("#f4-1").is_visible()
    for path in ("csp.txt", "guides/nothing-here"):
        phone.goto(hub.address + path)
        assert phone.locator("h1").inner_text() == "Halaman ini belum tersimpan"


def test_what_is_personal_is_never_kept(hub, phone):
    read(phone, hub)
    phone.goto(hub.address + "forms/help/")
    answer = phone.request.post(hub.address + "forms/help", form=help_request())
    assert answer.ok
    for path in ("forms/receipt", "follow-up", "desk/sign-in", "desk/", "editors/", "en/editors/", "forms/help"):
        phone.goto(hub.address + path)
    assert set(phone.evaluate(KEPT)) <= {"/offline/id"}
    hub.wire.cut()
    for path in ("follow-up", "desk", "desk/", "editors/", "forms/help", "forms/receipt"):
        with pytest.raises(Exception, match="ERR_CONNECTION"):
            phone.goto(hub.address + path)


def test_what_all_pages_stand_on_changes_with_the_whole_pack(own, phone):
    read(phone, own)
    before = phone.evaluate(VERSION)
    (own.site / "csp.txt").write_text("default-src 'self'\n", encoding="utf-8")
    own.publish()
    phone.evaluate(UPDATE)
    until(phone, VERSION, lambda now: now != before)
    assert any("id-pack" in path for path in paths(own.wire.take()))
    own.wire.cut()
    assert phone.goto(own.address + OTHER).headers["content-security-policy"] == "default-src 'self'"


def test_a_pack_that_broke_off_is_not_kept_and_is_fetched_again(hub, phone):
    hub.wire.break_at = ("pack", 40_000)
    phone.goto(hub.address + GUIDE)
    hub.wire.wait("pack")
    hub.wire.take()
    assert phone.evaluate(KEPT) == []
    hub.wire.break_at = None
    read(phone, hub)
    hub.wire.cut()
    assert phone.goto(hub.address + OTHER).ok


def test_a_worker_gives_way_when_its_pages_are_closed_and_never_brings_its_old_pack_back(own, phone):
    """A page that is asked for while one worker takes the other's place may never come (seen in Chromium 156)."""
    read(phone, own)
    before = phone.evaluate(VERSION)
    phone.goto(own.address + OTHER)
    own.change(GUIDE, "Catat setiap kiriman.", "Catat setiap kiriman di buku khusus.")
    phone.evaluate(UPDATE)
    now = until(phone, VERSION, lambda now: now != before)
    until(phone, NEXT, lambda there: there == [False, True])
    assert "di buku khusus" in phone.goto(own.address + GUIDE).text()
    own.wire.take()
    for path in (OTHER, GUIDE):
        phone.goto(own.address + path)
        time.sleep(0.5)
    assert not any("offline" in path for path in paths(own.wire.take()))
    assert phone.evaluate(VERSION) == now
    assert phone.evaluate(NEXT) == [False, True]
    context = phone.context
    phone.close()
    phone = context.new_page()
    assert "di buku khusus" in phone.goto(own.address + GUIDE).text()
    until(phone, NEXT, lambda there: there == [False, False])
    assert phone.evaluate(VERSION) == now


@pytest.mark.parametrize("broken", ["list", r"/id\."])
def test_an_update_that_broke_off_leaves_the_old_copy_and_goes_on_later(own, phone, broken):
    read(phone, own)
    before, old = phone.evaluate(VERSION), (own.site / GUIDE / "index.html").read_bytes()
    own.wire.break_at = (broken, 600)
    own.change(GUIDE, "Catat setiap kiriman.", "Catat setiap kiriman di buku khusus.")
    phone.evaluate(UPDATE)
    own.wire.wait(broken)
    own.wire.take()
    assert phone.goto(own.address + GUIDE).body() == old
    assert phone.evaluate(VERSION) == before
    own.wire.break_at = None
    phone.goto(own.address + OTHER)
    until(phone, VERSION, lambda now: now != before)
    assert "di buku khusus" in phone.goto(own.address + GUIDE).text()


def test_a_file_that_is_not_what_its_name_says_is_not_kept(own, phone):
    pack = next((own.site / "offline").glob("id-pack.*.txt"))
    pack.write_text(pack.read_text(encoding="utf-8").replace("110", "111"), encoding="utf-8")
    phone.goto(own.address + GUIDE)
    own.wire.wait("id-pack")
    own.wire.take()
    assert phone.evaluate(KEPT) == []


def test_an_update_that_does_not_make_the_new_pack_is_not_taken(own, phone):
    read(phone, own)
    before = phone.evaluate(VERSION)
    own.change(GUIDE, "Catat setiap kiriman.", "Catat setiap kiriman di buku khusus.")
    new = next((own.site / "offline").glob("id-pack.*.txt")).name.split(".")[1]
    worker = own.site / "sw.js"
    worker.write_text(worker.read_text(encoding="utf-8").replace(new, "0" * 8), encoding="utf-8")
    phone.evaluate(UPDATE)
    own.wire.wait(r"/id\.")
    own.wire.take()
    assert phone.evaluate(VERSION) == before
    own.wire.cut()
    assert "di buku khusus" not in phone.goto(own.address + GUIDE).text()


def test_a_copy_that_was_spoilt_is_replaced_and_never_stands_in_the_way(hub, phone):
    read(phone, hub)
    phone.evaluate("caches.open('hub1').then(c => c.put('/offline/id', new Response('nothing')))")
    assert phone.goto(hub.address + OTHER).body() == (hub.site / OTHER / "index.html").read_bytes()
    until(phone, VERSION)
    hub.wire.cut()
    assert phone.goto(hub.address + OTHER).ok


def test_cleared_storage_fills_again_at_the_next_visit(hub, phone):
    read(phone, hub)
    phone.evaluate("caches.delete('hub1')")
    assert phone.goto(hub.address + OTHER).ok
    until(phone, VERSION)
    hub.wire.cut()
    assert phone.goto(hub.address + GUIDE).ok


def fill(page, hub, free):
    """Leave so many bytes of room for the site on the phone."""
    session = page.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": hub.address.rstrip("/"), "quotaSize": free})


def test_a_full_phone_reads_on_and_fetches_the_pack_once_in_vain(hub, phone):
    phone.goto(hub.address + "csp.txt")
    fill(phone, hub, 1_000_000)
    phone.goto(hub.address + GUIDE)
    until(phone, VERSION)
    assert any("pack" in path for path in paths(hub.wire.take()))
    for path in (OTHER, GUIDE):
        assert phone.goto(hub.address + path).ok
    assert not any("pack" in path for path in paths(hub.wire.take()))


def test_a_phone_that_fills_up_keeps_the_copy_it_has(own, phone):
    read(phone, own)
    before = phone.evaluate(VERSION)
    fill(phone, own, 1_200_000)
    own.change(GUIDE, "Catat setiap kiriman.", "Catat setiap kiriman di buku khusus." + "Baris. " * 40_000)
    phone.evaluate(UPDATE)
    own.wire.take()
    assert phone.evaluate(VERSION) == before
    own.wire.cut()
    assert phone.goto(own.address + OTHER).ok


def saver(chromium, hub):
    context = chromium.new_context(viewport={"width": 360, "height": 640})
    context.add_init_script(SAVER)
    return context.new_page()


@pytest.mark.parametrize(("path", "save", "saved"), [
    (GUIDE, "Simpan untuk dibaca tanpa internet (", "Tersimpan."), ("en/" + GUIDE, "Save to read without internet (", "Saved."),
])  # fmt: skip
def test_a_phone_that_saves_data_fetches_only_when_its_owner_says_so(hub, chromium, path, save, saved):
    page = saver(chromium, hub)
    page.goto(hub.address + path)
    button = page.locator("footer button")
    button.wait_for()
    assert not any(each.endswith("sw.js") or "pack" in each for each in paths(hub.wire.take()))
    size = int(button.inner_text().partition("(")[2].partition(" kB)")[0])
    assert button.inner_text().startswith(save)
    button.click()
    page.get_by_role("status").get_by_text(saved).wait_for()
    pack = next(each for each in hub.wire.take() if "pack" in each.path)
    assert abs(pack.size - size * 1000) < 1500  # what the button said, and an answer's headers
    hub.wire.cut()
    assert page.goto(hub.address + path).ok
    page.context.close()


def test_the_button_says_what_went_wrong_and_can_be_pressed_again(hub, chromium):
    page = saver(chromium, hub)
    page.goto(hub.address + GUIDE)
    button, told = page.locator("footer button"), page.get_by_role("status")
    button.wait_for()
    hub.wire.break_at = ("pack", 40_000)
    button.click()
    told.get_by_text("Periksa sambungan internet Anda").wait_for()
    hub.wire.break_at = None
    fill(page, hub, 1_000_000)
    button.click()
    told.get_by_text("ruang di ponsel ini tidak cukup").wait_for()
    fill(page, hub, 100_000_000)
    button.click()
    told.get_by_text("Tersimpan.").wait_for()
    assert button.count() == 0
    page.context.close()


def second_generation(page):
    """The phone's network becomes 2G, for its worker too."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    slow = {"offline": False, "latency": 1500, "downloadThroughput": -1, "uploadThroughput": -1}
    session.send("Network.emulateNetworkConditions", slow | {"connectionType": "cellular2g"})


def test_on_2g_nothing_is_fetched_either(hub, phone):
    second_generation(phone)
    phone.goto(hub.address + GUIDE)
    phone.locator("footer button").wait_for()
    assert not any("pack" in path for path in paths(hub.wire.take()))


def test_on_2g_a_whole_new_pack_waits_for_the_button(own, phone):
    read(phone, own)
    before = phone.evaluate(VERSION)
    second_generation(phone)
    (own.site / "csp.txt").write_text("default-src 'self' 'unsafe-inline'\n", encoding="utf-8")
    own.publish()
    phone.evaluate(UPDATE)
    own.wire.take()
    phone.goto(own.address + OTHER)
    phone.locator("footer button").wait_for()
    assert not any("pack" in path for path in paths(own.wire.take()))
    assert phone.evaluate(VERSION) == before
    phone.locator("footer button").click()
    until(phone, VERSION, lambda now: now != before)


def test_the_home_page_is_asked_of_the_network_first(own, phone):
    read(phone, own)
    home = own.site / "index.html"
    urgent = home.read_text(encoding="utf-8").replace("</h1>", "</h1><p id=now>Jangan berangkat minggu ini.</p>", 1)
    home.write_text(urgent, encoding="utf-8")
    phone.goto(own.address)
    assert phone.locator("#now").is_visible()
    own.wire.take()
    own.wire.delay = 60  # longer than a test waits for a page: what is shown did not come over the wire
    phone.goto(own.address)
    assert not phone.locator("#now").is_visible()
    phone.locator(".copy").wait_for()


def test_a_server_in_trouble_gives_way_to_the_copy(hub, phone):
    read(phone, hub)
    hub.wire.ill = True
    assert phone.goto(hub.address).ok
    assert phone.goto(hub.address + "about/sources/").status == 503


def test_offline_off_takes_worker_and_copy_away(own, phone, monkeypatch, tmp_path):
    read(phone, own)
    settings = tmp_path / "hub.yaml"
    settings.write_text(pack.HUB.read_text(encoding="utf-8").replace("offline: on", "offline: off"), encoding="utf-8")
    monkeypatch.setattr(pack, "HUB", settings)
    own.publish()
    phone.evaluate(UPDATE)
    until(phone, REGISTERED, lambda count: count == 0)
    assert phone.evaluate("caches.keys()") == []


def test_in_a_preview_a_saved_edit_shows_at_the_next_reload(own, phone):
    read(phone, own)
    own.publish(preview=True)
    phone.evaluate(UPDATE)
    own.wire.take()
    phone.goto(own.address + GUIDE)
    own.change(GUIDE, "Catat setiap kiriman.", "Catat setiap kiriman di buku khusus.", preview=True)
    phone.reload()
    assert "di buku khusus" in phone.content()
