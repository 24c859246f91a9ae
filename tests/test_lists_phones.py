"""Phones out of cells that hold more than one thing."""

import pytest

from forms_api.forms.phones import NotAPhone
from scripts.lists.phones import read_phones, same_phones


@pytest.mark.parametrize(
    ("written", "numbers"),
    [("(061) 821 5444", ["(061) 821 5444"]),
     ("(061) 8476662, 8476663", ["(061) 8476662", "(061) 8476663"]),
     ("0711-354321; 354322", ["0711-354321", "(0711) 354322"]),
     ("0898-0422-566 | 08980422566", ["0898-0422-566"]),
     ("Telp. 021-5551234 / Fax. 021-5551235", ["021-5551234"]),
     ("Telp. (021) 5551234 Fax (021) 5551235", ["(021) 5551234"]),
     ("Fax. 821 0324", []),
     ("HP: 0812 3456 7890 atau WA 0813 3456 7890", ["0812 3456 7890", "0813 3456 7890"]),
     ("0711 354321\n0812 3456 7890", ["0711 354321", "0812 3456 7890"]),
     ("+62 21 29244800", ["+62 21 29244800"])],
)  # fmt: skip
def test_each_number_is_kept_as_printed_once_and_with_its_area_code(written, numbers):
    assert read_phones(written) == numbers


@pytest.mark.parametrize(
    "written", ["821 0324", "8980422566", 8980422566.0, "akan menyusul", "0812", "08123456789 (Orang)"]
)
def test_what_cannot_be_rung_is_refused(written):
    with pytest.raises(NotAPhone):
        read_phones(written)


def test_phones_are_compared_by_their_digits():
    assert same_phones("(061) 8476662; (061) 8476663", "061-8476663; +62 61 8476662")
    assert not same_phones("(061) 8476662", "(061) 8476663")
    assert not same_phones("lihat situs", "(061) 8476663")
