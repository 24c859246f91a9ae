"""A page of the desk is small, works without JavaScript, and the list goes on page by page."""

import re

import pytest

from forms_api.desk.lists import SHOWN

from . import cast
from .test_desk import address

MOST_BYTES = 10_000


@pytest.fixture
def full(app, forms, clock):
    """More requests than two pages hold, with the longest of labels, all late and in danger."""
    cases = app.state.hub.cases
    given = cast.help_request(danger="yes", topic="agency", village="16.06.14.2001")
    given.pop("language")
    values, _ = forms["help"].check(given)
    batches = [cases.receive(forms["help"], values, "id", bytes([number] * 32), clock()) for number in range(2 * SHOWN + 5)]
    cases._store.write(batches)
    cases.received(batches[0])
    clock.pass_by(hours=8)
    clock.pass_by(days=4)
    return cases


@pytest.fixture
def reader(full, app, clock, budi):
    """Budi, for whom the clock stands at the end of a long session."""
    session = app.state.hub.officers.session
    app.state.hub.officers.session = lambda cookie, now: session(cookie, now.replace(day=23, hour=2))
    return budi


@pytest.mark.parametrize("path", ["/desk/", "/desk/list", "/desk/list?form=help&village=Babat+Supat&late=yes"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_page_of_the_desk_is_at_most_ten_kilobytes(reader, path, language):
    reader.get(f"/desk/?lang={language}")
    page = reader.get(path)
    assert page.status_code == 200
    assert len(page.content) <= MOST_BYTES
    assert "<script" not in page.text
    assert " style=" not in page.text
    assert not re.search(r" on\w+=", page.text)


def test_a_case_and_the_page_to_key_one_in_are_at_most_ten_kilobytes(reader, full, forms):
    row = next(full.find())
    for path in (address(row), *(f"/desk/new/{name}" for name in forms)):
        page = reader.get(path)
        assert page.status_code == 200
        assert len(page.content) <= MOST_BYTES, (path, len(page.content))
        assert "<script" not in page.text


def test_page_by_page_every_case_comes_once(reader, full):
    seen, path = [], "/desk/list?danger=yes"
    while path:
        page = reader.get(path).text
        seen.append(re.findall(r"/desk/case/help/(\w+)", page))
        found = re.search(r'rel="next" href="([^"]+)"', page)
        path = found[1].replace("&amp;", "&") if found else ""
    assert [len(each) for each in seen] == [SHOWN, SHOWN, 5]
    assert {id for each in seen for id in each} == {row["id"] for row in full.find()}


def test_every_number_of_the_morning_is_a_link_to_exactly_its_rows(reader, full, siti, clock, app):
    siti.post("/forms/mistake", data={"page": "Biaya", "mistake": "Angkanya lama"})
    rows = list(full.find())
    full.move("help", rows[1]["id"], "closed", clock().replace(year=2025))
    full.move("help", rows[2]["id"], "answered", clock())
    full.change(rows[3], "forget_wanted", {"forget_wanted": True}, clock())
    full.change(rows[4], "read", {"unread": False}, clock())
    full.change(rows[5], "read", {"answer_by": clock().date().isoformat()}, clock())
    page = reader.get("/desk/").text
    numbers = re.findall(r'href="(/desk/list\?[^"]+)"[^>]*><b>(\d+)</b> ([^<]+)', page)
    assert {name: int(count) for _, count, name in numbers} == {
        "Belum dibaca, ada bahaya": 2 * SHOWN + 4, "Belum dibaca": 2 * SHOWN + 5, "Harus dijawab hari ini": 1,
        "Terlambat dijawab": 2 * SHOWN + 2, "Sudah dijawab, menunggu pengirim": 1, "Dihapus dalam 30 hari": 1,
        "Pengirim minta dihapus": 1,
    }  # fmt: skip
    for link, count, _ in numbers:
        assert f"{count} permintaan" in reader.get(link.replace("&amp;", "&")).text, link


def test_what_is_pressing_comes_first(reader):
    page = reader.get("/desk/").text
    assert page.index("ada bahaya") < page.index("Belum dibaca<")
    assert page.count('class="pressing"') == 2
