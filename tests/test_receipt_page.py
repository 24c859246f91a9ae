"""The receipt is shown once, kept in some way, and proved to be kept; its code is in no address, log or file."""

import logging
import re
from dataclasses import replace

import pytest

from forms_api.keys import receipts

from . import cast


@pytest.fixture
def code(siti):
    """Siti has sent her request and reads her code."""
    return re.search(r'class="code"[^>]*>([\d ]+)<', receipt_of(siti).text)[1]


def receipt_of(siti, **changed):
    return siti.get(siti.post("/forms/help", data=cast.help_request(**changed)).headers["location"])


def answer(siti, **said):
    return siti.post("/forms/receipt", data={"language": "en"} | said)


def test_the_page_says_in_two_sentences_what_to_do_and_reads_the_code_aloud_by_groups(siti):
    page = receipt_of(siti).text
    lead = re.search(r'class="lead screen">([^<]+)<', page)[1]
    assert lead.count(". ") == 1 and lead.endswith(".")
    code = re.search(r'class="code" aria-hidden="true">([\d ]{19})<', page)[1]
    aloud = ", ".join(" ".join(group) for group in code.split())
    assert f'class="aloud">Kode penerimaan: {aloud}<' in page


@pytest.mark.parametrize("public", ["", "https://hub.example/pesan"])
def test_on_paper_it_says_where_the_code_is_used(siti, app, public):
    app.state.hub = replace(app.state.hub, settings=replace(app.state.hub.settings, public_url=public))
    where = "hub.example/pesan/follow-up" if public else "hub.test/follow-up"
    assert re.search(rf'<p class="paper">[^<]* {re.escape(where)}</p>', receipt_of(siti).text)


@pytest.mark.parametrize("form", ["help", "training", "mistake"])
@pytest.mark.parametrize(("language", "verb"), [("id", " menjawab Anda: "), ("en", " answers you: ")])
def test_by_the_promised_day_an_answer_is_promised(forms, form, language, verb):
    assert verb in forms[form].text("next", language)


@pytest.mark.parametrize(("language", "said"), [("id", "jangan tunggu jawaban petugas"), ("en", "do not wait for the officers")])
def test_in_danger_the_numbers_stand_right_behind_the_code_on_receipt_and_on_what_follows(siti, language, said):
    page = receipt_of(siti, danger="yes", language=language).text
    assert re.search(r'class="code".*class="paper">[^<]*</p>\s*<h2>[^<]*</h2>\s*<div class="now">', page, re.DOTALL)
    assert page.index('class="now"') < page.index("<form")
    assert said in page and "formulir ini" not in page and "this form" not in page
    kept = answer(siti, do="lose", language=language).text
    assert said in kept and kept.index('class="now"') < kept.index('class="dated"')


def test_where_there_is_no_danger_there_are_no_numbers(siti):
    assert 'class="now"' not in receipt_of(siti).text


@pytest.mark.parametrize("typed", ["{last}", " {last} ", "{code}", "{dashed}"])
def test_the_right_digits_hide_the_code_and_say_what_comes_next_and_by_when(siti, code, typed):
    last = code[-4:]
    page = answer(siti, last=typed.format(last=last, code=code, dashed="-".join(last)))
    assert page.status_code == 200
    assert "Your code is right" in page.text
    assert "By 26 November 2026" in page.text
    assert last not in page.text
    again = siti.get("/forms/receipt?lang=en")
    assert "not shown twice" in again.text and last not in again.text


@pytest.mark.parametrize(("typed", "words"), [("0", "not the same yet"), ("abcd", "Type the last four"), ("", "Type")])
def test_other_digits_are_asked_for_again_kindly_with_the_code_still_there(siti, code, typed, words):
    page = answer(siti, last=typed)
    assert page.status_code == 422
    assert words in page.text and code in page.text
    assert "Your code is right" in answer(siti, last=code[-4:]).text


def test_whoever_cannot_keep_it_is_told_what_that_means_and_how_officers_reach_them(siti, code):
    page = answer(siti, do="lose")
    assert page.status_code == 200
    assert "Officers still read your request" in page.text
    assert "a safe way to reach you" in page.text
    assert "/en/about/contacts/" in page.text
    assert "/follow-up" not in page.text
    assert code not in page.text and code not in siti.get("/forms/receipt").text


def test_a_code_that_was_not_kept_still_opens_nothing_for_others(siti, code):
    answer(siti, do="lose")
    assert siti.post("/follow-up", data={"code": code}).status_code == 303  # whoever saw it may still use it


def test_as_a_contact_it_has_a_shops_name_and_no_number_that_can_be_dialled(siti, code):
    page = siti.get("/forms/receipt?lang=en").text
    file = answer(siti, do="contact")
    assert file.headers["content-type"].startswith("text/vcard")
    assert file.headers["content-disposition"] == 'attachment; filename="toko-musi.vcf"'
    assert file.headers["cache-control"] == "no-store"
    assert "Toko Musi" in page and "in that contact" in page
    lines = file.text.split("\r\n")
    assert lines[:3] == ["BEGIN:VCARD", "VERSION:3.0", "FN:Toko Musi"]
    assert not any(line.startswith("TEL") for line in lines)
    note = next(line for line in lines if line.startswith("NOTE"))
    assert not re.search(r"\d[\d .()+-]{3,}\d", note)  # what Android's Patterns.PHONE takes for a number
    assert receipts.grouped(receipts.read(note)) == code


def test_the_contact_is_not_given_without_the_cookie(siti):
    page = answer(siti, do="contact")
    assert "not shown twice" in page.text and "VCARD" not in page.text


def test_the_code_is_in_no_address_header_or_log(siti, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    page = receipt_of(siti)
    code = re.search(r'class="code"[^>]*>([\d ]+)<', page.text)[1]
    kept = answer(siti, last=code[-4:])
    plain = code.replace(" ", "")
    for response in (page, kept):
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["referrer-policy"] == "same-origin"
        assert plain not in str(response.url) + str(response.headers)
    written = caplog.text + "".join(capfd.readouterr())
    assert plain not in written and code not in written
    assert not re.search(r'(href|action)="[^"]*\d{4}', page.text)


def test_another_site_cannot_answer_for_siti(siti, code):
    away = siti.post("/forms/receipt", data={"do": "lose"}, headers={"sec-fetch-site": "cross-site"})
    assert away.status_code == 403
    assert code in siti.get("/forms/receipt").text
