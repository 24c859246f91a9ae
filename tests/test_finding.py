"""Budi finds a case by words; nobody else ever learns them."""

import pytest

from . import cast
from .test_desk import address, case, token  # noqa: F401 - a fixture


@pytest.fixture
def search(budi):
    def search(words: str, **chosen):
        return budi.post("/desk/search", data={"words": words, "token": token(budi.get("/desk/list").text)} | chosen)

    return search


@pytest.mark.parametrize(
    "words",
    ["paspor", "DITAHAN majikan", "Siti", "Malaysia", "Masalah dengan majikan", "sesudah jam 8", "+60123456789",
     "12-345 6789", "012 345 6789", "Ulak Paceh"],
)  # fmt: skip
def test_a_case_is_found_by_what_is_written_in_it(search, case, words):  # noqa: F811
    page = search(words)
    assert page.status_code == 200
    assert "1 cocok dari 1 permintaan" in page.text
    assert address(case) in page.text


@pytest.mark.parametrize("words", ["Dewi", "paspor hilang", "0812 9999", "help", "16.06"])
def test_what_is_not_written_in_it_does_not_find_it(search, case, words):  # noqa: F811
    page = search(words).text
    assert ("0 cocok" in page) == (words != "16.06")
    assert (address(case) in page) == (words == "16.06")


@pytest.mark.parametrize("words", ["", " ", "a"])
def test_too_short_a_word_is_not_searched(search, case, words):  # noqa: F811
    answer = search(words)
    assert answer.status_code == 422
    assert "paling sedikit 2 huruf" in answer.text


def test_only_what_is_filtered_is_searched(search, siti, case):  # noqa: F811
    siti.post("/forms/mistake", data={"page": "Paspor", "mistake": "Angkanya lama"})
    assert "2 cocok" in search("paspor").text
    assert "1 cocok dari 1" in search("paspor", form="mistake").text
    assert "0 cocok dari 0" in search("paspor", status="closed").text


def test_the_words_are_in_no_address_event_log_or_file(search, budi, case, app, caplog, tmp_path):  # noqa: F811
    caplog.set_level("DEBUG")
    page = search("ditahan majikan", form="help")
    assert str(page.url) == "http://hub.test/desk/search"
    assert "ditahan+majikan" not in page.text and "ditahan%20" not in page.text
    assert "ditahan" not in caplog.text
    events = [each for each in app.state.hub.cases._store.find("events") if each["act"] == "search"]
    assert [(each["officer"], each["form"], each["detail"]) for each in events] == [("budi", "help", "")]
    for path in tmp_path.iterdir():
        assert b"ditahan" not in path.read_bytes()


def test_a_limit_is_said_plainly(search, siti, case, monkeypatch):  # noqa: F811
    siti.post("/forms/help", data=cast.help_request(name="Dewi"))
    monkeypatch.setattr("forms_api.desk.finding.MOST_OPENED", 1)
    assert "1 cocok. Hanya 1 permintaan terbaru yang dibuka" in search("paspor").text


def test_a_record_that_does_not_open_is_passed_over(search, app, siti, case):  # noqa: F811
    siti.post("/forms/help", data=cast.help_request(name="Dewi"))
    app.state.hub.cases._store.change("help", case["id"], {"sealed": "AAAA"})
    assert "1 cocok dari 2" in search("paspor").text
