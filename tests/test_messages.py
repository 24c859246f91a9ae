"""Officers and Siti write to each other; each side opens its own, and the server at rest neither."""

import pytest

from forms_api.case.messages import LONGEST
from forms_api.keys import seal
from forms_api.keys.seal import new_pair

from . import cast

FROM_BUDI = "Kami sudah menelepon KBRI Kuala Lumpur."
FROM_SITI = "Majikan mengancam saya lagi semalam."
NOTE = "Tanyakan juga kepada kakaknya."


@pytest.fixture
def siti(send, cases):
    """Siti's case and the key that her receipt gives."""
    _, receipt = send()
    return cases.with_key(receipt)


@pytest.fixture
def written(siti, cases, clock, write):
    case, _ = siti
    for side, text, officer in (("officer", FROM_BUDI, "budi"), ("villager", FROM_SITI, ""), ("note", NOTE, "budi")):
        clock.pass_by(minutes=5)
        write(case, side, text, clock(), officer)


def test_the_team_reads_everything_oldest_first_with_who_and_when(written, siti, cases, opener):
    read = cases.messages.for_team(siti[0]["id"], opener)
    assert [(each["side"], each["text"], each["officer"]) for each in read] == [
        ("officer", FROM_BUDI, "budi"), ("villager", FROM_SITI, ""), ("note", NOTE, "budi"),
    ]  # fmt: skip
    assert [each["at"] for each in read] == [f"2026-11-23T02:{minute:02}:00.000+00:00" for minute in (5, 10, 15)]


def test_siti_reads_both_sides_but_neither_the_note_nor_who_answered(written, siti, cases):
    case, key = siti
    read = cases.messages.for_villager(case["id"], key)
    assert [(each["side"], each["text"]) for each in read] == [("officer", FROM_BUDI), ("villager", FROM_SITI)]
    assert "budi" not in str(read).lower().replace(FROM_BUDI.lower(), "")
    assert NOTE not in str(read)


def test_her_key_opens_nothing_of_another_case(written, siti, send, cases, clock, write):
    _, key = siti
    _, receipt = send(name="Dewi")
    other, _ = cases.with_key(receipt)
    write(other, "officer", "Untuk Dewi saja.", clock(), "budi")
    [read] = cases.messages.for_villager(other["id"], key)
    assert read["text"] is None


def test_her_key_opens_neither_her_record_nor_what_is_sealed_for_the_team(written, siti, store):
    case, key = siti
    sealed = [case["sealed"], *(row["sealed"] for row in store.find("messages"))]
    sealed += [row["sealed"] for table in ("data_keys", "grants") for row in store.find(table)]
    assert len(sealed) >= 6
    for each in sealed:
        with pytest.raises(seal.Broken):
            seal.open_with(key, each)
        with pytest.raises(seal.Broken):
            seal.open_closed(key, each, f"help/{case['id']}")


def test_the_server_at_rest_reads_neither_side(written, tmp_path):
    on_disk = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"villager" in on_disk  # the look is where the messages are
    for text in (FROM_BUDI, FROM_SITI, NOTE, "KBRI", "budi"):
        assert text.encode() not in on_disk, text


def test_a_note_is_sealed_for_the_team_alone(written, store):
    assert {row["side"]: bool(row["for_receipt"]) for row in store.find("messages")} == {
        "officer": True, "villager": True, "note": False,
    }  # fmt: skip


def test_the_length_of_a_message_shows_only_in_steps(siti, cases, store, clock, write):
    for text in ("Ya", "Tidak, jangan telepon ke rumah."):
        write(siti[0], "villager", text, clock())
    for column in ("sealed", "for_receipt"):
        assert len({len(row[column]) for row in store.find("messages")}) == 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda row: {"sealed": row["sealed"][:-8] + "AAAAAAA=", "for_receipt": row["for_receipt"][:-8] + "AAAAAAA="},
        lambda row: {"side": "villager" if row["side"] == "officer" else "officer"},
        lambda row: {"case": "0" * 32},
    ],
    ids=["flipped", "side turned", "moved"],
)
def test_a_message_that_was_changed_is_not_shown_as_true(siti, cases, store, opener, clock, spoil, write):
    case, key = siti
    id = write(case, "officer", FROM_BUDI, clock(), "budi")
    store.change("messages", id, spoil(store.get("messages", id)))
    where = store.get("messages", id)["case"]
    assert [each["text"] for each in cases.messages.for_team(where, opener)] == [None]
    assert [each["text"] for each in cases.messages.for_villager(where, key)] == [None]


def test_anybodys_key_that_is_not_hers_opens_nothing(written, siti, cases):
    private, _ = new_pair()
    assert {each["text"] for each in cases.messages.for_villager(siti[0]["id"], private)} == {None}


def test_before_her_receipt_was_shown_there_is_nobody_to_seal_for(siti, cases, opener, clock, write):
    case = siti[0] | {"receipt_key": None}
    write(case, "officer", FROM_BUDI, clock(), "budi")
    assert [each["text"] for each in cases.messages.for_team(case["id"], opener)] == [FROM_BUDI]


def test_erasing_the_case_erases_its_messages_and_no_others(written, siti, send, cases, store, clock, write):
    _, receipt = send(name="Dewi")
    other = cases.by_receipt(receipt)
    write(other, "villager", cast.STORY, clock())
    cases.erase("help", siti[0]["id"])
    assert [row["case"] for row in store.find("messages")] == [other["id"]]
    assert cases.get("help", siti[0]["id"]) is None


def test_a_message_may_be_as_long_as_the_longest_answer_of_a_form(forms):
    assert max(field.longest or 0 for form in forms.values() for field in form.fields) == LONGEST
