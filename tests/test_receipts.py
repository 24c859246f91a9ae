"""A receipt can be read aloud, mistyped and never guessed from what is stored."""

import pytest

from forms_api import receipts

CODE = receipts.read("0000 0000 0000 0000")


def test_a_receipt_has_sixteen_digits_that_read_back():
    made = receipts.make()
    assert len(made) == 16
    assert receipts.read(receipts.grouped(made)) == made


def test_two_receipts_differ():
    assert receipts.make() != receipts.make()


@pytest.mark.parametrize("typed", ["0000-0000-0000-0000", " 0000 0000\n0000 0000 ", "0000000000000000"])
def test_spaces_and_hyphens_do_not_matter(typed):
    assert receipts.read(typed) == CODE


def test_every_single_wrong_digit_is_caught():
    right = "572" + "0" * 12
    right += receipts._check_digit(right)
    for place in range(16):
        for digit in "0123456789":
            wrong = right[:place] + digit + right[place + 1 :]
            if wrong != right:
                with pytest.raises(receipts.NotAReceipt):
                    receipts.read(wrong)


def test_every_swap_of_two_neighbours_is_caught():
    right = "123456789012345"
    right += receipts._check_digit(right)
    for place in range(15):
        wrong = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
        if wrong != right:
            with pytest.raises(receipts.NotAReceipt):
                receipts.read(wrong)


def test_the_check_digit_is_damms_own_example():
    assert receipts._check_digit("572") == "4"


@pytest.mark.parametrize("typed", ["", "1234", "0" * 17, "٠" * 16, "abcd efgh ijkl mnop"])
def test_what_is_no_receipt_is_refused(typed):
    with pytest.raises(receipts.NotAReceipt):
        receipts.read(typed)


def test_the_fingerprint_is_the_same_for_one_salt_and_another_for_another():
    one = receipts.fingerprint(CODE, b"a" * 16)
    assert one == receipts.fingerprint(CODE, b"a" * 16)
    assert one != receipts.fingerprint(CODE, b"b" * 16)
    assert CODE not in one
