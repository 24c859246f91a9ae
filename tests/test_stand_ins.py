"""The pages that stand in for the API: static, in both languages, with the numbers to call, true at any address."""

import json
import re

import pytest

from forms_api.forms.tables import read_rows, read_yaml
from scripts.checks.links import read

from .conftest import ROOT


@pytest.mark.parametrize("name", ["unavailable", "too-large"])
def test_it_says_in_both_languages_what_is_kept_and_what_to_do(built_site, name):
    html = (built_site / f"{name}.html").read_text(encoding="utf-8")
    indonesian, english = html.split('<section lang="en">')
    assert "Tekan Kembali: tulisan Anda masih ada di formulir" in indonesian
    assert "Press Back: what you wrote is still in the form" in english
    assert all(each.startswith(("/", "data:")) for each in read(built_site / f"{name}.html").sources)
    assert "<script" not in html


def test_when_the_api_is_down_the_numbers_of_the_table_can_be_called(built_site):
    html = (built_site / "unavailable.html").read_text(encoding="utf-8")
    numbers = {row["id"]: row for row in read_rows(ROOT / "data", "numbers")}
    for id in read_yaml(ROOT / "data" / "hub.yaml")["danger_numbers"]:
        assert html.count(f'href="tel:{numbers[id]["dial"]}"') == 2


def test_who_asks_for_what_cannot_be_read_is_led_to_the_front_page(built_site):
    html = (built_site / "refused.html").read_text(encoding="utf-8")
    indonesian, english = html.split('<section lang="en">')
    assert "Tidak ada yang tersimpan. Buka lagi halaman depan" in indonesian
    assert "Nothing was stored. Open the front page again" in english
    assert 'href="/"' in indonesian and "<script" not in html


@pytest.mark.parametrize("name", ["unavailable", "too-large", "refused"])
def test_a_program_reads_the_same_in_the_shape_of_every_error(built_site, name):
    told = json.loads((built_site / f"{name}.json").read_text(encoding="utf-8"))
    assert told.keys() == {"ok", "error", "faults"}
    assert (told["ok"], told["faults"]) == (False, [])
    assert "BELUM tersimpan" in told["error"] or "Tidak ada yang tersimpan" in told["error"]


def test_the_english_page_for_what_is_missing_leads_to_the_english_front_page(built_site):
    html = (built_site / "en" / "404.html").read_text(encoding="utf-8")
    assert '<html lang="en"' in html
    assert re.search(r'<a class="button" href="/en/">', html)
