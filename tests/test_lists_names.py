"""What is one name, what is near it, and what a person must look at."""

import pytest

from scripts.lists.names import NearNames, key, oddity, our_form

from .lists_files import our_rows

OURS = [row["name"] for row in our_rows()]


@pytest.mark.parametrize(
    ("one", "other"),
    [("PT. BALI PARADISE CITRA DEWATA", "BALI PARADISE CITRA DEWATA"), ("PT.AL-HIKMAH JAYA BHAKTI", "ALHIKMAH JAYA BHAKTI"),
     ("PT AHWA INTERNATIONAL RESOURCE", "P.T. Ahwa International Resource"), ("ANUGRAH GRAHA PERTIWI, PT", "PT Anugrah Graha Pertiwi"),
     ("PT. ABUNI`MAH SEJAHTERA UTAMA", "ABUNI'MAH SEJAHTERA UTAMA"), ("ABUNI’MAH SEJAHTERA UTAMA", "ABUNI`MAH SEJAHTERA UTAMA"),
     ("SENTOSAKARYA ADITAMA", "SENTOSA KARYA ADITAMA"), ("AL WIHDAH JAYA SENTOSA", "PT. AL - WIHDAH JAYA SENTOSA"),
     ("ALWIHDAH JAYA SENTOSA", "Al-Wihdah Jaya Sentosa"), ("Moza Group Indonesia", "PT MOZA  GROUP\u00a0INDONESIA."),
     ("PT Contoh Jaya (Persero)", "CONTOH JAYA"), ("PT Contoh Jaya Tbk.", "CONTOH JAYA"), ("CV. Contoh Jaya", "contoh jaya")],
)  # fmt: skip
def test_legal_form_case_spaces_marks_and_quotes_do_not_matter(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), [("PTERA JAYA", "ERA JAYA"), ("CVRA JAYA", "RA JAYA"), ("ASSALAM KARYA MANUNGGAL", "ASSALAM KARYA MANUNGGAL PUTRA"),
                                            ("MEGA AGUNG SEJAHTRA", "MEGA AGUNG SEJAHTERA")])  # fmt: skip
def test_another_name_stays_another(one, other):
    assert key(one) != key(other)


@pytest.mark.parametrize(
    ("printed", "ours"),
    [("MEGA AGUNG SEJAHTERA", "PT MEGA AGUNG SEJAHTRA"), ("JIESCO PROSPERITI", "PT JIESCO PRO SPERITY"),
     ("AMRITAS MAHESA PRIMA", "PT AMRITA MAHESA PRIMA"), ("ASSALAM KARYA MANUNGGAL PUTRA", "PT ASSALAM KARYA MANUNGGAL"),
     ("MANDIRI DUTA BALI", "PT BALI DUTA MANDIRI")],
)  # fmt: skip
def test_a_near_name_is_found_for_a_person(printed, ours):
    assert ours in [OURS[at] for at in NearNames(OURS).to(printed)]


@pytest.mark.parametrize("printed", ["ABU", "MINORI JAYA", "QAFCO INDONESIA", "WARDAH", "BALI", "SEJAHTERA UTAMA"])
def test_a_short_name_or_a_part_of_one_is_never_near(printed):
    assert NearNames(OURS).to(printed) == []


def test_three_spellings_of_one_long_word_are_near_each_other():
    three = ["AKARINDKA", "AKARINKA UTAMA SEJAHTERA", "ANGKARINKA"]
    assert [NearNames(three).to(each) for each in three] == [[0, 1, 2]] * 3


def test_a_bracket_is_left_out_for_a_suggestion_only():
    assert NearNames(["Bangun Harjo"]).to("BANGUN HARJO (SP6,8)") == [0]
    assert key("BANGUN HARJO (SP6,8)") != key("Bangun Harjo")


def test_no_two_companies_of_the_real_list_are_near_but_the_two_that_stand_in_it_twice():
    near = NearNames(OURS)
    pairs = {OURS[a] for a, name in enumerate(OURS) for b in near.to(name) if b != a}
    assert pairs == {"PT ANUGERAH BAHARI PASIFIK", "PT DAYA HELDIA ABADI"}


def test_letters_that_only_look_latin_and_a_digit_at_the_end_are_odd():
    assert oddity("PT ЕРАН JAYA") == "script"
    assert oddity("?INTANG BARU") == oddity("BINT\ufffdNG BARU") == "mark"
    assert oddity("ABDI BELA PERSADA1") == "digit"
    assert oddity("PT CAFÉ JAYA 99") == ""


@pytest.mark.parametrize(("printed", "ours"), [("KTJ Indonesia", "PT KTJ INDONESIA"), ("pt.contoh-jaya", "PT CONTOH-JAYA"),
                                               ("LPK BSI INDONESIA", "PT LPK BSI INDONESIA"), ("CV. Contoh", "CV CONTOH"),
                                               ("ANUGRAH GRAHA PERTIWI, PT", "PT ANUGRAH GRAHA PERTIWI"), ("CVITA JAYA", "PT CVITA JAYA")])  # fmt: skip
def test_a_new_name_is_written_as_ours_are(printed, ours):
    assert our_form(printed) == ours
