"""'Is this agency legal?' in a real browser: what is typed gets one of three answers, and never a bare yes."""

import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from scripts.lists.names import NearNames
from scripts.site import late
from scripts.site.blocks import BLOCKS
from scripts.site.blocks.agencies import answer, own_name
from scripts.site.scripts import script

from .lists_files import our_rows
from .misspellings import misspellings
from .pages import view
from .test_access import faults

pytestmark = pytest.mark.browser
DAY = "2026-11-24T12:00:00+07:00"
LATE = "2027-06-01T12:00:00+07:00"
PREFIX = {"id": "", "en": "en/"}
SUSPENDED, REVOKED, LIFTED = "BUMI MAS INDONESIA MANDIRI", "MULTI INTAN AMANAH INTERNASIONAL", "TULUS WIDODO PUTRA"
INVENTED = [
    "PT Gajah Terbang Makmur", "PT Samudra Kencana Wangi", "PT Melati Senja Merdeka", "Rajawali Emas Perkotaan",
    "PT Pelangi Nusantara Bersinar", "P.T. Kupu Kupu Malam", "PT Langit Biru Cemerlang", "CV Harapan Ibu Pertiwi",
    "Sungai Musi Berkah Selalu", "PT Kerja Cepat Gaji Besar",
]  # fmt: skip
each_language = pytest.mark.parametrize("language", ["id", "en"])
SAYS = {
    "id": {"listed": "Ada di daftar, tetapi cek juga yang lain", "warned": "Jangan berangkat lewat perusahaan ini",
           "none": "Tidak ada di daftar. Lakukan ini dulu", "as-of": "Ada di daftar SISKOP2MI per 17 September 2026",
           "not-as-of": "Tidak ada di daftar per 17 September 2026", "copy": "salinan pihak ketiga, belum dicek petugas"},
    "en": {"listed": "On the list, but here is what else to check", "warned": "Do not go with this company",
           "none": "Not on the list. Do this first", "as-of": "On the SISKOP2MI list as of 17 September 2026",
           "not-as-of": "Not on the list as of 17 September 2026",
           "copy": "a third party's copy, not yet checked by an officer"},
}  # fmt: skip


@pytest.fixture(scope="module")
def served(built_site):
    """The built site behind a port, once for all tests here."""
    from starlette.applications import Starlette
    from starlette.routing import Mount
    from starlette.staticfiles import StaticFiles

    from .browsers import Running

    running = Running(Starlette(routes=[Mount("/", StaticFiles(directory=built_site, html=True))]))
    yield running.address
    running.stop()


@pytest.fixture
def phone(chromium, served):
    """Opens the page on a phone of 360 pixels. Nothing may be complained of, and nothing asked for after loading."""
    contexts, complaints = [], []

    def read(language="id", day=DAY, path="agencies/", before="", **more):
        context = chromium.new_context(viewport={"width": 360, "height": 740}, timezone_id="Asia/Jakarta", **more)
        contexts.append(context)
        page = context.new_page()
        page.clock.set_fixed_time(day)
        if before:
            page.add_init_script(before)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{served}/{PREFIX[language]}{path}")
        return page

    yield read
    assert complaints == []
    for context in contexts:
        context.close()


def replies(page) -> list[tuple[str, str]]:
    """The kinds of the answers that are seen, with their words, from above."""
    seen = page.locator(".reply:visible")
    return [(each.get_attribute("data-kind"), each.inner_text()) for each in seen.all()]


def names(page, kind: str = "") -> list[str]:
    chosen = f'.reply[data-kind="{kind}"]' if kind else ".reply"
    return page.locator(f"{chosen}:visible > .names > li > b").all_inner_texts()


@each_language
def test_a_listed_name_comes_with_its_date_and_what_else_to_check(phone, language):
    page = phone(language)
    page.fill("#find", "pt abdillah putra tamala")
    [(kind, said)] = replies(page)
    assert kind == "listed"
    assert names(page) == ["PT ABDILLAH PUTRA TAMALA"]
    words = SAYS[language]
    for part in (words["listed"], words["as-of"], words["copy"], "9120 2131 8041 9"):
        assert part in said
    for check in ("SIP2MI", "Negara|country", "Kantor|office", "Kontrak|contract"):
        assert re.search(check, said)
    assert page.get_attribute('.reply[data-kind="listed"] a[href$="check/"]', "href")
    assert not re.search(r"\b(resmi|legal|licensed|berizin)\b", said.lower())
    assert re.search(r"1 .*daftar|1 on the list", page.inner_text("#found"))


@each_language
@pytest.mark.parametrize("name", [SUSPENDED, REVOKED])
def test_a_sanctioned_name_is_a_warning_with_its_decree_whether_listed_or_not(phone, language, name):
    page = phone(language)
    page.fill("#find", name.lower())
    [(kind, said)] = replies(page)
    assert kind == "warned"
    assert SAYS[language]["warned"] in said
    assert re.search(r"Keputusan (Dirjen Pelindungan|Menteri) No\. \d+ Tahun 2026", said)
    assert SAYS[language]["as-of" if name == SUSPENDED else "not-as-of"] in said
    first = re.search(r"Izin dicabut|Dihentikan|revoked|Suspended", said).start()
    assert first < said.index("SISKOP2MI per" if name == SUSPENDED and language == "id" else "17 September 2026")
    assert page.get_attribute('.reply[data-kind="warned"] a[href^="tel:"]', "href") == "tel:08001000"


ROWS = [
    {"id": "p3mi-1", "name": "PT PERGI JAUH", "listing": "not_listed", "listed_on": "2026-09-17", "removed_on": "2026-10-01"},
    {"id": "p3mi-2", "name": "PT HABIS MASA", "listing": "listed", "listed_on": "2026-10-01", "licence_until": "2026-12-31"},
    {"id": "p3mi-3", "name": "PT MASIH LAMA", "listing": "listed", "listed_on": "2026-09-17"},
]  # fmt: skip


def made_page(chromium, rows, day):
    """The page over rows of a test's own."""
    seen = view(agencies=[row | {"checked_on": "2026-12-31"} for row in rows], sanctions=[])
    advice = "".join(f'<h2 id="{each}">{each}</h2><p>{each}</p>' for each in ("listed", "warned", "none"))
    html = BLOCKS["agencies"]("ask", seen) + advice + "<h2>-</h2>" + BLOCKS["agencies"]("all", seen)
    page = chromium.new_page()
    page.clock.set_fixed_time(f"{day}T12:00:00")
    page.set_content('<link rel="canonical" href="https://hub.example/">' + html)
    for text in (late.script(), script("name-book.js", "agency.js")):
        page.add_script_tag(content=text)
    return page


@pytest.mark.parametrize(
    ("typed", "day", "kind", "wanted"),
    [
        ("pergi jauh", "2026-12-01", "warned", "Tidak ada lagi di daftar sejak 1 Oktober 2026"),
        ("habis masa", "2026-12-31", "listed", "Ada di daftar SISKOP2MI per 1 Oktober 2026"),
        ("habis masa", "2027-01-01", "warned", "Izinnya habis pada 31 Desember 2026 menurut daftar"),
        ("PT Habis Masa, telp 0812-3456-7890", "2027-01-01", "warned", "Izinnya habis pada 31 Desember 2026 menurut daftar"),
        ("PT Pergi Jauh 2026", "2026-12-01", "warned", "Tidak ada lagi di daftar sejak 1 Oktober 2026"),
        ("masih lama", "2027-01-01", "listed", "Ada di daftar SISKOP2MI per 17 September 2026"),
    ],
)
def test_a_removed_company_and_a_licence_that_ended_by_now_are_warnings(chromium, typed, day, kind, wanted):
    """No row of ours is removed or has an end yet, so these are made by the same blocks from other rows."""
    page = made_page(chromium, ROWS, day)
    page.fill("#find", typed)
    found, said = replies(page)[0]
    assert (found, wanted in said) == (kind, True), said
    assert [kind for kind, _ in replies(page)[1:]] == ["none"] * any(each.isdigit() for each in typed)
    page.close()


@each_language
def test_a_name_outside_the_list_gets_what_to_do_and_whom_to_ask(phone, language):
    page = phone(language)
    page.fill("#find", INVENTED[0])
    [(kind, said)] = replies(page)
    assert (kind, names(page)) == ("none", [])
    assert SAYS[language]["none"] in said and SAYS[language]["not-as-of"] in said
    assert "0800-1000" in said
    hrefs = [each.get_attribute("href") for each in page.locator(".reply:visible a").all()]
    assert "tel:08001000" in hrefs and any(href.endswith("forms/help/") for href in hrefs)


def test_a_company_off_the_list_whose_sanction_ended_is_not_on_the_list(phone):
    page = phone()
    page.fill("#find", LIFTED)
    [(kind, said)] = replies(page)
    assert kind == "none"
    assert "Sanksi diakhiri pada 2 Juni 2025" in said
    assert said.count("Tidak ada di daftar per 17 September 2026") == 1


@each_language
def test_ten_invented_names_are_told_to_be_off_the_list(phone, language):
    ours = NearNames([row["name"] for row in our_rows()])
    assert [name for name in INVENTED if ours.to(name)] == []
    page = phone(language)
    for name in INVENTED:
        page.fill("#find", name)
        assert [kind for kind, _ in replies(page)] == ["none"], name
        assert page.inner_text("#found") == ("Tidak ada di daftar." if language == "id" else "Not on the list.")


FIRST_THREE = """texts => texts.map(text => {
  const field = document.getElementById("find");
  field.value = text;
  field.dispatchEvent(new Event("input"));
  return [...document.querySelectorAll(".reply:not([hidden]) > .names > li > b")].slice(0, 3).map(b => b.textContent);
})"""


def test_nineteen_of_twenty_misspelt_names_are_found_in_the_first_three(phone, record_property):
    made = misspellings()
    assert len(made) == 200 == len({typed for _, typed, _ in made})
    shown = phone().evaluate(FIRST_THREE, [typed for _, typed, _ in made])
    missed = [(*each, first) for each, first in zip(made, shown, strict=True) if each[2] not in first]
    share = 1 - len(missed) / len(made)
    print(f"misspelt names found in the first three: {share:.1%}; not: {missed}")
    record_property("found", share)
    assert share >= 0.95, missed


SHOWN = """texts => texts.map(text => {
  const field = document.getElementById("find");
  field.value = text;
  field.dispatchEvent(new Event("input"));
  const found = {};
  document.querySelectorAll(".reply:not([hidden])").forEach(reply =>
    found[reply.dataset.kind] = [...reply.querySelectorAll(".names > li > b")].map(b => b.textContent));
  return found;
})"""
BESIDE = ["{}, telp 0812-3456-7890", "{} Jl. Sudirman No 123", "{} 2026", "{} (izin 459/2006)",
          "Lowongan ke Malaysia lewat {}, WA 0812-3456-7890"]  # fmt: skip


def warned_names() -> list[str]:
    """The companies of the real list that get a warning."""
    sanctions = {}
    for row in sorted(our_rows("sanctions"), key=lambda row: row["date"], reverse=True):
        if row["decree_no"]:
            sanctions.setdefault(row["agency"], []).append(row)
    return [row["name"] for row in our_rows() if answer(row, sanctions.get(row["id"], [])) == "warned"]


@pytest.mark.parametrize("beside", BESIDE)
def test_a_warning_comes_first_whatever_stands_beside_the_name(phone, beside):
    names = warned_names()
    assert {f"PT {SUSPENDED}", f"PT {REVOKED}"} < set(names)
    for name, shown in zip(names, phone().evaluate(SHOWN, [beside.format(name) for name in names]), strict=True):
        assert next(iter(shown)) == "warned" and shown["warned"][0] == name, (name, shown)


def test_no_warning_hides_behind_listed_names_that_fit_better(phone):
    """Every name under a warning, and each word of it: intan fits six other names, mandiri many more."""
    asked = [(name, typed) for name in warned_names() for typed in {name, *re.findall(r"\w{3,}", own_name({"name": name}))}]
    assert len(asked) > 20
    for (name, typed), shown in zip(asked, phone().evaluate(SHOWN, [typed for _, typed in asked]), strict=True):
        assert next(iter(shown)) == "warned" and name in shown["warned"], (typed, shown)
        assert sum(len(each) for each in shown.values()) <= max(5, len(shown["warned"]) + 1), typed


def test_more_warnings_than_are_shown_are_counted_as_warnings(chromium):
    rows = [{"id": f"p3mi-{at}", "name": f"PT PERGI JAUH {chr(65 + at) * 3}", "listing": "not_listed",
             "listed_on": "2026-09-17", "removed_on": "2026-10-01" if at < 12 else ""} for at in range(14)]  # fmt: skip
    page = made_page(chromium, rows, "2026-12-01")
    page.fill("#find", "pergi jauh")
    assert (len(names(page, "warned")), len(names(page, "none"))) == (10, 1)
    said = page.inner_text("#found")
    assert "Masih ada 2 nama lain yang cocok dan kena sanksi atau keluar dari daftar." in said
    assert "Masih ada 1 nama lain yang cocok. Ketik lebih lengkap." in said
    page.close()


@pytest.mark.parametrize("typed", ["hhh", "haha", "PT HAHA", "aaa", "hoho hihi", "oo 12"])
def test_what_has_no_three_sounding_letters_is_like_no_name(phone, typed):
    page = phone()
    page.fill("#find", typed)
    assert ([kind for kind, _ in replies(page)], names(page)) == (["none"], [])


def test_three_letters_that_sound_like_two_are_still_found_as_they_stand(phone):
    page = phone()
    page.fill("#find", "nih")
    assert "PT PHINISI SUMBER DAYA" not in names(page)
    page.fill("#find", "phi")
    assert "PT PHINISI SUMBER DAYA" in names(page)


@each_language
@pytest.mark.parametrize("typed", ["شركة", "PT شركة", "เอ", "公司", "🙏🙏"])
def test_another_script_gets_a_sentence_and_no_silence(phone, language, typed):
    page = phone(language)
    page.fill("#find", typed)
    assert replies(page) == []
    assert page.inner_text("#found") == {
        "id": "Tulis namanya dengan huruf Latin, seperti di surat mereka.",
        "en": "Write the name in Latin letters, as it stands in their papers.",
    }[language]
    page.fill("#find", "“ab”")
    assert page.inner_text("#found") == ""


@pytest.mark.parametrize("typed", ["٩١٢٠٢١٣١٨٠٤١٩", "۹۱۲۰ ۲۱۳۱ ۸۰۴۱ ۹"])
def test_arabic_and_persian_digits_are_digits(phone, typed):
    page = phone()
    page.fill("#find", typed)
    assert names(page) == ["PT ABDILLAH PUTRA TAMALA"]


def test_a_listed_name_is_found_beside_a_telephone_and_still_not_called_the_same(phone):
    page = phone()
    listed = [row["name"] for row in our_rows() if row["listing"] == "listed"][::25]
    for name, shown in zip(listed, page.evaluate(SHOWN, [f"{name} 0812-3456-7890" for name in listed]), strict=True):
        assert any(name in each for each in shown.values()) and "none" in shown, name
    page.fill("#find", "PT ABDILLAH PUTRA TAMALA, telp 0812-3456-7890")
    said = dict(replies(page))
    assert "Nama ini ada di dalam ketikan Anda. Cocokkan kata demi kata." in said["listed"]
    assert "Samakah persis?" in said["listed"] and "Berarti tidak ada di daftar" in said["none"]
    assert page.inner_text("#found") == "1 ada di daftar, masih harus dicek."


def test_a_near_name_is_called_near_and_never_the_same(phone):
    page = phone()
    for typed in ("PT Abdilah Putra Tamala", "Boemi Mas Tjitra Mandiri"):
        page.fill("#find", typed)
        kinds = dict(replies(page))
        assert list(kinds) == ["listed", "none"]
        assert "Samakah persis?" in kinds["listed"]
        assert "Nama mirip, bukan nama yang sama. Cocokkan huruf demi huruf." in kinds["listed"]
        assert SAYS["id"]["listed"] not in kinds["listed"]
        assert "Berarti tidak ada di daftar" in kinds["none"]
        assert "Tidak ada yang persis sama." in page.inner_text("#found")


@pytest.mark.parametrize("typed", ["PT Bidar Timoer", "PT BIDAR TIMUR INDONESIA", "Bumi Mas Indonesa Mandiri", "bumi mas"])
def test_what_is_like_a_sanctioned_name_is_warned_of_first(phone, typed):
    page = phone()
    page.fill("#find", typed)
    (kind, said), *rest = replies(page)
    assert kind == "warned"
    assert "Awas, mungkin ini perusahaannya" in said
    assert [kind for kind, _ in rest] == (["listed", "none"] if typed == "bumi mas" else ["none"])


@pytest.mark.parametrize(
    "typed", ["9120213180419", "9120 2131 8041 9", "9120.2131.80419", "NIB: 9120-2131-8041-9", " 912021318 0419 "]
)
def test_a_licence_number_is_found_however_it_is_spaced(phone, typed):
    page = phone()
    page.fill("#find", typed)
    assert names(page) == ["PT ABDILLAH PUTRA TAMALA"]
    assert "Nomornya sama dengan ketikan Anda. Cocokkan juga namanya." in replies(page)[0][1]


def test_a_number_with_a_slip_is_near_and_an_unknown_one_is_off_the_list(phone):
    page = phone()
    page.fill("#find", "9120213180418")
    assert "Nomor mirip, bukan nomor yang sama" in dict(replies(page))["listed"]
    page.fill("#find", "7777 7777 7777 7")
    assert [kind for kind, _ in replies(page)] == ["none"]


def test_the_answer_comes_with_each_letter_from_the_third_and_goes_with_the_last(phone):
    page = phone()
    page.locator("#find").press_sequentially("pt ab")
    assert replies(page) == []
    expect(page.locator(".letters")).to_be_visible()
    page.locator("#find").press_sequentially("d")
    assert 1 < len(names(page)) <= 5
    assert "Baru sebagian namanya" in replies(page)[0][1]
    expect(page.locator(".letters")).to_be_hidden()
    page.fill("#find", "mitra")
    assert len(names(page)) == 5
    assert "nama lain yang cocok" in page.inner_text("#found")
    page.fill("#find", "")
    assert replies(page) == []
    assert page.inner_text("#found") == ""


@each_language
def test_on_a_day_past_its_check_by_no_answer_calls_a_name_listed(phone, language):
    page = phone(language, LATE)
    page.fill("#find", "abdillah putra tamala")
    said = page.inner_text(".answers") + page.inner_text("#found")
    assert re.search("Pernah ada di daftar per 17|Was on the list as of 17", said)
    assert not re.search("Ada di daftar SISKOP2MI|On the SISKOP2MI list|masih harus dicek|still to be checked", said)
    assert SAYS[language]["listed"] not in said
    assert page.is_visible(".ask > .warning")
    page.fill("#find", INVENTED[0])
    assert re.search("daftar ini sudah lewat masa periksanya|this list is overdue", page.inner_text(".answers"))
    shared = unquote(page.get_attribute(".share a", "href"))
    assert re.search("lewat masa periksanya|overdue", shared)


@each_language
def test_an_answer_is_passed_on_with_name_kind_date_and_address_and_without_the_word(phone, language):
    page = phone(language)
    for typed, wanted in (("abdilah putra tamala", "as-of"), (SUSPENDED, "as-of"), (INVENTED[0], "not-as-of")):
        page.fill("#find", typed)
        href = page.get_attribute(".share a", "href")
        text = unquote(href.removeprefix("https://wa.me/?text="))
        assert href.isascii() and " " not in href
        assert text.splitlines()[0].endswith(f": {typed}")
        assert SAYS[language][wanted] in text
        assert text.endswith(f"https://desa-migran-emas.example/{PREFIX[language]}agencies/")
        assert not re.search(r"resmi|legal|berizin|licensed", text.lower())
        if typed != INVENTED[0]:
            assert page.locator(".names b").first.inner_text() in text
    page.fill("#find", SUSPENDED)
    assert re.search("Dihentikan sementara pada 3|Suspended on 3", unquote(page.get_attribute(".share a", "href")))


def test_a_browser_that_cannot_share_copies_and_says_so(phone):
    page = phone(permissions=["clipboard-read", "clipboard-write"])
    page.fill("#find", SUSPENDED)
    page.click("text=Salin jawaban")
    expect(page.locator("#found")).to_have_text("Sudah disalin")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == unquote(page.get_attribute(".share a", "href").partition("=")[2])


def test_an_old_browser_copies_too(phone):
    page = phone(before="Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.fill("#find", SUSPENDED)
    page.click("text=Salin jawaban")
    expect(page.locator(".share button")).to_have_text("Sudah disalin")
    expect(page.locator(".share button")).to_be_focused()
    page.locator("#find").press_sequentially("x")
    expect(page.locator(".share button")).to_have_text("Salin jawaban")


def test_a_browser_that_can_share_is_given_the_text(phone):
    # Headless Chromium has no sharing of its own.
    page = phone(before="navigator.share = given => { window.given = given.text; return Promise.reject('put away') }")
    page.fill("#find", SUSPENDED)
    page.click("text=Bagikan")
    assert "PT BUMI MAS INDONESIA MANDIRI" in page.evaluate("window.given")


def test_all_of_it_is_reached_by_keyboard(phone):
    page = phone()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "find":
            break
    page.keyboard.type("bumi mas")
    page.keyboard.press("Enter")
    expect(page.locator(".answers")).to_be_focused()
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('href') || document.activeElement.tagName"))
    assert "tel:08001000" in reached and "SUMMARY" in reached and "BUTTON" in reached
    page.focus(".reply summary")
    page.keyboard.press("Enter")
    expect(page.locator('.reply[data-kind="none"] ol')).to_be_visible()


def test_what_is_typed_is_told_to_those_who_listen_and_to_nobody_else(phone):
    page = phone()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    assert page.get_attribute("#found", "aria-live") == "polite"
    page.locator("#find").press_sequentially("abdillah 123456")
    page.wait_for_timeout(200)
    assert [url for url in asked if "abdillah" in url.lower() or "123456" in url] == []
    assert page.locator("#find").evaluate("field => field.labels[0].textContent")
    assert page.locator("#find").bounding_box()["height"] >= 44


@each_language
def test_without_javascript_the_page_is_a_list_with_letters_on_top(phone, language):
    page = phone(language, java_script_enabled=False)
    expect(page.locator("#find")).to_be_hidden()
    expect(page.locator(".answers")).to_be_hidden()
    first = page.locator(".letters a").first.bounding_box()
    assert first["y"] + first["height"] < 740 and first["height"] >= 44
    page.click('.letters a:text-is("M")')
    expect(page.locator("#letter-m h3")).to_be_in_viewport()
    assert SAYS[language]["not-as-of"] in page.inner_text(f'#letter-m li:has-text("{REVOKED}")')
    assert SAYS[language]["as-of"] in page.inner_text("#letter-m > .state")


def test_whoever_jumps_to_a_row_sees_the_state_of_its_letter_with_the_date(phone):
    page = phone()
    for name in ("PT ASSAMI ANANDA MANDIRI", "PT MITRA SARANA INTERNASIONAL"):
        row = page.locator(f'.letter li:has(b:text-is("{name}"))')
        row.evaluate("row => row.scrollIntoView({block: 'end'})")
        state = page.locator(f"#letter-{name[3].lower()} > .state")
        expect(state).to_be_in_viewport(ratio=0.9)
        box, below = state.bounding_box(), row.bounding_box()
        assert box["y"] + box["height"] <= below["y"] + below["height"]


def test_the_answer_fits_a_phone_enlarged_four_times(phone):
    page = phone()
    page.set_viewport_size({"width": 320, "height": 256})
    page.fill("#find", "bumi mas")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@each_language
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_answers(phone, language, scheme):
    page = phone(language, color_scheme=scheme)
    for typed in ("bumi mas", LIFTED, INVENTED[0]):
        page.fill("#find", typed)
        assert faults(page) == [], typed


@each_language
def test_whoever_comes_back_finds_what_was_typed_and_its_answer(phone, language):
    page = phone(language)
    there = page.url
    page.fill("#find", SUSPENDED)
    page.click('.reply[data-kind="warned"] a[href*="forms/help"]')
    assert page.locator("#find").count() == 0
    page.go_back()
    assert page.input_value("#find") == SUSPENDED
    assert [kind for kind, _ in replies(page)] == ["warned"]
    page.reload()
    assert page.input_value("#find") == SUSPENDED
    assert page.url == there, "the address tells nothing of it"
    page.fill("#find", "")
    page.locator("#find").blur()
    page.reload()
    assert (page.input_value("#find"), replies(page)) == ("", [])


def test_what_was_typed_outlasts_a_jump_to_a_letter_and_a_key_is_enough(phone):
    page = phone()
    page.locator("#find").press_sequentially("bumi mas")
    page.wait_for_function("history.state && history.state.find === 'bumi mas'")
    page.evaluate("location.hash = 'letter-m'")
    page.wait_for_function("history.state && history.state.find === 'bumi mas'")
    page.goto(page.url.partition("agencies/")[0] + "about/contacts/")
    page.go_back()
    assert page.input_value("#find") == "bumi mas"
    assert replies(page)[0][0] == "warned"


def test_the_script_is_of_the_old_kind():
    text = script("name-book.js", "agency.js")
    assert len(text.encode()) < 15_500
    assert not re.search(r"\b(let|const|fetch|XMLHttpRequest|eval|innerHTML|async|class)\b ?[a-zA-Z(]|=>|`[a-z]", text)
