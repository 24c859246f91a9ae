"""A form's HTML: every question labelled, told and marked as it is, in both languages."""

import re
from html.parser import HTMLParser

import pytest

from forms_api.forms.tables import Fault
from forms_api.pages.render import Renderer

from .conftest import ROOT


@pytest.fixture(scope="module")
def renderer():
    return Renderer(ROOT / "data")


class Seen(HTMLParser):
    """Ids, the targets of labels and descriptions, and the names of controls."""

    def __init__(self, html: str):
        super().__init__()
        self.ids, self.targets, self.names = [], set(), set()
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if "id" in found:
            self.ids.append(found["id"])
        self.targets |= {found["for"]} if "for" in found else set()
        self.targets |= set((found.get("aria-describedby") or "").split())
        if tag in ("input", "select", "textarea"):
            self.names.add(found["name"])


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", ["help", "training", "mistake"])
def test_every_question_is_there_and_every_reference_leads_somewhere(renderer, forms, name, language):
    form = forms[name]
    faults = [Fault(field.name, "missing") for field in form.fields]
    seen = Seen(renderer.form_html(form, language, {}, faults))
    assert seen.names == {field.name for field in form.fields} | {"language", "token", "link"}
    assert seen.targets <= set(seen.ids)
    assert len(seen.ids) == len(set(seen.ids))


@pytest.mark.parametrize("name", ["help", "training", "mistake"])
def test_who_what_for_and_how_long_is_told_on_every_form(renderer, forms, name):
    html = renderer.form_html(forms[name], "id")
    for words in ("Yang menyimpan data", "Tujuan", "Yang boleh membaca", "Disimpan paling lama", "UU 27/2022"):
        assert words in html


def test_only_what_may_be_left_out_is_marked(renderer, forms):
    html = renderer.form_html(forms["help"], "id")
    optional = sum(not field.required for field in forms["help"].fields)
    assert html.count("boleh dikosongkan") == optional


def test_no_limit_cuts_what_is_pasted(renderer, forms):
    assert "maxlength" not in renderer.form_html(forms["help"], "id")


def test_what_was_chosen_stays_chosen(renderer, forms):
    answers = {"danger": "no", "topic": "other", "village": "16.06.13.2001", "consent": "yes", "story": "  dua\nbaris"}
    html = renderer.form_html(forms["help"], "id", answers)
    assert re.search(r'value="no" checked', html)
    assert re.search(r'value="16.06.13.2001" selected', html)
    assert re.search(r'type="checkbox"[^>]*checked', html)
    assert "\n  dua\nbaris</textarea>" in html


def test_the_token_of_a_request_stays_with_it_and_a_new_form_waits_for_one(renderer, forms):
    kept = renderer.form_html(forms["help"], "id", {"token": "f" * 32})
    assert f'name="token" value="{"f" * 32}"' in kept
    assert 'name="token" value=""' in renderer.form_html(forms["help"], "id")


def test_each_fault_has_a_sentence_in_both_languages(renderer, forms):
    kinds = ["missing", "too_long", "too_short", "wrong_choice", "not_text", "not_a_phone", "unknown_field"]
    for language in ("id", "en"):
        for kind in kinds:
            sentence = renderer.sentence(language, forms["help"], Fault("phone", kind))
            assert sentence.endswith((".", "?")) and "{" not in sentence, (kind, sentence)


def test_a_missing_answer_is_asked_for_in_the_forms_own_words(renderer, forms):
    sentence = renderer.sentence("en", forms["help"], Fault("story", "missing"))
    assert sentence == "Write one sentence about what happened or what you need."
