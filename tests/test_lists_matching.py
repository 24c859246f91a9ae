"""The number decides which company a row is; a near name is a question for a person, never an answer."""

import pytest

from scripts.lists.agency_entries import Entry
from scripts.lists.agency_plan import Origin, plan_agencies
from scripts.lists.findings import Findings
from scripts.lists.numbers import KINDS

from .lists_files import our_rows

COLUMNS = list(our_rows()[0])
ORIGIN = Origin("2026-11-20", "https://siskop2mi.bp2mi.go.id/x", "2026-11-23")
A, B, C, D = "0123456789012", "0123456789013", "0123456789014", "01234567890120001"


def row(name: str, number: str = "", siskop: str = "", **more) -> dict[str, str]:
    known = {"id": f"p3mi-{siskop}" if siskop else f"x-{name.lower().replace(' ', '-')}", "name": f"PT {name}",
             "licence_no": number, "licence_kind": KINDS.get(len(number), ""), "listing": "listed",
             "listed_on": "2026-09-17", "siskop_id": siskop, "checked_on": "2026-10-01", "source_link": "true"}  # fmt: skip
    return dict.fromkeys(COLUMNS, "") | known | more


def entry(name: str, number: str = "", siskop: str = "", **more) -> Entry:
    return Entry("x › A2", name, siskop, number, KINDS.get(len(number), ""), **more)


def plan(rows, entries, **more):
    findings = Findings()
    planned = plan_agencies(COLUMNS, rows, entries, ORIGIN, findings, **{"whole": True} | more)
    return planned, findings


def keys(findings) -> list[str]:
    return [each.key.removeprefix("lists.") for each in findings.questions]


def counts(planned) -> tuple[int, int, int, int]:
    return len(planned.added), len(planned.removed), len(planned.changed), planned.same


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [(row("ALFA JAYA", A, "1"), entry("ALFA JAYA", A, "1")),
     (row("ALFA JAYA", A, "1"), entry("pt. alfa  jaya", A)),
     (row("ALFA JAYA", A), entry("ALFAJAYA, PT", A, "1")),
     (row("ALFA JAYA", "", "1"), entry("ALFA JAYA", "", "1")),
     (row("ALFA JAYA", "", "1"), entry("Alfa Jaya")),
     (row("ALFA JAYA", A, "1", decree_no="KEP. 459/MEN/2006"), entry("ALFA JAYA", decree_no="KEP 459/MEN/2006")),
     (row("ALFA JAYA", A, "1"), entry("ALFA JAYA"))],
)  # fmt: skip
def test_the_same_company_is_known_by_id_by_number_or_by_its_whole_name(ours, theirs):
    planned, findings = plan([ours], [theirs])
    assert len(planned.added) == len(planned.removed) == 0
    assert keys(findings) == []
    assert planned.rows[0]["id"] == ours["id"]


def test_the_number_decides_whatever_small_thing_the_name_says():
    planned, findings = plan([row("SEJAHTRA JAYA ABADI", A, "1")], [entry("SEJAHTERA JAYA ABADI", A)])
    assert counts(planned) == (0, 0, 1, 0)
    assert planned.changed[0].cells == [("name", "PT SEJAHTRA JAYA ABADI", "PT SEJAHTERA JAYA ABADI")]
    assert keys(findings) == []


@pytest.mark.parametrize(
    ("ours", "theirs", "asked"),
    [([row("SEJAHTRA JAYA ABADI", A, "1")], [entry("SEJAHTERA JAYA ABADI", B, "2")], ["near-name"]),
     ([row("SEJAHTRA JAYA ABADI", A, "1")], [entry("SEJAHTERA JAYA ABADI")], ["near-name"]),
     ([row("ASSALAM KARYA", A, "1")], [entry("ASSALAM KARYA PUTRA", B)], ["near-name"]),
     ([row("ALFA JAYA", A, "1")], [entry("BETA SENTOSA", A)], ["number-other-name"]),
     ([row("ALFA JAYA", A, "1")], [entry("ALFA JAYA", B)], ["name-other-number"]),
     ([row("ALFA JAYA", A, "1")], [entry("ALFA JAYA", D)], ["same-nib"]),
     ([row("ALFA JAYA", A, "1")], [entry("BETA SENTOSA", B, "1")], ["id-other-name"]),
     ([row("ALFA JAYA", A, "1"), row("BETA", B, "2")], [entry("ALFA JAYA", B, "1"), entry("BETA", "", "2")], ["id-and-number"]),
     ([row("ALFA JAYA", A, "1")], [entry("BETA SENTOSA", A, "2")], ["number-twice"]),
     ([row("ALFA JAYA", A, "1")], [entry("ALFA JAYA", short="999999999999")], ["short-number"]),
     ([row("ALFA JAYA", A, "1")], [entry("ALFA JAYA", A, held=True)], [])],
)  # fmt: skip
def test_what_a_person_must_settle_leaves_our_row_as_it_is(ours, theirs, asked):
    planned, findings = plan(ours, theirs)
    assert keys(findings) == asked
    assert not planned.added and not planned.removed and not planned.changed
    assert {k: v for k, v in planned.rows[0].items() if v} == {k: v for k, v in ours[0].items() if v}


def test_a_near_name_is_another_company_when_the_list_has_both_under_their_own_numbers():
    planned, findings = plan(
        [row("ASSALAM KARYA", A, "1")], [entry("ASSALAM KARYA", A), entry("ASSALAM KARYA PUTRA", B)]
    )
    assert counts(planned) == (1, 0, 0, 1)
    assert keys(findings) == []
    assert [each.key for each in findings.remarks] == ["lists.near-but-other"]


def test_a_company_twice_in_ours_and_twice_in_the_list_stays_twice():
    ours = [row("ALFA JAYA", A, "1"), row("ALFA JAYA", A, "2")]
    for theirs in (
        [entry("PT. ALFA JAYA", A, "2"), entry("ALFA JAYA", A, "1")],
        [entry("ALFA JAYA", A), entry("ALFA JAYA", A)],
    ):
        planned, findings = plan(ours, theirs)
        assert (counts(planned), keys(findings)) == ((0, 0, 0, 2), [])


def test_a_company_twice_in_the_list_is_told_and_taken_once():
    planned, findings = plan([], [entry("ALFA JAYA", A), entry("PT ALFA JAYA", A)])
    assert (counts(planned), keys(findings)) == ((1, 0, 0, 0), ["new-twice"])
    planned, findings = plan([row("ALFA JAYA", A, "1")], [entry("ALFA JAYA", A), entry("PT ALFA JAYA", A)])
    assert (counts(planned), keys(findings)) == ((0, 0, 0, 1), ["number-twice"])
    planned, findings = plan([row("ALFA JAYA", A, "1")], [entry("ALFA JAYA", A, "1"), entry("ALFA JAYA", A, "1")])
    assert (counts(planned), keys(findings)) == ((0, 0, 0, 1), ["id-twice"])


def test_a_number_that_lost_its_zero_is_known_only_with_its_name():
    planned, findings = plan([row("ALFA JAYA", A, "1")], [entry("ALFA JAYA", short=A[1:])])
    assert (counts(planned), keys(findings)) == ((0, 0, 0, 1), [])
    assert [each.key for each in findings.remarks] == ["lists.zero-known"]
    planned, findings = plan([row("ALFA JAYA", A, "1")], [entry("BETA", short=A[1:])])
    assert (len(planned.added), keys(findings)) == (0, ["short-number"])


def test_a_new_company_without_a_number_is_added_only_when_the_list_gives_it_an_id():
    planned, findings = plan([], [entry("ALFA JAYA", "", "7"), entry("BETA SENTOSA")])
    assert [change.id for change in planned.added] == ["p3mi-7"]
    assert keys(findings) == ["new-without-number", "name-only"]


def test_names_near_each_other_in_a_list_of_names_are_told():
    _, findings = plan([], [entry("AKARINDKA"), entry("ANGKARINKA"), entry("ABU")])
    assert keys(findings) == ["near-in-list", "name-only", "near-in-list", "name-only", "name-only"]


def test_a_one_word_name_matches_only_the_whole_name():
    planned, findings = plan([row("MINORI JAYA ABADI", A, "1")], [entry("MINORI", B)])
    assert (counts(planned), keys(findings)) == ((1, 1, 0, 0), [])


def test_an_answer_settles_a_question_in_either_way():
    ours, theirs = [row("SEJAHTRA JAYA ABADI", A, "1")], [entry("SEJAHTERA JAYA ABADI", B)]
    _, findings = plan(ours, theirs)
    question = findings.questions[0].decision
    same, findings = plan(ours, theirs, decisions={question: "same"})
    assert (counts(same), keys(findings)) == ((0, 0, 1, 0), [])
    assert (same.rows[0]["name"], same.rows[0]["licence_no"]) == ("PT SEJAHTERA JAYA ABADI", B)
    other, findings = plan(ours, theirs, decisions={question: "other"})
    assert (counts(other), keys(findings)) == ((1, 1, 0, 0), [])


def test_a_gone_company_keeps_its_row_its_last_day_and_gets_the_day_it_went():
    planned, _ = plan([row("ALFA JAYA", A, "1", confirmed_on="2026-10-01")], [])
    left = planned.rows[0]
    assert (left["listing"], left["listed_on"], left["removed_on"], left["confirmed_on"]) == (
        "not_listed",
        "2026-09-17",
        "2026-11-20",
        "",
    )


def test_one_gone_long_ago_keeps_the_day_it_went():
    planned, _ = plan([row("ALFA JAYA", A, "1", listing="not_listed", removed_on="2026-10-01")], [])
    assert planned.rows[0]["removed_on"] == "2026-10-01"
    assert counts(planned) == (0, 0, 0, 0)


def test_an_empty_cell_of_the_list_takes_nothing_away():
    ours = row("ALFA JAYA", A, "1", address="Jl. A", phone="(061) 821 5444", email="a@b.id")
    planned, _ = plan([ours], [entry("ALFA JAYA", "", "1")])
    assert [planned.rows[0][name] for name in ("licence_no", "address", "phone", "email")] == [
        A,
        "Jl. A",
        "(061) 821 5444",
        "a@b.id",
    ]


def test_the_same_said_otherwise_changes_nothing():
    ours = row("ALFA JAYA", A, "1", address="Jl. A, No. 74", phone="(061) 821 5444", email="a@b.id",
               website="https://alfa.id", decree_no="KEP. 459/MEN/2006", province="DKI Jakarta")  # fmt: skip
    theirs = entry("Alfa Jaya", A, decree_no="KEP 459/MEN/2006", cells={
        "address": "jl. A No.74", "phone": "061-8215444", "email": "A@B.id", "website": "http://www.alfa.id/", "province": "DKI JAKARTA"})  # fmt: skip
    assert counts(plan([ours], [theirs])[0]) == (0, 0, 0, 1)


def test_what_a_person_confirmed_is_open_again_when_name_or_number_changes():
    ours = row("ALFA JAYA", "", "1", confirmed_on="2026-10-01", note="Tercantum tanpa nomor izin.")
    planned, _ = plan([ours], [entry("ALFA JAYA", A, "1")])
    assert (planned.rows[0]["licence_no"], planned.rows[0]["licence_kind"], planned.rows[0]["confirmed_on"]) == (
        A,
        "nib",
        "",
    )
    assert planned.changed[0].note == "Tercantum tanpa nomor izin."


def test_a_new_company_without_an_id_gets_a_lasting_name_that_nobody_has():
    planned, _ = plan([row("ALFA - JAYA", C, "1", id="x-alfa-jaya")], [entry("ALFA - JAYA", C), entry("Alfa Jaya!", B)])
    assert [change.id for change in planned.added] == ["x-alfa-jaya-2"]
