"""One judge: what a form accepts is what frictionless accepts, and each fault has a sentence."""

import copy

import pytest
import yaml
from frictionless import Schema
from hypothesis import given, settings
from hypothesis import strategies as st

from forms_api.forms.tables import Fault, load_forms, parse_yaml, plain_schema, tidy

from . import cast
from .conftest import ROOT


def answers(**changed) -> dict[str, str]:
    given = cast.help_request(**changed)
    given.pop("language", None)
    return given


def kinds(form, **changed) -> list[tuple[str, str]]:
    return [(fault.field, fault.kind) for fault in form.check(answers(**changed))[1]]


@pytest.fixture(scope="module")
def help_form(forms):
    return forms["help"]


def test_it_takes_a_good_request_and_keeps_codes_and_e164(help_form):
    values, faults = help_form.check(answers())
    assert faults == []
    assert values["topic"] == "employer"
    assert values["phone"] == "+60123456789"
    assert values["consent"] is True


def test_only_what_is_required_is_enough_and_no_name_is(help_form):
    values, faults = help_form.check({"danger": "yes", "topic": "other", "story": "Tolong", "consent": "yes"})
    assert faults == []
    assert values["name"] is None
    assert values["phone"] is None


def test_every_missing_answer_is_named_in_the_order_of_the_form(help_form):
    _, faults = help_form.check({})
    assert faults == [Fault(name, "missing") for name in ("danger", "topic", "story", "consent")]


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"story": "   \n "}, ("story", "missing")),
        ({"story": "x" * 3001}, ("story", "too_long")),
        ({"topic": "lottery"}, ("topic", "wrong_choice")),
        ({"danger": "maybe"}, ("danger", "wrong_choice")),
        ({"village": "16.06.99.9999"}, ("village", "wrong_choice")),
        ({"village": "Ulak Paceh"}, ("village", "wrong_choice")),
        ({"phone": "belum ada"}, ("phone", "not_a_phone")),
        ({"consent": "no"}, ("consent", "wrong_choice")),
        ({"consent": "maybe"}, ("consent", "wrong_choice")),
        ({"nik": "1606"}, ("nik", "unknown_field")),
        ({"story": 12}, ("story", "not_text")),
        ({"story": ["a"]}, ("story", "not_text")),
        ({"story": "half \ud83d a character"}, ("story", "not_text")),
        ({"topic": True}, ("topic", "wrong_choice")),
    ],
)
def test_one_spoilt_answer_is_one_fault(help_form, changed, fault):
    assert kinds(help_form, **changed) == [fault]


def test_a_json_true_is_a_tick(help_form):
    assert help_form.check(answers(consent=True))[1] == []


def test_spaces_line_ends_and_control_characters_are_tidied_and_nothing_else():
    assert tidy("  satu\r\ndua\rtiga\x00\x07 \t") == "satu\ndua\ntiga"
    assert tidy("=1+1 <b>'\"&") == "=1+1 <b>'\"&"


def test_every_form_file_becomes_a_form(forms):
    assert list(forms) == ["help", "training", "mistake"]
    for form in forms.values():
        for language in ("id", "en"):
            for key in ("title", "button", "purpose", "readers", "next"):
                assert form.text(key, language), (form.name, key, language)
            for field in form.columns:
                assert field.text("title", language), (form.name, field.name, language)


@pytest.mark.parametrize("path", sorted((ROOT / "data" / "forms").glob("*.yaml")), ids=lambda path: path.stem)
def test_codes_and_labels_agree_in_both_languages(path):
    for field in yaml.safe_load(path.read_text(encoding="utf-8"))["fields"]:
        if "labels" in field:
            codes = field["constraints"]["enum"]
            assert list(field["labels"]) == codes, field["name"]
            assert list(field["labels@en"]) == codes, field["name"]


def test_required_questions_say_what_to_do_in_both_languages(forms):
    for form in forms.values():
        for field in form.fields:
            if field.required:
                assert field.text("ask", "id"), field.name
                assert field.text("ask", "en"), field.name


def test_there_are_242_villages_to_pick_from(help_form):
    village = next(field for field in help_form.fields if field.name == "village")
    assert len(village.choices) == 242
    assert village.label("16.06.13.2001", "id") == "Ulak Paceh"


def test_no_form_asks_for_an_identity_number_or_a_file(forms):
    for form in forms.values():
        assert not {field.name for field in form.fields} & {"nik", "ktp", "passport", "upload", "file", "birth_date"}


def test_no_question_has_a_name_that_the_page_sends_itself(forms):
    for form in forms.values():
        assert not {field.name for field in form.fields} & {"language", "token", "link", "ticket", "work"}


def test_only_what_names_nobody_stands_open(forms):
    for form in forms.values():
        assert {field.name for field in form.fields if field.open} <= {"danger", "village"}
        assert not [field.name for field in form.columns if field.open and field.private]


def test_a_form_added_as_one_file_works_without_python(tmp_path):
    import shutil

    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    (data / "forms" / "idea.yaml").write_text(
        "name: idea\ntitle: Usul\ntitle@en: Idea\nbutton: Kirim\nbutton@en: Send\nversion: 1\norder: 9\n"
        "purpose: x\npurpose@en: x\nreaders: x\nreaders@en: x\nkeep_months: 1\nanswer_days: 5\nnext: x\nnext@en: x\n"
        "subject: idea\nfields:\n- {name: idea, type: string, title: Usul, title@en: Idea, control: text,"
        " constraints: {required: true}}\nmissingValues: ['']\n",
        encoding="utf-8",
    )
    forms = load_forms(data)
    assert forms["idea"].check({"idea": "Pasar desa"}) == ({"idea": "Pasar desa"}, [])


@settings(max_examples=300, deadline=None)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "danger": st.sampled_from(["yes", "no", "", "YES", " yes ", "1"]),
            "topic": st.sampled_from(["agency", "other", "", "others", "agency\n"]),
            "story": st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
            "country": st.sampled_from(["ID", "id", "", "XX"]),
            "village": st.sampled_from(["16.06.13.2001", "16.06.13.2001x", "x16.06.13.2001", ""]),
            "consent": st.sampled_from(["yes", "true", "no", "", "on"]),
        },
    )
)
def test_the_door_and_frictionless_give_the_same_verdict(forms, given_answers):
    form = forms["help"]
    schema = Schema.from_descriptor(copy.deepcopy(plain_schema(form.fields, form.spec["missingValues"])))
    cells = [tidy(given_answers.get(field.name, "")) for field in form.fields]
    _, notes = schema.read_cells(cells)
    assert bool(form.check(given_answers)[1]) == any(notes)


@pytest.mark.parametrize("path", sorted((ROOT / "data").rglob("*.yaml")), ids=lambda path: path.name)
def test_the_quick_reader_of_yaml_says_what_the_plain_one_says(path):
    text = path.read_text(encoding="utf-8")
    assert parse_yaml(text) == yaml.safe_load(text)


@pytest.mark.parametrize("text", ["fields: [", "!!python/object/apply:os.getcwd []"])
def test_yaml_that_is_broken_or_more_than_plain_values_is_refused(text):
    with pytest.raises(yaml.YAMLError):
        parse_yaml(text)
