"""Closing and opening: what was closed opens again, and only with the right key, unchanged, in its own place."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.pwhash import argon2id

from forms_api.keys import seal

from . import cast

KEY = bytes(range(32))
ANSWERS = {"name": "Siti", "phone": "+60123456789", "story": cast.STORY, "village": None, "count": 3}


def flipped(sealed: str, place: int) -> str:
    """The same text with one bit of what it stands for turned round."""
    content = bytearray(base64.b64decode(sealed))
    content[place] ^= 1
    return base64.b64encode(content).decode()


def test_it_works():
    assert seal.open_closed(KEY, seal.close(KEY, ANSWERS, "help/1"), "help/1") == ANSWERS


@given(st.dictionaries(st.text(), st.none() | st.booleans() | st.integers() | st.text()))
def test_whatever_json_holds_comes_back(values):
    assert seal.open_closed(KEY, seal.close(KEY, values, "help/1"), "help/1") == values


def test_the_same_answers_never_look_the_same_twice():
    assert seal.close(KEY, ANSWERS, "help/1") != seal.close(KEY, ANSWERS, "help/1")


def test_another_key_or_another_row_does_not_open_it():
    sealed = seal.close(KEY, ANSWERS, "help/1")
    for key, about in ((seal.new_key(), "help/1"), (KEY, "help/2"), (KEY, "training/1")):
        with pytest.raises(seal.Broken):
            seal.open_closed(key, sealed, about)


def test_every_single_flipped_bit_is_found():
    sealed = seal.close(KEY, {"name": "Siti"}, "help/1")
    for place in range(len(base64.b64decode(sealed))):
        with pytest.raises(seal.Broken):
            seal.open_closed(KEY, flipped(sealed, place), "help/1")


@pytest.mark.parametrize("spoilt", ["", "AAAA", "no base64 \u2026", None])
def test_what_is_no_sealed_text_at_all_is_broken_too(spoilt):
    with pytest.raises(seal.Broken):
        seal.open_closed(KEY, spoilt, "help/1")
    with pytest.raises(seal.Broken):
        seal.open_with(seal.new_pair()[0], spoilt)


def test_the_length_says_only_how_many_times_256_bytes():
    lengths = {len(seal.close(KEY, {"story": "x" * count}, "help/1")) for count in range(0, 240, 7)}
    assert len(lengths) == 1
    longer = seal.close(KEY, {"story": "x" * 250}, "help/1")
    assert len(base64.b64decode(longer)) - len(base64.b64decode(seal.close(KEY, {}, "help/1"))) == 256


def test_a_box_opens_only_with_the_private_half():
    private, public = seal.new_pair()
    box = seal.seal_to(public, KEY)
    assert seal.open_with(private, box) == KEY
    assert seal.public_of(private) == public
    for wrong in (seal.new_pair()[0], public):
        with pytest.raises(seal.Broken):
            seal.open_with(wrong, box)
    for place in range(len(base64.b64decode(box))):
        with pytest.raises(seal.Broken):
            seal.open_with(private, flipped(box, place))


def test_a_pair_comes_from_its_seed_every_time():
    assert seal.pair_from(KEY) == seal.pair_from(KEY) != seal.new_pair()


def test_a_passphrase_gives_its_key_with_the_figures_of_rfc_9106():
    """Three passes over 64 MiB in one lane; libsodium's own argon2id gives the same 32 bytes."""
    key = seal.passphrase_key(cast.PASSPHRASE, b"0123456789abcdef")
    assert key == argon2id.kdf(32, cast.PASSPHRASE.encode(), b"0123456789abcdef", opslimit=3, memlimit=64 * 1024**2)
    assert seal.passphrase_key(cast.PASSPHRASE, b"fedcba9876543210") != key


def test_a_passphrase_is_the_same_from_every_keyboard():
    """An é as one sign and as e with an accent (NFKC, as NIST asks)."""
    salt = b"0123456789abcdef"
    assert seal.passphrase_key("caf\u00e9 di tepi musi", salt) == seal.passphrase_key("cafe\u0301 di tepi musi", salt)


def test_a_paper_key_is_read_however_it_is_typed():
    seed = seal.new_paper_seed()
    written = seal.paper(seed)
    assert [len(group) for group in written.split()] == [5] * 8
    typed = (written, written.lower(), written.replace(" ", "-"), written.replace(" ", ""), f"  {written}\n",
             written.replace("0", "O").replace("1", "l"))  # fmt: skip
    for each in typed:
        assert seal.from_paper(each) == seed


@given(st.binary(min_size=20, max_size=20), st.data())
def test_one_mistyped_sign_is_always_found_and_its_group_named(seed, data):
    groups = seal.paper(seed).split()
    number, place = data.draw(st.integers(0, 7)), data.draw(st.integers(0, 4))
    group = groups[number]
    other = data.draw(st.sampled_from([sign for sign in seal.SIGNS + "U*" if sign != group[place]]))
    groups[number] = group[:place] + other + group[place + 1 :]
    with pytest.raises(seal.NotAPaperKey) as refused:
        seal.from_paper(" ".join(groups))
    assert refused.value.groups == [number + 1]


@given(st.binary(min_size=20, max_size=20), st.data())
def test_two_signs_or_two_groups_exchanged_are_always_found(seed, data):
    groups = seal.paper(seed).split()
    number, place = data.draw(st.integers(0, 7)), data.draw(st.integers(0, 3))
    group = groups[number]
    if group[place] != group[place + 1]:
        swapped = [*groups]
        swapped[number] = group[:place] + group[place + 1] + group[place] + group[place + 2 :]
        with pytest.raises(seal.NotAPaperKey) as refused:
            seal.from_paper(" ".join(swapped))
        assert refused.value.groups == [number + 1]
    other = data.draw(st.integers(0, 7).filter(lambda each: each != number))
    groups[number], groups[other] = groups[other], groups[number]
    with pytest.raises(seal.NotAPaperKey) as refused:
        seal.from_paper(" ".join(groups))
    assert set(refused.value.groups) == {number + 1, other + 1}


@pytest.mark.parametrize("cut", [slice(0, 7), slice(1, 8)])
def test_a_missing_group_is_said_as_such(cut):
    with pytest.raises(seal.NotAPaperKey) as refused:
        seal.from_paper(" ".join(seal.paper(seal.new_paper_seed()).split()[cut]))
    assert refused.value.groups == []


def test_a_missing_sign_names_its_group():
    groups = seal.paper(seal.new_paper_seed()).split()
    groups[4] = groups[4][:-1]
    with pytest.raises(seal.NotAPaperKey) as refused:
        seal.from_paper(" ".join(groups))
    assert refused.value.groups == [5]
