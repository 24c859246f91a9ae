"""Closing and opening what is personal. libsodium's primitives through PyNaCl and nothing of our own.

Sealed box (X25519, XSalsa20-Poly1305) and XChaCha20-Poly1305-IETF: the libsodium documentation and
draft-irtf-cfrg-xchacha-03. argon2id: RFC 9106. Everything closed is text (base64), as the store keeps text.
"""

import binascii
import json
import unicodedata
from threading import BoundedSemaphore

from argon2.low_level import Type, hash_secret_raw
from nacl import bindings
from nacl.exceptions import CryptoError
from nacl.utils import random

KEY_BYTES = bindings.crypto_aead_xchacha20poly1305_ietf_KEYBYTES
NONCE_BYTES = bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
BLOCK = 256  # a closed record says only how many times 256 bytes it is long

# RFC 9106, section 4, second recommended option has 64 MiB and three passes; one lane, because a second would take
# the server's other core. More than OWASP's password storage cheat sheet asks for (46 MiB, one pass).
STRETCH = {"time_cost": 3, "memory_cost": 64 * 1024, "parallelism": 1, "hash_len": KEY_BYTES, "type": Type.ID}
_two_at_once = BoundedSemaphore(2)  # 64 MiB each: forty sign-ins at the same moment must not take the machine down

PAPER_SEED_BYTES = 20  # 160 random bits, eight groups of four signs
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})
GROUP = 5


class Broken(Exception):
    """What is stored does not open: it was changed, damaged, or closed with another key."""


class NotAPaperKey(ValueError):
    """A text that is no paper key. ``groups`` numbers the groups that are mistyped, from 1; empty when the number
    of groups or signs is wrong."""

    def __init__(self, groups: list[int]):
        super().__init__(f"groups {groups}" if groups else "wrong length")
        self.groups = groups


def new_key() -> bytes:
    """32 random bytes for ``close``."""
    return random(KEY_BYTES)


def new_pair() -> tuple[bytes, bytes]:
    """A new X25519 pair: private half, public half, 32 bytes each."""
    return pair_from(random(bindings.crypto_box_SEEDBYTES))


def pair_from(seed: bytes) -> tuple[bytes, bytes]:
    """The X25519 pair (private, public) that belongs to 32 secret bytes, always the same one."""
    public, private = bindings.crypto_box_seed_keypair(seed)
    return private, public


def public_of(private: bytes) -> bytes:
    """The public half of a private one."""
    return bindings.crypto_scalarmult_base(private)


def seal_to(public: bytes, content: bytes) -> str:
    """``content`` in a box that only the private half opens; the sender cannot open it again."""
    return _text(bindings.crypto_box_seal(content, public))


def open_with(private: bytes, sealed: str, public: bytes = b"") -> bytes:
    """What ``seal_to`` closed for this private half. ``public``, its other half, spares the time of making it.
    Raises Broken."""
    try:
        return bindings.crypto_box_seal_open(_bytes(sealed), public or public_of(private), private)
    except (CryptoError, ValueError, TypeError) as error:
        raise Broken from error


def close(key: bytes, values: dict, about: str) -> str:
    """``values`` (what JSON holds) closed under a 32-byte key, padded to a multiple of 256 bytes.

    ``about`` ("table/id") is bound to it: what is closed for one row does not open in another.
    """
    plain = json.dumps(values, separators=(",", ":")).encode()
    plain += b" " * (-len(plain) % BLOCK)
    nonce = random(NONCE_BYTES)
    return _text(nonce + bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, about.encode(), nonce, key))


def open_closed(key: bytes, sealed: str, about: str) -> dict:
    """The values that ``close`` closed with the same key for the same ``about``. Raises Broken."""
    try:
        closed = _bytes(sealed)
        nonce, rest = closed[:NONCE_BYTES], closed[NONCE_BYTES:]
        plain = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(rest, about.encode(), nonce, key)
        return json.loads(plain.decode())
    except (CryptoError, ValueError, TypeError) as error:
        raise Broken from error


def passphrase_key(passphrase: str, salt: bytes) -> bytes:
    """32 bytes from a passphrase and its 16-byte salt: argon2id with 64 MiB and three passes, about 0.2 s.

    The passphrase is read as NFKC (NIST SP 800-63B-4, section 3.1.1.2), so that every keyboard gives the same.
    At most two are made at once in a process; the others wait.
    """
    with _two_at_once:
        return hash_secret_raw(unicodedata.normalize("NFKC", passphrase).encode(), salt, **STRETCH)


def new_paper_seed() -> bytes:
    """20 random bytes for ``paper``."""
    return random(PAPER_SEED_BYTES)


def paper(seed: bytes) -> str:
    """20 bytes as a person writes them down: eight groups of four signs and a check sign, as in ``7K2QM``."""
    number = int.from_bytes(seed)
    signs = [SIGNS[number >> shift & 31] for shift in range(PAPER_SEED_BYTES * 8 - 5, -1, -5)]
    groups = ["".join(signs[i : i + GROUP - 1]) for i in range(0, len(signs), GROUP - 1)]
    return " ".join(group + _check_sign(place, group) for place, group in enumerate(groups))


def from_paper(text: str) -> bytes:
    """The seed that ``paper`` wrote, however it is typed: small letters, hyphens, O for 0, I and L for 1.

    Raises NotAPaperKey with the groups that are mistyped.
    """
    groups = text.upper().translate(_READ_AS).replace("-", " ").split()
    count = PAPER_SEED_BYTES * 8 // 5 // (GROUP - 1)
    if len(groups) != count:
        joined = "".join(groups)
        groups = [joined[i : i + GROUP] for i in range(0, len(joined), GROUP)]
        if len(joined) != count * GROUP:
            raise NotAPaperKey([])
    if wrong := [place + 1 for place, group in enumerate(groups) if not _is_right(place, group)]:
        raise NotAPaperKey(wrong)
    number = 0
    for sign in "".join(group[:-1] for group in groups):
        number = number << 5 | SIGNS.index(sign)
    return number.to_bytes(PAPER_SEED_BYTES)


def _is_right(place: int, group: str) -> bool:
    return len(group) == GROUP and set(group) <= set(SIGNS) and group[-1] == _check_sign(place, group[:-1])


def _check_sign(place: int, signs: str) -> str:
    # A Reed-Solomon check over GF(32), x^5+x^2+1: place and signs are weighed with different powers of x, so that one
    # wrong sign, two signs exchanged, and two groups exchanged are all found.
    total = 0
    for value in (place, *map(SIGNS.index, signs)):
        total = (total ^ value) << 1
        total ^= 0b100101 if total & 32 else 0
    return SIGNS[total]


def _text(closed: bytes) -> str:
    return binascii.b2a_base64(closed, newline=False).decode()


def _bytes(text: str) -> bytes:
    return binascii.a2b_base64(text, strict_mode=True)
