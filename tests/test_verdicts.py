"""Three judges of the same answers: the browser's own check of the form, the API, and ``frictionless validate``.

The browser can only be laxer: it knows what must be answered and what can be chosen. It does not know that spaces are
no answer, how long a text may be (a limit there would cut what is pasted without a word), nor what a telephone number
is. So: what it refuses, the API refuses; what the API accepts, frictionless accepts, before and after it is stored.
"""

import json

import pytest
from frictionless import Resource, Schema
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from forms_api.door.door import _from_form
from forms_api.forms.files import _plain
from forms_api.forms.tables import plain_schema, tidy
from forms_api.pages.render import Renderer

from . import cast
from .conftest import ROOT

pytestmark = pytest.mark.browser

# Puts each set of answers into the form, and gives the browser's verdict and what it would send.
JUDGE = """(many) => many.map((answers) => {
  const form = document.querySelector('form.form');
  form.reset();
  for (const [name, answer] of Object.entries(answers)) for (const control of form.querySelectorAll(`[name="${name}"]`)) {
    if (control.type === 'radio' || control.type === 'checkbox') control.checked = control.value === answer;
    else control.value = answer;
  }
  return [form.checkValidity(), new URLSearchParams(new FormData(form)).toString()];
})"""
LAXER = {"too_long", "not_a_phone"}


@pytest.fixture(scope="module", params=["help", "training", "mistake"])
def form(request, forms):
    return forms[request.param]


@pytest.fixture(scope="module")
def page(chromium, form):
    """The form as it is rendered, in one page for all values."""
    page = chromium.new_page()
    page.set_content(str(Renderer(ROOT / "data").form_html(form, "id")))
    yield page
    page.close()


def text(field):
    longest = field.longest or 40
    some = st.text(max_size=12) | st.sampled_from(["", " ", "\n\t", "\x00", " a ", "a\r\nb", "0812-3456-7890", "+60123456789"])
    return some | st.builds(lambda sign, more: sign * (longest + more), st.sampled_from("aé🛟 "), st.integers(-1, 2))


def answer(field):
    """What may stand in a field, good or not: every code, what looks like one, and any text."""
    if field.type == "boolean":
        return st.sampled_from(["yes", "yes", "true", "no", "false", "", "on", "YES"])
    codes = [choice.code for choice in field.choices][:20]
    return st.sampled_from(codes) | st.sampled_from([*codes, "", "x", " ", codes[0] + " "]) if codes else text(field)


def many(form):
    whole = st.fixed_dictionaries({field.name: answer(field) for field in form.fields})
    partly = st.fixed_dictionaries({}, optional={field.name: answer(field) for field in form.fields})
    return st.lists(whole | partly, min_size=40, max_size=40)


def wrong_rows(form, rows: list[list[str]]) -> set[int]:
    """The rows that ``frictionless validate`` finds fault with, counted from 0."""
    schema = Schema.from_descriptor(json.loads(json.dumps(plain_schema(form.fields, form.spec["missingValues"]))))
    table = [[field.name for field in form.fields], *rows]
    report = Resource(table, schema=schema).validate(limit_errors=100_000)
    faults = report.flatten(["rowNumber", "type"])
    assert all(number for number, _ in faults), faults
    return {number - 2 for number, _ in faults}


# no shrinking: each example judges forty sets of answers, and the one that fails is named anyway
@settings(
    max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)  # fmt: skip
@given(data=st.data())
def test_browser_api_and_frictionless_agree(page, form, data):
    drawn = data.draw(many(form))
    judged = page.evaluate(JUDGE, drawn)
    for_table, stored = [], []
    for answers in (*drawn, *(own(form, sent) for _, sent in judged)):
        values, faults = form.check(answers)
        for_table.append(([tidy(answers.get(field.name, "")) for field in form.fields], faults))
        if not faults:
            stored.append([_plain(field, values[field.name]) for field in form.fields])
    agrees_with_frictionless(form, for_table)
    assert wrong_rows(form, stored) == set()
    for valid, sent in judged:
        agrees_with_the_browser(form, own(form, sent), valid)


def own(form, sent: str) -> dict[str, str]:
    """What a browser sent, read as the door reads it, without what is no answer."""
    return {name: text for name, text in _from_form(sent).items() if name in {field.name for field in form.fields}}


def agrees_with_frictionless(form, judged: list) -> None:
    wrong = wrong_rows(form, [cells for cells, _ in judged])
    for number, (cells, faults) in enumerate(judged):
        # only the API knows telephone numbers
        assert (number in wrong) == any(fault.kind != "not_a_phone" for fault in faults), (cells, faults)


def agrees_with_the_browser(form, answers: dict, valid: bool) -> None:
    faults = form.check(answers)[1]
    if not valid:
        assert faults, answers
    for fault in faults if valid else ():
        only_space = fault.kind == "missing" and answers.get(fault.field, "") != ""
        assert fault.kind in LAXER or only_space, (answers, fault)


def test_the_browser_has_something_to_say(chromium, forms):
    """Each judge refuses and accepts on its own: none is asleep."""
    page = chromium.new_page()
    page.set_content(str(Renderer(ROOT / "data").form_html(forms["help"], "id")))
    good = cast.help_request()
    spoilt = [good | {name: ""} for name in ("danger", "topic", "story", "consent")]
    assert [valid for valid, _ in page.evaluate(JUDGE, [good, *spoilt])] == [True, False, False, False, False]
    page.close()


def test_no_judge_stops_anybody_from_sending(forms):
    """The API names every fault at once in the sender's words, so the browser's own bubbles stay away."""
    for form in forms.values():
        assert " novalidate>" in Renderer(ROOT / "data").form_html(form, "id")
