"""A receipt can be read aloud, mistyped and never guessed from what is stored."""

import re

import pytest

from forms_api.keys import receipts
from forms_api.pages.inline import script

CODE = receipts.read("0000 0000 0000 0000")


SALT = b"a" * 16
TOKEN = "0123456789abcdef0123456789abcdef"


def secret(token: str = TOKEN, form: str = "help", **values) -> bytes:
    return receipts.secret_of(token, receipts.content_of(form, {"story": "a", "name": None, "consent": True} | values))


def test_a_receipt_has_sixteen_digits_that_read_back():
    for number in range(200):
        made = receipts.digits_of(secret(story=str(number)))
        assert len(made) == 16
        assert receipts.read(receipts.grouped(made)) == made


def test_the_same_answers_under_the_same_token_are_one_request_whatever_their_order():
    one = receipts.content_of("help", {"story": "a", "name": None})
    other = receipts.content_of("help", {"name": None, "story": "a"})
    assert receipts.secret_of(TOKEN, one) == receipts.secret_of(TOKEN, other)
    assert receipts.row_id(secret()) == receipts.row_id(secret())
    assert receipts.digits_of(secret()) == receipts.digits_of(secret())


def test_an_edited_answer_another_form_and_another_token_are_another_request():
    secrets = [secret(), secret(story="b"), secret(name=""), secret(form="training"), secret(TOKEN[::-1])]
    assert len({receipts.row_id(each) for each in secrets}) == 5
    assert len({receipts.digits_of(each) for each in secrets}) == 5


def test_neither_the_token_nor_its_end_runs_into_the_answers():
    assert receipts.secret_of(TOKEN, b"1ab") != receipts.secret_of(TOKEN + "1", b"ab")


def test_a_thousand_receipts_use_every_digit_in_every_place():
    made = [receipts.digits_of(secret(story=str(number))) for number in range(1000)]
    assert len(set(made)) == 1000
    assert all(len({each[place] for each in made}) == 10 for place in range(16))


@pytest.mark.parametrize(
    ("token", "good"),
    [(TOKEN, True), ("A-_z" * 8, True), ("a" * 21, False), ("a" * 65, False), ("é" * 32, False), ("a b" * 10, False)],
)
def test_a_token_is_128_bits_of_hex_or_base64url(token, good):
    assert bool(receipts.TOKEN.fullmatch(token)) == good


def test_the_phone_checks_a_code_by_the_same_table():
    """code.js has its own copy: a digit that differs there would refuse somebody's good code."""
    rows = re.findall(r"\b\d{10}\b", script("code"))
    assert tuple(rows) == receipts.DAMM


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


def test_fingerprint_and_seed_are_the_same_for_one_salt_and_others_for_another():
    mark, seed = receipts.derive(CODE, SALT)
    assert (mark, seed) == receipts.derive(CODE, SALT)
    other_mark, other_seed = receipts.derive(CODE, b"b" * 16)
    assert mark != other_mark and seed != other_seed


def test_the_stored_fingerprint_shows_neither_the_receipt_nor_its_key():
    mark, seed = receipts.derive(CODE, SALT)
    assert len(bytes.fromhex(mark)) == len(seed) == 32
    assert CODE not in mark
    assert seed.hex() != mark
