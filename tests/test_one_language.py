"""From the form to the answer a page speaks the language that Siti chose, whatever her phone is set to."""

import pytest

from . import cast

pytestmark = pytest.mark.browser
PHONES = {"id": "en-US", "en": "id-ID"}  # set to the other language


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def phone(request, chromium, language):
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, locale=PHONES[language], java_script_enabled=request.param
    )
    yield context.new_page()
    context.close()


def press(phone, button, there):
    """Tap what leads to another page, and wait for what only that page has."""
    phone.click(button)
    phone.wait_for_selector(there)


def ask(phone):
    phone.check("#f-danger")
    phone.check("input[name=topic][value=employer]")
    phone.fill("#f-story", cast.STORY)
    phone.check("#f-consent")


def steps(phone):
    """Every page between the form and the end of the visit, one after the other."""
    yield "form"
    press(phone, "form.form button", ".summary")
    yield "faults"
    ask(phone)
    press(phone, "form.form button", ".code")
    yield "receipt"
    code, receipt = phone.inner_text(".code"), phone.url
    press(phone, "form.form button", ".summary")
    yield "no digits"
    phone.fill("#f-last", code[-4:])
    press(phone, "form.form button", "main:not(:has(.code))")
    yield "kept"
    press(phone, ".dated a", "#f-code")
    yield "code asked for"
    phone.goto(receipt)
    yield "not shown twice"
    press(phone, "main a.button", "#f-code")
    phone.fill("#f-code", code)
    press(phone, "form.form button", ".talk")
    yield "request"
    phone.fill("#f-text", "Majikan ada di sini.")
    press(phone, "form.form button", "li.villager")
    yield "written"
    press(phone, "form:has([value=done]) button", "#f-code")
    yield "done"


def test_the_language_stays_on_a_phone_that_is_set_to_the_other(phone, address, language):
    phone.goto(f"{address}{'/en' if language == 'en' else ''}/forms/help/")
    said = {name: phone.get_attribute("html", "lang") for name in steps(phone)}
    assert len(said) == 10
    assert {name for name, spoken in said.items() if spoken != language} == set()


def test_the_way_back_from_the_pages_of_the_site_is_in_their_language(phone, address, language):
    for page in ("", "forms/help/", "forms/training/", "forms/mistake/", "about/contacts/", "about/privacy/"):
        phone.goto(f"{address}{'/en' if language == 'en' else ''}/{page}")
        press(phone, "main a[href^='/follow-up']", "#f-code")
        assert phone.get_attribute("html", "lang") == language
